"""Small worlds of contacts and rows, and the two engines that are asked the same question about them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa

from pipelines.catalogue import RELATED, Catalogue
from pipelines.conditions import ListReference, SegmentReference, SnapshotReference, SqlCondition
from pipelines.context import Context
from pipelines.definition import Definition
from pipelines.schema import TABLES, Column, FieldType, Table, conform
from pipelines.scores import PREFIX, Score, score_of
from pipelines.selecting import Reference, members

Rows = Sequence[Mapping[str, Any]]
Fields = Mapping[str, Sequence[Column]]

CONTACT_ID = Column("contact_id", FieldType.INTEGER, "id of the contact", nullable=False)
ENTRY_NO = Column("entry_no", FieldType.INTEGER, "place in the load order", nullable=False)
ABOUT_CONTACTS = [name for name, table in TABLES.items() if "contact_no" in table.by_name and name != "contact"]


def table_of(name: str, fields: Fields) -> Table:
    """Give a table with its custom fields; a score's has no others."""
    if name.startswith(PREFIX):
        return score_of(name.removeprefix(PREFIX), fields[name]).table
    return TABLES[name].extended(tuple(fields.get(name, ())))


@dataclass(frozen=True, repr=False)
class World:
    """Everything that an evaluation can look at."""

    frames: dict[str, pd.DataFrame]
    fields: Fields = field(default_factory=dict)
    as_of: dt.date = dt.date(2026, 3, 31)
    time_zone: str = "UTC"
    week_starts_on: str = "monday"
    fiscal_year_starts_on: str = "01-01"
    segments: dict[str, Definition] = field(default_factory=dict)
    snapshots: dict[str, list[str]] = field(default_factory=dict)

    def __repr__(self) -> str:
        rows = {
            name: [_known(row) for row in frame.to_dict("records")] for name, frame in self.frames.items() if len(frame)
        }
        return f"<{self.as_of} {self.time_zone} {self.week_starts_on} {self.fiscal_year_starts_on} {rows}>"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))

    @property
    def catalogue(self) -> Catalogue:
        """The fields that conditions can name."""
        related = {name: table_of(table.name, self.fields) for name, table in RELATED.items()}
        return Catalogue(table_of("contact", self.fields), related, scores=self.scores)

    @property
    def scores(self) -> dict[str, Score]:
        """The scores, with the days their rows are of."""
        names = [name.removeprefix(PREFIX) for name in self.fields if name.startswith(PREFIX)]
        runs = {name: set(self.frames[PREFIX + name]["scored_on"].dt.date) for name in names}
        return {name: score_of(name, self.fields[PREFIX + name], runs[name]) for name in names}

    @property
    def context(self) -> Context:
        """The day and the store's calendar."""
        return Context(self.as_of, ZoneInfo(self.time_zone), self.week_starts_on, self.fiscal_year_starts_on)  # type: ignore[arg-type]

    @property
    def number_of(self) -> dict[int, str]:
        """Contact numbers by id."""
        contacts = self.frames["contact"]
        return dict(zip(contacts["contact_id"], contacts["contact_no"], strict=True))

    @property
    def id_of(self) -> dict[str, int]:
        """Contact ids by number."""
        return {number: i for i, number in self.number_of.items()}


def world(tables: Mapping[str, Rows], fields: Fields | None = None, **settings: Any) -> World:
    """Make a world from rows in which contacts are named by number.

    Contact ids leave gaps, as they do in a store whose contacts were deleted; `entry_no` is the order of the rows.
    """
    fields = fields or {}
    contacts = _frame("contact", tables.get("contact", ()), fields)
    contacts.insert(0, "contact_id", pd.Series(range(1, 2 * len(contacts), 2), dtype="int64"))
    id_of = dict(zip(contacts["contact_no"], contacts["contact_id"], strict=True))
    frames = {"contact": contacts, "campaign": _frame("campaign", tables.get("campaign", ()), fields)}
    for name in (*ABOUT_CONTACTS, *(name for name in fields if name.startswith(PREFIX))):
        frame = _frame(name, tables.get(name, ()), fields)
        frame.insert(0, "contact_id", frame["contact_no"].map(id_of).astype("int64"))
        frame.insert(1, "entry_no", pd.Series(range(1, len(frame) + 1), dtype="int64"))
        frames[name] = frame
    return World(frames, fields, **settings)


