"""Contacts that are alike: kinds that are there are found, told by round rules, and are the same in any order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clusters import Clusters, clusters
from pipelines.clusters_conditions import conditions
from pipelines.clusters_count import assigned, centres_of, cluster_count
from pipelines.clusters_profile import described, over_indices, telling
from pipelines.clusters_tree import Split, clusters_by, fidelity, leaves, rounded_between
from pipelines.contact_features import Feature
from pipelines.errors import MeasureError
from pipelines.feature_scaling import scaled

DAY = dt.date(2026, 6, 30)
ASKED = {
    "spent": Feature("spent", "sales value", {"field": "sales_amount"}),
    "recency": Feature("recency", "days since the last purchase", {"field": "last_sale_on"}, "days_since"),
    "city": Feature("city", "city", {"field": "city"}, "text"),
    "is_member": Feature("is_member", "whether a member", {"field": "is_member"}, "flag"),
}


def shop(size: int = 300) -> pd.DataFrame:
    """Three kinds: who spends little, who spends much and comes often, and who once spent much and stayed away."""
    chance = np.random.default_rng(5)
    kind = np.arange(size) % 3
    spent = np.array([20.0, 500.0, 400.0])[kind] * np.exp(chance.normal(0, 0.3, size))
    recency = np.array([60, 10, 700])[kind] + chance.integers(0, 9, size)
    return pd.DataFrame({"spent": spent.round(2), "recency": recency}, index=pd.RangeIndex(1, size + 1))


@pytest.fixture(scope="module")
def found() -> Clusters:
    return clusters(shop(), most=5, resamples=6)


def test_kinds_that_are_there_are_found_and_told(found: Clusters) -> None:
    assert (found.chosen.count, found.chosen.is_stable, found.structure) == (3, True, "strong")
    assert found.rows.groupby("cluster").size().tolist() == [100, 100, 100]
    assert found.rows.groupby(found.rows["contact_id"] % 3)["cluster"].nunique().tolist() == [1, 1, 1]
    assert found.fidelity == 1
    assert found.rules[["members", "agreed", "precision", "recall"]].values.tolist() == [[100, 100, 1, 1]] * 3


def test_each_number_that_was_tried_is_told_with_its_stability_and_silhouette(found: Clusters) -> None:
    compared = found.chosen.compared
    assert compared["cluster_count"].tolist() == [2, 3, 4, 5]
    assert compared["is_chosen"].tolist() == [False, True, False, False]
    assert (compared["stability_low"] <= compared["stability_high"]).all()
    assert compared["stability"][1] == 1
    assert compared["silhouette"].idxmax() == 1


def test_rules_have_round_numbers_and_days_before_that_of_the_evaluation(found: Clusters) -> None:
    said = [conditions(leaf.path, ASKED, DAY) for leaf in found.leaves]
    assert sorted(said, key=str) == [
        [{"field": "last_sale_on", "op": "before", "value": "-50D"},
         {"field": "sales_amount", "op": "at_most", "value": 200}],
        [{"field": "last_sale_on", "op": "before", "value": "-50D"},
         {"field": "sales_amount", "op": "more_than", "value": 200}],
        [{"field": "last_sale_on", "op": "on_or_after", "value": "-50D"}],
    ]  # fmt: skip


def test_order_and_currency_change_nothing(found: Clusters) -> None:
    mixed = shop().sample(frac=1, random_state=3)
    other = clusters(mixed.assign(spent=mixed["spent"] * 4), most=5, resamples=6)
    pd.testing.assert_frame_equal(found.rows, other.rows)
    pd.testing.assert_frame_equal(found.centres, other.centres)
    assert [leaf.members.tolist() for leaf in found.leaves] == [leaf.members.tolist() for leaf in other.leaves]


def test_a_number_of_clusters_can_be_said(found: Clusters) -> None:
    two = clusters(shop(), 2, resamples=2)
    assert two.chosen.count == 2
    assert two.chosen.compared["cluster_count"].tolist() == [2]
    assert two.rows["cluster"].nunique() == 2


def test_who_is_at_the_centre_is_central(found: Clusters) -> None:
    assert found.rows["centrality"].between(0, 1).all()
    assert found.rows["centrality"].mean() > 0.8


def test_where_there_are_no_kinds_that_is_said() -> None:
    chance = np.random.default_rng(2)
    cloud = pd.DataFrame(chance.normal(50, 5, (400, 5)), columns=list("abcde"))
    assert clusters(cloud, most=4, resamples=5).structure == "none"
    unstable = cluster_count(scaled(cloud).to_numpy(), [6, 7], resamples=5)
    assert not unstable.is_stable
    assert unstable.compared["stability"].idxmax() == unstable.count - 6


def test_over_index_is_against_everybody_with_its_interval(found: Clusters) -> None:
    table = found.profile
    own = table[(table["cluster"] == 1) & (table["feature"] == "spent")]
    assert own["members"].sum() == 100
    assert own["base"].sum() == 300
    assert own["over_index"].tolist() == pytest.approx((own["members"] / 100 / (own["base"] / 300)).tolist())
    assert ((own["over_index_low"] <= own["over_index"]) & (own["over_index"] <= own["over_index_high"])).all()
    assert (telling(table, 1)["over_index_low"] > 1).all()
    assert "recency" in described(table)[1]


def test_wilson_interval_of_an_over_index() -> None:
    features = pd.DataFrame({"city": ["Prague"] * 18 + ["Brno"] * 2 + ["Prague"] * 18 + ["Brno"] * 42})
    row = over_indices(features, np.repeat([0, 1], [20, 60])).iloc[1]
    assert row["category"] == "Prague"
    assert row[["over_index", "over_index_low", "over_index_high"]].tolist() == pytest.approx(
        [0.9 / 0.45, 0.698966 / 0.45, 0.972134 / 0.45], abs=1e-5
    )


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        (shop(30), "30 contacts are too few to find clusters among them."),
        (shop().assign(spent=1, recency=range(300)).mod(4),
         "The features tell only 4 kinds of contacts apart, too few for 8 clusters."),
    ],
)  # fmt: skip
def test_too_little_is_refused(frame: pd.DataFrame, text: str) -> None:
    with pytest.raises(MeasureError) as caught:
        clusters(frame)
    assert caught.value.message == text
    assert caught.value.hint in ("Take a base of 50 contacts at least.", "Take more features, or fewer clusters.")


def test_scaled_features_weigh_alike_and_know_no_currency() -> None:
    frame = shop().assign(city=np.where(np.arange(300) % 5, "Prague", "Brno"), same=1.0)
    frame.loc[:50, "spent"] = np.nan
    points = scaled(frame)
    assert list(points.columns) == ["spent", "spent: unknown", "recency", "city: Brno", "city: Prague"]
    by = (points**2).mean().groupby(points.columns.str.split(":").str[0]).sum()
    assert by.tolist() == pytest.approx([1, 1, 1])
    assert points.mean().tolist() == pytest.approx([0] * 5)
    pd.testing.assert_frame_equal(scaled(frame.assign(spent=frame["spent"] / 25.4)), points)


@settings(max_examples=25, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_round_number_parts_any_two_values(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    if low < high:
        assert low <= rounded_between(low, high) < high


ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(-3, 9)), st.sampled_from(["Prague", "Brno", None]),
        st.sampled_from([True, False, None]), st.integers(0, 2),
    ),
    min_size=6, max_size=40,
)  # fmt: skip


def holds(condition: Any, row: Any) -> bool:
    """The language's meaning, of the few conditions that rules use."""
    if "any" in condition:
        return any(holds(part, row) for part in condition["any"])
    if "all" in condition:
        return all(holds(part, row) for part in condition["all"])
    if "not" in condition:
        return not holds(condition["not"], row)
    value, op, bound = row[condition["field"]], condition["op"], condition.get("value")
    if op in ("at_most", "more_than"):
        return value is not None and bool(value <= bound if op == "at_most" else value > bound)
    same = bool(value in bound if op == "not_in" else value == bound)
    return {"is": same, "is_not": not same, "not_in": not same}.get(op, (value is None) is (op == "is_unknown"))


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_conditions_give_whom_the_leaf_holds_and_leaves_part_everybody(rows: list[Any]) -> None:
    frame = pd.DataFrame(rows, columns=["spent", "city", "is_member", "label"])
    labels = frame.pop("label").to_numpy(dtype="int64")
    frame = frame.assign(spent=frame["spent"].astype("float64"), is_member=frame["is_member"].astype("boolean"))
    found = leaves(frame, labels, 6)
    plain = [
        {"sales_amount": row[0], "city": row[1], "is_member": row[2]} for row in rows
    ]  # fmt: skip
    for leaf in found:
        said = conditions(leaf.path, ASKED, DAY)
        assert [all(holds(one, row) for one in said) for row in plain] == leaf.members.tolist()
    assert (np.sum([leaf.members for leaf in found], axis=0) == 1).all()
    assert fidelity(found, labels) == (clusters_by(found) == labels).mean()


