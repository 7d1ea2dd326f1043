"""Who went from which name to which between two runs of a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

NOBODY = ""
"""What stands for contacts that a run does not have, or has without a name."""


@dataclass(frozen=True)
class Moves:
    """How contacts moved between two runs.

    Attributes
    ----------
    moves : pandas.DataFrame
        One row for each pair of names that contacts went between: `from_name`, `to_name` (`NOBODY` where they had or
        have none), `contacts`, `share_of_from` (of those who had the first name), `share_of_to`.
    names : tuple of str
        Names in order; `NOBODY` last, where it occurs.
    stayed, moved, came, left : int
        Contacts with the same name in both runs; with another; with a name in the later run only; in the earlier only.
    """

    moves: pd.DataFrame = field(repr=False)
    names: tuple[str, ...]
    stayed: int
    moved: int
    came: int
    left: int

    @property
    def contacts(self) -> int:
        """All that have a name in one of the runs: what the counts add up to."""
        return self.stayed + self.moved + self.came + self.left

    def matrix(self) -> pd.DataFrame:
        """Show the contacts of each pair of names.

        Returns
        -------
        pandas.DataFrame
            One row for each earlier name, one column for each later one, both as `names`.
        """
        found = self.moves.pivot(index="from_name", columns="to_name", values="contacts")
        return found.reindex(index=self.names, columns=self.names, fill_value=0).fillna(0).astype("int64")


def moves(before: pd.Series, after: pd.Series, order: Sequence[str] = ()) -> Moves:
    """Compare the names that contacts have in two runs.

    Parameters
    ----------
    before, after : pandas.Series
        Texts, indexed by contact id, each once; nothing where a contact has no name.
    order : sequence of str, optional
        Names in the order to show; others follow in that of the alphabet.

    Returns
    -------
    Moves
        Contacts that have a name in neither run are left out.

    Examples
    --------
    >>> found = moves(pd.Series(["A", "A"], [1, 2]), pd.Series(["B", "A", "A"], [1, 2, 3]))
    >>> found.stayed, found.moved, found.came, found.left
    (1, 1, 1, 0)
    """
    both = pd.DataFrame({"from_name": before, "to_name": after}).fillna(NOBODY)
    both = both[(both["from_name"] != NOBODY) | (both["to_name"] != NOBODY)]
    names = _ordered(set(both["from_name"]) | set(both["to_name"]), order)
    counted = both.groupby(["from_name", "to_name"]).size().rename("contacts").reset_index()
    counted = counted.sort_values(
        ["from_name", "to_name"], key=lambda column: column.map({name: place for place, name in enumerate(names)})
    ).reset_index(drop=True)
    is_new, is_gone = both["from_name"] == NOBODY, both["to_name"] == NOBODY
    is_same = both["from_name"] == both["to_name"]
    return Moves(
        counted.assign(share_of_from=_share(counted, "from_name"), share_of_to=_share(counted, "to_name")),
        names, int(is_same.sum()), int((~is_same & ~is_new & ~is_gone).sum()), int(is_new.sum()), int(is_gone.sum()),
    )  # fmt: skip


def _ordered(found: set[str], order: Sequence[str]) -> tuple[str, ...]:
    known = [name for name in order if name in found]
    others = sorted(found - set(known) - {NOBODY})
    return (*known, *others, *([NOBODY] if NOBODY in found else []))


def _share(counted: pd.DataFrame, of: str) -> pd.Series:
    total = counted.groupby(of)["contacts"].transform("sum")
    return counted["contacts"] / total.where(total > 0, np.nan)
