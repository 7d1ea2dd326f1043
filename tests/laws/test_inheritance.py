"""Laws of what people take over from companies, on any values and switches."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipelines.inheritance import (
    ADDRESS,
    NOTHING,
    REACHED,
    SAME_ADDRESS,
    TAKEN_WHOLE,
    Inheritance,
    company_changed,
    given_company,
)

FIELDS = (*TAKEN_WHOLE, *ADDRESS, *REACHED, "correspondence_type")
Fields = dict[str, Any]
# Few values, so that those of a person and a company are often the same.
CONTACTS: st.SearchStrategy[Fields] = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["", None, "a", "b"]))
SWITCHES = st.builds(Inheritance, *[st.booleans()] * 7)


def blank_is_none(values: Fields) -> Fields:
    """Give every field, blank ones as None."""
    return {name: values.get(name) or None for name in FIELDS}


@given(CONTACTS, CONTACTS, CONTACTS, SWITCHES)
def test_values_come_from_the_company_or_stay(person: Fields, old: Fields, new: Fields, inherits: Inheritance) -> None:
    for taken, source in (
        (given_company(person, new, old, inherits), new),
        (company_changed(person, old, new, inherits), new),
    ):
        assert set(taken) <= set(FIELDS)
        assert taken == {name: source.get(name) or None for name in taken}
        assert all(value != (person.get(name) or None) for name, value in taken.items())


@given(CONTACTS, CONTACTS, CONTACTS)
def test_switches_that_are_off_leave_everything(person: Fields, old: Fields, new: Fields) -> None:
    assert given_company(person, new, old, NOTHING) == {}
    assert company_changed(person, old, new, NOTHING) == {}


@given(CONTACTS, CONTACTS, CONTACTS, SWITCHES)
def test_a_person_never_loses_values_of_its_own_when_its_company_changes(
    person: Fields, before: Fields, after: Fields, inherits: Inheritance
) -> None:
    own, known = blank_is_none(person), blank_is_none(before)
    taken = company_changed(person, before, after, inherits)
    for name in taken:
        # The county goes along with an address that is the company's without it.
        assert own[name] == known[name] or (name == "county" and all(own[n] == known[n] for n in SAME_ADDRESS))


@given(CONTACTS, CONTACTS, CONTACTS, SWITCHES)
def test_taking_over_twice_changes_nothing_more(
    person: Fields, old: Fields, new: Fields, inherits: Inheritance
) -> None:
    given_once = {**person, **given_company(person, new, old, inherits)}
    assert given_company(given_once, new, new, inherits) == {}
    followed = {**person, **company_changed(person, old, new, inherits)}
    assert company_changed(followed, new, new, inherits) == {}


@given(CONTACTS, CONTACTS, SWITCHES)
def test_a_company_that_does_not_change_passes_nothing_on(
    person: Fields, company: Fields, inherits: Inheritance
) -> None:
    assert company_changed(person, company, dict(company), inherits) == {}


@given(CONTACTS, CONTACTS, CONTACTS)
def test_who_had_everything_from_the_company_has_everything_from_it_afterwards(
    person: Fields, before: Fields, after: Fields
) -> None:
    same = {**person, **before, **{name: before.get(name) for name in FIELDS}}
    followed = {**same, **company_changed(same, before, after, Inheritance())}
    passed_on = set(FIELDS) - {"correspondence_type"}
    assert {n: v for n, v in blank_is_none(followed).items() if n in passed_on} == {
        n: v for n, v in blank_is_none(after).items() if n in passed_on
    }


@given(CONTACTS, CONTACTS, CONTACTS, SWITCHES)
def test_ways_to_reach_a_person_that_are_its_own_stay_when_it_is_given_a_company(
    person: Fields, old: Fields, new: Fields, inherits: Inheritance
) -> None:
    own = blank_is_none(person)
    for name in given_company(person, new, old, inherits):
        if name in REACHED:
            assert own[name] is None or own[name] == blank_is_none(old)[name]
