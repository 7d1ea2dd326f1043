"""The Gamma-Gamma model: what customers spend, when each purchase varies around a mean of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln

from pipelines.errors import FrameError, MeasureError
from pipelines.lifetime_value_fit import Fit, Watch, maximised
from pipelines.lifetime_value_histories import FEWEST

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GammaGamma:
    """Spend for each purchase by the Gamma-Gamma model.

    Attributes
    ----------
    p : float
        Shape of the gamma distribution of a customer's amounts.
    q, v : float
        Shape and rate of the gamma distribution of their scale over customers; `v` is in the currency.

    References
    ----------
    P. S. Fader, B. G. S. Hardie and K. L. Lee (2005), RFM and CLV: using iso-value curves for customer base analysis,
    Journal of Marketing Research 42, 415-430. P. S. Fader and B. G. S. Hardie (2013), The Gamma-Gamma model of
    monetary value, brucehardie.com/notes/025.
    """

    p: float
    q: float
    v: float

    @property
    def mean(self) -> float:
        """What a purchase of a customer nothing is known of amounts to: p v / (q - 1)."""
        return self.p * self.v / (self.q - 1)

    def expected(self, x: npt.ArrayLike, amount: npt.ArrayLike) -> Floats:
        """Expect what a purchase of each customer amounts to.

        Parameters
        ----------
        x : array_like
            Purchases whose mean is known.
        amount : array_like
            Their mean; it does not matter where `x` is 0.

        Returns
        -------
        numpy.ndarray of float
            (q - 1) / (p x + q - 1) of the mean of all customers and the rest of his own; unknown where purchases
            amount to nothing or less.
        """
        x, amount = (np.asarray(each, dtype=np.float64) for each in (x, amount))
        own = self.p * (self.v + x * amount) / (self.p * x + self.q - 1)
        return np.where(x > 0, np.where(amount > 0, own, np.nan), self.mean)


def fit_spend(x: npt.ArrayLike, amount: npt.ArrayLike, watch: Watch | None = None) -> tuple[GammaGamma, Fit]:
    """Fit the Gamma-Gamma model.

    Parameters
    ----------
    x : array_like
        Purchases of each customer whose mean is known; customers who have none are left out.
    amount : array_like
        Their mean; customers of whom it is not above 0 are left out.
    watch : callable, optional
        Called before each step of the search; ends it by raising.

    Returns
    -------
    tuple of GammaGamma and Fit
        The model, and its parameters with standard errors and log likelihood.

    Raises
    ------
    FrameError
        When the arrays differ in length.
    MeasureError
        When too few customers are left, or spend is so unequal that it has no mean.

    Notes
    -----
    Equation 1a of the note. The model is of purchases after the first, and takes how much a customer spends to have
    nothing to do with how often he buys; `lifetime_value.spend_correlation` tells how far that is so.
    """
    x, amount = (np.asarray(each, dtype=np.float64).ravel() for each in (x, amount))
    if x.shape != amount.shape:
        raise FrameError(f"{x.size} customers and {amount.size} amounts.")
    is_known = (x > 0) & (amount > 0) & np.isfinite(amount)
    x, amount = x[is_known], amount[is_known]
    if len(x) < FEWEST:
        raise MeasureError(
            f"Of {len(x):,} customers it is known what they spent when they came back, and a model needs {FEWEST}.",
            "Take a later day, or ask for purchases without spend.",
        )
    order = np.lexsort((amount, x))
    x, amount = x[order], amount[order]
    start = {"p": 2.0, "q": 3.0, "v": float(np.exp(np.log(amount).mean()))}
    fit = maximised(lambda values: log_likelihood(values, x, amount), start, len(x), "Gamma-Gamma", watch)
    _check_mean(fit)
    return GammaGamma(**fit.values), fit


def log_likelihood(values: Floats, x: Floats, amount: Floats) -> tuple[float, Floats]:
    """Compute the log likelihood of mean amounts.

    Parameters
    ----------
    values : numpy.ndarray of float
        p, q and v.
    x, amount : numpy.ndarray of float
        Purchases of each customer, at least 1, and their mean, above 0.

    Returns
    -------
    tuple of float and numpy.ndarray of float
        The log likelihood, and its gradient in `values`.
    """
    p, q, v = values
    counts, often = np.unique(x, return_counts=True)
    of_counts = gammaln(p * counts + q) - gammaln(p * counts) - gammaln(q) + q * np.log(v)
    slope_of_q = digamma(p * counts + q) - digamma(q) + np.log(v)
    slope_of_p = counts * (digamma(p * counts + q) - digamma(p * counts))
    spent = np.log(v + x * amount)
    logs = (p * x - 1) * np.log(amount) + p * x * np.log(x) - (p * x + q) * spent
    slope = [
        often @ slope_of_p + (x * (np.log(amount) + np.log(x) - spent)).sum(),
        often @ slope_of_q - spent.sum(),
        (q / v - (p * x + q) / (v + x * amount)).sum(),
    ]
    return float(often @ of_counts + logs.sum()), np.array(slope)


def _check_mean(fit: Fit) -> None:
    if fit.values["q"] <= 1:
        raise MeasureError(
            f"What customers spend is so unequal that it has no mean (q = {fit.values['q']:.3f}, not above 1).",
            "Leave out the largest purchases by the condition, or ask for purchases without spend.",
        )
