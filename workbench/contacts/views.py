"""Views: queries on the list of contacts that a person named and kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from workbench import clock, config
from workbench.contacts.listing import Listing
from workbench.contacts.query import ContactQuery
from workbench.errors import ConfigError, ConflictError, NotFoundError, nearest
from workbench.store import Connection


@dataclass(frozen=True)
class ContactView:
    """A query with a name.

    Attributes
    ----------
    name : str
        Its name.
    query : ContactQuery
        What it shows.
    saved_at : datetime.datetime
        When it was last saved, in UTC.
    saved_by : str or None
        Who did; None when unknown.
    """

    name: str
    query: ContactQuery
    saved_at: dt.datetime
    saved_by: str | None

    def frame(self) -> pd.DataFrame:
        """Show the view as a table of one row.

        Returns
        -------
        pandas.DataFrame
            As `ContactViews.frame`.
        """
        return ContactViews((self,)).frame()

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class ContactViews:
    """The saved views.

    Attributes
    ----------
    entries : tuple of ContactView
        By name.
    """

    entries: tuple[ContactView, ...]

    def __iter__(self) -> Iterator[ContactView]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def frame(self) -> pd.DataFrame:
        """Show the views as a table.

        Returns
        -------
        pandas.DataFrame
            Columns name, text, filters, sort, columns, saved_at, saved_by.
        """
        columns = ["name", "text", "filters", "sort", "columns", "saved_at", "saved_by"]
        return pd.DataFrame([_row(entry) for entry in self.entries], columns=columns)

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


class Views(Listing):
    """Keeping queries under a name."""

    def views(self) -> ContactViews:
        """List the saved views.

        Returns
        -------
        ContactViews
            By name.
        """
        with self._database.reading() as con:
            return ContactViews(tuple(_saved(con).values()))

    def view(self, name: str) -> ContactView:
        """Fetch a saved view.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        ContactView
            Whose query `search` takes.

        Raises
        ------
        NotFoundError
            When none has the name; suggests the nearest.
        """
        with self._database.reading() as con:
            return _named(con, name)

    def save_view(
        self, name: str, query: ContactQuery, as_of: dt.date, *, replace: bool = False, dry_run: bool = False
    ) -> ContactView:
        """Save a query under a name.

        Parameters
        ----------
        name : str
            Its name.
        query : ContactQuery
            What it shows; it is tried before it is kept.
        as_of : datetime.date
            The day it is tried on.
        replace : bool, optional
            Whether a view of the name is replaced.
        dry_run : bool, optional
            Only say what would be saved.

        Returns
        -------
        ContactView
            As it is kept.

        Raises
        ------
        ConditionError
            When the query names no field of contacts, or a filter cannot be read.
        ConfigError
            When the name is blank.
        ConflictError
            When there is a view of the name, and it is not to be replaced.
        """
        if not name.strip():
            raise ConfigError("A view needs a name.", "Type one.")
        self.search(query, 0, as_of=as_of)
        view = ContactView(name.strip(), query, clock.now().replace(tzinfo=None), config.user())
        with self._unit(dry_run) as con:
            if view.name in _saved(con) and not replace:
                raise ConflictError(f'There is a view "{view.name}" already.', "Replace it, or choose another name.")
            if not dry_run:
                con.execute("DELETE FROM contact_view WHERE name = ?", [view.name])
                row = [view.name, query.to_json(), view.saved_at, view.saved_by]
                con.execute("INSERT INTO contact_view VALUES (?, ?, ?, ?)", row)
        return view

    def delete_view(self, name: str, *, dry_run: bool = False) -> ContactView:
        """Delete a saved view.

        Parameters
        ----------
        name : str
            Its name.
        dry_run : bool, optional
            Only say what would go.

        Returns
        -------
        ContactView
            As it was.

        Raises
        ------
        NotFoundError
            When none has the name; suggests the nearest.
        """
        with self._unit(dry_run) as con:
            gone = _named(con, name)
            if not dry_run:
                con.execute("DELETE FROM contact_view WHERE name = ?", [name])
        return gone


def _saved(con: Connection) -> dict[str, ContactView]:
    rows = con.execute("SELECT name, query, saved_at, saved_by FROM contact_view ORDER BY name").fetchall()
    return {name: ContactView(name, ContactQuery.from_json(query), at, by) for name, query, at, by in rows}


def _named(con: Connection, name: str) -> ContactView:
    saved = _saved(con)
    if name not in saved:
        raise NotFoundError(f'There is no view "{name}".', nearest(name, saved) or "None is saved yet.")
    return saved[name]


def _row(view: ContactView) -> list[object]:
    query = view.query
    filters = "; ".join(f"{name}={expression}" for name, expression in query.filters.items())
    return [view.name, query.text, filters, query.sort, ", ".join(query.columns), view.saved_at, view.saved_by]
