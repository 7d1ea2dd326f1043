"""E-mails and calls become interactions with whom they were exchanged."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.contact_world import run
from tests.use_cases.interaction_world import DAY, world
from workbench.errors import RuleError, SourceError


def mail(number: int, sender: str, *recipients: str, subject: str = "Offer", date: str | None = None) -> EmailMessage:
    """One message of March 2026."""
    message = EmailMessage()
    message["Message-ID"] = f"<{number}@mail.example>"
    message["From"] = f"Somebody <{sender}>"
    message["To"] = ", ".join(recipients)
    message["Subject"] = subject
    message["Date"] = date or f"Tue, {number:02} Mar 2026 10:00:00 +0100"
    message.set_content("Hello")
    return message


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with single messages and a mailbox."""
    place = tmp_path / "mail"
    (place / "sent").mkdir(parents=True)
    singles = [
        mail(1, "john@us.example", "ANN@adatum.example", "office@adatum.example", subject="Nabídka č. 1"),
        mail(2, "nobody@else.example", "john@us.example"),
        mail(3, "john@us.example", "petra@us.example"),
        mail(4, "zoe@example.com", "john@us.example", date="someday"),
    ]
    for number, message in enumerate(singles, 1):
        (place / "sent" / f"{number}.eml").write_bytes(message.as_bytes())
    box = mailbox.mbox(place / "inbox.mbox")
    box.add(mail(5, "zoe@example.com", "petra@us.example", subject="Thanks"))
    box.add(singles[0])
    box.close()
    return place


@pytest.fixture(name="bench")
def store() -> wb.Workbench:
    bench = world()
    bench.templates.set_document_type("email", "MAIL")
    bench.templates.set_document_type("outgoing_call", "CALL")
    return bench


def test_messages_are_matched_and_planned_before_they_are_written(bench: wb.Workbench, folder: Path) -> None:
    plan = bench.interactions.import_mail(folder, dry_run=True)
    assert (plan.new, plan.unchanged, plan.left_out, plan.entry_nos) == (3, 0, 5, ())
    assert dict(plan.reasons().to_numpy()) == {
        "twice in the file": 2, "unknown": 1, "among ourselves": 1, "no date": 1,
    }  # fmt: skip
    assert bench.interactions.list(as_of=DAY).total == 0

    done = bench.interactions.import_mail(folder)
    assert done.frame().equals(plan.frame())
    shown = bench.interactions.list(as_of=DAY).frame().sort_values(["occurred_at", "contact_no"])
    names = ["contact_no", "information_flow", "initiated_by", "subject", "salesperson_code", "document_type"]
    assert shown[names].to_numpy().tolist() == [
        ["ADA", "outbound", "us", "Nabídka č. 1", "JO", "email"],
        ["ANN", "outbound", "us", "Nabídka č. 1", "JO", "email"],
        ["ZOE", "inbound", "them", "Thanks", "PS", "email"],
    ]
    assert shown["occurred_at"].iloc[0] == pd.Timestamp("2026-03-01 09:00", tz="UTC")
    assert set(shown["correspondence_type"]) == {"email"}


def test_a_second_import_changes_nothing(bench: wb.Workbench, folder: Path) -> None:
    bench.interactions.import_mail(folder)
    again = bench.interactions.import_mail(folder)
    assert (again.new, again.unchanged) == (0, 3)
    assert bench.interactions.list(as_of=DAY).total == 3


def test_messages_are_kept_once_if_wanted(bench: wb.Workbench, folder: Path) -> None:
    bench.interactions.import_mail(folder / "sent" / "1.eml", keep_messages=True)
    numbers = run(bench, "SELECT DISTINCT attachment_no FROM interaction")
    assert numbers == [(1,)]
    kept = bench.templates.attachment(1)
    assert (kept.file_name, b"Hello" in kept.content) == ("1.eml", True)


def test_shared_and_blocked_addresses_are_left_out(bench: wb.Workbench, folder: Path) -> None:
    bench.contacts.change("BOB", {"email": "ann@adatum.example"}, as_of=DAY)
    bench.contacts.change("ZOE", {"is_privacy_blocked": True}, as_of=DAY)
    plan = bench.interactions.import_mail(folder, dry_run=True)
    assert {"several contacts: ANN, BOB", "privacy blocked"} <= set(plan.rows["reason"])


