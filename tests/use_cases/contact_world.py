"""An office: a company with two people, another company, a person by herself, and what happened with them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import workbench as wb

DAY = dt.date(2026, 3, 31)

_CONTACTS: list[dict[str, Any]] = [
    {
        "contact_no": "C1", "type": "company", "name": "Adatum AG", "company_no": "C1", "address": "Ring 1",
        "city": "Brno", "post_code": "602 00", "country_code": "CZ", "phone_no": "111", "email": "info@adatum.example",
        "salesperson_code": "PS",
    },
    {
        "contact_no": "C2", "type": "company", "name": "Contoso", "company_no": "C2", "address": "Quay 9",
        "city": "Ostrava", "phone_no": "222", "salesperson_code": "JO", "language_code": "EN",
    },
    {
        "contact_no": "P1", "type": "person", "name": "Ann Lee", "first_name": "Ann", "surname": "Lee",
        "company_no": "C1", "address": "Ring 1", "city": "Brno", "post_code": "602 00", "country_code": "CZ",
        "phone_no": "111", "email": "ann@adatum.example", "salesperson_code": "PS",
    },
    {
        "contact_no": "P2", "type": "person", "name": "Bob Ray", "first_name": "Bob", "surname": "Ray",
        "company_no": "C1", "address": "Home 3", "city": "Brno", "phone_no": "333", "salesperson_code": "JO",
    },
    {"contact_no": "P3", "type": "person", "name": "Zoe", "first_name": "Zoe"},
]  # fmt: skip


@pytest.fixture(name="bench")
def office() -> wb.Workbench:
    """A store of the test's own, in memory."""
    bench = wb.open(":memory:")
    bench.sources.load("contact", pd.DataFrame(_CONTACTS))
    bench.sources.load("interaction", pd.DataFrame({
        "interaction_no": ["I1", "I2"], "contact_no": ["P1", "C1"], "occurred_at": ["2026-03-01", "2026-03-02"],
    }))  # fmt: skip
    bench.sources.load("sales_entry", pd.DataFrame({
        "sales_entry_no": ["S1"], "contact_no": ["P1"], "posted_at": ["2026-02-01"], "sales_amount": ["10"],
    }))  # fmt: skip
    return bench


def fields(bench: wb.Workbench, contact_no: str) -> dict[str, Any]:
    """What is recorded of a contact."""
    return dict(bench.contacts.card(contact_no, DAY).fields)


def changes(receipt: Any) -> list[tuple[str, str, Any, str]]:
    """Changes as contact, field, new value and why."""
    return [(one.contact_no, one.field, one.after, str(one.why)) for one in receipt.changes]


def run(bench: wb.Workbench, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """Run SQL on the store, where there is no use case for it yet."""
    with bench.database.writing() as con:
        return con.execute(statement, list(values)).fetchall()


def id_of(bench: wb.Workbench, contact_no: str) -> int:
    """The id of a contact."""
    return int(run(bench, "SELECT contact_id FROM contact WHERE contact_no = ?", contact_no)[0][0])


def rows_of(bench: wb.Workbench, contact_no: str | None, *names: str) -> dict[str, int]:
    """How many rows of some tables are about a contact, or about nobody."""
    contact_id = 0 if contact_no is None else id_of(bench, contact_no)
    return {name: run(bench, f"SELECT count(*) FROM {name} WHERE contact_id = ?", contact_id)[0][0] for name in names}


def setting(bench: wb.Workbench, name: str, value: object) -> None:
    """Set a field of the marketing setup."""
    run(bench, "DELETE FROM setting WHERE name = ?", name)
    run(bench, "INSERT INTO setting VALUES (?, ?)", name, str(value))


def add_task(bench: wb.Workbench, contact_no: str, *, is_closed: bool = False, is_canceled: bool = False) -> None:
    """Add a task about a contact."""
    bench.sources.load("task", pd.DataFrame({
        "task_no": [f"T{contact_no}"], "contact_no": [contact_no], "is_closed": [is_closed],
        "is_canceled": [is_canceled],
    }))  # fmt: skip


def add_opportunity(bench: wb.Workbench, contact_no: str, status: str) -> None:
    """Add an opportunity with a contact."""
    bench.sources.load("opportunity", pd.DataFrame({
        "opportunity_no": [f"O{contact_no}"], "contact_no": [contact_no], "status": [status],
    }))  # fmt: skip
