"""Cover sheets, a page for each contact."""

from __future__ import annotations

from collections.abc import Callable

from workbench.reports.printing.paper import Paper
from workbench.reports.results import REMARKS, CoverSheet, CoverSheets

# DIN 5008, form B: the window of an envelope shows what stands from 45 mm down, 20 mm from the left.
_LEFT, _RIGHT, _ADDRESSEE = 25.0, 185.0, 54.0
_TEXT_STEP = 5.0


def printed(report: CoverSheets, progress: Callable[[int, int], None] | None) -> tuple[Paper, int]:
    """Print cover sheets.

    Parameters
    ----------
    report : CoverSheets
        What to print.
    progress : callable or None
        Called with sheets done and all sheets.

    Returns
    -------
    tuple of Paper and int
        The pages, and how many lines had to be cut.
    """
    paper, cut = Paper(report.title, report.as_of), 0
    for done, sheet in enumerate(report.sheets, start=1):
        cut += _page(paper, report, sheet)
        if progress is not None:
            progress(done, len(report.sheets))
    return paper, cut


def _page(paper: Paper, report: CoverSheets, sheet: CoverSheet) -> int:
    paper.new_page()
    _letter_head(paper, report.letter_head)
    cut = 0
    for number, line in enumerate(sheet.lines):
        shown = paper.fitted(line, 85, 11)
        cut += shown != line
        paper.text(_LEFT, _ADDRESSEE + number * 5, shown, 11)
    paper.text(0, 100, report.as_of.isoformat(), 10, to=_RIGHT)
    y = 112.0
    if sheet.salutation:
        paper.text(_LEFT, y, paper.fitted(sheet.salutation, _RIGHT - _LEFT, 11), 11)
        y += 10
    y = _remarks(paper, report.remarks, y)
    return cut + _free_text(paper, report.text, y + 6)


def _letter_head(paper: Paper, lines: tuple[str, ...]) -> None:
    for number, line in enumerate(lines[:5]):
        size, is_first = (14, True) if number == 0 else (9, False)
        shown = paper.fitted(line, 110, size, bold=is_first)
        paper.text(0, 18 + number * 5, shown, size, bold=is_first, to=_RIGHT)
    if lines:
        paper.rule(_LEFT, 43, _RIGHT, 0.3)


def _remarks(paper: Paper, checked: tuple[str, ...], y: float) -> float:
    """Draw all boxes in two columns, those that are asked for crossed."""
    for number, (code, text) in enumerate(REMARKS.items()):
        row, column = divmod(number, 2)
        left, base = _LEFT + column * 80, y + row * 8
        paper.box(left, base - 3.6, 4, is_checked=code in checked)
        paper.text(left + 7, base, text, 10)
    return y + 8 * -(-len(REMARKS) // 2)


def _free_text(paper: Paper, text: str, y: float) -> int:
    """Write the text down to the foot of the page."""
    if not text.strip():
        return 0
    most = int((paper.height - 20 - y) / _TEXT_STEP)
    lines = paper.wrapped(text, _RIGHT - _LEFT, 10, most=10_000)
    for number, line in enumerate(lines[:most]):
        paper.text(_LEFT, y + number * _TEXT_STEP, line, 10)
    return max(0, len(lines) - most)
