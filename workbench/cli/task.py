"""The commands about tasks: created, looked at, changed, commented on, deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.frames import print_frame, record, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json

if TYPE_CHECKING:
    from workbench.tasks import CreationReceipt, TaskReceipt

app = typer.Typer(no_args_is_help=True, help="What is to be done, by salespeople and teams, about contacts.")
TaskNo = Annotated[str, typer.Argument(metavar="TASK_NO", help="A task's number, such as TD000001.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen.")]
Fields = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="A field, such as type=meeting; may be repeated."),
]
_Since = Annotated[
    dt.datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Due on this day or later.")
]
_Until = Annotated[
    dt.datetime | None, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Due on this day or earlier.")
]
_COLUMNS = [
    "task_no", "dated_on", "type", "description", "status", "priority", "contact_no", "salesperson_code", "team_code",
    "organizer_task_no",
]  # fmt: skip


@app.command()
def new(
    fields: Fields = None,
    number: Annotated[str | None, typer.Option("--no", help="Its number; else the next one.")] = None,
    attendees: Annotated[
        list[str] | None, typer.Option("--contact", metavar="CONTACT_NO", help="Attends a meeting; may be repeated.")
    ] = None,
    colleagues: Annotated[
        list[str] | None, typer.Option("--salesperson", metavar="CODE", help="Attends a meeting; may be repeated.")
    ] = None,
    comments: Annotated[list[str] | None, typer.Option("--comment", help="What is to be said about it.")] = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create a task; of a worksheet (--set segment_no=…), one for each contact on it."""
    bench = bench_on(db)
    receipt = bench.tasks.create(
        day_of(bench, as_of), task_no=number, attendees=attendees or [], colleagues=colleagues or [],
        comments=comments or [], dry_run=dry_run, **task_fields(fields),
    )  # fmt: skip
    _print_created(receipt, json)


