"""The hand-written statements asked of ClickHouse, in this process, where the package chdb is installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Any

import workbench as wb
from benchmarks import narrow
from benchmarks.engines import Answer
from benchmarks.questions import Question

_UNKNOWN_TEXT = "LowCardinality(Nullable(String))"
TABLES = {
    "contact": f"""(contact_id Int32, type LowCardinality(String), city {_UNKNOWN_TEXT}, country_code {_UNKNOWN_TEXT},
        age_band {_UNKNOWN_TEXT}, loyalty_points Nullable(Float64), joined_on Nullable(Date32), email Nullable(String),
        is_excluded_from_segments Bool, is_privacy_blocked Bool) ENGINE MergeTree ORDER BY contact_id""",
    "interaction": """(contact_id Int32, interaction_template_code LowCardinality(String),
        information_flow LowCardinality(String), occurred_at DateTime64(6), is_canceled Bool, is_postponed Bool)
        ENGINE MergeTree ORDER BY (interaction_template_code, occurred_at)""",
    "sales_entry": """(contact_id Int32, posted_at DateTime64(6), department LowCardinality(String),
        sales_amount Decimal(18, 4)) ENGINE MergeTree ORDER BY posted_at""",
}


def missing() -> str:
    """Say why ClickHouse cannot be asked.

    Returns
    -------
    str
        Empty where it can.
    """
    return "" if find_spec("chdb") else "the package chdb is not installed"


@contextmanager
def opened(bench: wb.Workbench) -> Iterator[Answer]:
    """Load the store's columns into a database of its own.

    Parameters
    ----------
    bench : Workbench
        The store.

    Yields
    ------
    callable
        Answers a question.
    """
    from chdb import session

    with TemporaryDirectory() as folder, session.Session(folder) as clickhouse:
        clickhouse.query("CREATE DATABASE benchmark ENGINE Atomic")
        clickhouse.query("USE benchmark")
        clickhouse.query("SET session_timezone = 'UTC'")
        with narrow.files(bench, "parquet") as files:
            for table, layout in TABLES.items():
                clickhouse.query(f"CREATE TABLE {table} {layout}")
                source = f"file('{files[table]}', Parquet)"
                clickhouse.query(f"INSERT INTO {table} SELECT {narrow.COLUMNS[table]} FROM {source}")
        yield lambda question: _asked(clickhouse, question)


def _asked(clickhouse: Any, question: Question) -> int:
    return int(str(clickhouse.query(question.sql, "CSV")))
