"""Rejected rows come back in the format they came in, and go in when they are corrected."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.sources.conftest import Shelf, at
from workbench.errors import SourceError


def test_a_text_file_comes_back_in_its_dialect_and_can_be_corrected(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('no;name;type\n1;Ada;person\n2;"Müller; Zoë";robot\n3;short\n', encoding="cp1252")

    rejects = shelf.sources.load("contact", path).write_rejects(tmp_path / "rejects.csv")

    text = rejects.read_bytes().decode("cp1252")
    assert text.splitlines() == [
        "no;name;type;problem",
        '2;"Müller; Zoë";robot;type is none of person, company',
        "3;short;the row has 2 cells where the header has 3",
    ]
    again = shelf.sources.load("contact", rejects)
    assert (again.rejected, again.dialect.delimiter) == (2, ";")
    rejects.write_text(text.replace("robot", "person").replace("3;short;", "3;short;person;"), encoding="cp1252")
    corrected = shelf.sources.load("contact", rejects)
    assert (corrected.new, corrected.rejected) == (2, 0)
    assert "problem" not in corrected.mapping
    assert shelf.ask("SELECT contact_no, name FROM contact ORDER BY 1") == [
        ("1", "Ada"), ("2", "Müller; Zoë"), ("3", "short"),
    ]  # fmt: skip


def test_a_second_round_replaces_the_reason(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("no,type,problem\n2,robot,old reason\n3\n4,x\n", encoding="utf-8")

    rejects = shelf.sources.load("contact", path).write_rejects(tmp_path / "rejects.csv")

    assert rejects.read_text(encoding="utf-8").splitlines()[:2] == [
        "no,type,problem", '2,robot,"type is none of person, company"',
    ]  # fmt: skip


def test_a_workbook_comes_back_with_its_types(people: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "sales.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["contact_no", "date", "amount", "item"],
        ["C1", at("2024-01-31 10:00"), 1, "x"],
        ["C9", at("2024-01-31 10:00"), 12.5, "=SUM(A1)"],
    ):
        book.active.append(row)
    book.active["D3"].data_type = "s"
    book.save(path)

    rejects = people.sources.load("sales_entry", path).write_rejects(tmp_path / "rejects.xlsx")

    sheet = openpyxl.load_workbook(rejects).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["contact_no", "date", "amount", "item", "problem"],
        ["C9", at("2024-01-31 10:00"), 12.5, "=SUM(A1)", "contact_no no contact has this contact_no"],
    ]
    assert sheet["D2"].data_type == "s"
    assert people.sources.plan("sales_entry", rejects).rejected == 1


def test_parquet_comes_back_as_parquet(people: Shelf, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"contact_no": ["C1", "C9"], "posted_at": pd.to_datetime(["2024-01-31"] * 2), "quantity": [1, 2]}
    )
    frame.to_parquet(tmp_path / "sales.parquet")

    rejects = people.sources.load("sales_entry", tmp_path / "sales.parquet").write_rejects(tmp_path / "r.parquet")

    table = pq.read_table(rejects)
    assert table.column_names == ["contact_no", "posted_at", "quantity", "problem"]
    assert table.to_pylist()[0]["problem"] == "contact_no no contact has this contact_no"
    assert table.schema.field("quantity").type == "int64"


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_rows_of_a_frame_take_the_format_one_asks_for(shelf: Shelf, tmp_path: Path, ending: str) -> None:
    frame = pd.DataFrame({"contact_no": ["1", "2"], "type": ["robot", "person"]})

    rejects = shelf.sources.load("contact", frame).write_rejects(tmp_path / f"rejects{ending}")

    assert shelf.sources.plan("contact", rejects).rejected == 1


def test_another_format_than_the_files_own_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    frame = pd.DataFrame({"type": ["robot"]})
    plan = shelf.sources.plan("contact", frame)

    with pytest.raises(SourceError, match=r'cannot be written to "x\.pdf"\. End the name with \.csv or \.xlsx'):
        plan.write_rejects(tmp_path / "x.pdf")
    with pytest.raises(SourceError, match="cannot be written"):
        plan.write_rejects(tmp_path / "nowhere" / "x.csv")


def test_a_plan_shows_itself(shelf: Shelf, tmp_path: Path) -> None:
    plan = shelf.sources.plan("contact", pd.DataFrame({"type": ["<b>robot"], "x&y": ["1"]}))

    assert plan.frame().values.tolist() == [["type", "type", "text", False, ""]]
    assert "frame to contact: 1 rows" in plan._repr_html_()
    assert "&lt;b&gt;robot" in plan._repr_html_()
    assert "<b>robot" not in plan._repr_html_()
    assert plan.summary()["rejected"] == 1
