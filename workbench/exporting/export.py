"""The export: check, write beside, read again, compare, and only then put the file in its place."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from pipelines.schema import Column
from workbench import clock
from workbench.errors import ExportError
from workbench.exporting.file_format import Advance, FileFormat
from workbench.exporting.formats import format_for
from workbench.exporting.ledger import Ledger
from workbench.exporting.manifest import Seal, check_facts, manifest_path, manifest_text
from workbench.exporting.placing import place, prepare, reason, unfinished
from workbench.exporting.rows import Rows
from workbench.exporting.verifying import verify


@dataclass(frozen=True)
class ExportReceipt:
    """What an export left behind.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    manifest_path : pathlib.Path
        The manifest beside it.
    format : str
        ``"csv"``, ``"excel_csv"``, ``"xlsx"`` or ``"parquet"``.
    rows : int
        Rows below the header.
    sha256 : str
        Of the file, in lower-case hexadecimal digits.
    bytes : int
        Size of the file.
    ledger : Ledger
        Where every matched contact went.
    """

    path: Path
    manifest_path: Path
    format: str
    rows: int
    sha256: str
    bytes: int
    ledger: Ledger

    def frame(self) -> pd.DataFrame:
        """Show the receipt as a table of one row.

        Returns
        -------
        pandas.DataFrame
            Columns `path`, `manifest_path`, `format`, `rows`, `sha256` and `bytes`.
        """
        row = {name: getattr(self, name) for name in ("path", "manifest_path", "format", "rows", "sha256", "bytes")}
        return pd.DataFrame([row | {"path": str(self.path), "manifest_path": str(self.manifest_path)}])

    def _repr_html_(self) -> str:
        account = self.ledger.frame().to_html(index=False)
        place = escape(str(self.path))
        return f"<p>{self.rows:,} rows in {place} ({self.format}, {self.bytes:,} bytes)</p>{account}"


def export_frame(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    ledger: Ledger,
    facts: Mapping[str, object],
    locale: str = "en",
    overwrite: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ExportReceipt:
    r"""Write columns of a frame to a file that is known to hold them.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per row of the file, in its order.
    columns : sequence of Column
        What to write, in the order of the file.
    path : str or path
        Where to; a missing folder is made.
    format : str, optional
        ``"csv"``, ``"excel_csv"``, ``"xlsx"`` or ``"parquet"``; the ending of the path decides otherwise.
    ledger : Ledger
        The account that leads to the rows of the frame.
    facts : mapping
        What the manifest shall record besides: definition, its hash, sentence, as_of, revision.
    locale : str, default "en"
        For Excel CSV: decides delimiter and decimal sign.
    overwrite : bool, default False
        Whether an existing file is replaced.
    progress : callable, optional
        Called with the steps done and the steps to do; each row is two, written and read back. Whatever
        it raises cancels the export.

    Returns
    -------
    ExportReceipt
        Where the file and its manifest are, and the hash of the file.

    Raises
    ------
    ExportError
        When the ledger does not close, the format cannot hold the rows, the folder does not admit files,
        or the file does not read back as it was written.
    ConflictError
        When the file exists and is not to be overwritten.
    ConfigError
        When format, ending or locale is unknown.
    FrameError
        When a column is missing or holds what its type does not admit.

    Notes
    -----
    The file is written under a temporary name in its folder, flushed, read again with a reader that has no
    part in the writing, compared cell by cell and only then renamed; whatever fails leaves nothing behind.
    Unknown and blank text are the same; amounts have four decimals. A sheet keeps instants to the millisecond
    and numbers to 16 digits, of which spreadsheets reckon with 15; a million rows take minutes in it.

    Examples
    --------
    >>> import tempfile
    >>> from pipelines.schema import CONTACT
    >>> frame = pd.DataFrame({"contact_no": ["0001", "0002"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     receipt = export_frame(frame, [CONTACT.column("contact_no")], f"{folder}/list.csv",
    ...                            ledger=Ledger(matched=2, rows=2), facts={"as_of": "2024-01-31"})
    ...     receipt.path.read_bytes()
    b'contact_no\r\n0001\r\n0002\r\n'
    """
    target = Path(path)
    file_format = format_for(target, format, locale)
    _check_ledger(ledger, frame)
    check_facts(facts)
    rows = file_format.held(Rows.of(frame, columns))
    prepare(target, overwrite)
    try:
        with unfinished(target) as part:
            _write_checked(part, file_format, rows, progress)
            seal = Seal.of(part)
            content = manifest_text(target, file_format, rows, seal, ledger, facts, clock.now())
            _publish(part, content, target, overwrite)
    except OSError as error:
        raise ExportError(f'"{target}" cannot be written: {reason(error)}.', "Nothing was kept of it.") from None
    beside = manifest_path(target)
    return ExportReceipt(target, beside, file_format.name, len(rows), seal.sha256, seal.bytes, ledger)


def _check_ledger(ledger: Ledger, frame: pd.DataFrame) -> None:
    ledger.check()
    if ledger.rows != len(frame):
        raise ExportError(
            f"The ledger counts {ledger.rows} rows, but {len(frame)} are to be written.",
            "Nothing was written; take ledger and rows from the same count.",
        )


def _write_checked(
    part: Path, file_format: FileFormat, rows: Rows, progress: Callable[[int, int], None] | None
) -> None:
    advance = _advancing(2 * len(rows), progress)
    file_format.write(part, rows, advance)
    advance(0)  # the file is closed: a place to cancel before it is read back
    verify(rows, file_format.read(part, rows), advance)


def _advancing(total: int, progress: Callable[[int, int], None] | None) -> Advance:
    """Count steps and tell the listener, who may raise to cancel."""
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, total)

    return advance


def _publish(part: Path, manifest: str, target: Path, overwrite: bool) -> None:
    """Put file and manifest in their places; a file without its manifest does not stay."""
    beside = manifest_path(target)
    with unfinished(beside) as manifest_part:
        manifest_part.write_text(manifest, encoding="utf-8", newline="\n")
        place(part, target, overwrite)
        try:
            place(manifest_part, beside, overwrite=True)  # what stands there describes a file that is gone
        except OSError:
            target.unlink()
            raise
