"""The commands about quotes and orders, and those that create opportunities from elsewhere."""

from __future__ import annotations

import pytest

import workbench as wb
from tests.cli.command import Shell
from tests.use_cases.sales_world import DAY

ON = ("--as-of", DAY.isoformat())
STAGES = "sales_cycle_code,stage_no,description,completed_rate,chances_rate\nNEW,1,Talk,0.1,0.5\n"


@pytest.fixture
def desk(own: Shell) -> Shell:
    """The shop with a sales cycle of one stage, an item, and a worksheet of two contacts."""
    bench = wb.open(own.store)
    bench.codes.save("salesperson", "JO", name="John")
    bench.codes.save("business_relation_type", "CUST")
    bench.setup.set_marketing("customer_relation_code", "CUST")
    with bench.database.writing() as con:
        con.execute("INSERT INTO sales_cycle VALUES ('NEW', 'New customers', 'multiply', FALSE)")
        con.execute("INSERT INTO close_opportunity_code VALUES ('PRICE', NULL, 'won')")
    for table, content in (
        ("sales_cycle_stage", STAGES), ("item", "item_no,description,unit_price_amount\nGTX Pro,Big,4821\n"),
    ):  # fmt: skip
        assert own.run("load", table, own.file(f"{table}.csv", content)).code == 0
    assert own.run("worksheet", "create", "--set", "description=Winter", "--set", "salesperson_code=JO", *ON).code == 0
    for contact_no in ("C1", "C2"):
        assert own.run("worksheet", "add-line", "SM00001", contact_no, *ON).code == 0
    return own


def test_a_worksheet_gets_opportunities_that_are_quoted_and_ordered(desk: Shell) -> None:
    asked = ("from-worksheet", "SM00001", "--set", "sales_cycle_code=NEW", *ON)
    planned = desk.run("opportunity", *asked, "--dry-run")
    assert planned.out.startswith("Opportunities would be created from SM00001: 2.\n")
    started = ("--activate", "--value", "1000", "--close-on", "2026-05-01", "--json")
    made = desk.run("opportunity", *asked, *started).json["opportunities"]
    assert [(one["opportunity_no"], one["contact_no"], one["is_activated"]) for one in made] == [
        ("OP000001", "C1", True), ("OP000002", "C2", True),
    ]  # fmt: skip

    done = desk.run("opportunity", "quote", "OP000001", "--line", "item_no=GTX Pro; quantity=2", *ON)
    assert done.out.startswith("Quote SQ000001 of OP000001: created, worth 9,642.00.\n")
    assert desk.run("opportunity", "quote", "OP000001", *ON).complaint == (
        "A sales quote has already been assigned to this opportunity.",
        "It is SQ000001: change its lines, or delete it first.",
    )
    changed = desk.run("opportunity", "change-quote", "SQ000001", "--line", "item_no=GTX Pro", "--json").json
    assert changed["document"]["amount"] == 4821
    assert desk.run("opportunity", "order", "OP000001", *ON).complaint[1] == "Say how it ended: won or lost."
    ordered = desk.run("opportunity", "order", "OP000001", "--close", "won", *ON).out.splitlines()
    assert ordered[:3] == [
        "Order SO000001 of OP000001: created, worth 4,821.00.",
        "OP000001 closed: won.",
        "Customer created: C1.",
    ]
    listed = desk.run("opportunity", "documents", "OP000001", "--json").json
    assert [(one["document_no"], one["is_closed"]) for one in listed] == [("SO000001", False), ("SQ000001", True)]
    assert desk.run("opportunity", "document", "SO000001", "--json").json["quote_no"] == "SQ000001"
    desk.run("opportunity", "quote", "OP000002", *ON)
    gone = desk.run("opportunity", "delete-quote", "SQ000002", "--dry-run")
    assert gone.out.startswith("Quote SQ000002 of OP000002: would be deleted")
    assert desk.run("opportunity", "delete-quote", "SQ000002").code == 0


def test_an_interaction_gets_an_opportunity(desk: Shell) -> None:
    asked = ("from-interaction", "1", "--set", "sales_cycle_code=NEW", "--set", "description=Chairs", *ON)
    shown = desk.run("opportunity", *asked, "--set", "salesperson_code=JO", "--dry-run")
    assert shown.out.startswith("OP000001 would be created from interaction 1.\n")
    made = desk.run("opportunity", *asked, "--set", "salesperson_code=JO", "--json").json
    assert (made["opportunity_no"], made["description"], made["is_written"]) == ("OP000001", "Chairs", True)
    assert desk.run("opportunity", *asked).complaint == (
        "The interaction 1 belongs to the opportunity OP000001.",
        "It gets no second one.",
    )
