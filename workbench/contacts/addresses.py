"""Alternative addresses of contacts, the days on which they are used, and the address of a day."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.contact_addresses import AddressRange, active
from pipelines.contact_tables import ALTERNATIVE_ADDRESS, ALTERNATIVE_ADDRESS_RANGE
from workbench.contact_rows.finding import id_of
from workbench.contacts import checks, given, own_rows
from workbench.contacts.own_rows import OwnRows
from workbench.contacts.receipts import RowReceipt
from workbench.errors import ConfigError, RuleError
from workbench.setup.codes import check_code
from workbench.store import Connection
from workbench.store.connection import first_row

_FIELDS = tuple(name for name in ALTERNATIVE_ADDRESS.by_name if name not in ALTERNATIVE_ADDRESS.key)


@dataclass(frozen=True)
class AddressOfDay:
    """The address of a contact to use on a day.

    Attributes
    ----------
    contact_no : str
        Whose.
    day : datetime.date
        The day.
    address_code : str or None
        The alternative address; None for the contact's own.
    fields : mapping of str to object
        Name, address, telephones and e-mail there.
    """

    contact_no: str
    day: dt.date
    address_code: str | None
    fields: Mapping[str, Any]

    def frame(self) -> pd.DataFrame:
        """Show the address as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, value; what is blank is left out.
        """
        rows = [(name, value) for name, value in self.fields.items() if value is not None]
        return pd.DataFrame(rows, columns=["field", "value"])

    def to_dict(self) -> dict[str, Any]:
        """Give the address as plain values.

        Returns
        -------
        dict
            By attribute.
        """
        return dict(self.__dict__)

    def _repr_html_(self) -> str:
        head = f"{self.contact_no} on {self.day.isoformat()}: {self.address_code or 'own address'}"
        return f"<b>{html.escape(head)}</b>{self.frame().to_html(index=False)}"


class Addresses(OwnRows):
    """Alternative addresses."""

    def address_on(self, contact_no: str, day: dt.date) -> AddressOfDay:
        """Tell which address of a contact is the one to use on a day.

        Parameters
        ----------
        contact_no : str
            Its number.
        day : datetime.date
            The day.

        Returns
        -------
        AddressOfDay
            Of the alternative addresses in use on that day the one whose days began last, whole, also where fields of
            it are blank; the contact's own where there is none.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        """
        with self._database.reading() as con:
            contact_id = id_of(con, contact_no)
            code = active_code(con, contact_id, day)
            return AddressOfDay(contact_no, day, code, _address(con, contact_id, code))

    def save_address(
        self, contact_no: str, address_code: str, values: Mapping[str, object], *, dry_run: bool = False
    ) -> RowReceipt:
        """Save an alternative address of a contact: a new one, or new values of one there is.

        Parameters
        ----------
        contact_no : str
            Its number.
        address_code : str
            The code of the address.
        values : mapping of str to object
            By field; None and blank text clear a field.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The address before and now.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        ConfigError
            When the code is blank, there is no such field, or a value does not suit it.
        """
        code = address_code.strip()
        if not code:
            raise ConfigError("An alternative address needs a code.", "Give a short one, such as SUMMER.")
        typed = given.typed(ALTERNATIVE_ADDRESS, values, self._setup.settings().time_zone)
        checks.check_texts({name: str(value) for name, value in typed.items() if value is not None})
        with self._unit(dry_run) as con:
            if typed.get("country_code"):
                check_code(con, "country_code", str(typed["country_code"]))
            return self._save(ALTERNATIVE_ADDRESS, contact_no, {"address_code": code}, typed, dry_run)

    def delete_address(self, contact_no: str, address_code: str, *, dry_run: bool = False) -> RowReceipt:
        """Delete an alternative address of a contact with its days.

        Parameters
        ----------
        contact_no : str
            Its number.
        address_code : str
            The code of the address.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The address that is gone.

        Raises
        ------
        NotFoundError
            When no contact has the number, or it has no such address.
        """
        key = {"address_code": address_code}
        with self._unit(dry_run) as con:
            receipt = self._drop(ALTERNATIVE_ADDRESS, contact_no, key, dry_run)
            if not dry_run:
                own_rows.remove(con, ALTERNATIVE_ADDRESS_RANGE, id_of(con, contact_no), key)
            return receipt

    def save_address_range(
        self,
        contact_no: str,
        address_code: str,
        starting_on: dt.date,
        ending_on: dt.date | None = None,
        *,
        dry_run: bool = False,
    ) -> RowReceipt:
        """Save days on which an alternative address is the one to use.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        address_code : str
            The code of the address.
        starting_on : datetime.date
            The first day; days that begin on it are saved anew.
        ending_on : datetime.date, optional
            The last day; until further notice where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The days before and now.

        Raises
        ------
        NotFoundError
            When no contact has the number, or it has no such address.
        RuleError
            When the last day is before the first.
        """
        if ending_on is not None and ending_on < starting_on:
            raise RuleError(
                f"The last day {ending_on} is before the first day {starting_on}.", "Give a later one, or none."
            )
        key = {"address_code": address_code, "starting_on": starting_on}
        with self._unit(dry_run) as con:
            contact_id = id_of(con, contact_no)
            own_rows.required(con, ALTERNATIVE_ADDRESS, contact_id, contact_no, {"address_code": address_code})
            return self._save(ALTERNATIVE_ADDRESS_RANGE, contact_no, key, {"ending_on": ending_on}, dry_run)

    def delete_address_range(
        self, contact_no: str, address_code: str, starting_on: dt.date, *, dry_run: bool = False
    ) -> RowReceipt:
        """Delete days on which an alternative address is the one to use.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        address_code : str
            The code of the address.
        starting_on : datetime.date
            The first day.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        RowReceipt
            The days that are gone.

        Raises
        ------
        NotFoundError
            When no contact has the number, or there are no such days.
        """
        key = {"address_code": address_code, "starting_on": starting_on}
        return self._drop(ALTERNATIVE_ADDRESS_RANGE, contact_no, key, dry_run)


def active_code(con: Connection, contact_id: int, day: dt.date) -> str | None:
    """Tell which alternative address of a contact is the one to use on a day.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    day : datetime.date
        The day.

    Returns
    -------
    str or None
        Its code; None for the contact's own address.
    """
    query = "SELECT address_code, starting_on, ending_on FROM alternative_address_range WHERE contact_id = ?"
    return active((AddressRange(*row) for row in con.execute(query, [contact_id]).fetchall()), day)


def _address(con: Connection, contact_id: int, code: str | None) -> dict[str, Any]:
    if code is not None:
        found = own_rows.find(con, ALTERNATIVE_ADDRESS, contact_id, {"address_code": code})
        if found is not None:
            return {name: found[name] for name in _FIELDS}
    row = first_row(con, f"SELECT {', '.join(_FIELDS)} FROM contact WHERE contact_id = ?", [contact_id])  # noqa: S608
    return dict(zip(_FIELDS, row or (), strict=True))
