"""What follows when opportunities move: tasks of stages, tasks called off, customers of what was won."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import workbench as wb
from tests.use_cases.sales_world import DAY, desk

NEXT_DAY = DAY + dt.timedelta(days=1)


@pytest.fixture
def bench() -> wb.Workbench:
    """A desk where contacts become customers, with one opportunity that was activated."""
    bench = desk()
    bench.codes.save("business_relation_type", "CUST")
    bench.setup.set_marketing("customer_relation_code", "CUST")
    with bench.database.writing() as con:
        con.execute("INSERT INTO close_opportunity_code VALUES ('PRICE', NULL, 'won'), ('GONE', NULL, 'lost')")
    bench.opportunities.create(
        DAY, description="Chairs", contact_no="BOB", sales_cycle_code="NEW", activates=True, estimated_amount=1000,
        estimated_close_on=DAY,
    )  # fmt: skip
    return bench


def tasks(bench: wb.Workbench, state: str = "open") -> list[Any]:
    frame = bench.tasks.list(DAY, state=state, opportunity_no="OP000001").frame()
    rows: Any = frame.itertuples()
    return [(row.task_no, row.type, row.description, row.dated_on.date()) for row in rows]


class TestTasks:
    def test_the_activity_of_a_stage_makes_tasks_from_the_day_of_the_step(self, bench: wb.Workbench) -> None:
        planned = bench.opportunities.move("OP000001", "next", NEXT_DAY, dry_run=True)
        assert (planned.created_task_count, planned.created_task_nos, tasks(bench)) == (2, (), [])
        done = bench.opportunities.move("OP000001", "next", NEXT_DAY)
        assert done.created_task_nos == ("TD000001", "TD000002")
        assert tasks(bench) == [
            ("TD000001", "phone_call", "Ask", NEXT_DAY + dt.timedelta(days=1)),
            ("TD000002", "meeting", "Show", NEXT_DAY + dt.timedelta(days=7)),
        ]
        call = bench.tasks.get("TD000001").task
        assert (call.contact_no, call.salesperson_code, call.activity_code) == ("BOB", "JO", "OFFER")
        assert "BOB" in list(bench.tasks.get("TD000002").attendees["no"])
        assert bench.reports.opportunity_details(DAY).tasks["opportunity_entry_no"].nunique() == 1

    def test_an_update_makes_none_and_an_activity_without_steps_neither(self, bench: wb.Workbench) -> None:
        bench.opportunities.move("OP000001", "next", DAY)
        assert bench.opportunities.update("OP000001", DAY, estimated_amount=1100).created_task_count == 0
        bench.opportunities.quote("OP000001", DAY)
        assert bench.opportunities.move("OP000001", "next", DAY).created_task_count == 0

    def test_moving_calls_open_tasks_off_where_asked(self, bench: wb.Workbench) -> None:
        bench.tasks.create(
            DAY, description="Remind", opportunity_no="OP000001", recurring_formula="1W", recurs_from="due_date"
        )
        assert bench.opportunities.move("OP000001", "next", DAY).canceled_task_nos == ()
        back = bench.opportunities.move("OP000001", "previous", DAY, cancels_tasks=True)
        assert back.canceled_task_nos == ("TD000001", "TD000002", "TD000003")
        assert tasks(bench) == []
        assert [one[0] for one in tasks(bench, "canceled")] == ["TD000001", "TD000002", "TD000003"]
        assert bench.tasks.get("TD000001").task.recurring_formula is None

    def test_closing_calls_them_off_unless_somebody_says_otherwise(self, bench: wb.Workbench) -> None:
        bench.opportunities.move("OP000001", "next", DAY)
        kept = bench.opportunities.close("OP000001", "lost", DAY, cancels_tasks=False, dry_run=True)
        assert kept.canceled_task_nos == ()
        done = bench.opportunities.close("OP000001", "lost", NEXT_DAY)
        assert done.canceled_task_nos == ("TD000001", "TD000002")
        assert bench.tasks.get("TD000001").task.closed_on == NEXT_DAY

    def test_nothing_moves_where_its_tasks_are_refused(self, bench: wb.Workbench) -> None:
        bench.codes.save("salesperson", "JO", email=None)
        with pytest.raises(wb.WorkbenchError, match="JO has no e-mail address, which organizing a meeting needs"):
            bench.opportunities.move("OP000001", "next", DAY)
        assert bench.opportunities.get("OP000001").opportunity.stage == "First talk"


class TestCustomers:
    def test_what_is_won_makes_the_company_a_customer(self, bench: wb.Workbench) -> None:
        planned = bench.opportunities.close("OP000001", "won", DAY, amount=900, dry_run=True)
        assert planned.customer_no == "ADA"
        assert bench.relations.records("customer").frame().empty
        assert bench.opportunities.close("OP000001", "won", DAY, amount=900).customer_no == "ADA"
        assert list(bench.relations.records("customer").frame()["record_no"]) == ["ADA"]

    def test_a_customer_stays_the_one_there_is(self, bench: wb.Workbench) -> None:
        bench.relations.create_as("ADA", "customer", as_of=DAY, record_no="10000")
        assert bench.opportunities.close("OP000001", "won", DAY, amount=900).customer_no is None

    def test_what_is_lost_makes_none(self, bench: wb.Workbench) -> None:
        assert bench.opportunities.close("OP000001", "lost", DAY).customer_no is None

    def test_without_a_relation_for_customers_nothing_is_won(self, bench: wb.Workbench) -> None:
        bench.setup.set_marketing("customer_relation_code", "")
        with pytest.raises(wb.WorkbenchError, match=r"Bus\. Rel\. Code for Customers must be filled"):
            bench.opportunities.close("OP000001", "won", DAY, amount=900)
        assert bench.opportunities.get("OP000001").opportunity.status == "in_progress"
