"""The account of an export: who matched, who was taken out and why, and how many rows are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from workbench.errors import ExportError


@dataclass(frozen=True)
class Ledger:
    """Where every matched contact went; it closes when what is left over is the rows of the file.

    ``matched - suppressed - limited - unreachable - duplicates = rows``

    Attributes
    ----------
    matched : int
        Contacts the definition matches before anybody is taken out.
    suppressed : dict of str to int
        Contacts taken out by each suppression, one reason each, in the order of the reasons.
    limited : int
        Contacts beyond the limit of the definition.
    unreachable : int
        Contacts without a usable address for the channel.
    duplicates : int
        Contacts that share a key with one who is kept.
    rows : int
        Rows to be written.

    Examples
    --------
    >>> Ledger(matched=10, suppressed={"minor": 2}, limited=0, unreachable=1, duplicates=0, rows=7).check()
    """

    matched: int
    suppressed: Mapping[str, int] = field(default_factory=dict)
    limited: int = 0
    unreachable: int = 0
    duplicates: int = 0
    rows: int = 0

    @property
    def left(self) -> int:
        """What remains of the matched contacts when all others are taken out."""
        return self.matched - sum(self.suppressed.values()) - self.limited - self.unreachable - self.duplicates

    def check(self) -> None:
        """See that no count is negative and that the ledger closes.

        Raises
        ------
        ExportError
            When it does not; the message shows the sum.

        Examples
        --------
        >>> Ledger(matched=10, suppressed={"minor": 2}, unreachable=1, rows=7).check()
        """
        for line, count in self._lines():
            if count < 0:
                raise ExportError(f"The ledger counts {count} for {line}; a count cannot be negative.")
        if self.left != self.rows:
            raise ExportError(
                f"The ledger does not close: {self._sum()}, but {self.rows} rows are to be written.",
                "Nothing was written; every contact that is left out needs exactly one reason.",
            )

    def frame(self) -> pd.DataFrame:
        """Show the ledger as an account.

        Returns
        -------
        pandas.DataFrame
            One row per line in the order of the sum, with `line` (text) and `contact_count` (whole
            number, negative where contacts were taken out); all but the last add up to the last, `rows`.

        Examples
        --------
        >>> Ledger(matched=10, suppressed={"minor": 2}, rows=8).frame()["contact_count"].tolist()
        [10, -2, 0, 0, 0, 8]
        """
        lines = self._lines()
        kept = {"matched", "rows"}
        return pd.DataFrame(
            {
                "line": pd.Series([line for line, _ in lines], dtype="str"),
                "contact_count": [count if line in kept else -count for line, count in lines],
            }
        )

    def _lines(self) -> list[tuple[str, int]]:
        reasons = [(f"suppressed: {reason}", count) for reason, count in self.suppressed.items()]
        others = [(name, getattr(self, name)) for name in ("limited", "unreachable", "duplicates", "rows")]
        return [("matched", self.matched), *reasons, *others]

    def _sum(self) -> str:
        reasons = "".join(f" - {count} suppressed ({reason})" for reason, count in self.suppressed.items())
        return (
            f"{self.matched} matched{reasons} - {self.limited} limited - {self.unreachable} unreachable"
            f" - {self.duplicates} duplicates = {self.left}"
        )
