"""Everybody a plan weighs: the members of its segments, by which key they are known, and what speaks against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.allocation import Cap, Offer
from pipelines.binding import bind_order
from pipelines.campaign_plan import FrequencyLimit, Plan, PlannedCampaign
from pipelines.dates import in_last
from pipelines.holdout import PLACE, draws
from pipelines.membership import Mask
from pipelines.response_rule import HOLDOUT
from pipelines.suppressing import REACHABLE, Consent, FrequencyCap, NoConsent, reasons
from pipelines.suppressing import Cap as Often
from workbench.compiling.rules import DIALECT
from workbench.compiling.values import Scope, frame_of, offered
from workbench.segments import limiting, saved
from workbench.segments.evaluating import Evaluator
from workbench.segments.facts import mask_of
from workbench.store import Connection, tables

TARGETED_BEFORE, UNREACHABLE, TOO_OFTEN = "targeted_before", "unreachable", "frequency_cap"
# Targets to come count as well: two campaigns launched today for next week are two.
_OFTEN_TARGETED = """
    SELECT t.contact_id FROM campaign_target t LEFT JOIN campaign c USING (campaign_no)
    WHERE t.arm IS DISTINCT FROM ? AND coalesce(t.targeted_on, c.starting_on) >= ?
    GROUP BY t.contact_id HAVING count(DISTINCT t.campaign_no) >= ?
