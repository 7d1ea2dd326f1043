"""What the language refuses: the place, what is wrong, and what to write instead."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from pipelines.definition import Definition
from pipelines.errors import ConditionError
from pipelines.places import in_words

ONE_WINDOW = (
    "A window has exactly one of in_last, this, previous, on, before, on_or_before, after, on_or_after, between."
)
ONE_MEASURE = "A measure has exactly one of count, distinct, sum, average, minimum, maximum, first, latest."
CITY = {"field": "city", "op": "is", "value": "Prague"}
MONTH = {"n": 1, "unit": "month"}


def refusal(raw: Any) -> str:
    """Read a definition and give the words it is refused with."""
    with pytest.raises(ConditionError) as caught:
        Definition.from_dict(raw)
    return str(caught.value)


def added(condition: Any) -> dict[str, Any]:
    """Make a definition of one step."""
    return {"steps": [{"add": condition}]}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("city", "A definition is a mapping with steps, not str. Begin with: steps:"),
        (None, "The definition is empty. Begin with: steps:"),
        ({}, 'Definition: "steps" is missing. Write steps: … here.'),
        ({"step": []}, 'Definition: "steps" is missing. Write steps: … here.'),
        (
            {"filed": "city", "op": "is"},
            "Step 1: Nothing says what kind of condition {'filed': 'city', 'op': 'is'} is. Did you mean \"field\"?",
        ),
        ({"steps": [{"add": []}], "nmae": "x"}, 'Definition: "nmae" is not known here. Did you mean "name"?'),
        ({"steps": [{"reduce": [CITY]}]}, "Definition: The first step must be add, not reduce."),
        ({"steps": [{}]}, "Step 1: A step has exactly one of add, reduce, refine."),
        ({"steps": [{"add": []}, {"ad": []}]}, 'Step 2: "ad" is not known here. Did you mean "add"?'),
        ({"steps": [{"add": [CITY], "refine": [CITY]}]}, "Step 1: A step has exactly one of add, reduce, refine."),
        ({"steps": [{"add": []}], "version": 2}, "Definition: 2 is no version. Known: 1."),
        (
            {"steps": [{"add": []}], "time_zone": "Europe/Berln"},
            'Definition: There is no time zone "Europe/Berln"; write an IANA name such as Europe/Berlin.',
        ),
        (
            {"steps": [{"add": []}], "time_zone": "../../etc/passwd"},
            'Definition: There is no time zone "../../etc/passwd"; write an IANA name such as Europe/Berlin.',
        ),
        (
            {"steps": [{"add": []}], "week_starts_on": "mon"},
            'Definition: "mon" is no week_starts_on. Did you mean "monday"?',
        ),
    ],
)
def test_a_definition_says_what_it_is(raw: Any, words: str) -> None:
    assert refusal(raw) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ([{**CITY, "op": "isnt"}], 'Step 1, condition 1: "isnt" is no operator. Did you mean "is_not"?'),
        ([{**CITY, "valu": 1}], 'Step 1, condition 1: "valu" is not known here. Did you mean "value"?'),
        (
            [{"field": "city", "op": "is"}],
            'Step 1, condition 1: "is" needs a value; unknown values are asked for with is_unknown.',
        ),
        ([{**CITY, "op": "is_known"}], 'Step 1, condition 1: "is_known" takes no value.'),
        ([{"field": "city", "value": "x"}], 'Step 1, condition 1: "op" is missing. Write op: … here.'),
        (
            [{"fild": "city"}],
            "Step 1, condition 1: Nothing says what kind of condition {'fild': 'city'} is. Did you mean \"field\"?",
        ),
        ([5], "Step 1, condition 1: 5 is no condition. Write a mapping such as {field: city, op: is, value: Prague}."),
        (
            [{"campaign": "18", "list": "vip"}],
            (
                "Step 1, condition 1: A condition is one of campaign or list, not both. "
                "Put each into a group: all: [..., ...]."
            ),
        ),
        (
            {"any": [CITY, {"all": [{**CITY, "op": "ist"}]}]},
            'Step 1, condition 2, condition 1: "ist" is no operator. Did you mean "is"?',
        ),
        ({"not": {**CITY, "op": "ist"}}, 'Step 1: "ist" is no operator. Did you mean "is"?'),
        (
            {"related": "interaction", "where": {**CITY, "op": "ist"}},
            'Step 1, condition 1, where, condition 1: "ist" is no operator. Did you mean "is"?',
        ),
        ([{**CITY, "unknown": "include"}], 'Step 1, condition 1: "include" is no unknown. Did you mean "exclude"?'),
        (
            [{"campaign": "18", "responded": "perhaps"}],
            (
                'Step 1, condition 1: "perhaps" cannot be used for "responded": '
                "Input should be a valid boolean, unable to interpret input."
            ),
        ),
    ],
)
def test_a_condition_says_what_it_is(condition: Any, words: str) -> None:
    assert refusal(added(condition)) == words


@pytest.mark.parametrize(
    ("related", "words"),
    [
        ({"measure": {"sum": "x"}}, "A measure needs an op and a value, such as op: at_least, value: 3."),
        ({"value": 3}, "A measure needs an op and a value, such as op: at_least, value: 3."),
        ({"op": "at_least"}, '"at_least" needs a value; unknown values are asked for with is_unknown.'),
    ],
)
def test_a_measure_needs_a_test(related: dict[str, Any], words: str) -> None:
    assert refusal(added({"related": "interaction", **related})) == f"Step 1, condition 1: {words}"


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ({"count": "amount"}, '"amount" is no count. Known: rows.'),
        ({}, ONE_MEASURE),
        ({"sum": "a", "count": "rows"}, ONE_MEASURE),
        ({"total": "a"}, '"total" is not known here.'),
        ({"within": "a"}, '"within" is not known here. Write it in another place, or leave it out.'),
    ],
)
def test_a_measure_has_one_key(measure: dict[str, Any], words: str) -> None:
    raw = added({"related": "interaction", "measure": measure, "op": "is", "value": 1})
    assert refusal(raw) == f"Step 1, condition 1, measure: {words}"


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ({}, ONE_WINDOW),
        (
            {"in_last": MONTH, "on": "2026-03-01"},
            ONE_WINDOW,
        ),
        ({"in_last": {"n": 1, "unit": "dy"}}, '"dy" is no unit. Did you mean "day"?'),
        ({"in_last": {"n": 0, "unit": "day"}}, '0 cannot be used for "n": Input should be greater than or equal to 1.'),
        ({"in_last": {"unit": "day"}}, '"n" is missing. Write n: … here.'),
        ({"this": "mnth"}, '"mnth" is no period. Did you mean "month"?'),
        (
            {"between": ["2026-01-01"]},
            "\"between\" needs 2 values, not ['2026-01-01']. Write [first, last]; both ends are included.",
        ),
        ({"in_las": MONTH}, '"in_las" is not known here. Did you mean "in_last"?'),
    ],
)
def test_a_window_has_one_key(window: dict[str, Any], words: str) -> None:
    assert refusal(added({"related": "interaction", "within": window})) == f"Step 1, condition 1, within: {words}"


@pytest.mark.parametrize(
    ("suppression", "words"),
    [
        ("privacy", '"privacy" is no suppression. Did you mean "privacy_blocked"?'),
        (
            {"foo": 1},
            (
                "Nothing says what kind of suppression {'foo': 1} is. "
                "Give it one of excluded_from_segments, privacy_blocked, no_consent, frequency_cap."
            ),
        ),
        ({"no_consent": {"channel": "emial"}}, '"emial" is no channel. Did you mean "email"?'),
        (
            {"frequency_cap": {"max": 0, "in_last": MONTH}},
            '0 cannot be used for "max": Input should be greater than or equal to 1.',
        ),
    ],
)
def test_a_suppression_is_one_of_four(suppression: Any, words: str) -> None:
    raw = {"steps": [{"add": []}], "suppress": ["privacy_blocked", suppression]}
    assert refusal(raw) == f"Suppression 2: {words}"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({}, "Limit: A limit has top, one_per or sample."),
        ({"by": [{"field": "city"}]}, "Limit: A limit has top, one_per or sample."),
        ({"top": 0}, 'Limit: 0 cannot be used for "top": Input should be greater than or equal to 1.'),
        ({"one_per": "mail"}, 'Limit: "mail" is no one_per. Did you mean "email"?'),
        (
            {"top": 1, "by": [{"field": "a"}, {"field": "b", "order": "down"}]},
            'Limit, order 2: "down" is no order. Known: ascending, descending.',
        ),
    ],
)
def test_a_limit_limits_something(limit: dict[str, Any], words: str) -> None:
    assert refusal({"steps": [{"add": []}], "limit": limit}) == words


YEAR, MONTH = {"n": 12, "unit": "month"}, {"n": 30, "unit": "day"}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            {"sequence": [{"related": "interaction"}]},
            '"sequence" has fewer than two events. Ask for a single event with related.',
        ),
        (
            {"sequence": [{"related": "interaction"}, {"field": "city"}]},
            'Event 2: "related" is missing. Write related: … here.',
        ),
        (
            {"habit": "usually", "related": "x"},
            '"usually" is no habit. Known: first_time, regularly, restarted, stopped.',
        ),
        ({"habit": "first_time", "related": "x"}, '"first_time" needs in_last; it has in_last.'),
        (
            {"sequence": [{"related": "x", "within": {"this": "year"}}, {"related": "x"}]},
            'Event 1: "within" is not known here. Write it in another place, or leave it out.',
        ),
        (
            {"sequence": ["x", "y"]},
            'Event 1: "x" cannot be used for "sequence". Write keys and values: {..., ...}.',
        ),
        ({"sequence": "x"}, '"x" cannot be used for "sequence". Write a list: [..., ...].'),
        (
            {"habit": "stopped", "related": "x", "in_last": YEAR},
            '"stopped" needs but_not_in_last; it has in_last, but_not_in_last.',
        ),
        (
            {"habit": "restarted", "related": "x", "gap": YEAR, "back_in_last": MONTH, "in_last": MONTH},
            '"restarted" has no in_last; it has gap, back_in_last.',
        ),
        (
            {"habit": "regularly", "related": "x", "per": "month", "in": 3},
            '"regularly" needs of_last; it has at_least, per, in, of_last.',
        ),
        ({"score": "rfm", "field": "segment"}, '"op" is missing. Write op: … here.'),
        (
            {"score": "rfm", "field": "segment", "op": "is"},
            '"is" needs a value; unknown values are asked for with is_unknown.',
        ),
        ({"sql": ""}, '"sql" is empty. Write something, or leave it out.'),
        (
            {"company_has": 3},
            "Company_has: 3 is no condition. Write a mapping such as {field: city, op: is, value: Prague}.",
        ),
    ],
)
def test_each_kind_of_condition_says_what_it_lacks(condition: dict[str, Any], words: str) -> None:
    place, said = "Step 1, condition 1", words
    if words.startswith(("Event", "Company_has")):
        inner, _, said = words.partition(": ")
        place = f"{place}, {inner[0].lower()}{inner[1:]}"
    assert refusal(added([condition])) == f"{place}: {said}"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ({"per": "city", "one_per": "email"}, "Per: city needs top: how many of each."),
        ({"top": 3, "survivor": [{"field": "city"}]}, "Survivor needs one_per: of what only one stays."),
        ({"sample": {"seed": "a"}}, "A sample has n or share, one of them."),
        ({"sample": {"n": 3, "share": 0.5, "seed": "a"}}, "A sample has n or share, one of them."),
        ({"sample": {"n": 3}}, '"seed" is missing. Write seed: … here.'),
    ],
)
def test_a_limit_is_whole(limit: dict[str, Any], words: str) -> None:
    assert refusal({"steps": [{"add": []}], "limit": limit}) == f"Limit: {words}"


def test_the_size_of_an_invariant_goes_upwards() -> None:
    found = refusal({"steps": [{"add": []}], "invariants": {"size_between": [5, 1]}})
    assert found == "Invariants: Size_between goes from the fewest to the most, not from 5 to 1."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (float("nan"), "A value must be a finite number; unknown numbers are asked for with is_unknown."),
        (float("inf"), "A value must be a finite number; unknown numbers are asked for with is_unknown."),
        (10**301, "A number can have 300 digits at most."),
        ([10**5000], "A number can have 300 digits at most."),
        ("\ud800", "A text must be valid Unicode; this one holds half of a surrogate pair."),
        ({1, 2}, "A value cannot be set."),
        (b"x", "A value cannot be bytes."),
    ],
)
def test_a_value_is_something_json_can_say(value: Any, words: str) -> None:
    assert refusal(added([{**CITY, "value": value}])) == f"Step 1, condition 1: {words}"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (dt.date(2026, 3, 1), "2026-03-01"),
        (Decimal("1.50"), 1.5),
        (Decimal(3), 3),
        ([1, "a", True], (1, "a", True)),
        ({"unit": "month"}, "month"),
        ({"unit": ["month"]}, ("month",)),
    ],
)
def test_values_are_brought_to_plain_ones(value: Any, kept: Any) -> None:
    definition = Definition.from_dict(added([{**CITY, "value": value}]))
    assert definition.steps[0].condition.all[0].value == kept


def test_nesting_has_an_end_and_says_so() -> None:
    condition: Any = CITY
    for _ in range(5000):
        condition = {"all": [condition]}
    assert refusal(added(condition)) == (
        "The definition nests deeper than 60 groups. Save the inner part as a segment of its own and refer to it."
    )


def test_parts_that_are_named_again_and_again_are_refused_before_they_are_written_out() -> None:
    condition: Any = CITY
    for _ in range(40):
        condition = {"all": [condition, condition]}
    assert refusal(added(condition)) == (
        "The definition has more than 100,000 conditions. Upload a long list of contacts as a list and refer to it."
    )


def test_a_list_of_values_may_be_long() -> None:
    assert Definition.from_dict({"field": "city", "op": "in", "value": ["x"] * 200_000}).steps


def test_a_name_has_no_slashes_and_an_end() -> None:
    assert refusal({"name": "a/b", "steps": [{"add": []}]}).startswith('Definition: "a/b" cannot be used for "name"')
    assert "100" in refusal({"name": "x" * 101, "steps": [{"add": []}]})


def test_every_place_is_said_in_words() -> None:
    assert in_words(("steps", 1, "refine", "all", "all", 0, "field", "op")) == "step 2, condition 1"
    assert in_words(("suppress", 2, "no_consent", "no_consent", "channel")) == "suppression 3"
    assert in_words(("examples", "inside", 0)) == "examples"
    assert in_words(()) == ""
