"""Criteria saved and done again, logged segments taken up again, mailing groups, and segments as worksheets."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.worksheet_world import (
    DAY,
    members,
    new,
    numbers,
    shop,  # noqa: F401 - the fixture called bench
)

READY = {"description": "Spring", "salesperson_code": "PS", "interaction_template_code": "LETTER"}


def test_saved_criteria_do_the_same_again(bench: wb.Workbench) -> None:
    sheet = new(bench)
    bench.worksheets.add(sheet, {"contact": {"city": "Prague"}}, DAY, expand_companies=True)
    bench.worksheets.reduce(sheet, {"contact": {"type": "company"}}, DAY)
    saved = bench.worksheets.save_criteria(sheet, "PRG", "People around Prague")

    other = new(bench)
    receipt = bench.worksheets.reuse_criteria(other, "PRG", DAY)

    assert (saved.code, saved.description, saved.action_count) == ("PRG", "People around Prague", 2)
    assert numbers(bench, other) == numbers(bench, sheet)
    assert [step.line_count for step in receipt.steps] == [5, 3]
    assert bench.worksheets.criteria(other) == bench.worksheets.criteria(sheet)
    assert bench.worksheets.saved_log("PRG") == bench.worksheets.criteria(sheet)


def test_criteria_are_appended_only_when_told(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.save_criteria(sheet, "ANN")
    other = new(bench, "C90")

    with pytest.raises(wb.RuleError, match="SM00002 has actions already: 1"):
        bench.worksheets.reuse_criteria(other, "ANN", DAY)
    bench.worksheets.reuse_criteria(other, "ANN", DAY, append=True)

    assert numbers(bench, other) == ["C90", "C11"]


def test_a_saved_refinement_keeps_its_whole_companies_and_the_product_loses_them(bench: wb.Workbench) -> None:
    sheet = new(bench, "C10", "C11", "C90")
    bench.worksheets.refine(sheet, {"contact": {"no": "C11"}}, DAY, entire_companies=True)
    bench.worksheets.save_criteria(sheet, "WHOLE")

    receipt = bench.worksheets.reuse_criteria(new(bench), "WHOLE", DAY)

    assert (receipt.line_count, receipt.product_count) == (2, 1)
    assert receipt.steps[-1].differences == (
        "Business Central loses Entire Companies when a saved refinement is done again.",
    )


def test_a_code_is_saved_once_and_only_with_actions(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.save_criteria(sheet, "X")

    with pytest.raises(wb.ConflictError, match='Criteria are saved as "X" already'):
        bench.worksheets.save_criteria(sheet, "X")
    with pytest.raises(wb.RuleError, match="SM00002 has no criteria to save"):
        bench.worksheets.save_criteria(new(bench), "Y")
    with pytest.raises(wb.RuleError, match="Saved criteria need a code"):
        bench.worksheets.save_criteria(sheet, " ")
    with pytest.raises(wb.NotFoundError, match='No criteria are saved as "Z"'):
        bench.worksheets.reuse_criteria(sheet, "Z", DAY, append=True)
    bench.worksheets.delete_criteria("X")
    assert bench.worksheets.saved_criteria() == ()


def test_logging_writes_an_interaction_for_each_line_and_takes_the_worksheet_away(bench: wb.Workbench) -> None:
    bench.setup.set("time_zone", "Europe/Prague")
    sheet = new(bench, "C11", "C90", campaign_no="CP1001", unit_cost_amount="8", **READY)
    before = bench.overview.figures(DAY).row_count("interaction")

    planned = bench.worksheets.log(sheet, DAY, dry_run=True)
    assert bench.worksheets.get(sheet).line_count == 2
    receipt = bench.worksheets.log(sheet, DAY)

    assert (planned.entry_no, planned.interaction_count) == (receipt.entry_no, receipt.interaction_count) == (1, 2)
    assert bench.overview.figures(DAY).row_count("interaction") == before + 2
    (logged,) = bench.worksheets.logged()
    assert (logged.segment_no, logged.description, logged.interaction_count) == (sheet, "Spring", 2)
    row = {"field": "segment_no", "op": "is", "value": sheet}
    assert members(bench, {"related": "interaction", "where": row}) == {"C11", "C90"}
    on_the_day = {"related": "interaction", "where": row, "within": {"on": DAY.isoformat()}}
    assert members(bench, on_the_day) == {"C11", "C90"}
    with pytest.raises(wb.NotFoundError):
        bench.worksheets.get(sheet)
    with pytest.raises(wb.ConflictError, match=f'The number "{sheet}" is taken'):
        bench.worksheets.create(DAY, worksheet_no=sheet)


@pytest.mark.parametrize(
    ("contacts", "lacking", "message"),
    [
        (["C11"], "description", "SM00001 has no description."),
        ([], "", "Segment SM00001 is empty."),
        (["C91"], "salesperson_code", "Lines of SM00001 without salesperson_code: 1, the first of them line 10000."),
        (["C11"], "interaction_template_code", "Lines of SM00001 without interaction_template_code: 1"),
    ],
)
def test_logging_is_refused_where_something_is_missing(
    bench: wb.Workbench, contacts: list[str], lacking: str, message: str
) -> None:
    sheet = new(bench, *contacts, **{name: value for name, value in READY.items() if name != lacking})

    with pytest.raises(wb.RuleError) as caught:
        bench.worksheets.log(sheet, DAY)

    assert caught.value.message.startswith(message)
    assert bench.worksheets.logged() == ()


def test_following_up_begins_with_the_same_contacts(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C12", "C90", campaign_no="CP1001", **READY)

    receipt = bench.worksheets.log(sheet, DAY, follow_up=True)

    assert receipt.follow_up_no == "SM00002"
    assert numbers(bench, "SM00002") == ["C90", "C11", "C12"]
    header = bench.worksheets.get("SM00002").header
    assert (header.description, header.campaign_no) == ("Follow-up on segment SM00001", "CP1001")
    assert (header.interaction_template_code, header.salesperson_code) == (None, None)
    assert members(bench, bench.worksheets.definition("SM00002")) == {"C11", "C12", "C90"}
    assert bench.worksheets.go_back("SM00002").line_count == 0


def test_a_logged_segment_gives_a_line_for_each_interaction(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C90", campaign_no="CP1001", **READY)
    bench.worksheets.add(sheet, {"contact": {"no": "C11"}}, DAY, allow_existing=True)
    entry_no = bench.worksheets.log(sheet, DAY).entry_no

    other = new(bench, campaign_no="CP2002")
    receipt = bench.worksheets.reuse_logged(other, entry_no, DAY)

    assert numbers(bench, other) == ["C90", "C11", "C11"]
    assert set(bench.worksheets.lines(other)["campaign_no"]) == {"CP1001"}
    assert (receipt.line_count, receipt.contact_count, receipt.steps[0].matched) == (3, 2, 2)
    assert bench.worksheets.criteria(other).actions[0].action.options == ("allow_existing", "ignore_exclusion")
    bench.worksheets.save_criteria(other, "AGAIN")
    again = bench.worksheets.reuse_criteria(new(bench), "AGAIN", DAY)
    assert (again.line_count, again.contact_count) == (2, 2)
    with pytest.raises(wb.NotFoundError, match="There is no logged segment 7"):
        bench.worksheets.reuse_logged(new(bench), 7, DAY)


def test_a_mailing_group_is_applied_and_old_assignments_go_when_told(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C90")
    press = {"field": "mailing_group_codes", "op": "any_of", "value": ["PRESS"]}

    planned = bench.worksheets.apply_mailing_group(sheet, "PRESS", delete_old_assignments=True, dry_run=True)
    assert members(bench, press) == {"C11", "C12", "C21"}
    added = bench.worksheets.apply_mailing_group(sheet, "PRESS")
    assert members(bench, press) == {"C11", "C12", "C21", "C90"}
    receipt = bench.worksheets.apply_mailing_group(sheet, "PRESS", delete_old_assignments=True)
    assert members(bench, press) == {"C11", "C90"}

    assert (planned.assigned, planned.already, planned.removed) == (1, 1, 2)
    assert (added.assigned, added.already, added.removed) == (1, 1, 0)
    assert (receipt.assigned, receipt.already, receipt.removed) == (0, 2, 2)
    card = bench.contacts.card("C11", DAY).fields
    assert sorted(card["mailing_group_codes"]) == ["PRESS", "VIP"]
    with pytest.raises(wb.RuleError, match="A mailing group is needed"):
        bench.worksheets.apply_mailing_group(sheet, "")


def test_any_segment_can_be_frozen_and_replays_whatever_happens(bench: wb.Workbench) -> None:
    prague = {"name": "prague", "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}]}

    planned = bench.worksheets.freeze(prague, DAY, dry_run=True)
    receipt = bench.worksheets.freeze(prague, DAY, campaign_no="CP1001")

    assert (planned.worksheet_no, planned.line_count) == (receipt.worksheet_no, receipt.line_count) == ("SM00001", 4)
    assert numbers(bench, "SM00001") == ["C91", "C11", "C12", "C20"]
    header = bench.worksheets.get("SM00001").header
    assert (header.description, header.campaign_no, header.dated_on) == ("prague", "CP1001", DAY)
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["C11"], "city": ["Madrid"]}))
    assert members(bench, bench.worksheets.definition("SM00001")) == {"C91", "C11", "C12", "C20"}
    assert bench.worksheets.go_back("SM00001").line_count == 0


def test_a_segment_without_a_name_is_frozen_under_the_number(bench: wb.Workbench) -> None:
    bench.worksheets.freeze({"field": "city", "op": "is", "value": "Brno"}, DAY)

    (snapshot,) = bench.segments.snapshots()
    assert (snapshot.segment_name, snapshot.total) == ("SM00001", 2)


def test_the_definition_lives_on_with_the_data(bench: wb.Workbench) -> None:
    sheet = new(bench)
    bench.worksheets.add(sheet, {"contact": {"city": "Ostrava"}}, DAY)
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["C91"], "city": ["Ostrava"]}))

    assert numbers(bench, sheet) == ["C90"]
    assert members(bench, bench.worksheets.definition(sheet), DAY + dt.timedelta(days=1)) == {"C90", "C91"}
