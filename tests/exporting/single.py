"""An export of one column, which most tests need."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from pipelines.schema import Column, FieldType
from workbench.exporting import Ledger, export_frame


def exported(
    values: Sequence[object], column: Column, path: Path, *, format: str | None = None, locale: str = "en"
) -> Path:
    """Export one column and give the path of the file."""
    dtype = {FieldType.TEXT: "str", FieldType.MANY: "object"}.get(column.type, column.dtype)
    frame = pd.DataFrame({column.name: pd.Series(list(values), dtype=dtype)})
    ledger = Ledger(matched=len(frame), rows=len(frame))
    receipt = export_frame(frame, [column], path, format=format, ledger=ledger, facts={}, locale=locale, overwrite=True)
    return receipt.path
