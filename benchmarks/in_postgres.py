"""The hand-written statements asked of PostgreSQL, where psql is installed and reaches a server.

psql takes from the environment which server that is: PGHOST, PGPORT, PGUSER, PGDATABASE.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import workbench as wb
from benchmarks import narrow
from benchmarks.engines import Answer

SCHEMA = "workbench_benchmark"
_FLAG = "boolean NOT NULL"
TABLES = {
    "contact": f"""(contact_id integer PRIMARY KEY, type text NOT NULL, city text, country_code text, age_band text,
        loyalty_points double precision, joined_on date, email text,
        is_excluded_from_segments {_FLAG}, is_privacy_blocked {_FLAG})""",
    "interaction": f"""(contact_id integer NOT NULL, interaction_template_code text, information_flow text,
        occurred_at timestamp NOT NULL, is_canceled {_FLAG}, is_postponed {_FLAG})""",
    "sales_entry": """(contact_id integer NOT NULL, posted_at timestamp NOT NULL, department text,
        sales_amount numeric(18, 4))""",
}
# What somebody would add who asks such questions every day: each is answered from an index alone.
INDEXES = (
    "interaction (interaction_template_code, occurred_at) INCLUDE (contact_id)",
    "interaction (occurred_at) INCLUDE (contact_id, information_flow, is_canceled, is_postponed)",
    "sales_entry (posted_at) INCLUDE (contact_id, department, sales_amount)",
)


def missing() -> str:
    """Say why PostgreSQL cannot be asked.

    Returns
    -------
    str
        Empty where it can.
    """
    if not shutil.which("psql"):
        return "psql is not installed"
    try:
        _asked("SELECT 1")
    except subprocess.CalledProcessError:
        return "psql reaches no server; PGHOST and PGUSER say which"
    return ""


@contextmanager
def opened(bench: wb.Workbench) -> Iterator[Answer]:
    """Load the store's columns into a schema of its own, which is gone afterwards.

    Parameters
    ----------
    bench : Workbench
        The store.

    Yields
    ------
    callable
        Answers a question, connecting for each.
    """
    _asked(f"CREATE SCHEMA {SCHEMA}")
    try:
        with narrow.files(bench, "csv") as files:
            for table, layout in TABLES.items():
                _asked(f"CREATE TABLE {table} {layout}")
                _asked(f"\\copy {table} FROM '{files[table]}' CSV HEADER")
        for index in INDEXES:
            _asked(f"CREATE INDEX ON {index}")
        _asked("VACUUM ANALYZE")
        yield lambda question: int(_asked(question.sql))
    finally:
        _asked(f"DROP SCHEMA {SCHEMA} CASCADE")


def _asked(statement: str) -> str:
    command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", statement]
    environment = {**os.environ, "PGOPTIONS": f"-c search_path={SCHEMA} -c client_min_messages=error"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout.strip()  # noqa: S603
