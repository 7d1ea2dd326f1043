"""The commands that merge contacts and undo it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json

if TYPE_CHECKING:
    from workbench.duplicates import MergePlan, MergeReceipt

app = typer.Typer()
Current = Annotated[str, typer.Argument(metavar="CURRENT", help="The contact that stays.")]
Duplicate = Annotated[str, typer.Argument(metavar="DUPLICATE", help="The contact that disappears.")]
Take = Annotated[
    list[str] | None, typer.Option("--take", metavar="FIELD", help="Take the duplicate's value; may be repeated.")
]
Conflicts = Annotated[
    list[str] | None,
    typer.Option(
        "--conflict",
        metavar="TABLE:KEY=remove|rename:NEW",
        help="What becomes of a row of the duplicate, such as business_relation:PRESS=remove; may be repeated.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")]


@app.command()
def merge(
    current: Current,
    duplicate: Duplicate,
    take: Take = None,
    conflicts: Conflicts = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Merge a duplicate into the contact that stays."""
    bench = bench_on(db)
    said = {name: _resolution(how) for name, how in pairs(conflicts, "--conflict", str.rpartition).items()}
    plan = bench.duplicates.merge_plan(current, duplicate, override=take or [], conflicts=said)
    if not json and (dry_run or not plan.open):
        _print_plan(plan)
    if not (dry_run or yes or plan.open):
        typer.confirm(f"Merge {duplicate} into {current}?", abort=True, err=True)
    receipt = bench.duplicates.merge(
        current, duplicate, override=take or [], conflicts=said, as_of=day_of(bench, as_of), dry_run=dry_run
    )
    _print_receipt(receipt, plan, json=json)


@app.command()
def unmerge(
    number: Annotated[int, typer.Argument(metavar="MERGE_NO", help="As `duplicates merges` shows it.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Undo a merge, as long as nobody has changed what it has changed."""
    receipt = bench_on(db).duplicates.undo_merge(number, dry_run=dry_run)
    if json:
        print_json({
            "merge_no": receipt.merge_no, "current_no": receipt.current_no, "duplicate_no": receipt.duplicate_no,
            "returned": dict(receipt.returned), "people": list(receipt.people), "is_written": receipt.is_written,
        })  # fmt: skip
        return
    print_frame(receipt.frame())
    print(f"{receipt.duplicate_no} {'is' if receipt.is_written else 'would be'} back beside {receipt.current_no}.")


def _resolution(how: str) -> str | tuple[str, str]:
    action, mark, new = how.partition(":")
    return (action, new) if mark else how


def _print_plan(plan: MergePlan) -> None:
    print_frame(plan.fields, title=f"Fields that differ: {plan.current_no}, {plan.duplicate_no}")
    print_frame(plan.tables, title="Rows about the two")
    if plan.conflicts:
        print_frame(plan.conflict_frame, title="Conflicts")


def _print_receipt(receipt: MergeReceipt, plan: MergePlan, *, json: bool) -> None:
    if json:
        print_json({
            "merge_no": receipt.merge_no, "current_no": receipt.current_no, "duplicate_no": receipt.duplicate_no,
            "taken": list(receipt.taken), "joined": list(receipt.joined), "moved": dict(receipt.moved),
            "removed": dict(receipt.removed), "renamed": dict(receipt.renamed), "people": list(receipt.people),
            "is_written": receipt.is_written, "fields": records(plan.fields),
        })  # fmt: skip
        return
    print_frame(receipt.frame(), title=f"{receipt.duplicate_no} into {receipt.current_no}")
    if receipt.is_written:
        print(f"Merge {receipt.merge_no} done. To undo it: workbench contact unmerge {receipt.merge_no}")
