"""The page Opportunities on a real small store."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words


@pytest.fixture
def bench(own_shop: Path) -> wb.Workbench:
    """A store with a cycle of three stages, the last of which requires a quote, and one opportunity at the first."""
    bench = wb.open(own_shop)
    prepare(bench)
    return bench


def prepare(bench: wb.Workbench) -> None:
    bench.codes.save("salesperson", "PS", name="Peter")
    bench.codes.save("sales_cycle", "NEW", description="New business", probability_calculation="multiply")
    bench.sources.load("sales_cycle_stage", pd.DataFrame({
        "sales_cycle_code": ["NEW"] * 3, "stage_no": [1, 2, 3], "description": ["Qualify", "Present", "Propose"],
        "completed_rate": [0.1, 0.4, 0.8], "chances_rate": [0.5, 0.6, 0.9], "date_formula": ["1M", "2W", "1W"],
        "is_quote_required": [False, False, True],
    }))  # fmt: skip
    bench.codes.save("close_opportunity_code", "BEST", description="We were the best", type="won")
    bench.codes.save("close_opportunity_code", "PRICE", type="lost")
    bench.opportunities.create(
        DAY, description="Ten *chairs*", contact_no="CT1", salesperson_code="PS", sales_cycle_code="NEW",
        activates=True, estimated_amount=1000, estimated_close_on="2018-02-01",
    )  # fmt: skip


def panel(app: AppTest, name: str) -> AppTest:
    app.session_state["opportunity_panel"] = name
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_the_board_moves_opportunities_and_says_why_not(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "opportunities")
    assert not app.exception
    assert [f"**{name}** ({count})" in words(app) for name, count in (("Qualify", 1), ("Present", 0))] == [True, True]
    press(app, "opportunity_next:OP000001")
    assert bench.opportunities.get("OP000001").opportunity.stage == "Present"
    assert "**Present** (1)" in words(app)
    press(app, "opportunity_next:OP000001")
    assert "You cannot go to this stage before you have assigned a sales quote." in words(app)
    press(app, "opportunity_previous:OP000001")
    assert bench.opportunities.get("OP000001").opportunity.stage == "Qualify"
    app.text_input(key="opportunity_board:text").set_value("nothing like it").run()
    assert "**Qualify** (0)" in words(app)


def test_one_is_created_listed_and_its_card_saved(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "opportunities")
    app.text_input(key="opportunity_new:description").set_value("Desks")
    app.selectbox(key="opportunity_new:contact_no").set_value("CT1")
    app.selectbox(key="opportunity_new:salesperson_code").set_value("PS")
    app.selectbox(key="opportunity_new:sales_cycle_code").set_value("NEW")
    press(app, "opportunity_create")
    assert app.title[0].value == "OP000002 · Desks"
    panel(app, "Card")
    app.text_input(key="opportunity_field:description").set_value("Desks and lamps")
    app.selectbox(key="opportunity_field:priority").set_value("high")
    press(app, "opportunity_save")
    held = bench.opportunities.get("OP000002").opportunity
    assert (held.description, held.priority, held.status) == ("Desks and lamps", "high", "not_started")
    press(app, "opportunity_back")
    app.button_group(key="opportunity_view").set_value("list").run()
    grid = next(frame.value for frame in app.dataframe if "opportunity_no" in frame.value)
    assert sorted(grid["opportunity_no"]) == ["OP000001", "OP000002"]
    app.session_state["opportunity_no"] = "OP000002"
    panel(app, "Card")
    press(app, "opportunity_delete")
    assert bench.opportunities.list(DAY, state="all").total == 1


def test_a_step_is_previewed_taken_and_kept_in_the_history(
    bench: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    app = panel(open_page(own_shop, "opportunities", opportunity="OP000001"), "Stage")
    assert not app.exception
    would = next(frame.value for frame in app.dataframe if "before" in frame.value)
    assert list(would.set_index("field").loc["Stage"]) == ["Qualify", "Present"]
    app.number_input(key="opportunity_step:estimated_amount").set_value(2000)
    app.number_input(key="opportunity_step:chances_rate").set_value(50)
    press(app, "opportunity_step")
    entry = bench.opportunities.get("OP000001").active
    assert entry is not None
    assert (entry.stage_no, entry.estimated_amount, entry.chances_rate) == (2, 2000, 0.5)
    panel(app, "History")
    grids = [frame.value for frame in app.dataframe]
    assert grids[0]["stage"].tolist() == ["Present", "Qualify"]
    assert grids[1]["name"].tolist() == ["Propose"]
    panel(app, "Comments")
    app.text_area(key="opportunity_comment").set_value("Call her first")
    press(app, "opportunity_comment_add")
    assert "Call her first" in words(app)
    press(app, "opportunity_comment_delete:10000")
    assert "Call her first" not in words(app)
    assert "No tasks. Activities of stages bring them." in words(panel(app, "Tasks"))


def test_it_is_quoted_ordered_and_closed_with_the_order(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    bench.codes.save("business_relation_type", "CUST")
    bench.setup.set_marketing("customer_relation_code", "CUST")
    app = panel(open_page(own_shop, "opportunities", opportunity="OP000001"), "Documents")
    press(app, "opportunity_quote")
    assert "Quote SQ000001" in words(app)
    press(app, "opportunity_quote_save")
    press(app, "opportunity_order")
    held = bench.opportunities.get("OP000001").opportunity
    assert (held.status, held.document_type) == ("won", "order")
    assert "Order SO000001" in words(app)
    assert "It is closed, and stays closed" in words(panel(app, "Stage"))


def test_it_is_lost_for_a_reason(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = panel(open_page(own_shop, "opportunities", opportunity="OP000001"), "Stage")
    press(app, "opportunity_close:lost")
    assert bench.opportunities.get("OP000001").opportunity.status == "lost"
    assert bench.opportunities.get("OP000001").entries["close_opportunity_code"].iloc[-1] == "PRICE"


def test_without_cycles_the_list_comes_first_and_the_board_says_what_to_do(empty_store: Path, open_page: Open) -> None:
    app = open_page(empty_store, "opportunities")
    assert not app.exception
    assert "No such opportunity." in words(app)
    app.button_group(key="opportunity_view").set_value("board").run()
    assert "No sales cycles yet." in words(app)
