"""Plans as values: what they may say, and how errors name their places."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.campaign_plan import Plan, read_plan, written
from pipelines.errors import ConditionError

CAMPAIGN = {"campaign": "CP1", "segments": ["vip"]}


def one(**keys: Any) -> dict[str, Any]:
    """A plan of one campaign."""
    return {"campaigns": [{**CAMPAIGN, **keys}]}


def test_shares_of_arms_add_up() -> None:
    variants = [{"name": "letter", "share": 3}, {"name": "card", "share": 1}]
    assert read_plan(one(holdout=0.2, variants=variants)).campaigns[0].shares == {
        "letter": pytest.approx(0.6), "card": pytest.approx(0.2), "holdout": 0.2,
    }  # fmt: skip
    assert read_plan(one()).campaigns[0].shares == {"targeted": 1}


def test_campaigns_choose_by_priority_and_then_as_written() -> None:
    said = [{**CAMPAIGN, "campaign": no, "priority": priority} for no, priority in [("C", 2), ("B", 1), ("A", 1)]]
    assert [each.campaign for each in read_plan({"campaigns": said}).by_priority] == ["B", "A", "C"]


def test_what_is_written_is_read_as_the_same_plan() -> None:
    full = {
        "name": "spring", "description": "Everybody once", "seed": "2", "dedupe_key": "email", "keep_duplicates": True,
        "caps": {"household": 2, "company": 5}, "confidence": 0.9, "power": 0.9,
        "frequency": [{"max": 2, "in_last": {"n": 30, "unit": "day"}, "of": "targets"}],
        "campaigns": [{
            **CAMPAIGN, "priority": 2, "capacity": 100, "order": [{"field": "city", "order": "descending"}],
            "variants": [{"name": "a", "share": 2, "template": "LETTER"}, {"name": "b"}], "holdout": 0.1,
            "strata": ["city"], "channel": "email", "consent": True, "purpose": "news", "targeted_on": "2026-12-01",
            "expected": {"rate": 0.05, "lift": -0.01}, "costs": {"fixed_amount": 100, "per_target_amount": 0.5},
        }],
    }  # fmt: skip
    plan = read_plan(full)
    assert read_plan(written(plan)) == plan
    assert written(read_plan(one())) == {"version": 1, "campaigns": [CAMPAIGN]}


@pytest.mark.parametrize(
    ("raw", "message", "hint"),
    [
        ([], "A plan is a mapping of keys to values.", "Begin with campaigns: [{campaign: …}]."),
        ({}, 'Plan: "campaigns" is missing.', "Write campaigns: … here."),
        ({"campaigns": []}, 'Plan: "campaigns" is empty.', "Write at least one."),
        (one(holdouts=1), 'Plan, campaign 1: "holdouts" is not known here.', 'Did you mean "holdout"?'),
        (one(segments=[]), 'Plan, campaign 1: "segments" is empty.', "Write at least one."),
        (
            one(holdout=1),
            'Plan, campaign 1: 1 cannot be used for "holdout": Input should be less than 1.',
            "",
        ),
        (
            one(variants=[{"name": "a"}, {"name": "b", "share": 0}]),
            'Plan, campaign 1, variant 2: 0 cannot be used for "share": Input should be greater than 0.',
            "",
        ),
        (
            one(variants=[{"name": "holdout"}]),
            "Plan, campaign 1: No variant can be called holdout: that is the arm of those held out.",
            "",
        ),
        (one(variants=[{"name": "a"}, {"name": "a"}]), "Plan, campaign 1: Two variants are called a.", ""),
        (one(segments=["vip", "vip"]), "Plan, campaign 1: A segment is named twice.", ""),
        (one(consent=True), "Plan, campaign 1: Consent needs channel: by which they are addressed.", ""),
        (one(channel="email", purpose="news"), "Plan, campaign 1: Purpose needs consent: true.", ""),
        (
            one(targeted_on="soon"),
            'Plan, campaign 1: "soon" cannot be used for "targeted_on".',
            "Write a day as 2026-12-01, and names without line breaks.",
        ),
        (
            one(expected={"rate": 0.5, "lift": 0.6}),
            "Plan, campaign 1, expected: Lift is a difference of rates, not 0, and rate + lift is between 0 and 1.",
            "",
        ),
        ({**one(), "dedupe_key": "emial"}, 'Plan: "emial" is no dedupe_key.', 'Did you mean "email"?'),
        (
            {**one(), "frequency": [{"max": 1, "in_last": {"n": 3, "unit": "dy"}}]},
            'Plan, frequency limit 1, in_last: "dy" is no unit.',
            'Did you mean "day"?',
        ),
        ({"campaigns": [CAMPAIGN, CAMPAIGN]}, "Plan: The campaign CP1 is planned twice.", ""),
    ],
)
def test_an_error_names_its_place(raw: Any, message: str, hint: str) -> None:
    with pytest.raises(ConditionError) as caught:
        read_plan(raw)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_plan_that_is_one_already_stays_as_it_is() -> None:
    plan = read_plan(one())
    assert isinstance(plan, Plan)
    assert read_plan(plan) is plan
