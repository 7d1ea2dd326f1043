"""What tells whether a file has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class Seal:
    """What tells whether a file has changed.

    Attributes
    ----------
    sha256 : str
        In lower-case hexadecimal digits.
    bytes : int
        The size.
    """

    sha256: str
    bytes: int


def seal(path: Path) -> Seal:
    """Compute what tells whether a file has changed.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Seal
        Its SHA-256 and size.
    """
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
            size += len(block)
    return Seal(digest.hexdigest(), size)
