"""E-mails: files that mail programs open, and messages handed over to a real server, each once whatever breaks."""

from __future__ import annotations

import smtplib
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

import workbench as wb
from tests.use_cases.letter_world import PEOPLE, keep_template, logged, shop
from tests.use_cases.mail_host import PASSWORD, USER, Mailbox, knows_password, mail_host
from tests.use_cases.worksheet_world import DAY, new
from workbench.letters import MailServer, Rules
from workbench.letters.mail_server import Line
from workbench.store.cancelling import Cancellation
from workbench.templates import attachments


@pytest.fixture
def bench(tmp_path: Path) -> wb.Workbench:
    return shop(tmp_path)


@pytest.fixture
def box() -> Any:
    with mail_host() as running:
        yield running


def server(box: Mailbox, **options: Any) -> MailServer:
    return MailServer("127.0.0.1", box.port, "none", **options)


def test_messages_go_once_and_come_from_the_salesperson(bench: wb.Workbench, box: Mailbox) -> None:
    entry = logged(bench, subject="Thank\nyou, {{ all }}")
    seen: list[tuple[int, int]] = []

    planned = bench.letters.send(entry, server=server(box))
    assert (planned.went, planned.is_written, box.messages) == (3, False, [])
    done = bench.letters.send(entry, server=server(box), dry_run=False, progress=lambda *at: seen.append(at))
    again = bench.letters.send(entry, server=server(box), dry_run=False)

    assert (done.went, again.went) == (3, 0)
    assert done.states["delivered"] == 3
    assert done.frame()["delivered_at"].notna().all()
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert box.recipients == ["zoe@example.org", "ann@example.org", "bob@example.org"]
    message = box.messages[1]
    assert (str(message["From"]), str(message["To"])) == ("Pia Sales <pia@example.com>", "Ann <ann@example.org>")
    assert str(message["Subject"]) == "Thank you, {{ all }}"
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert plain.get_content() == "Dear Ann,\r\nthank you & goodbye.\r\nPia Sales\r\n"
    assert "<p>thank you &amp; goodbye.</p>" in rich.get_content()
    place = bench.privacy.exports("C11").frame()["place"]
    assert list(place) == [f"smtp://127.0.0.1:{box.port}"]


def test_what_is_refused_has_failed_and_goes_again_only_when_told(bench: wb.Workbench, box: Mailbox) -> None:
    entry = logged(bench)
    box.refused = {"bob@example.org"}

    done = bench.letters.send(entry, server=server(box), dry_run=False)

    assert (done.went, done.states["failed"]) == (2, 1)
    assert done.frame()["delivery_error"].dropna().tolist() == ["550 5.1.1 no such mailbox"]
    box.refused = set()
    assert bench.letters.send(entry, server=server(box), dry_run=False).went == 0
    assert bench.letters.send(entry, server=server(box), rules=Rules(retry=True), dry_run=False).went == 1
    assert sorted(box.recipients) == ["ann@example.org", "bob@example.org", "zoe@example.org"]


def test_a_server_that_takes_so_many_over_one_connection_gets_the_next_over_another(
    bench: wb.Workbench, box: Mailbox
) -> None:
    box.patience = 1
    assert bench.letters.send(logged(bench), server=server(box), dry_run=False).went == 3
    assert len(box.messages) == 3


def test_what_a_server_answered_is_erased_with_the_contact(bench: wb.Workbench, box: Mailbox) -> None:
    entry, box.refused = logged(bench, ("C11",)), {"ann@example.org"}
    bench.letters.send(entry, server=server(box), dry_run=False)

    bench.privacy.erase("C11", as_of=DAY)

    with bench.database.reading() as con:
        kept = con.execute("SELECT delivery_error FROM interaction WHERE segment_no IS NOT NULL").fetchall()
    assert kept == [(None,)]


def test_a_crash_leaves_a_message_in_doubt_which_does_not_go_again(
    bench: wb.Workbench, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = logged(bench)
    send, sent = Line.send, []

    def crash(line: Line, message: Any) -> None:
        send(line, message)
        sent.append(message)
        if len(sent) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Line, "send", crash)
    with pytest.raises(KeyboardInterrupt):
        bench.letters.send(entry, server=server(box), dry_run=False)
    monkeypatch.undo()

    status = bench.letters.status(entry)
    assert (status.states["delivered"], status.states["in_doubt"], status.states["ready"]) == (1, 1, 1)
    assert bench.letters.send(entry, server=server(box), dry_run=False).went == 1
    assert len(box.messages) == len(set(box.recipients)) == 3
    doubtful = status.frame().set_index("state").loc["in_doubt", "contact_no"]
    with pytest.raises(wb.NotFoundError, match="C90 has no letter in doubt"):
        bench.letters.settle(entry, ["C90"], arrived=True)
    assert bench.letters.settle(entry, [doubtful], arrived=False, dry_run=True).went == 1
    assert bench.letters.settle(entry, [doubtful], arrived=True).states["delivered"] == 3


