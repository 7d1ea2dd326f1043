"""Saying what a response is, and measuring a campaign, at the command line."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from tests.cli.command import Shell

RULE = (
    "response: {related: sales_entry}\nwindow_days: 14\nrevenue: {column: sales_amount}\nshares: {A: 1, holdout: 1}\n"
)
DAY = ("--as-of", "2026-04-15")


@pytest.fixture(name="shop")
def with_a_campaign(own: Shell) -> Shell:
    """Forty people, half of them held out; fifteen and five bought."""
    people = pd.DataFrame({"contact_no": [f"P{n:02}" for n in range(40)], "type": "person"})
    targets = people[["contact_no"]].assign(campaign_no="CP1", arm=["A", "holdout"] * 20, targeted_on="2026-03-01")
    buyers = [*range(0, 30, 2), *range(1, 11, 2)]
    sales = people.loc[buyers, ["contact_no"]].assign(posted_at="2026-03-05", sales_amount=10)
    bench = wb.open(own.store)
    for table, frame in (("contact", people), ("campaign_target", targets), ("sales_entry", sales)):
        bench.sources.load(table, frame)
    return own


def test_a_rule_is_previewed_saved_and_measured_by(shop: Shell) -> None:
    rule = shop.file("rule.yaml", RULE)
    preview = shop.run("campaign", "respond", "CP1", "--rule", rule, *DAY, "--dry-run", "--json").json
    assert (preview["is_written"], preview["counts"][0]["response_count"]) == (False, 20)
    saved = shop.run("campaign", "respond", "CP1", "--rule", rule, *DAY)
    assert "This counts as a response from now on." in saved.out
    changed = shop.run("campaign", "respond", "CP1", "--window-days", "3", *DAY, "--json").json
    assert (changed["rule"]["window_days"], changed["counts"][0]["response_count"]) == (3, 0)
    shop.run("campaign", "respond", "CP1", "--window-days", "14", *DAY)

    told = shop.run("campaign", "measure", "CP1", *DAY, "--by", "type")
    assert told.out.startswith("A: more responses than without the campaign. 75.00% of 20 responded, 25.00% of 20 in")
    for title in ("Response rate against holdout", "Revenue per target against holdout", "Parts of the targets"):
        assert title in told.out
    figures = shop.run("campaign", "measure", "CP1", *DAY, "--json").json
    assert figures["lifts"][0]["incremental_responses"] == pytest.approx(10)
    assert (figures["lifts"][0]["roi"], figures["sample_ratio"]["p_value"]) == (None, 1)
    rows = shop.run("campaign", "measure", "CP1", *DAY, "--rows", "--json").json
    assert len(rows) == 40
    assert sum(row["is_responder"] for row in rows) == 20


def test_a_response_can_be_an_interaction_of_a_template(shop: Shell) -> None:
    told = shop.run("campaign", "respond", "CP1", "--template", "INCOME", *DAY, "--json").json
    assert told["rule"]["response"]["where"]["all"][0]["value"] == "INCOME"
    assert told["counts"][0]["response_count"] == 0


def test_complaints_say_what_to_do(shop: Shell) -> None:
    assert shop.run("campaign", "measure", "CP", *DAY).complaint == (
        'There is no campaign "CP".', 'Did you mean "CP1"?'
    )  # fmt: skip
    assert shop.run("campaign", "respond", "CP1", "--related", "sales", *DAY).complaint == (
        'Response rule: "sales" is no related.', 'Did you mean "sales_entry"?'
    )  # fmt: skip
    assert shop.run("campaign", "measure", "CP1", "--by", "town", *DAY).complaint[0] == (
        'Targets cannot be parted by "town".'
    )
