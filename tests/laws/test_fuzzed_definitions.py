"""Ten thousand definitions, most of them broken: each is evaluated, or refused at a place."""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

import workbench as wb
from tests.cli.command import Shell
from workbench.errors import ConditionError

AS_OF = dt.date(2026, 3, 31)
DEFINITIONS, TEXTS, IN_ONE = 8_000, 2_000, 500
YEAR, MONTH = {"n": 1, "unit": "year"}, {"n": 30, "unit": "day"}
CITY = {"field": "city", "op": "is", "value": "Prague"}
SALES = {"related": "sales_entry", "where": {"all": [{"field": "item_no", "op": "is", "value": "1"}]}}
CONDITIONS: list[Any] = [
    CITY,
    {"field": "company.city", "op": "in", "value": ["Prague", "Brno"], "unknown": "exclude"},
    {"field": "email", "op": "matches", "value": "^a.*@", "ignore_case": True},
    {"field": "sales_amount", "op": "between", "value": [1, 5.5]},
    {"field": "last_sale_on", "op": "in_last", "value": MONTH},
    {"field": "last_sale_on", "op": "this", "value": "fiscal_year"},
    {"field": "last_sale_on", "op": "anniversary_in_next", "value": MONTH},
    {"field": "last_sale_on", "op": "on_or_after", "value": "CM-1Y"},
    {"field": "mailing_group_codes", "op": "none_of", "value": ["PRESS"]},
    {"field": "is_minor", "op": "is", "value": False},
    {"field": "city", "op": "filter", "value": "P*|<>B*&@*no"},
    {**SALES, "measure": {"sum": "sales_amount"}, "op": "at_least", "value": 20, "within": {"in_last": YEAR}},
    {**SALES, "measure": {"latest": "posted_at"}, "op": "before", "value": "2026-01-01"},
    {"sequence": [{"related": "interaction"}, SALES], "within": MONTH, "in_last": YEAR},
    {"habit": "first_time", "related": "sales_entry", "in_last": MONTH},
    {"habit": "stopped", "related": "sales_entry", "in_last": YEAR, "but_not_in_last": MONTH},
    {"habit": "restarted", "related": "interaction", "gap": MONTH, "back_in_last": MONTH},
    {"habit": "regularly", **SALES, "at_least": 1, "per": "month", "in": 3, "of_last": 6},
    {"score": "rfm", "field": "segment", "op": "is_not", "value": "Champions"},
    {"sql": "select contact_id from sales_entry where posted_at < $as_of"},
    {"company_has": {"any": [CITY, SALES]}},
    {"segment": "others"},
    {"list": "vip"},
    {"campaign": "18", "arm": "a", "responded": True},
    {"not": {"any": [CITY, {"all": []}]}},
]
WHOLE = {
    "version": 1, "name": "x", "description": "y", "base": {"type": "person"}, "time_zone": "Europe/Berlin",
    "week_starts_on": "sunday", "steps": [{"add": {"all": CONDITIONS[:2]}}, {"reduce": {"all": [CITY]}}],
    "limit": {"top": 3, "per": "city", "by": [{"field": "sales_amount", "order": "descending"}], "one_per": "household",
              "survivor": [{"field": "contact_no"}], "sample": {"share": 0.5, "seed": "a"}},
    "suppress": ["privacy_blocked", {"no_consent": {"channel": "email"}},
                 {"frequency_cap": {"max": 3, "in_last": MONTH}}],
    "examples": {"inside": ["A"], "outside": ["B"]},
    "invariants": {"subset_of": ["others"], "size_between": [0, 5]},
}  # fmt: skip
SIGNS = [
    "",
    " ",
    "\0",
    "😀",
    "\ud83d",
    "'",
    '"',
    "*",
    "..",
    "|",
    "(",
    "<2W-1D>",
    "É",
    "x" * 300,
    "1e999",
    "-",
    "%",
    "\\",
]
JUNK = [
    None,
    True,
    -1,
    0,
    10**30,
    0.5,
    float("inf"),
    [],
    {},
    [[]],
    {"n": 0, "unit": "day"},
    {"x": 1},
    "2026-02-30",
    *SIGNS,
]


