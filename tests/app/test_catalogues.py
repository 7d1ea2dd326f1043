"""Both catalogues have every text of the app, and say it with the same placeholders."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tests.app.messages import KEYWORDS, PLACES, committed, extracted
from workbench import Segment
from workbench.app.language import LANGUAGES, catalogue
from workbench.segments.wording import sentence


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return extracted()


def ids(catalogue: Catalog) -> set[object]:
    return {(message.context, message.id) for message in catalogue if message.id}


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each text with its translation; plural forms beyond the first are translations of the plural."""
    if not message.pluralizable:
        yield message.id, message.string or ""
        return
    for place, translation in enumerate(message.string):
        yield message.id[min(place, 1)], translation or ""


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", LANGUAGES)
class TestACatalogue:
    def test_has_every_text_of_the_app_and_no_other(self, language: str, texts: Catalog) -> None:
        assert ids(texts) - ids(committed(language)) == set(), "run: python -m tests.app.messages"
        assert ids(committed(language)) - ids(texts) == set(), "run: python -m tests.app.messages"

    def test_translates_every_text(self, language: str) -> None:
        open_ = [text for message in committed(language) if message.id for text, said in forms(message) if not said]
        assert open_ == []

    def test_has_no_translation_that_nobody_has_checked(self, language: str) -> None:
        assert [message.id for message in committed(language) if message.id and message.fuzzy] == []

    def test_keeps_the_placeholders(self, language: str) -> None:
        pairs = [pair for message in committed(language) if message.id for pair in forms(message)]
        assert [pair for pair in pairs if placeholders(pair[0]) != placeholders(pair[1])] == []

    def test_keeps_the_blanks_at_both_ends(self, language: str) -> None:
        pairs = [pair for message in committed(language) if message.id for pair in forms(message)]
        ends = [(len(text) - len(text.lstrip()), len(text) - len(text.rstrip())) for pair in pairs for text in pair]
        assert [pair for pair, one, two in zip(pairs, ends[::2], ends[1::2], strict=True) if one != two] == []

    def test_says_its_plural_rule(self, language: str) -> None:
        assert catalogue(language).ngettext("{count} person", "{count} people", 1) != catalogue(language).ngettext(
            "{count} person", "{count} people", 2
        )


@pytest.mark.parametrize("path", PLACES, ids=lambda path: path.name)
def test_no_text_stands_inside_an_f_string_where_it_would_not_be_found(path: Path) -> None:
    written = ast.parse(path.read_text(encoding="utf-8"))
    inside = [call for text in ast.walk(written) if isinstance(text, ast.JoinedStr) for call in ast.walk(text)]
    assert [ast.unparse(call) for call in inside if isinstance(call, ast.Call) and _asks_for_a_text(call)] == []


def _asks_for_a_text(call: ast.Call) -> bool:
    is_asking = isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    return is_asking and bool(call.args) and isinstance(call.args[0], ast.Constant)


def test_the_english_texts_are_those_in_the_code() -> None:
    assert [text for message in committed("en") if message.id for text, said in forms(message) if text != said] == []


def test_a_sentence_about_a_segment_is_read_out_in_spanish() -> None:
    segment = Segment.from_dict({"field": "city", "op": "is_not", "value": "Prague"})
    assert sentence(segment, translate=catalogue("es").gettext) == (
        "De todos los contactos: añadir aquellos en los que ciudad no es Prague (o no está registrado)."
    )
