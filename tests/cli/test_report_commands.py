"""The commands that print."""

from __future__ import annotations

import pandas as pd
import pymupdf
import pytest

from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")
ADDRESSES = """\
No.,Address,Post Code
C1,Dlouhá 15,110 00
C2,Calle 1,28001
C5,Dlouhá 17,110 00
"""
QUESTIONS = """\
questionnaire_code,line_no,type,description
HOBBY,10000,question,Which hobbies?
HOBBY,20000,answer,Chess
HOBBY,30000,question,Why?
"""


@pytest.fixture
def office(own: Shell) -> Shell:
    """The shop with streets and a questionnaire."""
    made = [
        ("load", "contact", own.file("addresses.csv", ADDRESSES)),
        ("load", "questionnaire", own.file("hobby.csv", "questionnaire_code,description\nHOBBY,Hobbies\n")),
        ("load", "questionnaire_line", own.file("lines.csv", QUESTIONS)),
    ]
    for arguments in made:
        assert own.run(*arguments).code == 0
    return own


def test_labels_are_shown_and_printed(office: Shell) -> None:
    shown = office.run("report", "labels", *DAY, "--json").json
    assert [row["contact_no"] for row in shown["rows"]] == ["C1", "C2", "C5"]
    assert shown["notes"] == ["Contacts left out because street or city is unknown: 2."]
    done = office.run("report", "labels", "--contact", "C2", "--contact", "C1", "--out", "l.pdf", *DAY)
    assert done.out == "Labels in l.pdf, pages: 1.\n"
    text = pymupdf.open(office.folder / "l.pdf")[0].get_text()
    assert text.index("Ben") < text.index("Dlouhá 15")
    assert office.run("report", "labels", "--segment", "in-prague", "--out", "l.pdf", *DAY).complaint == (
        '"l.pdf" exists already.',
        "Choose another name, or allow it to be overwritten.",
    )
    more = ("--format", "37x105", "--skip", "15", "--overwrite", "--json")
    assert office.run("report", "labels", "--out", "l.pdf", *more, *DAY).json["pages"] == 2
    assert office.run("report", "labels", "--format", "1x1").complaint == (
        'There is no label format "1x1".',
        "Known: 36x105, 36x70, 37x105, 37x70.",
    )


def test_lists_and_summaries_are_shown_and_written(office: Shell) -> None:
    rows = office.run("report", "contact-list", "--type", "company", *DAY, "--json").json["rows"]
    assert [(row["contact_no"], row["address"]) for row in rows] == [("C5", "Dlouhá 17")]
    assert office.run("report", "contact-list", "--text", "ben", *DAY).out.startswith("Contact list as of 2024-12-31")
    assert office.run("report", "contact-list", "--out", "list.csv", *DAY).out == "Contact list in list.csv, rows: 5.\n"
    assert len(pd.read_csv(office.folder / "list.csv")) == 5
    person = office.run("report", "person-summary", "--contact", "C1", *DAY, "--json").json["rows"]
    assert [row["kind"] for row in person] == ["person", "interaction", "interaction"]
    company = office.run("report", "company-summary", "--out", "company.pdf", *DAY)
    assert company.out == "Company summary in company.pdf, pages: 1.\n"
    held = office.run("privacy", "exports", "C5", "--json").json
    assert [export["format"] for export in held] == ["pdf", "csv"]


def test_cover_sheets_are_printed_and_logged(office: Shell) -> None:
    head = office.file("head.txt", "Our Company\nStreet 1\n")
    given = ("--contact", "C1", "--remark", "please_call", "--message", "Thank you.", "--letter-head", head)
    dry = office.run("report", "cover-sheet", *given, "--log", "--dry-run", *DAY)
    assert dry.out.splitlines()[-1] == "Interactions that would be logged: 1"
    done = office.run("report", "cover-sheet", *given, "--log", "--out", "c.pdf", *DAY)
    assert done.out.splitlines() == ["Cover sheet in c.pdf, pages: 1.", "Interactions logged: 1"]
    text = pymupdf.open(office.folder / "c.pdf")[0].get_text()
    assert all(told in text for told in ("Our Company", "Ana", "Please call", "Thank you."))
    timeline = office.run("contact", "show", "C1", *DAY, "--json").json["timeline"]
    assert timeline[0]["description"] == "Cover sheet"


