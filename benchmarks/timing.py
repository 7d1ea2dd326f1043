"""How long work takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def best(work: Callable[[], Found], repeat: int) -> tuple[Found, float]:
    """Do work several times.

    Parameters
    ----------
    work : callable
        What is timed.
    repeat : int
        How many times, at least once.

    Returns
    -------
    tuple
        What it gave the last time, and the seconds of the shortest.
    """
    found, seconds = _timed(work)
    for _ in range(repeat - 1):
        found, again = _timed(work)
        seconds = min(seconds, again)
    return found, seconds


def _timed(work: Callable[[], Found]) -> tuple[Found, float]:
    begun = time.perf_counter()
    found = work()
    return found, time.perf_counter() - begun
