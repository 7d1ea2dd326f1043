"""Where columns went is remembered for the next file with the same headers."""

from __future__ import annotations

from pathlib import Path

from tests.sources.conftest import Shelf
from workbench.sources.remembered import fingerprint


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_what_a_person_said_is_used_for_the_next_file_with_these_headers(shelf: Shelf, tmp_path: Path) -> None:
    first = written(tmp_path / "may.csv", "No.,Nick,Junk\nA,Addie,1\n")
    shelf.sources.load("contact", first, {"Nick": "name_2", "Junk": ""})

    plan = shelf.sources.plan("contact", written(tmp_path / "june.csv", "Junk,NO.,nick\n2,B,Bee\n"))

    assert plan.is_remembered
    assert plan.mapping == {"NO.": "contact_no", "nick": "name_2"}
    assert (plan.ignored, plan.questions) == (("Junk",), ())
    assert plan.notes == ("Columns go where those of the last file with these headers went.",)


def test_fields_that_were_added_are_remembered_with_their_type(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "No.,Shoe\nA,44\n")
    shelf.sources.load("contact", path, {"Shoe": "shoe_size:text"})

    assert shelf.sources.plan("contact", path).mapping == {"No.": "contact_no", "Shoe": "shoe_size"}


def test_what_a_person_says_goes_before_what_is_remembered(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "No.,Nick\nA,Addie\n")
    shelf.sources.load("contact", path, {"Nick": "name_2"})

    assert shelf.sources.plan("contact", path, {"Nick": "initials"}).mapping["Nick"] == "initials"


def test_nothing_is_remembered_when_nobody_said_anything(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "No.,City\nA,Brno\n")
    shelf.sources.load("contact", path)

    assert shelf.ask("SELECT count(*) FROM load_mapping") == [(0,)]
    assert not shelf.sources.plan("contact", path).is_remembered


def test_a_mapping_is_forgotten_on_request(shelf: Shelf, tmp_path: Path) -> None:
    shelf.sources.load("contact", written(tmp_path / "a.csv", "No.,Nick\nA,Addie\n"), {"Nick": "name_2"})
    again = written(tmp_path / "b.csv", "No.,Nick\nB,Bee\n")

    plan = shelf.sources.plan("contact", again, remember=False)
    shelf.sources.load("contact", again, {"Nick": "initials"}, remember=False)

    assert (plan.is_remembered, len(plan.questions)) == (False, 1)
    assert shelf.ask("SELECT count(*) FROM load_mapping") == [(0,)]


def test_a_remembered_field_that_is_gone_is_asked_about(shelf: Shelf, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "No.,Nick\nA,Addie\n")
    shelf.sources.load("contact", path, {"Nick": "name_2"})
    with shelf.database.writing() as con:
        con.execute("""UPDATE load_mapping SET mapping = '{"No.": "contact_no", "Nick": "gone"}'""")

    assert len(shelf.sources.plan("contact", path).questions) == 1


def test_headers_are_the_same_whatever_their_order_case_and_blanks() -> None:
    assert fingerprint(["No.", "E-Mail"]) == fingerprint(["e mail", "NO"])
    assert fingerprint(["No."]) != fingerprint(["No.", "City"])
