"""The office of `contact_world` with business relations set up, and a customer, vendors and an employee beside it."""

from __future__ import annotations

import pytest

import workbench as wb
from tests.use_cases.contact_world import run, setting

CODES = {"customer": "CUST", "vendor": "VEND", "bank_account": "BANK", "employee": "EMPL"}


@pytest.fixture
def linked(bench: wb.Workbench) -> wb.Workbench:
    """The office, with relations named in marketing setup."""
    for kind, code in CODES.items():
        setting(bench, f"{kind}_relation_code", code)
    run(bench, "INSERT INTO business_relation_type VALUES ('CUST', NULL), ('VEND', NULL), ('PRESS', 'The press'), "
               "('LAW', NULL)")  # fmt: skip
    run(
        bench,
        """
        INSERT INTO customer (customer_no, name, contact_name, city, phone_no, salesperson_code, address) VALUES
            ('10000', 'Adatum Corporation', NULL, 'Praha', '999', 'PS', NULL),
            ('20000', 'Fabrikam', 'Eva Maria Holm', 'Plzen', '777', 'JO', 'Hill 7')
    """,
    )
    run(bench, "INSERT INTO vendor (vendor_no, name) VALUES ('V1', 'Paper Mill')")
    run(
        bench,
        """
        INSERT INTO employee (employee_no, first_name, surname, job_title, company_email, email)
        VALUES ('E1', 'Ida', 'Berg', 'Buyer', 'ida@we.example', 'ida@home.example')
    """,
    )
    return bench


def relations_of(bench: wb.Workbench, contact_no: str) -> list[tuple[str, str | None, str | None]]:
    """The relation rows of a contact itself: code, kind, record."""
    query = """
        SELECT business_relation_code, link_to_table, linked_no
        FROM business_relation JOIN contact c USING (contact_id)
        WHERE c.contact_no = ? ORDER BY 1
    """
    return [tuple(row) for row in run(bench, query, contact_no)]  # type: ignore[misc]


def is_for_us(bench: wb.Workbench, *contact_nos: str) -> list[str]:
    """What contacts are for us, as recorded on them."""
    return [
        run(bench, "SELECT contact_business_relation FROM contact WHERE contact_no = ?", no)[0][0] for no in contact_nos
    ]
