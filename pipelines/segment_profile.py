"""Who the members of a segment are, against those they were chosen from."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

OTHER = "other"
UNKNOWN = "not recorded"


def profile(values: pd.Series[Any], is_member: npt.NDArray[np.bool_], categories: int = 12) -> pd.DataFrame:
    """Compare how often each category occurs in a segment and in its base.

    Parameters
    ----------
    values : pandas.Series
        One value for each contact of the base. Texts are categories as they are, lists count once in each of
        their values; numbers and dates are cut into ranges that hold about as many contacts of the base each.
    is_member : numpy.ndarray of bool
        For each contact of the base, whether it is in the segment.
    categories : int, optional
        How many categories to tell apart; the rarer ones of the base are put together as ``"other"``.

    Returns
    -------
    pandas.DataFrame
        Columns category, members, base (counts of contacts), member_share, base_share (rates, 0 to 1, of all
        members and all of the base) and over_index (member_share divided by base_share: 1 is as usual, 2 twice as
        frequent; NaN for an empty segment). Categories of texts by base descending, ranges from low to high,
        ``"other"`` and ``"not recorded"`` last.

    Notes
    -----
    Shares of a many-valued field add up to more than 1, since a contact counts in each of its values. Ties in size
    are broken by name. Unknown values are a category of their own, so that the counts add up to the base.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> found = profile(pd.Series(["a", "a", "b", "b"]), np.array([True, False, False, False]))
    >>> found[["category", "members", "base", "over_index"]].to_dict("list")
    {'category': ['a', 'b'], 'members': [1, 0], 'base': [2, 2], 'over_index': [2.0, 0.0]}
    """
    labels = _labels(values.reset_index(drop=True), categories)
    sizes = labels.groupby("category", sort=False).size()
    inside = labels[is_member[labels["position"]]].groupby("category", sort=False).size()
    counts = pd.DataFrame({"members": inside, "base": sizes}).reindex(sizes.index).fillna(0).astype("int64")
    ordered = counts.loc[_order(values, counts, categories)].rename_axis("category").reset_index()
    return _with_shares(ordered, int(is_member.sum()), len(values))


def _labels(values: pd.Series[Any], categories: int) -> pd.DataFrame:
    """Give one row for each contact and category: its position and the category's name."""
    if values.dtype == object:
        spread = values.map(lambda item: list(item) or [None]).explode()
        named = spread.astype("object").where(spread.notna(), UNKNOWN)
        return _rare_together(pd.DataFrame({"position": spread.index, "category": named.to_numpy()}), categories)
    known = values.notna()
    named = pd.Series(UNKNOWN, index=values.index, dtype="object")
    named[known] = _ranges(values[known], categories) if _is_measured(values) else values[known].map(str)
    frame = pd.DataFrame({"position": values.index, "category": named.to_numpy()})
    return frame if _is_measured(values) else _rare_together(frame, categories)


def _is_measured(values: pd.Series[Any]) -> bool:
    kind = values.dtype
    is_number = pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
    return is_number or pd.api.types.is_datetime64_any_dtype(kind)


def _ranges(values: pd.Series[Any], categories: int) -> pd.Series[Any]:
    if values.nunique() <= categories and not pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values.map(lambda number: f"{float(number):g}")
    is_day = pd.api.types.is_datetime64_any_dtype(values.dtype)
    values = values.dt.floor("D") if is_day else values
    cut = pd.qcut(values if is_day else values.astype("float64"), min(categories, 10), duplicates="drop")
    low, high = values.groupby(cut, observed=True).min(), values.groupby(cut, observed=True).max()
    names = {key: _named(low[key], high[key], is_day=is_day) for key in low.index}
    return cut.map(names).astype("object")


def _named(low: Any, high: Any, *, is_day: bool) -> str:
    if is_day:
        return f"{low:%Y-%m-%d} … {high:%Y-%m-%d}"
    return f"{float(low):g}" if low == high else f"{float(low):g} … {float(high):g}"


def _rare_together(labels: pd.DataFrame, categories: int) -> pd.DataFrame:
    sizes = labels["category"].drop(labels.index[labels["category"] == UNKNOWN]).value_counts()
    by_size = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    rare = set(by_size[categories:])
    merged = labels["category"].where(~labels["category"].isin(rare), OTHER)
    return labels.assign(category=merged).drop_duplicates()


def _order(values: pd.Series[Any], counts: pd.DataFrame, categories: int) -> list[str]:
    last = [name for name in (OTHER, UNKNOWN) if name in counts.index]
    names = [name for name in counts.index if name not in last]
    if not _is_measured(values):
        return [*sorted(names, key=lambda name: (-counts["base"][name], name)), *last]
    known = values[values.notna()]
    first = known.groupby(_ranges(known, categories)).min()
    return [*sorted(names, key=lambda name: first[name]), *last]


def _with_shares(counts: pd.DataFrame, members: int, base: int) -> pd.DataFrame:
    member_share = counts["members"] / members if members else pd.Series(np.nan, index=counts.index)
    base_share = counts["base"] / base if base else pd.Series(np.nan, index=counts.index)
    return counts.assign(member_share=member_share, base_share=base_share, over_index=member_share / base_share)
