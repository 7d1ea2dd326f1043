"""Work that is given up as soon as the visitor has gone on: nobody would see what it gives."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from workbench.store import Cancellation, Database

Result = TypeVar("Result")

# Seconds between two looks at whether the visitor has gone on.
PAUSE = 0.05


def result(database: Database, work: Callable[[], Result]) -> Result:
    """Do work at the store for as long as the visitor waits for it.

    Parameters
    ----------
    database : Database
        The store.
    work : callable
        Reads the store. It runs in a thread of its own, so it knows nothing of the session.

    Returns
    -------
    object
        What the work gave.

    Raises
    ------
    CancelledError
        When the visitor edited again, opened another page or left before the work was done.

    Notes
    -----
    A run of the script holds its thread until its query ends, and what the visitor does meanwhile waits for it.
    So the query runs in another thread, and the script's looks up from time to time.
    """
    cancellation = Cancellation()

    def cancellable() -> Result:
        with database.cancellable(cancellation):
            return work()

    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(cancellable)
        _attend(future, cancellation)
        return future.result()


def is_overtaken(requests: ScriptRequests | None) -> bool:
    """Tell whether the visitor has done anything since the script began to run.

    Parameters
    ----------
    requests : ScriptRequests or None
        What the session asks of the script; None where there is no session.

    Returns
    -------
    bool
        Whether something waits for the run to end.

    Notes
    -----
    Streamlit stops the run of a whole page at its next element, but lets that of a fragment end before it looks at
    the next edit. It has no public way to ask whether there is one; where the private one is gone, nothing is given up.
    """
    return getattr(requests, "_state", ScriptRequestType.CONTINUE) is not ScriptRequestType.CONTINUE


def _attend(future: Future[Result], cancellation: Cancellation) -> None:
    """Wait for the work; cancel it, again and again until it has noticed, when it is overtaken."""
    context = get_script_run_ctx(suppress_warning=True)
    requests = context.script_requests if context is not None else None
    while not wait([future], timeout=PAUSE).done:
        if is_overtaken(requests):
            cancellation.cancel()
