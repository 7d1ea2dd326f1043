"""Text files of every dialect come out the same; what is wrong with a row is said, never raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.conftest import Shelf
from workbench.errors import SourceError

ROWS = 'contact_no,name,city\nC1,"Müller, Zoë",Köln\nC2,Ørsted,Århus\n'


def written(folder: Path, content: str | bytes, name: str = "people.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(shelf: Shelf, tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = ROWS.replace(",", delimiter).replace(f"Müller{delimiter}", "Müller,")
    path = written(tmp_path, text, encoding=encoding)

    receipt = shelf.sources.load("contact", path)

    assert receipt.counts == {"rows": 2, "new": 2, "changed": 0, "unchanged": 0, "rejected": 0}
    assert receipt.dialect.delimiter == delimiter
    assert shelf.ask("SELECT contact_no, name, city FROM contact ORDER BY 1") == [
        ("C1", "Müller, Zoë", "Köln"),
        ("C2", "Ørsted", "Århus"),
    ]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Dvořáková Věra přišla včera z Žižkova a Řehoř Šťastný odešel do Děčína"),
        ("cp1251", "Иванов Иван Иванович живёт в городе Москве на Тверской улице"),
        ("shift_jis", "山田太郎は東京都千代田区に住んでいます。電話番号は知りません。"),
    ],
)
def test_other_alphabets_are_found(shelf: Shelf, tmp_path: Path, encoding: str, text: str) -> None:
    path = written(tmp_path, f"contact_no,name\nC1,{text}\n", encoding=encoding)

    shelf.sources.load("contact", path)

    assert shelf.ask("SELECT name FROM contact") == [(text,)]


def test_a_given_encoding_wins(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path, "contact_no,name\nC1,Łódź\n", encoding="cp1250")

    shelf.sources.load("contact", path, encoding="cp1250")

    assert shelf.ask("SELECT name FROM contact") == [("Łódź",)]


def test_a_wrong_encoding_is_refused_with_the_place(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS, encoding="cp1252")

    with pytest.raises(SourceError, match=r"people.csv is not written in utf-8: byte \d+ cannot be read") as caught:
        shelf.sources.plan("contact", path, encoding="utf-8")
    assert 'encoding="cp1252"' in caught.value.hint
    with pytest.raises(SourceError, match='There is no encoding "klingon"'):
        shelf.sources.plan("contact", path, encoding="klingon")


def test_quoted_line_ends_stay_and_rows_are_numbered_as_in_a_spreadsheet(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path, 'contact_no,address,type\nC1,"Main St 1\nFloor 2",person\n\n,,\nC2,here,robot\nC3\n')

    receipt = shelf.sources.load("contact", path)

    assert receipt.counts == {"rows": 3, "new": 1, "changed": 0, "unchanged": 0, "rejected": 2}
    assert shelf.ask("SELECT address FROM contact") == [("Main St 1\nFloor 2",)]
    assert receipt.problems.values.tolist() == [
        [5, "type", "robot", "is none of person, company"],
        [6, "", "C3", "the row has 1 cells where the header has 3"],
    ]


def test_identifiers_that_look_like_numbers_or_nothing_stay_text(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path, "contact_no,name,post_code\n00123,NA,01234\n1e5,null,\n12345678901234567890,  , 7 \n")

    shelf.sources.load("contact", path)

    assert shelf.ask("SELECT contact_no, name, post_code FROM contact ORDER BY contact_id") == [
        ("00123", "NA", "01234"),
        ("1e5", "null", None),
        ("12345678901234567890", None, "7"),
    ]


def test_nul_characters_make_a_problem_row(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path, "contact_no,name\nC1,A\0da\nC2,Bo\n")

    receipt = shelf.sources.load("contact", path)

    assert (receipt.new, receipt.rejected) == (1, 1)
    assert receipt.problems["reason"].tolist() == ["contains a NUL character"]


def test_a_header_alone_is_a_file_without_rows(shelf: Shelf, tmp_path: Path) -> None:
    receipt = shelf.sources.load("contact", written(tmp_path, "contact_no,name\n"))

    assert receipt.counts == {"rows": 0, "new": 0, "changed": 0, "unchanged": 0, "rejected": 0}
    assert receipt.load_no is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "people.csv is empty."),
        ("\n\n  \n".replace("  ", ""), "people.csv has no header row."),
        ("no,name,NAME,name\n", 'The header "name" stands twice in people.csv: columns 2 and 4.'),
        (b"\0" * 8, "The headers of people.csv contain NUL characters."),
        (b"PK\x03\x04rest of a workbook", "people.csv is not text but a workbook or archive."),
    ],
)
def test_a_file_without_usable_headers_is_refused(
    shelf: Shelf, tmp_path: Path, content: str | bytes, message: str
) -> None:
    with pytest.raises(SourceError) as caught:
        shelf.sources.plan("contact", written(tmp_path, content))
    assert caught.value.message == message
    assert caught.value.hint


def test_wrong_paths_are_refused_with_the_nearest_file(shelf: Shelf, tmp_path: Path) -> None:
    written(tmp_path, ROWS)
    with pytest.raises(SourceError, match=r'There is no file .*peple.csv. Did you mean "people.csv"\?'):
        shelf.sources.plan("contact", tmp_path / "peple.csv")
    with pytest.raises(SourceError, match=r"is a folder"):
        shelf.sources.plan("contact", tmp_path)
    with pytest.raises(SourceError, match=r'Files ending in ".pdf" cannot be loaded: people.pdf.'):
        shelf.sources.plan("contact", written(tmp_path, ROWS, "people.pdf"))


def test_a_semicolon_named_in_the_first_line_is_used(shelf: Shelf, tmp_path: Path) -> None:
    receipt = shelf.sources.load("contact", written(tmp_path, "sep=;\r\ncontact_no;name\r\nC1;a,b,c\r\n"))

    assert receipt.dialect.delimiter == ";"
    assert shelf.ask("SELECT name FROM contact") == [("a,b,c",)]


def test_headers_may_stand_further_down(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path, "Report of May\n\ncontact_no,name\nC1,Ada\n")

    receipt = shelf.sources.load("contact", path, header_row=3, delimiter=",")

    assert receipt.new == 1


def test_an_unknown_option_is_refused_with_the_nearest(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r'no option "delimter" for loading\. Did you mean "delimiter"'):
        shelf.sources.plan("contact", written(tmp_path, ROWS), delimter=";")


def test_a_quotation_mark_that_is_never_closed_makes_one_problem_row(shelf: Shelf, tmp_path: Path) -> None:
    receipt = shelf.sources.load("contact", written(tmp_path, 'contact_no,name\nC1,Ada\nC2,"Bo\nC3,Cy\n'))

    assert (receipt.new, receipt.rejected) == (2, 1)
    assert receipt.problems["row"][0] == 3
    assert "never closed" in receipt.problems["reason"][0]
