"""What an interaction begins with."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import interaction_wizard as wizard

CALL = {
    "interaction_group_code": "TALK", "unit_cost_amount": 5, "unit_duration_minutes": 10.0, "description": "Call",
    "information_flow": "outbound", "initiated_by": "us", "campaign_no": "CP1", "is_campaign_target": True,
    "correspondence_type": "email",
}  # fmt: skip


def test_the_template_fills_what_nobody_gave() -> None:
    found = wizard.filled({"cost_amount": None}, CALL, {"correspondence_type": "hard_copy"})
    assert found == {
        "interaction_group_code": "TALK", "cost_amount": None, "duration_minutes": 10.0,
        "information_flow": "outbound", "initiated_by": "us", "campaign_no": "CP1", "is_campaign_target": True,
        "is_campaign_response": False, "correspondence_type": "hard_copy", "description": "Call", "subject": "Call",
    }  # fmt: skip


def test_the_subject_is_the_description_unless_it_is_given() -> None:
    assert wizard.filled({"description": "Hello"}, CALL, {})["subject"] == "Hello"
    assert wizard.filled({"description": "Hello", "subject": "Hi"}, CALL, {})["subject"] == "Hi"


@pytest.mark.parametrize(
    ("before", "code", "keeps"), [("A", "B", False), ("A", "A", True), ("A", None, True), (None, "B", True)]
)
def test_another_template_takes_along_what_the_first_one_gave(
    before: str | None, code: str | None, keeps: bool
) -> None:
    values = {"interaction_template_code": before, "description": "Typed", "cost_amount": 5, "evaluation": "positive"}
    found = wizard.without_template(values, code)
    assert ("description" in found, "cost_amount" in found) == (keeps, keeps)
    assert found["evaluation"] == "positive"


def test_a_document_needs_no_salesperson() -> None:
    given = {"contact_no": "C", "interaction_template_code": "T", "occurred_at": 1, "description": "D"}
    assert wizard.missing(given) == ("salesperson_code",)
    assert wizard.missing({**given, "document_type": "email"}) == ()


@pytest.mark.parametrize(
    ("flow", "title"), [("outbound", "Letter - by John"), ("inbound", "Letter - from Ann"), (None, "Letter")]
)
def test_titles_say_who_it_is_from(flow: str | None, title: str) -> None:
    assert wizard.title(flow, "Letter", "John", "Ann") == title


@given(st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2999, 1, 1), timezones=st.just(dt.UTC)))  # noqa: DTZ001
def test_minutes_are_full_and_never_before(at: dt.datetime) -> None:
    full = wizard.next_minute(at)
    assert (full.second, full.microsecond) == (0, 0)
    assert dt.timedelta(0) <= full - at < dt.timedelta(minutes=1)
