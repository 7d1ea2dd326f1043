"""Figures of a campaign from one row for each target."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from pipelines.errors import FrameError, MeasureError
from pipelines.lift import holm
from pipelines.measurement import figures
from pipelines.response_counts import response_counts
from pipelines.response_curve import response_curve
from pipelines.response_rule import Costs
from pipelines.sample_ratio import sample_ratio
from pipelines.subgroups import parted


def targets(*arms: tuple[str, int, int], **columns: Any) -> pd.DataFrame:
    """Make targets: for each arm, how many and how many of them responded."""
    rows = [(arm, number < responders) for arm, count, responders in arms for number in range(count)]
    frame = pd.DataFrame(rows, columns=["arm", "is_responder"])
    return frame.assign(contact_id=np.arange(1, len(frame) + 1), **columns)


SENT = (("A", 2000, 240), ("B", 2000, 170), ("holdout", 2000, 160))


def test_each_arm_has_its_rate_of_targets() -> None:
    arms = figures(targets(*SENT), "holdout").arms.set_index("arm")
    assert arms["target_count"].to_dict() == {"A": 2000, "B": 2000, "holdout": 2000}
    assert arms.loc["A", "response_rate"] == 0.12
    assert arms.loc["A", ["rate_low", "rate_high"]].tolist() == pytest.approx([0.1065, 0.1350], abs=5e-5)
    assert math.isnan(arms.loc["A", "delivered_count"]), "nothing tells who got it"


def test_each_arm_is_compared_with_whom_was_held_out() -> None:
    lifts = figures(targets(*SENT), "holdout").lifts.set_index("arm")
    assert lifts.index.tolist() == ["A", "B"]
    assert lifts.loc["A", "absolute_lift"] == pytest.approx(0.04)
    assert lifts.loc["A", "incremental_responses"] == pytest.approx(80)
    assert lifts.loc["A", "incremental_low"] == pytest.approx(2000 * lifts.loc["A", "absolute_low"])
    assert lifts["verdict"].to_dict() == {"A": "more", "B": "not_enough_data"}
    assert (lifts["p_adjusted"] >= lifts["p_value"]).all()


def test_nothing_is_compared_without_a_holdout() -> None:
    for frame in (targets(("A", 20, 3), ("B", 20, 5)), targets(("holdout", 20, 5)), targets()):
        found = figures(frame, "holdout", by=["arm"])
        assert found.against is None
        assert found.lifts.empty
        assert found.subgroups.empty


@pytest.mark.parametrize(
    ("frame", "shares", "verdict"),
    [
        (targets(("A", 900, 10), ("holdout", 900, 90)), None, "fewer"),
        (targets(("A", 90, 12), ("holdout", 10, 0)), None, "not_enough_data"),
        (targets(("A", 2000, 400), ("holdout", 2000, 100), is_open=True), None, "too_early"),
        (targets(("A", 2300, 400), ("holdout", 2000, 100)), {"A": 1, "holdout": 1}, "sizes_off"),
        (targets(("A", 2030, 400), ("holdout", 2000, 100)), {"A": 1, "holdout": 1}, "more"),
    ],
)
def test_a_winner_is_only_named_where_one_can_be(frame: pd.DataFrame, shares: Any, verdict: str) -> None:
    assert figures(frame, "holdout", shares=shares).lifts["verdict"].tolist() == [verdict]


def test_revenue_is_compared_per_target_and_with_the_past_taken_out() -> None:
    chance = np.random.default_rng(5)
    earlier = chance.gamma(2, 30, 4000)
    frame = targets(("A", 2000, 200), ("holdout", 2000, 100), pre_period_amount=earlier)
    frame["revenue_amount"] = earlier + chance.gamma(2, 5, 4000) + 2 * (frame["arm"] == "A")
    lift = figures(frame, "holdout").lifts.iloc[0]
    assert lift["revenue_low"] < lift["revenue_lift"] < lift["revenue_high"]
    assert lift["cuped_low"] < 2 < lift["cuped_high"]
    assert lift["cuped_high"] - lift["cuped_low"] < 0.4 * (lift["revenue_high"] - lift["revenue_low"])
    assert 0 < lift["variance_kept"] < 0.1
    assert lift["incremental_revenue"] == pytest.approx(2000 * lift["revenue_lift"])
    assert (lift["bootstrap_low"], lift["bootstrap_high"]) == pytest.approx(
        (lift["revenue_low"], lift["revenue_high"]), abs=0.7
    )


def test_costs_are_set_against_what_would_not_have_come() -> None:
    frame = targets(("A", 1000, 200), ("B", 1000, 100), ("holdout", 1000, 100), cost_amount=0.5)
    frame["revenue_amount"] = np.where(frame["is_responder"], 30.0, 0.0)
    costs = Costs(fixed_amount=400, per_target_amount=0.1, per_response_amount=1, margin_rate=0.5)
    found = figures(frame, "holdout", costs)
    spent = found.arms.set_index("arm")["cost_amount"]
    assert spent.to_dict() == pytest.approx({"A": 200 + 100 + 200 + 500, "B": 200 + 100 + 100 + 500, "holdout": 500})
    lifts = found.lifts.set_index("arm")
    assert lifts.loc["A", "cost_per_incremental_response"] == pytest.approx(1000 / 100)
    assert lifts.loc["A", "roi"] == pytest.approx((3000 * 0.5 - 1000) / 1000)
    low, high = (
        lifts.loc["A", "cost_per_incremental_response_low"],
        lifts.loc["A", "cost_per_incremental_response_high"],
    )
    assert low < 10 < high < math.inf
    assert math.isnan(lifts.loc["B", "cost_per_incremental_response"])
    assert lifts.loc["B", "cost_per_incremental_response_high"] == math.inf


def test_recorded_costs_are_left_out_where_asked() -> None:
    frame = targets(("A", 10, 2), ("holdout", 10, 1), cost_amount=0.5)
    assert figures(frame, "holdout", Costs(recorded=False)).arms["cost_amount"].tolist() == [0, 0]


def test_parts_of_the_targets_are_compared_each_with_its_own() -> None:
    frame = pd.concat([
        targets(("A", 1000, 200), ("holdout", 1000, 100)).assign(city="Prague"),
        targets(("A", 1000, 110), ("holdout", 1000, 100)).assign(city="Brno"),
        targets(("A", 10, 1)).assign(city=None),
    ], ignore_index=True)  # fmt: skip
    parts = figures(frame.assign(contact_id=frame.index), "holdout", by=["city"]).subgroups
    assert parts[["field", "value"]].values.tolist() == [["city", "Brno"], ["city", "Prague"]]
    assert parts["absolute_lift"].tolist() == pytest.approx([0.01, 0.1])
    assert parts["p_differs"].tolist() == pytest.approx([2.0e-5] * 2, abs=5e-6)
    assert parts["p_adjusted"].tolist() == pytest.approx(holm(parts["p_value"]))


def test_targets_without_what_is_needed_are_refused() -> None:
    with pytest.raises(FrameError, match=r"The targets have no column is_responder\."):
        figures(targets(*SENT).drop(columns="is_responder"), "holdout")


def test_holm_is_that_of_his_paper() -> None:
    """S. Holm (1979) by hand: 3 x 0.01, 2 x 0.03, never less than the one before."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == []
    values = [0.2, 0.001, 0.04, 0.04, 0.9]
    assert holm(values) == pytest.approx(multipletests(values, method="holm")[1])


