"""A workbook, or Parquet file, that is not what was to be written is not kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pipelines.schema import CONTACT, Column, FieldType
from workbench.errors import ExportError
from workbench.exporting import Ledger, export_frame

COLUMNS = [
    CONTACT.column("contact_no"),
    Column("score", FieldType.NUMBER, "score"),
    Column("spend_amount", FieldType.AMOUNT, "spend"),
    Column("visit_count", FieldType.INTEGER, "visits"),
    Column("is_member", FieldType.BOOLEAN, "a member"),
    Column("born_on", FieldType.DATE, "day of birth"),
    Column("seen_at", FieldType.TIMESTAMP, "last seen"),
]
FRAME = pd.DataFrame(
    {
        "contact_no": ["0001", "2"],
        "score": [1.5, 2.5],
        "spend_amount": [3.5, 4.5],
        "visit_count": [5, 6],
        "is_member": [True, False],
        "born_on": pd.to_datetime(["2000-01-01", "2000-01-02"]),
        "seen_at": pd.to_datetime(["2024-01-01T10:00", "2024-01-02T00:00"], utc=True),
    }
)


def _spoiled(path: Path, spoil: Callable[[Path], object]) -> str:
    """Export, spoil the file when it has been written and closed, and give the message of the refusal."""
    seen: list[int] = []

    def progress(done: int, total: int) -> None:
        seen.append(done)
        if seen == [2, 2]:
            (part,) = path.parent.glob(".*.part")
            spoil(part)

    with pytest.raises(ExportError) as failed:
        export_frame(FRAME, COLUMNS, path, ledger=Ledger(matched=2, rows=2), facts={}, progress=progress)
    assert list(path.parent.iterdir()) == []
    assert failed.value.hint == "No file was kept; export again, and report this if it happens twice."
    return failed.value.message


def _with_cell(cell: str, value: object) -> Callable[[Path], object]:
    def change(part: Path) -> None:
        with part.open("rb") as file:
            book = openpyxl.load_workbook(file)
        book["export"][cell] = value
        book.save(part)

    return change


@pytest.mark.parametrize(
    ("cell", "value", "column", "message"),
    [
        ("A3", 2, "contact_no", "holds 2.0 where '2' was"),
        ("A3", None, "contact_no", "holds None where '2' was"),
        ("B3", "2.5", "score", "holds '2.5' where 2.5 was"),
        ("B3", 2.4999999999, "score", "holds 2.4999999999 where 2.5 was"),
        ("B3", True, "score", "holds True where 2.5 was"),
        ("C3", 4.50001, "spend_amount", r"holds 4.50001 where Decimal\('4.5000'\) was"),
        ("C3", "x", "spend_amount", "holds 'x' where Decimal"),
        ("D3", 6.5, "visit_count", "holds 6.5 where 6 was"),
        ("E3", 0, "is_member", "holds 0.0 where False was"),
        ("F3", dt.datetime.fromisoformat("2000-01-02T10:00"), "born_on", r"holds datetime.datetime\(2000, 1, 2, 10"),
        ("F3", 36528, "born_on", r"holds datetime.date\(2000, 1, 3\) where datetime.date\(2000, 1, 2\)"),
        ("G3", dt.datetime.fromisoformat("2024-01-02T00:00:01"), "seen_at", r"holds datetime.datetime\(2024, 1, 2, 0"),
        ("G3", "soon", "seen_at", "holds 'soon' where datetime"),
    ],
)
def test_a_changed_cell_of_a_sheet_is_named(
    cell: str, value: object, column: str, message: str, tmp_path: Path
) -> None:
    found = _spoiled(tmp_path / "a.xlsx", _with_cell(cell, value))
    assert found.startswith(f'The file does not read back as written: row 2 (contact_no 2), column "{column}" holds')
    assert pd.Series(found).str.contains(message).all()


@pytest.mark.parametrize(
    ("cell", "value", "message"),
    [
        ("A4", "3", "The file reads back with more than the 2 rows to be written."),
        ("H2", "x", "The file reads back with lines that do not have 7 cells each."),
        ("A1", "no", "The header reads back as"),
    ],
)
def test_added_rows_columns_and_other_names_of_a_sheet_are_found(
    cell: str, value: str, message: str, tmp_path: Path
) -> None:
    assert _spoiled(tmp_path / "a.xlsx", _with_cell(cell, value)).startswith(message)


def test_a_lost_row_of_a_sheet_is_found(tmp_path: Path) -> None:
    def lose(part: Path) -> None:
        with part.open("rb") as file:
            book = openpyxl.load_workbook(file)
        book["export"].delete_rows(3)
        book.save(part)

    assert "column \"contact_no\" holds None where '2' was" in _spoiled(tmp_path / "a.xlsx", lose)


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
@pytest.mark.parametrize("content", [b"", b"no such format", b"PK\x03\x04PAR1"])
def test_a_damaged_file_is_refused_with_a_sentence(name: str, content: bytes, tmp_path: Path) -> None:
    message = _spoiled(tmp_path / name, lambda part: part.write_bytes(content))
    assert message.startswith("The file cannot be read back: ")
