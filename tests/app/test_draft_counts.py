"""The numbers of a draft: exact for what can be counted, and a reason for everything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import workbench as wb
from tests.app.conftest import DAY
from workbench.app.draft_counts import DraftCount, counted, for_builder

PRAGUE = {"field": "city", "op": "is", "value": "Prague"}


def counts_of(store: Path, *steps: dict[str, Any], **more: Any) -> DraftCount:
    return counted(wb.open(store), {"steps": list(steps), **more}, DAY)


def test_a_whole_draft_counts_as_the_segment_does(shop: Path) -> None:
    found = counts_of(shop, {"add": {"all": [PRAGUE]}})
    assert found.is_whole
    assert found.count is not None
    assert (found.count.total, found.count.base) == (1, 3)
    assert for_builder(found, 1, 0)["rules"] == {"1.1": [1, 1, 3, 0]}


def test_a_rule_the_store_refuses_says_why_at_its_place_and_the_rest_is_counted(shop: Path) -> None:
    wrong = {"field": "citty", "op": "is", "value": "x"}
    late = {"field": "city", "op": "at_least", "value": 3}
    found = counts_of(shop, {"add": {"all": [PRAGUE]}}, {"refine": {"any": [wrong, {"not": late}]}})
    numbers = for_builder(found, 2, 0)
    assert numbers["refused"]["2.1"] == {"message": 'There is no field "citty".', "hint": 'Did you mean "city"?'}
    assert numbers["refused"]["2.2.1"]["message"] == '"at_least" does not go with city, which is text.'
    assert numbers["rules"]["1.1"][0] == 1
    assert numbers["steps"] == [{"change": 1, "matched": 1}, None]
    assert not found.is_whole


def test_an_unknown_reference_is_refused_at_its_place(shop: Path) -> None:
    found = counts_of(shop, {"add": {"all": [PRAGUE, {"segment": "pragers"}]}})
    assert found.refused["1.2"].message == 'There is no segment "pragers".'
    assert found.refused["1.2"].hint == 'Did you mean "praguers"?'


def test_what_no_rule_is_to_blame_for_is_told_for_the_whole(shop: Path) -> None:
    found = counts_of(shop, {"add": {"all": [PRAGUE]}}, limit={"top": 1, "by": [{"field": "nowhere"}]})
    assert found.count is None
    assert found.error is not None
    assert found.error.message == 'Limit: There is no field "nowhere".'
    assert for_builder(found, 1, 0)["base"] is None


def test_negative_rules_tell_how_many_are_not_recorded(shop: Path) -> None:
    found = counts_of(shop, {"add": {"all": [{"field": "city", "op": "is_not", "value": "Prague"}]}})
    assert for_builder(found, 1, 0)["rules"]["1.1"] == [2, 2, 3, 1]


def test_suppressions_keep_their_place_beside_unfinished_ones(shop: Path) -> None:
    cap = {"frequency_cap": {"max": None, "in_last": {"n": 30, "unit": "day"}}}
    consent = {"no_consent": {"channel": "email"}}
    found = counts_of(shop, {"add": {"all": [PRAGUE]}}, suppress=[cap, consent])
    assert for_builder(found, 1, 2)["suppressed"] == [None, 1]
