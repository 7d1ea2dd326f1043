"""The workbench's figures beside those that others published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbench.errors import NotFoundError, WorkbenchError
from workbench.selftest import cdnow, hillstrom, proportions, rfm_orders
from workbench.selftest.figures import Check, Figure
from workbench.selftest.results import Part, SelfTest

__all__ = ["CHECKS", "Figure", "Part", "SelfTest", "run"]

CHECKS = (
    proportions.CHECK, hillstrom.COUNTS, cdnow.FORMULAS, rfm_orders.BOUNDS, rfm_orders.FILE, cdnow.FILE, hillstrom.FILE,
)  # fmt: skip
Progress = Callable[[int, int], None]


def run(folder: Path | None = None, progress: Progress | None = None, checks: tuple[Check, ...] = CHECKS) -> SelfTest:
    """Compute figures that others published, and put the two beside each other.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Where public data sets are; without it, what needs one is left out.
    progress : callable, optional
        Told how many parts of how many are done.
    checks : tuple of Check, optional
        Other parts than all of them.

    Returns
    -------
    SelfTest
        Every figure with its source and tolerance, and what was left out for want of data.

    Raises
    ------
    NotFoundError
        When there is no such folder.
    """
    if folder is not None and not folder.is_dir():
        raise NotFoundError(f"There is no folder {folder}.", "Name the folder that has the public data sets (--data).")
    parts = []
    for done, check in enumerate(checks):
        if progress is not None:
            progress(done, len(checks))
        parts.append(_part(check, folder))
    if progress is not None:
        progress(len(checks), len(checks))
    return SelfTest(tuple(parts))


def _part(check: Check, folder: Path | None) -> Part:
    file = Path(check.file) if folder is None else folder / check.file
    if check.file and (folder is None or not file.is_file()):
        where = "No folder of public data was named" if folder is None else f"{file} is not there"
        return Part(check.subject, (), f"{where}. {check.file} is from {check.origin}.")
    try:
        return Part(check.subject, tuple(check.compute(file)))
    except WorkbenchError as error:
        return Part(check.subject, (), failure=f"{error.message} {error.hint}".strip())
