"""Where an opportunity may go in its sales cycle, and what an entry of it is worth."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import opportunity_values, sales_cycle_rules
from pipelines.errors import RuleError
from pipelines.opportunity_values import Values
from pipelines.sales_cycle_rules import ACTIONS, Stage

DAY = dt.date(2026, 3, 31)
# Stages 2 and 3 may be skipped, 4 may not.
CYCLE = [
    Stage(1, "First talk", 0.1, 0.5, date_formula="1M"),
    Stage(2, "Offer", 0.4, 0.6, allows_skip=True),
    Stage(3, "Talks", 0.6, 0.0, allows_skip=True, is_quote_required=True),
    Stage(4, "Signature", 0.8, 0.8),
    Stage(5, None, 1.0, 0.9),
]
GOOD = Values(DAY, 1000.0, 0.5, dt.date(2026, 4, 30))


def numbers(current: int | None) -> dict[str, list[int]]:
    offered = sales_cycle_rules.offers(CYCLE, current)
    return {action: [stage.stage_no for stage in offer.stages] for action, offer in offered.items() if offer.stages}


def test_only_the_first_stage_is_offered_where_there_is_no_entry() -> None:
    assert numbers(None) == {"first": [1]}


def test_skip_offers_stages_while_they_may_be_skipped_and_the_first_that_may_not() -> None:
    assert numbers(1) == {"next": [2], "skip": [2, 3, 4], "update": [1]}


def test_skip_offers_nothing_where_the_next_stage_may_not_be_skipped() -> None:
    assert numbers(4) == {"next": [5], "previous": [3], "update": [4], "jump": [1, 2, 3]}


def test_jump_offers_every_stage_before() -> None:
    assert numbers(5) == {"previous": [4], "update": [5], "jump": [1, 2, 3, 4]}


def test_skip_and_jump_need_a_choice() -> None:
    offered = sales_cycle_rules.offers(CYCLE[:2], 1)
    assert [stage.stage_no for stage in offered["skip"].stages] == [2]
    assert not offered["skip"].is_enabled
    assert not sales_cycle_rules.offers(CYCLE, 2)["jump"].is_enabled


def test_a_stage_that_is_no_longer_in_the_cycle_leads_to_its_neighbours() -> None:
    left = [stage for stage in CYCLE if stage.stage_no != 3]
    offered = sales_cycle_rules.offers(left, 3)
    assert [offered[action].stages[0].stage_no for action in ("next", "previous")] == [4, 2]
    assert not offered["update"].is_enabled


@pytest.mark.parametrize(("current", "action"), [(None, "first"), (1, "next"), (5, "update")])
def test_what_is_done_first_unless_somebody_says_otherwise(current: int | None, action: str) -> None:
    assert sales_cycle_rules.default_action(sales_cycle_rules.offers(CYCLE, current)) == action


def test_nothing_is_done_in_a_cycle_without_stages() -> None:
    assert sales_cycle_rules.default_action(sales_cycle_rules.offers([], None)) is None


@pytest.mark.parametrize(
    ("current", "action", "stage_no"), [(1, "skip", 2), (1, "next", 2), (5, "jump", 4), (3, "update", 3)]
)
def test_the_stage_an_action_leads_to_unless_another_is_named(current: int, action: str, stage_no: int) -> None:
    assert sales_cycle_rules.chosen_stage(sales_cycle_rules.offers(CYCLE, current), action).stage_no == stage_no


@pytest.mark.parametrize(
    ("current", "action", "stage_no", "taken"),
    [
        (None, "first", 1, None), (1, "next", 2, "next"), (3, "previous", 2, "previous"), (3, "update", 3, "updated"),
        (1, "skip", 2, "next"), (1, "skip", 4, "jumped"), (5, "jump", 4, "previous"), (5, "jump", 1, "jumped"),
    ],
)  # fmt: skip
def test_what_is_stored_of_an_action(current: int | None, action: str, stage_no: int, taken: str | None) -> None:
    offered = sales_cycle_rules.offers(CYCLE, current)
    assert sales_cycle_rules.action_taken(offered, action, stage_no) == taken


def test_an_action_that_is_not_enabled_is_no_valid_selection() -> None:
    with pytest.raises(RuleError) as refused:
        sales_cycle_rules.chosen_stage(sales_cycle_rules.offers(CYCLE, 1), "jump")
    assert str(refused.value) == '"jump" is not a valid selection. Choose one of: next, update, skip.'


def test_a_stage_that_an_action_does_not_offer_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        sales_cycle_rules.chosen_stage(sales_cycle_rules.offers(CYCLE, 1), "skip", 5)
    assert str(refused.value) == "The action skip does not lead to stage 5. It leads to: 2, 3, 4."


@pytest.mark.parametrize("action", ["next", "skip"])
def test_a_quote_is_required_for_next_and_skip(action: str) -> None:
    with pytest.raises(RuleError) as refused:
        sales_cycle_rules.check_quote(action, CYCLE[2], has_quote=False)
    assert str(refused.value) == (
        "You cannot go to this stage before you have assigned a sales quote. "
        "The stage Talks requires one: make a quote from the opportunity first."
    )
    sales_cycle_rules.check_quote(action, CYCLE[2], has_quote=True)


@pytest.mark.parametrize("action", ["previous", "jump", "update", "first"])
def test_no_other_action_asks_for_a_quote(action: str) -> None:
    sales_cycle_rules.check_quote(action, CYCLE[2], has_quote=False)


@given(st.sets(st.integers(1, 9)), st.none() | st.integers(1, 9), st.sets(st.integers(1, 9)))
def test_laws_of_what_is_offered(known: set[int], current: int | None, skippable: set[int]) -> None:
    offered = sales_cycle_rules.offers([Stage(no, allows_skip=no in skippable) for no in known], current)
    assert tuple(offered) == ACTIONS
    forward = {stage.stage_no for action in ("next", "skip") for stage in offered[action].stages}
    back = {stage.stage_no for action in ("previous", "jump") for stage in offered[action].stages}
    assert all(no > (current or 0) for no in forward)
    assert back == {no for no in known if current is not None and no < current}
    assert all(no in skippable for no in forward if no != max(forward))
    assert all(offer.default in offer.stages for offer in offered.values() if offer.is_enabled)


@pytest.mark.parametrize(
    ("calculation", "rate"), [("multiply", 0.2), ("add", 0.45), ("chances_of_success", 0.5), ("completed", 0.4)]
)
def test_the_four_ways_to_work_the_probability_out(calculation: str, rate: float) -> None:
    values = opportunity_values.estimated(GOOD, CYCLE[1], calculation, "next")
    assert values.probability_rate == pytest.approx(rate)
    assert values.calculated_amount == pytest.approx(1000 * rate)
    assert values.completed_rate == 0.4


def test_chances_that_nobody_gave_are_those_of_the_stage() -> None:
    values = opportunity_values.estimated(Values(DAY, 1000.0), CYCLE[1], "multiply", "next")
    assert values.chances_rate == 0.6


@pytest.mark.parametrize("action", ["skip", "jump"])
def test_skip_and_jump_take_the_chances_of_the_stage_whatever_was_given(action: str) -> None:
    assert opportunity_values.estimated(GOOD, CYCLE[3], "multiply", action).chances_rate == 0.8
    assert opportunity_values.estimated(GOOD, CYCLE[2], "multiply", action).chances_rate == 0.5, "the stage has none"


@pytest.mark.parametrize(
    ("given_on", "expected"), [(None, (2026, 4, 30)), (DAY, (2026, 4, 30)), (dt.date(2026, 9, 1), (2026, 9, 1))]
)
def test_a_closing_date_that_is_missing_or_today_is_by_the_formula_of_the_stage(
    given_on: dt.date | None, expected: tuple[int, int, int]
) -> None:
    values = opportunity_values.estimated(Values(DAY, 1.0, 0.5, given_on), CYCLE[0], "add", "next")
    assert values.estimated_close_on == dt.date(*expected)


def test_a_step_begins_with_the_chances_of_the_stage_and_an_update_with_those_there_are() -> None:
    assert opportunity_values.expected(GOOD, CYCLE[3], "next").chances_rate == 0.8
    assert opportunity_values.expected(GOOD, CYCLE[3], "update").chances_rate == 0.5
    assert opportunity_values.expected(GOOD, CYCLE[2], "next").chances_rate == 0.5, "the stage has none"


def test_a_closing_date_that_is_over_begins_anew() -> None:
    over = Values(dt.date(2026, 5, 1), 1.0, 0.5, dt.date(2026, 4, 30))
    assert opportunity_values.expected(over, CYCLE[0], "next").estimated_close_on == dt.date(2026, 6, 1)
    assert opportunity_values.expected(over, CYCLE[1], "next").estimated_close_on == dt.date(2026, 5, 1)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (Values(DAY, 0.0, 0.5, DAY), "Estimated Value must be greater than 0. Give it as estimated_amount; it is 0."),
        (Values(DAY, 1.0, 0.0, DAY), "Chances of Success must be greater than 0. Give it as chances_rate; it is 0."),
        (Values(DAY, 1.0, 50, DAY), "Chances of Success cannot be more than 1: 50. 0.5 is fifty percent."),
        (
            Values(DAY, 1.0, 0.5),
            "You must fill in the Estimated Close Date field. Give it as estimated_close_on.",
        ),
        (
            Values(DAY, 1.0, 0.5, dt.date(2026, 3, 30)),
            "The Estimated closing date has to be later than this change. 2026-03-30 is before 2026-03-31.",
        ),
    ],
)
def test_estimates_that_say_nothing_are_refused(values: Values, text: str) -> None:
    with pytest.raises(RuleError) as refused:
        opportunity_values.check_estimates(values)
    assert str(refused.value) == text


def test_a_step_before_the_last_one_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        opportunity_values.check_order(dt.date(2026, 3, 1), DAY)
    assert str(refused.value) == (
        "The Date of Change has to be after last Date of change. "
        "2026-03-01 is before 2026-03-31: give that day, or a later one."
    )
    opportunity_values.check_order(DAY, DAY)


def test_what_is_won_is_certain_and_what_is_lost_is_worth_nothing() -> None:
    assert opportunity_values.closed("won", DAY, 1000.0, 900.0) == Values(DAY, 1000.0, 1.0, DAY, 1.0, 1.0, 900.0)
    assert opportunity_values.closed("lost", DAY, 1000.0, 900.0) == Values(DAY, 1000.0, 0.0, DAY, 1.0, 0.0, 0.0)


def test_nothing_is_won_for_nothing() -> None:
    with pytest.raises(RuleError) as refused:
        opportunity_values.closed("won", DAY, 1000.0)
    assert str(refused.value) == "Sales (LCY) must be greater than 0. It is 0: say what was sold, or make a quote."
