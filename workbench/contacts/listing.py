"""The list of contacts: search, filters, an order, pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pipelines.catalogue import COMPUTED, Catalogue
from pipelines.context import Context
from workbench.compiling.values import Scope, frame_of
from workbench.contacts.list_statement import statement
from workbench.contacts.query import ContactQuery
from workbench.errors import ConfigError
from workbench.setup.work import Work
from workbench.store import Connection, tables

_SOME_DAY = dt.date(2000, 1, 1)  # of queries that do not speak of days


@dataclass(frozen=True)
class ContactPage:
    """Contacts found by a search.

    Attributes
    ----------
    contacts : pandas.DataFrame
        One row for each, in the order asked for; the columns of the query, without custom ones: number, type, name,
        company, city, e-mail, telephone.
    total : int
        How many were found in all.
    query : ContactQuery
        What was asked for.
    """

    contacts: pd.DataFrame = field(repr=False)
    total: int
    query: ContactQuery = field(default_factory=ContactQuery)

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


class Listing(Work):
    """Finding contacts."""

    def search(
        self,
        query: ContactQuery | str = "",
        rows: int | None = 50,
        skip: int = 0,
        *,
        as_of: dt.date | None = None,
    ) -> ContactPage:
        """Find contacts.

        Parameters
        ----------
        query : ContactQuery or str, optional
            What to look for; a text alone is looked for in number, name, e-mail, telephone, city and external id,
            without regard to case, and every blank-separated word must occur. All contacts where empty.
        rows : int or None, optional
            How many to show; all where None.
        skip : int, optional
            How many to pass over.
        as_of : datetime.date, optional
            The day that filters and computed fields are of; needed where the query has any.

        Returns
        -------
        ContactPage
            The contact whose number is the text first, then in the order asked for, and by number; what is unknown
            comes last. The total is of all pages, exact, and right on a page behind the last as well.

        Raises
        ------
        ConditionError
            When there is no such field, or a filter cannot be read.
        ConfigError
            When the query depends on a day, and none is given.

        Notes
        -----
        Filters are read as Business Central reads them, and as the operator ``filter`` of segments does. One statement
        gives the page's ids and the total; values are read for the page alone.
        """
        asked = query if isinstance(query, ContactQuery) else ContactQuery(text=query)
        scope = self._scope(asked, as_of)
        with self._database.reading() as con:
            contacts, total = read(con, asked, scope, rows, skip)
        return ContactPage(contacts.reset_index(drop=True), total, asked)

    def _scope(self, query: ContactQuery, as_of: dt.date | None) -> Scope:
        return Scope(Catalogue(contact=self._setup.table("contact")), self._context(query, as_of))

    def _context(self, query: ContactQuery, as_of: dt.date | None) -> Context:
        depends_on = [*query.filters, *({query.sort.removeprefix("-"), *query.columns} & COMPUTED.keys())]
        if as_of is None and depends_on:
            raise ConfigError(f"{depends_on[0]} depends on a day.", "Give the day to evaluate on as as_of.")
        return self._setup.settings().context(as_of or _SOME_DAY)


def read(
    con: Connection, query: ContactQuery, scope: Scope, rows: int | None = None, skip: int = 0
) -> tuple[pd.DataFrame, int]:
    """Read a page of contacts.

    Parameters
    ----------
    con : connection
        An open unit of work.
    query : ContactQuery
        What to look for.
    scope : Scope
        The fields there are, and the day.
    rows : int or None, optional
        How many at most; all where None.
    skip : int, optional
        How many to pass over.

    Returns
    -------
    tuple of pandas.DataFrame and int
        The columns of the query in its order, indexed by contact id; and how many contacts there are in all.
    """
    found = tables.frame(con, statement(query, scope, rows, skip))
    ids = found["contact_id"].dropna().to_numpy(dtype=np.int32)
    return frame_of(con, ids, query.columns, scope).reindex(ids), int(found["total"].iloc[0])
