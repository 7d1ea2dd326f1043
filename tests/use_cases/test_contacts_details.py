"""What stands beside contacts: addresses, consents, comments, web sources, and the card that shows them."""

from __future__ import annotations

import datetime as dt

import pytest

import workbench as wb
from tests.use_cases.contact_world import (
    DAY,
    fields,
    id_of,
    office,  # noqa: F401 - the fixture called bench
    run,
)
from workbench.contact_rows import privacy

SUMMER = (dt.date(2026, 6, 1), dt.date(2026, 8, 31))


def test_the_alternative_address_in_use_on_the_day_is_the_one(bench: wb.Workbench) -> None:
    bench.contacts.save_address("P1", "SUMMER", {"address": "Beach 1", "city": "Nice", "country_code": "CZ"})
    bench.contacts.save_address_range("P1", "SUMMER", *SUMMER)

    for day, code, city in (
        (dt.date(2026, 5, 31), None, "Brno"),
        (dt.date(2026, 6, 1), "SUMMER", "Nice"),
        (dt.date(2026, 8, 31), "SUMMER", "Nice"),
        (dt.date(2026, 9, 1), None, "Brno"),
    ):
        found = bench.contacts.address_on("P1", day)
        assert (found.address_code, found.fields["city"]) == (code, city)
    assert bench.contacts.address_on("P1", SUMMER[0]).fields["post_code"] is None
    bench.contacts.save_address_range("P1", "SUMMER", SUMMER[0])
    assert bench.contacts.address_on("P1", dt.date(2030, 1, 1)).address_code == "SUMMER"


def test_an_address_is_saved_changed_and_deleted_with_its_days(bench: wb.Workbench) -> None:
    made = bench.contacts.save_address("P1", " SUMMER ", {"city": "Nice", "Phone No.": "1"})
    assert (made.before, made.after and made.after["city"], made.after and made.after["address_code"]) == (
        None, "Nice", "SUMMER",
    )  # fmt: skip
    changed = bench.contacts.save_address("P1", "SUMMER", {"city": "Cannes"})
    assert (changed.before and changed.before["city"], changed.after and changed.after["phone_no"]) == ("Nice", "1")
    bench.contacts.save_address_range("P1", "SUMMER", *SUMMER)
    bench.contacts.save_address_range("P1", "SUMMER", dt.date(2027, 6, 1))
    bench.contacts.delete_address_range("P1", "SUMMER", dt.date(2027, 6, 1))
    around = bench.contacts.card("P1", SUMMER[0]).around
    assert (list(around.addresses["city"]), list(around.addresses["is_active"])) == (["Cannes"], [True])
    assert len(around.address_ranges) == 1
    bench.contacts.delete_address("P1", "SUMMER")
    around = bench.contacts.card("P1", SUMMER[0]).around
    assert (len(around.addresses), len(around.address_ranges)) == (0, 0)
    assert fields(bench, "P1")["last_modified_at"] is not None


def test_addresses_are_checked(bench: wb.Workbench) -> None:
    contacts = bench.contacts
    with pytest.raises(wb.ConfigError, match="An alternative address needs a code"):
        contacts.save_address("P1", " ", {})
    with pytest.raises(wb.ConfigError, match='"call me" in phone_no holds letters'):
        contacts.save_address("P1", "A", {"phone_no": "call me"})
    with pytest.raises(wb.NotFoundError, match='There is no country "XX"'):
        contacts.save_address("P1", "A", {"country_code": "XX"})
    with pytest.raises(wb.NotFoundError, match="P1 has no alternative address A"):
        contacts.save_address_range("P1", "A", DAY)
    contacts.save_address("P1", "A", {})
    with pytest.raises(wb.RuleError, match="The last day 2026-03-30 is before the first day 2026-03-31"):
        contacts.save_address_range("P1", "A", DAY, dt.date(2026, 3, 30))
    with pytest.raises(wb.NotFoundError, match="P1 has no alternative address range A, 2026-03-31"):
        contacts.delete_address_range("P1", "A", DAY)
    with pytest.raises(wb.NotFoundError, match="P1 has no alternative address B"):
        contacts.delete_address("P1", "B")


