"""Files that appear whole or not at all: written beside their place, then renamed into it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbench.errors import ConflictError, ExportError


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


def make_folder(folder: Path) -> None:
    """See that a folder exists and can be written to.

    Parameters
    ----------
    folder : pathlib.Path
        Made with its parents when it is missing.

    Raises
    ------
    ExportError
        When it cannot be made or does not admit files.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise ExportError(f'"{folder}" is not a folder.', "Choose another folder for the export.") from None
    except OSError as error:
        raise ExportError(
            f'The folder "{folder}" cannot be made: {reason(error)}.', "Choose another folder for the export."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ExportError(
            f'The folder "{folder}" does not admit new files.',
            "Ask for the right to write there, or choose another.",
        )


def refuse_existing(target: Path, overwrite: bool) -> None:
    """Refuse to write over a file unless that is wanted.

    Parameters
    ----------
    target : pathlib.Path
        Where the file shall stand.
    overwrite : bool
        Whether an existing file is replaced.

    Raises
    ------
    ConflictError
        When a file stands there and is to stay.
    ExportError
        When a folder stands there.
    """
    if target.is_dir():
        raise ExportError(f'"{target}" is a folder.', "Name a file in it.")
    if not overwrite and os.path.lexists(target):
        raise _exists(target)


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
    flush(part)
    if overwrite:
        os.replace(part, target)
    else:
        _place_new(part, target)
    with suppress(OSError):  # not every system lets a folder be flushed
        flush(target.parent)


def flush(path: Path) -> None:
    """Wait until a file or folder is on the disk.

    Parameters
    ----------
    path : pathlib.Path
        What to flush.
    """
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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


def _place_new(part: Path, target: Path) -> None:
    """Give the file a second name, which fails when the name is taken; a rename would replace silently."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise _exists(target) from None
    except OSError:  # a file system without second names
        refuse_existing(target, overwrite=False)
        os.rename(part, target)


def _exists(target: Path) -> ConflictError:
    return ConflictError(f'"{target}" exists already.', "Choose another name, or allow it to be overwritten.")
