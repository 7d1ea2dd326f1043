"""The commands about tasks."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell

DAY = ("--as-of", "2026-03-31")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, shop: Shell) -> Shell:
    """A store with salespeople, a team and an activity."""
    folder = tmp_path_factory.mktemp("office")
    shell = Shell(folder, folder / "office.duckdb")
    shell.store.write_bytes(shop.store.read_bytes())
    for arguments in (
        ("salesperson", "JO", "--set", "email=jo@us.example"),
        ("salesperson", "PS", "--set", "email=ps@us.example"),
        ("team", "EAST"),
        ("team_salesperson", "EAST", "PS"),
        ("activity", "FIRST"),
        ("activity_step", "FIRST", "1", "--set", "description=Ask", "--set", "date_formula=1W"),
    ):
        done = shell.run("setup", "code", *arguments)
        assert done.code == 0, done.err
    return shell


def made(shell: Shell, *fields: str) -> str:
    asked = [part for one in ("description=Ring", "salesperson_code=JO", *fields) for part in ("--set", one)]
    number: str = shell.run("task", "new", *asked, *DAY, "--json").json["tasks"][0]["task_no"]
    return number


def test_a_task_is_created_listed_changed_and_completed(office: Shell) -> None:
    asked = ("--set", "description=Ring Ana", "--set", "salesperson_code=JO", "--set", "contact_no=C1")
    assert office.run("task", "new", *asked, *DAY, "--dry-run").out.splitlines()[0] == (
        "Tasks that would be created: 1, with copies: 0."
    )
    number = office.run("task", "new", *asked, "--comment", "At noon.", *DAY, "--json").json["tasks"][0]["task_no"]
    listed = office.run("task", "list", "--contact", "C1", "--as-of", "2026-04-01", "--json").json
    assert (listed["total"], listed["overdue"], listed["tasks"][0]["task_no"]) == (1, 1, number)
    moved = office.run("task", "change", number, "--set", "dated_on=2026-04-05", *DAY, "--json").json
    assert [one["after"] for one in moved["changes"]] == ["2026-04-05"]
    done = office.run("task", "complete", number, *DAY)
    assert done.out.splitlines()[0] == f"{number}: completed; copies added: 0, removed: 0."
    shown = office.run("task", "show", number, "--json").json
    assert (shown["status"], shown["closed_on"][:10], shown["comments"][0]["comment"]) == (
        "completed", "2026-03-31", "At noon."
    )  # fmt: skip
    assert office.run("task", "reopen", number, "--json").json["action"] == "reopened"
    assert office.run("task", "delete-comment", number, "10000", "--json").json["action"] == "comment"


def test_a_meeting_is_attended(office: Shell) -> None:
    number = made(office, "type=meeting")
    assert office.run("task", "attend", number, "--contact", "C1", *DAY, "--json").json["copies_added"] == 1
    assert (
        office.run("task", "attend", number, "--salesperson", "PS", "--optional", *DAY, "--json").json["copies_added"]
        == 1
    )
    office.run("task", "attend", number, "--contact", "C1", "--answer", "accepted", *DAY)
    assert office.run("task", "leave", number, "--salesperson", "PS", "--json").json["copies_removed"] == 1
    people = office.run("task", "show", number, "--json").json["attendees"]
    assert [(one["no"], one["attendance"], one["invitation_status"]) for one in people] == [
        ("C1", "required", "accepted")
    ]
    assert "accepted" in office.run("task", "show", number).out


def test_an_activity_gives_a_team_its_tasks(office: Shell) -> None:
    asked = ("--set", "team_code=EAST", "--set", "contact_no=C2", "--starting-on", "2026-05-04")
    made_ = office.run("task", "activity", "FIRST", *asked, *DAY, "--json").json["tasks"]
    assert [(one["dated_on"], one["team_code"], one["copy_count"]) for one in made_] == [("2026-05-11", "EAST", 1)]
    refused = office.run("task", "complete", made_[0]["task_no"], "--no-record", *DAY)
    assert refused.code == 2
    assert refused.complaint == (
        f"{made_[0]['task_no']} is a team's: say who completed it.", "Name a salesperson as completed_by."
    )  # fmt: skip
    assert office.run("task", "complete", made_[0]["task_no"], "--no-record", "--by", "PS", *DAY).code == 0


def test_canceled_tasks_are_deleted(office: Shell) -> None:
    number = made(office, "recurring_formula=1M", "recurs_from=due_date")
    assert office.run("task", "cancel", number, "--stop", *DAY, "--json").json["next_task_no"] is None
    office.run("task", "comment", number, "No longer.", *DAY)
    assert office.run("task", "delete", "--dry-run").out == "Tasks would be deleted: 1, with copies: 0, comments: 1.\n"
    assert office.run("task", "delete", "--json").json["task_nos"] == [number]
    assert office.run("task", "show", number).complaint[0] == f'There is no task "{number}".'
