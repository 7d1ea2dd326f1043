"""What follows for a contact from values that somebody gave it (Business Central, table 5050)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pipelines.contact_changes import Refusal, Standing, Why, changed, refusal

PERSON = {"type": "person", "name": "Ann Lee", "first_name": "Ann", "surname": "Lee", "search_name": "ANN LEE"}
COMPANY = {"type": "company", "name": "Adatum AG", "company_no": "C1", "search_name": "ADATUM AG"}
SALUTATIONS = {"person": "UNISEX", "company": "COMPANY"}


def changes(before: Mapping[str, object], given: Mapping[str, object]) -> dict[str, object]:
    """What is different afterwards."""
    return changed(before, given, "C1", SALUTATIONS).changes


def refused(
    before: Mapping[str, object], given: Mapping[str, object], standing: Standing | None = None
) -> Refusal | None:
    """Why a change is refused."""
    return refusal(changed(before, given, "C1", SALUTATIONS), standing or Standing())


def test_the_parts_follow_the_name_of_a_person() -> None:
    assert changes(PERSON, {"name": "Ann Marie Lee"}) == {
        "name": "Ann Marie Lee", "middle_name": "Marie", "search_name": "ANN MARIE LEE",
    }  # fmt: skip
    assert changes(COMPANY, {"name": "Adatum SE"}) == {"name": "Adatum SE", "search_name": "ADATUM SE"}


def test_the_name_follows_its_parts() -> None:
    outcome = changed(PERSON, {"surname": "Ray"}, "C1", SALUTATIONS)

    assert outcome.changes == {"surname": "Ray", "name": "Ann Ray", "search_name": "ANN RAY"}
    assert outcome.why == {"surname": Why.GIVEN, "name": Why.NAME, "search_name": Why.NAME}


def test_a_name_given_with_the_parts_that_it_has_stays_as_it_is() -> None:
    given: dict[str, object] = {"type": "person", "name": "Ann Lee", "first_name": "Ann", "surname": "Lee"}

    assert changes({}, given) == {**given, "search_name": "ANN LEE"}


def test_a_search_name_of_its_own_stays_and_is_kept_in_upper_case() -> None:
    assert changes({**PERSON, "search_name": "BOSS"}, {"name": "Bo"})["name"] == "Bo"
    assert "search_name" not in changes({**PERSON, "search_name": "BOSS"}, {"name": "Bo"})
    assert changes(PERSON, {"search_name": "boss"}) == {"search_name": "BOSS"}


def test_a_person_becomes_a_company() -> None:
    before: dict[str, object] = {**PERSON, "company_no": "C9", "job_title": "Buyer", "salutation_code": "F"}

    assert changes(before, {"type": "company"}) == {
        "type": "company", "company_no": "C1", "first_name": None, "surname": None, "job_title": None,
        "salutation_code": "COMPANY",
    }  # fmt: skip


def test_a_company_becomes_a_person() -> None:
    assert changes(COMPANY, {"type": "person"}) == {
        "type": "person", "company_no": None, "salutation_code": "UNISEX", "first_name": "Adatum", "surname": "AG",
    }  # fmt: skip
    assert changes(COMPANY, {"type": "person", "company_no": "C2"})["company_no"] == "C2"


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing(interaction_count=1), Refusal.HAS_INTERACTIONS),
        (Standing(task_count=1), Refusal.HAS_TASKS),
        (Standing(opportunity_count=1), Refusal.HAS_OPPORTUNITIES),
    ],
)
def test_a_type_does_not_change_where_something_happened(standing: Standing, reason: Refusal) -> None:
    assert refused(PERSON, {"type": "company"}, standing) is reason
    assert refused(COMPANY, {"type": "person"}, standing) is reason
    assert refused(PERSON, {"type": "person"}, standing) is None


def test_a_person_with_level_or_responsibilities_does_not_become_a_company() -> None:
    assert refused({**PERSON, "organizational_level_code": "CEO"}, {"type": "company"}) is Refusal.HAS_LEVEL
    has = {**PERSON, "job_responsibility_codes": ["SALES"]}
    assert refused(has, {"type": "company"}) is Refusal.HAS_RESPONSIBILITIES
    assert refused(has, {"type": "company", "job_responsibility_codes": None}) is None
    assert refused(PERSON, {"type": "company"}) is None


def test_a_company_with_people_relations_industries_currency_or_vat_number_does_not_become_a_person() -> None:
    given: dict[str, object] = {"type": "person"}
    assert refused(COMPANY, given, Standing(person_count=1)) is Refusal.HAS_PEOPLE
    assert refused(COMPANY, given, Standing(relation_count=1)) is Refusal.HAS_RELATIONS
    assert refused({**COMPANY, "industry_codes": ["RETAIL"]}, given) is Refusal.HAS_INDUSTRIES
    assert refused({**COMPANY, "currency_code": "EUR"}, given) is Refusal.HAS_CURRENCY
    assert refused({**COMPANY, "vat_registration_no": "1"}, given) is Refusal.HAS_VAT_NUMBER
    assert refused(COMPANY, given) is None


def test_a_minor_is_privacy_blocked() -> None:
    assert changes(PERSON, {"is_minor": True}) == {"is_minor": True, "is_privacy_blocked": True}
    assert changes(PERSON, {"is_minor": True, "is_privacy_blocked": False}) == {
        "is_minor": True, "is_privacy_blocked": True,
    }  # fmt: skip
    assert changes({**PERSON, "is_minor": True, "is_privacy_blocked": True}, {"is_minor": False}) == {
        "is_minor": False,
    }  # fmt: skip


def test_a_minor_is_unblocked_only_with_parental_consent() -> None:
    minor: dict[str, object] = {**PERSON, "is_minor": True, "is_privacy_blocked": True}
    given: dict[str, object] = {"is_privacy_blocked": False}

    assert refused(minor, given) is Refusal.NO_PARENTAL_CONSENT
    assert refused({**minor, "has_parental_consent": True}, given) is None
    assert changes({**minor, "has_parental_consent": True}, given) == given
    assert refused({**PERSON, "is_privacy_blocked": True}, given) is None


def test_setting_parental_consent_blocks_until_somebody_unblocks() -> None:
    assert changes(PERSON, {"has_parental_consent": True}) == {
        "has_parental_consent": True, "is_privacy_blocked": True,
    }  # fmt: skip
    minor: dict[str, object] = {**PERSON, "is_minor": True, "is_privacy_blocked": True}
    both: dict[str, object] = {"has_parental_consent": True, "is_privacy_blocked": False}
    assert refused(minor, both) is Refusal.CONSENT_JUST_SET
