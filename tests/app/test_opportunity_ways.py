"""Ways to opportunities from a contact, an interaction and a worksheet; quotes and orders of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words
from workbench.app import clicks, state
from workbench.app.widgets import opportunity_documents
from workbench.opportunities import DocumentLine, SalesDocument


@pytest.fixture
def office(own_shop: Path) -> wb.Workbench:
    """The shop with a sales cycle of two stages, a salesperson, an item, and customers."""
    bench = wb.open(own_shop)
    bench.codes.save("salesperson", "JO", name="John")
    bench.codes.save("business_relation_type", "CUST")
    bench.setup.set_marketing("customer_relation_code", "CUST")
    bench.sources.load("item", pd.DataFrame({"item_no": ["GTX"], "unit_price_amount": ["500"]}))
    bench.sources.load("sales_cycle_stage", pd.DataFrame({
        "sales_cycle_code": ["NEW"] * 2, "stage_no": [1, 2], "completed_rate": [0.2, 0.8], "chances_rate": [0.5, 0.5],
    }))  # fmt: skip
    with bench.database.writing() as con:
        con.execute("INSERT INTO sales_cycle VALUES ('NEW', 'New customers', 'multiply', FALSE)")
        con.execute("INSERT INTO close_opportunity_code VALUES ('PRICE', NULL, 'won')")
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


def _documents(path: str) -> None:
    import workbench as wb
    from workbench.app import clicks
    from workbench.app.widgets import opportunity_documents

    bench = wb.open(path)
    clicks.show_failure()
    opportunity_documents.draw(bench, bench.opportunities.get("OP000001").opportunity)


def test_a_quote_is_made_and_ordered(office: wb.Workbench, own_shop: Path) -> None:
    started: dict[str, Any] = {"activates": True, "estimated_amount": 1000, "estimated_close_on": DAY}
    office.opportunities.create(
        DAY, description="Chairs", contact_no="CT1", sales_cycle_code="NEW", salesperson_code="JO", **started
    )
    app = AppTest.from_function(_documents, args=(str(own_shop),), default_timeout=30)
    app.session_state["language"], app.session_state[state.AS_OF] = "en", DAY
    app = press(app.run(), "opportunity_quote")
    assert "Quote SQ000001 · $1,000.00" in words(app).replace("\\", "")
    app = press(app, "opportunity_order_preview")
    assert office.opportunities.get("OP000001").opportunity.status == "in_progress"
    app = press(app, "opportunity_order")
    said = words(app).replace("\\", "")
    assert "Order SO000001 · $1,000.00 · from SQ000001 · customer CT1" in said
    assert office.opportunities.get("OP000001").opportunity.status == "won"


def test_lines_are_those_there_were_with_what_somebody_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    held = (DocumentLine(None, "Chairs", 1.0, 1000.0), DocumentLine("GTX", None, 2.0, 500.0, 0.1))
    quote = SalesDocument("SQ1", "quote", "OP1", None, None, None, DAY, lines=held)
    edits = {
        "edited_rows": {1: {"quantity": 3, "line_discount_percent": None}}, "deleted_rows": [0],
        "added_rows": [{"item_no": "GTX", "line_discount_percent": 20}, {"_index": 7}],
    }  # fmt: skip
    monkeypatch.setattr(clicks, "value", lambda _key: edits)
    assert opportunity_documents.lines("key", quote) == [
        {"item_no": "GTX", "quantity": 3, "unit_price_amount": 500.0},
        {"item_no": "GTX", "line_discount_rate": 0.2},
    ]
