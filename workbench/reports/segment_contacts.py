"""Segment - Contacts (report 5063): the contacts on a worksheet, with what happened with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd

from workbench.reports.results import Report


@dataclass(frozen=True)
class SegmentContacts(Report):
    """Segment - Contacts (report 5063).

    Attributes
    ----------
    worksheet_no : str
        The worksheet.
    description : str
        What it says of itself; empty where it says nothing.
    rows : pandas.DataFrame
        One row for each line, by contact: contact_no, name, address, city, post_code, county, country_code,
        currency_code, salesperson_code, interaction_count, cost_amount, opportunity_count, estimated_amount. A company
        counts the rows of its people as well, so columns do not add up.
    """

    worksheet_no: str
    description: str
    rows: pd.DataFrame = field(repr=False)
    title: ClassVar[str] = "Segment contacts"

    def frame(self) -> pd.DataFrame:
        """Show the contacts.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows
