"""Lifts in words and signs of the visitor's language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from workbench.app.labels import N_
from workbench.app.language import _, number, percent

VERDICTS = {
    "more": N_("More responses than without the campaign"),
    "fewer": N_("Fewer responses than without the campaign"),
    "not_enough_data": N_("Not enough data to tell"),
    "too_early": N_("Too early to tell"),
    "sizes_off": N_("Not to be read: the sizes of the arms are off"),
}
"""What the verdict on an arm says."""
ICONS = {
    "more": ":material/trending_up:", "fewer": ":material/trending_down:", "not_enough_data": ":material/help:",
    "too_early": ":material/hourglass_empty:", "sizes_off": ":material/warning:",
}  # fmt: skip
"""The picture beside each verdict."""


def points(value: float) -> str:
    """Write a difference of rates.

    Parameters
    ----------
    value : float
        Between -1 and 1.

    Returns
    -------
    str
        With its sign, in percentage points.
    """
    return _("{points} pp").format(points=signed(100 * value, 2))


def signed(value: float, decimals: int = 0) -> str:
    """Write a number with its sign.

    Parameters
    ----------
    value : float
        Any; unbounded values have a sign of their own.
    decimals : int, optional
        How many.

    Returns
    -------
    str
        In the visitor's language.
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return ("+" if value > 0 else "") + number(value, decimals)


def relative(value: float) -> str:
    """Write a ratio less 1.

    Parameters
    ----------
    value : float
        Such as 0.25 for a quarter more.

    Returns
    -------
    str
        With its sign, in percent.
    """
    if not math.isfinite(value):
        return signed(value)
    return ("+" if value > 0 else "") + percent(value)


def p_value(value: float) -> str:
    """Write a p value.

    Parameters
    ----------
    value : float
        Between 0 and 1.

    Returns
    -------
    str
        With four decimals, or that it is smaller.
    """
    return (
        "–"
        if math.isnan(value)
        else _("below {bound}").format(bound=number(0.0001, 4))
        if value < 0.0001
        else number(value, 4)
    )


def sentence(lift: Mapping[Any, Any], confidence: float) -> str:
    """Say what an arm did.

    Parameters
    ----------
    lift : mapping
        A row of the lifts of a measurement.
    confidence : float
        Of its intervals.

    Returns
    -------
    str
        With counts and intervals.
    """
    text = _(
        "{rate} of {targets} targets responded, {other_rate} of the {others} held out as {against}: {lift}, "
        "{confidence} interval {low} to {high}. Incremental responses: {responses}, {least} to {most}."
    )
    return text.format(
        rate=percent(lift["responder_count"] / lift["target_count"], 2), targets=number(lift["target_count"]),
        other_rate=percent(lift["against_responder_count"] / lift["against_target_count"], 2),
        others=number(lift["against_target_count"]), against=lift["against"], lift=points(lift["absolute_lift"]),
        confidence=percent(confidence, 0), low=points(lift["absolute_low"]), high=points(lift["absolute_high"]),
        responses=number(lift["incremental_responses"]), least=number(lift["incremental_low"]),
        most=number(lift["incremental_high"]),
    )  # fmt: skip
