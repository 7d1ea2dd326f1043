"""The commands that work on the lines of a worksheet, each logged as criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json, print_rows
from workbench.cli.worksheet import DryRun, Number
from workbench.errors import ConditionError

if TYPE_CHECKING:
    from workbench.worksheets import ActionReceipt

app = typer.Typer()
Wanted = Annotated[
    list[str] | None,
    typer.Option(
        "--filter", metavar="TABLE.FIELD=EXPRESSION", help="Such as 'contact.city=Prague|Brno'; may be repeated."
    ),
]
Reset = Annotated[
    bool, typer.Option("--reset-criteria", help="Where no line is left, forget the criteria and the history.")
]
Entire = Annotated[bool, typer.Option("--entire-companies", help="A company as a whole as soon as one is found.")]
Append = Annotated[bool, typer.Option("--append", help="Although the worksheet has actions already.")]
LineNo = Annotated[int, typer.Argument(metavar="LINE_NO", help="The number of the line, such as 10000.")]
ContactNo = Annotated[str, typer.Argument(metavar="CONTACT_NO", help="A contact's number.")]
Code = Annotated[str, typer.Argument(help="The code of saved criteria.")]


@app.command()
def add(
    number: Number,
    filters: Wanted = None,
    allow_existing: Annotated[
        bool, typer.Option("--allow-existing", help="Another line for those who have one.")
    ] = False,
    expand_companies: Annotated[
        bool, typer.Option("--expand-companies", help="Everybody of the company of each contact found.")
    ] = False,
    allow_related_companies: Annotated[
        bool, typer.Option("--allow-related-companies", help="The company of each contact found as well.")
    ] = False,
    ignore_exclusion: Annotated[
        bool, typer.Option("--ignore-exclusion", help="Also contacts that are excluded from segments.")
    ] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add the contacts that filters give."""
    bench = bench_on(db)
    receipt = bench.worksheets.add(
        number, _filters(filters), day_of(bench, as_of), allow_existing=allow_existing,
        expand_companies=expand_companies, allow_related_companies=allow_related_companies,
        ignore_exclusion=ignore_exclusion, dry_run=dry_run,
    )  # fmt: skip
    print_receipt(receipt, json)


