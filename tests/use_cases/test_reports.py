"""Printed reports, read back from their files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pymupdf
import pytest

import workbench as wb
from workbench.reports import LABEL_FORMATS, REMARKS, Report, Whom
from workbench.reports.printing.label_sheets import PADDING

DAY = dt.date(2026, 3, 31)
POINT = 25.4 / 72


@pytest.fixture(name="bench")
def shop() -> wb.Workbench:
    """A company with two people, and a person by herself who is blocked."""
    bench = wb.open(":memory:")
    load = bench.sources.load
    load("contact", pd.DataFrame({
        "contact_no": ["C10", "C11", "C12", "C90"],
        "type": ["company", "person", "person", "person"],
        "name": ["Žluťoučký Kůň", "Ann Lee", "Παύλος", "Иван"],
        "first_name": [None, "Ann", "Παύλος", None],
        "surname": [None, "Lee", None, "Иван"],
        "job_title": [None, "Buyer", None, None],
        "company_no": ["C10", "C10", "C10", None],
        "address": ["Dlouhá 15", "1 Main St", None, "Nevsky 1"],
        "city": ["Praha", "Salem", "Athens", "Petersburg"],
        "post_code": ["110 00", "97301", "104 32", "191186"],
        "county": [None, "OR", None, None],
        "country_code": ["CZ", "US", "GR", "RU"],
        "phone_no": ["+420 1", None, None, None],
        "email": ["info@kun.example", "ann@kun.example", None, None],
        "salutation_code": ["F", "F", None, "F"],
        "language_code": [None, "ENU", "ENU", "ENU"],
        "is_privacy_blocked": [False, False, False, True],
    }))  # fmt: skip
    load("interaction", pd.DataFrame({
        "interaction_no": ["I1", "I2", "I3", "I4", "I5"],
        "contact_no": ["C11", "C11", "C10", "C11", "C11"],
        "occurred_at": ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-04-01"],
        "description": ["First", "Canceled", "Of the company", "Postponed", "Later"],
        "cost_amount": [1.5, 10, 2, 20, 40],
        "duration_minutes": [10, 1, 5, 1, 1],
        "is_canceled": [False, True, False, False, False],
        "is_postponed": [False, False, False, True, False],
    }))  # fmt: skip
    load("opportunity", pd.DataFrame({
        "opportunity_no": ["O1", "O2"], "contact_no": ["C11", "C10"], "created_on": ["2026-01-01", "2026-05-01"],
        "estimated_amount": [100, 1], "calculated_amount": [50, 1],
    }))  # fmt: skip
    load("task", pd.DataFrame({
        "task_no": ["T1", "T2", "T3", "T4"], "contact_no": ["C11", "C11", "C10", "C12"],
        "dated_on": ["2026-04-09", "2026-04-02", "2026-04-05", "2026-04-01"],
        "description": ["Call", "Closed call", "Visit", "Canceled visit"],
        "is_closed": [False, True, False, False], "is_canceled": [False, False, False, True],
    }))  # fmt: skip
    load("alternative_address", pd.DataFrame({
        "contact_no": ["C10", "C10"], "address_code": ["SEA", "SKI"], "name": [None, "Kůň Ski"],
        "address": ["Pier 1", "Piste 1"], "city": ["Split", "Bormio"], "country_code": ["HR", "IT"],
    }))  # fmt: skip
    load("alternative_address_range", pd.DataFrame({
        "contact_no": ["C10", "C10"], "address_code": ["SEA", "SKI"],
        "starting_on": ["2026-01-01", "2026-02-01"], "ending_on": [None, "2026-02-28"],
    }))  # fmt: skip
    load("salutation_formula", pd.DataFrame({
        "salutation_code": ["F", "F"], "language_code": ["ENU", "ENU"], "salutation_type": ["formal", "informal"],
        "salutation": ["Dear %1 %2 %3,", "Hi %1"], "name_1": ["first_name"] * 2, "name_2": ["middle_name", None],
        "name_3": ["surname", None],
    }))  # fmt: skip
    with bench.database.writing() as con:
        con.execute("INSERT INTO setting VALUES ('default_country_code', 'CZ')")
    bench.segments.save({"name": "buyers", "steps": [{"add": {"field": "job_title", "op": "is", "value": "Buyer"}}]})
    return bench


def pages(bench: wb.Workbench, report: Report, folder: Path) -> list[str]:
    """The text of each page of a report."""
    return [page.get_text() for page in printed(bench, report, folder)]


def printed(bench: wb.Workbench, report: Report, folder: Path) -> Any:
    """A report as somebody else's program reads it."""
    path = folder / "report.pdf"
    bench.reports.write(report, path, overwrite=True)
    return pymupdf.open(path)


