"""Masks of rules and the values they are tests of, kept small while the store does not change and there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench import config

Kept = npt.NDArray[Any]

# What one Python integer takes, where 64 bits do not hold a sum.
_BYTES_OF_AN_OBJECT = 40


class MaskCache:
    """The most recently used masks and values, within a number of bytes; safe for several threads.

    Parameters
    ----------
    room : int, optional
        How many bytes to keep at most; `config.room_for_masks` unless given.

    Attributes
    ----------
    computed : int
        How many arrays were not found and had to be made.

    Notes
    -----
    Keys carry the store's revision, so nothing kept is ever stale; what belongs to older revisions leaves first,
    being the least recently used. A mask is kept as one bit for each contact and handed out as truth values, which
    takes 0.1 ms for 1,000,000 contacts; values are kept as they come. What is larger than all the room is not kept.
    """

    def __init__(self, room: int | None = None) -> None:
        self.room = config.room_for_masks() if room is None else room
        self.computed = 0
        self._entries: OrderedDict[Hashable, _Bits | _Values] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @property
    def bytes(self) -> int:
        """How many bytes are kept now; never more than `room`."""
        return self._bytes

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Give an array, making it when it is not there.

        Parameters
        ----------
        key : hashable
            Everything the array depends on.
        make : callable
            Makes it; runs outside the lock, so two threads may both make the same one.

        Returns
        -------
        numpy.ndarray
            Of the dtype that was made. Not to be written to.
        """
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
        if entry is not None:
            return entry.handed_out()
        made = make()
        made.setflags(write=False)
        self._keep(key, _Bits.of(made) if made.dtype == np.bool_ else _Values(made))
        return made

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _keep(self, key: Hashable, entry: _Bits | _Values) -> None:
        with self._lock:
            self.computed += 1
            if key not in self._entries:
                self._entries[key] = entry
                self._bytes += entry.bytes
            while self._bytes > self.room:
                self._bytes -= self._entries.popitem(last=False)[1].bytes


@dataclass(frozen=True)
class _Bits:
    """A mask, or several of one length on top of each other, at eight contacts a byte."""

    packed: npt.NDArray[np.uint8]
    length: int

    @classmethod
    def of(cls, mask: npt.NDArray[np.bool_]) -> _Bits:
        return cls(np.packbits(mask, axis=-1), mask.shape[-1])

    @property
    def bytes(self) -> int:
        return self.packed.nbytes

    def handed_out(self) -> npt.NDArray[np.bool_]:
        mask = np.unpackbits(self.packed, axis=-1, count=self.length).view(np.bool_)
        mask.setflags(write=False)
        return mask


@dataclass(frozen=True)
class _Values:
    """Counts or sums."""

    values: Kept

    @property
    def bytes(self) -> int:
        return self.values.nbytes + (self.values.size * _BYTES_OF_AN_OBJECT if self.values.dtype == object else 0)

    def handed_out(self) -> Kept:
        return self.values
