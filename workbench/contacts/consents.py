"""What contacts have agreed to, by channel and purpose."""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipelines.schema import CONSENT
from workbench.contact_rows.finding import id_of
from workbench.contacts import given, own_rows
from workbench.contacts.own_rows import OwnRows
from workbench.contacts.receipts import RowReceipt
from workbench.store import Connection

_COLUMNS = ["channel", "purpose", "is_granted", "given_at"]


@dataclass(frozen=True)
class ContactConsents:
    """What a contact has agreed to.

    Attributes
    ----------
    contact_no : str
        Its number.
    current : pandas.DataFrame
        One row for each channel and purpose, the last word on it: channel, purpose, is_granted, given_at (UTC).
    history : pandas.DataFrame
        Every word, the latest first, in the same columns.
    """

    contact_no: str
    current: pd.DataFrame = field(repr=False)
    history: pd.DataFrame = field(repr=False)

    def is_granted(self, channel: str, purpose: str | None = None) -> bool | None:
        """Tell whether the contact agrees to a channel.

        Parameters
        ----------
        channel : str
            Such as ``"email"``.
        purpose : str, optional
            For which purpose; for none in particular where absent.

        Returns
        -------
        bool or None
            None where it has said nothing.
        """
        rows = self.current
        is_purpose = rows["purpose"].isna() if purpose is None else rows["purpose"].eq(purpose)
        found = rows.loc[rows["channel"].eq(channel) & is_purpose, "is_granted"]
        return None if found.empty else bool(found.iloc[0])

    def frame(self) -> pd.DataFrame:
        """Show what holds now.

        Returns
        -------
        pandas.DataFrame
            `current`.
        """
        return self.current

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.contact_no)}</b>{self.current.to_html(index=False)}"


class Consenting(OwnRows):
    """Consents."""

    def record_consent(
        self,
        contact_no: str,
        channel: str,
        purpose: str | None,
        granted: bool,
        given_at: dt.datetime | dt.date,
        *,
        dry_run: bool = False,
    ) -> RowReceipt:
        """Record that a contact agrees to a channel, or does so no more.

        Parameters
        ----------
        contact_no : str
            Its number.
        channel : str
            ``"email"``, ``"phone"``, ``"post"`` or ``"sms"``.
        purpose : str or None
            For which purpose; None for none in particular.
        granted : bool
            Yes or no.
        given_at : datetime.datetime or datetime.date
            When it was said; in the store's time zone where it names none.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The consent; one of the same channel, purpose and time is replaced.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        ConfigError
            When there is no such channel.

        Notes
        -----
        Older consents stay: what was agreed to on a day can always be told.
        """
        said: dict[str, Any] = {"channel": channel, "purpose": purpose, "given_at": given_at, "is_granted": granted}
        typed = given.typed(CONSENT, said, self._setup.settings().time_zone)
        key = {name: typed[name] for name in ("channel", "purpose", "given_at")}
        return self._save(CONSENT, contact_no, key, {"is_granted": typed["is_granted"]}, dry_run)

    def consents(self, contact_no: str) -> ContactConsents:
        """Tell what a contact has agreed to.

        Parameters
        ----------
        contact_no : str
            Its number.

        Returns
        -------
        ContactConsents
            What holds by channel and purpose, and how it came to that.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        """
        with self._database.reading() as con:
            return read(con, id_of(con, contact_no), contact_no)


def read(con: Connection, contact_id: int, contact_no: str) -> ContactConsents:
    """Read what a contact has agreed to.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    contact_no : str
        Its number.

    Returns
    -------
    ContactConsents
        By channel and purpose.
    """
    history = own_rows.listed(con, CONSENT, contact_id, "given_at DESC, entry_no DESC")[_COLUMNS]
    current = history.drop_duplicates(["channel", "purpose"]).sort_values(["channel", "purpose"], ignore_index=True)
    return ContactConsents(contact_no, current, history)
