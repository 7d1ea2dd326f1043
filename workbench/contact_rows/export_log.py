"""What files held, so that somebody who asks can be told where her data went."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench import clock, config
from workbench.compiling.values import MEMBERS, offered
from workbench.store import Connection, tables
from workbench.store.connection import first_row

_HOLDING = """
    SELECT DISTINCT l.export_no, l.place, l.format, l.segment_name, l.sha256, l.row_count, l.exported_at, l.exported_by
    FROM export_log l JOIN export_member m USING (export_no)
    WHERE list_contains(?, m.contact_id) ORDER BY l.export_no DESC
"""


def note(
    con: Connection,
    place: str,
    format: str,
    contact_ids: npt.NDArray[np.integer],
    *,
    row_count: int,
    sha256: str | None = None,
    segment_name: str | None = None,
) -> int:
    """Note a file that left the workbench.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    place : str
        Where the file was put.
    format : str
        Such as ``"csv"`` or ``"pdf"``.
    contact_ids : numpy.ndarray of int
        Whom it holds.
    row_count : int
        Its rows.
    sha256 : str, optional
        Of the file.
    segment_name : str, optional
        The segment it is of.

    Returns
    -------
    int
        The number of the export.
    """
    (number,) = first_row(con, "SELECT coalesce(max(export_no), 0) + 1 FROM export_log") or (1,)
    row = [
        number,
        place,
        format,
        segment_name or None,
        sha256,
        row_count,
        clock.now().replace(tzinfo=None),
        config.user(),
    ]
    con.execute("INSERT INTO export_log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    with offered(con, np.unique(contact_ids)):
        con.execute(f"INSERT INTO export_member SELECT ?, contact_id FROM {MEMBERS}", [number])  # noqa: S608
    return int(number)


def holding(con: Connection, contact_ids: Sequence[int]) -> pd.DataFrame:
    """List the files that held one of some contacts.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_ids : sequence of int
        Contacts, whether they are still there or not.

    Returns
    -------
    pandas.DataFrame
        The latest first: export_no, place, format, segment_name, sha256, row_count, exported_at (UTC), exported_by.
    """
    found = tables.frame(con, _HOLDING, [list(contact_ids)])
    return found.assign(exported_at=pd.to_datetime(found["exported_at"], utc=True))


def absolute(path: Path) -> str:
    """Say where a file was put, wherever one stands when one reads it.

    Parameters
    ----------
    path : pathlib.Path
        Of the file.

    Returns
    -------
    str
        From the root.
    """
    return str(path.absolute())
