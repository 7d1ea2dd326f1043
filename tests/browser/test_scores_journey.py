"""One journey through the page Scores: compute and cancel, compute and keep, and make a segment of what was found."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import workbench as wb
from tests.browser.conftest import SCREENSHOTS, Visit
from tests.use_cases.kinds_world import DAY, shop

pytestmark = pytest.mark.alone


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "scores.duckdb"
    shop(at=path).setup.set("as_of", DAY)
    return path


def photograph(page: Page, name: str) -> None:
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def fill(page: Page, label: str, value: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Tab")


def test_a_score_is_cancelled_computed_and_made_a_segment(visit: Visit, store: Path) -> None:
    page = visit(store, "scores")
    page.get_by_role("tab", name="Compute", exact=True).click()
    page.locator(".st-key-score_method").get_by_role("combobox").click()
    page.get_by_role("option", name="Clusters").click()
    expect(page.get_by_text("Contacts that are alike, with rules that tell them.")).to_be_visible()
    _cancel(page)
    assert len(wb.open(store).scores.list()) == 0
    fill(page, "Resamples", "2")
    fill(page, "Clusters", "3")
    page.get_by_role("button", name="Compute and keep").click()
    expect(page.get_by_text("Kept as the run of Jun 30, 2026 of the score clusters.")).to_be_visible()
    photograph(page, "scores-computed")
    page.get_by_role("button", name="Make the segment").click()
    page.get_by_role("link", name="Open the segment Cluster 1").click()
    expect(page.get_by_role("heading", name="Segments")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Cluster 1")
    photograph(page, "scores-segment")
    assert wb.open(store).segments.count("Cluster 1", DAY).total > 0


def _cancel(page: Page) -> None:
    """Many resamples take long enough to change one's mind."""
    fill(page, "Resamples", "200")
    page.get_by_role("button", name="Compute and keep").click()
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_text("Computing was cancelled; nothing was written.")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel", exact=True)).to_have_count(0)
