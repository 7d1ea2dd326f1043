"""The opportunities of one contact."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

import pandas as pd

from pipelines.schema import conform
from workbench.contact_rows.finding import id_of
from workbench.setup.work import Work
from workbench.store import tables

_SELECT = """
    SELECT c.contact_no, o.* EXCLUDE (entry_no, contact_id) FROM opportunity o JOIN contact c USING (contact_id)
    WHERE o.contact_id = $1
       OR c.company_no = (SELECT contact_no FROM contact WHERE contact_id = $1 AND type = 'company')
    ORDER BY o.created_on DESC NULLS LAST, o.entry_no DESC
"""


@dataclass(frozen=True)
class ContactOpportunities:
    """The opportunities of a contact.

    Attributes
    ----------
    contact_no : str
        The contact.
    rows : pandas.DataFrame
        One for each, the latest first: the columns of opportunities, custom fields included; the contact's number is
        that of the person it is with.
    """

    contact_no: str
    rows: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the opportunities.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(self.contact_no)}</b>{self.rows.to_html(index=False)}"


class OpportunityLists(Work):
    """Opportunities as contacts have them."""

    def opportunities(self, contact_no: str) -> ContactOpportunities:
        """List the opportunities of a contact.

        Parameters
        ----------
        contact_no : str
            Its number.

        Returns
        -------
        ContactOpportunities
            Those of a company are those of its people as well (Business Central, table 5050, the flow fields over
            `Contact Company No.`).

        Raises
        ------
        NotFoundError
            When no contact has the number; suggests the nearest.
        """
        table = self._setup.table("opportunity")
        with self._database.reading() as con:
            found = tables.frame(con, _SELECT, [id_of(con, contact_no)])
        return ContactOpportunities(contact_no, conform(found, table))
