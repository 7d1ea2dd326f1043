"""Text is only ever text: no sign of it breaks a statement or changes what is found."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.definition import Definition
from pipelines.errors import ConditionError
from tests.engines import DuckDBEngine, PandasEngine, World, world
from tests.laws.worlds import FIELDS

ATTACKS = (
    "'; DROP TABLE contact; --", "' OR '1'='1", '" OR ""="', "' || city || '", "x'--", "/*", "*/", "--", ";", "'",
    '"', "a''b", "\\", "\\'", "E'\\x41'", "U&'\\0041'", "$$x$$", "$1", "?", ":name", "@x", "`", "{}", "{0}",
    "[a-z]", "%", "_", "%%", "NULL", "null", "TRUE", "a\nb", "\t x", "🐎", "e\u0301", "\u202e", "\u2028", "\ufeffx",
    "\uffff", "\x7f",
)  # fmt: skip
texts = (
    st.sampled_from(ATTACKS) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
).filter(str.strip)
words = st.lists(texts, min_size=2, max_size=5, unique=True)


def _cities(values: list[str]) -> World:
    rows = [
        {"contact_no": f"C{i:02}", "type": "person", "city": value, "tags": [value, "common"]}
        for i, value in enumerate(values)
    ]
    sales = [{"contact_no": f"C{i:02}", "posted_at": "2026-03-01", "item_no": value} for i, value in enumerate(values)]
    lists = [{"contact_no": f"C{i:02}", "list_name": value} for i, value in enumerate(values)]
    return world({"contact": rows, "sales_entry": sales, "contact_list": lists}, FIELDS)


@given(words)
@example(list(ATTACKS[:20]))
@example([text for text in ATTACKS[20:] if text.strip()])
def test_a_text_finds_itself_and_nothing_else(store: DuckDBEngine, values: list[str]) -> None:
    cities = _cities(values)
    for i, value in enumerate(values):
        for condition in (
            {"field": "city", "op": "is", "value": value},
            {"field": "city", "op": "in", "value": [value]},
            {"field": "tags", "op": "any_of", "value": [value]} if value != "common" else {"list": value},
            {"related": "sales_entry", "where": {"field": "item_no", "op": "is", "value": value}},
            {"related": "sales_entry", "measure": {"latest": "item_no"}, "op": "is", "value": value},
            {"list": value},
        ):
            assert store.members(Definition.from_dict(condition), cities) == [f"C{i:02}"], condition
    everybody = Definition.from_dict({"field": "city", "op": "not_in", "value": []})
    assert store.members(everybody, cities) == [f"C{i:02}" for i in range(len(values))]


@given(words, st.data())
def test_parts_of_texts_are_found_as_python_finds_them(
    store: DuckDBEngine, values: list[str], data: st.DataObject
) -> None:
    cities = _cities(values)
    whole = data.draw(st.sampled_from(values))
    start = data.draw(st.integers(0, len(whole) - 1))
    part = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    if not part.strip():
        return
    for op, holds in {
        "contains": lambda text: part in text,
        "starts_with": lambda text: text.startswith(part),
        "ends_with": lambda text: text.endswith(part),
    }.items():
        expected = [f"C{i:02}" for i, text in enumerate(values) if holds(text)]
        assert store.members(Definition.from_dict({"field": "city", "op": op, "value": part}), cities) == expected, op


@given(words, texts)
def test_both_engines_ignore_case_alike_in_any_text(store: DuckDBEngine, values: list[str], value: str) -> None:
    cities = _cities([*values, *(text.swapcase() for text in values if text.swapcase() not in values)])
    for text in (value, values[0].upper(), values[0].lower()):
        if not text.strip():
            continue
        for op in ("is", "contains", "starts_with", "ends_with"):
            definition = Definition.from_dict({"field": "city", "op": op, "value": text, "ignore_case": True})
            assert store.members(definition, cities) == PandasEngine().members(definition, cities), op


@given(texts)
def test_any_text_can_be_a_pattern_or_is_refused_with_a_reason(store: DuckDBEngine, value: str) -> None:
    cities = _cities(["x", "O'Hara", value] if value not in ("x", "O'Hara") else ["x", "O'Hara"])
    definition = Definition.from_dict({"field": "city", "op": "matches", "value": value})
    try:
        expected = PandasEngine().members(definition, cities)
    except ConditionError:
        with pytest.raises(ConditionError, match="The pattern"):
            store.members(definition, cities)
        return
    assert store.members(definition, cities) == expected