def corners(page: Any) -> list[tuple[float, float, str]]:
    """Each line of a page with the place where it begins, in millimetres from the upper left corner."""
    lines = [line for block in page.get_text("dict")["blocks"] for line in block["lines"]]
    origins = [(line["spans"][0]["origin"], "".join(span["text"] for span in line["spans"])) for line in lines]
    return [(round(x * POINT, 1), round(y * POINT, 1), text) for (x, y), text in origins]


class TestContactList:
    def test_a_company_counts_the_rows_of_its_people_and_a_person_only_her_own(self, bench: wb.Workbench) -> None:
        rows = bench.reports.contact_list(Whom(text="c1"), DAY).frame().set_index("contact_no")

        figures = rows[
            ["cost_amount", "duration_minutes", "opportunity_count", "estimated_amount", "calculated_amount"]
        ]
        assert figures.loc["C10"].tolist() == [3.5, 15, 1, 100, 50]
        assert figures.loc["C11"].tolist() == [1.5, 10, 1, 100, 50]
        assert figures.loc["C12"].tolist() == [0, 0, 0, 0, 0]
        assert [str(day)[:10] for day in rows["next_task_on"]] == ["2026-04-05", "2026-04-09", "NaT"]
        assert rows.loc["C10", ["type", "address", "city"]].tolist() == ["company", "Dlouhá 15", "Praha"]

    def test_is_printed_and_written_as_a_table(self, bench: wb.Workbench, tmp_path: Path) -> None:
        report = bench.reports.contact_list(["C11", "C10"], DAY)

        (page,) = pages(bench, report, tmp_path)
        assert page.index("Ann Lee") < page.index("Žluťoučký Kůň")
        assert "1 Main St, 97301 Salem, OR, US" in page
        written = bench.reports.write(report, tmp_path / "list.csv")
        assert pd.read_csv(written.path, dtype="str")["contact_no"].tolist() == ["C11", "C10"]
        assert (written.format, written.rows, written.pages) == ("csv", 2, None)
        assert bench.reports.write(report, tmp_path / "list.xlsx").path.is_file()
        assert "Contact list as of 2026-03-31" in report._repr_html_()


class TestSummaries:
    def test_a_company_shows_people_tasks_and_interactions(self, bench: wb.Workbench, tmp_path: Path) -> None:
        report = bench.reports.company_summary(Whom(), DAY)

        assert report.notes == ("Contacts left out because they are of the other type: 3.",)
        assert report.people["name"].tolist() == ["Ann Lee", "Παύλος"]
        assert report.tasks["description"].tolist() == ["Closed call", "Visit", "Call"]
        assert report.interactions["description"].tolist() == ["Of the company", "Canceled", "First"]
        frame = report.frame()
        assert frame["kind"].tolist() == ["company", *["person"] * 2, *["task"] * 3, *["interaction"] * 3]
        assert set(frame["company_no"]) == {"C10"}
        text = "".join(pages(bench, report, tmp_path))
        for told in ("C10 Žluťoučký Kůň", "+420 1 · info@kun.example", "Παύλος", "Closed call", "Of the company"):
            assert told in text
        assert "Postponed" not in text
        assert bench.reports.write(report, tmp_path / "summary.xlsx").rows == 9
        assert bench.privacy.exports("C12").frame()["format"].tolist() == ["xlsx", "pdf"]

    def test_a_person_shows_tasks_and_interactions_of_her_own(self, bench: wb.Workbench, tmp_path: Path) -> None:
        report = bench.reports.person_summary("buyers", DAY)

        assert report.people[["contact_no", "company_name"]].to_numpy().tolist() == [["C11", "Žluťoučký Kůň"]]
        assert report.interactions["description"].tolist() == ["Canceled", "First"]
        assert report.tasks["description"].tolist() == ["Closed call", "Call"]
        (page,) = pages(bench, report, tmp_path)
        assert "Buyer, Žluťoučký Kůň" in page
        assert report.segment_name == "buyers"
        assert bench.privacy.exports("C11").frame()["segment_name"].tolist() == ["buyers"]


