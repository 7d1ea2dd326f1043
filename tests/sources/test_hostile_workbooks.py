"""Workbooks and Parquet files that mean no good, or went wrong on the way: a clear sentence each."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from tests.sources.conftest import Shelf
from workbench.errors import SourceError
from workbench.sources import archives


def book(path: Path, rows: list[list[object]]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """A workbook of which one part is something else."""
    kept = {part: content_ for part, content_ in _parts(path).items() if part != name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content_ in {**kept, name: content}.items():
            archive.writestr(part, content_)
    return path


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def test_a_zip_bomb_is_refused_before_it_is_parsed(shelf: Shelf, tmp_path: Path) -> None:
    path = with_part(book(tmp_path / "bomb.xlsx", [["No."], ["A"]]), "xl/sharedStrings.xml", b" " * (80 << 20))
    begun = time.perf_counter()

    with pytest.raises(SourceError, match=r"bomb\.xlsx would unpack from [\d,]+ to 83,[\d,]+ bytes") as refused:
        shelf.sources.plan("contact", path)

    assert refused.value.hint == "If it is yours, save its sheet as CSV (UTF-8) and load that."
    assert time.perf_counter() - begun < 2


def test_a_part_that_says_it_is_smaller_than_it_is_is_damage(shelf: Shelf, tmp_path: Path) -> None:
    path = with_part(book(tmp_path / "liar.xlsx", [["No."], ["A"]]), "xl/media/x.xml", b"y" * 100_000)
    content = bytearray(path.read_bytes())
    central = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/media/x.xml"))
    content[central + 24 : central + 28] = (10).to_bytes(4, "little")
    path.write_bytes(content)

    with pytest.raises(SourceError, match=r"liar\.xlsx is not a workbook that can be read\."):
        shelf.sources.plan("contact", path)


def test_entities_that_multiply_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    bomb = (
        b'<?xml version="1.0"?><!--' + b"x" * 3_000_000 + b'--><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w/>'
    )
    path = with_part(book(tmp_path / "laughs.xlsx", [["No."], ["A"]]), "xl/workbook.xml", bomb)

    with pytest.raises(SourceError, match=r"laughs\.xlsx defines entities of its own"):
        shelf.sources.plan("contact", path)


def test_a_workbook_of_very_many_sheets_is_refused(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_SHEETS", 3)
    path = tmp_path / "many.xlsx"
    made = xlsxwriter.Workbook(path)
    for number in range(4):
        made.add_worksheet(f"s{number}").write_string(0, 0, "No.")
    made.close()

    with pytest.raises(SourceError, match=r"many\.xlsx has 4 sheets; 3 are the most\."):
        shelf.sources.plan("contact", path)


def test_formulas_give_their_value_and_those_without_one_give_their_row_back(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "formulas.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    for number, (contact_no, formula, value) in enumerate([("A", '=UPPER("x")', "X"), ("B", "=1/0", "#DIV/0!")], 1):
        sheet.write_string(number, 0, contact_no)
        sheet.write_formula(number, 1, formula, None, value)
    sheet.write_row(0, 0, ["No.", "Name"])
    made.close()
    raw = _parts(path)["xl/worksheets/sheet1.xml"]
    path = with_part(path, "xl/worksheets/sheet1.xml", raw.replace(b"<v>#DIV/0!</v>", b""))

    receipt = shelf.sources.load("contact", path)

    assert (receipt.new, receipt.rejected) == (1, 1)
    assert shelf.ask("SELECT contact_no, name FROM contact") == [("A", "X")]
    assert receipt.problems["row"].tolist() == [3]
    assert receipt.problems["reason"].tolist() == [
        "the formula in B3 was never computed: open the workbook in a spreadsheet and save it"
    ]  # fmt: skip


def test_numbers_that_lost_digits_are_problems_and_whole_ones_are_not(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "ids.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    for number, value in enumerate([123456789012345678, 123456789012345, 42], 1):
        sheet.write_number(number, 0, value)
    sheet.write_string(0, 0, "No.")
    made.close()

    receipt = shelf.sources.load("contact", path)

    assert shelf.ask("SELECT contact_no FROM contact ORDER BY 1") == [("123456789012345",), ("42",)]
    assert receipt.problems["reason"].tolist() == [
        "has more than 15 digits, and was kept as a number that loses the others"
    ]  # fmt: skip


def test_ids_kept_as_texts_keep_all_digits_zeros_and_emoji(shelf: Shelf, tmp_path: Path) -> None:
    path = book(tmp_path / "ids.xlsx", [["No.", "Name"], ["123456789012345678", "🦊"], ["000042", "=1+1"]])

    receipt = shelf.sources.load("contact", path)

    assert ("123456789012345678", "🦊") in shelf.ask("SELECT contact_no, name FROM contact")
    assert receipt.rejected == 1


def test_a_number_where_a_date_belongs_is_a_problem_and_dates_are_dates(people: Shelf, tmp_path: Path) -> None:
    rows = [["Contact No.", "Date", "Amount"], ["C1", dt.datetime(2024, 2, 29), 1], ["C2", 45351, 2]]  # noqa: DTZ001

    receipt = people.sources.load("sales_entry", book(tmp_path / "sales.xlsx", rows))

    assert (receipt.new, receipt.problems["value"].tolist()) == (1, ["45351"])
    assert people.ask("SELECT posted_at::DATE FROM sales_entry") == [(dt.date(2024, 2, 29),)]


def test_a_cell_at_the_end_of_the_sheet_is_no_reason_to_wait(shelf: Shelf, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active["A1"], made.active["A2"], made.active["A1048576"] = "No.", "A", "Z"
    made.save(tmp_path / "tall.xlsx")
    begun = time.perf_counter()

    assert shelf.sources.load("contact", tmp_path / "tall.xlsx").new == 2
    assert time.perf_counter() - begun < 30


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_workbook_cut_off_is_refused(shelf: Shelf, tmp_path: Path, share: float) -> None:
    path = book(tmp_path / "cut.xlsx", [["No."], *([f"C{n}"] for n in range(500))])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(SourceError, match=r"cut\.xlsx is not a workbook that can be read\."):
        shelf.sources.plan("contact", path)


@pytest.mark.parametrize(
    "content", [b"No.,Name\nA,a\n", b"<html><table></table></html>", b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18]
)
def test_what_only_calls_itself_a_workbook_is_refused(shelf: Shelf, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fake.xlsx"
    path.write_bytes(content)

    with pytest.raises(SourceError) as refused:
        shelf.sources.plan("contact", path)
    assert refused.value.message.startswith("fake.xlsx is ")
    assert refused.value.hint


def test_a_workbook_with_a_password_says_so(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    with pytest.raises(SourceError) as refused:
        shelf.sources.plan("contact", path)
    assert refused.value.message == "locked.xlsx is locked with a password or in the old .xls format."
    assert refused.value.hint == "Save it as .xlsx without a password."


@pytest.mark.parametrize("damage", ["end", "middle", "head"])
def test_a_damaged_parquet_file_is_refused(shelf: Shelf, tmp_path: Path, damage: str) -> None:
    made = io.BytesIO()
    pd.DataFrame({"No.": [f"C{n}" for n in range(5_000)]}).to_parquet(made)
    content = bytearray(made.getvalue())
    if damage == "end":
        del content[-200:]
    elif damage == "middle":
        content[50:5_000] = b"\xff" * 4_950
    else:
        del content[:500]
    path = tmp_path / "cut.parquet"
    path.write_bytes(content)

    with pytest.raises(SourceError, match=r"cut\.parquet (is not a Parquet file|cannot be read)"):
        shelf.sources.plan("contact", path)
