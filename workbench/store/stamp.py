"""Telling without opening it whether a store's file has changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# File systems keep times in ticks of a few milliseconds: two changes within one tick look the same.
_SETTLED_NS = 100_000_000

_ABSENT = (0, 0, 0)


@dataclass(frozen=True)
class Stamp:
    """What the file system says about a store's file and its log.

    Attributes
    ----------
    file, log : tuple of int
        When each was last changed (nanoseconds since 1970), its size in bytes and its number.
    """

    file: tuple[int, int, int]
    log: tuple[int, int, int]

    @classmethod
    def of(cls, path: str) -> Stamp:
        """Look at a store.

        Parameters
        ----------
        path : str
            Its file. It is not opened: opening and closing it by path would drop DuckDB's locks on it.

        Returns
        -------
        Stamp
            Zeros for what is not there.
        """
        return cls(_signs(path), _signs(path + ".wal"))

    def is_settled(self, now: float) -> bool:
        """Tell whether any later change is sure to give another stamp.

        Parameters
        ----------
        now : float
            Seconds since 1970, when the stamp was taken.

        Returns
        -------
        bool
            False shortly after a change.
        """
        return max(self.file[0], self.log[0]) + _SETTLED_NS < now * 1e9


def _signs(path: str) -> tuple[int, int, int]:
    try:
        found = Path(path).stat()
    except FileNotFoundError:
        return _ABSENT
    return (found.st_mtime_ns, found.st_size, found.st_ino)
