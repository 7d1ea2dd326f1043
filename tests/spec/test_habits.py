"""Habits: first time, stopped, restarted, regularly, over periods that end with the day of evaluation."""

from __future__ import annotations

import pytest

from pipelines.errors import ConditionError
from tests.spec.conftest import Draw, Scene

CONTACTS = "no\nA\nB\nC\nD\nE"
DAY, QUARTER = "{n: 1, unit: day}", "{n: 1, unit: quarter}"


def _bought(scene: Draw, drawing: str, **settings: str) -> Scene:
    """Draw contacts with the days on which they bought something, at noon unless a time is given."""
    lines = [line.split("|") for line in drawing.strip().splitlines()]
    contacts = "no\n" + "\n".join(no.strip() for no, _ in lines)
    moments = [(no.strip(), f"{at} 12:00:00" if len(at) == 10 else at) for no, ats in lines for at in _cells(ats)]
    sales = "no | posted_at\n" + "\n".join(f"{no} | {at}" for no, at in moments)
    return scene(contact=contacts, sales_entry=sales, **settings)


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.split(",") if cell.strip()]


@pytest.mark.parametrize(
    ("in_last", "members"),
    [
        ("{n: 90, unit: day}", "A"),
        ("{n: 1, unit: day}", ""),
        ("{n: 31, unit: day}", "A"),
        ("{n: 30, unit: day}", ""),
        ("{n: 1, unit: year}", "A C"),
        ("{n: 100000, unit: year}", "A B C"),
    ],
)
def test_first_time_is_some_row_in_the_window_and_none_before(scene: Draw, in_last: str, members: str) -> None:
    shop = _bought(
        scene,
        """
        A | 2026-03-01, 2026-03-20
        B | 2024-03-01, 2026-03-20
        C | 2025-06-01, 2026-03-20
        D | 2026-04-01
        E |
        """,
    )
    assert shop.who(f"{{habit: first_time, related: sales_entry, in_last: {in_last}}}") == members


@pytest.mark.parametrize(
    ("in_last", "but_not_in_last", "members"),
    [
        ("{n: 12, unit: month}", "{n: 3, unit: month}", "A B"),
        ("{n: 12, unit: month}", "{n: 90, unit: day}", "A B"),
        ("{n: 12, unit: month}", "{n: 91, unit: day}", "A"),
        ("{n: 3, unit: month}", "{n: 1, unit: month}", ""),
        ("{n: 10, unit: year}", "{n: 3, unit: month}", "A B C"),
        ("{n: 31, unit: day}", "{n: 1, unit: month}", ""),
    ],
)
def test_stopped_is_some_row_in_the_window_and_none_lately(
    scene: Draw, in_last: str, but_not_in_last: str, members: str
) -> None:
    shop = _bought(
        scene,
        """
        A | 2025-12-01
        B | 2025-12-31, 2025-06-01
        C | 2024-12-01
        D | 2025-12-01, 2026-03-31
        E |
        """,
    )
    habit = f"{{habit: stopped, related: sales_entry, in_last: {in_last}, but_not_in_last: {but_not_in_last}}}"
    assert shop.who(habit) == members


@pytest.mark.parametrize(
    ("gap", "back_in_last", "members"),
    [
        ("{n: 6, unit: month}", "{n: 30, unit: day}", "A C"),
        ("{n: 1, unit: year}", "{n: 30, unit: day}", "A"),
        ("{n: 6, unit: month}", "{n: 3, unit: month}", "A C"),
        ("{n: 1, unit: day}", "{n: 1, unit: day}", ""),
        ("{n: 1, unit: day}", "{n: 12, unit: day}", "A B C"),
        ("{n: 100000, unit: year}", "{n: 30, unit: day}", ""),
    ],
)
def test_restarted_is_some_row_now_none_in_the_gap_and_some_before(
    scene: Draw, gap: str, back_in_last: str, members: str
) -> None:
    shop = _bought(
        scene,
        """
        A | 2025-01-01, 2026-03-20
        B | 2026-02-01, 2026-03-20
        C | 2025-06-01, 2026-03-20
        D | 2026-03-20
        E | 2025-01-01
        """,
    )
    habit = f"{{habit: restarted, related: sales_entry, gap: {gap}, back_in_last: {back_in_last}}}"
    assert shop.who(habit) == members


