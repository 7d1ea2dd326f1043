"""Logging with campaigns and to be delivered; logged segments canceled and deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.letter_world import keep_template, logged, shop, word
from tests.use_cases.worksheet_world import DAY, new
from workbench.templates import attachments

READY = {"description": "Spring", "salesperson_code": "PS", "interaction_template_code": "LETTER"}


@pytest.fixture
def bench(tmp_path: Path) -> wb.Workbench:
    return shop(tmp_path)


def rows(bench: wb.Workbench, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of the rows that logging wrote."""
    with bench.database.reading() as con:
        return con.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE logged_segment_entry_no IS NOT NULL ORDER BY ALL"
        ).fetchall()


def test_each_campaign_on_the_lines_gets_one_entry(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C12", campaign_no="CP1001", **READY)
    bench.worksheets.change(sheet, update_lines=False, campaign_no="CP2002")
    bench.worksheets.add(sheet, {"contact": {"no": "C90|C91"}}, DAY)
    bench.worksheets.change(sheet, update_lines=False, campaign_no=None)
    bench.worksheets.add(sheet, {"contact": {"no": "C21"}}, DAY)

    planned = bench.worksheets.log(sheet, DAY, dry_run=True)
    assert rows(bench, "campaign_entry", "campaign_no") == []
    receipt = bench.worksheets.log(sheet, DAY)

    assert (planned.campaign_entry_count, receipt.campaign_entry_count, receipt.interaction_count) == (2, 2, 5)
    entries = rows(bench, "campaign_entry", "campaign_no", "description", "dated_on", "segment_no", "salesperson_code")
    assert entries == [("CP1001", "Spring", DAY, sheet, "PS"), ("CP2002", "Spring", DAY, sheet, "PS")]
    of_campaigns = set(rows(bench, "interaction", "campaign_no", "campaign_entry_no IS NULL"))
    assert of_campaigns == {("CP1001", False), ("CP2002", False), (None, True)}
    (listed,) = bench.worksheets.logged()
    assert (listed.interaction_count, listed.campaign_entry_count) == (5, 2)


def test_delivering_marks_what_has_a_correspondence_type_and_keeps_what_is_sent(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C21", **{**READY, "interaction_template_code": "THANKS"})
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["C21"], "correspondence_type": [None]}))

    receipt = bench.worksheets.log(sheet, DAY, deliver=True)

    assert receipt.to_deliver_count == 1
    columns = ("correspondence_type", "delivery_status", "word_template_code", "attachment_no")
    assert rows(bench, "interaction", *columns) == [
        ("email", "in_progress", "THANKS", None), (None, None, "THANKS", None),
    ]  # fmt: skip


def test_what_is_sent_depends_on_worksheet_template_and_language(bench: wb.Workbench) -> None:
    keep_template(bench, "OTHER", word("Other"))
    with bench.database.writing() as con:
        number = attachments.store(con, "en.pdf", b"%PDF")
        con.execute("INSERT INTO interaction_template_language VALUES ('THANKS', 'EN', NULL, ?, NULL)", [number])

    def sent(**fields: Any) -> set[tuple[Any, ...]]:
        entry = logged(bench, ("C11", "C12"), **fields)
        with bench.database.reading() as con:
            query = "SELECT attachment_no, word_template_code FROM interaction WHERE logged_segment_entry_no = ?"
            return set(con.execute(query, [str(entry)]).fetchall())

    assert sent() == {(number, None), (None, "THANKS")}  # Ann's language is English, Bob's is not known
    assert sent(word_template_code="OTHER") == {(None, "OTHER")}
    assert sent(attachment_no=number) == {(number, None)}
    with pytest.raises(wb.NotFoundError, match='There is no Word template "NONE"'):
        new(bench, word_template_code="NONE")
    with pytest.raises(wb.NotFoundError, match="There is no attachment 99"):
        new(bench, attachment_no=99)
    with pytest.raises(wb.ConfigError, match='"x" is no value of attachment_no'):
        new(bench, attachment_no="x")


def test_an_email_with_nowhere_to_go_is_logged_without_correspondence_but_not_delivered(bench: wb.Workbench) -> None:
    sheet = new(bench, "C11", "C91", **READY)

    planned = bench.worksheets.log(sheet, DAY, dry_run=True)

    assert planned.notes == ("E-mails to contacts without an address, logged without correspondence: 1.",)
    with pytest.raises(wb.RuleError) as caught:
        bench.worksheets.log(sheet, DAY, deliver=True)
    assert (
        caught.value.message == f"E-mails of {sheet} to contacts without an e-mail address: 1, the first of them C91."
    )
    bench.worksheets.log(sheet, DAY)
    assert rows(bench, "interaction", "correspondence_type") == [("email",), (None,)]


