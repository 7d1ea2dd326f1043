"""What an action would do to the lines of a worksheet: the computation that a preview and a write share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.criteria import CriteriaAction, as_product_reuses, found
from pipelines.membership import Mask
from pipelines.worksheet import NO_LINES, Lines, not_on_lines, to_delete
from workbench.segments.definition import Segment
from workbench.segments.evaluating import Evaluator
from workbench.store import Connection
from workbench.worksheets import lines, remarks
from workbench.worksheets.history import Done
from workbench.worksheets.receipts import ActionStep
from workbench.worksheets.sheet import Sheet


@dataclass(frozen=True)
class Planned:
    """An action thought through.

    Attributes
    ----------
    step : ActionStep
        What it does, in numbers.
    after : Sheet
        The worksheet afterwards.
    done : Done
        The lines it inserts and deletes.
    campaigns : numpy.ndarray of object, optional
        The campaign of each inserted line, where it is not the worksheet's.
    """

    step: ActionStep
    after: Sheet
    done: Done
    campaigns: npt.NDArray[Any] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Planner:
    """Thinks actions through on one store and one day.

    Attributes
    ----------
    con : connection
        An open unit of work.
    evaluator : Evaluator
        Whose masks say whom filters give.
    as_of : datetime.date
        The day.
    """

    con: Connection
    evaluator: Evaluator
    as_of: dt.date

    def planned(self, sheet: Sheet, action: CriteriaAction, *, is_reuse: bool = False) -> Planned:
        """Think an action with filters through.

        Parameters
        ----------
        sheet : Sheet
            The worksheet before it.
        action : CriteriaAction
            What is to be done.
        is_reuse : bool, optional
            Whether it comes from saved criteria, which the product does not do quite as they were saved.

        Returns
        -------
        Planned
            Lines and figures.
        """
        return self._addition(sheet, action) if action.kind == "add" else self._removal(sheet, action, is_reuse)

    def _addition(self, sheet: Sheet, action: CriteriaAction) -> Planned:
        matched = np.flatnonzero(self.mask(found(action)))
        excluded = 0
        if not action.ignore_exclusion:
            is_free = ~self.mask({"field": "is_excluded_from_segments", "op": "is", "value": True})[matched]
            matched, excluded = matched[is_free], int(np.count_nonzero(~is_free))
        is_new = np.full(matched.size, True) if action.allow_existing else not_on_lines(sheet.lines, matched)
        inserted = sheet.lines.appended(lines.in_order(self.con, matched[is_new]))
        return done(
            sheet, action, inserted=inserted, matched=matched.size + excluded, excluded=excluded,
            existing=int(np.count_nonzero(~is_new)),
        )  # fmt: skip

    def _removal(self, sheet: Sheet, action: CriteriaAction, is_reuse: bool) -> Planned:
        mask = self.mask(found(action))
        gone = NO_LINES if action.keeps_contact else to_delete(sheet.lines, mask, keeps_found=action.kind == "refine")
        matched = int(np.unique(sheet.lines.contacts[mask[sheet.lines.contacts]]).size)
        product, differences = self._by_product(sheet, action, is_reuse)
        count = len(sheet.lines) - len(gone) if product is None else product
        differences = differences if count != len(sheet.lines) - len(gone) else ()
        return done(sheet, action, deleted=gone, matched=matched, product_count=count, differences=differences)

    def _by_product(self, sheet: Sheet, action: CriteriaAction, is_reuse: bool) -> tuple[int | None, tuple[str, ...]]:
        """Count the lines that the product would leave, where it goes another way."""
        theirs = as_product_reuses(action) if is_reuse else action
        has_sales = any(filter_.table == "value_entry" for filter_ in action.filters)
        reasons = [
            *([remarks.people_not_named()] if has_sales else []),
            *([remarks.companies_lost()] if theirs != action else []),
            *([remarks.one_of_several()] if action.keeps_contact else []),
        ]
        if not reasons:
            return None, ()
        mask = self.mask(found(theirs, people_named=False))
        gone = to_delete(sheet.lines, mask, keeps_found=action.kind == "refine")
        return len(sheet.lines) - len(gone), tuple(reasons)

    def mask(self, condition: Mapping[str, Any]) -> Mask:
        """Find whom a condition gives.

        Parameters
        ----------
        condition : mapping
            In the form of the segment language.

        Returns
        -------
        numpy.ndarray of bool
            One element for each contact id.
        """
        said = Segment.from_dict({"steps": [{"add": condition}]})
        self.evaluator.check(said)
        return self.evaluator.mask(said.steps[0].condition, self.as_of)


def done(
    sheet: Sheet,
    action: CriteriaAction,
    *,
    inserted: Lines = NO_LINES,
    deleted: Lines = NO_LINES,
    campaigns: npt.NDArray[Any] | None = None,
    matched: int = 1,
    excluded: int = 0,
    existing: int = 0,
    product_count: int | None = None,
    differences: tuple[str, ...] = (),
) -> Planned:
    """Put together what an action does.

    Parameters
    ----------
    sheet : Sheet
        The worksheet before it.
    action : CriteriaAction
        What is logged.
    inserted, deleted : Lines, optional
        What it does to the lines.
    campaigns : numpy.ndarray of object, optional
        The campaign of each inserted line, where it is not the worksheet's.
    matched, excluded, existing : int, optional
        As in `ActionStep`.
    product_count : int, optional
        Lines in the product afterwards; as here where absent.
    differences : tuple of str, optional
        Why that is another figure.

    Returns
    -------
    Planned
        With the worksheet afterwards.
    """
    present = sheet.lines.without(deleted).with_lines(inserted)
    step = ActionStep(
        action, action.text, matched, excluded, existing, len(inserted), len(deleted), len(present),
        present.contact_count, len(present) if product_count is None else product_count, differences,
    )  # fmt: skip
    return Planned(step, sheet.after(action, present), Done(inserted, deleted), campaigns)
