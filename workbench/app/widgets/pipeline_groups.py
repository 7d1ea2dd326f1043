"""The figures of the pipeline, of all opportunities and of groups."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import cached, labels
from workbench.app.failures import plain
from workbench.app.language import _, amount, core, day, month, ngettext, number, percent
from workbench.app.widgets import charts, grids, interval_plot, pipeline_filter, tiles
from workbench.app.widgets.interval_plot import Estimate
from workbench.app.widgets.pipeline_filter import Only
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.pipeline_figures import PipelineReport, fields_to_ask_by

_MOST_LINES = 30


def draw_tiles(bench: Workbench, as_of: dt.date, only: Only) -> None:
    """Draw the figures of all opportunities together.

    Parameters
    ----------
    bench : Workbench
        On the store.
    as_of : datetime.date
        The day.
    only : dict of str to str
        Which opportunities.
    """
    found = _report(bench, "", as_of, only)
    currency = bench.setup.settings().currency_code
    for row in found.total.to_dict("records"):
        tiles.draw(_tiles(row, currency))
        st.markdown(plain(_sentence(row, as_of, currency)))
        st.caption(
            _("The win rate has its 95 % Wilson interval. Velocity is the number in progress x win rate x average won "
              "/ days until won.")
        )  # fmt: skip


def draw(bench: Workbench, as_of: dt.date, only: Only) -> None:
    """Draw the figures of groups that the visitor chooses.

    Parameters
    ----------
    bench : Workbench
        On the store.
    as_of : datetime.date
        The day.
    only : dict of str to str
        Which opportunities.
    """
    table = bench.setup.table("opportunity")
    offered = pipeline_filter.words()
    offered |= {name: labels.field(table.column(name)) for name in fields_to_ask_by(table)}
    by = st.selectbox(_("Figures by"), list(offered), index=1, format_func=offered.__getitem__, key="pipeline_by")
    found = _report(bench, by, as_of, only)
    for note in found.notes:
        st.info(plain(core(note)), icon=":material/info:")
    named = found.rows.assign(group=_named(found.rows.iloc[:, 0], by))
    _draw_rates(named, offered[by])
    _draw_table(named, offered[by], bench.setup.settings().currency_code)


def _report(bench: Workbench, by: str, as_of: dt.date, only: Only) -> PipelineReport:
    return cached.by_revision(
        bench, lambda: bench.pipeline.report(by, as_of, only=only), "pipeline report", by, as_of, tuple(only.items())
    )


def _tiles(row: dict[Any, Any], currency: str) -> list[Tile]:
    closed = _("of {closed} closed, {low} to {high}").format(
        closed=number(row["closed_count"]), low=percent(row["win_rate_low"]), high=percent(row["win_rate_high"])
    )
    days = _("lost after {days}").format(days=_days(row["average_lost_days"]))
    return [
        Tile(
            _("In progress"), number(row["open_count"]),
            _("estimated {amount}").format(amount=amount(row["estimated_amount"], currency)),
        ),
        Tile(
            _("Calculated current value"), amount(row["calculated_amount"], currency),
            _("{count} past their estimated closing date").format(count=number(row["overdue_count"])),
        ),
        Tile(_("Win rate"), percent(row["win_rate"]), closed),
        Tile(
            _("Won"), amount(row["won_amount"], currency),
            ngettext("{count} opportunity", "{count} opportunities", int(row["won_count"])).format(
                count=number(row["won_count"])
            ),
        ),
        Tile(_("Days until won"), _days(row["average_won_days"]), days),
        Tile(
            _("Velocity"), amount(_known(row["velocity_amount"]), currency),
            _("a day from those in progress"),
        ),
    ]  # fmt: skip


def _sentence(row: dict[Any, Any], as_of: dt.date, currency: str) -> str:
    if not row["closed_count"]:
        return _("As of {day}, {open} opportunities are in progress and none is closed.").format(
            day=day(as_of), open=number(row["open_count"])
        )
    return _(
        "As of {day}, {won} of {closed} closed opportunities were won, worth {amount}; {open} are in progress and "
        "{waiting} not started."
    ).format(
        day=day(as_of), won=number(row["won_count"]), closed=number(row["closed_count"]),
        amount=amount(row["won_amount"], currency), open=number(row["open_count"]),
        waiting=number(row["not_started_count"]),
    )  # fmt: skip


def _days(value: float) -> str:
    return "–" if math.isnan(value) else number(value, 1)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _named(values: pd.Series, by: str) -> list[str]:
    """Write what groups are called; those without a value are named so."""
    return [_("none") if pd.isna(value) else _group(value, by) for value in values]


def _group(value: Any, by: str) -> str:
    if by == "month":
        return month(value)
    if by == "quarter":
        return _("Q{quarter} {year}").format(quarter=value.quarter, year=value.year)
    return str(value.year) if by == "year" else str(value)


def _draw_rates(rows: pd.DataFrame, head: str) -> None:
    closed = rows[rows["closed_count"] > 0].head(_MOST_LINES)
    if closed.empty:
        return
    of = _("{part} of {whole}")
    estimates = [
        Estimate(
            row["group"], row["win_rate"], row["win_rate_low"], row["win_rate_high"],
            f"<b>{percent(row['win_rate'])}</b>  "
            + of.format(part=number(row["won_count"]), whole=number(row["closed_count"])),
        )
        for row in closed.to_dict("records")
    ]  # fmt: skip
    base = _(
        "Won of closed opportunities, open ones left out. Bars are 95 % Wilson intervals: groups whose bars overlap "
        "much may not differ."
    )
    heads = {
        "group": head, "closed_count": _("Closed"), "won_count": _("Won"), "win_rate": _("Win rate"),
        "win_rate_low": _("from"), "win_rate_high": _("to"),
    }  # fmt: skip
    plot = interval_plot.figure(estimates, _("Win rate"))
    plot.update_yaxes(dtick=1)
    charts.draw(plot, base, closed, heads, key="pipeline_rates", alt=_("Win rate of each group with its interval."))
    if len(closed) < (rows["closed_count"] > 0).sum():
        st.caption(_("The first {shown} of {total}.").format(shown=number(len(closed)), total=number(len(rows))))


def _draw_table(rows: pd.DataFrame, head: str, currency: str) -> None:
    heads = {
        "group": head, "opportunity_count": _("Opportunities"), "open_count": _("In progress"),
        "estimated_amount": _("Estimated"), "calculated_amount": _("Calculated"),
        "average_estimated_amount": _("Average estimated"), "average_calculated_amount": _("Average calculated"),
        "overdue_count": _("Overdue"), "average_age_days": _("Average age in days"), "won_count": _("Won"),
        "lost_count": _("Lost"), "won_amount": _("Won value"), "average_won_amount": _("Average won"),
        "average_won_days": _("Days until won"), "average_lost_days": _("Days until lost"),
        "pushed_rate": _("Put off"), "average_slip_days": _("Days slipped"), "velocity_amount": _("Velocity a day"),
    }  # fmt: skip
    grids.draw(rows, heads, key="pipeline_groups", currency=currency)
    st.caption(
        _("Estimated, calculated, overdue and age are of opportunities in progress. Put off: of those with a recorded "
          "estimate of the closing date, the share that was put off at least once; slipped is from the first estimate "
          "to the closing, or to the last estimate.")
    )  # fmt: skip
