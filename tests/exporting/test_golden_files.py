"""The hard frame, exported in every format, is what the golden files hold."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.exporting.hard_frame import COLUMNS, FACTS, GOLDEN, GOLDEN_EXPORTS, LEDGER, hard_frame, sheet_frame
from workbench.exporting import ExportReceipt, export_frame


def _export(folder: Path, name: str) -> ExportReceipt:
    format_name, locale = GOLDEN_EXPORTS[name]
    frame = sheet_frame() if format_name == "xlsx" else hard_frame()
    return export_frame(frame, COLUMNS, folder / name, format=format_name, ledger=LEDGER, facts=FACTS, locale=locale)


@pytest.mark.parametrize("name", ["result.csv", "result.excel_en.csv", "result.excel_de.csv"])
def test_delimited_files_are_the_golden_bytes(name: str, tmp_path: Path) -> None:
    assert _export(tmp_path, name).path.read_bytes() == (GOLDEN / name).read_bytes()


def test_a_workbook_has_the_golden_cells_with_their_types(tmp_path: Path) -> None:
    assert _cells(_export(tmp_path, "result.xlsx").path) == _cells(GOLDEN / "result.xlsx")


def test_a_parquet_file_has_the_golden_cells_with_their_types(tmp_path: Path) -> None:
    found = pq.read_table(_export(tmp_path, "result.parquet").path)
    wanted = pq.read_table(GOLDEN / "result.parquet")
    assert found.schema.equals(wanted.schema)
    assert found.equals(wanted)


@pytest.mark.parametrize("name", ["result.csv", "result.excel_de.csv"])
def test_the_manifest_is_the_golden_one_but_for_the_instant_and_the_program(name: str, tmp_path: Path) -> None:
    found = _export(tmp_path, name).manifest_path.read_text("utf-8").splitlines()
    wanted = (GOLDEN / f"{name}.manifest.json").read_text("utf-8").splitlines()
    variable = ('  "written_at"', '  "program"')
    assert [line for line in found if not line.startswith(variable)] == [
        line for line in wanted if not line.startswith(variable)
    ]


def test_the_keys_of_a_manifest_stand_in_a_fixed_order(tmp_path: Path) -> None:
    manifest = json.loads(_export(tmp_path, "result.csv").manifest_path.read_text("utf-8"))
    assert list(manifest) == [
        "manifest_version",
        "program",
        "written_at",
        "file",
        "format",
        "layout",
        "rows",
        "columns",
        "bytes",
        "sha256",
        "ledger",
        "facts",
    ]
    assert list(manifest["facts"]) == list(FACTS)


def _cells(path: Path) -> list[list[tuple[str, object, str]]]:
    sheet = openpyxl.load_workbook(path)["export"]
    return [[(cell.data_type, cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()]