@app.command()
def activity(
    code: Annotated[str, typer.Argument(metavar="ACTIVITY_CODE", help="The activity.")],
    fields: Fields = None,
    starting_on: Annotated[
        dt.datetime | None,
        typer.Option(
            metavar="DATE", formats=["%Y-%m-%d"], help="The day its formulas count from; else the day of work."
        ),
    ] = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Create the tasks of an activity, for the salesperson, team, contact or worksheet that --set names."""
    bench = bench_on(db)
    start = None if starting_on is None else starting_on.date()
    receipt = bench.tasks.assign_activity(
        code, day_of(bench, as_of), starting_on=start, dry_run=dry_run, **task_fields(fields)
    )
    _print_created(receipt, json)


@app.command("list")
def list_(
    state: Annotated[str, typer.Option(help="open, completed, canceled or all.")] = "open",
    salesperson: Annotated[str | None, typer.Option(help="Own tasks, copies, and meetings of a salesperson.")] = None,
    team: Annotated[str | None, typer.Option(help="A team's.")] = None,
    contact: Annotated[str | None, typer.Option(help="Those about a contact.")] = None,
    campaign: Annotated[str | None, typer.Option(help="A campaign's.")] = None,
    worksheet: Annotated[str | None, typer.Option(help="Those made from a worksheet.")] = None,
    opportunity: Annotated[str | None, typer.Option(help="An opportunity's.")] = None,
    since: _Since = None,
    until: _Until = None,
    text: Annotated[str, typer.Option(help="A part of number, description or name.")] = "",
    rows: Annotated[int, typer.Option(min=1, help="How many at most.")] = 200,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List tasks by their day."""
    bench = bench_on(db)
    listed = bench.tasks.list(
        day_of(bench, as_of), state=state, salesperson_code=salesperson, team_code=team, contact_no=contact,
        campaign_no=campaign, segment_no=worksheet, opportunity_no=opportunity,
        since=None if since is None else since.date(), until=None if until is None else until.date(), text=text,
        rows=rows,
    )  # fmt: skip
    if json:
        figures = {"total": listed.total, "overdue": listed.overdue_count, "due_today": listed.due_today_count}
        print_json({"as_of": listed.as_of, **figures, "tasks": records(listed.tasks)})
        return
    print_frame(listed.tasks[_COLUMNS])
    due = f"overdue on {listed.as_of}: {listed.overdue_count:,}, due: {listed.due_today_count:,}"
    print(f"Tasks: {listed.total:,}; {due}.")


@app.command()
def show(number: TaskNo, db: Db = None, json: Json = False) -> None:
    """Show a task with its attendees, its comments, and what was recorded of it."""
    card = bench_on(db).tasks.get(number)
    parts = {"attendees": card.attendees, "comments": card.comments, "interactions": card.interactions}
    if json:
        print_json({**record(asdict(card.task)), **{name: records(part) for name, part in parts.items()}})
        return
    print_frame(card.frame().astype({"value": "str"}))
    for name, part in parts.items():
        if len(part):
            print_frame(part, title=name.capitalize())


@app.command()
def change(
    number: TaskNo, fields: Fields = None, dry_run: DryRun = False, as_of: AsOf = None, db: Db = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Change fields of a task; its copies follow."""
    bench = bench_on(db)
    print_receipt(bench.tasks.change(number, day_of(bench, as_of), dry_run=dry_run, **task_fields(fields)), json)


@app.command()
def comment(
    number: TaskNo,
    text: Annotated[str, typer.Argument(help="The comment.")],
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Add a comment on a task."""
    bench = bench_on(db)
    print_receipt(bench.tasks.comment(number, text, day_of(bench, as_of), dry_run=dry_run), json)


@app.command("delete-comment")
def delete_comment(
    number: TaskNo,
    line_no: Annotated[int, typer.Argument(metavar="LINE_NO", help="The line of the comment, such as 10000.")],
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a comment on a task."""
    print_receipt(bench_on(db).tasks.delete_comment(number, line_no, dry_run=dry_run), json)


@app.command()
def delete(
    number: Annotated[
        str | None, typer.Argument(metavar="TASK_NO", help="A task's number; else every canceled task.")
    ] = None,
    dry_run: DryRun = False,
    db: Db = None,
    json: Json = False,
) -> None:
    """Delete a task, or all that are canceled, with copies and comments."""
    deleted = bench_on(db).tasks.delete(number, dry_run=dry_run)
    if json:
        print_json(deleted.__dict__)
        return
    verb = "would be deleted" if dry_run else "deleted"
    print(f"Tasks {verb}: {len(deleted.task_nos):,}, with copies: {deleted.copy_count:,}, "
          f"comments: {deleted.comment_count:,}.")  # fmt: skip


def task_fields(texts: list[str] | None) -> dict[str, Any]:
    """Read the fields that --set names.

    Parameters
    ----------
    texts : list of str or None
        FIELD=VALUE.

    Returns
    -------
    dict of str to str
        By field.
    """
    return dict(pairs(texts, "--set", str.partition))


def print_receipt(receipt: TaskReceipt, json: bool) -> None:
    """Say what became of a task.

    Parameters
    ----------
    receipt : TaskReceipt
        What was done, or would be.
    json : bool
        Print JSON.
    """
    if json:
        print_json({**receipt.__dict__, "changes": records(receipt.changes.astype("str"))})
        return
    verb = "" if receipt.is_written else "would be "
    print(f"{receipt.task_no}: {verb}{receipt.action}; copies added: {receipt.copies_added:,}, "
          f"removed: {receipt.copies_removed:,}.")  # fmt: skip
    if len(receipt.changes):
        print_frame(receipt.changes.astype("str"))
    if receipt.interaction_count:
        print(f"Interactions {verb}recorded: {receipt.interaction_count:,}.")
    if receipt.next_task_no:
        print(f"Next task: {receipt.next_task_no}.")
    for note in receipt.notes:
        print(note)


def _print_created(receipt: CreationReceipt, json: bool) -> None:
    if json:
        print_json({**receipt.__dict__, "tasks": records(receipt.tasks)})
        return
    verb = "created" if receipt.is_written else "that would be created"
    print(f"Tasks {verb}: {len(receipt.tasks):,}, with copies: {receipt.copy_count:,}.")
    print_frame(receipt.tasks)
    for note in receipt.notes:
        print(note)
