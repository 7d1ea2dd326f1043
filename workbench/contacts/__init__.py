"""Looking contacts up: search, and one contact's card with its timeline."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pipelines.catalogue import COMPUTED, Catalogue
from workbench.compiling.values import Scope, frame_of
from workbench.contact_rows.finding import id_of
from workbench.contacts import timeline
from workbench.setup import Setup
from workbench.store import tables
from workbench.store.database import Database

__all__ = ["ContactCard", "ContactPage", "Contacts"]

_SEARCHED = ("contact_no", "name", "email", "phone_no", "mobile_phone_no", "city", "external_id")
_SHOWN = ("contact_no", "type", "name", "company_no", "city", "email", "phone_no")


@dataclass(frozen=True)
class ContactPage:
    """Contacts found by a search.

    Attributes
    ----------
    contacts : pandas.DataFrame
        One row for each: number, type, name, company, city, e-mail, telephone.
    total : int
        How many were found in all.
    """

    contacts: pd.DataFrame = field(repr=False)
    total: int

    def frame(self) -> pd.DataFrame:
        """Show the contacts.

        Returns
        -------
        pandas.DataFrame
            `contacts`.
        """
        return self.contacts

    def _repr_html_(self) -> str:
        return f"<b>{len(self.contacts):,} of {self.total:,} contacts</b>{self.contacts.to_html(index=False)}"


@dataclass(frozen=True)
class ContactCard:
    """What is known of one contact.

    Attributes
    ----------
    contact_no : str
        Its number.
    fields : mapping of str to object
        Every field that is recorded, custom fields included.
    figures : mapping of str to object
        Every computed field as of the day.
    timeline : pandas.DataFrame
        The latest rows about the contact: at (UTC), kind, description, amount, campaign_no.
    row_count : int
        How many rows there are in all.
    as_of : datetime.date
        The day; later rows are left out.
    """

    contact_no: str
    fields: Mapping[str, Any]
    figures: Mapping[str, Any]
    timeline: pd.DataFrame = field(repr=False)
    row_count: int
    as_of: dt.date

    def frame(self) -> pd.DataFrame:
        """Show fields and figures as a table.

        Returns
        -------
        pandas.DataFrame
            Columns field, value.
        """
        return pd.DataFrame(list({**self.fields, **self.figures}.items()), columns=["field", "value"])

    def _repr_html_(self) -> str:
        head = f"{html.escape(str(self.fields.get('name', self.contact_no)))} as of {self.as_of.isoformat()}"
        return f"<b>{head}</b>{self.frame().to_html(index=False)}{self.timeline.to_html(index=False)}"


class Contacts:
    """Everything a workbench does with contacts.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database, self._setup = database, setup

    def search(self, text: str = "", rows: int = 50, skip: int = 0) -> ContactPage:
        """Find contacts by a part of their number, name, e-mail, telephone, city or external id.

        Parameters
        ----------
        text : str, optional
            Without regard to case; every blank-separated word must occur; all contacts where empty.
        rows : int, optional
            How many to show.
        skip : int, optional
            How many to pass over.

        Returns
        -------
        ContactPage
            The contact whose number is the text first, then by name and number.
        """
        words = text.casefold().split()
        has_word = " OR ".join(f"contains(lower({column}), ?)" for column in _SEARCHED)
        where = " AND ".join(f"({has_word})" for _ in words) or "TRUE"
        values = [word for word in words for _ in _SEARCHED]
        query = (
            f"SELECT {', '.join(_SHOWN)}, count(*) OVER () AS total FROM contact WHERE {where} "  # noqa: S608
            "ORDER BY lower(contact_no) = ? DESC, name NULLS LAST, contact_no LIMIT ? OFFSET ?"
        )
        with self._database.reading() as con:
            found = tables.frame(con, query, [*values, text.strip().casefold(), rows, skip])
        return ContactPage(found.drop(columns="total"), int(found["total"].iloc[0]) if len(found) else 0)

    def card(self, contact_no: str, as_of: dt.date, rows: int = 200) -> ContactCard:
        """Show one contact.

        Parameters
        ----------
        contact_no : str
            Its number.
        as_of : datetime.date
            The day of its figures; later rows are left out.
        rows : int, optional
            How many rows of the timeline to show, the latest first.

        Returns
        -------
        ContactCard
            Fields, figures and timeline.

        Raises
        ------
        NotFoundError
            When no contact has the number; suggests the nearest.
        """
        settings = self._setup.settings()
        table = self._setup.table("contact")
        scope = Scope(Catalogue(contact=table), settings.context(as_of))
        with self._database.reading() as con:
            contact_id = id_of(con, contact_no)
            names = [*table.by_name, *COMPUTED]
            values = frame_of(con, np.array([contact_id]), names, scope)
            latest, row_count = timeline.read(con, contact_id, as_of, settings.time_zone, rows)
        row = values.iloc[0].to_dict()
        recorded = {name: row[name] for name in table.by_name if _is_recorded(row[name])}
        return ContactCard(contact_no, recorded, {name: row[name] for name in COMPUTED}, latest, row_count, as_of)


def _is_recorded(value: Any) -> bool:
    return len(value) > 0 if isinstance(value, list) else bool(pd.notna(value))
