"""What stands beside a contact: its people, other addresses, consents, comments, and how many rows are about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipelines import telephones
from pipelines.contact_tables import ALTERNATIVE_ADDRESS, ALTERNATIVE_ADDRESS_RANGE, CONTACT_COMMENT, CONTACT_WEB_SOURCE
from workbench.contact_rows import related
from workbench.contacts import addresses, consents, own_rows
from workbench.contacts.consents import ContactConsents
from workbench.store import Connection, tables
from workbench.store.connection import first_row

MOST_PEOPLE = 500
_PEOPLE = """
    SELECT p.contact_no, p.name, p.job_title, p.email, p.phone_no, p.mobile_phone_no
    FROM contact p JOIN contact k ON k.contact_no = p.company_no
    WHERE k.contact_id = $1 AND k.type = 'company' AND p.type = 'person'
    ORDER BY p.name NULLS LAST, p.contact_no LIMIT $2
"""
_COMPANY = """
    SELECT k.contact_no, k.name FROM contact p JOIN contact k ON k.contact_no = p.company_no AND k.type = 'company'
    WHERE p.contact_id = ? AND k.contact_id <> p.contact_id
"""


@dataclass(frozen=True)
class Surroundings:
    """What stands beside a contact.

    Attributes
    ----------
    company : tuple of str and str, or None
        Number and name of a person's company.
    people : pandas.DataFrame
        The people of a company, the first 500 by name: contact_no, name, job_title, email, phone_no, mobile_phone_no.
    addresses : pandas.DataFrame
        Alternative addresses by code, with their fields and `is_active` on the day of the card.
    address_ranges : pandas.DataFrame
        Days on which they are used: address_code, starting_on, ending_on, the latest first.
    web_sources : pandas.DataFrame
        Where a company is looked for: web_source_code, search_word.
    consents : ContactConsents
        What the contact has agreed to.
    comments : pandas.DataFrame
        Comments, the latest first: entry_no, commented_on, comment.
    row_counts : mapping of str to int
        Rows about the contact by table, whatever their day; tables without any are left out.
    telephones : mapping of str to str
        Numbers that can exist, as they are dialled from abroad, by field.
    """

    company: tuple[str, str] | None
    people: pd.DataFrame
    addresses: pd.DataFrame
    address_ranges: pd.DataFrame
    web_sources: pd.DataFrame
    consents: ContactConsents
    comments: pd.DataFrame
    row_counts: Mapping[str, int]
    telephones: Mapping[str, str] = field(default_factory=dict)

    def frame(self) -> pd.DataFrame:
        """Show how much there is of everything.

        Returns
        -------
        pandas.DataFrame
            Columns table, row_count.
        """
        return pd.DataFrame(list(self.row_counts.items()), columns=["table", "row_count"])

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


def read(con: Connection, contact_id: int, contact_no: str, day: dt.date) -> Surroundings:
    """Read what stands beside a contact.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    contact_no : str
        Its number.
    day : datetime.date
        The day whose address is active.

    Returns
    -------
    Surroundings
        As it is now; only the active address depends on the day.
    """
    other = own_rows.listed(con, ALTERNATIVE_ADDRESS, contact_id, "address_code").drop(columns="entry_no")
    ranges = own_rows.listed(con, ALTERNATIVE_ADDRESS_RANGE, contact_id, "starting_on DESC, address_code")
    sources = own_rows.listed(con, CONTACT_WEB_SOURCE, contact_id, "web_source_code")
    company: Any = first_row(con, _COMPANY, [contact_id])
    return Surroundings(
        company=company,
        people=tables.frame(con, _PEOPLE, [contact_id, MOST_PEOPLE]),
        addresses=other.assign(is_active=other["address_code"] == addresses.active_code(con, contact_id, day)),
        address_ranges=ranges.drop(columns="entry_no"),
        web_sources=sources.drop(columns="entry_no"),
        consents=consents.read(con, contact_id, contact_no),
        comments=own_rows.listed(con, CONTACT_COMMENT, contact_id, "commented_on DESC NULLS LAST, entry_no DESC"),
        row_counts=related.counts(con, contact_id),
        telephones=_dialled(con, contact_id),
    )


def _dialled(con: Connection, contact_id: int) -> dict[str, str]:
    names = ", ".join(telephones.FIELDS)
    row = first_row(con, f"SELECT country_code, {names} FROM contact WHERE contact_id = ?", [contact_id])  # noqa: S608
    country, *numbers = row or (None, *(None for _ in telephones.FIELDS))
    written = (telephones.international(number, country) if number else None for number in numbers)
    return {name: number for name, number in zip(telephones.FIELDS, written, strict=True) if number is not None}
