"""Adding, reducing and refining the lines of a worksheet, with the product's options."""

from __future__ import annotations

from typing import Any

import pytest

import workbench as wb
from tests.use_cases.worksheet_world import (
    DAY,
    members,
    new,
    numbers,
    shop,  # noqa: F401 - the fixture called bench
)


def test_lines_come_in_the_order_of_company_name_company_no_type_and_name(bench: wb.Workbench) -> None:
    sheet = new(bench)

    receipt = bench.worksheets.add(sheet, {}, DAY, ignore_exclusion=True)

    assert numbers(bench, sheet) == ["C91", "C90", "C10", "C11", "C12", "C20", "C21"]
    assert list(bench.worksheets.lines(sheet)["line_no"]) == [10000 * n for n in range(1, 8)]
    assert (receipt.added, receipt.line_count, receipt.contact_count) == (7, 7, 7)


def test_later_lines_come_behind(bench: wb.Workbench) -> None:
    sheet = new(bench, "C21")
    bench.worksheets.add(sheet, {"contact": {"no": "C10|C90"}}, DAY)

    assert numbers(bench, sheet) == ["C21", "C90", "C10"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"contact": {"city": "Prague"}}, {"C20", "C11", "C12", "C91"}),
        ({"contact": {"city": "Prague|Ostrava", "type": "person"}}, {"C11", "C12", "C91", "C90"}),
        ({"profile_answer": {"line_no": "10000..20000"}}, {"C11"}),
        ({"mailing_group": {"code": "PRESS"}}, {"C11", "C12", "C21"}),
        ({"mailing_group": {"code": "<>PRESS"}}, {"C11", "C90"}),
        ({"interaction": {"campaign_no": "CP1001"}}, {"C11", "C90"}),
        ({"interaction": {"campaign_no": "CP1001", "evaluation": "positive"}}, {"C90"}),
        ({"interaction": {"date": "-CM..t"}}, {"C11"}),
        ({"industry_group": {"code": "MANUF"}}, {"C10", "C11", "C12"}),
        ({"business_relation": {"code": "CUST"}}, {"C10", "C11", "C12"}),
        ({"value_entry": {"item_no": "1000"}}, {"C11", "C10"}),
        ({"value_entry": {"item_no": "2000"}}, {"C20"}),
        ({"mailing_group": {"code": "PRESS"}, "contact": {"city": "Brno"}}, {"C21"}),
        ({"mailing_group": {}, "contact": {"city": ""}}, {"C10", "C11", "C12", "C20", "C21", "C90", "C91"}),
    ],
)
def test_every_table_filters_by_its_own_link(bench: wb.Workbench, filters: Any, found: set[str]) -> None:
    sheet = new(bench)

    bench.worksheets.add(sheet, filters, DAY, ignore_exclusion=True)

    assert set(numbers(bench, sheet)) == found


def test_excluded_contacts_are_left_out_also_when_a_company_brings_them(bench: wb.Workbench) -> None:
    sheet = new(bench)

    receipt = bench.worksheets.add(sheet, {"contact": {"no": "C11"}}, DAY, expand_companies=True)

    assert numbers(bench, sheet) == ["C10", "C11"]
    assert (receipt.steps[0].matched, receipt.steps[0].excluded) == (3, 1)


def test_expanding_brings_whole_companies_and_leaves_who_has_none(bench: wb.Workbench) -> None:
    sheet = new(bench)
    bench.worksheets.add(sheet, {"contact": {"no": "C11|C90"}}, DAY, expand_companies=True, ignore_exclusion=True)

    assert numbers(bench, sheet) == ["C90", "C10", "C11", "C12"]


def test_related_companies_come_beside_their_people(bench: wb.Workbench) -> None:
    sheet = new(bench)
    bench.worksheets.add(sheet, {"contact": {"no": "C11|C90"}}, DAY, allow_related_companies=True)

    assert numbers(bench, sheet) == ["C90", "C10", "C11"]


