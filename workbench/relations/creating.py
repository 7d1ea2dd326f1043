"""Customers, vendors, bank accounts and employees made of contacts."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, NamedTuple

from pipelines.linked_tables import LINKED
from pipelines.linking import to_record
from pipelines.schema import CONTACT
from workbench.contact_rows import privacy
from workbench.contact_rows.finding import id_of
from workbench.contacts import record
from workbench.errors import ConfigError, ConflictError
from workbench.relations import kinds, linking, records, rows
from workbench.relations.receipts import LinkReceipt, differing
from workbench.relations.rows import Relation
from workbench.setup import fields
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row

_NUMBER = re.compile(r"[^\x00-\x1f/\\]{1,20}")
_COMPANY = """
    SELECT k.contact_id, k.contact_no FROM contact c
    JOIN contact k ON k.contact_no = c.company_no AND k.type = 'company' AND k.contact_id <> c.contact_id
    WHERE c.contact_id = ? AND c.type = 'person'
"""


class Party(NamedTuple):
    """A contact.

    Attributes
    ----------
    contact_id : int
        Its id.
    contact_no : str
        Its number.
    """

    contact_id: int
    contact_no: str


class Plan(NamedTuple):
    """A record that is about to be written.

    Attributes
    ----------
    kind : str
        What it is.
    record_no : str
        Its number.
    owner : Party
        Whose it is: the contact, or its company.
    relation : Relation
        What links them.
    values : dict of str to object
        Its fields.
    """

    kind: str
    record_no: str
    owner: Party
    relation: Relation
    values: dict[str, Any]


class Creating(Work):
    """Records made of contacts."""

    def create_as(
        self,
        contact_no: str,
        kind: str,
        *,
        as_of: dt.date,
        record_no: str | None = None,
        dry_run: bool = False,
    ) -> LinkReceipt:
        """Create a customer, vendor, bank account or employee of a contact, and link them.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        kind : str
            ``"customer"``, ``"vendor"``, ``"bank_account"`` or ``"employee"``.
        as_of : datetime.date
            The day of the work.
        record_no : str, optional
            The number of the new record; that of the contact where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        LinkReceipt
            The fields of the new record. For a person of a company the record is the company's, with the person to
            ask for; an employee is always the person.

        Raises
        ------
        NotFoundError
            When there is no such contact.
        ConfigError
            When there is no such kind, or the number is none.
        ConflictError
            When the number is taken.
        RuleError
            When marketing setup names no relation for the kind, the contact or its company has a record of the kind
            already, one of them is privacy blocked, or an employee is to be a company.
        """
        with self._unit(dry_run) as con:
            made = plan(con, contact_no, kind, record_no)
            if not dry_run:
                write(con, made)
        changes = differing({}, made.values)
        return LinkReceipt(
            made.kind, made.record_no, made.owner.contact_no, "created", as_of, changes, is_written=not dry_run
        )


def plan(con: Connection, contact_no: str, kind: str, record_no: str | None = None) -> Plan:
    """Work out the record that a contact gets.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no : str
        The contact's number.
    kind : str
        ``"customer"``, ``"vendor"``, ``"bank_account"`` or ``"employee"``.
    record_no : str, optional
        The number of the new record; that of the contact where absent.

    Returns
    -------
    Plan
        What is to be written.

    Raises
    ------
    NotFoundError
        When there is no such contact.
    ConfigError
        When there is no such kind, or the number is none.
    ConflictError
        When the number is taken.
    RuleError
        When a rule refuses it.
    """
    kind = kinds.checked(kind)
    asked = Party(id_of(con, contact_no), contact_no)
    code = kinds.relation_code(con, kind)
    owner = _owner(con, asked, kind)
    number = _number(con, kind, record_no, owner)
    relation = Relation(code, kind, number)
    rows.check_is_free(con, owner.contact_id, owner.contact_no, relation)
    return Plan(kind, number, owner, relation, _values(con, kind, number, owner, asked))


def write(con: Connection, made: Plan) -> None:
    """Write a record with its relation.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    made : Plan
        As from `plan`.
    """
    records.insert(con, made.kind, made.values)
    rows.insert(con, made.owner.contact_id, made.relation)


def _owner(con: Connection, asked: Party, kind: str) -> Party:
    """Tell whose the record will be, and check whoever is concerned."""
    company = first_row(con, _COMPANY, [asked.contact_id]) if kind != "employee" else None
    owner = asked if company is None else Party(*company)
    for party in dict.fromkeys((asked, owner)):
        privacy.require_not_blocked(con, party.contact_id, f"creating {kinds.a(kind)}")
        rows.check_is_none_yet(con, party.contact_id, party.contact_no, kind)
    linking.check_contact(con, owner.contact_id, owner.contact_no, kind)
    return owner


def _number(con: Connection, kind: str, given: str | None, owner: Party) -> str:
    number = (given or "").strip() or owner.contact_no
    if not _NUMBER.fullmatch(number):
        raise ConfigError(f'"{number}" is no number for {kinds.a(kind)}.', "Write at most 20 signs, without slashes.")
    if records.exists(con, kind, number):
        raise ConflictError(
            f"The number {number} is taken by {kinds.a(kind)}.", "Give another one with --no, or link that record."
        )
    return number


def _values(con: Connection, kind: str, number: str, owner: Party, asked: Party) -> dict[str, Any]:
    table = fields.fields(con, CONTACT)
    values = {f"{kind}_no": number, **to_record(kind, record.read(con, table, owner.contact_id))}
    person = record.read(con, table, asked.contact_id)
    if person["type"] == "person" and kind != "employee":
        to_ask = {"contact_name": person["name"], "primary_contact_no": asked.contact_no}
        values |= {name: value for name, value in to_ask.items() if name in LINKED[kind].by_name}
    return values
