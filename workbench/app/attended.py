"""Work that shows how far it is, and is given up when the visitor cancels it or goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from workbench.errors import CancelledError

Result = TypeVar("Result")
Progress = Callable[[int, int], None]

# Seconds between two looks at how far the work is.
PAUSE = 0.1


def result(work: Callable[[Progress], Result], show: Progress, keep: Callable[[Result], None]) -> Result:
    """Do work while the visitor watches it.

    Parameters
    ----------
    work : callable
        Tells how far it is, as (done, of), and gives up where telling raises. It runs in a thread of its own, so it
        knows nothing of the session.
    show : callable
        Draws how far the work is. It raises when the visitor cancelled or went on, as drawing does in Streamlit.
    keep : callable
        Takes the result as soon as it is there: also when the work was done before it noticed that it was cancelled.

    Returns
    -------
    object
        What the work gave.
    """
    progress = _Progress()
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(work, progress.tell)
        try:
            while not wait([future], timeout=PAUSE).done:
                show(*progress.reached)
        except BaseException:
            progress.is_wanted.clear()
            if future.exception() is None:
                keep(future.result())
            raise
    keep(future.result())
    return future.result()


class _Progress:
    """How far work is, told by one thread and read by another."""

    def __init__(self) -> None:
        self.reached = (0, 0)
        self.is_wanted = threading.Event()
        self.is_wanted.set()

    def tell(self, done: int, of: int) -> None:
        if not self.is_wanted.is_set():
            raise CancelledError("The load was cancelled; nothing was written.", "Load the file again.")
        self.reached = (done, of)
