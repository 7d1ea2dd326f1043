"""Opportunities walking on through their stages, as those before them did.

A draw weighs the past anew (a Bayesian bootstrap), lets every opportunity in progress stay in its stage as long as past
ones that were there that long already, follows it to where they went, and wins what they won of their estimates. New
opportunities come in as in months before, and months differ as much as months before did beyond that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.dates import shift
from pipelines.sales_cycle_histories import LOST, STAYS, WON, histories, states_of
from pipelines.sales_cycle_months import month_factors

ARRIVAL_MONTHS = 12
"""From how many months before the day new opportunities are drawn."""
_MOST_STEPS = 60

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Walkers:
    """Opportunities on their way.

    Attributes
    ----------
    state : numpy.ndarray of int
        The stage each is in.
    elapsed : numpy.ndarray of float
        For how many days.
    day : numpy.ndarray of float
        The day on which that is so, counted from the day of the forecast.
    base : numpy.ndarray of float
        Its estimated value, or what such opportunities are won with.
    """

    state: Places
    elapsed: Floats
    day: Floats
    base: Floats

    def take(self, chosen: npt.NDArray[np.bool_]) -> Walkers:
        """Keep some of them.

        Parameters
        ----------
        chosen : numpy.ndarray of bool
            Which.

        Returns
        -------
        Walkers
            Those.
        """
        return Walkers(self.state[chosen], self.elapsed[chosen], self.day[chosen], self.base[chosen])


class Simulation:
    """What every draw of the future starts from.

    Parameters
    ----------
    stood : pandas.DataFrame
        Opportunities as `sales_cycle_standing.standing` gives them, with `base_amount`, what each is measured by.
    stays : pandas.DataFrame
        As `sales_cycle_standing.visits` gives them.
    as_of : datetime.date
        The day of both.
    months : sequence of datetime.date
        First days of the months to forecast, in order, the first that of the day.
    with_new : bool
        Whether opportunities that are not there yet count.
    """

    def __init__(
        self, stood: pd.DataFrame, stays: pd.DataFrame, as_of: dt.date, months: Sequence[dt.date], with_new: bool
    ) -> None:
        self._as_of, self._months, self._count = as_of, months, len(stood)
        self._ends = np.array([(shift(month, 1, "month") - as_of).days for month in months], dtype=np.float64)
        self._states = states_of(stays)
        self._past = histories(stays, self._states, pd.Series(np.arange(len(stood)), index=stood["opportunity_no"]))
        self._factors = month_factors(stays, as_of)
        won = stood["status"].eq("won") & stood["base_amount"].gt(0) & stood["calculated_amount"].notna()
        self._won_places = np.flatnonzero(won)
        self._ratios = (stood["calculated_amount"] / stood["base_amount"]).to_numpy("float64")[self._won_places]
        self._open = self._walkers(stood[stood["status"].eq("in_progress") & stood["stage_days"].notna()])
        self._arrivals = self._begun_before(stood, stays) if with_new else []

    def draw(self, chance: np.random.Generator) -> Floats:
        """Draw one future.

        Parameters
        ----------
        chance : numpy.random.Generator
            What decides.

        Returns
        -------
        numpy.ndarray of float, shape (4, months)
            Value and number won of the opportunities in progress, then of new ones.
        """
        weights = chance.standard_exponential(self._count)
        odds = {state: stays.chances(weights) for state, stays in self._past.items()}
        factors = chance.choice(self._factors, size=len(self._months))
        rows = []
        for walkers in (self._open, self._newcomers(chance)):
            days, bases = self._walk(walkers, odds, chance)
            rows += self._by_month(days, bases * self._ratio(weights, chance, len(bases)))
        drawn: Floats = np.stack(rows) * factors
        return drawn

    def _walkers(self, rows: pd.DataFrame) -> Walkers:
        keys = zip(rows["sales_cycle_code"].fillna(""), rows["stage_no"], strict=True)
        state = np.array([self._states.get(key, STAYS) for key in keys], dtype=np.intp)
        elapsed, base = (rows[name].to_numpy("float64") for name in ("stage_days", "base_amount"))
        return Walkers(state, elapsed, np.zeros(len(rows)), base).take(state >= 0)

    def _begun_before(self, stood: pd.DataFrame, stays: pd.DataFrame) -> list[Walkers]:
        """Keep what began in each of the months that were whole, at most a year of them; days count from the first."""
        bases = stood[["opportunity_no", "base_amount"]]
        first = stays.drop_duplicates("opportunity_no").merge(bases, on="opportunity_no").assign(stage_days=0.0)
        this = self._months[0]
        starts = [shift(this, -n, "month") for n in range(1, ARRIVAL_MONTHS + 1)]
        earliest = first["began_on"].min().date()
        found = []
        for start in (start for start in starts if start >= earliest):
            days = (first["began_on"] - pd.Timestamp(start)).dt.days
            begun = first[(days >= 0) & (first["began_on"] < pd.Timestamp(shift(start, 1, "month")))]
            offsets = np.asarray(days[begun.index], dtype=np.float64)
            walkers = self._walkers(begun)
            found.append(Walkers(walkers.state, walkers.elapsed, offsets, walkers.base))
        return found

    def _newcomers(self, chance: np.random.Generator) -> Walkers:
        """Let each month to come be like one of the months before; of this month only the days that are left."""
        parts = []
        for month in self._months if self._arrivals else ():
            like = self._arrivals[int(chance.integers(len(self._arrivals)))]
            days = np.asarray(like.day + (month - self._as_of).days, dtype=np.float64)
            parts.append(Walkers(like.state, like.elapsed, days, like.base).take(days > 0))
        return _joined(parts)

    def _by_month(self, days: Floats, amounts: Floats) -> list[Floats]:
        month = np.searchsorted(self._ends, days, side="right")
        size = len(self._ends)
        sums = (np.bincount(month, weights=each, minlength=size) for each in (amounts, np.ones(len(month))))
        return [each.astype(np.float64) for each in sums]

    def _ratio(self, weights: Floats, chance: np.random.Generator, count: int) -> Floats:
        """Draw what is won of an estimate."""
        if not len(self._ratios):
            return np.ones(count)
        shares = np.cumsum(weights[self._won_places])
        found: Floats = self._ratios[np.searchsorted(shares, chance.random(count) * shares[-1], side="right")]
        return found

    def _walk(self, walkers: Walkers, odds: dict[int, Floats], chance: np.random.Generator) -> tuple[Floats, Floats]:
        """Let opportunities walk until they are closed or the last month is over; give days and bases of the won."""
        days, bases = [np.zeros(0)], [np.zeros(0)]
        for _ in range(_MOST_STEPS):
            if not len(walkers.state):
                break
            day, target = self._leave(walkers, odds, chance)
            inside = day < self._ends[-1]
            won = inside & (target == WON)
            days.append(day[won])
            bases.append(walkers.base[won])
            on = inside & ~np.isin(target, (WON, LOST, STAYS))
            walkers = Walkers(target[on], np.zeros(int(on.sum())), day[on], walkers.base[on])
        return np.concatenate(days), np.concatenate(bases)

    def _leave(self, walkers: Walkers, odds: dict[int, Floats], chance: np.random.Generator) -> tuple[Floats, Places]:
        """Say when each leaves its stage, and where to."""
        day = np.full(len(walkers.state), np.inf)
        target = np.full(len(walkers.state), STAYS, dtype=np.intp)
        aim = chance.random(len(walkers.state))
        for state in np.unique(walkers.state):
            if (stays := self._past.get(int(state))) is None:
                continue
            mine = np.flatnonzero(walkers.state == state)
            place = _placed(stays.days, odds[int(state)], walkers.elapsed[mine], walkers.day[mine], aim[mine])
            chosen, place = mine[place < len(stays.days)], place[place < len(stays.days)]
            day[chosen] = walkers.day[chosen] - walkers.elapsed[chosen] + stays.days[place]
            target[chosen] = stays.went_to[place]
        return day, target


def _placed(days: Floats, odds: Floats, elapsed: Floats, day: Floats, aim: Floats) -> Places:
    """Draw a past stay for each that is longer than it has been there already; those just arrived may leave at once."""
    arrived = (elapsed == 0) & (day > 0)
    shorter = np.where(arrived, 0, np.searchsorted(days, elapsed, side="right"))
    passed = np.concatenate([[0.0], odds])[shorter]
    found = np.searchsorted(odds, passed + aim * (1 - passed), side="right")
    return np.where(passed >= 1, len(days), found).astype(np.intp)


def _joined(parts: list[Walkers]) -> Walkers:
    if not parts:
        nobody = np.zeros(0)
        return Walkers(np.zeros(0, dtype=np.intp), nobody, nobody, nobody)
    return Walkers(*(np.concatenate([getattr(one, item.name) for one in parts]) for item in fields(Walkers)))
