"""Things to know about steps of opportunities that are no errors."""

from __future__ import annotations

from pipelines.opportunity_values import Values
from pipelines.sales_cycle_rules import Stage


def stage_chances(given: float | None, values: Values, stage: Stage) -> tuple[str, ...]:
    """Say that the chances of the stage were taken in the place of those that somebody gave.

    Parameters
    ----------
    given : float or None
        Chances of success that were given.
    values : Values
        Those that were taken.
    stage : Stage
        Where the step leads.

    Returns
    -------
    tuple of str
        One sentence, or none where nothing was overruled.
    """
    if given is None or given == values.chances_rate:
        return ()
    rate, instead = f"{values.chances_rate:g}", f"{given:g}"
    return (f"Skipping and jumping take the chances of success of the stage: {rate} of {stage.name}, not {instead}.",)


def quote_counts(given: float | None, quoted: float | None) -> tuple[str, ...]:
    """Say that what was won is worth what the quote says.

    Parameters
    ----------
    given, quoted : float or None
        The value that was given, and that of the linked quote.

    Returns
    -------
    tuple of str
        One sentence, or none where nothing was overruled.
    """
    if given is None or quoted is None or given == quoted:
        return ()
    return (f"A quote is linked, so its value counts: {quoted:,.2f}, not {given:,.2f}.",)


def blocked(count: int) -> tuple[str, ...]:
    """Say that lines of a worksheet get no opportunity.

    Parameters
    ----------
    count : int
        Lines of contacts that are privacy blocked.

    Returns
    -------
    tuple of str
        One sentence, or none where there are no such lines.
    """
    return (f"Lines left out because their contacts are privacy blocked: {count:,}.",) if count else ()
