"""Arms drawn by hash: the same again, whatever else is there."""

from __future__ import annotations

import hashlib

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipelines.holdout import HELD_OUT, arms, draws, places

KEYS = st.lists(st.text(min_size=1, max_size=6), unique=True, min_size=1, max_size=40)
SHARE = st.floats(0, 0.99)
TWO = {"a": 1.0, "b": 2.0}


def units(keys: list[str], strata: bool = False) -> pd.DataFrame:
    frame = pd.DataFrame({"key": pd.Series(keys, dtype="str")})
    return frame.assign(stratum=[str(len(key) % 2) for key in keys]) if strata else frame


def many(count: int) -> list[str]:
    return [f"C{number:05}" for number in range(count)]


def test_a_draw_is_eight_digits_of_the_hash_as_sql_and_a_spreadsheet_have_them() -> None:
    keys = np.array(["ann@x.org", "žofie@x.org"], dtype=object)
    by_hand = [int(hashlib.sha256(f"CP1:{key}".encode()).hexdigest()[:8], 16) / 16**8 for key in keys]
    query = "SELECT ('0x' || sha256('CP1:' || ?)[1:8])::BIGINT / 4294967296.0"
    by_sql = [duckdb.execute(query, [key]).fetchall()[0][0] for key in keys]

    assert draws("CP1", keys)[:, HELD_OUT].tolist() == by_hand == by_sql
    assert draws("CP1", keys, "2").tolist() == draws("2:CP1", keys).tolist() != draws("CP1", keys).tolist()


@settings(max_examples=25, deadline=None)
@given(keys=KEYS, low=SHARE, high=SHARE, strata=st.booleans())
def test_a_larger_share_only_adds_and_leaves_the_others_in_their_variant(
    keys: list[str], low: float, high: float, strata: bool
) -> None:
    small, large = (arms(units(keys, strata), "CP1", share, TWO) for share in sorted((low, high)))
    assert large[small == "holdout"].eq("holdout").all()
    stay = large != "holdout"
    assert large[stay].equals(small[stay])


@settings(max_examples=25, deadline=None)
@given(keys=KEYS, share=SHARE, strata=st.booleans(), data=st.data())
def test_the_order_of_rows_does_not_matter(keys: list[str], share: float, strata: bool, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(keys))
    one, other = (arms(units(order, strata), "CP1", share, TWO) for order in (keys, shuffled))
    assert one.sort_index().equals(other.sort_index())


@settings(max_examples=25, deadline=None)
@given(keys=KEYS, share=SHARE)
def test_without_strata_others_do_not_matter(keys: list[str], share: float) -> None:
    whole = arms(units(keys), "CP1", share, TWO)
    half = arms(units(keys[::2]), "CP1", share, TWO)
    assert whole[half.index].equals(half)


@settings(max_examples=25, deadline=None)
@given(count=st.integers(1, 200), share=st.floats(0.01, 0.99))
def test_a_stratum_holds_its_share_but_for_rounding(count: int, share: float) -> None:
    keys = many(count)
    frame = units(keys).assign(stratum="only")
    held_out = int((arms(frame, "CP1", share, TWO) == "holdout").sum())
    assert held_out in (int(np.floor(share * count)), int(np.ceil(share * count)))


def test_small_strata_are_held_out_as_often_as_large_ones() -> None:
    keys = many(4000)
    frame = units(keys).assign(stratum=[key[:-1] for key in keys])  # 400 strata of ten, of which one twentieth is half
    held_out = int((arms(frame, "CP1", 0.05, TWO) == "holdout").sum())
    assert stats.binomtest(held_out, 400, 0.5).pvalue > 0.01


def test_shares_come_out_as_planned() -> None:
    counts = arms(units(many(20_000)), "CP1", 0.1, {"a": 1, "b": 2}).value_counts()
    expected = [2000, 6000, 12000]
    assert stats.chisquare(counts.loc[["holdout", "a", "b"]], expected).pvalue > 0.01


def test_campaigns_and_seeds_draw_apart() -> None:
    keys = units(many(4000))
    first, second, seeded = (
        arms(keys, number, 0.5, {"a": 1}, seed) == "holdout" for number, seed in [("A", ""), ("B", ""), ("A", "2")]
    )
    for other in (second, seeded):
        assert stats.binomtest(int((first == other).sum()), 4000, 0.5).pvalue > 0.01


def test_nobody_and_nothing() -> None:
    assert arms(units([]), "CP1", 0.5, {"a": 1}).empty
    assert arms(units(many(50)), "CP1", 0, {"a": 1}).eq("a").all()
    assert places(np.array([0.25]), None, "CP1").tolist() == [0.25]
    assert places(np.empty(0), np.empty(0, dtype=object), "CP1").tolist() == pytest.approx([])
