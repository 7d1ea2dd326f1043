"""XLSX: what a third party's reader finds in the sheet, and what a sheet refuses to hold."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.escape import unescape

from pipelines.schema import CONTACT, Column, FieldType
from tests.exporting.hard_frame import COLUMNS, FACTS, LEDGER, sheet_frame
from tests.exporting.single import exported
from workbench.errors import ExportError
from workbench.exporting import Ledger, export_frame

NAME = CONTACT.column("name")
NUMBER = CONTACT.column("contact_no")
DATE = Column("born_on", FieldType.DATE, "day of birth")
INSTANT = Column("seen_at", FieldType.TIMESTAMP, "last seen")
SCORE = Column("score", FieldType.NUMBER, "score")
AMOUNT = Column("spend_amount", FieldType.AMOUNT, "spend")


def _column(path: Path) -> list[object]:
    return [row[0] for row in openpyxl.load_workbook(path)["export"].iter_rows(min_row=2, values_only=True)]


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheet") / "hard.xlsx"
    return export_frame(sheet_frame(), COLUMNS, path, ledger=LEDGER, facts=FACTS).path


def test_text_is_text_and_nothing_is_a_formula_or_link(hard: Path) -> None:
    sheet = openpyxl.load_workbook(hard)["export"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    with zipfile.ZipFile(hard) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert kinds <= {"s", "n", "d", "b", "inlineStr"}
    assert "<f" not in xml.replace("<font", "")
    assert "hyperlink" not in xml
    assert [sheet.cell(row, 1).value for row in (2, 10, 11)] == ["0001", "-0009", "00010"]
    assert sheet["B6"].value == '=HYPERLINK("http://x")'


def test_numbers_dates_and_booleans_are_typed(hard: Path) -> None:
    sheet = openpyxl.load_workbook(hard)["export"]
    assert [sheet.cell(2, column).value for column in range(5, 11)] == [
        0.1,
        12.5,
        pd.Timestamp("1980-02-29"),
        pd.Timestamp("2024-01-31T10:00"),
        True,
        1,
    ]
    assert sheet["E7"].value == 0.3  # a sheet keeps 16 digits of 0.30000000000000004
    assert Decimal(str(sheet["F6"].value)) == Decimal("99999999999.9999")


def test_the_header_is_frozen(hard: Path) -> None:
    assert openpyxl.load_workbook(hard)["export"].freeze_panes == "A2"


def test_text_that_looks_like_markup_is_written_as_text(tmp_path: Path) -> None:
    hostile = ["<r><t>x</t>", "<R></R>", " <r></r>", "</t></is></c>", "&amp;", "]]>", "<!-- -->"]
    assert _column(exported(hostile, NAME, tmp_path / "a.xlsx")) == hostile


def test_characters_that_xml_cannot_hold_are_escaped_as_excel_does(tmp_path: Path) -> None:
    found = _column(exported(["a\x00\x1fb", "_x0041_", "a\r\nb"], NAME, tmp_path / "a.xlsx"))
    assert found == ["a_x0000__x001F_b", "_x005F_x0041_", "a_x000D_\nb"]
    assert [unescape(text) for text in found if isinstance(text, str)] == ["a\x00\x1fb", "_x0041_", "a\r\nb"]


@pytest.mark.parametrize(
    "text", ["_x0041_", "_x000D__x000D_", "_x0041_\x01", "\x01x0041_", "__x0041__", "_x00ff_", "_x005F_", "_x\r"]
)
def test_text_that_looks_like_such_an_escape_reads_back(text: str, tmp_path: Path) -> None:
    (found,) = _column(exported([text], NAME, tmp_path / "a.xlsx"))
    assert unescape(str(found)) == text


@pytest.mark.parametrize(
    "text",
    ["<r><t>x</t></r>", "<r></r>", "<r>\n</r>", "_x0041_x0042_", "_x005F_x0041_", "_x0041\x01", "a\ufffe", "\uffff"],
)
def test_text_that_a_sheet_would_change_is_refused_with_its_contact(text: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"contact_no": ["CT1", "CT2"], "name": ["x", text]}, dtype="str")
    with pytest.raises(ExportError) as refused:
        export_frame(frame, [NUMBER, NAME], tmp_path / "a.xlsx", ledger=_ledger(frame), facts={})
    assert str(refused.value) == (
        f'Row 2 (contact_no CT2), column "name" holds {text!r}, which a sheet would change. '
        "Choose CSV or Parquet, which have no such limit, or leave the column out."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_a_sheet_would_change_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"Row 1, column \"mailing_group_codes\" holds '<r>a;b</r>', which a sheet"):
        exported([["<r>a", "b</r>"]], CONTACT.column("mailing_group_codes"), tmp_path / "a.xlsx")


def test_days_on_which_spreadsheets_disagree_are_iso_text(tmp_path: Path) -> None:
    days = pd.to_datetime(["1900-02-28", "1900-03-01", "0001-01-01"]).astype("datetime64[us]")
    found = _column(exported(list(days), DATE, tmp_path / "a.xlsx"))
    assert found == ["1900-02-28", pd.Timestamp("1900-03-01"), "0001-01-01"]


def test_instants_are_kept_to_the_millisecond(tmp_path: Path) -> None:
    instants = [
        pd.Timestamp("2024-01-31T10:11:12.123987", tz="UTC"),
        pd.Timestamp("1800-01-01T00:00:01", tz="UTC"),
    ]
    found = _column(exported(instants, INSTANT, tmp_path / "a.xlsx"))
    assert found == [pd.Timestamp("2024-01-31T10:11:12.123"), "1800-01-01T00:00:01Z"]


def test_rows_in_which_everything_is_unknown_are_rows(tmp_path: Path) -> None:
    assert _column(exported([None, "x", None, None], NAME, tmp_path / "a.xlsx")) == [None, "x", None, None]


def test_an_export_without_rows_has_its_header(tmp_path: Path) -> None:
    assert openpyxl.load_workbook(exported([], NAME, tmp_path / "a.xlsx"))["export"]["A1"].value == "name"


def test_more_rows_than_a_sheet_holds_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    frame = pd.DataFrame({"contact_no": pd.Series("1", index=range(1_048_576), dtype="str")})
    with pytest.raises(ExportError) as refused:
        export_frame(frame, [NUMBER], tmp_path / "new" / "a.xlsx", ledger=_ledger(frame), facts={})
    assert str(refused.value) == (
        "A sheet holds 1,048,575 rows below its header, the export has 1,048,576. "
        "Choose CSV or Parquet, which have no such limit, or export fewer rows."
    )
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("text", ["x" * 32_768, "😀" * 16_384])
def test_text_too_long_for_a_cell_is_refused_with_its_contact(text: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"contact_no": ["CT1", "CT2"], "name": ["x" * 32_767, text]}, dtype="str")
    with pytest.raises(ExportError) as refused:
        export_frame(frame, [NUMBER, NAME], tmp_path / "a.xlsx", ledger=_ledger(frame), facts={})
    assert str(refused.value) == (
        'Row 2 (contact_no CT2), column "name" holds 32,768 characters, a cell of a sheet at most 32,767. '
        "Choose CSV or Parquet, which have no such limit, or leave the column out."
    )


def test_an_amount_of_more_digits_than_a_cell_keeps_is_refused(tmp_path: Path) -> None:
    frame = pd.DataFrame({"spend_amount": [Decimal("123456789012.3450"), Decimal("123456789012.3456")]})
    with pytest.raises(ExportError, match=r'Row 2, column "spend_amount" holds 123456789012.3456, a cell of'):
        export_frame(frame, [AMOUNT], tmp_path / "a.xlsx", ledger=_ledger(frame), facts={})


@pytest.mark.parametrize("amount", [Decimal("12345678901.2345"), Decimal("-99999999999.9999"), Decimal("0.1")])
def test_amounts_of_fifteen_digits_are_exact(amount: Decimal, tmp_path: Path) -> None:
    (found,) = _column(exported([float(amount)], AMOUNT, tmp_path / "a.xlsx"))
    assert Decimal(str(found)) == amount


def test_a_number_larger_than_a_cell_holds_is_refused(tmp_path: Path) -> None:
    exported([9.99e307, -9.99e307], SCORE, tmp_path / "a.xlsx")
    with pytest.raises(ExportError, match=r'Row 2, column "score" holds -1.5e\+308, a cell of a sheet at most 9.9'):
        exported([1.0, -1.5e308], SCORE, tmp_path / "b.xlsx")


def test_every_cell_stands_under_its_column_beyond_the_letter_z(tmp_path: Path) -> None:
    columns = [Column(f"field_{i}", FieldType.INTEGER, "a field") for i in range(60)]
    frame = pd.DataFrame({column.name: [i, None] for i, column in enumerate(columns)}, dtype="Int64")
    path = export_frame(frame, columns, tmp_path / "a.xlsx", ledger=_ledger(frame), facts={}).path
    rows = list(openpyxl.load_workbook(path)["export"].iter_rows(values_only=True))
    assert rows[1] == tuple(range(60))
    assert rows[2] == (None,) * 60


def test_nothing_is_left_in_the_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "out").mkdir()
    exported(["x"], NAME, tmp_path / "out" / "a.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def _ledger(frame: pd.DataFrame) -> Ledger:
    return Ledger(matched=len(frame), rows=len(frame))