@pytest.mark.parametrize(
    ("regularly", "members"),
    [
        ("per: month, in: 3, of_last: 3", "A"),
        ("per: month, in: 2, of_last: 3", "A B"),
        ("per: month, in: 1, of_last: 3", "A B C D"),
        ("per: month, in: 1, of_last: 1", "A B D"),
        ("at_least: 2, per: month, in: 1, of_last: 3", "C D"),
        ("at_least: 3, per: month, in: 1, of_last: 3", "D"),
        ("per: quarter, in: 1, of_last: 1", "A B C D"),
        ("per: year, in: 2, of_last: 2", "E"),
        ("per: day, in: 1, of_last: 90", "A B C D"),
        ("per: day, in: 1, of_last: 400", "A B C D E"),
        ("per: week, in: 2, of_last: 10", "B"),
    ],
)
def test_regularly_is_so_many_rows_in_so_many_of_the_last_periods(scene: Draw, regularly: str, members: str) -> None:
    # the last three months end on 31 March, on 28 February and on 31 January
    shop = _bought(
        scene,
        """
        A | 2026-01-15, 2026-02-28, 2026-03-01
        B | 2026-01-31, 2026-03-31
        C | 2026-02-01, 2026-02-02
        D | 2026-03-05, 2026-03-05, 2026-03-06
        E | 2025-01-01, 2024-06-01, 2025-12-31
        """,
    )
    assert shop.who(f"{{habit: regularly, related: sales_entry, {regularly}}}") == members


def test_periods_end_with_as_of_and_roll_with_it(scene: Draw) -> None:
    days = "A | 2026-02-28\nB | 2026-03-01\nC | 2026-03-30\nD | 2026-03-31\nE | 2026-04-01"
    lately = "{habit: regularly, related: sales_entry, per: month, in: 1, of_last: 1}"
    assert _bought(scene, days, as_of="2026-03-30").who(lately) == "B C"
    assert _bought(scene, days, as_of="2026-03-31").who(lately) == "B C D"
    assert _bought(scene, days, as_of="2026-04-01").who(lately) == "C D E"


def test_not_of_a_habit_is_everybody_else(scene: Draw) -> None:
    shop = _bought(scene, "A | 2026-03-01\nB | 2024-03-01\nC |")
    assert shop.who("{not: {habit: first_time, related: sales_entry, in_last: {n: 90, unit: day}}}") == "B C"


def test_where_says_which_rows_and_the_others_do_not_exist(scene: Draw) -> None:
    sales = """
    no | posted_at        | item_no
    A  | 2024-03-01 10:00 | BREAD
    A  | 2026-03-01 10:00 | WINE
    B  | 2024-03-01 10:00 | WINE
    B  | 2026-03-01 10:00 | WINE
    """
    shop = scene(contact=CONTACTS, sales_entry=sales)
    wine = "where: {field: item_no, op: is, value: WINE}"
    assert shop.who(f"{{habit: first_time, related: sales_entry, {wine}, in_last: {{n: 90, unit: day}}}}") == "A"
    assert shop.who("{habit: first_time, related: sales_entry, in_last: {n: 90, unit: day}}") == ""


def test_rows_without_a_day_are_in_no_period(scene: Draw) -> None:
    orders = "no | created_on\nA | 2026-03-01\nA |\nB |\nC | 2024-03-01\nC | 2026-03-01"
    shop = scene(contact=CONTACTS, opportunity=orders)
    assert shop.who("{habit: first_time, related: opportunity, in_last: {n: 90, unit: day}}") == "A"
    assert (
        shop.who("{habit: restarted, related: opportunity, gap: {n: 1, unit: year}, back_in_last: {n: 90, unit: day}}")
        == "C"
    )
    assert shop.who("{habit: regularly, related: opportunity, per: month, in: 1, of_last: 12}") == "A C"


