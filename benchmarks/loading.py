"""Load a file of contacts, and time it beside DuckDB's bare COPY of the same file in the same run.

python -m benchmarks.loading
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

import workbench as wb
from benchmarks import memory

_HEADERS = (
    "No.", "Type", "First name", "Surname", "E-Mail", "Phone No.", "Address", "City", "Post Code",
    "Country/Region Code", "Language Code", "Salesperson Code",
)  # fmt: skip
_FIRST = ("Ada", "Bo", "Cyril", "Dana", "Eda", "Filip", "Grace", "Hana", "Ivo", "Jana", "Karel", "Lída")
_LAST = ("Novák", "Svoboda", "García", "Okoye", "Sato", "Petrov", "Haddad", "Nair", "Berg", "Kos", "Prieto")
_PLACES = (("Brno", "60200", "CZ"), ("Sevilla", "41001", "ES"), ("Leeds", "LS1 4AP", "GB"), ("Oslo", "0150", "NO"))


@dataclass(frozen=True)
class Figures:
    """Seconds that each way took.

    Attributes
    ----------
    rows : int
        Contacts in the file.
    megabytes : float
        Size of the file.
    copy_seconds : float
        DuckDB's COPY into an empty table of texts, from opening a new database to closing it.
    load_seconds : float
        Loading into an empty store: read, mapped, checked, compared, written.
    again_seconds : float
        Loading the same file again, which changes nothing.
    unnumbered_seconds : float
        Loading the file without its numbers into an empty store, so that the series gives them.
    tellings : int
        How often the load told how far it was.
    peak_mb : int or None
        Greatest resident size of the process after the first load.
    """

    rows: int
    megabytes: float
    copy_seconds: float
    load_seconds: float
    again_seconds: float
    unnumbered_seconds: float
    tellings: int
    peak_mb: int | None

    @property
    def ratio(self) -> float:
        """How many times as long as COPY the load takes."""
        return self.load_seconds / self.copy_seconds


def measured(folder: Path, rows: int) -> Figures:
    """Load a file both ways.

    Parameters
    ----------
    folder : pathlib.Path
        Where the file and the stores are made.
    rows : int
        How many contacts.

    Returns
    -------
    Figures
        What it took.

    Raises
    ------
    AssertionError
        When the two ways do not hold the same contacts.
    """
    file, unnumbered = folder / "contacts.csv", folder / "unnumbered.csv"
    _write(file, rows, first=0)
    _write(unnumbered, rows, first=1)
    copy_seconds = _timed(lambda: _copy(file, folder / "copy.duckdb"))
    bench, told = wb.open(folder / "store.duckdb"), []
    load_seconds = _timed(lambda: bench.sources.load("contact", file, progress=lambda *done: told.append(done)))
    peak_mb = memory.peak_mb()
    again_seconds = _timed(lambda: bench.sources.load("contact", file))
    _agree(bench, folder / "copy.duckdb")
    other = wb.open(folder / "other.duckdb")
    unnumbered_seconds = _timed(lambda: other.sources.load("contact", unnumbered))
    size = file.stat().st_size / 1e6
    return Figures(rows, size, copy_seconds, load_seconds, again_seconds, unnumbered_seconds, len(told), peak_mb)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _write(path: Path, rows: int, first: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADERS[first:])
        writer.writerows(_row(number)[first:] for number in range(rows))


def _row(number: int) -> tuple[str, ...]:
    given, surname = _FIRST[number * 7 % len(_FIRST)], _LAST[number * 5 % len(_LAST)]
    city, post_code, country = _PLACES[number * 3 % len(_PLACES)]
    return (
        f"K{number:08}", "person", given, surname, f"{surname}.{number}@mail.example".lower(),
        f"+420 {600_000_000 + number}", f"Long Street {number % 997}", city, post_code, country,
        "ENU", f"SP{number % 40:02}",
    )  # fmt: skip


def _copy(file: Path, store: Path) -> None:
    with duckdb.connect(store) as con:
        con.execute(f"CREATE TABLE contact ({', '.join(f'c{place} VARCHAR' for place in range(len(_HEADERS)))})")
        con.execute(f"COPY contact FROM '{file}' (HEADER)")


def _agree(bench: wb.Workbench, copy: Path) -> None:
    with duckdb.connect(copy, read_only=True) as con:
        copied = con.execute("SELECT count(*), bit_xor(hash(c0, c4, c8)) FROM contact").fetchone()
    with bench.database.reading() as con:
        loaded = con.execute("SELECT count(*), bit_xor(hash(contact_no, email, post_code)) FROM contact").fetchone()
    if copied != loaded:
        raise AssertionError(f"COPY and the load do not hold the same contacts: {copied}, {loaded}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures.

    Parameters
    ----------
    arguments : sequence of str, optional
        As on the command line.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="contacts in the file")
    parser.add_argument("--json", type=Path, help="write the figures to a file as well")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="workbench-") as folder:
        told = measured(Path(folder), chosen.rows)
    print(f"{told.rows:,} contacts of {len(_HEADERS)} columns, {told.megabytes:,.0f} MB, {wb.__version__}")
    print(f"COPY         {told.copy_seconds:8.2f} s")
    print(f"load         {told.load_seconds:8.2f} s, {told.ratio:.1f} times COPY; progress told {told.tellings} times")
    print(f"load again   {told.again_seconds:8.2f} s, nothing to write")
    print(f"unnumbered   {told.unnumbered_seconds:8.2f} s, numbers of the series")
    print(f"peak memory  {told.peak_mb or 0:8,} MB")
    if chosen.json:
        chosen.json.write_text(json.dumps(asdict(told) | {"ratio": told.ratio}, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
