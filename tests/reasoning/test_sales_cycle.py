"""Figures of opportunities and stages, on a day and in the end."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import FrameError
from pipelines.sales_cycle import ageing, figures, matrix, with_period
from pipelines.sales_cycle_stages import flow, funnel, stage_figures
from pipelines.sales_cycle_standing import OPEN_STAGE, standing, visits
from tests.reasoning.opportunity_frames import entries, opportunities

DAY = dt.date(2027, 6, 30)
NONE = entries()
# O1 walks 1, 2, updated in 2, back to 1, and is won; O2 stays in 1, put off twice; O3 is lost from 1; O4 not started.
WALKED = opportunities(
    {"opportunity_no": "O1", "status": "won", "created_on": "2027-01-01", "closed_on": "2027-02-10",
     "estimated_amount": 100, "calculated_amount": 90, "salesperson_code": "AB"},
    {"opportunity_no": "O2", "created_on": "2027-06-01", "estimated_close_on": "2027-06-20", "estimated_amount": 300,
     "calculated_amount": 60, "salesperson_code": "AB"},
    {"opportunity_no": "O3", "status": "lost", "created_on": "2027-03-01", "closed_on": "2027-03-11",
     "estimated_amount": 500, "calculated_amount": 0, "salesperson_code": "CD"},
    {"opportunity_no": "O4", "status": "not_started", "created_on": "2027-06-15"},
)  # fmt: skip
STEPS = entries(
    {"opportunity_no": "O1", "stage_no": 1, "changed_on": "2027-01-02", "estimated_close_on": "2027-02-01",
     "estimated_amount": 100, "calculated_amount": 10},
    {"opportunity_no": "O1", "stage_no": 2, "action_taken": "next", "changed_on": "2027-01-12",
     "estimated_close_on": "2027-02-01", "estimated_amount": 100, "calculated_amount": 50},
    {"opportunity_no": "O1", "stage_no": 2, "action_taken": "updated", "changed_on": "2027-01-16",
     "estimated_close_on": "2027-02-05", "estimated_amount": 120, "calculated_amount": 60},
    {"opportunity_no": "O1", "stage_no": 1, "action_taken": "previous", "changed_on": "2027-01-22",
     "estimated_close_on": "2027-02-05", "estimated_amount": 120, "calculated_amount": 12},
    {"opportunity_no": "O1", "stage_no": 0, "action_taken": "won", "changed_on": "2027-02-10",
     "estimated_close_on": "2027-02-10", "estimated_amount": 120, "calculated_amount": 90},
    {"opportunity_no": "O2", "stage_no": 1, "changed_on": "2027-06-01", "estimated_close_on": "2027-06-10",
     "estimated_amount": 300, "calculated_amount": 60},
    {"opportunity_no": "O2", "stage_no": 1, "action_taken": "updated", "changed_on": "2027-06-08",
     "estimated_close_on": "2027-06-15", "estimated_amount": 300, "calculated_amount": 60},
    {"opportunity_no": "O2", "stage_no": 1, "action_taken": "updated", "changed_on": "2027-06-14",
     "estimated_close_on": "2027-06-20", "estimated_amount": 300, "calculated_amount": 60},
    {"opportunity_no": "O3", "stage_no": 1, "changed_on": "2027-03-01", "estimated_close_on": "2027-04-01",
     "estimated_amount": 500, "calculated_amount": 50},
    {"opportunity_no": "O3", "stage_no": 0, "action_taken": "lost", "changed_on": "2027-03-11",
     "estimated_close_on": "2027-03-11", "estimated_amount": 500, "calculated_amount": 0},
)  # fmt: skip


def _stood(day: dt.date = DAY) -> pd.DataFrame:
    return standing(WALKED, STEPS, day).set_index("opportunity_no")


def test_an_opportunity_stands_where_its_last_step_put_it() -> None:
    stood = _stood()
    assert stood["status"].to_dict() == {"O1": "won", "O2": "in_progress", "O3": "lost", "O4": "not_started"}
    assert stood.loc["O2", "stage_no"] == 1
    assert stood.loc["O2", "stage_days"] == 29, "updates do not begin a stay anew"
    assert stood.loc["O1", "closing_days"] == 40
    assert stood.loc[["O1", "O4"], "stage_no"].isna().all()
    assert stood["is_overdue"].to_dict() == {"O1": False, "O2": True, "O3": False, "O4": False}


def test_a_day_in_the_past_sees_the_steps_until_then() -> None:
    stood = _stood(dt.date(2027, 1, 16))
    assert list(stood.index) == ["O1"]
    row = stood.loc["O1"]
    assert (row["status"], row["stage_no"], row["stage_days"], row["age_days"]) == ("in_progress", 2, 4, 15)
    assert (row["estimated_amount"], row["calculated_amount"]) == (120, 60)
    assert pd.isna(row["closed_on"])
    assert _stood(dt.date(2027, 1, 1)).loc["O1", "status"] == "not_started"


def test_without_entries_a_later_closing_was_in_progress_at_an_unknown_value() -> None:
    late = opportunities(
        {"opportunity_no": "M1", "status": "won", "created_on": "2027-01-01", "closed_on": "2027-07-01",
         "calculated_amount": 5}
    )  # fmt: skip
    row = standing(late, NONE, DAY).iloc[0]
    assert (row["status"], row["stage_no"], row["stage_days"]) == ("in_progress", OPEN_STAGE, 180)
    assert math.isnan(row["calculated_amount"])
    assert standing(late, NONE, dt.date(2027, 7, 1)).loc[0, "closing_days"] == 181


def test_slips_are_counted_from_the_first_estimate() -> None:
    stood = _stood()
    assert stood["push_count"].dropna().to_dict() == {"O1": 1, "O2": 2, "O3": 0}
    assert stood["slip_days"].dropna().to_dict() == {"O1": 9, "O2": 10, "O3": -21}


def test_the_figures_say_what_they_are_of() -> None:
    found = figures(_stood().reset_index()).iloc[0]
    counts = found[["opportunity_count", "not_started_count", "open_count", "won_count", "lost_count", "closed_count"]]
    assert counts.tolist() == [4, 1, 1, 1, 1, 2]
    assert (found["estimated_amount"], found["calculated_amount"]) == (300, 60), "of those in progress"
    assert (found["win_rate"], found["won_rate_of_all"]) == (0.5, 0.25)
    assert (found["won_amount"], found["average_won_days"], found["average_lost_days"]) == (90, 40, 10)
    assert found["velocity_amount"] == pytest.approx(1 * 0.5 * 90 / 40)
    assert (found["estimate_count"], found["pushed_count"]) == (3, 2)
    assert found["average_slip_days"] == pytest.approx((9 + 10 - 21) / 3)
    assert found["overdue_count"] == 1


def test_groups_keep_those_without_a_value() -> None:
    found = figures(_stood().reset_index(), ["salesperson_code"])
    assert found["opportunity_count"].tolist() == [2, 1, 1]
    assert found["salesperson_code"].isna().tolist() == [False, False, True]
    assert math.isnan(found.loc[2, "win_rate"])


def test_there_is_nothing_else_to_group_by() -> None:
    with pytest.raises(FrameError) as refused:
        figures(_stood().reset_index(), ["salespersn_code"])
    assert str(refused.value) == (
        'Opportunities have no "salespersn_code" to group by. Did you mean "salesperson_code"?'
    )
    with pytest.raises(FrameError) as refused:
        standing(WALKED.drop(columns="status"), STEPS, DAY)
    assert refused.value.message == "The opportunities lack status."


def test_the_matrix_crosses_lines_with_estimated_closing_dates() -> None:
    stood = _stood().reset_index()
    assert matrix(stood, "salesperson_code").to_dict("records") == [
        {"salesperson_code": "AB", "2027-06-01": 1, "total": 1}
    ]
    won = matrix(stood, "salesperson_code", "quarter", "calculated_amount", "won")
    assert won.to_dict("records") == [{"salesperson_code": "AB", "2027-01-01": 90, "total": 90}]
    assert matrix(stood, "salesperson_code", status="not_started").columns.tolist() == [
        "salesperson_code", "unknown", "total"
    ]  # fmt: skip


def test_what_the_matrix_does_not_have_is_refused() -> None:
    stood = _stood().reset_index()
    with pytest.raises(FrameError, match='"number" is no figure of the matrix'):
        matrix(stood, "salesperson_code", figure="number")
    with pytest.raises(FrameError, match=r'"wn" is no status of the matrix. Did you mean "won"'):
        matrix(stood, "salesperson_code", status="wn")
    with pytest.raises(FrameError, match='"week" is no period of the pipeline'):
        with_period(stood, "week")


def test_ages_fall_into_bands() -> None:
    rows = [
        {"opportunity_no": f"A{age}", "created_on": DAY - dt.timedelta(age), "estimated_amount": 1}
        for age in (0, 30, 31, 180, 181)
    ]
    found = ageing(standing(opportunities(*rows, {"opportunity_no": "A"}), NONE, DAY))
    assert found["opportunity_count"].tolist() == [2, 1, 0, 1, 1, 1]
    assert found["from_days"].tolist()[:5] == [0, 31, 61, 91, 181]
    assert math.isnan(found["from_days"].iloc[5]), "those of unknown age"


def test_stays_end_where_the_next_begins_and_updates_end_none() -> None:
    found = visits(WALKED, STEPS, DAY)
    assert found[["opportunity_no", "stage_no", "days"]].values.tolist() == [
        ["O1", 1, 10], ["O1", 2, 10], ["O1", 1, 19], ["O2", 1, 29], ["O3", 1, 10],
    ]  # fmt: skip
    assert found["went_to"].fillna("").tolist() == ["stage", "stage", "won", "", "lost"]


def test_stages_say_how_long_and_where_to() -> None:
    stood, stays = standing(WALKED, STEPS, DAY), visits(WALKED, STEPS, DAY)
    found = stage_figures(stood, stays, STEPS, DAY).set_index("stage_no")
    first = found.loc[1]
    assert (first["active_count"], first["estimated_amount"], first["calculated_amount"]) == (1, 300, 60)
    assert (first["entered_count"], first["left_count"]) == (4, 3)
    assert (first["advanced_count"], first["returned_count"], first["lost_count"]) == (2, 0, 1)
    assert first["advance_rate"] == pytest.approx(2 / 3)
    assert first["average_days"] == pytest.approx((10 + 19 + 10) / 3)
    assert first["average_entry_days"] == pytest.approx((10 + 19 + 7 + 6 + 10) / 5), "as the product counts"
    assert first["median_days"] == 10
    assert found.loc[2, "returned_count"] == 1
    assert found.loc[2, "average_entry_days"] == 5


def test_the_funnel_counts_who_came_so_far_or_beyond() -> None:
    found = funnel(standing(WALKED, STEPS, DAY), visits(WALKED, STEPS, DAY))
    assert found[["stage", "reached_count"]].values.tolist() == [["1", 3], ["2", 1], ["won", 1]]
    assert found["reached_rate"].tolist() == pytest.approx([1, 1 / 3, 1 / 3])


def test_the_flow_shares_out_all_stays() -> None:
    found = flow(visits(WALKED, STEPS, DAY))
    assert found["move_count"].sum() == 5
    assert found.groupby("stage_no")["share_rate"].sum().tolist() == pytest.approx([1, 1])
    assert set(found.loc[found["stage_no"].eq(1), "went_to"]) == {"stage", "won", "lost", "still there"}


def test_of_no_opportunities_there_are_no_figures() -> None:
    stood, stays = standing(opportunities(), NONE, DAY), visits(opportunities(), NONE, DAY)
    assert figures(stood).empty
    assert stage_figures(stood, stays, NONE, DAY).empty
    assert flow(stays).empty
    assert funnel(stood, stays).empty
    assert ageing(stood)["opportunity_count"].sum() == 0
    assert matrix(stood, "salesperson_code").empty


@st.composite
def _walks(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Opportunities that go to and fro between four stages and may be closed."""
    rows, steps = [], []
    for number in range(draw(st.integers(1, 6))):
        name, day = f"W{number}", dt.date(2027, 1, 1) + dt.timedelta(draw(st.integers(0, 60)))
        row = {"opportunity_no": name, "created_on": day, "status": "in_progress"}
        for stage in draw(st.lists(st.integers(1, 4), min_size=1, max_size=6)):
            steps.append({"opportunity_no": name, "stage_no": stage, "changed_on": day, "action_taken": "next"})
            day += dt.timedelta(draw(st.integers(0, 40)))
        if end := draw(st.sampled_from(["", "won", "lost"])):
            steps.append({"opportunity_no": name, "changed_on": day, "action_taken": end, "calculated_amount": 1})
            row |= {"status": end, "closed_on": day, "calculated_amount": 1}
        rows.append(row)
    return opportunities(*rows), entries(*steps)


