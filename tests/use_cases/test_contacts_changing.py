"""Changing contacts: what follows for them, for the people of a company, and for rows."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.contact_world import (
    DAY,
    add_opportunity,
    add_task,
    changes,
    fields,
    id_of,
    office,  # noqa: F401 - the fixture called bench
    rows_of,
    run,
    setting,
)


def test_what_a_field_has_already_changes_nothing(bench: wb.Workbench) -> None:
    before = fields(bench, "P1")

    receipt = bench.contacts.change("P1", {"city": "Brno", "name": "Ann Lee", "territory_code": ""}, as_of=DAY)

    assert receipt.changes == ()
    assert fields(bench, "P1") == before


def test_a_preview_writes_nothing_and_says_the_same(bench: wb.Workbench) -> None:
    values = {"phone_no": "444", "name": "Adatum SE"}
    planned = bench.contacts.change("C1", values, as_of=DAY, dry_run=True)

    assert fields(bench, "C1")["phone_no"] == "111"
    done = bench.contacts.change("C1", values, as_of=DAY)
    assert (planned.changes, planned.is_written, done.is_written) == (done.changes, False, True)
    assert done.contact_nos == ("C1", "P1")


def test_fields_are_named_however_they_are_spelled_and_lists_are_read(bench: wb.Workbench) -> None:
    run(bench, "INSERT INTO mailing_group VALUES ('PRESS', NULL), ('VIP', NULL)")
    receipt = bench.contacts.change("P3", {"Post Code": "1", "mailing_group_codes": "PRESS, VIP"}, as_of=DAY)

    assert changes(receipt) == [
        ("P3", "post_code", "1", "given"),
        ("P3", "mailing_group_codes", ["PRESS", "VIP"], "given"),
    ]
    assert fields(bench, "P3")["mailing_group_codes"] == ["PRESS", "VIP"]
    bench.contacts.change("P3", {"mailing_group_codes": []}, as_of=DAY)
    assert "mailing_group_codes" not in fields(bench, "P3")


def test_a_change_of_name_goes_on_to_its_parts_and_the_search_name(bench: wb.Workbench) -> None:
    receipt = bench.contacts.change("P1", {"surname": "Ray"}, as_of=DAY)

    assert changes(receipt)[:2] == [("P1", "surname", "Ray", "given"), ("P1", "name", "Ann Ray", "name")]
    assert fields(bench, "P1")["search_name"] == "ANN RAY"


def test_a_changed_company_takes_along_those_of_its_people_who_still_had_its_values(bench: wb.Workbench) -> None:
    receipt = bench.contacts.change(
        "C1", {"phone_no": "444", "salesperson_code": "JO", "city": "Praha", "email": "new@adatum.example"}, as_of=DAY
    )

    assert changes(receipt) == [
        ("C1", "phone_no", "444", "given"),
        ("C1", "salesperson_code", "JO", "given"),
        ("C1", "city", "Praha", "given"),
        ("C1", "email", "new@adatum.example", "given"),
        ("P1", "salesperson_code", "JO", "company_changed"),
        ("P1", "city", "Praha", "company_changed"),
        ("P1", "phone_no", "444", "company_changed"),
    ]
    assert (fields(bench, "P1")["city"], fields(bench, "P2")["city"]) == ("Praha", "Brno")


def test_a_switch_that_is_off_keeps_people_as_they_are(bench: wb.Workbench) -> None:
    setting(bench, "inherit_address_details", False)
    setting(bench, "inherit_communication_details", False)

    receipt = bench.contacts.change("C1", {"phone_no": "444", "city": "Praha"}, as_of=DAY)

    assert receipt.contact_nos == ("C1",)


def test_a_person_given_another_company_takes_over_and_leaves_what_happened_behind(bench: wb.Workbench) -> None:
    add_task(bench, "P1")
    add_opportunity(bench, "P1", "won")

    receipt = bench.contacts.change("P1", {"company_no": "C2"}, as_of=DAY)

    assert changes(receipt) == [
        ("P1", "company_no", "C2", "given"),
        ("P1", "salesperson_code", "JO", "new_company"),
        ("P1", "country_code", None, "new_company"),
        ("P1", "language_code", "EN", "new_company"),
        ("P1", "address", "Quay 9", "new_company"),
        ("P1", "post_code", None, "new_company"),
        ("P1", "city", "Ostrava", "new_company"),
        ("P1", "phone_no", "222", "new_company"),
    ]
    assert (dict(receipt.moved), receipt.moved_to) == ({"interaction": 1, "opportunity": 1, "task": 1}, "C1")
    assert rows_of(bench, "P1", "interaction", "opportunity", "task", "sales_entry") == {
        "interaction": 0, "opportunity": 0, "task": 0, "sales_entry": 1,
    }  # fmt: skip
    assert rows_of(bench, "C1", "interaction", "opportunity", "task") == {
        "interaction": 2, "opportunity": 1, "task": 1,
    }  # fmt: skip


def test_rows_of_a_person_without_a_company_go_to_the_first_one(bench: wb.Workbench) -> None:
    add_task(bench, "P3")

    receipt = bench.contacts.change("P3", {"company_no": "C2"}, as_of=DAY)

    assert (dict(receipt.moved), receipt.moved_to) == ({"task": 1}, "C2")
    assert rows_of(bench, "C2", "task") == {"task": 1}


def test_a_person_that_leaves_its_company_keeps_its_fields(bench: wb.Workbench) -> None:
    receipt = bench.contacts.change("P1", {"company_no": None}, as_of=DAY)

    assert changes(receipt) == [("P1", "company_no", None, "given")]
    assert receipt.moved_to == "C1"


def test_what_is_given_with_the_company_goes_before_what_it_brings(bench: wb.Workbench) -> None:
    run(bench, "INSERT INTO salesperson (code) VALUES ('MY')")
    bench.contacts.change("P1", {"company_no": "C2", "salesperson_code": "MY"}, as_of=DAY)

    assert fields(bench, "P1")["salesperson_code"] == "MY"


def test_codes_that_nobody_has_set_up_or_used_are_refused(bench: wb.Workbench) -> None:
    with pytest.raises(wb.NotFoundError, match='There is no salesperson "JOO"'):
        bench.contacts.change("P1", {"salesperson_code": "JOO"}, as_of=DAY)
    with pytest.raises(wb.NotFoundError, match='There is no mailing group "PRESS"'):
        bench.contacts.change("P1", {"mailing_group_codes": "PRESS"}, as_of=DAY)
    run(bench, "INSERT INTO salesperson (code, is_blocked) VALUES ('JO', TRUE)")
    with pytest.raises(wb.RuleError, match="The salesperson JO is blocked"):
        bench.contacts.change("P1", {"salesperson_code": "JO"}, as_of=DAY)


def test_the_company_does_not_change_while_the_contact_is_on_a_worksheet(bench: wb.Workbench) -> None:
    sheet = bench.worksheets.create(DAY).worksheet_no
    bench.worksheets.add_line(sheet, "P1", DAY)

    with pytest.raises(wb.RuleError, match=f"The company of P1 cannot change: the contact is on the worksheet {sheet}"):
        bench.contacts.change("P1", {"company_no": "C2"}, as_of=DAY)
    bench.contacts.change("P1", {"city": "Praha"}, as_of=DAY)


def test_what_a_contact_is_for_us_follows_its_company(bench: wb.Workbench) -> None:
    bench.sources.load("business_relation", pd.DataFrame({"contact_no": ["C2"], "business_relation_code": ["LAW"]}))
    bench.contacts.change("P3", {"company_no": "C2"}, as_of=DAY)

    assert fields(bench, "P3")["contact_business_relation"] == "other"
    bench.contacts.change("P3", {"company_no": None}, as_of=DAY)
    assert fields(bench, "P3")["contact_business_relation"] == "none"


def test_a_contact_with_interactions_tasks_or_opportunities_keeps_its_type(bench: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError, match="The type of P1 cannot change: there are interactions with it"):
        bench.contacts.change("P1", {"type": "company"}, as_of=DAY)
    add_task(bench, "P2", is_closed=True)
    with pytest.raises(wb.RuleError, match="The type of P2 cannot change: there are tasks about it"):
        bench.contacts.change("P2", {"type": "company"}, as_of=DAY)
    add_opportunity(bench, "P3", "lost")
    with pytest.raises(wb.RuleError, match="The type of P3 cannot change: there are opportunities with it"):
        bench.contacts.change("P3", {"type": "company"}, as_of=DAY)


def test_a_person_with_level_or_responsibilities_stays_one(bench: wb.Workbench) -> None:
    run(bench, "UPDATE contact SET organizational_level_code = 'CEO' WHERE contact_no = 'P3'")
    with pytest.raises(wb.RuleError, match="P3 cannot become a company: it has an organizational level"):
        bench.contacts.change("P3", {"type": "company"}, as_of=DAY)
    cleared = {"organizational_level_code": None, "job_responsibility_codes": None}
    run(bench, "UPDATE contact SET job_responsibility_codes = ['BUY'] WHERE contact_no = 'P2'")
    with pytest.raises(wb.RuleError, match="P2 cannot become a company: it has job responsibilities"):
        bench.contacts.change("P2", {"type": "company"}, as_of=DAY)

    bench.contacts.change("P3", {"type": "company", **cleared}, as_of=DAY)

    card = fields(bench, "P3")
    assert (card["type"], card["company_no"], "first_name" in card) == ("company", "P3", False)


def test_a_company_with_people_relations_or_what_only_companies_have_stays_one(bench: wb.Workbench) -> None:
    run(bench, "DELETE FROM interaction")
    with pytest.raises(wb.RuleError, match="C1 cannot become a person: there are people at it"):
        bench.contacts.change("C1", {"type": "person"}, as_of=DAY)
    bench.sources.load("business_relation", pd.DataFrame({"contact_no": ["C2"], "business_relation_code": ["LAW"]}))
    with pytest.raises(wb.RuleError, match="C2 cannot become a person: it has business relations"):
        bench.contacts.change("C2", {"type": "person"}, as_of=DAY)
    run(bench, "DELETE FROM business_relation")
    for name, value, message in (
        ("industry_codes", ["RETAIL"], "it has industry groups"),
        ("currency_code", "EUR", "it has a currency"),
        ("vat_registration_no", "CZ1", "it has a VAT registration number"),
    ):
        run(bench, f"UPDATE contact SET {name} = ? WHERE contact_no = 'C2'", value)
        with pytest.raises(wb.RuleError, match=f"C2 cannot become a person: {message}"):
            bench.contacts.change("C2", {"type": "person"}, as_of=DAY)
        run(bench, f"UPDATE contact SET {name} = NULL WHERE contact_no = 'C2'")


def test_a_company_becomes_a_person_without_duplicates(bench: wb.Workbench) -> None:
    setting(bench, "default_person_salutation_code", "UNISEX")
    twin = {"type": "company", "name": "Contoso", "address": "Quay 9", "city": "Ostrava", "phone_no": "222"}
    made = bench.contacts.create(twin, as_of=DAY)
    run(bench, "INSERT INTO contact_duplicate (contact_id, duplicate_id, found_by, found_at) VALUES (?, ?, 'x', now())",
        id_of(bench, "C2"), id_of(bench, made.contact_no))  # fmt: skip

    bench.contacts.change("C2", {"type": "person"}, as_of=DAY)

    card = fields(bench, "C2")
    assert (card["first_name"], card["salutation_code"], "company_no" in card) == ("Contoso", "UNISEX", False)
    assert run(bench, "SELECT count(*) FROM contact_duplicate") == [(0,)]


def test_a_changed_company_is_compared_with_others_again(bench: wb.Workbench) -> None:
    setting(bench, "search_hit_percent", 10)
    receipt = bench.contacts.change("C2", {"name": "Adatum AG"}, as_of=DAY)

    assert receipt.notes == ("Contacts that may be duplicates of it: 1. Review them.",)
    assert run(bench, "SELECT count(*) FROM contact_duplicate") == [(1,)]
    bench.contacts.change("C2", {"name": "Contoso"}, as_of=DAY)
    assert run(bench, "SELECT count(*) FROM contact_duplicate") == [(0,)]
    assert bench.contacts.change("C2", {"email": "info@adatum.example"}, as_of=DAY).notes == ()
    assert run(bench, "SELECT count(*) FROM contact_duplicate") == [(0,)]


def test_records_that_contacts_are_linked_to_are_kept_in_step(bench: wb.Workbench) -> None:
    run(bench, "INSERT INTO customer (customer_no, name, phone_no) VALUES ('10', 'Adatum AG', '111')")
    setting(bench, "customer_relation_code", "CUST")
    bench.sources.load("business_relation", pd.DataFrame({
        "contact_no": ["C1"], "business_relation_code": ["CUST"], "link_to_table": ["customer"], "linked_no": ["10"],
    }))  # fmt: skip

    bench.contacts.change("C1", {"name": "Adatum SE", "phone_no": "444"}, as_of=DAY)

    assert run(bench, "SELECT name, phone_no FROM customer") == [("Adatum SE", "444")]


def test_minors_stay_blocked_without_parental_consent(bench: wb.Workbench) -> None:
    receipt = bench.contacts.change("P3", {"is_minor": "yes"}, as_of=DAY)
    assert changes(receipt) == [("P3", "is_minor", True, "given"), ("P3", "is_privacy_blocked", True, "minor")]
    with pytest.raises(wb.RuleError, match="P3 is a minor, whose privacy stays blocked without parental consent"):
        bench.contacts.change("P3", {"is_privacy_blocked": "no"}, as_of=DAY)
    with pytest.raises(wb.RuleError, match="Setting the parental consent of P3 blocks its privacy"):
        bench.contacts.change("P3", {"has_parental_consent": "yes", "is_privacy_blocked": "no"}, as_of=DAY)
    bench.contacts.change("P3", {"has_parental_consent": "yes"}, as_of=DAY)
    assert fields(bench, "P3")["is_privacy_blocked"] is True
    bench.contacts.change("P3", {"is_privacy_blocked": "no"}, as_of=DAY)
    assert fields(bench, "P3")["is_privacy_blocked"] is False


def test_a_company_is_given_no_company_and_a_person_only_one_that_exists(bench: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError, match="C1 is a company and its own company"):
        bench.contacts.change("C1", {"company_no": "C2"}, as_of=DAY)
    with pytest.raises(wb.NotFoundError, match='There is no contact "C3"'):
        bench.contacts.change("P1", {"company_no": "C3"}, as_of=DAY)
    with pytest.raises(wb.RuleError, match="P2 is a person, and people have companies"):
        bench.contacts.change("P1", {"company_no": "P2"}, as_of=DAY)
    with pytest.raises(wb.NotFoundError, match='There is no contact "P9"'):
        bench.contacts.change("P9", {"city": "Brno"}, as_of=DAY)


def test_a_value_that_was_loaded_and_is_not_touched_is_not_checked(bench: wb.Workbench) -> None:
    run(bench, "UPDATE contact SET email = 'no address', phone_no = 'CALL' WHERE contact_no = 'P3'")

    assert bench.contacts.change("P3", {"city": "Brno", "email": "no address"}, as_of=DAY).contact_nos == ("P3",)


def test_a_change_says_when_the_contact_was_last_changed(bench: wb.Workbench) -> None:
    run(bench, "UPDATE contact SET last_modified_at = TIMESTAMP '2000-01-01'")
    bench.contacts.change("P2", {"city": "Brno"}, as_of=DAY)
    assert fields(bench, "P2")["last_modified_at"].year == 2000
    bench.contacts.change("P2", {"city": "Praha"}, as_of=DAY)
    assert fields(bench, "P2")["last_modified_at"].year > 2000


def test_a_receipt_is_a_table_and_plain_values(bench: wb.Workbench) -> None:
    receipt = bench.contacts.change("P3", {"city": "Brno"}, as_of=DAY)

    assert receipt.frame().to_dict(orient="records") == [
        {"contact_no": "P3", "field": "city", "before": None, "after": "Brno", "why": "given"}
    ]
    assert receipt.to_dict()["changes"][0]["after"] == "Brno"
    assert "<b>P3</b>" in receipt._repr_html_()
