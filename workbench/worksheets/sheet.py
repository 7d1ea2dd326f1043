"""A worksheet in hand: its lines and its log, before and after each action, whether or not the action is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pipelines.criteria import CriteriaAction
from pipelines.worksheet import NO_LINES, Lines
from workbench.store import Connection
from workbench.worksheets import criteria_log, headers, lines
from workbench.worksheets.results import Header, Worksheet


@dataclass(frozen=True)
class Sheet:
    """A worksheet's lines and log.

    Attributes
    ----------
    worksheet : Worksheet
        Header and figures, as they were when it was opened.
    lines : Lines
        The lines now.
    actions : tuple of CriteriaAction
        The log now.
    """

    worksheet: Worksheet
    lines: Lines
    actions: tuple[CriteriaAction, ...]

    @property
    def number(self) -> str:
        """The worksheet's number."""
        return self.worksheet.worksheet_no

    def after(self, action: CriteriaAction, present: Lines) -> Sheet:
        """Give the worksheet as it is after an action.

        Parameters
        ----------
        action : CriteriaAction
            What is logged.
        present : Lines
            The lines that there are then.

        Returns
        -------
        Sheet
            A new one.
        """
        return replace(self, lines=present, actions=(*self.actions, action))


def opened(con: Connection, worksheet_no: str) -> Sheet:
    """Take a worksheet in hand.

    Parameters
    ----------
    con : connection
        An open unit of work.
    worksheet_no : str
        Which one.

    Returns
    -------
    Sheet
        Lines and log.

    Raises
    ------
    NotFoundError
        When none has the number.
    """
    worksheet = headers.found(con, worksheet_no)
    log = criteria_log.read(con, criteria_log.OF_WORKSHEET, worksheet_no)
    return Sheet(worksheet, lines.read(con, worksheet_no), tuple(entry.action for entry in log.actions))


def empty(worksheet_no: str, header: Header) -> Sheet:
    """Take a new worksheet in hand, written or not.

    Parameters
    ----------
    worksheet_no : str
        Its number.
    header : Header
        Its fields.

    Returns
    -------
    Sheet
        Without lines and log.
    """
    return Sheet(Worksheet(worksheet_no, header, 0, 0, 0, Decimal(0), 0.0), NO_LINES, ())
