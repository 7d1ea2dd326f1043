"""What a Word document says, as the text of an e-mail: plain, and as HTML with headings, emphasis, links and tables."""

from __future__ import annotations

import html
from io import BytesIO
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

_MARKS = (("bold", "b"), ("italic", "i"), ("underline", "u"))
_SAFE = ("http://", "https://", "mailto:", "tel:")


def plain(document: bytes) -> str:
    """Give a document as plain text.

    Parameters
    ----------
    document : bytes
        A .docx file.

    Returns
    -------
    str
        A line for each paragraph and each row of a table, cells apart by tabs; links with their address.
    """
    return "\n".join(_plain(block) for block in _blocks(document)).strip() + "\n"


def as_html(document: bytes) -> str:
    """Give a document as HTML.

    Parameters
    ----------
    document : bytes
        A .docx file.

    Returns
    -------
    str
        One element for each paragraph and table; fonts, colours and pictures are left out.
    """
    return "<html><body>\n" + "\n".join(_as_html(block) for block in _blocks(document)) + "\n</body></html>\n"


def _blocks(document: bytes) -> list[Paragraph | Table]:
    return list(Document(BytesIO(document)).iter_inner_content())


def _plain(block: Any) -> str:
    if isinstance(block, Table):
        return "\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows)
    return "".join(_plain_part(part) for part in block.iter_inner_content())


def _plain_part(part: Any) -> str:
    if isinstance(part, Hyperlink) and part.url and part.url != part.text:
        return f"{part.text} <{part.url}>"
    return str(part.text)


def _as_html(block: Any) -> str:
    if isinstance(block, Table):
        rows = ("".join(f"<td>{_cell(cell)}</td>" for cell in row.cells) for row in block.rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    inner = "".join(_html_part(part) for part in block.iter_inner_content())
    tag = _tag(block.style.name if block.style is not None else "")
    return f"<{tag}>{inner or '&nbsp;'}</{tag}>"


def _cell(cell: Any) -> str:
    return "<br>".join("".join(map(_html_part, paragraph.iter_inner_content())) for paragraph in cell.paragraphs)


def _html_part(part: Any) -> str:
    if isinstance(part, Hyperlink):
        inner = "".join(_html_part(run) for run in part.runs)
        is_safe = part.url.lower().startswith(_SAFE)
        return f'<a href="{html.escape(part.url)}">{inner}</a>' if is_safe else inner
    text = html.escape(part.text).replace("\n", "<br>").replace("\t", " ")
    for mark, tag in _MARKS:
        if getattr(part, mark) and text:
            text = f"<{tag}>{text}</{tag}>"
    return text


def _tag(style: str) -> str:
    level = style.removeprefix("Heading ")
    return f"h{level}" if style.startswith("Heading ") and level in tuple("123456") else "p"
