"""Rows of delimited text, each with its number; a stray quotation mark costs its own row and no other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain

from workbench.sources.raw_table import MisshapenRow

_MOST_LIKE_ROWS = 0.8
"""Where so many of the lines inside a quoted cell look like rows, a stray quotation mark swallowed them."""
_FEWEST_LINES, _FEWEST_CELLS = 4, 2
_MOST_STRAY = 1_000
"""After so many, the rest is one row: reading it again and again would not end soon."""


def numbered(lines: Iterable[str], delimiter: str, stray: list[MisshapenRow]) -> Iterator[tuple[int, list[str]]]:
    """Read the rows that are not blank.

    Parameters
    ----------
    lines : iterable of str
        With their line ends.
    delimiter : str
        The sign between the cells.
    stray : list of MisshapenRow
        Takes lines with a quotation mark that is never closed; what follows them is read as if they were not there.

    Yields
    ------
    (int, list of str)
        Number of the row, from 1, and its cells.
    """
    number, width, left = 0, 0, iter(lines)
    while True:
        fed = _Fed(left)
        for cells in csv.reader(fed, delimiter=delimiter):
            number += 1
            if fed.has_swallowed(delimiter, width) and len(stray) < _MOST_STRAY:
                stray.append(_stray(number, fed.lines[0], delimiter))
                left = chain(fed.lines[1:], left)
                break
            fed.lines.clear()
            if cells and any(cells):
                width = width or len(cells)
                yield number, cells
        else:
            return


class _Fed:
    """Lines on their way to the reader, kept until their row is complete."""

    def __init__(self, left: Iterator[str]) -> None:
        self.lines: list[str] = []
        self._left = left
        self._has_ended = False

    def __iter__(self) -> Iterator[str]:
        keep = self.lines.append
        for line in self._left:
            keep(line)
            yield line
        self._has_ended = True

    def has_swallowed(self, delimiter: str, width: int) -> bool:
        """Whether a row still waited for its quotation mark at the end, or closed with that of another row."""
        if self._has_ended or len(self.lines) < _FEWEST_LINES or width < _FEWEST_CELLS:
            return self._has_ended
        inner = self.lines[1:-1]
        return sum(line.count(delimiter) == width - 1 for line in inner) >= _MOST_LIKE_ROWS * len(inner)


def _stray(number: int, line: str, delimiter: str) -> MisshapenRow:
    cells = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
    return MisshapenRow(number, tuple(cells), "a quotation mark of this row is never closed")
