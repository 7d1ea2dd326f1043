"""The one computation behind a plan's preview and its launch."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from pipelines import holdout
from pipelines.allocation import allocate
from pipelines.campaign_plan import Plan, PlannedCampaign
from pipelines.response_rule import HOLDOUT
from workbench.campaigns import plan_remarks
from workbench.campaigns.plan_results import Allocation
from workbench.campaigns.weighing import TARGETED_BEFORE, Weighed, weighed
from workbench.segments.evaluating import Evaluator
from workbench.store import Connection

_MEMBERS = ["campaign_no", "segment_name", "contact_id", "contact_no", "key", "stratum", "arm", "reason"]
_SIZES = [
    "campaign_no", "arm", "unit_count", "holdout_count", "expected_rate", "confidence", "smallest_lift",
    "expected_lift", "power", "needed_count", "needed_holdout_count",
]  # fmt: skip


def allocated(con: Connection, evaluator: Evaluator, plan: Plan, as_of: dt.date) -> Allocation:
    """Work out whom each campaign of a plan targets, and in which arm.

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
    Allocation
        Which a launch writes as it is.

    Raises
    ------
    NotFoundError
        When no saved segment has a name of the plan.
    ConditionError
        When a segment, an order or a stratum does not fit the store.
    """
    found = weighed(con, evaluator, plan, as_of)
    rows = allocate(found.offers, found.keys, found.caps, taken=found.taken, keep_duplicates=plan.keep_duplicates)
    members = rows.join(found.contacts[["contact_id", "contact_no", "key"]], on="contact")
    drawn = pd.concat([_drawn(members, found, plan, each) for each in plan.by_priority])
    members = members.join(drawn)[_MEMBERS]
    arms = pd.concat([_arms(members, each) for each in plan.by_priority], ignore_index=True)
    sizes = pd.DataFrame([row for each in plan.by_priority for row in _sizes(arms, plan, each)], columns=_SIZES)
    return Allocation(plan, as_of, found.revision, members, arms, sizes, _notes(members, arms, sizes, plan))


def _drawn(members: pd.DataFrame, found: Weighed, plan: Plan, campaign: PlannedCampaign) -> pd.DataFrame:
    """Draw the arms of a campaign's targets: `stratum` and `arm` by row."""
    targets = members[(members["campaign_no"] == campaign.campaign) & members["reason"].isna()]
    known = found.contacts.loc[targets["contact"], ["contact_no", "key", *campaign.strata]].set_axis(targets.index)
    # Contacts that share a key are drawn as one, in the stratum of the first of them.
    units = known.sort_values("contact_no").drop_duplicates("key")
    if campaign.strata:
        units = units.assign(stratum=_strata(units, campaign))
    shares = {variant.name: variant.share for variant in campaign.variants}
    arms = holdout.arms(units, campaign.campaign, campaign.holdout, shares, plan.seed)
    by_key = units.set_index("key")
    stratum = known["key"].map(by_key["stratum"]) if campaign.strata else pd.Series(pd.NA, known.index)
    return pd.DataFrame({"stratum": stratum.astype("str"), "arm": known["key"].map(arms).astype("str")})


def _strata(units: pd.DataFrame, campaign: PlannedCampaign) -> pd.Series[str]:
    """Name the stratum of each unit by its values, unknown ones as an empty place."""
    values = units[list(campaign.strata)].astype("str").fillna("")
    return pd.Series([" | ".join(row) for row in values.to_numpy()], units.index, dtype="str")


def _arms(members: pd.DataFrame, campaign: PlannedCampaign) -> pd.DataFrame:
    """Count the arms of a campaign, those with nobody among them."""
    targets = members[(members["campaign_no"] == campaign.campaign) & members["arm"].notna()]
    counts = targets.groupby("arm")["key"].agg(["size", "nunique"]).reindex(list(campaign.shares), fill_value=0)
    return pd.DataFrame({
        "campaign_no": campaign.campaign, "arm": list(counts.index), "target_count": counts["size"].to_numpy(),
        "unit_count": counts["nunique"].to_numpy(), "planned_share": list(campaign.shares.values()),
        "target_share": counts["size"].to_numpy() / max(len(targets), 1),
        "cost_amount": _costs(counts["size"], campaign),
    })  # fmt: skip


def _costs(counts: pd.Series[int], campaign: PlannedCampaign) -> Any:
    """Work out what writing to each arm costs before anybody responds; the fixed amount is shared by size."""
    if campaign.costs is None:
        return np.nan
    written_to = counts.where(counts.index != HOLDOUT, 0)
    fixed = campaign.costs.fixed_amount * written_to / max(int(written_to.sum()), 1)
    return (fixed + campaign.costs.per_target_amount * written_to).to_numpy()


def _sizes(arms: pd.DataFrame, plan: Plan, campaign: PlannedCampaign) -> list[list[Any]]:
    """Tell for each variant what it can tell; several comparisons share the error of the first kind (Bonferroni)."""
    if campaign.expected is None or not campaign.holdout:
        return []
    from pipelines.sample_size import power, smallest_lift, units_needed  # a second that only those wait for who ask

    units = arms[arms["campaign_no"] == campaign.campaign].set_index("arm")["unit_count"]
    rate, lift, held_out = campaign.expected.rate, campaign.expected.lift, int(units[HOLDOUT])
    alpha = (1 - plan.confidence) / len(campaign.variants)
    rows = []
    for variant in campaign.variants:
        size = int(units[variant.name])
        smallest = smallest_lift(rate, size, held_out, alpha, plan.power)
        chance = power(rate, lift, size, held_out, alpha) if lift is not None and min(size, held_out) else None
        needed: tuple[int | None, int | None] = (None, None)
        if lift is not None:
            share = campaign.holdout / (campaign.holdout + campaign.shares[variant.name])
            needed = units_needed(rate, lift, share, alpha, plan.power)
        rows.append([
            campaign.campaign, variant.name, size, held_out, rate, 1 - alpha, smallest, lift, chance, *needed,
        ])  # fmt: skip
    return rows


def _notes(members: pd.DataFrame, arms: pd.DataFrame, sizes: pd.DataFrame, plan: Plan) -> tuple[str, ...]:
    again = set(members.loc[members["reason"] == TARGETED_BEFORE, "campaign_no"])
    notes = [plan_remarks.drawn_together(plan.dedupe_key)] if plan.keep_duplicates else []
    for campaign in plan.by_priority:
        number = campaign.campaign
        if not campaign.holdout:
            notes.append(plan_remarks.nobody_held_out(number))
        elif campaign.expected is None:
            notes.append(plan_remarks.nothing_expected(number))
        if number in again:
            notes.append(plan_remarks.launched_before(number))
    notes += [plan_remarks.empty_arm(*arm) for arm in _named(arms[arms["target_count"] == 0])]
    notes += [plan_remarks.cannot_tell(*arm) for arm in _named(sizes[sizes["power"].astype(float) < plan.power])]
    return tuple(notes)


def _named(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Name the campaign and the arm of each row."""
    return list(zip(rows["campaign_no"], rows["arm"], strict=True))
