"""The commands about entries of the log: canceled, evaluated, deleted, commented on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.interaction import EntryNo
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun, would

if TYPE_CHECKING:
    from workbench.interactions import CommentReceipt, EntriesReceipt

app = typer.Typer()
EntryNos = Annotated[list[int], typer.Argument(metavar="ENTRY_NO...", help="Numbers of interactions in the log.")]


@app.command()
def cancel(entry_nos: EntryNos, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Cancel interactions, or take that back: all become the opposite of the first."""
    receipt = bench_on(db).interactions.cancel(entry_nos, dry_run=dry_run)
    _print_entries(receipt, "canceled" if receipt.value else "counted again", json)


@app.command()
def evaluate(
    entry_nos: EntryNos,
    evaluation: Annotated[
        str, typer.Option("--as", metavar="EVALUATION", help="very_positive, positive, neutral, …; '' takes it away.")
    ],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Say how interactions went, the same for all."""
    receipt = bench_on(db).interactions.evaluate(entry_nos, evaluation, dry_run=dry_run)
    _print_entries(receipt, f"evaluated as {receipt.value}" if receipt.value else "without evaluation", json)


@app.command()
def delete(
    entry_nos: Annotated[
        list[int] | None, typer.Argument(metavar="[ENTRY_NO]...", help="Their numbers; else all that are canceled.")
    ] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete canceled interactions with their comments and files."""
    receipt = bench_on(db).interactions.delete_canceled(entry_nos or None, dry_run=dry_run)
    _print_entries(receipt, "deleted", json)
    if not json and receipt.entry_nos:
        print(f"  with comments: {receipt.comment_count:,}, files: {receipt.file_count:,}")


@app.command()
def comment(
    entry_no: EntryNo,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is to be remembered.")],
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add a comment on an interaction."""
    bench = bench_on(db)
    receipt = bench.interactions.comment(entry_no, text, day_of(bench, as_of), dry_run=dry_run)
    _print_comment(receipt, json)


@app.command("delete-comment")
def delete_comment(
    entry_no: EntryNo,
    line_no: Annotated[int, typer.Argument(metavar="LINE_NO", help="The number of the comment, such as 10000.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a comment on an interaction."""
    _print_comment(bench_on(db).interactions.delete_comment(entry_no, line_no, dry_run=dry_run), json)


def _print_entries(receipt: EntriesReceipt, participle: str, json: bool) -> None:
    if json:
        print_json(receipt.to_dict())
        return
    count = len(receipt.entry_nos)
    said = would(not receipt.is_written, participle)
    print(f"Interactions {said}: {count:,}, of which {receipt.changed:,} change.")


def _print_comment(receipt: CommentReceipt, json: bool) -> None:
    if json:
        print_json(receipt.__dict__)
        return
    print(f"Comment {receipt.line_no} on interaction {receipt.entry_no} "
          f"{would(not receipt.is_written, receipt.change)}.")  # fmt: skip
