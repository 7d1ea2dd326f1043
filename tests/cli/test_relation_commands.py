"""The commands about business relations and linked records."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell

CUSTOMERS = """\
customer_no,name,contact,city,phone_no
10000,Prague Works Ltd.,,Prague,777
20000,Fabrikam,Eva Holm,Brno,888
"""


@pytest.fixture
def trading(own: Shell) -> Shell:
    """The store with two customers, and the relation that stands for customers."""
    for arguments in (
        ("setup", "code", "business_relation_type", "CUST"),
        ("setup", "code", "business_relation_type", "PRESS"),
        ("setup", "set", "customer_relation_code", "CUST"),
        ("load", "customer", own.file("customers.csv", CUSTOMERS)),
    ):
        done = own.run(*arguments)
        assert done.code == 0, done.err
    return own


def test_a_contact_is_linked_changed_with_its_record_and_unlinked(trading: Shell) -> None:
    planned = trading.run("contact", "link", "C5", "customer", "10000", "--dry-run").out.splitlines()
    assert planned[-1] == "customer 10000 (C5) would be linked."
    done = trading.run("contact", "link", "C5", "customer", "10000", "--wins", "record", "--json").json
    assert next((one["field"], one["after"]) for one in done["contact_changes"]) == ("name", "Prague Works Ltd.")
    changed = trading.run("record", "set", "customer", "10000", "city=Kladno").out.splitlines()
    assert [line.split() for line in changed[1:]] == [
        ["customer", "10000", "city", "Prague", "Kladno"],
        ["contact", "C5", "city", "Prague", "Kladno"],
        ["customer", "10000", "(C5)", "changed."],
    ]
    shown = trading.run("record", "show", "customer", "10000", "--json").json
    assert (shown["contact_no"], shown["values"]["city"]) == ("C5", "Kladno")
    assert trading.run("contact", "relation", "list", "C5", "--json").json["kind"] == "customer"
    assert trading.run("contact", "unlink", "C5", "customer").out == "customer 10000 (C5) unlinked.\n"
    gone = trading.run("contact", "unlink", "C5", "customer")
    assert gone.complaint == (
        "C5 is linked to no customer.", "See what it is: workbench contact relation list C5.",
    )  # fmt: skip


def test_records_are_created_of_contacts_and_contacts_of_records(trading: Shell) -> None:
    made = trading.run("contact", "create-as", "C5", "customer", "--no", "30000").out.splitlines()
    assert made[-1] == "customer 30000 (C5) created."
    planned = trading.run("contact", "create-from", "customer", "--all", "--dry-run").out.splitlines()
    assert planned[-1] == "2 contacts and 1 people would be created; 1 records were linked already."
    done = trading.run("contact", "create-from", "customer", "20000", "--json").json
    assert [one["person_name"] for one in done["contacts"]] == ["Eva Holm"]
    unclear = trading.run("contact", "create-from", "customer")
    assert unclear.complaint == ("It is not clear which records are meant.", "Give their numbers, or --all.")
    listed = trading.run("record", "list", "customer", "--unlinked").out.splitlines()
    assert listed[1].split()[0] == "10000"
    assert listed[-1] == "1 of 1; 1 without a contact"


def test_relations_are_added_and_removed(trading: Shell) -> None:
    assert trading.run("contact", "relation", "add", "C1", "PRESS").out == "C1 PRESS added.\n"
    refused = trading.run("contact", "relation", "add", "C1", "CUST")
    assert refused.complaint[0] == "The relation CUST is for contacts with a customer, and is not given by hand."
    assert trading.run("contact", "relation", "list", "C1").out.splitlines()[0] == "C1: other"
    assert (
        trading.run("contact", "relation", "remove", "C1", "PRESS", "--dry-run").out == "C1 PRESS would be removed.\n"
    )


def test_loaded_records_are_synchronized(trading: Shell) -> None:
    assert trading.run("contact", "link", "C5", "customer", "10000").code == 0
    moved = trading.file("moved.csv", "customer_no,city\n10000,Tabor\n")
    assert trading.run("load", "customer", moved).code == 0
    planned = trading.run("record", "synchronize", "customer", "--dry-run").out.splitlines()
    assert planned[1].split() == ["contact", "C5", "city", "Prague", "Tabor"]
    assert planned[-1] == "1 compared, 1 would be changed, 0 refused."
    assert trading.run("record", "synchronize", "customer", "--json").json["changed_count"] == 1