def test_sample_ratio_alarm_is_pearsons_test() -> None:
    """A. Fabijan and others (2019): 821,588 against 815,482 users of a test planned half and half."""
    found = sample_ratio({"A": 821_588, "B": 815_482}, {"A": 50, "B": 50})
    assert found.p_value == pytest.approx(1.8e-6, rel=0.05)
    assert found.is_mismatch
    assert not sample_ratio({"A": 90, "B": 10}, {"A": 9, "B": 1}).is_mismatch
    assert sample_ratio({"A": 3}, {"A": 1}).p_value == 1


def test_an_arm_that_was_drawn_and_is_empty_is_an_alarm() -> None:
    assert sample_ratio({"A": 50}, {"A": 1, "holdout": 1}).is_mismatch


@pytest.mark.parametrize(
    ("shares", "text"),
    [
        ({"A": 1, "hold-out": 1}, 'No share was planned for the arm "holdout". Did you mean "hold-out"?'),
        ({"A": 1, "holdout": 0}, 'The share of the arm "holdout" is 0. Give a share above 0.'),
    ],
)
def test_shares_that_do_not_fit_are_refused(shares: dict[str, float], text: str) -> None:
    with pytest.raises(MeasureError) as refused:
        sample_ratio({"A": 5, "holdout": 5}, shares)
    assert str(refused.value) == text


