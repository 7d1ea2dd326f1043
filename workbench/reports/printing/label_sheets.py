"""Labels on sheets, to the millimetre."""

from __future__ import annotations

from collections.abc import Callable

from workbench.reports.printing.paper import Paper
from workbench.reports.results import LabelFormat, Labels

PADDING = 5.0
"""Millimetres that stay free inside each label, which most printers cannot reach at the edges of a sheet."""
_SIZES = (10.0, 9.0, 8.0, 7.0, 6.5)
_LEADING = 0.43  # of a line, in millimetres for each point


def printed(labels: Labels, progress: Callable[[int, int], None] | None = None) -> tuple[Paper, int]:
    """Print labels.

    Parameters
    ----------
    labels : Labels
        What to print.
    progress : callable, optional
        Called with the labels done and all labels after each sheet; what it raises ends the work.

    Returns
    -------
    tuple of Paper and int
        The sheets, and how many lines had to be cut.

    Notes
    -----
    A block of up to six lines stands in 10 points; a line that is too long takes two. More lines make the whole block
    smaller, down to 6.5 points; what is longer still is cut. 100,000 labels take half a minute.
    """
    paper, cut, total = Paper(labels.title, labels.as_of), 0, len(labels.rows)
    for done, block in enumerate(labels.rows["block"]):
        place = (done + labels.skip) % labels.format.per_sheet
        if place == 0 or done == 0:
            paper.new_page()
            if progress is not None:
                progress(done, total)
        cut += _label(paper, labels.format, place, block.split("\n"))
    if progress is not None:
        progress(total, total)
    return paper, cut


def _label(paper: Paper, sheet: LabelFormat, place: int, lines: list[str]) -> int:
    left, top = sheet.corner(place)
    room_x, room_y = sheet.width - 2 * PADDING, sheet.height - 2 * PADDING
    size, shown = _laid_out(paper, lines, room_x, room_y)
    step = size * _LEADING
    kept = shown[: int(room_y / step)]
    base = top + PADDING + size * 0.35
    for number, line in enumerate(kept):
        paper.text(left + PADDING, base + number * step, line, size)
    return len(shown) - len(kept) + sum(line.endswith("…") for line in kept)


def _laid_out(paper: Paper, lines: list[str], room_x: float, room_y: float) -> tuple[float, list[str]]:
    """Choose the largest letters that let the block into its label, long lines in two."""
    for size in _SIZES:
        shown = [part for line in lines for part in paper.wrapped(line, room_x, size, most=2)]
        if len(shown) * size * _LEADING <= room_y and not any(line.endswith("…") for line in shown):
            break
    return size, shown
