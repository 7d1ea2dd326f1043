"""The commands about opportunities: created, looked at, changed, commented on, deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_frame, record, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json

if TYPE_CHECKING:
    from workbench.opportunities import CommentReceipt, OpportunityDeletion, OpportunityReceipt, StepReceipt

app = typer.Typer(no_args_is_help=True, help="Lead opportunities through their sales cycles, quote, and order.")
OpportunityNo = Annotated[
    str, typer.Argument(metavar="OPPORTUNITY_NO", help="An opportunity's number, such as OP000001.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")]
Fields = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="A field, such as contact_no=CT000001; may be repeated."),
]
Day = dt.datetime | None
Amount = Annotated[str | None, typer.Option("--value", metavar="AMOUNT", help="The estimated value.")]
Chances = Annotated[str | None, typer.Option("--chances", metavar="RATE", help="Chances of success, 0 to 1.")]
CloseOn = Annotated[
    Day, typer.Option("--close-on", metavar="DATE", formats=["%Y-%m-%d"], help="When it is expected to close.")
]
_COLUMNS = [
    "opportunity_no", "description", "contact_name", "company_name", "salesperson_code", "status", "stage",
    "estimated_amount", "calculated_amount", "estimated_close_on",
]  # fmt: skip
_STEPS = ["changed_on", "action_taken", "stage", "estimated_amount", "calculated_amount", "probability_rate",
          "estimated_close_on", "open_days"]  # fmt: skip


@app.command()
def new(
    fields: Fields = None,
    number: Annotated[str | None, typer.Option("--no", help="Its number; else the next one.")] = None,
    created_on: Annotated[
        Day, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Its creation date; else the day of work.")
    ] = None,
    activate: Annotated[bool, typer.Option("--activate", help="Start at the first stage.")] = False,
    value: Amount = None,
    chances: Chances = None,
    close_on: CloseOn = None,
    comments: Annotated[list[str] | None, typer.Option("--comment", help="What is to be said about it.")] = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create an opportunity; --set description=… and contact_no=… say what and with whom."""
    bench = bench_on(db)
    receipt = bench.opportunities.create(
        day_of(bench, as_of), opportunity_no=number, created_on=date_of(created_on), activates=activate,
        estimated_amount=value, chances_rate=chances, estimated_close_on=date_of(close_on), comments=comments or [],
        dry_run=dry_run, **_given(fields),
    )  # fmt: skip
    _print_receipt(receipt, "created", json)


