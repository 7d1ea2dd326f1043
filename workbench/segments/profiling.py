"""Who the members of an evaluation are, against its base."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from dataclasses import field as attribute

import numpy as np
import pandas as pd

from pipelines import membership, segment_profile
from workbench.compiling.values import frame_of
from workbench.segments.evaluating import Evaluation
from workbench.store import Connection


@dataclass(frozen=True)
class SegmentProfile:
    """How often each category of a field occurs in a segment and in its base.

    Attributes
    ----------
    field : str
        The field.
    categories : pandas.DataFrame
        Columns category, members, base, member_share, base_share, over_index; see `pipelines.segment_profile`.
    total : int
        Members of the segment.
    base : int
        Contacts of the base.
    as_of : datetime.date
        The day of the evaluation.
    revision : int
        The store's revision.
    """

    field: str
    categories: pd.DataFrame = attribute(repr=False)
    total: int
    base: int
    as_of: dt.date
    revision: int

    def frame(self) -> pd.DataFrame:
        """Show the categories.

        Returns
        -------
        pandas.DataFrame
            `categories`.
        """
        return self.categories

    def _repr_html_(self) -> str:
        head = f"{self.total:,} members against {self.base:,} of the base as of {self.as_of.isoformat()}"
        return f"<b>{head}</b>{self.categories.to_html(index=False)}"


def profiled(con: Connection, evaluation: Evaluation, name: str, categories: int) -> SegmentProfile:
    """Profile an evaluation by one field.

    Parameters
    ----------
    con : connection
        An open unit of work at the evaluation's revision.
    evaluation : Evaluation
        Who is in the segment.
    name : str
        The field.
    categories : int
        How many categories to tell apart.

    Returns
    -------
    SegmentProfile
        Its members and its base.

    Raises
    ------
    ConditionError
        When there is no such field.
    """
    frame = frame_of(con, np.flatnonzero(evaluation.base), [name], evaluation.scope)
    is_member = evaluation.members[frame.index]
    return SegmentProfile(
        field=name,
        categories=segment_profile.profile(frame[name], is_member, categories),
        total=membership.count(evaluation.members),
        base=membership.count(evaluation.base),
        as_of=evaluation.context.as_of,
        revision=evaluation.facts.revision,
    )
