"""Who the members of a segment are, against those they were chosen from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines import small_cells
from pipelines.errors import MeasureError
from pipelines.response import wilson

OTHER = "other"
UNKNOWN = "not recorded"
TOGETHER = "too few to show"


def profile(
    values: pd.Series[Any],
    is_member: npt.NDArray[np.bool_],
    categories: int = 12,
    *,
    is_base: npt.NDArray[np.bool_] | None = None,
    smallest_cell: int = 1,
) -> pd.DataFrame:
    """Compare how often each category occurs in a segment and in its base.

    Parameters
    ----------
    values : pandas.Series
        One value for each contact of the segment or the base. Texts are categories as they are, lists count once in
        each of their values; numbers and dates are cut into ranges that hold about as many of these contacts each.
    is_member : numpy.ndarray of bool
        For each contact, whether it is in the segment.
    categories : int, optional
        How many categories to tell apart; the rarer ones are put together as ``"other"``.
    is_base : numpy.ndarray of bool, optional
        For each contact, whether it is in the base; all are where it is absent.
    smallest_cell : int, optional
        The smallest figure that may be shown; categories with figures from 1 to one less are put together as
        ``"too few to show"``, with others where that is needed.

    Returns
    -------
    pandas.DataFrame
        Columns category, members, base (counts of contacts), member_share, base_share (rates, 0 to 1, of all
        members and all of the base), over_index (member_share divided by base_share: 1 is as usual, 2 twice as
        frequent; NaN for an empty segment, and where nobody of the base is in the category), member_low and
        member_high (the 95 % Wilson interval of member_share). Categories of texts by base descending, ranges from
        low to high, ``"other"``, ``"not recorded"`` and ``"too few to show"`` last.

    Raises
    ------
    MeasureError
        When the segment, its base, or the rest of the base is itself too small to be shown.

    Notes
    -----
    Shares of a many-valued field add up to more than 1, since a contact counts in each of its values. Ties in size
    are broken by name. Unknown values are a category of their own, so that the counts add up to the base.

    What is hidden is decided by `pipelines.small_cells`, over members, base, and, where every member is of the base,
    the rest of the base. ``"other"`` joins first, then the categories with the smallest base. The names of ranges
    are values of contacts and are shown all the same.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> found = profile(pd.Series(["a", "a", "b", "b"]), np.array([True, False, False, False]))
    >>> found[["category", "members", "base", "over_index"]].to_dict("list")
    {'category': ['a', 'b'], 'members': [1, 0], 'base': [2, 2], 'over_index': [2.0, 0.0]}
    """
    is_base = np.ones(len(values), dtype=np.bool_) if is_base is None else is_base
    labels = _labels(values.reset_index(drop=True), categories)
    groups = {"members": is_member, "base": is_base}
    if not (is_member & ~is_base).any():
        groups["rest"] = is_base & ~is_member
    counts = _counts(labels, groups)
    order = _order(values, counts, categories)
    if smallest_cell > 1:
        _check_totals(groups, smallest_cell)
        labels, order = _without_small(labels, counts.loc[_joining(counts)], order, groups, smallest_cell)
    shown = _counts(labels, groups).loc[order, ["members", "base"]].rename_axis("category").reset_index()
    return _with_shares(shown, int(is_member.sum()), int(is_base.sum()))


def _counts(labels: pd.DataFrame, groups: Mapping[str, npt.NDArray[np.bool_]]) -> pd.DataFrame:
    """Count the contacts of each group in each category."""
    marks = labels.assign(**{name: mask[labels["position"]] for name, mask in groups.items()})
    return marks.groupby("category", sort=False)[list(groups)].sum().astype("int64")


def _check_totals(groups: Mapping[str, npt.NDArray[np.bool_]], smallest: int) -> None:
    for name, mask in groups.items():
        if small_cells.is_small(int(mask.sum()), smallest):
            raise MeasureError(
                f"{_TOTALS[name]} fewer than {smallest} contacts, so no figures of them are shown.",
                "Lower the smallest figure, or choose larger segments.",
            )


_TOTALS = {
    "members": "The segment has",
    "base": "What the segment is compared with has",
    "rest": "Outside of the segment, what it is compared with has",
}


def _joining(counts: pd.DataFrame) -> list[str]:
    return sorted(counts.index, key=lambda name: (name != OTHER, counts["base"][name], name))


def _without_small(
    labels: pd.DataFrame,
    joining: pd.DataFrame,
    order: list[str],
    groups: Mapping[str, npt.NDArray[np.bool_]],
    smallest: int,
) -> tuple[pd.DataFrame, list[str]]:
    def together(names: Sequence[str]) -> pd.DataFrame:
        merged = labels["category"].where(~labels["category"].isin(names), TOGETHER)
        return labels.assign(category=merged).drop_duplicates()

    names = small_cells.hidden(joining, smallest, lambda some: _counts(together(some), groups).T[TOGETHER])
    if not names:
        return labels, order
    return together(names), [*(name for name in order if name not in names), TOGETHER]


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
    bounds = [wilson(size, members) if members else (np.nan, np.nan) for size in counts["members"]]
    return counts.assign(
        member_share=member_share,
        base_share=base_share,
        over_index=member_share / base_share.where(base_share > 0),
        member_low=[low for low, _ in bounds],
        member_high=[high for _, high in bounds],
    )
