"""Models of what contacts buy, fitted to the store as of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import Field

from pipelines.lifetime_value import Floats, PurchaseModel, fitted
from pipelines.lifetime_value_fit import Fit
from pipelines.lifetime_value_histories import Histories
from pipelines.lifetime_value_spend import GammaGamma, fit_spend
from workbench.scoring.method import Inputs
from workbench.scoring.purchases import PurchaseOptions, summary

DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
"""How many a unit of time has."""


class LifetimeValueOptions(PurchaseOptions):
    """What a purchase is, by which model, and how far ahead to look.

    Attributes
    ----------
    counted_by : str
        What one purchase is.
    model : str
        Of purchases.
    unit : str
        Of time.
    horizon : int
        Units ahead.
    discount_rate : float
        What each unit takes off.
    with_spend : bool
        Whether amounts are modelled.
    calibration_end : datetime.date or None
        Last day that the tested model knows.
    """

    counted_by: str = Field(
        "day", description="What one purchase is: each day with entries (day), each entry, or a field such as "
        "document_no, each value of which is one.",
    )  # fmt: skip
    model: Literal["bg_nbd", "pareto_nbd"] = Field(
        "bg_nbd", description="How contacts are taken to leave: after a purchase (bg_nbd), or at any time (pareto_nbd)."
    )
    unit: Literal["day", "week", "month"] = Field(
        "week", description="The unit of time of horizon, discount and parameters; a month has 30.4375 days."
    )
    horizon: int = Field(52, ge=1, le=1000, description="How many units after the day purchases are expected for.")
    discount_rate: float = Field(
        0.002, ge=0, lt=1, description="What each unit takes off the value of a later purchase: 0.002 is 0.2 %, with "
        "weeks 10 % a year.",
    )  # fmt: skip
    with_spend: bool = Field(True, description="Whether amounts are modelled as well; without, only purchases are.")
    calibration_end: dt.date | None = Field(
        None, description="The last day known to a model that is tested on the days after it; halfway from the first "
        "purchase if empty.",
    )  # fmt: skip


@dataclass(frozen=True)
class Modelled:
    """Purchases until a day, and the models of them.

    Attributes
    ----------
    known : pandas.DataFrame
        As from `purchases.summary`.
    histories : Histories
        The same in units.
    purchases : PurchaseModel
        Of purchases.
    purchase_fit : Fit
        Its parameters.
    spend : GammaGamma or None
        Of amounts; none where they are not modelled.
    spend_fit : Fit or None
        Its parameters.
    """

    known: pd.DataFrame = field(repr=False)
    histories: Histories = field(repr=False)
    purchases: PurchaseModel
    purchase_fit: Fit
    spend: GammaGamma | None = None
    spend_fit: Fit | None = None

    def expected_amount(self) -> Floats | None:
        """Expect what a purchase of each contact amounts to.

        Returns
        -------
        numpy.ndarray of float or None
            In the order of `known`; unknown where purchases amount to nothing or less.
        """
        return None if self.spend is None else self.spend.expected(repeats(self.known), repeat_amount(self.known))


def modelled(inputs: Inputs, options: LifetimeValueOptions, until: dt.date) -> Modelled:
    """Fit the models to what was known on a day.

    Parameters
    ----------
    inputs : Inputs
        The store.
    options : LifetimeValueOptions
        Purchases and models.
    until : datetime.date
        The day.

    Returns
    -------
    Modelled
        Purchases and models.

    Raises
    ------
    ConditionError
        When what a purchase is does not fit the store.
    MeasureError
        When too few came back, or amounts have no mean.
    """
    known = summary(inputs, options, until=until, with_first=options.with_spend)
    watch = inputs.cancellation.check if inputs.cancellation is not None else None
    histories = in_units(known, until, options.unit)
    model, fit = fitted(options.model, histories, watch)
    if not options.with_spend:
        return Modelled(known, histories, model, fit)
    return Modelled(known, histories, model, fit, *fit_spend(repeats(known), repeat_amount(known), watch))


def in_units(known: pd.DataFrame, until: dt.date, unit: str) -> Histories:
    """Put purchases into units of time.

    Parameters
    ----------
    known : pandas.DataFrame
        As from `purchases.summary`.
    until : datetime.date
        The day that contacts are known to.
    unit : str
        Of `DAYS`.

    Returns
    -------
    Histories
        In the order of `known`.
    """
    last, age = days_of(known["last_on"] - known["first_on"]), days_of(pd.Timestamp(until) - known["first_on"])
    return Histories.of(repeats(known), last / DAYS[unit], age / DAYS[unit])


def repeats(known: pd.DataFrame) -> Floats:
    """Count the purchases after the first.

    Parameters
    ----------
    known : pandas.DataFrame
        As from `purchases.summary`.

    Returns
    -------
    numpy.ndarray of float
        One for each contact.
    """
    later: Floats = known["purchase_count"].to_numpy(dtype="float64") - 1
    return later


def repeat_amount(known: pd.DataFrame) -> Floats:
    """Average what the purchases after the first amount to.

    Parameters
    ----------
    known : pandas.DataFrame
        As from `purchases.summary`, with the first amounts.

    Returns
    -------
    numpy.ndarray of float
        One for each contact; unknown where there was no other purchase.
    """
    later = (known["amount"] - known["first_amount"]).to_numpy(dtype="float64")
    count = repeats(known)
    mean: Floats = np.divide(later, count, out=np.full(len(known), np.nan), where=count > 0)
    return mean


def days_of(differences: pd.Series) -> Floats:
    """Write spans of time as days.

    Parameters
    ----------
    differences : pandas.Series of timedelta
        Of one day and another.

    Returns
    -------
    numpy.ndarray of float
        Whole numbers.
    """
    found: Floats = differences.dt.days.to_numpy(dtype="float64")
    return found
