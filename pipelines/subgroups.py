"""How the values of a field part targets into a handful of groups."""

from __future__ import annotations

import pandas as pd

MOST_PARTS = 12
OTHERS = "other"
UNKNOWN = "unknown"


def parted(values: pd.Series) -> pd.Series:
    """Name the part that each value belongs to.

    Parameters
    ----------
    values : pandas.Series
        Texts, truth values or numbers, unknown ones among them.

    Returns
    -------
    pandas.Series of category
        At most 12 parts and ``"unknown"``. Values are their own part where there are so few; else numbers are parted
        at their quartiles, such as ``"29.99 to 113.5"``, and of texts the 11 most frequent stay, equally frequent ones
        in ascending order, and the rest is ``"other"``.

    Examples
    --------
    >>> parted(pd.Series(["Prague", None, "Brno"])).tolist()
    ['Prague', 'unknown', 'Brno']
    """
    known = values.dropna()
    if known.nunique() <= MOST_PARTS:
        return _named(values, sorted(known.unique()))
    if pd.api.types.is_numeric_dtype(values):
        return _quartiles(values)
    counts = known.value_counts().rename_axis("value").reset_index(name="count")
    kept = counts.sort_values(["count", "value"], ascending=[False, True])["value"].head(MOST_PARTS - 1)
    return _named(values.where(values.isna() | values.isin(kept), OTHERS), [*sorted(kept), OTHERS])


def _named(values: pd.Series, order: list[object]) -> pd.Series:
    names = values.map({value: _name(value) for value in order}).astype("object").fillna(UNKNOWN)
    return names.astype(pd.CategoricalDtype([*map(_name, order), UNKNOWN])).cat.remove_unused_categories()


def _quartiles(values: pd.Series) -> pd.Series:
    """Part numbers so that each part has about a quarter; equal numbers stay together."""
    cuts = pd.qcut(values, 4, duplicates="drop")
    named = {}
    for interval in cuts.cat.categories:
        inside = values[cuts == interval]
        named[interval] = f"{_name(inside.min())} to {_name(inside.max())}"
    order = list(named.values())
    names = cuts.astype("object").map(named).fillna(UNKNOWN)
    return names.astype(pd.CategoricalDtype([*order, UNKNOWN])).cat.remove_unused_categories()


def _name(value: object) -> str:
    if isinstance(value, bool) or str(value) in ("True", "False"):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
