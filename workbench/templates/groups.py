"""Interaction groups with what their interactions came to (table 5063)."""

from __future__ import annotations

import datetime as dt

from workbench.templates import figures
from workbench.templates.results import Listing
from workbench.templates.work import TemplateWork


class Groups(TemplateWork):
    """Groups of templates; their codes are kept with all other codes."""

    def groups(self, since: dt.date | None = None, until: dt.date | None = None) -> Listing:
        """List the interaction groups with what their interactions came to.

        Parameters
        ----------
        since, until : datetime.date, optional
            First and last day, in the store's time zone, on which interactions count.

        Returns
        -------
        Listing
            By code: code, description, template_count, then interaction_count, cost_amount and duration_minutes of
            interactions that are neither canceled nor postponed; is_described is false for codes that only stand on
            templates and interactions.
        """
        with self._database.reading() as con:
            return Listing(figures.of_groups(con, self._moments(since, until)))
