"""Ways to opportunities from a contact, an interaction and a worksheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words
from workbench.app import state


@pytest.fixture
def office(own_shop: Path) -> wb.Workbench:
    """The shop with a sales cycle of two stages and a salesperson."""
    bench = wb.open(own_shop)
    bench.codes.save("salesperson", "JO", name="John")
    bench.sources.load("sales_cycle_stage", pd.DataFrame({
        "sales_cycle_code": ["NEW"] * 2, "stage_no": [1, 2], "completed_rate": [0.2, 0.8], "chances_rate": [0.5, 0.5],
    }))  # fmt: skip
    with bench.database.writing() as con:
        con.execute("INSERT INTO sales_cycle VALUES ('NEW', 'New customers', 'multiply', FALSE)")
    return bench


def fill(app: AppTest, prefix: str, *, activates: bool = False) -> None:
    app.text_input(key=f"{prefix}description").set_value("Chairs")
    app.selectbox(key=f"{prefix}sales_cycle_code").set_value("NEW")
    app.selectbox(key=f"{prefix}salesperson_code").set_value("JO")
    if activates:
        app.toggle(key=f"{prefix}activates").set_value(True).run()
        app.number_input(key=f"{prefix}estimated_amount").set_value(1000.0)
        app.date_input(key=f"{prefix}estimated_close_on").set_value(DAY)


def press(app: AppTest, key: str) -> AppTest:
    app = app.button(key=key).click().run()
    assert not app.exception
    return app


def test_a_contact_gets_an_opportunity_on_its_card(office: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "contacts", contact="CT1", remembered={state.CONTACT_PANEL: "Opportunities"})
    fill(app, "opportunity_contact:", activates=True)
    app = press(app, "opportunity_contact:preview")
    assert office.contacts.opportunities("CT1").frame().empty
    app = press(app, "opportunity_contact:create")
    made = office.opportunities.get("OP000001").opportunity
    assert (made.contact_no, made.description, made.estimated_amount, made.status) == (
        "CT1", "Chairs", 1000, "in_progress",
    )  # fmt: skip
    assert "1 of 1 opportunity open" in words(app)


def test_an_interaction_and_a_worksheet_get_opportunities(
    office: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    app = open_page(own_shop, "interactions", interaction="1")
    fill(app, "opportunity_interaction:")
    app = press(app, "opportunity_interaction:create")
    assert office.opportunities.get("OP000001").opportunity.contact_no == "CT1"
    assert "opportunity_interaction:create" not in [button.key for button in app.button], "it has one now"

    sheet = office.worksheets.create(DAY, description="Winter").worksheet_no
    for contact_no in ("CO1", "CT2"):
        office.worksheets.add_line(sheet, contact_no, DAY)
    app = open_page(own_shop, "worksheets", remembered={state.WORKSHEET_NO: sheet, state.WORKSHEET_PANEL: "Use"})
    fill(app, "opportunity_worksheet:")
    press(app, "opportunity_worksheet:create")
    listed = office.opportunities.list(DAY, state="all").frame()
    assert sorted(listed["contact_no"]) == ["CO1", "CT1", "CT2"]
