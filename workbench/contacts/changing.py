"""Changing contacts, with everything that follows for them, for the people of a company, and for rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines import contact_changes
from pipelines.contact_changes import Outcome, Standing, Values, Why, said
from workbench.contact_rows.finding import id_of
from workbench.contacts import checks, following, given, record, refusals, writing
from workbench.contacts.following import Edit, Move
from workbench.contacts.receipts import ContactReceipt
from workbench.setup import MarketingSetup, Setup
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row

_STANDING = """
    SELECT
        (SELECT count(*) FROM interaction WHERE contact_id = $1),
        (SELECT count(*) FROM task WHERE contact_id = $1),
        (SELECT count(*) FROM opportunity WHERE contact_id = $1),
        (SELECT count(*) FROM contact WHERE company_no = $2 AND contact_id <> $1),
        (SELECT count(*) FROM business_relation WHERE contact_id = $1)
"""


@dataclass(frozen=True)
class Change:
    """A change of a contact, worked out and not written.

    Attributes
    ----------
    edits : sequence of Edit
        New values: the contact's own first, then those of the people of a company.
    type_ : object
        The contact's type afterwards.
    move : Move or None
        Rows that stay behind with a company.
    notes : tuple of str
        Things to know that are no errors.
    """

    edits: Sequence[Edit]
    type_: object
    move: Move | None
    notes: tuple[str, ...]


class Changing(Work):
    """Changing contacts."""

    def change(
        self, contact_no: str, values: Mapping[str, object], *, as_of: dt.date, dry_run: bool = False
    ) -> ContactReceipt:
        """Change fields of a contact, and what follows from them.

        Parameters
        ----------
        contact_no : str
            Its number.
        values : mapping of str to object
            New values by field, custom fields included; text is read, None and blank text clear a field, lists may be
            written with commas. A value that a field has already changes nothing.
        as_of : datetime.date
            The day of the work.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ContactReceipt
            Every field of every contact that is another now, and why.

        Raises
        ------
        NotFoundError
            When no contact, or no company, has the number.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When a rule refuses the change, such as another type for a contact with interactions.

        Notes
        -----
        Business Central, table 5050. The name of a person and its parts follow each other, and the search name follows
        the name. A person that is given another company takes over codes, and address and telephones where it had none
        or the old company's; its interactions, tasks and opportunities stay with the old company. What changes at a
        company goes on to those of its people who still had the company's value. Records that the contacts are linked
        to are kept in step.
        """
        with self._unit(dry_run) as con:
            contact_id = id_of(con, contact_no)
            change = planned(con, self._setup, contact_id, contact_no, values)
            notes = change.notes if dry_run else (*change.notes, *write(con, change))
        listed = tuple(one for edit in change.edits for one in edit.listed)
        moved, moved_to = (change.move.counts, change.move.to_no) if change.move else ({}, None)
        return ContactReceipt(contact_no, as_of, listed, moved, moved_to, notes, not dry_run)


def planned(con: Connection, setup: Setup, contact_id: int, contact_no: str, values: Mapping[str, object]) -> Change:
    """Work a change of a contact out.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup : Setup
        Fields and switches of the store.
    contact_id : int
        The contact.
    contact_no : str
        Its number.
    values : mapping of str to object
        New values by field.

    Returns
    -------
    Change
        What would be written.

    Raises
    ------
    WorkbenchError
        As `Changing.change` says.
    """
    table, marketing = setup.table("contact"), setup.marketing()
    before = record.read(con, table, contact_id)
    new = given.typed(table, values, setup.settings().time_zone)
    outcome = contact_changes.changed(before, _differing(before, new), contact_no, salutations(marketing))
    _check(con, contact_id, contact_no, outcome)
    notes = checks.check(con, table, outcome)
    move = None
    if following.is_given_company(outcome):
        following.check_on_no_worksheet(con, contact_id, contact_no)
        following.inherit(con, outcome, marketing)
        move = following.left_behind(con, contact_id, outcome)
    own = Edit(contact_id, contact_no, before, outcome.changes, outcome.why)
    edits = [own] if own.changes else []
    edits += following.people_follow(con, contact_no, outcome, marketing)
    return Change(edits, outcome.values["type"], move, notes)


def salutations(marketing: MarketingSetup) -> dict[str, str]:
    """Read the default salutation of each type.

    Parameters
    ----------
    marketing : MarketingSetup
        The setup.

    Returns
    -------
    dict of str to str
        Codes by type, empty where none is set.
    """
    return {
        "company": marketing.default_company_salutation_code,
        "person": marketing.default_person_salutation_code,
    }


def _differing(before: Values, new: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in new.items() if said(before, name) != said(new, name)}


def _check(con: Connection, contact_id: int, contact_no: str, outcome: Outcome) -> None:
    refusals.check_fields(outcome)
    following.check_own_company(outcome, contact_no)
    standing = Standing()
    if outcome.is_changed("type"):
        standing = Standing(*(first_row(con, _STANDING, [contact_id, contact_no]) or ()))
    reason = contact_changes.refusal(outcome, standing)
    if reason is not None:
        raise refusals.of_change(contact_no, reason)


def write(con: Connection, change: Change) -> tuple[str, ...]:
    """Write a change.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    change : Change
        What was worked out in it.

    Returns
    -------
    tuple of str
        Notes that only writing brings.
    """
    writing.write_edits(con, change.edits)
    own = next((edit for edit in change.edits if Why.COMPANY_CHANGED not in edit.why.values()), None)
    if own is None:
        return ()
    if change.move is not None:
        writing.write_move(con, own.contact_id, change.move)
    writing.keep_relations_up(con, own.contact_id, own.changes)
    return writing.keep_duplicates_up(con, own.contact_id, change.type_, own.changes)
