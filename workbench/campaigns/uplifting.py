"""Whom a campaign moves: the targets' uplift modelled, tested on targets unseen, and kept as a score for segments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.catalogue import COMPUTED
from pipelines.response_rule import ResponseRule
from pipelines.scores import parted
from workbench.campaigns import response_notes, response_remarks, response_rules, uplift_remarks
from workbench.campaigns.events import events_of
from workbench.campaigns.known_before import first_day, known_before
from workbench.campaigns.target_rows import target_rows
from workbench.campaigns.uplift_results import Uplift
from workbench.campaigns.work import CampaignWork
from workbench.errors import ConfigError, MeasureError, nearest
from workbench.scores.registry import check_name

if TYPE_CHECKING:
    from pipelines.uplift import UpliftFigures

LEARNERS = ("x", "t", "s", "class")
_LONGEST = 50


class Uplifting(CampaignWork):
    """Whom campaigns move."""

    def uplift(
        self,
        campaign_no: str,
        as_of: dt.date,
        fields: Sequence[str],
        *,
        arm: str | None = None,
        learners: Sequence[str] = LEARNERS,
        rule: ResponseRule | Mapping[str, Any] | str | Path | None = None,
        against: str | None = None,
        score: str | None = None,
        confidence: float = 0.95,
        seed: int = 0,
        dry_run: bool = False,
    ) -> Uplift:
        """Model how much more likely each contact responds when the campaign writes to it.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        as_of : datetime.date
            Targets and responses after this day are left out; the day of the score's run.
        fields : sequence of str
            What to tell targets apart by: fields of contacts that the campaign did not change, computed fields, which
            are taken as of the day before it began, and ``score.NAME.FIELD`` likewise.
        arm : str, optional
            Whom it wrote to; may be left out where there is one arm beside the one held out.
        learners : sequence of str, optional
            Of ``"x"``, ``"t"``, ``"s"`` and ``"class"`` (class transformation); all are compared, and the scores are
            those of the first, which is to be chosen before looking.
        rule : ResponseRule, mapping, str or pathlib.Path, optional
            What counts as a response this time; the rule of the campaign where absent.
        against : str, optional
            The arm to compare with; the one that the rule says was held out where absent.
        score : str, optional
            What to call the score; ``uplift_`` and the number of the campaign where absent, with the arm where there
            are several.
        confidence : float, optional
            Of all intervals.
        seed : int, optional
            Of folds and draws.
        dry_run : bool, optional
            Store nothing.

        Returns
        -------
        Uplift
            Figures and scores of every contact. Stored are `uplift`, `decile` and `is_target`, as the run of `as_of`.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        ConditionError
            When the rule or a field does not fit the store.
        MeasureError
            When nothing was held out, too few responded, or the arms differ in a field.
        ConfigError
            When the score cannot have that name, or the confidence is not between 0.5 and 1.
        """
        from pipelines.uplift import uplift  # models that only those wait for who ask for them

        _check(score, confidence)
        used, rows, known, begun_on = self._read(campaign_no, as_of, fields, rule)
        held_out = against or used.holdout
        own = _arm_of(campaign_no, sorted(set(rows["arm"])), arm, held_out)
        of_arms = rows[rows["arm"].isin([own, held_out])][["contact_id", "arm", "is_responder"]]
        targets = of_arms.merge(known, on="contact_id")
        others = known[~known["contact_id"].isin(targets["contact_id"])]
        figures = uplift(targets, held_out, fields, others, learners=learners, seed=seed, confidence=confidence)
        figures = _with_numbers(figures, known)
        name = score or _named(campaign_no, own if rows["arm"].nunique() > 2 else "")
        if not dry_run:
            self._store(name, figures.scores, as_of)
        notes = _notes(rows[rows["arm"].isin([own, held_out])], used, as_of, fields, figures)
        return Uplift(
            campaign_no, as_of, own, held_out, tuple(fields), begun_on, confidence, figures, name, not dry_run, notes
        )

    def _read(
        self, campaign_no: str, as_of: dt.date, fields: Sequence[str], rule: Any
    ) -> tuple[ResponseRule, pd.DataFrame, pd.DataFrame, dt.date | None]:
        """Read what is needed in one unit of work, and give the store up before models are fitted."""
        given = None if rule is None else response_rules.given(rule)
        context = self._setup.settings().context(as_of)
        with self._database.reading() as con:
            response_rules.check_campaign(con, campaign_no)
            used = given or response_rules.current(con, campaign_no)
            rows = target_rows(con, campaign_no, used, events_of(self._setup, campaign_no, used, context), context)
            begun_on = first_day(rows)
            return used, rows, known_before(con, self._setup, fields, begun_on), begun_on

    def _store(self, name: str, scores: pd.DataFrame, as_of: dt.date) -> None:
        from workbench.scores import Scores

        Scores(self._database, self._setup).load(name, scores.drop(columns="contact_id"), as_of)


def _arm_of(campaign_no: str, arms: Sequence[str], arm: str | None, against: str) -> str:
    others = [name for name in arms if name != against]
    if against not in arms or not others:
        raise MeasureError(f"No uplift of {campaign_no} can be known.", response_remarks.no_holdout())
    if arm is None and len(others) > 1:
        raise MeasureError(f"{campaign_no} wrote to several arms: {', '.join(others)}.", "Name one of them (--arm).")
    if arm is not None and arm not in others:
        raise MeasureError(f'No target is in the arm "{arm}".', nearest(arm, others))
    return arm or others[0]


def _with_numbers(figures: UpliftFigures, known: pd.DataFrame) -> UpliftFigures:
    numbers = known.set_index("contact_id")["contact_no"]
    scores = figures.scores.copy()
    scores.insert(1, "contact_no", scores["contact_id"].map(numbers))
    return replace(figures, scores=scores)


def _notes(
    rows: pd.DataFrame, rule: ResponseRule, as_of: dt.date, fields: Sequence[str], figures: UpliftFigures
) -> tuple[str, ...]:
    notes = [*response_notes.on_responses(rows, rule, None, as_of)]
    if rule.response is None:
        notes.append(response_remarks.tied_to_campaign())
    if as_now := [name for name in fields if name not in COMPUTED and parted(name) is None]:
        notes.append(uplift_remarks.kept_as_now(", ".join(as_now)))
    if figures.verdict != "ranks":
        notes.append(uplift_remarks.no_rank())
    if beyond := int((~figures.scores["is_target"]).sum()):
        notes.append(uplift_remarks.beyond_targets(beyond))
    return tuple(notes)


def _named(campaign_no: str, arm: str) -> str:
    """Name a score after a campaign, in the signs that names of scores have."""
    words = re.sub(r"[^a-z0-9]+", "_", f"uplift {campaign_no} {arm}".lower())
    return words.strip("_")[:_LONGEST]


def _check(score: str | None, confidence: float) -> None:
    if score is not None:
        check_name(score)
    if not 0.5 < confidence < 1:
        raise ConfigError(f"A confidence of {confidence} is none.", "Give one between 0.5 and 1, such as 0.95.")
