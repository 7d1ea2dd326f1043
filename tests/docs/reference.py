"""The reference of the segment language, written from its specification: `python -m tests.docs.reference`.

Every example in it is a question that the tests ask and an answer that both engines give, so none can be wrong.
With `--check`, nothing is written; the exit code says whether the committed file is what would be written.
"""

from __future__ import annotations

import importlib
import inspect
import io
import json
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines import conditions, definition, suppressing
from pipelines.catalogue import OPERATORS
from pipelines.schema import TABLES, FieldType
from tests.spec.contents import CONTENTS
from tests.spec.recording import Example, recorder
from workbench.segments.definition import Segment
from workbench.segments.wording import OPERATORS as WORDS

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "segment-language.md"
SCHEMA = ROOT / "docs" / "segment.schema.json"
ROWS, EXAMPLES, LONGEST = 14, 40, 600
INTRODUCTION = """\
# The segment language

This reference is written from the specification in `tests/spec/` by `python -m tests.docs.reference`: each table of
questions and answers below was asked of both engines, the one that compiles to SQL and the slow one that goes row by
row, and both gave the answer that is shown. Contacts are named by their number; *nobody* means that there is none.

A definition is a YAML file. `workbench segment validate FILE` checks one against a store, `workbench segment schema`
prints its JSON Schema (also in [segment.schema.json](segment.schema.json)), and
`# yaml-language-server: $schema=segment.schema.json` at the top of a file lets an editor complete it.
"""
KINDS: tuple[type, ...] = (
    definition.Definition, definition.Step, definition.Limit, definition.Sample, definition.OrderBy,
    definition.Examples, definition.Invariants, conditions.FieldCondition, conditions.All, conditions.AnyOf,
    conditions.Not, conditions.Related, conditions.Window, conditions.Measure, conditions.Sequence,
    conditions.SequenceStep, conditions.Habit, conditions.ScoreCondition, conditions.SqlCondition,
    conditions.CompanyHas, conditions.SegmentReference, conditions.SnapshotReference, conditions.ListReference,
    conditions.CampaignReference, suppressing.NoConsent, suppressing.Consent, suppressing.FrequencyCap,
    suppressing.Cap,
)  # fmt: skip


def reference() -> str:
    """Write the reference.

    Returns
    -------
    str
        Markdown.
    """
    by_chapter = {name: list(found) for name, found in groupby(_examples(), key=lambda one: one.module)}
    parts = [INTRODUCTION, _operators(), _keys()]
    for title, chapters in CONTENTS.items():
        parts.append(f"# {title}\n")
        parts += [_chapter(name, by_chapter.get(f"tests.spec.test_{name}", [])) for name in chapters]
    return "\n".join(parts)


