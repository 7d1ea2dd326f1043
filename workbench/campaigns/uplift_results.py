"""Whom a campaign moves, as found."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from pipelines.uplift import UpliftFigures

LEARNER_NAMES = {
    "s": "S-learner", "t": "T-learner", "x": "X-learner", "class": "class transformation",
}  # fmt: skip


@dataclass(frozen=True)
class Uplift:
    """How much more likely each contact responds when written to, and whether the rank is worth anything.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    as_of : datetime.date
        Targets and responses after this day are left out.
    arm, against : str
        Who was written to, and who was held out.
    fields : tuple of str
        What targets were told apart by.
    begun_on : datetime.date or None
        The first day of the campaign; computed fields are as of the day before.
    confidence : float
        Of all intervals.
    figures : UpliftFigures
        Everything that was computed, as frames.
    score : str
        What the score is called.
    is_written : bool
        Whether it was stored; false for a preview.
    notes : tuple of str
        Things to know that are no errors.
    """

    campaign_no: str
    as_of: dt.date
    arm: str
    against: str
    fields: tuple[str, ...]
    begun_on: dt.date | None
    confidence: float
    figures: UpliftFigures = field(repr=False)
    score: str
    is_written: bool
    notes: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """``"ranks"``, or ``"no_better_than_random"``."""
        return self.figures.verdict

    @property
    def learners(self) -> pd.DataFrame:
        """One row for each learner: AUUC and Qini with intervals, p value of a random rank, verdict."""
        return self.figures.learners

    @property
    def deciles(self) -> pd.DataFrame:
        """What the scores say of each tenth of the targets, and what happened."""
        return self.figures.deciles

    @property
    def curve(self) -> pd.DataFrame:
        """The uplift curve and the Qini curve, each beside that of a random rank."""
        return self.figures.curve

    @property
    def parts(self) -> pd.DataFrame:
        """What the scores say of each part of the fields, and what happened."""
        return self.figures.parts

    def sentence(self) -> str:
        """Say what was found.

        Returns
        -------
        str
            With the figures of the learner whose scores are shown, and the verdict.
        """
        best = self.learners.iloc[0]
        found = (
            f"Ranked by the {LEARNER_NAMES[best['learner']]}, {self.arm} against {self.against}: Qini "
            f"{best['qini']:.4f}, {self.confidence:.0%} interval {best['qini_low']:.4f} to {best['qini_high']:.4f}; "
            f"of random ranks {best['p_value']:.1%} do as well."
        )
        if self.verdict != "ranks" or len(self.deciles) < 2:
            return found
        first, last = (100 * self.deciles["absolute_lift"].iloc[place] for place in (0, -1))
        return f"{found} Lift of the first tenth {first:+.1f} percentage points, of the last {last:+.1f}."

    def frame(self) -> pd.DataFrame:
        """Show the scores.

        Returns
        -------
        pandas.DataFrame
            One row for each contact: contact_id, contact_no, uplift (a difference of response rates), decile among the
            targets (1 is the highest) and is_target; by id.
        """
        return self.figures.scores

    def to_dict(self) -> dict[str, Any]:
        """Give everything but the scores as plain values.

        Returns
        -------
        dict of str to object
            For JSON; days stay days, frames become lists of rows.
        """
        frames = {name: getattr(self, name).to_dict("records") for name in ("learners", "deciles", "curve", "parts")}
        plain = {name: value for name, value in self.__dict__.items() if name != "figures"}
        return {**plain, "verdict": self.verdict, "sentence": self.sentence(), **frames}

    def _repr_html_(self) -> str:
        said = "".join(f"<li>{html.escape(text)}</li>" for text in (self.sentence(), *self.notes))
        head = f"<b>{html.escape(self.campaign_no)} as of {self.as_of.isoformat()}</b>"
        return f"{head}<ul>{said}</ul>{self.learners.to_html(index=False)}{self.deciles.to_html(index=False)}"
