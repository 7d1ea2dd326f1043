"""The commands that merge letters and send e-mails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Shell
from tests.use_cases.letter_world import texts, word
from tests.use_cases.mail_host import PASSWORD, USER, knows_password, mail_host

DAY = ("--as-of", "2024-12-31")


@pytest.fixture(scope="module")
def logged(shop: Shell, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A store with two logged segments of the people in Prague: e-mails, and printed letters."""
    folder = tmp_path_factory.mktemp("letters")
    own = Shell(folder, Path(shutil.copy(shop.store, folder / "shop.duckdb")))
    (own.folder / "hello.docx").write_bytes(word("Dear {{ name }},", "{{ salesperson_name }}"))
    addresses = own.file("addresses.csv", "contact_no,address\nC1,Dlouhá 1\nC4,Krátká 4\n")
    header = ("--set", "description=Hello", "--set", "salesperson_code=PS", "--set", "interaction_template_code=HELLO")
    people = ("--filter", "contact.city=Prague", "--filter", "contact.type=person")
    for arguments in (
        ("load", "contact", addresses),
        ("setup", "code", "salesperson", "PS", "--set", "name=Pia", "--set", "email=pia@example.com"),
        ("setup", "code", "interaction_group", "MAIL"),
        ("interaction", "word-template", "set", "HELLO", "hello.docx"),
        ("interaction", "template", "set", "HELLO", "--set", "interaction_group_code=MAIL",
         "--set", "correspondence_type=email", "--set", "word_template_code=HELLO"),
        ("worksheet", "create", *header, *DAY),
        ("worksheet", "create", *header, "--set", "correspondence_type=hard_copy",
         "--set", "ignores_contact_correspondence=yes", *DAY),
        ("worksheet", "add", "SM00001", *people, *DAY),
        ("worksheet", "add", "SM00002", *people, *DAY),
    ):  # fmt: skip
        done = own.run(*arguments)
        assert done.code == 0, done.err
    done = own.run("worksheet", "log", "SM00001", "--deliver", *DAY)
    assert done.out.splitlines() == [
        "Logged segment 1 of SM00001: 2 interactions and 0 campaign entries written.",
        "To deliver: 2; see `workbench letter status 1`.",
    ]
    assert own.run("worksheet", "log", "SM00002", "--deliver", *DAY, "--json").json["to_deliver_count"] == 2
    return own


def test_emails_are_previewed_sent_and_accounted_for(logged: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_SMTP_PASSWORD", PASSWORD)
    with mail_host(authenticator=knows_password, auth_require_tls=False) as box:
        server = ("--smtp", "127.0.0.1", "--port", str(box.port), "--security", "none", "--user", USER)
        planned = logged.run("letter", "send", "1", *server)
        assert planned.out.splitlines() == [
            f"E-mails would be sent: 2 (smtp://127.0.0.1:{box.port}).",
            "All letters of the log: ready: 2.",
            "Nothing was done; say --confirm to do it.",
        ]
        assert box.messages == []
        box.refused = {"dot@example.com"}
        done = logged.run("letter", "send", "1", *server, "--confirm")
        assert done.out.splitlines() == [
            f"E-mails sent: 1 (smtp://127.0.0.1:{box.port}).", "All letters of the log: delivered: 1, failed: 1.",
        ]  # fmt: skip
        assert PASSWORD not in done.out + done.err
        status = logged.run("letter", "status", "1", "--json").json
        assert [one["delivery_error"] for one in status["letters"]] == [None, "550 5.1.1 no such mailbox"]
        box.refused = set()
        assert logged.run("letter", "send", "1", *server, "--confirm", "--json").json["went"] == 0
        assert logged.run("letter", "send", "1", *server, "--retry", "--confirm", "--json").json["went"] == 1
        assert box.recipients == ["ana@example.com", "dot@example.com"]


def test_letters_are_merged_into_one_file(logged: Shell) -> None:
    fields = logged.run("letter", "fields", "--template", "HELLO", "--json").json
    assert [one["field"] for one in fields["fields"] if one["is_used"]] == ["name", "salesperson_name"]
    planned = logged.run("letter", "merge", "2", "--out", "letters")
    assert planned.out.startswith("Letters would be merged: 2 (letters).\n")
    done = logged.run("letter", "merge", "2", "--out", "letters", "--one-file", "--confirm", "--json").json
    (file,) = done["files"]
    assert texts((logged.folder / file).read_bytes()) == ["Dear Ana,", "Pia", "Dear Dot,", "Pia"]
    assert logged.run("letter", "settle", "2", "--arrived").out.splitlines() == [
        "Letters settled: 0.", "All letters of the log: delivered: 2.",
    ]  # fmt: skip


def test_what_is_refused_is_said(logged: Shell) -> None:
    for arguments, code, message in (
        (("status", "7"), 14, "There is no logged segment 7."),
        (("send", "1", "--confirm"), 2, "No mail server is named."),
        (("send", "1", "--eml", "out", "--from", "me", "--confirm"), 2, '"me" is no e-mail address.'),
    ):
        refused = logged.run("letter", *arguments)
        assert (refused.code, refused.err.splitlines()[0]) == (code, message)
