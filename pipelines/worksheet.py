"""The lines of a worksheet: which ones an action adds and deletes, and which ones going back restores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

LINE_STEP = 10_000


@dataclass(frozen=True)
class Lines:
    """Lines of a worksheet.

    Attributes
    ----------
    numbers : numpy.ndarray of int64
        Their numbers, ascending.
    contacts : numpy.ndarray of int64
        The contact id on each.
    """

    numbers: Numbers
    contacts: Numbers

    def __len__(self) -> int:
        return int(self.numbers.size)

    @property
    def contact_count(self) -> int:
        """How many different contacts are on them."""
        return int(np.unique(self.contacts).size)

    def appended(self, contacts: npt.NDArray[Any]) -> Lines:
        """Give the new lines that contacts get behind these.

        Parameters
        ----------
        contacts : numpy.ndarray of int
            In order.

        Returns
        -------
        Lines
            Only the new ones; each number is 10,000 after the one before.
        """
        last = int(self.numbers[-1]) if self.numbers.size else 0
        return lines(last + LINE_STEP * np.arange(1, contacts.size + 1), contacts)

    def with_lines(self, others: Lines) -> Lines:
        """Give these lines and others, in the order of their numbers.

        Parameters
        ----------
        others : Lines
            With other numbers.

        Returns
        -------
        Lines
            All of them.
        """
        numbers, contacts = np.r_[self.numbers, others.numbers], np.r_[self.contacts, others.contacts]
        order = np.argsort(numbers, kind="stable")
        return Lines(numbers[order], contacts[order])

    def chosen(self, mask: Mask) -> Lines:
        """Give some of the lines.

        Parameters
        ----------
        mask : numpy.ndarray of bool
            One element for each line.

        Returns
        -------
        Lines
            Those at which it is true.
        """
        return Lines(self.numbers[mask], self.contacts[mask])

    def without(self, others: Lines) -> Lines:
        """Give the lines whose numbers are not those of others.

        Parameters
        ----------
        others : Lines
            To leave out.

        Returns
        -------
        Lines
            What is left.
        """
        return self.chosen(~np.isin(self.numbers, others.numbers))


def lines(numbers: npt.ArrayLike, contacts: npt.ArrayLike) -> Lines:
    """Make lines of numbers and contacts.

    Parameters
    ----------
    numbers : array-like of int
        Line numbers, ascending.
    contacts : array-like of int
        Contact ids, one for each.

    Returns
    -------
    Lines
        The lines.

    Examples
    --------
    >>> lines([10000, 20000], [7, 7]).contact_count
    1
    """
    return Lines(np.asarray(numbers, dtype=np.int64), np.asarray(contacts, dtype=np.int64))


NO_LINES = lines([], [])


def to_delete(present: Lines, found: Mask, *, keeps_found: bool) -> Lines:
    """Choose the lines that Reduce or Refine deletes.

    Parameters
    ----------
    present : Lines
        The worksheet's lines.
    found : numpy.ndarray of bool
        By contact id, whom the filters give.
    keeps_found : bool
        False for Reduce, which deletes what was found; true for Refine, which deletes the rest.

    Returns
    -------
    Lines
        Those to delete.
    """
    return present.chosen(found[present.contacts] != keeps_found)


def not_on_lines(present: Lines, contacts: npt.NDArray[Any]) -> Mask:
    """Tell which contacts are on no line.

    Parameters
    ----------
    present : Lines
        The worksheet's lines.
    contacts : numpy.ndarray of int
        Contact ids.

    Returns
    -------
    numpy.ndarray of bool
        One element for each contact.
    """
    return ~np.isin(contacts, present.contacts)


@dataclass(frozen=True)
class Undoing:
    """What going back over one action changes.

    Attributes
    ----------
    deleted : Lines
        Lines that the action had inserted.
    restored : Lines
        New lines at the end for those that it had deleted.
    replaced : Lines
        The numbers that the restored lines had before, in the same order.
    product_count : int
        How many lines the product would leave: it deletes every line of a contact that the action had added.
    """

    deleted: Lines
    restored: Lines
    replaced: Lines
    product_count: int


def undone(present: Lines, inserted: Lines, deleted: Lines) -> Undoing:
    """Go back over one action.

    Parameters
    ----------
    present : Lines
        The worksheet's lines.
    inserted, deleted : Lines
        What the history says that the action did.

    Returns
    -------
    Undoing
        Its inverse. Lines that were deleted come back at the end, the last one first, with new numbers.

    Notes
    -----
    Business Central (codeunit 5061) deletes all lines of a contact that the action added, those of earlier actions as
    well; here only the action's own lines go, so that going back over an addition of existing contacts is its inverse.
    """
    gone = present.chosen(np.isin(present.numbers, inserted.numbers))
    backwards = lines(deleted.numbers[::-1], deleted.contacts[::-1])
    restored = present.appended(backwards.contacts)
    kept_by_product = ~np.isin(present.contacts, inserted.contacts)
    return Undoing(gone, restored, backwards, int(np.count_nonzero(kept_by_product)) + len(restored))


def renumbered(known: Lines, before: Lines, after: Lines) -> Lines:
    """Let a history follow lines that came back under other numbers.

    Parameters
    ----------
    known : Lines
        Lines of the history.
    before, after : Lines
        Numbers then and now, of the same contacts in the same order.

    Returns
    -------
    Lines
        Those known, under the numbers of now where number and contact are those of then; ascending.
    """
    if not len(known) or not len(before):
        return known
    order = np.argsort(before.numbers, kind="stable")
    at = order[np.clip(np.searchsorted(before.numbers[order], known.numbers), 0, len(before) - 1)]
    moved = (before.numbers[at] == known.numbers) & (before.contacts[at] == known.contacts)
    return NO_LINES.with_lines(Lines(np.where(moved, after.numbers[at], known.numbers), known.contacts))
