"""Linking contacts with records that there are already, and taking links away."""

from __future__ import annotations

import datetime as dt

from workbench.contact_rows import linked, privacy
from workbench.contact_rows.finding import id_of
from workbench.contacts import FieldChange, changing
from workbench.contacts.changing import Change
from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.relations import kinds, records, rows, transferring
from workbench.relations.receipts import LinkReceipt
from workbench.relations.rows import Relation
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row

CONTACT, RECORD = WINNERS = ("contact", "record")


class Linking(Work):
    """Links between contacts and records."""

    def link(
        self,
        contact_no: str,
        kind: str,
        record_no: str,
        *,
        as_of: dt.date,
        wins: str = CONTACT,
        dry_run: bool = False,
    ) -> LinkReceipt:
        """Link a contact with a customer, vendor, bank account or employee that there is already.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        kind : str
            ``"customer"``, ``"vendor"``, ``"bank_account"`` or ``"employee"``.
        record_no : str
            The record's number.
        as_of : datetime.date
            The day of the work.
        wins : str, optional
            Whose values the fields they share have afterwards: ``"contact"`` or ``"record"``.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        LinkReceipt
            The fields that are other than before.

        Raises
        ------
        NotFoundError
            When there is no such contact or record.
        ConfigError
            When there is no such kind or winner.
        RuleError
            When marketing setup names no relation for the kind, one of the two is linked already, the contact is
            privacy blocked, an employee is to be a company, or the rules for contacts refuse a value of the record.

        Notes
        -----
        Business Central, table 5054: a contact has one record of each kind, and a record one contact. From then on
        they are kept in step, whichever of them changes.
        """
        kind = kinds.checked(kind)
        if wins not in WINNERS:
            raise ConfigError(f'"{wins}" cannot win.', nearest(wins, WINNERS))
        with self._unit(dry_run) as con:
            contact_id = id_of(con, contact_no)
            relation = Relation(kinds.relation_code(con, kind), kind, record_no)
            values = records.read(con, kind, record_no)
            check_contact(con, contact_id, contact_no, kind)
            rows.check_is_free(con, contact_id, contact_no, relation)
            change = None
            if wins == RECORD:
                change = transferring.to_contact(con, self._setup, contact_id, contact_no, kind, values)
            changed = () if change else transferring.to_linked(con, self._setup, contact_id, kind, record_no)
            notes = change.notes if change else ()
            if not dry_run:
                notes += _write(con, contact_id, relation, change)
        return LinkReceipt(
            kind, record_no, contact_no, "linked", as_of, changed, listed(change), notes, is_written=not dry_run
        )

    def unlink(self, contact_no: str, kind: str, *, as_of: dt.date, dry_run: bool = False) -> LinkReceipt:
        """Take the link between a contact and its record away; both stay.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        kind : str
            The kind of the record.
        as_of : datetime.date
            The day of the work.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        LinkReceipt
            Which record was linked.

        Raises
        ------
        NotFoundError
            When there is no such contact, or it has no record of the kind.
        ConfigError
            When there is no such kind.
        """
        kind = kinds.checked(kind)
        with self._unit(dry_run) as con:
            contact_id = id_of(con, contact_no)
            found = [one for one in rows.of_contact(con, contact_id).values() if one.kind == kind and one.is_linked]
            if not found:
                raise NotFoundError(
                    f"{contact_no} is linked to no {kinds.spoken(kind)}.",
                    f"See what it is: workbench contact relation list {contact_no}.",
                )
            if not dry_run:
                rows.delete(con, contact_id, found[0].code)
        return LinkReceipt(kind, str(found[0].record_no), contact_no, "unlinked", as_of, is_written=not dry_run)


def check_contact(con: Connection, contact_id: int, contact_no: str, kind: str) -> None:
    """Refuse to link a contact at all.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    contact_no : str
        Its number.
    kind : str
        The kind of the record.

    Raises
    ------
    RuleError
        When the contact is privacy blocked, or a company that is to be an employee.
    """
    privacy.require_not_blocked(con, contact_id, f"linking it with {kinds.a(kind)}")
    row = first_row(con, "SELECT type FROM contact WHERE contact_id = ?", [contact_id])
    if kind == "employee" and row == ("company",):
        raise RuleError(f"{contact_no} is a company, and employees are people.", "Choose a person.")


def listed(change: Change | None) -> tuple[FieldChange, ...]:
    """List what changes for contacts.

    Parameters
    ----------
    change : Change or None
        A change that was worked out.

    Returns
    -------
    tuple of FieldChange
        Of the contact and of people of a company.
    """
    return () if change is None else tuple(one for edit in change.edits for one in edit.listed)


def _write(con: Connection, contact_id: int, relation: Relation, change: Change | None) -> tuple[str, ...]:
    rows.insert(con, contact_id, relation)
    if change is not None:
        return changing.write(con, change)
    linked.push_to(con, contact_id, str(relation.kind), str(relation.record_no))
    return ()
