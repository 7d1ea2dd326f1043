"""Creating contacts: numbers, defaults, names, what is refused."""

from __future__ import annotations

from typing import Any

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


def test_a_person_gets_a_number_and_the_parts_of_its_name(bench: wb.Workbench) -> None:
    made = bench.contacts.create({"name": "Anna Maria Rossi", "city": "Praha"}, as_of=DAY)

    assert (made.contact_no, made.is_written) == ("CT000001", True)
    assert changes(made) == [
        ("CT000001", "type", "person", "given"),
        ("CT000001", "name", "Anna Maria Rossi", "given"),
        ("CT000001", "city", "Praha", "given"),
        ("CT000001", "first_name", "Anna", "name"),
        ("CT000001", "middle_name", "Maria", "name"),
        ("CT000001", "surname", "Rossi", "name"),
        ("CT000001", "search_name", "ANNA MARIA ROSSI", "name"),
    ]
    assert bench.contacts.create({"first_name": "Ann", "surname": "Ray"}, as_of=DAY).contact_no == "CT000002"
    assert fields(bench, "CT000002")["name"] == "Ann Ray"
    assert fields(bench, "CT000002")["last_modified_at"] is not None


def test_a_company_is_its_own_company_and_is_nothing_for_us_yet(bench: wb.Workbench) -> None:
    made = bench.contacts.create({"type": "company", "name": "Fabrikam"}, as_of=DAY)

    card = fields(bench, made.contact_no)
    assert (card["company_no"], card["contact_business_relation"]) == (made.contact_no, "none")
    assert "first_name" not in card


def test_a_preview_gives_no_number_away(bench: wb.Workbench) -> None:
    planned = bench.contacts.create({"name": "Ann"}, as_of=DAY, dry_run=True)

    assert (planned.contact_no, planned.is_written) == ("CT000001", False)
    assert bench.contacts.search("CT000001").total == 0
    assert bench.contacts.create({"name": "Ann"}, as_of=DAY).changes == planned.changes


def test_a_number_that_a_contact_has_is_passed_over(bench: wb.Workbench) -> None:
    assert bench.contacts.create({"name": "Ann"}, as_of=DAY, contact_no="CT000001").contact_no == "CT000001"

    assert bench.contacts.create({"name": "Ann"}, as_of=DAY).contact_no == "CT000002"


def test_a_number_given_by_hand_is_checked(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConflictError, match='The number "C1" is taken'):
        bench.contacts.create({}, as_of=DAY, contact_no="C1")
    with pytest.raises(wb.ConfigError, match='"A/B" is no number for a contact'):
        bench.contacts.create({}, as_of=DAY, contact_no="A/B")
    run(bench, "UPDATE number_series SET is_manual = FALSE WHERE series_code = 'CONT'")
    with pytest.raises(wb.RuleError):
        bench.contacts.create({}, as_of=DAY, contact_no="NEW")


def test_defaults_fill_what_is_blank_by_type(bench: wb.Workbench) -> None:
    for name, value in {
        "default_salesperson_code": "PS", "default_territory_code": "EU", "default_country_code": "CZ",
        "default_language_code": "CSY", "default_format_region": "cs-CZ", "default_correspondence_type": "email",
        "default_person_salutation_code": "UNISEX", "default_company_salutation_code": "COMPANY",
    }.items():  # fmt: skip
        setting(bench, name, value)

    person = bench.contacts.create({"name": "Ann", "country_code": "CZ"}, as_of=DAY)
    company = bench.contacts.create({"type": "company"}, as_of=DAY)

    card = fields(bench, person.contact_no)
    assert {name: card[name] for name in ("salesperson_code", "territory_code", "country_code", "language_code")} == {
        "salesperson_code": "PS", "territory_code": "EU", "country_code": "CZ", "language_code": "CSY",
    }  # fmt: skip
    assert (card["format_region"], card["correspondence_type"]) == ("cs-CZ", "email")
    assert (card["salutation_code"], fields(bench, company.contact_no)["salutation_code"]) == ("UNISEX", "COMPANY")
    assert (person.contact_no, "territory_code", "EU", "default") in changes(person)


