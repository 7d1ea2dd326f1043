"""How large arms have to be, and what arms of a size can tell: before a campaign is launched."""

from __future__ import annotations

import math

from scipy.optimize import brentq
from statsmodels.stats.proportion import power_proportions_2indep, samplesize_proportions_2indep_onetail

_NEARLY = 1e-9


def power(rate: float, lift: float, written_to: float, held_out: float, alpha: float = 0.05) -> float:
    """Compute the chance that a two-sided test finds a lift that is there.

    Parameters
    ----------
    rate : float
        Response rate of those held out, between 0 and 1.
    lift : float
        By how much the rate of those written to is higher, as a difference.
    written_to, held_out : float
        Units of the two arms, above 0.
    alpha : float, optional
        The error of the first kind.

    Returns
    -------
    float
        From 0 to 1. With p1 = rate + lift, p the pooled rate, n1 and n2 the units and r = n2 / n1: the standard
        deviation is sqrt(p (1 - p) (1 + 1 / r)) under the null hypothesis and sqrt(p1 (1 - p1) + rate (1 - rate) / r)
        else; the power is that of the z test of sqrt(n1) lift, both sides counted.

    References
    ----------
    Fleiss, Levin, Paik (2003), Statistical Methods for Rates and Proportions, 3rd ed., section 4.2;
    ``statsmodels.stats.proportion.power_proportions_2indep``.

    Examples
    --------
    >>> round(power(0.25, 0.25, 77, 77), 3)
    0.901
    """
    found = power_proportions_2indep(
        lift, rate, written_to, ratio=held_out / written_to, alpha=alpha, return_results=False
    )
    return float(found)


def smallest_lift(
    rate: float, written_to: float, held_out: float, alpha: float = 0.05, wanted: float = 0.8
) -> float | None:
    """Find the smallest lift that a test finds with a given power.

    Parameters
    ----------
    rate : float
        Response rate of those held out.
    written_to, held_out : float
        Units of the two arms.
    alpha : float, optional
        The error of the first kind.
    wanted : float, optional
        The power.

    Returns
    -------
    float or None
        A difference of rates above 0; None where even a rate of 1 would not be found, or an arm is empty.

    Notes
    -----
    The root of `power` over the lift, by Brent's method; the power grows with the lift.
    """
    if min(written_to, held_out) < 1:
        return None
    most = 1 - rate - _NEARLY

    def missing(lift: float) -> float:
        return power(rate, lift, written_to, held_out, alpha) - wanted

    return float(brentq(missing, _NEARLY, most)) if missing(most) > 0 > missing(_NEARLY) else None


def units_needed(
    rate: float, lift: float, held_out_share: float, alpha: float = 0.05, wanted: float = 0.8
) -> tuple[int, int]:
    """Compute how many units a campaign needs for its lift to be found.

    Parameters
    ----------
    rate : float
        Response rate of those held out.
    lift : float
        The difference of rates to be found, other than 0.
    held_out_share : float
        The part held out of both arms together, between 0 and 1.
    alpha : float, optional
        The error of the first kind.
    wanted : float, optional
        The power.

    Returns
    -------
    tuple of int
        Units written to, and held out, both rounded up.

    References
    ----------
    As for `power`; ``statsmodels.stats.proportion.samplesize_proportions_2indep_onetail``, which leaves the far
    side of the two-sided test out.

    Examples
    --------
    >>> units_needed(0.25, 0.25, 0.5, wanted=0.9)
    (77, 77)
    """
    ratio = held_out_share / (1 - held_out_share)
    found = samplesize_proportions_2indep_onetail(lift, rate, wanted, ratio=ratio, alpha=alpha, alternative="two-sided")
    return math.ceil(found), math.ceil(found * ratio)
