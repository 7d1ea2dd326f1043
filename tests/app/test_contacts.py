"""The page Contacts on real small stores."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import Open, words


def found(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["contact_no"])


def test_an_empty_store_says_where_contacts_come_from(empty_store: Path, open_page: Open) -> None:
    app = open_page(empty_store, "contacts")
    assert not app.exception
    assert "There are no contacts yet; load some on the page Data." in words(app)


def test_all_contacts_are_listed_by_name(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts")
    assert found(app) == ["CO1", "CT1", "CT2"]
    assert "3 contacts" in words(app)
    assert "Select a contact to see its card." in words(app)


def test_searching_narrows_and_says_of_how_many(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts")
    app.text_input[0].set_value("GARC").run()
    assert found(app) == ["CT2"]
    assert "1 found, of 3 contacts" in words(app)


def test_searching_for_nobody_shows_no_table(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts")
    app.text_input[0].set_value("zzz").run()
    assert "0 found, of 3 contacts" in words(app)
    assert not app.dataframe


def test_many_contacts_come_in_pages(empty_store: Path, open_page: Open) -> None:
    numbers = [f"CT{number:03d}" for number in range(60)]
    wb.open(empty_store).sources.load("contact", pd.DataFrame({"contact_no": numbers, "name": numbers}))
    app = open_page(empty_store, "contacts")
    assert found(app) == numbers[:25]
    app.pagination[0].set_value(3).run()
    assert found(app) == numbers[50:]
    app.text_input[0].set_value("CT001").run()
    assert found(app) == ["CT001"]


def test_an_address_opens_a_card(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", contact="CT1")
    said = words(app)
    assert app.subheader[0].value == r"Ada \*Novák\*"
    assert "Sales value $1,234.56 2 entries" in said
    assert "Interactions 2 1 response" in said
    assert "Last sale Feb 14, 2017 as of Jan 1, 2018" in said


def test_the_card_shows_custom_fields(shop: Path, open_page: Open) -> None:
    fields = open_page(shop, "contacts", contact="CT1").dataframe[2].value
    assert ("Age band", "35-44") in fields.itertuples(index=False, name=None)


def test_the_timeline_says_when_in_local_time(shop: Path, open_page: Open) -> None:
    rows = open_page(shop, "contacts", contact="CT1").dataframe[1].value
    assert list(rows["kind_label"]) == [
        "Interactions",
        "Interactions",
        "Campaign targets",
        "Sales entries",
        "Sales entries",
    ]
    assert rows["at"].iloc[-1] == pd.Timestamp("2017-01-31 21:00")
    assert rows["at"].iloc[2] == pd.Timestamp("2017-03-01")


def test_the_card_is_that_of_the_day(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", contact="CT1")
    app.sidebar.date_input[0].set_value(dt.date(2017, 2, 1)).run()
    assert "Sales value $1,000.10 1 entry" in words(app)
    assert "1 row up to Feb 1, 2017." in words(app)


def test_an_address_of_nobody_says_who_was_meant(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", contact="CT11")
    assert not app.exception
    assert app.error[0].value == 'There is no contact "CT11".\n\nDid you mean "CT1"?'
    assert found(app) == ["CO1", "CT1", "CT2"]


def test_the_card_is_read_in_spanish(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", "es", contact="CT1")
    assert "Última venta 14 feb 2017 a fecha de 1 ene 2018" in words(app)
    assert ("Ciudad", "Prague") in app.dataframe[2].value.itertuples(index=False, name=None)
