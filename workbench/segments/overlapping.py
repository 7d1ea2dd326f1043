"""How segments overlap on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from pipelines import membership, overlap
from pipelines.membership import Mask


@dataclass(frozen=True)
class Intersection:
    """Contacts that are in some segments and in none of the others.

    Attributes
    ----------
    segments : tuple of str
        The segments they are in, in the order of the overlap.
    contacts : int
        How many.
    """

    segments: tuple[str, ...]
    contacts: int


@dataclass(frozen=True)
class OverlappingSegment:
    """How much of a segment is in no other.

    Attributes
    ----------
    name : str
        The segment.
    total : int
        Its members.
    only_here : int
        Members that are in none of the others.
    shared : int
        Members that are in at least one of the others.
    """

    name: str
    total: int
    only_here: int
    shared: int


@dataclass(frozen=True)
class SegmentPair:
    """How two segments overlap, seen from the first.

    Attributes
    ----------
    segment : str
        The first.
    other : str
        The second; each segment is paired with itself too.
    contacts : int
        Members of both.
    share : float or None
        Of the members of the first, 0 to 1; None when it is empty.
    jaccard : float or None
        Of the contacts in either, 0 to 1; None when both are empty.
    """

    segment: str
    other: str
    contacts: int
    share: float | None
    jaccard: float | None


@dataclass(frozen=True)
class SegmentOverlap:
    """How several segments overlap.

    Attributes
    ----------
    segments : tuple of OverlappingSegment
        In the order asked for.
    intersections : tuple of Intersection
        Every combination that occurs, the most frequent first; they add up to the contacts in any segment.
    pairs : tuple of SegmentPair
        Each segment with each.
    in_none : int
        Contacts of the store that are in none of the segments.
    contacts : int
        Contacts of the store.
    as_of : datetime.date
        The day of the evaluation.
    revision : int
        The store's revision.
    """

    segments: tuple[OverlappingSegment, ...]
    intersections: tuple[Intersection, ...]
    pairs: tuple[SegmentPair, ...]
    in_none: int
    contacts: int
    as_of: dt.date
    revision: int

    def frame(self) -> pd.DataFrame:
        """Show the combinations as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each combination that occurs: a truth value for each segment under its name, then contacts;
            contacts in no segment are the last row.
        """
        names = [segment.name for segment in self.segments]
        held = [*self.intersections, Intersection((), self.in_none)]
        marks = pd.DataFrame([[name in one.segments for name in names] for one in held], columns=names)
        return marks.assign(**{_free_name(names): [one.contacts for one in held]})

    def matrix(self, measure: str = "contacts") -> pd.DataFrame:
        """Show the pairs as a square table.

        Parameters
        ----------
        measure : {"contacts", "share", "jaccard"}, optional
            What stands in the cells; `share` is of the segment of the row.

        Returns
        -------
        pandas.DataFrame
            One row and one column for each segment.
        """
        names = [segment.name for segment in self.segments]
        values = [getattr(pair, measure) for pair in self.pairs]
        rows = [values[first : first + len(names)] for first in range(0, len(values), len(names))]
        return pd.DataFrame(rows, index=names, columns=names)

    def to_dict(self) -> dict[str, Any]:
        """Write the overlap as plain JSON values.

        Returns
        -------
        dict
            One key for each attribute; `as_of` as ISO text.
        """
        return {**asdict(self), "as_of": self.as_of.isoformat()}

    def _repr_html_(self) -> str:
        sizes = pd.DataFrame([asdict(segment) for segment in self.segments])
        head = f"<b>{self.in_none:,} of {self.contacts:,} contacts are in none, as of {self.as_of.isoformat()}</b>"
        return "".join([head, sizes.to_html(index=False), self.frame().to_html(index=False), self.matrix().to_html()])


def overlapping(
    names: Sequence[str], masks: Sequence[Mask], everybody: Mask, as_of: dt.date, revision: int
) -> SegmentOverlap:
    """Compare the members of segments.

    Parameters
    ----------
    names : sequence of str
        The segments.
    masks : sequence of numpy.ndarray of bool
        Their members.
    everybody : numpy.ndarray of bool
        Who exists.
    as_of : datetime.date
        The day of the evaluation.
    revision : int
        The store's revision.

    Returns
    -------
    SegmentOverlap
        All of it from one count of combinations.
    """
    counts = overlap.tally(masks, everybody)
    return SegmentOverlap(
        segments=tuple(OverlappingSegment(*row) for row in _plain(overlap.sizes(counts, names))),
        intersections=tuple(Intersection(*held) for held in overlap.combinations(counts, names)),
        pairs=tuple(SegmentPair(*row) for row in _plain(overlap.pairs(counts, names))),
        in_none=int(counts[0]),
        contacts=membership.count(everybody),
        as_of=as_of,
        revision=revision,
    )


def names_of(given: Sequence[str]) -> tuple[str, ...]:
    """Name segments that have no name by their position.

    Parameters
    ----------
    given : sequence of str
        The names, some of them empty.

    Returns
    -------
    tuple of str
        With ``"segment 2"`` for a second one without a name.

    Raises
    ------
    MeasureError
        When there are too few or too many, or two of one name.
    """
    names = tuple(name or f"segment {position}" for position, name in enumerate(given, start=1))
    overlap.check(names)
    return names


def _plain(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None))


def _free_name(names: Sequence[str]) -> str:
    """Name the column of counts as no segment is named."""
    name = "contacts"
    while name in names:
        name += "_"
    return name
