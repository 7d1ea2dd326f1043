"""Comments on entries of the log (table 5123)."""

from __future__ import annotations

import datetime as dt

from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.interactions import rows
from workbench.interactions.results import CommentReceipt
from workbench.setup.work import Work


class Commenting(Work):
    """Comments."""

    def comment(self, entry_no: int, comment: str, as_of: dt.date, *, dry_run: bool = False) -> CommentReceipt:
        """Add a comment on an interaction.

        Parameters
        ----------
        entry_no : int
            Its number in the log.
        comment : str
            What is to be remembered.
        as_of : datetime.date
            The day of the comment.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        CommentReceipt
            The comment, behind those there are.

        Raises
        ------
        NotFoundError
            When there is no such interaction.
        ConfigError
            When the comment is blank.
        """
        text = comment.strip()
        if not text:
            raise ConfigError("A comment needs a text.", "Write what is to be remembered.")
        with self._unit(dry_run) as con:
            rows.chosen(con, [entry_no], ())
            line_no = rows.last_comment(con, entry_no) + 10000
            if not dry_run:
                rows.add_comments(con, entry_no, [text], as_of)
        return CommentReceipt(entry_no, line_no, text, "added", not dry_run)

    def delete_comment(self, entry_no: int, line_no: int, *, dry_run: bool = False) -> CommentReceipt:
        """Delete a comment on an interaction.

        Parameters
        ----------
        entry_no : int
            Its number in the log.
        line_no : int
            The number of the comment.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        CommentReceipt
            The comment that is gone.

        Raises
        ------
        NotFoundError
            When there is no such interaction or comment.
        """
        with self._unit(dry_run) as con:
            rows.chosen(con, [entry_no], ())
            found = rows.comments(con, entry_no).set_index("line_no")["comment"]
            if line_no not in found.index:
                raise NotFoundError(
                    f"Interaction {entry_no} has no comment {line_no}.", nearest(line_no, map(str, found.index))
                )
            if not dry_run:
                rows.delete_comments(con, [entry_no], line_no)
        return CommentReceipt(entry_no, line_no, str(found[line_no]), "deleted", not dry_run)
