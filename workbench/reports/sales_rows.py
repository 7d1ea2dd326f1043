"""Rows of reports read with dtypes that do not depend on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.store import Connection

_WHOLE = ("stage_no", "step_no", "opportunity_count")


def read(con: Connection, statement: str, asked: Mapping[str, Any]) -> pd.DataFrame:
    """Run a statement with those of the values that it names.

    Parameters
    ----------
    con : connection
        An open unit of work.
    statement : str
        A query with ``$name`` for each value.
    asked : mapping of str to object
        The values.

    Returns
    -------
    pandas.DataFrame
        Days as datetime64, flags as bool, numbers of stages and steps as Int64, rates and amounts as float, the rest as
        text.
    """
    named = {name: value for name, value in asked.items() if f"${name}" in statement}
    found = con.execute(statement, named).df()
    return found.astype({name: _dtype(name) for name in found.columns})


def _dtype(name: str) -> str:
    if name.endswith("_on"):
        return "datetime64[us]"
    if name.startswith(("is_", "allows_")):
        return "bool"
    if name in _WHOLE:
        return "Int64"
    return "float64" if name.endswith(("_rate", "_amount", "_days")) else "str"
