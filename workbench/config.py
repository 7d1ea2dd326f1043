"""Where the store is, unless the user says so."""

from __future__ import annotations

import os

ENVIRONMENT_VARIABLE = "WORKBENCH_DB"
DEFAULT_PATH = "./workbench.duckdb"


def store_path(given: str | None = None) -> str:
    """Decide which store to use.

    Parameters
    ----------
    given : str, optional
        From ``--db``; blank is not given.

    Returns
    -------
    str
        What was given, else the environment variable ``WORKBENCH_DB``, else ``./workbench.duckdb``.

    Examples
    --------
    >>> store_path("shop.duckdb")
    'shop.duckdb'
    """
    return (given or "").strip() or os.environ.get(ENVIRONMENT_VARIABLE, "").strip() or DEFAULT_PATH
