"""Opportunities won and lost."""

from __future__ import annotations

import datetime as dt

from pipelines import opportunity_values
from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.opportunities import given, remarks, rows, steps
from workbench.opportunities.receipts import StepReceipt
from workbench.opportunities.results import CLOSED, Opportunity
from workbench.opportunities.steps import Step
from workbench.opportunities.taking import take
from workbench.setup.work import Work
from workbench.store import Connection


class Closing(Work):
    """Closing opportunities."""

    def close(
        self,
        opportunity_no: str,
        status: str,
        as_of: dt.date,
        *,
        code: str | None = None,
        on: dt.date | str | None = None,
        amount: float | str | None = None,
        cancels_tasks: bool = True,
        dry_run: bool = False,
    ) -> StepReceipt:
        """Close an opportunity that was won or lost.

        Parameters
        ----------
        opportunity_no : str
            Its number.
        status : {"won", "lost"}
            How it ended.
        as_of : datetime.date
            The day of the work.
        code : str, optional
            Why: a close opportunity code of that type. Where absent it is the only one there is.
        on : datetime.date or str, optional
            The day of the end; the later of `as_of` and the last step where absent.
        amount : float or str, optional
            What was sold, of an opportunity that was won; where a quote is linked, its value counts.
        cancels_tasks : bool, optional
            Whether the open tasks of the opportunity are canceled.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        StepReceipt
            The closing entry, and what is different.

        Raises
        ------
        NotFoundError
            When none has the number, or there is no such code of that type.
        ConfigError
            When it is neither won nor lost, or a value does not suit its field.
        RuleError
            When it is closed already, the code is missing, the day is before the last step, or it was won and is worth
            nothing.

        Notes
        -----
        A closed opportunity is not opened again (Business Central, table 5092).
        """
        with self._unit(dry_run) as con:
            return closing(
                con, rows.found(con, opportunity_no), status, as_of, code=code, on=on, amount=amount,
                cancels_tasks=cancels_tasks, dry_run=dry_run,
            )  # fmt: skip


def closing(
    con: Connection,
    opportunity: Opportunity,
    status: str,
    as_of: dt.date,
    *,
    code: str | None = None,
    on: dt.date | str | None = None,
    amount: float | str | None = None,
    cancels_tasks: bool = True,
    dry_run: bool = False,
) -> StepReceipt:
    """Close an opportunity within a unit of work.

    Parameters
    ----------
    con : connection
        A unit of work; one that writes unless it is a preview.
    opportunity : Opportunity
        Which.
    status, as_of, code, on, amount, cancels_tasks, dry_run : object
        As for `Closing.close`.

    Returns
    -------
    StepReceipt
        The closing entry, and what is different.

    Raises
    ------
    NotFoundError, ConfigError, RuleError
        As for `Closing.close`.
    """
    if status not in CLOSED:
        raise ConfigError("You must select either Won or Lost.", f'"{status}" is neither.')
    steps.require_open(opportunity)
    entry = rows.active(con, opportunity.opportunity_no)
    reason = _code(con, status, code)
    day = steps.day_of_change(given.on_day(on), as_of, entry)
    opportunity_values.check_order(day, None if entry is None else entry.changed_on)
    quoted, typed = rows.quote_amount(con, opportunity), given.amount("amount", amount)
    before = opportunity.estimated_amount if entry is None else entry.estimated_amount
    values = opportunity_values.closed(status, day, before or 0.0, (typed if quoted is None else quoted) or 0.0)
    step = Step(opportunity, entry, status, None, values, reason, cancels_tasks, as_of)
    notes = remarks.quote_counts(typed, quoted) if status == "won" else ()
    return take(con, step, dry_run, notes)


def _code(con: Connection, status: str, given: str | None) -> str:
    """Find why an opportunity was closed: the code that somebody named, or the only one."""
    query = "SELECT code FROM close_opportunity_code WHERE type = ? ORDER BY 1"
    known = [code for (code,) in con.execute(query, [status]).fetchall()]
    hint = f"Add one first: workbench setup code close_opportunity_code CODE --set type={status}."
    if given:
        if given not in known:
            raise NotFoundError(
                f'There is no close opportunity code "{given}" for {status}.', nearest(given, known) if known else hint
            )
        return given
    if len(known) != 1:
        named = f"Choose one of: {', '.join(known)}." if known else hint
        raise RuleError("You must fill in the Close Opportunity Code field.", named)
    return str(known[0])
