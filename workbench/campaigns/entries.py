"""The entries of campaigns: what was done for them, canceled, uncanceled and deleted."""

from __future__ import annotations

from workbench.campaigns import cards, entry_rows
from workbench.campaigns.receipts import EntryReceipt
from workbench.campaigns.results import CampaignRows
from workbench.campaigns.work import CampaignWork
from workbench.errors import NotFoundError, RuleError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row

# What is logged together is canceled together: an entry stays canceled while the segment it was logged from is.
_HELD = """
    SELECT e.campaign_entry_no, s.segment_no FROM campaign_entry e
    JOIN logged_segment s ON s.entry_no::VARCHAR = e.logged_segment_entry_no AND s.is_canceled
    WHERE e.campaign_no = ? AND list_contains(?, e.campaign_entry_no) ORDER BY 1 LIMIT 1
"""


class Entries(CampaignWork):
    """What was done for campaigns."""

    def entries(self, campaign_no: str) -> CampaignRows:
        """List the entries of a campaign.

        Parameters
        ----------
        campaign_no : str
            Which campaign.

        Returns
        -------
        CampaignRows
            One row for each, by day: campaign_entry_no, description, dated_on, user_name, segment_no, is_canceled,
            salesperson_code, logged_segment_entry_no, document_type; then interaction_count, cost_amount and
            duration_minutes of those of its interactions that are as canceled as itself.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._database.reading() as con:
            cards.found(con, campaign_no)
            return CampaignRows(campaign_no, entry_rows.shown(con, campaign_no))

    def cancel(self, campaign_no: str, entry_no: str | None = None, *, dry_run: bool = False) -> EntryReceipt:
        """Cancel what was done for a campaign with its interactions, or take that back.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        entry_no : str, optional
            One of its entries; all of them where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        EntryReceipt
            The entries, and what they are now: the opposite of what the first of them was.

        Raises
        ------
        NotFoundError
            When there is no such campaign, or it has no such entry.
        RuleError
            When it has none at all, or one is to be taken back whose logged segment is canceled.
        """
        with self._unit(dry_run) as con:
            cards.found(con, campaign_no)
            chosen = _chosen(con, campaign_no, entry_no)
            query = "SELECT NOT is_canceled FROM campaign_entry WHERE campaign_no = ? AND campaign_entry_no = ?"
            (is_canceled,) = first_row(con, query, [campaign_no, chosen[0]]) or (True,)
            if not is_canceled:
                _refuse_held(con, campaign_no, chosen)
            count = entry_rows.interaction_count(con, campaign_no, chosen)
            if not dry_run:
                entry_rows.set_canceled(con, campaign_no, chosen, is_canceled)
        return EntryReceipt(campaign_no, chosen, count, bool(is_canceled), not dry_run)

    def delete_canceled(self, campaign_no: str | None = None, *, dry_run: bool = False) -> EntryReceipt:
        """Delete the canceled entries with their interactions (report 5189).

        Parameters
        ----------
        campaign_no : str, optional
            Which campaign; all of them where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        EntryReceipt
            The entries that go, and how many interactions with them.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._unit(dry_run) as con:
            if campaign_no is not None:
                cards.found(con, campaign_no)
            gone = _canceled(con, campaign_no)
            count = sum(entry_rows.interaction_count(con, each, theirs) for each, theirs in gone.items())
            if not dry_run:
                for each, theirs in gone.items():
                    entry_rows.delete(con, each, theirs)
        numbers = tuple(number for theirs in gone.values() for number in theirs)
        return EntryReceipt(campaign_no, numbers, count, True, not dry_run)


def _chosen(con: Connection, campaign_no: str, entry_no: str | None) -> tuple[str, ...]:
    known = entry_rows.numbers(con, campaign_no)
    if entry_no is None:
        if not known:
            raise RuleError(f"{campaign_no} has no entries.", "Log a segment for it first.")
        return known
    if entry_no not in known:
        hint = nearest(entry_no, known) or "List them: workbench campaign entries CAMPAIGN_NO."
        raise NotFoundError(f'{campaign_no} has no entry "{entry_no}".', hint)
    return (entry_no,)


def _refuse_held(con: Connection, campaign_no: str, entry_nos: tuple[str, ...]) -> None:
    held = first_row(con, _HELD, [campaign_no, list(entry_nos)])
    if held is not None:
        raise RuleError(
            f"Entry {held[0]} stays canceled while the logged segment {held[1]} is.",
            "Take the logged segment's cancellation back first.",
        )


def _canceled(con: Connection, campaign_no: str | None) -> dict[str, list[str]]:
    query = """
        SELECT campaign_no, list(campaign_entry_no ORDER BY length(campaign_entry_no), campaign_entry_no)
        FROM campaign_entry WHERE is_canceled AND ($1 IS NULL OR campaign_no = $1) GROUP BY ALL ORDER BY 1
    """
    return dict(con.execute(query, [campaign_no]).fetchall())
