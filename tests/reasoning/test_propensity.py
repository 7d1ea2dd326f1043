"""How likely somebody does something: the choice, the test, the figures and the reasons."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from pipelines.errors import MeasureError
from pipelines.propensity import PropensityFigures, propensity
from pipelines.propensity_figures import by_decile, calibrated, ranked
from pipelines.propensity_models import MODELS, candidates, chances, fitted, log_odds, prepared
from pipelines.propensity_reasons import contributions, reasons, typical
from pipelines.response import wilson

MEANINGS = {"spent": "sales value", "days": "days since the last purchase", "city": "city", "is_new": "new"}


def world(size: int = 600, seed: int = 3) -> pd.DataFrame:
    """Contacts after two cuts: those who spent much, lately, in Prague, do it."""
    chance = np.random.default_rng(seed)
    spent, days = chance.gamma(2, 50, size), chance.integers(0, 200, size).astype("float64")
    days[chance.random(size) < 0.2] = np.nan
    city = chance.choice(["Prague", "Brno"], size)
    odds = -3 + spent / 50 - np.nan_to_num(days, nan=300) / 100 + (city == "Prague")
    return pd.DataFrame({
        "contact_id": np.arange(size) // 2 + 1, "cut": np.where(np.arange(size) % 2, "2026-02-01", "2026-01-01"),
        "is_positive": chance.random(size) < 1 / (1 + np.exp(-odds)), "spent": spent, "days": days,
        "city": pd.Series(city, dtype="str").mask(chance.random(size) < 0.1), "is_new": chance.random(size) < 0.5,
        "same": spent, "constant": 1.0,
    })  # fmt: skip


def modelled(examples: pd.DataFrame, **more: object) -> PropensityFigures:
    scored = examples[examples["cut"] == examples["cut"].max()]
    meanings = {**MEANINGS, "same": "the same", "constant": "nothing"}
    return propensity(examples, scored, meanings, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module", name="found")
def once_modelled() -> PropensityFigures:
    return modelled(world())


def test_the_last_cut_is_the_test_and_had_no_say_in_the_choice(found: PropensityFigures) -> None:
    assert (found.tested, found.learned_count, found.tested_count) == ("out_of_time", 300, 300)
    assert found.auc_low < found.auc < found.auc_high
    assert found.auc > 0.75
    best = found.models.sort_values("log_loss").to_dict("records")[0]
    assert best["is_chosen"]
    assert found.models["is_chosen"].sum() == 1
    assert found.chosen == f"{best['model']}, {best['setting']}"
    assert set(found.others["model"]) == set(MODELS)
    assert found.others["auc"].iloc[0] == found.auc


def test_what_is_held_out_is_never_learned_from() -> None:
    examples = world(300)
    flipped = examples.assign(is_positive=examples["is_positive"] ^ (examples["cut"] == "2026-02-01"))
    one, two = (modelled(rows, models=["logistic"], is_last_held_out=True) for rows in (examples, flipped))
    assert one.models.equals(two.models)
    assert one.scores.equals(two.scores)
    assert one.auc == pytest.approx(1 - two.auc)


def test_scores_are_of_everybody_with_reasons_in_words(found: PropensityFigures) -> None:
    scores = found.scores
    assert scores["contact_id"].tolist() == list(range(1, 301))
    assert scores["probability"].between(0, 1).all()
    assert scores.groupby("decile")["probability"].mean().is_monotonic_decreasing
    best = scores.sort_values("probability").iloc[-1]
    said = " ".join(str(best[name]) for name in ("reason_1", "reason_2", "reason_3"))
    assert "sales value: " in said
    assert "(multiplies the odds by " in said
    assert set(found.drivers["feature"]) == {"spent", "days", "city", "is_new"}, "what says nothing new is left out"
    assert found.drivers["feature"].iloc[-1] == "is_new"
    assert found.unexplained_count == 0


@settings(max_examples=3)
@given(seed=st.integers(0, 10_000), unit=st.sampled_from([0.01, 25.3, 1000.0]))
def test_order_of_rows_and_units_of_money_change_nothing(seed: int, unit: float) -> None:
    examples = world(240, 1)
    other = examples.sample(frac=1, random_state=seed)
    other["spent"] *= unit
    other["same"] *= unit
    one, two = (modelled(rows, models=["logistic"]) for rows in (examples, other))
    assert one.auc == pytest.approx(two.auc)
    assert one.scores["probability"].tolist() == pytest.approx(two.scores["probability"].tolist(), abs=1e-6)


def test_boosting_does_not_ask_for_the_unit_either() -> None:
    examples = world(300)
    one = modelled(examples, models=["boosting"])
    two = modelled(examples.assign(spent=examples["spent"] * 4, same=0.0), models=["boosting"])
    assert one.scores["probability"].tolist() == pytest.approx(two.scores["probability"].tolist())


def test_one_cut_is_tested_by_cross_validation() -> None:
    found = modelled(world(300).assign(cut="2026-01-01", contact_id=np.arange(300)), models=["logistic"])
    assert (found.tested, found.learned_count, found.tested_count) == ("cross_validated", 300, 300)
    assert found.auc == pytest.approx(found.models.loc[found.models["is_chosen"], "auc"].iloc[0])


def test_where_nobody_did_it_later_there_is_no_area() -> None:
    examples = world(300)
    examples.loc[examples["cut"] == "2026-02-01", "is_positive"] = False
    found = modelled(examples, models=["logistic"])
    assert np.isnan(found.auc)
    assert np.isnan(found.calibration.slope)
    assert found.calibration.observed_rate == 0


@given(seed=st.integers(0, 10_000), ties=st.booleans())
def test_the_area_is_the_share_of_pairs_in_the_right_order(seed: int, ties: bool) -> None:
    chance = np.random.default_rng(seed)
    chances_, did = chance.random(40), np.arange(40) < 15
    chances_ = chances_.round(1) if ties else chances_
    yes, no = chances_[did], chances_[~did]
    wins = (yes[:, None] > no) + 0.5 * (yes[:, None] == no)
    area, low, high = ranked(chances_, did)
    assert area == pytest.approx(wins.mean())
    spread = np.sqrt(wins.mean(axis=1).var(ddof=1) / 15 + wins.mean(axis=0).var(ddof=1) / 25)
    assert high - low <= 2 * 1.959964 * spread + 1e-9
    assert low == pytest.approx(max(0, area - 1.959964 * spread), abs=1e-6)


def test_intervals_of_the_area_hold_the_truth_as_often_as_they_say() -> None:
    chance = np.random.default_rng(11)
    truth, held = 0.7602499, 0  # of two normal distributions one standard deviation apart
    for _ in range(400):
        did = np.arange(160) < 60
        _, low, high = ranked(chance.normal(size=160) + did, did)
        held += low <= truth <= high
    assert 0.92 <= held / 400 <= 0.98


def test_true_chances_are_calibrated_and_exaggerated_ones_are_not() -> None:
    chance = np.random.default_rng(7)
    logits = chance.normal(-1, 1.2, 4000)
    true = 1 / (1 + np.exp(-logits))
    did = chance.random(4000) < true
    right, loud = calibrated(true, did), calibrated(1 / (1 + np.exp(-2 * logits)), did)
    assert right.slope_low < 1 < right.slope_high
    assert loud.slope == pytest.approx(right.slope / 2, rel=1e-6)
    assert right.brier < loud.brier
    assert right.brier < right.brier_of_rate == pytest.approx(did.mean() * (1 - did.mean()))
    assert np.isnan(calibrated(np.full(50, 0.5), np.arange(50) < 20).slope)
    assert np.isnan(calibrated(np.r_[np.full(25, 0.1), np.full(25, 0.9)], np.arange(50) >= 25).slope)


def test_tenths_add_up_to_everybody() -> None:
    chances_ = np.linspace(0, 1, 200)
    did = chances_ > 0.8
    table = by_decile(chances_, did)
    assert table["decile"].tolist() == list(range(1, 11))
    assert (table["contacts"].sum(), table["positives"].sum()) == (200, 40)
    assert table["lift"].tolist()[:3] == [5, 5, 0]
    assert table["positives_share"].tolist()[1:] == [1] * 9
    assert tuple(table.loc[0, ["rate_low", "rate_high"]]) == wilson(20, 20)
    assert by_decile(np.full(50, 0.1), did[-50:])["contacts"].tolist() == [50], "equal chances are in one tenth"


@pytest.mark.parametrize("model", MODELS)
def test_reasons_add_up_to_the_difference_from_somebody_typical(model: str) -> None:
    examples = world(200)
    rows, did = prepared(examples[list(MEANINGS)]), examples["is_positive"].to_numpy()
    one, reference = candidates([model], 0)[0], typical(rows)
    with threadpool_limits(1):
        fit = fitted(one, rows, did)
        found = contributions(lambda some: log_odds(fit, some), rows, reference, model == "logistic", 0)
    start = log_odds(fit, pd.DataFrame([reference]).astype(rows.dtypes.to_dict()))
    assert (found.sum(axis=1) + start[0]).tolist() == pytest.approx(log_odds(fit, rows).tolist())
    assert 1 / (1 + np.exp(-log_odds(fit, rows))) == pytest.approx(chances(fit, rows))
    is_typical = rows["city"] == reference["city"]
    assert (found.loc[is_typical, "city"] == 0).all(), "what is as with everybody is no reason"


def test_somebody_typical_and_reasons_in_words() -> None:
    rows = pd.DataFrame({"spent": [1.0, 3.0, 1234.5], "days": [np.nan, np.nan, 4.0], "city": ["B", "A", "A"]})
    assert typical(rows)["spent"] == 3
    assert np.isnan(typical(rows)["days"])
    assert typical(rows)["city"] == "A"
    effects = pd.DataFrame({"spent": [0.0, 0.001, 1.0], "days": [-0.7, 0.0, 0.1], "city": [0.02, 0.0, -2.0]})
    said = reasons(effects, rows, {"spent": "sales value", "days": "days since"})
    assert said["reason_1"].tolist() == [
        "days since: never or unknown (multiplies the odds by 0.5)", None, "city: A (multiplies the odds by 0.14)"
    ]  # fmt: skip
    assert said["reason_2"].tolist()[2] == "sales value: 1,234.5 (multiplies the odds by 2.7)"
    assert said["reason_3"].isna().tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("change", "models", "text"),
    [
        ({"is_positive": False}, MODELS,
         ("Not enough data: of 150 examples 0 did it. A model needs 20 at least that did, and 20 that did not. Take "
          "more cuts, a longer window or other campaigns.")),
        ({"spent": 1.0, "same": 1.0, "days": 1.0, "city": "Brno", "is_new": True}, MODELS,
         "No feature tells contacts apart. Name others, or take an earlier day to learn from."),
        ({}, ["logistics"], 'There is no model "logistics". Did you mean "logistic"?'),
    ],
)  # fmt: skip
def test_what_cannot_be_learned_is_refused(change: dict[str, Any], models: list[str], text: str) -> None:
    with pytest.raises(MeasureError) as refused:
        modelled(world(300).assign(**change), models=models)
    assert str(refused.value) == text
