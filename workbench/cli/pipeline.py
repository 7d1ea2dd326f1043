"""The commands that say where the pipeline stands and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.frames import print_frame, records
from workbench.cli.loading import pairs
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json

if TYPE_CHECKING:
    import pandas as pd

    from workbench.pipeline_figures import BackTest, PipelineForecast

app = typer.Typer(no_args_is_help=True, help="Where the pipeline stands and why: figures, stages, forecast.")
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="WHAT=VALUE", help="Such as team=EAST, or any field; repeatable."),
]
Confidence = Annotated[float, typer.Option(help="Of the intervals.")]
_COUNTS = [
    "opportunity_count", "not_started_count", "open_count", "estimated_amount", "calculated_amount",
    "average_estimated_amount", "average_calculated_amount", "overdue_count", "average_age_days",
]  # fmt: skip
_CLOSED = [
    "closed_count", "won_count", "lost_count", "win_rate", "win_rate_low", "win_rate_high", "won_amount",
    "average_won_amount", "average_won_days", "average_lost_days", "velocity_amount", "pushed_rate",
    "average_slip_days",
]  # fmt: skip
_FORECAST = [
    "month", "amount", "amount_low", "amount_high", "won_count", "already_amount", "open_amount", "new_amount",
    "weighted_amount",
]  # fmt: skip


@app.command()
def report(
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="cycle, stage, salesperson, team, campaign, contact, company, item, status, month, quarter, year, or "
            "a field; repeatable.",
        ),
    ] = None,
    since: Annotated[
        dt.datetime | None,
        typer.Option(metavar="DATE", formats=["%Y-%m-%d"], help="Leave out what was closed before this day."),
    ] = None,
    only: Only = None,
    confidence: Confidence = 0.95,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Say how many opportunities there are, what they are worth, and how often and how fast they are won."""
    bench = bench_on(db)
    found = bench.pipeline.report(
        by or (), day_of(bench, as_of), since=since.date() if since else None, only=_picked(only), confidence=confidence
    )
    if json:
        about = {"as_of": found.as_of, "by": found.by, "since": found.since, "notes": found.notes}
        print_json({**about, "rows": records(found.rows), "total": next(iter(records(found.total)), None)})
        return
    if found.rows.empty:
        print(f"There are no opportunities as of {found.as_of}.")
        return
    groups = [name for name in found.rows.columns if name not in found.total.columns]
    for rows, title in ((found.rows, _title(found.by)), *(((found.total, "All together"),) if groups else ())):
        heads = [name for name in groups if name in rows.columns]
        print_frame(rows[heads + _COUNTS], title=f"{title} as of {found.as_of}: values are of those in progress")
        print_frame(rows[heads + _CLOSED], title=f"{title}: win rate of closed, days from creation to closing")
    _print_notes(found.notes)


@app.command()
def stages(
    only: Only = None, confidence: Confidence = 0.95, as_of: AsOf = None, db: Db = None, json: Json = False
) -> None:
    """Say who is in which stage, how long they stay, and where they go from there."""
    bench = bench_on(db)
    found = bench.pipeline.stages(day_of(bench, as_of), only=_picked(only), confidence=confidence)
    frames = {"stages": found.stages, "funnel": found.funnel, "moves": found.moves}
    if json:
        print_json({"as_of": found.as_of, **{name: records(frame) for name, frame in frames.items()}})
        return
    print_frame(found.stages, title=f"Stages as of {found.as_of}: advance_rate of those that left")
    print_frame(found.funnel, title="How many came so far or beyond, of all begun in the cycle")
    print_frame(found.moves, title="Where they went; share_rate of all stays in the stage")


