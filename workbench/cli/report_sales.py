"""The commands that print tasks, opportunities and sales cycles."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from workbench.cli.options import AsOf, Db, Json, bench_on, day_of
from workbench.cli.report import Out, Overwrite, give

app = typer.Typer()
Salespeople = Annotated[list[str] | None, typer.Argument(metavar="SALESPERSON_CODE", help="Whose; else everybody's.")]
TaskState = Annotated[str, typer.Option("--state", help="all, open, completed or canceled.")]
State = Annotated[str, typer.Option("--state", help="all, open, closed, not_started, in_progress, won or lost.")]
Campaign = Annotated[str | None, typer.Option("--campaign", metavar="CAMPAIGN_NO", help="Only of this campaign.")]
Since = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The first day.")]
Until = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The last day.")]


@app.command("salesperson-tasks")
def salesperson_tasks(
    codes: Salespeople = None, state: TaskState = "all", campaign: Campaign = None, since: Since = None,
    until: Until = None, out: Out = None, overwrite: Overwrite = False, as_of: AsOf = None, db: Db = None,
    json: Json = False,
) -> None:  # fmt: skip
    """List tasks by salesperson and day; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.salesperson_tasks(
        day_of(bench, as_of), codes or [], state=state, campaign_no=campaign, since=_day(since), until=_day(until)
    )
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("team-tasks")
def team_tasks(
    codes: Annotated[list[str] | None, typer.Argument(metavar="TEAM_CODE", help="Which teams; else all.")] = None,
    state: TaskState = "all",
    campaign: Campaign = None,
    since: Since = None,
    until: Until = None,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List what teams are to do, by team and day; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.team_tasks(
        day_of(bench, as_of), codes or [], state=state, campaign_no=campaign, since=_day(since), until=_day(until)
    )
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("salesperson-opportunities")
def salesperson_opportunities(
    codes: Salespeople = None, state: State = "all", out: Out = None, overwrite: Overwrite = False, as_of: AsOf = None,
    db: Db = None, json: Json = False,
) -> None:  # fmt: skip
    """List opportunities by salesperson, open ones first; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.salesperson_opportunities(day_of(bench, as_of), codes or [], state=state)
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("opportunity-list")
def opportunity_list(
    state: State = "all",
    salesperson: Annotated[str | None, typer.Option(metavar="CODE", help="Only of this salesperson.")] = None,
    campaign: Campaign = None,
    sales_cycle: Annotated[str | None, typer.Option(metavar="CODE", help="Only in this sales cycle.")] = None,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """List opportunities with their stage and probability; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.opportunity_list(
        day_of(bench, as_of), state=state, salesperson_code=salesperson, campaign_no=campaign,
        sales_cycle_code=sales_cycle,
    )  # fmt: skip
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("sales-cycle-analysis")
def sales_cycle_analysis(
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="SALES_CYCLE_CODE", help="Which sales cycles; else all.")
    ] = None,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Tell what goes on in sales cycles and their stages; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.sales_cycle_analysis(day_of(bench, as_of), codes or [])
    give(bench, report, out, overwrite=overwrite, json=json)


@app.command("opportunity-details")
def opportunity_details(
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="OPPORTUNITY_NO", help="Which opportunities; else all.")
    ] = None,
    out: Out = None,
    overwrite: Overwrite = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Tell of opportunities their steps, tasks and remaining stages; PDF, CSV, XLSX or Parquet."""
    bench = bench_on(db)
    report = bench.reports.opportunity_details(day_of(bench, as_of), numbers or [])
    give(bench, report, out, overwrite=overwrite, json=json)


def _day(on: dt.datetime | None) -> dt.date | None:
    return None if on is None else on.date()
