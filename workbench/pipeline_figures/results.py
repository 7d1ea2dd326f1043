"""Figures of the pipeline as their users see them."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from pipelines.sales_cycle_back_test import Accuracy


@dataclass(frozen=True)
class PipelineReport:
    """Figures of opportunities in groups.

    Attributes
    ----------
    as_of : datetime.date
        Later opportunities and steps are left out.
    by : tuple of str
        What they are grouped by; empty where all are one group.
    since : datetime.date or None
        Opportunities closed before this day are left out.
    rows : pandas.DataFrame
        One row for each group: its columns, then the figures of `pipelines.sales_cycle.figures`.
    total : pandas.DataFrame
        The same figures of all together, in one row.
    notes : tuple of str
        Things to know that are no errors.
    """

    as_of: dt.date
    by: tuple[str, ...]
    since: dt.date | None
    rows: pd.DataFrame = field(repr=False)
    total: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Show the figures.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        head = f"Pipeline as of {self.as_of}" + (f" by {', '.join(self.by)}" if self.by else "")
        return f"<b>{html.escape(head)}</b>{self.rows.to_html(index=False)}"


@dataclass(frozen=True)
class PipelineStages:
    """Figures of the stages of sales cycles.

    Attributes
    ----------
    as_of : datetime.date
        Later steps are left out.
    stages : pandas.DataFrame
        One row for each stage, also those of a cycle where nothing has been yet: sales_cycle_code, stage_no (-1 where
        no steps are recorded), description, and the figures of `pipelines.sales_cycle_stages.stage_figures`.
    funnel : pandas.DataFrame
        How many came how far: sales_cycle_code, stage, reached_count, reached_rate.
    moves : pandas.DataFrame
        From where to where: sales_cycle_code, stage_no, went_to, to_stage_no, move_count, average_days, share_rate.
    """

    as_of: dt.date
    stages: pd.DataFrame = field(repr=False)
    funnel: pd.DataFrame = field(repr=False)
    moves: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the stages.

        Returns
        -------
        pandas.DataFrame
            `stages`.
        """
        return self.stages

    def _repr_html_(self) -> str:
        return f"<b>Stages as of {self.as_of}</b>{self.stages.to_html(index=False)}"


@dataclass(frozen=True)
class PipelineRows:
    """Opportunities, their ages, or a matrix of them.

    Attributes
    ----------
    as_of : datetime.date
        Later opportunities and steps are left out.
    rows : pandas.DataFrame
        What the method that gives them says.
    """

    as_of: dt.date
    rows: pd.DataFrame = field(repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> pd.DataFrame:
        """Show the rows.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        return f"<b>Pipeline as of {self.as_of}</b>{self.rows.to_html(index=False)}"


@dataclass(frozen=True)
class PipelineForecast:
    """What will be won each month.

    Attributes
    ----------
    as_of : datetime.date
        Nothing later is used.
    months : pandas.DataFrame
        One row for each month, as `pipelines.sales_cycle_forecast.forecast` gives it.
    confidence : float
        Of the intervals.
    draws : int
        How often the future was drawn.
    seed : int
        The same seed draws the same.
    notes : tuple of str
        What the forecast leaves out.
    """

    as_of: dt.date
    months: pd.DataFrame = field(repr=False)
    confidence: float
    draws: int
    seed: int
    notes: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Show the forecast.

        Returns
        -------
        pandas.DataFrame
            `months`.
        """
        return self.months

    def _repr_html_(self) -> str:
        head = f"Value won each month, as forecast on {self.as_of} with {self.confidence:.0%} intervals"
        return f"<b>{head}</b>{self.months.to_html(index=False)}"


@dataclass(frozen=True)
class BackTest:
    """How well forecasts would have done.

    Attributes
    ----------
    as_of : datetime.date
        Until when values are known.
    rows : pandas.DataFrame
        One row for each day of a forecast and month, as `pipelines.sales_cycle_back_test.back_test` gives it.
    accuracy : Accuracy
        All of them summed up.
    notes : tuple of str
        What to make of it.
    """

    as_of: dt.date
    rows: pd.DataFrame = field(repr=False)
    accuracy: Accuracy
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give what is summed up as plain values.

        Returns
        -------
        dict
            The day, the attributes of `Accuracy`, the notes.
        """
        return {"as_of": self.as_of, **asdict(self.accuracy), "notes": list(self.notes)}

    def frame(self) -> pd.DataFrame:
        """Show the comparisons.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        told = self.accuracy
        head = (
            f"{told.forecast_count} months forecast before {self.as_of}, {told.within_rate:.0%} within their interval"
        )
        return f"<b>{head}</b>{self.rows.to_html(index=False)}"
