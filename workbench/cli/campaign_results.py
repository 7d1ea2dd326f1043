"""The commands that say who responded to a campaign and what it did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.campaign_cards import Number
from workbench.cli.frames import print_frame, records
from workbench.cli.options import AsOf, Db, Json, bench_on, day_of, print_json
from workbench.cli.worksheet import DryRun

if TYPE_CHECKING:
    import pandas as pd

    from workbench.bench import Workbench
    from workbench.campaigns import Measurement, Responses

app = typer.Typer()
RuleFile = Annotated[
    Path | None, typer.Option("--rule", metavar="FILE", help="A YAML file that says what counts: docs/responses.md.")
]
_RATES = [
    "arm", "target_count", "delivered_count", "responder_count", "response_rate", "rate_low", "rate_high",
    "revenue_per_target", "cost_amount",
]  # fmt: skip
_LIFTS = [
    "arm", "absolute_lift", "absolute_low", "absolute_high", "relative_lift", "relative_low", "relative_high",
    "p_value", "p_adjusted", "verdict",
]  # fmt: skip
_RETURNS = [
    "arm", "incremental_responses", "incremental_low", "incremental_high", "cost_amount",
    "cost_per_incremental_response", "incremental_revenue", "incremental_revenue_low", "incremental_revenue_high",
    "roi", "roi_low", "roi_high",
]  # fmt: skip
_REVENUE = [
    "arm", "revenue_lift", "revenue_low", "revenue_high", "revenue_p_value", "bootstrap_low", "bootstrap_high",
    "cuped_lift", "cuped_low", "cuped_high", "variance_kept",
]  # fmt: skip
_PARTS = [
    "field", "value", "arm", "target_count", "against_target_count", "absolute_lift", "absolute_low", "absolute_high",
    "p_adjusted", "p_differs",
]  # fmt: skip


@app.command()
def respond(
    number: Number,
    rule: RuleFile = None,
    template: Annotated[
        str | None, typer.Option(help="A response is an interaction of this template.", metavar="CODE")
    ] = None,
    related: Annotated[
        str | None,
        typer.Option(help="A response is a row of this table: sales_entry, interaction, campaign_response …"),
    ] = None,
    window_days: Annotated[
        int | None, typer.Option(help="Days after targeting on which responses still count.")
    ] = None,
    holdout: Annotated[str | None, typer.Option(help="The arm that was held out.", metavar="ARM")] = None,
    dry_run: DryRun = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Say what counts as a response, and tell who responded: by contact, by company and by entry."""
    bench = bench_on(db)
    changes = {"window_days": window_days, "holdout": holdout, "response": _event(template, related)}
    wanted = rule or _changed(bench, number, {key: value for key, value in changes.items() if value is not None})
    found = bench.campaigns.respond(number, day_of(bench, as_of), wanted, dry_run=dry_run)
    if json:
        print_json({**found.to_dict(), "counts": records(found.counts)})
    else:
        _print_responses(found)


@app.command()
def measure(
    number: Number,
    by: Annotated[
        list[str] | None, typer.Option(metavar="FIELD", help="Look into parts of the targets by it; may be repeated.")
    ] = None,
    rule: RuleFile = None,
    against: Annotated[str | None, typer.Option(metavar="ARM", help="Compare with this arm.")] = None,
    confidence: Annotated[float, typer.Option(help="Of all intervals.")] = 0.95,
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 0,
    rows: Annotated[bool, typer.Option("--rows", help="Print one row for each target instead.")] = False,
    as_of: AsOf = None,
    db: Db = None,
    json: Json = False,
) -> None:
    """Measure what a campaign really did: each arm against the one that was held out."""
    bench = bench_on(db)
    found = bench.campaigns.measure(
        number, day_of(bench, as_of), by=by or (), rule=rule, against=against, confidence=confidence, seed=seed
    )
    if rows:
        print_frame(found.frame(), json=json)
    elif json:
        frames = {name: records(getattr(found, name)) for name in ("arms", "lifts", "subgroups", "curve")}
        print_json({**found.to_dict(), **frames})
    else:
        _print_measurement(found)


def _event(template: str | None, related: str | None) -> dict[str, Any] | None:
    if template is not None:
        code = {"field": "interaction_template_code", "op": "is", "value": template}
        return {"related": related or "interaction", "where": [code]}
    return None if related is None else {"related": related}


def _changed(bench: Workbench, number: str, changes: dict[str, Any]) -> dict[str, Any] | None:
    """Change the rule there is; None where nothing is to be changed."""
    from pipelines.response_rule import written

    return {**written(bench.campaigns.response_rule(number)), **changes} if changes else None


def _print_responses(found: Responses) -> None:
    print_frame(found.counts, title=f"Responses to {found.campaign_no} as of {found.as_of}, of its targets")
    print(f"Entries that do not count: {found.early_count:,} before targeting, {found.late_count:,} after the window")
    if found.is_written:
        print("This counts as a response from now on.")
    for note in found.notes:
        print(f"Note: {note}")


def _print_measurement(found: Measurement) -> None:
    for sentence in found.sentences():
        print(sentence)
    print_frame(_of(found.arms, _RATES), title=f"{found.campaign_no} as of {found.as_of}: responders of targets")
    if found.against is not None:
        print_frame(_of(found.lifts, _LIFTS), title=f"Response rate against {found.against}")
        if "revenue_lift" in (revenue := _of(found.lifts, _REVENUE)):
            print_frame(revenue, title=f"Revenue per target against {found.against}")
        print_frame(_of(found.lifts, _RETURNS), title="What would not have come without the campaign")
    if not found.subgroups.empty:
        print_frame(_of(found.subgroups, _PARTS), title="Parts of the targets")
    if (ratio := found.sample_ratio) is not None:
        print(f"Sizes of the arms against the shares planned: p = {ratio.p_value:.4f}")
    for note in found.notes:
        print(f"Note: {note}")


def _of(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Take the columns that say something."""
    return frame[[name for name in columns if name in frame.columns]].dropna(axis="columns", how="all")
