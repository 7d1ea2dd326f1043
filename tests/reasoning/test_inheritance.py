"""What people take over from companies, rule by rule (Business Central, table 5050)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.inheritance import ADDRESS, NOTHING, REACHED, TAKEN_WHOLE, Inheritance, company_changed, given_company

ALL = Inheritance()
OLD = {name: f"old {name}" for name in (*TAKEN_WHOLE, *ADDRESS, *REACHED, "correspondence_type")}
NEW = {name: f"new {name}" for name in OLD}
OWN = {name: f"own {name}" for name in OLD}


def test_codes_are_taken_from_a_given_company_whatever_the_person_had() -> None:
    assert given_company(OWN, NEW, {}, ALL) == {name: NEW[name] for name in TAKEN_WHOLE}
    assert given_company(OWN, {}, {}, ALL) == dict.fromkeys(TAKEN_WHOLE)


@pytest.mark.parametrize("name", TAKEN_WHOLE)
def test_a_switch_that_is_off_keeps_its_code_from_being_taken(name: str) -> None:
    inherits = replace(ALL, **{name: False})

    assert name not in given_company({}, NEW, {}, inherits)
    assert name not in company_changed(OLD, OLD, NEW, inherits)
    assert set(TAKEN_WHOLE) - {name} <= set(given_company({}, NEW, {}, inherits))


def test_the_address_is_taken_as_a_whole_where_it_is_blank_or_the_old_companys() -> None:
    for person in ({}, {name: OLD[name] for name in ADDRESS}):
        taken = given_company(person, NEW, OLD, ALL)
        assert {name: taken[name] for name in ADDRESS} == {name: NEW[name] for name in ADDRESS}
    one_line = {"city": "Brno"}
    assert not set(ADDRESS) & set(given_company(one_line, NEW, OLD, ALL))
    assert not set(ADDRESS) & set(given_company({**OLD, "post_code": "1"}, NEW, OLD, ALL))


def test_the_county_does_not_count_when_addresses_are_compared() -> None:
    person = {**{name: OLD[name] for name in ADDRESS}, "county": "another"}

    assert given_company(person, NEW, OLD, ALL)["county"] == "new county"
    assert company_changed(person, OLD, {**OLD, "city": "Brno"}, ALL) == {"city": "Brno"}


@pytest.mark.parametrize("name", [*REACHED, "correspondence_type"])
def test_each_way_to_reach_a_person_is_taken_where_it_is_blank_or_the_old_companys(name: str) -> None:
    assert given_company({}, NEW, OLD, ALL)[name] == NEW[name]
    assert given_company({name: OLD[name]}, NEW, OLD, ALL)[name] == NEW[name]
    assert name not in given_company({name: "own"}, NEW, OLD, ALL)


def test_a_blank_text_and_nothing_are_the_same() -> None:
    assert given_company({"phone_no": ""}, {"phone_no": "1"}, {}, ALL) == {"phone_no": "1"}
    assert given_company({"phone_no": None}, {"phone_no": ""}, {}, ALL) == {}


def test_a_changed_company_passes_on_only_what_changed_and_only_to_who_still_had_it() -> None:
    after = {**OLD, "salesperson_code": "JO", "phone_no": "1", "city": "Brno"}

    assert company_changed(OLD, OLD, after, ALL) == {"salesperson_code": "JO", "phone_no": "1", "city": "Brno"}
    assert company_changed({**OLD, "phone_no": "2"}, OLD, after, ALL) == {"salesperson_code": "JO", "city": "Brno"}
    assert company_changed(OWN, OLD, after, ALL) == {}


def test_a_changed_company_passes_parts_of_its_address_on_only_to_who_has_the_whole_of_it() -> None:
    after = {**OLD, "city": "Brno"}

    assert company_changed({**OLD, "address_2": "2nd floor"}, OLD, after, ALL) == {}
    assert company_changed({"city": OLD["city"]}, OLD, after, ALL) == {}


def test_a_changed_company_does_not_pass_its_correspondence_on() -> None:
    assert company_changed(OLD, OLD, {**OLD, "correspondence_type": "email"}, ALL) == {}


def test_switches_for_address_and_communication_keep_theirs_from_being_taken() -> None:
    for inherits, group in (
        (replace(ALL, address_details=False), ADDRESS),
        (replace(ALL, communication_details=False), (*REACHED, "correspondence_type")),
    ):
        assert not set(group) & set(given_company({}, NEW, {}, inherits))
        assert not set(group) & set(company_changed(OLD, OLD, NEW, inherits))


def test_nothing_is_taken_where_all_switches_are_off() -> None:
    assert given_company({}, NEW, OLD, NOTHING) == {}
    assert company_changed(OLD, OLD, NEW, NOTHING) == {}
