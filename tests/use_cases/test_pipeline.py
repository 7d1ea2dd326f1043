"""Figures of the pipeline out of a store."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.opportunity_world import office, start
from tests.use_cases.pipeline_world import DAY, pipeline
from workbench.errors import NotFoundError


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    """Only read."""
    return pipeline()


def test_groups_and_their_total(bench: wb.Workbench) -> None:
    found = bench.pipeline.report("salesperson", DAY)
    assert found.rows["salesperson_code"].tolist() == ["JO", "PS"]
    assert found.rows["opportunity_count"].sum() == found.total.loc[0, "opportunity_count"] == 65
    total = found.total.iloc[0]
    assert (total["won_count"], total["closed_count"], total["open_count"]) == (48, 60, 5)
    assert total["win_rate"] == pytest.approx(0.8)
    assert total["pushed_count"] == 60, "each was put off by a week once"
    assert found.notes == ()
    assert "Pipeline as of 2026-12-15 by salesperson" in found._repr_html_()


def test_nothing_to_group_by_is_one_group(bench: wb.Workbench) -> None:
    found = bench.pipeline.report("", DAY)
    assert found.rows.equals(found.total)


def test_a_salesperson_in_two_teams_counts_in_both(bench: wb.Workbench) -> None:
    found = bench.pipeline.report("team", DAY)
    assert found.rows.set_index("team_code")["opportunity_count"].to_dict() == {"EAST": 65, "KEY": 33}
    assert found.total.loc[0, "opportunity_count"] == 65
    assert found.notes == ("Opportunities that count in several teams, because their salesperson is in several: 33.",)


@pytest.mark.parametrize(
    ("by", "columns", "groups"),
    [("cycle", ["sales_cycle_code"], 1), ("stage", ["sales_cycle_code", "stage_no"], 2), ("contact", ["contact_no"], 3),
     ("company", ["company_no"], 2), ("campaign", ["campaign_no"], 1), ("quarter", ["period"], 4),
     ("region", ["region"], 2), (("salesperson", "year"), ["salesperson_code", "period"], 2)],
)  # fmt: skip
def test_it_is_asked_by(bench: wb.Workbench, by: str, columns: list[str], groups: int) -> None:
    found = bench.pipeline.report(by, DAY).rows
    assert found.columns[: len(columns)].tolist() == columns
    assert len(found) == groups
    assert found["opportunity_count"].sum() == 65


def test_what_was_closed_before_a_day_can_be_left_out(bench: wb.Workbench) -> None:
    found = bench.pipeline.report("status", DAY, since=dt.date(2026, 7, 1))
    assert found.total.loc[0, "open_count"] == 5
    assert 20 < found.total.loc[0, "closed_count"] < 40


def test_some_opportunities_can_be_picked(bench: wb.Workbench) -> None:
    assert bench.pipeline.report("", DAY, only={"salesperson": "JO"}).total.loc[0, "opportunity_count"] == 33
    assert bench.pipeline.report("", DAY, only={"team": "KEY"}).total.loc[0, "opportunity_count"] == 33
    picked = bench.pipeline.report("", DAY, only={"region": "South", "contact": "ADA"})
    assert picked.total.loc[0, "opportunity_count"] == 11


@pytest.mark.parametrize(
    ("by", "only", "text"),
    [("salesman", {}, 'There is no "salesman" to ask the pipeline by. Did you mean "salesperson"?'),
     ("", {"salesperson": "J0"}, 'No opportunity has the salesperson "J0". Known: JO, PS.'),
     ("", {"status": "won"}, '"status" depends on the day, so it cannot pick opportunities. Group by it.'),
     ("", {"cycle": "OLD"}, 'No opportunity has the cycle "OLD". Known: NEW.')],
)  # fmt: skip
def test_what_is_not_there_is_refused(bench: wb.Workbench, by: str, only: dict[str, str], text: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        bench.pipeline.report(by, DAY, only=only)
    assert str(refused.value) == text


def test_stages_stand_beside_their_descriptions(bench: wb.Workbench) -> None:
    found = bench.pipeline.stages(DAY)
    assert found.stages[["stage_no", "description", "active_count", "entered_count"]].values.tolist() == [
        [1, "First talk", 5, 65], [2, "Offer", 0, 60], [3, "Signature", 0, 0],
    ]  # fmt: skip
    assert found.stages.loc[0, "advance_rate"] == 1
    assert found.stages.loc[1, "advance_rate"] == pytest.approx(0.8)
    assert found.funnel["reached_count"].tolist() == [65, 60, 48]
    assert found.moves["move_count"].sum() == 125


def test_a_forecast_says_what_it_leaves_out(bench: wb.Workbench) -> None:
    found = bench.pipeline.forecast(DAY, 3, draws=60)
    assert found.months["month"].dt.strftime("%Y-%m").tolist() == ["2026-12", "2027-01", "2027-02"]
    assert (found.months["amount_low"] <= found.months["amount_high"]).all()
    assert found.months["already_amount"].iloc[0] == 0
    assert found.months["new_amount"].iloc[2] > 0
    assert found.notes == ("Longer in their stage than any that left it before, so nothing is forecast of them: 3.",)
    assert bench.pipeline.forecast(DAY, 3, draws=60).months.equals(found.months)
    alone = bench.pipeline.forecast(DAY, 3, draws=60, with_new=False).months
    assert alone["new_amount"].sum() == 0
    assert 1 < alone["won_count"].sum() <= 2, "two are in the first stage for less than ten days"


def test_a_back_test_is_made_of_what_was_known(bench: wb.Workbench) -> None:
    found = bench.pipeline.back_test(DAY, cuts=3, months=2, draws=40)
    assert found.accuracy.forecast_count == len(found.rows) == 5
    assert (found.rows["month"] > found.rows["made_on"]).all()
    assert set(found.to_dict()) >= {"within_rate", "error_rate", "naive_error_rate", "notes"}
    nothing = bench.pipeline.back_test(dt.date(2026, 1, 2))
    assert nothing.notes == (
        "No month is over for which a forecast could have been made, so how well forecasts do is not known.",
    )


def test_the_matrix_and_the_ages(bench: wb.Workbench) -> None:
    found = bench.pipeline.matrix("salesperson", DAY, period="quarter", figure="calculated_amount", status="won").rows
    assert found["total"].sum() == pytest.approx(bench.pipeline.report("", DAY).total.loc[0, "won_amount"])
    assert bench.pipeline.matrix("team", DAY).rows["total"].sum() == 8
    ages = bench.pipeline.ageing(DAY)
    assert ages.rows["opportunity_count"].sum() == 5
    assert len(ages) == 5
    oldest = bench.pipeline.open(DAY).rows
    assert oldest["opportunity_no"].tolist() == ["OP060", "OP061", "OP062", "OP063", "OP064"]
    assert oldest["contact_name"].notna().all()


def test_imported_opportunities_without_steps_count_as_well() -> None:
    bench = wb.open(":memory:")
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["A"], "name": ["Ada"]}))
    bench.sources.load("opportunity", pd.DataFrame({
        "contact_no": ["A"] * 3, "status": ["won", "in_progress", "in_progress"],
        "created_on": ["2026-01-01", "2026-11-01", None], "closed_on": ["2026-02-01", None, None],
        "calculated_amount": [50, None, None],
    }))  # fmt: skip
    total = bench.pipeline.report("", DAY).total.iloc[0]
    assert (total["opportunity_count"], total["won_amount"], total["average_won_days"]) == (3, 50, 31)
    past = bench.pipeline.report("", dt.date(2026, 1, 15))
    assert past.notes == (
        "Closed after 2026-01-15 without recorded steps, so they count as in progress at an unknown value: 1.",
    )
    assert bench.pipeline.stages(DAY).stages.loc[0, ["stage_no", "active_count"]].tolist() == [-1, 2]
    assert bench.pipeline.forecast(DAY, 2, draws=20).notes == (
        "Left out, because it is not known since when they are in progress: 1.",
        "Longer in their stage than any that left it before, so nothing is forecast of them: 1.",
        "No opportunity in progress has an estimated value: each counts with the average of what is won with its item.",
    )


def test_an_empty_store_has_an_empty_pipeline() -> None:
    bench = wb.open(":memory:")
    assert bench.pipeline.report("salesperson", DAY).rows.empty
    assert bench.pipeline.stages(DAY).stages.empty
    assert bench.pipeline.matrix("contact", DAY).rows.empty
    assert bench.pipeline.back_test(DAY).rows.empty


def test_opportunities_that_are_led_here_show_at_once() -> None:
    bench = office()
    won, lost, moved = start(bench), start(bench), start(bench)
    bench.opportunities.move(moved, "next", dt.date(2026, 4, 10), estimated_close_on="2026-05-11")
    bench.opportunities.close(won, "won", dt.date(2026, 4, 20), amount=900)
    bench.opportunities.close(lost, "lost", dt.date(2026, 4, 5), code="PRICE")
    total = bench.pipeline.report("", dt.date(2026, 4, 30)).total.iloc[0]
    assert (total["won_count"], total["lost_count"], total["open_count"], total["won_amount"]) == (1, 1, 1, 900)
    assert (total["average_won_days"], total["average_lost_days"], total["pushed_count"]) == (20, 5, 1)
    stages = bench.pipeline.stages(dt.date(2026, 4, 30)).stages.set_index("stage_no")
    assert stages.loc[1, ["entered_count", "advanced_count", "lost_count"]].tolist() == [3, 2, 1]
    assert stages.loc[2, "active_count"] == 1
    assert bench.pipeline.report("", dt.date(2026, 4, 4)).total.loc[0, "open_count"] == 3, "as it was on a past day"
    cycle = bench.sales_cycles.get("LONG").frame()
    assert bench.pipeline.open(dt.date(2026, 4, 30)).rows["calculated_amount"].tolist() == [350], cycle
