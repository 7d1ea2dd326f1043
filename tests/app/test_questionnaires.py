"""The page Questionnaires on real small stores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import Open, words
from workbench.questionnaires import Line

FIELD = "questionnaire_field:"


def panel(app: AppTest, name: str) -> AppTest:
    """Open a panel."""
    app.session_state["questionnaire_panel"] = name
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    """Press a button; nothing may go wrong."""
    done = app.button(key=key).click().run()
    assert not done.exception
    return done


def select(app: AppTest, line_no: int) -> AppTest:
    """Select a line of the table."""
    app.session_state["questionnaire_line"] = line_no
    return app.run()


def line(store: Path, line_no: int) -> Line:
    return wb.open(store).questionnaires.get("ABC").line(line_no)


@pytest.fixture
def page(own_shop: Path, open_page: Open) -> Any:
    """The page on a store with one questionnaire: who bought for more than 1,000?"""
    kept = wb.open(own_shop).questionnaires
    kept.save("ABC", description="Customers")
    kept.save_line(
        "ABC", type="question", description="Buyers", is_auto_classified=True, customer_class_field="sales_amount",
        starting_date_formula="-1Y", ending_date_formula="-1D",
    )  # fmt: skip
    kept.save_line("ABC", type="answer", description="Large", from_value=1000)
    kept.save_line("ABC", type="answer", description="Small", to_value=999)
    return open_page(own_shop, "questionnaires")


def test_an_empty_page_says_how_to_begin_and_makes_the_first(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "questionnaires")
    assert not app.exception
    assert "Make a questionnaire, or load one on the page Data" in words(app)

    app.text_input(key=f"{FIELD}new_code").set_value("LEADS")
    app.text_input(key=f"{FIELD}new_description").set_value("Leads")
    press(app, "questionnaire_create")

    assert wb.open(own_shop).questionnaires.get("LEADS").description == "Leads"
    assert "Questions 0" in words(app)


def test_questions_and_answers_are_added(page: AppTest, own_shop: Path) -> None:
    page.segmented_control(key=f"{FIELD}type").set_value("question").run()
    page.text_input(key=f"{FIELD}0:description").set_value("Where?")
    press(page, "questionnaire_save_line")
    page.text_input(key=f"{FIELD}0:description").set_value("Here")
    press(page, "questionnaire_save_line")

    added = [(one.line_no, one.type, one.text) for one in wb.open(own_shop).questionnaires.get("ABC").lines[3:]]
    assert added == [(40000, "question", "Where?"), (50000, "answer", "Here")]


def test_an_answer_is_changed_where_it_is_selected(page: AppTest, own_shop: Path) -> None:
    select(page, 20000)
    assert "Line 20000" in words(page)
    page.number_input(key=f"{FIELD}20000:from_value").set_value(500.0)
    page.selectbox(key=f"{FIELD}20000:priority").set_value("high")
    press(page, "questionnaire_save_line")

    assert (line(own_shop, 20000).from_value, line(own_shop, 20000).priority) == (500.0, "high")


def test_a_percentage_brings_its_sorting_and_another_figure_takes_the_place_of_the_first(
    page: AppTest, own_shop: Path
) -> None:
    select(page, 10000)
    page.selectbox(key=f"{FIELD}10000:classification_method").set_value("percentage_of_contacts")
    page.selectbox(key=f"{FIELD}10000:figure").set_value(("contact_class_field", "interaction_quantity"))
    press(page, "questionnaire_save_line")

    saved = line(own_shop, 10000)
    assert (saved.classification_method, saved.sorting_method) == ("percentage_of_contacts", "descending")
    assert (saved.customer_class_field, saved.contact_class_field) == (None, "interaction_quantity")


def test_a_question_is_answered_by_hand_when_automatic_classification_is_turned_off(
    page: AppTest, own_shop: Path
) -> None:
    select(page, 10000)
    page.checkbox(key=f"{FIELD}10000:is_auto_classified").set_value(False).run()
    press(page, "questionnaire_save_line")

    saved = line(own_shop, 10000)
    assert (saved.is_auto_classified, saved.class_field, saved.starting_date_formula) == (False, None, None)


def test_what_is_refused_is_said_and_nothing_is_changed(page: AppTest, own_shop: Path) -> None:
    select(page, 10000)
    press(page, "questionnaire_delete_line")

    assert page.error[0].value == '"Buyers" still has answers.\n\nDelete its answers first.'
    assert len(wb.open(own_shop).questionnaires.get("ABC").lines) == 3


def test_a_line_is_deleted(page: AppTest, own_shop: Path) -> None:
    select(page, 30000)
    press(page, "questionnaire_delete_line")

    assert [one.text for one in wb.open(own_shop).questionnaires.get("ABC").lines] == ["Buyers", "Large"]


def test_a_run_is_previewed_and_done(page: AppTest, own_shop: Path) -> None:
    store = wb.open(own_shop).questionnaires
    panel(page, "Run")
    press(page, "questionnaire_preview")
    assert "Preview as of Jan 1, 2018; nothing is written yet." in words(page)
    assert len(store.answers("CT1")) == 0

    press(page, "questionnaire_do_run")

    assert "Classified as of Jan 1, 2018." in words(page)
    assert "Sales amount from Jan 1, 2017 to Dec 31, 2017, of 1 contacts that have such a figure." in words(page)
    assert [one.answer for one in store.answers("CT1")] == ["Large"]


def test_a_run_that_cannot_be_says_why(page: AppTest, own_shop: Path) -> None:
    wb.open(own_shop).questionnaires.save_line("ABC", 10000, starting_date_formula="")
    panel(page, "Run")
    press(page, "questionnaire_do_run")
    assert '"Buyers" of ABC has no starting' in page.error[0].value.replace("\\", "")

    panel(page, "Test and handout")
    assert page.dataframe[0].value["warning"].tolist() == [
        "It is classified automatically but has no starting_date_formula."
    ]


def test_points_are_given_and_taken_away(page: AppTest, own_shop: Path) -> None:
    store = wb.open(own_shop).questionnaires
    panel(page, "Ratings")
    assert "There is none yet." in words(page)
    store.save_line("ABC", type="question", description="Rank", is_auto_classified=True, contact_class_field="rating")
    page.run()
    page.selectbox(key=f"{FIELD}rated").set_value(("ABC", 20000))
    page.number_input(key=f"{FIELD}points").set_value(3)
    press(page, "questionnaire_save_points")
    assert [one.points for one in store.get("ABC").ratings] == [3.0]

    press(page, "questionnaire_delete_points")

    assert store.get("ABC").ratings == ()


def test_a_handout_shows_what_is_asked_by_hand(page: AppTest, own_shop: Path) -> None:
    panel(page, "Test and handout")
    assert "Nothing is missing." in words(page)
    assert "Nothing is asked by hand." in words(page)
    page.checkbox(key=f"{FIELD}handout_all").set_value(True).run()
    assert "☐ Large" in words(page)


def test_the_header_is_changed_and_the_questionnaire_deleted(page: AppTest, own_shop: Path) -> None:
    store = wb.open(own_shop).questionnaires
    page.selectbox(key=f"{FIELD}header:contact_type").set_value("people")
    press(page, "questionnaire_header")
    assert store.get("ABC").contact_type == "people"

    press(page, "questionnaire_delete")

    assert len(store.list()) == 0


def test_an_address_opens_a_questionnaire(page: AppTest, own_shop: Path, open_page: Open) -> None:
    wb.open(own_shop).questionnaires.save("AAA", description="Another")
    app = open_page(own_shop, "questionnaires", questionnaire="ABC")
    assert app.query_params["questionnaire"] == "ABC"
    assert "Questions 1" in words(app)
