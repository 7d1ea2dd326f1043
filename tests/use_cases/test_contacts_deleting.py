"""Deleting contacts: what forbids it, what goes, what stays, and that the store still works."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.contact_world import (
    DAY,
    add_opportunity,
    add_task,
    fields,
    id_of,
    office,  # noqa: F401 - the fixture called bench
    rows_of,
    run,
)

GONE = (
    "business_relation", "campaign_target", "consent", "contact_list", "profile_answer", "contact_comment",
    "alternative_address", "alternative_address_range",
)  # fmt: skip


def surround(bench: wb.Workbench, contact_no: str) -> None:
    """Put a row of every kind that goes with a contact into the store."""
    one = {"contact_no": [contact_no]}
    bench.sources.load("business_relation", pd.DataFrame({**one, "business_relation_code": ["LAW"]}))
    bench.sources.load("campaign_target", pd.DataFrame({**one, "campaign_no": ["CP1"]}))
    bench.sources.load("contact_list", pd.DataFrame({**one, "list_name": ["vip"]}))
    bench.sources.load(
        "profile_answer", pd.DataFrame({**one, "questionnaire_code": ["Q"], "line_no": [10000.0], "answer": ["A"]})
    )
    bench.contacts.record_consent(contact_no, "email", None, True, DAY)
    bench.contacts.add_comment(contact_no, "Nice", DAY)
    bench.contacts.save_address(contact_no, "SUMMER", {"city": "Nice"})
    bench.contacts.save_address_range(contact_no, "SUMMER", DAY)


def test_open_tasks_open_opportunities_and_worksheets_forbid_it(bench: wb.Workbench) -> None:
    add_task(bench, "P1")
    with pytest.raises(wb.RuleError, match="P1 cannot be deleted: open tasks: 1"):
        bench.contacts.delete("P1", as_of=DAY)
    with pytest.raises(wb.RuleError, match="P1 cannot be deleted: open tasks: 1"):
        bench.contacts.delete("C1", as_of=DAY, dry_run=True)
    run(bench, "UPDATE task SET is_closed = TRUE")
    for status in ("not_started", "in_progress"):
        add_opportunity(bench, "P1", status)
        with pytest.raises(wb.RuleError, match="P1 cannot be deleted: the opportunity OP1 is not closed"):
            bench.contacts.delete("P1", as_of=DAY)
    run(bench, "UPDATE opportunity SET status = 'lost'")
    sheet = bench.worksheets.create(DAY).worksheet_no
    bench.worksheets.add_line(sheet, "P1", DAY)
    with pytest.raises(wb.RuleError, match=f"P1 cannot be deleted: it is on the worksheet {sheet}"):
        bench.contacts.delete("C1", as_of=DAY)
    bench.worksheets.delete(sheet)
    assert bench.contacts.delete("P1", as_of=DAY).is_written


def test_what_outlives_a_person_is_its_companys_and_the_rest_goes(bench: wb.Workbench) -> None:
    add_task(bench, "P1", is_closed=True)
    add_opportunity(bench, "P1", "won")
    surround(bench, "P1")
    gone = id_of(bench, "P1")

    planned = bench.contacts.delete("P1", as_of=DAY, dry_run=True)
    assert fields(bench, "P1")["name"] == "Ann Lee"
    done = bench.contacts.delete("P1", as_of=DAY)

    assert (planned.removed, planned.moved, planned.contact_nos) == (done.removed, done.moved, ("P1",))
    assert done.removed == dict.fromkeys(sorted(GONE), 1) | {"business_relation": 1}
    assert (dict(done.moved), done.moved_to) == (
        {"interaction": 1, "opportunity": 1, "sales_entry": 1, "task": 1}, "C1",
    )  # fmt: skip
    assert rows_of(bench, "C1", "interaction", "opportunity", "sales_entry", "task") == {
        "interaction": 2, "opportunity": 1, "sales_entry": 1, "task": 1,
    }  # fmt: skip
    assert all(not run(bench, f"SELECT 1 FROM {name} WHERE contact_id = ?", gone) for name in GONE)
    with pytest.raises(wb.NotFoundError):
        bench.contacts.card("P1", DAY)


def test_what_outlives_a_person_without_a_company_is_nobodys(bench: wb.Workbench) -> None:
    add_task(bench, "P3", is_canceled=True)

    done = bench.contacts.delete("P3", as_of=DAY)

    assert (dict(done.moved), done.moved_to) == ({"task": 1}, None)
    assert rows_of(bench, None, "task") == {"task": 1}


def test_a_company_goes_with_its_people_and_its_rows_are_nobodys(bench: wb.Workbench) -> None:
    run(bench, "INSERT INTO customer (customer_no, primary_contact_no) VALUES ('10', 'P2')")

    done = bench.contacts.delete("C1", as_of=DAY)

    assert done.contact_nos == ("C1", "P1", "P2")
    assert (dict(done.moved), done.moved_to) == ({"interaction": 2, "sales_entry": 1}, None)
    assert rows_of(bench, None, "interaction", "sales_entry") == {"interaction": 2, "sales_entry": 1}
    assert bench.contacts.search().total == 2
    assert run(bench, "SELECT customer_no, primary_contact_no FROM customer") == [("10", None)]


def test_duplicates_and_scores_go_and_a_tombstone_stays(bench: wb.Workbench) -> None:
    bench.scores.load("churn", pd.DataFrame({"contact_no": ["P3"], "risk": [0.5]}), scored_on=DAY)
    run(bench, "INSERT INTO contact_duplicate (contact_id, duplicate_id, found_by, found_at) VALUES (?, ?, 'x', now())",
        id_of(bench, "P2"), id_of(bench, "P3"))  # fmt: skip
    gone = id_of(bench, "P3")

    done = bench.contacts.delete("P3", as_of=DAY)

    assert done.removed == {"scored_churn": 1}
    assert run(bench, "SELECT count(*) FROM contact_duplicate") == [(0,)]
    assert run(bench, "SELECT contact_id, reason FROM contact_tombstone") == [(gone, "deleted")]
    made = bench.contacts.create({"name": "New"}, as_of=DAY, contact_no="P3")
    assert id_of(bench, made.contact_no) == gone + 1


def test_everything_still_counts_when_rows_are_nobodys_and_the_highest_id_is_gone(bench: wb.Workbench) -> None:
    sales = {"related": "sales_entry", "measure": {"sum": "sales_amount"}, "op": "at_least", "value": 1}
    none = {"related": "interaction", "op": "is", "value": 0, "measure": {"count": "rows"}}
    add_task(bench, "P3", is_closed=True)
    bench.contacts.delete("P3", as_of=DAY)
    bench.contacts.delete("C1", as_of=DAY)

    assert [bench.segments.count(one, DAY).total for one in (sales, none, {"field": "type", "op": "is_known"})] == [
        0, 1, 1,
    ]  # fmt: skip
    assert bench.overview.figures(DAY).row_count("interaction") == 2
    assert bench.contacts.card("C2", DAY).row_count == 0
    assert bench.segments.profile({"field": "type", "op": "is_known"}, DAY, "city") is not None
    assert bench.contacts.delete("C2", as_of=DAY).contact_nos == ("C2",)
    assert [bench.segments.count(one, DAY).total for one in (sales, none)] == [0, 0]
    assert bench.overview.figures(DAY).contact_count == 0
    assert bench.contacts.search().total == 0
    assert bench.contacts.create({"name": "First"}, as_of=DAY).is_written


def test_nobody_neither_is_a_target_of_a_campaign_nor_responds_to_one(bench: wb.Workbench) -> None:
    bench.sources.load("campaign_target", pd.DataFrame({"contact_no": ["P1", "P3"], "campaign_no": ["CP1", "CP1"]}))
    bench.sources.load("interaction", pd.DataFrame({
        "interaction_no": ["R1", "R3"], "contact_no": ["P1", "P3"], "occurred_at": ["2026-03-05", "2026-03-05"],
        "campaign_no": ["CP1", "CP1"], "is_campaign_response": [True, True],
    }))  # fmt: skip
    bench.contacts.delete("P3", as_of=DAY)

    (row,) = bench.campaigns.response(DAY).frame().to_dict(orient="records")

    assert (row["target_count"], row["responder_count"]) == (1, 1)


def test_a_worksheet_goes_back_without_the_contacts_that_are_gone(bench: wb.Workbench) -> None:
    sheet = bench.worksheets.create(DAY).worksheet_no
    bench.worksheets.add(sheet, {"contact": {"type": "person"}}, DAY)
    bench.worksheets.reduce(sheet, {"contact": {"no": "P3"}}, DAY)
    bench.contacts.delete("P3", as_of=DAY)

    bench.worksheets.go_back(sheet)

    assert list(bench.worksheets.lines(sheet)["contact_no"]) == ["P1", "P2"]


def test_a_snapshot_keeps_the_numbers_of_contacts_that_are_gone(bench: wb.Workbench) -> None:
    bench.segments.save(wb.Segment.from_dict({"name": "people", "steps": [{"add": {"field": "type", "op": "is",
                                                                                    "value": "person"}}]}))  # fmt: skip
    taken = bench.segments.snapshot("people", DAY)
    bench.contacts.delete("P3", as_of=DAY)

    assert list(bench.segments.snapshot_members(taken.snapshot_id)["contact_no"]) == ["P1", "P2", "P3"]


def test_a_receipt_is_a_table_and_plain_values(bench: wb.Workbench) -> None:
    receipt = bench.contacts.delete("C1", as_of=DAY, dry_run=True)

    assert receipt.frame().to_dict(orient="records") == [
        {"table": "interaction", "removed_count": 0, "moved_count": 2},
        {"table": "sales_entry", "removed_count": 0, "moved_count": 1},
    ]
    assert receipt.to_dict()["contact_nos"] == ["C1", "P1", "P2"]
    assert "3 contacts" in receipt._repr_html_()
