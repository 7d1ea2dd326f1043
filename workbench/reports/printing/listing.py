"""Tables on pages, with a heading on each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.reports.printing.paper import Paper

MARGIN = 12.0
_SIZE = 8.0
_STEP = 3.6
_GAP = 3.0


@dataclass(frozen=True)
class PrintedColumn:
    """A column of a printed table.

    Attributes
    ----------
    name : str
        In the frame.
    heading : str
        On the page.
    share : float
        Of the width, against the other columns.
    is_right : bool
        Whether it is aligned right.
    """

    name: str
    heading: str
    share: float
    is_right: bool = False


class Listing:
    """Pages with a heading and page numbers, filled from the top.

    Parameters
    ----------
    title : str
        At the top of each page.
    as_of : datetime.date
        Likewise.
    landscape : bool, optional
        Whether pages are wider than high.
    """

    def __init__(self, title: str, as_of: dt.date, *, landscape: bool = False) -> None:
        self.paper = Paper(title, as_of, landscape=landscape)
        self._title, self._as_of = title, as_of
        self._heads: tuple[Sequence[PrintedColumn], float] | None = None
        self.begin_page()

    @property
    def _room(self) -> float:
        return self.paper.width - 2 * MARGIN

    def begin_page(self) -> None:
        """Begin a page with its heading."""
        paper = self.paper
        paper.new_page()
        right = paper.width - MARGIN
        paper.text(MARGIN, 14, self._title, 13, bold=True)
        paper.text(0, 14, f"{self._as_of.isoformat()} · Page {paper.page_count}", 8, to=right)
        paper.rule(MARGIN, 17, right, 0.4)
        self.y = 23.0
        if self._heads is not None:
            self._draw_heads(*self._heads)

    def need(self, height: float) -> None:
        """Begin a page where there is no room left.

        Parameters
        ----------
        height : float
            Millimetres that are needed.
        """
        if self.y + height > self.paper.height - MARGIN:
            self.begin_page()

    def line(self, text: str, size: float = 9, *, bold: bool = False, indent: float = 0) -> None:
        """Write a text under what is there, in as many lines as it needs.

        Parameters
        ----------
        text : str
            What to write.
        size : float, optional
            Of the letters, in points.
        bold : bool, optional
            Whether it stands out.
        indent : float, optional
            Millimetres from the margin.
        """
        for part in self.paper.wrapped(text, self._room - indent, size, most=50):
            self.need(size * 0.5)
            self.paper.text(MARGIN + indent, self.y, part, size, bold=bold)
            self.y += size * 0.5

    def space(self, height: float = 3) -> None:
        """Leave room.

        Parameters
        ----------
        height : float, optional
            In millimetres.
        """
        self.y += height

    def table(
        self,
        rows: pd.DataFrame,
        columns: Sequence[PrintedColumn],
        *,
        indent: float = 0,
        advance: Callable[[int], None] | None = None,
    ) -> None:
        """Write a table; its heads are written again on each page.

        Parameters
        ----------
        rows : pandas.DataFrame
            What to write.
        columns : sequence of PrintedColumn
            Which columns.
        indent : float, optional
            Millimetres from the margin.
        advance : callable, optional
            Told how many rows are done after each row.
        """
        self.need(4 * _STEP)
        self._heads = (columns, indent)
        self._draw_heads(columns, indent)
        places = self._places(columns, indent)
        for done, row in enumerate(rows[[column.name for column in columns]].itertuples(index=False), start=1):
            cells = [
                self.paper.wrapped(cell_text(value), right - left, _SIZE)
                for value, (left, right) in zip(row, places, strict=True)
            ]
            self._draw_row(cells, columns, places)
            if advance is not None:
                advance(done)
        self._heads = None
        self.y += 2

    def _draw_row(
        self, cells: list[list[str]], columns: Sequence[PrintedColumn], places: list[tuple[float, float]]
    ) -> None:
        height = max(map(len, cells)) * _STEP + 0.8
        self.need(height)
        for lines, column, (left, right) in zip(cells, columns, places, strict=True):
            for number, line in enumerate(lines):
                self.paper.text(left, self.y + number * _STEP, line, _SIZE, to=right if column.is_right else None)
        self.y += height

    def _draw_heads(self, columns: Sequence[PrintedColumn], indent: float) -> None:
        places = self._places(columns, indent)
        self.paper.shade(places[0][0] - 1, self.y - 3.4, places[-1][1] - places[0][0] + 2, 5)
        for column, (left, right) in zip(columns, places, strict=True):
            shown = self.paper.fitted(column.heading, right - left, _SIZE, bold=True)
            self.paper.text(left, self.y, shown, _SIZE, bold=True, to=right if column.is_right else None)
        self.y += 5.4

    def _places(self, columns: Sequence[PrintedColumn], indent: float) -> list[tuple[float, float]]:
        room = self._room - indent - _GAP * (len(columns) - 1)
        whole = sum(column.share for column in columns)
        left, places = MARGIN + indent, []
        for column in columns:
            width = room * column.share / whole
            places.append((left, left + width))
            left += width + _GAP
        return places


def cell_text(value: Any) -> str:
    """Write a value as a reader expects it.

    Parameters
    ----------
    value : object
        A cell.

    Returns
    -------
    str
        Empty where it is unknown; amounts with two decimals, days in ISO form, codes with blanks.
    """
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, dt.datetime | pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)
