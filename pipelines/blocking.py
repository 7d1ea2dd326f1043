"""Which pairs are worth comparing: those that share a cheap key, so that a million contacts need no million million."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

LARGEST_BLOCK = 12
"""How many contacts of one key are all compared with each other."""

NEIGHBOURS = 2
"""In a larger block each contact is compared with so many that stand next to it in order."""

_SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")


def sound(word: str) -> str:
    """Write a word by its sound: its first letter and up to three groups of consonants (Soundex).

    Parameters
    ----------
    word : str
        Lower case, without accents.

    Returns
    -------
    str
        Four signs at most; another script stays as it is, cut to four.

    Examples
    --------
    >>> sound("smith"), sound("smyth"), sound("tymczak"), sound("")
    ('s53', 's53', 't522', '')
    """
    if not word:
        return ""
    coded, last = [word[0]], word[0].translate(_SOUNDS)
    for letter in word[1:]:
        code = letter.translate(_SOUNDS)
        if code.isdigit() and code != last:
            coded.append(code)
        elif letter > "z":
            coded.append(letter)
        last = last if letter in "hw" else code
    return "".join(coded)[:4]


@dataclass(frozen=True)
class Candidates:
    """Pairs to compare.

    Attributes
    ----------
    left, right : numpy.ndarray of int64
        Places of rows, left below right, each pair once, in order.
    """

    left: Integers
    right: Integers

    def __len__(self) -> int:
        return len(self.left)


def candidates(
    keys: Sequence[Integers], order: Integers, size: int, is_wanted: npt.NDArray[np.bool_] | None = None
) -> Candidates:
    """Find pairs of rows that share a key.

    Parameters
    ----------
    keys : sequence of numpy.ndarray of int64
        One array for each key, a number for each row; below 0 where a row has none.
    order : numpy.ndarray of int64
        The rank of each row in an order in which like rows stand together; used in large blocks.
    size : int
        How many rows there are.
    is_wanted : numpy.ndarray of bool, optional
        Only pairs of which at least one row is marked.

    Returns
    -------
    Candidates
        At most `LARGEST_BLOCK` / 2 pairs for each row and key.
    """
    codes = [np.zeros(0, dtype=np.int64)]
    for key in keys:
        for left, right in _pairs_of(key, order):
            if is_wanted is not None:
                touches = is_wanted[left] | is_wanted[right]
                left, right = left[touches], right[touches]
            codes.append(np.minimum(left, right) * size + np.maximum(left, right))
    found = np.unique(np.concatenate(codes))
    return Candidates(found // max(size, 1), found % max(size, 1))


def _pairs_of(key: Integers, order: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Sort rows by key; then rows of a block stand together, and pairs are rows some places apart."""
    rows = np.flatnonzero(key >= 0)
    rows = rows[np.lexsort((order[rows], key[rows]))]
    sorted_key = key[rows]
    in_large = _counted(sorted_key) > LARGEST_BLOCK
    for step in range(1, LARGEST_BLOCK):
        together = sorted_key[step:] == sorted_key[:-step]
        if step > NEIGHBOURS:
            together &= ~in_large[:-step]
        at = np.flatnonzero(together)
        if not len(at):
            return
        yield rows[at], rows[at + step]


def _counted(sorted_key: Integers) -> Integers:
    """Tell of each row how many have its key."""
    sizes = np.unique(sorted_key, return_counts=True)[1]
    return np.repeat(sizes, sizes)
