"""Opportunities led through their sales cycles until they are won or lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.opportunity_world import DAY, LATER, office, start
from workbench.errors import ConfigError, NotFoundError, RuleError


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    return office()


def test_steps_are_entries_of_which_one_is_active(bench: wb.Workbench) -> None:
    number = start(bench)
    bench.opportunities.move(number, "next", DAY, on="2026-04-10")
    bench.opportunities.move(number, "skip", DAY, on="2026-04-20", stage=4)
    bench.opportunities.move(number, "jump", LATER, stage=2)
    bench.opportunities.move(number, "previous", LATER)
    entries = bench.opportunities.get(number).entries
    assert list(entries["action_taken"].fillna("")) == ["", "next", "jumped", "jumped", "previous"]
    assert list(entries["stage_no"]) == [1, 2, 4, 2, 1]
    assert list(entries["previous_stage_no"].fillna(0)) == [0, 1, 2, 4, 2]
    assert list(entries["open_days"].fillna(-1)) == [10, 10, 71, 0, -1]
    assert list(entries["is_active"]) == [False] * 4 + [True]


def test_a_step_begins_with_what_the_entry_before_says(bench: wb.Workbench) -> None:
    number = start(bench)
    receipt = bench.opportunities.move(number, None, DAY)
    assert (receipt.action_taken, receipt.stage_no, receipt.open_days) == ("next", 2, 0)
    card = bench.opportunities.get(number)
    assert card.active is not None
    assert (card.active.estimated_amount, card.active.estimated_close_on) == (1000, dt.date(2026, 5, 1))
    assert card.active.chances_rate == 0.4, "those of the stage"
    receipt = bench.opportunities.move(number, "next", LATER)
    assert receipt.changed["estimated_close_on"] == (dt.date(2026, 5, 1), LATER), "the day before was over"


def test_an_update_keeps_what_nobody_gave(bench: wb.Workbench) -> None:
    number = start(bench, chances_rate=0.9)
    receipt = bench.opportunities.update(number, DAY, estimated_amount="2000")
    assert (receipt.action_taken, receipt.stage_no) == ("updated", 1)
    assert set(receipt.changed) == {"estimated_amount", "calculated_amount"}
    assert receipt.changed["calculated_amount"] == pytest.approx((500, 1000))


def test_skipping_takes_the_chances_of_the_stage_and_says_so(bench: wb.Workbench) -> None:
    receipt = bench.opportunities.move(start(bench), "skip", DAY, stage=4, chances_rate=0.99)
    assert receipt.changed["chances_rate"] == (0.2, 0.8)
    assert receipt.notes == ("Skipping and jumping take the chances of success of the stage: 0.8 of Fourth, not 0.99.",)


def test_a_preview_of_a_step_computes_the_same(bench: wb.Workbench) -> None:
    number = start(bench)
    preview = bench.opportunities.move(number, "next", DAY, dry_run=True)
    assert len(bench.opportunities.get(number).entries) == 1
    written = bench.opportunities.move(number, "next", DAY)
    assert (preview.changed, preview.opportunity_entry_no) == (written.changed, written.opportunity_entry_no)


def test_what_a_step_refuses(bench: wb.Workbench) -> None:
    number = start(bench)

    def refused(action: str, **given: Any) -> str:
        with pytest.raises((RuleError, ConfigError)) as error:
            bench.opportunities.move(number, action, DAY, **given)
        return str(error.value)

    assert refused("previous") == '"previous" is not a valid selection. Choose one of: next, update, skip.'
    assert refused("fly") == '"fly" is not a valid selection. Choose one of: next, update, skip.'
    assert refused("skip", stage=5) == "The action skip does not lead to stage 5. It leads to: 2, 3, 4."
    assert refused("next", on="2026-03-30").startswith("The Date of Change has to be after last Date of change.")
    assert refused("next", estimated_amount=-1).startswith("Estimated Value must be greater than 0.")
    assert refused("update", chances_rate=0).startswith("Chances of Success must be greater than 0.")
    assert refused("next", estimated_close_on="2026-03-30").startswith("The Estimated closing date has to be later")
    assert refused("next", on="31.3.2026") == '"31.3.2026" is not a date. Write it as year-month-day: 2018-01-01.'
    assert len(bench.opportunities.get(number).entries) == 1


def test_a_stage_that_requires_a_quote_is_not_entered_without_one(bench: wb.Workbench) -> None:
    number = start(bench, cycle="NEW")
    bench.opportunities.move(number, "next", DAY)
    with pytest.raises(RuleError, match="You cannot go to this stage before you have assigned a sales quote"):
        bench.opportunities.move(number, "next", DAY)


def test_the_first_stage_is_activated_once(bench: wb.Workbench) -> None:
    given: dict[str, Any] = {"description": "Lamps", "contact_no": "BOB"}
    number = bench.opportunities.create(DAY, **given, sales_cycle_code="LONG").opportunity_no
    receipt = bench.opportunities.activate(number, DAY)
    assert (receipt.stage_no, receipt.status, receipt.action_taken) == (1, "in_progress", None)
    assert receipt.changed["estimated_close_on"] == (None, dt.date(2026, 4, 30)), "by the formula of the stage"
    with pytest.raises(RuleError) as refused:
        bench.opportunities.activate(number, DAY)
    assert str(refused.value) == (
        f"Status must be not started: {number} is in progress. "
        "Only what is not started is activated: move it to its next stage."
    )
    bare = bench.opportunities.create(DAY, **given, sales_cycle_code="BARE").opportunity_no
    for step in (bench.opportunities.activate, lambda no, day: bench.opportunities.move(no, None, day)):
        with pytest.raises(RuleError, match=r"There are no stages in sales cycle BARE\."):
            step(bare, DAY)


def test_an_opportunity_that_a_file_brought_goes_on_from_the_first_stage() -> None:
    bench = office()
    bench.sources.load("opportunity", pd.DataFrame({
        "opportunity_no": ["F1", "F2"], "contact_no": ["BOB", "BOB"], "status": ["in_progress", "in_progress"],
        "stage": ["Engaging", "Engaging"], "estimated_amount": ["500", "70"], "sales_cycle_code": ["LONG", None],
        "estimated_close_on": ["2026-07-01", None],
    }))  # fmt: skip
    card = bench.opportunities.get("F1")
    assert (card.opportunity.stage, card.default_action) == ("Engaging", "first")
    receipt = bench.opportunities.move("F1", None, DAY)
    assert (receipt.stage_no, receipt.changed["stage"]) == (1, ("Engaging", "First"))
    with pytest.raises(RuleError, match="F2 has no sales cycle"):
        bench.opportunities.move("F2", None, DAY)
    assert bench.opportunities.close("F2", "lost", DAY, code="LATE").status == "lost"


def test_a_lost_opportunity_is_worth_nothing_and_stays_closed(bench: wb.Workbench) -> None:
    number = start(bench)
    bench.opportunities.move(number, "next", DAY)
    receipt = bench.opportunities.close(number, "lost", DAY, code="PRICE", on="2026-04-15")
    assert (receipt.stage_no, receipt.open_days) == (0, 15)
    card = bench.opportunities.get(number)
    assert card.active is not None
    assert (card.opportunity.status, card.opportunity.closed_on) == ("lost", dt.date(2026, 4, 15))
    assert (card.active.calculated_amount, card.active.completed_rate, card.active.probability_rate) == (0, 1, 0)
    assert (card.opportunity.stage, card.offers, card.remaining) == (None, {}, ())
    closing = card.entries.iloc[-1]
    assert (closing["previous_stage_no"], closing["close_opportunity_code"]) == (2, "PRICE")
    assert closing["closed_on"] == closing["estimated_close_on"] == pd.Timestamp("2026-04-15")
    again = f"{number} is closed since 2026-04-15: it was lost. "
    for attempt in (
        lambda: bench.opportunities.move(number, "next", DAY),
        lambda: bench.opportunities.activate(number, DAY),
        lambda: bench.opportunities.close(number, "won", DAY, amount=1),
        lambda: bench.opportunities.change(number, salesperson_code="PS"),
    ):
        with pytest.raises(RuleError) as refused:
            attempt()
        assert str(refused.value) == f"{again}A closed opportunity is not opened again: create another one."
    assert bench.opportunities.change(number, description="Chairs, again").changed, "its description may"


def test_what_closing_refuses(bench: wb.Workbench) -> None:
    number = start(bench)

    def refused(status: str, **given: Any) -> str:
        with pytest.raises((RuleError, ConfigError, NotFoundError)) as error:
            bench.opportunities.close(number, status, DAY, **given)
        return str(error.value)

    assert refused("open") == 'You must select either Won or Lost. "open" is neither.'
    assert refused("won") == "Sales (LCY) must be greater than 0. It is 0: say what was sold, or make a quote."
    assert refused("lost") == "You must fill in the Close Opportunity Code field. Choose one of: LATE, PRICE."
    assert refused("lost", code="BEST").startswith('There is no close opportunity code "BEST" for lost.')
    assert refused("lost", code="LATE", on="2026-03-01").startswith("The Date of Change has to be after last")
