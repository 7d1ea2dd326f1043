"""Contacts written from records, all at once."""

# Names of tables and columns come from the schema; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines import inheritance
from pipelines.contact_names import JOINED_LENGTH
from pipelines.linked_tables import LINKED
from pipelines.linking import shared_fields
from workbench import clock
from workbench.contact_rows import tombstones
from workbench.contacts import following
from workbench.setup import marketing_setup
from workbench.store import Connection

_NEW, _PEOPLE = "new_contact", "new_person"
EMPLOYEE_NAME = (
    f"left(concat_ws(' ', nullif(r.first_name, ''), nullif(r.middle_name, ''), nullif(r.surname, '')), {JOINED_LENGTH})"
)
"""SQL for the name of an employee `r`."""


def insert(con: Connection, kind: str, code: str, planned: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Write contacts for records, their people, and the relations that link them.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    kind : str
        A key of `LINKED`.
    code : str
        The business relation.
    planned : pandas.DataFrame
        Columns record_no, contact_no, person_no, person_name, first_name, middle_name, surname; one row for each
        record.

    Returns
    -------
    numpy.ndarray of int64
        Ids of the contacts that are linked, without the people beside them.
    """
    first = tombstones.next_id(con)
    new = planned.assign(contact_id=np.arange(first, first + len(planned)))
    people = new[new["person_no"].notna()]
    people = people.assign(contact_id=np.arange(first + len(new), first + len(new) + len(people)))
    con.register(_NEW, new)
    con.register(_PEOPLE, people)
    _insert_linked(con, kind)
    _insert_people(con, kind)
    _insert_relations(con, kind, code)
    con.unregister(_NEW)
    con.unregister(_PEOPLE)
    return new["contact_id"].to_numpy(dtype=np.int64)


def _insert_linked(con: Connection, kind: str) -> None:
    fields = {field: f"r.{name}" for field, name in shared_fields(kind).items()}
    name = EMPLOYEE_NAME if kind == "employee" else "r.name"
    fields |= {
        "name": name,
        "search_name": f"coalesce(nullif(r.search_name, ''), upper({name}))",
        "type": "'person'" if kind == "employee" else "'company'",
        "company_no": "NULL" if kind == "employee" else "n.contact_no",
    }
    _write(con, kind, fields, f"{_NEW} n JOIN {kind} r ON r.{kind}_no = n.record_no")


def _insert_people(con: Connection, kind: str) -> None:
    """People take over from their company what a person without anything takes over."""
    shared = {field: field for field in shared_fields(kind)}
    setup = following.switches(marketing_setup.read(con))
    taken = inheritance.given_company({}, shared, {}, setup)
    fields = {field: f"c.{field}" for field, source in taken.items() if source is not None}
    fields |= {
        "name": "n.person_name",
        "search_name": "upper(n.person_name)",
        "first_name": "nullif(n.first_name, '')",
        "middle_name": "nullif(n.middle_name, '')",
        "surname": "nullif(n.surname, '')",
        "type": "'person'",
        "company_no": "c.contact_no",
        "contact_no": "n.person_no",
    }
    _write(con, kind, fields, f"{_PEOPLE} n JOIN contact c ON c.contact_no = n.contact_no")
    if "primary_contact_no" in LINKED[kind].by_name:
        con.execute(
            f"UPDATE {kind} SET primary_contact_no = n.person_no FROM {_PEOPLE} n "
            f"WHERE {kind}.{kind}_no = n.record_no AND coalesce({kind}.primary_contact_no, '') = ''"
        )


def _write(con: Connection, kind: str, fields: Mapping[str, str], source: str) -> None:
    """Insert contacts; each has one relation, its own or its company's, so what it is for us is the kind."""
    columns = {"contact_id": "n.contact_id", "contact_no": "n.contact_no", **fields}
    columns |= {"contact_business_relation": f"'{kind}'", "last_modified_at": "?"}
    con.execute(
        f"INSERT INTO contact ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {source} "
        "ORDER BY n.contact_id",
        [clock.now().replace(tzinfo=None)],
    )


def _insert_relations(con: Connection, kind: str, code: str) -> None:
    con.execute(
        "INSERT INTO business_relation (entry_no, contact_id, business_relation_code, link_to_table, linked_no) "
        "SELECT (SELECT coalesce(max(entry_no), 0) FROM business_relation) + row_number() OVER (ORDER BY contact_id), "
        f"contact_id, ?, ?, record_no FROM {_NEW}",
        [code, kind],
    )
