"""The list of contacts as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from workbench.compiling.values import column_of
from workbench.contact_rows import export_log
from workbench.contacts.listing import Listing, read
from workbench.contacts.query import ContactQuery
from workbench.errors import ConfigError
from workbench.exporting import ExportReceipt, Ledger, export_frame


class ListFiles(Listing):
    """Files of contacts."""

    def export(
        self,
        query: ContactQuery,
        path: str | Path,
        as_of: dt.date,
        *,
        format: str | None = None,
        locale: str = "en",
        overwrite: bool = False,
        place: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> ExportReceipt:
        """Write the contacts a query finds to a file with a manifest, and note in the store whom it holds.

        Parameters
        ----------
        query : ContactQuery
            Which contacts, in which order, with which columns.
        path : str or pathlib.Path
            Where to; the ending decides the format unless one is named.
        as_of : datetime.date
            The day that filters and computed fields are of.
        format : {"csv", "excel_csv", "xlsx", "parquet"}, optional
            The format.
        locale : str, optional
            For Excel CSV: decides delimiter and decimal sign.
        overwrite : bool, optional
            Whether an existing file is replaced.
        place : str, optional
            What the store notes as the place of the file, where it is handed on from its path.
        progress : callable, optional
            Called with steps done and steps in all; what it raises cancels the export.

        Returns
        -------
        ExportReceipt
            File, manifest, hash, and a ledger that closes.

        Raises
        ------
        ConditionError
            When there is no such field, or a filter cannot be read.
        ConfigError
            When the query names no column.
        ConflictError
            When the file exists and is not to be overwritten.
        ExportError
            When the file cannot be written or does not read back the same; nothing is left behind.

        Notes
        -----
        Nobody is held back: this is a list to work with. Who writes to contacts exports a segment, which says who
        may not be written to.
        """
        if not query.columns:
            raise ConfigError("A list needs at least one column.", "Name some, such as contact_no, name, email.")
        scope = self._scope(query, as_of)
        with self._database.reading() as con:
            contacts, total = read(con, query, scope)
            revision = self._database.revision()
        facts = {"query": query.to_dict(), "as_of": as_of, "time_zone": str(scope.context.zone), "revision": revision}
        receipt = export_frame(
            contacts, [column_of(name, scope.catalogue) for name in contacts.columns], path, format=format,
            ledger=Ledger(matched=total, rows=len(contacts)), facts=facts, locale=locale, overwrite=overwrite,
            progress=progress,
        )  # fmt: skip
        noted = place or export_log.absolute(receipt.path)
        with self._database.writing() as con:
            export_log.note(
                con, noted, receipt.format, contacts.index.to_numpy(), row_count=receipt.rows, sha256=receipt.sha256
            )
        return receipt
