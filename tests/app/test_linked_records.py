"""Customers and contacts together, on the page Data."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from tests.app.conftest import DAY, Open, words


@pytest.fixture
def customers(empty_store: Path) -> Path:
    """Two customers, one of whom names a person to ask for, and no contact."""
    bench = wb.open(empty_store)
    bench.codes.save("business_relation_type", "CUST", description="Customer")
    bench.setup.set_marketing("customer_relation_code", "CUST")
    rows = {"customer_no": ["C1", "C2"], "name": ["Acme", "Quinn"], "contact_name": ["Ada Novák", None]}
    bench.sources.load("customer", pd.DataFrame(rows))
    return empty_store


def test_contacts_are_made_of_customers_after_a_look(customers: Path, open_page: Open) -> None:
    app = open_page(customers, "data")
    assert "2 of 2 have no contact yet." in words(app)
    app.button(key="linked_create_preview").click().run()
    assert "2 contacts, 1 person to ask for" in words(app)
    assert wb.open(customers).contacts.search().total == 0
    app.button(key="linked_create").click().run()
    assert wb.open(customers).contacts.search().total == 3


def test_contacts_take_over_what_their_customers_say(customers: Path, open_page: Open) -> None:
    bench = wb.open(customers)
    bench.relations.create_from("customer", as_of=DAY)
    with bench.database.writing() as con:
        con.execute("UPDATE customer SET city = 'Brno' WHERE customer_no = 'C2'")
    app = open_page(customers, "data")
    app.button(key="linked_synchronize").click().run()
    assert "1 of 2 differs" in words(app)
    assert bench.contacts.search("Quinn").contacts["city"].tolist() == ["Brno"]


def test_a_kind_that_the_setup_does_not_know_is_refused(customers: Path, open_page: Open) -> None:
    app = open_page(customers, "data")
    app.segmented_control(key="linked_records_kind").set_value("vendor").run()
    app.button(key="linked_create").click().run()
    assert "vendor" in app.error[0].value
