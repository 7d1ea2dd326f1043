"""The Pareto/NBD model: customers buy at their own pace, and leave at any time."""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, exprel, gammaln, logsumexp

from pipelines.lifetime_value_fit import Fit, Watch, maximised
from pipelines.lifetime_value_histories import Histories

Floats = npt.NDArray[np.float64]

# Gauss and Legendre's places and weights on 0 to 1.
_PLACES, _WEIGHTS = (
    (each + shift) / 2 for each, shift in zip(np.polynomial.legendre.leggauss(32), (1, 0), strict=True)
)
_NOTHING = 30.0
"""What is e^-30 of what it was, 14 digits behind, counts no more."""


@dataclass(frozen=True)
class ParetoNbd:
    """Purchases by the Pareto/NBD model.

    Attributes
    ----------
    r, alpha : float
        Shape and rate of the gamma distribution of purchases for each unit, λ, over customers; `alpha` is in units.
    s, beta : float
        Shape and rate of the gamma distribution of leaving for each unit, μ, over customers; `beta` is in units.

    Notes
    -----
    While there, a customer buys as a Poisson process with rate λ; how long he stays is exponential with rate μ. The
    Gaussian hypergeometric functions of the papers are integrals of positive functions over the time of leaving, and
    computed as such: differences of large numbers, in which the functions end for frequent buyers, do not occur.

    References
    ----------
    D. C. Schmittlein, D. G. Morrison and R. Colombo (1987), Counting your customers: who are they and what will they
    do next?, Management Science 33, 1-24. P. S. Fader and B. G. S. Hardie (2005), A note on deriving the Pareto/NBD
    model and related expressions, brucehardie.com/notes/009.
    """

    r: float
    alpha: float
    s: float
    beta: float

    def probability_alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike) -> Floats:
        """Tell how likely a customer is still there.

        Parameters
        ----------
        x, t_x, age : array_like
            As in `Histories`.

        Returns
        -------
        numpy.ndarray of float
            From 0 to 1.
        """
        shape = np.broadcast_shapes(np.shape(x), np.shape(t_x), np.shape(age))
        given = (np.broadcast_to(np.asarray(each, dtype=np.float64), shape).ravel() for each in (x, t_x, age))
        histories = Histories.of(*given)
        values = np.array(astuple(self))
        found = [_parts(values, part) for part in histories.chunks()]
        alive = np.concatenate([np.exp(there - np.logaddexp(there, left)) for there, left, _ in found] or [np.empty(0)])
        return alive[histories.inverse].reshape(shape)

    def expected_if_alive(self, t: npt.ArrayLike, x: npt.ArrayLike = 0, age: npt.ArrayLike = 0) -> Floats:
        """Expect purchases of a customer who is there.

        Parameters
        ----------
        t : array_like
            For how many units.
        x, age : array_like, optional
            Repeat purchases until now, and units since the first; those of a new customer where left out.

        Returns
        -------
        numpy.ndarray of float
            (r + x) (β + T) / ((α + T) (s - 1)) (1 - ((β + T) / (β + T + t))^(s - 1)), and its limit where s is 1.
        """
        t, x, age = (np.asarray(each, dtype=np.float64) for each in (t, x, age))
        longer = np.log1p(t / (self.beta + age))
        while_there = (self.beta + age) * longer * exprel((1 - self.s) * longer)
        return np.asarray((self.r + x) / (self.alpha + age) * while_there)

    def count_probability(self, n: npt.ArrayLike, t: npt.ArrayLike) -> Floats:
        """Tell how likely a new customer comes back a number of times.

        Parameters
        ----------
        n : array_like
            Repeat purchases.
        t : array_like
            Within how many units after the first.

        Returns
        -------
        numpy.ndarray of float
            P(X(t) = n): those who stay for `t`, and those who leave before, over the time of leaving.
        """
        n, t = np.broadcast_arrays(np.asarray(n, dtype=np.float64), np.asarray(t, dtype=np.float64))
        longest = np.log1p(t / self.beta)[..., None]
        leaving = self.beta * np.expm1(longest * _PLACES)
        leaves = self.s * longest * np.exp(-self.s * longest * _PLACES) * _WEIGHTS
        stays = (1 + t / self.beta) ** -self.s
        return np.asarray(stays * self._buys(n, t) + (leaves * self._buys(n[..., None], leaving)).sum(axis=-1))

    def _buys(self, n: Floats, t: Floats) -> Floats:
        """Tell how likely somebody who is there for a time buys a number of times in it."""
        with np.errstate(divide="ignore", invalid="ignore"):
            times = np.where(n > 0, n * (np.log(t) - np.log(self.alpha + t)), 0.0)
        log = gammaln(self.r + n) - gammaln(self.r) - gammaln(n + 1) - self.r * np.log1p(t / self.alpha) + times
        return np.asarray(np.exp(log))


