"""The commands that lead opportunities through their sales cycles until they are won or lost."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.opportunity import (
    Amount,
    Chances,
    CloseOn,
    Day,
    DryRun,
    OpportunityNo,
    date_of,
    print_step,
)
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of

app = typer.Typer()
_On = Annotated[
    Day, typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="The day of the step; else the later of the day of "
                      "work and the last step."),
]  # fmt: skip


@app.command()
def activate(
    number: OpportunityNo, value: Amount = None, chances: Chances = None, close_on: CloseOn = None,
    dry_run: DryRun = False, as_of: AsOf = None, db: Db = None, json: Json = False,
) -> None:  # fmt: skip
    """Activate the first stage of an opportunity that is not started."""
    bench = bench_on(db)
    receipt = bench.opportunities.activate(
        number, day_of(bench, as_of), estimated_amount=value, chances_rate=chances,
        estimated_close_on=date_of(close_on), dry_run=dry_run,
    )  # fmt: skip
    print_step(receipt, json)


@app.command()
def move(
    number: OpportunityNo,
    action: Annotated[
        str | None, typer.Argument(help="first, next, previous, skip, update or jump; else what is offered first.")
    ] = None,
    stage: Annotated[int | None, typer.Option(help="Which stage skip or jump leads to; else the nearest.")] = None,
    on: _On = None,
    value: Amount = None,
    chances: Chances = None,
    close_on: CloseOn = None,
    cancel_tasks: Annotated[bool, typer.Option("--cancel-tasks", help="Call its open tasks off.")] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Move an opportunity to another stage of its sales cycle."""
    bench = bench_on(db)
    receipt = bench.opportunities.move(
        number, action, day_of(bench, as_of), stage=stage, on=date_of(on), estimated_amount=value,
        chances_rate=chances, estimated_close_on=date_of(close_on), cancels_tasks=cancel_tasks, dry_run=dry_run,
    )  # fmt: skip
    print_step(receipt, json)


@app.command()
def update(
    number: OpportunityNo, on: _On = None, value: Amount = None, chances: Chances = None, close_on: CloseOn = None,
    dry_run: DryRun = False, as_of: AsOf = None, db: Db = None, json: Json = False,
) -> None:  # fmt: skip
    """Update the estimates of an opportunity where it is."""
    bench = bench_on(db)
    receipt = bench.opportunities.update(
        number, day_of(bench, as_of), on=date_of(on), estimated_amount=value, chances_rate=chances,
        estimated_close_on=date_of(close_on), dry_run=dry_run,
    )  # fmt: skip
    print_step(receipt, json)


@app.command()
def close(
    number: OpportunityNo,
    status: Annotated[str, typer.Argument(help="won or lost.")],
    code: Annotated[str | None, typer.Option(help="Why: a close opportunity code; else the only one there is.")] = None,
    amount: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="What was sold; where a quote is linked, its value counts.")
    ] = None,
    on: _On = None,
    keep_tasks: Annotated[bool, typer.Option("--keep-tasks", help="Call no open tasks off.")] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Close an opportunity that was won or lost; it is not opened again."""
    bench = bench_on(db)
    receipt = bench.opportunities.close(
        number, status, day_of(bench, as_of), code=code, on=date_of(on), amount=amount, cancels_tasks=not keep_tasks,
        dry_run=dry_run,
    )  # fmt: skip
    print_step(receipt, json)
