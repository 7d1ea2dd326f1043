"""Tables drawn in text, and the question who is in a segment."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from pipelines.errors import ConditionError
from pipelines.schema import TABLES, Column, FieldType
from pipelines.scores import PREFIX
from tests.engines import DuckDBEngine, Engine, PandasEngine, World, table_of, world
from tests.spec.recording import Example, recorder
from workbench.segments.definition import Segment


@dataclass
class Scene:
    """A world and the engine that is asked about it."""

    engine: Engine
    world: World
    given: str
    test: pytest.Function

    def who(self, definition: str | dict[str, Any]) -> str:
        """Name the members of a segment, written in YAML or as plain values, in order."""
        asked = partial(Example, self.test.module.__name__, self.test.originalname, self.given, definition)
        try:
            members = " ".join(self.engine.members(_segment(definition), self.world))
        except ConditionError as error:
            recorder.keep(asked(str(error), is_refused=True))
            raise
        recorder.keep(asked(members))
        return members


Draw = Callable[..., Scene]


@pytest.fixture(params=["pandas", "duckdb"], scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Both engines, one after the other; the store is the same throughout, and each scene replaces what it holds."""
    return PandasEngine() if request.param == "pandas" else DuckDBEngine()


@pytest.fixture
def scene(engine: Engine, request: pytest.FixtureRequest) -> Draw:
    """Draw a scene: one table in text per table of the store, and settings."""

    def draw(**given: Any) -> Scene:
        drawing = json.dumps(given)
        return Scene(engine, _drawn(drawing), drawing, request.node)

    return draw


def _segment(definition: str | dict[str, Any]) -> Segment:
    return Segment.from_yaml(definition) if isinstance(definition, str) else Segment.from_dict(definition)


@functools.cache
def _drawn(drawing: str) -> World:
    """Make a world, once for all tests that draw the same: a store that already holds it need not load it again."""
    given = json.loads(drawing)
    drawn = {name: _rows(name, given.pop(name)) for name in list(given) if name in TABLES or name.startswith(PREFIX)}
    rows = {name: found for name, (found, _) in drawn.items()}
    fields = {name: columns for name, (_, columns) in drawn.items() if columns}
    saved = {name: Segment.from_yaml(text) for name, text in given.pop("segments", {}).items()}
    as_of = dt.date.fromisoformat(given.pop("as_of", "2026-03-31"))
    return world(rows, fields, as_of=as_of, segments=saved, **given)


def _rows(table: str, drawing: str | list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Column]]:
    """Read a table: headers and cells between bars; ``name:type`` is a custom field; `no` is the contact's number."""
    if not isinstance(drawing, str):
        return [{"type": "person", **row} for row in drawing], []
    header, *lines = [line for line in drawing.splitlines() if line.strip()]
    names = [name.strip() for name in header.split("|")]
    custom = [Column(*_named(name), "a field of one's own", is_custom=True) for name in names if ":" in name]
    types = {c.name: c.type for c in table_of(table, {table: custom}).columns}
    headers = ["contact_no" if name == "no" else name.partition(":")[0] for name in names]
    rows = [dict(zip(headers, line.split("|"), strict=True)) for line in lines]
    read = [{name: _cell(cell.strip(), types[name]) for name, cell in row.items()} for row in rows]
    return ([{"type": "person", **row} for row in read] if table == "contact" else read), custom


def _named(header: str) -> tuple[str, FieldType]:
    name, _, type_ = header.partition(":")
    return name, FieldType(type_)


def _cell(text: str, type_: FieldType) -> Any:
    if type_ is FieldType.MANY:
        return text.split()
    if not text:
        return None
    if type_ is FieldType.BOOLEAN:
        return {"yes": True, "no": False}[text]
    return float(text) if type_ in (FieldType.NUMBER, FieldType.AMOUNT) else text