def test_questionnaires_are_printed_and_tested(office: Shell) -> None:
    done = office.run("report", "questionnaire-handout", "HOBBY", "--out", "h.pdf", *DAY)
    assert done.out == "Questionnaire in h.pdf, pages: 1.\n"
    assert "Chess" in pymupdf.open(office.folder / "h.pdf")[0].get_text()
    warnings = office.run("report", "questionnaire-test", "--json", *DAY).json["rows"]
    assert [(row["line_no"], row["warning"]) for row in warnings] == [(30000, "It has no answers.")]


def test_whom_a_report_is_about_is_said_once(office: Shell) -> None:
    assert office.run("report", "labels", "--contact", "C1", "--segment", "in-prague").complaint == (
        "Contacts and a segment are both named.",
        "Name the ones or the other.",
    )
    assert office.run("report", "labels", "--type", "dog").complaint == (
        '"dog" is no type of contact.',
        "Use person or company.",
    )
    assert office.run("report", "labels", "--contact", "C1", "--text", "x").complaint[0].startswith("A text filters")


def test_the_lines_of_a_worksheet_are_listed_and_get_labels(office: Shell) -> None:
    office.run("worksheet", "create", "--set", "description=Winter", *DAY)
    for contact_no in ("C2", "C1", "C2"):
        office.run("worksheet", "add-line", "SM00001", contact_no, *DAY)
    listed = office.run("report", "segment-contacts", "SM00001", *DAY, "--json").json["rows"]
    assert [(row["contact_no"], row["interaction_count"]) for row in listed] == [("C1", 2), ("C2", 0), ("C2", 0)]
    labels = office.run("report", "labels", "--worksheet", "SM00001", *DAY, "--json").json["rows"]
    assert [row["contact_no"] for row in labels] == ["C2", "C1", "C2"]
    sheets = office.run("report", "cover-sheet", "--worksheet", "SM00001", "--log", "--dry-run", *DAY)
    assert sheets.out.splitlines()[-1] == "Interactions that would be logged: 3"
    both = office.run("report", "labels", "--worksheet", "SM00001", "--contact", "C1", *DAY)
    assert both.complaint == ("A worksheet and other contacts are both named.", "Name the ones or the other.")


def test_tasks_and_opportunities_are_listed(office: Shell) -> None:
    office.run("setup", "code", "salesperson", "JO", "--set", "name=John")
    task = ("--set", "description=Call", "--set", "salesperson_code=JO", "--set", "contact_no=C1")
    assert office.run("task", "new", *task, *DAY).code == 0
    deals = "opportunity_no,contact_no,status,salesperson_code,created_on\nO1,C1,won,JO,2024-01-02\n"
    assert office.run("load", "opportunity", office.file("deals.csv", deals)).code == 0
    shown = office.run("report", "salesperson-tasks", "JO", "--state", "open", "--json", *DAY).json["rows"]
    assert [(row["salesperson_name"], row["description"]) for row in shown] == [("John", "Call")]
    assert office.run("report", "team-tasks", "--since", "2024-01-01", "--json", *DAY).json["rows"] == []
    listed = office.run("report", "opportunity-list", "--state", "closed", "--salesperson", "JO", "--json", *DAY).json
    assert [(row["opportunity_no"], row["contact_name"]) for row in listed["rows"]] == [("O1", "Ana")]
    done = office.run("report", "salesperson-opportunities", "--out", "o.pdf", *DAY)
    assert done.out == "Salesperson opportunities in o.pdf, pages: 1.\n"
    assert office.run("report", "opportunity-details", "O1", "--json", *DAY).json["rows"][0]["kind"] == "opportunity"
    assert office.run("report", "sales-cycle-analysis", "--json", *DAY).json["notes"] == [
        "Opportunities left out because no step through a sales cycle is known: 1."
    ]
    assert office.run("report", "opportunity-list", "--state", "late").complaint == (
        'Opportunities cannot be listed by "late".',
        "Choose one of: all, open, closed, not_started, in_progress, won, lost.",
    )
