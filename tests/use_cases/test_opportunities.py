"""Opportunities created, changed, listed and deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import workbench as wb
from tests.use_cases.opportunity_world import DAY, office, start
from workbench import config
from workbench.errors import ConfigError, ConflictError, NotFoundError, RuleError

_NOT_RUNNING = (
    "The campaign {} does not run on 2026-03-31, the creation date. It runs from 2026-03-01 to {}: give it days around "
    "it."
)
NEW: dict[str, Any] = {"description": "Chairs", "contact_no": "BOB", "sales_cycle_code": "LONG"}


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    return office()


def refusal(bench: wb.Workbench, error: type[wb.errors.WorkbenchError] = RuleError, **fields: Any) -> str:
    with pytest.raises(error) as refused:
        bench.opportunities.create(DAY, **{**NEW, **fields}, dry_run=True)
    return str(refused.value)


def created(bench: wb.Workbench, **fields: Any) -> dict[str, Any]:
    receipt = bench.opportunities.create(DAY, **{**NEW, **fields}, dry_run=True)
    return {name: after for name, (_, after) in receipt.changed.items()}


def test_a_new_opportunity_is_not_started_and_has_no_entry(bench: wb.Workbench) -> None:
    receipt = bench.opportunities.create(DAY, **NEW, comments=["Met at the fair", " "])
    card = bench.opportunities.get(receipt.opportunity_no)
    assert (card.opportunity.status, card.opportunity.priority, card.active) == ("not_started", "normal", None)
    assert card.opportunity.created_on == DAY
    assert (card.opportunity.contact_name, card.opportunity.company_name) == ("Bob Ray", "Adatum")
    assert list(card.comments["comment"]) == ["Met at the fair"]
    assert list(card.offers) == ["first"]
    assert len(card.remaining) == 5


def test_an_activated_one_stands_at_the_first_stage(bench: wb.Workbench) -> None:
    card = bench.opportunities.get(start(bench))
    assert card.active is not None
    assert (card.active.stage_no, card.active.action_taken, card.active.chances_rate) == (1, None, 0.2)
    assert card.opportunity.status == "in_progress"
    assert card.opportunity.calculated_amount == pytest.approx(1000 * (0.2 + 0.1) / 2)
    assert list(card.entries["is_active"]) == [True]


def test_a_preview_computes_the_same_and_writes_nothing(bench: wb.Workbench) -> None:
    given: dict[str, Any] = {"estimated_amount": 10, "estimated_close_on": "2026-05-01", "activates": True}
    before = bench.opportunities.list(DAY, state="all").total
    preview = bench.opportunities.create(DAY, **NEW, **given, dry_run=True)
    assert bench.opportunities.list(DAY, state="all").total == before
    written = bench.opportunities.create(DAY, **NEW, **given)
    assert preview.opportunity_no == written.opportunity_no
    assert preview.changed == written.changed
    assert preview.first_step is not None
    assert written.first_step is not None
    assert preview.first_step.changed == written.first_step.changed
    assert (preview.is_written, written.is_written) == (False, True)


def test_the_salesperson_is_that_of_the_worksheet_the_campaign_the_contact_or_the_user(bench: wb.Workbench) -> None:
    sheet = bench.worksheets.create(DAY, description="Letter", salesperson_code="PS").worksheet_no
    bench.codes.save("user_setup", str(config.user()), salesperson_code="PS")
    assert created(bench)["salesperson_code"] == "JO", "Bob's"
    assert created(bench, campaign_no="RUNS")["salesperson_code"] == "PS"
    assert created(bench, segment_no=sheet)["salesperson_code"] == "PS"
    assert created(bench, contact_no="ZOE")["salesperson_code"] == "PS", "the user's"
    bench.codes.delete("user_setup", str(config.user()))


def test_the_default_sales_cycle_is_that_of_setup_unless_it_is_blocked(bench: wb.Workbench) -> None:
    bench.setup.set_marketing("default_sales_cycle_code", "NEW")
    assert created(bench, sales_cycle_code=None)["sales_cycle_code"] == "NEW"
    bench.setup.set_marketing("default_sales_cycle_code", "OLD")
    needed = "You must fill in the Sales Cycle Code field. Give it as sales_cycle_code."
    assert refusal(bench, sales_cycle_code=None) == needed
    bench.setup.set_marketing("default_sales_cycle_code", "")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"description": " "}, "You must fill in the Description field. Give it as description."),
        (
            {"contact_no": None, "salesperson_code": "JO"},
            "You must fill in the contact that is involved in the opportunity. Give it as contact_no.",
        ),
        (
            {"contact_no": "ZOE"},
            "You must fill in the Salesperson Code field. Give it as salesperson_code.",
        ),
        (
            {"sales_cycle_code": "OLD"},
            "The sales cycle OLD is blocked. Choose another one, or take the block away.",
        ),
        (
            {"contact_no": "KID", "salesperson_code": "JO"},
            "KID is privacy blocked, which forbids new opportunities. Clear privacy blocked first.",
        ),
        (
            {"campaign_no": "OVER"},
            _NOT_RUNNING.format("OVER", "2026-03-15"),
        ),
        (
            {"campaign_no": "ENDLESS"},
            _NOT_RUNNING.format("ENDLESS", "no last day"),
        ),
        (
            {"campaign_no": "IDLE"},
            "The campaign IDLE is not activated. Activate it: workbench campaign activate IDLE.",
        ),
        (
            {"activates": True, "estimated_close_on": "2026-05-01"},
            "Estimated Value must be greater than 0. Give it as estimated_amount; it is 0.",
        ),
        (
            {"activates": True, "estimated_amount": 5},
            "You must fill in the Estimated Close Date field. Give it as estimated_close_on.",
        ),
        (
            {"activates": True, "estimated_amount": 5, "estimated_close_on": "2026-03-01"},
            "The Estimated closing date has to be later than this change. 2026-03-01 is before 2026-03-31.",
        ),
        (
            {"activates": True, "estimated_amount": 5, "sales_cycle_code": "BARE"},
            "There are no stages in sales cycle BARE. Add one: workbench setup cycle stage BARE 1.",
        ),
    ],
)
def test_what_the_wizard_refuses(bench: wb.Workbench, fields: dict[str, Any], text: str) -> None:
    assert refusal(bench, **fields) == text


def test_values_that_suit_no_field_are_refused(bench: wb.Workbench) -> None:
    unknown = refusal(bench, ConfigError, stage=1)
    assert unknown.startswith('An opportunity has no field "stage" that can be given. Known: campaign_no, contact_no,')
    assert (
        refusal(bench, ConfigError, priority="urgent") == '"urgent" is no value of priority. Known: high, low, normal.'
    )
    assert refusal(bench, NotFoundError, contact_no="BOX") == 'There is no contact "BOX". Did you mean "BOB"?'
    assert refusal(bench, ConfigError, description="x" * 101) == (
        "The description has 101 characters. At most 100 fit; comments take more."
    )
    assert refusal(bench, ConfigError, activates=True, estimated_amount="much") == (
        '"much" is no value of estimated_amount. Write a number.'
    )
    assert refusal(bench, ConfigError, activates=True, chances_rate=50) == (
        '"50" is no value of chances_rate. Write a number from 0 to 1; 0.5 is fifty percent.'
    )


def test_a_typed_number_is_taken_once(bench: wb.Workbench) -> None:
    assert bench.opportunities.create(DAY, opportunity_no="BIG", **NEW).opportunity_no == "BIG"
    assert refusal(bench, ConflictError, opportunity_no="BIG") == (
        'The number "BIG" is taken. Give another one, or none for the next free one.'
    )


def test_campaign_and_worksheet_bring_each_other() -> None:
    bench = office()
    sheet = bench.worksheets.create(DAY, description="Letter", campaign_no="RUNS").worksheet_no
    other = bench.worksheets.create(DAY, description="Other", campaign_no="OVER").worksheet_no
    assert created(bench, campaign_no="RUNS")["segment_no"] == sheet
    assert created(bench, segment_no=other)["campaign_no"] == "OVER", "which nobody named, so it is not checked"
    assert refusal(bench, campaign_no="RUNS", segment_no=other) == (
        f"The worksheet {other} belongs to the campaign OVER, the opportunity to RUNS. "
        "Name a worksheet of that campaign, or one without."
    )
    bench.worksheets.create(DAY, description="Second letter", campaign_no="RUNS")
    assert "segment_no" not in created(bench, campaign_no="RUNS"), "there are two"


def test_a_change_goes_to_the_active_entry_and_where_asked_to_open_tasks(bench: wb.Workbench) -> None:
    number = start(bench, campaign_no="RUNS", salesperson_code="JO")
    for kind, about in ((None, {"contact_no": "BOB"}), ("meeting", {"attendees": ["BOB"], "colleagues": ["PS"]})):
        given: dict[str, Any] = {
            "description": "Talk",
            "type": kind,
            "opportunity_no": number,
            "salesperson_code": "JO",
        }
        bench.tasks.create(DAY, **given, **about)
    bench.opportunities.change(number, salesperson_code="PS", contact_no="ADA")
    tasks = bench.tasks.list(DAY, opportunity_no=number).tasks
    assert set(tasks["salesperson_code"]) == {"JO"}, "not asked for"
    bench.opportunities.change(number, salesperson_code="JO", contact_no="BOB")
    receipt = bench.opportunities.change(number, with_tasks=True, salesperson_code="PS", contact_no="ADA")
    assert receipt.task_count == 2, "the task, and who attends the meeting"
    card = bench.opportunities.get(number)
    assert (card.opportunity.salesperson_code, card.opportunity.contact_no) == ("PS", "ADA")
    assert list(card.entries["salesperson_code"]) == ["PS"]
    tasks = bench.tasks.list(DAY, opportunity_no=number).tasks.set_index("type")
    assert tasks.loc["meeting", "salesperson_code"] == "JO", "who organizes a meeting goes on"
    attending = bench.tasks.get(str(tasks.loc["meeting", "task_no"])).attendees
    assert set(attending["no"]) == {"PS", "ADA"}


def test_what_cannot_be_changed(bench: wb.Workbench) -> None:
    number = start(bench)

    def refused(**fields: Any) -> str:
        with pytest.raises(RuleError) as error:
            bench.opportunities.change(number, **fields)
        return str(error.value)

    assert refused(contact_no="ZOE") == (
        "Contact ZOE Zoe is related to another company. Choose a contact of Adatum: the opportunity is in progress."
    )
    assert refused(sales_cycle_code="NEW") == (
        f"{number} is in progress and stays in the sales cycle LONG. Only what is not started is given another one."
    )
    assert refused(salesperson_code="") == "An opportunity cannot do without salesperson_code. Give it a value."
    assert refused(campaign_no="IDLE").startswith("The campaign IDLE is not activated.")


def test_one_that_is_not_started_goes_to_another_company(bench: wb.Workbench) -> None:
    number = bench.opportunities.create(DAY, **NEW).opportunity_no
    receipt = bench.opportunities.change(number, contact_no="ZOE", sales_cycle_code="NEW")
    assert receipt.changed == {"contact_no": ("BOB", "ZOE"), "sales_cycle_code": ("LONG", "NEW")}
    assert bench.opportunities.get(number).opportunity.company_name == "Zebra"


def test_opportunities_are_listed_by_what_is_due() -> None:
    bench = office()
    numbers = [start(bench, estimated_close_on=on) for on in ("2026-04-07", "2026-04-08", "2026-04-20")]
    bench.opportunities.close(numbers[2], "lost", DAY, code="PRICE")
    listed = bench.opportunities.list(DAY, state="all")
    assert (listed.total, listed.open_count, listed.due_count, listed.overdue_count) == (3, 2, 1, 0)
    assert (listed.estimated_amount, listed.calculated_amount) == (2000, 300)
    assert list(bench.opportunities.list(DAY, state="due").opportunities["opportunity_no"]) == numbers[:1]
    assert bench.opportunities.list(dt.date(2026, 4, 8), state="overdue").total == 1
    assert bench.opportunities.list(DAY, state="closed", contact_no="ADA").total == 1, "a company's people"
    assert bench.opportunities.list(DAY, stage=1, sales_cycle_code="LONG", text="chair").total == 2
    assert bench.opportunities.list(DAY, salesperson_code="PS").frame().empty
    with pytest.raises(ConfigError, match=r'Opportunities cannot be listed by "late"\. Choose one of: open, due'):
        bench.opportunities.list(DAY, state="late")


def test_only_what_is_not_in_progress_is_deleted() -> None:
    bench = office()
    opportunities = bench.opportunities
    fresh, going, lost = opportunities.create(DAY, **NEW, comments=["Why"]).opportunity_no, start(bench), start(bench)
    with pytest.raises(RuleError) as refused:
        opportunities.delete(going)
    assert str(refused.value) == (
        "You cannot delete this opportunity while it is active. "
        f"Close it first: workbench opportunity close {going} lost."
    )
    opportunities.close(lost, "lost", DAY, code="LATE")
    assert opportunities.delete_closed(dt.date(2026, 3, 30), dry_run=True).opportunity_nos == ()
    gone = opportunities.delete_closed()
    assert (gone.opportunity_nos, gone.entry_count) == ((lost,), 2)
    assert opportunities.delete(fresh).comment_count == 1
    assert list(opportunities.list(DAY, state="all").opportunities["opportunity_no"]) == [going]
    with pytest.raises(NotFoundError, match=f'There is no opportunity "{lost}"'):
        opportunities.get(lost)


def test_comments_come_and_go(bench: wb.Workbench) -> None:
    number = bench.opportunities.create(DAY, **NEW).opportunity_no
    assert bench.opportunities.comment(number, " Call again ", DAY).line_no == 10000
    assert bench.opportunities.comment(number, "Twice", DAY).line_no == 20000
    assert bench.opportunities.delete_comment(number, 10000).comment == "Call again"
    assert list(bench.opportunities.get(number).comments["line_no"]) == [20000]
    with pytest.raises(NotFoundError, match=f"{number} has no comment 10000"):
        bench.opportunities.delete_comment(number, 10000)
    with pytest.raises(ConfigError, match="A comment needs a text"):
        bench.opportunities.comment(number, " ", DAY)