def test_the_salesperson_of_the_user_goes_before_the_default(
    bench: wb.Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_USER", "ann")
    setting(bench, "default_salesperson_code", "PS")
    run(bench, "INSERT INTO user_setup VALUES ('ann', 'JO', NULL)")

    assert fields(bench, bench.contacts.create({}, as_of=DAY).contact_no)["salesperson_code"] == "JO"


def test_a_person_created_at_a_company_takes_over_from_it_before_defaults_do(bench: wb.Workbench) -> None:
    setting(bench, "default_salesperson_code", "DEF")
    setting(bench, "default_language_code", "CSY")

    made = bench.contacts.create({"name": "Eve Fox", "company_no": "C1", "phone_no": "999"}, as_of=DAY)

    card = fields(bench, made.contact_no)
    assert (card["salesperson_code"], card["address"], card["city"]) == ("PS", "Ring 1", "Brno")
    assert (card["phone_no"], card["email"], card["language_code"]) == ("999", "info@adatum.example", "CSY")
    assert (made.contact_no, "city", "Brno", "new_company") in changes(made)


REFUSED: list[tuple[dict[str, Any], type[wb.WorkbenchError], str]] = [
    ({"citty": "Brno"}, wb.ConfigError, '"citty" is no field of a row in contact.'),
    ({"contact_no": "C9"}, wb.ConfigError, "The number of a contact is no value to set."),
    ({"last_modified_at": "2026-01-01"}, wb.ConfigError, "last_modified_at is kept up by the workbench."),
    ({"type": "household"}, wb.ConfigError, '"household" is no value of type.'),
    ({"type": ""}, wb.ConfigError, "type cannot be blank."),
    ({"is_minor": "perhaps"}, wb.ConfigError, '"perhaps" is no value of is_minor.'),
    ({"phone_no": "0800 CALL"}, wb.ConfigError, '"0800 CALL" in phone_no holds letters.'),
    ({"mobile_phone_no": "x1"}, wb.ConfigError, '"x1" in mobile_phone_no holds letters.'),
    ({"email": "ann at home"}, wb.ConfigError, '"ann at home" in email is no e-mail address.'),
    ({"email_2": "ann@"}, wb.ConfigError, '"ann@" in email_2 is no e-mail address.'),
    ({"registration_no": "1" * 21}, wb.ConfigError, f'"{"1" * 21}" is too long.'),
    ({"company_no": "C9"}, wb.NotFoundError, 'There is no contact "C9".'),
    ({"company_no": "P3"}, wb.RuleError, "P3 is a person, and people have companies."),
    ({"industry_codes": "RETAIL"}, wb.RuleError, "A person has no industry_codes."),
    ({"type": "company", "job_title": "Boss"}, wb.RuleError, "A company has no job_title."),
    ({"type": "company", "first_name": "Ann"}, wb.RuleError, "A company has no first_name."),
    ({"type": "company", "company_no": "C1"}, wb.RuleError, "CT000001 is a company and its own company."),
]


def test_what_is_refused_says_so(bench: wb.Workbench) -> None:
    for values, error, message in REFUSED:
        with pytest.raises(error) as caught:
            bench.contacts.create(values, as_of=DAY)
        assert caught.value.message == message
    assert bench.contacts.search().total == 5


def test_a_doubtful_telephone_number_is_noted_and_kept(bench: wb.Workbench) -> None:
    made = bench.contacts.create({"name": "Ann", "phone_no": "12", "country_code": "CZ"}, as_of=DAY)

    assert made.notes == ('"12" in phone_no cannot be a telephone number.',)
    assert fields(bench, made.contact_no)["phone_no"] == "12"


def test_custom_fields_are_read_by_their_type(bench: wb.Workbench) -> None:
    for name, type_ in {
        "joined_on": "date", "seen_at": "timestamp", "size_count": "number", "limit_amount": "amount",
        "hobby_codes": "many_valued", "is_vip": "boolean",
    }.items():  # fmt: skip
        bench.setup.add_field("contact", name, type_)
    bench.setup.set("time_zone", "Europe/Prague")

    made = bench.contacts.create(
        {
            "joined_on": "2026-01-31", "seen_at": "2026-01-31 12:00", "size_count": "1.5", "limit_amount": "2.25",
            "hobby_codes": "A; B, A", "is_vip": "yes",
        },
        as_of=DAY,
    )  # fmt: skip

    after = {one.field: one.after for one in made.changes}
    assert (str(after["joined_on"]), str(after["seen_at"])) == ("2026-01-31", "2026-01-31 11:00:00")
    assert (after["size_count"], float(after["limit_amount"]), after["hobby_codes"]) == (1.5, 2.25, ["A", "B"])
    assert fields(bench, made.contact_no)["is_vip"] is True
    for name, message in {
        "joined_on": '"x" is no value of joined_on.', "size_count": '"x" is no value of size_count.',
        "limit_amount": '"x" is no value of limit_amount.', "seen_at": '"x" is no value of seen_at.',
    }.items():  # fmt: skip
        with pytest.raises(wb.ConfigError) as caught:
            bench.contacts.create({name: "x"}, as_of=DAY)
        assert caught.value.message == message
        assert caught.value.hint


def test_a_minor_is_created_blocked(bench: wb.Workbench) -> None:
    made = bench.contacts.create({"name": "Kid", "is_minor": True}, as_of=DAY)

    assert fields(bench, made.contact_no)["is_privacy_blocked"] is True


@pytest.mark.parametrize("block", ["is_blocked", "is_privacy_blocked"])
def test_a_salesperson_who_was_blocked_since_is_no_default(
    bench: wb.Workbench, monkeypatch: pytest.MonkeyPatch, block: str
) -> None:
    monkeypatch.setenv("WORKBENCH_USER", "ann")
    for code in ("OWN", "OUR"):
        bench.codes.save("salesperson", code)
    bench.codes.save("user_setup", "ann", salesperson_code="OWN")
    bench.setup.set_marketing("default_salesperson_code", "OUR")

    given = []
    for code in ("OWN", "OUR", ""):
        made = bench.contacts.create({"type": "person", "name": "Cid"}, as_of=DAY)
        given.append(fields(bench, made.contact_no).get("salesperson_code"))
        if code:
            bench.codes.save("salesperson", code, **{block: True})

    assert given == ["OWN", "OUR", None]
