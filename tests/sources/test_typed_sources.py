"""Workbooks, Parquet files and frames bring their types along."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.sources.conftest import Shelf, at
from workbench.errors import SourceError


def workbook(path: Path, rows: list[list[object]], **formats: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    book.save(path)
    return path


def test_a_workbook_keeps_dates_and_writes_numbers_that_are_ids_without_a_point(people: Shelf, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "sales.xlsx",
        [
            ["contact_no", "document no", "item", "date", "amount", "quantity"],
            ["C1", 123, 7, at("2024-01-31 10:30"), 12.5, 1],
            ["C2", 123.0, "00042", dt.date(2024, 2, 1), "1,234.56", None],
            [None, None, None, None, None, None],
            ["C3", "A-1", 42, "01.03.2024", 3, 2],
        ],
        C2="00000",
    )

    receipt = people.sources.load("sales_entry", path, date_order="dmy")

    assert receipt.counts == {"rows": 3, "new": 3, "changed": 0, "unchanged": 0, "rejected": 0}
    assert people.ask(
        "SELECT document_no, item_no, posted_at, sales_amount, quantity FROM sales_entry ORDER BY entry_no"
    ) == [
        ("123", "00007", at("2024-01-31 10:30"), Decimal("12.5"), 1.0),
        ("123", "00042", at("2024-02-01"), Decimal("1234.56"), None),
        ("A-1", "42", at("2024-03-01"), Decimal(3), 2.0),
    ]


def test_the_first_sheet_is_read_unless_one_is_named(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "May"
    book.active.append(["contact_no"])
    book.active.append(["A"])
    second = book.create_sheet("June")
    second.append(["contact_no"])
    second.append(["B"])
    book.save(path)

    first = shelf.sources.load("contact", path)
    shelf.sources.load("contact", path, sheet="June")
    shelf.sources.load("contact", path, sheet=2)

    assert first.dialect.sheet == "May"
    assert first.notes == ('Read sheet "May"; the workbook also has June.',)
    assert shelf.ask("SELECT contact_no FROM contact ORDER BY 1") == [("A",), ("B",)]
    with pytest.raises(SourceError, match=r'book\.xlsx has no sheet "Jun"\. Did you mean "June"'):
        shelf.sources.plan("contact", path, sheet="Jun")


def test_a_title_above_the_headers_is_not_guessed_away(shelf: Shelf, tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["Report"], ["contact_no", "name"], ["A", "Ada"]])

    plan = shelf.sources.plan("contact", path, {"Report": "name"})
    receipt = shelf.sources.load("contact", path, header_row=2)

    assert plan.problems["reason"].tolist() == ["the row has 2 cells where the header has 1"] * 2
    assert receipt.new == 1
    with pytest.raises(SourceError, match='No column of the file goes to a field of contact: "Report"') as caught:
        shelf.sources.load("contact", path)
    assert "header_row" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "book.xlsx is locked with a password or in the old .xls format."),
        (b"not a workbook", "book.xlsx is not a workbook that can be read."),
        (b"", "book.xlsx is not a workbook that can be read."),
    ],
)
def test_a_workbook_that_cannot_be_opened_is_refused(
    shelf: Shelf, tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)

    with pytest.raises(SourceError) as caught:
        shelf.sources.plan("contact", path)
    assert caught.value.message == message
    assert caught.value.hint


def test_an_empty_sheet_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"The sheet of e\.xlsx is empty"):
        shelf.sources.plan("contact", workbook(tmp_path / "e.xlsx", []))


def test_parquet_types_are_used_as_they_are(people: Shelf, tmp_path: Path) -> None:
    people.setup.set("time_zone", "America/New_York")
    path = tmp_path / "sales.parquet"
    columns = {
        "sales_entry_no": pa.array([1, 2, 3], pa.uint32()),
        "contact_no": pa.array(["C1", "C2", "C3"]).dictionary_encode(),
        "posted_at": pa.array([at("2024-07-01 10:00")] * 3, pa.timestamp("ns")),
        "document_no": pa.array([40_128_000_000, None, 3], pa.int64()),
        "item_no": pa.array([1.0, None, 2.5]),
        "quantity": pa.array([1, 2, None], pa.int8()),
        "sales_amount": pa.array([Decimal("0.00005"), Decimal("-1.5"), None], pa.decimal128(10, 5)),
        "discount_amount": pa.array([0.1, float("nan"), None], pa.float32()),
        "is_gift": pa.array([True, None, False]),
        "on": pa.array([dt.date(2024, 1, 1)] * 3),
    }
    pq.write_table(pa.table(columns), path)

    receipt = people.sources.load("sales_entry", path, new_fields="add")

    assert receipt.rejected == 0
    assert [(field.field, field.type) for field in receipt.new_fields] == [("is_gift", "boolean"), ("on", "date")]
    when, day = at("2024-07-01 14:00"), dt.date(2024, 1, 1)
    assert people.ask(
        "SELECT sales_entry_no, posted_at, document_no, item_no, quantity, sales_amount, discount_amount, is_gift, "
        '"on" '
        "FROM sales_entry ORDER BY 1"
    ) == [
        ("1", when, "40128000000", "1", 1.0, Decimal("0.0001"), Decimal("0.1"), True, day),
        ("2", when, None, None, 2.0, Decimal("-1.5"), None, None, day),
        ("3", when, "3", "2.5", None, None, None, False, day),
    ]  # fmt: skip


def test_what_is_no_parquet_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1 but no more")

    with pytest.raises(SourceError, match=r"x\.parquet is not a Parquet file"):
        shelf.sources.plan("contact", path)


def test_frames_with_mixed_objects_are_taken_value_by_value(shelf: Shelf) -> None:
    frame = pd.DataFrame(
        {
            "contact_no": [1, "0002", 3.0, Decimal(4), np.int64(5)],
            "name": ["Ada", None, np.nan, pd.NA, 7],
            "is_minor": [True, None, False, "yes", 0],
            "mailing_group_codes": [["A"], ("B", "C"), None, [], "D;E"],
            "score": [1, 2.5, None, np.nan, 3],
            "born": [dt.date(1990, 1, 31), pd.Timestamp("1990-02-01"), None, pd.NaT, at("1990-03-01")],
            "seen": pd.to_datetime(["2024-01-01T00:00Z"] * 5),
            "kind": pd.Categorical(["a", "b", None, "a", "b"]),
        }
    ).astype({"contact_no": object, "name": object})

    receipt = shelf.sources.load("contact", frame, new_fields="add")

    assert receipt.problems.values.tolist() == []
    assert {field.field: field.type for field in receipt.new_fields} == {
        "score": "number", "born": "date", "seen": "timestamp", "kind": "text",
    }  # fmt: skip
    assert shelf.ask(
        "SELECT contact_no, name, is_minor, mailing_group_codes, score, born, seen, kind "
        "FROM contact ORDER BY contact_id"
    ) == [
        ("1", "Ada", True, ["A"], 1.0, dt.date(1990, 1, 31), at("2024-01-01"), "a"),
        ("0002", None, False, ["B", "C"], 2.5, dt.date(1990, 2, 1), at("2024-01-01"), "b"),
        ("3", None, False, None, None, None, at("2024-01-01"), None),
        ("4", None, True, None, None, None, at("2024-01-01"), "a"),
        ("5", "7", False, ["D", "E"], 3.0, dt.date(1990, 3, 1), at("2024-01-01"), "b"),
    ]


def test_rows_in_which_nothing_is_known_are_left_out(shelf: Shelf) -> None:
    frame = pd.DataFrame({"name": ["Ada", None, " ", "Bo"], "is_minor": [True, None, None, None]})
    frame["type"] = ["person", None, "", "robot"]

    receipt = shelf.sources.load("contact", frame)

    assert (receipt.rows, receipt.new) == (2, 1)
    assert receipt.problems["row"].tolist() == [5]


def test_typed_values_that_do_not_fit_are_problems(people: Shelf) -> None:
    frame = pd.DataFrame(
        {
            "contact_no": ["C1", "C2", "C3"],
            "posted_at": [20240131, 20241301, 20240131],
            "quantity": [1.0, 2.0, np.inf],
            "sales_amount": [1e14, 1.0, 2.0],
        }
    )

    receipt = people.sources.load("sales_entry", frame)

    assert receipt.problems[["row", "column", "value", "reason"]].values.tolist() == [
        [2, "sales_amount", "100000000000000", "is too large for an amount"],
        [3, "posted_at", "20241301", "is not a date (day, month, year)"],
        [4, "quantity", "inf", "is infinite"],
    ]


def test_the_same_frame_has_the_same_hash_and_another_one_has_not(shelf: Shelf) -> None:
    frame = pd.DataFrame({"name": ["Ada", "Bo"]})

    first, same, other = (shelf.sources.plan("contact", f).sha256 for f in (frame, frame.copy(), frame[::-1]))

    assert first == same != other


def test_what_is_neither_path_nor_frame_is_refused(shelf: Shelf) -> None:
    with pytest.raises(SourceError, match="A list cannot be loaded"):
        shelf.sources.plan("contact", [1, 2])  # type: ignore[arg-type]
