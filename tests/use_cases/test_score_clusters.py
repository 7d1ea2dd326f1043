"""Clusters of a shop's customers: found as of a day, and their rules are segments with the same members."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.kinds_world import DAY, SIZE, after_the_day, sales, shop
from workbench.errors import ConditionError, ConfigError, MeasureError
from workbench.scoring import ScoreReport

FEATURES = ("sales_days_since", "basket_count", "sales_value", "city", "has_app")
FEW: dict[str, Any] = {"most": 4, "resamples": 3}


@pytest.fixture(scope="module", name="bench")
def shop_with_a_run() -> wb.Workbench:
    bench = shop()
    bench.scores.run("clusters", DAY, features=FEATURES[:3], **FEW)
    return bench


@pytest.fixture(name="report")
def run_of_the_day(bench: wb.Workbench) -> ScoreReport:
    return bench.scores.show("clusters")


def test_the_kinds_of_customers_are_found(bench: wb.Workbench, report: ScoreReport) -> None:
    assert report.quality["cluster_count"] == 3
    assert (report.quality["structure"], report.quality["is_stable"], report.quality["fidelity"]) == (
        "strong",
        "yes",
        1,
    )
    assert report.rows.groupby((report.rows["contact_id"] - report.rows["contact_id"].min()) % 3)[
        "cluster"
    ].nunique().tolist() == [1, 1, 1]  # fmt: skip
    assert report.rows["is_as_ruled"].all()
    assert set(report.tables) == {"compared", "centres", "rules", "profile"}


def test_each_offer_is_a_segment_with_the_members_of_its_rules(bench: wb.Workbench) -> None:
    """Of fields with unknown values as well, by the language itself."""
    report = bench.scores.run("clusters", DAY, method="clusters", features=FEATURES, count=5, rules=9, resamples=2)
    rules = report.tables["rules"].set_index("rule")
    offered = {one.name: one for one in report.offers}
    for rule, row in rules.iterrows():
        name = f"Cluster {row['cluster']:.0f}"
        own = offered.get(f"{name}, rule {rule}", offered[name])
        assert bench.segments.count(own.definition, DAY).total == row["members"]
        ids = bench.segments.members(own.definition, DAY, ["contact_no"]).index
        assert len(ids) == (report.rows["rule"] == rule).sum()
    assert len(rules) > 4
    assert rules["members"].sum() == SIZE
    bench.scores.run("clusters", DAY, features=FEATURES[:3], **FEW)


def test_an_offer_becomes_a_segment_that_can_be_edited(bench: wb.Workbench, report: ScoreReport) -> None:
    saved = bench.scores.segment("clusters", "Cluster 1", save_as="came once")
    assert bench.segments.count("came once", DAY).total == SIZE / 3
    assert saved.description == report.offers[0].description
    assert "number of receipts 1 (3.0 times)" in str(saved.description)
    by_score = {"score": "clusters", "field": "cluster", "op": "is", "value": 1}
    both = {"all": [{"segment": "came once"}, by_score]}
    assert bench.segments.count(both, DAY).total == SIZE / 3


def test_rules_are_round_and_relative_to_the_day(bench: wb.Workbench) -> None:
    report = bench.scores.run("clusters", DAY, features="sales_days_since", count=2, resamples=2, dry_run=True)
    last = {"related": "sales_entry", "measure": {"maximum": "posted_at"}}
    assert [one.definition for one in report.offers] == [
        {"steps": [{"add": {"all": [{**last, "op": "before", "value": "-200D"}]}}]},
        {"steps": [{"add": {"all": [{**last, "op": "on_or_after", "value": "-200D"}]}}]},
    ]


def test_later_rows_a_second_load_and_another_order_change_nothing(report: ScoreReport) -> None:
    mixed = sales().sample(frac=1, random_state=2)
    other = shop(later=pd.concat([after_the_day(), mixed])).scores.run(
        "clusters", DAY, features=FEATURES[:3], dry_run=True, **FEW
    )
    pd.testing.assert_frame_equal(other.rows, report.rows, check_dtype=False)
    assert (other.quality, other.offers) == (report.quality, report.offers)


def test_a_base_is_clustered_by_itself_and_its_rules_stay_within_it(bench: wb.Workbench) -> None:
    report = bench.scores.run(
        "clusters", DAY, base="women", features="sales_days_since, sales_value", dry_run=True, **FEW
    )
    assert len(report.rows) == SIZE / 2
    assert report.parameters["features"] == ["sales_days_since", "sales_value"]
    assert (
        sum(bench.segments.count(one.definition, DAY).total for one in report.offers if "," not in one.name) == SIZE / 2
    )


def test_features_that_say_nothing_or_have_no_day_are_told(bench: wb.Workbench) -> None:
    report = bench.scores.run(
        "clusters", DAY, features=["sales_value", "basket_count", "discount_value", "city"], dry_run=True, **FEW
    )
    assert report.notes[:2] == (
        "The same for everybody, so left out: discount_value.", "As it is recorded now, whenever it came: city.",
    )  # fmt: skip


def test_what_cannot_be_clustered_is_refused(bench: wb.Workbench) -> None:
    with pytest.raises(ConditionError) as no_feature:
        bench.scores.run("clusters", DAY, features=["sales_valu"])
    assert str(no_feature.value) == 'There is no feature "sales_valu". Did you mean "sales_value"?'
    with pytest.raises(ConditionError) as no_segment:
        bench.scores.run("clusters", DAY, base="woman")
    assert 'Did you mean "women"?' in str(no_segment.value)
    with pytest.raises(MeasureError) as all_same:
        bench.scores.run("clusters", DAY, features=["discount_value"])
    assert str(all_same.value) == (
        "The features are the same for every contact of the base. Name features in which contacts differ."
    )
    with pytest.raises(ConfigError) as too_many:
        bench.scores.run("clusters", DAY, count=50)
    assert str(too_many.value) == (
        "clusters cannot take 50 for count: Input should be less than or equal to 20. "
        "It is: How many clusters; chosen by stability and silhouette if empty."
    )