def test_curve_ends_at_the_rate_where_all_were_watched() -> None:
    frame = targets(("A", 4, 2)).assign(response_days=[0, 2, np.nan, np.nan], watched_days=3.0)
    curve = response_curve(frame)
    assert curve["day"].tolist() == [0, 1, 2, 3]
    assert curve["watched_count"].tolist() == [4, 3, 3, 2]
    assert curve["response_rate"].tolist() == pytest.approx([0.25, 0.25, 0.5, 0.5])
    assert ((curve["rate_low"] <= curve["response_rate"]) & (curve["response_rate"] <= curve["rate_high"])).all()


def test_curve_is_the_kaplan_meier_estimate_of_the_leukaemia_trial() -> None:
    """E. A. Gehan (1965), Biometrika 52, 203-223: 21 patients on 6-MP, weeks of remission, + still watched."""
    weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    frame = targets(("6-MP", 21, 9)).assign(
        response_days=[*map(float, weeks), *[np.nan] * 12], watched_days=[*[35.0] * 9, *map(float, still)]
    )
    curve = response_curve(frame).set_index("day")
    staying = 1 - curve["response_rate"]
    published = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert staying[list(published)].to_dict() == pytest.approx(published, abs=5e-4)
    assert curve.loc[22, "watched_count"] == 7


def test_undated_targets_are_in_no_curve() -> None:
    frame = targets(("A", 2, 1)).assign(response_days=np.nan, watched_days=np.nan)
    assert response_curve(frame).empty


def test_responses_are_counted_by_contact_by_company_and_by_entry() -> None:
    frame = targets(("A", 4, 2)).assign(company=["C1", "C1", "C1", None], response_count=[2, 3, 0, 0])
    found = response_counts(frame).set_index("by")
    assert found["target_count"].to_dict() == {"contact": 4, "company": 2, "entry": 4}
    assert found["response_count"].to_dict() == {"contact": 2, "company": 1, "entry": 5}
    assert math.isnan(found.loc["entry", "response_rate"]), "five entries of four targets are no rate"
    assert response_counts(frame.head(0))["response_count"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("values", "parts"),
    [
        (["b", None, "a"], ["b", "unknown", "a"]),
        ([True, False, None], ["yes", "no", "unknown"]),
        ([1.5, 2.0, None], ["1.5", "2", "unknown"]),
        ([float(n) for n in range(1, 17)], [f"{n} to {n + 3}" for n in (1, 5, 9, 13) for _ in range(4)]),
        ([*"aabcdefghijklmn"], [*"aabcdefghijk", "other", "other", "other"]),
    ],
)
def test_values_part_targets_into_a_handful(values: list[Any], parts: list[str]) -> None:
    assert parted(pd.Series(values)).tolist() == parts


def test_revenue_lift_changes_sign_when_arms_swap() -> None:
    frame = targets(("A", 300, 30), ("holdout", 200, 10))
    frame["revenue_amount"] = np.where(frame["is_responder"], frame["contact_id"] % 7 + 1.0, 0.0)
    one, other = (figures(frame, against).lifts.iloc[0] for against in ("holdout", "A"))
    for name in ("revenue", "bootstrap"):
        assert one[f"{name}_low"] == pytest.approx(-other[f"{name}_high"])
    assert one["revenue_lift"] == pytest.approx(-other["revenue_lift"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A", "holdout"]), st.booleans()), min_size=2))
def test_figures_change_sign_when_arms_swap_and_hold_in_any_order(rows: list[tuple[str, bool]]) -> None:
    frame = pd.DataFrame(rows, columns=["arm", "is_responder"]).assign(contact_id=range(len(rows)))
    one, other = figures(frame, "holdout"), figures(frame, "A")
    shuffled = figures(frame.sample(frac=1, random_state=1), "holdout")
    assert (one.arms["response_rate"] <= 1).all()
    pd.testing.assert_frame_equal(shuffled.arms, one.arms)
    pd.testing.assert_frame_equal(shuffled.lifts, one.lifts)
    assert one.lifts.get("absolute_lift", pd.Series()).tolist() == pytest.approx(
        [-lift for lift in other.lifts.get("absolute_lift", [])]
    )
