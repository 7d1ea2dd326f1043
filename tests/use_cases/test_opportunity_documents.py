"""Quotes made from opportunities, and orders made from quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.sales_world import DAY, desk
from workbench.opportunities import DocumentLine

OPP = "OP000001"


@pytest.fixture
def bench() -> wb.Workbench:
    """A desk with items, close opportunity codes, and an opportunity at its second stage."""
    bench = desk()
    bench.codes.save("business_relation_type", "CUST")
    bench.setup.set_marketing("customer_relation_code", "CUST")
    bench.sources.load("item", pd.DataFrame({
        "item_no": ["GTX Pro", "GTX Plus"], "description": ["The big one", None], "unit_price_amount": ["4821", None],
    }))  # fmt: skip
    with bench.database.writing() as con:
        con.execute("INSERT INTO close_opportunity_code VALUES ('PRICE', NULL, 'won'), ('GONE', NULL, 'lost')")
    started: dict[str, Any] = {
        "sales_cycle_code": "NEW",
        "activates": True,
        "estimated_amount": 1000,
        "estimated_close_on": DAY,
    }
    bench.opportunities.create(DAY, description="Chairs", contact_no="BOB", **started)
    bench.opportunities.move(OPP, "next", DAY)
    return bench


def linked(bench: wb.Workbench) -> tuple[str | None, str | None]:
    opportunity = bench.opportunities.get(OPP).opportunity
    return opportunity.document_type, opportunity.document_no


class TestQuotes:
    def test_a_quote_is_made_and_opens_the_stage_that_requires_one(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.WorkbenchError, match="You cannot go to this stage before you have assigned a sales quo"):
            bench.opportunities.move(OPP, "next", DAY)
        planned = bench.opportunities.quote(OPP, DAY, dry_run=True)
        assert (planned.document.document_no, planned.is_written, linked(bench)) == ("SQ000001", False, (None, None))
        made = bench.opportunities.quote(OPP, DAY)
        assert made.document == planned.document
        assert made.document.lines == (DocumentLine(None, "Chairs", 1.0, 1000.0),)
        assert linked(bench) == ("quote", "SQ000001")
        assert bench.opportunities.move(OPP, "next", DAY).stage_no == 3

    def test_lines_take_what_follows_from_their_item(self, bench: wb.Workbench) -> None:
        lines: list[dict[str, object]] = [
            {"item_no": "GTX Pro", "quantity": "2", "line_discount_rate": 0.1},
            {"description": "Work", "quantity": 3, "unit_price_amount": 50},
        ]
        document = bench.opportunities.quote(OPP, DAY, lines, document_no="Q-7").document
        assert document.document_no == "Q-7"
        assert document.amount == pytest.approx(2 * 4821 * 0.9 + 150)
        assert document.frame()["description"].tolist() == ["The big one", "Work"]
        assert bench.opportunities.document("Q-7") == document
        changed = bench.opportunities.change_quote("Q-7", lines[1:]).document
        assert (changed.amount, bench.opportunities.document("Q-7")) == (150.0, changed)
        assert bench.opportunities.documents(OPP).frame()[["line_count", "amount"]].to_numpy().tolist() == [[1, 150]]

    def test_the_item_of_the_opportunity_is_offered_at_its_price(self, bench: wb.Workbench) -> None:
        bench.opportunities.change(OPP, item_no="GTX Pro")
        line = bench.opportunities.quote(OPP, DAY, dry_run=True).document.lines[0]
        assert (line.item_no, line.description, line.amount) == ("GTX Pro", "The big one", 4821.0)
        bench.opportunities.change(OPP, item_no="GTX Plus")
        line = bench.opportunities.quote(OPP, DAY, dry_run=True).document.lines[0]
        assert (line.item_no, line.description, line.amount) == ("GTX Plus", "Chairs", 1000.0)

    def test_a_second_quote_waits_until_the_first_is_gone(self, bench: wb.Workbench) -> None:
        bench.opportunities.quote(OPP, DAY)
        with pytest.raises(wb.WorkbenchError, match="A sales quote has already been assigned to this opportunity"):
            bench.opportunities.quote(OPP, DAY)
        assert bench.opportunities.delete_quote("SQ000001", dry_run=True).document.amount == 1000
        assert bench.opportunities.delete_quote("SQ000001").action == "deleted"
        assert linked(bench) == (None, None)
        assert bench.opportunities.quote(OPP, DAY).document.document_no == "SQ000002"

    def test_only_what_is_in_progress_gets_a_quote(self, bench: wb.Workbench) -> None:
        bench.opportunities.create(DAY, description="Desks", contact_no="LEO", sales_cycle_code="NEW")
        with pytest.raises(wb.WorkbenchError, match="Status must be in progress: OP000002 is not started"):
            bench.opportunities.quote("OP000002", DAY)
        bench.opportunities.close(OPP, "lost", DAY)
        with pytest.raises(wb.WorkbenchError, match="Status must be in progress: OP000001 is lost"):
            bench.opportunities.quote(OPP, DAY)

    @pytest.mark.parametrize(("line", "message"), [
        ({"item_no": "GTXPro"}, 'There is no item "GTXPro"'),
        ({"item": "GTX Pro"}, 'A line of a quote has no field "item"'),
        ({"quantity": 2}, "A line of a quote needs an item or a description"),
        ({"item_no": "GTX Plus"}, "Nothing tells the price of GTX Plus"),
        ({"item_no": "GTX Pro", "quantity": "-1"}, '"-1" is no value of quantity'),
        ({"item_no": "GTX Pro", "line_discount_rate": 10}, "A discount of 10 is more than everything"),
    ])  # fmt: skip
    def test_lines_that_say_nothing_are_refused(
        self, bench: wb.Workbench, line: Mapping[str, Any], message: str
    ) -> None:
        with pytest.raises(wb.WorkbenchError, match=message):
            bench.opportunities.quote(OPP, DAY, [line])
        assert bench.opportunities.documents().documents == ()

    def test_numbers_are_given_once(self, bench: wb.Workbench) -> None:
        bench.opportunities.quote(OPP, DAY)
        bench.opportunities.create(
            DAY, description="Desks", contact_no="LEO", sales_cycle_code="NEW", activates=True, estimated_amount=1,
            estimated_close_on=DAY,
        )  # fmt: skip
        with pytest.raises(wb.ConflictError, match='The number "SQ000001" is taken'):
            bench.opportunities.quote("OP000002", DAY, document_no="SQ000001")
        with pytest.raises(wb.NotFoundError, match='There is no quote or order "SQ9"'):
            bench.opportunities.document("SQ9")


class TestOrders:
    def test_an_open_opportunity_has_to_be_closed_before(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.WorkbenchError, match="There is no sales quote that is assigned to this opportunity"):
            bench.opportunities.make_order(OPP, DAY)
        bench.opportunities.quote(OPP, DAY)
        with pytest.raises(wb.WorkbenchError, match="An open opportunity, OP000001, is linked to the quote SQ000001"):
            bench.opportunities.make_order(OPP, DAY)
        with pytest.raises(wb.WorkbenchError, match="You must select either Won or Lost"):
            bench.opportunities.make_order(OPP, DAY, closes="over")
        assert [one.document_type for one in bench.opportunities.documents().documents] == ["quote"]

    def test_what_is_won_points_to_the_order_and_is_worth_it(self, bench: wb.Workbench) -> None:
        bench.opportunities.quote(OPP, DAY, [{"item_no": "GTX Pro"}])
        planned = bench.opportunities.make_order(OPP, DAY, closes="won", dry_run=True)
        assert bench.opportunities.get(OPP).opportunity.status == "in_progress"
        done = bench.opportunities.make_order(OPP, DAY, closes="won")
        assert done.document == planned.document
        assert (done.closed, done.created_customer_no) == ("won", "ADA")
        assert done.canceled_task_nos == planned.canceled_task_nos == ("TD000001", "TD000002")
        order = bench.opportunities.document("SO000001")
        assert (order.quote_no, order.customer_no, order.amount) == ("SQ000001", "ADA", 4821.0)
        card = bench.opportunities.get(OPP)
        assert (card.opportunity.status, card.opportunity.document_no) == ("won", "SO000001")
        assert card.active is not None
        assert card.active.calculated_amount == 4821
        with pytest.raises(wb.WorkbenchError, match="An order was made from SQ000001"):
            bench.opportunities.delete_quote("SQ000001")
        with pytest.raises(wb.WorkbenchError, match="SO000001 is an order"):
            bench.opportunities.change_quote("SO000001", [])

    def test_an_order_of_what_was_won_before_takes_its_value(self, bench: wb.Workbench) -> None:
        bench.opportunities.quote(OPP, DAY)
        bench.opportunities.close(OPP, "won", DAY)
        bench.opportunities.change_quote("SQ000001", [{"description": "Chairs", "unit_price_amount": 1200}])
        with pytest.raises(wb.WorkbenchError, match="OP000001 is closed since"):
            bench.opportunities.make_order(OPP, DAY, closes="won")
        assert bench.opportunities.make_order(OPP, DAY).closed is None
        active = bench.opportunities.get(OPP).active
        assert active is not None
        assert active.calculated_amount == 1200

    def test_what_is_lost_points_to_nothing_any_more(self, bench: wb.Workbench) -> None:
        bench.opportunities.quote(OPP, DAY)
        done = bench.opportunities.make_order(OPP, DAY, closes="lost", cancels_tasks=False)
        assert (done.closed, done.created_customer_no, done.canceled_task_nos) == ("lost", "ADA", ())
        assert linked(bench) == (None, None)

    def test_documents_go_with_their_opportunity_and_are_told_of_their_contact(self, bench: wb.Workbench) -> None:
        bench.opportunities.quote(OPP, DAY)
        sections = {one.name: one.rows for one in bench.privacy.access("BOB", DAY).sections}
        assert sections["sales_document"]["document_no"].tolist() == ["SQ000001"]
        bench.opportunities.close(OPP, "lost", DAY)
        bench.opportunities.delete(OPP)
        assert bench.opportunities.documents().documents == ()


def test_an_erased_contact_loses_what_is_open(bench: wb.Workbench) -> None:
    bench.opportunities.quote(OPP, DAY)
    bench.opportunities.comment(OPP, "Likes blue", DAY)
    bench.privacy.erase("BOB", as_of=DAY, force=True)
    card = bench.opportunities.get(OPP)
    assert card.active is not None
    assert (card.opportunity.status, card.active.action_taken, card.active.stage_no) == ("lost", "lost", 0)
    assert card.entries["is_active"].tolist() == [False, False, True]
    assert card.comments.empty
    document = bench.opportunities.document("SQ000001")
    assert (document.contact_no, document.lines[0].description, document.amount) == (None, None, 1000)
