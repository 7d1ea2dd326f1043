"""One contact's card: what is recorded of it, its figures, and what happened."""

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
from workbench.contacts import surroundings, timeline
from workbench.contacts.surroundings import Surroundings
from workbench.setup.work import Work


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
    around : Surroundings
        What stands beside the contact: people, addresses, consents, comments, counts of rows.
    """

    contact_no: str
    fields: Mapping[str, Any]
    figures: Mapping[str, Any]
    timeline: pd.DataFrame = field(repr=False)
    row_count: int
    as_of: dt.date
    around: Surroundings = field(repr=False)

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


class Cards(Work):
    """Showing contacts."""

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
            Fields, figures and timeline, and what stands beside the contact.

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
            around = surroundings.read(con, contact_id, contact_no, as_of)
        row = values.iloc[0].to_dict()
        recorded = {name: row[name] for name in table.by_name if _is_recorded(row[name])}
        figures = {name: row[name] for name in COMPUTED}
        return ContactCard(contact_no, recorded, figures, latest, row_count, as_of, around)


def _is_recorded(value: Any) -> bool:
    return len(value) > 0 if isinstance(value, list) else bool(pd.notna(value))
