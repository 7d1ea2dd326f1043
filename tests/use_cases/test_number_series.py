"""Number series in a store: kept by people, used by records."""

from __future__ import annotations

import datetime as dt

import pytest

import workbench as wb
from workbench.setup import numbering

DAY = dt.date(2026, 3, 31)


@pytest.fixture
def bench() -> wb.Workbench:
    bench = wb.open(":memory:")
    bench.number_series.save("X", description="Example")
    bench.number_series.save_line("X", starting_no="X01", ending_no="X04", warning_no="X03")
    return bench


def test_peeking_uses_nothing(bench: wb.Workbench) -> None:
    assert [bench.number_series.peek("X", DAY).number for _ in range(2)] == ["X01", "X01"]
    assert [bench.number_series.next("X", DAY).number for _ in range(2)] == ["X01", "X02"]


def test_the_warning_number_is_told(bench: wb.Workbench) -> None:
    assert [bench.number_series.next("X", DAY).is_warned for _ in range(4)] == [False, False, True, True]
    with pytest.raises(wb.RuleError, match="You cannot assign new numbers from the number series X"):
        bench.number_series.peek("X", DAY)


def test_switching_off_one_kind_of_numbers_switches_the_other_on(bench: wb.Workbench) -> None:
    assert not bench.number_series.get("X").is_manual
    assert bench.number_series.save("X", is_default="no").is_manual
    assert bench.number_series.save("X", is_manual="no").is_default


def test_a_series_in_use_cannot_be_deleted(bench: wb.Workbench) -> None:
    bench.setup.set_marketing("task_nos", "X")
    with pytest.raises(wb.RuleError) as caught:
        bench.number_series.delete("X")
    assert caught.value.message == "The number series X cannot be deleted: marketing setup uses it for task_nos."
    bench.setup.set_marketing("task_nos", "TASK")
    bench.number_series.delete("X")
    with pytest.raises(wb.NotFoundError, match='There is no number series "X"'):
        bench.number_series.get("X")


def test_a_related_series_stands_in_for_the_one_of_the_setup(bench: wb.Workbench) -> None:
    bench.number_series.relate("TASK", "X")
    with bench.database.writing() as con:
        numbers = [numbering.next_no(con, "task_nos", DAY, chosen=chosen) for chosen in ("X", "CONT", "")]
    assert numbers == ["X01", "TD000001", "TD000002"]
    assert bench.number_series.relate("TASK", "X", is_related=False).related == ()


def test_a_series_without_automatic_numbers_gives_none(bench: wb.Workbench) -> None:
    bench.number_series.save("X", is_default=False)
    bench.setup.set_marketing("task_nos", "X")
    with (
        pytest.raises(wb.RuleError, match="The number series X gives no numbers by itself"),
        bench.database.writing() as con,
    ):
        numbering.next_no(con, "task_nos", DAY)


def test_a_series_without_manual_numbers_refuses_typed_ones(bench: wb.Workbench) -> None:
    bench.number_series.save("SEGM", is_manual=False)
    with pytest.raises(wb.RuleError) as caught:
        bench.worksheets.create(DAY, worksheet_no="MINE1")
    assert caught.value.message == ("You may not enter numbers manually: the number series SEGM does not allow them.")


def test_numbers_that_are_taken_are_passed_over(bench: wb.Workbench) -> None:
    with bench.database.writing() as con:
        assert numbering.next_no(con, "contact_nos", DAY, lambda no: no < "CT000003") == "CT000003"
        assert numbering.take(con, "contact_nos", 3, DAY, {"CT000005"}) == ["CT000004", "CT000006", "CT000007"]


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({}, "A line needs a starting number."),
        ({"starting_no": "none"}, 'starting_no "none" must have a number so that we can assign the next number.'),
        ({"starting_no": "1", "increment_by": "0"}, '"0" is no increment.'),
        ({"starting_no": "1", "starting_on": "soon"}, '"soon" is not a date.'),
        ({"start": "1"}, 'A line of a number series has no field "start".'),
    ],
)
def test_a_line_that_gives_no_numbers_is_refused(bench: wb.Workbench, values: dict[str, str], complaint: str) -> None:
    with pytest.raises(wb.WorkbenchError) as caught:
        bench.number_series.save_line("X", **values)
    assert caught.value.message == complaint


def test_a_line_without_starting_number_is_refused_when_it_is_changed_too(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConfigError) as caught:
        bench.number_series.save_line("X", 10000, starting_no="")
    assert caught.value.message == "A line needs a starting number."


def test_a_higher_ending_number_opens_a_line_again(bench: wb.Workbench) -> None:
    for _ in range(4):
        bench.number_series.next("X", DAY)
    assert not bench.number_series.get("X").lines[0].is_open
    assert bench.number_series.save_line("X", 10000, ending_no="X05").lines[0].is_open
    assert bench.number_series.next("X", DAY).number == "X05"
    assert not bench.number_series.get("X").lines[0].is_open


def test_a_last_number_set_by_hand_closes_a_line_that_has_none_left(bench: wb.Workbench) -> None:
    assert not bench.number_series.save_line("X", 10000, last_no="X04").lines[0].is_open
    assert bench.number_series.save_line("X", 10000, last_no="X02").lines[0].is_open


def test_a_line_that_was_closed_by_hand_stays_closed(bench: wb.Workbench) -> None:
    bench.number_series.save_line("X", 10000, is_open="no")
    assert not bench.number_series.save_line("X", 10000, starting_on="2026-01-01").lines[0].is_open


def test_a_warning_goes_with_the_ending_number_that_it_is_about(bench: wb.Workbench) -> None:
    (line,) = bench.number_series.save_line("X", 10000, ending_no="").lines
    assert (line.ending_no, line.warning_no) == (None, None)


def test_series_that_differ_only_by_capitals_are_one(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConflictError) as caught:
        bench.number_series.save("x", description="Another")
    assert (caught.value.message, caught.value.hint) == ('"x" and "X" are the same code.', 'Write "X".')


def test_a_series_is_not_related_to_itself(bench: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError, match="The number series X cannot be related to itself"):
        bench.number_series.relate("X", "X")
