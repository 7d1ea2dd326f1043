"""Text files that mean no good, or went wrong on the way: a clear sentence each, and no good row is lost."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from tests.sources.conftest import Shelf
from workbench.errors import SourceError


def written(folder: Path, content: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_lines_in_another_encoding_are_read_and_named(shelf: Shelf, tmp_path: Path) -> None:
    rows = "No.,Name\nA,Žofie\nB,Ünal\n".encode() + "C,Señor Núñez\n".encode("cp1252") + "D,Łukasz 🦊\n".encode()

    receipt = shelf.sources.load("contact", written(tmp_path, rows))

    assert [row[0] for row in shelf.ask("SELECT name FROM contact ORDER BY contact_no")] == [
        "Žofie", "Ünal", "Señor Núñez", "Łukasz 🦊",
    ]  # fmt: skip
    assert (receipt.dialect.encoding, receipt.rejected) == ("utf-8", 0)
    assert receipt.notes == (
        "1 line is not written in UTF-8 like the rest, the first being line 4; read there as Windows (cp1252).",
    )


def test_a_file_that_is_windows_throughout_is_no_mixture(shelf: Shelf, tmp_path: Path) -> None:
    receipt = shelf.sources.load("contact", written(tmp_path, "No.,Name\nA,Señor\nB,Núñez\n".encode("cp1252")))

    assert (receipt.dialect.encoding, receipt.notes) == ("cp1252", ())


def test_invisible_marks_and_no_break_blanks_around_values_are_nothing(shelf: Shelf, tmp_path: Path) -> None:
    text = "\ufeff\u200fNo.\u00a0,\u202aName\u202c\n\u200eA\u00a0,\u2067دانا\u2069\n\ufeffB,\u00a0Bo\u200b\n"

    shelf.sources.load("contact", written(tmp_path, text))

    assert shelf.ask("SELECT contact_no, name FROM contact ORDER BY 1") == [("A", "دانا"), ("B", "Bo")]


def test_amounts_with_no_break_blanks_are_numbers(people: Shelf, tmp_path: Path) -> None:
    text = "Contact No.;Date;Amount\nC1;31.01.2024;1\u00a0234,50\nC2;31.01.2024;1\u202f234,50\n"

    people.sources.load("sales_entry", written(tmp_path, text, "sales.csv"))

    assert people.ask("SELECT DISTINCT sales_amount::DOUBLE FROM sales_entry") == [(1234.5,)]


def test_ten_thousand_columns_are_refused_at_once(shelf: Shelf, tmp_path: Path) -> None:
    line = ",".join(f"column {n}" for n in range(10_000)) + "\n"
    path = written(tmp_path, line + ("," * 9_999 + "\n") * 50)
    begun = time.perf_counter()

    with pytest.raises(SourceError) as refused:
        shelf.sources.plan("contact", path)

    assert refused.value.message == "people.csv has 10,000 columns; 1,000 are the most that can be loaded."
    assert refused.value.hint == "Save the file with the columns that are needed."
    assert time.perf_counter() - begun < 5


def test_as_many_columns_as_can_be_are_planned_in_bounded_time(shelf: Shelf, tmp_path: Path) -> None:
    names = ["No.", *(f"answer {n}" for n in range(999))]
    begun = time.perf_counter()

    plan = shelf.sources.plan("contact", written(tmp_path, ",".join(names) + "\nA" + ",7" * 999 + "\n"))

    assert (plan.rows, len(plan.new_fields)) == (1, 999)
    assert time.perf_counter() - begun < 30


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_texts_that_spreadsheets_would_run_stay_texts(shelf: Shelf, tmp_path: Path, text: str) -> None:
    cell = '"' + text.replace('"', '""') + '"'

    shelf.sources.load("contact", written(tmp_path, f"No.,Name\nA,{cell}\n"))

    assert shelf.ask("SELECT name FROM contact") == [(text.strip(),)]


def test_ragged_rows_are_given_back_and_the_others_loaded(shelf: Shelf, tmp_path: Path) -> None:
    receipt = shelf.sources.load("contact", written(tmp_path, "No.,Name,City\nA,a,x\nB,b\nC,c,z,extra\nD,d,w\n"))

    assert receipt.counts == {"rows": 4, "new": 2, "changed": 0, "unchanged": 0, "rejected": 2}
    assert receipt.problems["reason"].tolist() == [
        "the row has 2 cells where the header has 3", "the row has 4 cells where the header has 3",
    ]  # fmt: skip


def test_a_stray_quotation_mark_costs_its_own_row_and_no_other(shelf: Shelf, tmp_path: Path) -> None:
    lines = [f"C{n:03},Name {n}" for n in range(100)]
    lines[10] = 'C010,"Name 10'
    lines[60] = 'C060,"Name 60'
    lines[80] = 'C080,"Name\n80"'

    receipt = shelf.sources.load("contact", written(tmp_path, "No.,Name\n" + "\n".join(lines) + "\n"))

    assert (receipt.rows, receipt.new, receipt.rejected) == (100, 98, 2)
    assert receipt.problems["row"].tolist() == [12, 62]
    assert receipt.problems["value"].tolist() == ["C010 | Name 10", "C060 | Name 60"]
    assert shelf.ask("SELECT name FROM contact WHERE contact_no = 'C080'") == [("Name\n80",)]


def test_stray_quotation_marks_in_every_row_end_in_bounded_time(shelf: Shelf, tmp_path: Path) -> None:
    begun = time.perf_counter()

    plan = shelf.sources.plan("contact", written(tmp_path, "No.,Name\n" + 'C,"x\n' * 20_001))

    assert (plan.rejected, plan.problems["row"].tolist()) == (1, [10_002])
    assert time.perf_counter() - begun < 20


def test_line_ends_of_all_kinds_end_rows(shelf: Shelf, tmp_path: Path) -> None:
    receipt = shelf.sources.load("contact", written(tmp_path, b"No.,Name\r\nA,a\nB,b\rC,c\r\n\r\n\nD,d"))

    assert (receipt.rows, receipt.new) == (4, 4)


def test_one_huge_cell_is_loaded_whole(shelf: Shelf, tmp_path: Path) -> None:
    letter = "long letter " * 1_000_000

    receipt = shelf.sources.load("contact", written(tmp_path, f'No.,Name\nA,"{letter}"\nB,b\n'))

    assert (receipt.new, receipt.rejected) == (2, 0)
    assert shelf.ask("SELECT length(name) FROM contact WHERE contact_no = 'A'") == [(len(letter) - 1,)]


def test_identifiers_keep_all_their_digits_and_zeros(shelf: Shelf, tmp_path: Path) -> None:
    shelf.sources.load(
        "contact", written(tmp_path, "No.,Post code\n000123456789012345678,007\n123456789012345678,1e5\n")
    )

    assert shelf.ask("SELECT contact_no, post_code FROM contact ORDER BY 1") == [
        ("000123456789012345678", "007"), ("123456789012345678", "1e5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04rest of a workbook", "a workbook or archive"),
        (gzip.compress(b"No.,Name\nA,a\n", mtime=0), "a compressed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked workbook"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b"%PDF-1.7", "a PDF"),
        (b"\n <!DOCTYPE html><table><tr><td>No.</td></tr></table>", "a web page (HTML or XML)"),
        (b"\xef\xbb\xbf<html><body>", "a web page (HTML or XML)"),
        (b'<?xml version="1.0"?><Workbook>', "a web page (HTML or XML)"),
    ],
)
def test_what_only_calls_itself_csv_is_told(shelf: Shelf, tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(SourceError) as refused:
        shelf.sources.plan("contact", written(tmp_path, content))
    assert refused.value.message == f"people.csv is not text but {what}."
    assert refused.value.hint


def test_dates_with_two_digits_of_the_year_are_of_the_nearer_century(people: Shelf, tmp_path: Path) -> None:
    rows = "Contact No.,Date,Amount\nC1,31.12.24,1\nC2,31.12.99,1\n"

    people.sources.load("sales_entry", written(tmp_path, rows, "sales.csv"))

    assert people.ask("SELECT year(posted_at) FROM sales_entry ORDER BY 1") == [(1999,), (2024,)]


def test_a_cell_beyond_every_date_is_a_problem_row(people: Shelf, tmp_path: Path) -> None:
    rows = "Contact No.,Date,Amount\nC1,2024-02-30,1\nC2,2024-02-29,1\nC3,45351,1\n"

    receipt = people.sources.load("sales_entry", written(tmp_path, rows, "sales.csv"))

    assert (receipt.new, receipt.problems["value"].tolist()) == (1, ["2024-02-30", "45351"])
