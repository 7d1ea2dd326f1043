"""Number series: each rule of tables 308 to 310."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipelines.number_series import Given, Line, check_line, incremented, line_on, many, next_number, switched
from workbench.errors import RuleError

DAY = dt.date(2026, 3, 31)


def line(starting_no: str = "CT0001", **more: object) -> Line:
    return replace(Line(10000, starting_no), **more)  # type: ignore[arg-type]


def given(*lines: Line, on: dt.date = DAY, **more: bool) -> Given:
    return next_number("CONT", lines, on, **more)


def test_the_first_number_is_the_starting_number() -> None:
    assert given(line()).number == "CT0001"


@pytest.mark.parametrize(
    ("last", "following"),
    [("CT0009", "CT0010"), ("CT9999", "CT10000"), ("A1-B09-X", "A1-B10-X"), ("99", "100"), ("007", "008")],
)
def test_the_last_digits_are_counted_up_and_keep_their_zeros(last: str, following: str) -> None:
    assert incremented(last) == following


def test_the_increment_is_added() -> None:
    assert given(line(last_no="CT0010", increment_by=10)).number == "CT0020"


def test_a_series_from_1_to_10_by_sevens_gives_1_and_8_and_then_nothing() -> None:
    first = given(line("1", ending_no="10", increment_by=7))
    second = given(first.line)
    assert (first.number, first.line.is_open) == ("1", True)
    assert (second.number, second.line.is_open) == ("8", False)
    with pytest.raises(RuleError, match="You cannot assign new numbers from the number series CONT"):
        given(second.line)


def test_a_line_closes_with_its_ending_number() -> None:
    last = given(line(ending_no="CT0003", last_no="CT0002"))
    assert (last.number, last.line.is_open, last.line.last_used_on) == ("CT0003", False, DAY)


def test_a_number_beyond_the_end_is_refused() -> None:
    with pytest.raises(RuleError) as caught:
        given(line(ending_no="CT0003", last_no="CT0003"))
    assert caught.value.message == "You cannot assign numbers greater than CT0003 from the number series CONT."
    assert caught.value.hint == "Raise its ending number, or add a line: workbench number-series line CONT."


def test_a_number_with_other_letters_than_the_start_is_refused() -> None:
    with pytest.raises(RuleError, match="You cannot assign numbers greater than XX0004"):
        given(line(last_no="XX0004"))


def test_a_number_has_20_signs_at_most() -> None:
    with pytest.raises(RuleError, match="cannot assign numbers greater than"):
        given(line("9" * 20, last_no="9" * 20))


def test_the_latest_starting_date_counts_and_of_its_lines_the_first_open_one() -> None:
    lines = [
        Line(10000, "A1"),
        Line(20000, "B1", starting_on=dt.date(2026, 1, 1), is_open=False),
        Line(30000, "C1", starting_on=dt.date(2026, 1, 1)),
        Line(40000, "D1", starting_on=dt.date(2026, 1, 1)),
        Line(50000, "E1", starting_on=dt.date(2026, 6, 1)),
    ]
    assert line_on("X", lines, DAY).starting_no == "C1"
    assert line_on("X", lines, dt.date(2025, 12, 31)).starting_no == "A1"
    assert line_on("X", lines, dt.date(2026, 6, 1)).starting_no == "E1"


def test_open_lines_of_other_dates_do_not_stand_in_for_closed_ones() -> None:
    lines = [Line(10000, "A1"), Line(20000, "B1", starting_on=dt.date(2026, 1, 1), is_open=False)]
    with pytest.raises(RuleError) as caught:
        line_on("CONT", lines, DAY)
    assert caught.value.message == "You cannot assign new numbers from the number series CONT on 2026-03-31."


def test_a_series_without_lines_has_no_numbers() -> None:
    with pytest.raises(RuleError) as caught:
        given()
    assert caught.value.message == "You cannot assign new numbers from the number series CONT."
    assert caught.value.hint == "Add a line to it: workbench number-series line CONT."


def test_from_the_warning_number_on_a_number_is_warned_of() -> None:
    near = line(ending_no="CT0010", warning_no="CT0008", last_no="CT0006")
    warned = [given(replace(near, last_no=f"CT{last:04d}")).is_warned for last in (6, 7, 8)]
    assert warned == [False, True, True]


def test_without_an_ending_number_nothing_is_warned_of() -> None:
    assert not given(line(warning_no="CT0002", last_no="CT0005")).is_warned


def test_numbers_in_date_order_refuse_an_earlier_day() -> None:
    used = line(last_no="CT0001", last_used_on=dt.date(2026, 4, 1))
    assert given(used).number == "CT0002"
    with pytest.raises(RuleError) as caught:
        given(used, is_date_order=True)
    assert caught.value.message == ("Numbers of the series CONT follow their dates: 2026-03-31 is before 2026-04-01.")


@pytest.mark.parametrize("what", ["starting_no", "ending_no", "warning_no", "last_no"])
def test_every_number_of_a_line_needs_a_digit(what: str) -> None:
    with pytest.raises(RuleError, match=f'{what} "NONE" must have a number so that we can assign the next number.'):
        check_line(replace(line(), **{what: "NONE"}))  # type: ignore[arg-type]


def test_a_number_of_a_line_has_20_signs_at_most() -> None:
    with pytest.raises(RuleError, match="has 21 signs"):
        check_line(line("C" + "1" * 20))


def test_a_line_does_not_begin_after_its_end() -> None:
    with pytest.raises(RuleError, match="would begin with 20, after its end 9"):
        check_line(line("20", ending_no="9"))


def test_of_default_and_manual_numbers_one_is_always_allowed() -> None:
    assert switched(False, False, "is_default") == (False, True)
    assert switched(False, False, "is_manual") == (True, False)
    assert switched(True, False, "is_manual") == (True, False)


def test_many_numbers_go_over_several_lines() -> None:
    lines = [Line(10000, "A8", "A9"), Line(20000, "B1")]
    numbers, changed = many("X", lines, DAY, 4)
    assert numbers == ["A8", "A9", "B1", "B2"]
    assert [changed[no].last_no for no in (10000, 20000)] == ["A9", "B2"]
