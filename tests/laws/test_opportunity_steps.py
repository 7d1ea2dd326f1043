"""Whatever is done with an opportunity: one active entry, days in order, probabilities by the formula."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import workbench as wb
from pipelines.opportunity_values import probability
from pipelines.sales_cycle_rules import ACTIONS
from tests.use_cases.opportunity_world import DAY, office, start
from workbench.errors import RuleError
from workbench.opportunities import OpportunityCard

WAYS = ("multiply", "add", "chances_of_success", "completed")


@cache
def bench() -> wb.Workbench:
    """One store for every run: each has an opportunity of its own."""
    world = office()
    with world.database.writing() as con:
        for way in WAYS:
            con.execute("INSERT INTO sales_cycle VALUES (?, NULL, ?, FALSE)", [way, way])
            con.execute(
                "INSERT INTO sales_cycle_stage SELECT ?, * EXCLUDE (sales_cycle_code) FROM sales_cycle_stage "
                "WHERE sales_cycle_code = 'LONG'",
                [way],
            )
    return world


class Led(RuleBasedStateMachine):
    """An opportunity led by any allowed actions in any order."""

    @initialize(way=st.sampled_from(WAYS))
    def begin(self, way: str) -> None:
        self.way, self.no, self.day = way, start(bench(), cycle=way), DAY
        self.taken: list[str | None] = [None]
        self.look()

    def look(self) -> None:
        self.card: OpportunityCard = bench().opportunities.get(self.no)

    @property
    def is_open(self) -> bool:
        return not self.card.opportunity.is_closed

    @precondition(lambda self: self.is_open)
    @rule(data=st.data(), days=st.integers(0, 40), amount=st.none() | st.integers(1, 10**6))
    def move(self, data: st.DataObject, days: int, amount: int | None) -> None:
        offer = data.draw(st.sampled_from(list(self.card.offers.values())))
        stage = data.draw(st.sampled_from(offer.stages))
        self.day += dt.timedelta(days=days)
        given: dict[str, Any] = {"stage": stage.stage_no, "estimated_amount": amount}
        receipt = bench().opportunities.move(self.no, offer.action, self.day, **given)
        assert receipt.stage_no == stage.stage_no
        self.taken.append(receipt.action_taken)
        self.look()

    @precondition(lambda self: self.is_open)
    @rule(action=st.sampled_from(ACTIONS))
    def try_what_is_not_offered(self, action: str) -> None:
        assume(action not in self.card.offers)
        with pytest.raises(RuleError, match="is not a valid selection"):
            bench().opportunities.move(self.no, action, self.day)

    @precondition(lambda self: self.is_open)
    @rule()
    def try_to_go_back_in_time(self) -> None:
        with pytest.raises(RuleError, match="has to be after last Date of change"):
            bench().opportunities.update(self.no, self.day, on=self.day - dt.timedelta(days=1))

    @precondition(lambda self: self.is_open and len(self.taken) > 3)
    @rule(status=st.sampled_from(["won", "lost"]), days=st.integers(0, 40))
    def close(self, status: str, days: int) -> None:
        self.day += dt.timedelta(days=days)
        code = "BEST" if status == "won" else "PRICE"
        bench().opportunities.close(self.no, status, self.day, code=code, amount=7)
        self.taken.append(status)
        self.look()

    @precondition(lambda self: not self.is_open)
    @rule()
    def try_to_open_again(self) -> None:
        with pytest.raises(RuleError, match="is closed since"):
            bench().opportunities.move(self.no, None, self.day)

    @invariant()
    def has_one_active_entry_the_last(self) -> None:
        entries = self.card.entries
        assert list(entries["is_active"]) == [False] * (len(entries) - 1) + [True]
        assert [None if pd.isna(taken) else taken for taken in entries["action_taken"]] == self.taken

    @invariant()
    def goes_forward_in_time(self) -> None:
        entries = self.card.entries
        days = entries["changed_on"].diff().dt.days
        assert (days.dropna() >= 0).all()
        assert list(entries["open_days"].iloc[:-1]) == list(days.iloc[1:])
        assert entries["open_days"].isna().iloc[-1]
        assert (entries["estimated_close_on"] >= entries["changed_on"]).all()

    @invariant()
    def is_worth_what_the_formula_says(self) -> None:
        row: Any
        for row in self.card.entries.itertuples():
            if row.action_taken in ("won", "lost"):
                assert (row.stage_no, row.completed_rate, row.calculated_amount) == (
                    0,
                    1,
                    7 * (row.action_taken == "won"),
                )
                continue
            rate = probability(self.way, row.chances_rate, row.completed_rate)
            assert row.probability_rate == pytest.approx(rate)
            assert row.calculated_amount == pytest.approx(row.estimated_amount * rate, abs=1e-4)

    @invariant()
    def shows_its_active_entry(self) -> None:
        card = self.card
        assert card.active is not None
        last = card.entries.iloc[-1]
        assert card.opportunity.status == (self.taken[-1] if self.taken[-1] in ("won", "lost") else "in_progress")
        assert card.opportunity.calculated_amount == pytest.approx(last["calculated_amount"])
        assert card.opportunity.estimated_close_on == last["estimated_close_on"].date()


# Steps are written to a store, which makes a shorter example dear: without shrinking, a failure is told in seconds.
Led.TestCase.settings = settings(
    max_examples=10, stateful_step_count=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
TestLed = Led.TestCase
