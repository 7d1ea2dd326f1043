"""A lock file beside the store that every process passes before DuckDB opens the store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from workbench.errors import StoreBusyError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR_BEHIND_THE_NUMBER = 1 << 30


class Turnstile:
    """Let one process at a time open the store, and keep others out while it writes.

    Parameters
    ----------
    path : str
        The store's file; the lock is the file of the same name with ``.lock`` behind it, which stays.

    Notes
    -----
    DuckDB's own lock is not enough. It reads the header of the file first and locks the file after, so
    a process can lock with the header of before another one's write: it then reads blocks that are no
    longer there, or writes over what was acknowledged. Behind the turnstile nobody writes while a
    header is read.

    A reader passes and goes on reading; a writer stays until it has written. It stays also while it waits
    for readers to leave, so that new ones do not keep it out for ever. The system frees the lock of a
    process that ends, however it ends.
    """

    def __init__(self, path: str) -> None:
        self._store = path
        self._path = path + ".lock"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be at the turnstile alone, under the number of this process.

        Yields
        ------
        None
            While nobody else is there.

        Raises
        ------
        StoreBusyError
            At once, when somebody is; it names the process.
        """
        descriptor = self._opened()
        if descriptor is None:
            yield
            return
        try:
            if not _lock(descriptor):
                raise busy(self._store, _number(descriptor))
            _sign(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _opened(self) -> int | None:
        """Open the lock file; None in a folder of which we may only read, where nobody like us writes."""
        for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
            with suppress(OSError):
                return os.open(self._path, flags, 0o666)
        return None


def busy(path: str, number: str) -> StoreBusyError:
    """Say who keeps the store from us.

    Parameters
    ----------
    path : str
        The store.
    number : str
        Of the process, or empty when it is not known.

    Returns
    -------
    StoreBusyError
        To be raised by the caller.
    """
    who = f"process {number}" if number else "another process"
    return StoreBusyError(
        f"The store {path} is busy: {who} holds the store.",
        "Try again when it has finished; a notebook or tool that opened the file with DuckDB itself holds it "
        "until it is closed.",
    )


def _number(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 20).decode("ascii", "ignore").strip()


def _sign(descriptor: int) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with suppress(OSError):  # of another user's lock file we may only read
        os.write(descriptor, f"{os.getpid():<20}".encode("ascii"))


if sys.platform == "win32":

    def _lock(descriptor: int) -> bool:
        """Lock without waiting, behind the number, for Windows lets nobody read what is locked."""
        os.lseek(descriptor, _FAR_BEHIND_THE_NUMBER, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(descriptor: int) -> bool:
        """Lock without waiting, or go on without where the file system knows no locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