def _frame(name: str, rows: Rows, fields: Fields) -> pd.DataFrame:
    """Conform what the rows say; columns that no row speaks of are added at once, which is much faster."""
    table = table_of(name, fields)
    said = {key for row in rows for key, value in row.items() if value is not None}
    columns = tuple(column for column in table.columns if column.name in said or not column.nullable)
    by_column = {c.name: pd.Series([row.get(c.name) for row in rows], dtype="object") for c in columns}
    frame = conform(pd.DataFrame(by_column), dataclasses.replace(table, columns=columns))
    return frame.reindex(columns=[column.name for column in table.columns])


def _known(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if isinstance(value, list) or pd.notna(value)}


def _with_city(world: World) -> list[int]:
    contacts = world.frames["contact"]
    return list(contacts["contact_id"][contacts["city"] == "x"])


def _with_sales(world: World) -> list[int]:
    rows = world.frames["sales_entry"]
    return list(rows["contact_id"][rows["posted_at"] < pd.Timestamp(world.as_of, tz="UTC")])


_RUN = (
    "INSERT INTO score_run (score_name, scored_on, row_count, source, sha256, loaded_at) "
    "VALUES (?, ?, 0, '', '', current_timestamp)"
)

# What the slow engine cannot know by itself.
QUERIES: Mapping[str, Callable[[World], list[int]]] = {
    "SELECT contact_no FROM contact WHERE city = 'x'": _with_city,
    "SELECT contact_id FROM sales_entry WHERE posted_at < $as_of -- before the day": _with_sales,
}


class Engine(Protocol):
    """Something that knows who is in a segment."""

    def members(self, definition: Definition, world: World) -> list[str]:
        """Give the numbers of the members, in order."""


class PandasEngine:
    """The slow, obvious engine."""

    def members(self, definition: Definition, world: World) -> list[str]:
        """Give the numbers of the members, in order."""
        return [world.number_of[i] for i in self._ids(definition, world)]

    def _ids(self, definition: Definition, world: World) -> list[int]:
        return members(definition, world.frames, world.catalogue, world.context, _References(self, world))

    def segment(self, name: str, world: World) -> list[int]:
        """Give the ids of the members of a saved segment."""
        return self._ids(world.segments[name], world)


class _References(dict[Reference, Any]):
    """Looks up what a reference means in a world when it is asked for."""

    def __init__(self, engine: PandasEngine, world: World) -> None:
        super().__init__()
        self.engine, self.world = engine, world

    def __missing__(self, reference: Reference) -> list[int]:
        if isinstance(reference, SegmentReference):
            return self.engine.segment(reference.segment, self.world)
        if isinstance(reference, SnapshotReference):
            return [self.world.id_of[number] for number in self.world.snapshots[reference.snapshot]]
        if isinstance(reference, SqlCondition):
            return QUERIES[reference.sql](self.world)
        assert isinstance(reference, ListReference)
        rows = self.world.frames["contact_list"]
        return list(rows["contact_id"][rows["list_name"] == reference.list])