def test_the_email_of_the_address_of_the_day_decides(bench: wb.Workbench) -> None:
    for number, email in (("C91", "abe@example.org"), ("C11", None)):
        bench.contacts.save_address(number, "SEA", {"city": "Split", "email": email})
        bench.contacts.save_address_range(number, "SEA", DAY, None)
    sheet = new(bench, "C11", "C91", **READY)
    assert set(bench.worksheets.lines(sheet)["alternative_address_code"]) == {"SEA"}

    receipt = bench.worksheets.log(sheet, DAY)

    assert len(receipt.notes) == 1
    assert rows(bench, "interaction", "correspondence_type", "alternative_address_code") == [
        ("email", "SEA"), (None, "SEA"),
    ]  # fmt: skip


def test_lines_that_follow_to_another_day_get_the_address_of_that_day(bench: wb.Workbench) -> None:
    bench.contacts.save_address("C11", "SEA", {"city": "Split"})
    bench.contacts.save_address_range("C11", "SEA", DAY, DAY)
    sheet = new(bench, "C11", **READY)

    bench.worksheets.change(sheet, dated_on="2026-04-01")

    assert bench.worksheets.lines(sheet)["alternative_address_code"].isna().all()


def test_codes_on_lines_have_to_exist(bench: wb.Workbench) -> None:
    for name, code, message in (
        ("interaction_template_code", "LETER", 'There is no interaction template "LETER".'),
        ("campaign_no", "CP1002", 'There is no campaign "CP1002".'),
        ("salesperson_code", "XX", 'There is no salesperson "XX".'),
    ):
        with pytest.raises(wb.NotFoundError) as caught:
            bench.worksheets.log(new(bench, "C11", **{**READY, name: code}), DAY)
        assert caught.value.message == message
    assert bench.worksheets.logged() == ()


def test_there_has_to_be_something_to_deliver(bench: wb.Workbench) -> None:
    empty, silent = new(bench, "C11", **READY), new(bench, "C21", **READY)

    with pytest.raises(wb.RuleError) as caught:
        bench.worksheets.log(empty, DAY, deliver=True)
    assert caught.value.message == (
        f"Lines of {empty} with neither a Word template nor an attachment: 1, the first of them C11."
    )
    with pytest.raises(wb.RuleError, match=f"No line of {silent} has a correspondence type"):
        bench.worksheets.log(silent, DAY, deliver=True)


def test_canceling_takes_everything_along_and_is_taken_back(bench: wb.Workbench) -> None:
    first = logged(bench, campaign_no="CP1001")
    second = logged(bench, ("C11",), campaign_no="CP1001")

    planned = bench.worksheets.cancel_logged([first], dry_run=True)
    receipt = bench.worksheets.cancel_logged([first])

    assert (planned.is_canceled, planned.interaction_count, planned.campaign_entry_count) == (True, 3, 1)
    assert (receipt.entry_nos, receipt.is_written) == ((first,), True)
    assert [(one.is_canceled, one.interaction_count) for one in bench.worksheets.logged()] == [(True, 3), (False, 1)]
    assert set(rows(bench, "campaign_entry", "is_canceled", "logged_segment_entry_no")) == {
        (True, str(first)), (False, str(second)),
    }  # fmt: skip
    both = bench.worksheets.cancel_logged([first, second])
    assert both.is_canceled is False  # the opposite of what the first is, for both
    assert [one.is_canceled for one in bench.worksheets.logged()] == [False, False]


def test_only_canceled_segments_are_deleted_and_what_they_wrote_stays(bench: wb.Workbench) -> None:
    entry = logged(bench, campaign_no="CP1001")

    with pytest.raises(wb.RuleError, match=f"The logged segment {entry} is not canceled"):
        bench.worksheets.delete_logged([entry])
    assert bench.worksheets.delete_logged().entry_nos == ()
    bench.worksheets.cancel_logged([entry])
    assert bench.worksheets.delete_logged(dry_run=True).entry_nos == (entry,)
    receipt = bench.worksheets.delete_logged()

    assert (receipt.entry_nos, receipt.interaction_count, receipt.campaign_entry_count) == ((entry,), 3, 1)
    assert bench.worksheets.logged() == ()
    assert rows(bench, "interaction", "entry_no") == rows(bench, "campaign_entry", "campaign_no") == []
    with bench.database.reading() as con:
        assert con.execute("SELECT count(*) FROM interaction WHERE segment_no = 'SM00001'").fetchall() == [(3,)]
    with pytest.raises(wb.NotFoundError, match="There is no logged segment 7"):
        bench.worksheets.cancel_logged([7])
    with pytest.raises(wb.RuleError, match="No logged segment is named"):
        bench.worksheets.cancel_logged([])
