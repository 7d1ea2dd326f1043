"""What follows for other contacts and for rows from a change of one: people of a company, a person's new company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines import inheritance
from pipelines.contact_changes import Outcome, Why, said
from pipelines.inheritance import Inheritance
from workbench.contact_rows import related
from workbench.contact_rows.finding import id_of
from workbench.contacts import record
from workbench.contacts.receipts import FieldChange
from workbench.errors import RuleError
from workbench.setup import MarketingSetup
from workbench.store import Connection
from workbench.store.connection import first_row

MOVED_WITH_COMPANY = ("opportunity", "opportunity_entry", "task", "interaction")
"""Rows of a person that stay behind when it is given another company."""
_COMPARED = (*inheritance.TAKEN_WHOLE, *inheritance.ADDRESS, *inheritance.REACHED)


@dataclass(frozen=True)
class Edit:
    """New values for one contact.

    Attributes
    ----------
    contact_id : int
        Which.
    contact_no : str
        Its number.
    before : mapping of str to object
        Its fields before.
    changes : mapping of str to object
        The fields that change.
    why : mapping of str to Why
        Why each of them does.
    """

    contact_id: int
    contact_no: str
    before: Mapping[str, object]
    changes: Mapping[str, object]
    why: Mapping[str, Why]

    @property
    def listed(self) -> tuple[FieldChange, ...]:
        """The changes one by one."""
        return tuple(
            FieldChange(self.contact_no, name, self.before.get(name), after, self.why[name])
            for name, after in self.changes.items()
        )


@dataclass(frozen=True)
class Move:
    """Rows that another contact gets.

    Attributes
    ----------
    to_id : int
        Who gets them.
    to_no : str
        Its number.
    counts : mapping of str to int
        How many, by table.
    """

    to_id: int
    to_no: str
    counts: Mapping[str, int]


def switches(marketing: MarketingSetup) -> Inheritance:
    """Read what people take over from companies.

    Parameters
    ----------
    marketing : MarketingSetup
        The setup.

    Returns
    -------
    Inheritance
        Its switches.
    """
    return Inheritance(
        marketing.inherit_salesperson_code,
        marketing.inherit_territory_code,
        marketing.inherit_country_code,
        marketing.inherit_language_code,
        marketing.inherit_format_region,
        marketing.inherit_address_details,
        marketing.inherit_communication_details,
    )


def inherit(con: Connection, outcome: Outcome, marketing: MarketingSetup) -> None:
    """Let a person take over what it does from the company it was given.

    Parameters
    ----------
    con : connection
        An open unit of work.
    outcome : Outcome
        The person before and after; gets what it takes over. What somebody gave it in the same act stays.
    marketing : MarketingSetup
        With the switches.

    Raises
    ------
    NotFoundError
        When no contact has the number of the company.
    RuleError
        When the contact of that number is no company, or a company is given another one.
    """
    number = said(outcome.values, "company_no")
    if number is None:
        return
    new = _read_company(con, str(number))
    old_no = said(outcome.before, "company_no") if said(outcome.before, "type") == "person" else None
    old = _fields(con, record.id_of_company(con, old_no))
    taken = inheritance.given_company(outcome.values, new, old, switches(marketing))
    for name, value in taken.items():
        outcome.follow(name, value, Why.NEW_COMPANY)


def check_own_company(outcome: Outcome, contact_no: str) -> None:
    """Refuse to give a company another company.

    Parameters
    ----------
    outcome : Outcome
        The contact before and after.
    contact_no : str
        Its number.

    Raises
    ------
    RuleError
        When it is a company and its company is not itself.
    """
    if outcome.values["type"] == "company" and said(outcome.values, "company_no") != contact_no:
        raise RuleError(f"{contact_no} is a company and its own company.", "Only people are given a company.")


def is_given_company(outcome: Outcome) -> bool:
    """Tell whether a person was given another company, or none.

    Parameters
    ----------
    outcome : Outcome
        The contact before and after.

    Returns
    -------
    bool
        False for a company that has become a person without one.
    """
    return outcome.values["type"] == "person" and outcome.is_given("company_no")


def left_behind(con: Connection, contact_id: int, outcome: Outcome) -> Move | None:
    """Find the rows of a person that stay with the company it had.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The person, which was given another company.
    outcome : Outcome
        The person before and after.

    Returns
    -------
    Move or None
        To the old company, or to the new one where there was none; None where there is neither, or no such row.
    """
    numbers = (said(outcome.before, "company_no"), said(outcome.values, "company_no"))
    counts = {name: n for name, n in related.counts(con, contact_id).items() if name in MOVED_WITH_COMPANY}
    for number in numbers:
        company_id = record.id_of_company(con, number)
        if company_id not in (None, contact_id) and counts:
            return Move(company_id, str(number), counts)
    return None


def check_on_no_worksheet(con: Connection, contact_id: int, contact_no: str) -> None:
    """Refuse a change of the company of somebody who is on a worksheet.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    contact_no : str
        Its number.

    Raises
    ------
    RuleError
        When there is a line.
    """
    row = first_row(con, "SELECT min(worksheet_no) FROM worksheet_line WHERE contact_id = ?", [contact_id])
    if row is not None and row[0] is not None:
        raise RuleError(
            f"The company of {contact_no} cannot change: the contact is on the worksheet {row[0]}.",
            "Log the worksheet, or delete the line, first.",
        )


def people_follow(con: Connection, contact_no: str, outcome: Outcome, marketing: MarketingSetup) -> list[Edit]:
    """Tell what the people of a company take over from its change.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no : str
        The company's number.
    outcome : Outcome
        The company before and after.
    marketing : MarketingSetup
        With the switches.

    Returns
    -------
    list of Edit
        One for each person that changes.
    """
    if outcome.values["type"] != "company" or not any(outcome.is_changed(name) for name in _COMPARED):
        return []
    edits = []
    for contact_id, person in record.people(con, contact_no, ("contact_no", *_COMPARED)).items():
        taken = inheritance.company_changed(person, outcome.before, outcome.values, switches(marketing))
        if taken:
            why = dict.fromkeys(taken, Why.COMPANY_CHANGED)
            edits.append(Edit(contact_id, str(person["contact_no"]), person, taken, why))
    return edits


def _read_company(con: Connection, number: str) -> dict[str, object]:
    contact_id = record.id_of_company(con, number)
    if contact_id is None:
        id_of(con, number)
        raise RuleError(f"{number} is a person, and people have companies.", "Give the number of a company.")
    return _fields(con, contact_id)


def _fields(con: Connection, contact_id: int | None) -> dict[str, object]:
    if contact_id is None:
        return {}
    names = (*_COMPARED, "correspondence_type")
    row = first_row(con, f"SELECT {', '.join(names)} FROM contact WHERE contact_id = ?", [contact_id])  # noqa: S608
    return dict(zip(names, row or (), strict=True))
