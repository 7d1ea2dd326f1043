"""Which categories of a table are too small to be shown, and which others have to hide with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

Recount = Callable[[Sequence[str]], "pd.Series[int]"]


def is_small(figure: int, smallest: int) -> bool:
    """Tell whether a figure speaks of too few.

    Parameters
    ----------
    figure : int
        A count of contacts.
    smallest : int
        The smallest count that may be shown.

    Returns
    -------
    bool
        False for 0: it speaks of nobody.
    """
    return 0 < figure < smallest


def hidden(counts: pd.DataFrame, smallest: int, recount: Recount) -> list[str]:
    """Choose the categories to be put together, so that no small figure can be computed back from the others.

    Parameters
    ----------
    counts : pandas.DataFrame
        One row for each category, indexed by its name, in the order in which categories join; one column for each
        figure that is shown or follows from those shown.
    smallest : int
        The smallest figure that may be shown; 1 shows all of them.
    recount : callable
        Gives the figures of some categories put together.

    Returns
    -------
    list of str
        Names of categories; empty when every figure may be shown.

    Notes
    -----
    Every category with a figure from 1 to `smallest` - 1 is hidden. As totals are known, one hidden category alone
    would be the total less the others, and several would be bounded by the threshold itself. So further categories
    join in the order given: at least one that is not small, and as many as it takes until each figure of those put
    together is 0 or at least twice `smallest`, or nothing is left to join. Then every hidden figure has several
    values that fit all that is shown; where the order is known beforehand and `smallest` is at least 3, also for
    somebody who knows this rule. It protects one table, not what two tables of different segments tell together.

    Examples
    --------
    >>> counts = pd.DataFrame({"members": [40, 30, 2]}, index=["a", "b", "c"])
    >>> hidden(counts.iloc[::-1], 5, lambda names: counts.loc[names].sum())
    ['c', 'b']
    """
    is_too_small = (counts.gt(0) & counts.lt(smallest)).any(axis="columns")
    together = [*counts.index[is_too_small]]
    if not together:
        return []
    for name in counts.index[~is_too_small]:
        if len(together) > is_too_small.sum() and _is_safe(recount(together), smallest):
            break
        together.append(name)
    return together


def _is_safe(figures: pd.Series[int], smallest: int) -> bool:
    return bool((figures.eq(0) | figures.ge(2 * smallest)).all())
