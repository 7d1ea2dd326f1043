"""Measuring a campaign in a store: who was targeted, what they did, and what would have happened anyway."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from workbench.campaigns import Measurement
from workbench.errors import ConditionError, ConfigError, MeasureError, NotFoundError

LAUNCH, DAY = dt.date(2026, 3, 1), dt.date(2026, 4, 15)
BUYING: dict[str, Any] = {
    "response": {"related": "sales_entry"}, "window_days": 14, "revenue": {}, "pre_period_days": 30,
    "shares": {"A": 3, "holdout": 1}, "costs": {"fixed_amount": 30, "recorded": True},
}  # fmt: skip


def entries(*rows: tuple[int, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["contact", "posted_at", "sales_amount"])
    return frame.assign(contact_no=frame.pop("contact").map("C{:03}".format))


@pytest.fixture(scope="module", name="bench")
def shop() -> wb.Workbench:
    """One hundred people of ten companies; 75 were written to, 25 held out."""
    bench = wb.open(":memory:")
    bench.setup.set("time_zone", "America/New_York")
    numbers = [f"C{n:03}" for n in range(1, 101)]
    companies = pd.DataFrame({"contact_no": [f"F{n}" for n in range(10)], "type": "company"})
    people = pd.DataFrame({
        "contact_no": numbers, "type": "person", "company_no": [f"F{n % 10}" for n in range(1, 101)],
        "city": ["Prague" if n % 2 else "Brno" for n in range(1, 101)],
    })  # fmt: skip
    bench.sources.load("contact", pd.concat([companies, people]))
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["CP1", "CP2", "CP3"], "starting_on": [LAUNCH] * 3}))
    targets = pd.DataFrame({"contact_no": numbers, "arm": ["holdout" if n % 4 == 0 else "A" for n in range(1, 101)]})
    bench.sources.load("campaign_target", targets.assign(campaign_no="CP1", targeted_on=LAUNCH))
    bench.sources.load("campaign_target", targets[["contact_no"]].head(10).assign(campaign_no="CP2"))
    bench.sources.load("sales_entry", entries(
        *((n, "2026-03-10T12:00Z", 20.0) for n in range(1, 60) if n % 4),
        *((n, "2026-03-10T12:00Z", 10.0) for n in (4, 8, 12)),
        (1, "2026-03-11T12:00Z", 5.0),
        (61, "2026-03-01T04:30Z", 99.0),  # the evening before, in New York
        (62, "2026-03-16T03:30Z", 7.0),  # the last evening of the window, in New York
        (63, "2026-03-16T04:30Z", 7.0),  # the day after it
        (64, "2026-02-10T12:00Z", 50.0),
        (65, "2026-04-16T12:00Z", 50.0),
    ))  # fmt: skip
    bench.sources.load("interaction", pd.DataFrame({
        "contact_no": ["C001", "C002", "C003", "C004", "C001", "C001", "C090"],
        "occurred_at": "2026-03-02T12:00Z",
        "campaign_no": ["CP1", "CP1", "CP1", "CP1", "CP2", "CP2", "CP2"],
        "is_campaign_target": [True, True, True, True, False, False, False],
        "is_campaign_response": [False, False, False, False, True, True, True],
        "is_attempt_failed": [False, False, True, False, False, False, False],
        "is_canceled": [False, True, False, False, False, False, False],
        "cost_amount": [0.5, 0.5, 0.5, 0.5, None, None, None],
    }))  # fmt: skip
    bench.campaigns.respond("CP1", DAY, BUYING)
    return bench


@pytest.fixture(scope="module", name="measured")
def of_cp1(bench: wb.Workbench) -> Measurement:
    return bench.campaigns.measure("CP1", DAY, by=["city"])


def test_responses_are_told_three_ways_with_what_is_late(bench: wb.Workbench) -> None:
    told = bench.campaigns.respond("CP1", DAY)
    assert told.counts.set_index("by")[["target_count", "response_count"]].to_dict("index") == {
        "contact": {"target_count": 100, "response_count": 49},
        "company": {"target_count": 10, "response_count": 10},
        "entry": {"target_count": 100, "response_count": 50},
    }
    assert (told.early_count, told.late_count, told.late_only_count, told.open_count) == (2, 1, 1, 0)
    assert told.notes == ("Targets that responded only after their window: 1; they do not count.",)
    assert not told.is_written
    assert "49" in told._repr_html_()


def test_days_are_those_of_the_store_and_the_window_ends_with_its_last(measured: Measurement) -> None:
    rows = measured.frame().set_index("contact_no")
    assert rows.loc[["C061", "C062", "C063"], "is_responder"].tolist() == [False, True, False]
    assert rows.loc["C062", "response_days"] == 14
    assert rows.loc[["C061", "C062", "C063"], "pre_period_amount"].tolist() == [99, 0, 0]
    assert rows.loc["C001", ["response_count", "revenue_amount"]].tolist() == [2, 25]


def test_every_figure_comes_from_the_rows(measured: Measurement) -> None:
    rows = measured.frame()
    arms = measured.arms.set_index("arm")
    for arm, own in rows.groupby("arm"):
        assert arms.loc[arm, "target_count"] == len(own)
        assert arms.loc[arm, "responder_count"] == own["is_responder"].sum()
        assert arms.loc[arm, "revenue_amount"] == pytest.approx(own["revenue_amount"].sum())
    assert arms["responder_count"].to_dict() == {"A": 46, "holdout": 3}
    assert arms["delivered_count"].to_dict() == {"A": 1, "holdout": 1}
    assert arms["cost_amount"].to_dict() == {"A": 31, "holdout": 0.5}


def test_the_lift_is_against_whom_was_held_out(measured: Measurement) -> None:
    lift = measured.lift("A")
    assert lift["absolute_lift"] == pytest.approx(46 / 75 - 3 / 25)
    assert lift["verdict"] == "more"
    assert measured.sentences()[0].startswith(
        "A: more responses than without the campaign. 61.33% of 75 responded, 12.00% of 25 in holdout: "
        "+49.33 percentage points, 95% interval +"
    )
    assert measured.sample_ratio is not None
    assert not measured.sample_ratio.is_mismatch
    assert measured.subgroups["value"].tolist() == ["Brno"], "nobody was held out in Prague"


def test_held_out_contacts_that_were_contacted_are_told(measured: Measurement) -> None:
    assert measured.contaminated_count == 1
    assert measured.notes[-1].startswith("Held-out contacts that the campaign contacted all the same: 1. They stay")


def test_launched_contacts_that_are_gone_are_told(bench: wb.Workbench) -> None:
    with bench.database.writing() as con:
        con.execute(
            "INSERT INTO campaign_launch (launch_no, plan_name, plan, as_of, revision, launched_at) "
            "VALUES (1, 'plan', '', ?, 1, TIMESTAMP '2026-03-01')", [LAUNCH],
        )  # fmt: skip
        con.execute(
            "INSERT INTO campaign_launch_member (launch_no, campaign_no, contact_id, contact_no, arm) "
            "VALUES (1, 'CP3', 999999, 'C999', 'A')"
        )
    notes = bench.campaigns.measure("CP3", DAY).notes
    assert notes[-1] == "Contacts that were launched and have been deleted or merged since: 1; they are in no figure."


def test_an_unfinished_window_names_no_winner(bench: wb.Workbench) -> None:
    found = bench.campaigns.measure("CP1", dt.date(2026, 3, 12))
    assert found.lift("A")["verdict"] == "too_early"
    assert found.notes[0] == "Targets whose window ends after 2026-03-12: 100; they may still respond."


def test_without_a_holdout_no_lift_is_told(bench: wb.Workbench) -> None:
    found = bench.campaigns.measure("CP2", DAY)
    assert (found.against, found.lifts.empty, found.arms["arm"].tolist()) == (None, True, ["targeted"])
    assert found.sentences()[0].startswith("No contact was held out, so nobody knows how many would have responded")
    with pytest.raises(MeasureError, match=r"No lift of CP2 can be known\. No contact was held out") as refused:
        found.lift("targeted")
    assert refused.value.hint in found.notes


def test_marked_responses_of_targets_count_once_for_each(bench: wb.Workbench) -> None:
    told = bench.campaigns.respond("CP2", DAY)
    assert told.counts["response_count"].tolist() == [1, 1, 2]


def test_a_campaign_without_targets_says_so(bench: wb.Workbench) -> None:
    assert bench.campaigns.respond("CP3", DAY).notes == ("The campaign has no targets by this day.",)
    assert bench.campaigns.measure("CP3", DAY).arms.empty


def test_a_preview_of_a_rule_keeps_the_one_there_is(bench: wb.Workbench) -> None:
    told = bench.campaigns.respond("CP1", DAY, {"window_days": 3}, dry_run=True)
    assert (told.is_written, told.rule.window_days) == (False, 3)
    assert bench.campaigns.respond("CP1", DAY).rule.window_days == 14
    assert bench.campaigns.measure("CP1", DAY, rule={"response": {"related": "sales_entry"}}).rule.window_days is None


def test_responses_that_a_file_brought_count_for_their_campaign(bench: wb.Workbench) -> None:
    bench.sources.load("campaign_response", pd.DataFrame({
        "campaign_no": ["CP2", "CP2", "CP1"], "contact_no": ["C002", "C003", "C005"],
        "responded_at": "2026-03-05T12:00Z", "revenue_amount": [12.5, None, 3],
    }))  # fmt: skip
    rule = {
        "response": {"related": "campaign_response"},
        "revenue": {"related": "campaign_response", "column": "revenue_amount"},
    }
    found = bench.campaigns.measure("CP2", DAY, rule=rule)
    assert found.arms[["responder_count", "revenue_amount"]].values.tolist() == [[2, 12.5]]


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        ({"campaign_no": "CPX1"}, NotFoundError, 'There is no campaign "CPX1". Did you mean "CP1"?'),
        ({"by": ["citi"]}, ConditionError, 'Targets cannot be parted by "citi". Did you mean "city"?'),
        ({"confidence": 95}, ConfigError, "A confidence of 95 is none. Give one between 0.5 and 1, such as 0.95."),
        ({"against": "B"}, MeasureError, 'No target is in the arm "B". Known: A, holdout.'),
        ({"rule": {"response": {"related": "interaction",
                                "where": [{"field": "evalution", "op": "is", "value": "positive"}]}}},
         ConditionError, 'Response: interaction has no field "evalution". Did you mean "evaluation"?'),
        ({"rule": {"revenue": {"column": "amount"}}}, ConditionError,
         'Revenue: sales_entry has no amount "amount". Did you mean "sales_amount"?'),
        ({"rule": {"shares": {"B": 1}}}, MeasureError, 'No share was planned for the arm "A". Known: B.'),
    ],
)  # fmt: skip
def test_what_cannot_be_measured_is_refused(
    bench: wb.Workbench, call: dict[str, Any], error: type[Exception], text: str
) -> None:
    with pytest.raises(error) as refused:
        bench.campaigns.measure(**{"campaign_no": "CP1", "as_of": DAY, **call})
    assert str(refused.value) == text
