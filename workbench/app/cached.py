"""What is kept between clicks: one workbench for each store, results for as long as the store does not change."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from workbench.bench import Workbench, open_workbench
from workbench.config import store_path

Result = TypeVar("Result")


def bench() -> Workbench:
    """Open the workbench on the store this app serves.

    Returns
    -------
    Workbench
        The same one for all visitors and clicks; its caches serve them all.

    Raises
    ------
    NotFoundError
        When there is no store.
    StoreError
        When it cannot be opened.
    """
    opened = _opened(str(Path(store_path()).absolute()))
    opened.database.revision()  # costs nothing while the file is as it was, and notices when it is gone
    return opened


@st.cache_resource(show_spinner=False)
def _opened(path: str) -> Workbench:
    return open_workbench(path, create=False)


def by_revision(opened: Workbench, compute: Callable[[], Result], *about: Hashable) -> Result:
    """Compute something once for each revision of the store.

    Parameters
    ----------
    opened : Workbench
        The workbench.
    compute : callable
        Gives the result; called when it is not known for this revision.
    *about : hashable
        What the result depends on besides the store; its first part names the result.

    Returns
    -------
    object
        Shared by all visitors, so never to be changed.
    """
    result: Result = _kept(opened.database.path, opened.database.revision(), about, compute)
    return result


@st.cache_resource(show_spinner=False, max_entries=256)
def _kept(path: str, revision: int, about: tuple[Hashable, ...], _compute: Callable[[], Any]) -> Any:  # noqa: ARG001
    return _compute()
