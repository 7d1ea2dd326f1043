"""Making the demo: load, define, export; a second time changes nothing."""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.bench import Workbench
from workbench.demo import journey_tables
from workbench.demo.example_segments import SEGMENTS
from workbench.exporting import verify_manifest

AS_OF = journey_tables.AS_OF
TARGET_SEGMENT = "grocery-families-to-win"
TARGET_COLUMNS = ("contact_no", "name", "age", "income", "kids_count", "sales_amount", "last_sale_on")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class DemoReceipt:
    """What the demo consists of and where it is.

    Attributes
    ----------
    store : str
        The store.
    as_of : datetime.date
        The day its figures are of.
    rows : dict of str to int
        Rows by table.
    segments : dict of str to int
        Members of each example segment.
    definitions : tuple of str
        Their files.
    target_list : str
        The exported file; its manifest lies beside it.
    loaded_now : bool
        False when everything was there already.
    """

    store: str
    as_of: dt.date
    rows: dict[str, int]
    segments: dict[str, int]
    definitions: tuple[str, ...]
    target_list: str
    loaded_now: bool

    def to_dict(self) -> dict[str, Any]:
        """Write the receipt as plain JSON values.

        Returns
        -------
        dict
            One key for each attribute.
        """
        return {**asdict(self), "as_of": self.as_of.isoformat()}

    def frame(self) -> pd.DataFrame:
        """Show rows and members as a table.

        Returns
        -------
        pandas.DataFrame
            Columns what, count.
        """
        return pd.DataFrame(list({**self.rows, **self.segments}.items()), columns=["what", "count"])

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.store)} as of {self.as_of.isoformat()}</b>{self.frame().to_html(index=False)}"


def make(bench: Workbench, definitions: Path, exports: Path, progress: Progress) -> DemoReceipt:
    """Make the demo in a store, or see that it is there.

    Parameters
    ----------
    bench : Workbench
        On the store it goes into.
    definitions : pathlib.Path
        The folder for the example segments as YAML.
    exports : pathlib.Path
        The folder for the target list.
    progress : callable
        Called with the table, rows done and rows in all; what it raises cancels.

    Returns
    -------
    DemoReceipt
        What is there now.

    Raises
    ------
    SourceError
        When the package with the data is not installed.
    """
    source = journey_tables.folder()
    loaded_now = _load(bench, source, progress)
    files = tuple(str(_define(bench, definitions, segment)) for segment in SEGMENTS)
    target_list = _export(bench, exports / f"{TARGET_SEGMENT}.csv")
    figures = bench.overview.figures(AS_OF)
    return DemoReceipt(
        store=bench.database.path,
        as_of=AS_OF,
        rows={table: figures.row_count(table) for table in journey_tables.TABLES},
        segments={segment.name: bench.segments.count(segment.name, AS_OF).total for segment in SEGMENTS},
        definitions=files,
        target_list=str(target_list),
        loaded_now=loaded_now,
    )


def _load(bench: Workbench, source: Path, progress: Progress) -> bool:
    """Load the tables unless they are there; sales come last, so an interrupted demo goes on where it stopped."""
    figures = bench.overview.figures(AS_OF)
    if figures.row_count("sales_entry") >= journey_tables.sales_count(source):
        return False
    bench.setup.set("time_zone", journey_tables.TIME_ZONE)
    bench.setup.set("currency_code", "USD")
    bench.setup.set("as_of", AS_OF)
    _name_codes(bench)
    for table, read in journey_tables.TABLES.items():
        progress(table, 0, 1)
        frame = read(source)
        bench.sources.load(
            table, frame, new_fields="add", progress=lambda done, of, name=table: progress(name, done, of)
        )
    return True


def _name_codes(bench: Workbench) -> None:
    for table, rows in journey_tables.CODES.items():
        for code, description in rows:
            bench.codes.save(table, code, description=description)
    bench.sources.load("interaction_template", journey_tables.interaction_templates())


def _define(bench: Workbench, folder: Path, segment: Any) -> Path:
    """Write a definition beside the others and save it in the store; a changed one of the user's stays in the store."""
    path = folder / f"{segment.name}.yaml"
    if not path.exists() or path.read_text(encoding="utf-8") != segment.to_yaml():
        segment.to_yaml(path)
    if segment.name not in {entry.name for entry in bench.segments.list()}:
        bench.segments.save(segment)
    return path


def _export(bench: Workbench, path: Path) -> Path:
    """Export the target list unless the very same one is there, unspoiled."""
    if not _is_current(bench, path):
        bench.segments.export(TARGET_SEGMENT, path, AS_OF, columns=TARGET_COLUMNS, overwrite=True)
    return path


def _is_current(bench: Workbench, path: Path) -> bool:
    manifest = path.with_name(f"{path.name}.manifest.json")
    if not path.exists() or not manifest.exists() or not verify_manifest(manifest).is_unchanged:
        return False
    facts = json.loads(manifest.read_text(encoding="utf-8"))["facts"]
    return bool(facts["definition_hash"] == bench.segments.get(TARGET_SEGMENT).hash)
