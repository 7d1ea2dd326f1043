"""Reports on the lines of a worksheet: 5063 contacts, 5064 cover sheets, 5065 labels."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pymupdf
import pytest

import workbench as wb
from workbench.errors import NotFoundError
from workbench.reports import OnWorksheet, Report

DAY = dt.date(2026, 3, 31)
SHEET = OnWorksheet("SM00001")


@pytest.fixture(name="bench", scope="module")
def shop() -> wb.Workbench:
    """A company and its two people on a worksheet, one of them twice; nobody writes but what logs cover sheets."""
    bench = wb.open(":memory:")
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": ["C1", "P1", "P2"], "type": ["company", "person", "person"],
        "name": ["Adatum", "Ann Lee", "Bob Ray"], "company_no": ["C1"] * 3, "address": ["Ring 1", "Quay 2", None],
        "city": ["Brno", "Ostrava", None], "currency_code": ["CZK", None, None],
        "salesperson_code": ["PS", "JO", None], "is_privacy_blocked": [False, False, True],
    }))  # fmt: skip
    bench.sources.load("interaction", pd.DataFrame({
        "interaction_no": ["I1", "I2", "I3"], "contact_no": ["P1", "C1", "P1"],
        "occurred_at": ["2026-03-01", "2026-03-02", "2026-04-02"], "cost_amount": ["2.5", "1", "9"],
    }))  # fmt: skip
    bench.sources.load("opportunity", pd.DataFrame({
        "opportunity_no": ["O1"], "contact_no": ["P1"], "created_on": ["2026-02-01"], "estimated_amount": ["100"],
    }))  # fmt: skip
    bench.sources.load("alternative_address", pd.DataFrame({
        "contact_no": ["P1"], "address_code": ["SEA"], "address": ["Pier 9"], "city": ["Split"],
    }))  # fmt: skip
    bench.sources.load("alternative_address_range", pd.DataFrame({
        "contact_no": ["P1"], "address_code": ["SEA"], "starting_on": ["2026-07-01"], "ending_on": ["2026-08-31"],
    }))  # fmt: skip
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["CP1"], "description": ["Spring"]}))
    bench.sources.load("interaction_template", pd.DataFrame({
        "interaction_template_code": ["COVER"], "unit_cost_amount": ["0.5"], "correspondence_type": ["hard_copy"],
    }))  # fmt: skip
    sheet = bench.worksheets.create(DAY, description="Spring letter", campaign_no="CP1")
    for contact_no in ("P1", "C1", "P2"):
        bench.worksheets.add_line(sheet.worksheet_no, contact_no, DAY)
    bench.worksheets.change(sheet.worksheet_no, update_lines=False, dated_on="2026-07-15")
    bench.worksheets.add_line(sheet.worksheet_no, "P1", DAY)
    return bench


def text_of(bench: wb.Workbench, report: Report, folder: Path) -> str:
    path = folder / "report.pdf"
    bench.reports.write(report, path, overwrite=True)
    document: Any = pymupdf.open(path)
    return "".join(page.get_text() for page in document)


def test_segment_contacts_count_people_for_their_company(bench: wb.Workbench, tmp_path: Path) -> None:
    report = bench.reports.segment_contacts("SM00001", DAY)
    rows = report.frame()
    assert rows["contact_no"].tolist() == ["C1", "P1", "P1", "P2"]
    figures = rows[["interaction_count", "cost_amount", "opportunity_count", "estimated_amount"]]
    assert figures.to_numpy().tolist() == [[2, 3.5, 1, 100], [1, 2.5, 1, 100], [1, 2.5, 1, 100], [0, 0, 0, 0]]
    assert (rows["currency_code"].iloc[0], rows["salesperson_code"].iloc[1]) == ("CZK", "JO")
    printed = text_of(bench, report, tmp_path)
    assert "Segment contacts" in printed
    assert "SM00001 Spring letter" in printed
    table = bench.reports.write(report, tmp_path / "contacts.csv")
    assert (table.rows, sorted(set(report.contact_ids))) == (4, [1, 2, 3])


def test_labels_are_those_of_the_lines_with_the_addresses_that_lines_name(bench: wb.Workbench) -> None:
    labels = bench.reports.labels(SHEET, DAY)
    assert labels.rows["block"].tolist() == [
        "Adatum\nAnn Lee\nQuay 2\nOstrava", "Adatum\nRing 1\nBrno", "Adatum\nAnn Lee\nPier 9\nSplit",
    ]  # fmt: skip
    assert labels.notes == ("Contacts left out because they are privacy blocked: 1.",)


def test_cover_sheets_are_logged_for_the_campaign_of_the_worksheet(bench: wb.Workbench) -> None:
    planned = bench.reports.cover_sheet(SHEET, DAY, log=True, interaction_template_code="COVER", dry_run=True)
    written = bench.reports.cover_sheet(SHEET, DAY, log=True, interaction_template_code="COVER")
    assert (planned.logged_count, planned.is_logged, written.logged_count, written.is_logged) == (3, False, 3, True)
    with bench.database.reading() as con:
        rows = con.execute(
            "SELECT c.contact_no, i.campaign_no, e.document_type, i.cost_amount::DOUBLE, i.salesperson_code "
            "FROM interaction i JOIN contact c USING (contact_id) JOIN campaign_entry e USING (campaign_entry_no) "
            "WHERE i.document_type = 'cover_sheet' ORDER BY i.entry_no"
        ).fetchall()
    ann, company = ("P1", "CP1", "cover_sheet", 0.5, "JO"), ("C1", "CP1", "cover_sheet", 0.5, "PS")
    assert rows == [ann, company, ann]


def test_there_has_to_be_such_a_worksheet(bench: wb.Workbench) -> None:
    for report in (bench.reports.labels, bench.reports.cover_sheet, bench.reports.contact_list):
        with pytest.raises(NotFoundError, match='There is no worksheet "SM9"'):
            report(OnWorksheet("SM9"), DAY)
    with pytest.raises(NotFoundError, match='There is no worksheet "SM9"'):
        bench.reports.segment_contacts("SM9", DAY)
