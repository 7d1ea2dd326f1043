"""Rules of every kind are made in the builder, and counted as the same definition is anywhere else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, expect

import workbench as wb
from tests.browser.builder_page import BuilderPage
from tests.browser.conftest import Visit

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty people of five companies; calls and then purchases, a score, all before 2018."""
    path = tmp_path_factory.mktemp("kinds") / "kinds.duckdb"
    bench = wb.open(path)
    numbers = [f"CT{n:02d}" for n in range(20)]
    people = {
        "contact_no": numbers,
        "type": "person",
        "company_no": [f"F{n % 5}" for n in range(20)],
        "city": ["Prague" if n < 4 else "Brno" for n in range(20)],
        "post_code": [str(100 + n) for n in range(20)],
    }
    calls = {
        "contact_no": numbers[:10],
        "occurred_at": pd.Timestamp("2017-11-01 10:00"),
        "interaction_no": numbers[:10],
    }
    days = [pd.Timestamp("2017-11-10") if n < 5 else pd.Timestamp("2017-06-10") for n in range(15)]
    bought = {"contact_no": numbers[:15], "posted_at": days, "sales_entry_no": numbers[:15], "sales_amount": 10.0}
    bench.sources.load("contact", pd.DataFrame(people))
    bench.sources.load("interaction", pd.DataFrame(calls))
    bench.sources.load("sales_entry", pd.DataFrame(bought))
    bench.scores.load("rfm", pd.DataFrame({"contact_no": numbers, "value": range(20)}), scored_on=dt.date(2018, 1, 1))
    bench.setup.set("as_of", "2018-01-01")
    return path


def _first_rule(visit: Visit, store: Path, kind: str) -> tuple[BuilderPage, Locator]:
    builder = BuilderPage(visit(store, "segments"))
    builder.shows_total(20)
    builder.add(builder.step(1), "Rule")
    builder.rule(1).get_by_label("What the rule is about").select_option(kind)
    builder.settled()
    return builder, builder.rule(1)


def test_a_habit(visit: Visit, store: Path) -> None:
    builder, rule = _first_rule(visit, store, "habit")
    rule.get_by_label("Habit", exact=True).select_option("stopped")
    rule.get_by_label("Related rows", exact=True).select_option("sales_entry")
    builder.shows_total(10)
    expect(builder.page.get_by_test_id("sentence")).to_contain_text("but none in the last 3 months")


def test_a_sequence_and_how_long_it_may_take(visit: Visit, store: Path) -> None:
    builder, rule = _first_rule(visit, store, "sequence")
    rule.get_by_label("Related rows", exact=True).nth(0).select_option("interaction")
    rule.get_by_label("Related rows", exact=True).nth(1).select_option("sales_entry")
    builder.shows_total(5)
    rule.get_by_text("the last at most so long after the first:").click()
    rule.get_by_label("How many", exact=True).fill("3")
    builder.shows_total(0)


def test_colleagues(visit: Visit, store: Path) -> None:
    builder, rule = _first_rule(visit, store, "company_has")
    inner = rule.locator(".rule").first
    builder.choose_field(inner, "post code")
    builder.choose_value(inner.get_by_role("combobox", name="Value"), "107")
    builder.shows_total(4)


def test_sql_and_what_is_wrong_with_it(visit: Visit, store: Path) -> None:
    builder, rule = _first_rule(visit, store, "sql")
    expect(rule).to_contain_text("Not finished")
    rule.get_by_label("SQL", exact=True).fill("select contact_id from sales_entry where posted_at > $as_of - 90")
    builder.shows_total(5)
    rule.get_by_label("SQL", exact=True).fill("drop table contact")
    expect(rule.get_by_role("alert")).to_contain_text("An SQL condition is one SELECT")


def test_a_score_a_filter_and_its_trap(visit: Visit, store: Path) -> None:
    builder, rule = _first_rule(visit, store, "score:rfm")
    builder.choose_field(rule, "value")
    rule.get_by_label("Value", exact=True).fill("15")
    builder.shows_total(5)
    rule.get_by_label("What the rule is about").select_option("contact")
    builder.choose_field(builder.rule(1), "post code")
    builder.operator(builder.rule(1), "filter")
    builder.rule(1).locator("input.filter").fill("100..104")
    builder.shows_total(5)
    expect(builder.page.get_by_text("compares text sign by sign").first).to_be_visible()


def test_one_of_each_a_sample_and_so_many_of_each_group(visit: Visit, store: Path) -> None:
    builder = BuilderPage(visit(store, "segments"))
    builder.root.get_by_role("button", name="Limit", exact=True).click()
    builder.shows_total(20)
    limit = builder.root.get_by_role("region", name="At most")
    limit.get_by_label("One of each").select_option("company")
    builder.shows_total(5)
    limit.get_by_label("One of each").select_option("")
    limit.get_by_text("A random sample of").click()
    limit.get_by_label("How many", exact=True).fill("8")
    builder.shows_total(8)
    limit.get_by_text("A random sample of").click()
    limit.get_by_label("How many contacts").fill("2")
    limit.get_by_label("Whether so many in all").select_option("city")
    builder.shows_total(4)
    builder.photograph("limit")
