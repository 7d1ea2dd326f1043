"""One journey through the page Opportunities: the board, a quote, and the order that wins it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

import workbench as wb
from tests.browser.conftest import SCREENSHOTS, Visit

pytestmark = pytest.mark.alone


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A cycle of three stages, the last of which requires a quote, and one opportunity at the first."""
    path = tmp_path / "opportunities.duckdb"
    bench = wb.open(path)
    bench.setup.set("as_of", "2018-01-01")
    bench.codes.save("salesperson", "PS", name="Peter")
    bench.codes.save("business_relation_type", "CUST")
    bench.setup.set_marketing("customer_relation_code", "CUST")
    bench.codes.save("sales_cycle", "NEW", description="New business", probability_calculation="multiply")
    bench.sources.load("sales_cycle_stage", pd.DataFrame({
        "sales_cycle_code": ["NEW"] * 3, "stage_no": [1, 2, 3], "description": ["Qualify", "Present", "Propose"],
        "completed_rate": [0.1, 0.4, 0.8], "chances_rate": [0.5, 0.6, 0.9], "date_formula": ["1M", "2W", "1W"],
        "is_quote_required": [False, False, True],
    }))  # fmt: skip
    bench.codes.save("close_opportunity_code", "BEST", description="We were the best", type="won")
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["C1"], "type": ["company"], "name": ["Halvorsen"]}))
    day = dt.date(2018, 1, 1)
    for text, worth in (("Ten chairs", 1000), ("Desks", 2500)):
        bench.opportunities.create(
            day, description=text, contact_no="C1", salesperson_code="PS", sales_cycle_code="NEW", activates=True,
            estimated_amount=worth, estimated_close_on="2018-02-01",
        )  # fmt: skip
    return path


def button(page: Page, key: str) -> Locator:
    return page.locator(f".st-key-{key}").get_by_role("button").first


def head(page: Page, name: str, count: int) -> Locator:
    return page.get_by_text(f"{name} ({count})", exact=True)


def photograph(page: Page, name: str) -> None:
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def test_an_opportunity_goes_over_the_board_and_is_won_by_an_order(visit: Visit, store: Path) -> None:
    page = visit(store, "opportunities")
    expect(head(page, "Qualify", 2)).to_be_visible()
    button(page, "opportunity_next-OP000001").click()
    expect(head(page, "Present", 1)).to_be_visible()
    button(page, "opportunity_next-OP000001").click()
    expect(page.get_by_text("You cannot go to this stage before you have assigned a sales quote.")).to_be_visible()
    photograph(page, "opportunities-board")
    button(page, "opportunity_open-OP000001").click()
    expect(page.get_by_role("heading", name="OP000001 · Ten chairs")).to_be_visible()
    _quote(page)
    _look_at_history(page)
    _order(page)
    assert wb.open(store).opportunities.get("OP000001").opportunity.status == "won"


def _quote(page: Page) -> None:
    page.get_by_role("tab", name="Documents", exact=True).click()
    button(page, "opportunity_quote").click()
    expect(page.get_by_role("heading", name="Quote SQ000001")).to_be_visible()
    page.get_by_role("tab", name="Stage", exact=True).click()
    button(page, "opportunity_step").click()
    expect(page.get_by_text("OP000001: Propose.")).to_be_visible()
    photograph(page, "opportunities-stage")


def _look_at_history(page: Page) -> None:
    page.get_by_role("tab", name="History", exact=True).click()
    expect(page.get_by_text("It is at the last stage.")).to_be_visible()
    photograph(page, "opportunities-history")


def _order(page: Page) -> None:
    page.get_by_role("tab", name="Documents", exact=True).click()
    page.get_by_role("button", name="Make an order").click()
    button(page, "opportunity_order").click()
    expect(page.get_by_role("heading", name="Order SO000001")).to_be_visible()
    page.get_by_role("tab", name="Stage", exact=True).click()
    expect(page.get_by_text("It is closed, and stays closed")).to_be_visible()
