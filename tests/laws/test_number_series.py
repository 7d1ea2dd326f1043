"""What holds for every number series."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pipelines.number_series import Line, many, next_number
from workbench.errors import RuleError

DAY = dt.date(2026, 3, 31)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    width = draw(st.integers(1, 4))
    before, after = draw(st.sampled_from(["", "CT", "A1-"])), draw(st.sampled_from(["", "-X"]))
    start = draw(st.integers(0, 10**width - 1))
    end = draw(st.none() | st.integers(start, 10 ** (width + draw(st.integers(0, 2))) - 1))
    ending = None if end is None else f"{before}{end:0{width}d}{after}"
    return Line(10000, f"{before}{start:0{width}d}{after}", ending, None, draw(st.integers(1, 9)))


def one_by_one(line: Line, count: int) -> list[str]:
    numbers: list[str] = []
    for _ in range(count):
        try:
            given_ = next_number("X", [line], DAY)
        except RuleError:
            break
        numbers.append(given_.number)
        line = given_.line
    return numbers


@given(lines(), st.integers(1, 40))
def test_numbers_go_up_and_stay_within_the_line(line: Line, count: int) -> None:
    numbers = one_by_one(line, count)
    order = [(len(number), number) for number in numbers]
    assert order == sorted(set(order))
    assert numbers[0] == line.starting_no
    assert line.ending_no is None or order[-1] <= (len(line.ending_no), line.ending_no)
    assert line.ending_no is not None or len(numbers) == count


@given(lines(), st.integers(1, 40))
def test_many_at_once_are_the_same_as_one_after_another(line: Line, count: int) -> None:
    expected = one_by_one(line, count)
    try:
        numbers, changed = many("X", [line], DAY, count)
    except RuleError:
        assert len(expected) < count
        return
    assert numbers == expected
    assert changed[line.line_no].last_no == numbers[-1]
    assert one_by_one(changed[line.line_no], 1) == one_by_one(line, count + 1)[count:]
