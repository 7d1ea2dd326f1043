"""Going back over the actions of a worksheet, and the law that its log replays as a definition."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench as wb
from tests.use_cases.worksheet_world import (
    DAY,
    fill,
    members,
    new,
    numbers,
    shop,  # noqa: F401 - the fixture called bench
)


def test_going_back_undoes_the_last_action_and_takes_its_criteria_off_the_log(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C21")
    bench.worksheets.add(sheet, {"contact": {"no": "C90"}}, DAY)

    receipt = bench.worksheets.go_back(sheet)

    assert numbers(bench, sheet) == ["C11", "C21"]
    assert (receipt.removed, receipt.action_count) == (1, 1)
    assert len(bench.worksheets.criteria(sheet).actions) == 1
    assert receipt.steps[0].sentence == "go back over: add; contact: contact_no: C90"


def test_lines_that_were_deleted_come_back_at_the_end_the_last_one_first(bench: wb.Workbench) -> None:
    sheet = new(bench, "C10", "C11", "C21", "C90", description="Spring")
    bench.worksheets.reduce(sheet, {"mailing_group": {"code": "PRESS"}}, DAY)
    assert numbers(bench, sheet) == ["C90", "C10"]

    receipt = bench.worksheets.go_back(sheet)

    assert numbers(bench, sheet) == ["C90", "C10", "C21", "C11"]
    assert list(bench.worksheets.lines(sheet)["line_no"]) == [10000, 20000, 30000, 40000]
    assert set(bench.worksheets.lines(sheet)["description"]) == {"Spring"}
    (note,) = receipt.notes
    assert note.startswith("Lines that came back at the end: 2; they were made anew from the header and the contact,")


def test_going_back_over_an_action_that_changed_nothing_only_takes_its_criteria(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.refine(sheet, {}, DAY)

    receipt = bench.worksheets.go_back(sheet)

    assert (receipt.added, receipt.removed, receipt.action_count) == (0, 0, 1)
    assert numbers(bench, sheet) == ["C11"]


def test_going_back_to_the_beginning_leaves_nothing(bench: wb.Workbench) -> None:
    sheet = new(bench, "C10", "C11")
    bench.worksheets.reduce(sheet, {"contact": {"no": "C10"}}, DAY)
    bench.worksheets.add(sheet, {"contact": {"no": "C21"}}, DAY)

    receipt = bench.worksheets.go_back(sheet, to_beginning=True)

    assert (len(receipt.steps), receipt.line_count, receipt.action_count) == (3, 0, 0)
    assert numbers(bench, sheet) == []
    assert bench.worksheets.criteria(sheet).actions == ()


def test_lines_that_came_back_under_other_numbers_are_still_those_of_their_action(bench: wb.Workbench) -> None:
    sheet = new(bench, "C10", "C11", "C21")
    bench.worksheets.reduce(sheet, {"contact": {"no": "C10"}}, DAY)
    bench.worksheets.go_back(sheet)
    assert numbers(bench, sheet) == ["C11", "C21", "C10"]

    assert bench.worksheets.go_back(sheet).line_count == 0


def test_going_back_over_another_line_for_a_contact_keeps_the_first_and_tells_the_product(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.add(sheet, {"contact": {"no": "C11"}}, DAY, allow_existing=True)

    receipt = bench.worksheets.go_back(sheet)

    assert numbers(bench, sheet) == ["C11"]
    assert (receipt.line_count, receipt.product_count) == (1, 0)
    assert receipt.steps[0].differences == (
        "Business Central deletes every line of a contact that the action added, lines of earlier actions as well.",
    )


def test_an_exchanged_contact_comes_back_step_by_step(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C21")
    bench.worksheets.change_line(sheet, 10000, "C90", DAY)

    assert bench.worksheets.go_back(sheet).line_count == 1
    assert numbers(bench, sheet) == ["C21"]
    bench.worksheets.go_back(sheet)
    assert numbers(bench, sheet) == ["C21", "C11"]


def test_one_cannot_go_back_further_than_the_beginning(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")

    with pytest.raises(wb.RuleError, match="2 actions of SM00001 cannot be undone: it has 1") as caught:
        bench.worksheets.go_back(sheet, actions=2)
    assert caught.value.hint == "Go back over fewer, or to the beginning."


FILTERS: list[Any] = [
    {},
    {"contact": {"city": "Prague"}},
    {"contact": {"type": "company"}},
    {"contact": {"no": "C1*"}},
    {"mailing_group": {"code": "PRESS|VIP"}},
    {"mailing_group": {"code": "<>PRESS"}},
    {"interaction": {"campaign_no": "CP1001"}},
    {"industry_group": {"code": "MANUF"}},
    {"business_relation": {"code": "CUST"}, "contact": {"city": "<>Prague"}},
    {"value_entry": {"item_no": "1000..2000"}},
    {"profile_answer": {"line_no": "..50000"}},
]
CONTACTS = ["C10", "C11", "C12", "C20", "C21", "C90", "C91"]
flags = st.booleans()
additions = st.tuples(
    st.just("add"), st.sampled_from(FILTERS),
    st.fixed_dictionaries({
        "allow_existing": flags, "expand_companies": flags, "allow_related_companies": flags, "ignore_exclusion": flags,
    }),
)  # fmt: skip
removals = st.tuples(
    st.sampled_from(["reduce", "refine"]),
    st.sampled_from(FILTERS[1:]),
    st.fixed_dictionaries({"entire_companies": flags, "reset_criteria": flags}),
)
by_hand = st.tuples(
    st.sampled_from(["add_line", "delete_line", "change_line", "go_back"]),
    st.sampled_from(CONTACTS),
    st.fixed_dictionaries({"at": st.integers(0, 8)}),
)
works = st.lists(st.one_of(additions, removals, by_hand), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def store() -> wb.Workbench:
    bench = wb.open(":memory:")
    fill(bench)
    return bench


def _do(bench: wb.Workbench, sheet: str, verb: str, what: Any, options: dict[str, Any], dry_run: bool) -> Any:
    """Do something to a worksheet, where it can be done."""
    if verb in ("add", "reduce", "refine"):
        return getattr(bench.worksheets, verb)(sheet, what, DAY, **options, dry_run=dry_run)
    if verb == "add_line":
        return bench.worksheets.add_line(sheet, what, DAY, dry_run=dry_run)
    if verb == "go_back":
        there = bench.worksheets.get(sheet).action_count
        return (
            bench.worksheets.go_back(sheet, actions=min(there, 1 + options["at"] % 2), dry_run=dry_run)
            if there
            else None
        )
    lines = bench.worksheets.lines(sheet)["line_no"].tolist()
    if not lines:
        return None
    line_no = lines[options["at"] % len(lines)]
    if verb == "delete_line":
        return bench.worksheets.delete_line(sheet, line_no, DAY, dry_run=dry_run)
    return bench.worksheets.change_line(sheet, line_no, what, DAY, dry_run=dry_run)


@given(works)
def test_the_definition_replays_the_contacts_on_the_lines(store: wb.Workbench, work: list[Any]) -> None:
    sheet = new(store)
    for verb, what, options in work:
        planned = _do(store, sheet, verb, what, options, dry_run=True)
        done = _do(store, sheet, verb, what, options, dry_run=False)

        on_lines = numbers(store, sheet)
        assert members(store, store.worksheets.definition(sheet)) == set(on_lines)
        if done is not None:
            assert planned.steps == done.steps
            assert (done.line_count, done.contact_count) == (len(on_lines), len(set(on_lines)))
            assert done.action_count == store.worksheets.get(sheet).action_count
    if store.worksheets.get(sheet).action_count:
        assert store.worksheets.go_back(sheet, to_beginning=True).line_count == 0
