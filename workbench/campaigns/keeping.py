"""Campaigns as such: created, listed, changed, deleted."""

# Names of tables come from the list below, values are bound.
# ruff: noqa: S608

from __future__ import annotations

import datetime as dt

from workbench.campaigns import cards, entry_rows
from workbench.campaigns.receipts import CampaignDeletion, CampaignReceipt
from workbench.campaigns.results import Campaign, CampaignList
from workbench.campaigns.work import CampaignWork
from workbench.errors import RuleError
from workbench.store import Connection
from workbench.store.connection import first_row

_OWNED = (
    "campaign_target", "campaign_price", "campaign_comment", "campaign_activation", "campaign_target_leftover",
    "campaign_response_rule", "campaign_entry", "campaign",
)  # fmt: skip


class Keeping(CampaignWork):
    """Campaigns as such."""

    def create(
        self, as_of: dt.date, *, campaign_no: str | None = None, dry_run: bool = False, **fields: object
    ) -> CampaignReceipt:
        """Create a campaign.

        Parameters
        ----------
        as_of : datetime.date
            The day, which chooses the line of the number series.
        campaign_no : str, optional
            Its number; the next one, such as CP0001, where absent.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            Of the card: `description`, `type_code`, `starting_on`, `ending_on`, `salesperson_code`, `status_code`.
            Without a salesperson it is the one of the user.

        Returns
        -------
        CampaignReceipt
            Its number and its fields.

        Raises
        ------
        ConfigError
            When there is no such field, a value does not suit it, or the number cannot be used.
        NotFoundError
            When there is no such status or salesperson.
        ConflictError
            When the number is taken.
        RuleError
            When it would end before it starts, or the salesperson is blocked.
        """
        given = cards.read(fields)
        with self._unit(dry_run) as con:
            cards.check_codes(con, given)
            values = {"salesperson_code": cards.default_salesperson(con)} | given
            cards.check_days(values.get("starting_on"), values.get("ending_on"))
            number = cards.new_number(con, campaign_no, as_of, dry_run)
            if not dry_run:
                cards.insert(con, number, values)
        changed = {name: (None, value) for name, value in values.items() if value is not None}
        return CampaignReceipt(number, changed, not dry_run)

    def list(self) -> CampaignList:
        """List the campaigns.

        Returns
        -------
        CampaignList
            By number, and the statuses there are.
        """
        with self._database.reading() as con:
            return CampaignList(cards.listed(con), cards.statuses(con))

    def get(self, campaign_no: str) -> Campaign:
        """Fetch a campaign.

        Parameters
        ----------
        campaign_no : str
            Its number.

        Returns
        -------
        Campaign
            Card and figures.

        Raises
        ------
        NotFoundError
            When none has the number.
        """
        with self._database.reading() as con:
            return cards.found(con, campaign_no)

    def change(self, campaign_no: str, *, dry_run: bool = False, **fields: object) -> CampaignReceipt:
        """Change fields of a campaign.

        Parameters
        ----------
        campaign_no : str
            Its number.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            Of the card, as for `create`.

        Returns
        -------
        CampaignReceipt
            What is different now.

        Raises
        ------
        NotFoundError
            When there is no such campaign, status or salesperson.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When it would end before it starts, or the salesperson is blocked.
        """
        given = cards.read(fields)
        with self._unit(dry_run) as con:
            before = cards.found(con, campaign_no)
            cards.check_codes(con, given)
            cards.check_days(given.get("starting_on", before.starting_on), given.get("ending_on", before.ending_on))
            changed = {name: new for name, new in given.items() if new != getattr(before, name)}
            if not dry_run:
                cards.update(con, campaign_no, changed)
        pairs = {name: (getattr(before, name), new) for name, new in changed.items()}
        return CampaignReceipt(campaign_no, pairs, not dry_run)

    def delete(self, campaign_no: str, *, keep_interactions: bool = False, dry_run: bool = False) -> CampaignDeletion:
        """Delete a campaign with its entries, their interactions, its targets, prices and comments.

        Parameters
        ----------
        campaign_no : str
            Its number.
        keep_interactions : bool, optional
            Leave the interactions that came of its entries; they keep the number of the campaign.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        CampaignDeletion
            How much goes.

        Raises
        ------
        NotFoundError
            When none has the number.
        RuleError
            When it was launched: a launch can be read at any later time.
        """
        with self._unit(dry_run) as con:
            campaign = cards.found(con, campaign_no)
            _refuse_launched(con, campaign_no)
            entries = () if keep_interactions else entry_rows.numbers(con, campaign_no)
            interactions = entry_rows.interaction_count(con, campaign_no, entries)
            if not dry_run:
                entry_rows.delete_interactions(con, campaign_no, entries)
                for table in _OWNED:
                    con.execute(f"DELETE FROM {table} WHERE campaign_no = ?", [campaign_no])
        return CampaignDeletion(
            campaign_no, campaign.entry_count, interactions, campaign.target_count, campaign.price_count,
            campaign.comment_count, not dry_run,
        )  # fmt: skip


def _refuse_launched(con: Connection, campaign_no: str) -> None:
    if first_row(con, "SELECT 1 FROM campaign_launch_member WHERE campaign_no = ? LIMIT 1", [campaign_no]):
        raise RuleError(
            f"{campaign_no} was launched, so it cannot be deleted: its targets stay readable.",
            "Give it a status that says it is over.",
        )