def test_a_template_with_a_campaign_gives_a_campaign_entry(bench: wb.Workbench, folder: Path) -> None:
    done = bench.interactions.import_mail(folder / "inbox.mbox", template_code="visit")
    assert done.interaction_template_code == "VISIT"
    entries = run(bench, "SELECT campaign_no, document_type FROM campaign_entry")
    assert entries == [("CP0001", "email")]
    assert run(bench, "SELECT DISTINCT campaign_entry_no, is_campaign_response FROM interaction") == [("1", True)]


def test_what_cannot_be_imported_is_refused(folder: Path, tmp_path: Path) -> None:
    bench = world()
    with pytest.raises(RuleError) as template:
        bench.interactions.import_mail(folder)
    assert template.value.message == "Setup names no interaction template for the document type email."
    run(bench, "UPDATE salesperson SET email = NULL")
    with pytest.raises(RuleError, match="No e-mail address is known to be ours"):
        bench.interactions.import_mail(folder, template_code="MAIL")
    assert bench.interactions.import_mail(folder, template_code="MAIL", ours=["@us.example"], dry_run=True).new == 3
    with pytest.raises(SourceError, match="There is no file or folder"):
        bench.interactions.import_mail(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=r"There is no \.eml or \.mbox file in"):
        bench.interactions.import_mail(tmp_path / "empty")
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(SourceError, match=r"notes\.txt holds no e-mails"):
        bench.interactions.import_mail(tmp_path / "notes.txt")


def test_headers_that_break_the_rules_are_read_as_far_as_possible(bench: wb.Workbench, tmp_path: Path) -> None:
    path = tmp_path / "odd.eml"
    path.write_bytes(
        b"From: zoe@example.com\r\nTo: undisclosed\r\nDate: 5 Mar 2026 10:00:00 -0000\r\n"
        b"Subject: =?x-unknown?q?Hm?= \x00\r\n\r\nbody"
    )
    (row,) = bench.interactions.import_mail(path).rows.to_dict(orient="records")
    assert (row["contact_no"], row["state"], row["subject"]) == ("ZOE", "new", "=?x-unknown?q?Hm?=")
    assert row["interaction_no"].startswith("sha256:")


CALLS = pd.DataFrame({
    "Call date": ["2026-03-01 10:00", "2026-03-02 11:00", "2026-03-03 12:00", "2026-03-04 13:00", "2026-03-05 14:00",
                  "soon", "2026-03-01 10:00"],
    "Phone number": ["+420 601 000 002", "601000001", "02079460018", "+44 20 7946 0018", "999", "601000001",
                     "+420 601 000 002"],
    "Type": ["Outgoing", "incoming", "in", "missed", "sideways", "in", "Outgoing"],
    "Duration": ["90", "2:00", "5 min", "0", "", "1", "90"],
    "Agent": ["John", "", "", "", "", "", "John"],
    "Extension": ["1"] * 7,
})  # fmt: skip


def test_calls_are_matched_by_number(bench: wb.Workbench) -> None:
    plan = bench.interactions.import_calls(CALLS, country_code="CZ", dry_run=True)
    done = bench.interactions.import_calls(CALLS, country_code="CZ")
    assert done.frame().equals(plan.frame())
    names = ["address", "contact_no", "salesperson_code", "duration_minutes", "is_attempt_failed", "reason"]
    assert done.rows[names].astype(object).where(done.rows[names].notna(), None).to_numpy().tolist() == [
        ["+420 601 000 002", "ANN", "JO", 1.5, False, ""],
        ["601000001", "BOB", None, 2.0, False, "no salesperson"],
        ["02079460018", None, None, 5.0, False, "unknown"],
        ["+44 20 7946 0018", "ZOE", "PS", 0.0, True, ""],
        ["999", None, None, None, False, "direction not known"],
        ["+420 601 000 002", "ANN", "JO", 1.5, False, "twice in the file"],
    ]
    assert done.problems[["column", "value"]].to_numpy().tolist() == [["Call date", "soon"]]
    written = run(bench, "SELECT document_type, cost_amount, information_flow FROM interaction ORDER BY occurred_at")
    assert written == [("outgoing_call", 5, "outbound"), (None, 5, "inbound")]
    assert bench.interactions.import_calls(CALLS, country_code="CZ").unchanged == 2


def test_columns_are_named_where_their_headers_do_not_tell(bench: wb.Workbench) -> None:
    frame = pd.DataFrame({"Wann": ["2026-03-01 10:00"], "Wen": ["601000002"]})
    with pytest.raises(SourceError, match="No column of the file goes to a field of call"):
        bench.interactions.import_calls(frame)
    done = bench.interactions.import_calls(frame, {"Wann": "started_at", "Wen": "telephone_no"}, country_code="CZ")
    assert done.new == 1
