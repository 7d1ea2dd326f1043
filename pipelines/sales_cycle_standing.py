"""Where each opportunity stood on a day, and through which stages it went until then."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from pipelines.errors import FrameError

CLOSED = ("won", "lost")
OPEN_STAGE = -1.0
"""The stage of opportunities that were begun, but of whose steps nothing is recorded."""
_OPPORTUNITY = (
    "opportunity_no", "sales_cycle_code", "status", "created_on", "closed_on", "estimated_close_on",
    "estimated_amount", "calculated_amount",
)  # fmt: skip
_ENTRY = (
    "entry_no", "opportunity_no", "stage_no", "action_taken", "changed_on", "estimated_close_on", "estimated_amount",
    "calculated_amount",
)  # fmt: skip
_VALUES = ["estimated_close_on", "estimated_amount", "calculated_amount"]


def standing(opportunities: pd.DataFrame, entries: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Say where each opportunity stood at the end of a day.

    Parameters
    ----------
    opportunities : pandas.DataFrame
        One row for each: `opportunity_no`, `sales_cycle_code`, `status`, `created_on`, `closed_on`,
        `estimated_close_on`, `estimated_amount`, `calculated_amount`, and whatever they are to be grouped by.
    entries : pandas.DataFrame
        Their steps: `entry_no` (in the order of the steps), `opportunity_no`, `stage_no`, `action_taken`,
        `changed_on`, `estimated_close_on`, `estimated_amount`, `calculated_amount`.
    as_of : datetime.date
        Opportunities created later and later steps are left out.

    Returns
    -------
    pandas.DataFrame
        The opportunities by number, with status, values and dates as of the day, and `stage_no` (`OPEN_STAGE` where
        no step is recorded, NaN where it was not begun or is closed), `stage_since`, `stage_days`, `age_days` (since
        its creation, of those not closed), `closing_days` (from creation to closing, of those closed), `is_overdue`
        (in progress after its estimated closing date), `first_estimated_on`, `push_count` (how often its estimated
        closing date was put off) and `slip_days` (from the first estimate to the closing, or to the last estimate).

    Raises
    ------
    FrameError
        When a column is missing.

    Notes
    -----
    Without entries there is only what the opportunity says now: one that was closed after the day counts as in
    progress on it, without a calculated value, as the value it was closed with was not known.
    """
    check(opportunities, _OPPORTUNITY, "opportunities")
    check(entries, _ENTRY, "entries")
    day = pd.Timestamp(as_of).as_unit("us")
    steps = _steps(entries, day)
    known = opportunities[~(opportunities["created_on"] > day)].sort_values("opportunity_no", ignore_index=True)
    known = known.assign(created_on=known["created_on"].fillna(_looked_up(_first_days(steps), known["opportunity_no"])))
    found = _as_of(known, steps, set(entries["opportunity_no"]), day)
    return _with_days(_with_slips(found, steps), day)


