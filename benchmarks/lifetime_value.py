"""Fit BG/NBD to CDNOW's 2,357 customers, and time it beside the library `lifetimes` in one run; then to many customers.

pip install lifetimes  # not needed for anything else, and left out where absent
python -m benchmarks.lifetime_value
"""

from __future__ import annotations

import argparse
import json
import math
import os
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import memory
from benchmarks.timing import best
from pipelines.lifetime_value import discounted_purchases, fitted
from pipelines.lifetime_value_histories import Histories

PARAMETERS = ("r", "alpha", "a", "b")


@dataclass(frozen=True)
class Figures:
    """Seconds that each way took.

    Attributes
    ----------
    customers : int
        CDNOW's, or as many drawn.
    fit_seconds : float
        Counting histories and fitting with standard errors.
    lifetimes_seconds : float or None
        The library's fit of the same customers; none where it is not installed.
    many, histories : int
        Customers drawn, and how many different histories they have.
    many_seconds, expect_seconds : float
        Counting and fitting those, and expecting what each of them buys in 52 weeks, discounted.
    peak_mb : int or None
        Greatest resident size of the process.
    """

    customers: int
    fit_seconds: float
    lifetimes_seconds: float | None
    many: int
    histories: int
    many_seconds: float
    expect_seconds: float
    peak_mb: int | None

    @property
    def ratio(self) -> float | None:
        """How many times as long the library takes."""
        return self.lifetimes_seconds and self.lifetimes_seconds / self.fit_seconds


def cdnow() -> pd.DataFrame | None:
    """Read CDNOW's customers.

    Returns
    -------
    pandas.DataFrame or None
        `frequency`, `recency` and `T` in weeks; none where the file is neither in the shared data nor in the library.
    """
    named = os.environ.get("WORKBENCH_SHARED_DATA", str(Path(__file__).parents[2] / "shared" / "data"))
    path = Path(named) / "cdnow" / "cdnow_customers_summary.csv"
    return pd.read_csv(path) if path.is_file() else None


def drawn(size: int, seed: int = 1) -> pd.DataFrame:
    """Draw customers of two years who buy at their own pace and leave at any time.

    Parameters
    ----------
    size : int
        How many.
    seed : int, optional
        Of the draw.

    Returns
    -------
    pandas.DataFrame
        `frequency`, `recency` and `T` in weeks, known by the day.
    """
    chance = np.random.default_rng(seed)
    rate, leaving = chance.gamma(0.6, 1 / 8, size), chance.gamma(0.7, 1 / 12, size)
    age = chance.integers(1, 730, size)
    there = np.minimum(chance.exponential(1 / leaving) * 7, age)
    count = chance.poisson(rate * there / 7)
    last = np.ceil(there * chance.random(size) ** (1 / np.maximum(count, 1)))
    return pd.DataFrame({
        "frequency": count, "recency": np.where(count > 0, np.minimum(last, age), 0) / 7, "T": age / 7,
    })  # fmt: skip


def measured(size: int, repeat: int) -> Figures:
    """Measure both ways, and ours on many customers.

    Parameters
    ----------
    size : int
        Customers to draw.
    repeat : int
        Runs of the small fits, of which the shortest counts.

    Returns
    -------
    Figures
        Both have to agree on every parameter.
    """
    found = cdnow()
    rows = drawn(2357) if found is None else found
    (_, fit), seconds = best(lambda: fitted("bg_nbd", histories(rows)), repeat)
    library = fit_by_library(rows, repeat)
    if library is not None:
        for name in PARAMETERS:
            assert math.isclose(fit.values[name], library[0][name], rel_tol=1e-3), name
    many = drawn(size)
    (counted, (model, _)), many_seconds = best(lambda: _counted_and_fitted(many), 1)
    _, expect_seconds = best(lambda: discounted_purchases(model, counted, 52, 0.002), 1)
    return Figures(
        len(rows), seconds, library and library[1], size, len(counted.x), many_seconds, expect_seconds, memory.peak_mb()
    )


def histories(rows: pd.DataFrame) -> Histories:
    """Count the different histories of customers.

    Parameters
    ----------
    rows : pandas.DataFrame
        `frequency`, `recency`, `T`.

    Returns
    -------
    Histories
        As models take them.
    """
    return Histories.of(rows["frequency"], rows["recency"], rows["T"])


def _counted_and_fitted(rows: pd.DataFrame) -> tuple[Histories, Any]:
    counted = histories(rows)
    return counted, fitted("bg_nbd", counted)


def fit_by_library(rows: pd.DataFrame, repeat: int) -> tuple[dict[str, float], float] | None:
    """Fit by the library `lifetimes`.

    Parameters
    ----------
    rows : pandas.DataFrame
        `frequency`, `recency`, `T`.
    repeat : int
        Runs, of which the shortest counts.

    Returns
    -------
    tuple of dict and float, or None
        Parameters and seconds; none where the library is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is no longer maintained, and numpy tells it so
        try:
            from lifetimes import BetaGeoFitter
        except ImportError:
            return None
        fit, seconds = best(lambda: BetaGeoFitter().fit(rows["frequency"], rows["recency"], rows["T"]), repeat)
    return {name: float(fit.params_[name]) for name in PARAMETERS}, seconds


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print what it took.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the command line where absent.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000, help="customers to draw")
    parser.add_argument("--repeat", type=int, default=5, help="runs of the small fits, of which the shortest counts")
    parser.add_argument("--json", type=Path, help="write the figures to a file as well")
    given = parser.parse_args(arguments)
    found = measured(given.customers, given.repeat)
    print(f"BG/NBD of {found.customers:,} customers; best of {given.repeat}")
    print(f"ours       {found.fit_seconds:7.3f} s")
    if found.lifetimes_seconds is None:
        print("lifetimes  left out: it is not installed")
    else:
        print(f"lifetimes  {found.lifetimes_seconds:7.3f} s, {found.ratio:.1f} times as long")
    print(f"{found.many:,} customers, {found.histories:,} histories: fitted in {found.many_seconds:.1f} s, 52 weeks "
          f"expected in {found.expect_seconds:.1f} s, peak memory {found.peak_mb} MB")  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps({**asdict(found), "ratio": found.ratio}), encoding="utf-8")


if __name__ == "__main__":
    main()