@app.command("list")
def list_(
    state: Annotated[
        str, typer.Option(help="open, due, overdue, closed, not_started, in_progress, won, lost or all.")
    ] = "open",
    salesperson: Annotated[str | None, typer.Option(help="A salesperson's.")] = None,
    contact: Annotated[str | None, typer.Option(help="A contact's, and those of a company's people.")] = None,
    campaign: Annotated[str | None, typer.Option(help="A campaign's.")] = None,
    worksheet: Annotated[str | None, typer.Option(help="Those made from a worksheet.")] = None,
    cycle: Annotated[str | None, typer.Option(help="Those in a sales cycle.")] = None,
    stage: Annotated[int | None, typer.Option(help="Those at a stage, by its number.")] = None,
    text: Annotated[str, typer.Option(help="A part of number, description or name.")] = "",
    rows: Annotated[int, typer.Option(min=1, help="How many at most.")] = 200,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List opportunities by the day on which they are expected to close."""
    bench = bench_on(db)
    listed = bench.opportunities.list(
        day_of(bench, as_of), state=state, salesperson_code=salesperson, contact_no=contact, campaign_no=campaign,
        segment_no=worksheet, sales_cycle_code=cycle, stage=stage, text=text, rows=rows,
    )  # fmt: skip
    if json:
        print_json({**listed.__dict__, "opportunities": records(listed.opportunities)})
        return
    print_frame(listed.opportunities[_COLUMNS])
    due = f"overdue on {listed.as_of}: {listed.overdue_count:,}, due within a week: {listed.due_count:,}"
    print(f"Opportunities: {listed.total:,}, open: {listed.open_count:,}; {due}.")
    print(f"Open ones: estimated {listed.estimated_amount:,.2f}, calculated {listed.calculated_amount:,.2f}.")


@app.command()
def show(number: OpportunityNo, db: Db = None, json: Json = False) -> None:
    """Show an opportunity: its fields, where it stands and may go, its history and comments."""
    card = bench_on(db).opportunities.get(number)
    leads = {action: [stage.stage_no for stage in offer.stages] for action, offer in card.offers.items()}
    if json:
        parts = {"entries": records(card.entries), "comments": records(card.comments), "actions": leads}
        print_json({**record(asdict(card.opportunity)), "default_action": card.default_action, **parts})
        return
    print_frame(card.frame().astype({"value": "str"}))
    for title, part in (("Entries", card.entries[_STEPS]), ("Comments", card.comments)):
        if len(part):
            print_frame(part, title=title)
    for action, stages in leads.items():
        print(f"{action}: to stage {', '.join(map(str, stages))}")


@app.command()
def change(
    number: OpportunityNo,
    fields: Fields = None,
    with_tasks: Annotated[
        bool, typer.Option("--with-tasks", help="Open tasks get the new salesperson, campaign or contact as well.")
    ] = False,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Change fields of an opportunity; its active entry follows."""
    receipt = bench_on(db).opportunities.change(number, with_tasks=with_tasks, dry_run=dry_run, **_given(fields))
    _print_receipt(receipt, "changed", json)


@app.command()
def comment(
    number: OpportunityNo,
    text: Annotated[str, typer.Argument(help="The comment.")],
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add a comment on an opportunity."""
    bench = bench_on(db)
    _print_comment(bench.opportunities.comment(number, text, day_of(bench, as_of), dry_run=dry_run), json)


@app.command("delete-comment")
def delete_comment(
    number: OpportunityNo,
    line_no: Annotated[int, typer.Argument(metavar="LINE_NO", help="The line of the comment, such as 10000.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a comment on an opportunity."""
    _print_comment(bench_on(db).opportunities.delete_comment(number, line_no, dry_run=dry_run), json)


@app.command()
def delete(number: OpportunityNo, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Delete an opportunity that is not in progress, with its entries and comments."""
    _print_deleted(bench_on(db).opportunities.delete(number, dry_run=dry_run), json)


@app.command("delete-closed")
def delete_closed(
    until: Annotated[
        Day, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Only those closed on that day or before.")
    ] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete the opportunities that are closed."""
    _print_deleted(bench_on(db).opportunities.delete_closed(date_of(until), dry_run=dry_run), json)


def date_of(value: Day) -> dt.date | None:
    """Give the day that an option names.

    Parameters
    ----------
    value : datetime.datetime or None
        The option.

    Returns
    -------
    datetime.date or None
        The day.
    """
    return None if value is None else value.date()


def print_step(receipt: StepReceipt, json: bool) -> None:
    """Say what a step of an opportunity did.

    Parameters
    ----------
    receipt : StepReceipt
        What was done, or would be.
    json : bool
        Print JSON.
    """
    if json:
        print_json(receipt.__dict__)
        return
    _print_step(receipt)


def _print_step(receipt: StepReceipt) -> None:
    verb = "" if receipt.is_written else "would be "
    done = receipt.action_taken or "activated"
    print(f"{receipt.opportunity_no}: {verb}{done}, entry {receipt.opportunity_entry_no}.")
    if receipt.changed:
        print_frame(receipt.frame().astype("str"))
    if receipt.created_task_count:
        print(f"Tasks {verb}created: {receipt.created_task_count:,}.")
    if receipt.canceled_task_nos:
        print(f"Tasks {verb}canceled: {', '.join(receipt.canceled_task_nos)}.")
    if receipt.customer_no:
        print(f"Customer {verb}created: {receipt.customer_no}.")
    for note in receipt.notes:
        print(note)


def _given(texts: list[str] | None) -> dict[str, Any]:
    return dict(pairs(texts, "--set", str.partition))


def _print_receipt(receipt: OpportunityReceipt, done: str, json: bool) -> None:
    if json:
        step = None if receipt.first_step is None else receipt.first_step.__dict__
        print_json({**receipt.__dict__, "first_step": step})
        return
    print(f"{receipt.opportunity_no}: {'' if receipt.is_written else 'would be '}{done}.")
    if receipt.changed:
        print_frame(receipt.frame().astype("str"))
    if receipt.task_count:
        print(f"Open tasks that follow: {receipt.task_count:,}.")
    if receipt.first_step is not None:
        _print_step(receipt.first_step)


def _print_comment(receipt: CommentReceipt, json: bool) -> None:
    if json:
        print_json(receipt.__dict__)
        return
    done = "deleted" if receipt.is_deleted else "added"
    verb = done if receipt.is_written else f"would be {done}"
    print(f"{receipt.opportunity_no}: comment {receipt.line_no} {verb}.")


def _print_deleted(deleted: OpportunityDeletion, json: bool) -> None:
    if json:
        print_json(deleted.__dict__)
        return
    verb = "deleted" if deleted.is_written else "would be deleted"
    print(f"Opportunities {verb}: {len(deleted.opportunity_nos):,}, with entries: {deleted.entry_count:,}, "
          f"comments: {deleted.comment_count:,}.")  # fmt: skip
