"""Filter expressions of Business Central as use cases."""

from __future__ import annotations

import pytest

import workbench as wb
from pipelines.errors import ConditionError

BENCH = wb.open(":memory:")


def test_a_filter_on_related_rows_becomes_a_condition_that_there_is_such_a_row() -> None:
    found = BENCH.segments.from_filter("item_no", "<>X", related="sales_entry")

    assert found.condition["where"] == {"all": [{"field": "item_no", "op": "is_not", "value": "X"}]}
    assert found.condition["value"] == 1
    assert found.notes == ('"<>X" on sales_entry asks for one that is different, not that none is the same.',)
    assert "<table" in found._repr_html_()


def test_what_a_filter_says_can_be_counted() -> None:
    found = BENCH.segments.from_filter("last_sale_on", "-89D..t|''")

    assert BENCH.segments.validate(found.condition).sentence.startswith("Of all contacts")


@pytest.mark.parametrize(
    ("field", "related", "message"),
    [
        ("town", None, 'There is no field "town".'),
        ("posted_at", "sales", 'There are no related rows "sales".'),
        ("town", "sales_entry", 'sales_entry has no field "town".'),
    ],
)
def test_a_field_that_is_not_there_is_refused(field: str, related: str | None, message: str) -> None:
    with pytest.raises(ConditionError) as refused:
        BENCH.segments.from_filter(field, "t", related)

    assert refused.value.message == message


@pytest.mark.parametrize(
    ("condition", "field", "expression"),
    [
        ({"field": "city", "op": "not_in", "value": ["A", "B"]}, "city", "<>A&<>B"),
        ({"field": "company.city", "op": "is", "value": "A"}, "company.city", "A"),
        ({"field": "interaction_count", "op": "at_least", "value": 3}, "interaction_count", ">=3"),
        ({"related": "interaction", "within": {"in_last": {"n": 3, "unit": "month"}}}, "occurred_at", "-3M+1D..t"),
        ({"related": "sales_entry", "where": {"field": "quantity", "op": "more_than", "value": 2}}, "quantity", ">2"),
    ],
)
def test_a_condition_has_its_filter(condition: dict[str, object], field: str, expression: str) -> None:
    found = BENCH.segments.to_filter(condition)

    assert (found.field, found.expression, found.reason) == (field, expression, "")


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"list": "vip"}, "it asks about no single field"),
        ({"related": "interaction", "op": "at_least", "measure": {"count": "rows"}, "value": 2},
         "a filter asks for rows and measures nothing"),
        ({"related": "interaction"}, "it asks for any row at all"),
        ({"related": "interaction", "where": {"field": "subject", "op": "is", "value": "x"},
          "within": {"this": "month"}}, "it takes more than one filter on the same row"),
        ({"related": "interaction", "where": {"not": {"field": "subject", "op": "is", "value": "x"}}},
         "it takes more than one filter on the same row"),
    ],
)  # fmt: skip
def test_a_condition_without_filter_says_why(condition: dict[str, object], reason: str) -> None:
    found = BENCH.segments.to_filter(condition)

    assert (found.expression, found.reason) == (None, reason)


def test_every_rule_of_a_segment_is_listed_with_its_place() -> None:
    definition = {
        "steps": [
            {
                "add": [
                    {"field": "city", "op": "is", "value": "A"},
                    {"company_has": {"field": "city", "op": "is", "value": "B"}},
                ]
            }
        ]
    }
    found = BENCH.segments.filters(definition).frame()

    assert found["place"].tolist() == ["step 1, condition 1", "step 1, condition 2, company_has, condition 1"]
    assert found["expression"].tolist() == ["A", "B"]


def test_weeks_of_a_segment_that_start_on_sunday_are_no_weeks_of_a_filter() -> None:
    definition = {
        "week_starts_on": "sunday",
        "steps": [{"add": {"related": "interaction", "within": {"this": "week"}}}],
    }

    assert BENCH.segments.filters(definition).entries[0].reason == "weeks of filters run from Monday to Sunday"
