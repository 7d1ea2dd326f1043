"""Files that appear whole or not at all: written beside their place, then renamed into it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbench.errors import ConflictError, ExportError


def prepare(target: Path, overwrite: bool) -> None:
    """See that a file may be written: nothing that shall stay is in its place, and its folder admits files.

    Parameters
    ----------
    target : pathlib.Path
        Where the file shall stand; its folder is made when it is missing.
    overwrite : bool
        Whether an existing file is replaced.

    Raises
    ------
    ConflictError
        When a file stands there and is to stay.
    ExportError
        When a folder stands there, or its own folder cannot be made or written to.
    """
    if target.is_dir():
        raise ExportError(f'"{target}" is a folder.', "Name a file in it.")
    if not overwrite:
        _refuse_existing(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ExportError(f'"{target.parent}" is not a folder.', "Choose another folder for the export.") from None
    except OSError as error:
        raise ExportError(
            f'The folder "{target.parent}" cannot be made: {reason(error)}.', "Choose another folder for the export."
        ) from None
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise ExportError(
            f'The folder "{target.parent}" does not admit new files.',
            "Ask for the right to write there, or choose another.",
        )


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Give a temporary path in the folder of a file; nothing is left of it afterwards.

    Parameters
    ----------
    target : pathlib.Path
        Where the file shall stand; its folder must exist.

    Yields
    ------
    pathlib.Path
        A hidden name that no other file has.
    """
    part = target.parent / f".{secrets.token_hex(8)}.part"
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def place(part: Path, target: Path, overwrite: bool) -> None:
    """Move a finished file into its place, in one step.

    Parameters
    ----------
    part : pathlib.Path
        The finished file, in the folder of `target`.
    target : pathlib.Path
        Where it shall stand.
    overwrite : bool
        Whether an existing file is replaced.

    Raises
    ------
    ConflictError
        When a file has come to stand there meanwhile and is to stay.
    """
    _flush(part)
    if overwrite:
        part.replace(target)
    else:
        _place_new(part, target)
    with suppress(OSError):  # not every system lets a folder be flushed
        _flush(target.parent)


def reason(error: OSError) -> str:
    """Say in words why the system refused.

    Parameters
    ----------
    error : OSError
        What it raised.

    Returns
    -------
    str
        Such as ``"no space left on device"``.
    """
    return (error.strerror or str(error)).lower()


def _flush(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _place_new(part: Path, target: Path) -> None:
    """Give the file a second name, which fails when the name is taken; a rename would replace silently."""
    try:
        target.hardlink_to(part)
    except FileExistsError:
        _refuse_existing(target)
    except OSError:  # a file system without second names
        _refuse_existing(target)
        part.rename(target)


def _refuse_existing(target: Path) -> None:
    if os.path.lexists(target):
        raise ConflictError(f'"{target}" exists already.', "Choose another name, or allow it to be overwritten.")
