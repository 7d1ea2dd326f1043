"""Date formulas of Business Central."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import dates
from pipelines.date_formula import evaluate
from pipelines.errors import ConditionError

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


def reached(formula: str, day: str) -> str:
    """The day that a formula reaches from another."""
    return evaluate(formula, dt.date.fromisoformat(day)).isoformat()


@pytest.mark.parametrize(
    ("formula", "day", "found"),
    [
        # The three examples of Microsoft's reference of CalcDate.
        ("<CQ+1M-10D>", "1996-05-21", "1996-07-20"),
        ("<-WD2>", "1996-05-21", "1996-05-14"),
        ("<CM+30D>", "1996-05-21", "1996-06-30"),
        # Those of its page on dates, and what consultants publish for due dates.
        ("10D", "2019-11-05", "2019-11-15"),
        ("2W", "2019-11-05", "2019-11-19"),
        ("D10", "2019-11-05", "2019-11-10"),
        ("WD4", "2019-11-05", "2019-11-07"),
        ("CM+10D", "2019-11-05", "2019-12-10"),
        ("-1Y", "2019-11-05", "2018-11-05"),
        ("CM+1W", "2019-11-05", "2019-12-07"),
        ("5M-CY+7M-1D", "2019-06-15", "2019-07-31"),
        ("5M-CY+7M-1D", "2019-10-15", "2020-07-31"),
        ("3M-CQ+WD1", "2021-06-15", "2021-07-05"),
        ("CW", "2013-09-23", "2013-09-29"),
        ("CQ", "2013-09-23", "2013-09-30"),
        ("D15", "2013-09-23", "2013-10-15"),
        ("D15 + 1M", "2013-09-23", "2013-11-15"),
        ("1M + D15", "2013-09-23", "2013-11-15"),
        ("CM+1M", "2013-02-23", "2013-03-28"),
        # An order of terms that matters in a leap year.
        ("<1Y+1M>", "2015-01-31", "2016-02-29"),
        ("<1M+1Y>", "2015-01-31", "2016-02-28"),
    ],
)
def test_published_examples_give_the_published_day(formula: str, day: str, found: str) -> None:
    assert reached(formula, day) == found


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("CD", "2026-03-29"), ("-CD", "2026-03-29"), ("CW", "2026-03-29"), ("-CW", "2026-03-23"),
        ("CM", "2026-03-31"), ("-CM", "2026-03-01"), ("CQ", "2026-03-31"), ("-CQ", "2026-01-01"),
        ("CY", "2026-12-31"), ("-CY", "2026-01-01"), ("1Q", "2026-06-29"), ("-1M", "2026-02-28"),
        ("1M+CM", "2026-04-30"), ("-1M-CM", "2026-02-01"), ("1W1D", "2026-04-06"), ("0D", "2026-03-29"),
        ("WD7", "2026-04-05"), ("-WD7", "2026-03-22"), ("WD1", "2026-03-30"), ("-WD6", "2026-03-28"),
        ("D29", "2026-04-29"), ("-D29", "2026-02-28"), ("D31", "2026-03-31"), ("-D31", "2026-02-28"),
        ("W12", "2027-03-22"), ("W14", "2026-03-30"), ("-W13", "2026-03-23"), ("M4", "2026-04-01"),
        ("-M3", "2026-03-01"), ("Q1", "2027-01-01"), ("-Q1", "2026-01-01"),
    ],
)  # fmt: skip
def test_each_kind_of_term_from_a_sunday_in_march(formula: str, found: str) -> None:
    assert reached(formula, "2026-03-29") == found


@pytest.mark.parametrize(
    ("formula", "found"),
    [
        ("t", "2026-03-29"), ("today", "2026-03-29"), ("TOD", "2026-03-29"), ("w", "2026-03-29"),
        ("WorkDate", "2026-03-29"), ("yesterday", "2026-03-28"), ("%tomorrow", "2026-03-30"), ("t-30D", "2026-02-27"),
        ("w + CM", "2026-03-31"), ("tom+1W", "2026-04-06"),
    ],
)  # fmt: skip
def test_a_day_in_words_can_stand_in_front(formula: str, found: str) -> None:
    assert reached(formula, "2026-03-29") == found


def test_week_53_is_that_of_the_next_year_that_has_one() -> None:
    assert reached("W53", "2021-01-05") == "2026-12-28"


def test_february_of_a_leap_year_ends_on_its_29th() -> None:
    assert reached("CM", "2028-02-01") == "2028-02-29"
    assert reached("1Y", "2028-02-29") == "2029-02-28"


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        ("", "is empty, at position 1"),
        ("<>", "is empty, at position 2"),
        ("<CM", "has only one of its angle brackets, at position 1"),
        ("CM>", "has only one of its angle brackets, at position 3"),
        ("CX+1D", "cannot be read, at position 1"),
        ("CM+", "cannot be read, at position 3"),
        ("CM+1X", "cannot be read, at position 3"),
        ("10", "cannot be read, at position 1"),
        ("P2", "cannot be read, at position 1"),
        ("C123101", "cannot be read, at position 1"),
        ("1D+WD8", "has a number behind WD that is not from 1 to 7, at position 4"),
        ("D0", "has a number behind D that is not from 1 to 31, at position 1"),
        ("W54", "has a number behind W that is not from 1 to 53, at position 1"),
        ("Y2027", "has a number behind Y, which names no coming day, at position 1"),
        ("3WD", "has WD without a weekday behind it, at position 2"),
        ("10000D", "has a number beyond 9999, at position 1"),
    ],
)
def test_what_is_no_formula_is_refused_with_the_position(formula: str, complaint: str) -> None:
    with pytest.raises(ConditionError) as refused:
        evaluate(formula, dt.date(2026, 3, 29))

    assert refused.value.message == f'The date formula "{formula}" {complaint}.'
    assert "CM+1D" in refused.value.hint


@given(DAYS)
def test_the_current_period_is_the_one_the_day_lies_in(day: dt.date) -> None:
    for letter, unit in {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}.items():
        first, after = dates.period(day, 0, unit)  # type: ignore[arg-type]

        assert evaluate(f"-C{letter}", day) == first
        assert dates.day_after(evaluate(f"C{letter}", day)) == after


@given(DAYS, st.integers(1, 31), st.integers(1, 7))
def test_named_days_come_strictly_after_or_before(day: dt.date, date: int, weekday: int) -> None:
    assert day < evaluate(f"D{date}", day) <= dates.shift(day, 31, "day")
    assert day > evaluate(f"-D{date}", day) >= dates.shift(day, -31, "day")
    assert evaluate(f"WD{weekday}", day).isoweekday() == weekday
    assert dates.shift(evaluate(f"WD{weekday}", day), -7, "day") <= day < evaluate(f"WD{weekday}", day)


@given(DAYS, st.lists(st.sampled_from(["1D", "-2W", "CM", "-CQ", "D15", "-WD3", "+1Y"]), min_size=1, max_size=4))
def test_case_blanks_and_brackets_change_nothing(day: dt.date, terms: list[str]) -> None:
    formula = "+".join(terms).replace("+-", "-").replace("++", "+")

    spaced = formula.lower().replace("+", " + ").replace("-", " - ").replace("c", "c ").replace("d1", "d 1")
    assert evaluate(f" < {spaced} > ", day) == evaluate(formula, day)


@given(st.text(alphabet="CDWMQYtw0123456789+-<> %", max_size=12) | st.text(max_size=8), st.dates())
def test_any_text_gives_a_day_or_an_error_with_a_position(text: str, day: dt.date) -> None:
    said = "at position"
    try:
        evaluate(text, day)
    except ConditionError as error:
        said = error.message

    assert "at position" in said
