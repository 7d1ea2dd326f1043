"""The report Campaign - Details, as a table and read back from its pages."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

import workbench as wb
from tests.use_cases.campaign_world import DAY, SPRING, add_interactions, add_opportunities, worksheet, world


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    """A campaign with a segment, entries, interactions and opportunities, and one with nothing."""
    bench = world()
    add_interactions(bench)
    add_opportunities(bench)
    worksheet(bench, "BOB", "ZOE")
    bench.campaigns.change(SPRING, status_code="1-PLAN")
    bench.campaigns.create(DAY)
    return bench


def test_the_report_has_a_row_for_campaign_segment_and_entry(bench: wb.Workbench) -> None:
    rows = bench.reports.campaign_details(DAY, [SPRING]).frame()
    assert list(rows["kind"]) == ["campaign", "segment", "entry", "entry"]
    assert list(rows["segment_no"].dropna()) == ["SM00001"]
    campaign = rows.iloc[0]
    assert (campaign["status"], campaign["contacts_responded"], campaign["opportunity_count"]) == ("Planned", "1", "2")
    assert list(bench.reports.campaign_details(DAY).campaigns["campaign_no"]) == [SPRING, "CP0002"]
    with pytest.raises(wb.NotFoundError, match='There is no campaign "CP9"'):
        bench.reports.campaign_details(DAY, ["CP9"])


def test_the_report_is_printed(bench: wb.Workbench, tmp_path: Path) -> None:
    written = bench.reports.write(bench.reports.campaign_details(DAY), tmp_path / "campaigns.pdf")
    with pymupdf.open(written.path) as pages:
        text = " ".join(" ".join(page.get_text().split()) for page in pages)
    assert "CP0001 Spring" in text
    assert "Planned · 2026-03-01 to 2026-04-30" in text
    assert "Target contacts contacted: 3, responded: 1, response rate of entries: 33.3%" in text
    assert "Opportunities: 2, estimated: 1,500.00, calculated: 1,450.00" in text
    assert "Second letter" in text
    assert "CP0002" in text


def test_the_report_is_written_as_a_table(bench: wb.Workbench, tmp_path: Path) -> None:
    assert bench.reports.write(bench.reports.campaign_details(DAY), tmp_path / "campaigns.csv").rows == 5
