"""What each arm of a campaign did beyond the one that was held out: responses, revenue, return, parts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from workbench.app.failures import plain
from workbench.app.language import _, amount, number, percent
from workbench.app.widgets import charts, grids, interval_plot, lift_words, tiles
from workbench.app.widgets.interval_plot import Estimate
from workbench.app.widgets.lift_words import p_value, points, relative, signed
from workbench.app.widgets.tiles import Tile
from workbench.campaigns import Measurement

_MOST_PARTS = 40


def draw_verdicts(measured: Measurement, currency: str) -> None:
    """Say of each arm what it did.

    Parameters
    ----------
    measured : Measurement
        Where something was held out.
    currency : str
        ISO 4217 code of the amounts.
    """
    for lift in measured.lifts.to_dict("records"):
        verdict = str(lift["verdict"])
        st.markdown(f"{lift_words.ICONS[verdict]} **{plain(str(lift['arm']))}: {_(lift_words.VERDICTS[verdict])}**")
        st.markdown(plain(lift_words.sentence(lift, measured.confidence)))
        tiles.draw(_tiles(lift, currency))


def _tiles(lift: Mapping[Any, Any], currency: str) -> list[Tile]:
    made = [
        Tile(_("Absolute lift"), points(lift["absolute_lift"]), _between(points, lift, "absolute")),
        Tile(_("Relative lift"), relative(lift["relative_lift"]), _between(relative, lift, "relative")),
        Tile(_("Incremental responses"), signed(lift["incremental_responses"]), _between(signed, lift, "incremental")),
    ]
    if "incremental_revenue" in lift:
        made.append(
            Tile(
                _("Incremental revenue"), _money(lift["incremental_revenue"], currency),
                _between(lambda value: _money(value, currency), lift, "incremental_revenue"),
            )
        )  # fmt: skip
    if lift["cost_amount"] > 0:
        price = lift["cost_per_incremental_response"]
        cost = _("cost {amount}").format(amount=amount(lift["cost_amount"], currency))
        made.append(Tile(_("Cost of an incremental response"), _money(price, currency), cost))
    if not math.isnan(lift["roi"]):
        made.append(Tile(_("Return on the cost"), relative(lift["roi"]), _between(relative, lift, "roi")))
    return made


def _money(value: float, currency: str) -> str:
    return amount(value, currency) if math.isfinite(value) else signed(value)


def _between(write: Any, lift: Mapping[Any, Any], name: str) -> str:
    return _("{low} to {high}").format(low=write(lift[f"{name}_low"]), high=write(lift[f"{name}_high"]))


def draw_table(measured: Measurement) -> None:
    """Draw the lifts of responses as a table.

    Parameters
    ----------
    measured : Measurement
        Where something was held out.
    """
    labels = {
        "arm": _("Arm"), "absolute_lift": _("Absolute lift"), "absolute_low": _("from"), "absolute_high": _("to"),
        "relative_lift": _("Relative lift"), "relative_low": _("from"), "relative_high": _("to"),
        "z": _("Standard errors"), "p_value": _("p value"), "p_adjusted": _("p value for all arms"),
    }  # fmt: skip
    formats = {name: points for name in labels if name.startswith("absolute")}
    formats |= {name: relative for name in labels if name.startswith("relative")}
    formats |= {"p_value": p_value, "p_adjusted": p_value, "z": lambda value: signed(value, 2)}
    grids.draw(measured.lifts, labels, key="campaign_lifts", formats=formats)
    st.caption(
        _("Response rates against {arm}: Newcombe's and Koopman's intervals, score test or Fisher's where counts are "
          "small, Holm's correction for several arms.").format(arm=measured.against)
    )  # fmt: skip


def draw_revenue(measured: Measurement, currency: str) -> None:
    """Draw the lifts of revenue per target.

    Parameters
    ----------
    measured : Measurement
        Nothing is drawn where nothing is said of revenue.
    currency : str
        ISO 4217 code of the amounts.
    """
    if "revenue_lift" not in measured.lifts.columns:
        return
    st.subheader(_("Revenue per target"))
    labels = {
        "arm": _("Arm"), "revenue_lift": _("Difference"), "revenue_low": _("from"), "revenue_high": _("to"),
        "revenue_p_value": _("p value"), "bootstrap_low": _("Bootstrap from"), "bootstrap_high": _("to"),
        "cuped_lift": _("Without earlier revenue"), "cuped_low": _("from"), "cuped_high": _("to"),
        "variance_kept": _("Variance kept"),
    }  # fmt: skip
    shown = {name: label for name, label in labels.items() if measured.lifts[name].notna().any()}
    formats: dict[str, Any] = {name: lambda value: _money(value, currency) for name in shown if name != "arm"}
    formats |= {"revenue_p_value": p_value, "variance_kept": percent}
    formats = {name: write for name, write in formats.items() if name in shown}
    grids.draw(measured.lifts, shown, key="campaign_revenue", formats=formats)
    st.caption(
        _("Means of all targets of an arm, against {arm}: Welch's interval, a bootstrap beside it, and the same with "
          "earlier revenue taken out (CUPED) where the rule names a period before.").format(arm=measured.against)
    )  # fmt: skip


def draw_parts(measured: Measurement, names: Mapping[str, str]) -> None:
    """Draw the lift within parts of the targets.

    Parameters
    ----------
    measured : Measurement
        Nothing is drawn where no parts were asked for.
    names : mapping of str to str
        What the fields are called.
    """
    parts = measured.subgroups.head(_MOST_PARTS)
    if parts.empty:
        return
    st.subheader(_("Parts of the targets"))
    estimates = [
        Estimate(
            f"{names[row['field']]}: {row['value']} · {row['arm']}", row["absolute_lift"], row["absolute_low"],
            row["absolute_high"],
            f"<b>{points(row['absolute_lift'])}</b>  " + _("{targets} against {others}").format(
                targets=number(row["target_count"]), others=number(row["against_target_count"])),
        )
        for row in parts.to_dict("records")
    ]  # fmt: skip
    base = _(
        "Absolute lift within each part, against {arm} in the same part, with its {confidence} interval. Looking at "
        "many parts finds something by chance: p values are corrected for all rows, and the last column tells how "
        "often chance alone would let the parts differ so much."
    ).format(arm=measured.against, confidence=percent(measured.confidence, 0))
    labels = {
        "field": _("Field"), "value": _("Part"), "arm": _("Arm"), "target_count": _("Targets"),
        "against_target_count": _("Held out"), "lift": _("Absolute lift"), "low": _("from"), "high": _("to"),
        "p": _("p value for all parts"), "differs": _("Parts differ by chance"),
    }  # fmt: skip
    figures = parts.assign(
        field=parts["field"].map(names), lift=parts["absolute_lift"].map(points), low=parts["absolute_low"].map(points),
        high=parts["absolute_high"].map(points), p=parts["p_adjusted"].map(p_value),
        differs=parts["p_differs"].map(p_value),
    )  # fmt: skip
    plot = interval_plot.figure(estimates, _("Absolute lift"), are_lifts=True)
    alt = _("Lift of the response rate within each part of the targets, with its interval.")
    charts.draw(plot, base, figures, labels, key="campaign_parts", alt=alt)
