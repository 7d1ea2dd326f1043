"""What letters are made of: Word templates, texts with merge fields, and files that go as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from workbench.errors import NotFoundError, RuleError
from workbench.letters.content import Content
from workbench.letters.merge_environment import Environment, blankless, told
from workbench.letters.word_template import WORD, WordTemplate
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.templates import attachments

TEXTS = {"text/html": ".html", "text/plain": ".txt"}


class TextTemplate(Content):
    """A plain or HTML text with merge fields.

    Parameters
    ----------
    name : str
        By which it is spoken of.
    media_type : str
        A key of `TEXTS`.
    content : bytes
        In UTF-8.

    Raises
    ------
    RuleError
        When it is no such text, or its fields cannot be read.
    """

    def __init__(self, name: str, media_type: str, content: bytes) -> None:
        self.name, self.media_type, self.suffix = name, media_type, TEXTS[media_type]
        self._environment = Environment()
        self._environment.autoescape = media_type == "text/html"
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RuleError(f'"{name}" is no text in UTF-8.', "Save it as UTF-8 and put it in again.") from None
        with told(name):
            self._text = self._environment.from_string(text)
            self.fields = self._environment.fields_of(text)

    def lacking(self, values: dict[str, Any]) -> frozenset[str]:
        self._environment.forget()
        self.merged(values)
        return frozenset(self._environment.lacking)

    def merged(self, values: dict[str, Any]) -> bytes:
        with told(self.name):
            return self._text.render(blankless(values)).encode()


class FixedFile(Content):
    """A file that goes as it is.

    Parameters
    ----------
    name : str
        Of the file.
    media_type : str
        What it is.
    content : bytes
        What is in it.
    """

    fields: frozenset[str] = frozenset()

    def __init__(self, name: str, media_type: str, content: bytes) -> None:
        self.name, self.media_type, self._content = name, media_type, content
        self.suffix = PurePath(name).suffix or ".bin"

    def lacking(self, values: dict[str, Any]) -> frozenset[str]:  # noqa: ARG002 - as all contents
        return frozenset()

    def merged(self, values: dict[str, Any]) -> bytes:  # noqa: ARG002 - as all contents
        return self._content


def read(con: Connection, attachment_nos: Iterable[int]) -> dict[int, Content]:
    """Read what letters are made of.

    Parameters
    ----------
    con : connection
        An open unit of work.
    attachment_nos : iterable of int
        Files of the store.

    Returns
    -------
    dict of int to Content
        By number. Word documents and texts have merge fields, other files go as they are.

    Raises
    ------
    NotFoundError
        When the store has no such file.
    RuleError
        When a document cannot be read.
    """
    return {number: _content(con, number) for number in attachment_nos}


def of_word_template(con: Connection, code: str) -> WordTemplate:
    """Read a Word template.

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        Its code.

    Returns
    -------
    WordTemplate
        With its fields.

    Raises
    ------
    NotFoundError
        When there is none of that code.
    RuleError
        When its document cannot be read.
    """
    query = "SELECT a.content FROM word_template w JOIN attachment a USING (attachment_no) WHERE w.code = ?"
    row = first_row(con, query, [code])
    if row is None:
        raise NotFoundError(f'There is no Word template "{code}".', "Add it first.")
    return WordTemplate(code, row[0])


def _content(con: Connection, number: int) -> Content:
    file = attachments.read(con, number)
    if file.media_type == WORD:
        return WordTemplate(file.file_name, file.content)
    if file.media_type in TEXTS:
        return TextTemplate(file.file_name, file.media_type, file.content)
    return FixedFile(file.file_name, file.media_type, file.content)
