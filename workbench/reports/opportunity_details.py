"""Opportunity - Details (report 5068): the steps of an opportunity, its tasks, and what is planned."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.date_formula import evaluate
from pipelines.stage_plan import planned_starts
from workbench.reports import sales_statements
from workbench.reports.sales_reports import OpportunityDetails
from workbench.reports.sales_rows import read
from workbench.store import Connection

_STAGES = (
    "opportunity_no", "stage_no", "description", "is_quote_required", "allows_skip", "activity_code", "planned_on",
)  # fmt: skip
_STEPS = ("opportunity_no", "stage_no", "step_no", "type", "description", "priority", "planned_on")


def details(
    con: Connection, opportunities: pd.DataFrame, contact_ids: npt.NDArray[np.int64], as_of: dt.date
) -> OpportunityDetails:
    """Gather what the report says.

    Parameters
    ----------
    con : connection
        An open unit of work.
    opportunities : pandas.DataFrame
        One row for each.
    contact_ids : numpy.ndarray of int
        Whom they are with.
    as_of : datetime.date
        From when the stages of one that was not started are planned.

    Returns
    -------
    OpportunityDetails
        In the order of the opportunities.
    """
    asked: dict[str, Any] = {"numbers": opportunities["opportunity_no"].tolist(), "as_of": as_of}
    entries, tasks = (
        read(con, one, asked) for one in (sales_statements.ENTRIES, sales_statements.TASKS_OF_OPPORTUNITIES)
    )
    remaining = planned(read(con, sales_statements.REMAINING, asked))
    steps = steps_of(remaining, read(con, sales_statements.STEPS, {}))
    return OpportunityDetails(
        as_of, contact_ids, None, (), opportunities, entries, tasks, remaining[list(_STAGES)], steps
    )


def planned(remaining: pd.DataFrame) -> pd.DataFrame:
    """Plan the stages that opportunities have before them.

    Parameters
    ----------
    remaining : pandas.DataFrame
        Columns opportunity_no, date_formula and begun_on, in the order of the stages.

    Returns
    -------
    pandas.DataFrame
        With planned_on.
    """
    days: list[dt.date] = []
    for _, theirs in remaining.groupby("opportunity_no", sort=False):
        formulas = [formula if isinstance(formula, str) else None for formula in theirs["date_formula"]]
        days += planned_starts(formulas, theirs["begun_on"].iloc[0].date())
    return remaining.assign(planned_on=pd.Series(days, index=remaining.index, dtype="datetime64[us]"))


def steps_of(stages: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """Plan the steps of the activities of stages.

    Parameters
    ----------
    stages : pandas.DataFrame
        Columns opportunity_no, stage_no, activity_code, planned_on.
    activities : pandas.DataFrame
        The steps of all activities.

    Returns
    -------
    pandas.DataFrame
        A row for each step of each stage; its formula counts from the day of the stage.
    """
    found = stages[["opportunity_no", "stage_no", "activity_code", "planned_on"]].merge(activities, on="activity_code")
    days = [
        evaluate(formula, day.date()) if isinstance(formula, str) and formula else day.date()
        for formula, day in zip(found["date_formula"], found["planned_on"], strict=True)
    ]
    return found.assign(planned_on=pd.Series(days, index=found.index, dtype="datetime64[us]"))[list(_STEPS)]
