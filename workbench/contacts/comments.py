"""Comments on contacts, and places on the web where companies are looked for."""

from __future__ import annotations

import datetime as dt

from pipelines.contact_tables import CONTACT_COMMENT, CONTACT_WEB_SOURCE
from workbench.contact_rows.finding import id_of
from workbench.contacts.own_rows import OwnRows
from workbench.contacts.receipts import RowReceipt
from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row


class Commenting(OwnRows):
    """Comments and web sources."""

    def add_comment(self, contact_no: str, comment: str, as_of: dt.date, *, dry_run: bool = False) -> RowReceipt:
        """Add a comment on a contact.

        Parameters
        ----------
        contact_no : str
            Its number.
        comment : str
            The comment.
        as_of : datetime.date
            The day of the comment.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The comment; the same comment of the same day is there once.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        ConfigError
            When the comment is blank.
        """
        if not comment.strip():
            raise ConfigError("A comment needs a text.", "Write what is to be remembered.")
        key = {"commented_on": as_of, "comment": comment.strip()}
        return self._save(CONTACT_COMMENT, contact_no, key, {}, dry_run)

    def delete_comment(self, contact_no: str, entry_no: int, *, dry_run: bool = False) -> RowReceipt:
        """Delete a comment on a contact.

        Parameters
        ----------
        contact_no : str
            Its number.
        entry_no : int
            The number of the comment, as the card lists it.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The comment that is gone.

        Raises
        ------
        NotFoundError
            When no contact has the number, or it has no such comment.
        """
        return self._drop(CONTACT_COMMENT, contact_no, {"entry_no": entry_no}, dry_run)

    def save_web_source(
        self, contact_no: str, web_source_code: str, search_word: str = "", *, dry_run: bool = False
    ) -> RowReceipt:
        """Save where on the web a company is looked for.

        Parameters
        ----------
        contact_no : str
            The company's number.
        web_source_code : str
            The web source.
        search_word : str, optional
            What is searched for there.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The row before and now.

        Raises
        ------
        NotFoundError
            When no contact has the number, or there is no such web source.
        RuleError
            When the contact is a person.
        """
        with self._unit(dry_run) as con:
            _check_web_source(con, contact_no, web_source_code)
            key, values = {"web_source_code": web_source_code}, {"search_word": search_word.strip() or None}
            return self._save(CONTACT_WEB_SOURCE, contact_no, key, values, dry_run)

    def delete_web_source(self, contact_no: str, web_source_code: str, *, dry_run: bool = False) -> RowReceipt:
        """Delete where on the web a company is looked for.

        Parameters
        ----------
        contact_no : str
            The company's number.
        web_source_code : str
            The web source.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The row that is gone.

        Raises
        ------
        NotFoundError
            When no contact has the number, or it has no such web source.
        """
        return self._drop(CONTACT_WEB_SOURCE, contact_no, {"web_source_code": web_source_code}, dry_run)


def _check_web_source(con: Connection, contact_no: str, code: str) -> None:
    row = first_row(con, "SELECT type FROM contact WHERE contact_id = ?", [id_of(con, contact_no)])
    if row != ("company",):
        raise RuleError(f"{contact_no} is a person, and only companies have web sources.", "Give its company one.")
    known = [one for (one,) in con.execute("SELECT code FROM web_source").fetchall()]
    if code not in known:
        raise NotFoundError(f'There is no web source "{code}".', nearest(code, known) or "Set one up first.")
