"""Masks of rules and the values they are tests of, kept while the store does not change and there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from pipelines.membership import Mask

ROOM = 256 * 2**20


class MaskCache:
    """The most recently used masks, within a number of bytes; safe for several threads.

    Parameters
    ----------
    room : int, optional
        How many bytes of masks to keep.

    Attributes
    ----------
    computed : int
        How many masks were not found and had to be made.

    Notes
    -----
    Keys carry the store's revision, so a mask is never stale; those of older revisions leave first, being the
    least recently used.
    """

    def __init__(self, room: int = ROOM) -> None:
        self.room, self.computed = room, 0
        self._masks: OrderedDict[Hashable, Mask] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Mask]) -> Mask:
        """Give a mask, making it when it is not there.

        Parameters
        ----------
        key : hashable
            Everything the mask depends on.
        make : callable
            Makes it; runs outside the lock, so two threads may both make the same one.

        Returns
        -------
        numpy.ndarray of bool
            Not to be written to.
        """
        with self._lock:
            if key in self._masks:
                self._masks.move_to_end(key)
                return self._masks[key]
        mask = make()
        mask.setflags(write=False)
        with self._lock:
            self._keep(key, mask)
        return mask

    def clear(self) -> None:
        """Forget every mask."""
        with self._lock:
            self._masks.clear()
            self._bytes = 0

    def _keep(self, key: Hashable, mask: Mask) -> None:
        self.computed += 1
        if key not in self._masks:
            self._masks[key] = mask
            self._bytes += mask.nbytes
        while self._bytes > self.room and len(self._masks) > 1:
            self._bytes -= self._masks.popitem(last=False)[1].nbytes
