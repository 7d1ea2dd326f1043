"""What every group of use cases on templates has at hand."""

from __future__ import annotations

import datetime as dt

from pipelines.dates import day_after, instant
from workbench.setup.work import Work

Moments = tuple[dt.datetime | None, dt.datetime | None]


class TemplateWork(Work):
    """Work on the templates of one store."""

    def _moments(self, since: dt.date | None, until: dt.date | None) -> Moments:
        """Give the instants between which days lie, the second of them no more within."""
        end = None if until is None else day_after(until)
        return None if since is None else instant(since, self._zone), None if end is None else instant(end, self._zone)
