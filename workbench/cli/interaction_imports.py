"""The commands that make interactions of e-mails and call logs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import Db, Json, bench_on, print_json
from workbench.cli.worksheet import DryRun

if TYPE_CHECKING:
    from workbench.interactions import ImportReceipt

app = typer.Typer()
Template = Annotated[str | None, typer.Option("--template", help="The interaction template; else the one of setup.")]
_MOST = 20


@app.command("import-mail")
def import_mail(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="An .eml or .mbox file, or a folder of them.")],
    template: Template = None,
    ours: Annotated[
        list[str] | None,
        typer.Option(help="An address of ours, or @domain, beside those of salespeople; may be repeated."),
    ] = None,
    keep_messages: Annotated[bool, typer.Option("--keep-messages", help="Store each message as well.")] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Record e-mails as interactions with the contacts whose addresses they have."""
    receipt = bench_on(db).interactions.import_mail(
        path, ours=ours or (), template_code=template, keep_messages=keep_messages, dry_run=dry_run
    )
    _print_import(receipt, json)


@app.command("import-calls")
def import_calls(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A log: .csv, .tsv, .txt, .xlsx or .parquet.")],
    template: Template = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", metavar="COLUMN=FIELD", help="Where a column goes; may be repeated.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="The country of numbers without a prefix, such as CZ.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="The sign between cells.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The encoding of a text file.")] = None,
    date_order: Annotated[str | None, typer.Option(help="dmy, mdy or ymd.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="The zone of times without one; else the store's.")] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Record the calls of a log as interactions with the contacts whose numbers they have."""
    receipt = bench_on(db).interactions.import_calls(
        path, dict(pairs(mapping, "--map", str.rpartition)), template_code=template, country_code=country,
        dry_run=dry_run, delimiter=delimiter, encoding=encoding, date_order=date_order, time_zone=time_zone,
    )  # fmt: skip
    _print_import(receipt, json)


def _print_import(receipt: ImportReceipt, json: bool) -> None:
    if json:
        rows = records(receipt.frame())
        print_json({**receipt.to_dict(), "rows": rows, "problems": records(receipt.problems)})
        return
    verb = "are" if receipt.is_written else "would be"
    print(f"{receipt.source}: {receipt.new:,} {verb} new, {receipt.unchanged:,} there already, "
          f"{receipt.left_out:,} left out; template {receipt.interaction_template_code}.")  # fmt: skip
    if receipt.left_out:
        print_frame(receipt.reasons(), title="Left out")
    if len(receipt.problems):
        print_frame(receipt.problems.head(_MOST), title=f"Problems: {len(receipt.problems):,}")
