"""Features of contacts on one scale, each of the same weight, so that distances between contacts mean something."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

MOST_VALUES = 12
"""So many values of a text are told apart; the rarer ones are one."""
OTHER, UNKNOWN = "other", "unknown"

Floats = npt.NDArray[np.float64]


def scaled(features: pd.DataFrame) -> pd.DataFrame:
    """Put features on one scale.

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each contact: numbers, truth values or texts, unknown ones among them.

    Returns
    -------
    pandas.DataFrame
        In the same order, floats: one column for a number, under its name; one for each value of a text or truth value,
        as ``"city: Prague"``; one more, as ``"age: unknown"``, where some are unknown. Features that are the same for
        everybody are left out.

    Notes
    -----
    Amounts and counts have long tails, so a number x becomes asinh(x / s), where s is the median of |x| over those that
    are not zero: as good as linear below s, logarithmic above, and the same in any currency. It is then centred and
    divided by its standard deviation; unknown ones are at the mean. At last the columns of each feature are divided by
    one number, so that their variances add up to 1: a text of ten values weighs as much as an age.

    Examples
    --------
    >>> scaled(pd.DataFrame({"age": [20.0, 40.0, 60.0], "city": ["Prague", "Brno", "Brno"]})).round(2).values.tolist()
    [[-1.27, -1.0, 1.0], [0.1, 0.5, -0.5], [1.17, 0.5, -0.5]]
    """
    parts = [_block(str(name), values) for name, values in features.items()]
    kept = [_weighed(part) for part in parts if len(part.columns)]
    return pd.concat(kept, axis=1) if kept else pd.DataFrame(index=features.index)


def is_category(values: pd.Series) -> bool:
    """Tell whether a feature is of values that have no order.

    Parameters
    ----------
    values : pandas.Series
        A feature.

    Returns
    -------
    bool
        True for texts and truth values.
    """
    return pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values)


def frequent(values: pd.Series) -> list[str]:
    """Name the values of a text that are told apart.

    Parameters
    ----------
    values : pandas.Series
        Texts or truth values.

    Returns
    -------
    list of str
        All values where there are 12 at most, else the 11 most frequent ones, equally frequent ones in ascending
        order; in ascending order.
    """
    counts = spelled(values).value_counts().rename_axis("value").reset_index(name="count")
    first = counts.sort_values(["count", "value"], ascending=[False, True])["value"]
    return sorted(first if len(first) <= MOST_VALUES else first.head(MOST_VALUES - 1))


def spelled(values: pd.Series) -> pd.Series:
    """Write texts and truth values as texts.

    Parameters
    ----------
    values : pandas.Series
        Texts or truth values.

    Returns
    -------
    pandas.Series of object
        Truth values as ``"yes"`` and ``"no"``; unknown ones as None.
    """
    known = values.astype("object").where(values.notna(), None)
    if pd.api.types.is_bool_dtype(values):
        return known.map({True: "yes", False: "no"}).astype("object").where(values.notna(), None)
    return known


def numbers(values: pd.Series) -> Floats:
    """Give numbers as floats.

    Parameters
    ----------
    values : pandas.Series
        Of any dtype of numbers.

    Returns
    -------
    numpy.ndarray of float
        NaN where unknown.
    """
    return values.to_numpy(dtype="float64", na_value=np.nan)


def _block(name: str, values: pd.Series) -> pd.DataFrame:
    """Give the columns of one feature, those that vary."""
    block = _shares(name, values) if is_category(values) else _measured(name, values)
    return block.loc[:, block.nunique().gt(1)]


def _shares(name: str, values: pd.Series) -> pd.DataFrame:
    texts, kept = spelled(values), frequent(values)
    marks = {f"{name}: {value}": texts.eq(value) for value in kept}
    marks[f"{name}: {OTHER}"] = texts.notna() & ~texts.isin(kept)
    marks[f"{name}: {UNKNOWN}"] = texts.isna()
    return pd.DataFrame(marks, index=values.index).astype("float64")


def _measured(name: str, values: pd.Series) -> pd.DataFrame:
    raw = numbers(values)
    is_known = ~np.isnan(raw)
    level = np.zeros(len(raw))
    if is_known.any():
        level[is_known] = _standard(_compressed(raw[is_known]))
    return pd.DataFrame({name: level, f"{name}: {UNKNOWN}": (~is_known).astype("float64")}, index=values.index)


def _compressed(known: Floats) -> Floats:
    sizes = np.abs(known[known != 0])
    return np.arcsinh(known / np.median(sizes)) if sizes.size else known


def _standard(known: Floats) -> Floats:
    spread = known.std()
    return (known - known.mean()) / spread if np.ptp(known) > 0 else np.zeros_like(known)


def _weighed(block: pd.DataFrame) -> pd.DataFrame:
    centred = block - block.mean()
    total: float = (centred**2).mean().sum()
    return centred.div(total**0.5)
