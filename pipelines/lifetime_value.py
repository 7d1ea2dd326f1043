"""What customers are worth: purchases expected of them, discounted, times what a purchase of theirs amounts to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from pipelines.errors import MeasureError, nearest
from pipelines.lifetime_value_bg_nbd import BgNbd, fit_bg_nbd
from pipelines.lifetime_value_fit import Fit, Watch
from pipelines.lifetime_value_histories import Histories
from pipelines.lifetime_value_pareto_nbd import ParetoNbd, fit_pareto_nbd

Floats = npt.NDArray[np.float64]


PurchaseModel = BgNbd | ParetoNbd
FITS: Mapping[str, Callable[[Histories, Watch | None], tuple[PurchaseModel, Fit]]] = {
    "bg_nbd": fit_bg_nbd,
    "pareto_nbd": fit_pareto_nbd,
}
"""Models by the names that options have for them."""


def fitted(name: str, histories: Histories, watch: Watch | None = None) -> tuple[PurchaseModel, Fit]:
    """Fit a model of purchases.

    Parameters
    ----------
    name : str
        ``"bg_nbd"`` or ``"pareto_nbd"``.
    histories : Histories
        Of customers.
    watch : callable, optional
        Called before each step of the search; ends it by raising.

    Returns
    -------
    tuple of PurchaseModel and Fit
        The model, and its parameters with standard errors.

    Raises
    ------
    MeasureError
        When there is no such model, too few customers came back, or no maximum was found.
    """
    if name not in FITS:
        raise MeasureError(f'There is no model of purchases "{name}".', nearest(name, FITS))
    return FITS[name](histories, watch)


def alive(model: PurchaseModel, histories: Histories) -> Floats:
    """Tell how likely each customer is still there.

    Parameters
    ----------
    model : PurchaseModel
        As fitted.
    histories : Histories
        Of customers.

    Returns
    -------
    numpy.ndarray of float
        From 0 to 1, in the order in which the customers were given.
    """
    return model.probability_alive(histories.x, histories.t_x, histories.age)[histories.inverse]


def expected_purchases(model: PurchaseModel, histories: Histories, t: float) -> Floats:
    """Expect purchases of each customer after the day.

    Parameters
    ----------
    model : PurchaseModel
        As fitted.
    histories : Histories
        Of customers.
    t : float
        For how many units.

    Returns
    -------
    numpy.ndarray of float
        E[Y(t) | x, t_x, T], in the order in which the customers were given.
    """
    return discounted_purchases(model, histories, 1, 0.0, length=t)


def discounted_purchases(
    model: PurchaseModel, histories: Histories, periods: int, rate: float, *, length: float = 1.0
) -> Floats:
    """Expect purchases of each customer after the day, less for later ones.

    Parameters
    ----------
    model : PurchaseModel
        As fitted.
    histories : Histories
        Of customers.
    periods : int
        For how many periods.
    rate : float
        What a period takes off: 0.002 is 0.2 % for each.
    length : float, optional
        Units in a period.

    Returns
    -------
    numpy.ndarray of float
        Σ (E[Y(k)] - E[Y(k - 1)]) / (1 + rate)^k over periods k, in the order in which the customers were given.

    Notes
    -----
    A purchase counts at the end of the period it falls into. What customers who are there are expected to buy does
    not depend on when they last bought, so that it is computed once for each number of purchases and age.

    References
    ----------
    P. S. Fader, B. G. S. Hardie and K. L. Lee (2005), RFM and CLV, Journal of Marketing Research 42, 415-430.
    """
    (x, age), place = np.unique(np.stack([histories.x, histories.age]), axis=1, return_inverse=True)
    found, before = np.zeros(len(x)), np.zeros(len(x))
    for period in range(1, periods + 1):
        until = model.expected_if_alive(period * length, x, age)
        found += (until - before) / (1 + rate) ** period
        before = until
    here = model.probability_alive(histories.x, histories.t_x, histories.age)
    return np.asarray((here * found[place.ravel()])[histories.inverse])


def spend_correlation(x: npt.ArrayLike, amount: npt.ArrayLike) -> float:
    """Tell how far those who buy more often spend more each time.

    Parameters
    ----------
    x : array_like
        Repeat purchases of each customer; those without are left out.
    amount : array_like
        Their mean amount.

    Returns
    -------
    float
        Pearson's correlation: the Gamma-Gamma model takes it to be 0. Unknown where all are alike.
    """
    x, amount = (np.asarray(each, dtype=np.float64) for each in (x, amount))
    is_known = (x > 0) & np.isfinite(amount)
    x, amount = x[is_known], amount[is_known]
    if len(x) < 2 or np.ptp(x) == 0 or np.ptp(amount) == 0:
        return float("nan")
    return float(np.corrcoef(x, amount)[0, 1])
