"""Whether the arms of a campaign have the sizes they were drawn to have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scipy import stats

from pipelines.errors import MeasureError, nearest

ALARM_BELOW = 0.001
"""A p value so small is taken for a fault of drawing, sending or recording rather than for chance."""


@dataclass(frozen=True)
class SampleRatio:
    """How well the sizes of arms fit the shares they were planned to have.

    Attributes
    ----------
    expected : mapping of str to float
        Targets of each arm if the shares were met exactly.
    counted : mapping of str to int
        Targets of each arm.
    chi_square : float
        Σ (counted - expected)² / expected.
    p_value : float
        How often drawing by these shares gives sizes at least so far off.
    """

    expected: Mapping[str, float]
    counted: Mapping[str, int]
    chi_square: float
    p_value: float

    @property
    def is_mismatch(self) -> bool:
        """Whether the alarm is raised."""
        return self.p_value < ALARM_BELOW


def sample_ratio(counted: Mapping[str, int], shares: Mapping[str, float]) -> SampleRatio:
    """Test the sizes of arms against their planned shares.

    Parameters
    ----------
    counted : mapping of str to int
        Targets of each arm.
    shares : mapping of str to float
        The planned share of each, in any unit: 50 and 50 are the same as 1 and 1.

    Returns
    -------
    SampleRatio
        An alarm means that lifts must not be read before the reason is found.

    Raises
    ------
    MeasureError
        When an arm has no planned share, or a share is not positive.

    References
    ----------
    A. Fabijan and others (2019), Diagnosing sample ratio mismatch in online controlled experiments, KDD, 2156-2164;
    K. Pearson (1900), Philosophical Magazine 50, 157-175.

    Examples
    --------
    >>> sample_ratio({"A": 5000, "holdout": 5000}, {"A": 1, "holdout": 1}).is_mismatch
    False
    >>> sample_ratio({"A": 5200, "holdout": 4800}, {"A": 1, "holdout": 1}).is_mismatch
    True
    """
    for arm in counted:
        if arm not in shares:
            raise MeasureError(f'No share was planned for the arm "{arm}".', nearest(arm, shares))
    for arm, share in shares.items():
        if not share > 0:
            raise MeasureError(f'The share of the arm "{arm}" is {share}.', "Give a share above 0.")
    total, whole = sum(counted.values()), sum(shares.values())
    expected = {arm: total * share / whole for arm, share in shares.items()}
    found = {arm: counted.get(arm, 0) for arm in shares}
    if len(shares) < 2 or not total:
        return SampleRatio(expected, found, 0.0, 1.0)
    result = stats.chisquare(list(found.values()), list(expected.values()))
    return SampleRatio(expected, found, float(result.statistic), float(result.pvalue))
