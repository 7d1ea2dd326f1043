"""What of a draft can be counted, and which place each counted rule has in the draft."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.definition import Definition
from pipelines.membership import outline
from pipelines.membership import rules as counted_rules
from workbench.app.finishing import finished, rules

PRAGUE = {"field": "city", "op": "is", "value": "Prague"}
BLANK = {"field": "", "op": "", "value": None}
BOUGHT = {"related": "sales_entry", "measure": {"count": "rows"}, "op": "at_least", "value": 1}


def adding(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"steps": [{"add": {"all": list(conditions)}}]}


def test_a_finished_draft_stays_as_it_is() -> None:
    draft = {"name": "x", "base": {"type": "person"}, **adding(PRAGUE, BOUGHT), "suppress": ["privacy_blocked"]}
    found = finished(draft)
    assert found.definition == draft
    assert found.left_out == []


@pytest.mark.parametrize(
    "rule",
    [
        BLANK,
        {"field": "city", "op": "is", "value": None},
        {"field": "city", "op": "in", "value": None},
        {"field": "n", "op": "between", "value": [1, None]},
        {"field": "last_sale_on", "op": "in_last", "value": {"n": None, "unit": "day"}},
        {**BOUGHT, "value": None},
        {**BOUGHT, "measure": {"sum": ""}},
        {**BOUGHT, "within": {"on": None}},
        {**BOUGHT, "within": {"in_last": {"n": None, "unit": "day"}}},
        {"segment": ""},
        {"campaign": ""},
    ],
)
def test_an_unfinished_rule_is_left_out(rule: dict[str, Any]) -> None:
    found = finished(adding(PRAGUE, rule))
    assert found.definition == adding(PRAGUE)
    assert found.left_out == ["1.2"]


@pytest.mark.parametrize(
    "rule",
    [
        {"field": "city", "op": "is_known"},
        {"field": "city", "op": "in", "value": []},
        {"field": "is_minor", "op": "is", "value": False},
        {"field": "n", "op": "is", "value": 0},
        {"snapshot": "x@2018-01-01"},
    ],
)
def test_a_rule_that_says_something_stays(rule: dict[str, Any]) -> None:
    assert finished(adding(rule)).definition == adding(rule)


def test_a_group_that_lost_its_last_rule_is_left_out() -> None:
    assert finished(adding(PRAGUE, {"not": {"any": [BLANK, BLANK]}})).definition == adding(PRAGUE)


def test_a_group_that_was_written_empty_stays() -> None:
    assert finished(adding(PRAGUE, {"any": []})).definition == adding(PRAGUE, {"any": []})


def test_a_step_that_lost_its_last_rule_is_left_out() -> None:
    draft = {"steps": [*adding(PRAGUE)["steps"], {"reduce": {"all": [BLANK]}}, {"refine": {"all": [BOUGHT]}}]}
    found = finished(draft)
    assert [next(iter(step)) for step in found.definition["steps"]] == ["add", "refine"]
    assert found.places["2"] == "3"


def test_without_a_finished_rule_in_the_first_step_one_starts_from_everybody() -> None:
    draft = {"steps": [{"add": {"all": [BLANK]}}, {"refine": {"all": [PRAGUE]}}]}
    assert finished(draft).definition["steps"][0] == {"add": {"all": []}}


def test_conditions_on_rows_are_left_out_one_by_one() -> None:
    rule = {**BOUGHT, "where": {"all": [{"field": "department", "op": "is", "value": "GROCERY"}, BLANK]}}
    found = finished(adding(rule))
    assert found.definition["steps"][0]["add"]["all"][0]["where"]["all"] == [rule["where"]["all"][0]]
    assert found.left_out == ["1.1.where.2"]
    assert (
        "where" not in finished(adding({**BOUGHT, "where": {"all": [BLANK]}})).definition["steps"][0]["add"]["all"][0]
    )


def test_an_unfinished_base_limit_and_suppression_are_left_out() -> None:
    cap = {"frequency_cap": {"max": None, "in_last": {"n": 30, "unit": "day"}}}
    draft = {
        **adding(PRAGUE),
        "base": {"all": [BLANK]},
        "limit": {"top": None, "by": []},
        "suppress": [cap, "privacy_blocked"],
    }
    found = finished(draft)
    assert found.definition == {**adding(PRAGUE), "suppress": ["privacy_blocked"]}
    assert found.suppressions == [1]


def test_an_order_without_a_field_is_left_out() -> None:
    draft = {**adding(PRAGUE), "limit": {"top": 5, "by": [{"field": "", "order": "ascending"}]}}
    assert finished(draft).definition["limit"] == {"top": 5}


def test_every_counted_rule_has_its_place_in_the_draft() -> None:
    nested = {"not": {"any": [BLANK, PRAGUE, {"all": [BLANK, BOUGHT, {"not": PRAGUE}]}]}}
    draft = {"steps": [{"add": {"all": [BLANK]}}, {"refine": {"all": [BLANK, nested, BOUGHT]}}]}
    found = finished(draft)
    by_path = dict(rules(draft))
    for leaf in counted_rules(outline(Definition.from_dict(found.definition))):
        place = found.places[leaf.path]
        assert finished(adding(by_path[place])).left_out == []
    assert found.places["2.1.1.1"] == "2.2.1.2"
    assert found.places["2.1.1.2.2.1"] == "2.2.1.3.3.1"


def test_rules_to_leave_out_can_be_named() -> None:
    assert finished(adding(PRAGUE, BOUGHT), without={"1.1"}).definition == adding(BOUGHT)
