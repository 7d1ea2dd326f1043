"""The numbers of a draft: of all its rules that can be counted, and what is wrong with the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from workbench.app.drafts import Plain
from workbench.app.finishing import Finished, finished, rules
from workbench.bench import Workbench
from workbench.errors import ConditionError, NotFoundError, WorkbenchError
from workbench.segments import SegmentCount


@dataclass(frozen=True)
class DraftCount:
    """What a draft counts to.

    Attributes
    ----------
    count : SegmentCount or None
        Of the rules that can be counted; None when nothing can.
    counted : Finished
        Which part of the draft that is.
    refused : dict of str to WorkbenchError
        Rules of the draft, by path, that the store refuses, and why.
    error : WorkbenchError or None
        Why nothing can be counted, where no single rule is to blame.
    """

    count: SegmentCount | None
    counted: Finished = field(repr=False)
    refused: dict[str, WorkbenchError]
    error: WorkbenchError | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every rule of the draft is in the count."""
        return self.count is not None and not self.counted.left_out

    @property
    def definition(self) -> Plain:
        """The definition that was counted."""
        return self.counted.definition


def counted(bench: Workbench, definition: Plain, as_of: dt.date) -> DraftCount:
    """Count a draft.

    Parameters
    ----------
    bench : Workbench
        On the store.
    definition : dict
        The draft's definition; rules may be unfinished.
    as_of : datetime.date
        The day it is evaluated on.

    Returns
    -------
    DraftCount
        Rules that are unfinished or refused are left out of the count and named.
    """
    part = finished(definition)
    try:
        return DraftCount(_counted(bench, part.definition, as_of), part, {})
    except (ConditionError, NotFoundError) as error:
        refused = _refused(bench, definition)
        if not refused:
            return DraftCount(None, part, {}, error)
    part = finished(definition, without=refused)
    try:
        return DraftCount(_counted(bench, part.definition, as_of), part, refused)
    except (ConditionError, NotFoundError) as error:
        return DraftCount(None, part, refused, error)


def uncounted(definition: Plain) -> DraftCount:
    """Give a draft that was not counted to its end.

    Parameters
    ----------
    definition : dict
        The draft's definition.

    Returns
    -------
    DraftCount
        Without numbers, and without a word against any rule.
    """
    return DraftCount(None, finished(definition), {})


def for_builder(found: DraftCount, steps: int, suppressions: int) -> dict[str, Any]:
    """Give the numbers as the builder shows them.

    Parameters
    ----------
    found : DraftCount
        The numbers.
    steps : int
        How many steps the draft has.
    suppressions : int
        How many suppressions it has.

    Returns
    -------
    dict
        Plain values, by the paths of the draft.
    """
    refused = {path: {"message": error.message, "hint": error.hint} for path, error in found.refused.items()}
    incomplete = [path for path in found.counted.left_out if path not in refused]
    return {"refused": refused, "incomplete": incomplete, **_numbers(found, steps, suppressions)}


def _counted(bench: Workbench, definition: Plain, as_of: dt.date) -> SegmentCount:
    """Check before counting, so that what a count never looks at is refused as well."""
    return bench.segments.count(bench.segments.validate(definition), as_of)


def _numbers(found: DraftCount, steps: int, suppressions: int) -> dict[str, Any]:
    count, places = found.count, found.counted.places
    if count is None:
        return {"base": None, "total": None, "steps": [None] * steps, "rules": {}, "suppressed": [None] * suppressions,
                "limited": 0, "milliseconds": None}  # fmt: skip
    by_step = {places[str(step.step)]: {"change": step.change, "matched": step.matched} for step in count.steps}
    held = dict(zip(found.counted.suppressions, count.suppressed.values(), strict=False))
    return {
        "base": count.base,
        "total": count.total,
        "steps": [by_step.get(str(number)) for number in range(1, steps + 1)],
        "rules": {
            places[leaf.path]: [leaf.alone, leaf.cumulative, leaf.if_left_out, leaf.with_unknown]
            for leaf in count.leaves
        },
        "suppressed": [held.get(index) for index in range(suppressions)],
        "limited": count.limited,
        "milliseconds": round(count.seconds * 1000),
    }


def _refused(bench: Workbench, definition: Plain) -> dict[str, WorkbenchError]:
    """Ask for each rule on its own whether the store takes it."""
    found: dict[str, WorkbenchError] = {}
    unfinished = set(finished(definition).left_out)
    calendar = {key: definition[key] for key in ("time_zone", "week_starts_on") if definition.get(key)}
    for path, rule in rules(definition):
        if path in unfinished:
            continue
        try:
            taken = finished({"steps": [{"add": {"all": [rule]}}]}).definition
            bench.segments.validate({**calendar, **taken})
        except (ConditionError, NotFoundError) as error:
            found[path] = _without_place(error)
    return found


def _without_place(error: ConditionError | NotFoundError) -> WorkbenchError:
    """Drop the place from the message: it is shown at the rule, and is not the rule's place in the draft."""
    where = getattr(error, "where", "")
    message = error.message
    if where and message.lower().startswith(where.lower()):
        message = message[len(where) :].lstrip(": ")
    return WorkbenchError(message, error.hint)
