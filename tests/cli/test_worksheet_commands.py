"""The commands about worksheets."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")


@pytest.fixture
def sheet(own: Shell) -> Shell:
    """A store with one worksheet of the people in Prague."""
    assert own.run("worksheet", "create", "--set", "description=Winter", *DAY).out == "Created SM00001.\n"
    filters = ("--filter", "contact.city=Prague", "--filter", "contact.type=person")
    done = own.run("worksheet", "add", "SM00001", *filters, *DAY)
    assert done.out.splitlines() == [
        "add; contact: city: Prague, type: person",
        "  lines added: 2, removed: 0",
        "SM00001 lines: 2, contacts: 2, actions: 1",
    ]
    return own


def test_a_preview_writes_nothing(sheet: Shell) -> None:
    planned = sheet.run("worksheet", "reduce", "SM00001", "--filter", "contact.no=C1", "--dry-run", *DAY)
    assert planned.out.splitlines()[-1] == "SM00001 would be left with lines: 1, contacts: 1, actions: 2"
    assert sheet.run("worksheet", "show", "SM00001", "--json").json["line_count"] == 2


def test_lines_are_worked_on_and_gone_back_over(sheet: Shell) -> None:
    assert sheet.run("worksheet", "add-line", "SM00001", "C2", *DAY, "--json").json["added"] == 1
    assert sheet.run("worksheet", "change-line", "SM00001", "30000", "C3", *DAY, "--json").json["action_count"] == 4
    assert sheet.run("worksheet", "delete-line", "SM00001", "10000", *DAY, "--json").json["line_count"] == 2
    refined = sheet.run("worksheet", "refine", "SM00001", "--filter", "contact.no=C3", *DAY, "--json").json
    assert (refined["line_count"], refined["product_count"]) == (1, 1)
    lines = sheet.run("worksheet", "lines", "SM00001", "--json").json
    assert [(line["line_no"], line["contact_no"], line["description"]) for line in lines] == [(30000, "C3", "Winter")]
    back = sheet.run("worksheet", "go-back", "SM00001", "--to-beginning", "--json").json
    assert (len(back["steps"]), back["line_count"], back["action_count"]) == (6, 0, 0)


def test_criteria_are_saved_shown_and_done_again(sheet: Shell) -> None:
    assert sheet.run("worksheet", "save-criteria", "SM00001", "PRG").out == "Saved 1 actions as PRG.\n"
    assert [saved["code"] for saved in sheet.run("worksheet", "saved-criteria", "--json").json] == ["PRG"]
    shown = sheet.run("worksheet", "show-criteria", "PRG", "--json").json
    assert shown == sheet.run("worksheet", "criteria", "SM00001", "--json").json
    assert shown["actions"][0]["filters"] == {"contact": {"city": "Prague", "type": "person"}}
    refused = sheet.run("worksheet", "reuse-criteria", "SM00001", "PRG", *DAY)
    assert (refused.code, refused.err.splitlines()[0]) == (1, "SM00001 has actions already: 1.")
    again = sheet.run("worksheet", "reuse-criteria", "SM00001", "PRG", "--append", *DAY, "--json").json
    assert (again["added"], again["steps"][0]["existing"], again["action_count"]) == (0, 2, 2)
    assert sheet.run("worksheet", "delete-criteria", "PRG", "--json").json == {"deleted": "PRG"}


def test_a_worksheet_and_a_segment_are_two_views_of_one_thing(sheet: Shell) -> None:
    definition = sheet.run("worksheet", "definition", "SM00001").out
    path = sheet.file("winter.yaml", definition)
    assert sheet.run("segment", "members", path, *DAY, "--json").json == ["C1", "C4"]
    frozen = sheet.run("worksheet", "freeze", path, *DAY, "--json").json
    assert (frozen["worksheet_no"], frozen["line_count"]) == ("SM00002", 2)
    assert [one["worksheet_no"] for one in sheet.run("worksheet", "list", "--json").json] == ["SM00001", "SM00002"]
    assert sheet.run("worksheet", "delete", "SM00002", "--json").json == {"deleted": "SM00002", "line_count": 2}


def test_a_worksheet_is_logged_and_followed_up(sheet: Shell) -> None:
    assert sheet.run("setup", "code", "salesperson", "PS").code == 0
    assert sheet.run("load", "interaction_template", sheet.file("templates.csv", "code\nLETTER\n")).code == 0
    fields = ("--set", "salesperson_code=PS", "--set", "interaction_template_code=LETTER")
    changed = sheet.run("worksheet", "change", "SM00001", *fields, "--json").json
    assert (changed["updated_lines"], set(changed["changed"])) == (
        2, {"salesperson_code", "interaction_template_code"},
    )  # fmt: skip
    applied = sheet.run("worksheet", "apply-mailing-group", "SM00001", "PRESS", "--json").json
    assert applied["assigned"] == 2
    logged = sheet.run("worksheet", "log", "SM00001", "--follow-up", *DAY, "--json").json
    assert (logged["interaction_count"], logged["follow_up_no"]) == (2, "SM00002")
    assert sheet.run("worksheet", "logged", "--json").json[0]["segment_no"] == "SM00001"
    again = sheet.run("worksheet", "reuse-logged", "SM00002", "1", "--append", *DAY, "--json").json
    assert (again["line_count"], again["contact_count"]) == (4, 2)
    refused = sheet.run("worksheet", "delete-logged", "1")
    assert refused.complaint == ("The logged segment 1 is not canceled.", "Cancel it first.")
    assert sheet.run("worksheet", "cancel-logged", "1").out == (
        "Logged segments canceled: 1, interactions: 2, campaign entries: 0.\n"
    )
    assert sheet.run("worksheet", "delete-logged").out == (
        "Logged segments deleted: 1; interactions that stay: 2, campaign entries: 0.\n"
    )
    assert sheet.run("worksheet", "logged", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("add", "SM1"), 14, 'There is no worksheet "SM1".'),
        (("add", "SM00001", "--filter", "city=Prague"), 10, '"city" names no field.'),
        (("add", "SM00001", "--filter", "contact.city=(Prague"), 10, "Filter on contact: "),
        (("create", "--set", "colour=red"), 2, 'A worksheet has no field "colour".'),
        (("go-back", "SM00001", "--actions", "3"), 1, "3 actions of SM00001 cannot be undone: it has 1."),
        (("log", "SM00001"), 1, "Lines of SM00001 without salesperson_code: 2, the first of them line 10000."),
    ],
)
def test_what_is_refused_is_said_with_its_code(
    sheet: Shell, arguments: tuple[str, ...], code: int, message: str
) -> None:
    refused = sheet.run("worksheet", *arguments)
    assert refused.code == code
    assert refused.err.startswith(message)
