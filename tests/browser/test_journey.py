"""One journey through the browser: build, count, save, export, open again by link, another language."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

import workbench as wb
from tests.browser.builder_page import BuilderPage
from tests.browser.conftest import Visit

pytestmark = pytest.mark.alone

CITIES = ("Prague", "Madrid", "Prague", None)
AMOUNTS = (10.0, 200.0, 30.5)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred people in three states of city, sales for two in three of them; only read."""
    return _built(tmp_path_factory.mktemp("small") / "small.duckdb")


@pytest.fixture
def own_store(tmp_path: Path) -> Path:
    """The same, to be written to."""
    return _built(tmp_path / "small.duckdb")


def _built(path: Path) -> Path:
    bench = wb.open(path)
    people = [
        {"contact_no": f"CT{n:03d}", "type": "person", "name": f"Person {n}", "city": CITIES[n % 4], "stars": n % 5}
        for n in range(100)
    ]
    bench.sources.load("contact", pd.DataFrame(people), new_fields="add")
    bench.sources.load("sales_entry", pd.DataFrame(sales()))
    bench.setup.set("as_of", "2018-01-01")
    return path


def sales() -> list[dict[str, object]]:
    return [
        {
            "sales_entry_no": f"S{n:03d}",
            "contact_no": f"CT{n:03d}",
            "posted_at": "2017-12-01" if n % 2 else "2016-12-01",
            "sales_amount": AMOUNTS[n % 3],
            "item_no": "tea" if n % 3 else "nuts",
        }
        for n in range(100)
        if n % 3
    ]


def test_build_count_save_export_and_open_again(
    visit: Visit, own_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builder = BuilderPage(visit(own_store, "segments"))
    builder.shows_total(100)
    _first_step(builder)
    _second_step(builder)
    expected = _expected()
    builder.shows_total(len(expected))
    builder.photograph("segments-built")
    _save(builder, "prague-buyers")
    assert (
        wb.open(own_store).segments.members("prague-buyers", wb.open(own_store).as_of())["contact_no"].tolist()
        == expected
    )
    _export(builder, expected)
    again = BuilderPage(visit(own_store, "segments?segment=prague-buyers"))
    again.shows_total(len(expected))
    _another_language(again, len(expected))
    with capsys.disabled():
        print(f"\n  from click to number, small store: {_spread(builder.times)}")


def _first_step(builder: BuilderPage) -> None:
    """Add those in Prague, or with no city and at least three stars."""
    step = builder.step(1)
    builder.add(step, "Rule")
    expect(builder.rule(1)).to_contain_text("Not finished: left out of the count.")
    builder.choose_field(builder.rule(1), "city")
    builder.choose_value(builder.rule(1).get_by_role("combobox", name="Value"), "Pra")
    assert builder.counts(1) == ["50", "50", "100"]
    step.get_by_label("How the rules are joined").first.select_option("any")
    builder.settled()
    builder.add(step, "Group")
    group = step.locator(".nested").first
    builder.choose_field(builder.rule(2), "city")
    builder.operator(builder.rule(2), "is_unknown")
    assert builder.counts(2) == ["25", "75", "50"]
    builder.add(group, "Rule")
    builder.choose_field(builder.rule(3), "stars")
    builder.rule(3).get_by_label("Value", exact=True).fill("3")
    expect(builder.matched(1)).to_have_text("60")
    assert builder.counts(3) == ["40", "60", "75"]


def _second_step(builder: BuilderPage) -> None:
    """Keep only those who bought tea for at least 30 in the last year."""
    builder.root.get_by_role("button", name="Step: keep only").click()
    builder.settled()
    rule = builder.rule(4)
    rule.get_by_label("What the rule is about").select_option("related:sales_entry")
    builder.settled()
    rule = builder.rule(4)
    rule.get_by_label("Measure").select_option("sum")
    builder.settled()
    builder.choose_field(rule, "sales value")
    rule.get_by_label("Value", exact=True).fill("30")
    builder.settled()
    rule.get_by_label("When").select_option("in_last")
    builder.settled()
    rule.get_by_label("How many").fill("12")
    rule.get_by_label("Unit").select_option("month")
    builder.settled()
    rule.get_by_role("button", name="Condition on the rows").click()
    builder.settled()
    where = rule.locator(".where .rule").first
    builder.choose_field(where, "item")
    builder.choose_value(where.get_by_role("combobox", name="Value"), "tea")
    expect(builder.page.get_by_test_id("sentence")).to_contain_text("tea")


def _expected() -> list[str]:
    bought = {str(row["contact_no"]) for row in sales() if row["posted_at"] == "2017-12-01"}
    chosen = [n for n in range(100) if CITIES[n % 4] == "Prague" or (CITIES[n % 4] is None and n % 5 >= 3)]
    return [f"CT{n:03d}" for n in chosen if f"CT{n:03d}" in bought]


def _save(builder: BuilderPage, name: str) -> None:
    page = builder.page
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(f"segment={name}"))


