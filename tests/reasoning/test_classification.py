"""Automatic classification on numbers worked out by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pipelines import class_figures, class_totals, ratings
from pipelines.classification import classify, compared, in_range, rounded
from pipelines.errors import MeasureError

YEAR = (dt.date(2018, 1, 1), dt.date(2018, 12, 31))


def answers(*ranges: tuple[float, float]) -> pd.DataFrame:
    lines = range(1, len(ranges) + 1)
    return pd.DataFrame({"line_no": lines, "from_value": [a for a, _ in ranges], "to_value": [b for _, b in ranges]})


def given(figures: dict[str, float], method: str, *ranges: tuple[float, float], **options: object) -> dict[str, str]:
    """The answers of each contact as letters, A for the first."""
    values = compared(pd.Series(figures, dtype="float64"), method, **options)  # type: ignore[arg-type]
    found = classify(values, answers(*ranges))
    return {str(number): "".join(chr(64 + line) for line in row.index[row]) for number, row in found.iterrows()}


def test_the_manual_classifies_by_sales_in_three_ranges() -> None:
    """A bought for 500,000 or more, B for 100,000 up to 499,999, C for 99,999 or less."""
    sales = {
        "CT1": 1_250_000.0, "CT2": 500_000.0, "CT3": 499_999.4, "CT4": 100_000.0, "CT5": 99_999.0, "CT6": 0.0,
        "CT7": -50.0,
    }  # fmt: skip
    found = given(sales, "defined_value", (500_000, 0), (100_000, 499_999), (0, 99_999))
    assert found == {"CT1": "A", "CT2": "A", "CT3": "B", "CT4": "B", "CT5": "C", "CT6": "C", "CT7": "C"}


def test_a_figure_is_rounded_before_it_is_compared_so_that_no_gap_swallows_it() -> None:
    assert given({"CT1": 99_999.5}, "defined_value", (100_000, 0), (0, 99_999)) == {"CT1": "A"}
    assert given({"CT1": 99_999.5}, "defined_value", (100_000, 0), (0, 99_999), decimal_count=1) == {"CT1": ""}


def test_the_manual_gives_a_to_the_fifth_of_contacts_that_bought_most() -> None:
    """A the first 20 % of contacts, B the next 60 %, C the last 20 %."""
    sales = {f"CT{n:02}": float(1000 - n) for n in range(10)}
    found = given(sales, "percentage_of_contacts", (0, 20), (21, 80), (81, 0))
    assert "".join(found.values()) == "AABBBBBBCC"


def test_the_top_quarter_is_from_0_to_25_the_next_half_26_to_75_the_last_quarter_from_76() -> None:
    sales = {"CT1": 10.0, "CT2": 80.0, "CT3": 30.0, "CT4": 70.0, "CT5": 60.0, "CT6": 50.0, "CT7": 20.0, "CT8": 40.0}
    found = given(sales, "percentage_of_contacts", (0, 25), (26, 75), (76, 0))
    # 80 is place 1 of 8: 12.5 rounds to 13; 70 is 25; 60 is 37.5, rounded to 38; … 20 is 87.5, rounded to 88; 10 is 100
    assert found == {
        "CT1": "C", "CT2": "A", "CT3": "B", "CT4": "A", "CT5": "B", "CT6": "B", "CT7": "C", "CT8": "B"
    }  # fmt: skip


def test_percentage_of_value_is_the_share_in_the_sum_of_all_figures() -> None:
    """Of 1,000: 700 is 70 %, 200 is 20 %, 60 is 6 %, 40 is 4 %."""
    sales = {"CT1": 700.0, "CT2": 200.0, "CT3": 60.0, "CT4": 40.0}
    assert given(sales, "percentage_of_value", (20, 0), (5, 19), (0, 4)) == {
        "CT1": "A", "CT2": "A", "CT3": "B", "CT4": "C"
    }  # fmt: skip


def test_percentage_of_value_is_0_where_the_sum_is_0() -> None:
    assert compared(pd.Series({"CT1": 5.0, "CT2": -5.0}), "percentage_of_value").tolist() == [0, 0]


def test_ascending_gives_the_first_places_to_the_lowest_figures() -> None:
    days = {"CT1": 0.0, "CT2": 30.0, "CT3": 5.0, "CT4": 10.0}
    assert compared(pd.Series(days), "percentage_of_contacts", "ascending").to_dict() == {
        "CT1": 25, "CT2": 100, "CT3": 50, "CT4": 75
    }  # fmt: skip


def test_equal_figures_are_ranked_by_number_in_the_direction_of_the_sorting() -> None:
    sales = pd.Series({"CT3": 1.0, "CT1": 1.0, "CT2": 1.0, "CT4": 2.0})
    down, up = (compared(sales, "percentage_of_contacts", sorting) for sorting in ("descending", "ascending"))
    assert down.to_dict() == {"CT4": 25, "CT3": 50, "CT2": 75, "CT1": 100}
    assert up.to_dict() == {"CT1": 25, "CT2": 50, "CT3": 75, "CT4": 100}


def test_unknown_figures_take_no_part() -> None:
    sales = pd.Series({"CT1": 1.0, "CT2": np.nan})
    assert compared(sales, "percentage_of_contacts").to_dict() == {"CT1": 100}


def test_a_range_without_bounds_holds_nothing() -> None:
    assert not in_range([-1, 0, 1], 0, 0).any()


def test_a_range_without_an_upper_bound_begins_at_the_lower_one() -> None:
    assert in_range([9, 10, 11], 10, 0).tolist() == [False, True, True]


def test_a_range_without_a_lower_bound_ends_at_the_upper_one() -> None:
    assert in_range([-9, 10, 11], 0, 10).tolist() == [True, True, False]


def test_a_range_with_two_bounds_includes_both() -> None:
    assert in_range([9, 10, 15, 20, 21], 10, 20).tolist() == [False, True, True, True, False]


def test_unknown_bounds_are_none() -> None:
    ranges = answers((10, float("nan")), (float("nan"), 10))
    assert classify(pd.Series({"CT1": 10.0, "CT2": 11.0}), ranges).to_numpy().tolist() == [[True, True], [True, False]]


def test_a_contact_may_get_several_answers_or_none() -> None:
    figures = {"CT1": 5.0, "CT2": 15.0, "CT3": 25.0}
    assert given(figures, "defined_value", (0, 20), (10, 20)) == {"CT1": "A", "CT2": "AB", "CT3": ""}


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2.5, 0, 3), (-2.5, 0, -3), (2.4999, 0, 2), (1.005, 2, 1.01), (2.675, 2, 2.68), (0.1 + 0.2, 1, 0.3),
        (1449, -2, 1400), (1450, -2, 1500), (-1450, -2, -1500), (49, -2, 0), (1e9 + 0.5, 0, 1e9 + 1),
        (1 / 3, 25, 1 / 3), (1e15, 25, 1e15), (7, -25, 0),
    ],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero_as_decimals_are(value: float, decimals: int, expected: float) -> None:
    assert rounded([value], decimals).tolist() == [expected]


@pytest.mark.parametrize("decimals", [26, -26])
def test_more_than_25_decimals_are_refused(decimals: int) -> None:
    with pytest.raises(MeasureError, match=f"{decimals} is no number of decimals. Write a whole number from -25 to 25"):
        rounded([1.0], decimals)


def test_wrong_methods_and_two_figures_of_one_contact_are_refused() -> None:
    with pytest.raises(MeasureError, match=r'no classification method "defined"\. Did you mean "defined_value"'):
        compared(pd.Series({"CT1": 1.0}), "defined")
    with pytest.raises(MeasureError, match=r'no sorting method "descend"\. Did you mean "descending"'):
        compared(pd.Series({"CT1": 1.0}), "percentage_of_contacts", "descend")
    with pytest.raises(MeasureError, match="A contact has two figures"):
        compared(pd.Series([1.0, 2.0], index=["CT1", "CT1"]), "defined_value")


SALES = pd.DataFrame(
    [
        # document I1 with two lines, paid 10 days late; I2 paid early; I3 not paid; a line without a document
        ["CT1", "2018-01-10", "I1", 100.0, 20.0, 10.0, "2018-02-01", "2018-02-11"],
        ["CT1", "2018-01-10", "I1", 50.0, 10.0, 5.0, "2018-02-01", "2018-02-11"],
        ["CT1", "2018-06-10", "I2", 210.0, 40.0, 25.0, "2018-07-01", "2018-06-20"],
        ["CT1", "2018-12-31", "I3", 40.0, 0.0, 0.0, "2019-01-31", None],
        ["CT2", "2018-03-01", None, 30.0, None, None, None, None],
        ["CT1", "2019-01-01", "I4", 999.0, 999.0, 0.0, None, None],
    ],
    columns=[
        "contact_no", "posted_at", "document_no", "sales_amount", "profit_amount", "discount_amount", "due_on",
        "closed_on",
    ],
).assign(posted_at=lambda rows: pd.to_datetime(rows["posted_at"], utc=True))  # fmt: skip


def test_customer_figures_follow_their_formulas() -> None:
    """Three documents of 400 in all; discount 40 of 440; ten days overdue over two paid documents."""
    totals = class_totals.document_totals(SALES, *YEAR)
    figures = class_figures.customer_figures(totals, *YEAR).loc["CT1"]
    assert figures.to_dict() == {
        "sales_amount": 400.0, "profit_amount": 70.0, "sales_frequency": 3.0,
        "average_invoice_amount": pytest.approx(400 / 3), "discount_percent": pytest.approx(100 * 40 / 440),
        "average_overdue_days": 5.0,
    }  # fmt: skip


def test_frequency_is_a_rate_for_each_365_days_of_the_period() -> None:
    half = (dt.date(2018, 1, 1), dt.date(2018, 3, 14))  # 73 days, a fifth of 365
    totals = class_totals.document_totals(SALES, *half)
    assert class_figures.customer_figures(totals, *half)["sales_frequency"].to_dict() == {"CT1": 5.0, "CT2": 5.0}


def test_averages_of_nothing_are_0() -> None:
    nothing = pd.DataFrame(
        0.0, index=["CT9"], columns=["amount", "profit_amount", "discount_amount", "document_count", "closed_count",
                                     "overdue_days"]
    )  # fmt: skip
    assert not class_figures.customer_figures(nothing, *YEAR).to_numpy().any()
    assert not class_figures.vendor_figures(nothing, *YEAR).to_numpy().any()


def test_a_discount_without_a_base_is_0_percent() -> None:
    totals = class_totals.document_totals(SALES.head(1).assign(sales_amount=-10.0), *YEAR)
    assert class_figures.customer_figures(totals, *YEAR).loc["CT1", "discount_percent"] == 0


def test_people_s_sales_count_for_their_company() -> None:
    companies = pd.Series({"CT1": "CO1", "CT2": "", "CO1": "CO1"})
    totals = class_totals.document_totals(SALES, *YEAR, companies=companies)
    assert totals["amount"].to_dict() == {"CO1": 400.0, "CT2": 30.0}


def test_days_of_sales_are_those_of_the_zone() -> None:
    totals = class_totals.document_totals(SALES, *YEAR, zone="America/New_York")
    assert totals["amount"]["CT1"] == 1399.0


def test_vendor_figures_follow_the_same_formulas() -> None:
    bought = SALES.rename(columns={"sales_amount": "purchase_amount"}).drop(columns="profit_amount")
    totals = class_totals.document_totals(bought, *YEAR, amount="purchase_amount")
    figures = class_figures.vendor_figures(totals, *YEAR).loc["CT1"]
    assert figures.to_dict() == {
        "purchase_amount": 400.0, "purchase_frequency": 3.0, "average_ticket_size": pytest.approx(400 / 3),
        "discount_percent": pytest.approx(100 * 40 / 440), "average_overdue_days": 5.0,
    }  # fmt: skip


def test_contact_figures_follow_their_formulas_and_a_company_has_those_of_its_people() -> None:
    said = pd.DataFrame(
        [["CT1", "2018-02-01", 8.0, 30.0, False, False], ["CT1", "2018-03-01", 4.0, 10.0, False, False],
         ["CT1", "2018-03-02", 99.0, 99.0, True, False], ["CT1", "2018-03-03", 99.0, 99.0, False, True],
         ["CO1", "2018-03-04", None, 5.0, False, False], ["CT1", "2019-01-01", 99.0, 99.0, False, False]],
        columns=["contact_no", "occurred_at", "cost_amount", "duration_minutes", "is_canceled", "is_postponed"],
    )  # fmt: skip
    said["occurred_at"] = pd.to_datetime(said["occurred_at"], utc=True)
    offered = pd.DataFrame(
        [["CT1", "won", "2018-05-01", None], ["CT1", "lost", "2018-05-01", None], ["CO1", "won", None, "2018-06-01"],
         ["CO1", "won", "2019-05-01", "2018-06-01"], ["CT1", "in_progress", "2018-05-01", None]],
        columns=["contact_no", "status", "estimated_close_on", "closed_on"],
    )  # fmt: skip
    companies = pd.Series({"CT1": "CO1", "CO1": "CO1"})
    totals = class_totals.interaction_totals(said, *YEAR, companies=companies).join(
        class_totals.opportunity_totals(offered, *YEAR, companies=companies)
    )
    figures = class_figures.contact_figures(totals, *YEAR)
    assert list(figures.loc["CT1"]) == [2.0, 2.0, 6.0, 20.0, 50.0]
    assert list(figures.loc["CO1"]) == [3.0, 3.0, 4.0, 15.0, pytest.approx(200 / 3)]


POINTS = pd.DataFrame({"question": [1, 1, 2], "answer": [11, 12, 21], "points": [5.0, 2.0, 3.0]})


def told(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["contact", "question", "answer", "updated_on"])
    return frame.assign(updated_on=pd.to_datetime(frame["updated_on"]))


def test_a_rating_adds_the_points_of_the_answers_up_and_counts_questions() -> None:
    given_ = told(
        ("CT1", 1, 11, "2018-03-01"), ("CT1", 1, 12, "2018-02-01"), ("CT1", 2, 22, "2018-01-01"),
        ("CT2", 2, 21, "2018-04-01"), ("CT2", 9, 91, "2017-01-01"),
    )  # fmt: skip
    rated = ratings.rate(POINTS, given_, pd.Index(["CT1", "CT2", "CT3"]))
    assert rated["points"].tolist() == [7.0, 3.0, 0.0]
    assert rated["answered_rate"].tolist() == [1.0, 0.5, 0.0]
    # the day is that of the oldest answer that gave points, not of all answers
    assert rated["updated_on"].tolist() == [pd.Timestamp("2018-02-01"), pd.Timestamp("2018-04-01"), pd.NaT]


def test_a_rating_without_questions_is_answered_by_nobody() -> None:
    rated = ratings.rate(POINTS.head(0), told(("CT1", 1, 11, "2018-03-01")), pd.Index(["CT1"]))
    assert rated[["points", "answered_rate"]].to_numpy().tolist() == [[0.0, 0.0]]


def test_leaf_ratings_come_first() -> None:
    feeds = {"top": {"middle", "sales"}, "middle": {"leaf"}, "leaf": {"channel"}}
    assert ratings.leaves_first(feeds) == ["leaf", "middle", "top"]


def test_ratings_that_wait_for_each_other_are_refused() -> None:
    with pytest.raises(MeasureError, match=r"Ratings wait for each other: (a -> b -> a|b -> a -> b)"):
        ratings.leaves_first({"a": {"b"}, "b": {"a"}})
