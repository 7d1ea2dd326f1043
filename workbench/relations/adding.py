"""Business relations of contacts: adding, removing and listing them."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

import pandas as pd

from workbench.contact_rows.finding import id_of
from workbench.contacts import RowReceipt
from workbench.errors import NotFoundError, RuleError, nearest
from workbench.relations import kinds, rows
from workbench.relations.rows import Relation
from workbench.setup.work import Work
from workbench.store import Connection, tables

TABLE = "business_relation"
_LISTED = """
    SELECT w.contact_no, r.business_relation_code, t.description, r.link_to_table, nullif(r.linked_no, '') AS linked_no,
        w.contact_id <> c.contact_id AS is_of_company
    FROM contact c
    LEFT JOIN contact k ON k.contact_no = c.company_no AND k.contact_id <> c.contact_id
    JOIN contact w ON w.contact_id = c.contact_id OR w.contact_id = k.contact_id
    JOIN business_relation r ON r.contact_id = w.contact_id
    LEFT JOIN business_relation_type t ON t.code = r.business_relation_code
    WHERE c.contact_id = ? ORDER BY is_of_company, r.business_relation_code
"""


@dataclass(frozen=True)
class RelationList:
    """The business relations of a contact.

    Attributes
    ----------
    contact_no : str
        The contact.
    kind : str
        What it is for us: ``"customer"``, ``"none"``, ``"other"``, ``"multiple"`` and so on.
    relations : pandas.DataFrame
        Columns contact_no, business_relation_code, description, link_to_table, linked_no, is_of_company; relations of
        a person's company count for the person, and come last.
    """

    contact_no: str
    kind: str
    relations: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the relations.

        Returns
        -------
        pandas.DataFrame
            `relations`.
        """
        return self.relations

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.contact_no)}: {self.kind}</b>{self.relations.to_html(index=False)}"


class Adding(Work):
    """Business relations of contacts."""

    def add(self, contact_no: str, code: str, *, dry_run: bool = False) -> RowReceipt:
        """Give a contact a business relation without a linked record.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        code : str
            The business relation, such as ``"PRESS"``.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The new row.

        Raises
        ------
        NotFoundError
            When there is no such contact or business relation; suggests the nearest.
        RuleError
            When the relation stands for customers, vendors, bank accounts or employees, or the contact has it.
        """
        with self._unit(dry_run) as con:
            contact_id = id_of(con, contact_no)
            _check_code(con, code)
            if code in rows.of_contact(con, contact_id):
                raise RuleError(f"{contact_no} already has the relation {code}.", "There is nothing to add.")
            if not dry_run:
                rows.insert(con, contact_id, Relation(code))
        return RowReceipt(contact_no, TABLE, None, Relation(code).row, not dry_run)

    def remove(self, contact_no: str, code: str, *, dry_run: bool = False) -> RowReceipt:
        """Take a business relation without a linked record from a contact.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        code : str
            The business relation.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The row that is gone.

        Raises
        ------
        NotFoundError
            When there is no such contact, or it has no such relation.
        RuleError
            When the relation has a linked record.
        """
        with self._unit(dry_run) as con:
            contact_id = id_of(con, contact_no)
            relation = _found(con, contact_id, contact_no, code)
            if not dry_run:
                rows.delete(con, contact_id, code)
        return RowReceipt(contact_no, TABLE, relation.row, None, not dry_run)

    def list(self, contact_no: str) -> RelationList:
        """List the business relations of a contact and its company.

        Parameters
        ----------
        contact_no : str
            The contact's number.

        Returns
        -------
        RelationList
            With what the contact is for us because of them.

        Raises
        ------
        NotFoundError
            When there is no such contact.
        """
        with self._database.reading() as con:
            contact_id = id_of(con, contact_no)
            listed = tables.frame(con, _LISTED, [contact_id])
            query = "SELECT coalesce(contact_business_relation, 'none') FROM contact WHERE contact_id = ?"
            ((kind,),) = con.execute(query, [contact_id]).fetchall()
        return RelationList(contact_no, str(kind), listed.astype({"is_of_company": bool}))


def _check_code(con: Connection, code: str) -> None:
    known = [one for (one,) in con.execute("SELECT code FROM business_relation_type ORDER BY 1").fetchall()]
    if code not in known:
        hint = nearest(code, known) or f"Add it first: workbench setup code business_relation_type {code}."
        raise NotFoundError(f'There is no business relation "{code}".', hint)
    kind = next((kind for kind, own in kinds.relation_codes(con).items() if own == code), None)
    if kind is not None:
        raise RuleError(
            f"The relation {code} is for contacts with {kinds.a(kind)}, and is not given by hand.",
            f"Link the contact, or create its {kinds.spoken(kind)}: workbench contact link, contact create-as.",
        )


def _found(con: Connection, contact_id: int, contact_no: str, code: str) -> Relation:
    known = rows.of_contact(con, contact_id)
    if code not in known:
        raise NotFoundError(f'{contact_no} has no relation "{code}".', nearest(code, known))
    relation = known[code]
    if relation.is_linked:
        kind = str(relation.kind)
        raise RuleError(
            f"The relation {code} of {contact_no} is the {kinds.spoken(kind)} {relation.record_no}.",
            f"Unlink it: workbench contact unlink {contact_no} {kind.replace('_', '-')}.",
        )
    return relation