class TestCoverSheets:
    def test_have_letter_head_addressee_salutation_remarks_and_text(self, bench: wb.Workbench, tmp_path: Path) -> None:
        report = bench.reports.cover_sheet(
            ["C11", "C12"], DAY, letter_head="Our Company\nStreet 1", remarks=["please_call"], text="Thank you.\nBye."
        )

        first, second = pages(bench, report, tmp_path)
        for told in ("Our Company", "1 Main St", "Salem, OR 97301", "UNITED STATES", "Dear Ann Lee,", "Bye."):
            assert told in first
        assert all(text in first for text in REMARKS.values())
        assert "Dear" not in second
        assert report.frame()["salutation"].tolist() == ["Dear Ann Lee,", ""]
        crossed = [len(page.get_drawings()) for page in printed(bench, report, tmp_path)]
        plain = printed(bench, bench.reports.cover_sheet(["C11"], DAY, letter_head="A"), tmp_path)
        assert crossed[0] == len(plain[0].get_drawings()) + 2

    def test_leave_out_who_is_blocked_and_say_so(self, bench: wb.Workbench) -> None:
        report = bench.reports.cover_sheet(Whom(), DAY)

        assert [sheet.contact_no for sheet in report.sheets] == ["C10", "C11", "C12"]
        assert report.notes == ("Contacts left out because they are privacy blocked: 1.",)

    def test_are_logged_when_that_is_asked_for(self, bench: wb.Workbench) -> None:
        bench.sources.load("interaction_template", pd.DataFrame({
            "interaction_template_code": ["COVERSH"], "interaction_group_code": ["LETTERS"], "unit_cost_amount": [2],
        }))  # fmt: skip
        given: dict[str, Any] = {"log": True, "interaction_template_code": "COVERSH"}
        planned = bench.reports.cover_sheet(["C12", "C90"], DAY, **given, dry_run=True)
        assert (planned.logged_count, planned.is_logged) == (1, False)
        done = bench.reports.cover_sheet(["C12", "C90"], DAY, **given)
        assert (done.logged_count, done.is_logged, done.sheets) == (1, True, planned.sheets)
        with bench.database.reading() as con:
            logged = con.execute(
                "SELECT contact_id, occurred_at, description, interaction_group_code, information_flow, cost_amount "
                "FROM interaction WHERE interaction_template_code = 'COVERSH'"
            ).fetchall()
        assert [(one, at.date(), *rest[:3], float(rest[3])) for one, at, *rest in logged] == [
            (3, DAY, "Cover sheet", "LETTERS", "outbound", 2.0)
        ]

    def test_refuse_what_does_not_exist(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.ConfigError, match='A cover sheet has no remark "please_cal"') as caught:
            bench.reports.cover_sheet(["C11"], DAY, remarks=["please_cal"])
        assert caught.value.hint == 'Did you mean "please_call"?'
        with pytest.raises(wb.NotFoundError, match="There is no interaction template"):
            bench.reports.cover_sheet(["C11"], DAY, log=True, interaction_template_code="X")
        with pytest.raises(wb.NotFoundError, match='There is no contact "C1"'):
            bench.reports.cover_sheet(["C1"], DAY)
        with pytest.raises(wb.NotFoundError, match="There is no saved segment"):
            bench.reports.cover_sheet("buyer", DAY)


