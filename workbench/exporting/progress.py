"""How far an export has come."""

from __future__ import annotations

from collections.abc import Callable


class Advance:
    """Counts rows and tells a listener; the listener may raise to cancel.

    Parameters
    ----------
    total : int
        Rows to do.
    listener : callable, optional
        Called with the rows done and the rows to do.

    Examples
    --------
    >>> advance = Advance(4, lambda done, total: print(f"{done} of {total}"))
    >>> advance.by(3)
    3 of 4
    """

    def __init__(self, total: int, listener: Callable[[int, int], None] | None = None) -> None:
        self._done = 0
        self._total = total
        self._listener = listener

    def by(self, count: int) -> None:
        """Count rows as done.

        Parameters
        ----------
        count : int
            How many more.
        """
        self._done += count
        if self._listener is not None:
            self._listener(self._done, self._total)
