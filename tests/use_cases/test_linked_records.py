"""Customers, vendors, bank accounts and employees: made of contacts and contacts of them, linked, kept in step."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.contact_world import (
    DAY,
    changes,
    fields,
    office,  # noqa: F401 - the fixture called bench
    run,
    setting,
)
from tests.use_cases.linked_world import is_for_us, linked, relations_of  # noqa: F401 - a fixture
from workbench.errors import ConfigError, ConflictError, NotFoundError, RuleError, WorkbenchError

pytestmark = pytest.mark.usefixtures("linked")


@pytest.fixture(name="own")
def linked_store(linked: wb.Workbench) -> wb.Workbench:  # noqa: F811
    """The office with linked records, under a short name."""
    return linked


def refused(error: pytest.ExceptionInfo[WorkbenchError]) -> tuple[str, str]:
    """The two sentences of an error."""
    return error.value.message, error.value.hint


def record(bench: wb.Workbench, kind: str, no: str, *names: str) -> list[Any]:
    """Some fields of a record."""
    values = bench.relations.record(kind, no).values
    return [values[name] for name in names]


# Records of contacts


def test_a_customer_is_created_of_a_company_with_its_number_and_fields(own: wb.Workbench) -> None:
    planned = own.relations.create_as("C1", "customer", as_of=DAY, dry_run=True)
    with pytest.raises(NotFoundError):
        own.relations.record("customer", "C1")

    done = own.relations.create_as("C1", "customer", as_of=DAY)

    assert (done.record_changes, done.action, done.is_written) == (planned.record_changes, "created", True)
    assert record(own, "customer", "C1", "name", "city", "phone_no", "email", "salesperson_code", "contact_name") == [
        "Adatum AG", "Brno", "111", "info@adatum.example", "PS", None,
    ]  # fmt: skip
    assert relations_of(own, "C1") == [("CUST", "customer", "C1")]
    assert is_for_us(own, "C1", "P1") == ["customer", "customer"]


def test_a_customer_of_a_person_with_a_company_is_the_companys(own: wb.Workbench) -> None:
    done = own.relations.create_as("P1", "customer", as_of=DAY, record_no="30000")

    assert (done.contact_no, done.record_no) == ("C1", "30000")
    assert record(own, "customer", "30000", "name", "contact_name", "primary_contact_no") == [
        "Adatum AG", "Ann Lee", "P1",
    ]  # fmt: skip
    assert (relations_of(own, "P1"), relations_of(own, "C1")) == ([], [("CUST", "customer", "30000")])


def test_a_person_without_a_company_becomes_a_customer_itself(own: wb.Workbench) -> None:
    assert own.relations.create_as("P3", "customer", as_of=DAY).contact_no == "P3"
    assert record(own, "customer", "P3", "name", "primary_contact_no") == ["Zoe", "P3"]


@pytest.mark.parametrize("kind", ["vendor", "bank-account"])
def test_vendors_and_bank_accounts_are_created_alike(own: wb.Workbench, kind: str) -> None:
    done = own.relations.create_as("P1", kind, as_of=DAY)

    assert (done.kind, done.contact_no) == (kind.replace("-", "_"), "C1")
    assert record(own, kind, "C1", "name", "contact_name") == ["Adatum AG", "Ann Lee"]


def test_an_employee_is_created_of_the_person_herself(own: wb.Workbench) -> None:
    done = own.relations.create_as("P1", "employee", as_of=DAY, record_no="AL")

    assert done.contact_no == "P1"
    assert record(own, "employee", "AL", "first_name", "surname", "company_email", "email") == [
        "Ann", "Lee", "ann@adatum.example", None,
    ]  # fmt: skip
    assert is_for_us(own, "P1", "C1") == ["employee", "none"]


def test_a_company_is_no_employee(own: wb.Workbench) -> None:
    with pytest.raises(RuleError) as error:
        own.relations.create_as("C1", "employee", as_of=DAY)
    assert refused(error) == ("C1 is a company, and employees are people.", "Choose a person.")


@pytest.mark.parametrize("again", ["C1", "P1", "P2"])
def test_who_is_a_customer_or_whose_company_is_one_does_not_become_one_again(own: wb.Workbench, again: str) -> None:
    own.relations.create_as("P1", "customer", as_of=DAY)

    with pytest.raises(RuleError) as error:
        own.relations.create_as(again, "customer", as_of=DAY, record_no="X")
    assert refused(error) == (
        "C1 already has a customer: C1.", "Unlink it first: workbench contact unlink C1 customer.",
    )  # fmt: skip


def test_without_a_relation_in_marketing_setup_nothing_is_created(own: wb.Workbench) -> None:
    setting(own, "bank_account_relation_code", "")

    with pytest.raises(RuleError) as error:
        own.relations.create_as("C1", "bank_account", as_of=DAY)
    assert refused(error) == (
        "Bus. Rel. Code for Bank Accs. must be filled in Marketing Setup.",
        "Name a business relation: workbench setup set bank_account_relation_code CODE.",
    )


@pytest.mark.parametrize("blocked", ["P1", "C1"])
def test_who_is_privacy_blocked_becomes_no_customer(own: wb.Workbench, blocked: str) -> None:
    run(own, "UPDATE contact SET is_privacy_blocked = TRUE WHERE contact_no = ?", blocked)

    with pytest.raises(RuleError) as error:
        own.relations.create_as("P1", "customer", as_of=DAY)
    assert refused(error) == (
        f"{blocked} is privacy blocked, which forbids creating a customer.", "Clear privacy blocked first.",
    )  # fmt: skip


def test_a_number_that_is_taken_or_none_is_refused(own: wb.Workbench) -> None:
    with pytest.raises(ConflictError) as taken:
        own.relations.create_as("C1", "customer", as_of=DAY, record_no="10000")
    with pytest.raises(ConfigError) as none:
        own.relations.create_as("C1", "customer", as_of=DAY, record_no="a/b")

    assert refused(taken) == (
        "The number 10000 is taken by a customer.", "Give another one with --no, or link that record.",
    )  # fmt: skip
    assert refused(none) == ('"a/b" is no number for a customer.', "Write at most 20 signs, without slashes.")


def test_there_are_four_kinds_of_records(own: wb.Workbench) -> None:
    with pytest.raises(ConfigError) as error:
        own.relations.create_as("C1", "custmer", as_of=DAY)
    assert refused(error) == ('Contacts are linked to no "custmer".', 'Did you mean "customer"?')


# Links


def test_a_record_takes_the_fields_of_the_contact_it_is_linked_with(own: wb.Workbench) -> None:
    planned = own.relations.link("C1", "customer", "10000", as_of=DAY, dry_run=True)
    assert relations_of(own, "C1") == []

    done = own.relations.link("C1", "customer", "10000", as_of=DAY)

    assert done.record_changes == planned.record_changes
    assert {one.field: (one.before, one.after) for one in done.record_changes}["name"] == (
        "Adatum Corporation", "Adatum AG",
    )  # fmt: skip
    assert record(own, "customer", "10000", "name", "city", "address") == ["Adatum AG", "Brno", "Ring 1"]
    assert fields(own, "C1")["city"] == "Brno"


def test_a_contact_takes_the_fields_of_the_record_where_that_wins(own: wb.Workbench) -> None:
    done = own.relations.link("C1", "customer", "10000", wins="record", as_of=DAY)

    assert ("C1", "name", "Adatum Corporation", "given") in [
        (one.contact_no, one.field, one.after, str(one.why)) for one in done.contact_changes
    ]
    found = fields(own, "C1")
    assert (found["name"], found["search_name"], found["city"], found["phone_no"]) == (
        "Adatum Corporation", "ADATUM CORPORATION", "Praha", "999",
    )  # fmt: skip
    assert "address" not in found
    # People of the company who had its address and telephone follow it.
    assert (fields(own, "P1")["city"], fields(own, "P1")["phone_no"], fields(own, "P2")["phone_no"]) == (
        "Praha", "999", "333",
    )  # fmt: skip


def test_a_contact_has_one_record_of_a_kind(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)

    with pytest.raises(RuleError) as error:
        own.relations.link("C1", "customer", "20000", as_of=DAY)
    assert error.value.message == "C1 already has a customer: 10000."


def test_a_record_has_one_contact(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)

    with pytest.raises(RuleError) as error:
        own.relations.link("C2", "customer", "10000", as_of=DAY)
    assert refused(error) == (
        "The customer 10000 already has a contact: C1.", "Unlink it first: workbench contact unlink C1 customer.",
    )  # fmt: skip


def test_two_kinds_that_share_a_relation_do_not_meet_on_a_contact(own: wb.Workbench) -> None:
    setting(own, "vendor_relation_code", "CUST")
    own.relations.link("C1", "customer", "10000", as_of=DAY)

    with pytest.raises(RuleError) as error:
        own.relations.link("C1", "vendor", "V1", as_of=DAY)
    assert refused(error) == (
        "C1 already has the relation CUST, with the customer 10000.",
        "Name different business relations for the kinds of records in marketing setup.",
    )


def test_who_is_privacy_blocked_is_not_linked(own: wb.Workbench) -> None:
    run(own, "UPDATE contact SET is_privacy_blocked = TRUE WHERE contact_no = 'C1'")

    with pytest.raises(RuleError) as error:
        own.relations.link("C1", "vendor", "V1", as_of=DAY)
    assert error.value.message == "C1 is privacy blocked, which forbids linking it with a vendor."


def test_a_record_or_winner_that_is_none_is_told(own: wb.Workbench) -> None:
    with pytest.raises(NotFoundError) as missing:
        own.relations.link("C1", "customer", "10001", as_of=DAY)
    with pytest.raises(ConfigError) as winner:
        own.relations.link("C1", "customer", "10000", wins="contac", as_of=DAY)

    assert refused(missing) == ('There is no customer "10001".', 'Did you mean "10000"?')
    assert refused(winner) == ('"contac" cannot win.', 'Did you mean "contact"?')


def test_an_unlinked_record_stays_and_goes_its_own_way(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)
    assert own.relations.unlink("C1", "customer", as_of=DAY, dry_run=True).record_no == "10000"
    assert relations_of(own, "C1") == [("CUST", "customer", "10000")]

    own.relations.unlink("C1", "customer", as_of=DAY)
    own.contacts.change("C1", {"city": "Ostrava"}, as_of=DAY)

    assert (relations_of(own, "C1"), is_for_us(own, "C1", "P1")) == ([], ["none", "none"])
    assert record(own, "customer", "10000", "city") == ["Brno"]
    with pytest.raises(NotFoundError) as error:
        own.relations.unlink("C1", "customer", as_of=DAY)
    assert refused(error) == (
        "C1 is linked to no customer.", "See what it is: workbench contact relation list C1.",
    )  # fmt: skip


# In step


def test_a_changed_contact_takes_its_records_along(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)
    own.relations.link("C1", "vendor", "V1", as_of=DAY)

    own.contacts.change("C1", {"name": "Adatum SE", "city": "Ostrava"}, as_of=DAY)

    for kind, no in (("customer", "10000"), ("vendor", "V1")):
        assert record(own, kind, no, "name", "search_name", "city") == ["Adatum SE", "ADATUM SE", "Ostrava"]


def test_a_changed_record_takes_its_contact_its_people_and_its_other_records_along(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)
    own.relations.link("C1", "vendor", "V1", as_of=DAY)
    values = {"phone_no": "555", "name": "Adatum SE"}
    planned = own.relations.change_record("customer", "10000", values, as_of=DAY, dry_run=True)
    assert record(own, "customer", "10000", "phone_no") == ["111"]

    done = own.relations.change_record("customer", "10000", values, as_of=DAY)

    assert (done.record_changes, done.contact_changes) == (planned.record_changes, planned.contact_changes)
    assert [(one.field, one.before, one.after) for one in done.record_changes] == [
        ("phone_no", "111", "555"), ("name", "Adatum AG", "Adatum SE"), ("search_name", "ADATUM AG", "ADATUM SE"),
    ]  # fmt: skip
    assert ("P1", "phone_no", "555", "company_changed") in [
        (one.contact_no, one.field, one.after, str(one.why)) for one in done.contact_changes
    ]
    assert (fields(own, "C1")["name"], fields(own, "P1")["phone_no"]) == ("Adatum SE", "555")
    assert record(own, "vendor", "V1", "name", "phone_no") == ["Adatum SE", "555"]


def test_a_record_without_a_contact_changes_alone(own: wb.Workbench) -> None:
    done = own.relations.change_record("customer", "20000", {"city": "Brno"}, as_of=DAY)

    assert (done.contact_no, done.contact_changes) == (None, ())
    assert record(own, "customer", "20000", "city") == ["Brno"]


def test_an_employees_name_goes_on_to_the_person(own: wb.Workbench) -> None:
    own.relations.link("P1", "employee", "E1", wins="record", as_of=DAY)
    assert (fields(own, "P1")["name"], fields(own, "P1")["email"], fields(own, "P1")["job_title"]) == (
        "Ida Berg", "ida@we.example", "Buyer",
    )  # fmt: skip

    own.relations.change_record("employee", "E1", {"surname": "Holm"}, as_of=DAY)

    assert fields(own, "P1")["name"] == "Ida Holm"


def test_wrong_values_of_a_record_are_refused(own: wb.Workbench) -> None:
    cases: list[tuple[dict[str, object], str]] = [
        ({"customer_no": "1"}, "The number of a customer is no value to set."),
        ({"phone_no": "one"}, '"one" in phone_no holds letters.'),
        ({"colour": "red"}, '"colour" is no field of a row in customer.'),
        ({"salesperson_code": "XX"}, 'There is no salesperson "XX".'),
    ]
    for values, message in cases:
        with pytest.raises(WorkbenchError) as error:
            own.relations.change_record("customer", "10000", values, as_of=DAY)
        assert error.value.message == message


# Contacts of records


def test_contacts_are_created_from_all_customers_with_people_to_ask_for(own: wb.Workbench) -> None:
    planned = own.relations.create_from("customer", as_of=DAY, dry_run=True)
    assert planned.frame()["name"].tolist() == ["Adatum Corporation", "Fabrikam"]
    assert (planned.person_count, planned.is_written, planned.frame()["contact_no"].isna().all()) == (1, False, True)

    done = own.relations.create_from("customer", as_of=DAY)

    assert done.frame().astype("object").where(done.frame().notna(), None).to_numpy().tolist() == [
        ["10000", "CT000001", "Adatum Corporation", None, None],
        ["20000", "CT000002", "Fabrikam", "CT000003", "Eva Maria Holm"],
    ]
    company, person = fields(own, "CT000002"), fields(own, "CT000003")
    assert (company["type"], company["company_no"], company["search_name"], company["salesperson_code"]) == (
        "company", "CT000002", "FABRIKAM", "JO",
    )  # fmt: skip
    assert {name: person[name] for name in ("type", "name", "search_name", "first_name", "middle_name", "surname",
                                            "company_no", "city", "phone_no", "salesperson_code", "address")} == {
        "type": "person", "name": "Eva Maria Holm", "search_name": "EVA MARIA HOLM", "first_name": "Eva",
        "middle_name": "Maria", "surname": "Holm", "company_no": "CT000002", "city": "Plzen", "phone_no": "777",
        "salesperson_code": "JO", "address": "Hill 7",
    }  # fmt: skip
    assert record(own, "customer", "20000", "primary_contact_no") == ["CT000003"]
    assert is_for_us(own, "CT000001", "CT000002", "CT000003") == ["customer"] * 3
    assert own.relations.create_from("customer", as_of=DAY).skipped_count == 2


def test_what_bulk_creation_writes_a_refresh_leaves_as_it_is(own: wb.Workbench) -> None:
    from workbench.contact_rows import relation_kind

    own.relations.create_from("customer", as_of=DAY)
    before = run(own, "SELECT contact_no, contact_business_relation FROM contact ORDER BY 1")
    with own.database.writing() as con:
        relation_kind.refresh(con)

    assert run(own, "SELECT contact_no, contact_business_relation FROM contact ORDER BY 1") == before


def test_people_take_over_from_their_company_what_the_switches_say(own: wb.Workbench) -> None:
    setting(own, "inherit_address_details", False)
    setting(own, "inherit_salesperson_code", False)

    own.relations.create_from("customer", ["20000"], as_of=DAY)

    person = fields(own, "CT000002")
    assert (person["phone_no"], "address" in person, "salesperson_code" in person) == ("777", False, False)


def test_defaults_of_marketing_setup_are_not_for_contacts_of_records(own: wb.Workbench) -> None:
    setting(own, "default_language_code", "EN")

    own.relations.create_from("vendor", as_of=DAY)

    assert "language_code" not in fields(own, "CT000001")


def test_an_employee_becomes_a_person(own: wb.Workbench) -> None:
    own.relations.create_from("employee", ["E1"], as_of=DAY)

    person = fields(own, "CT000001")
    assert (person["type"], person["name"], person["email"], person["surname"]) == (
        "person", "Ida Berg", "ida@we.example", "Berg",
    )  # fmt: skip
    assert "company_no" not in person
    assert is_for_us(own, "CT000001") == ["employee"]


def test_numbers_that_contacts_have_are_passed_over(own: wb.Workbench) -> None:
    own.contacts.create({"type": "company", "name": "First"}, contact_no="CT000002", as_of=DAY)

    done = own.relations.create_from("customer", as_of=DAY)

    assert done.frame()["contact_no"].tolist() == ["CT000001", "CT000003"]


def test_duplicates_of_new_contacts_are_found_and_told(own: wb.Workbench) -> None:
    twin = {"name": ["Adatum AG"], "address": ["Ring 1"], "city": ["Brno"], "post_code": ["602 00"],
            "phone_no": ["111"]}  # fmt: skip
    own.sources.load("customer", pd.DataFrame({"customer_no": ["30000"], **twin}))

    done = own.relations.create_from("customer", ["30000"], as_of=DAY)

    assert done.duplicate_count == 1
    assert run(own, "SELECT count(*) FROM contact_duplicate") == [(1,)]


def test_duplicates_of_many_new_contacts_are_those_found_one_by_one(
    own: wb.Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.relations import new_duplicates

    twins = pd.DataFrame({
        "customer_no": ["30000", "30001"], "name": ["Adatum AG", "Adatum AG"], "address": ["Ring 1"] * 2,
        "city": ["Brno"] * 2, "post_code": ["602 00"] * 2, "phone_no": ["111"] * 2,
    })  # fmt: skip
    own.sources.load("customer", twins)
    monkeypatch.setattr(new_duplicates, "ONE_BY_ONE", 0)

    assert own.relations.create_from("customer", as_of=DAY).duplicate_count == 2
    assert run(own, "SELECT count(*) FROM contact_duplicate") == [(3,)]


def test_a_record_that_is_linked_or_missing_makes_no_contact(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)

    with pytest.raises(RuleError) as already:
        own.relations.create_from("customer", ["10000"], as_of=DAY)
    with pytest.raises(NotFoundError) as missing:
        own.relations.create_from("customer", ["20001"], as_of=DAY)

    assert refused(already) == ("The customer 10000 already has a contact: C1.", "There is nothing to create.")
    assert missing.value.message == 'There is no customer "20001".'


# All at once


def test_loaded_changes_of_records_are_taken_over_by_their_contacts(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)
    own.sources.load("customer", pd.DataFrame({"customer_no": ["10000"], "phone_no": ["555"]}))
    planned = own.relations.synchronize("customer", as_of=DAY, dry_run=True)
    assert fields(own, "C1")["phone_no"] == "111"

    done = own.relations.synchronize("customer", as_of=DAY)

    assert done.frame().to_numpy().tolist() == planned.frame().to_numpy().tolist() == [
        ["contact", "C1", "phone_no", "111", "555"], ["contact", "P1", "phone_no", "111", "555"],
    ]  # fmt: skip
    assert (done.compared_count, done.changed_count, len(done.rejected)) == (1, 2, 0)
    assert (fields(own, "C1")["phone_no"], fields(own, "P1")["phone_no"]) == ("555", "555")
    assert len(own.relations.synchronize("customer", as_of=DAY).changes) == 0


def test_what_the_rules_refuse_is_told_and_the_rest_is_done(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)
    own.relations.link("C2", "customer", "20000", as_of=DAY)
    own.sources.load("customer", pd.DataFrame({"customer_no": ["10000", "20000"], "salesperson_code": ["XX", "PS"]}))

    done = own.relations.synchronize("customer", as_of=DAY)

    assert done.rejected.to_numpy().tolist() == [["10000", "C1", done.rejected["reason"][0]]]
    assert done.rejected["reason"][0].startswith('There is no salesperson "XX".')
    assert (fields(own, "C1")["salesperson_code"], fields(own, "C2")["salesperson_code"]) == ("PS", "PS")


def test_records_take_over_from_their_contacts_all_at_once(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)
    own.sources.load("contact", pd.DataFrame({"contact_no": ["C1"], "type": ["company"], "city": ["Jihlava"]}))
    planned = own.relations.synchronize("customer", wins="contact", as_of=DAY, dry_run=True)

    done = own.relations.synchronize("customer", wins="contact", as_of=DAY)

    assert done.frame().to_numpy().tolist() == planned.frame().to_numpy().tolist()
    assert ["customer", "10000", "city", "Brno", "Jihlava"] in done.frame().to_numpy().tolist()
    assert record(own, "customer", "10000", "city") == ["Jihlava"]
    assert record(own, "customer", "20000", "city") == ["Plzen"]
    assert len(own.relations.synchronize("customer", wins="contact", as_of=DAY).changes) == 0


# Looking


def test_records_are_found_by_a_part_of_what_they_are_known_by(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)

    everything, found = own.relations.records("customer"), own.relations.records("customer", "fabri")
    free = own.relations.records("customer", only_unlinked=True)

    assert (everything.total, everything.unlinked_count) == (2, 1)
    assert found.frame()["record_no"].tolist() == free.frame()["record_no"].tolist() == ["20000"]
    assert own.relations.records("employee", "IDA B").frame()["email"].tolist() == ["ida@we.example"]
    assert own.relations.records("customer", limit=1, skip=1).frame()["record_no"].tolist() == ["20000"]


def test_a_record_says_whose_it_is(own: wb.Workbench) -> None:
    own.relations.link("C1", "customer", "10000", as_of=DAY)

    assert own.relations.record("customer", "10000").contact_no == "C1"
    assert own.relations.record("customer", "20000").contact_no is None
    assert "Fabrikam" in own.relations.record("customer", "20000")._repr_html_()


def test_a_deleted_contact_leaves_its_record_free(own: wb.Workbench) -> None:
    own.relations.link("C2", "customer", "20000", as_of=DAY)
    own.contacts.delete("C2", as_of=DAY)

    assert own.relations.record("customer", "20000").contact_no is None
    assert changes(own.contacts.change("P3", {"city": "Brno"}, as_of=DAY)) == [("P3", "city", "Brno", "given")]
