"""Any text at all comes out of the file as it went in, read by readers that are not ours."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from pipelines.schema import CONTACT, Column, FieldType
from tests.exporting.single import exported

NAME, MANY = CONTACT.column("name"), CONTACT.column("mailing_group_codes")
NUMBER = Column("score", FieldType.NUMBER, "score")
AMOUNT = Column("spend_amount", FieldType.AMOUNT, "spend")

hostile = st.text() | st.text("'\"=+-@,;\r\n\t <>&_x0041[]\\\x00\x0b", max_size=10)
columns_of_text = st.lists(hostile, min_size=1, max_size=8)
# What sheets refuse: see the tests of workbooks.
refused = re.compile(r"<r>.*</r>|_x[0-9A-Fa-f]{4}(_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f])|[\ufffe\uffff]", re.DOTALL)
sheet_text = hostile.filter(lambda text: not refused.search(text))
ending = st.sampled_from(["csv", "xlsx", "parquet"])
few = settings(max_examples=60, deadline=None)


@few
@given(columns_of_text, st.sampled_from([("csv", ","), ("excel_csv", ";")]))
def test_text_survives_delimited_files(texts: list[str], kind: tuple[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = exported(texts, NAME, Path(folder, "a.csv"), format=kind[0], locale="de")
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = [line[0] for line in csv.reader(file, delimiter=kind[1])][1:]
    assert [text if text == cell else f"'{text}" for text, cell in zip(texts, found, strict=True)] == found


@few
@given(st.lists(sheet_text, min_size=1, max_size=8))
def test_text_survives_workbooks(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = exported(texts, NAME, Path(folder, "a.xlsx"))
        rows = list(openpyxl.load_workbook(path)["export"].iter_rows(min_row=2, values_only=True))
    assert [unescape(str(row[0] or "")) for row in rows] == texts


@few
@given(st.lists(st.lists(sheet_text, max_size=3), min_size=1, max_size=5), ending)
def test_lists_survive_every_format(lists: list[list[str]], ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        exported(lists, MANY, Path(folder, f"a.{ending}"))


@few
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_numbers_survive_text(numbers: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = exported(numbers, NUMBER, Path(folder, "a.csv")).read_text().splitlines()
    assert [float(line) for line in lines[1:]] == numbers


@few
@given(st.lists(st.floats(-9.99e307, 9.99e307), min_size=1))
def test_numbers_survive_sheets_to_fifteen_digits(numbers: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = exported(numbers, NUMBER, Path(folder, "a.xlsx"))
        rows = list(openpyxl.load_workbook(path)["export"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == pytest.approx(numbers, rel=1e-15, abs=0)


@few
@given(st.lists(st.decimals(-(10**9), 10**9, places=4), min_size=1), ending)
def test_amounts_are_exact_in_every_format(amounts: list[object], ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = exported(amounts, AMOUNT, Path(folder, f"a.{ending}"))
        if ending == "parquet":
            assert pq.read_table(path)["spend_amount"].to_pylist() == amounts
