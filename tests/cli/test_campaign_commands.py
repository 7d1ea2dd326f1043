"""The commands about campaigns: cards, target groups, prices, entries, statistics."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")
SENT = """\
interaction_no,contact_no,occurred_at,campaign,campaign target,campaign response,cost,campaign entry
M1,C1,2024-12-02,CP0001,yes,no,2.50,1
M2,C2,2024-12-02,CP0001,yes,no,2.50,1
M3,C1,2024-12-05,CP0001,no,yes,,
"""
ENTRIES = "entry no,campaign,description,date\n1,CP0001,Letter,2024-12-02\n"


@pytest.fixture
def spring(own: Shell) -> Shell:
    """A store with a campaign of two letters and an answer."""
    made = own.run("campaign", "new", "--description", "Winter", "--set", "starting_on=2024-12-01", *DAY)
    assert made.out == "description:  -> Winter\nstarting_on:  -> 2024-12-01\nCP0001 created.\n"
    for table, name, rows in (("interaction", "sent.csv", SENT), ("campaign_entry", "entries.csv", ENTRIES)):
        assert own.run("load", table, own.file(name, rows)).code == 0
    return own


def test_a_card_is_changed_shown_commented_and_deleted(spring: Shell) -> None:
    assert spring.run("setup", "code", "campaign_status", "DONE").code == 0
    planned = spring.run("campaign", "set", "CP0001", "status_code=DONE", "--dry-run").out
    assert planned == "status_code:  -> DONE\nCP0001 would be changed.\n"
    assert spring.run("campaign", "set", "CP0001", "status_code=DONE", "--json").json["changed"] == {
        "status_code": [None, "DONE"]
    }
    assert spring.run("campaign", "comment", "CP0001", "Ask for photos", *DAY).out == "CP0001: comment 10000 added.\n"
    shown = spring.run("campaign", "show", "CP0001", "--json").json
    assert (shown["status_code"], shown["entry_count"]) == ("DONE", 1)
    assert [one["comment"] for one in shown["comments"]] == ["Ask for photos"]
    assert "Ask for photos" in spring.run("campaign", "show", "CP0001").out
    assert "DONE" in spring.run("campaign", "list").out
    assert spring.run("campaign", "delete-comment", "CP0001", "10000").out == "CP0001: comment 10000 deleted.\n"
    gone = spring.run("campaign", "delete", "CP0001", "--yes").out
    assert gone == "CP0001 with 1 entries, 2 interactions, 0 targets, 0 prices and 0 comments deleted.\n"
    assert spring.run("campaign", "list", "--json").json == []


def test_prices_are_for_whoever_is_a_target(spring: Shell) -> None:
    saved = spring.run("campaign", "price", "CP0001", "1000", "--price", "9.90", "--discount", "0.1")
    assert saved.out == "CP0001: price of 1000 saved.\n"
    assert spring.run("campaign", "offers", "C1", *DAY).out == "No campaign price is for C1.\n"
    activated = spring.run("campaign", "activate", "CP0001", "--require-prices").out.splitlines()
    assert activated[0] == "CP0001 activated; target group: 2 members, 0 of them customers; prices: 1."
    offered = spring.run("campaign", "offers", "C1", *DAY, "--json").json
    assert [(one["item_no"], one["line_discount_rate"]) for one in offered] == [("1000", 0.1)]
    assert spring.run("campaign", "target-group", "CP0001").out.splitlines()[-2:] == [
        "CP0001 is activated; members: 2, in Business Central: 1.",
        "People without company: 2. Business Central puts all of them into one row without number.",
    ]
    assert spring.run("campaign", "prices", "CP0001", "--json").json[0]["item_no"] == "1000"
    assert spring.run("campaign", "deactivate", "CP0001", "--json").json["is_activated"] is False
    assert spring.run("campaign", "delete-price", "CP0001", "1000").out == "CP0001: price of 1000 deleted.\n"


def test_statistics_are_of_entries_that_are_not_canceled(spring: Shell) -> None:
    figures = spring.run("campaign", "statistics", "CP0001", "--json").json
    assert (figures["target_contacts_contacted"], figures["contacts_responded"]) == (2, 1)
    assert float(figures["entry_response_rate"]) == 0.5
    assert float(figures["cost_per_response_amount"]) == 5
    assert "entry_response_rate           0.500" in spring.run("campaign", "statistics", "CP0001").out
    assert spring.run("campaign", "entries", "CP0001", "--json").json[0]["interaction_count"] == 2
    report = spring.run("report", "campaign-details", "CP0001", "--json", *DAY).json["rows"]
    assert [(row["kind"], row["cost_amount"]) for row in report] == [("campaign", "5.0"), ("entry", "5.0")]
    assert spring.run("campaign", "cancel", "CP0001").out == "Entries canceled: 1, with 2 interactions.\n"
    of_march = spring.run("campaign", "statistics", "CP0001", "--from", "2024-12-01", "--to", "2024-12-31", "--json")
    assert of_march.json["target_contacts_contacted"] == 0
    gone = spring.run("campaign", "delete-canceled", "--dry-run").out
    assert gone == "Entries would be deleted: 1, with 2 interactions.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("show", "CP9"), 14, ('There is no campaign "CP9".', "Create one.")),
        (
            ("new", "--set", "dry_run=no"),
            2,
            ('A campaign has no field "dry_run".', "It has description, type_code, starting_on, ending_on"),
        ),
    ],
)
def test_what_is_refused(own: Shell, arguments: tuple[str, ...], code: int, complaint: tuple[str, str]) -> None:
    refused = own.run("campaign", *arguments)
    assert refused.code == code
    assert refused.complaint[0] == complaint[0]
