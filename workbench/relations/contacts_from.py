"""Contacts made of customers, vendors, bank accounts and employees, one or a million."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from pipelines.contact_names import split
from workbench.errors import RuleError
from workbench.relations import inserting, kinds, new_duplicates, records, rows
from workbench.relations.receipts import CreationReceipt
from workbench.setup import numbering
from workbench.setup.work import Work
from workbench.store import Connection, tables

_FREE, _WANTED = "offered_number", "wanted_record"


class CreatingContacts(Work):
    """Contacts made of records."""

    def create_from(
        self, kind: str, record_nos: Sequence[str] | None = None, *, as_of: dt.date, dry_run: bool = False
    ) -> CreationReceipt:
        """Create contacts from customers, vendors, bank accounts or employees, and link them.

        Parameters
        ----------
        kind : str
            The kind of the records.
        record_nos : sequence of str, optional
            Their numbers; all that no contact is linked to where absent.
        as_of : datetime.date
            The day, which chooses the line of the number series.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        CreationReceipt
            The contacts, and how many of them may be duplicates.

        Raises
        ------
        ConfigError
            When there is no such kind.
        NotFoundError
            When there is no record of a number given.
        RuleError
            When marketing setup names no relation for the kind, a record given is linked already, or the number series
            has not enough numbers.

        Notes
        -----
        Business Central, reports 5195, 5194 and 5193. A customer, vendor or bank account becomes a company, without the
        defaults of marketing setup; where it has the name of a person to ask for, that person is created as well, and
        takes over from the company what people do. An employee becomes a person. Companies are compared with all others
        for duplicates. A million take some minutes.
        """
        kind = kinds.checked(kind)
        with self._unit(dry_run) as con:
            code = kinds.relation_code(con, kind)
            for record_no in record_nos or ():
                _check_unlinked(con, kind, record_no)
            planned, skipped = _planned(con, kind, record_nos)
            duplicate_count = 0
            if not dry_run:
                planned = _numbered(con, planned, as_of)
                ids = inserting.insert(con, kind, code, planned)
                duplicate_count = 0 if kind == "employee" else new_duplicates.keep_up(con, ids)
        listed = planned[["record_no", "contact_no", "name", "person_no", "person_name"]]
        return CreationReceipt(kind, as_of, listed, skipped, duplicate_count, not dry_run)


def _check_unlinked(con: Connection, kind: str, record_no: str) -> None:
    records.read(con, kind, record_no)
    holder = rows.holder(con, kind, record_no)
    if holder is not None:
        raise RuleError(
            f"The {kinds.spoken(kind)} {record_no} already has a contact: {holder[1]}.", "There is nothing to create."
        )


def _planned(con: Connection, kind: str, record_nos: Sequence[str] | None) -> tuple[pd.DataFrame, int]:
    """List the records that contacts will be made of, and count those that have one."""
    name, to_ask = ("r.name", "r.contact_name") if kind != "employee" else (inserting.EMPLOYEE_NAME, "NULL::VARCHAR")
    wanted = pd.DataFrame({"record_no": pd.Series(record_nos or (), dtype="str")})
    con.register(_WANTED, wanted)
    chosen = f"SEMI JOIN {_WANTED} w ON w.record_no = r.{kind}_no" if record_nos is not None else ""
    found = tables.frame(
        con,
        f"SELECT r.{kind}_no AS record_no, {name} AS name, nullif(trim({to_ask}), '') AS person_name, "  # noqa: S608
        f"EXISTS (FROM business_relation b WHERE b.link_to_table = ? AND b.linked_no = r.{kind}_no) AS is_linked "
        f"FROM {kind} r {chosen} ORDER BY record_no",
        [kind],
    )
    con.unregister(_WANTED)
    free = found[~found["is_linked"].astype(bool)].drop(columns="is_linked").reset_index(drop=True)
    unknown = pd.Series(None, index=free.index, dtype="str")
    return free.astype("str").assign(contact_no=unknown, person_no=unknown), len(found) - len(free)


def _numbered(con: Connection, planned: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """Give each contact its number, a person the one after its company's, and take the name of people apart."""
    has_person = planned["person_name"].notna()
    numbers = pd.Series(_numbers(con, len(planned) + int(has_person.sum()), on), dtype="str")
    places = (1 + has_person.astype(int)).cumsum() - has_person.astype(int) - 1
    contact_nos = numbers.reindex(places).set_axis(planned.index)
    person_nos = numbers.reindex(places + 1).set_axis(planned.index).where(has_person)
    parts = pd.DataFrame(
        [split(name) if isinstance(name, str) else (None, None, None) for name in planned["person_name"]],
        columns=["first_name", "middle_name", "surname"],
        index=planned.index,
        dtype="str",
    )
    return planned.assign(contact_no=contact_nos, person_no=person_nos).join(parts)


def _numbers(con: Connection, count: int, on: dt.date) -> list[str]:
    """Take numbers that no contact has."""
    numbers: list[str] = []
    while len(numbers) < count:
        more = numbering.take(con, "contact_nos", count - len(numbers), on)
        con.register(_FREE, pd.DataFrame({"no": pd.Series(more, dtype="str"), "place": range(len(more))}))
        query = f"SELECT no FROM {_FREE} ANTI JOIN contact c ON c.contact_no = no ORDER BY place"  # noqa: S608
        numbers += [no for (no,) in con.execute(query).fetchall()]
        con.unregister(_FREE)
    return numbers
