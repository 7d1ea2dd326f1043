"""The texts of the app, as the catalogues should have them: `python -m tests.app.messages` brings both up to date.

Taken from the code by Babel, and from the schema: what a field means is shown, and therefore a text as well. What
the core says in errors, questions and notes is there as templates.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from pipelines import schema
from pipelines.catalogue import COMPUTED
from pipelines.contact_features import FEATURES, OF_TARGETS
from tests.app.core_texts import core_texts, place_texts
from workbench.app.language import CORE, LANGUAGES, LOCALES, PLACE
from workbench.letters.merge_fields import OF_LETTER
from workbench.scoring.methods import all_methods
from workbench.segments.wording import label

ROOT = Path(__file__).parents[2]
WORDS = ("workbench/segments/wording.py", "workbench/segments/difference_words.py", "workbench/segments/telling.py")
PLACES = [*sorted((ROOT / "workbench/app").rglob("*.py")), *(ROOT / words for words in WORDS)]
HEADER = "# Texts of the Segmentation Workbench. Brought up to date by: python -m tests.app.messages"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Gather all texts, in the order of the code.

    Returns
    -------
    babel.messages.catalog.Catalog
        Without translations.
    """
    found = Catalog()
    for path in PLACES:
        place = path.relative_to(ROOT).as_posix()
        with path.open("rb") as file:
            for _line, message, comments, _context in extract("python", file, KEYWORDS, ["Translators:"]):
                found.add(message, locations=[(place, None)], auto_comments=comments)
    for message, place in schema_texts():
        found.add(message, locations=[(place, None)])
    for message, place in core_texts():
        found.add(message, locations=[(place, None)], context=CORE)
    for message, place in method_texts():
        found.add(message, locations=[(place, None)], context=CORE)
    for message in place_texts():
        found.add(message, locations=[("pipelines/places.py", None)], context=PLACE)
    return found


def schema_texts() -> Iterator[tuple[str, str]]:
    """List what the schema says about tables and fields, and the names of fields as sentences have them.

    Yields
    ------
    tuple of str
        The text, and the file it stands in.
    """
    for table in schema.TABLES.values():
        yield table.meaning, "pipelines/schema.py"
        for column in table.columns:
            yield column.meaning, "pipelines/schema.py"
            yield label(column.name), "pipelines/schema.py"
            yield from ((choice.replace("_", " "), "pipelines/schema.py") for choice in column.choices)
    for item in COMPUTED.values():
        yield item.column.meaning, "pipelines/catalogue.py"
        yield label(item.column.name), "pipelines/catalogue.py"
    yield from ((one.meaning, "pipelines/contact_features.py") for one in (*FEATURES.values(), *OF_TARGETS))
    yield from ((meaning, "workbench/letters/merge_fields.py") for meaning in OF_LETTER.values())


def method_texts() -> Iterator[tuple[str, str]]:
    """List what ways to score, and their options, are said to be, as templates without placeholders.

    Yields
    ------
    tuple of str
        The text, and the file it stands in.
    """
    for method in all_methods():
        place = f"workbench/scoring/{method.name}.py"
        said = [method.description, *(field.description or "" for field in method.options.model_fields.values())]
        yield from ((text.replace("{", "{{").replace("}", "}}"), place) for text in said)


def committed(language: str) -> Catalog:
    """Read a catalogue as it is in the repository.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.

    Returns
    -------
    babel.messages.catalog.Catalog
        With its translations.
    """
    with _path(language).open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Bring both catalogues up to date: new texts without translation, those no longer used taken out."""
    for language in LANGUAGES:
        catalogue = committed(language) if _path(language).exists() else _begun(language)
        catalogue.update(extracted(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if language == "en":
            _say_the_same(catalogue)
        _write(catalogue, language)


def _begun(language: str) -> Catalog:
    return Catalog(language, project="segmentation-workbench", header_comment=HEADER, fuzzy=False)


def _say_the_same(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id:
            message.string = message.id


def _write(catalogue: Catalog, language: str) -> None:
    written = io.BytesIO()
    write_po(written, catalogue, width=110, sort_by_file=True, omit_header=False)
    # A date in the header would change the file whenever somebody runs this.
    lines = [
        line
        for line in written.getvalue().splitlines(keepends=True)
        if b"-Date: " not in line
        and b"Last-Translator" not in line
        and b"Language-Team" not in line
        and b"Report-" not in line
    ]
    _path(language).write_bytes(b"".join(lines))


def _path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


if __name__ == "__main__":
    update()