def test_the_windows_days_are_those_of_the_zone(scene: Draw) -> None:
    # 29 March 2026 begins in Berlin on 28 March 23:00 UTC and ends on 29 March 22:00 UTC
    moments = """
    A | 2026-03-28 22:59:59
    B | 2026-03-28 23:00:00
    C | 2026-03-29 01:30:00
    D | 2026-03-29 21:59:59
    E | 2026-03-29 22:00:00
    """
    today = "{habit: first_time, related: sales_entry, in_last: {n: 1, unit: day}}"
    shop = _bought(scene, moments, as_of="2026-03-29", time_zone="Europe/Berlin")
    assert shop.who(today) == "B C D"
    assert (
        shop.who(
            "{habit: stopped, related: sales_entry, in_last: {n: 2, unit: day}, but_not_in_last: {n: 1, unit: day}}"
        )
        == "A"
    )
    assert _bought(scene, moments, as_of="2026-03-29").who(today) == "C D E"


def test_a_leap_day_is_the_last_of_its_month_and_new_years_eve_the_last_of_its_year(scene: Draw) -> None:
    leap = _bought(scene, "A | 2028-01-29\nB | 2028-01-30\nC | 2028-02-29\nD | 2028-03-01", as_of="2028-02-29")
    assert leap.who("{habit: regularly, related: sales_entry, per: month, in: 1, of_last: 1}") == "B C"
    assert leap.who("{habit: first_time, related: sales_entry, in_last: {n: 1, unit: year}}") == "A B C"
    eve = _bought(
        scene, "A | 2025-12-31 23:59:50\nB | 2026-12-31 23:59:50\nC | 2027-01-01 00:00:00", as_of="2026-12-31"
    )
    assert eve.who("{habit: first_time, related: sales_entry, in_last: {n: 1, unit: year}}") == "B"
    assert (
        eve.who(
            "{habit: stopped, related: sales_entry, in_last: {n: 2, unit: year}, but_not_in_last: {n: 1, unit: year}}"
        )
        == "A"
    )


@pytest.mark.parametrize(
    ("condition", "error"),
    [
        (
            "{habit: first_time, related: business_relation, in_last: {n: 1, unit: day}}",
            "Rows of business_relation have no date, so none comes before another. Use related instead.",
        ),
        ("{habit: first_time, related: sold, in_last: {n: 1, unit: day}}", 'There are no related rows "sold".'),
        (
            "{habit: first_time, related: sales_entry, where: {field: amount, op: is, value: 1}, in_last: " + DAY + "}",
            'sales_entry has no field "amount". Did you mean "sales_amount"?',
        ),
        (
            "{habit: stopped, related: sales_entry, in_last: {n: 3, unit: month}, but_not_in_last: " + QUARTER + "}",
            "Nobody can have rows in in_last and none in but_not_in_last, which is as long or longer.",
        ),
        (
            "{habit: stopped, related: sales_entry, in_last: {n: 2, unit: week}, but_not_in_last: {n: 14, unit: day}}",
            "Make but_not_in_last shorter than in_last.",
        ),
        (
            "{habit: stopped, related: sales_entry, in_last: {n: 28, unit: day}, but_not_in_last: {n: 1, unit: month}}",
            "Make but_not_in_last shorter than in_last.",
        ),
        (
            "{habit: regularly, related: sales_entry, per: month, in: 13, of_last: 12}",
            "In 13 of the last 12 can never be: there are only 12. Make in at most of_last.",
        ),
        (
            "{habit: regularly, related: sales_entry, per: day, in: 1, of_last: 401}",
            "401 periods are too many. Use at most 400, or longer periods.",
        ),
    ],
)
def test_what_nobody_could_do_is_refused(scene: Draw, condition: str, error: str) -> None:
    with pytest.raises(ConditionError) as caught:
        _bought(scene, "A | 2026-03-01").who(condition)
    assert error in str(caught.value)
