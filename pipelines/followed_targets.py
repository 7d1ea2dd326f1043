"""Targets of a campaign followed over time: what each of them did in its window, before it and after it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_NEVER = np.iinfo(np.int32).max
_UNDATED = np.iinfo(np.int32).min

Integers = npt.NDArray[np.integer[Any]]
Mask = npt.NDArray[np.bool_]


def followed(
    targets: pd.DataFrame,
    responses: pd.DataFrame,
    revenue: pd.DataFrame | None,
    *,
    window_days: int | None,
    pre_period_days: int | None,
    as_of: dt.date,
) -> pd.DataFrame:
    """Put beside each target what it did.

    Parameters
    ----------
    targets : pandas.DataFrame
        One row for each time a contact was targeted: `contact_id` (positive and dense), `entry_no`, `targeted_on` (day
        or unknown), `arm`; of a contact's rows of one day, the one with the lowest number counts.
    responses : pandas.DataFrame
        One row for each response of anybody, not after `as_of`: `contact_id`, `happened_on`.
    revenue : pandas.DataFrame or None
        One row for each revenue of anybody, not after `as_of`: `contact_id`, `happened_on`, `amount`.
    window_days : int or None
        The last day after that of targeting that counts; None for any later day.
    pre_period_days : int or None
        Days before that of targeting whose revenue is added up by itself.
    as_of : datetime.date
        The last day that is known of.

    Returns
    -------
    pandas.DataFrame
        One row for each contact: `contact_id`, `arm`, `targeted_on`,
        `is_responder`, `responded_on`, `response_days`, `response_count`, `late_response_count`,
        `early_response_count`, `is_late` (responded, but only after the window), `watched_days` (to the end of the
        window, or to `as_of`), `is_open` (the window ends after `as_of`), and with `revenue` also `revenue_amount` and
        `pre_period_amount` (the latter with `pre_period_days`). Whatever somebody did counts where nobody knows when
        it was targeted; days are NaN then.

    Notes
    -----
    Contact ids are dense, so looking one up is one element of an array, where joins take ten times as long.
    """
    kept = _first(targets).drop(columns="entry_no").reset_index(drop=True)
    following = _Following(kept, window_days)
    frame = kept.assign(**following.responses(responses), **following.watched(as_of))
    if revenue is not None:
        frame = frame.assign(**following.revenue(revenue, pre_period_days))
    return frame


def _first(targets: pd.DataFrame) -> pd.DataFrame:
    """Keep the first time each contact was targeted; hardly ever is one targeted twice."""
    ids = targets["contact_id"].to_numpy()
    if not len(ids) or np.bincount(ids).max() == 1:
        return targets
    return targets.sort_values(["targeted_on", "entry_no"]).drop_duplicates("contact_id")


def _days(values: pd.Series[Any]) -> Integers:
    """Count days from 1970 on; numbers are half as large as days with microseconds."""
    days = values.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), _UNDATED, days.astype(np.int64)).astype(np.int32)


class _Following:
    """Targets, their days, and where each contact stands among them."""

    def __init__(self, targets: pd.DataFrame, window_days: int | None) -> None:
        self.ids, self.days = targets["contact_id"].to_numpy(), _days(targets["targeted_on"])
        self.window = _NEVER if window_days is None else window_days
        self.is_dated = self.days != _UNDATED
        self.place = np.full(int(self.ids.max(initial=0)) + 1, -1, dtype=np.int32)
        self.place[self.ids] = np.arange(len(self.ids), dtype=np.int32)
        self.since = np.where(self.is_dated, self.days, 0)

    def responses(self, rows: pd.DataFrame) -> dict[str, Any]:
        at, happened, after, _ = self._events(rows)
        inside = self._is_inside(at, after)
        counts = self._counted(at[inside])
        first = np.full(len(self.ids), _NEVER, dtype=np.int32)
        np.minimum.at(first, at[inside], happened[inside])
        responded = counts > 0
        responded_on = np.where(responded, first.astype("datetime64[D]"), np.datetime64("NaT"))
        late = self._counted(at[self.is_dated[at] & (after > self.window)])
        return {
            "is_responder": responded, "responded_on": responded_on.astype("datetime64[us]"),
            "response_days": np.where(responded & self.is_dated, first - self.since, np.nan),
            "response_count": counts, "late_response_count": late,
            "early_response_count": self._counted(at[self.is_dated[at] & (after < 0)]),
            "is_late": (late > 0) & ~responded,
        }  # fmt: skip

    def revenue(self, rows: pd.DataFrame, pre_period_days: int | None) -> dict[str, Any]:
        at, _, after, kept = self._events(rows)
        amounts = rows["amount"].to_numpy()[kept]
        inside = self._is_inside(at, after)
        found = {"revenue_amount": self._added(at[inside], amounts[inside])}
        if pre_period_days is not None:
            earlier = self.is_dated[at] & (after < 0) & (after >= -pre_period_days)
            found["pre_period_amount"] = self._added(at[earlier], amounts[earlier])
        return found

    def watched(self, as_of: dt.date) -> dict[str, Any]:
        until = int(np.datetime64(as_of, "D").astype(np.int64)) - self.since
        return {
            "watched_days": np.where(self.is_dated, np.minimum(until, self.window), np.nan),
            "is_open": self.is_dated & (until < self.window) & (self.window < _NEVER),
        }

    def _events(self, rows: pd.DataFrame) -> tuple[Integers, Integers, Integers, Mask]:
        """Give the events of targets: whose, on which day, how many days after targeting, and which rows they are."""
        ids = rows["contact_id"].to_numpy()
        at = np.full(len(ids), -1, dtype=np.int32)
        can_be = ids < len(self.place)
        at[can_be] = self.place[ids[can_be]]
        kept = at >= 0
        happened = _days(rows["happened_on"])[kept]
        return at[kept], happened, happened - self.since[at[kept]], kept

    def _is_inside(self, at: Integers, after: Integers) -> Mask:
        inside: Mask = ((after >= 0) & (after <= self.window)) | ~self.is_dated[at]
        return inside

    def _counted(self, at: Integers) -> Integers:
        return np.bincount(at, minlength=len(self.ids))

    def _added(self, at: Integers, amounts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.bincount(at, weights=amounts, minlength=len(self.ids)).astype(np.float64)