def _export(builder: BuilderPage, expected: list[str]) -> None:
    page = builder.page
    page.get_by_role("tab", name="Export").click()
    page.get_by_role("button", name="Prepare the file").click()
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download prague-buyers 2018-01-01.csv").click()
    lines = begun.value.path().read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == expected
    with page.expect_download() as begun:
        page.get_by_role("button", name="Manifest").click()
    assert json.loads(begun.value.path().read_text(encoding="utf-8"))
    builder.photograph("segments-exported")


def _another_language(builder: BuilderPage, total: int) -> None:
    page = builder.page
    page.get_by_role("radio", name="Español").or_(page.get_by_text("Español", exact=True)).first.click()
    expect(page.get_by_role("heading", name="Segmentos")).to_be_visible()
    expect(builder.root.get_by_role("button", name="Deshacer", exact=True)).to_be_visible()
    builder.shows_total(total)
    builder.photograph("segments-spanish")


def test_what_is_typed_while_a_count_is_under_way_is_kept(visit: Visit, store: Path) -> None:
    builder = BuilderPage(visit(store, "segments"))
    builder.add(builder.step(1), "Rule")
    builder.choose_field(builder.rule(1), "name")
    builder.operator(builder.rule(1), "contains")
    field = builder.rule(1).get_by_role("combobox", name="Value")
    field.click()
    field.press_sequentially("Person 42", delay=70)
    builder.shows_total(1)
    assert field.input_value() == "Person 42"
    assert field.evaluate("input => input.getRootNode().activeElement === input")
    field.press("Home")
    field.press_sequentially("x", delay=40)
    builder.shows_total(0)
    assert field.evaluate("input => input.selectionStart") == 1


def test_an_edit_gives_up_the_count_of_the_one_before(visit: Visit, store: Path) -> None:
    page = visit(store, "segments")
    builder = BuilderPage(page)
    endless = "SELECT c.contact_id FROM contact c, range(10000000000) r(i) WHERE hash(c.contact_id + r.i) = 1"
    text = page.get_by_label("Definition", exact=True)
    text.fill(f'steps:\n- add: {{all: [{{sql: "{endless}"}}]}}\n')
    text.press("Control+Enter")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_timeout(2000)
    started = time.monotonic()
    builder.add(builder.step(1), "Rule")
    builder.shows_total(100)
    assert time.monotonic() - started < 30, "SQL is stopped by itself only after a minute"


def test_undo_takes_back_and_redo_brings_again(visit: Visit, store: Path) -> None:
    builder = BuilderPage(visit(store, "segments"))
    builder.add(builder.step(1), "Rule")
    builder.choose_field(builder.rule(1), "city")
    builder.choose_value(builder.rule(1).get_by_role("combobox", name="Value"), "Madrid")
    builder.shows_total(25)
    undo = builder.root.get_by_role("button", name="Undo")
    undo.click()
    builder.shows_total(100)
    builder.root.get_by_role("button", name="Redo").click()
    builder.shows_total(25)
    while undo.is_enabled():
        undo.click()
        builder.settled()
    expect(builder.root.locator(".rule .counts")).to_have_count(0)


def test_rules_are_copied_moved_grouped_and_removed(visit: Visit, store: Path) -> None:
    builder = BuilderPage(visit(store, "segments"))
    builder.add(builder.step(1), "Rule")
    builder.choose_field(builder.rule(1), "city")
    builder.choose_value(builder.rule(1).get_by_role("combobox", name="Value"), "Madrid")
    _from_menu(builder, 1, "Duplicate")
    builder.choose_field(builder.rule(2), "stars")
    builder.rule(2).get_by_label("Value", exact=True).fill("4")
    builder.shows_total(5)
    _from_menu(builder, 2, "Move up")
    assert builder.counts(1) == ["20", "20", "25"]
    _from_menu(builder, 1, "Put in a group")
    expect(builder.step(1).locator(".nested")).to_have_count(1)
    builder.shows_total(5)
    _from_menu(builder, 1, "Move down")
    expect(builder.step(1).locator(".nested")).to_have_count(0)
    builder.rule(1).get_by_role("button", name="Remove").click()
    builder.shows_total(25)


def _from_menu(builder: BuilderPage, rule: int, name: str) -> None:
    builder.rule(rule).get_by_role("button", name="More").first.click()
    builder.rule(rule).get_by_role("button", name=name, exact=True).click()
    builder.settled()


