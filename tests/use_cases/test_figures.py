"""Counters and statistics wherever fields of contacts are shown: cards, lists, previews and explanations."""

from __future__ import annotations

import pytest

import workbench as wb
from tests.use_cases.contact_world import (
    DAY,
    add_task,
    office,  # noqa: F401 - the fixture called bench
    run,
)
from workbench.contacts import ContactQuery

RELATIONS = (
    "INSERT INTO business_relation SELECT 1, contact_id, 'PRESS', NULL, NULL FROM contact WHERE contact_no = 'C1'"
)


@pytest.fixture(name="own")
def counted(bench: wb.Workbench) -> wb.Workbench:
    """The office with codes, a relation of the company, a task of a person and a comment."""
    run(bench, "UPDATE contact SET mailing_group_codes = ['NEWS', 'VIP', 'NEWS'] WHERE contact_no = 'P1'")
    run(bench, "UPDATE contact SET industry_codes = ['FOOD', 'RETAIL'] WHERE contact_no = 'C1'")
    run(bench, RELATIONS)
    add_task(bench, "P1")
    bench.contacts.add_comment("P1", "Likes tea", DAY)
    return bench


NAMES = (
    "mailing_group_count", "industry_group_count", "business_relation_count", "open_task_count", "comment_count",
    "interaction_count", "interaction_cost_amount",
)  # fmt: skip


@pytest.mark.parametrize(
    ("contact_no", "expected"),
    [("P1", [2, 2, 1, 1, 1, 1, 0]), ("C1", [0, 2, 1, 1, 0, 2, 0]), ("P3", [0, 0, 0, 0, 0, 0, 0])],
)
def test_a_card_shows_the_counters(own: wb.Workbench, contact_no: str, expected: list[int]) -> None:
    figures = own.contacts.card(contact_no, DAY).figures

    assert [figures[name] for name in NAMES] == expected


def test_a_list_is_filtered_and_sorted_by_counters(own: wb.Workbench) -> None:
    query = ContactQuery("", {"industry_group_count": ">=2"}, "-mailing_group_count", ("contact_no", *NAMES[:2]))

    page = own.contacts.search(query, 10, 0, as_of=DAY)

    assert page.contacts[["contact_no", *NAMES[:2]]].to_numpy().tolist() == [["P1", 2, 2], ["C1", 0, 2], ["P2", 0, 2]]


def test_a_segment_counts_shows_and_explains_them_alike(own: wb.Workbench) -> None:
    segment = wb.Segment.from_yaml("""
        name: at-companies-of-two-industries
        steps:
        - add: {field: industry_group_count, op: is, value: 2}
        - refine: {field: business_relation_count, op: at_least, value: 1}
        - reduce: {field: mailing_group_count, op: at_least, value: 2}
    """)
    members = own.segments.members(segment, as_of=DAY)
    assert sorted(members["contact_no"]) == ["C1", "P2"]
    inside, outside = (own.segments.explain(segment, no, as_of=DAY) for no in ("P2", "P1"))
    assert (inside.is_member, outside.is_member) == (True, False)
