"""Measure how many known duplicates are found, and how many wrong ones, beside what is published.

python -m benchmarks.duplicates
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

import workbench as wb
from benchmarks import febrl


@dataclass(frozen=True)
class Figures:
    """What was found in one data set.

    Attributes
    ----------
    found, wrong : int
        True and false pairs from the threshold up.
    at_precision_one : int
        True pairs that are surer than the surest false one.
    links : int
        True pairs there are.
    candidate_count : int
        Pairs that were compared.
    seconds : float
        How long it took.
    """

    found: int
    wrong: int
    at_precision_one: int
    links: int
    candidate_count: int
    seconds: float

    @property
    def precision(self) -> float:
        """Share of the pairs found that are true."""
        return self.found / max(self.found + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Share of the true pairs that are found."""
        return self.found / self.links


def measured(bench: wb.Workbench, name: str, threshold: float, *, with_number: bool) -> Figures:
    """Look for the duplicates of a data set.

    Parameters
    ----------
    bench : Workbench
        With the data set in it.
    name : str
        ``"febrl1"`` or ``"febrl4"``.
    threshold : float
        The lowest score.
    with_number : bool
        Whether the social security number is compared.

    Returns
    -------
    Figures
        What was found.
    """
    fields = febrl.NUMBER if with_number else None
    start = time.perf_counter()
    search = bench.duplicates.find("fuzzy", threshold=threshold, fields=fields, dry_run=True)
    seconds = time.perf_counter() - start
    everything = bench.duplicates.find("fuzzy", threshold=1e-6, fields=fields, dry_run=True)
    true, in_order = febrl.are_same(search.pairs), febrl.are_same(everything.pairs)
    before_false = int(np.argmin(in_order)) if not in_order.all() else len(in_order)
    return Figures(
        int(true.sum()), int((~true).sum()), before_false, febrl.LINKS[name], search.candidate_counts["fuzzy"], seconds
    )


def compared_with_each(name: str) -> tuple[float, int, int]:
    """Compare each contact with each as one text, the plain way to use rapidfuzz.

    Parameters
    ----------
    name : str
        A data set that is small enough.

    Returns
    -------
    tuple of float, int and int
        Seconds, pairs compared, and true pairs at precision 1.
    """
    rows = febrl.read(name)
    texts = rows.drop(columns=["contact_no", "soc_sec_id", "name"]).fillna("").agg(" ".join, axis=1).tolist()
    start = time.perf_counter()
    scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, dtype=np.float32)
    one, other = np.triu_indices(len(texts), k=1)
    seconds = time.perf_counter() - start
    order = np.argsort(-scores[one, other], kind="stable")[: 2 * febrl.LINKS[name]]
    numbers = rows["contact_no"].str.extract(r"^rec-(\d+)-")[0].to_numpy()
    is_true = numbers[one[order]] == numbers[other[order]]
    return seconds, len(one), int(np.argmin(is_true))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures.

    Parameters
    ----------
    arguments : sequence of str, optional
        Of the command line.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threshold", type=float, default=0.9)
    parser.add_argument("--sets", default="febrl1,febrl4")
    chosen = parser.parse_args(arguments)
    print(f"{'data':8}{'compared by':28}{'found':>14}{'wrong':>7}{'precision':>11}{'at precision 1':>16}"
          f"{'published':>11}{'compared':>11}{'seconds':>9}")  # fmt: skip
    for name in chosen.sets.split(","):
        bench = febrl.loaded(name)
        for with_number in (True, False):
            told = measured(bench, name, chosen.threshold, with_number=with_number)
            fields = "all fields" if with_number else "without the social security no"
            _print(name, fields, told)
            if name == "febrl1" and not with_number:
                _print_each(name, told)


def _print(name: str, fields: str, told: Figures) -> None:
    found = f"{told.found:,} of {told.links:,}"
    print(f"{name:8}{fields:31}{found:>14}{told.wrong:>7}{told.precision:>11.4f}{told.at_precision_one:>13,}"
          f"{febrl.PUBLISHED[name]:>11,}{told.candidate_count:>11,}{told.seconds:>9.2f}")  # fmt: skip


def _print_each(name: str, told: Figures) -> None:
    seconds, count, at_one = compared_with_each(name)
    ours = (
        f"{count / told.candidate_count:,.0f} times as many pairs, ours takes {told.seconds / seconds:.2f} of its time"
    )
    print(f"{name:8}each with each as one text: {at_one:,} at precision 1, {seconds:.2f} seconds; {ours}")


if __name__ == "__main__":
    main()
