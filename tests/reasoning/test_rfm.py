"""Recency, frequency and monetary value: the published table cell by cell, and what holds for any customers."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import FrameError, MeasureError
from pipelines.rfm import WAYS, Rfm, rfm
from pipelines.rfm_maps import MAPS, named

AS_OF = dt.date(2006, 12, 31)
WAY = st.sampled_from(list(WAYS))


def published() -> pd.DataFrame:
    """The orders of the R package rfm, summed up by customer."""
    shared = Path(os.environ.get("WORKBENCH_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = shared / "rfm_orders" / "orders.csv"
    if not path.exists():
        pytest.skip(f"needs {path}")
    orders = pd.read_csv(path, parse_dates=["order_date"])
    found = orders.groupby("customer_id").agg(
        last_on=("order_date", "max"), purchase_count=("order_date", "size"), amount=("revenue", "sum")
    )
    return found.reset_index().rename(columns={"customer_id": "contact_id"})


def customers(days: list[int], counts: list[int] | None = None, amounts: list[float] | None = None) -> pd.DataFrame:
    """Customers by how many days ago they bought last."""
    return pd.DataFrame({
        "contact_id": np.arange(len(days)), "last_on": [pd.Timestamp(AS_OF) - pd.Timedelta(days=day) for day in days],
        "purchase_count": counts or [1] * len(days), "amount": amounts or [1.0] * len(days),
    })  # fmt: skip


def test_thresholds_and_first_customers_as_published() -> None:
    found = rfm(published(), AS_OF, "quantile_r")
    assert found.bins["recency"].bounds == pytest.approx((115, 181, 297.4, 482))
    assert found.bins["frequency"].bounds == (4, 5, 6, 8)
    assert found.bins["monetary"].bounds == pytest.approx((255.8, 382, 506.4, 666))
    columns = ["contact_id", "recency_days", "frequency", "monetary", "rfm_score"]
    assert found.rows[columns].head(5).to_numpy().tolist() == [
        ["Abbey O'Reilly", 205, 6, 472, "343"], ["Add Senger", 140, 3, 340, "412"], ["Aden Lesch", 194, 4, 405, "323"],
        ["Aden Murphy", 98, 7, 596, "544"], ["Admiral Senger", 132, 5, 448, "433"],
    ]  # fmt: skip


def test_segments_orders_and_revenue_as_published() -> None:
    found = rfm(published(), AS_OF, "quantile_r")
    rows = found.rows.assign(name=named(found.rows, found.scores, MAPS["r_package"]))
    summed = rows.groupby("name").agg(n=("name", "size"), orders=("frequency", "sum"), revenue=("monetary", "sum"))
    assert {name: tuple(map(int, row)) for name, row in zip(summed.index, summed.to_numpy(), strict=True)} == {
        "Champions": (35, 316, 31646), "Potential Loyalist": (342, 2211, 204856),
        "Loyal Customers": (170, 799, 76562), "Promising": (9, 28, 4249), "New Customers": (104, 329, 28837),
        "Can't Lose Them": (47, 274, 32446), "At Risk": (28, 216, 22227), "Need Attention": (10, 57, 4562),
        "About To Sleep": (102, 283, 23449), "Lost": (148, 393, 35324),
    }  # fmt: skip
    assert (summed["revenue"] / summed["orders"]).round(2).to_dict()["Promising"] == 151.75


def scored(found: Rfm) -> Any:
    return found.rows[["recency_score", "frequency_score", "monetary_score"]].to_numpy()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.integers(-50, 50)), min_size=1), WAY,
       st.integers(2, 10), st.randoms())  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_scores_follow_behaviour_alone(
    behaviour: list[tuple[int, int, int]], way: str, scores: int, mixer: Any
) -> None:
    found = rfm(_made(behaviour), AS_OF, way, scores)
    for figure, sign in (("recency_days", -1), ("frequency", 1), ("monetary", 1)):
        score = found.rows[f"{figure.removesuffix('_days')}_score"]
        by_figure = score.groupby(found.rows[figure] * sign).agg(["min", "max"])
        assert (by_figure["min"] == by_figure["max"]).all()
        assert by_figure["min"].is_monotonic_increasing
        assert score.between(1, scores).all()
    order = list(range(len(behaviour)))
    mixer.shuffle(order)
    again = rfm(_made([behaviour[place] for place in order]), AS_OF, way, scores)
    assert (scored(again) == scored(found)[order]).all()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.integers(-50, 50)), min_size=1),
       st.sampled_from([0.25, 4, 1024]), st.sampled_from(["quantile", "fixed"]))  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_another_currency_gives_the_same_scores(
    behaviour: list[tuple[int, int, int]], rate: float, way: str
) -> None:  # fmt: skip
    known = _made(behaviour)
    assert (
        scored(rfm(known.assign(amount=known["amount"] * rate), AS_OF, way)) == scored(rfm(known, AS_OF, way))
    ).all()


def _made(behaviour: list[tuple[int, int, int]]) -> pd.DataFrame:
    return customers([b[0] for b in behaviour], [b[1] for b in behaviour], [float(b[2]) for b in behaviour])


def test_equal_shares_where_figures_differ() -> None:
    found = rfm(customers(list(range(100))), AS_OF, scores=4)
    assert found.rows["recency_score"].value_counts().to_dict() == {4: 25, 3: 25, 2: 25, 1: 25}
    ranges = found.ranges()
    assert ranges[ranges["figure"] == "frequency"][["score", "contacts"]].to_numpy().tolist() == [
        [1, 100], [2, 0], [3, 0], [4, 0],
    ]  # fmt: skip


def test_bounds_of_the_users_own() -> None:
    bounds = {"recency": [30, 90], "frequency": [2], "monetary": [10, 20, 30]}
    found = rfm(customers([29, 30, 90], [1, 2, 3], [9.0, 10.0, 35.0]), AS_OF, "custom", bounds=bounds)
    assert scored(found).tolist() == [[3, 1, 1], [2, 2, 2], [1, 2, 4]]
    assert found.scores == {"recency": 3, "frequency": 2, "monetary": 4}


def test_ten_scores_are_written_apart_and_none_without_amounts() -> None:
    known = customers(list(range(20)))
    assert rfm(known, AS_OF, scores=10).rows["rfm_score"][0] == "10-1-1"
    found = rfm(known.assign(amount=np.nan), AS_OF)
    assert found.rows["rfm_score"][0] == "51"
    assert "monetary" not in found.scores
    assert found.rows["monetary_score"].isna().all()


@pytest.mark.parametrize(("arguments", "said"), [
    ({"way": "quantiles"}, 'There is no way to cut figures called "quantiles". Did you mean "quantile"?'),
    ({"scores": 11}, "There cannot be 11 scores. Take 2 to 10."),
    ({"way": "custom"}, "0 bounds of recency make 1 scores. Give 1 to 9 bounds, each between two scores."),
    ({"way": "custom", "bounds": {"recency": [90, 30]}},
     "The bounds of recency do not ascend: 30 comes after 90. Write them from the lowest to the highest, each once."),
])  # fmt: skip
def test_cuts_that_do_not_do_are_refused(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(MeasureError) as refused:
        rfm(customers([1, 2]), AS_OF, **arguments)
    assert str(refused.value) == said


def test_nobody_and_tomorrow_are_refused() -> None:
    with pytest.raises(MeasureError) as nobody:
        rfm(customers([]), AS_OF)
    assert str(nobody.value) == "Nobody bought anything up to 2006-12-31. Take a later day, or another condition."
    with pytest.raises(FrameError) as tomorrow:
        rfm(customers([3, -1]), AS_OF)
    assert str(tomorrow.value) == (
        "The contact 1 bought on 2007-01-01, after 2006-12-31. Give purchases up to the day only."
    )
