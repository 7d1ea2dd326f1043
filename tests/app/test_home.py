"""The page Home on real small stores."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.app.conftest import Open, words


def test_an_empty_store_says_how_to_begin(empty_store: Path, open_page: Open) -> None:
    app = open_page(empty_store, "home")
    assert not app.exception
    assert not app.error
    assert "Begin by loading a file of contacts" in words(app)
    assert not app.metric


def test_every_count_says_what_it_is_of(shop: Path, open_page: Open) -> None:
    said = words(open_page(shop, "home"))
    assert "Contacts 3 2 people, 1 company" in said
    assert "Campaigns 1 2 times a contact was targeted" in said
    assert "Sales entries 2 posted sales lines" in said
    assert "Sales value $1,234.56 sum of all sales entries" in said
    assert "As of Jan 1, 2018 · what is recorded happened from Jan 31, 2017 to Mar 9, 2017" in said


def test_months_are_those_of_the_store_s_zone(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "home")
    sales = app.dataframe[0].value
    assert list(sales["month"].dt.month) == [1, 2]
    assert list(sales["sales_amount"]) == [1000.10, 234.46]


def test_response_says_how_many_of_how_many(shop: Path, open_page: Open) -> None:
    rates = open_page(shop, "home").dataframe[2].value
    assert rates[["target_count", "responder_count"]].to_numpy().tolist() == [[2, 1]]


def test_later_rows_are_left_out_and_counted(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "home")
    app.sidebar.date_input[0].set_value(dt.date(2017, 2, 10)).run()
    said = words(app)
    assert "Sales value $1,000.10" in said
    assert "6 later rows are left out" in said
    assert "The last month ends" not in said


def test_a_month_cut_short_by_the_day_is_pointed_out(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "home")
    app.sidebar.date_input[0].set_value(dt.date(2017, 2, 20)).run()
    assert "Sum of 2 sales entries. The last month ends with Feb 20, 2017." in words(app)


def test_saved_segments_are_listed(shop: Path, open_page: Open) -> None:
    assert "Everybody in Prague" in words(open_page(shop, "home"))


def test_numbers_and_days_are_written_the_spanish_way(shop: Path, open_page: Open) -> None:
    said = words(open_page(shop, "home", "es"))
    assert "Importe de ventas 1.234,56\xa0US$ suma de todos los movimientos" in said
    assert "A fecha de 1 ene 2018" in said
    assert "2 personas, 1 empresa" in said