class TestLabels:
    def test_use_the_address_that_holds_on_the_day(self, bench: wb.Workbench) -> None:
        def block(day: dt.date) -> list[str]:
            return bench.reports.labels(["C10"], day).frame()["block"].iloc[0].split("\n")  # type: ignore[no-any-return]

        assert block(dt.date(2025, 12, 31)) == ["Žluťoučký Kůň", "Dlouhá 15", "110 00 Praha"]
        assert block(dt.date(2026, 1, 1)) == ["Žluťoučký Kůň", "Pier 1", "Split", "CROATIA"]
        assert block(dt.date(2026, 2, 28)) == ["Kůň Ski", "Piste 1", "Bormio", "ITALY"]
        assert block(dt.date(2026, 3, 1)) == ["Žluťoučký Kůň", "Pier 1", "Split", "CROATIA"]

    def test_name_the_company_of_a_person(self, bench: wb.Workbench) -> None:
        rows = bench.reports.labels(["C11"], DAY).frame()

        assert rows["block"].tolist() == ["Žluťoučký Kůň\nAnn Lee\n1 Main St\nSalem, OR 97301\nUNITED STATES"]

    def test_leave_out_who_is_blocked_or_has_no_address(self, bench: wb.Workbench) -> None:
        report = bench.reports.labels(Whom(type="person"), DAY)

        assert report.frame()["contact_no"].tolist() == ["C11"]
        assert report.notes == (
            "Contacts left out because they are privacy blocked: 1.",
            "Contacts left out because street or city is unknown: 1.",
        )

    @pytest.mark.parametrize("name", list(LABEL_FORMATS))
    def test_stand_where_their_sheet_has_them(self, name: str, many: wb.Workbench, tmp_path: Path) -> None:
        sheet = LABEL_FORMATS[name]
        report = many.reports.labels(Whom(), DAY, name)
        document = printed(many, report, tmp_path)

        height, width = (int(part) for part in name.split("x"))
        assert (sheet.columns, sheet.per_sheet) == ({70: 3, 105: 2}[width], {70: 24, 105: 16}[width])
        assert len(document) == report.sheet_count == -(-50 // sheet.per_sheet)
        assert (round(document[0].rect.width * POINT), round(document[0].rect.height * POINT)) == (210, 297)
        firsts = [(x, y) for x, y, text in corners(document[0]) if text.startswith("Name")]
        assert len(firsts) == sheet.per_sheet
        top = (297 - 8 * height) / 2
        expected = [
            (column * width + PADDING, top + row * height + PADDING + 3.5)
            for row in range(8)
            for column in range(sheet.columns)
        ]
        assert np.array(sorted(firsts)) == pytest.approx(np.array(sorted(expected)), abs=0.05)
        for page in document:
            for x, y, _text in corners(page):
                assert (x % width) >= PADDING - 0.05
                assert PADDING <= (y - top) % height <= height - PADDING
        texts = [text for page in document for _x, _y, text in corners(page) if text.startswith("Name")]
        assert sorted(texts) == sorted(f"Name {number}" for number in range(50))

    def test_skip_those_that_are_used_up(self, many: wb.Workbench, tmp_path: Path) -> None:
        report = many.reports.labels(["C000", "C001"], DAY, "37x105", skip=15)

        first, second = printed(many, report, tmp_path)
        assert (corners(first)[0][0], corners(first)[0][2]) == (105 + PADDING, "Name 0")
        assert corners(second)[0][:2] == (PADDING, 0.5 + PADDING + 3.5)
        with pytest.raises(wb.ConfigError, match="16 labels cannot be skipped"):
            many.reports.labels(["C000"], DAY, "37x105", skip=16)
        with pytest.raises(wb.ConfigError, match='There is no label format "36x71"') as caught:
            many.reports.labels(["C000"], DAY, "36x71")
        assert caught.value.hint == 'Did you mean "36x70"?'

    def test_make_long_blocks_smaller_and_never_leave_their_label(self, bench: wb.Workbench, tmp_path: Path) -> None:
        with bench.database.writing() as con:
            con.execute("UPDATE contact SET name = ?, name_2 = ?, address_2 = 'Second floor' WHERE contact_no = 'C11'",
                        ["Maximiliana Featherstonehaugh of the International Department", "Unbroken" * 20])  # fmt: skip
        report = bench.reports.labels(["C11"], DAY)
        document = printed(bench, report, tmp_path)

        for block in document[0].get_text("dict")["blocks"]:
            for line in block["lines"]:
                left, top, right, bottom = (edge * POINT for edge in line["bbox"])
                assert left >= PADDING - 0.5
                assert right <= 70 - PADDING + 0.5
                assert 4.5 + 3 <= top < bottom <= 4.5 + 36 - 3
        written = bench.reports.write(report, tmp_path / "long.pdf")
        assert written.notes == ("Lines that were too long and were cut: 1.",)


@pytest.fixture(name="many")
def fifty() -> wb.Workbench:
    """Fifty contacts with an address."""
    bench = wb.open(":memory:")
    numbers = range(50)
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": [f"C{one:03}" for one in numbers], "name": [f"Name {one}" for one in numbers],
        "address": "Dlouhá 15", "city": "Praha", "post_code": "110 00", "country_code": "CZ",
    }))  # fmt: skip
    return bench