@app.command()
def reduce(
    number: Number,
    filters: Wanted = None,
    entire_companies: Entire = False,
    reset_criteria: Reset = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Remove the lines of the contacts that filters give; without filters, all lines."""
    bench = bench_on(db)
    receipt = bench.worksheets.reduce(
        number, _filters(filters), day_of(bench, as_of), entire_companies=entire_companies,
        reset_criteria=reset_criteria, dry_run=dry_run,
    )  # fmt: skip
    print_receipt(receipt, json)


@app.command()
def refine(
    number: Number,
    filters: Wanted = None,
    entire_companies: Entire = False,
    reset_criteria: Reset = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Keep only the lines of the contacts that filters give; without filters, all lines."""
    bench = bench_on(db)
    receipt = bench.worksheets.refine(
        number, _filters(filters), day_of(bench, as_of), entire_companies=entire_companies,
        reset_criteria=reset_criteria, dry_run=dry_run,
    )  # fmt: skip
    print_receipt(receipt, json)


@app.command("add-line")
def add_line(
    number: Number, contact_no: ContactNo, dry_run: DryRun = False, as_of: AsOf = None, db: Db = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Add a line for one contact at the end."""
    bench = bench_on(db)
    print_receipt(bench.worksheets.add_line(number, contact_no, day_of(bench, as_of), dry_run=dry_run), json)


@app.command("delete-line")
def delete_line(
    number: Number,
    line_no: LineNo,
    reset_criteria: Reset = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete one line."""
    bench = bench_on(db)
    receipt = bench.worksheets.delete_line(
        number, line_no, day_of(bench, as_of), reset_criteria=reset_criteria, dry_run=dry_run
    )
    print_receipt(receipt, json)


@app.command("change-line")
def change_line(
    number: Number,
    line_no: LineNo,
    contact_no: ContactNo,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Put another contact on a line."""
    bench = bench_on(db)
    receipt = bench.worksheets.change_line(number, line_no, contact_no, day_of(bench, as_of), dry_run=dry_run)
    print_receipt(receipt, json)


@app.command("go-back")
def go_back(
    number: Number,
    actions: Annotated[int, typer.Option(min=1, help="How many actions.")] = 1,
    to_beginning: Annotated[bool, typer.Option("--to-beginning", help="All of them.")] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Undo the last actions: their criteria go, and the lines are as before."""
    worksheets = bench_on(db).worksheets
    print_receipt(worksheets.go_back(number, actions=actions, to_beginning=to_beginning, dry_run=dry_run), json)


@app.command("save-criteria")
def save_criteria(
    number: Number,
    code: Annotated[str, typer.Argument(help="A new code.")],
    description: Annotated[str, typer.Option(help="What they are for.")] = "",
    db: Db = None,
    json: Json = False,
) -> None:
    """Save the criteria of a worksheet under a code."""
    saved = bench_on(db).worksheets.save_criteria(number, code, description)
    if json:
        print_json(saved.__dict__)
    else:
        print(f"Saved {saved.action_count:,} actions as {saved.code}.")


@app.command("saved-criteria")
def saved_criteria(db: Db = None, json: Json = False) -> None:
    """List the criteria that were saved."""
    entries = bench_on(db).worksheets.saved_criteria()
    if json:
        print_json([entry.__dict__ for entry in entries])
        return
    print_rows(
        ["code", "description", ">actions", "saved (UTC)", "by"],
        [
            [e.code, e.description or "", e.action_count, f"{e.saved_at:%Y-%m-%d %H:%M}", e.saved_by or ""]
            for e in entries
        ],
    )


@app.command("show-criteria")
def show_criteria(code: Code, db: Db = None, json: Json = False) -> None:
    """Show criteria that were saved."""
    log = bench_on(db).worksheets.saved_log(code)
    if json:
        print_json(log.to_dict())
    else:
        print_frame(log.frame())


@app.command("delete-criteria")
def delete_criteria(code: Code, db: Db = None, json: Json = False) -> None:
    """Delete criteria that were saved; worksheets keep theirs."""
    bench_on(db).worksheets.delete_criteria(code)
    if json:
        print_json({"deleted": code})
    else:
        print(f"Deleted {code}.")


@app.command("reuse-criteria")
def reuse_criteria(
    number: Number,
    code: Code,
    append: Append = False,
    reset_criteria: Reset = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Do saved criteria again, action by action."""
    bench = bench_on(db)
    receipt = bench.worksheets.reuse_criteria(
        number, code, day_of(bench, as_of), append=append, reset_criteria=reset_criteria, dry_run=dry_run
    )
    print_receipt(receipt, json)


def _filters(texts: list[str] | None) -> dict[str, dict[str, str]]:
    """Read filters; the first dot divides table from field, the first equals sign field from expression."""
    filters: dict[str, dict[str, str]] = {}
    for name, expression in pairs(texts, "--filter", str.partition).items():
        table, dot, field = name.partition(".")
        if not dot:
            raise ConditionError(
                f'"{name}" names no field.', "Write TABLE.FIELD=EXPRESSION, such as contact.city=Prague."
            )
        filters.setdefault(table, {})[field] = expression
    return filters


def print_receipt(receipt: ActionReceipt, json: bool) -> None:
    """Print what an action did.

    Parameters
    ----------
    receipt : ActionReceipt
        Of the action.
    json : bool
        Whether as JSON.
    """
    if json:
        print_json(receipt.to_dict())
        return
    for step in receipt.steps:
        print(f"{step.sentence}\n  lines added: {step.added:,}, removed: {step.removed:,}")
        if step.excluded or step.existing:
            print(f"  left out: {step.excluded:,} excluded from segments, {step.existing:,} on a line already")
        if step.differences:
            print(f"  lines in Business Central: {step.product_count:,}. {' '.join(step.differences)}")
    head = receipt.worksheet_no if receipt.is_written else f"{receipt.worksheet_no} would be left with"
    print(f"{head} lines: {receipt.line_count:,}, contacts: {receipt.contact_count:,}, "
          f"actions: {receipt.action_count:,}")  # fmt: skip
    for note in receipt.notes:
        print(note)
