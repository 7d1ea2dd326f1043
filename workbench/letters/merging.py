"""Printed letters: merged into files, and marked as delivered in the same unit of work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from workbench.contact_rows import export_log
from workbench.errors import ConflictError, ExportError, RuleError
from workbench.exporting import placing
from workbench.letters import claiming
from workbench.letters.preparing import Letter
from workbench.letters.results import Delivery
from workbench.letters.word_template import WordTemplate
from workbench.letters.work import LetterWork, Progress, Rules
from workbench.store.cancelling import Cancellation

Tick: TypeAlias = Callable[[], None]
_Draft: TypeAlias = tuple[str, bytes]


class Merging(LetterWork):
    """Letters as files."""

    def merge(
        self,
        entry_no: int,
        folder: str | Path,
        *,
        one_file: bool = False,
        rules: Rules | None = None,
        overwrite: bool = False,
        dry_run: bool = True,
        progress: Progress | None = None,
        cancellation: Cancellation | None = None,
    ) -> Delivery:
        """Merge the printed letters of a logged segment into files.

        Parameters
        ----------
        entry_no : int
            The number of the logged segment.
        folder : str or pathlib.Path
            Where the files go; made where it is missing.
        one_file : bool, optional
            One file for all letters of a template; else one for each contact.
        rules : Rules, optional
            Whose letters may go.
        overwrite : bool, optional
            Whether files of those names are replaced.
        dry_run : bool, optional
            Only tell what would happen; so it is unless false is said.
        progress : callable, optional
            Called with letters made and letters to make.
        cancellation : Cancellation, optional
            Ends the work before the next letter; then no file is left and no letter marked.

        Returns
        -------
        Delivery
            Letters by state, and the files. Each letter that went is marked as delivered and does not go again.

        Raises
        ------
        NotFoundError
            When there is no such logged segment.
        RuleError
            When it has nothing to deliver, a template has fields that do not exist or that contacts lack, or several
            letters cannot share a file.
        ConflictError
            When a file exists already, or somebody delivered letters meanwhile.
        ExportError
            When a file cannot be written.
        CancelledError
            When it was cancelled.

        Notes
        -----
        All letters are made before the first file appears, and files and marks appear together or not at all.
        """
        rows, letters = self._prepared(entry_no, "hard_copy", rules or Rules())
        if dry_run or not letters:
            return Delivery(entry_no, len(letters), rows, str(folder))
        tick = ticker(len(letters), progress, cancellation)
        drafts = list(_in_one(letters, tick) if one_file else _each(letters, tick))
        return self._placed(entry_no, letters, drafts, Path(folder), rules or Rules(), overwrite=overwrite)

    def _placed(
        self, entry_no: int, letters: Sequence[Letter], drafts: Sequence[_Draft], folder: Path, rules: Rules, *,
        overwrite: bool,
    ) -> Delivery:  # fmt: skip
        """Mark the letters and put their files in place, all of it or nothing."""
        with ExitStack() as undo:
            with self._database.writing() as con:
                numbers = [letter.entry_no for letter in letters]
                taken = claiming.claim(con, numbers)
                if taken < len(letters):
                    raise ConflictError(
                        f"Letters that may not go any more: {len(letters) - taken:,}.",
                        "Somebody delivered them meanwhile, or blocked their contacts; look at them again.",
                    )
                claiming.deliver(con, numbers)
                place = export_log.absolute(folder)
                ids = np.array([letter.contact_id for letter in letters])
                export_log.note(con, place, drafts[0][0].rpartition(".")[2], ids, row_count=len(letters))
                rows = self._outbox(con, entry_no, rules)
                files = [_written(folder / name, content, undo, overwrite=overwrite) for name, content in drafts]
            undo.pop_all()
        return Delivery(entry_no, len(letters), rows, place, tuple(files), is_written=True)


def ticker(total: int, progress: Progress | None, cancellation: Cancellation | None) -> Tick:
    """Make what is called before each letter.

    Parameters
    ----------
    total : int
        Letters to make.
    progress : callable or None
        Told how many were made.
    cancellation : Cancellation or None
        What ends the work.

    Returns
    -------
    callable
        Counts, and raises `CancelledError` when the work was cancelled.
    """
    counted = count()

    def tick() -> None:
        if cancellation is not None:
            cancellation.check()
        if progress is not None:
            progress(next(counted), total)

    return tick


def file_name(letter: Letter, suffix: str) -> str:
    """Name the file of a letter.

    Parameters
    ----------
    letter : Letter
        The letter.
    suffix : str
        The ending.

    Returns
    -------
    str
        Of the numbers of interaction and contact, without signs that systems do not take.
    """
    return f"{letter.entry_no}-{_plain(letter.contact_no)}{suffix}"


def _each(letters: Sequence[Letter], tick: Tick) -> Iterator[_Draft]:
    for letter in letters:
        tick()
        yield file_name(letter, letter.content.suffix), letter.content.merged(letter.values)


def _in_one(letters: Sequence[Letter], tick: Tick) -> Iterator[_Draft]:
    """Give a file for each template, named after it and the first letter in it."""
    together: dict[int, list[Letter]] = {}
    for letter in letters:
        together.setdefault(id(letter.content), []).append(letter)
    for group in together.values():
        content = group[0].content
        if not isinstance(content, WordTemplate):
            raise RuleError(
                f'"{content.name}" is no Word document, so letters of it cannot share a file.',
                "Make a file for each contact.",
            )
        name = f"{group[0].entry_no}-{_plain(content.name.removesuffix('.docx'))}.docx"
        yield name, content.merged_into_one(_values(group, tick))


def _values(letters: Sequence[Letter], tick: Tick) -> Iterator[dict[str, Any]]:
    for letter in letters:
        tick()
        yield letter.values


def _plain(name: str) -> str:
    """Leave out what systems do not take in the name of a file."""
    return re.sub(r"[^\w.-]", "_", name)


def _written(target: Path, content: bytes, undo: ExitStack, *, overwrite: bool) -> Path:
    """Put a file in its place; what undoes it is kept."""
    placing.prepare(target, overwrite)
    try:
        with placing.unfinished(target) as part:
            part.write_bytes(content)
            placing.place(part, target, overwrite)
    except OSError as error:
        raise ExportError(f'"{target}" cannot be written: {placing.reason(error)}.', "No letter was marked.") from None
    undo.callback(target.unlink, missing_ok=True)
    return target
