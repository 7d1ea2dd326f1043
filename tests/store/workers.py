"""Processes that use one store at the same time: ``python -m tests.store.workers write|read PATH …``.

A writer writes units of several rows on one contact list named ``writer-unit-rows`` and says so on its
standard output after each commit, one line a unit. A reader counts again and again and says at the end
how often. Both end with exit code 1 and the error when anything is wrong.
"""

from __future__ import annotations

import argparse
import random
import sys

from workbench import clock
from workbench.errors import WorkbenchError
from workbench.store import Connection, Database

PARTIAL = """
SELECT list_name FROM contact_list GROUP BY list_name
HAVING count(*) <> CAST(split_part(list_name, '-', 3) AS BIGINT)
"""


class InconsistentError(Exception):
    """A reader saw what no reader may see."""


def write(database: Database, writer: int, seconds: float, most_rows: int) -> None:
    """Write units until the time is over; after each commit print its name and its milliseconds."""
    draw = random.Random(writer)  # noqa: S311
    end, unit = clock.seconds() + seconds, 0
    while clock.seconds() < end:
        name = f"{writer}-{unit}-{draw.randint(2, most_rows)}"
        began = clock.seconds()
        write_unit(database, name)
        print(name, round((clock.seconds() - began) * 1000), flush=True)
        unit += 1


def write_unit(database: Database, name: str) -> None:
    """Write the rows of one unit with two statements."""
    rows = int(name.split("-")[2])
    statement = "INSERT INTO contact_list SELECT range, range, ? FROM range(?)"
    with database.writing() as con:
        con.execute(statement, [name, 1])
        con.execute(statement, [name, rows - 1])


def read(database: Database, seconds: float) -> None:
    """Count until the time is over and print how often and the longest milliseconds."""
    end, counted, times, longest = clock.seconds() + seconds, 0, 0, 0.0
    while clock.seconds() < end:
        began = clock.seconds()
        counted = count_once(database, at_least=counted)
        longest = max(longest, clock.seconds() - began)
        times += 1
    print(times, round(longest * 1000), flush=True)


def count_once(database: Database, at_least: int) -> int:
    """Count the rows; nothing acknowledged may vanish, no unit be half there, no count change meanwhile."""
    with database.reading() as con:
        counted, revision = _count(con), database.revision()
        partial = con.execute(PARTIAL).fetchall()
        if partial or counted < at_least or (counted, revision) != (_count(con), database.revision()):
            raise InconsistentError(f"{counted} rows, before {at_least}, partial {partial}, revision {revision}")
    return counted


def _count(con: Connection) -> int:
    rows: list[tuple[int]] = con.execute("SELECT count(*) FROM contact_list").fetchall()
    return rows[0][0]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("work", choices=("write", "read"))
    parser.add_argument("path")
    parser.add_argument("--number", type=int, default=0, help="of the worker")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--most-rows", type=int, default=20, help="in a unit")
    options = parser.parse_args()
    database = Database(options.path)
    try:
        if options.work == "write":
            write(database, options.number, options.seconds, options.most_rows)
        else:
            read(database, options.seconds)
    except (WorkbenchError, InconsistentError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
