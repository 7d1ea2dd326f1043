"""What the builder's script and the code around it have to agree on."""

from __future__ import annotations

import json
import re
from importlib import resources

import pytest

from pipelines.catalogue import OPERATORS
from pipelines.conditions import HABIT_KEYS, WITHOUT_VALUE
from pipelines.schema import FieldType
from workbench.app.widgets import builder_texts
from workbench.app.widgets.builder import script
from workbench.segments.wording import NEGATIVE, UNITS


def constant(name: str) -> list[str]:
    found = re.search(rf"const {name} = (\[[^\]]*\]);", script())
    assert found is not None
    return list(json.loads(re.sub(r",\s*\]", "]", found.group(1))))


def test_every_text_asked_for_is_given() -> None:
    asked = set(re.findall(r'\bt\("([a-z_]+)"', script()))
    assert asked <= set(builder_texts.texts())


def test_every_text_given_is_asked_for() -> None:
    words = set(re.findall(r'"([a-z_]+)"', script()))
    begun = tuple(re.findall(r"\bt\(`([a-z_]+)\$\{", script()))
    ended = tuple(re.findall(r"\bt\(`\$\{name\}([a-z_]+)`", script()))
    unused = {key for key in builder_texts.texts() if key not in words and not key.startswith(begun)}
    assert {key for key in unused if not key.endswith(ended)} == {"units"}


def test_operators_without_a_value_are_those_of_the_language() -> None:
    assert constant("WITHOUT_VALUE") == list(WITHOUT_VALUE)


def test_negative_operators_are_those_of_the_language() -> None:
    assert sorted(constant("NEGATIVE")) == sorted(NEGATIVE)


def test_units_are_those_of_the_language() -> None:
    assert constant("UNITS") + constant("FISCAL") == list(UNITS)


def test_habits_have_the_keys_of_the_language() -> None:
    found = re.search(r"const HABITS = \{(.*?)\n\};", script(), re.DOTALL)
    assert found is not None
    lines = re.findall(r"^  (\w+): \{ (.*) \},$", found.group(1), re.MULTILINE)
    spans = {habit: re.sub(r"\{[^}]*\}", "", keys) for habit, keys in lines}
    assert {habit: tuple(re.findall(r"(\w+):", keys)) for habit, keys in spans.items()} == HABIT_KEYS


@pytest.mark.parametrize("type_", list(FieldType))
def test_every_type_begins_with_an_operator_it_has(type_: FieldType) -> None:
    usual = re.search(r"const DEFAULT_OPERATOR = \{([^}]*)\}", script())
    assert usual is not None
    assert dict(re.findall(r'(\w+): "(\w+)"', usual.group(1)))[str(type_)] in OPERATORS[type_]


def test_the_script_asks_for_nothing_from_elsewhere() -> None:
    style = (resources.files("workbench.app.widgets") / "builder_script" / "style.css").read_text(encoding="utf-8")
    for text in (script(), style):
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|url\(|\bfetch\(|\bimport\b", text)
