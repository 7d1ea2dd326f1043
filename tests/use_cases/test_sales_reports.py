"""Reports on tasks, opportunities and sales cycles: 5057 to 5059, 5061, 5062 and 5068."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pymupdf
import pytest

import workbench as wb
from tests.use_cases.sales_world import DAY, add_opportunities, add_tasks, desk
from workbench.reports import Report


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    """A desk with opportunities and tasks; tests only read."""
    bench = desk()
    add_opportunities(bench)
    add_tasks(bench)
    return bench


def printed(bench: wb.Workbench, report: Report, folder: Path) -> str:
    written = bench.reports.write(report, folder / "report.pdf", overwrite=True)
    pages: Any = pymupdf.open(written.path)
    return " ".join(" ".join(page.get_text().split()) for page in pages)


def values(rows: pd.DataFrame, *names: str) -> list[list[object]]:
    return rows[list(names)].astype(object).where(rows[list(names)].notna(), None).to_numpy().tolist()


def test_tasks_of_salespeople_stand_by_salesperson_and_day(bench: wb.Workbench, tmp_path: Path) -> None:
    report = bench.reports.salesperson_tasks(DAY)
    assert values(report.frame(), "salesperson_code", "description", "contact_no", "opportunity_no") == [
        ["JO", "Note", "BOB", "OP1"], ["JO", "Ask", "BOB", "OP1"], ["JO", "Fair", "LEO", None],
        ["PS", "Thank", "ADA", None], ["PS", "Fair", "LEO", None],
    ]  # fmt: skip
    assert sorted(report.contact_ids) == [1, 2, 3]
    text = printed(bench, report, tmp_path)
    assert "JO · John" in text
    assert "2026-02-12 TD000001 phone call Ask BOB Bob Ray CP1 not started normal OP1" in text
    assert bench.reports.write(report, tmp_path / "tasks.csv").rows == 5


def test_tasks_are_chosen_by_salesperson_state_campaign_and_day(bench: wb.Workbench) -> None:
    rows = bench.reports.salesperson_tasks(DAY, ["PS"], state="completed").frame()
    assert values(rows, "description", "status", "closed_on") == [["Thank", "completed", pd.Timestamp(DAY)]]
    rows = bench.reports.salesperson_tasks(DAY, campaign_no="CP1", until=dt.date(2026, 2, 1)).frame()
    assert list(rows["description"]) == ["Note"]
    assert bench.reports.salesperson_tasks(DAY, state="canceled").frame().empty


def test_tasks_of_teams_stand_once(bench: wb.Workbench, tmp_path: Path) -> None:
    report = bench.reports.team_tasks(DAY, ["EAST"])
    assert values(report.frame(), "team_code", "team_name", "description", "contact_name") == [
        ["EAST", "The east", "Fair", "Leo Fox"]
    ]
    assert "EAST · The east" in printed(bench, report, tmp_path)
    assert bench.reports.team_tasks(DAY, since=dt.date(2026, 4, 2)).frame().empty


def test_opportunities_of_salespeople_stand_open_before_closed(bench: wb.Workbench, tmp_path: Path) -> None:
    report = bench.reports.salesperson_opportunities(DAY)
    names = ("salesperson_code", "is_closed", "opportunity_no", "status", "probability_rate", "estimated_amount")
    assert values(report.frame(), *names) == [
        ["JO", False, "OP1", "in_progress", 0.24, 1000.0], ["JO", False, "OP3", "not_started", None, None],
        ["PS", True, "OP2", "won", 1.0, 500.0],
    ]  # fmt: skip
    text = printed(bench, report, tmp_path)
    assert "OP1 Chairs BOB Bob Ray 2026-02-01 in progress high 60% 40% 24% 1,000.00 240.00 CP1" in text
    later = bench.reports.salesperson_opportunities(dt.date(2026, 4, 1), state="open").frame()
    assert list(later["opportunity_no"]) == ["OP1", "OP3", "OP4"]


def test_opportunities_are_listed_with_their_stage(bench: wb.Workbench, tmp_path: Path) -> None:
    report = bench.reports.opportunity_list(dt.date(2026, 4, 1))
    assert values(report.frame(), "opportunity_no", "stage_no", "stage", "completed_rate", "status") == [
        ["OP1", 2, "Offer", 0.4, "in_progress"], ["OP2", None, None, 1.0, "won"],
        ["OP3", None, None, None, "not_started"], ["OP4", None, "Engaging", None, "in_progress"],
    ]  # fmt: skip
    assert "NEW 2 Offer JO CP1 BOB Bob Ray 40% 24%" in printed(bench, report, tmp_path)
    chosen = bench.reports.opportunity_list(DAY, state="open", salesperson_code="JO", sales_cycle_code="NEW")
    assert list(chosen.frame()["opportunity_no"]) == ["OP1", "OP3"]


def test_the_analysis_counts_open_ones_by_cycle_and_active_ones_by_stage(bench: wb.Workbench, tmp_path: Path) -> None:
    report = bench.reports.sales_cycle_analysis(DAY)
    assert values(report.cycles, "sales_cycle_code", "opportunity_count", "estimated_amount", "calculated_amount") == [
        ["NEW", 1, 1000.0, 240.0], ["OLD", 0, 0.0, 0.0],
    ]  # fmt: skip
    assert values(report.stages, "stage_no", "opportunity_count", "calculated_amount", "average_open_days") == [
        [1, 0, 0.0, 20.5], [2, 1, 240.0, None], [3, 0, 0.0, None],
    ]  # fmt: skip
    assert report.notes == ("Opportunities left out because no step through a sales cycle is known: 1.",)
    assert list(report.frame()["kind"]) == ["cycle", "stage", "stage", "stage", "cycle"]
    text = printed(bench, report, tmp_path)
    assert "Open opportunities: 1, estimated: 1,000.00, calculated: 240.00" in text
    assert "OLD · blocked" in text
    assert bench.reports.sales_cycle_analysis(DAY, ["NEW"]).notes == ()


def test_details_tell_steps_tasks_and_what_is_planned(bench: wb.Workbench, tmp_path: Path) -> None:
    report = bench.reports.opportunity_details(DAY, ["OP1", "OP3"])
    assert values(report.entries, "stage_no", "description", "allows_skip", "is_active") == [
        [1, "First talk", False, False], [2, "Offer", True, True],
    ]  # fmt: skip
    assert values(report.tasks, "task_no", "opportunity_entry_no") == [["TD000002", None], ["TD000001", "2"]]
    days = [str(day)[:10] for day in report.remaining["planned_on"]]
    assert list(report.remaining["stage_no"]) == [3, 1, 2, 3]
    assert days == ["2026-02-12", "2026-04-07", "2026-04-21", "2026-04-21"], "from the first task, and from the day"
    assert values(report.steps, "opportunity_no", "stage_no", "description") == [["OP3", 2, "Ask"], ["OP3", 2, "Show"]]
    assert [str(day)[:10] for day in report.steps["planned_on"]] == ["2026-04-22", "2026-04-28"]
    text = printed(bench, report, tmp_path)
    assert "OP1 · Chairs · Bob Ray · JO · in_progress" in text
    assert text.index("Tasks without a step") < text.index("TD000002") < text.index("TD000001")
    assert "Remaining stages" in text


def test_closed_ones_have_no_stage_before_them(bench: wb.Workbench) -> None:
    rows = bench.reports.opportunity_details(DAY, ["OP2"]).frame()
    assert list(rows["kind"]) == ["opportunity", "opportunity_entry"]
    assert list(bench.reports.opportunity_details(DAY).opportunities["opportunity_no"]) == ["OP1", "OP2", "OP3"]


@pytest.mark.parametrize(("make", "message"), [
    (lambda all_: all_.salesperson_tasks(DAY, ["XX"]), 'There is no salesperson "XX"'),
    (lambda all_: all_.team_tasks(DAY, ["WEST"]), 'There is no team "WEST"'),
    (lambda all_: all_.team_tasks(DAY, campaign_no="CP9"), 'There is no campaign "CP9"'),
    (lambda all_: all_.salesperson_tasks(DAY, state="late"), 'Tasks cannot be listed by "late"'),
    (lambda all_: all_.opportunity_list(DAY, state="late"), 'Opportunities cannot be listed by "late"'),
    (lambda all_: all_.sales_cycle_analysis(DAY, ["NO"]), 'There is no sales cycle "NO"'),
    (lambda all_: all_.opportunity_details(DAY, ["OP9"]), 'There is no opportunity "OP9"'),
])  # fmt: skip
def test_what_is_not_there_is_refused(
    bench: wb.Workbench, make: Callable[[wb.reports.Reports], Report], message: str
) -> None:
    with pytest.raises(wb.WorkbenchError, match=message):
        make(bench.reports)