def _bench() -> wb.Workbench:
    bench = wb.open(":memory:")
    people = pd.DataFrame({"contact_no": ["A", "B", "C"], "type": ["person", "person", "company"],
                           "company_no": ["C", None, "C"], "city": ["Prague", None, "Brno"]})  # fmt: skip
    days = pd.to_datetime(["2026-01-01", "2026-03-01", "2025-05-05"])
    sales = pd.DataFrame({"contact_no": ["A", "A", "B"], "posted_at": days,
                          "sales_amount": [3.0, 4.5, 9.0], "item_no": ["1", "2", "1"]})  # fmt: skip
    bench.sources.load("contact", people)
    bench.sources.load("sales_entry", sales)
    bench.segments.save({"name": "others", "steps": [{"add": {"all": [CITY]}}]})
    return bench


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """List the places of a definition, that of the whole left out."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _paths(inner, (*path, key))


def _broken(definition: Any, rng: np.random.Generator) -> Any:
    """Change a definition at one place, in one of the ways in which people and programs get them wrong."""
    definition = copy.deepcopy(definition)
    places = list(_paths(definition))
    if not places:
        return definition
    *before, key = places[rng.integers(len(places))]
    parent = definition
    for part in before:
        parent = parent[part]
    _CHANGES[rng.integers(len(_CHANGES))](parent, key, rng)
    return definition


def _any(rng: np.random.Generator, of: list[Any]) -> Any:
    return copy.deepcopy(of[rng.integers(len(of))])


def _replace(parent: Any, key: Any, rng: np.random.Generator) -> None:
    parent[key] = _any(rng, JUNK)


def _transplant(parent: Any, key: Any, rng: np.random.Generator) -> None:
    parent[key] = _any(rng, CONDITIONS)


def _drop(parent: Any, key: Any, rng: np.random.Generator) -> None:
    del parent[key]


def _misspell(parent: Any, key: Any, rng: np.random.Generator) -> None:
    if isinstance(parent, dict):
        at = rng.integers(len(key) + 1)
        parent[key[:at] + "x" + key[at:]] = parent.pop(key)
    elif isinstance(parent[key], str):
        parent[key] = parent[key][::-1] or "x"


def _wrap(parent: Any, key: Any, rng: np.random.Generator) -> None:
    parent[key] = [parent[key]] if rng.integers(2) else {"all": parent[key]}


def _double(parent: Any, key: Any, rng: np.random.Generator) -> None:
    if isinstance(parent, list):
        parent.append(copy.deepcopy(parent[key]))
    else:
        parent["op"] = "is"


_CHANGES: list[Callable[[Any, Any, np.random.Generator], None]] = [
    _replace, _replace, _transplant, _drop, _misspell, _wrap, _double,
]  # fmt: skip


def _definition(rng: np.random.Generator) -> Any:
    definition = (
        copy.deepcopy(WHOLE) if rng.integers(3) == 0 else {"steps": [{"add": {"all": [_any(rng, CONDITIONS)]}}]}
    )
    for _ in range(rng.integers(4)):
        definition = _broken(definition, rng)
    return definition


def _text(rng: np.random.Generator) -> str:
    """Break the text of a definition: cut it short, or put a sign into it."""
    text = yaml.safe_dump(_definition(rng), sort_keys=False, allow_unicode=True)
    at = int(rng.integers(len(text) + 1))
    return text[:at] if rng.integers(2) else text[:at] + str(_any(rng, SIGNS)) + text[at:]


def _outcome(bench: wb.Workbench, make: Callable[[], Any]) -> str:
    """Evaluate a definition, or see it refused; anything else is an error of ours, and gets out."""
    try:
        segment = bench.segments.validate(make())
        bench.segments.count(segment, AS_OF)
    except ConditionError as error:
        return "refused" if error.where or _WHOLE.search(error.message) else f"refused nowhere: {error}"
    return "counted"


# Where there is no definition to have places yet: a line of the file, or the file as a whole.
_WHOLE = re.compile(r"is no YAML|in line \d+|definition is (empty|a mapping)|nests deeper|more than 100,000")


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    return _bench()


@pytest.mark.parametrize("seed", range(DEFINITIONS // IN_ONE))
def test_a_definition_is_evaluated_or_refused_at_a_place(bench: wb.Workbench, seed: int) -> None:
    rng = np.random.default_rng(seed)

    found = [_outcome(bench, lambda: wb.Segment.from_dict(_definition(rng))) for _ in range(IN_ONE)]

    assert set(found) == {"counted", "refused"}
    assert found.count("counted") > IN_ONE / 10


@pytest.mark.parametrize("seed", range(TEXTS // IN_ONE))
def test_a_text_is_evaluated_or_refused_at_a_place(bench: wb.Workbench, seed: int) -> None:
    rng = np.random.default_rng(1_000 + seed)

    found = [_outcome(bench, lambda: wb.Segment.from_yaml(f"{_text(rng)}\n")) for _ in range(IN_ONE)]

    assert set(found) <= {"counted", "refused"}


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("fuzz")
    shell = Shell(folder, folder / "store.duckdb")
    assert shell.run("init").code == 0
    return shell


@pytest.mark.parametrize("seed", range(10))
def test_no_traceback_reaches_the_terminal(shell: Shell, seed: int) -> None:
    rng = np.random.default_rng(2_000 + seed)
    text = _text(rng).encode(errors="replace").decode()
    file = shell.file(f"broken-{seed}.yaml", f"{text}\n")

    finished = shell.run("segment", "validate", file)

    assert finished.code == 0 or (finished.out == "" and 1 <= len(finished.err.splitlines()) <= 2)
    assert finished.code in (0, 10)
