"""The page Contacts on real small stores."""

from __future__ import annotations

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


def test_an_address_of_nobody_says_who_was_meant(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", contact="CT11")
    assert not app.exception
    assert app.error[0].value == 'There is no contact "CT11".\n\nDid you mean "CT1"?'
    assert found(app) == ["CO1", "CT1", "CT2"]


def test_a_filter_is_added_from_values_that_occur_and_taken_away(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts")
    app.selectbox(key="contact_filter_field").set_value("city").run()
    assert app.multiselect(key="contact_filter_values:city").options == ["Madrid (1)", "Prague (1)"]
    app.multiselect(key="contact_filter_values:city").set_value(["Prague"])
    app.button(key="contact_filter_apply").click().run()
    assert found(app) == ["CT1"]
    assert app.button(key="contact_filter_off:city").label == "City&#58; Prague"
    app.button(key="contact_filter_off:city").click().run()
    assert found(app) == ["CO1", "CT1", "CT2"]


def test_a_filter_expression_is_taken_as_it_is_typed(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts")
    app.text_input(key="contact_filter_text:type").set_value("<>person")
    app.button(key="contact_filter_apply").click().run()
    assert found(app) == ["CO1"]


def test_a_filter_expression_that_cannot_be_read_is_refused_and_changes_nothing(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts")
    app.text_input(key="contact_filter_text:type").set_value("(person")
    app.button(key="contact_filter_apply").click().run()
    assert app.error[0].value.startswith("Filter on type&#58; ")
    assert found(app) == ["CO1", "CT1", "CT2"]


def test_columns_and_order_are_chosen(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts")
    by = next(box for box in app.selectbox if box.label == "Order by")
    by.set_value("city")
    next(box for box in app.checkbox if box.label == "Descending").set_value(True)
    app.run()
    app.button(key="contact_view_arrange").click().run()
    assert found(app) == ["CT1", "CO1", "CT2"]


def test_a_view_is_saved_and_opened_and_deleted(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "contacts")
    app.text_input[0].set_value("prague").run()
    next(box for box in app.text_input if box.label == "Name of the view").set_value("Praguers")
    app.button(key="contact_view_save").click().run()
    assert [view.query.text for view in wb.open(own_shop).contacts.views()] == ["prague"]
    app.text_input[0].set_value("").run()
    assert found(app) == ["CO1", "CT1", "CT2"]
    next(box for box in app.selectbox if box.label == "View").select_index(0).run()
    next(box for box in app.selectbox if box.label == "View").set_value("Praguers").run()
    assert found(app) == ["CT1"]
    app.button(key="contact_view_delete").click().run()
    assert len(wb.open(own_shop).contacts.views()) == 0


def test_a_view_without_a_name_is_refused(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "contacts")
    app.button(key="contact_view_save").click().run()
    assert app.error[0].value == "A view needs a name.\n\nType one."


def test_the_list_is_taken_away_as_a_file(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "contacts")
    app.text_input[0].set_value("prague").run()
    app.button(key="contact_file").click().run()
    assert not app.error
    assert "Take the file (1 row)" in [button.label for button in app.get("download_button")]
