"""Opportunities that begin on the lines of a worksheet, or with an interaction."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.sales_world import DAY, desk


@pytest.fixture
def bench() -> wb.Workbench:
    """A desk with a worksheet of a campaign that is not activated, and interactions."""
    bench = desk()
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": ["KID"], "type": ["person"], "name": ["Kid"], "is_privacy_blocked": [True],
    }))  # fmt: skip
    sheet = bench.worksheets.create(DAY, description="Spring letter", salesperson_code="PS", campaign_no="CP1")
    for contact_no in ("BOB", "KID", "LEO", "BOB"):
        bench.worksheets.add_line(sheet.worksheet_no, contact_no, DAY)
    bench.sources.load("interaction", pd.DataFrame({
        "interaction_no": ["I1", "I2"], "contact_no": ["BOB", "LEO"], "occurred_at": ["2026-03-01", "2026-03-02"],
        "description": ["Asked for chairs", "Nothing"], "campaign_no": ["CP1", None], "segment_no": ["SM9", None],
        "salesperson_code": ["PS", None], "is_canceled": [False, True],
    }))  # fmt: skip
    bench.interactions.comment(1, "Wants blue ones", DAY)
    return bench


def opportunities(bench: wb.Workbench) -> list[tuple[Any, ...]]:
    frame = bench.opportunities.list(DAY, state="all").frame()
    names = ["opportunity_no", "contact_no", "description", "salesperson_code", "campaign_no", "segment_no"]
    return list(frame[names].astype(object).itertuples(index=False, name=None))


class TestWorksheets:
    def test_each_line_gets_an_opportunity(self, bench: wb.Workbench) -> None:
        planned = bench.opportunities.from_worksheet("SM00001", DAY, sales_cycle_code="NEW", dry_run=True)
        assert opportunities(bench) == []
        done = bench.opportunities.from_worksheet("SM00001", DAY, sales_cycle_code="NEW")
        told = [name for name in done.frame().columns if name != "opportunity_no"]
        pd.testing.assert_frame_equal(planned.frame()[told], done.frame()[told])
        assert opportunities(bench) == [
            ("OP000001", "BOB", "Spring letter", "PS", "CP1", "SM00001"),
            ("OP000002", "LEO", "Spring letter", "PS", "CP1", "SM00001"),
            ("OP000003", "BOB", "Spring letter", "PS", "CP1", "SM00001"),
        ]
        assert done.notes == planned.notes == ("Lines left out because their contacts are privacy blocked: 1.",)
        assert planned.frame()["opportunity_no"].isna().all()
        assert done.is_written

    def test_they_may_start_at_once_and_have_other_words(self, bench: wb.Workbench) -> None:
        done = bench.opportunities.from_worksheet(
            "SM00001", DAY, sales_cycle_code="NEW", description="Chairs", salesperson_code="JO", activates=True,
            estimated_amount=10, estimated_close_on=DAY,
        )  # fmt: skip
        assert done.frame()[["description", "salesperson_code", "is_activated"]].drop_duplicates().size == 3
        assert bench.opportunities.get("OP000002").opportunity.stage == "First talk"

    def test_nothing_is_created_where_one_line_is_refused(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.WorkbenchError, match="Estimated Value must be greater than 0"):
            bench.opportunities.from_worksheet("SM00001", DAY, sales_cycle_code="NEW", activates=True)
        with pytest.raises(wb.WorkbenchError, match="The worksheet tells contact_no"):
            bench.opportunities.from_worksheet("SM00001", DAY, contact_no="BOB")
        with pytest.raises(wb.NotFoundError, match='There is no worksheet "SM9"'):
            bench.opportunities.from_worksheet("SM9", DAY)
        empty = bench.worksheets.create(DAY).worksheet_no
        with pytest.raises(wb.WorkbenchError, match="You cannot create opportunities on an empty segment"):
            bench.opportunities.from_worksheet(empty, DAY)
        assert opportunities(bench) == []


class TestInteractions:
    def test_an_interaction_gets_one_with_what_was_said(self, bench: wb.Workbench) -> None:
        planned = bench.opportunities.from_interaction(1, DAY, sales_cycle_code="NEW", dry_run=True)
        done = bench.opportunities.from_interaction(1, DAY, sales_cycle_code="NEW")
        assert (planned.opportunity_no, planned.changed) == (done.opportunity_no, done.changed)
        assert opportunities(bench) == [("OP000001", "BOB", "Asked for chairs", "PS", "CP1", "SM00001")]
        assert bench.opportunities.get("OP000001").comments["comment"].tolist() == ["Wants blue ones"]
        with pytest.raises(wb.WorkbenchError, match="The interaction 1 belongs to the opportunity OP000001"):
            bench.opportunities.from_interaction(1, DAY, sales_cycle_code="NEW")

    def test_what_was_canceled_gets_none(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.WorkbenchError, match="The interaction 2 is canceled"):
            bench.opportunities.from_interaction(2, DAY, sales_cycle_code="NEW")
        with pytest.raises(wb.NotFoundError, match="There is no interaction 9"):
            bench.opportunities.from_interaction(9, DAY)

    def test_a_campaign_that_somebody_names_has_to_run(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.WorkbenchError, match="The campaign CP1 does not run on 2026-03-31"):
            bench.opportunities.from_interaction(1, DAY, sales_cycle_code="NEW", campaign_no="CP1")