def test_a_contact_gets_another_line_only_where_that_is_allowed(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")

    first = bench.worksheets.add(sheet, {"contact": {"no": "C11|C90"}}, DAY)
    second = bench.worksheets.add(sheet, {"contact": {"no": "C11"}}, DAY, allow_existing=True)

    assert (first.added, first.steps[0].existing) == (1, 1)
    assert numbers(bench, sheet) == ["C11", "C90", "C11"]
    assert (second.line_count, second.contact_count) == (3, 2)


def test_an_action_is_logged_although_it_adds_nobody(bench: wb.Workbench) -> None:
    sheet = new(bench)

    receipt = bench.worksheets.add(sheet, {"contact": {"city": "Nowhere"}, "mailing_group": {"code": "X"}}, DAY)

    assert (receipt.added, receipt.action_count) == (0, 1)
    assert bench.worksheets.criteria(sheet).frame().to_numpy().tolist() == [
        [1, "action", "add", 2],
        [2, "filter", "contact: city: Nowhere", 0],
        [3, "filter", "mailing_group: code: X", 0],
    ]


def test_filters_are_logged_in_the_order_of_the_product_with_the_options(bench: wb.Workbench) -> None:
    sheet = new(bench)
    filters = {"value entry": {"Posting Date": "010126.."}, "Contact": {"Search": "x"}}
    with pytest.raises(wb.ConditionError, match='contact has no field "Search" to filter on'):
        bench.worksheets.add(sheet, filters, DAY)

    filters = {"value entry": {"Item No.": "1000"}, "Contact": {"No.": "C11"}}
    bench.worksheets.add(sheet, filters, DAY, allow_existing=True, expand_companies=True)

    (entry,) = bench.worksheets.criteria(sheet).actions
    assert entry.action.options == ("allow_existing", "expand_companies")
    assert [filter_.text for filter_ in entry.action.filters] == [
        "contact: contact_no: C11",
        "value_entry: item_no: 1000",
    ]


def test_reduce_removes_what_matches_and_refine_keeps_it(bench: wb.Workbench) -> None:
    reduced, refined = new(bench, "C11", "C21", "C90"), new(bench, "C11", "C21", "C90")

    bench.worksheets.reduce(reduced, {"mailing_group": {"code": "PRESS"}}, DAY)
    bench.worksheets.refine(refined, {"mailing_group": {"code": "PRESS"}}, DAY)

    assert numbers(bench, reduced) == ["C90"]
    assert numbers(bench, refined) == ["C11", "C21"]


def test_without_filters_reduce_empties_and_refine_keeps_all(bench: wb.Workbench) -> None:
    reduced, refined = new(bench, "C11", "C90"), new(bench, "C11", "C90")

    assert bench.worksheets.reduce(reduced, {}, DAY).line_count == 0
    assert bench.worksheets.refine(refined, {}, DAY).line_count == 2


def test_entire_companies_go_or_stay_as_a_whole_also_by_who_is_on_no_line(bench: wb.Workbench) -> None:
    reduced, refined = new(bench, "C10", "C12", "C20", "C90"), new(bench, "C10", "C12", "C20", "C90")

    bench.worksheets.reduce(reduced, {"contact": {"no": "C11"}}, DAY, entire_companies=True)
    bench.worksheets.refine(refined, {"contact": {"no": "C11"}}, DAY, entire_companies=True)

    assert numbers(bench, reduced) == ["C90", "C20"]
    assert numbers(bench, refined) == ["C10", "C12"]


def test_a_person_needs_a_sale_of_its_own_and_the_product_does_not_ask(bench: wb.Workbench) -> None:
    sheet = new(bench, "C10", "C11", "C12", "C90")

    receipt = bench.worksheets.reduce(sheet, {"value_entry": {"item_no": "1000"}}, DAY)

    assert numbers(bench, sheet) == ["C90", "C12"]
    assert (receipt.line_count, receipt.product_count) == (2, 1)
    assert receipt.steps[0].differences == (
        "Business Central does not ask here whether a sale names the person: a sale to the company is enough for it.",
    )


def test_where_the_product_agrees_nothing_is_said(bench: wb.Workbench) -> None:
    sheet = new(bench, "C10", "C11")

    receipt = bench.worksheets.reduce(sheet, {"value_entry": {"item_no": "1000"}}, DAY)

    assert receipt.product_count == receipt.line_count == 0
    assert receipt.steps[0].differences == ()


def test_an_emptied_worksheet_says_so_and_resets_only_when_told(bench: wb.Workbench) -> None:
    kept, reset = new(bench, "C11"), new(bench, "C11")

    first = bench.worksheets.reduce(kept, {}, DAY)
    second = bench.worksheets.reduce(reset, {}, DAY, reset_criteria=True)

    assert (first.action_count, second.action_count) == (2, 0)
    assert first.notes == ("The worksheet is empty now, and its criteria are still there; reset them to begin anew.",)
    assert second.notes == ("The worksheet is empty now, and its criteria were reset.",)
    assert [bench.worksheets.get(number).action_count for number in (kept, reset)] == [2, 0]
    assert members(bench, bench.worksheets.definition(reset)) == set()
    with pytest.raises(wb.RuleError, match="has no action to go back over"):
        bench.worksheets.go_back(reset)


def test_an_empty_worksheet_that_is_reduced_again_is_not_emptied(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.reduce(sheet, {}, DAY)

    assert bench.worksheets.reduce(sheet, {}, DAY, reset_criteria=True).action_count == 3


def test_lines_by_hand_are_logged_as_criteria(bench: wb.Workbench) -> None:
    sheet = new(bench)
    bench.worksheets.add_line(sheet, "C11", DAY)
    bench.worksheets.add_line(sheet, "C12", DAY)
    changed = bench.worksheets.change_line(sheet, 10000, "C90", DAY)
    bench.worksheets.delete_line(sheet, 20000, DAY)

    assert numbers(bench, sheet) == ["C90"]
    assert list(bench.worksheets.lines(sheet)["line_no"]) == [10000]
    assert changed.action_count == 4
    assert [entry.action.text for entry in bench.worksheets.criteria(sheet).actions] == [
        "add; contact: contact_no: C11",
        "add (ignore exclusion); contact: contact_no: C12",
        "reduce; contact: contact_no: C11",
        "add; contact: contact_no: C90",
        "reduce; contact: contact_no: C12",
    ]
    assert members(bench, bench.worksheets.definition(sheet)) == {"C90"}


def test_changing_a_line_to_the_contact_it_has_does_nothing(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")

    receipt = bench.worksheets.change_line(sheet, 10000, "C11", DAY)

    assert (receipt.steps, receipt.action_count, receipt.product_count) == ((), 1, 1)


def test_deleting_one_of_two_lines_keeps_the_contact_in_the_definition_and_tells_the_product(
    bench: wb.Workbench,
) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.add_line(sheet, "C11", DAY)

    receipt = bench.worksheets.delete_line(sheet, 10000, DAY)

    assert numbers(bench, sheet) == ["C11"]
    assert members(bench, bench.worksheets.definition(sheet)) == {"C11"}
    assert receipt.steps[0].differences[0].startswith("The contact has another line and stays;")


def test_a_line_takes_after_header_and_contact(bench: wb.Workbench) -> None:
    of_contact = new(bench, "C11", "C21", description="Spring", campaign_no="CP1001", unit_cost_amount="1.50")
    of_header = new(bench, "C11", salesperson_code="JO", language_code="DE", is_campaign_target=True)

    lines = bench.worksheets.lines(of_contact)
    assert lines["salesperson_code"].fillna("").tolist() == ["PS", ""]
    assert lines["language_code"].tolist() == ["EN", "CZ"]
    assert lines["description"].tolist() == ["Spring", "Spring"]
    worksheet = bench.worksheets.get(of_contact)
    assert (str(worksheet.cost_amount), worksheet.line_count) == ("3.0000", 2)
    line = bench.worksheets.lines(of_header).iloc[0]
    assert (line["salesperson_code"], line["language_code"], line["is_campaign_target"]) == ("JO", "DE", True)


def test_a_preview_gives_the_same_figures_and_writes_nothing(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C90")
    revision = bench.database.revision()
    tried = [
        bench.worksheets.add(sheet, {"contact": {"city": "Prague"}}, DAY, dry_run=True),
        bench.worksheets.reduce(sheet, {"contact": {"city": "Prague"}}, DAY, dry_run=True),
        bench.worksheets.add_line(sheet, "C21", DAY, dry_run=True),
        bench.worksheets.delete_line(sheet, 10000, DAY, dry_run=True),
        bench.worksheets.change_line(sheet, 10000, "C21", DAY, dry_run=True),
        bench.worksheets.go_back(sheet, dry_run=True),
    ]

    assert bench.database.revision() == revision
    assert [receipt.line_count for receipt in tried] == [4, 1, 3, 1, 2, 0]
    assert not any(receipt.is_written for receipt in tried)
    done = bench.worksheets.add(sheet, {"contact": {"city": "Prague"}}, DAY)
    assert done.steps == tried[0].steps


@pytest.mark.parametrize(
    ("filters", "message", "hint"),
    [
        ({"contacts": {"city": "x"}}, 'There is no table to filter on "contacts".', 'Did you mean "contact"?'),
        ({"contact": {"cty": "x"}}, 'contact has no field "cty" to filter on.', 'Did you mean "city"?'),
        ({"contact": {"city": "(Prague"}}, "Filter on contact: ", ""),
        ({"segment": {"name": "nobody"}}, 'Filter on segment: There is no segment "nobody".', ""),
    ],
)
def test_what_does_not_fit_is_refused_with_the_table(
    bench: wb.Workbench, filters: Any, message: str, hint: str
) -> None:
    sheet = new(bench)

    with pytest.raises(wb.ConditionError) as caught:
        bench.worksheets.add(sheet, filters, DAY)

    assert caught.value.message.startswith(message)
    assert caught.value.hint.startswith(hint)
    assert bench.worksheets.get(sheet).action_count == 0


def test_what_is_not_there_is_named(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    with pytest.raises(wb.NotFoundError, match='There is no worksheet "SM1"') as caught:
        bench.worksheets.add("SM1", {}, DAY)
    assert caught.value.hint == 'Did you mean "SM00001"?'
    with pytest.raises(wb.NotFoundError, match='There is no contact "C99"'):
        bench.worksheets.add_line(sheet, "C99", DAY)
    with pytest.raises(wb.NotFoundError, match="SM00001 has no line 5"):
        bench.worksheets.delete_line(sheet, 5, DAY)


def test_everybody_of_a_saved_segment_can_be_added(bench: wb.Workbench) -> None:
    bench.segments.save({"name": "prague", "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}]})
    sheet = new(bench)

    bench.worksheets.add(sheet, {"segment": {"name": "prague"}, "contact": {"type": "person"}}, DAY)

    assert numbers(bench, sheet) == ["C91", "C11"]
    assert members(bench, bench.worksheets.definition(sheet)) == {"C91", "C11"}
