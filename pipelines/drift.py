"""Who entered and who left a segment between two points, and what it was that moved them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.membership import Mask

Part = Literal["data", "clock", "rule"]
PARTS: tuple[Part, ...] = ("data", "clock", "rule")


def deciding_change(points: Sequence[Mask]) -> npt.NDArray[Any]:
    """Find for each contact which change on a path decided that it entered or left.

    Parameters
    ----------
    points : sequence of numpy.ndarray of bool
        The members at each point of the path, of equal length; at least one.

    Returns
    -------
    numpy.ndarray of int64
        For each contact 0 where both ends agree; n where it entered and -n where it left by the nth change, from 1:
        the last one on the path that turned it.

    Notes
    -----
    A contact that is in at the end and not at the beginning has a last change that let it in, after which it stayed;
    that one is its reason, whatever happened to it before. So every contact that differs has exactly one.

    Examples
    --------
    >>> deciding_change([np.array([True, False]), np.array([False, False]), np.array([False, True])])
    array([-1,  2])
    """
    turned = np.zeros(points[0].shape, dtype=np.int64)
    for number, (before, after) in enumerate(itertools.pairwise(points), start=1):
        turned[before != after] = number
    turned[points[0] == points[-1]] = 0
    return np.where(points[-1], turned, -turned)


def drift(points: Sequence[Mask], parts: Sequence[Part]) -> pd.DataFrame:
    """Count who entered and who left by what changed.

    Parameters
    ----------
    points : sequence of numpy.ndarray of bool
        The members at each point of a path from the one end to the other, of equal length.
    parts : sequence of {"data", "clock", "rule"}
        What changed between each point and the next; one fewer than points. A part may occur more than once.

    Returns
    -------
    pandas.DataFrame
        One row each for `data`, `clock` and `rule`, in that order: columns part, entered, left and net, the
        difference of both.

    Notes
    -----
    The columns add up: entered over all parts is the number of contacts that are in at the end and not at the
    beginning, left is the reverse, and net is the difference of the two totals.

    Examples
    --------
    >>> drift([np.array([True, False]), np.array([False, False]), np.array([False, True])], ["data", "rule"])
        part  entered  left  net
    0   data        0     1   -1
    1  clock        0     0    0
    2   rule        1     0    1
    """
    change = deciding_change(points)
    numbers = {part: [n for n, one in enumerate(parts, start=1) if one == part] for part in PARTS}
    entered = {part: int(np.isin(change, numbers[part]).sum()) for part in PARTS}
    left = {part: int(np.isin(-change, numbers[part]).sum()) for part in PARTS}
    frame = pd.DataFrame({"part": PARTS, "entered": list(entered.values()), "left": list(left.values())})
    return frame.assign(net=frame["entered"] - frame["left"])