def test_the_last_word_on_a_channel_and_purpose_holds(bench: wb.Workbench) -> None:
    record = bench.contacts.record_consent
    record("P1", "email", "news", True, dt.date(2026, 1, 1))
    record("P1", "email", "news", False, dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC))
    record("P1", "email", None, True, dt.date(2026, 1, 1))
    record("P1", "phone", "news", True, dt.date(2026, 1, 1))
    record("P1", "phone", "news", False, dt.date(2026, 1, 1))

    found = bench.contacts.consents("P1")

    assert (found.is_granted("email", "news"), found.is_granted("email"), found.is_granted("sms")) == (
        False, True, None,
    )  # fmt: skip
    assert found.is_granted("phone", "news") is False
    assert (len(found.current), len(found.history)) == (3, 4)
    assert list(found.frame()["channel"]) == ["email", "email", "phone"]
    assert bench.segments.count({"related": "consent", "where": [{"field": "channel", "op": "is", "value": "email"}]},
                                DAY).total == 1  # fmt: skip


def test_a_consent_is_of_a_channel_there_is_and_of_the_stores_time(bench: wb.Workbench) -> None:
    bench.setup.set("time_zone", "Europe/Prague")
    receipt = bench.contacts.record_consent("P1", "sms", "", True, dt.date(2026, 1, 2), dry_run=True)

    after = receipt.after or {}
    assert (after["channel"], after["purpose"], str(after["given_at"])) == ("sms", None, "2026-01-01 23:00:00")
    assert bench.contacts.consents("P1").history.empty
    with pytest.raises(wb.ConfigError, match='"fax" is no value of channel'):
        bench.contacts.record_consent("P1", "fax", None, True, DAY)


def test_comments_are_added_and_deleted(bench: wb.Workbench) -> None:
    bench.contacts.add_comment("P1", "Likes tea", DAY)
    bench.contacts.add_comment("P1", " Likes tea ", DAY)
    bench.contacts.add_comment("P1", "Moved", dt.date(2026, 4, 1))

    comments = bench.contacts.card("P1", DAY).around.comments
    assert list(comments["comment"]) == ["Moved", "Likes tea"]
    bench.contacts.delete_comment("P1", int(comments["entry_no"].iloc[0]))
    assert list(bench.contacts.card("P1", DAY).around.comments["comment"]) == ["Likes tea"]
    with pytest.raises(wb.NotFoundError, match="P1 has no contact comment 99"):
        bench.contacts.delete_comment("P1", 99)
    with pytest.raises(wb.ConfigError, match="A comment needs a text"):
        bench.contacts.add_comment("P1", " ", DAY)


def test_only_companies_have_web_sources(bench: wb.Workbench) -> None:
    run(bench, "INSERT INTO web_source VALUES ('BING', NULL, 'https://bing.example/?q=%1')")

    bench.contacts.save_web_source("C1", "BING", "Adatum")
    receipt = bench.contacts.save_web_source("C1", "BING", "Adatum AG")
    assert (receipt.before or {})["search_word"] == "Adatum"
    assert list(bench.contacts.card("C1", DAY).around.web_sources["search_word"]) == ["Adatum AG"]
    with pytest.raises(wb.RuleError, match="P1 is a person, and only companies have web sources"):
        bench.contacts.save_web_source("P1", "BING")
    with pytest.raises(wb.NotFoundError, match='There is no web source "BONG"'):
        bench.contacts.save_web_source("C1", "BONG")
    bench.contacts.delete_web_source("C1", "BING")
    assert bench.contacts.card("C1", DAY).around.web_sources.empty


