"""A PDF that is written line by line, with a font that has most letters of the world, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import unicodedata
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

from fpdf import FPDF

_FAMILY = "DejaVu"
_FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_UNKNOWN = "?"
POINT = 25.4 / 72
"""A point in millimetres."""


class Paper:
    """Pages of A4.

    Parameters
    ----------
    title : str
        Of the document.
    as_of : datetime.date
        Stands as the day on which it was made, so that the same content gives the same bytes.
    landscape : bool, optional
        Whether pages are wider than high.

    Attributes
    ----------
    replaced : int
        Characters that the font lacks, printed as question marks.
    width, height : float
        Of a page, in millimetres.
    """

    def __init__(self, title: str, as_of: dt.date, *, landscape: bool = False) -> None:
        self._pdf = FPDF("landscape" if landscape else "portrait", "mm", "A4")
        self._pdf.set_auto_page_break(False)
        self._pdf.set_creation_date(dt.datetime(as_of.year, as_of.month, as_of.day, tzinfo=dt.UTC))
        self._pdf.set_title(title)
        self._pdf.set_producer("segmentation-workbench")
        self._letters: dict[str, set[int]] = {}
        self._style: tuple[str, float] | None = None
        self.replaced = 0
        self.width, self.height = self._pdf.w, self._pdf.h
        self.page_count = 0

    def new_page(self) -> None:
        """Begin a page."""
        self._pdf.add_page()
        self.page_count += 1

    def text(
        self, x: float, y: float, text: str, size: float = 10, *, bold: bool = False, to: float | None = None
    ) -> None:
        """Write a line.

        Parameters
        ----------
        x, y : float
            Where it begins: millimetres from the left, and of the base line from the top.
        text : str
            One line.
        size : float, optional
            Of the letters, in points.
        bold : bool, optional
            Whether it stands out.
        to : float, optional
            Where it ends instead, aligned right.
        """
        shown = self.printable(text, bold=bold)
        self._set(size, bold)
        left = x if to is None else to - self._pdf.get_string_width(shown)
        self._pdf.text(left, y, shown)

    def measure(self, text: str, size: float = 10, *, bold: bool = False) -> float:
        """Tell how wide a line is.

        Parameters
        ----------
        text : str
            The line.
        size : float, optional
            Of the letters, in points.
        bold : bool, optional
            Whether it stands out.

        Returns
        -------
        float
            Millimetres.
        """
        self._set(size, bold)
        width: float = self._pdf.get_string_width(self._known(text, bold=bold)[0])
        return width

    def printable(self, text: str, *, bold: bool = False) -> str:
        """Replace what the font lacks, and count it.

        Parameters
        ----------
        text : str
            Any.
        bold : bool, optional
            Which font.

        Returns
        -------
        str
            Composed, on one line.
        """
        shown, lacking = self._known(text, bold=bold)
        self.replaced += lacking
        return shown

    def fitted(self, text: str, width: float, size: float, *, bold: bool = False) -> str:
        """Cut a line to a width.

        Parameters
        ----------
        text : str
            The line.
        width : float
            In millimetres.
        size : float
            Of the letters, in points.
        bold : bool, optional
            Whether it stands out.

        Returns
        -------
        str
            The line, or its beginning with an ellipsis.
        """
        if self.measure(text, size, bold=bold) <= width:
            return text
        while text and self.measure(text + "…", size, bold=bold) > width:
            text = text[:-1]
        return text.rstrip() + "…"

    def wrapped(self, text: str, width: float, size: float, most: int = 3) -> list[str]:
        """Break a text into lines.

        Parameters
        ----------
        text : str
            Any length; its own line ends are kept.
        width : float
            In millimetres.
        size : float
            Of the letters, in points.
        most : int, optional
            How many lines at most; the last one is cut.

        Returns
        -------
        list of str
            At least one line.
        """
        if "\n" not in text and self.measure(text, size) <= width:
            return [text]
        lines: list[str] = []
        for paragraph in text.splitlines() or [""]:
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}".strip()
                if line and self.measure(longer, size) > width:
                    lines.append(line)
                    line = word
                else:
                    line = longer
            lines.append(line)
        kept = lines[:most]
        if len(lines) > most:
            kept[-1] = f"{kept[-1]} …"
        return [self.fitted(line, width, size) for line in kept]

    def rule(self, x: float, y: float, to: float, weight: float = 0.2) -> None:
        """Draw a level line.

        Parameters
        ----------
        x, y, to : float
            From where, at which height, to where, in millimetres.
        weight : float, optional
            Its thickness in millimetres.
        """
        self._pdf.set_line_width(weight)
        self._pdf.line(x, y, to, y)

    def box(self, x: float, y: float, side: float, *, is_checked: bool = False) -> None:
        """Draw a check box.

        Parameters
        ----------
        x, y : float
            Its upper left corner, in millimetres.
        side : float
            Its side, in millimetres.
        is_checked : bool, optional
            Whether it is crossed.
        """
        self._pdf.set_line_width(0.3)
        self._pdf.rect(x, y, side, side)
        if is_checked:
            self._pdf.line(x, y, x + side, y + side)
            self._pdf.line(x, y + side, x + side, y)

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        """Lay a light ground under what is written next.

        Parameters
        ----------
        x, y, width, height : float
            In millimetres.
        """
        self._pdf.set_fill_color(238)
        self._pdf.rect(x, y, width, height, style="F")
        self._pdf.set_fill_color(0)

    def save(self, path: Path) -> None:
        """Write the document.

        Parameters
        ----------
        path : pathlib.Path
            Where to.
        """
        self._pdf.output(str(path))

    def _set(self, size: float, bold: bool) -> None:
        style = "B" if bold else ""
        self._load(style)
        if self._style != (style, size):
            self._pdf.set_font(_FAMILY, style, size)
            self._style = (style, size)

    def _load(self, style: str) -> None:
        if style not in self._letters:
            with resources.as_file(resources.files("workbench.reports") / "fonts" / _FILES[style]) as file:
                self._pdf.add_font(_FAMILY, style, file)
                font: Any = self._pdf.fonts[_FAMILY.lower() + style]
                _read_whole(font.ttfont.reader)
            self._letters[style] = set(font.cmap)

    def _known(self, text: str, *, bold: bool) -> tuple[str, int]:
        """Compose letters with their marks, and put a question mark for what the font lacks."""
        style = "B" if bold else ""
        self._load(style)
        flat, letters = " ".join(unicodedata.normalize("NFC", text).split()), self._letters[style]
        if flat.isascii() or all(ord(sign) in letters for sign in flat):
            return flat, 0
        lacking = [sign for sign in flat if ord(sign) not in letters]
        return "".join(sign if ord(sign) in letters else _UNKNOWN for sign in flat), len(lacking)


def _read_whole(reader: Any) -> None:
    """Take a font into memory: fpdf2 would keep its file open for as long as the document lives."""
    with reader.file as file:
        file.seek(0)
        reader.file = BytesIO(file.read())
