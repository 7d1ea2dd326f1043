"""The tabs Responses and Results of a campaign's card, on a real small store."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from pipelines.rate_lift import newcombe
from tests.app.conftest import DAY, Open, words

RULE = {"response": {"related": "sales_entry"}, "window_days": 14, "revenue": {}, "shares": {"A": 1, "holdout": 1}}


@pytest.fixture
def sent(own_shop: Path) -> wb.Workbench:
    """Forty more people, half of them held out; fifteen of those written to bought, five of the others."""
    bench = wb.open(own_shop)
    people = pd.DataFrame({"contact_no": [f"P{n:02}" for n in range(40)], "type": "person", "city": "Brno"})
    targets = people[["contact_no"]].assign(campaign_no="9", arm=["A", "holdout"] * 20, targeted_on="2017-03-01")
    buyers = [*range(0, 30, 2), *range(1, 11, 2)]
    sales = people.loc[buyers, ["contact_no"]].assign(posted_at="2017-03-05", sales_amount=10)
    tables = {"contact": people, "campaign_target": targets, "sales_entry": sales}
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["9"], "description": ["Autumn"]}))
    for table, frame in tables.items():
        bench.sources.load(table, frame)
    bench.campaigns.respond("9", DAY, RULE)
    return bench


def opened(store: Path, open_page: Open, panel: str, campaign: str = "9") -> AppTest:
    return open_page(store, "campaigns", remembered={"campaign_no": campaign, "campaign_panel": panel})


@pytest.mark.usefixtures("sent")
def test_results_say_what_the_campaign_did(own_shop: Path, open_page: Open) -> None:
    app = opened(own_shop, open_page, "Results")
    assert not app.exception
    said = words(app)
    assert "A: More responses than without the campaign" in said
    assert "75.00% of 20 targets responded, 25.00% of the 20 held out as holdout" in said
    low, high = (100 * bound for bound in newcombe(15, 20, 5, 20))
    assert f"Absolute lift +50 pp +{low:.2f} pp to +{high:.2f} pp" in said
    assert "Incremental revenue $100.00 $43.12 to $156.88" in said
    for title in ("Response rates", "Revenue per target", "How responses came in"):
        assert title in said
    app.multiselect(key="campaign_parts_by").select("city").run()
    assert not app.exception
    assert "Parts of the targets" in words(app)


def test_without_a_holdout_the_page_tells_no_lift(own_shop: Path, open_page: Open) -> None:
    app = opened(own_shop, open_page, "Results", "8")
    assert not app.exception
    assert "No contact was held out, so nobody knows how many would have responded without the campaign." in words(app)
    assert "Absolute lift" not in words(app)


def test_a_rule_is_previewed_saved_and_discarded(sent: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = opened(own_shop, open_page, "Responses")
    assert not app.exception
    assert "Contacts that responded 20" in words(app)
    assert "A preview of a rule that is not saved." not in words(app)
    app.number_input(key="campaign_rule:9:window").set_value(3).run()
    assert "A preview of a rule that is not saved." in words(app)
    assert "Contacts that responded 0" in words(app)
    app.button(key="campaign_rule_undo").click().run()
    assert "Contacts that responded 20" in words(app)
    app.selectbox(key="campaign_rule:9:kind").set_value("campaign_response").run()
    app.button(key="campaign_rule_save").click().run()
    assert not app.exception
    rule = sent.campaigns.response_rule("9")
    assert (rule.response.related if rule.response else None, rule.window_days) == ("campaign_response", 14)
    assert rule.shares == {"A": 1, "holdout": 1}


def test_a_rule_can_be_written_as_text(sent: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = opened(own_shop, open_page, "Responses")
    app.text_area(key="campaign_rule:9:text").set_value("window_dayz: 5").run()
    app.button(key="campaign_rule_text_save").click().run()
    assert "is not known here" in words(app)
    app.text_area(key="campaign_rule:9:text").set_value("window_days: 5").run()
    app.button(key="campaign_rule_text_save").click().run()
    assert not app.exception
    assert sent.campaigns.response_rule("9").window_days == 5
