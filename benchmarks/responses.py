"""Measure a campaign, and time it beside the same arithmetic written by hand in DuckDB SQL, in one run.

python -m benchmarks.responses
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import workbench as wb
from benchmarks import memory
from benchmarks.timing import best

AS_OF = dt.date(2025, 2, 1)
RULE: dict[str, Any] = {
    "response": {"related": "sales_entry"}, "window_days": 14, "revenue": {},
    "shares": {"A": 45, "B": 45, "holdout": 10},
}  # fmt: skip
# Drawn by hash: who is in which arm, and who buys when.
_MADE = (
    """
    INSERT INTO contact (contact_id, contact_no, type)
    SELECT i, 'CT' || lpad(i::VARCHAR, 8, '0'), 'person' FROM range(1, {targets} + 1) r(i)
    """,
    """
    INSERT INTO campaign_target SELECT i, i, 'BENCH',
        CASE WHEN hash(i) % 100 < 10 THEN 'holdout' WHEN hash(i) % 100 < 55 THEN 'A' ELSE 'B' END, DATE '2025-01-01'
    FROM range(1, {targets} + 1) r(i)
    """,
    """
    INSERT INTO sales_entry (entry_no, contact_id, posted_at, sales_amount)
    SELECT i, 1 + hash(i, 1) % {targets}, TIMESTAMP '2024-12-20' + to_minutes((hash(i, 2) % 60000)::BIGINT),
        5 + (hash(i, 3) % 20000)::DECIMAL(18, 4) / 100
    FROM range(1, {targets} * 2 // 5 + 1) r(i)
    """,
)
_BY_HAND = """
    WITH target AS (
        SELECT contact_id, arm, targeted_on FROM campaign_target
        WHERE campaign_no = 'BENCH' AND targeted_on <= DATE '2025-02-01'
    ),
    bought AS (
        SELECT s.contact_id, sum(s.sales_amount)::DOUBLE AS revenue
        FROM sales_entry s JOIN target t USING (contact_id)
        WHERE s.posted_at >= t.targeted_on AND s.posted_at < t.targeted_on + 15 GROUP BY s.contact_id
    ),
    arm AS (
        SELECT t.arm, count(*)::DOUBLE AS n, count(b.contact_id)::DOUBLE AS x, avg(coalesce(b.revenue, 0)) AS mean,
            var_samp(coalesce(b.revenue, 0)) AS variance, 1.959963984540054 AS z
        FROM target t LEFT JOIN bought b USING (contact_id) GROUP BY t.arm
    ),
    rate AS (
        SELECT *, x / n AS p, (x / n + z * z / (2 * n)) / (1 + z * z / n) AS centre,
            z * sqrt(x / n * (1 - x / n) / n + z * z / (4 * n * n)) / (1 + z * z / n) AS half
        FROM arm
    )
    SELECT a.arm, a.n, a.x, a.p, a.centre - a.half AS low, a.centre + a.half AS high, a.p - h.p AS lift,
        a.p - h.p - sqrt((a.p - a.centre + a.half) ** 2 + (h.centre + h.half - h.p) ** 2) AS lift_low,
        a.p - h.p + sqrt((a.centre + a.half - a.p) ** 2 + (h.p - h.centre + h.half) ** 2) AS lift_high,
        a.mean - h.mean AS revenue_lift, (a.mean - h.mean) / sqrt(a.variance / a.n + h.variance / h.n) AS t
    FROM rate a CROSS JOIN (SELECT * FROM rate WHERE arm = 'holdout') h WHERE a.arm <> 'holdout' ORDER BY a.arm
"""
_SAME = {
    "n": "target_count", "x": "responder_count", "lift": "absolute_lift", "lift_low": "absolute_low",
    "lift_high": "absolute_high", "revenue_lift": "revenue_lift", "t": "revenue_t",
}  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Seconds that each way took.

    Attributes
    ----------
    targets, sales : int
        Rows of the tables.
    sql_seconds : float
        The statement written by hand, from opening the store to closing it.
    measure_seconds : float
        `bench.campaigns.measure`: one row for each target, and from it everything the statement gives, with p values,
        ratios, bootstrap, sample ratio and response curve.
    peak_mb : int or None
        Greatest resident size of the process.
    """

    targets: int
    sales: int
    sql_seconds: float
    measure_seconds: float
    peak_mb: int | None

    @property
    def ratio(self) -> float:
        """How many times as long as the statement measuring takes."""
        return self.measure_seconds / self.sql_seconds


def measured(bench: wb.Workbench, targets: int, repeat: int) -> Figures:
    """Measure both ways.

    Parameters
    ----------
    bench : Workbench
        As from `store`.
    targets : int
        How many it holds.
    repeat : int
        Runs of each, of which the shortest counts.

    Returns
    -------
    Figures
        What it took.

    Raises
    ------
    AssertionError
        When the two ways do not give the same figures.
    """
    rows, sql_seconds = best(lambda: _by_hand(bench), repeat)
    found, measure_seconds = best(lambda: bench.campaigns.measure("BENCH", AS_OF, rule=RULE), repeat)
    lifts = found.lifts.sort_values("arm").to_dict("records")
    for ours, theirs in zip(lifts, rows, strict=True):
        for name, column in _SAME.items():
            assert math.isclose(ours[column], theirs[name], rel_tol=1e-6), (column, ours[column], theirs[name])
    return Figures(targets, targets * 2 // 5, sql_seconds, measure_seconds, memory.peak_mb())


def store(targets: int, path: Path) -> wb.Workbench:
    """Make a store with a campaign.

    Parameters
    ----------
    targets : int
        How many contacts it targets.
    path : pathlib.Path
        Where; a store that is there is taken as it is.

    Returns
    -------
    Workbench
        On the store.
    """
    is_there = path.exists()
    bench = wb.open(path)
    if not is_there:
        with bench.database.writing() as con:
            for statement in _MADE:
                con.execute(statement.format(targets=targets))
    return bench


def _by_hand(bench: wb.Workbench) -> list[dict[str, Any]]:
    with bench.database.reading() as con:
        return con.execute(_BY_HAND).df().to_dict("records")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print what it took.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the command line where absent.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--targets", type=int, default=5_000_000, help="contacts of the campaign")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, of which the shortest counts")
    parser.add_argument("--json", type=Path, help="write the figures to a file as well")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bench = store(given.targets, Path(folder) / "campaign.duckdb")
        found = measured(bench, given.targets, given.repeat)
    print(f"{found.targets:,} targets, {found.sales:,} sales; best of {given.repeat}")
    print(f"by hand in SQL  {found.sql_seconds:8.2f} s")
    print(f"measure         {found.measure_seconds:8.2f} s, {found.ratio:.2f} times the statement, "
          f"peak memory {found.peak_mb} MB")  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps({**asdict(found), "ratio": found.ratio}), encoding="utf-8")


if __name__ == "__main__":
    main()