def test_a_message_that_did_not_arrive_goes_again_under_the_same_id(
    bench: wb.Workbench, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = logged(bench, ("C11",))
    with monkeypatch.context() as patched:
        patched.setattr(
            smtplib.SMTP, "send_message", lambda *_: (_ for _ in ()).throw(OSError(104, "Connection reset"))
        )
        with pytest.raises(wb.DeliveryError) as caught:
            bench.letters.send(entry, server=server(box), dry_run=False)
    assert caught.value.message == (
        f"The connection to smtp://127.0.0.1:{box.port} broke while a message was handed over: connection reset."
    )
    assert bench.letters.settle(entry, arrived=False).states["ready"] == 1
    assert bench.letters.send(entry, server=server(box), dry_run=False).went == 1
    assert box.recipients == ["ann@example.org"]


def test_whoever_is_blocked_or_served_meanwhile_is_left_out(bench: wb.Workbench, box: Mailbox) -> None:
    entry = logged(bench)

    def meddle(done: int, _total: int) -> None:
        if done == 1:
            bench.contacts.change("C12", {"is_privacy_blocked": "yes"}, as_of=DAY)

    done = bench.letters.send(entry, server=server(box), dry_run=False, progress=meddle)

    assert (done.went, done.reasons) == (2, {"privacy_blocked": 1})
    assert "bob@example.org" not in box.recipients


def test_two_lines_of_a_contact_are_one_message(bench: wb.Workbench, box: Mailbox) -> None:
    sheet = new(bench, *PEOPLE, description="x", salesperson_code="PS", interaction_template_code="THANKS")
    bench.worksheets.add(sheet, {"contact": {"no": "C11"}}, DAY, allow_existing=True)
    entry = bench.worksheets.log(sheet, DAY, deliver=True).entry_no

    done = bench.letters.send(entry, server=server(box), dry_run=False)

    assert (done.went, done.reasons) == (3, {"repeated": 1})
    assert bench.letters.send(entry, server=server(box), dry_run=False).went == 0


def test_work_is_cancelled_between_messages(bench: wb.Workbench, box: Mailbox) -> None:
    entry, stop = logged(bench), Cancellation()

    def cancel(done: int, _total: int) -> None:
        if done == 1:
            stop.cancel()

    done = bench.letters.send(entry, server=server(box), dry_run=False, progress=cancel, cancellation=stop)

    assert (done.went, done.is_complete, done.states["ready"]) == (2, False, 1)
    assert bench.letters.send(entry, server=server(box), dry_run=False).went == 1
    assert len(set(box.recipients)) == 3


def test_messages_become_files_that_open_as_drafts(bench: wb.Workbench, tmp_path: Path) -> None:
    with bench.database.writing() as con:
        page = attachments.store(con, "news.html", b"<p>Dear {{ first_name }} &amp; all</p>")
        flyer = attachments.store(con, "flyer.pdf", b"%PDF-1.7")
    bodies = {}
    for name, fields in (
        ("html", {"attachment_no": page}),
        ("pdf", {"attachment_no": flyer}),
        ("docx", {"sends_word_documents_as_attachments": "yes"}),
    ):
        done = bench.letters.send(
            logged(bench, ("C11",), **fields), folder=tmp_path / name, sender="news@example.com", dry_run=False
        )
        (path,) = done.files
        bodies[name] = message_from_bytes(path.read_bytes(), policy=policy.default)

    assert {str(one["X-Unsent"]) for one in bodies.values()} == {"1"}
    assert {str(one["From"]) for one in bodies.values()} == {"Pia Sales <news@example.com>"}
    assert bodies["html"].get_content() == "<p>Dear Ann &amp; all</p>\r\n"
    assert [one.get_filename() for one in bodies["pdf"].iter_attachments()] == ["flyer.pdf"]
    assert [one.get_filename() for one in bodies["docx"].iter_attachments()] == ["thanks.docx"]


def test_a_word_document_is_readable_as_an_email(bench: wb.Workbench, tmp_path: Path) -> None:
    from io import BytesIO

    from docx import Document

    document = Document()
    document.add_heading("News for {{ name }}", 1)
    document.add_paragraph("Plain and ").add_run("bold").bold = True
    document.add_table(1, 2).rows[0].cells[1].text = "{{ city }}"
    file = BytesIO()
    document.save(file)
    keep_template(bench, "NEWS", file.getvalue())

    done = bench.letters.send(logged(bench, ("C11",), template="NEWS"), folder=tmp_path, dry_run=False)

    message = message_from_bytes(done.files[0].read_bytes(), policy=policy.default)
    rich, plain = message.get_body(("html",)), message.get_body(("plain",))
    assert rich is not None
    assert plain is not None
    assert (
        "<h1>News for Ann</h1>\r\n<p>Plain and <b>bold</b></p>\r\n<table><tr><td></td><td>Prague</td></tr></table>"
        in (rich.get_content())
    )
    assert plain.get_content() == "News for Ann\r\nPlain and bold\r\n\tPrague\r\n"


def test_the_password_is_needed_and_shown_nowhere(bench: wb.Workbench) -> None:
    with mail_host(authenticator=knows_password, auth_require_tls=False) as box:
        entry = logged(bench)
        with pytest.raises(wb.DeliveryError) as caught:
            bench.letters.send(entry, server=server(box, user=USER, password=PASSWORD[1:]), dry_run=False)
        assert caught.value.message.startswith(f"smtp://127.0.0.1:{box.port} does not let news in: 535")
        assert bench.letters.status(entry).states["ready"] == 3
        known = server(box, user=USER, password=PASSWORD)
        assert bench.letters.send(entry, server=known, dry_run=False).went == 3
        assert PASSWORD not in repr(known)
    with bench.database.reading() as con:
        kept = (
            con.execute("SELECT place FROM export_log").fetchall() + con.execute("SELECT value FROM setting").fetchall()
        )
    assert not [one for one in kept if PASSWORD in str(one) or USER in str(one)]


def test_what_cannot_be_is_said(bench: wb.Workbench) -> None:
    entry, nowhere = logged(bench), MailServer("127.0.0.1", 1, "none")
    refused: list[tuple[Any, type[wb.WorkbenchError], str]] = [
        (lambda: bench.letters.send(entry, dry_run=False), wb.ConfigError,
         "E-mails go into a folder or to a mail server."),
        (lambda: bench.letters.send(entry, sender="me"), wb.ConfigError, '"me" is no e-mail address.'),
        (lambda: bench.letters.send(entry, server=nowhere, dry_run=False), wb.DeliveryError,
         "smtp://127.0.0.1:1 cannot be spoken to: connection refused."),
        (lambda: MailServer("h", security="ssl"), wb.ConfigError, '"ssl" is no way to secure mail.'),
        (lambda: MailServer(" "), wb.ConfigError, "No mail server is named."),
        (lambda: MailServer("mail.example.org", security="none", user="me"), wb.ConfigError,
         "Without encryption the password would go to mail.example.org in the clear."),
        (lambda: MailServer.of_environment(host="h", port=70000), wb.ConfigError, '"70000" is no port.'),
    ]  # fmt: skip
    for work, error, message in refused:
        with pytest.raises(error) as caught:
            work()
        assert caught.value.message == message
    assert bench.letters.status(entry).states["ready"] == 3


def test_a_salesperson_without_an_address_cannot_send(bench: wb.Workbench, tmp_path: Path) -> None:
    bench.codes.save("salesperson", "PS", email=None)
    entry = logged(bench)
    with pytest.raises(wb.RuleError, match="The salesperson PS has no e-mail address to send from"):
        bench.letters.send(entry, folder=tmp_path)
    assert bench.letters.send(entry, folder=tmp_path, sender="news@example.com").went == 3


def test_the_server_comes_from_the_environment_unless_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"HOST": "mail.example.org", "SECURITY": "tls", "USER": "me", "PASSWORD": "p w"}.items():
        monkeypatch.setenv(f"WORKBENCH_SMTP_{name}", value)
    known = MailServer.of_environment()
    assert (known.host, known.port, known.user, known.password) == ("mail.example.org", 465, "me", "p w")
    assert MailServer.of_environment(host="other", security="starttls").port == 587
