"""Whom a limit left out, and who stayed instead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

import numpy as np
import pandas as pd

from pipelines import membership
from pipelines.definition import Limit
from workbench.compiling.rules import DIALECT
from workbench.compiling.values import Scope, frame_of, offered
from workbench.segments import limiting
from workbench.segments.evaluating import Evaluation
from workbench.store import Connection, tables

COLUMNS = ("contact_no", "stage", "key", "survivor_no")


@dataclass(frozen=True)
class Dropped:
    """The contacts that matched, were not suppressed, and did not stay within the limit.

    Attributes
    ----------
    contacts : pandas.DataFrame
        Columns contact_no, stage (``"one_per"``, ``"sample"`` or ``"top"``), key (what a duplicate shares with the one
        that stayed) and survivor_no (the contact that stayed; unknown for the other stages); by stage, then number.
    total : int
        Members that stayed.
    limited : int
        Contacts that were left out.
    as_of : datetime.date
        The day the segment was evaluated on.
    revision : int
        The store's revision it was evaluated at.
    """

    contacts: pd.DataFrame = attribute(repr=False)
    total: int
    limited: int
    as_of: dt.date
    revision: int

    def frame(self) -> pd.DataFrame:
        """Show the list.

        Returns
        -------
        pandas.DataFrame
            `contacts`.
        """
        return self.contacts

    def _repr_html_(self) -> str:
        head = f"{self.limited:,} left out by the limit, {self.total:,} stayed, as of {self.as_of.isoformat()}"
        return f"<b>{head}</b>{self.contacts.to_html(index=False)}"


def dropped(con: Connection, evaluation: Evaluation) -> Dropped:
    """List whom the limit of an evaluation left out.

    Parameters
    ----------
    con : connection
        An open unit of work at the evaluation's revision.
    evaluation : Evaluation
        Who is in the segment.

    Returns
    -------
    Dropped
        Nobody where there is no limit.
    """
    found, left = (
        [],
        evaluation.members | np.logical_or.reduce([np.zeros_like(evaluation.members), *evaluation.dropped.values()]),
    )
    for stage, mask in evaluation.dropped.items():
        if stage == "one_per" and evaluation.definition.limit is not None:
            rows = _duplicates(con, np.flatnonzero(left), evaluation.definition.limit, evaluation.scope)
        else:
            rows = frame_of(con, np.flatnonzero(mask), ["contact_no"], evaluation.scope)
        found.append(rows.assign(stage=stage))
    contacts = pd.concat(found) if found else pd.DataFrame()
    return Dropped(
        contacts=contacts.reindex(columns=list(COLUMNS)).astype("str").reset_index(drop=True),
        total=membership.count(evaluation.members),
        limited=evaluation.limited,
        as_of=evaluation.context.as_of,
        revision=evaluation.facts.revision,
    )


def _duplicates(con: Connection, ids: np.ndarray[Any, Any], limit: Limit, scope: Scope) -> pd.DataFrame:
    with offered(con, ids):
        return tables.frame(con, limiting.duplicates(limit, scope).sql(dialect=DIALECT))