def test_previews_write_nothing(bench: wb.Workbench) -> None:
    contacts = bench.contacts
    run(bench, "INSERT INTO web_source VALUES ('BING', NULL, NULL)")
    for receipt in (
        contacts.save_address("P1", "A", {"city": "Nice"}, dry_run=True),
        contacts.add_comment("P1", "Nice", DAY, dry_run=True),
        contacts.save_web_source("C1", "BING", dry_run=True),
    ):
        assert receipt.is_written is False
        assert receipt.after is not None
    around = contacts.card("P1", DAY).around
    assert (len(around.addresses), len(around.comments), dict(around.row_counts)) == (
        0, 0, {"interaction": 1, "sales_entry": 1},
    )  # fmt: skip
    contacts.save_address("P1", "A", {})
    assert contacts.delete_address("P1", "A", dry_run=True).after is None
    assert len(contacts.card("P1", DAY).around.addresses) == 1


def test_the_card_of_a_company_shows_its_people_and_that_of_a_person_its_company(bench: wb.Workbench) -> None:
    company, person = (bench.contacts.card(no, DAY).around for no in ("C1", "P1"))

    assert list(company.people["contact_no"]) == ["P1", "P2"]
    assert (company.company, person.company, len(person.people)) == (None, ("C1", "Adatum AG"), 0)
    assert company.frame().to_dict(orient="records") == [{"table": "interaction", "row_count": 1}]


def test_the_card_says_how_numbers_are_dialled_from_abroad(bench: wb.Workbench) -> None:
    bench.contacts.change("P1", {"mobile_phone_no": "601 123 456"}, as_of=DAY)

    assert dict(bench.contacts.card("P1", DAY).around.telephones) == {"mobile_phone_no": "+420 601 123 456"}


def test_who_is_privacy_blocked_cannot_be_used(bench: wb.Workbench) -> None:
    bench.contacts.change("P1", {"is_privacy_blocked": True}, as_of=DAY)
    blocked, free = id_of(bench, "P1"), id_of(bench, "P2")

    with bench.database.reading() as con:
        privacy.require_not_blocked(con, free, "creating a customer")
        with pytest.raises(wb.RuleError, match="P1 is privacy blocked, which forbids creating a customer"):
            privacy.require_not_blocked(con, blocked, "creating a customer")


def test_a_contact_is_addressed_by_the_formula_of_its_salutation(bench: wb.Workbench) -> None:
    for row in (
        ("UNISEX", "EN", "formal", "Dear %1 %2,", "job_title", "surname"),
        ("UNISEX", "EN", "informal", "Hi %1", "first_name", None),
        ("UNISEX", "DE", "formal", "Guten Tag %1 (%2)", "surname", "company_name"),
        ("UNISEX", "FR", "formal", "", None, None),
    ):
        columns = "salutation_code, language_code, salutation_type, salutation, name_1, name_2"
        run(bench, f"INSERT INTO salutation_formula ({columns}) VALUES (?, ?, ?, ?, ?, ?)", *row)
    run(bench, "UPDATE contact SET salutation_code = 'UNISEX', language_code = 'EN' WHERE contact_no = 'P1'")

    addressed = bench.contacts.salutation
    assert addressed("P1", "formal").text == "Dear Lee,"
    assert addressed("P1", "informal").text == "Hi Ann"
    assert addressed("P1", "formal", "DE").text == "Guten Tag Lee (Adatum AG)"
    with pytest.raises(wb.RuleError, match='There is no informal salutation "UNISEX" in the language "DE" for P1'):
        addressed("P1", "informal", "DE")
    with pytest.raises(wb.RuleError, match='The formal salutation "UNISEX" in the language "FR" says nothing'):
        addressed("P1", "formal", "FR")
    with pytest.raises(wb.RuleError, match="P3 has no salutation code"):
        addressed("P3", "formal")
    with pytest.raises(wb.ConfigError, match='"form" is no type of salutation'):
        addressed("P1", "form")