@app.command()
def forecast(
    months: Annotated[int, typer.Option(help="How many, the month of the day included.")] = 6,
    without_new: Annotated[
        bool, typer.Option("--without-new", help="Only of opportunities that are in progress.")
    ] = False,
    back_test: Annotated[
        bool, typer.Option("--back-test", help="Tell how well forecasts of the last months would have done instead.")
    ] = False,
    cuts: Annotated[int, typer.Option(help="With --back-test: on how many ends of months forecasts are made.")] = 6,
    only: Only = None,
    confidence: Confidence = 0.8,
    draws: Annotated[int, typer.Option(help="How often the future is drawn.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed draws the same.")] = 0,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Forecast what will be won each month, with an interval."""
    bench = bench_on(db)
    day, picked = day_of(bench, as_of), _picked(only)
    if back_test:
        tested = bench.pipeline.back_test(
            day, cuts=cuts, months=months, only=picked, confidence=confidence, draws=draws, seed=seed
        )
        _print_tested(tested, json=json)
        return
    found = bench.pipeline.forecast(
        day, months, with_new=not without_new, only=picked, confidence=confidence, draws=draws, seed=seed
    )
    _print_forecast(found, json=json)


@app.command()
def matrix(
    line: Annotated[str, typer.Argument(help="salesperson, campaign, contact, team, cycle, item, or a field.")],
    period: Annotated[str, typer.Option(help="month, quarter or year.")] = "month",
    figure: Annotated[
        str,
        typer.Option(
            help="opportunity_count, estimated_amount, calculated_amount, average_estimated_amount or "
            "average_calculated_amount."
        ),
    ] = "opportunity_count",
    status: Annotated[str, typer.Option(help="in_progress, won, lost or not_started.")] = "in_progress",
    only: Only = None,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Cross opportunities with periods of their estimated closing date."""
    bench = bench_on(db)
    found = bench.pipeline.matrix(
        line, day_of(bench, as_of), period=period, figure=figure, status=status, only=_picked(only)
    )
    print_frame(found.rows, json=json, title=f"{figure} of opportunities {status} as of {found.as_of}")


@app.command()
def ageing(
    rows: Annotated[bool, typer.Option("--rows", help="List the opportunities in progress instead.")] = False,
    only: Only = None,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Count the opportunities in progress by age, or list them, the oldest first."""
    bench = bench_on(db)
    use = bench.pipeline.open if rows else bench.pipeline.ageing
    found = use(day_of(bench, as_of), only=_picked(only))
    print_frame(found.rows, json=json, title=f"Opportunities in progress as of {found.as_of}")


def _picked(only: list[str] | None) -> dict[str, str]:
    return pairs(only, "--only", str.partition)


def _title(by: tuple[str, ...]) -> str:
    return f"Pipeline by {', '.join(by)}" if by else "Pipeline"


def _print_forecast(found: PipelineForecast, *, json: bool) -> None:
    if json:
        about = {"as_of": found.as_of, "confidence": found.confidence, "draws": found.draws, "seed": found.seed}
        print_json({**about, "months": records(found.months), "notes": found.notes})
        return
    title = f"Value won each month as forecast on {found.as_of}, {found.confidence:.0%} intervals"
    print_frame(_rounded(found.months[_FORECAST]), title=title)
    _print_notes(found.notes)


def _print_tested(found: BackTest, *, json: bool) -> None:
    if json:
        print_json({**found.to_dict(), "rows": records(found.rows)})
        return
    if not found.rows.empty:
        told = found.accuracy
        print_frame(_rounded(found.rows), title="Forecasts from what was known on the day they were made")
        print(
            f"{told.within_rate:.0%} of {told.forecast_count} months lay in their {told.confidence:.0%} interval. "
            f"Absolute error {told.error_rate:.0%} of what was won (mean of three months before: "
            f"{told.naive_error_rate:.0%}), bias {told.bias_rate:+.0%}."
        )
    _print_notes(found.notes)


def _rounded(frame: pd.DataFrame) -> pd.DataFrame:
    amounts = [name for name in frame.columns if name.endswith(("amount", "_low", "_high"))]
    return frame.round(dict.fromkeys(amounts, 2))


def _print_notes(notes: Iterable[str]) -> None:
    for note in notes:
        print(f"Note: {note}")
