"""The commands about the log of interactions."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell

DAY = ("--as-of", "2026-03-31")
CALL = ("--set", "correspondence_type=", "--set", "occurred_at=2026-03-31 09:00")
MAIL = """\
Message-ID: <1@mail.example>
From: John <john@us.example>
To: ana@example.com, nobody@example.com
Subject: Offer
Date: Tue, 31 Mar 2026 10:00:00 +0000

Hello
"""


@pytest.fixture(name="log")
def with_template(own: Shell) -> Shell:
    """A store with a salesperson and a template for calls."""
    made = [
        ("setup", "code", "interaction_group", "TALK"),
        ("setup", "code", "salesperson", "JO", "--set", "name=John", "--set", "email=john@us.example"),
        ("interaction", "template", "set", "CALL", "--set", "interaction_group_code=TALK",
         "--set", "description=Telephone call", "--set", "unit_cost_amount=5"),
    ]  # fmt: skip
    for arguments in made:
        done = own.run(*arguments)
        assert done.code == 0, done.err
    return own


def test_an_interaction_is_created_evaluated_commented_on_canceled_and_deleted(log: Shell) -> None:
    new = ("interaction", "new", "C1", "CALL", "--set", "salesperson_code=JO", *CALL, *DAY)
    assert log.run(*new, "--dry-run").out.splitlines()[0] == "Interaction would be created."
    number = str(log.run(*new, "--comment", "Will call back", "--json").json["entry_no"])
    shown = log.run("interaction", "show", number).out
    assert f"{number}: Telephone call" in shown
    assert "Will call back" in shown

    assert log.run("interaction", "evaluate", number, "--as", "positive").out == (
        "Interactions evaluated as positive: 1, of which 1 change.\n"
    )
    added = log.run("interaction", "comment", number, "Twice", *DAY).out
    assert added == f"Comment 20000 on interaction {number} added.\n"
    assert log.run("interaction", "delete-comment", number, "10000", "--json").json["comment"] == "Will call back"
    found = log.run("interaction", "list", "telephone", "--filter", "evaluation=positive", *DAY, "--json").json
    assert [one["entry_no"] for one in found["interactions"]] == [int(number)]

    kept = log.run("interaction", "delete", number)
    assert kept.complaint == (f"Interaction {number} is not canceled.", "Cancel it first.")
    assert log.run("interaction", "cancel", number, "--json").json["value"] is True
    assert log.run("interaction", "delete").out.splitlines() == [
        "Interactions deleted: 1, of which 1 change.", "  with comments: 1, files: 0",
    ]  # fmt: skip
    assert "3 of 3 interactions" in log.run("interaction", "list", *DAY).out


def test_an_interaction_is_finished_later(log: Shell) -> None:
    begun = log.run("interaction", "new", "C1", "CALL", "--set", "salesperson_code=JO", "--later", *DAY, "--json").json
    number = str(begun["entry_no"])
    refused = log.run("interaction", "resume", number, "--set", "correspondence_type=email", *DAY)
    assert refused.complaint[0] == "An e-mail needs an attachment or a Word template."
    letter = log.file("letter.txt", "Dear Ana")
    done = log.run("interaction", "resume", number, "--file", letter, *DAY)
    assert done.out.splitlines()[0] == f"Interaction {number} finished."
    assert "File: letter.txt" in log.run("interaction", "show", number).out


def test_documents_are_recorded_with_the_template_of_setup(log: Shell) -> None:
    document = ("interaction", "document", "sales_invoice", "103001", "--contact", "C1", *DAY)
    assert log.run(*document).out == "Nothing is recorded: there is no template for it.\n"
    assert log.run("interaction", "setup", "set", "sales_invoice", "CALL").code == 0
    assert log.run(*document, "--dry-run").out == "Interaction with C1 would be recorded.\n"
    assert log.run(*document, "--json").json["entry_no"] == 4


def test_mail_and_calls_are_imported(log: Shell) -> None:
    path = log.file("1.eml", MAIL)
    planned = log.run("interaction", "import-mail", path, "--template", "CALL", "--dry-run").out.splitlines()
    assert planned[0] == f"{path}: 1 would be new, 0 there already, 1 left out; template CALL."
    assert log.run("interaction", "import-mail", path, "--template", "CALL", "--json").json["entry_nos"] == [4]
    calls = log.file("calls.csv", "When,Number,Direction\n2026-03-31 10:00,+34 602,out\n2026-03-31 11:00,112,out\n")
    mapped = ("interaction", "import-calls", calls, "--template", "CALL", "--map", "When=started_at")
    done = log.run(*mapped, "--json").json
    assert (done["new"], done["left_out"], done["rows"][0]["contact_no"]) == (1, 1, "C2")
    assert log.run(*mapped).out.splitlines()[0] == ("calls.csv: 0 are new, 1 there already, 1 left out; template CALL.")
