"""Whom a campaign moves, on the tab Results of its card."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from tests.app.conftest import DAY, Open, words

RULE = {"response": {"related": "sales_entry"}, "window_days": 14}


@pytest.fixture
def sent(own_shop: Path) -> wb.Workbench:
    """Six hundred more people; letters move those in Brno."""
    chance = np.random.default_rng(1)
    numbers = [f"P{n:03}" for n in range(600)]
    people = pd.DataFrame({"contact_no": numbers, "type": "person", "city": chance.choice(["Brno", "Plzen"], 600)})
    targets = people[["contact_no"]].assign(campaign_no="9", arm=["A", "holdout"] * 300, targeted_on="2017-03-01")
    moved = (targets["arm"] == "A") & (people["city"] == "Brno")
    buyers = people.loc[chance.random(600) < np.where(moved, 0.6, 0.15), ["contact_no"]]
    bench = wb.open(own_shop)
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["9"]}))
    tables = {"contact": people, "campaign_target": targets, "sales_entry": buyers.assign(posted_at="2017-03-05")}
    for table, frame in tables.items():
        bench.sources.load(table, frame)
    bench.campaigns.respond("9", DAY, RULE)
    return bench


def test_a_model_is_asked_for_read_and_kept_as_a_score(sent: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "campaigns", remembered={"campaign_no": "9", "campaign_panel": "Results"})
    app.run(timeout=60)
    assert not app.exception
    assert app.button(key="campaign_uplift_ask").disabled
    app.multiselect(key="campaign_uplift_fields").select("city").run()
    app.button(key="campaign_uplift_ask").click().run(timeout=60)
    assert not app.exception
    said = words(app)
    assert "A: The score ranks targets by uplift better than chance" in said
    assert "X-learner, A against holdout" in said
    assert "Contacts scored beside the targets compared" in said
    app.button(key="campaign_uplift_keep").click().run(timeout=60)
    assert not app.exception
    (score,) = sent.scores.list()
    assert (score.name, set(score.fields)) == ("uplift_9", {"uplift", "decile", "is_target"})


def test_what_cannot_be_modelled_is_said(sent: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    people = pd.DataFrame({"contact_no": [f"P{n:03}" for n in range(600)], "county": ["A", "holdout"] * 300})
    sent.sources.load("contact", people)
    app = open_page(own_shop, "campaigns", remembered={"campaign_no": "9", "campaign_panel": "Results"})
    app.multiselect(key="campaign_uplift_fields").select("county").run()
    app.button(key="campaign_uplift_ask").click().run(timeout=60)
    assert not app.exception
    assert "The arms differ in county more than chance makes them differ." in words(app)
    assert "Every target" in [expander.label for expander in app.expander]
