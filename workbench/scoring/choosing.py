"""Whom and what methods compare: a base, and the features that differ in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import pandas as pd
from pydantic import BeforeValidator

from pipelines.contact_features import Feature
from pipelines.tallies import Integers
from workbench.errors import MeasureError
from workbench.scoring.method import Inputs

DEFAULT_FEATURES = (
    "sales_days_since", "sales_first_days_since", "basket_count", "sales_value", "discount_value",
    "targeted_campaign_count", "response_campaign_count",
)  # fmt: skip


def _listed(given: Any) -> Any:
    """Take apart names that are written in a row, as on a command line."""
    return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Names, as a list or as one text with commas."""


def chosen(inputs: Inputs, segment: str | None) -> Integers | None:
    """Find the contacts that a score is of.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    segment : str or None
        A saved segment.

    Returns
    -------
    numpy.ndarray of int or None
        Contact ids; None for everybody.

    Raises
    ------
    ConditionError
        When there is no such segment.
    """
    return None if segment is None else inputs.members({"steps": [{"add": {"segment": segment}}]})


def varying(known: pd.DataFrame, told: Mapping[str, Feature]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Leave out features in which nobody differs.

    Parameters
    ----------
    known : pandas.DataFrame
        As from `features.frame`.
    told : mapping of str to Feature
        What each of them is.

    Returns
    -------
    tuple
        The features that are left, and what has to be said of them.

    Raises
    ------
    MeasureError
        When none is left.
    """
    taken = known.loc[:, known.nunique(dropna=False).gt(1)]
    if taken.empty:
        raise MeasureError(
            "The features are the same for every contact of the base.", "Name features in which contacts differ."
        )
    same = [name for name in known if name not in taken]
    undated = [name for name in taken if not told[str(name)].is_dated]
    notes = []
    if same:
        notes.append(f"The same for everybody, so left out: {', '.join(map(str, same))}.")
    if undated:
        notes.append(f"As it is recorded now, whenever it came: {', '.join(map(str, undated))}.")
    return taken, tuple(notes)