"""


@dataclass(frozen=True)
class Weighed:
    """Everybody a plan weighs.

    Attributes
    ----------
    contacts : pandas.DataFrame
        One row for each, by contact number: `contact_id`, `contact_no`, `key`, and the fields that orders and strata
        name.
    offers : tuple of Offer
        What each campaign asks for, in the order in which they choose.
    caps : tuple of Cap
        On households and companies.
    taken : numpy.ndarray of bool
        Who is a target of one of the campaigns already.
    revision : int
        Of the store.
    """

    contacts: pd.DataFrame
    offers: tuple[Offer, ...]
    caps: tuple[Cap, ...]
    taken: Mask
    revision: int

    @property
    def keys(self) -> npt.NDArray[np.intp]:
        """The dedupe key of each as a number."""
        return np.asarray(self.contacts["key"].factorize()[0], dtype=np.intp)


def weighed(con: Connection, evaluator: Evaluator, plan: Plan, as_of: dt.date) -> Weighed:
    """Weigh everybody whom the segments of a plan give.

    Parameters
    ----------
    con : connection
        An open unit of work.
    evaluator : Evaluator
        Of the same store.
    plan : Plan
        The plan.
    as_of : datetime.date
        The day.

    Returns
    -------
    Weighed
        At one revision.

    Raises
    ------
    NotFoundError
        When no saved segment has a name of the plan.
    ConditionError
        When a segment, an order or a stratum does not fit the store.
    """
    return _Scales(con, evaluator, plan, as_of).weighed()


@dataclass
class _Scales:
    """What weighing has at hand."""

    con: Connection
    evaluator: Evaluator
    plan: Plan
    as_of: dt.date
    contacts: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        self.facts = self.evaluator.facts()
        self.scope: Scope = self.facts.scope(self.facts.settings.context(self.as_of))

    def weighed(self) -> Weighed:
        names = dict.fromkeys(name for campaign in self.plan.campaigns for name in campaign.segments)
        members = {name: self._members(name) for name in names}
        before = {campaign.campaign: self._targets_before(campaign.campaign) for campaign in self.plan.campaigns}
        everybody = np.flatnonzero(np.logical_or.reduce([*members.values(), *before.values()]))
        self.contacts = self._contacts(everybody)
        ids = self.contacts["contact_id"].to_numpy()
        offers = (self._offer(each, members, before[each.campaign]) for each in self.plan.by_priority)
        taken = np.logical_or.reduce(list(before.values()))[ids]
        return Weighed(self.contacts, tuple(offers), self._caps(), taken, self.facts.revision)

    def _members(self, name: str) -> Mask:
        return self.evaluator.evaluate(saved.found(name, self.facts.definitions), self.as_of).members

    def _targets_before(self, campaign_no: str) -> Mask:
        query = "SELECT DISTINCT contact_id FROM campaign_target JOIN contact USING (contact_id) WHERE campaign_no = ?"
        return mask_of(tables.ids(self.con, query, [campaign_no]), self.facts.everybody.size)

    def _contacts(self, ids: npt.NDArray[Any]) -> pd.DataFrame:
        fields = [name for each in self.plan.campaigns for name in _fields(each)]
        for name in fields:
            bind_order(name, self.facts.catalogue, self.scope.context)
        found = frame_of(self.con, ids, list(dict.fromkeys(["contact_no", *fields])), self.scope).reset_index()
        if self.plan.dedupe_key == "contact":
            return found.assign(key=found["contact_no"])
        known = self._keys(found["contact_id"], self.plan.dedupe_key)
        return found.assign(key=known.fillna("contact:" + found["contact_no"]))

    def _keys(self, ids: pd.Series[int], one_per: str) -> pd.Series[str]:
        """Read a key of each contact, missing for those who have none."""
        with offered(self.con, ids.to_numpy()):
            rows = tables.frame(self.con, limiting.keys_of(one_per, self.scope).sql(dialect=DIALECT))
        by_id = rows.set_index("contact_id")["key"]
        return by_id.reindex(ids).astype("str").reset_index(drop=True)

    def _caps(self) -> tuple[Cap, ...]:
        limits = {"household": self.plan.caps.household, "company": self.plan.caps.company}
        return tuple(
            Cap(f"{kind}_cap", np.asarray(self._keys(self.contacts["contact_id"], kind).factorize()[0]), limit)
            for kind, limit in limits.items()
            if limit is not None
        )

    def _offer(self, campaign: PlannedCampaign, members: Mapping[str, Mask], before: Mask) -> Offer:
        ids = self.contacts["contact_id"].to_numpy()
        segments = {name: np.flatnonzero(members[name][ids]) for name in campaign.segments}
        barred = {name: mask[ids] for name, mask in self._against(campaign).items()}
        known = self.contacts["key"].isin(self.contacts["key"][before[ids]]).to_numpy()
        room = None if campaign.capacity is None else max(campaign.capacity - int(before.sum()), 0)
        return Offer(campaign.campaign, segments, {TARGETED_BEFORE: known, **barred}, self._rank(campaign), room)

    def _against(self, campaign: PlannedCampaign) -> dict[str, Mask]:
        """Find whom a campaign must not target, by reason and in the order in which reasons are given."""
        suppressed = reasons(("privacy_blocked", "excluded_from_segments", *_no_consent(campaign)))
        masks = {reason: self.evaluator.mask(condition, self.as_of) for reason, condition in suppressed.items()}
        if campaign.channel is not None:
            masks[UNREACHABLE] = ~self.evaluator.mask(REACHABLE[campaign.channel], self.as_of)
        often = [self._too_often(limit) for limit in self.plan.frequency]
        return masks | ({TOO_OFTEN: np.logical_or.reduce(often)} if often else {})

    def _too_often(self, limit: FrequencyLimit) -> Mask:
        if limit.of == "interactions":
            cap = FrequencyCap(frequency_cap=Often(max=limit.max, in_last=limit.in_last))
            (condition,) = reasons((cap,)).values()
            return self.evaluator.mask(condition, self.as_of)
        first, _end = in_last(self.as_of, limit.in_last.n, limit.in_last.unit)
        return mask_of(tables.ids(self.con, _OFTEN_TARGETED, [HOLDOUT, first, limit.max]), self.facts.everybody.size)

    def _rank(self, campaign: PlannedCampaign) -> npt.NDArray[np.intp]:
        """Put everybody into the order of a campaign; those who are alike into that of their draw."""
        keys = self.contacts["key"].to_numpy(dtype=object)
        drawn = draws(campaign.campaign, keys, self.plan.seed)[:, PLACE]
        by = {str(at): self.contacts[order.name] for at, order in enumerate(campaign.order)}
        frame = pd.DataFrame({**by, "drawn": drawn, "no": self.contacts["contact_no"]})
        ascending = [*(order.order == "ascending" for order in campaign.order), True, True]
        rank = np.empty(len(frame), dtype=np.intp)
        rank[frame.sort_values(list(frame.columns), ascending=ascending).index] = np.arange(len(frame))
        return rank


def _fields(campaign: PlannedCampaign) -> Sequence[str]:
    return [*(order.name for order in campaign.order), *campaign.strata]


def _no_consent(campaign: PlannedCampaign) -> tuple[NoConsent, ...]:
    if campaign.channel is None or not campaign.consent:
        return ()
    return (NoConsent(no_consent=Consent(channel=campaign.channel, purpose=campaign.purpose)),)
