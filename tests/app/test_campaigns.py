"""The page Campaigns on a real small store."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words


@pytest.fixture
def bench(own_shop: Path) -> wb.Workbench:
    """A store with a campaign of one letter to CT1 that has a price."""
    bench = wb.open(own_shop)
    bench.codes.save("campaign_status", "PLAN", description="Planned")
    bench.campaigns.create(DAY, description="Summer", status_code="PLAN")
    sent = {"interaction_no": ["X1"], "contact_no": ["CT1"], "occurred_at": ["2017-12-01"], "cost_amount": [4]}
    of_campaign = {"campaign_no": ["CP0001"], "is_campaign_target": [True], "campaign_entry_no": ["1"]}
    bench.sources.load("interaction", pd.DataFrame({**sent, **of_campaign}))
    entry = {"campaign_entry_no": ["1"], "campaign_no": ["CP0001"], "description": ["Letter"]}
    bench.sources.load("campaign_entry", pd.DataFrame(entry))
    return bench


def panel(app: AppTest, name: str) -> AppTest:
    app.session_state["campaign_panel"] = name
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_the_board_groups_by_status_and_finds(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "campaigns")
    assert not app.exception
    assert "**Without status** (1)" in words(app)
    assert "**Planned** (1)" in words(app)
    app.text_input(key="campaign_find").set_value("summ").run()
    assert "Without status" not in words(app)
    press(app, "campaign_open:CP0001")
    assert app.title[0].value == "CP0001 · Summer"
    press(app, "campaign_back")
    assert app.title[0].value == "Campaigns"


def test_a_campaign_is_made_and_its_card_saved(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "campaigns")
    app.text_input(key="campaign_new:description").set_value("Autumn *sale*")
    press(app, "campaign_create")
    assert bench.campaigns.get("CP0002").description == "Autumn *sale*"
    app.selectbox(key="campaign_field:status_code").set_value("PLAN")
    app.text_input(key="campaign_field:salesperson_code").set_value("NOBODY")
    press(app, "campaign_save")
    assert 'There is no salesperson "NOBODY".' in words(app)
    app.text_input(key="campaign_field:salesperson_code").set_value("")
    press(app, "campaign_save")
    assert bench.campaigns.get("CP0002").status_code == "PLAN"
    press(app, "campaign_delete")
    assert [one.campaign_no for one in bench.campaigns.list()] == ["8", "CP0001"]


def test_comments_are_added_and_deleted(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "campaigns", campaign="CP0001")
    app.text_area(key="campaign_comment").set_value("Ask for photos")
    press(app, "campaign_comment_add")
    assert "Ask for photos" in words(app)
    press(app, "campaign_comment_delete:10000")
    assert len(bench.campaigns.comments("CP0001")) == 0


def test_statistics_and_entries_are_canceled_and_deleted(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = panel(open_page(own_shop, "campaigns", campaign="CP0001"), "Entries")
    assert not app.exception
    assert "Target contacts contacted" in words(app)
    press(app, "campaign_cancel")
    assert bench.campaigns.statistics("CP0001").target_contacts_contacted == 0
    assert app.button(key="campaign_cancel").label == "Take all cancellations back"
    press(app, "campaign_delete_canceled")
    assert len(bench.campaigns.entries("CP0001")) == 0


def test_prices_are_saved_and_activated_for_the_target_group(
    bench: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    app = panel(open_page(own_shop, "campaigns", campaign="CP0001"), "Prices")
    app.text_input(key="campaign_field:price:item_no").set_value("1000")
    app.text_input(key="campaign_field:price:unit_price").set_value("9.90")
    app.number_input(key="campaign_field:price:line_discount").set_value(15)
    press(app, "campaign_price_save")
    price = bench.campaigns.prices("CP0001").frame().iloc[0]
    assert (Decimal(str(price["unit_price_amount"])), price["line_discount_rate"]) == (Decimal("9.9"), 0.15)
    press(app, "campaign_activate")
    assert bench.campaigns.get("CP0001").is_activated
    app.selectbox(key="campaign_field:contact").set_value("CT1").run()
    assert not app.exception
    assert [frame.value["item_no"].tolist() for frame in app.dataframe if "campaign_no" in frame.value] == [["1000"]]
    assert "no template is set up for sales invoices" in words(panel(app, "Entries"))
    panel(app, "Prices")
    press(app, "campaign_deactivate")
    app.session_state["campaign_price"] = 0
    app.run()
    press(app, "campaign_price_delete")
    assert bench.campaigns.get("CP0001").price_count == 0
