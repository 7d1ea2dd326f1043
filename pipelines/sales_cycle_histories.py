"""What past stays in a stage say of those to come: how long they last, and where they lead.

Each state (a stage of a sales cycle) has the stays there have been in it. A stay that goes on says that staying that
long happens, not where it leads; Kaplan and Meier's weights give what it leaves open to the longer stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

WON, LOST, STAYS = -1, -2, -3
"""Where a stay leads besides to a state, which are numbered from 0."""

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Stays:
    """The past stays in one state, the shortest first.

    Attributes
    ----------
    days : numpy.ndarray of float
        How long each was.
    went_to : numpy.ndarray of int
        The state it led to, `WON`, `LOST`, or `STAYS` where it goes on.
    opportunity : numpy.ndarray of int
        Whose it was, as a position among the opportunities.
    """

    days: Floats
    went_to: Places
    opportunity: Places

    def chances(self, weights: Floats) -> Floats:
        """Give the chance that a stay is over like one of these or a shorter one.

        Parameters
        ----------
        weights : numpy.ndarray of float
            How much each opportunity counts.

        Returns
        -------
        numpy.ndarray of float
            Cumulative, in the order of the stays; what is missing to 1 at the end are stays longer than any seen.

        References
        ----------
        E. L. Kaplan and P. Meier (1958), JASA 53, 457-481; B. Efron (1967), The two sample problem with censored
        data, Fifth Berkeley Symposium 4, 831-853, on redistributing to the right.
        """
        mine = weights[self.opportunity]
        at_risk = np.cumsum(mine[::-1])[::-1]
        ended = self.went_to != STAYS
        leaving = np.where(ended, mine / np.maximum(at_risk, 1e-300), 0.0)
        leaving[leaving > 1 - 1e-12] = 1.0
        chances: Floats = 1 - np.cumprod(1 - leaving)
        return chances


def histories(stays: pd.DataFrame, states: Mapping[tuple[str, float], int], places: pd.Series) -> dict[int, Stays]:
    """Sort past stays by their state.

    Parameters
    ----------
    stays : pandas.DataFrame
        As `sales_cycle_standing.visits` gives them.
    states : mapping of (str, float) to int
        The number of each cycle and stage.
    places : pandas.Series
        The position of each opportunity, by its number.

    Returns
    -------
    dict of int to Stays
        By state.
    """
    cycles = stays["sales_cycle_code"].fillna("")
    state = _coded(cycles, stays["stage_no"], states)
    target = np.where(
        stays["went_to"].eq("stage"), _coded(cycles, stays["to_stage_no"], states),
        stays["went_to"].map({"won": WON, "lost": LOST}).fillna(STAYS),
    ).astype(np.intp)  # fmt: skip
    days = stays["days"].to_numpy("float64")
    owner = stays["opportunity_no"].map(places).to_numpy(np.intp)
    found = {}
    for code in np.unique(state):
        mine = np.flatnonzero(state == code)
        # Of stays of the same length those that ended come first, as those that go on were there at least as long.
        order = mine[np.lexsort((target[mine] == STAYS, days[mine]))]
        found[int(code)] = Stays(days[order], target[order], owner[order])
    return found


def _coded(cycles: pd.Series, stages: pd.Series, states: Mapping[tuple[str, float], int]) -> Places:
    return np.array([states.get(key, STAYS) for key in zip(cycles, stages, strict=True)], dtype=np.intp)


def states_of(stays: pd.DataFrame) -> dict[tuple[str, float], int]:
    """Number the states that past stays were in or led to.

    Parameters
    ----------
    stays : pandas.DataFrame
        As `sales_cycle_standing.visits` gives them.

    Returns
    -------
    dict of (str, float) to int
        In ascending order of cycle and stage.
    """
    cycles = stays["sales_cycle_code"].fillna("")
    ends = stays["to_stage_no"].notna()
    known = {*zip(cycles, stays["stage_no"], strict=True), *zip(cycles[ends], stays["to_stage_no"][ends], strict=True)}
    return {key: number for number, key in enumerate(sorted(known))}
