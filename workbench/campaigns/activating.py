"""Activating campaigns: their prices are for their target group from then on."""

from __future__ import annotations

import pandas as pd

from workbench import clock, config
from workbench.campaigns import cards, remarks
from workbench.campaigns.receipts import ActivationReceipt
from workbench.campaigns.results import Campaign, TargetGroup
from workbench.campaigns.work import CampaignWork
from workbench.contact_rows import target_groups
from workbench.errors import RuleError
from workbench.store import Connection

_GONE = ("campaign_activation", "campaign_target_leftover")


class Activating(CampaignWork):
    """Target groups and what they are good for."""

    def target_group(self, campaign_no: str) -> TargetGroup:
        """Work out whom the prices of a campaign are for, or would be.

        Parameters
        ----------
        campaign_no : str
            Which campaign.

        Returns
        -------
        TargetGroup
            Of the companies of all target lines and target interactions the customers they are linked with, else the
            companies; and how many Business Central has.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._database.reading() as con:
            return _group(con, cards.found(con, campaign_no))

    def activate(self, campaign_no: str, *, require_prices: bool = False, dry_run: bool = False) -> ActivationReceipt:
        """Let the prices and line discounts of a campaign be for its target group.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        require_prices : bool, optional
            Refuse where the campaign has neither prices nor line discounts. The product asks then, and goes on
            unless it is told not to.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActivationReceipt
            The size of the target group.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        RuleError
            When nobody is its target, or it needs prices and has none.
        """
        with self._unit(dry_run) as con:
            campaign = cards.found(con, campaign_no)
            group = _group(con, campaign)
            _check(campaign, group, require_prices)
            if not dry_run and not campaign.is_activated:
                row = [campaign_no, clock.now().replace(tzinfo=None), config.user()]
                con.execute("INSERT INTO campaign_activation VALUES (?, ?, ?)", row)
        return _receipt(campaign, group, is_activated=True, is_written=not dry_run)

    def deactivate(self, campaign_no: str, *, dry_run: bool = False) -> ActivationReceipt:
        """Let the prices of a campaign be for nobody.

        Parameters
        ----------
        campaign_no : str
            Which campaign; one that is not activated stays as it is.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ActivationReceipt
            The size of the target group that loses them.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._unit(dry_run) as con:
            campaign = cards.found(con, campaign_no)
            group = _group(con, campaign)
            if not dry_run:
                for table in _GONE:
                    con.execute(f"DELETE FROM {table} WHERE campaign_no = ?", [campaign_no])  # noqa: S608
        return _receipt(campaign, group, is_activated=False, is_written=not dry_run)


def _check(campaign: Campaign, group: TargetGroup, require_prices: bool) -> None:
    if not len(group):
        raise RuleError(
            f"{campaign.campaign_no} cannot be activated: nobody is its target.",
            "Give worksheets or interactions the campaign and tick Campaign Target on them.",
        )
    if require_prices and not campaign.price_count:
        raise RuleError(
            f"{campaign.campaign_no} has neither prices nor line discounts.",
            "Add one first, or activate it without.",
        )


def _group(con: Connection, campaign: Campaign) -> TargetGroup:
    found = target_groups.members(con, campaign.campaign_no)
    count = target_groups.product_count(con, campaign.campaign_no, found)
    return TargetGroup(
        campaign.campaign_no, found.drop(columns="has_no_company"), campaign.is_activated, count, _why(found, count)
    )


def _why(found: pd.DataFrame, product_count: int) -> tuple[str, ...]:
    """Say why Business Central has another number of members."""
    alone = int((found["has_no_company"].eq(True) & found["type"].eq("contact")).sum())
    left = product_count - len(found) + max(alone - 1, 0)
    notes = [remarks.people_alone(alone)] if alone > 1 else []
    return (*notes, remarks.left_over(left)) if left > 0 else tuple(notes)


def _receipt(campaign: Campaign, group: TargetGroup, *, is_activated: bool, is_written: bool) -> ActivationReceipt:
    notes = group.notes
    if is_activated and not campaign.price_count:
        notes += (remarks.without_prices(),)
    customers = int(group.rows["type"].eq("customer").sum())
    return ActivationReceipt(
        campaign.campaign_no, is_activated, len(group), customers, group.product_count, campaign.price_count, notes,
        is_written,
    )  # fmt: skip
