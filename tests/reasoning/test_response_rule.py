"""Response rules: what they can say, and how they are refused."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.errors import ConditionError
from pipelines.response_rule import ResponseRule, read_rule, written

FULL = {
    "response": {"related": "sales_entry", "where": [{"field": "item_no", "op": "is", "value": "A"}]},
    "window_days": 14,
    "holdout": "none",
    "revenue": {"related": "sales_entry", "column": "profit_amount"},
    "pre_period_days": 90,
    "shares": {"A": 9, "none": 1},
    "costs": {"fixed_amount": 100, "recorded": False},
}

_KEYS = "It can have response, window_days, holdout, revenue, pre_period_days, shares, costs."


def test_a_rule_written_and_read_again_is_the_same() -> None:
    for raw in (FULL, {}):
        rule = read_rule(raw)
        assert read_rule(written(rule)) == rule
        assert read_rule(rule) is rule


def test_a_rule_that_says_nothing_counts_marked_responses_at_any_time() -> None:
    assert (ResponseRule().response, ResponseRule().window_days, ResponseRule().holdout) == (None, None, "holdout")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ({"window": 3}, f'Response rule: "window" is not known here. {_KEYS}'),
        ({"window_days": -1},
         f'Response rule: -1 cannot be used for "window_days": Input should be greater than or equal to 0. {_KEYS}'),
        ({"response": {"related": "interactions"}},
         'Response rule: "interactions" is no related. Did you mean "interaction"?'),
        ({"response": {"related": "interaction", "where": [{"field": "city", "op": "iss", "value": 2}]}},
         'Response rule, where, condition 1: "iss" is no operator. Did you mean "is"?'),
        ([], "A response rule is a mapping of keys to values. Begin with window_days: 14."),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_says_where(raw: Any, text: str) -> None:
    with pytest.raises(ConditionError) as refused:
        read_rule(raw)
    assert str(refused.value) == text
