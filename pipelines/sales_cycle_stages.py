"""What happens in the stages of a sales cycle: who is there, how long, and where opportunities go from there."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.response import wilson
from pipelines.sales_cycle_standing import OPEN_STAGE

_STAGE = ["sales_cycle_code", "stage_no"]


def stage_figures(
    stood: pd.DataFrame, stays: pd.DataFrame, entries: pd.DataFrame, as_of: dt.date, confidence: float = 0.95
) -> pd.DataFrame:
    """Compute the figures of each stage.

    Parameters
    ----------
    stood, stays : pandas.DataFrame
        As `sales_cycle_standing.standing` and `sales_cycle_standing.visits` give them for the same opportunities.
    entries : pandas.DataFrame
        The steps: `entry_no`, `opportunity_no`, `stage_no`, `changed_on`.
    as_of : datetime.date
        Later steps are left out.
    confidence : float, optional
        Of the interval of `advance_rate`.

    Returns
    -------
    pandas.DataFrame
        By cycle and stage: `sales_cycle_code`, `stage_no`; of the opportunities there now `active_count`,
        `estimated_amount`, `calculated_amount`; `average_entry_days`, the product's Average No. of Days: of all entries
        of the stage that are not active any more, updates included; and of stays, which updates do not end:
        `entered_count`, `left_count`, `average_days` (of those left), `median_days` (half have left by then, those
        still there counted as far as they came; NaN where fewer have), `advanced_count` (left for a later stage or
        won), `returned_count`, `lost_count`, and `advance_rate` (advanced of left) with its Wilson interval
        `advance_rate_low`, `advance_rate_high`.

    References
    ----------
    Business Central, table 5091 Sales Cycle Stage. E. L. Kaplan and P. Meier (1958), JASA 53, 457-481.
    """
    active = stood[stood["status"].eq("in_progress")].groupby(_STAGE, dropna=False).agg(
        active_count=("opportunity_no", "size"), estimated_amount=("estimated_amount", "sum"),
        calculated_amount=("calculated_amount", "sum"),
    )  # fmt: skip
    found = _of_stays(stays, confidence).join(active, how="outer")
    found = found.fillna(dict.fromkeys([*_WHOLE, "estimated_amount", "calculated_amount"], 0))
    found = found.join(_entry_days(stood, entries, as_of).rename("average_entry_days")).reset_index()
    return found.astype(dict.fromkeys(_WHOLE, "int64"))[_STAGE + _COLUMNS]


def funnel(stood: pd.DataFrame, stays: pd.DataFrame) -> pd.DataFrame:
    """Count how many of the opportunities that were begun came how far.

    Parameters
    ----------
    stood, stays : pandas.DataFrame
        As for `stage_figures`.

    Returns
    -------
    pandas.DataFrame
        By cycle, stages in their order and then ``"won"``: `sales_cycle_code`, `stage` (its number as text, or
        ``"won"``; ``"open"`` where no steps are recorded), `reached_count` (came to the stage or beyond it, so it never
        rises) and `reached_rate` (of all begun in the cycle).
    """
    won = set(stood.loc[stood["status"].eq("won"), "opportunity_no"])
    furthest = stays.groupby(["sales_cycle_code", "opportunity_no"], dropna=False)["stage_no"].max().reset_index()
    furthest.loc[furthest["opportunity_no"].isin(won), "stage_no"] = np.inf
    rows = [row for cycle, part in furthest.groupby("sales_cycle_code", dropna=False) for row in _reached(
        cycle, part["stage_no"].to_numpy(), stays.loc[stays["sales_cycle_code"].eq(cycle) |
        (stays["sales_cycle_code"].isna() & pd.isna(cycle)), "stage_no"].unique())]  # fmt: skip
    return pd.DataFrame(rows, columns=["sales_cycle_code", "stage", "reached_count", "reached_rate"])


def flow(stays: pd.DataFrame) -> pd.DataFrame:
    """Count the moves from stage to stage and out of the cycle.

    Parameters
    ----------
    stays : pandas.DataFrame
        As for `stage_figures`.

    Returns
    -------
    pandas.DataFrame
        `sales_cycle_code`, `stage_no` (from where), `went_to` (``"stage"``, ``"won"``, ``"lost"`` or
        ``"still there"``), `to_stage_no` (NaN where not to a stage), `move_count`, `average_days` (in the stage
        before) and `share_rate` (of all stays in the stage).
    """
    moves = stays.assign(went_to=stays["went_to"].fillna("still there"))
    found = moves.groupby([*_STAGE, "went_to", "to_stage_no"], dropna=False).agg(
        move_count=("days", "size"), average_days=("days", "mean")
    ).reset_index()  # fmt: skip
    every = found.groupby(_STAGE, dropna=False)["move_count"].transform("sum")
    return found.assign(share_rate=found["move_count"] / every)


def beyond_history(stood: pd.DataFrame, stays: pd.DataFrame) -> int:
    """Count the opportunities of which past stays cannot tell where they go.

    Parameters
    ----------
    stood, stays : pandas.DataFrame
        As for `stage_figures`.

    Returns
    -------
    int
        Those in progress that are in their stage at least as long as the longest stay that ended, or in a stage that
        nobody has left.
    """
    longest = stays[stays["went_to"].notna()].groupby(_STAGE, dropna=False)["days"].max().rename("longest_days")
    rows = stood[stood["status"].eq("in_progress") & stood["stage_days"].notna()]
    seen = rows.merge(longest.reset_index(), on=_STAGE, how="left")
    return int((~(seen["stage_days"] < seen["longest_days"])).sum())


def median_days(days: npt.NDArray[np.float64], has_left: npt.NDArray[np.bool_]) -> float:
    """Find the day by which half have left.

    Parameters
    ----------
    days : numpy.ndarray of float
        How long each was there, or has been so far.
    has_left : numpy.ndarray of bool
        Whether it left.

    Returns
    -------
    float
        The first day on which the Kaplan-Meier estimate of staying is a half or less; NaN where there is none.

    Examples
    --------
    >>> median_days(np.array([1.0, 2.0, 3.0]), np.array([True, True, False]))
    2.0
    """
    order = np.lexsort((~has_left, days))
    days, has_left = days[order], has_left[order]
    staying = np.cumprod(1 - has_left / np.arange(len(days), 0, -1))
    below = np.flatnonzero(staying <= 0.5 + 1e-12)
    return float(days[below[0]]) if len(below) else float("nan")


_COLUMNS = [
    "active_count", "estimated_amount", "calculated_amount", "average_entry_days", "entered_count", "left_count",
    "average_days", "median_days", "advanced_count", "returned_count", "lost_count", "advance_rate",
    "advance_rate_low", "advance_rate_high",
]  # fmt: skip

_WHOLE = [name for name in _COLUMNS if name.endswith("_count")]


def _of_stays(stays: pd.DataFrame, confidence: float) -> pd.DataFrame:
    has_left = stays["went_to"].notna()
    later = stays["to_stage_no"] > stays["stage_no"]
    marked = stays.assign(
        has_left=has_left, left_days=stays["days"].where(has_left), advanced=later | stays["went_to"].eq("won"),
        returned=stays["went_to"].eq("stage") & ~later, lost=stays["went_to"].eq("lost"),
    )  # fmt: skip
    grouped = marked.groupby(_STAGE, dropna=False)
    found = grouped.agg(
        entered_count=("days", "size"), left_count=("has_left", "sum"), average_days=("left_days", "mean"),
        advanced_count=("advanced", "sum"), returned_count=("returned", "sum"), lost_count=("lost", "sum"),
    )  # fmt: skip
    medians = {
        key: median_days(part["days"].to_numpy("float64"), part["has_left"].to_numpy(bool)) for key, part in grouped
    }
    found["median_days"] = pd.Series(list(medians.values()), index=found.index, dtype="float64")
    found["advance_rate"] = found["advanced_count"] / found["left_count"].where(found["left_count"] > 0)
    bounds = [
        wilson(advanced, left, confidence) if left else (np.nan, np.nan)
        for advanced, left in zip(found["advanced_count"], found["left_count"], strict=True)
    ]
    return found.assign(advance_rate_low=[low for low, _ in bounds], advance_rate_high=[high for _, high in bounds])


def _entry_days(stood: pd.DataFrame, entries: pd.DataFrame, as_of: dt.date) -> pd.Series:
    """Average the days from each entry to the next of its opportunity, as the product keeps them in Days Open."""
    known = entries[entries["changed_on"] <= pd.Timestamp(as_of)].sort_values(["opportunity_no", "entry_no"])
    after = known.groupby("opportunity_no")["changed_on"].shift(-1)
    cycles = known["opportunity_no"].map(stood.set_index("opportunity_no")["sales_cycle_code"])
    days = known.assign(days=(after - known["changed_on"]).dt.days.astype("float64"), sales_cycle_code=cycles)
    return days.groupby(_STAGE, dropna=False)["days"].mean()


def _reached(cycle: object, furthest: npt.NDArray[np.float64], stages: npt.NDArray[np.float64]) -> list[list[object]]:
    marks = [*np.sort(stages), np.inf]
    return [[cycle, _named(mark), int((furthest >= mark).sum()), float((furthest >= mark).mean())] for mark in marks]


def _named(stage: float) -> str:
    if np.isinf(stage):
        return "won"
    return "open" if stage == OPEN_STAGE else f"{stage:g}"
