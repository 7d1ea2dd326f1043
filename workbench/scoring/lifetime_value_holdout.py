"""Models of what contacts buy, fitted to an earlier day and tested on the days after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pipelines.lifetime_value import expected_purchases
from pipelines.lifetime_value_holdout import by_decile, by_repeats, holdout_figures, tracked
from workbench.errors import MeasureError
from workbench.scoring.lifetime_value_models import DAYS, LifetimeValueOptions, Modelled, days_of, modelled, repeats
from workbench.scoring.method import Inputs
from workbench.scoring.purchases import by_day, summary


@dataclass(frozen=True)
class Tested:
    """How well purchases were foretold.

    Attributes
    ----------
    quality : mapping of str to float, int, str or None
        Figures of all contacts that had bought by the earlier day; each name begins with `holdout_`.
    tables : mapping of str to pandas.DataFrame
        `holdout`, `holdout_deciles` and `tracking`.
    notes : tuple of str
        Why there is no test, where there is none.
    """

    quality: Mapping[str, float | int | str | None] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()


def tested(inputs: Inputs, options: LifetimeValueOptions, known: pd.DataFrame) -> Tested:
    """Fit the models to what was known on an earlier day, and compare what they say with what came.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    options : LifetimeValueOptions
        Purchases, models and the earlier day.
    known : pandas.DataFrame
        As from `purchases.summary` as of the day.

    Returns
    -------
    Tested
        Figures and tables, or a note of why there are none.

    Raises
    ------
    MeasureError
        When the options name an earlier day on which too little was known.
    """
    end = _calibration_end(inputs.as_of, options, known)
    try:
        found = modelled(inputs, options, end)
    except MeasureError as error:
        if options.calibration_end is not None:
            raise
        return Tested(notes=(f"Not tested on days the model does not know: as of {end.isoformat()}, {error.message}",))
    return _compared(inputs, options, found, end)


def _calibration_end(as_of: dt.date, options: LifetimeValueOptions, known: pd.DataFrame) -> dt.date:
    first: dt.date = known["first_on"].min().date()
    end = options.calibration_end or first + (as_of - first) // 2
    if not first <= end < as_of:
        raise MeasureError(
            f"A model known to {end.isoformat()} cannot be tested: purchases are from {first.isoformat()} to "
            f"{as_of.isoformat()}.",
            "Take a day between them as the end of the calibration.",
        )
    return end


def _compared(inputs: Inputs, options: LifetimeValueOptions, found: Modelled, end: dt.date) -> Tested:
    ahead = (inputs.as_of - end).days / DAYS[options.unit]
    later = summary(inputs, options, after=end).set_index("contact_id").reindex(found.known["contact_id"])
    bought = later["purchase_count"].fillna(0).to_numpy(dtype="float64")
    expected = expected_purchases(found.purchases, found.histories, ahead)
    figures = holdout_figures(found.histories, expected, bought, ahead)
    quality: dict[str, float | int | str | None] = {
        **{f"holdout_{name}": None if np.isnan(figure) else figure for name, figure in figures.items()},
        "holdout_from": (end + dt.timedelta(days=1)).isoformat(), "holdout_until": inputs.as_of.isoformat(),
        "holdout_contact_count": len(expected),
    }  # fmt: skip
    deciles = by_decile(expected, bought)
    amount = found.expected_amount()
    if amount is not None:
        came = later["amount"].fillna(0).to_numpy(dtype="float64")
        deciles = by_decile(amount * expected, came)
        quality |= {
            "holdout_actual_amount": float(deciles["actual_sum"].sum()),
            "holdout_expected_amount": float(deciles["expected_sum"].sum()),
        }
    return Tested(quality, {
        "holdout": by_repeats(repeats(found.known), expected, bought), "holdout_deciles": deciles,
        "tracking": _tracking(inputs, options, found, end),
    })  # fmt: skip


def _tracking(inputs: Inputs, options: LifetimeValueOptions, found: Modelled, end: dt.date) -> pd.DataFrame:
    """Follow all contacts, those that came after the model's day as well."""
    days = by_day(inputs, options)
    begin, length = days["bought_on"].min(), DAYS[options.unit]
    at = days_of(days["bought_on"] - begin) / length
    until = ((inputs.as_of - begin.date()).days + 1) / length
    rows = tracked(found.purchases, at, days["first_count"], days["repeat_count"], until)
    ends = begin + pd.to_timedelta(np.floor(rows["unit"] * length + 1e-9) - 1, unit="D")
    return rows.assign(ends_on=ends.dt.strftime("%Y-%m-%d"), is_held_out=ends.dt.date > end)
