"""The page Reports."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pymupdf
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words
from workbench.app import state
from workbench.app.widgets import report_choices, report_heads, report_sales


@pytest.fixture
def office(own_shop: Path) -> Path:
    """The shop, where two of three contacts have an address."""
    bench = wb.open(own_shop)
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": ["CT1", "CO1"], "address": ["Dlouhá 1", "Calle 2"], "city": ["Prague", "Madrid"],
    }))  # fmt: skip
    bench.sources.load("questionnaire", pd.DataFrame({"questionnaire_code": ["HOBBY"], "description": ["Hobbies"]}))
    bench.sources.load("questionnaire_line", pd.DataFrame({
        "questionnaire_code": ["HOBBY"], "line_no": [10000], "type": ["question"], "description": ["Which?"],
    }))  # fmt: skip
    return own_shop


def choose(app: AppTest, kind: str) -> AppTest:
    """Choose a report."""
    return app.selectbox(key=report_choices.KIND).set_value(kind).run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of a label."""
    return next(button for button in app.button if button.label == label).click().run()


def text_of(app: AppTest) -> str:
    """What the file that is ready to be downloaded says."""
    ready = app.session_state[state.REPORT_FILE]
    return "".join(page.get_text() for page in pymupdf.open(stream=ready.content, filetype="pdf"))


def test_labels_are_looked_at_and_printed(office: Path, open_page: Open) -> None:
    app = open_page(office, "reports")
    app = press(app, "Show report")
    assert not app.exception
    assert list(app.dataframe[0].value["block"]) == ["Acme\nCalle 2\nMadrid", "Ada *Novák*\nDlouhá 1\nPrague"]
    assert "Contacts left out because street or city is unknown: 1." in words(app)

    app = press(app, "Make PDF")
    assert "Calle 2" in text_of(app)
    assert "Pages: 1" in words(app)
    assert app.session_state[state.REPORT_FILE].name == "Labels 2018-01-01.pdf"
    assert wb.open(office).privacy.exports("CT1").frame()["place"].tolist() == ["download: Labels 2018-01-01.pdf"]


def test_contacts_are_chosen_by_segment_by_number_or_by_filter(office: Path, open_page: Open) -> None:
    app = choose(open_page(office, "reports"), "contact_list")
    app.session_state[report_choices.WHOM] = "segment"
    app = press(app.run(), "Show report")
    assert list(app.dataframe[0].value["contact_no"]) == ["CT1"]
    app.session_state[report_choices.WHOM] = "numbers"
    app = app.run()
    app.text_area(key="report_numbers").set_value("CO1, CT2")
    app = press(app, "Show report")
    assert list(app.dataframe[0].value["contact_no"]) == ["CO1", "CT2"]
    app.text_area(key="report_numbers").set_value("CO9")
    app = press(app, "Show report")
    assert 'There is no contact "CO9".' in words(app).replace("\\", "")
    assert len(app.dataframe) == 0
    app.session_state[report_choices.WHOM] = "filter"
    app = app.run()
    app.selectbox(key="report_type").set_value("company")
    app = press(app, "Show report")
    assert list(app.dataframe[0].value["contact_no"]) == ["CO1"]
    assert [button.label for button in app.button if button.label.startswith("Make")] == [
        "Make PDF", "Make XLSX", "Make CSV",
    ]  # fmt: skip


def test_a_cover_sheet_is_made_and_logged(office: Path, open_page: Open) -> None:
    app = choose(open_page(office, "reports"), "cover_sheet")
    app.session_state[report_choices.WHOM] = "numbers"
    app = app.run()
    app.text_area(key="report_numbers").set_value("CT1")
    app.text_area(key="report_letter_head").set_value("Our Company")
    app.text_area(key="report_message").set_value("Thank you.")
    app.checkbox(key="report_log").check()
    app = press(app, "Show report")
    assert not app.exception
    assert "Interactions logged: 1" in words(app)
    app = press(app, "Make PDF")
    assert "Our Company" in text_of(app)
    with wb.open(office).database.reading() as con:
        assert con.execute("SELECT count(*) FROM interaction WHERE description = 'Cover sheet'").fetchall() == [(1,)]


def test_labels_and_lists_of_a_worksheet_are_shown(office: Path, open_page: Open) -> None:
    bench = wb.open(office)
    sheet = bench.worksheets.create(DAY, description="Spring letter")
    for contact_no in ("CO1", "CT1", "CT2"):
        bench.worksheets.add_line(sheet.worksheet_no, contact_no, DAY)
    app = open_page(office, "reports", remembered={report_choices.WHOM: "worksheet"})
    app = press(app, "Show report")
    assert app.session_state[state.REPORT].frame()["contact_no"].tolist() == ["CO1", "CT1"]
    app = press(choose(app, "segment_contacts"), "Show report")
    assert not app.exception
    assert app.session_state[state.REPORT].frame()["contact_no"].tolist() == ["CO1", "CT1", "CT2"]
    assert set(app.session_state[state.REPORT].frame().columns) <= set(report_heads.heads())


@pytest.mark.parametrize("kind", ["company_summary", "person_summary", "questionnaire_handout", "questionnaire_test"])
def test_every_report_is_shown(kind: str, office: Path, open_page: Open) -> None:
    app = choose(open_page(office, "reports"), kind)
    app = next(button for button in app.button if button.form_id == "report_form").click().run()
    assert not app.exception
    assert not app.error
    assert set(app.session_state[state.REPORT].frame().columns) <= set(report_heads.heads())


def test_every_report_on_sales_is_shown(office: Path, open_page: Open) -> None:
    bench = wb.open(office)
    bench.codes.save("salesperson", "JO", name="John")
    bench.tasks.create(DAY, description="Call", type="phone_call", salesperson_code="JO", contact_no="CT1")
    bench.sources.load("opportunity", pd.DataFrame({
        "opportunity_no": ["O1"], "contact_no": ["CT1"], "created_on": ["2017-12-01"], "status": ["won"],
        "salesperson_code": ["JO"],
    }))  # fmt: skip
    app = open_page(office, "reports")
    for kind in report_sales.OPTIONS:
        app = press(choose(app, kind), "Show report")
        assert not app.exception
        assert not app.error
        assert set(app.session_state[state.REPORT].frame().columns) <= set(report_heads.heads())
    app = press(choose(app, "salesperson_tasks"), "Show report")
    assert list(app.dataframe[0].value["task_no"]) == ["TD000001"]
    app.selectbox(key="report_state").set_value("canceled")
    app = press(app, "Show report")
    assert len(app.dataframe[0].value) == 0
