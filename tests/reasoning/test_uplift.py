"""Whom a campaign moves: models on targets whose uplift is known, and figures of ranks against those of others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import MeasureError
from pipelines.uplift import uplift
from pipelines.uplift_curves import curves, deciles, rank_figures, ranked, uplift_by_decile
from pipelines.uplift_features import imbalances, prepared
from pipelines.uplift_learners import LEARNERS

Row = tuple[float, bool, bool]


def campaign(size: int = 4000, *, lift: float = 0.3, share: float = 0.5) -> pd.DataFrame:
    """Targets of whom those in Prague respond more often when written to, and the others do not care."""
    chance = np.random.default_rng(11)
    frame = pd.DataFrame({
        "contact_id": np.arange(size), "city": chance.choice(["Prague", "Brno"], size),
        "age": chance.normal(40, 9, size), "arm": np.where(chance.random(size) < share, "A", "holdout"),
    })  # fmt: skip
    moved = lift * ((frame["city"] == "Prague") & (frame["arm"] == "A"))
    return frame.assign(is_responder=chance.random(size) < 0.1 + moved)


def columns(rows: list[Row]) -> tuple[Any, Any, Any]:
    scores, is_treated, is_responder = zip(*rows, strict=True)
    return np.array(scores, dtype="float64"), np.array(is_treated), np.array(is_responder)


RANKED_ROWS = st.lists(
    st.tuples(st.integers(-3, 3).map(float), st.booleans(), st.booleans()), min_size=2, max_size=40
).filter(lambda rows: len({is_treated for _, is_treated, _ in rows}) == 2)


def test_curves_are_those_of_scikit_uplift() -> None:
    """Its test_metrics.py: targets 0, 1, 1 respond 0, 1, 0 with one score; 1.5 of 3 targets, 1 of 2 written to."""
    tied = ranked(np.zeros(3), np.array([False, True, True]), np.array([False, True, False]))
    share, uplifts, qini = curves(tied)
    assert (share.tolist(), (3 * uplifts).tolist(), (2 * qini).tolist()) == ([0, 1], [0, 1.5], [0, 1])


def test_curves_step_from_rank_to_rank() -> None:
    rows = [(0.9, True, True), (0.5, False, False), (0.5, True, True), (0.1, False, True)]
    share, uplifts, qini = curves(ranked(*columns(rows)))
    assert share.tolist() == [0, 0.25, 0.75, 1]
    assert uplifts.tolist() == [0, 0.25, 0.75, 0.5], "rates 1 - 0, 1 - 0, then 1 - 1/2, times the share so far"
    assert qini.tolist() == [0, 0.5, 1, 0.5]


def test_a_score_that_says_nothing_has_no_area_and_any_rank_does_as_well() -> None:
    _, is_treated, is_responder = columns([(0, n % 2 == 0, n % 3 == 0) for n in range(60)])
    found = rank_figures(ranked(np.ones(60), is_treated, is_responder))
    assert (found.qini, found.p_value) == (0, 1)
    assert found.auuc == pytest.approx(found.auuc_random)


@settings(max_examples=25, deadline=None)
@given(RANKED_ROWS, st.permutations(range(40)))
def test_curves_hold_in_any_order_on_any_scale_and_change_sign_when_arms_swap(
    rows: list[Row], order: list[int]
) -> None:
    scores, is_treated, is_responder = columns(rows)
    counts = ranked(scores, is_treated, is_responder)
    mixed = [place for place in order if place < len(rows)]
    assert (ranked(scores[mixed], is_treated[mixed], is_responder[mixed]) == counts).all()
    assert (ranked(np.exp(scores), is_treated, is_responder) == counts).all()
    assert counts.sum() == len(rows)
    share, uplifts, qini = curves(counts)
    assert curves(ranked(scores, ~is_treated, is_responder))[1] == pytest.approx(-uplifts)
    rates = [is_responder[arm].mean() for arm in (is_treated, ~is_treated)]
    assert uplifts[-1] == pytest.approx(rates[0] - rates[1])
    assert qini[-1] == pytest.approx(rates[0] - rates[1])
    assert (np.abs(uplifts) <= share + 1e-12).all()


@settings(max_examples=25, deadline=None)
@given(RANKED_ROWS)
def test_tenths_hold_everybody_and_equal_scores_together(rows: list[Row]) -> None:
    scores, is_treated, is_responder = columns(rows)
    found = pd.Series(deciles(scores))
    assert found.between(1, 10).all()
    assert (found.groupby(scores).nunique() == 1).all()
    assert found.groupby(scores).first().is_monotonic_decreasing
    by = uplift_by_decile(scores, is_treated, is_responder)
    assert ((by["absolute_low"] <= by["absolute_lift"]) & (by["absolute_lift"] <= by["absolute_high"])).all()
    assert deciles(np.array([9.0, -9.0]), scores).tolist() == [1, 10]


def test_of_random_scores_one_in_twenty_seems_to_rank() -> None:
    """With p values that are what they say, 60 scores bring 3 below 0.05; 9 or more come once in 300 times."""
    chance = np.random.default_rng(3)
    frame = campaign(400)
    is_treated, is_responder = (frame["arm"] == "A").to_numpy(), frame["is_responder"].to_numpy()
    figures = [rank_figures(ranked(chance.integers(0, 30, 400) / 30, is_treated, is_responder), n) for n in range(60)]
    assert sum(found.p_value < 0.05 for found in figures) < 9
    assert sum(found.qini_low <= 0 <= found.qini_high for found in figures) > 50
    assert min(found.p_value for found in figures) < 0.5 < max(found.p_value for found in figures)


@pytest.mark.parametrize("share", [0.5, 0.8])
@pytest.mark.parametrize("name", list(LEARNERS))
def test_each_learner_finds_whom_the_campaign_moves(name: str, share: float) -> None:
    frame = campaign(share=share)
    features, is_treated = prepared(frame[["city", "age"]]), (frame["arm"] == "A").to_numpy()
    scores = LEARNERS[name](features, is_treated, frame["is_responder"].to_numpy())(features)
    means = pd.Series(scores).groupby(frame["city"]).mean()
    assert means["Prague"] == pytest.approx(0.3, abs=0.06)
    assert means["Brno"] == pytest.approx(0, abs=0.05)


def test_a_rank_that_is_worth_something_is_told_with_its_parts() -> None:
    found = uplift(campaign(), "holdout", ["city", "age"], learners=["x", "s"])
    assert found.learners[["learner", "verdict"]].values.tolist() == [["x", "ranks"], ["s", "ranks"]]
    assert (found.learners["qini_low"] > 0).all()
    assert (found.learners["p_adjusted"] >= found.learners["p_value"]).all()
    top, bottom = found.deciles.iloc[0], found.deciles.iloc[-1]
    assert top["absolute_low"] > bottom["absolute_high"]
    parts = found.parts.set_index("value")
    assert parts.loc["Prague", "predicted_uplift"] > parts.loc["Brno", "predicted_uplift"] + 0.2
    assert found.curve["uplift_curve"].iloc[-1] == pytest.approx(found.curve["uplift_random"].iloc[-1])
    assert found.balance["field"].tolist() == ["city", "age"]


def test_where_the_campaign_moves_everybody_alike_no_rank_is_claimed() -> None:
    frame = campaign()
    frame["is_responder"] = np.random.default_rng(2).random(len(frame)) < np.where(frame["arm"] == "A", 0.3, 0.1)
    found = uplift(frame, "holdout", ["city", "age"], learners=["t"])
    assert found.verdict == "no_better_than_random"


def test_scores_are_the_same_for_any_order_and_others_are_scored_beside_the_targets() -> None:
    frame = campaign(1500)
    targets, others = frame.iloc[:1000], frame.iloc[1000:]
    one = uplift(targets, "holdout", ["city", "age"], others, learners=["t"]).scores
    other = uplift(
        targets.sample(frac=1, random_state=1), "holdout", ["city", "age"], others.iloc[::-1], learners=["t"]
    )
    pd.testing.assert_frame_equal(one, other.scores)
    assert one["is_target"].sum() == 1000
    assert one["contact_id"].tolist() == frame["contact_id"].tolist()
    means = one[~one["is_target"]].groupby(others["city"].to_numpy())["uplift"].mean()
    assert means["Prague"] > means["Brno"] + 0.1


def test_features_are_numbers_and_categories_whatever_fields_hold() -> None:
    known = prepared(pd.DataFrame({
        "city": ["Prague", None, "Brno"], "is_new": pd.Series([True, None, False], dtype="boolean"),
        "since": pd.to_datetime(["1970-01-02", None, "1970-01-11"]), "count": pd.Series([1, None, 3], dtype="Int64"),
    }))  # fmt: skip
    assert known["city"].tolist() == ["Prague", "unknown", "Brno"]
    numbers = known[["is_new", "since", "count"]]
    assert numbers.dtypes.tolist() == ["float64"] * 3
    assert numbers.fillna(-1).T.values.tolist() == [[1, -1, 0], [1, -1, 10], [1, -1, 3]]


def test_fields_that_tell_the_arms_apart_are_seen() -> None:
    """Two by two, 10 and 20 against 20 and 10: chi-square 60 (100 - 400)² / 30⁴ = 6.667, p = 0.0098."""
    is_treated = np.array([True] * 30 + [False] * 30)
    values = ["a"] * 10 + ["b"] * 20 + ["a"] * 20 + ["b"] * 10
    found = imbalances(pd.DataFrame({"field": values, "same": "x"}), is_treated)
    assert found["p_value"].tolist() == pytest.approx([0.009823, 1], abs=5e-7)


@pytest.mark.parametrize(
    ("change", "call", "text"),
    [
        ({}, {"fields": []},
         "No field tells targets apart. Name fields that were known before the campaign, such as city."),
        ({}, {"learners": ["y"]}, 'There is no learner "y". Known: class, s, t, x.'),
        ({}, {"learners": []}, 'There is no learner "". Known: class, s, t, x.'),
        ({"arm": "A"}, {},
         ("Uplift is of one arm against one held out, and the targets are in: A. "
          "Name the arm, and the one to compare it with.")),
        ({"is_responder": False}, {},
         ('Not enough data: of 204 targets in the arm "A" 0 responded. '
          "A model needs 20 at least that did, and 20 that did not, in each arm.")),
    ],
)  # fmt: skip
def test_what_cannot_be_modelled_is_refused(change: dict[str, Any], call: dict[str, Any], text: str) -> None:
    with pytest.raises(MeasureError) as refused:
        uplift(campaign(400).assign(**change), "holdout", **{"fields": ["city"], **call})
    assert str(refused.value) == text


def test_what_was_filled_after_the_campaign_began_is_refused() -> None:
    frame = campaign()
    with pytest.raises(
        MeasureError, match=r"The arms differ in visited more than chance makes them differ\. Leave out"
    ):
        uplift(frame.assign(visited=frame["is_responder"]), "holdout", ["city", "visited"])
