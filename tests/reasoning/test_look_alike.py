"""Who is like the members of a segment: they are ranked first, and what ranking would have found is told honestly."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import MeasureError
from pipelines.look_alike import look_alikes


def people(size: int = 600) -> pd.DataFrame:
    """A tenth of them are of a kind: they spend about 300 and are about 60."""
    chance = np.random.default_rng(8)
    spent, age = chance.exponential(100, size), chance.normal(40, 10, size)
    of_a_kind = np.arange(size) % 10 == 0
    spent[of_a_kind], age[of_a_kind] = chance.normal(300, 20, size // 10), chance.normal(60, 2, size // 10)
    return pd.DataFrame({"spent": spent, "age": age}, index=pd.RangeIndex(1, size + 1))


def half_of_the_kind(frame: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.asarray((frame.index - 1) % 20 == 0)


def test_the_other_half_of_a_kind_comes_first() -> None:
    frame = people()
    found = look_alikes(frame, half_of_the_kind(frame))
    first = found.rows.nlargest(30, "likeness")
    assert ((first["contact_id"] - 1) % 10 == 0).mean() > 0.8
    assert len(found.rows) == 570
    assert not ((found.rows["contact_id"] - 1) % 20 == 0).any(), "the seed itself is not ranked"
    assert found.seed_count == 30
    assert found.auc_low > 0.9


def test_recall_grows_to_everybody_and_is_held_out() -> None:
    frame = people()
    curve = look_alikes(frame, half_of_the_kind(frame)).recall
    assert curve["recall"].is_monotonic_increasing
    assert curve.iloc[-1][["base_share", "recall", "lift"]].tolist() == [1, 1, 1]
    assert ((curve["recall_low"] <= curve["recall"]) & (curve["recall"] <= curve["recall_high"])).all()
    assert curve["lift"].tolist() == pytest.approx((curve["recall"] / curve["base_share"]).tolist())


def test_a_seed_drawn_by_chance_is_found_no_better_than_by_chance() -> None:
    frame = people(1500)
    drawn = np.random.default_rng(4).random(1500) < 0.2
    found = look_alikes(frame, drawn)
    assert found.auc_low < 0.5 < found.auc_high


def test_ranks_are_shares_of_the_base_with_the_recall_that_belongs_to_them() -> None:
    frame = people()
    rows = look_alikes(frame, half_of_the_kind(frame)).rows.sort_values("likeness", ascending=False)
    assert rows["base_share"].is_monotonic_increasing
    assert rows["recall"].is_monotonic_increasing
    assert rows["base_share"].iloc[-1] == 1
    assert (rows["base_share"] > 0).all()


def test_order_and_currency_change_nothing() -> None:
    frame = people()
    one = look_alikes(frame, half_of_the_kind(frame))
    mixed = frame.assign(spent=frame["spent"] * 8).sample(frac=1, random_state=1)
    other = look_alikes(mixed, half_of_the_kind(mixed))
    pd.testing.assert_frame_equal(one.rows, other.rows)
    pd.testing.assert_frame_equal(one.recall, other.recall)


def test_the_seed_is_told_by_what_is_special_about_it() -> None:
    frame = people()
    profile = look_alikes(frame, half_of_the_kind(frame)).profile
    oldest = profile[profile["feature"] == "age"].iloc[-1]
    assert oldest["members"] == 30
    assert oldest["over_index"] == pytest.approx(5)


def test_a_feature_that_makes_the_seed_is_told() -> None:
    frame = people().assign(city=np.where(np.arange(600) % 20, "Brno", "Prague"), noise=np.arange(600) % 7)
    alone = look_alikes(frame, half_of_the_kind(frame)).alone
    assert alone["feature"].tolist() == ["city", "age", "spent", "noise"]
    assert alone["auc"].iloc[0] == 1
    assert alone["auc"].between(0.5, 1).all()
    assert alone["auc"].iloc[-1] < 0.6


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=60, max_size=90))
def test_contacts_that_are_equal_have_an_equal_likeness(values: list[int]) -> None:
    frame = pd.DataFrame({"visits": [*values, 0, 1]}, index=pd.RangeIndex(len(values) + 2))
    is_seed = np.arange(len(frame)) % 3 == 0
    rows = look_alikes(frame, is_seed).rows
    alike = rows.groupby(frame["visits"][~is_seed].to_numpy())["likeness"]
    assert (alike.max() - alike.min() < 1e-9).all()


@pytest.mark.parametrize(
    ("size", "rows", "text"),
    [
        (7, 600, "The seed has 7 members, too few to tell who is like them. Take a segment of 20 members at least."),
        (590, 600, "Beside the seed there are 10 contacts, too few to rank. Take a larger base, or exclude fewer."),
    ],
)
def test_too_small_seeds_and_bases_are_refused(size: int, rows: int, text: str) -> None:
    with pytest.raises(MeasureError) as caught:
        look_alikes(people(rows), np.arange(rows) < size)
    assert str(caught.value) == text


def test_features_that_are_the_same_for_everybody_are_refused() -> None:
    frame = pd.DataFrame({"visits": [1.0] * 60})
    with pytest.raises(MeasureError) as caught:
        look_alikes(frame, np.arange(60) < 30)
    assert str(caught.value) == (
        "The features are the same for every contact. Take features in which contacts differ."
    )  # fmt: skip
