"""Exports of Business Central, Salesforce, HubSpot and Mautic, recognised by their headers."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from tests.sources.conftest import Shelf
from workbench.sources.export_headers import COMPANY_NAME
from workbench.sources.known_exports import KNOWN, recognised

EXPORTS = Path(__file__).parent / "export_files"


@pytest.mark.parametrize(
    ("name", "table", "kind"),
    [
        ("business_central_contacts", "contact", "Business Central contact export"),
        ("business_central_customers", "customer", "Business Central customer export"),
        ("business_central_vendors", "vendor", "Business Central vendor export"),
        ("salesforce_accounts", "contact", "Salesforce account export"),
        ("salesforce_contacts", "contact", "Salesforce contact export"),
        ("salesforce_leads", "contact", "Salesforce lead export"),
        ("hubspot_companies", "contact", "HubSpot company export"),
        ("hubspot_contacts", "contact", "HubSpot contact export"),
        ("mautic_contacts", "contact", "Mautic contact export"),
    ],
)
def test_an_export_loads_without_a_question_and_a_second_time_changes_nothing(
    shelf: Shelf, name: str, table: str, kind: str
) -> None:
    path = EXPORTS / f"{name}.csv"

    plan = shelf.sources.plan(table, path)
    receipt = shelf.sources.load(table, path)

    assert plan.source_kind == kind
    assert plan.notes[0] == f"This looks like a {kind}."
    assert (plan.questions, receipt.rejected, receipt.new) == ((), 0, receipt.rows)
    assert shelf.sources.load(table, path).unchanged == receipt.rows


@pytest.mark.parametrize(
    ("name", "table"),
    [("business_central_interactions", "interaction"), ("business_central_opportunities", "opportunity")],
)
def test_what_happened_to_contacts_of_business_central_follows_them(shelf: Shelf, name: str, table: str) -> None:
    shelf.sources.load("contact", EXPORTS / "business_central_contacts.csv")

    receipt = shelf.sources.load(table, EXPORTS / f"{name}.csv")

    assert (receipt.new, receipt.rejected) == (receipt.rows, 0)


def test_companies_of_business_central_bear_the_name_of_their_company_and_people_are_linked(shelf: Shelf) -> None:
    shelf.sources.load("contact", EXPORTS / "business_central_contacts.csv")

    assert shelf.ask("SELECT contact_no, type, company_no, search_name FROM contact ORDER BY 1") == [
        ("CT000101", "company", "CT000101", "NOVÁK & DCERY"),
        ("CT000102", "person", "CT000101", "ADA NOVÁKOVÁ"),
        ("CT000103", "person", None, "LUIS PRIETO GIL"),
    ]


def test_a_list_opened_in_excel_gives_the_same_contacts_as_its_csv(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "Contacts.xlsx"
    with (EXPORTS / "business_central_contacts.csv").open(encoding="utf-8", newline="") as file:
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("Contacts")
        for number, cells in enumerate(csv.reader(file)):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell)
        book.close()

    shelf.sources.load("contact", EXPORTS / "business_central_contacts.csv")

    assert shelf.sources.plan("contact", path).counts["unchanged"] == 3


def test_what_people_agreed_to_is_kept_as_it_was_exported(shelf: Shelf) -> None:
    shelf.sources.load("contact", EXPORTS / "salesforce_contacts.csv")
    shelf.sources.load("contact", EXPORTS / "hubspot_contacts.csv")

    assert shelf.ask("SELECT surname, email_opt_out, do_not_call, unsubscribed_from_all_email FROM contact "
                     "ORDER BY contact_id") == [
        ("Okoye", False, True, None), ("Petrov", True, False, None),
        ("Nair", None, None, False), ("Berg", None, None, True),
    ]  # fmt: skip


def test_people_are_linked_with_the_only_company_of_that_name(shelf: Shelf) -> None:
    shelf.sources.load("contact", EXPORTS / "salesforce_accounts.csv")

    plan = shelf.sources.plan("contact", EXPORTS / "salesforce_contacts.csv")
    shelf.sources.load("contact", EXPORTS / "salesforce_contacts.csv")

    assert (
        "1 person names a company of which there is none, or several; load companies first to link them by name."
        in (plan.notes)
    )
    assert shelf.ask("SELECT surname, company_no, company_name FROM contact WHERE type = 'person' ORDER BY 1") == [
        ("Okoye", "CT000001", "Brightwater Foods"), ("Petrov", None, "Nowhere Inc"),
    ]  # fmt: skip


def test_a_name_that_two_companies_have_links_nobody_and_leaves_the_link_there_is(shelf: Shelf) -> None:
    two = {"contact_no": ["A", "B"], "type": ["company"] * 2, "name": ["Acme", "acme "]}
    shelf.sources.load("contact", pd.DataFrame(two))
    people = pd.DataFrame({"contact_no": ["P", "Q"], "name": ["Ann", "Bea"], "company_no": ["B", None]})
    shelf.sources.load("contact", people)
    named = pd.DataFrame({"contact_no": ["P", "Q"], "employer": ["ACME", "ACME"]})

    receipt = shelf.sources.load("contact", named, {"employer": f"{COMPANY_NAME}:text"})

    assert shelf.ask("SELECT contact_no, company_no FROM contact WHERE type = 'person' ORDER BY 1") == [
        ("P", "B"), ("Q", None),
    ]  # fmt: skip
    assert receipt.notes[-1].startswith("2 people name a company of which there is none, or several")


def test_a_number_of_a_contact_and_of_a_company_of_hubspot_are_not_the_same(shelf: Shelf) -> None:
    shelf.sources.load("contact", EXPORTS / "hubspot_companies.csv")
    shelf.sources.load("contact", EXPORTS / "hubspot_contacts.csv")

    assert shelf.ask("SELECT name, hubspot_company_id, hubspot_contact_id, company_no FROM contact ORDER BY contact_no"
                     ) == [
        ("Bluebay Gaming Ltd", "501", None, "CT000001"),
        ("Priya Nair", None, "501", "CT000001"),
        ("Ola Berg", None, "502", None),
    ]  # fmt: skip


def test_what_a_person_says_goes_before_what_is_recognised(shelf: Shelf) -> None:
    wishes = {"Title": "", "Account Name": "county", "Mailing State/Province": ""}

    plan = shelf.sources.plan("contact", EXPORTS / "salesforce_contacts.csv", wishes)

    assert plan.mapping["Account Name"] == "county"
    assert "Title" in plan.ignored
    assert plan.mapping["Contact ID"] == "external_id"


def test_an_export_for_another_table_says_which(shelf: Shelf) -> None:
    plan = shelf.sources.plan("contact", EXPORTS / "business_central_customers.csv", new_fields="ignore")

    assert plan.notes[0] == "This looks like a Business Central customer export, whose rows go to customer."
    assert plan.source_kind == "Business Central customer export"


def test_customers_say_how_they_and_contacts_come_together(shelf: Shelf) -> None:
    plan = shelf.sources.plan("customer", EXPORTS / "business_central_customers.csv", new_fields="ignore")

    assert "`workbench contact create-from customer --all`" in plan.notes[-1]
    assert plan.notes[-1].endswith("by `workbench record synchronize customer`.")


def test_a_file_of_nobody_in_particular_is_not_recognised() -> None:
    assert recognised(["name", "city", "shoe size"], "contact") is None


def test_every_suggestion_fits_its_table(shelf: Shelf) -> None:
    for known in KNOWN:
        table = shelf.setup.table(known.table)
        for target in filter(None, known.columns.values()):
            name, _, type_ = target.partition(":")
            assert (name in table.by_name) != bool(type_), (known.label, target)
            assert table.takes_fields or not type_, (known.label, target)
