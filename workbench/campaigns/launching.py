"""Launching campaigns: the plan's allocation, written down for good."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipelines.campaign_plan import Plan, PlannedCampaign
from pipelines.response_rule import HOLDOUT, Costs
from workbench.campaigns import cards, launch_rows, plan_remarks, response_rules, saved_plans
from workbench.campaigns.launch_results import Launch, LaunchReceipt, LaunchSheet, Targets
from workbench.campaigns.plan_results import Allocation
from workbench.campaigns.planning import Planning
from workbench.campaigns.saved_plans import AnyPlan
from workbench.errors import ConditionError, RuleError
from workbench.segments.definition import Segment
from workbench.store import Connection
from workbench.worksheets import Worksheets


class Launching(Planning):
    """Launches, and whom they targeted."""

    def launch(
        self, plan: AnyPlan, as_of: dt.date, *, worksheets: bool = False, dry_run: bool = False
    ) -> LaunchReceipt:
        """Launch a plan: draw the arms and write them down.

        Parameters
        ----------
        plan : Plan, mapping, pathlib.Path or str
            The plan, a mapping in its form, its YAML file or the name of a saved one.
        as_of : datetime.date
            The day on which segments, consents and caps are evaluated.
        worksheets : bool, optional
            Make a worksheet for each variant of each campaign, with a line for each of its targets, ticked as campaign
            target; nobody who is held out is on one.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        LaunchReceipt
            With everybody who was weighed. The launch keeps the plan and all of it; nothing changes it later.

        Raises
        ------
        NotFoundError
            When there is no such plan, file, campaign, segment or interaction template.
        ConditionError
            When the plan has no name, or does not fit the store.
        RuleError
            When it gives nobody to target, or a campaign has ended or would target on a day that is past.

        Notes
        -----
        The response rule of a campaign takes over the planned shares, to check the sizes of the arms against, and the
        costs unless it has some.
        """
        with self._unit(dry_run) as con:
            meant = saved_plans.resolved(con, plan)
            _check_name(meant)
            allocation = self._allocated(con, meant, as_of)
            _check_days(con, allocation)
            rules = [_Rule(con, campaign) for campaign in meant.campaigns]
            number = None if dry_run else launch_rows.write(con, allocation)
            if not dry_run:
                for rule in rules:
                    rule.save()
            sheets = self._sheets(allocation, dry_run) if worksheets else ()
        notes = (*allocation.notes, *(note for rule in rules for note in rule.notes))
        return LaunchReceipt(number, allocation, sheets, notes, not dry_run)

    def launches(self) -> tuple[Launch, ...]:
        """List the launches.

        Returns
        -------
        tuple of Launch
            The newest first.
        """
        with self._database.reading() as con:
            return launch_rows.listed(con)

    def targets(self, campaign_no: str) -> Targets:
        """List whom a campaign targeted, and whom it weighed and did not.

        Parameters
        ----------
        campaign_no : str
            The campaign.

        Returns
        -------
        Targets
            Of its launches, and of files.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._database.reading() as con:
            response_rules.check_campaign(con, campaign_no)
            return Targets(campaign_no, launch_rows.of_campaign(con, campaign_no))

    def _sheets(self, allocation: Allocation, dry_run: bool) -> tuple[LaunchSheet, ...]:
        """Make the worksheets through the ordinary use case: each is a filter on a snapshot of its arm."""
        counts = allocation.arms.set_index(["campaign_no", "arm"])["target_count"]
        return tuple(
            LaunchSheet(
                campaign.campaign, variant.name, int(counts[campaign.campaign, variant.name]),
                None if dry_run else self._sheet(campaign, variant.name, variant.template, allocation.as_of),
            )
            for campaign in allocation.plan.by_priority
            for variant in campaign.variants
            if counts[campaign.campaign, variant.name]
        )  # fmt: skip

    def _sheet(self, campaign: PlannedCampaign, arm: str, template: str | None, as_of: dt.date) -> str:
        worksheets, day = (
            Worksheets(self._database, self._setup, self._evaluator),
            launch_rows.targeted_on(campaign, as_of),
        )
        fields: dict[str, Any] = {"campaign_no": campaign.campaign, "is_campaign_target": True, "dated_on": day}
        reference = {"campaign": campaign.campaign, "arm": arm}
        members = Segment.from_dict({"name": f"{campaign.campaign} {arm}", "steps": [{"add": reference}]})
        number = worksheets.freeze(members, day, **fields).worksheet_no
        if template is not None:
            worksheets.change(number, interaction_template_code=template, **fields)
        return number


class _Rule:
    """The response rule of a campaign, with what a launch adds to it."""

    def __init__(self, con: Connection, campaign: PlannedCampaign) -> None:
        self.con, self.campaign = con, campaign
        self.before = response_rules.current(con, campaign.campaign)
        self.is_first = not launch_rows.is_targeted(con, campaign.campaign)

    @property
    def notes(self) -> tuple[str, ...]:
        is_mixed = not self.is_first and self.before.shares is not None and not self._is_same()
        return (plan_remarks.shares_forgotten(self.campaign.campaign),) if is_mixed else ()

    def _is_same(self) -> bool:
        return self.before.shares == self.campaign.shares

    def save(self) -> None:
        changes = {
            "shares": self.campaign.shares if self.is_first or self._is_same() else None,
            "holdout": HOLDOUT if self.is_first else self.before.holdout,
            "costs": self.before.costs if self.before.costs != Costs() else self.campaign.costs or Costs(),
        }
        after = self.before.model_copy(update=changes)
        if after != self.before:
            response_rules.save(self.con, self.campaign.campaign, after)


def _check_name(plan: Plan) -> None:
    if not plan.name:
        raise ConditionError("A plan needs a name to be launched.", "Write name: … at its top.")


def _check_days(con: Connection, allocation: Allocation) -> None:
    if not allocation.target_count:
        raise RuleError(
            f"The plan {allocation.plan.name} gives nobody to target on {allocation.as_of}.",
            "Its ledger has the reasons.",
        )
    for campaign in allocation.plan.campaigns:
        day, ends = launch_rows.targeted_on(campaign, allocation.as_of), cards.found(con, campaign.campaign).ending_on
        if day < allocation.as_of:
            raise RuleError(f"{campaign.campaign} would target on {day}, which is past.", "Change targeted_on.")
        if ends is not None and ends < day:
            raise RuleError(f"{campaign.campaign} ended on {ends}, before {day}.", "Change its last day first.")
