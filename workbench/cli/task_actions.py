"""The commands that close tasks and open them again, and those about who attends a meeting."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.options import AsOf, Db, Json, bench_on, day_of
from workbench.cli.task import DryRun, TaskNo, print_receipt

app = typer.Typer()
_Contact = Annotated[str | None, typer.Option("--contact", metavar="CONTACT_NO", help="A contact.")]
_Salesperson = Annotated[str | None, typer.Option("--salesperson", metavar="CODE", help="A salesperson.")]


@app.command()
def complete(
    number: TaskNo,
    completed_by: Annotated[
        str | None, typer.Option("--by", metavar="CODE", help="The salesperson who completed a team's task; else you.")
    ] = None,
    records: Annotated[
        bool | None,
        typer.Option("--record/--no-record", help="Record interactions; unless said, of calls and meetings."),
    ] = None,
    template: Annotated[str | None, typer.Option(help="The interaction template of these.")] = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Complete a task, and record an interaction for each contact of a call or meeting."""
    bench = bench_on(db)
    receipt = bench.tasks.complete(
        number, day_of(bench, as_of), completed_by=completed_by, records=records, interaction_template_code=template,
        dry_run=dry_run,
    )  # fmt: skip
    print_receipt(receipt, json)


@app.command()
def cancel(
    number: TaskNo,
    stop: Annotated[bool, typer.Option("--stop", help="No other task follows a recurring one.")] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Cancel a task, which closes it."""
    bench = bench_on(db)
    print_receipt(bench.tasks.cancel(number, day_of(bench, as_of), stops_recurring=stop, dry_run=dry_run), json)


@app.command()
def reopen(number: TaskNo, dry_run: DryRun = False, db: Db = None, json: Json = False) -> None:
    """Open a closed or canceled task again."""
    print_receipt(bench_on(db).tasks.reopen(number, dry_run=dry_run), json)


@app.command()
def attend(
    number: TaskNo,
    contact: _Contact = None,
    salesperson: _Salesperson = None,
    optional: Annotated[
        bool | None, typer.Option("--optional/--required", help="Whether the meeting can do without.")
    ] = None,
    answer: Annotated[
        str | None, typer.Option(help="The answer to the invitation: none, accepted, declined or tentative.")
    ] = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Let somebody attend a meeting, or note what an attendee answered."""
    bench = bench_on(db)
    receipt = bench.tasks.attend(
        number, day_of(bench, as_of), contact_no=contact, salesperson_code=salesperson, is_optional=optional,
        answer=answer, dry_run=dry_run,
    )  # fmt: skip
    print_receipt(receipt, json)


@app.command()
def leave(
    number: TaskNo, contact: _Contact = None, salesperson: _Salesperson = None, dry_run: DryRun = False,
    db: Db = None, json: Json = False,
) -> None:  # fmt: skip
    """Take an attendee from a meeting."""
    receipt = bench_on(db).tasks.leave(number, contact_no=contact, salesperson_code=salesperson, dry_run=dry_run)
    print_receipt(receipt, json)