def test_steps_are_moved_copied_and_removed(visit: Visit, store: Path) -> None:
    builder = BuilderPage(visit(store, "segments"))
    builder.root.get_by_role("button", name="Step: remove").click()
    builder.settled()
    builder.choose_field(builder.rule(1), "city")
    builder.choose_value(builder.rule(1).get_by_role("combobox", name="Value"), "Madrid")
    builder.shows_total(75)
    expect(builder.step(2).locator(".change")).to_have_text("−25")
    builder.step(2).get_by_role("button", name="Duplicate step").click()
    builder.shows_total(75)
    builder.step(3).get_by_role("button", name="Remove step").click()
    builder.step(2).get_by_role("button", name="Move step up").click()
    builder.shows_total(100)


def test_a_rule_is_dragged_into_another_step(visit: Visit, store: Path) -> None:
    builder = BuilderPage(visit(store, "segments"))
    builder.add(builder.step(1), "Rule")
    builder.choose_field(builder.rule(1), "city")
    builder.choose_value(builder.rule(1).get_by_role("combobox", name="Value"), "Madrid")
    builder.root.get_by_role("button", name="Step: remove").click()
    builder.settled()
    target = builder.step(2).locator(".group-body > .more")
    builder.rule(1).locator(".grip").drag_to(target)
    builder.shows_total(75)


def test_the_text_and_the_builder_are_the_same_thing(visit: Visit, store: Path) -> None:
    page = visit(store, "segments")
    builder = BuilderPage(page)
    text = page.get_by_label("Definition", exact=True)
    text.fill("steps:\n- add: {not: {field: city, op: is_not, value: Madrid, unknown: exclude}}\n")
    text.press("Control+Enter")
    page.get_by_role("button", name="Apply").click()
    builder.shows_total(50)
    expect(builder.step(1).get_by_label("How the rules are joined").first).to_have_value("not_any")
    box = builder.rule(1).get_by_label("or not recorded")
    expect(box).not_to_be_checked()
    box.check()
    builder.shows_total(25)
    expect(builder.rule(1)).to_contain_text("50 recorded + 25 not recorded")
    expect(text).to_have_value(re.compile(r"not: \{field: city, op: is_not, value: Madrid\}"))


def test_a_refused_rule_says_so_where_it_stands(visit: Visit, store: Path) -> None:
    page = visit(store, "segments")
    builder = BuilderPage(page)
    builder.add(builder.step(1), "Rule")
    builder.choose_field(builder.rule(1), "name")
    builder.operator(builder.rule(1), "matches")
    builder.rule(1).get_by_role("combobox", name="Value").fill("(")
    expect(builder.rule(1).get_by_role("alert")).to_contain_text('The pattern "(" is broken')
    builder.shows_total(100)


def test_another_page_and_back_loses_nothing(visit: Visit, store: Path) -> None:
    page = visit(store, "segments")
    builder = BuilderPage(page)
    builder.add(builder.step(1), "Rule")
    builder.choose_field(builder.rule(1), "city")
    builder.choose_value(builder.rule(1).get_by_role("combobox", name="Value"), "Madrid")
    builder.shows_total(25)
    page.get_by_role("link", name="Contacts").first.click()
    expect(builder.root).to_have_count(0)
    page.get_by_role("link", name="Segments").first.click()
    again = BuilderPage(page)
    again.shows_total(25)
    expect(again.rule(1).get_by_role("combobox", name="Value")).to_have_value("Madrid")
    again.operator(again.rule(1), "is_not")
    again.shows_total(75)


def test_the_demo_store_answers_in_both_languages_light_and_dark(
    visit: Visit, journey_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for scheme, locale in (("light", "en-US"), ("dark", "es-ES")):
        page = visit(journey_copy, "segments?segment=grocery-families-to-win", color_scheme=scheme, locale=locale)
        builder = BuilderPage(page)
        builder.shows_total(284)
        builder.photograph(f"segments-demo-{scheme}-{locale[:2]}")
    page = visit(journey_copy, "segments?segment=lapsing-regulars")
    builder = BuilderPage(page)
    builder.shows_total(121)
    builder.times.clear()
    _edit_often(page, builder)
    with capsys.disabled():
        print(f"\n  from click to number, demo store: {_spread(builder.times)}")


def _edit_often(page: Page, builder: BuilderPage) -> None:
    """Change the same number again and again, to see how long an answer takes."""
    field = builder.rule(1).get_by_label("Value", exact=True)
    for value in range(10, 22):
        field.fill(str(value))
        field.press("Tab")
        builder.settled()
        page.wait_for_timeout(400)


def _spread(times: list[int]) -> str:
    ordered = sorted(times)
    return f"median {ordered[len(ordered) // 2]} ms, from {ordered[0]} to {ordered[-1]} ms, {len(ordered)} edits"
