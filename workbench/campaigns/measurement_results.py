"""What a campaign did, as measured."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.errors import MeasureError, nearest
from pipelines.response_rule import ResponseRule, written
from workbench.campaigns.response_remarks import no_holdout

if TYPE_CHECKING:
    from pipelines.measurement import Figures
    from pipelines.sample_ratio import SampleRatio

_VERDICTS = {
    "more": "more responses than without the campaign",
    "fewer": "fewer responses than without the campaign",
    "not_enough_data": "not enough data to tell",
    "too_early": "too early to tell: not all windows have ended",
    "sizes_off": "cannot be read: the arms do not have the sizes they were drawn to have",
}


@dataclass(frozen=True)
class Measurement:
    """What a campaign did, arm by arm.

    Attributes
    ----------
    campaign_no : str
        Which campaign.
    as_of : datetime.date
        Targets, responses and revenue after this day are left out.
    rule : ResponseRule
        What counted as a response and as revenue.
    confidence : float
        Of all intervals.
    figures : Figures
        Everything that was computed, as frames.
    contaminated_count : int
        Held-out contacts that the campaign contacted all the same; they stay in the arm they were drawn into.
    notes : tuple of str
        Things to know that are no errors.
    rows : pandas.DataFrame
        One row for each target, as `frame` gives it.
    """

    campaign_no: str
    as_of: dt.date
    rule: ResponseRule
    confidence: float
    figures: Figures = field(repr=False)
    contaminated_count: int
    notes: tuple[str, ...]
    rows: pd.DataFrame = field(repr=False)

    @property
    def against(self) -> str | None:
        """The arm that was held out; None where there is none, and no lift is known."""
        return self.figures.against

    @property
    def arms(self) -> pd.DataFrame:
        """One row for each arm: targets, delivered, responders, rate with interval, revenue, cost."""
        return self.figures.arms

    @property
    def lifts(self) -> pd.DataFrame:
        """One row for each arm that is compared; empty where nothing was held out."""
        return self.figures.lifts

    @property
    def subgroups(self) -> pd.DataFrame:
        """The lifts within parts of the targets."""
        return self.figures.subgroups

    @property
    def curve(self) -> pd.DataFrame:
        """The share of each arm that has responded by each day after targeting."""
        return self.figures.curve

    @property
    def sample_ratio(self) -> SampleRatio | None:
        """Whether the arms have the sizes they were planned to have; None where no shares are known."""
        return self.figures.sample_ratio

    def lift(self, arm: str) -> dict[str, Any]:
        """Give the lift of one arm.

        Parameters
        ----------
        arm : str
            Which.

        Returns
        -------
        dict of str to object
            Its row of `lifts`.

        Raises
        ------
        MeasureError
            When nothing was held out, or the arm is not among those compared.
        """
        if self.against is None:
            raise MeasureError(f"No lift of {self.campaign_no} can be known.", no_holdout())
        found = self.lifts[self.lifts["arm"] == arm].to_dict("records")
        if not found:
            raise MeasureError(f'The arm "{arm}" is not compared.', nearest(arm, self.lifts["arm"]))
        return {str(name): value for name, value in found[0].items()}

    def sentences(self) -> tuple[str, ...]:
        """Say what was found, one sentence for each arm.

        Returns
        -------
        tuple of str
            With counts, interval and verdict.
        """
        if self.against is None:
            return (no_holdout(),)
        return tuple(_sentence(row, self.confidence) for row in self.lifts.to_dict("records"))

    def frame(self) -> pd.DataFrame:
        """Show the targets.

        Returns
        -------
        pandas.DataFrame
            One row for each: contact_id, contact_no, arm, targeted_on, what was done for it, what it did, and the
            fields it was parted by. Every figure is computed from it.
        """
        return self.rows

    def to_dict(self) -> dict[str, Any]:
        """Give everything but the targets as plain values.

        Returns
        -------
        dict of str to object
            For JSON; days stay days, frames become lists of rows.
        """
        ratio = self.sample_ratio
        return {
            "campaign_no": self.campaign_no, "as_of": self.as_of, "rule": written(self.rule),
            "confidence": self.confidence, "against": self.against, "arms": self.arms.to_dict("records"),
            "lifts": self.lifts.to_dict("records"), "subgroups": self.subgroups.to_dict("records"),
            "curve": self.curve.to_dict("records"),
            "sample_ratio": None if ratio is None else {**ratio.__dict__, "is_mismatch": ratio.is_mismatch},
            "contaminated_count": self.contaminated_count, "sentences": self.sentences(), "notes": self.notes,
        }  # fmt: skip

    def _repr_html_(self) -> str:
        said = "".join(f"<li>{html.escape(text)}</li>" for text in (*self.sentences(), *self.notes))
        head = f"<b>{html.escape(self.campaign_no)} as of {self.as_of.isoformat()}</b>"
        return f"{head}<ul>{said}</ul>{self.arms.to_html(index=False)}{self.lifts.to_html(index=False)}"


def _sentence(row: dict[Any, Any], confidence: float) -> str:
    rate, other = (row[f"{w}responder_count"] / row[f"{w}target_count"] for w in ("", "against_"))
    return (
        f"{row['arm']}: {_VERDICTS[row['verdict']]}. {rate:.2%} of {row['target_count']:,} responded, "
        f"{other:.2%} of {row['against_target_count']:,} in {row['against']}: {100 * row['absolute_lift']:+.2f} "
        f"percentage points, {confidence:.0%} interval {100 * row['absolute_low']:+.2f} to "
        f"{100 * row['absolute_high']:+.2f}; incremental responses {row['incremental_responses']:,.0f}, "
        f"{row['incremental_low']:,.0f} to {row['incremental_high']:,.0f}."
    )