def schema() -> str:
    """Write the JSON Schema of definitions.

    Returns
    -------
    str
        JSON.
    """
    return json.dumps(Segment.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def _examples() -> list[Example]:
    """Run the specification on the slow engine and keep what was asked."""
    recorder.examples = []
    with redirect_stdout(io.StringIO()) as said:
        failed = pytest.main([str(ROOT / "tests" / "spec"), "-q", "-p", "no:cacheprovider", "-k", "not duckdb"])
    if failed:
        raise SystemExit(f"The specification does not hold:\n{said.getvalue()[-3000:]}")
    return recorder.examples


def _operators() -> str:
    lines = ["# Operators\n", "Each negative operator is the exact complement of its positive one.\n"]
    for type_ in FieldType:
        if type_ is not FieldType.INTEGER:
            said = (f"`{op}` ({WORDS[op]})" for op in OPERATORS[type_])
            lines.append(f"**{type_.value.replace('_', '-')}**: {', '.join(said)}.\n")
    return "\n".join(lines)


def _keys() -> str:
    lines = ["# Keys\n"]
    for kind in KINDS:
        summary, _, attributes = inspect.cleandoc(kind.__doc__ or "").partition("Attributes\n----------\n")
        lines += [f"### {_title(kind)}\n", _joined(summary) + "\n", *_attributes(attributes), ""]
    return "\n".join(lines)


def _title(kind: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize()


def _attributes(text: str) -> Iterator[str]:
    """Read the attributes of a numpydoc docstring, up to the next section."""
    for name, type_, meaning in re.findall(
        r"^(\w[\w, ]*) : (.+)\n((?:    .+\n?)+)", text.split("\n\n")[0] + "\n", re.MULTILINE
    ):
        names = ", ".join(f"`{one.strip().removesuffix('_')}`" for one in name.split(","))
        yield f"- {names} ({type_}): {_joined(meaning)}"


def _chapter(name: str, examples: list[Example]) -> str:
    module = importlib.import_module(f"tests.spec.test_{name}")
    parts = [f"## {name.replace('_', ' ').capitalize()}\n", _joined(inspect.cleandoc(module.__doc__ or "")) + "\n"]
    shown: set[str] = set()
    for test, asked in groupby(examples, key=lambda one: one.test):
        parts.append(f"### {_sentence(test)}\n")
        doc = getattr(module, test).__doc__
        parts += [_joined(doc) + "\n"] if doc else []
        for given, questions in groupby(asked, key=lambda one: one.given):
            parts += [*_scene(given, shown), *_answers(list(dict.fromkeys(map(_pair, questions))))]
            shown.add(given)
    return "\n".join(parts)


def _sentence(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ").capitalize()


def _scene(given: str, shown: set[str]) -> Iterator[str]:
    drawn: dict[str, Any] = json.loads(given)
    if given in shown:
        yield "*The same rows as before.*\n"
        return
    settings = {key: value for key, value in drawn.items() if isinstance(value, str) and key not in TABLES}
    if settings:
        yield "; ".join(f"{key} `{value}`" for key, value in settings.items()) + "\n"
    for name, value in drawn.items():
        if name not in settings:
            yield from _table(name, value)


def _table(name: str, value: Any) -> Iterator[str]:
    if name == "segments":
        for segment, text in value.items():
            yield f"The saved segment `{segment}`:\n\n{_fenced(text)}"
        return
    if not isinstance(value, str) and not (isinstance(value, list) and value):
        yield f"{name}: `{_flow(value)}`\n"
        return
    header, *lines = _lines(value)
    yield f"**{name}**\n"
    yield "\n".join([_row(header), _row("---" for _ in header), *map(_row, lines[:ROWS])])
    yield f"\n… and {len(lines) - ROWS} more\n" if len(lines) > ROWS else ""


def _lines(value: Any) -> list[list[str]]:
    if isinstance(value, str):
        return [[cell.strip() for cell in line.split("|")] for line in value.splitlines() if line.strip()]
    names = list(dict.fromkeys(key for row in value for key in row))
    return [names, *([str(row.get(name, "")) for name in names] for row in value)]


def _pair(example: Example) -> tuple[str, str]:
    asked = example.definition
    text = textwrap.dedent(asked).strip() if isinstance(asked, str) else _flow(asked)
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    answer = f"refused: {example.answer}" if example.is_refused else example.answer or "*nobody*"
    return text, answer


def _answers(pairs: list[tuple[str, str]]) -> Iterator[str]:
    short = [pair for pair in pairs if "\n" not in pair[0]]
    if short:
        rows = ([f"`{text}`", answer] for text, answer in short[:EXAMPLES])
        yield "\n".join([_row(["definition", "contacts"]), _row(["---", "---"]), *map(_row, rows)]) + "\n"
    if len(short) > EXAMPLES:
        yield f"… and {len(short) - EXAMPLES} more in the specification\n"
    for text, answer in (pair for pair in pairs if "\n" in pair[0]):
        yield f"{_fenced(text)}\n→ {answer}\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|").replace("\n", " ") for cell in cells) + " |"


def _fenced(text: str) -> str:
    return f"```yaml\n{textwrap.dedent(text).strip()}\n```\n"


@cache
def _joined(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def _flow(value: Any) -> str:
    return yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10_000).strip()


def main() -> None:
    """Write both files, or check that they are what would be written."""
    written = {REFERENCE: reference(), SCHEMA: schema()}
    if "--check" in sys.argv:
        stale = [path.name for path, text in written.items() if path.read_text(encoding="utf-8") != text]
        sys.exit(f"Run python -m tests.docs.reference: {', '.join(stale)} would change." if stale else 0)
    for path, text in written.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