class TestFiles:
    def test_of_equal_reports_are_equal(self, bench: wb.Workbench, tmp_path: Path) -> None:
        digests = {
            bench.reports.write(bench.reports.labels(Whom(), DAY), tmp_path / f"{one}.pdf").sha256 for one in range(2)
        }

        assert len(digests) == 1
        assert pymupdf.open(tmp_path / "0.pdf").metadata["creationDate"].startswith("D:20260331")

    def test_say_what_the_font_lacks(self, bench: wb.Workbench, tmp_path: Path) -> None:
        with bench.database.writing() as con:
            con.execute("UPDATE contact SET name = 'Zoë 你好 €' WHERE contact_no = 'C11'")
            con.execute("UPDATE contact SET city = 'Cafe\u0301' WHERE contact_no = 'C11'")
        report = bench.reports.labels(["C11"], DAY)

        written = bench.reports.write(report, tmp_path / "zoe.pdf")

        assert written.notes == ("Characters that the font lacks, printed as question marks: 2.",)
        text = pymupdf.open(written.path)[0].get_text()
        assert "Zoë ?? €" in text
        assert "Café" in text

    def test_are_refused_where_they_cannot_be(self, bench: wb.Workbench, tmp_path: Path) -> None:
        labels = bench.reports.labels(["C11"], DAY)
        with pytest.raises(wb.ConfigError, match="which is how this report is printed"):
            bench.reports.write(labels, tmp_path / "labels.csv")
        with pytest.raises(wb.ExportError, match="There is nothing to print"):
            bench.reports.write(bench.reports.labels(["C90"], DAY), tmp_path / "none.pdf")
        bench.reports.write(labels, tmp_path / "labels.pdf")
        with pytest.raises(wb.ConflictError, match="exists already"):
            bench.reports.write(labels, tmp_path / "labels.pdf")

    def test_leave_nothing_when_they_are_cancelled(self, many: wb.Workbench, tmp_path: Path) -> None:
        told: list[tuple[int, int]] = []

        def progress(done: int, total: int) -> None:
            told.append((done, total))
            if done:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            many.reports.write(many.reports.labels(Whom(), DAY), tmp_path / "labels.pdf", progress=progress)
        assert told == [(0, 50), (24, 50)]
        assert list(tmp_path.iterdir()) == []
        assert many.privacy.exports("C000").frame().empty

    def test_are_noted_with_whom_they_hold(self, bench: wb.Workbench, tmp_path: Path) -> None:
        written = bench.reports.write(
            bench.reports.labels(Whom(), DAY), tmp_path / "labels.pdf", place="download: l.pdf"
        )

        (export,) = bench.privacy.exports("C11").frame().to_dict(orient="records")
        assert (export["place"], export["format"], export["sha256"]) == ("download: l.pdf", "pdf", written.sha256)
        assert bench.privacy.exports("C90").frame().empty


class TestQuestionnaires:
    def test_are_printed_with_a_box_for_each_answer(self, asked: wb.Workbench, tmp_path: Path) -> None:
        report = asked.reports.questionnaire_handout("Q", DAY)

        (page,) = printed(asked, report, tmp_path)
        text = page.get_text()
        for told in ("Hobbies", "Which?", "Chess", "Several answers are possible.", "Please choose one answer."):
            assert told in text
        assert sum(item["rect"].width < 12 for item in page.get_drawings() if item["rect"].height > 8) == 3

    def test_are_tested_on_paper(self, asked: wb.Workbench, tmp_path: Path) -> None:
        report = asked.reports.questionnaire_test(DAY)

        (page,) = pages(asked, report, tmp_path)
        assert "It has no answers." in page
        assert "Nothing is missing." in pages(asked, asked.reports.questionnaire_test(DAY, "E"), tmp_path)[0]


@pytest.fixture(name="asked")
def asking() -> wb.Workbench:
    """Two questionnaires, one of them empty."""
    bench = wb.open(":memory:")
    load = bench.sources.load
    load("questionnaire", pd.DataFrame({"questionnaire_code": ["Q", "E"], "description": ["Hobbies", "Empty"]}))
    load("questionnaire_line", pd.DataFrame({
        "questionnaire_code": ["Q"] * 6, "line_no": [10000, 20000, 30000, 40000, 50000, 60000],
        "type": ["question", "answer", "answer", "question", "answer", "question"],
        "description": ["Which?", "Chess", "Tea", "Often?", "Yes", "Why?"],
        "has_multiple_answers": [True, False, False, False, False, False],
    }))  # fmt: skip
    return bench