def fit_pareto_nbd(histories: Histories, watch: Watch | None = None) -> tuple[ParetoNbd, Fit]:
    """Fit the Pareto/NBD model.

    Parameters
    ----------
    histories : Histories
        Of customers.
    watch : callable, optional
        Called before each step of the search; ends it by raising.

    Returns
    -------
    tuple of ParetoNbd and Fit
        The model, and its parameters with standard errors and log likelihood.

    Raises
    ------
    MeasureError
        When fewer than 30 customers came back, or no maximum was found.
    """
    histories.check_enough()
    start = {"r": 1.0, "alpha": 1 / histories.rate, "s": 1.0, "beta": 1 / histories.rate}
    fit = maximised(
        lambda values: log_likelihood(values, histories), start, histories.customer_count, "Pareto/NBD", watch
    )
    return ParetoNbd(**fit.values), fit


def log_likelihood(values: Floats, histories: Histories) -> tuple[float, Floats]:
    """Compute the log likelihood of histories.

    Parameters
    ----------
    values : numpy.ndarray of float
        r, alpha, s and beta.
    histories : Histories
        Of customers.

    Returns
    -------
    tuple of float and numpy.ndarray of float
        The log likelihood, and its gradient in `values`.
    """
    of_times = [_of_times(values, part) for part in histories.chunks()]
    of_counts, slope = _of_counts(values, histories)
    return float(of_counts + sum(part for part, _ in of_times)), slope + np.sum([one for _, one in of_times], axis=0)


def _of_counts(values: Floats, histories: Histories) -> tuple[float, Floats]:
    """Sum up the factors in which time does not occur."""
    r, alpha, s, beta = values
    x, place = np.unique(histories.x, return_inverse=True)
    weight = np.bincount(place, histories.weight)
    everybody = weight.sum()
    height = weight @ (gammaln(r + x) - gammaln(r)) + everybody * (r * np.log(alpha) + s * np.log(beta))
    of_r = weight @ (digamma(r + x) - digamma(r)) + everybody * np.log(alpha)
    return float(height), np.array([of_r, everybody * r / alpha, everybody * np.log(beta), everybody * s / beta])


def _of_times(values: Floats, part: Histories) -> tuple[float, Floats]:
    """Sum up the factor that is being there until the day or having left before."""
    r, alpha, s, beta = values
    there, left, slope_left = _parts(values, part)
    either = np.logaddexp(there, left)
    slope_there = np.stack([
        -np.log(alpha + part.age), -(r + part.x) / (alpha + part.age), -np.log(beta + part.age), -s / (beta + part.age)
    ])  # fmt: skip
    slope = np.exp(there - either) * slope_there + np.exp(left - either) * slope_left
    return float(part.weight @ either), slope @ part.weight


def _parts(values: Floats, part: Histories) -> tuple[Floats, Floats, Floats]:
    """Logarithms of being there until the day and of having left between the last purchase and the day, the integral
    s ∫ (α + y)^-(r + x) (β + y)^-(s + 1) dy, with the gradient of the latter."""
    r, alpha, s, beta = values
    there = -(r + part.x) * np.log(alpha + part.age) - s * np.log(beta + part.age)
    y, log_step = _times_of_leaving(values, part)
    until_x, until_s = np.log(alpha + y), np.log(beta + y)
    counts = (r + part.x)[:, None]
    logs = log_step - counts * until_x - (s + 1) * until_s
    integral = logsumexp(logs, axis=1)
    share = np.exp(logs - np.where(np.isfinite(integral), integral, 0.0)[:, None])
    slope = np.stack([
        -(share * until_x).sum(axis=1), -(share * counts / (alpha + y)).sum(axis=1),
        1 / s - (share * until_s).sum(axis=1), -(share * (s + 1) / (beta + y)).sum(axis=1),
    ])  # fmt: skip
    return there, np.log(s) + integral, slope


def _times_of_leaving(values: Floats, part: Histories) -> tuple[Floats, Floats]:
    """Choose times between the last purchase and the day, with the logarithms of their weights.

    They are even in log(min(α, β) + y), where the integrand is smooth, and end where it is no more than e^-30.
    """
    r, alpha, s, beta = values
    with np.errstate(over="ignore"):
        ends = [
            (alpha + part.t_x) * np.expm1(_NOTHING / (r + part.x)),
            (beta + part.t_x) * np.expm1(_NOTHING / (s + 1)),
        ]
    longest = np.maximum(np.minimum.reduce([part.age - part.t_x, *ends]), 0.0)
    least = min(alpha, beta) + part.t_x
    width = np.log1p(longest / least)[:, None]
    y = part.t_x[:, None] + least[:, None] * np.expm1(width * _PLACES)
    with np.errstate(divide="ignore"):
        return y, np.log(width * _WEIGHTS) + np.log(min(alpha, beta) + y)
