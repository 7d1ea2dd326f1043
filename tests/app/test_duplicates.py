"""The page Duplicates on a real small store."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words


@pytest.fixture
def twins(own_shop: Path) -> wb.Workbench:
    """Two people who are one."""
    bench = wb.open(own_shop)
    one = {
        "type": "person", "first_name": "Ann", "surname": "Fieldstone", "name": "Ann Fieldstone",
        "address": "4 Mill Lane", "city": "Bristol", "post_code": "BS1 4DJ", "email": "ann@fieldstone.org",
    }  # fmt: skip
    other = {**one, "first_name": "Anne", "name": "Anne Fieldstone", "phone_no": "603 111 222"}
    bench.sources.load("contact", pd.DataFrame([{"contact_no": "T1", **one}, {"contact_no": "T2", **other}]))
    rows = [{"contact_no": no, "business_relation_code": "PRESS", "linked_no": no} for no in ("T1", "T2")]
    bench.sources.load("business_relation", pd.DataFrame(rows))
    return bench


@pytest.fixture
def page(twins: wb.Workbench, own_shop: Path, open_page: Open) -> AppTest:
    """The page with the pair found and looked at."""
    twins.duplicates.find()
    return open_page(own_shop, "duplicates", remembered={"duplicate_pair": ("T1", "T2")})


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def is_there(bench: wb.Workbench, number: str) -> bool:
    return number in bench.contacts.search(number).contacts["contact_no"].tolist()


def panel(app: AppTest, name: str) -> AppTest:
    app.session_state["duplicate_panel"] = name
    return app.run()


def test_an_empty_review_says_where_to_begin(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "duplicates")
    assert not app.exception
    assert "No pairs yet. Look for them under Find." in words(app)


def test_pairs_are_previewed_and_kept(twins: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = panel(open_page(own_shop, "duplicates"), "Find")
    press(app, "duplicate_preview")
    assert "A preview; nothing was written." in words(app)
    assert twins.duplicates.list().total == 0
    press(app, "duplicate_find")
    assert not app.exception
    assert "Pairs 1 among 5 contacts" in words(app)
    assert twins.duplicates.list().total == 1


def test_a_pair_is_shown_side_by_side_and_judged(page: AppTest, twins: wb.Workbench) -> None:
    assert not page.exception
    shown = page.dataframe[1].value
    first_name = shown[shown["field"] == "First name"].iloc[0]
    assert (first_name["value"], first_name["other_value"]) == ("Ann", "Anne")
    assert "Score 100.0%" in words(page)
    press(page, "duplicate_separate")
    assert twins.duplicates.list("separate").total == 1
    assert page.toast[0].value == "Noted for T1 and T2"


def test_a_merge_waits_for_its_conflicts_and_can_be_undone(page: AppTest, twins: wb.Workbench, own_shop: Path) -> None:
    press(page, "duplicate_begin")
    assert not page.exception
    assert page.button(key="duplicate_merge").disabled
    assert page.checkbox(key="duplicate_taken:T2:phone_no").value, "suggested where only the duplicate has a value"
    page.checkbox(key="duplicate_taken:T2:name").check()
    page.selectbox(key="duplicate_conflict:T2:business_relation:PRESS").set_value("rename").run()
    assert page.button(key="duplicate_merge").disabled
    page.text_input(key="duplicate_new_key:T2:business_relation:PRESS").set_value("PRESS2").run()
    press(page, "duplicate_merge")
    assert not page.exception
    card = twins.contacts.card("T1", DAY).fields
    assert (card["name"], card["phone_no"]) == ("Anne Fieldstone", "603 111 222")
    assert not is_there(twins, "T2")

    panel(page, "Merges")
    press(page, "duplicate_undo")
    assert not page.exception
    assert is_there(twins, "T2")


def test_search_strings_are_shown_and_changed(page: AppTest, twins: wb.Workbench) -> None:
    panel(page, "Search strings")
    assert "10 of 16 search strings in common make a duplicate (60 %)." in words(page)
    page.selectbox(key="duplicate_field").set_value("county")
    page.number_input(key="duplicate_length").set_value(7)
    press(page, "duplicate_save")
    assert not page.exception
    assert len(twins.duplicates.search_strings().rules) == 17
    page.selectbox(key="duplicate_gone").set_value(("county", "first"))
    press(page, "duplicate_delete")
    assert len(twins.duplicates.search_strings().rules) == 16
