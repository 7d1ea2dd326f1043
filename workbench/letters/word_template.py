"""Word templates: which fields they have, and the documents that become of them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from workbench.errors import RuleError
from workbench.letters.content import Content
from workbench.letters.merge_environment import Environment, blankless, told

_AFTER_PAGE_NUMBERS = (
    "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter",
    "w:docGrid", "w:printerSettings", "w:sectPrChange",
)  # fmt: skip
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class WordTemplate(Content):
    """A Word document with merge fields such as ``{{ name }}``.

    Parameters
    ----------
    name : str
        By which it is spoken of.
    content : bytes
        The .docx file.

    Attributes
    ----------
    fields : frozenset of str
        The merge fields in it.
    margin_fields : frozenset of str
        Those of them in headers, footers and footnotes, which all letters of one file share.

    Raises
    ------
    RuleError
        When it is no Word document, or its fields cannot be read.
    """

    suffix, media_type = ".docx", WORD

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._environment = Environment()
        self._word = _opened(name, content)
        body, margins = self._sources()
        with told(name):
            self._probe = self._environment.from_string(body + margins)
            self.fields = self._environment.fields_of(body + margins)
            self.margin_fields = self._environment.fields_of(margins)

    def _sources(self) -> tuple[str, str]:
        """Give the text of the body, and that of headers, footers and footnotes, as the templates they are."""
        word = self._word
        parts = [part for uri in (word.HEADER_URI, word.FOOTER_URI) for _, part in word.get_headers_footers(uri)]
        parts += [part for part in word.docx.part.package.iter_parts() if part.content_type == _FOOTNOTES]
        margins = "".join(word.patch_xml(word.get_part_xml(part)) for part in parts)
        return word.patch_xml(word.get_xml()), margins

    def lacking(self, values: dict[str, Any]) -> frozenset[str]:
        self._environment.forget()
        with told(self.name):
            self._probe.render(blankless(values))
        return frozenset(self._environment.lacking)

    def merged(self, values: dict[str, Any]) -> bytes:
        self._fill(values)
        return _saved(self._word)

    def merged_into_one(self, letters: Iterable[dict[str, Any]]) -> bytes:
        """Make one document of many letters, each in a section of its own that begins with page 1.

        Parameters
        ----------
        letters : iterable of dict
            Values by field, one for each letter; at least one.

        Returns
        -------
        bytes
            A .docx file.

        Raises
        ------
        RuleError
            When headers, footers or footnotes have fields, or the template cannot be filled.

        Notes
        -----
        All sections have the styles, pictures, headers and footers of the template, for each was made from it.
        """
        if self.margin_fields:
            raise RuleError(
                f'"{self.name}" has merge fields in headers, footers or footnotes, which letters of one file share.',
                "Move them into the text, or make a file for each contact.",
            )
        document, whole = None, None
        for values in letters:
            self._fill(values)
            body = self._word.docx.element.body
            if whole is None:
                document, whole = self._word.docx, body
                continue
            _end_section(whole)
            whole.extend(list(body))
        return _saved(_tidied(document))

    def _fill(self, values: dict[str, Any]) -> None:
        with told(self.name):
            self._word.render(blankless(values), self._environment, autoescape=True)


def _opened(name: str, content: bytes) -> Any:
    try:
        word = DocxTemplate(BytesIO(content))
        word.init_docx()
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError):
        raise RuleError(f'"{name}" is no Word document.', "Save it as .docx and put it in again.") from None
    return word


def _saved(word: Any) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _end_section(body: Any) -> None:
    """Let the last section of a body end in a paragraph, so that another one can follow."""
    section = body[-1] if len(body) and body[-1].tag == qn("w:sectPr") else OxmlElement("w:sectPr")
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    properties.append(section)
    paragraph.append(properties)
    body.append(paragraph)


def _tidied(document: Any) -> Any:
    """Let each section begin with page 1, and give each picture a number of its own."""
    body = document.element.body
    for section in body.iter(qn("w:sectPr")):
        numbering = section.find(qn("w:pgNumType"))
        if numbering is None:
            numbering = OxmlElement("w:pgNumType")
            section.insert_element_before(numbering, *_AFTER_PAGE_NUMBERS)
        numbering.set(qn("w:start"), "1")
    for number, picture in enumerate(body.iter(qn("wp:docPr")), start=1):
        picture.set("id", str(number))
    return document
