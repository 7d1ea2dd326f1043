"""Filter expressions of Business Central: what they say, what is refused, and what they are in conditions."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.binding import bind_row
from pipelines.catalogue import Catalogue
from pipelines.conditions import FieldCondition
from pipelines.context import Context
from pipelines.date_formula import evaluate
from pipelines.definition import Definition
from pipelines.errors import ConditionError
from pipelines.filter_conditions import to_condition
from pipelines.filter_days import days_of
from pipelines.filter_expression import Both, Either, Equal, Range, Unlike, parse
from pipelines.filter_text import FilterText, to_filter
from pipelines.matching import rows_satisfying
from pipelines.notes import notes
from pipelines.schema import Column, FieldType, Table, conform

COLUMNS = {type_: Column("field", type_, "a field") for type_ in FieldType}
CONTEXT = Context(dt.date(2020, 3, 21), ZoneInfo("UTC"))


def taken(expression: str, type_: FieldType, values: list[Any], context: Context = CONTEXT) -> list[Any]:
    """The values that a filter takes; None is what is not recorded."""
    column = COLUMNS[type_]
    condition = FieldCondition(field="field", op="filter", value=expression)
    test = bind_row(condition, Table("rows", "rows", (column,), key=()), Catalogue(), context)
    frame = pd.DataFrame({"field": pd.Series(values, dtype="object")})
    if type_ is not FieldType.MANY:
        frame = conform(frame, Table("rows", "rows", (column,), key=()))
    return [value for value, hit in zip(values, rows_satisfying(test, frame), strict=True) if hit]


def texts(expression: str, *values: str | None) -> list[Any]:
    """The texts that a filter takes."""
    return taken(expression, FieldType.TEXT, list(values))


def days(expression: str, *values: str) -> list[Any]:
    """The days that a filter takes as of 21 March 2020, a Saturday."""
    return taken(expression, FieldType.DATE, list(values))


# The examples of Microsoft's page on filter criteria.


@pytest.mark.parametrize(
    ("expression", "inside", "outside"),
    [
        ("1100..2100", [1100, 1500, 2100], [1099, 2101]),
        ("..2500", [-1, 2500], [2501]),
        ("1200|1300", [1200, 1300], [1250]),
        ("<>0", [1, -1, None], [0]),
        (">1200", [1200.5], [1200]),
        (">=1200", [1200], [1199]),
        ("<1200", [1199], [1200]),
        ("<=1200", [1200], [1201]),
        (">200&<1200", [201, 1199], [200, 1200]),
        ("5999|8100..8490", [5999, 8100, 8490], [6000, 8491]),
        ("..1299|1400..", [1299, 1400], [1300, 1399]),
        (">50&<100", [51, 99], [50, 100]),
        ("1.5..2.25|-3", [1.5, 2.25, -3], [1.49, 2.26, 3]),
        ("''", [None], [0]),
        ("<>''", [0], [None]),
    ],
)
@pytest.mark.parametrize("type_", [FieldType.NUMBER, FieldType.AMOUNT])
def test_documented_filters_on_numbers(
    expression: str, inside: list[Any], outside: list[Any], type_: FieldType
) -> None:
    assert taken(expression, type_, inside + outside) == inside


@pytest.mark.parametrize(
    ("expression", "inside", "outside"),
    [
        ("Bicycle..Car", ["Bicycle", "Boat", "Car"], ["Bicycl", "Cart", "bicycle"]),
        ("'man'", ["man"], ["Man", "manual"]),
        ("''", [None, " "], ["man"]),
        ("@man*", ["man", "MANCHESTER"], ["sportsman"]),
        ("@*man", ["man", "SportsMan"], ["Manchester"]),
        ("*Co*", ["Co", "xCoy"], ["co", "CO"]),
        ("*Co", ["Co", "xCo"], ["Cox"]),
        ("Co*", ["Co", "Cox"], ["xCo"]),
        ("Hans?n", ["Hansen", "Hanson"], ["Hansn", "Hanseen"]),
        ("<>A*", ["B", "a", None], ["A", "Ab"]),
        ("'J & V*'", ["J & V", "J & V Ltd"], ["J", "V"]),
        ("10000..10042", ["10000", "100000", "1000042", "10042"], ["9", "10043", "2"]),
        ("1200|1300", ["1200", "1300"], ["1250", None]),
        (">B", ["C", "Ba"], ["B", "A", None]),
    ],
)
def test_documented_filters_on_text(expression: str, inside: list[Any], outside: list[Any]) -> None:
    assert texts(expression, *inside, *outside) == inside


@pytest.mark.parametrize(
    ("expression", "inside", "outside"),
    [
        ("A|B&C", ["A"], ["B", "C"]),
        ("(A|B)&<>A", ["B"], ["A"]),
        ("<>A&<>B", ["C", None], ["A", "B"]),
        ("<>A..B", ["C", None], ["A", "Ax", "B"]),
        ("@'O''Hara'", ["o'hara", "O'Hara"], ["Ohara"]),
        (" Prague | 'Brno ' ", ["Prague", "Brno "], ["Brno"]),
        ("a@b.cz", ["a@b.cz"], ["A@b.cz"]),
        ("'a..b'", ["a..b"], ["a", "ab"]),
        ("'<x'|'@y'", ["<x", "@y"], ["x", "y"]),
        ("=Prague", ["Prague"], ["=Prague"]),
        ("a.b*", ["a.b", "a.bc"], ["axb"]),
        ("a?b*c", ["a?b\nc", "axbc"], ["abc"]),
        ("*", ["x"], [None]),
        ("*.x+*", ["a.x+b"], ["aax"]),
        ("?", ["🐎", "é"], ["ab", None]),
        ("@STRASSE?", ["Strasse1"], ["Straße1"]),
    ],
)
def test_signs_bind_quote_and_stand_for_themselves(expression: str, inside: list[Any], outside: list[Any]) -> None:
    assert texts(expression, *inside, *outside) == inside


# The examples of Microsoft's page on dates, as of 21 March 2020.


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018.12.31.", "2018-12-31", "2018-12-31"),
        ("20181231", "2018-12-31", "2018-12-31"),
        ("2018/12,31", "2018-12-31", "2018-12-31"),
        ("31.12.2018", "2018-12-31", "2018-12-31"),
        ("12/31/2018", "2018-12-31", "2018-12-31"),
        ("11", "2020-03-11", "2020-03-11"),
        ("t", "2020-03-21", "2020-03-21"),
        ("workdate", "2020-03-21", "2020-03-21"),
        ("m", "2020-03-16", "2020-03-16"),
        ("Tuesday", "2020-03-17", "2020-03-17"),
        ("sa", "2020-03-21", "2020-03-21"),
        ("s", "2020-03-22", "2020-03-22"),
        ("t23", "2020-06-02", "2020-06-02"),
        ("t 23", "2020-06-02", "2020-06-02"),
        ("t-1", "2019-12-31", "2019-12-31"),
        ("mon25", "2020-06-15", "2020-06-15"),
        ("mon25 2021", "2021-06-21", "2021-06-21"),
        ("p", "2020-01-01", "2020-01-31"),
        ("p1", "2020-01-01", "2020-01-31"),
        ("period4", "2020-04-01", "2020-04-30"),
        ("p15", "2021-03-01", "2021-03-31"),
        ("%week", "2020-03-16", "2020-03-22"),
        ("month", "2020-03-01", "2020-03-31"),
        ("%quarter", "2020-01-01", "2020-03-31"),
        ("year", "2020-01-01", "2020-12-31"),
        ("%yesterday", "2020-03-20", "2020-03-20"),
        ("week 12", "2020-03-16", "2020-03-22"),
        ("week 53 2020", "2020-12-28", "2021-01-03"),
        ("Q4", "2020-10-01", "2020-12-31"),
        ("quarter 2 2027", "2027-04-01", "2027-06-30"),
        ("february", "2020-02-01", "2020-02-29"),
        ("feb 2021", "2021-02-01", "2021-02-28"),
        ("year 2021", "2021-01-01", "2021-12-31"),
        ("CM+1D", "2020-04-01", "2020-04-01"),
        ("<W12>", "2021-03-22", "2021-03-22"),
    ],
)
def test_days_and_periods_in_filters(text: str, first: str, last: str) -> None:
    found = days_of(text)

    assert [_day(end) for end in found] == [first, last]


def _day(text: str) -> str:
    is_date = text[:4].isdecimal() and text[4:5] == "-"
    return text if is_date else evaluate(text, CONTEXT.as_of).isoformat()


@pytest.mark.parametrize(
    ("starts_on", "as_of", "first"),
    [
        ("04-01", "2026-03-31", "2025-04-01"),
        ("04-01", "2026-04-01", "2026-04-01"),
        ("04-06", "2026-04-05", "2025-04-06"),
    ],
)
def test_accounting_periods_are_the_months_of_the_fiscal_year(starts_on: str, as_of: str, first: str) -> None:
    found = days_of("p1", fiscal_year_starts_on=starts_on)

    assert evaluate(found.first, dt.date.fromisoformat(as_of)).isoformat() == first


@pytest.mark.parametrize(
    ("expression", "inside", "outside"),
    [
        ("2020-12-15|2020-12-01..2020-12-10", ["2020-12-15", "2020-12-01", "2020-12-10"], ["2020-12-11"]),
        ("-30D..t", ["2020-02-20", "2020-03-21"], ["2020-02-19", "2020-03-22"]),
        ("<2W-1D>..", ["2020-04-03"], ["2020-04-02"]),
        ("..CM", ["2020-03-31"], ["2020-04-01"]),
        ("p1..p4", ["2020-01-01", "2020-04-30"], ["2020-05-01"]),
        ("P8..", ["2020-08-01"], ["2020-07-31"]),
        (">month", ["2020-04-01"], ["2020-03-31"]),
        (">=month", ["2020-03-01"], ["2020-02-29"]),
        ("<month", ["2020-02-29"], ["2020-03-01"]),
        ("<=month", ["2020-03-31"], ["2020-04-01"]),
        ("<>week", ["2020-03-15", "2020-03-23"], ["2020-03-16", "2020-03-22"]),
        ("2020.03.01...2020.03.02.", ["2020-03-02"], ["2020-03-03"]),
        ("(<-30D|>t)&<>Q4", ["2020-02-19", "2020-03-22"], ["2020-03-21", "2020-10-01"]),
    ],
)
def test_filters_on_dates(expression: str, inside: list[str], outside: list[str]) -> None:
    assert days(expression, *inside, *outside) == inside


def test_a_day_of_a_moment_is_the_whole_local_day() -> None:
    berlin = Context(dt.date(2026, 3, 29), ZoneInfo("Europe/Berlin"))
    moments = ["2026-03-28T22:59Z", "2026-03-28T23:00Z", "2026-03-29T21:59Z", "2026-03-29T22:00Z"]

    assert taken("t", FieldType.TIMESTAMP, moments, berlin) == moments[1:3]
    assert taken("..t", FieldType.TIMESTAMP, moments, berlin) == moments[:3]
    assert taken(">t", FieldType.TIMESTAMP, moments, berlin) == moments[3:]


@pytest.mark.parametrize(
    ("expression", "inside"),
    [
        ("yes", [True]),
        ("1", [True]),
        ("TRUE", [True]),
        ("no|''", [False, None]),
        ("<>Yes", [False, None]),
        ("0", [False]),
    ],
)
def test_filters_on_yes_and_no(expression: str, inside: list[Any]) -> None:
    assert taken(expression, FieldType.BOOLEAN, [True, False, None]) == inside


@pytest.mark.parametrize(
    ("expression", "inside"),
    [
        ("x", [["x"], ["x", "y"]]),
        ("x|z", [["x"], ["x", "y"]]),
        ("x&y", []),
        ("<>x", [["x", "y"], ["yy"]]),
        ("y*", [["x", "y"], ["yy"]]),
        ("@Y", [["x", "y"]]),
        ("y..", [["x", "y"], ["yy"]]),
        ("''", [[]]),
        ("''|x", [["x"], ["x", "y"], []]),
        ("<>''", [["x"], ["x", "y"], ["yy"]]),
        ("<>x&<>y", [["yy"]]),
    ],
)
def test_a_filter_on_many_values_asks_for_one_of_them(expression: str, inside: list[list[str]]) -> None:
    assert taken(expression, FieldType.MANY, [["x"], ["x", "y"], ["yy"], []]) == inside


# What is refused.


@pytest.mark.parametrize(
    ("type_", "expression", "complaint"),
    [
        (FieldType.TEXT, "", "lacks a value, at position 1"),
        (FieldType.TEXT, "A|", "lacks a value, at position 3"),
        (FieldType.TEXT, "A||B", "lacks a value, at position 3"),
        (FieldType.TEXT, "<>", "lacks a value, at position 3"),
        (FieldType.TEXT, "..", "has an interval without ends, at position 1"),
        (FieldType.TEXT, "(A", "opens a parenthesis that nothing closes, at position 1"),
        (FieldType.TEXT, "A)", 'does not go on with ")", at position 2'),
        (FieldType.TEXT, "Prague (new)", 'does not go on with "(", at position 8'),
        (FieldType.TEXT, "A|O'Hara", "opens a quote that nothing closes, at position 4"),
        (FieldType.TEXT, "A=B", 'has a "=" inside a value, at position 2'),
        (FieldType.TEXT, "A*..B", "has @, * or ? at the end of an interval, at position 1"),
        (FieldType.TEXT, "''..B", "has an interval that ends with what is not recorded, at position 1"),
        (FieldType.TEXT, "A|%me", 'asks for "%me", which only Business Central knows, at position 3'),
        (FieldType.TEXT, "(" * 51, "is more than 50 parentheses deep, at position 51"),
        (FieldType.NUMBER, "5|x", 'has "x" for a number, at position 3'),
        (FieldType.NUMBER, "1,250", 'has "1,250" for a number, at position 1'),
        (FieldType.NUMBER, ">1*", "has @, * or ? for a number field, at position 2"),
        (FieldType.NUMBER, "9" * 302, "has a number of more than 300 digits, at position 1"),
        (FieldType.BOOLEAN, "maybe", 'has "maybe" where yes or no stands, at position 1'),
        (FieldType.BOOLEAN, "0..1", "has an interval of yes and no, at position 1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_position(type_: FieldType, expression: str, complaint: str) -> None:
    with pytest.raises(ConditionError) as refused:
        taken(expression, type_, [])

    shown = expression if len(expression) <= 80 else expression[:77] + "…"
    assert refused.value.message == f'The filter "{shown}" {complaint}.'
    assert refused.value.hint


@pytest.mark.parametrize(
    ("expression", "complaint"),
    [
        ("t|5/6/2026", 'Position 3 of the filter: "5/6/2026" can be read as 2026-05-06 and as 2026-06-05.'),
        ("181231", 'Position 1 of the filter: "181231" names no day, or not the same everywhere.'),
        ("2020-02-30", 'Position 1 of the filter: "2020-02-30" names no day, or not the same everywhere.'),
        ("t 10:30", 'Position 1 of the filter: "t 10:30" has a time of day, and filters go by days.'),
        ("m4", 'Position 1 of the filter: "m4" can be read as a week or month, a weekday and a date formula.'),
        ("soon", 'Position 1 of the filter: The date formula "soon" cannot be read, at position 1.'),
        ("@t", 'The filter "@t" has @, * or ? for a date field, at position 1.'),
    ],
)
def test_days_that_are_none_or_several_are_refused(expression: str, complaint: str) -> None:
    with pytest.raises(ConditionError) as refused:
        days(expression)

    assert refused.value.message == complaint


def test_case_is_ignored_in_the_expression_and_not_beside_it() -> None:
    condition = FieldCondition(field="field", op="filter", value="x", ignore_case=True)

    with pytest.raises(ConditionError, match=r"takes no ignore_case\. Put @ in front"):
        bind_row(condition, Table("rows", "rows", (COLUMNS[FieldType.TEXT],), key=()), Catalogue(), CONTEXT)


@given(st.text(alphabet="AB1.&|<>=@'*?() t%-+", max_size=14) | st.text(max_size=8), st.sampled_from(list(FieldType)))
def test_any_text_is_read_or_refused_with_a_position(expression: str, type_: FieldType) -> None:
    said = "at position"
    try:
        taken(expression, type_, [])
    except ConditionError as error:
        said = error.message

    assert any(word in said for word in ("at position", "Position", "NUL"))


def test_the_parts_of_an_expression_keep_what_was_written() -> None:
    found = parse("A | <>B..C & >D")

    assert isinstance(found, Either)
    first, second = found.parts
    assert isinstance(first, Equal)
    assert isinstance(second, Both)
    assert [part.written for part in second.parts] == ["<>B..C", ">D"]
    assert isinstance(second.parts[0], Unlike)
    assert isinstance(second.parts[1], Range)


# In conditions, and back.


def _said(**condition: Any) -> dict[str, Any]:
    return {"field": "field", **condition}


@pytest.mark.parametrize(
    ("type_", "expression", "condition"),
    [
        (FieldType.TEXT, "Prague", _said(op="is", value="Prague")),
        (FieldType.TEXT, "Prague|Brno", _said(op="in", value=["Prague", "Brno"])),
        (FieldType.TEXT, "@Pra*", _said(op="starts_with", value="Pra", ignore_case=True)),
        (FieldType.TEXT, "<>*gue", _said(op="not_ends_with", value="gue")),
        (FieldType.TEXT, "<>''", _said(op="is_known")),
        (FieldType.TEXT, "A..B", _said(op="filter", value="A..B")),
        (FieldType.TEXT, "A..B|C", {"any": [_said(op="filter", value="A..B"), _said(op="is", value="C")]}),
        (FieldType.TEXT, "<>A&<>B", {"all": [_said(op="is_not", value="A"), _said(op="is_not", value="B")]}),
        (FieldType.NUMBER, "1..2.5", _said(op="between", value=[1, 2.5])),
        (FieldType.NUMBER, "<>1..2", _said(op="not_between", value=[1, 2])),
        (FieldType.AMOUNT, ">=10", _said(op="at_least", value=10)),
        (FieldType.NUMBER, ">1", _said(op="more_than", value=1)),
        (FieldType.DATE, "CM+1D", _said(op="on", value="CM+1D")),
        (FieldType.DATE, "-30D..t", _said(op="between", value=["-30D", "t"])),
        (FieldType.DATE, "<week", _said(op="before", value="-CW")),
        (FieldType.BOOLEAN, "<>yes", {"not": _said(op="is", value=True)}),
        (FieldType.MANY, "a|b", _said(op="any_of", value=["a", "b"])),
        (FieldType.MANY, "''|a", {"any": [_said(op="is_empty"), _said(op="any_of", value=["a"])]}),
        (FieldType.MANY, "<>a", _said(op="filter", value="<>a")),
    ],
)
def test_a_filter_in_conditions(type_: FieldType, expression: str, condition: dict[str, Any]) -> None:
    assert to_condition("field", expression, COLUMNS[type_]) == condition


@pytest.mark.parametrize(
    ("type_", "condition", "expression"),
    [
        (FieldType.TEXT, {"op": "is", "value": "J & V"}, "'J & V'"),
        (FieldType.TEXT, {"op": "is", "value": "O'Hara"}, "'O''Hara'"),
        (FieldType.TEXT, {"op": "not_in", "value": ["A", "B"]}, "<>A&<>B"),
        (FieldType.TEXT, {"op": "contains", "value": "x", "ignore_case": True}, "@*x*"),
        (FieldType.TEXT, {"op": "is_not", "value": "A", "unknown": "exclude"}, "<>A&<>''"),
        (FieldType.TEXT, {"op": "in", "value": ["A", "B"], "unknown": "exclude"}, "(A|B)&<>''"),
        (FieldType.NUMBER, {"op": "between", "value": [-1, 2.5]}, "-1..2.5"),
        (FieldType.NUMBER, {"op": "not_between", "value": [1, 2]}, "<1|>2|''"),
        (FieldType.DATE, {"op": "in_last", "value": {"n": 90, "unit": "day"}}, "-90D+1D..t"),
        (FieldType.DATE, {"op": "in_next", "value": {"n": 1, "unit": "month"}}, "1D..1M"),
        (FieldType.DATE, {"op": "not_in_last", "value": {"n": 1, "unit": "day"}}, "<>t"),
        (FieldType.DATE, {"op": "previous", "value": "quarter"}, "-CQ-1Q..-CQ-1D"),
        (FieldType.DATE, {"op": "this", "value": "fiscal_year"}, "p1..p12"),
        (FieldType.DATE, {"op": "on", "value": "W12"}, "<W12>"),
        (FieldType.DATE, {"op": "after", "value": "2026-03-31"}, ">2026-03-31"),
        (FieldType.BOOLEAN, {"op": "is", "value": False}, "no"),
        (FieldType.MANY, {"op": "any_of", "value": ["a", "b&c"]}, "a|'b&c'"),
        (FieldType.MANY, {"op": "is_empty"}, "''"),
    ],
)
def test_a_condition_as_a_filter(type_: FieldType, condition: dict[str, Any], expression: str) -> None:
    assert to_filter(FieldCondition(field="field", **condition), COLUMNS[type_]) == FilterText(expression)


TOO_LONG = {"n": 10000, "unit": "day"}
OF_THIS_YEAR = "filters name the accounting periods of this fiscal year only"
ANOTHER = "<> on a field of many values means that it has another value"


@pytest.mark.parametrize(
    ("type_", "condition", "reason"),
    [
        (FieldType.TEXT, {"op": "matches", "value": "^x"}, "filters have * and ? and no patterns"),
        (FieldType.TEXT, {"op": "in", "value": []}, "a filter has at least one value"),
        (FieldType.TEXT, {"op": "is", "value": "5*"}, "the value has a * or ? in it, which filters read as any text"),
        (FieldType.DATE, {"op": "in_last", "value": TOO_LONG}, "the numbers of date formulas end at 9999"),
        (FieldType.DATE, {"op": "next", "value": "fiscal_quarter"}, OF_THIS_YEAR),
        (FieldType.MANY, {"op": "none_of", "value": ["a"]}, ANOTHER),
        (FieldType.MANY, {"op": "all_of", "value": ["a", "b"]}, "a filter speaks of one value at a time"),
    ],
)  # fmt: skip
def test_what_has_no_filter_says_why(type_: FieldType, condition: dict[str, Any], reason: str) -> None:
    assert to_filter(FieldCondition(field="field", **condition), COLUMNS[type_]) == FilterText(None, reason)


def test_anniversaries_have_no_filter() -> None:
    condition = FieldCondition(field="field", op="anniversary_in_next", value={"n": 30, "unit": "day"})

    assert to_filter(condition, COLUMNS[FieldType.DATE]).reason == 'filters have nothing like "anniversary_in_next"'


def test_weeks_that_do_not_start_on_monday_have_no_filter() -> None:
    condition = FieldCondition(field="field", op="this", value="week")

    assert to_filter(condition, COLUMNS[FieldType.DATE]).expression == "-CW..CW"
    assert (
        to_filter(condition, COLUMNS[FieldType.DATE], "sunday").reason == "weeks of filters run from Monday to Sunday"
    )


# The traps.


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("10000..10042", 'so it also takes "100000".'),
        ("..2500", 'so it also takes "10000".'),
        (">1000", 'so it also takes "2".'),
        ("90..100", 'so it does not take "90".'),
        ("9..", 'so it does not take "10".'),
    ],
)
def test_intervals_of_numbers_on_text_are_pointed_out(expression: str, said: str) -> None:
    definition = Definition.from_dict({"field": "post_code", "op": "filter", "value": expression})

    text = f'The interval "{expression}" compares text sign by sign, {said}'
    assert notes(definition, Catalogue()) == [("step 1, condition 1", text)]


def test_exceptions_on_related_rows_are_pointed_out() -> None:
    rows = {"related": "interaction", "where": {"field": "campaign_no", "op": "filter", "value": "<>18&<>''"}}
    groups = {"field": "mailing_group_codes", "op": "filter", "value": "<>VIP"}
    definition = Definition.from_dict({"any": [rows, groups]})

    asks = "asks for one that is different, not that none is the same."
    assert notes(definition, Catalogue()) == [
        ("step 1, condition 1", f'"<>18" on interaction {asks}'),
        ("step 1, condition 2", f'"<>VIP" on mailing_group_codes {asks}'),
    ]  # fmt: skip


def test_filters_without_traps_are_not_remarked_on() -> None:
    harmless = [("city", "A..B|<>C"), ("post_code", "1000*"), ("post_code", "1..1"), ("interaction_count", "10..100")]

    for field, expression in harmless:
        definition = Definition.from_dict({"field": field, "op": "filter", "value": expression})
        assert notes(definition, Catalogue()) == []
