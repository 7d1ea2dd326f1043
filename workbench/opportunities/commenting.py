"""Comments on opportunities."""

from __future__ import annotations

import datetime as dt

from workbench.errors import ConfigError, NotFoundError
from workbench.opportunities import comment_rows, rows
from workbench.opportunities.receipts import CommentReceipt
from workbench.setup.work import Work


class Commenting(Work):
    """Comments on opportunities."""

    def comment(self, opportunity_no: str, comment: str, as_of: dt.date, *, dry_run: bool = False) -> CommentReceipt:
        """Add a comment on an opportunity.

        Parameters
        ----------
        opportunity_no : str
            Its number.
        comment : str
            The comment.
        as_of : datetime.date
            The day of the comment.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        CommentReceipt
            The comment with its number.

        Raises
        ------
        NotFoundError
            When none has the number.
        ConfigError
            When the comment is blank.
        """
        if not comment.strip():
            raise ConfigError("A comment needs a text.", "Write what is to be remembered.")
        with self._unit(dry_run) as con:
            rows.found(con, opportunity_no)
            line_no = comment_rows.next_line(con, opportunity_no)
            if not dry_run:
                comment_rows.add(con, opportunity_no, comment.strip(), as_of)
        return CommentReceipt(opportunity_no, line_no, comment.strip(), is_written=not dry_run)

    def delete_comment(self, opportunity_no: str, line_no: int, *, dry_run: bool = False) -> CommentReceipt:
        """Delete a comment on an opportunity.

        Parameters
        ----------
        opportunity_no : str
            Its number.
        line_no : int
            The number of the comment, as the card lists it.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        CommentReceipt
            The comment that is gone.

        Raises
        ------
        NotFoundError
            When none has the number, or it has no such comment.
        """
        with self._unit(dry_run) as con:
            rows.found(con, opportunity_no)
            said = comment_rows.text(con, opportunity_no, line_no)
            if said is None:
                raise NotFoundError(f"{opportunity_no} has no comment {line_no}.", "Its card lists the lines.")
            if not dry_run:
                key = [opportunity_no, line_no]
                con.execute("DELETE FROM opportunity_comment WHERE opportunity_no = ? AND line_no = ?", key)
        return CommentReceipt(opportunity_no, line_no, said, True, not dry_run)
