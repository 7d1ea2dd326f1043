"""Looking records up, and changing them together with their contacts."""

# Names of tables and columns come from the schema, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipelines import contact_names
from pipelines.linked_tables import LINKED
from workbench.contacts import changing, checks, given
from workbench.contacts.changing import Change
from workbench.errors import ConfigError
from workbench.relations import kinds, records, rows, transferring
from workbench.relations.linking import listed
from workbench.relations.receipts import LinkReceipt, differing
from workbench.relations.results import LinkedRecord, RecordList
from workbench.setup.codes import check_code
from workbench.setup.work import Work
from workbench.store import Connection

_NAMES = {"employee": "concat_ws(' ', r.first_name, r.middle_name, r.surname)"}
_EMAILS = {"employee": "coalesce(r.company_email, r.email)"}


class Looking(Work):
    """Records of all kinds."""

    def record(self, kind: str, record_no: str) -> LinkedRecord:
        """Show one customer, vendor, bank account or employee.

        Parameters
        ----------
        kind : str
            Its kind.
        record_no : str
            Its number.

        Returns
        -------
        LinkedRecord
            Its fields and the contact it is linked to.

        Raises
        ------
        ConfigError
            When there is no such kind.
        NotFoundError
            When there is no such record.
        """
        kind = kinds.checked(kind)
        with self._database.reading() as con:
            values, holder = records.read(con, kind, record_no), rows.holder(con, kind, record_no)
        return LinkedRecord(kind, record_no, values, None if holder is None else holder[1])

    def records(
        self, kind: str, text: str = "", *, only_unlinked: bool = False, limit: int = 50, skip: int = 0
    ) -> RecordList:
        """List customers, vendors, bank accounts or employees.

        Parameters
        ----------
        kind : str
            Their kind.
        text : str, optional
            A part of number, name, city, telephone or e-mail address, in upper or lower case.
        only_unlinked : bool, optional
            Only those that no contact is linked to.
        limit, skip : int, optional
            How many to give, and how many to pass over.

        Returns
        -------
        RecordList
            With how many there are.

        Raises
        ------
        ConfigError
            When there is no such kind.
        """
        kind = kinds.checked(kind)
        found = f"({_listed(kind)}) WHERE contains(lower(searched), lower($text))"
        if only_unlinked:
            found += " AND contact_no IS NULL"
        with self._database.reading() as con:
            count = "count(*), count(*) FILTER (contact_no IS NULL)"
            ((total, unlinked),) = con.execute(
                f"SELECT {count} FROM {found}", {"kind": kind, "text": text.strip()}
            ).fetchall()
            page = con.execute(
                f"SELECT * EXCLUDE searched FROM {found} ORDER BY record_no LIMIT $limit OFFSET $skip",
                {"kind": kind, "text": text.strip(), "limit": limit, "skip": skip},
            ).df()
        return RecordList(kind, int(total), int(unlinked), page)

    def change_record(
        self, kind: str, record_no: str, values: Mapping[str, object], *, as_of: dt.date, dry_run: bool = False
    ) -> LinkReceipt:
        """Change a customer, vendor, bank account or employee, and the contact it is linked to.

        Parameters
        ----------
        kind : str
            Its kind.
        record_no : str
            Its number.
        values : mapping of str to object
            New values by field; None and blank text clear a field.
        as_of : datetime.date
            The day of the work.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        LinkReceipt
            The fields of the record, the contact and its people that are other than before.

        Raises
        ------
        ConfigError
            When there is no such kind or field, or a value does not suit it.
        NotFoundError
            When there is no such record or code.
        RuleError
            When the rules for contacts refuse a value.

        Notes
        -----
        The contact takes over all fields that it shares with the record, by the rules of `Contacts.change`; other
        records of the contact follow it.
        """
        kind = kinds.checked(kind)
        with self._unit(dry_run) as con:
            before = records.read(con, kind, record_no)
            new = self._checked(con, kind, before, values)
            holder, change = rows.holder(con, kind, record_no), None
            if holder is not None:
                change = transferring.to_contact(con, self._setup, *holder, kind, {**before, **new})
            notes = () if change is None else change.notes
            if not dry_run:
                notes += _write(con, kind, record_no, new, change)
        return LinkReceipt(
            kind, record_no, None if holder is None else holder[1], "changed", as_of, differing(before, new),
            listed(change), notes, not dry_run,
        )  # fmt: skip

    def _checked(
        self, con: Connection, kind: str, before: Mapping[str, Any], values: Mapping[str, object]
    ) -> dict[str, Any]:
        """Read new values, refuse wrong ones, and let the search name follow the name."""
        new = given.typed(LINKED[kind], values, self._setup.settings().time_zone)
        if f"{kind}_no" in new:
            raise ConfigError(f"The number of {kinds.a(kind)} is no value to set.", "Create another one.")
        texts = {name: str(value) for name, value in new.items() if value is not None and value != before[name]}
        for name, value in texts.items():
            check_code(con, name, value)
        checks.check_texts(texts)
        if "search_name" not in new:
            named = (_name(kind, before), _name(kind, {**before, **new}))
            new["search_name"] = contact_names.search_name(before["search_name"] or "", *named) or None
        return new


def _write(
    con: Connection, kind: str, record_no: str, new: Mapping[str, Any], change: Change | None
) -> tuple[str, ...]:
    records.update(con, kind, record_no, new)
    return () if change is None else changing.write(con, change)


def _name(kind: str, values: Mapping[str, Any]) -> str:
    parts = (
        (values["first_name"], values["middle_name"], values["surname"]) if kind == "employee" else (values["name"],)
    )
    return " ".join(part for part in parts if part)


def _listed(kind: str) -> str:
    """The records of a kind with what is searched; of two contacts that files link to a record, the first counts."""
    name, email = _NAMES.get(kind, "r.name"), _EMAILS.get(kind, "r.email")
    return f"""
        SELECT r.{kind}_no AS record_no, {name} AS name, r.city, r.phone_no, {email} AS email, c.contact_no,
            concat_ws(chr(10), r.{kind}_no, {name}, r.search_name, r.city, r.phone_no, {email}) AS searched
        FROM {kind} r
        LEFT JOIN (
            SELECT linked_no, min(contact_id) AS contact_id FROM business_relation
            WHERE link_to_table = $kind GROUP BY linked_no
        ) b ON b.linked_no = r.{kind}_no
        LEFT JOIN contact c ON c.contact_id = b.contact_id
    """
