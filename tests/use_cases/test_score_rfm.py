"""RFM of a store: the published table through the ordinary import, the day, the order of rows, names as segments."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.kinds_world import DAY, SIZE, after_the_day, sales, shop
from workbench.errors import ConditionError, ConfigError, MeasureError
from workbench.scoring import ScoreReport

SEE = "See what its options mean."
PUBLISHED = {
    "Champions": (35, 316, 31646, 100.15), "Potential Loyalist": (342, 2211, 204856, 92.65),
    "Loyal Customers": (170, 799, 76562, 95.82), "Promising": (9, 28, 4249, 151.75),
    "New Customers": (104, 329, 28837, 87.65), "Can't Lose Them": (47, 274, 32446, 118.42),
    "At Risk": (28, 216, 22227, 102.90), "Need Attention": (10, 57, 4562, 80.04),
    "About To Sleep": (102, 283, 23449, 82.86), "Lost": (148, 393, 35324, 89.88),
}  # fmt: skip


@pytest.fixture(scope="module", name="bench")
def shop_with_a_run() -> wb.Workbench:
    bench = shop()
    bench.scores.run("rfm", DAY)
    return bench


@pytest.fixture(name="report")
def run_of_the_day(bench: wb.Workbench) -> ScoreReport:
    return bench.scores.show("rfm")


def test_the_published_table_through_the_ordinary_import() -> None:
    shared = Path(os.environ.get("WORKBENCH_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = shared / "rfm_orders" / "orders.csv"
    if not path.exists():
        pytest.skip(f"needs {path}")
    bench, day = wb.open(":memory:"), dt.date(2006, 12, 31)
    who = pd.read_csv(path).drop_duplicates("customer_id")
    people = {"contact_no": who["customer_id"], "type": "person", "name": who["customer_id"], "email": who["email"]}
    bench.sources.load("contact", pd.DataFrame(people))
    columns = {"customer_id": "contact_no", "order_date": "posted_at", "revenue": "sales_amount"}
    bench.sources.load("sales_entry", path, mapping=columns, new_fields="ignore")
    report = bench.scores.run("rfm", day, bins="quantile_r", map="r_package")
    found = report.tables["names"].set_index("name")
    cells = found[["contacts", "purchases", "amount", "amount_per_purchase"]].round(2)
    assert dict(zip(found.index, cells.itertuples(index=False, name=None), strict=True)) == PUBLISHED
    assert (report.quality["contact_count"], report.quality["amount_sum"]) == (995, 464158)
    for offer in report.offers:
        assert bench.segments.count(offer.definition, day).total == PUBLISHED[offer.name][0]


def test_figures_scores_and_names_of_three_kinds(report: ScoreReport) -> None:
    kinds = (report.rows["contact_id"] - report.rows["contact_id"].min()) % 3
    summed = report.rows.groupby(kinds)[["frequency", "recency_score", "frequency_score"]].agg(["min", "max"])
    assert summed["frequency"].to_numpy().tolist() == [[1, 1], [12, 12], [6, 6]]
    assert (report.rows.loc[kinds == 1, "recency_score"] >= 4).all()
    assert report.rows.loc[kinds == 1, "segment"].isin(["Champions", "Loyal customers"]).all()
    assert report.tables["grid"]["contacts"].sum() == SIZE == report.tables["names"]["contacts"].sum()
    assert report.quality["buyer_share"] == report.quality["named_share"] == 1
    assert report.notes == ("Nobody has the frequency score 3, 5: equal figures have equal scores.",)


def test_names_are_segments_by_the_score(bench: wb.Workbench, report: ScoreReport) -> None:
    contacts = report.tables["names"].set_index("name")["contacts"]
    for offer in report.offers:
        assert bench.segments.count(offer.definition, DAY).total == contacts[offer.name]
    champions = report.offers[0]
    assert champions.description == (
        f"The {contacts['Champions']} of 120 contacts with purchases that the map grid calls Champions: recency 5, "
        "frequency 4 to 5 of 5, and no earlier name."
    )
    bench.scores.segment("rfm", "Champions", save_as="best")
    assert bench.segments.count("best", DAY).total == contacts["Champions"]


def test_later_rows_another_order_and_another_currency_change_no_score(report: ScoreReport) -> None:
    mixed = sales().sample(frac=1, random_state=3)
    later = shop(pd.concat([after_the_day(), mixed])).scores.run("rfm", DAY, dry_run=True)
    pd.testing.assert_frame_equal(later.rows, report.rows, check_dtype=False)
    assert later.quality == report.quality
    bench = wb.open(":memory:")
    bench.setup.set("time_zone", "Europe/Prague")
    bench.sources.load("contact", pd.DataFrame({"contact_no": sales()["contact_no"].unique(), "type": "person"}))
    bench.sources.load("sales_entry", mixed.assign(sales_amount=mixed["sales_amount"] * 25))
    dear = bench.scores.run("rfm", DAY, dry_run=True)
    pd.testing.assert_series_equal(dear.rows["monetary"], report.rows["monetary"] * 25)
    pd.testing.assert_series_equal(dear.rows["rfm_score"], report.rows["rfm_score"], check_dtype=False)


def test_bounds_and_a_map_of_ones_own(bench: wb.Workbench) -> None:
    own = "name: ours\nscores: 3\nnames:\n- {name: Good, frequency: 3}\n- {name: Best, frequency: 3, monetary: 3}"
    report = bench.scores.run(
        "rfm", DAY, bins="custom", recency_bounds="60, 280", frequency_bounds=[2, 6], monetary_bounds=(100, 1000),
        counted_by="day", map=own, dry_run=True,
    )  # fmt: skip
    assert report.tables["names"][["name", "contacts"]].to_numpy().tolist() == [["Good", 80], ["", 40]]
    assert report.notes == (
        "Nobody has the frequency score 2: equal figures have equal scores.",
        "Nobody can be Best: earlier names of the map hold wherever it does.",
        "The map has no name for 18 combinations of scores: " + ", ".join(
            f"{r}-{f}-{m}" for r in (1, 2, 3) for f in (1, 2) for m in (1, 2, 3)
        ) + ".",
    )  # fmt: skip
    assert [offer.name for offer in report.offers] == ["Good"]


def test_scores_without_a_map_have_no_names(bench: wb.Workbench) -> None:
    report = bench.scores.run("rfm", DAY, scores=4, dry_run=True)
    assert report.rows["segment"].isna().all()
    assert "No map that comes along is of these scores, so they have no names." in report.notes
    assert bench.scores.run("rfm", DAY, scores=3, dry_run=True).tables["names"]["name"].isin(
        ["Best", "Loyal", "Recent", "Occasional", "Slipping", "Gone"]
    ).all()  # fmt: skip


@pytest.mark.parametrize(("options", "error", "said"), [
    ({"bins": "quantile", "recency_bounds": [3]}, ConfigError,
     f"The options of rfm do not fit together: bounds belong to custom bins, and bins is quantile. {SEE}"),
    ({"scores": 4, "map": "grid"}, MeasureError,
     "The map grid is of 5 scores, and recency has 4. Take 5 scores, or a map of 4."),
    ({"map": "grit"}, ConditionError, 'Map: There is no map "grit". Did you mean "grid"?'),
    ({"purchase": "campaign_entry"}, MeasureError,
     "Nobody bought anything up to 2026-06-30. Take a later day, or another condition."),
])  # fmt: skip
def test_what_cannot_be_scored_is_refused(
    bench: wb.Workbench, options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as refused:
        bench.scores.run("rfm", DAY, dry_run=True, **options)
    assert str(refused.value) == said


def test_visits_of_the_complete_journey_are_receipts(journey: wb.Workbench) -> None:
    """As worked out from the files independently: 155,848 receipts of 2,469 households, 63.12 each, half have 43."""
    rows = journey.scores.run("rfm", dt.date(2018, 1, 1), dry_run=True).rows
    assert (len(rows), rows["frequency"].sum()) == (2469, 155848)
    assert rows[["frequency", "monetary"]].median().tolist() == [43, 1210.02]
    assert round(rows["monetary"].mean(), 2) == 1861.50
