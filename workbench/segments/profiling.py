"""Who the members of an evaluation are, against its base or another segment."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as attribute

import numpy as np
import pandas as pd

from pipelines import membership, segment_profile, small_cells
from pipelines.membership import Mask
from workbench.compiling.values import frame_of
from workbench.segments.evaluating import Evaluation
from workbench.store import Connection


@dataclass(frozen=True)
class SegmentProfile:
    """How often each category of a field occurs in a segment and in what it is compared with.

    Attributes
    ----------
    field : str
        The field.
    categories : pandas.DataFrame
        Columns category, members, base, member_share, base_share, over_index, member_low, member_high; see
        `pipelines.segment_profile`.
    total : int
        Members of the segment: what member_share is of.
    base : int
        Contacts of the base, or members of the other segment: what base_share is of.
    as_of : datetime.date
        The day of the evaluation.
    revision : int
        The store's revision.
    against : str or None
        The name of the other segment; None for the segment's own base.
    outside : int or None
        Members of the segment that are not in what it is compared with; they count among the members all the same.
        None where that figure, or that of the others, is too small to be shown.
    smallest_cell : int
        The smallest figure shown.
    """

    field: str
    categories: pd.DataFrame = attribute(repr=False)
    total: int
    base: int
    as_of: dt.date
    revision: int
    against: str | None = None
    outside: int | None = 0
    smallest_cell: int = 1

    @property
    def denominators(self) -> str:
        """What the shares are of, in words."""
        other = "of the base" if self.against is None else f"of {self.against}"
        said = f"{self.total:,} members against {self.base:,} {other}"
        if self.outside == 0:
            return said
        if self.outside is None:
            return f"{said} (fewer than {self.smallest_cell:,} of the members are in it, or outside of it)"
        return f"{said} ({self.outside:,} of the members are outside of it)"

    def frame(self) -> pd.DataFrame:
        """Show the categories.

        Returns
        -------
        pandas.DataFrame
            `categories`.
        """
        return self.categories

    def _repr_html_(self) -> str:
        head = f"{html.escape(self.denominators)} as of {self.as_of.isoformat()}"
        return f"<b>{head}</b>{self.categories.to_html(index=False)}"


def profiled(
    con: Connection, evaluations: Sequence[Evaluation], name: str, categories: int, smallest_cell: int
) -> SegmentProfile:
    """Profile an evaluation by one field.

    Parameters
    ----------
    con : connection
        An open unit of work at the evaluations' revision.
    evaluations : sequence of Evaluation
        Who is in the segment; where there is a second one, who is in what it is compared with.
    name : str
        The field.
    categories : int
        How many categories to tell apart.
    smallest_cell : int
        The smallest figure that may be shown.

    Returns
    -------
    SegmentProfile
        Its members and its base, or the other segment.

    Raises
    ------
    ConditionError
        When there is no such field.
    MeasureError
        When either has fewer contacts than may be shown.
    """
    evaluation, *others = evaluations
    members, base = evaluation.members, others[0].members if others else evaluation.base
    frame = frame_of(con, np.flatnonzero(members | base), [name], evaluation.scope)
    return SegmentProfile(
        field=name,
        categories=segment_profile.profile(
            frame[name], members[frame.index], categories, is_base=base[frame.index], smallest_cell=smallest_cell
        ),
        total=membership.count(members),
        base=membership.count(base),
        as_of=evaluation.context.as_of,
        revision=evaluation.facts.revision,
        against=(others[0].definition.name or "the other segment") if others else None,
        outside=_outside(members, base, smallest_cell),
        smallest_cell=smallest_cell,
    )


def _outside(members: Mask, base: Mask, smallest: int) -> int | None:
    """Count the members that are not in the base, unless that or the others would be too few."""
    outside, inside = membership.count(members & ~base), membership.count(members & base)
    return None if any(small_cells.is_small(figure, smallest) for figure in (outside, inside)) else outside
