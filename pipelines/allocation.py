"""Which campaign each contact goes to: greedy by priority, with a reason for everybody who goes to none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Places = npt.NDArray[np.intp]
Codes = npt.NDArray[np.intp]

OTHER_SEGMENT, OTHER_CAMPAIGN, DUPLICATE, CAPACITY = "other_segment", "other_campaign", "duplicate", "capacity"


@dataclass(frozen=True)
class Offer:
    """What one campaign asks for.

    Attributes
    ----------
    campaign_no : str
        The campaign.
    segments : mapping of str to numpy.ndarray of int
        Members of each segment as positions of the contacts weighed, those that go first in front.
    barred : mapping of str to numpy.ndarray of bool
        By reason, whom it must not target; the first reason that holds is given.
    rank : numpy.ndarray of int
        Who goes first: one number for each contact weighed, each other than the others.
    capacity : int, optional
        How many it may have at most.
    """

    campaign_no: str
    segments: Mapping[str, Places]
    barred: Mapping[str, npt.NDArray[np.bool_]]
    rank: npt.NDArray[np.intp]
    capacity: int | None = None


@dataclass(frozen=True)
class Cap:
    """How many contacts of one group the campaigns may have together.

    Attributes
    ----------
    reason : str
        Given to those for whom there is no room any more.
    groups : numpy.ndarray of int
        The group of each contact weighed; -1 for those of none.
    limit : int
        How many of each group.
    """

    reason: str
    groups: Codes
    limit: int


def allocate(
    offers: Sequence[Offer],
    keys: Codes,
    caps: Sequence[Cap] = (),
    *,
    taken: npt.NDArray[np.bool_] | None = None,
    keep_duplicates: bool = False,
) -> pd.DataFrame:
    """Give each contact to one campaign at most.

    Parameters
    ----------
    offers : sequence of Offer
        In the order in which campaigns choose.
    keys : numpy.ndarray of int
        The dedupe key of each contact weighed.
    caps : sequence of Cap, optional
        On groups of contacts, over all campaigns.
    taken : numpy.ndarray of bool, optional
        Who went to one of the campaigns on an earlier day.
    keep_duplicates : bool, optional
        Whether several contacts of one key may go to the same campaign.

    Returns
    -------
    pandas.DataFrame
        One row for each member of each segment of each campaign: `campaign_no`, `segment_name`, `contact` (the
        position), `reason`, which is missing for those who go to the campaign through this segment.

    Notes
    -----
    Greedy: each campaign takes the members of its first segment by rank, then those of the next. Nobody who was
    taken is given up again for a better whole, so that the reason for each loss stays one sentence. A contact without
    room under one cap uses no room under another.
    """
    before = np.zeros(keys.size, dtype=np.bool_) if taken is None else taken.copy()
    rooms = [_Room(cap) for cap in caps]
    for contact in np.flatnonzero(before).tolist():
        for room in rooms:
            room.use(contact)
    allocator = _Allocator(keys, rooms, keep_duplicates, before)
    return pd.concat([allocator.offered(offer) for offer in offers], ignore_index=True)


class _Room:
    """What is left of a cap; contacts of no group have the last place, where there is always room."""

    def __init__(self, cap: Cap) -> None:
        self.reason = cap.reason
        self.group: list[int] = cap.groups.tolist()
        self.left: list[float] = [cap.limit] * (max(self.group, default=-1) + 1) + [math.inf]

    def is_full(self, contact: int) -> bool:
        return self.left[self.group[contact]] <= 0

    def use(self, contact: int) -> None:
        self.left[self.group[contact]] -= 1


@dataclass
class _Allocator:
    """Who has been taken by the campaigns so far."""

    keys: Codes
    rooms: list[_Room]
    keep_duplicates: bool
    is_taken: npt.NDArray[np.bool_]

    def offered(self, offer: Offer) -> pd.DataFrame:
        names = np.repeat(np.array(list(offer.segments), dtype=object), [each.size for each in offer.segments.values()])
        contacts = np.concatenate(list(offer.segments.values())) if offer.segments else np.empty(0, dtype=np.intp)
        reasons = np.full(contacts.size, None, dtype=object)
        self._bar(offer, contacts, reasons)
        self._take(offer, contacts, reasons)
        self.is_taken[contacts[pd.isna(reasons)]] = True
        return pd.DataFrame({
            "campaign_no": offer.campaign_no, "segment_name": pd.Series(names, dtype="str"), "contact": contacts,
            "reason": pd.Series(reasons, dtype="str"),
        })  # fmt: skip

    def _bar(self, offer: Offer, contacts: Places, reasons: npt.NDArray[np.object_]) -> None:
        """Give a reason to those whom the campaign cannot have, whoever else it takes."""
        is_again = pd.Series(contacts).duplicated().to_numpy()
        reasons[is_again] = OTHER_SEGMENT
        elsewhere = np.isin(self.keys, self.keys[self.is_taken])
        for reason, mask in {**offer.barred, OTHER_CAMPAIGN: self.is_taken, DUPLICATE: elsewhere}.items():
            reasons[pd.isna(reasons) & mask[contacts]] = reason

    def _take(self, offer: Offer, contacts: Places, reasons: npt.NDArray[np.object_]) -> None:
        """Take one after the other while there is room."""
        rooms = self._rooms(offer)
        segment = np.repeat(np.arange(len(offer.segments)), [each.size for each in offer.segments.values()])
        left = np.flatnonzero(pd.isna(reasons))
        order = left[np.lexsort((offer.rank[contacts[left]], segment[left]))]
        for row, contact in zip(order.tolist(), contacts[order].tolist(), strict=True):
            full = next((room for room in rooms if room.is_full(contact)), None)
            if full is not None:
                reasons[row] = full.reason
                continue
            for room in rooms:
                room.use(contact)

    def _rooms(self, offer: Offer) -> list[_Room]:
        """Put the caps into the order in which their reasons are given."""
        of_keys = [] if self.keep_duplicates else [_Room(Cap(DUPLICATE, self.keys, 1))]
        everybody = np.zeros(self.keys.size, dtype=np.intp)
        of_campaign = [] if offer.capacity is None else [_Room(Cap(CAPACITY, everybody, offer.capacity))]
        return [*of_keys, *self.rooms, *of_campaign]
