"""What a store refuses: fields, operators and values that do not fit, each with the nearest that does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipelines.binding import bind, bind_field_value, spelled_out
from pipelines.bound import And, Between, BoundField, BoundRelated, Complement, IsKnown, OneOf, Test
from pipelines.catalogue import Catalogue
from pipelines.conditions import CampaignReference, leaves
from pipelines.context import Context
from pipelines.dates import PERIODS
from pipelines.definition import Definition
from pipelines.errors import ConditionError
from pipelines.schema import CONTACT, Column, FieldType

AGE = Column("age", FieldType.NUMBER, "age in years", is_custom=True)
OWED = Column("owed", FieldType.AMOUNT, "what is owed", is_custom=True)
JOINED = Column("joined_on", FieldType.DATE, "day of joining", is_custom=True)
CATALOGUE = Catalogue(CONTACT.extended((AGE, OWED, JOINED)))
NO_RE2 = "Leave out look-arounds, back-references and possessive repeats."
NO_PATTERN = "Put a backslash before signs that stand for themselves."
NOT_OF_A_ROW = "Inside where, conditions speak of fields of the row only. Move this one beside the related condition."
OTHERWISE = "Count rows, or measure another field."
CONTEXT = Context(dt.date(2026, 3, 31), ZoneInfo("Europe/Berlin"))


def bound(**condition: Any) -> Any:
    """Bind one condition."""
    (leaf,) = leaves(Definition.from_dict(condition).steps[0].condition)
    return bind(leaf, CATALOGUE, CONTEXT, "step 1, condition 1")


def refusal(**condition: Any) -> str:
    """Bind one condition and give the words it is refused with."""
    with pytest.raises(ConditionError) as caught:
        bound(**condition)
    assert caught.value.where == "step 1, condition 1"
    words = str(caught.value)
    assert words.startswith("Step 1, condition 1: ")
    return words.removeprefix("Step 1, condition 1: ")


def field(name: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    """Write a field condition."""
    return {"field": name, "op": op, "value": value, **more}


def related(name: str = "interaction", **more: Any) -> dict[str, Any]:
    """Write a related condition."""
    return {"related": name, **more}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (field("cty", "is", "x"), 'There is no field "cty". Did you mean "city"?'),
        (field("company.cty", "is", "x"), 'There is no field "company.cty". Did you mean "company.city"?'),
        (
            field("company.interaction_count", "is", 1),
            'There is no field "company.interaction_count". Did you mean "interaction_count"?',
        ),
        (field("contact_id", "is", 1), 'There is no field "contact_id". Did you mean "contact_no"?'),
        (related("interactions"), 'There are no related rows "interactions". Did you mean "interaction"?'),
        (
            related(where=field("evalution", "is", "x")),
            'interaction has no field "evalution". Did you mean "evaluation"?',
        ),
        (
            related(measure={"sum": "cost_amnt"}, op="is", value=1),
            'interaction has no field "cost_amnt". Did you mean "cost_amount"?',
        ),
        (related(where=related()), NOT_OF_A_ROW),
        (related(where={"list": "vip"}), NOT_OF_A_ROW),
    ],
)
def test_fields_that_are_not_there_are_refused(condition: dict[str, Any], words: str) -> None:
    assert refusal(**condition) == words


def test_a_rows_contact_number_is_not_a_field_of_the_row() -> None:
    assert refusal(**related(where=field("contact_no", "is", "x"))).startswith('interaction has no field "contact_no".')


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            field("is_minor", "is_not", True),
            '"is_not" does not go with is_minor, which is boolean. Use one of is, is_known, is_unknown, filter.',
        ),
        (
            field("mailing_group_codes", "is", "x"),
            (
                '"is" does not go with mailing_group_codes, which is many_valued. '
                "Use one of any_of, none_of, all_of, not_all_of, is_empty, is_not_empty, filter."
            ),
        ),
        (
            field("interaction_count", "contains", "3"),
            (
                '"contains" does not go with interaction_count, which is integer. Use one of is, is_not, '
                "in, not_in, less_than, at_most, more_than, at_least, between, not_between, is_known, is_unknown, "
                "filter."
            ),
        ),
        (field("age", "is", 3, ignore_case=True), "ignore_case goes with text, and age is number. Leave it out."),
    ],
)
def test_operators_that_do_not_go_with_a_type_are_refused(condition: dict[str, Any], words: str) -> None:
    assert refusal(**condition) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (field("city", "is", 12), 'city is text, and 12 is none. Write it in quotes: "12".'),
        (field("city", "is", "  "), "A blank city is unknown and equals nothing. Use is_unknown to find it."),
        (field("city", "in", "Prague"), '"in" needs a list, not "Prague". Write [Prague].'),
        (
            field("city", "in", ["Prague", None]),
            'The list for "in" has an empty place. Ask for unknown values with is_unknown.',
        ),
        (field("city", "is", "a\0b"), "The value for city has a NUL character in it. Take it out."),
        (field("age", "is", "12"), 'age is a number, and "12" is none. Write it without quotes: 12.5.'),
        (field("age", "is", True), "age is a number, and True is none. Write it without quotes: 12.5."),
        (field("age", "between", 3), '"between" needs two values, not 3. Write [first, last]; both ends are included.'),
        (
            field("age", "between", [1, 2, 3]),
            '"between" needs two values, not [1, 2, 3]. Write [first, last]; both ends are included.',
        ),
        (field("owed", "is", 10**30), f"The amount {10**30} is too large. Use at most 16 digits."),
        (field("is_minor", "is", "yes"), 'is_minor is true or false, not "yes". Write true or false.'),
        (field("mailing_group_codes", "any_of", "NEWS"), '"any_of" needs a list, not "NEWS". Write [NEWS].'),
        (field("joined_on", "on", "31.3.2026"), '"31.3.2026" is no date. Write it as 2017-05-31.'),
        (field("joined_on", "on", 20260331), "20260331 is no date. Write it as 2017-05-31."),
        (field("joined_on", "on", "2026-02-29"), '"2026-02-29" is no date. Write it as 2017-05-31.'),
        (
            field("joined_on", "between", ["2026-03-31"]),
            "\"between\" needs two values, not ['2026-03-31']. Write [first, last]; both ends are included.",
        ),
        (field("joined_on", "in_last", 90), '"in_last" needs a length of time, not 90. Write {n: 90, unit: day}.'),
        (
            field("joined_on", "this", "mont"),
            f'"this" needs a period, not "mont". Use one of {", ".join(PERIODS)}.',
        ),
        (related(within={"on": "soon"}), '"soon" is no date. Write it as 2017-05-31.'),
    ],
)
def test_values_that_do_not_fit_are_refused(condition: dict[str, Any], words: str) -> None:
    assert refusal(**condition) == words


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("a(?!b)", f"uses what RE2 does not have: invalid perl operator: (?!. {NO_RE2}"),
        ("(?<=a)b", f"uses what RE2 does not have: invalid perl operator: (?<=. {NO_RE2}"),
        ("(?<n>a)", f"uses what RE2 does not have: invalid perl operator: (?<. {NO_RE2}"),
        ("(?P<n>a)(?P=n)", f"uses what RE2 does not have: invalid perl operator: (?P. {NO_RE2}"),
        (r"(a)\1", rf"uses what RE2 does not have: invalid escape sequence: \1. {NO_RE2}"),
        (r"a\Z", rf"uses what RE2 does not have: invalid escape sequence: \Z. {NO_RE2}"),
        ("a++", f"uses what RE2 does not have: bad repetition operator: ++. {NO_RE2}"),
        ("(Prague", f"is broken: missing ): (Prague. {NO_PATTERN}"),
        ("[a", f"is broken: missing ]: [a. {NO_PATTERN}"),
        ("a{1001}", f"is broken: invalid repetition size: {{1001}}. {NO_PATTERN}"),
    ],
)
def test_patterns_that_re2_does_not_know_are_refused_in_its_own_words(pattern: str, words: str) -> None:
    assert refusal(**field("city", "matches", pattern)) == f'The pattern "{pattern}" {words}'


@pytest.mark.parametrize(
    "pattern", ["[*+]", r"\++", r"\pL+", "(?i)a", r"x\z", "[[:alpha:]]", r"\(\?<a", "(?P<n>a)", "a{1000}"]
)
def test_patterns_that_re2_knows_are_accepted(pattern: str) -> None:
    assert isinstance(bound(**field("city", "matches", pattern)), BoundField)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            related(measure={"sum": "subject"}, op="is", value=1),
            f"sum cannot be taken of subject, which is text. {OTHERWISE}",
        ),
        (
            related(measure={"average": "occurred_at"}, op="is_known"),
            f"average cannot be taken of occurred_at, which is timestamp. {OTHERWISE}",
        ),
        (
            related(measure={"maximum": "subject"}, op="is", value="x"),
            f"maximum cannot be taken of subject, which is text. {OTHERWISE}",
        ),
        (
            related("business_relation", measure={"latest": "linked_no"}, op="is", value="x"),
            "Rows of business_relation have no date, so none is latest. Use where instead.",
        ),
        (
            related("business_relation", within={"this": "year"}),
            "Rows of business_relation have no date, so no window can hold them. Leave out within.",
        ),
    ],
)
def test_measures_and_windows_that_make_no_sense_are_refused(condition: dict[str, Any], words: str) -> None:
    assert refusal(**condition) == words


def test_a_negative_operator_is_the_complement_of_its_positive_one() -> None:
    positive, negative = bound(**field("city", "is", "x")), bound(**field("city", "is_not", "x"))
    assert negative.test == Complement(positive.test)


def test_unknown_exclude_asks_for_a_value_beside_the_complement() -> None:
    test = bound(**field("city", "is_not", "x", unknown="exclude")).test
    column = CONTACT.column("city")
    assert test == And((Complement(Test(column, OneOf(("x",)))), Test(column, IsKnown())))


def test_days_become_instants_of_the_zone_where_the_column_has_instants() -> None:
    test = bound(**field("last_sale_on", "on", "2026-03-29")).test
    assert test.primitive == Between(
        dt.datetime.fromisoformat("2026-03-28 23:00"), dt.datetime.fromisoformat("2026-03-29 22:00"), high_open=True
    )
    assert bound(**field("joined_on", "on", "2026-03-29")).test.primitive == Between(
        dt.date(2026, 3, 29), dt.date(2026, 3, 30), high_open=True
    )


def test_amounts_are_kept_as_they_are_written() -> None:
    assert bound(**field("owed", "in", [0.1, 2, 0.30001])).test.primitive.values == (
        Decimal("0.1"), Decimal(2), Decimal("0.30001"),
    )  # fmt: skip


def test_a_window_ends_with_as_of_even_where_it_says_otherwise() -> None:
    bound_rows = bound(**related(within={"after": "2026-01-01"}))
    assert isinstance(bound_rows, BoundRelated)
    (window,) = bound_rows.where.tests  # type: ignore[union-attr]
    assert window.primitive.high == dt.datetime.fromisoformat("2026-03-31 22:00")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("measure", "op", "value", "holds"),
    [
        ({"count": "rows"}, "is", 0, True),
        ({"count": "rows"}, "at_most", 1, True),
        ({"count": "rows"}, "is_not", 0, False),
        ({"count": "rows"}, "at_least", 1, False),
        ({"count": "rows"}, "is_known", None, True),
        ({"sum": "cost_amount"}, "between", [-1, 1], True),
        ({"sum": "cost_amount"}, "more_than", 0, False),
        ({"distinct": "subject"}, "in", [1, 0], True),
        ({"average": "cost_amount"}, "is", 0, False),
        ({"average": "cost_amount"}, "is_unknown", None, True),
        ({"latest": "subject"}, "is_not", "x", True),
        ({"maximum": "occurred_at"}, "not_in_last", {"n": 1, "unit": "day"}, True),
    ],
)
def test_a_contact_without_rows_has_a_count_and_a_sum_of_zero(
    measure: dict[str, str], op: str, value: Any, holds: bool
) -> None:
    assert bound(**related(measure=measure, op=op, value=value)).holds_without_rows is holds


def test_the_value_of_a_field_is_a_column_or_a_measure() -> None:
    assert bind_field_value("city", CATALOGUE, CONTEXT) == CONTACT.column("city")
    assert isinstance(bind_field_value("sales_amount", CATALOGUE, CONTEXT), BoundRelated)
    with pytest.raises(ConditionError) as caught:
        bind_field_value("sales_amnt", CATALOGUE, CONTEXT, "limit")
    assert str(caught.value) == 'Limit: There is no field "sales_amnt". Did you mean "sales_amount"?'


def test_a_campaign_reference_says_itself_in_conditions() -> None:
    group = spelled_out(CampaignReference(campaign="18", arm="mail", responded=False))
    assert [type(child).__name__ for child in group.all] == ["Related", "Not"]
    assert [type(child).__name__ for child in spelled_out(CampaignReference(campaign="18")).all] == ["Related"]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            {"sequence": [{"related": "interaction"}, {"related": "sold"}]},
            'Step 1, condition 1, event 2: There are no related rows "sold".',
        ),
        (
            {"sequence": [{"related": "interaction", "where": [field("sold", "is", 1)]}, {"related": "interaction"}]},
            'Step 1, condition 1, event 1: interaction has no field "sold".',
        ),
        (
            {"habit": "regularly", "related": "interaction", "per": "day", "in": 2, "of_last": 1},
            "Step 1, condition 1: In 2 of the last 1 can never be: there are only 1.",
        ),
        (
            {"habit": "first_time", "related": "business_relation", "in_last": {"n": 1, "unit": "day"}},
            "Step 1, condition 1: Rows of business_relation have no date, so none comes before another.",
        ),
    ],
)
def test_sequences_and_habits_are_refused_with_their_place(condition: dict[str, Any], words: str) -> None:
    with pytest.raises(ConditionError) as caught:
        bound(**condition)
    assert str(caught.value).startswith(words)


def test_whether_a_habit_can_be_does_not_depend_on_the_day() -> None:
    stopped = {"habit": "stopped", "related": "interaction"}
    days, month = {"n": 30, "unit": "day"}, {"n": 1, "unit": "month"}
    for as_of in (dt.date(2026, 3, 1), dt.date(2026, 3, 31)):  # a month is 28 days long on the one, 31 on the other
        context = Context(as_of, ZoneInfo("UTC"))
        for lengths in ({"in_last": days, "but_not_in_last": month}, {"in_last": month, "but_not_in_last": days}):
            (leaf,) = leaves(Definition.from_dict({**stopped, **lengths}).steps[0].condition)
            found = bind(leaf, CATALOGUE, context)
            assert list(found.cuts) == sorted(found.cuts)
