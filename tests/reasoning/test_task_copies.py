"""Whose copies there are of tasks, whoever had them before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import task_copies
from pipelines.task_copies import OPTIONAL, ORGANIZER, Copy, colleague, difference, guest

CODES = st.sampled_from(["AB", "CD", "EF", "GH", "IJ"])
TEAMS = st.lists(CODES, min_size=1, unique=True)
GUESTS = st.lists(st.integers(1, 6), unique=True).map(lambda ids: [guest(one) for one in ids])


def salespeople(copies: tuple[Copy, ...]) -> list[str]:
    return [one.salesperson_code for one in copies if one.salesperson_code is not None]


def test_the_task_of_a_salesperson_has_no_copies() -> None:
    assert task_copies.of_new(False) == ()


def test_each_member_of_a_team_organizes_what_the_team_is_to_do() -> None:
    assert task_copies.of_new(False, ["JO", "PS"]) == (Copy(ORGANIZER, "JO"), Copy(ORGANIZER, "PS"))


def test_the_meeting_of_a_team_has_one_organizer_and_its_members_attend() -> None:
    copies = task_copies.of_new(True, ["JO", "PS"], "PS", [guest(7, OPTIONAL)])
    assert copies == (colleague("PS", ORGANIZER), guest(7, OPTIONAL), colleague("JO"))


def test_who_organized_the_meeting_of_a_team_goes_on_attending_it() -> None:
    before = task_copies.of_new(True, ["JO", "PS"], "PS", [guest(7)])
    assert task_copies.of_salesperson(True, before, "JO") == (colleague("PS"), guest(7))


def test_of_a_team_that_loses_a_meeting_only_its_own_members_go() -> None:
    before = task_copies.of_new(True, ["JO", "PS", "ZZ"], "JO", [guest(7), colleague("QQ")])
    after = task_copies.of_other_team(True, before, ["JO", "PS", "ZZ"], ["PS", "NN"])
    assert after == (colleague("JO", ORGANIZER), guest(7), colleague("QQ"), colleague("PS"), colleague("NN"))


@settings(max_examples=25)
@given(TEAMS, TEAMS, CODES, GUESTS, st.booleans())
def test_nobody_has_two_copies_however_a_task_is_passed_on(
    first: list[str], second: list[str], organizer: str, guests: list[Copy], is_meeting: bool
) -> None:
    own = task_copies.of_new(is_meeting, attendees=guests)
    ours = task_copies.of_team(is_meeting, own, organizer, first)
    theirs = task_copies.of_other_team(is_meeting, ours, first, second)
    for copies, team in ((ours, first), (theirs, second)):
        assert len({one.whose for one in copies}) == len(copies)
        assert set(team) <= set(salespeople(copies))
        assert [one.salesperson_code for one in copies if one.attendance == ORGANIZER] == [organizer] * is_meeting
    back = task_copies.of_salesperson(is_meeting, theirs, organizer)
    assert organizer not in salespeople(back)
    assert {one for one in back if one.contact_id} == (set(guests) if is_meeting else set())


@pytest.mark.parametrize("is_meeting", [True, False])
@settings(max_examples=25)
@given(before=TEAMS, after=TEAMS)
def test_a_difference_brings_what_is_there_to_what_is_wanted(
    is_meeting: bool, before: list[str], after: list[str]
) -> None:
    present, wanted = (
        task_copies.of_new(is_meeting, team, team[0] if is_meeting else None) for team in (before, after)
    )
    found = difference(present, wanted)
    kept = {one.whose: one for one in present if one not in found.removed}
    assert set({**kept, **{one.whose: one for one in (*found.added, *found.changed)}}.values()) == set(wanted)
    assert difference(wanted, wanted) == task_copies.Difference((), (), ())
