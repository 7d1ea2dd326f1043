"""What is kept between counts: small, within its room, and never mistaken for something else."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import pytest

import workbench as wb
from pipelines.membership import Mask
from workbench.segments.masks import MaskCache

AS_OF = dt.date(2025, 1, 1)


def every(nth: int, size: int = 800_000) -> Mask:
    """A mask of every so manieth contact."""
    return np.arange(size) % nth == 0


def never() -> npt.NDArray[np.bool_]:
    raise AssertionError("made again")


@pytest.fixture
def bench() -> wb.Workbench:
    bench = wb.open(":memory:")
    with bench.database.writing() as con:
        con.execute(
            "INSERT INTO contact BY NAME SELECT i::INTEGER AS contact_id, 'C' || i AS contact_no, 'person' AS type, "
            "CASE WHEN i % 2 = 0 THEN 'x@y.example' END AS email FROM range(1, 80001) t(i)"
        )
        con.execute(
            "INSERT INTO interaction BY NAME SELECT i AS entry_no, (1 + i % 80000)::INTEGER AS contact_id, "
            "TIMESTAMP '2024-12-01' AS occurred_at FROM range(400000) t(i)"
        )
    return bench


def counting(at_least: int) -> dict[str, object]:
    return {"related": "interaction", "op": "at_least", "value": at_least}


def test_a_mask_takes_one_bit_for_each_contact_and_comes_back_the_same() -> None:
    cache = MaskCache(room=1_000_000)
    for size in (0, 1, 7, 8, 9, 800_000):
        given = cache.get(size, lambda size=size: every(3, size))
        kept = cache.get(size, never)
        assert kept.dtype == np.bool_
        assert kept.tolist() == given.tolist() == every(3, size).tolist()
    assert cache.bytes == 0 + 1 + 1 + 1 + 2 + 100_000


def test_nothing_kept_can_be_written_to() -> None:
    cache = MaskCache(room=1_000_000)
    for mask in (cache.get("mask", lambda: every(3)), cache.get("mask", never)):
        with pytest.raises(ValueError, match="read-only"):
            mask[0] = False


def test_masks_and_values_share_one_room_and_the_least_recently_used_leaves_first() -> None:
    cache = MaskCache(room=300_000)
    cache.get("first", lambda: every(2))
    cache.get("second", lambda: every(3))
    cache.get("first", never)
    cache.get("values", lambda: np.ones(150_000, dtype=np.uint8))
    assert cache.bytes == 250_000
    cache.get("first", never)
    cache.get("values", never)
    with pytest.raises(AssertionError, match="made again"):
        cache.get("second", never)


def test_what_is_larger_than_the_room_is_handed_out_and_not_kept() -> None:
    cache = MaskCache(room=99_999)
    assert cache.get("mask", lambda: every(2)).sum() == 400_000
    assert cache.bytes == 0


def test_sums_beyond_64_bits_are_counted_with_what_their_numbers_take() -> None:
    cache = MaskCache(room=1_000_000)
    cache.get("sums", lambda: np.array([2**70, 0], dtype=object))
    assert cache.bytes == 2 * (8 + 40)


def test_ten_rules_on_eighty_thousand_contacts_keep_a_bit_or_a_byte_for_each(bench: wb.Workbench) -> None:
    rules = [{"field": "contact_no", "op": "starts_with", "value": f"C{digit}"} for digit in range(1, 6)]
    rules += [counting(number) for number in range(2, 7)]  # one array of counts, five masks
    bench.segments.count({"steps": [{"add": {"any": rules}}]}, AS_OF)
    bits, channels = 80_001 // 8 + 1, 4
    assert bench.segments._evaluator.cache.bytes == (10 + channels) * bits + 80_001


def test_the_environment_decides_the_room(bench: wb.Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_MASKS_MB", "1")
    assert MaskCache().room == 1_000_000
    monkeypatch.setenv("WORKBENCH_MASKS_MB", "0")
    assert bench.segments.count({"steps": [{"add": {"all": [counting(5)]}}]}, AS_OF).total == 80_000
    assert bench.segments._evaluator.cache.bytes == 0
    monkeypatch.setenv("WORKBENCH_MASKS_MB", "much")
    with pytest.raises(wb.ConfigError, match='WORKBENCH_MASKS_MB is "much", which is no number of megabytes'):
        MaskCache()
