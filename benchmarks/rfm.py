"""Score customers by recency, frequency and monetary value, beside one DuckDB statement written by hand, in one run.

python -m benchmarks.rfm
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

import workbench as wb
from benchmarks import memory
from benchmarks.timing import best

AS_OF = dt.date(2025, 1, 1)
# Drawn by hash: who buys, when and for how much.
_MADE = (
    """
    INSERT INTO contact (contact_id, contact_no, type)
    SELECT i, 'CT' || lpad(i::VARCHAR, 8, '0'), 'person' FROM range(1, {customers} + 1) r(i)
    """,
    """
    INSERT INTO sales_entry (entry_no, contact_id, posted_at, sales_amount)
    SELECT i, 1 + hash(i, 1) % {customers}, TIMESTAMP '2023-01-01' + to_seconds((hash(i, 2) % 63072000)::BIGINT),
        5 + (hash(i, 3) % 20000)::DECIMAL(18, 4) / 100
    FROM range(1, {sales} + 1) r(i)
    """,
)
# The same bins as the workbench: a figure at a quantile is in the bin below it.
_BY_HAND = """
    WITH figure AS (
        SELECT contact_id, DATE '2025-01-01' - max(posted_at)::DATE AS recency, count(*) AS frequency,
            sum(sales_amount)::DOUBLE AS monetary
        FROM sales_entry WHERE posted_at < TIMESTAMP '2025-01-02' GROUP BY contact_id
    ),
    cut AS (
        SELECT quantile_cont(recency, [0.2, 0.4, 0.6, 0.8]) AS r, quantile_cont(frequency, [0.2, 0.4, 0.6, 0.8]) AS f,
            quantile_cont(monetary, [0.2, 0.4, 0.6, 0.8]) AS m
        FROM figure
    ),
    score AS (
        SELECT contact_id, recency, frequency, monetary,
            5 - (recency > r[1])::INT - (recency > r[2])::INT - (recency > r[3])::INT - (recency > r[4])::INT
                AS r_score,
            1 + (frequency > f[1])::INT + (frequency > f[2])::INT + (frequency > f[3])::INT + (frequency > f[4])::INT
                AS f_score,
            1 + (monetary > m[1])::INT + (monetary > m[2])::INT + (monetary > m[3])::INT + (monetary > m[4])::INT
                AS m_score
        FROM figure CROSS JOIN cut
    )
    SELECT *, r_score || '' || f_score || m_score AS rfm_score, CASE
        WHEN r_score = 5 AND f_score >= 4 THEN 'Champions'
        WHEN r_score IN (3, 4) AND f_score >= 4 THEN 'Loyal customers'
        WHEN r_score >= 4 AND f_score IN (2, 3) THEN 'Potential loyalists'
        WHEN r_score = 5 THEN 'New customers' WHEN r_score = 4 THEN 'Promising'
        WHEN r_score = 3 AND f_score = 3 THEN 'Need attention' WHEN r_score = 3 THEN 'About to sleep'
        WHEN f_score = 5 THEN 'Cannot lose them' WHEN f_score >= 3 THEN 'At risk' ELSE 'Hibernating' END AS name
    FROM score ORDER BY contact_id
"""
_SAME = {
    "contact_id": "contact_id", "recency": "recency_days", "frequency": "frequency", "monetary": "monetary",
    "r_score": "recency_score", "f_score": "frequency_score", "m_score": "monetary_score",
}  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Seconds that each way took.

    Attributes
    ----------
    customers, sales : int
        Rows of the tables.
    sql_seconds : float
        The statement written by hand, from opening the store to closing it: a row for each customer.
    score_seconds : float
        `bench.scores.run` without writing: the same rows, and figures by name, by score and by cell besides.
    written_seconds : float
        The same with writing: the rows as the run of the day.
    peak_mb : int or None
        Greatest resident size of the process.
    """

    customers: int
    sales: int
    sql_seconds: float
    score_seconds: float
    written_seconds: float
    peak_mb: int | None

    @property
    def ratio(self) -> float:
        """How many times as long as the statement scoring takes."""
        return self.score_seconds / self.sql_seconds


def measured(bench: wb.Workbench, customers: int, sales: int, repeat: int) -> Figures:
    """Measure both ways.

    Parameters
    ----------
    bench : Workbench
        As from `store`.
    customers, sales : int
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
        When the two ways do not give the same rows.
    """
    rows, sql_seconds = best(lambda: _by_hand(bench), repeat)
    found, score_seconds = best(lambda: bench.scores.run("rfm", AS_OF, counted_by="entry", dry_run=True), repeat)
    for theirs, ours in _SAME.items():
        assert np.array_equal(rows[theirs].to_numpy(), found.rows[ours].to_numpy()), ours
    for theirs, ours in (("rfm_score", "rfm_score"), ("name", "segment")):
        assert (rows[theirs].astype("str") == found.rows[ours]).all(), ours
    _, written_seconds = best(lambda: bench.scores.run("rfm", AS_OF, counted_by="entry"), 1)
    return Figures(customers, sales, sql_seconds, score_seconds, written_seconds, memory.peak_mb())


def store(customers: int, sales: int, path: Path) -> wb.Workbench:
    """Make a store with purchases.

    Parameters
    ----------
    customers, sales : int
        How many.
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
                con.execute(statement.format(customers=customers, sales=sales))
    return bench


def _by_hand(bench: wb.Workbench) -> pd.DataFrame:
    with bench.database.reading() as con:
        found: pd.DataFrame = con.sql(_BY_HAND).to_arrow_table().to_pandas()
        return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print what it took.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the command line where absent.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000, help="contacts with purchases")
    parser.add_argument("--sales", type=int, default=20_000_000, help="purchases of all of them")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, of which the shortest counts")
    parser.add_argument("--db", type=Path, help="where the store is kept for the next run; else it is thrown away")
    parser.add_argument("--json", type=Path, help="write the figures to a file as well")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bench = store(given.customers, given.sales, given.db or Path(folder) / "rfm.duckdb")
        found = measured(bench, given.customers, given.sales, given.repeat)
    print(f"{found.customers:,} customers, {found.sales:,} purchases; best of {given.repeat}")
    print(f"by hand in SQL  {found.sql_seconds:8.2f} s")
    print(f"score run       {found.score_seconds:8.2f} s, {found.ratio:.2f} times the statement")
    print(f"and written     {found.written_seconds:8.2f} s, peak memory {found.peak_mb} MB")
    if given.json:
        given.json.write_text(json.dumps({**asdict(found), "ratio": found.ratio}), encoding="utf-8")


if __name__ == "__main__":
    main()
