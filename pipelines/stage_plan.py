"""When the stages that an opportunity has before it are planned to begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipelines.date_formula import evaluate


def planned_starts(formulas: Sequence[str | None], start: dt.date) -> list[dt.date]:
    """Plan the stages that remain.

    Parameters
    ----------
    formulas : sequence of str or None
        The date formula of each stage, in the order of the cycle; none leaves the day as it is.
    start : datetime.date
        When the stage before the first of them began.

    Returns
    -------
    list of datetime.date
        The day of each: its formula counted from the day of the one before.

    Raises
    ------
    ConditionError
        When a formula is none.

    Notes
    -----
    As in Business Central's report 5068 (Opportunity - Details), where the steps of a stage's activity count in turn
    from the day of their stage.

    Examples
    --------
    >>> import datetime as dt
    >>> planned_starts(["1W", None, "1M"], dt.date(2026, 1, 1))
    [datetime.date(2026, 1, 8), datetime.date(2026, 1, 8), datetime.date(2026, 2, 8)]
    """
    days: list[dt.date] = []
    for formula in formulas:
        start = evaluate(formula, start) if formula else start
        days.append(start)
    return days