def visits(opportunities: pd.DataFrame, entries: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """List how long opportunities were in which stage, and where they went from there.

    Parameters
    ----------
    opportunities, entries : pandas.DataFrame
        As for `standing`.
    as_of : datetime.date
        Later steps are left out.

    Returns
    -------
    pandas.DataFrame
        One row for each stay, in the order of the steps: `opportunity_no`, `sales_cycle_code`, `stage_no`,
        `began_on`, `ended_on` (NaT where it goes on), `days` (until it ended, or until the day), `went_to`
        (``"won"``, ``"lost"``, ``"stage"`` or missing where it goes on) and `to_stage_no`. Updating an opportunity
        does not end its stay. One without entries has a single stay, in `OPEN_STAGE`, from creation to closing; it
        is left out where it was not begun or its creation date is not known.
    """
    day = pd.Timestamp(as_of).as_unit("us")
    stood = standing(opportunities, entries, as_of)
    cycles = stood.set_index("opportunity_no")["sales_cycle_code"]
    steps = _steps(entries, day)
    steps = steps[steps["opportunity_no"].isin(cycles.index)]
    moved = steps["stage_no"].ne(steps.groupby("opportunity_no")["stage_no"].shift())
    stays = steps[moved | steps["action_taken"].isin(CLOSED)]
    found = _left(stays.rename(columns={"changed_on": "began_on"}))
    found = pd.concat([found, _whole_stays(stood, set(steps["opportunity_no"]))], ignore_index=True)
    found["days"] = (found["ended_on"].fillna(day) - found["began_on"]).dt.days.clip(lower=0)
    found["sales_cycle_code"] = _looked_up(cycles, found["opportunity_no"])
    names = "opportunity_no", "sales_cycle_code", "stage_no", "began_on", "ended_on", "days", "went_to", "to_stage_no"
    return found[list(names)]


def check(frame: pd.DataFrame, names: tuple[str, ...], kind: str) -> None:
    """Refuse a frame that lacks columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        What was given.
    names : tuple of str
        The columns it needs.
    kind : str
        What its rows are.

    Raises
    ------
    FrameError
        When it lacks one.
    """
    if missing := [name for name in names if name not in frame.columns]:
        raise FrameError(f"The {kind} lack {', '.join(missing)}.", f"Give a frame with: {', '.join(names)}.")


def _steps(entries: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return entries[entries["changed_on"] <= day].sort_values(["opportunity_no", "entry_no"], ignore_index=True)


def _looked_up(values: pd.Series, numbers: pd.Series) -> pd.Series:
    """Look values up by number; unlike `map`, it keeps their type where there are none."""
    found: pd.Series = values.reindex(numbers).set_axis(numbers.index)
    return found


def _first_days(steps: pd.DataFrame) -> pd.Series:
    return steps.groupby("opportunity_no")["changed_on"].min()


def _as_of(known: pd.DataFrame, steps: pd.DataFrame, recorded: set[str], day: pd.Timestamp) -> pd.DataFrame:
    """Take status, stage and values from the last step; from the opportunity where no step is recorded of it."""
    last = steps.drop_duplicates("opportunity_no", keep="last").set_index("opportunity_no")
    last = last.reindex(known["opportunity_no"]).reset_index(drop=True)
    stepped = last["changed_on"].notna()
    untouched = known["opportunity_no"].isin(recorded) & ~stepped
    status = known["status"].astype("object").where(known["status"].notna(), "not_started")
    later = ~stepped & status.isin(CLOSED) & (known["closed_on"] > day)
    status = status.mask(later, "in_progress").mask(untouched, "not_started")
    closing = last["action_taken"].isin(CLOSED)
    status = status.mask(stepped, last["action_taken"].where(closing, "in_progress"))
    found = known.assign(status=status, **{name: known[name].mask(stepped, last[name]) for name in _VALUES})
    found["calculated_amount"] = found["calculated_amount"].mask(later | untouched)
    is_closed = status.isin(CLOSED)
    found["closed_on"] = known["closed_on"].where(is_closed).mask(is_closed & stepped, last["changed_on"])
    unstepped = pd.Series(np.where(status.eq("in_progress"), OPEN_STAGE, np.nan), index=found.index)
    found["stage_no"] = unstepped.mask(stepped, last["stage_no"]).mask(is_closed)
    found["stage_since"] = _looked_up(_since(steps), found["opportunity_no"]).where(stepped, found["created_on"])
    found["stage_since"] = found["stage_since"].where(status.eq("in_progress"))
    return found


def _since(steps: pd.DataFrame) -> pd.Series:
    """Tell since when each is in its last stage."""
    moved = steps["stage_no"].ne(steps.groupby("opportunity_no")["stage_no"].shift())
    found: pd.Series = (
        steps[moved].drop_duplicates("opportunity_no", keep="last").set_index("opportunity_no")["changed_on"]
    )
    return found


def _with_slips(found: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Follow the estimated closing dates; the one of the closing step is the closing date itself, so no estimate."""
    estimates = steps[~steps["action_taken"].isin(CLOSED) & steps["estimated_close_on"].notna()]
    grouped = estimates.groupby("opportunity_no")["estimated_close_on"]
    pushed = estimates["estimated_close_on"] > grouped.shift()
    number = found["opportunity_no"]
    first, last = _looked_up(grouped.first(), number), _looked_up(grouped.last(), number)
    counts = pushed.groupby(estimates["opportunity_no"]).sum()
    ended = found["closed_on"].fillna(last)
    return found.assign(
        first_estimated_on=first, push_count=_looked_up(counts, number).astype("float64"),
        slip_days=_days(ended - first).where(first.notna()),
    )  # fmt: skip


def _with_days(found: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    is_closed = found["status"].isin(CLOSED)
    age = _days(day - found["created_on"])
    return found.assign(
        stage_days=_days(day - found["stage_since"]),
        age_days=age.where(~is_closed),
        closing_days=_days(found["closed_on"] - found["created_on"]).where(is_closed),
        is_overdue=found["status"].eq("in_progress") & (found["estimated_close_on"] < day),
    )


def _days(spans: pd.Series) -> pd.Series:
    found: pd.Series = spans.dt.days.astype("float64")
    return found


def _left(stays: pd.DataFrame) -> pd.DataFrame:
    """Let each stay end where the next one of the same opportunity begins; a closing is an end and no stay."""
    after = stays.groupby("opportunity_no")[["began_on", "action_taken", "stage_no"]].shift(-1)
    went = after["action_taken"].where(after["action_taken"].isin(CLOSED), "stage").where(after["began_on"].notna())
    found = stays.assign(
        ended_on=after["began_on"], went_to=went, to_stage_no=after["stage_no"].where(went.eq("stage"))
    )
    is_stay = ~found["action_taken"].isin(CLOSED)
    return found.loc[is_stay, ["opportunity_no", "stage_no", "began_on", "ended_on", "went_to", "to_stage_no"]]


def _whole_stays(stood: pd.DataFrame, stepped: set[str]) -> pd.DataFrame:
    begun = stood["status"].ne("not_started") & stood["created_on"].notna() & ~stood["opportunity_no"].isin(stepped)
    is_dated = ~stood["status"].isin(CLOSED) | stood["closed_on"].notna()
    rows = stood[begun & is_dated]
    return pd.DataFrame({
        "opportunity_no": rows["opportunity_no"], "stage_no": OPEN_STAGE, "began_on": rows["created_on"],
        "ended_on": rows["closed_on"], "went_to": rows["status"].where(rows["status"].isin(CLOSED)),
        "to_stage_no": np.nan,
    })  # fmt: skip
