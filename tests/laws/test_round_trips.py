"""What is written is read back the same, to the byte."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pipelines.definition import Definition
from pipelines.values import canonical
from tests.laws.definitions import Written, definitions
from workbench.segments.definition import Segment

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20).filter(
    str.strip
)


@given(definitions)
def test_the_canonical_form_reads_back_as_the_same_value(written: Written) -> None:
    definition = Definition.from_dict(written)
    again = Definition.from_dict(json.loads(canonical(definition)))
    assert again == definition
    assert canonical(again) == canonical(definition)


@given(definitions, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_yaml_reads_back_as_the_same_bytes(written: Written, description: str) -> None:
    segment = Segment.from_dict({**written, "description": description})
    text = segment.to_yaml()
    assert Segment.from_yaml(text) == segment
    assert Segment.from_yaml(text).to_yaml() == text


@given(definitions)
def test_every_definition_can_be_read_out(written: Written) -> None:
    sentence = Segment.from_dict(written).sentence
    assert sentence.strip()
    assert "{" not in sentence


@given(st.lists(texts, min_size=1, max_size=4))
def test_any_text_survives_yaml_as_a_value(values: list[str]) -> None:
    segment = Segment.from_dict({"field": "city", "op": "in", "value": values})
    assert Segment.from_yaml(segment.to_yaml()) == segment


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**30), 10**30) | st.booleans())
def test_any_number_survives_yaml_as_a_value(value: float | bool) -> None:
    segment = Segment.from_dict({"field": "age", "op": "is", "value": value})
    (condition,) = Segment.from_yaml(segment.to_yaml()).steps[0].condition.all
    assert condition.value == value
    assert type(condition.value) is type(value)
