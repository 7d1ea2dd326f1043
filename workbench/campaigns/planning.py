"""Planning campaigns: whom each would target, before anything is written."""

from __future__ import annotations

import datetime as dt

from pipelines.campaign_plan import Plan
from workbench.campaigns import cards, saved_plans
from workbench.campaigns.allocating import allocated
from workbench.campaigns.plan_results import Allocation, PlanReceipt
from workbench.campaigns.saved_plans import AnyPlan, SavedPlan
from workbench.campaigns.work import CampaignWork
from workbench.segments import saved
from workbench.store import Connection
from workbench.templates import rows as templates


class Planning(CampaignWork):
    """Plans of campaigns."""

    def plan(self, plan: AnyPlan, as_of: dt.date) -> Allocation:
        """Work out what a plan comes to.

        Parameters
        ----------
        plan : Plan, mapping, pathlib.Path or str
            The plan, a mapping in its form, its YAML file or the name of a saved one.
        as_of : datetime.date
            The day on which segments, consents and caps are evaluated.

        Returns
        -------
        Allocation
            Targets with their arms, a reason for everybody else, and what the sizes can tell. A launch on the same
            day and data gives the same.

        Raises
        ------
        NotFoundError
            When there is no such plan, file, campaign, segment or template.
        ConditionError
            When the plan, or a segment, does not fit the store; the message names the place.
        """
        with self._database.reading() as con:
            return self._allocated(con, saved_plans.resolved(con, plan), as_of)

    def save_plan(self, plan: AnyPlan, *, replace: bool = False, dry_run: bool = False) -> PlanReceipt:
        """Save a plan under its name.

        Parameters
        ----------
        plan : Plan, mapping or pathlib.Path
            With a name.
        replace : bool, optional
            Whether another plan of that name may be replaced; it stays readable in the launches made of it.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        PlanReceipt
            Saving the same again writes nothing.

        Raises
        ------
        ConditionError
            When it is no plan, or has no name.
        NotFoundError
            When there is no such file, campaign, segment or template.
        ConflictError
            When another plan has the name and may not be replaced.
        """
        with self._unit(dry_run) as con:
            meant = saved_plans.resolved(con, plan)
            self._check(con, meant)
            is_new = saved_plans.save(con, meant, replace=replace, dry_run=dry_run)
        return PlanReceipt(meant.name, is_new, is_new and not dry_run)

    def plans(self) -> tuple[SavedPlan, ...]:
        """List the saved plans.

        Returns
        -------
        tuple of SavedPlan
            By name.
        """
        with self._database.reading() as con:
            return saved_plans.listed(con)

    def _allocated(self, con: Connection, plan: Plan, as_of: dt.date) -> Allocation:
        self._check(con, plan)
        return allocated(con, self._evaluator, plan, as_of)

    def _check(self, con: Connection, plan: Plan) -> None:
        """Refuse what the store does not have."""
        known = self._evaluator.facts().definitions
        for campaign in plan.campaigns:
            cards.found(con, campaign.campaign)
            for name in campaign.segments:
                saved.found(name, known)
            for variant in campaign.variants:
                if variant.template is not None:
                    templates.found(con, variant.template)
