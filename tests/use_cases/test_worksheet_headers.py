"""Worksheets as such: numbers, headers, and which lines follow a change of the header."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.worksheet_world import (
    DAY,
    new,
    shop,  # noqa: F401 - the fixture called bench
)


def column(bench: wb.Workbench, sheet: str, name: str) -> list[Any]:
    """One field of the lines."""
    values = bench.worksheets.lines(sheet)[name]
    return [None if pd.isna(value) else value for value in values]


def test_numbers_follow_each_other_and_are_never_given_twice(bench: wb.Workbench) -> None:
    assert [bench.worksheets.create(DAY).worksheet_no for _ in range(2)] == ["SM00001", "SM00002"]
    bench.worksheets.delete("SM00002")
    assert bench.worksheets.create(DAY).worksheet_no == "SM00003"
    assert bench.worksheets.create(DAY, worksheet_no="SPRING").worksheet_no == "SPRING"
    assert bench.worksheets.create(DAY, worksheet_no="SM00009").worksheet_no == "SM00009"
    assert bench.worksheets.create(DAY).worksheet_no == "SM00004"
    with pytest.raises(wb.ConflictError, match='The number "SPRING" is taken'):
        bench.worksheets.create(DAY, worksheet_no="SPRING")
    with pytest.raises(wb.ConfigError, match='"A/B" is no number for a worksheet'):
        bench.worksheets.create(DAY, worksheet_no="A/B")
    assert [one.worksheet_no for one in bench.worksheets.list()] == [
        "SM00001",
        "SM00003",
        "SM00004",
        "SM00009",
        "SPRING",
    ]


def test_a_deleted_worksheet_leaves_nothing(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.delete(sheet)

    again = bench.worksheets.create(DAY, worksheet_no=sheet)
    assert (again.line_count, again.action_count) == (0, 0)
    assert bench.worksheets.lines(sheet).empty


def test_the_header_is_checked(bench: wb.Workbench) -> None:
    made = bench.worksheets.create(DAY, unit_cost_amount="1.5", unit_duration_minutes=30, is_campaign_target="yes")

    assert made.header.unit_cost_amount == Decimal("1.5")
    assert (made.header.unit_duration_minutes, made.header.is_campaign_target) == (30.0, True)
    for field, value, message in (
        ("colour", "red", 'A worksheet has no field "colour".'),
        ("unit_cost_amount", "-1", '"-1" is no value of unit_cost_amount.'),
        ("unit_duration_minutes", "1.5", '"1.5" is no value of unit_duration_minutes.'),
        ("dated_on", "soon", '"soon" is not a date.'),
        ("initiated_by", "me", '"me" is no value of initiated_by.'),
        ("is_campaign_target", "maybe", '"maybe" is no value of is_campaign_target.'),
    ):
        with pytest.raises(wb.ConfigError) as caught:
            bench.worksheets.change(made.worksheet_no, **{field: value})
        assert caught.value.message == message


def test_only_lines_whose_template_is_the_headers_follow(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C90", interaction_template_code="LETTER")
    bench.worksheets.change(sheet, update_lines=False, interaction_template_code="CALL")
    bench.worksheets.add(sheet, {"contact": {"no": "C21"}}, DAY)

    receipt = bench.worksheets.change(sheet, campaign_no="CP1001", dated_on=dt.date(2026, 4, 1))

    assert column(bench, sheet, "interaction_template_code") == ["LETTER", "LETTER", "CALL"]
    assert column(bench, sheet, "campaign_no") == [None, None, "CP1001"]
    assert (receipt.updated_lines, receipt.other_lines) == (1, 2)


def test_lines_follow_also_where_neither_has_a_template(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.change(sheet, unit_cost_amount="2", information_flow="outbound")

    assert (column(bench, sheet, "cost_amount"), column(bench, sheet, "information_flow")) == ([2.0], ["outbound"])


def test_a_template_goes_on_to_all_lines_and_brings_its_own_to_the_header(bench: wb.Workbench) -> None:
    bench.sources.load("interaction_template", pd.DataFrame({
        "code": ["LETTER"], "unit_cost_amount": ["8"], "information_flow": ["outbound"], "campaign_no": ["CP1001"],
        "correspondence_type": ["hard_copy"], "interaction_group_code": ["MAIL"],
    }))  # fmt: skip
    sheet = new(bench, "C11", "C90", interaction_template_code="CALL", subject="Hello")
    bench.worksheets.change(sheet, update_lines=False, interaction_template_code="OTHER")

    receipt = bench.worksheets.change(sheet, interaction_template_code="LETTER")

    assert receipt.updated_lines == 2
    header = bench.worksheets.get(sheet).header
    assert (header.unit_cost_amount, header.campaign_no, header.interaction_group_code) == (8, "CP1001", "MAIL")
    assert (header.information_flow, header.subject) == ("outbound", None)
    assert column(bench, sheet, "interaction_template_code") == ["LETTER", "LETTER"]
    assert column(bench, sheet, "correspondence_type") == ["hard_copy", "hard_copy"]
    assert column(bench, sheet, "cost_amount") == [None, None]  # as in the product, which copies to the header only
    bench.worksheets.add(sheet, {"contact": {"no": "C21"}}, DAY)
    assert column(bench, sheet, "cost_amount") == [None, None, 8.0]


def test_what_is_given_with_the_template_goes_before_what_it_brings(bench: wb.Workbench) -> None:
    bench.sources.load("interaction_template", pd.DataFrame({"code": ["LETTER"], "unit_cost_amount": ["8"]}))
    sheet = new(bench, "C11")

    bench.worksheets.change(sheet, interaction_template_code="LETTER", unit_cost_amount="5", salesperson_code="JO")

    assert bench.worksheets.get(sheet).header.unit_cost_amount == 5
    assert column(bench, sheet, "cost_amount") == [5.0]
    assert column(bench, sheet, "salesperson_code") == ["JO"]
    made = bench.worksheets.create(DAY, interaction_template_code="LETTER")
    assert made.header.unit_cost_amount == 8


def test_correspondence_follows_only_with_a_template_and_a_value(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")
    bench.worksheets.change(sheet, correspondence_type="email")
    assert column(bench, sheet, "correspondence_type") == [None]
    bench.worksheets.change(sheet, interaction_template_code="LETTER")
    bench.worksheets.change(sheet, correspondence_type="hard_copy")
    assert column(bench, sheet, "correspondence_type") == ["hard_copy"]
    bench.worksheets.change(sheet, correspondence_type=None)
    assert column(bench, sheet, "correspondence_type") == ["hard_copy"]


def test_a_subject_follows_only_where_it_was_the_headers(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", subject="Hello")
    bench.worksheets.change(sheet, update_lines=False, subject="Hi")
    bench.worksheets.add(sheet, {"contact": {"no": "C90"}}, DAY)

    bench.worksheets.change(sheet, subject="Good day")

    assert column(bench, sheet, "subject") == ["Hello", "Good day"]


def test_a_preview_of_a_change_writes_nothing(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11")

    planned = bench.worksheets.change(sheet, description="Spring", dry_run=True)

    assert (planned.changed, planned.updated_lines, planned.is_written) == ({"description": "Spring"}, 1, False)
    assert bench.worksheets.get(sheet).header.description is None
    assert bench.worksheets.change(sheet, description="Spring").changed == planned.changed


def test_the_contacts_correspondence_goes_before_the_template_unless_that_is_ignored(bench: wb.Workbench) -> None:
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["C11"], "correspondence_type": ["email"]}))
    bench.sources.load("interaction_template", pd.DataFrame({"code": ["LETTER"], "correspondence_type": ["hard_copy"]}))
    own = new(bench, "C11", "C90", interaction_template_code="LETTER")
    ignored = new(bench, "C11", interaction_template_code="LETTER", ignores_contact_correspondence="yes")

    assert column(bench, own, "correspondence_type") == ["hard_copy", "email"]
    assert column(bench, ignored, "correspondence_type") == ["hard_copy"]


def test_a_blocked_salesperson_is_not_chosen_on_a_worksheet(bench: wb.Workbench) -> None:
    bench.codes.save("salesperson", "MH", is_blocked="yes")
    sheet = new(bench, "C11", "C10")
    for choose in (
        lambda: bench.worksheets.create(DAY, salesperson_code="MH"),
        lambda: bench.worksheets.change(sheet, salesperson_code="MH"),
        lambda: bench.worksheets.change(sheet, salesperson_code="MH", dry_run=True),
        lambda: bench.worksheets.freeze({"field": "city", "op": "is_known"}, DAY, salesperson_code="MH"),
    ):
        with pytest.raises(wb.RuleError) as caught:
            choose()
        assert caught.value.message == "The salesperson MH is blocked."
    assert "MH" not in column(bench, sheet, "salesperson_code")