@pytest.mark.parametrize(
    ("splits", "said"),
    [
        ([Split("spent", 5.5, True, True)],
         [{"any": [{"field": "sales_amount", "op": "at_most", "value": 5.5},
                   {"field": "sales_amount", "op": "is_unknown"}]}]),
        ([Split("spent", float("inf"), True)], [{"field": "sales_amount", "op": "is_known"}]),
        ([Split("spent", float("inf"), False, True)], [{"field": "sales_amount", "op": "is_unknown"}]),
        ([Split("city", "Brno", False), Split("city", None, False)],
         [{"field": "city", "op": "is_not", "value": "Brno"}, {"field": "city", "op": "is_known"}]),
        ([Split("city", "Brno", False), Split("city", "Prague", False)],
         [{"field": "city", "op": "not_in", "value": ["Brno", "Prague"]}]),
        ([Split("is_member", "yes", False)], [{"not": {"field": "is_member", "op": "is", "value": True}}]),
        ([Split("recency", 0.0, True)], [{"field": "last_sale_on", "op": "on_or_after", "value": "t"}]),
        ([Split("recency", -5.0, False)], [{"field": "last_sale_on", "op": "before", "value": "+5D"}]),
        ([Split("recency", 14600.0, True)], [{"field": "last_sale_on", "op": "on_or_after", "value": "1986-07-10"}]),
    ],
)  # fmt: skip
def test_rules_in_the_words_of_the_language(splits: list[Split], said: list[dict[str, Any]]) -> None:
    assert conditions(splits, ASKED, DAY) == said


def test_centres_come_by_size_and_nearest_centres_are_found() -> None:
    points = np.array([[0.0], [0.1], [0.2], [9.0], [9.1]])
    centres = centres_of(points, 2)
    assert centres.ravel().tolist() == pytest.approx([0.1, 9.05])
    assert assigned(points, centres).tolist() == [0, 0, 0, 1, 1]
