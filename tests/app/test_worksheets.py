"""The page Worksheets on real small stores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words


def panel(app: AppTest, name: str) -> AppTest:
    """Open a panel."""
    app.session_state["worksheet_panel"] = name
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    """Press a button."""
    return app.button(key=key).click().run()


@pytest.fixture
def page(own_shop: Path, open_page: Open) -> Any:
    """The page on a store with one empty worksheet."""
    wb.open(own_shop).worksheets.create(DAY, description="Spring")
    return open_page(own_shop, "worksheets")


def test_an_empty_page_says_how_to_begin(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "worksheets")
    assert not app.exception
    assert "Create a worksheet, or make one of a saved segment." in words(app)

    app.text_input(key="worksheet_new").set_value("Spring")
    press(app, "worksheet_create")

    assert not app.exception
    assert [one.header.description for one in wb.open(own_shop).worksheets.list()] == ["Spring"]
    assert "Lines 0" in words(app)


def test_contacts_are_previewed_and_added(page: AppTest, own_shop: Path) -> None:
    panel(page, "Add, reduce, refine")
    page.selectbox(key="worksheet_field:0").set_value("contact.type")
    page.text_input(key="worksheet_field:0:filter").set_value("person")
    press(page, "worksheet_preview")
    assert "Preview. Lines there would be: 2, contacts: 2, actions: 1." in words(page)
    assert wb.open(own_shop).worksheets.get("SM00001").line_count == 0

    press(page, "worksheet_do")

    assert "Done. Lines: 2, contacts: 2, actions: 1." in words(page)
    assert list(wb.open(own_shop).worksheets.lines("SM00001")["contact_no"]) == ["CT1", "CT2"]


def test_a_filter_that_is_none_is_refused_where_it_stands(page: AppTest, own_shop: Path) -> None:
    panel(page, "Add, reduce, refine")
    page.selectbox(key="worksheet_field:0").set_value("contact.city")
    page.text_input(key="worksheet_field:0:filter").set_value("(Prague")
    press(page, "worksheet_do")

    assert not page.exception
    assert page.error[0].value.startswith("Filter on contact&#58; ")
    assert wb.open(own_shop).worksheets.get("SM00001").action_count == 0


def test_lines_are_added_and_deleted_by_hand_and_gone_back_over(page: AppTest, own_shop: Path) -> None:
    store = wb.open(own_shop).worksheets
    panel(page, "Lines")
    page.text_input(key="worksheet_contact").set_value("CT2")
    press(page, "worksheet_add_line")
    assert list(store.lines("SM00001")["contact_no"]) == ["CT2"]
    page.session_state["worksheet_line"] = 10000
    page.run()
    page.text_input(key="worksheet_contact").set_value("CO1")
    press(page, "worksheet_change_line")
    assert list(store.lines("SM00001")["contact_no"]) == ["CO1"]
    press(page, "worksheet_delete_line")
    assert store.get("SM00001").line_count == 0
    assert "The worksheet is empty now, and its criteria are still there" in words(page)

    panel(page, "Criteria")
    press(page, "worksheet_back_preview")
    assert store.get("SM00001").action_count == 4
    press(page, "worksheet_back")
    assert list(store.lines("SM00001")["contact_no"]) == ["CO1"]
    press(page, "worksheet_beginning")
    assert (store.get("SM00001").action_count, store.get("SM00001").line_count) == (0, 0)


def test_criteria_are_saved_and_done_again(page: AppTest, own_shop: Path) -> None:
    store = wb.open(own_shop).worksheets
    store.add("SM00001", {"contact": {"type": "person"}}, DAY)
    panel(page, "Criteria")
    page.text_input(key="worksheet_code").set_value("PEOPLE")
    press(page, "worksheet_save_criteria")
    assert [saved.code for saved in store.saved_criteria()] == ["PEOPLE"]
    press(page, "worksheet_reuse")
    assert "SM00001 has actions already" in words(page)
    page.checkbox(key="worksheet_append").check()
    press(page, "worksheet_reuse")
    assert store.get("SM00001").action_count == 2
    press(page, "worksheet_delete_criteria")
    assert store.saved_criteria() == ()


def test_the_header_is_saved_and_lines_follow(page: AppTest, own_shop: Path) -> None:
    store = wb.open(own_shop).worksheets
    store.add("SM00001", {"contact": {"type": "person"}}, DAY)
    panel(page, "Header")
    page.text_input(key="worksheet_header:salesperson_code").set_value("PS")
    page.text_input(key="worksheet_header:unit_cost_amount").set_value("1.50")
    page.selectbox(key="worksheet_header:information_flow").set_value("outbound")
    press(page, "worksheet_change")

    assert not page.exception
    lines = store.lines("SM00001")
    assert (set(lines["salesperson_code"]), set(lines["information_flow"])) == ({"PS"}, {"outbound"})
    assert "Cost $3.00" in words(page)
    press(page, "worksheet_change")
    assert store.get("SM00001").header.description == "Spring"


def test_a_worksheet_is_used_and_logged(page: AppTest, own_shop: Path) -> None:
    bench = wb.open(own_shop)
    bench.worksheets.add("SM00001", {"contact": {"type": "person"}}, DAY)
    panel(page, "Use")
    assert "filter" in page.code[0].value
    press(page, "worksheet_save_segment")
    assert bench.segments.count("SM00001", DAY).total == 2
    page.text_input(key="worksheet_group").set_value("PRESS")
    press(page, "worksheet_apply")
    assert bench.contacts.card("CT1", DAY).fields["mailing_group_codes"] == ["PRESS"]
    press(page, "worksheet_log")
    assert "Lines of SM00001 without salesperson" in words(page).replace("\\", "")

    bench.codes.save("salesperson", "PS")
    bench.sources.load("interaction_template", pd.DataFrame({"code": ["LETTER"]}))
    bench.worksheets.change("SM00001", salesperson_code="PS", interaction_template_code="LETTER")
    press(page, "worksheet_log_preview")
    assert [one.worksheet_no for one in bench.worksheets.list()] == ["SM00001"]
    page.checkbox(key="worksheet_follow_up").check()
    press(page, "worksheet_log")
    assert [one.worksheet_no for one in bench.worksheets.list()] == ["SM00002"]
    panel(page, "Criteria")
    page.checkbox(key="worksheet_append").check()
    press(page, "worksheet_reuse_logged")
    assert bench.worksheets.get("SM00002").line_count == 4


def test_a_saved_segment_becomes_a_worksheet(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "worksheets")
    press(app, "worksheet_freeze")

    assert not app.exception
    assert "Done. Lines: 1, contacts: 1, actions: 1." in words(app)
    assert list(wb.open(own_shop).worksheets.lines("SM00001")["contact_no"]) == ["CT1"]
    press(app, "worksheet_delete")
    assert not app.exception
    assert len(wb.open(own_shop).worksheets.list()) == 0


def test_an_address_opens_a_worksheet(own_shop: Path, open_page: Open) -> None:
    store = wb.open(own_shop).worksheets
    store.create(DAY)
    store.create(DAY)
    app = open_page(own_shop, "worksheets", worksheet="SM00002")
    assert app.query_params["worksheet"] == "SM00002"
    assert app.session_state["worksheet_no"] == "SM00002"


def test_the_product_stands_beside_our_figure(own_shop: Path, open_page: Open) -> None:
    store = wb.open(own_shop).worksheets
    store.create(DAY)
    store.add_line("SM00001", "CT1", DAY)
    store.add("SM00001", {"contact": {"no": "CT1"}}, DAY, allow_existing=True)
    app = panel(open_page(own_shop, "worksheets", "es"), "Criterios")
    press(app, "worksheet_back")
    assert "Líneas en Business Central: 0" in words(app)
    assert "Deshecho&#58; Agregar contactos (Permitir contactos existentes)" in words(app)
