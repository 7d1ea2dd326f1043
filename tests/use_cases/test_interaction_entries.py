"""What is done with entries of the log: canceled, evaluated, deleted; documents recorded."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.contact_world import run
from tests.use_cases.interaction_world import DAY, NINE, call, world
from workbench.errors import ConfigError, NotFoundError, RuleError

MADE = {"contact_no": "ANN", "interaction_template_code": "VISIT", "correspondence_type": ""}


@pytest.fixture(name="bench")
def store() -> wb.Workbench:
    return world()


def _canceled(bench: wb.Workbench) -> list[bool]:
    return [one for (one,) in run(bench, "SELECT is_canceled FROM interaction ORDER BY entry_no")]


def test_all_become_the_opposite_of_the_first(bench: wb.Workbench) -> None:
    for _ in range(3):
        call(bench)
    assert bench.interactions.cancel([2]).changed == 1
    preview = bench.interactions.cancel([1, 2, 1], dry_run=True)
    assert _canceled(bench) == [False, True, False]
    receipt = bench.interactions.cancel([1, 2, 1])
    assert (receipt.entry_nos, receipt.value, receipt.changed) == ((1, 2), True, 1) == (
        preview.entry_nos, preview.value, preview.changed,
    )  # fmt: skip
    assert _canceled(bench) == [True, True, False]
    bench.interactions.cancel([1, 3])
    assert _canceled(bench) == [False, True, False]


def test_entries_stay_canceled_with_what_they_hang_on(bench: wb.Workbench) -> None:
    entry_no = bench.interactions.create(MADE, DAY, at=NINE).campaign_entry_no
    run(bench, "UPDATE campaign_entry SET is_canceled = TRUE")
    bench.interactions.cancel([1])
    with pytest.raises(RuleError) as held:
        bench.interactions.cancel([1])
    assert held.value.message == f"Interaction 1 stays canceled: its campaign entry {entry_no} is canceled."
    run(bench, "UPDATE campaign_entry SET is_canceled = FALSE")
    run(bench, "UPDATE interaction SET logged_segment_entry_no = '7'")
    run(bench, "INSERT INTO logged_segment VALUES (7, 'SM1', 'Spring', ?, 'me', TRUE)", DAY)
    with pytest.raises(RuleError, match="its logged segment 7 is canceled"):
        bench.interactions.cancel([1])


def test_one_evaluation_for_all(bench: wb.Workbench) -> None:
    for _ in range(2):
        call(bench)
    assert bench.interactions.evaluate([1], "Very positive").changed == 1
    assert bench.interactions.evaluate([1, 2], "very_positive").changed == 1
    assert run(bench, "SELECT DISTINCT evaluation FROM interaction") == [("very_positive",)]
    bench.interactions.evaluate([1, 2], None)
    assert run(bench, "SELECT DISTINCT evaluation FROM interaction") == [(None,)]
    with pytest.raises(ConfigError, match='"so so" is no evaluation'):
        bench.interactions.evaluate([1], "so so")
    with pytest.raises(NotFoundError, match="There is no interaction 9"):
        bench.interactions.evaluate([1, 9], "neutral")
    with pytest.raises(RuleError, match="No interaction is named"):
        bench.interactions.evaluate([], "neutral")


def test_only_canceled_entries_are_deleted_with_comments_and_files(bench: wb.Workbench) -> None:
    for comment in ("one", "two"):
        bench.interactions.create(MADE, DAY, at=NINE, comments=[comment], file="same.txt", content=b"same")
    call(bench)
    with pytest.raises(RuleError, match="Interaction 1 is not canceled"):
        bench.interactions.delete_canceled([1])
    bench.interactions.cancel([1])
    preview = bench.interactions.delete_canceled(dry_run=True)
    first = bench.interactions.delete_canceled()
    assert (preview.comment_count, preview.file_count) == (first.comment_count, first.file_count) == (1, 0)
    bench.interactions.cancel([2])
    assert bench.interactions.delete_canceled([2]).file_count == 1
    assert run(bench, "SELECT entry_no FROM interaction") == [(3,)]
    assert run(bench, "SELECT count(*) FROM interaction_comment UNION ALL SELECT count(*) FROM attachment") == [
        (0,),
        (0,),
    ]


def test_nothing_canceled_is_nothing_deleted(bench: wb.Workbench) -> None:
    call(bench)
    assert bench.interactions.delete_canceled().entry_nos == ()


def test_documents_are_recorded_with_the_template_of_their_kind(bench: wb.Workbench) -> None:
    bench.templates.set_document_type("sales_invoice", "CALL")
    linked = {"contact_no": ["ADA"], "business_relation_code": ["CUST"], "link_to_table": ["customer"]}
    bench.sources.load("business_relation", pd.DataFrame({**linked, "linked_no": ["20000"]}))
    preview = bench.interactions.record_document("sales_invoice", "103001", DAY, customer_no="20000", dry_run=True)
    made = bench.interactions.record_document(
        "sales_invoice", "103001", DAY, at=NINE, customer_no="20000", values={"campaign_no": "CP0001"}
    )
    assert (preview.contact_no, preview.entry_no, made.contact_no) == ("ADA", None, "ADA")
    assert made.entry_no is not None
    values = bench.interactions.show(made.entry_no).values
    assert (values["document_type"], values["document_no"]) == ("sales_invoice", "103001")
    assert (values["description"], values["salesperson_code"]) == ("Telephone call", "JO")
    entries = run(bench, "SELECT campaign_no, document_type, description FROM campaign_entry")
    assert entries == [("CP0001", "sales_invoice", "Sales invoice")]


def test_documents_need_no_salesperson(bench: wb.Workbench) -> None:
    bench.templates.set_document_type("email", "MAIL")
    made = bench.interactions.record_document("email", "1", DAY, contact_no="ADA", values={"salesperson_code": ""})
    assert made.entry_no == 1


def test_without_template_or_contact_nothing_is_recorded(bench: wb.Workbench) -> None:
    assert bench.interactions.record_document("sales_quote", "1", DAY, contact_no="ANN").reason == "no template"
    bench.templates.set_document_type("sales_quote", "CALL")
    assert bench.interactions.record_document("sales_quote", "1", DAY, vendor_no="77").reason == "no contact"
    assert bench.interactions.list(as_of=DAY).total == 0


def test_documents_of_no_kind_or_of_nobody_are_refused(bench: wb.Workbench) -> None:
    with pytest.raises(ConfigError) as kind:
        bench.interactions.record_document("sales_invoce", "1", DAY, contact_no="ANN")
    assert kind.value.message == 'There is no kind of document "sales_invoce".'
    assert kind.value.hint == 'Did you mean "sales_invoice"?'
    with pytest.raises(ConfigError, match="A document belongs to one contact, customer or vendor"):
        bench.interactions.record_document("sales_invoice", "1", DAY, contact_no="ANN", vendor_no="7")
