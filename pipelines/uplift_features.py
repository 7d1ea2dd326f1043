"""What is known of targets before a campaign, as models take it, and whether the arms were alike in it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from pipelines.subgroups import parted

Flags = npt.NDArray[np.bool_]


def prepared(known: pd.DataFrame) -> pd.DataFrame:
    """Turn what is known of contacts into numbers and categories.

    Parameters
    ----------
    known : pandas.DataFrame
        One row for each contact, one column for each field: numbers, truth values, days or texts, unknown ones among
        them.

    Returns
    -------
    pandas.DataFrame
        In the same order: numbers, truth values (0 and 1) and days (since 1970) as floats that are NaN where unknown;
        texts as the parts that `subgroups.parted` makes of them.
    """
    return pd.DataFrame({name: _feature(values) for name, values in known.items()}, index=known.index)


def imbalances(known: pd.DataFrame, is_treated: Flags) -> pd.DataFrame:
    """Test whether arms were alike in what is known of their targets.

    Parameters
    ----------
    known : pandas.DataFrame
        As from `prepared`.
    is_treated : numpy.ndarray of bool
        Whether each target was in the arm that was written to.

    Returns
    -------
    pandas.DataFrame
        `field` and `p_value`: how often chance would part the values as unevenly between the arms. It tells of fields
        that were filled after the campaign began, and of arms that were not drawn by chance.

    References
    ----------
    K. Pearson (1900), Philosophical Magazine 50, 157-175: the chi-square test, here of the parts of
    `subgroups.parted` by arm.
    """
    rows = [(name, _chance_of(parted(values), is_treated)) for name, values in known.items()]
    return pd.DataFrame(rows, columns=["field", "p_value"])


def _feature(values: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values):
        days: pd.Series = (values.dt.tz_localize(None) - pd.Timestamp(0)) / pd.Timedelta(days=1)
        return days
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
        return pd.Series(values.to_numpy(dtype="float64", na_value=np.nan), index=values.index)
    return parted(values)


def _chance_of(parts: pd.Series, is_treated: Flags) -> float:
    table = pd.crosstab(parts, is_treated)
    return float(stats.chi2_contingency(table.to_numpy(), correction=False).pvalue) if len(table) > 1 else 1.0
