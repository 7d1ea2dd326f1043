"""The tabs Plan and Targets of a campaign's card, on a real small store."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words

PLAN = {"name": "autumn", "campaigns": [{"campaign": "9", "segments": ["brnoers"], "holdout": 0.25}]}


@pytest.fixture
def bench(own_shop: Path) -> wb.Workbench:
    """Forty people of Brno, of whom one is blocked, a campaign and two segments."""
    bench = wb.open(own_shop)
    people = pd.DataFrame({"contact_no": [f"P{n:02}" for n in range(40)], "type": "person", "city": "Brno"})
    bench.sources.load("contact", people.assign(is_privacy_blocked=people["contact_no"] == "P00"))
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["9"], "description": ["Autumn"]}))
    in_brno = {"field": "city", "op": "is", "value": "Brno"}
    bench.segments.save({"name": "brnoers", "steps": [{"add": in_brno}]})
    return bench


def opened(store: Path, open_page: Open, panel: str) -> AppTest:
    return open_page(store, "campaigns", remembered={"campaign_no": "9", "campaign_panel": panel})


def test_a_plan_is_made_previewed_saved_and_launched(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = opened(own_shop, open_page, "Plan")
    assert not app.exception
    assert "Choose at least one segment." in words(app)
    app.multiselect(key="campaign_plan:9:segments").select("brnoers").run()
    assert not app.exception
    assert "Targets 39 of 40 members of its segments" in words(app)
    assert "9 holds nobody out, so no lift can be known of it afterwards." in words(app)

    app.number_input(key="campaign_plan:9:holdout").set_value(25.0).run()
    app.number_input(key="campaign_plan:9:rate").set_value(10.0).run()
    app.number_input(key="campaign_plan:9:lift").set_value(5.0).run()
    held_out = bench.campaigns.plan(PLAN, DAY).arms.set_index("arm").loc["holdout", "target_count"]
    assert f"Held out {held_out}" in words(app)
    assert "percentage points or more with power 80%" in words(app)

    app.text_input(key="campaign_plan:9:name").set_value("autumn").run()
    app.button(key="campaign_plan_save").click().run()
    assert not app.exception
    assert [one.name for one in bench.campaigns.plans()] == ["autumn"]
    app.button(key="campaign_launch").click().run()
    assert not app.exception
    (launch,) = bench.campaigns.launches()
    assert (launch.plan_name, launch.target_count) == ("autumn", 39)
    assert bench.campaigns.targets("9").arms().set_index("arm")["target_count"]["holdout"] == held_out
    assert len(bench.worksheets.list()) == 1


def test_a_variant_without_a_number_is_told(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    bench.campaigns.save_plan(PLAN)
    app = opened(own_shop, open_page, "Plan")
    app.text_input(key="campaign_plan:9:variants").set_value("letter: two").run()
    assert "is no share of letter." in app.error[0].value


def test_targets_are_shown_with_what_others_were_passed_over_for(
    bench: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    app = opened(own_shop, open_page, "Targets")
    assert "The campaign has no targets yet. Plan and launch it, or load them from a file." in words(app)
    bench.campaigns.launch(PLAN, DAY)
    app = opened(own_shop, open_page, "Targets")
    assert not app.exception
    assert "of 39 targets" in words(app)
    assert app.dataframe[1].value["reason"].tolist() == ["privacy_blocked"]
    assert any("segments: [brnoers]" in code.value or "brnoers" in code.value for code in app.code)
