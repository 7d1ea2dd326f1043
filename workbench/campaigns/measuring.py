"""What a campaign really did: each arm against the one that was held out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.response_rule import ResponseRule
from workbench.campaigns import response_notes, response_rules
from workbench.campaigns.events import events_of
from workbench.campaigns.measurement_results import Measurement
from workbench.campaigns.target_rows import checked_parts, gone_count, target_rows
from workbench.campaigns.work import CampaignWork
from workbench.errors import ConfigError, MeasureError, nearest

if TYPE_CHECKING:
    from pipelines.measurement import Figures


class Measuring(CampaignWork):
    """What campaigns did."""

    def measure(
        self,
        campaign_no: str,
        as_of: dt.date,
        *,
        by: Sequence[str] = (),
        rule: ResponseRule | Mapping[str, Any] | str | Path | None = None,
        against: str | None = None,
        confidence: float = 0.95,
        seed: int = 0,
    ) -> Measurement:
        """Measure a campaign on whom it targeted, whatever has become of the segment since.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        as_of : datetime.date
            Targets, responses and revenue after this day are left out.
        by : sequence of str, optional
            Fields of contacts, or ``"stratum"``, to look into parts of the targets by.
        rule : ResponseRule, mapping, str or pathlib.Path, optional
            What counts as a response this time: the rule, plain values, a YAML file or its text; the rule of the
            campaign where absent.
        against : str, optional
            The arm to compare with; the one that the rule says was held out where absent.
        confidence : float, optional
            Of all intervals.
        seed : int, optional
            Of the bootstrap.

        Returns
        -------
        Measurement
            Of the targets as they were drawn, delivered or not; no lifts where no target was held out.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        ConditionError
            When the rule or a field does not fit the store.
        MeasureError
            When no target is in the arm to compare with, or an arm has no planned share though others have.
        ConfigError
            When the confidence is not between 0.5 and 1.
        """
        from pipelines.measurement import figures  # a second of statistics that only those wait for who measure

        _check(confidence)
        parts = checked_parts(self._setup.table("contact"), by)
        given = None if rule is None else response_rules.given(rule)
        context = self._setup.settings().context(as_of)
        with self._database.reading() as con:
            response_rules.check_campaign(con, campaign_no)
            used = given or response_rules.current(con, campaign_no)
            events = events_of(self._setup, campaign_no, used, context)
            rows = target_rows(con, campaign_no, used, events, context, parts)
            gone = gone_count(con, campaign_no, context)
        _check_arm(rows, against)
        found = figures(
            _recorded(rows),
            against or used.holdout,
            used.costs,
            by=parts,
            shares=used.shares,
            seed=seed,
            confidence=confidence,
        )
        contaminated = _contaminated(rows, found)
        notes = response_notes.on_measurement(
            rows, used, found, contaminated_count=contaminated, gone_count=gone, as_of=as_of
        )
        return Measurement(campaign_no, as_of, used, confidence, found, contaminated, notes, rows)


def _recorded(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out what nothing tells of: where no sending was recorded, nobody knows who got anything."""
    return rows if rows["is_contacted"].any() else rows.drop(columns=["is_contacted", "is_delivered"])


def _contaminated(rows: pd.DataFrame, found: Figures) -> int:
    """Count those who were held out and contacted all the same."""
    if found.against is None:
        return 0
    return int((rows["is_contacted"] & (rows["arm"] == found.against)).sum())


def _check(confidence: float) -> None:
    if not 0.5 < confidence < 1:
        raise ConfigError(f"A confidence of {confidence} is none.", "Give one between 0.5 and 1, such as 0.95.")


def _check_arm(rows: pd.DataFrame, against: str | None) -> None:
    if against is not None and not rows["arm"].eq(against).any():
        raise MeasureError(f'No target is in the arm "{against}".', nearest(against, rows["arm"].unique()))