@settings(max_examples=25, deadline=None)
@given(_walks(), st.integers(0, 300))
def test_on_any_day_everybody_is_counted_once(world: tuple[pd.DataFrame, pd.DataFrame], days: int) -> None:
    day = dt.date(2027, 1, 1) + dt.timedelta(days)
    stood, stays = standing(*world, day), visits(*world, day)
    assert len(stood) == (world[0]["created_on"] <= pd.Timestamp(day)).sum()
    if len(stood):
        total = figures(stood).iloc[0]
        parts = total[["not_started_count", "open_count", "won_count", "lost_count"]].sum()
        assert parts == total["opportunity_count"] == len(stood)
    assert (stays["days"] >= 0).all()
    still = stays[stays["went_to"].isna()]
    assert set(still["opportunity_no"]) == set(stood.loc[stood["status"].eq("in_progress"), "opportunity_no"])
    assert not still["opportunity_no"].duplicated().any()
    reached = funnel(stood, stays)["reached_count"].to_numpy()
    assert (np.diff(reached) <= 0).all()
    counted = stage_figures(stood, stays, world[1], day)
    assert counted["active_count"].sum() == len(still)
    left = counted["advanced_count"] + counted["returned_count"] + counted["lost_count"]
    assert left.tolist() == counted["left_count"].tolist()


@settings(max_examples=25, deadline=None)
@given(_walks(), st.integers(0, 300))
def test_what_happens_later_changes_nothing_before(world: tuple[pd.DataFrame, pd.DataFrame], days: int) -> None:
    day = dt.date(2027, 1, 1) + dt.timedelta(days)
    known, steps = world
    earlier = known[known["created_on"] <= pd.Timestamp(day)]
    before = steps[steps["changed_on"] <= pd.Timestamp(day)]
    cut = earlier.assign(closed_on=earlier["closed_on"].where(earlier["closed_on"] <= pd.Timestamp(day)))
    pd.testing.assert_frame_equal(visits(cut, before, day), visits(known, steps, day))