class DuckDBEngine:
    """The workbench itself: a store in memory, asked through its public interface."""

    def __init__(self, fields: Fields | None = None) -> None:
        import workbench as wb

        self.bench = wb.open(":memory:")
        self.fields: dict[str, Sequence[Column]] = {}
        self._add_fields(fields or {})
        self.loaded: World | None = None
        self.filled: set[str] = set()

    def members(self, definition: Definition, world: World) -> list[str]:
        """Give the numbers of the members, in order."""
        if world is not self.loaded:
            self.load(world)
        return list(self.bench.segments.members(definition, as_of=world.as_of)["contact_no"])

    def load(self, world: World) -> None:
        """Put a world in the place of what the store holds."""
        self._add_fields(world.fields)
        with self.bench.database.writing() as con:
            for name in self.filled | {"segment", "segment_snapshot", "segment_snapshot_member", "score_run"}:
                con.execute(f"DELETE FROM {name}")
            self.filled = {name for name, frame in world.frames.items() if len(frame)}
            for name in self.filled:
                con.register("loaded_rows", as_arrow(world.frames[name], name, world))
                con.execute(f"INSERT INTO {name} BY NAME SELECT * FROM loaded_rows")
                con.unregister("loaded_rows")
            _load_snapshots(con, world)
            runs = [[score.name, run] for score in world.scores.values() for run in score.runs]
            for run in runs:
                con.execute(_RUN, run)
        for setting in ("time_zone", "week_starts_on", "fiscal_year_starts_on"):
            if getattr(self.bench.setup.settings(), setting) != getattr(world, setting):
                self.bench.setup.set(setting, getattr(world, setting))
        for name, definition in world.segments.items():
            self.bench.segments.save(definition.model_copy(update={"name": name}))
        self.loaded = world

    def _add_fields(self, fields: Fields) -> None:
        for table, columns in fields.items():
            known = self.fields.setdefault(table, [])
            new = [column for column in columns if column.name not in {one.name for one in known}]
            if table.startswith(PREFIX):
                self._widen_score(score_of(table.removeprefix(PREFIX), known), new)
            for column in () if table.startswith(PREFIX) else new:
                self.bench.setup.add_field(table, column.name, column.type.value)
            self.fields[table] = [*known, *new]

    def _widen_score(self, score: Score, columns: Sequence[Column]) -> None:
        from workbench.scores import registry

        with self.bench.database.writing() as con:
            registry.make_table(con, score)
            registry.add_fields(con, score, columns)


def as_arrow(frame: pd.DataFrame, name: str, world: World) -> pa.Table:
    """Give a frame as the store's columns: instants without zone, unknown as null, ids in the place of numbers."""
    columns = {column.name: column for column in (CONTACT_ID, ENTRY_NO, *table_of(name, world.fields).columns)}
    is_key = name in ("contact", "campaign")
    names = [key for key in frame.columns if (key != "contact_no" or is_key) and frame[key].notna().any()]
    return pa.table({key: _arrow_column(frame[key], columns[key].type) for key in names})


def _arrow_column(values: pd.Series[Any], type_: FieldType) -> pa.Array:
    if type_ is FieldType.MANY:
        return pa.array([list(value) or None for value in values], pa.list_(pa.string()))
    if type_ is FieldType.TIMESTAMP:
        return pa.array(values.dt.tz_localize(None), pa.timestamp("us"), from_pandas=True)
    kind = {
        FieldType.TEXT: pa.string(), FieldType.NUMBER: pa.float64(), FieldType.DATE: pa.timestamp("us"),
        FieldType.BOOLEAN: pa.bool_(), FieldType.INTEGER: pa.int64(), FieldType.AMOUNT: pa.float64(),
    }[type_]  # fmt: skip
    return pa.array(values, kind, from_pandas=True)


def _load_snapshots(con: Any, world: World) -> None:
    for name, numbers in world.snapshots.items():
        con.execute(
            "INSERT INTO segment_snapshot (snapshot_id, segment_name, definition, definition_hash, sentence, as_of, "
            "revision, taken_at, total) VALUES (?, '', '', '', '', ?, 0, TIMESTAMP '2026-01-01', ?)",
            [name, world.as_of, len(numbers)],
        )
        for number in numbers:
            con.execute("INSERT INTO segment_snapshot_member VALUES (?, ?, ?)", [name, world.id_of[number], number])
