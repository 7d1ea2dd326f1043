"""Reports as files: PDF to print, tables to go on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from pipelines.schema import Column, FieldType
from workbench.errors import ConfigError, ExportError
from workbench.exporting import Ledger, export_frame
from workbench.exporting.manifest import Seal
from workbench.exporting.placing import place, prepare, reason, unfinished
from workbench.reports.printing import printed
from workbench.reports.results import Report, ReportFile

Progress = Callable[[int, int], None]
_OF_NUMPY = {"i": FieldType.INTEGER, "f": FieldType.NUMBER, "M": FieldType.DATE, "b": FieldType.BOOLEAN}


def write(report: Report, path: str | Path, *, overwrite: bool, progress: Progress | None) -> ReportFile:
    """Write a report to a file.

    Parameters
    ----------
    report : Report
        What to write.
    path : str or pathlib.Path
        Where to; the ending decides the format.
    overwrite : bool
        Whether an existing file is replaced.
    progress : callable or None
        Called with what is done and all there is to do; what it raises ends the work and nothing is left of it.

    Returns
    -------
    ReportFile
        Where it is.

    Raises
    ------
    ConfigError
        When the ending says no format, or the report is no table.
    ConflictError
        When the file exists and is not to be replaced.
    ExportError
        When it cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() == ".pdf":
        return _write_pdf(report, target, overwrite, progress)
    if not report.is_table:
        raise ConfigError(
            f'"{target.name}" does not end in .pdf, which is how this report is printed.', f"Name it {target.stem}.pdf."
        )
    rows = report.frame()
    receipt = export_frame(
        rows, [_column(rows, name) for name in rows.columns], target, ledger=Ledger(matched=len(rows), rows=len(rows)),
        facts={"report": report.title, "as_of": report.as_of.isoformat(), "segment": report.segment_name or ""},
        overwrite=overwrite, progress=progress,
    )  # fmt: skip
    return ReportFile(receipt.path, receipt.format, None, receipt.rows, receipt.bytes, receipt.sha256, report.notes)


def _write_pdf(report: Report, target: Path, overwrite: bool, progress: Progress | None) -> ReportFile:
    prepare(target, overwrite)
    paper, notes = printed(report, progress)
    if not paper.page_count:
        raise ExportError(
            "There is nothing to print.", "Choose others: who is privacy blocked or has no address is left out."
        )
    try:
        with unfinished(target) as part:
            paper.save(part)
            seal = Seal.of(part)
            place(part, target, overwrite)
    except OSError as error:
        raise ExportError(f'"{target}" cannot be written: {reason(error)}.', "Nothing was kept of it.") from None
    rows = len(report.frame())
    return ReportFile(target, "pdf", paper.page_count, rows, seal.bytes, seal.sha256, (*report.notes, *notes))


def _column(rows: pd.DataFrame, name: str) -> Column:
    return Column(name, _OF_NUMPY.get(rows[name].dtype.kind, FieldType.TEXT), name.replace("_", " "))
