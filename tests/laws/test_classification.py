"""What holds for every classification: the order of rows is nothing, ranges divide, shares add up."""

from __future__ import annotations

import itertools
import math
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipelines import ratings
from pipelines.classification import METHODS, SORTING, classify, compared, in_range, rounded

amounts = st.decimals(min_value=-10_000, max_value=100_000, places=2).map(float)
few = st.sampled_from([0.0, 1.0, 2.5, 100.0])  # many ties
figures = st.lists(st.one_of(amounts, few), min_size=1, max_size=40).map(
    lambda values: pd.Series(values, index=[f"CT{at:03}" for at in range(len(values))])
)
decimals = st.integers(-3, 4)


@given(figures, st.sampled_from(METHODS), st.sampled_from(SORTING), decimals, st.randoms())
def test_the_order_of_rows_changes_nothing(
    drawn: pd.Series, method: str, sorting: str, decimal_count: int, chance: object
) -> None:
    shuffled = drawn.sample(frac=1, random_state=chance.randrange(2**32))  # type: ignore[attr-defined]
    pd.testing.assert_series_equal(
        compared(shuffled, method, sorting, decimal_count), compared(drawn, method, sorting, decimal_count)
    )


@given(figures, st.sampled_from(SORTING))
def test_places_are_a_ranking_that_keeps_the_order_of_figures(drawn: pd.Series, sorting: str) -> None:
    places = compared(drawn, "percentage_of_contacts", sorting, 25).to_numpy() * len(drawn) / 100
    assert sorted(np.rint(places)) == list(range(1, len(drawn) + 1))
    along = drawn.to_numpy()[np.argsort(places)]
    steps = np.diff(along) if sorting == "ascending" else -np.diff(along)
    assert (steps >= 0).all()


@given(figures, st.integers(1, 99))
def test_two_adjoining_ranges_of_contacts_take_everybody_once(drawn: pd.Series, cut: int) -> None:
    answers = pd.DataFrame({"line_no": [1, 2], "from_value": [0, cut + 1], "to_value": [cut, 0]})
    found = classify(compared(drawn, "percentage_of_contacts"), answers)
    assert (found.sum(axis=1) == 1).all()


@given(figures)
def test_shares_of_value_add_up_to_a_hundred(drawn: pd.Series) -> None:
    shares = compared(drawn, "percentage_of_value", decimal_count=20)
    total = math.fsum(drawn)
    assert math.isclose(math.fsum(shares), 100 if total else 0, rel_tol=1e-6, abs_tol=1e-6 * (abs(shares).max() + 1))


@given(st.decimals(-1_000_000, 1_000_000, places=4), st.integers(-4, 4))
def test_decimals_are_rounded_as_decimals_although_they_are_floats(value: Decimal, decimal_count: int) -> None:
    exact = value.quantize(Decimal(1).scaleb(-decimal_count), ROUND_HALF_UP)
    assert rounded([float(value)], decimal_count).tolist() == [float(exact)]


@given(st.lists(amounts), amounts, amounts)
def test_a_range_is_what_its_four_cases_say(values: list[float], low: float, high: float) -> None:
    def obvious(value: float) -> bool:
        if low == 0 and high == 0:
            return False
        return (low == 0 or value >= low) and (high == 0 or value <= high)

    assert in_range(values, low, high).tolist() == [obvious(value) for value in values]


edges = st.dictionaries(st.integers(0, 6), st.sets(st.integers(0, 9), max_size=4), max_size=7)


@given(edges)
def test_ratings_come_behind_those_that_feed_them_or_a_circle_is_named(feeds: dict[int, set[int]]) -> None:
    circle = ratings.loop(feeds)
    if circle:
        assert circle[0] == circle[-1]
        assert all(one in feeds[other] for one, other in itertools.pairwise(circle))
        return
    order = ratings.leaves_first(feeds)
    assert set(order) == set(feeds)
    for at, rating in enumerate(order):
        assert feeds[rating] & set(feeds) <= set(order[:at])


given_answers = st.lists(
    st.tuples(st.sampled_from(["CT1", "CT2", "CT3"]), st.integers(1, 3), st.integers(1, 3), st.integers(0, 400)),
    max_size=20, unique_by=lambda row: row[:3],
)  # fmt: skip
worth = st.dictionaries(st.tuples(st.integers(1, 3), st.integers(1, 3)), st.integers(-5, 9), max_size=6)


@given(given_answers, worth, st.randoms())
def test_a_rating_is_what_adding_up_says_in_any_order(
    rows: list[tuple[str, int, int, int]], points: dict[tuple[int, int], int], chance: object
) -> None:
    made = pd.DataFrame(
        [(question, question * 10 + answer, float(worth)) for (question, answer), worth in points.items()],
        columns=["question", "answer", "points"],
    )
    chance.shuffle(rows)  # type: ignore[attr-defined]
    told = pd.DataFrame(
        [(contact, question, question * 10 + answer, day) for contact, question, answer, day in rows],
        columns=["contact", "question", "answer", "updated_on"],
    )
    told["updated_on"] = pd.Timestamp("2018-01-01") + pd.to_timedelta(told["updated_on"].astype("int64"), unit="D")
    rated = ratings.rate(made, told, pd.Index(["CT1", "CT2", "CT3"]))
    asked = {question for question, _ in points}
    for contact in ("CT1", "CT2", "CT3"):
        mine = [row for row in rows if row[0] == contact]
        worth_it = [row for row in mine if (row[1], row[2]) in points]
        assert rated.loc[contact, "points"] == sum(points[row[1], row[2]] for row in worth_it)
        assert rated.loc[contact, "answered_rate"] == len({row[1] for row in mine} & asked) / max(1, len(asked))
        oldest = min((row[3] for row in worth_it), default=None)
        expected = pd.NaT if oldest is None else pd.Timestamp("2018-01-01") + pd.Timedelta(days=oldest)
        assert str(rated.loc[contact, "updated_on"]) == str(expected)
