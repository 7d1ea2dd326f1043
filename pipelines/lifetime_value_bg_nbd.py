"""The BG/NBD model: customers buy at their own pace, and each purchase may have been the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaln, digamma, expit, gammaln, hyp2f1

from pipelines.lifetime_value_beta import beta_nodes
from pipelines.lifetime_value_fit import Fit, Watch, maximised
from pipelines.lifetime_value_histories import Histories

Floats = npt.NDArray[np.float64]

_APART = 1e-7
_NARROW = 50.0


@dataclass(frozen=True)
class BgNbd:
    """Purchases by the beta-geometric/NBD model.

    Attributes
    ----------
    r, alpha : float
        Shape and rate of the gamma distribution of purchases for each unit, λ, over customers; `alpha` is in units.
    a, b : float
        Of the beta distribution of p over customers: the probability to leave for good after a purchase.

    Notes
    -----
    While there, a customer buys as a Poisson process with rate λ; after each repeat purchase he leaves with
    probability p. So one who never came back is there for certain.

    References
    ----------
    P. S. Fader, B. G. S. Hardie and K. L. Lee (2005), "Counting your customers" the easy way: an alternative to the
    Pareto/NBD model, Marketing Science 24, 275-284.
    """

    r: float
    alpha: float
    a: float
    b: float

    def probability_alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike) -> Floats:
        """Tell how likely a customer is still there.

        Parameters
        ----------
        x, t_x, age : array_like
            As in `Histories`.

        Returns
        -------
        numpy.ndarray of float
            1 / (1 + a / (b + x - 1) ((α + T) / (α + t_x))^(r + x)); 1 without repeat purchases.

        References
        ----------
        P. S. Fader, B. G. S. Hardie and K. L. Lee (2008), Computing P(alive) using the BG/NBD model,
        brucehardie.com/notes/021.
        """
        x, t_x, age = (np.asarray(each, dtype=np.float64) for each in (x, t_x, age))
        again = np.maximum(x, 1)
        odds = np.log(self.a) - np.log(self.b + again - 1)
        odds = odds + (self.r + again) * np.log((self.alpha + age) / (self.alpha + t_x))
        return np.where(x > 0, expit(-odds), 1.0)

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
            Repeat purchases within `t`.

        Notes
        -----
        Equations 9 and 10 of the paper after Euler's transformation of the hypergeometric function, by which the
        powers that grow with x cancel: (a + b + x - 1) / (a - 1) (1 - (1 - z)^(a - 1) F(a + b - 1 - r, a - 1;
        a + b + x - 1; z)), z = t / (α + T + t). Against numbers of 30 digits it has ten that are right for thousands
        of purchases. Where p hardly differs between customers, a + b above 50, the function loses them all; then the
        mean of (1 - (1 + p t / (α + T))^-(r + x)) / p over p, which it stands for, is taken by Gauss's rule.
        """
        t, x, age = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in (t, x, age)))
        if self.a + self.b > _NARROW:
            return self._expected_by_places(t, x, age)
        # At a = 1, and for new customers at a + b = 1, the fraction is 0 / 0, and near it few digits are left.
        a = self.a if abs(self.a - 1) > _APART else 1 + _APART
        b = self.b if abs(a + self.b - 1) > _APART else 1 + _APART - a
        z = t / (self.alpha + age + t)
        stay = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - self.r, a - 1, a + b + x - 1, z)
        return np.asarray((a + b + x - 1) / (a - 1) * (1 - stay))

    def _expected_by_places(self, t: Floats, x: Floats, age: Floats) -> Floats:
        found = np.empty(t.shape)
        for count in np.unique(x):
            p, weights = beta_nodes(self.a, self.b + float(count))
            rows = x == count
            times = (t[rows] / (self.alpha + age[rows]))[:, None]
            found[rows] = -np.expm1(-(self.r + count) * np.log1p(p * times)) / p @ weights
        return found

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
            P(X(t) = n), equation 8 of the paper.
        """
        n, t = np.broadcast_arrays(np.asarray(n, dtype=np.float64), np.asarray(t, dtype=np.float64))
        again = np.maximum(n, 1)
        share = t / (self.alpha + t)
        with np.errstate(divide="ignore", invalid="ignore"):
            buying = gammaln(self.r + n) - gammaln(self.r) - gammaln(n + 1) - self.r * np.log1p(t / self.alpha)
            buying = buying + np.where(n > 0, n * np.log(share), 0.0)
        there = np.exp(betaln(self.a, self.b + n) - betaln(self.a, self.b) + buying)
        left = np.exp(betaln(self.a + 1, self.b + again - 1) - betaln(self.a, self.b)) * betainc(again, self.r, share)
        return np.asarray(there + np.where(n > 0, left, 0.0))


def fit_bg_nbd(histories: Histories, watch: Watch | None = None) -> tuple[BgNbd, Fit]:
    """Fit the BG/NBD model.

    Parameters
    ----------
    histories : Histories
        Of customers.
    watch : callable, optional
        Called before each step of the search; ends it by raising.

    Returns
    -------
    tuple of BgNbd and Fit
        The model, and its parameters with standard errors and log likelihood.

    Raises
    ------
    MeasureError
        When fewer than 30 customers came back, or no maximum was found.
    """
    histories.check_enough()
    start = {"r": 1.0, "alpha": 1 / histories.rate, "a": 1.0, "b": 3.0}
    fit = maximised(lambda values: log_likelihood(values, histories), start, histories.customer_count, "BG/NBD", watch)
    return BgNbd(**fit.values), fit


def log_likelihood(values: Floats, histories: Histories) -> tuple[float, Floats]:
    """Compute the log likelihood of histories.

    Parameters
    ----------
    values : numpy.ndarray of float
        r, alpha, a and b.
    histories : Histories
        Of customers.

    Returns
    -------
    tuple of float and numpy.ndarray of float
        The log likelihood, and its gradient in `values`.

    Notes
    -----
    Equation 6 of the paper. Gamma functions are taken once for each different number of purchases. The likelihoods of
    being there and of having left are added as logarithms, so that nothing underflows.
    """
    of_counts, slope_of_counts = _of_counts(values, histories)
    of_times = [_of_times(values, part) for part in histories.chunks()]
    height = of_counts + sum(part for part, _ in of_times)
    return float(height), slope_of_counts + np.sum([slope for _, slope in of_times], axis=0)


def _of_counts(values: Floats, histories: Histories) -> tuple[float, Floats]:
    """Sum up the factors in which time does not occur."""
    r, alpha, a, b = values
    x, place = np.unique(histories.x, return_inverse=True)
    weight = np.bincount(place, histories.weight)
    rising = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    staying = betaln(a, b + x) - betaln(a, b)
    both = digamma(a + b) - digamma(a + b + x)
    slope = np.stack([
        digamma(r + x) - digamma(r) + np.log(alpha), np.full(len(x), r / alpha),
        both, both + digamma(b + x) - digamma(b),
    ])  # fmt: skip
    return float(weight @ (rising + staying)), slope @ weight


def _of_times(values: Floats, part: Histories) -> tuple[float, Floats]:
    """Sum up the factor that is being there until the day or having left after the last purchase."""
    r, alpha, a, b = values
    has_repeats = part.x > 0
    rest = np.where(has_repeats, b + part.x - 1, 1.0)
    until_day, until_last = np.log(alpha + part.age), np.log(alpha + part.t_x)
    there = -(r + part.x) * until_day
    left = np.where(has_repeats, np.log(a) - np.log(rest) - (r + part.x) * until_last, -np.inf)
    either = np.logaddexp(there, left)
    alive, gone = np.exp(there - either), np.exp(left - either)
    slope = np.stack([
        -alive * until_day - gone * until_last,
        -(r + part.x) * (alive / (alpha + part.age) + gone / (alpha + part.t_x)),
        gone / a,
        -gone / rest,
    ])  # fmt: skip
    return float(part.weight @ either), slope @ part.weight
