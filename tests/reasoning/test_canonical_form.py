"""One meaning, one text: the short forms become the canonical one, and that comes back the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipelines.conditions import leaves
from pipelines.definition import Definition
from pipelines.errors import ConditionError
from pipelines.values import canonical

CITY = {"field": "city", "op": "is", "value": "Prague"}
ADD_CITY = {"version": 1, "steps": [{"add": {"all": [CITY]}}]}


@pytest.mark.parametrize(
    "short",
    [
        CITY,
        [{"add": CITY}],
        [{"add": [CITY]}],
        {"steps": [{"add": CITY}]},
        {"steps": ({"add": {"all": (CITY,)}},), "version": 1},
        {"all": [CITY]},
        {
            "steps": [{"add": {**CITY, "ignore_case": False, "unknown": None}}],
            "suppress": [],
            "base": None,
            "description": "",
        },
    ],
)
def test_short_forms_become_the_canonical_one(short: Any) -> None:
    assert Definition.from_dict(short).to_dict() == ADD_CITY


@pytest.mark.parametrize(
    "short",
    [
        {"steps": [{"add": CITY}]},
        {"steps": [{"add": [CITY, {"any": [CITY]}]}], "base": CITY},
        {"steps": [{"add": {"related": "interaction", "where": CITY, "within": {"this": "year"}}}]},
        {"steps": [{"add": {"company_has": CITY}}, {"reduce": {"sequence": [{"related": "a"}, {"related": "b"}]}}]},
        {"steps": [{"add": {"not": {"habit": "regularly", "related": "a", "per": "month", "in": 2, "of_last": 3}}}]},
    ],
)
def test_the_schema_takes_the_short_forms_and_the_canonical_one(short: Any) -> None:
    schema = Draft202012Validator(Definition.model_json_schema())
    assert schema.is_valid(short)
    assert schema.is_valid(Definition.from_dict(short).to_dict())


@pytest.mark.parametrize("wrong", [{"city": "Prague"}, [CITY, 5], {**CITY, "op": "ist"}, {**CITY, "valu": 1}])
def test_the_schema_refuses_what_is_no_condition(wrong: Any) -> None:
    assert not Draft202012Validator(Definition.model_json_schema()).is_valid({"steps": [{"add": wrong}]})


def test_keys_are_written_in_the_order_of_the_language() -> None:
    raw = {
        "suppress": [{"no_consent": {"purpose": "news", "channel": "email"}}, "privacy_blocked"],
        "limit": {"one_per": "company", "by": [{"order": "descending", "field": "sales_amount"}], "top": 5},
        "steps": [
            {"add": {"value": 3, "op": "at_least", "within": {"this": {"unit": "year"}}, "related": "interaction"}}
        ],
        "base": {"type": "person"},
        "name": " regulars ",
    }
    assert canonical(Definition.from_dict(raw)) == (
        '{"version":1,"name":"regulars","base":{"type":"person"},"steps":[{"add":{"all":[{"related":"interaction",'
        '"within":{"this":"year"},"measure":{"count":"rows"},"op":"at_least","value":3}]}}],"limit":{"top":5,"by":['
        '{"field":"sales_amount","order":"descending"}],"one_per":"company"},"suppress":[{"no_consent":{"channel":'
        '"email","purpose":"news"}},"privacy_blocked"]}'
    )


def test_exists_is_spelled_out_as_at_least_one_row() -> None:
    (leaf,) = Definition.from_dict({"related": "interaction"}).to_dict()["steps"][0]["add"]["all"]
    assert leaf == {"related": "interaction", "measure": {"count": "rows"}, "op": "at_least", "value": 1}


@pytest.mark.parametrize("word", ["this", "previous", "next"])
def test_period_words_are_spelled_out(word: str) -> None:
    (leaf,) = leaves(Definition.from_dict({"field": "joined_on", "op": f"{word}_month"}).steps[0].condition)
    assert (leaf.op, leaf.value) == (word, "month")


def test_operators_without_value_are_written_without() -> None:
    (leaf,) = Definition.from_dict({"field": "city", "op": "is_known"}).to_dict()["steps"][0]["add"]["all"]
    assert leaf == {"field": "city", "op": "is_known"}


def test_numbers_in_names_are_read_as_text() -> None:
    (leaf,) = leaves(Definition.from_dict({"campaign": 18, "arm": 2}).steps[0].condition)
    assert (leaf.campaign, leaf.arm) == ("18", "2")


def test_false_and_zero_and_empty_lists_are_values() -> None:
    for value in (False, 0, []):
        (leaf,) = Definition.from_dict({"field": "x", "op": "in", "value": value}).to_dict()["steps"][0]["add"]["all"]
        assert leaf["value"] == value
        assert type(leaf["value"]) is type(value)


def test_responded_false_is_not_left_out() -> None:
    (leaf,) = Definition.from_dict({"campaign": "18", "responded": False}).to_dict()["steps"][0]["add"]["all"]
    assert leaf == {"campaign": "18", "responded": False}


def test_the_canonical_form_is_plain_json_and_reads_back_the_same() -> None:
    definition = Definition.from_dict(
        {"not": {"any": [CITY, {"field": "city", "op": "in", "value": ["Ž", '"', "\\"]}]}}
    )
    assert Definition.from_dict(json.loads(canonical(definition))) == definition
    assert canonical(Definition.from_dict(definition.to_dict())) == canonical(definition)


@pytest.mark.parametrize("group", ["all", "not"])
def test_whatever_depth_is_read_can_be_read_back(group: str) -> None:
    condition: Any = CITY
    depth = 0
    while (definition := _read({"related": "interaction", "where": condition})) is not None:
        assert Definition.from_dict(definition.to_dict()) == definition
        condition = {"not": condition} if group == "not" else {"all": [condition]}
        depth += 1
    assert 60 <= depth <= 130


def _read(raw: Any) -> Definition | None:
    try:
        return Definition.from_dict(raw)
    except ConditionError:
        return None


def test_leaves_come_in_the_order_they_are_written() -> None:
    fields = ["a", "b", "c"]
    conditions = [{"field": name, "op": "is_known"} for name in fields]
    nested = {"any": [conditions[0], {"not": {"all": conditions[1:]}}]}
    assert [leaf.field for leaf in leaves(Definition.from_dict(nested).steps[0].condition)] == fields


def test_equal_definitions_are_equal_values() -> None:
    one, other = Definition.from_dict(CITY), Definition.from_dict([{"add": {"all": [CITY]}}])
    assert one == other
    assert hash(one) == hash(other)
