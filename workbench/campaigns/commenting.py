"""Comments on campaigns."""

from __future__ import annotations

import datetime as dt

from workbench.campaigns import cards
from workbench.campaigns.receipts import RowReceipt
from workbench.campaigns.results import CampaignRows
from workbench.campaigns.work import CampaignWork
from workbench.errors import ConfigError, NotFoundError
from workbench.store import tables
from workbench.store.connection import first_row

_SHOWN = "SELECT line_no, commented_on, comment FROM campaign_comment WHERE campaign_no = ? ORDER BY line_no"
_NEXT = "SELECT coalesce(max(line_no), 0) + 10000 FROM campaign_comment WHERE campaign_no = ?"


class Commenting(CampaignWork):
    """Comments on campaigns."""

    def comments(self, campaign_no: str) -> CampaignRows:
        """List the comments on a campaign.

        Parameters
        ----------
        campaign_no : str
            Which campaign.

        Returns
        -------
        CampaignRows
            One row for each, by number: line_no, commented_on, comment.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._database.reading() as con:
            cards.found(con, campaign_no)
            return CampaignRows(campaign_no, tables.frame(con, _SHOWN, [campaign_no]))

    def comment(self, campaign_no: str, text: str, as_of: dt.date, *, dry_run: bool = False) -> RowReceipt:
        """Add a comment on a campaign.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        text : str
            The comment.
        as_of : datetime.date
            The day of the comment.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The comment with its number; numbers go up in steps of 10000.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        ConfigError
            When the comment is blank.
        """
        if not text.strip():
            raise ConfigError("A comment needs a text.", "Write what is to be remembered.")
        with self._unit(dry_run) as con:
            cards.found(con, campaign_no)
            (line_no,) = first_row(con, _NEXT, [campaign_no]) or (10000,)
            after = {"line_no": line_no, "commented_on": as_of, "comment": text.strip()}
            if not dry_run:
                con.execute("INSERT INTO campaign_comment VALUES (?, ?, ?, ?)", [campaign_no, *after.values()])
        return RowReceipt(campaign_no, None, after, not dry_run)

    def delete_comment(self, campaign_no: str, line_no: int, *, dry_run: bool = False) -> RowReceipt:
        """Delete a comment on a campaign.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        line_no : int
            The number of the comment.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The comment that is gone.

        Raises
        ------
        NotFoundError
            When there is no such campaign, or it has no such comment.
        """
        with self._unit(dry_run) as con:
            cards.found(con, campaign_no)
            query = "SELECT line_no, commented_on, comment FROM campaign_comment WHERE campaign_no = ? AND line_no = ?"
            row = first_row(con, query, [campaign_no, line_no])
            if row is None:
                raise NotFoundError(
                    f"{campaign_no} has no comment {line_no}.", "Look its comments up; they go up in steps of 10000."
                )
            if not dry_run:
                con.execute(
                    "DELETE FROM campaign_comment WHERE campaign_no = ? AND line_no = ?", [campaign_no, line_no]
                )
        return RowReceipt(
            campaign_no, dict(zip(("line_no", "commented_on", "comment"), row, strict=True)), None, not dry_run
        )
