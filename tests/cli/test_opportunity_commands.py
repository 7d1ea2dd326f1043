"""The commands about opportunities and sales cycles."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell

DAY = ("--as-of", "2026-03-31")
NEW = ("opportunity", "new", "--set", "description=Chairs", "--set", "contact_no=C1", "--set", "salesperson_code=JO")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, shop: Shell) -> Shell:
    """A store with a sales cycle of two stages, which is the default, and reasons to close."""
    folder = tmp_path_factory.mktemp("office")
    shell = Shell(folder, folder / "office.duckdb")
    shell.store.write_bytes(shop.store.read_bytes())
    half = ("--set", "completed_rate=0.5", "--set", "chances_rate=0.5")
    for arguments in (
        ("code", "salesperson", "JO"),
        ("cycle", "set", "NEW", "--set", "description=New customers", "--set", "probability_calculation=add"),
        ("cycle", "stage", "NEW", "1", "--set", "description=Talk", "--set", "date_formula=1M", *half),
        ("cycle", "stage", "NEW", "2", "--set", "description=Offer", *half),
        ("code", "close_opportunity_code", "PRICE", "--set", "type=lost"),
        ("code", "business_relation_type", "CUST"),
        ("set", "customer_relation_code", "CUST"),
        ("set", "default_sales_cycle_code", "NEW"),
    ):
        done = shell.run("setup", *arguments)
        assert done.code == 0, done.err
    return shell


def test_an_opportunity_is_led_through_its_cycle_and_lost(office: Shell) -> None:
    asked = (*NEW, "--activate", "--value", "1000", "--close-on", "2026-05-01", "--comment", "Met", *DAY)
    preview = office.run(*asked, "--dry-run").out
    assert preview.splitlines()[0] == "OP000001: would be created."
    number = office.run(*asked, "--json").json["opportunity_no"]
    moved = office.run("opportunity", "move", number, *DAY).out
    assert moved.splitlines()[0] == f"{number}: next, entry 2."
    assert "calculated_amount" not in moved, "the rates of both stages are the same"
    assert office.run("opportunity", "update", number, "--value", "2000", "--json", *DAY).json["changed"] == {
        "estimated_amount": [1000, 2000], "calculated_amount": [500, 1000],
    }  # fmt: skip
    shown = office.run("opportunity", "show", number).out
    assert "previous: to stage 1" in shown
    assert "Met" in shown
    closed = office.run("opportunity", "close", number, "lost", *DAY).out
    assert closed.splitlines()[0] == f"{number}: lost, entry 4."
    assert office.run("opportunity", "move", number, *DAY).complaint == (
        f"{number} is closed since 2026-03-31: it was lost.",
        "A closed opportunity is not opened again: create another one.",
    )
    assert office.run("opportunity", "show", number, "--json").json["actions"] == {}


def test_opportunities_are_listed_changed_and_deleted(office: Shell) -> None:
    number = office.run(*NEW, "--json", *DAY).json["opportunity_no"]
    assert office.run("opportunity", "activate", number, *DAY).out.splitlines()[0].startswith(f"{number}: activated")
    changed = office.run("opportunity", "change", number, "--set", "priority=high", "--with-tasks", "--json").json
    assert changed["changed"] == {"priority": ["normal", "high"]}
    listed = office.run("opportunity", "list", "--state", "in_progress", *DAY).out
    assert "Opportunities: 1, open: 1; overdue on 2026-03-31: 0" in listed
    office.run("opportunity", "comment", number, "Call", *DAY)
    assert office.run("opportunity", "delete-comment", number, "10000").out == f"{number}: comment 10000 deleted.\n"
    assert office.run("opportunity", "delete", number).complaint == (
        "You cannot delete this opportunity while it is active.",
        f"Close it first: workbench opportunity close {number} lost.",
    )
    office.run("opportunity", "close", number, "lost", "--code", "PRICE", *DAY)
    gone = office.run("opportunity", "delete-closed", "--until", "2026-03-31", "--dry-run", "--json").json
    assert number in gone["opportunity_nos"]
    assert (
        office.run("opportunity", "delete", number).out == "Opportunities deleted: 1, with entries: 2, comments: 0.\n"
    )


def test_sales_cycles_are_shown_with_their_stages_and_do_not_go_with_opportunities(office: Shell) -> None:
    office.run(*NEW, "--activate", "--value", "10", "--close-on", "2026-05-01", *DAY)
    cycles = office.run("setup", "cycle", "list", "--json").json
    assert [(one["code"], one["stage_count"], one["opportunity_count"]) for one in cycles] == [("NEW", 2, 1)]
    later = office.run("setup", "cycle", "show", "NEW", "--from", "2026-06-01", "--json").json
    assert [stage["opportunity_count"] for stage in later["stages"]] == [0, 0]
    assert office.run("setup", "cycle", "show", "NEW").out.splitlines()[0] == "NEW New customers: add."
    assert office.run("setup", "cycle", "stage", "NEW", "1", "--delete").complaint[0] == (
        "Stage 1 of NEW cannot be deleted while opportunities are at it (1)."
    )
    assert office.run("setup", "cycle", "stage", "NEW", "2", "--delete").out == "sales_cycle_stage NEW 2: deleted.\n"
    assert office.run("setup", "cycle", "delete", "NEW").code != 0
    assert office.run("setup", "cycle", "close-codes", "--json").json[0]["code"] == "PRICE"
