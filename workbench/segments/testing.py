"""Whether a segment keeps what its definition promises of itself: examples, and invariants of the members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from pipelines.conditions import SegmentReference
from pipelines.definition import Definition, Examples
from pipelines.membership import Mask, count
from workbench.errors import ChecksFailedError
from workbench.segments import checking
from workbench.segments.evaluating import Evaluation, Evaluator
from workbench.store import Connection

Kind = Literal["inside", "outside", "subset_of", "size_between", "fits"]

_NAMED = 3


@dataclass(frozen=True)
class SegmentCheck:
    """One promise of a definition, and whether it holds.

    Attributes
    ----------
    segment : str
        The segment's name.
    kind : {"inside", "outside", "subset_of", "size_between", "fits"}
        What is promised; `fits` is checked only of definitions that do not fit the store.
    about : str
        The contact, the other segment or the sizes it is about.
    passed : bool
        Whether it holds.
    why : str
        Why not, in words; empty where it holds.
    """

    segment: str
    kind: Kind
    about: str
    passed: bool
    why: str = ""


@dataclass(frozen=True)
class SegmentTests:
    """What segments promise of themselves, and whether they keep it.

    Attributes
    ----------
    checks : tuple of SegmentCheck
        By segment, in the order of their definitions.
    untested : tuple of str
        Segments that promise nothing.
    as_of : datetime.date
        The day they were evaluated on.
    revision : int
        The store's revision.
    """

    checks: tuple[SegmentCheck, ...]
    untested: tuple[str, ...]
    as_of: dt.date
    revision: int

    @property
    def passed(self) -> bool:
        """Whether every check holds."""
        return not self.failed

    @property
    def failed(self) -> tuple[SegmentCheck, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.passed)

    def frame(self) -> pd.DataFrame:
        """Show the checks as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each: segment, kind, about, passed, why.
        """
        columns = ["segment", "kind", "about", "passed", "why"]
        return pd.DataFrame([asdict(check) for check in self.checks], columns=columns)

    def to_dict(self) -> dict[str, Any]:
        """Write the checks as plain JSON values.

        Returns
        -------
        dict
            One key for each attribute, and `passed`; `as_of` as ISO text.
        """
        return {
            "passed": self.passed,
            "checks": [asdict(check) for check in self.checks],
            "untested": list(self.untested),
            "as_of": self.as_of.isoformat(),
            "revision": self.revision,
        }

    def _repr_html_(self) -> str:
        verdict = "every check holds" if self.passed else f"{len(self.failed)} checks do not hold"
        head = f"<b>{len(self.checks)} checks as of {self.as_of.isoformat()}: {verdict}</b>"
        return f"{head}{self.frame().to_html(index=False)}"


def has_checks(definition: Definition) -> bool:
    """Tell whether a definition promises anything.

    Parameters
    ----------
    definition : Definition
        The segment.

    Returns
    -------
    bool
        True with an example or an invariant.
    """
    tests = (definition.examples, definition.invariants)
    return any(getattr(one, name) for one in tests if one is not None for name in type(one).model_fields)


def checks(con: Connection, evaluator: Evaluator, evaluation: Evaluation) -> tuple[SegmentCheck, ...]:
    """Check the promises of the definition that was evaluated.

    Parameters
    ----------
    con : connection
        An open unit of work at the evaluation's revision.
    evaluator : Evaluator
        Evaluates the segments that it promises to be a subset of.
    evaluation : Evaluation
        Who is in it.

    Returns
    -------
    tuple of SegmentCheck
        Inside, outside, subsets, size.

    Raises
    ------
    ConditionError
        When it promises to be a subset of a segment that does not exist.
    """
    definition = evaluation.definition
    found = [] if definition.examples is None else list(_examples(con, definition.examples, evaluation))
    if definition.invariants is not None:
        found += [_subset(con, evaluator, evaluation, name) for name in definition.invariants.subset_of]
        if definition.invariants.size_between is not None:
            found.append(_size(evaluation, *definition.invariants.size_between))
    return tuple(found)


def refuse_failed(found: tuple[SegmentCheck, ...]) -> None:
    """Refuse to go on with a segment that does not keep its promises.

    Parameters
    ----------
    found : tuple of SegmentCheck
        As from `checks`.

    Raises
    ------
    ChecksFailedError
        When one does not hold; the message says which and why.
    """
    failed = [check.why for check in found if not check.passed]
    if failed:
        raise ChecksFailedError(
            f"{len(failed)} of {len(found)} checks of the segment failed: {'; '.join(failed)}.",
            "Put the definition or its checks right, or export all the same (--force).",
        )


def _examples(con: Connection, examples: Examples, evaluation: Evaluation) -> Iterator[SegmentCheck]:
    named = [*examples.inside, *examples.outside]
    query = "SELECT contact_no, contact_id FROM contact WHERE list_contains(?, contact_no)"
    ids = dict(con.execute(query, [named]).fetchall())
    for kind, numbers in (("inside", examples.inside), ("outside", examples.outside)):
        for number in numbers:
            is_inside = number in ids and bool(evaluation.members[ids[number]])
            passed = is_inside == (kind == "inside")
            why = "" if passed else _why(number, kind, exists=number in ids)
            yield SegmentCheck(evaluation.definition.name, kind, number, passed, why)  # type: ignore[arg-type]


def _why(number: str, kind: str, *, exists: bool) -> str:
    if kind == "outside":
        return f"{number} is inside, but should be outside"
    said = "is outside" if exists else "does not exist"
    return f"{number} {said}, but should be inside"


def _subset(con: Connection, evaluator: Evaluator, evaluation: Evaluation, name: str) -> SegmentCheck:
    reference = SegmentReference(segment=name)
    checking.check_reference(reference, evaluation.facts.catalogue, "invariants")
    beyond: Mask = evaluation.members & ~evaluator.mask(reference, evaluation.context.as_of)
    outside, total = count(beyond), count(evaluation.members)
    why = _beyond(outside, total, name, _numbers(con, beyond)) if outside else ""
    return SegmentCheck(evaluation.definition.name, "subset_of", name, not outside, why)


def _beyond(outside: int, total: int, name: str, numbers: str) -> str:
    return f'{outside:,} of {total:,} members are not in "{name}": {numbers}'


def _numbers(con: Connection, mask: Mask) -> str:
    some = [int(one) for one in np.flatnonzero(mask)[:_NAMED]]
    query = "SELECT contact_no FROM contact WHERE list_contains(?, contact_id) ORDER BY contact_no"
    listed = [row[0] for row in con.execute(query, [some]).fetchall()]
    return ", ".join([*listed, *(["…"] if count(mask) > _NAMED else [])])


def _size(evaluation: Evaluation, low: int, high: int) -> SegmentCheck:
    total = count(evaluation.members)
    why = "" if low <= total <= high else _wrong_size(total, low, high)
    return SegmentCheck(evaluation.definition.name, "size_between", f"{low:,} to {high:,}", not why, why)


def _wrong_size(total: int, low: int, high: int) -> str:
    return f"the number of members is {total:,}, but should be {low:,} to {high:,}"
