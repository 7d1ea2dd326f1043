"""The forecast of what will be won: known futures, nothing from the future, and intervals that hold."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pipelines.errors import MeasureError
from pipelines.sales_cycle_back_test import accuracy, back_test
from pipelines.sales_cycle_forecast import forecast
from pipelines.sales_cycle_histories import STAYS, WON, Stays
from pipelines.sales_cycle_months import month_factors
from pipelines.sales_cycle_standing import visits
from tests.reasoning.opportunity_frames import entries, opportunities

DAY = dt.date(2027, 3, 15)
NONE = entries()


def _won(name: str, day: str, after: int, amount: float = 100, value: float = 100) -> dict[str, object]:
    begun = dt.date.fromisoformat(day)
    return {
        "opportunity_no": name, "status": "won", "created_on": begun, "closed_on": begun + dt.timedelta(after),
        "estimated_amount": amount, "calculated_amount": value,
    }  # fmt: skip


def _open(name: str, day: str, amount: float | None = 100) -> dict[str, object]:
    return {"opportunity_no": name, "created_on": day, "estimated_amount": amount}


def _forecast(*rows: dict[str, object], steps: pd.DataFrame = NONE, **options: object) -> pd.DataFrame:
    asked = {"months": 3, "with_new": False, "draws": 40, **options}
    return forecast(opportunities(*rows), steps, DAY, **asked)  # type: ignore[arg-type]


def test_a_single_past_is_the_future() -> None:
    found = _forecast(_won("A", "2027-01-01", 30, 100, 80), _open("B", "2027-03-05", 1000))
    assert found["open_amount"].tolist() == [0, 800, 0], "30 days from 5 March, at 80 % of its estimate"
    assert found["won_count"].tolist() == [0, 1, 0]
    assert found["amount_low"].tolist() == found["amount_high"].tolist() == [0, 800, 0]


def test_what_was_won_in_the_month_already_counts() -> None:
    found = _forecast(_won("A", "2027-02-01", 30), _open("B", "2027-03-05"))
    assert found["already_amount"].tolist() == [100, 0, 0]
    assert found["amount"].tolist() == [100, 100, 0]


def test_only_longer_stays_say_what_comes() -> None:
    """Who has been there for 20 days does not leave after 5 any more."""
    short = [_won(f"S{n}", "2027-01-01", 5, 100, 1) for n in range(8)]
    found = _forecast(*short, _won("L", "2027-01-01", 40, 100, 1), _open("B", "2027-02-23"))
    assert found["won_count"].tolist() == [0, 1, 0]


def test_longer_than_any_stays_where_it_is() -> None:
    found = _forecast(_won("A", "2027-01-01", 30), _open("B", "2026-01-01"))
    assert found["amount"].tolist() == [0, 0, 0]


def test_without_an_estimate_items_win_what_they_win() -> None:
    rows = opportunities(
        _won("A", "2027-01-01", 30), _won("B", "2027-01-01", 30, 700, 700), _open("C", "2027-03-05", None)
    )
    rows["item_no"] = ["ITEM", "OTHER", "ITEM"]
    rows["estimated_amount"] = np.nan
    found = forecast(rows, NONE, DAY, 2, with_new=False, draws=20)
    assert found["amount"].tolist() == [0, 100]


def test_stages_are_walked_one_after_the_other() -> None:
    steps = entries(
        {"opportunity_no": "A", "stage_no": 1, "changed_on": "2027-01-01"},
        {"opportunity_no": "A", "stage_no": 2, "action_taken": "next", "changed_on": "2027-01-11"},
        {"opportunity_no": "A", "action_taken": "won", "changed_on": "2027-02-10", "estimated_amount": 100,
         "calculated_amount": 100},
        {"opportunity_no": "B", "stage_no": 1, "changed_on": "2027-03-10", "estimated_amount": 50},
    )  # fmt: skip
    found = _forecast(_won("A", "2027-01-01", 40), _open("B", "2027-03-10"), steps=steps)
    assert found["open_amount"].tolist() == [0, 50, 0], "on 20 March to stage 2, on 19 April won"


def test_new_ones_come_as_in_months_before() -> None:
    rows = [_won(f"{month}{n}", f"2026-{month}-05", 20) for month in ("09", "10", "11", "12") for n in range(5)]
    rows += [_won(f"{month}{n}", f"2027-{month}-05", 20) for month in ("01", "02") for n in range(5)]
    found = _forecast(*rows, with_new=True)
    assert found["won_count"].tolist() == [0, 5, 5], "five begin each month and are won after 20 days"
    assert found["already_amount"].tolist() == [0, 0, 0]


def test_the_same_seed_draws_the_same_whatever_the_order() -> None:
    rows = [_won(f"W{n}", "2026-12-01", 20 + 7 * n, 100, 50 + n) for n in range(12)]
    rows += [_open(f"B{n}", "2027-03-01") for n in range(6)]
    first = _forecast(*rows)
    assert first.equals(_forecast(*reversed(rows)))
    assert not first["amount"].equals(_forecast(*rows, seed=1)["amount"])
    assert (first["amount_low"] <= first["amount"]).all()
    assert (first["amount"] <= first["amount_high"]).all()


def test_nothing_that_came_later_is_used() -> None:
    rows = [_won(f"W{n}", "2026-12-01", 20 + 6 * n) for n in range(12)] + [_open("B", "2027-03-01")]
    later = [_won(f"Z{n}", "2027-03-16", 3, 100, 9999) for n in range(20)]
    assert _forecast(*rows).equals(_forecast(*rows, *later))


def test_what_cannot_be_forecast_is_refused() -> None:
    with pytest.raises(MeasureError) as refused:
        _forecast(_open("B", "2027-03-01"))
    assert str(refused.value) == (
        "Nothing was won or lost until 2027-03-15, so there is nothing to forecast from. Take a later day."
    )
    with pytest.raises(MeasureError, match=r"A forecast of 0 months from 40 draws with a confidence of 0.8 makes no"):
        _forecast(_won("A", "2027-01-01", 30), months=0)


def test_the_weights_of_stays_are_those_of_kaplan_and_meier() -> None:
    stays = Stays(np.array([1.0, 2.0, 3.0, 4.0]), np.array([WON, STAYS, WON, STAYS]), np.arange(4))
    assert stays.chances(np.ones(4)).tolist() == pytest.approx([0.25, 0.25, 0.625, 0.625])


def test_months_alike_have_no_factors_of_their_own() -> None:
    rows = [_won(f"W{n}", str(dt.date(2026, 6, 1) + dt.timedelta(n)), 30) for n in range(280)]
    factors = month_factors(visits(opportunities(*rows), NONE, DAY), DAY)
    assert factors == pytest.approx(np.ones(len(factors)), abs=0.2)
    assert factors.mean() == pytest.approx(1)
    assert month_factors(visits(opportunities(rows[0]), NONE, DAY), DAY).tolist() == [1.0]


def test_a_back_test_compares_with_what_was_won() -> None:
    rows = [_won(f"W{n}", str(dt.date(2026, 6, 1) + dt.timedelta(n)), 30) for n in range(300)]
    found = back_test(opportunities(*rows), NONE, DAY, cuts=3, months=2, draws=40)
    assert found["made_on"].dt.strftime("%Y-%m-%d").tolist() == ["2026-11-30"] * 2 + ["2026-12-31"] * 2 + ["2027-01-31"]
    assert found["months_ahead"].tolist() == [1, 2, 1, 2, 1]
    assert found["actual_amount"].tolist() == [3100, 3100, 3100, 2800, 2800]
    assert found["naive_amount"].tolist()[0] == pytest.approx(3033.3, abs=0.1)
    first = found[found["months_ahead"].eq(1)]
    assert (first["amount"] - first["actual_amount"]).abs().max() < 150
    told = accuracy(found)
    assert (told.forecast_count, told.confidence) == (5, 0.8)
    assert told.error_rate < 0.1


def test_a_back_test_of_nothing_is_empty() -> None:
    found = back_test(opportunities(_open("B", "2027-03-01")), NONE, DAY)
    assert found.empty
    assert np.isnan(accuracy(found).within_rate)
