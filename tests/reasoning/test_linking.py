"""Fields that contacts share with the records they are linked with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.linked_tables import LINKED
from pipelines.linking import from_record, shared_fields, to_record
from pipelines.schema import CONTACT

KINDS = st.sampled_from(sorted(LINKED))
TEXTS = st.none() | st.sampled_from(["", "x", "Ana", "É"])


@pytest.mark.parametrize("kind", sorted(LINKED))
def test_shared_fields_are_fields_of_both(kind: str) -> None:
    shared = shared_fields(kind)

    assert set(shared) <= set(CONTACT.by_name)
    assert set(shared.values()) <= set(LINKED[kind].by_name)
    assert len(set(shared.values())) == len(shared)


@pytest.mark.parametrize("kind", ["customer", "vendor", "bank_account"])
def test_companies_share_name_address_and_codes(kind: str) -> None:
    assert {"name", "search_name", "address", "city", "phone_no", "email", "territory_code", "currency_code"} <= set(
        shared_fields(kind)
    )
    assert "contact_name" not in shared_fields(kind).values()


def test_an_employee_shares_the_parts_of_the_name_and_the_address_at_work() -> None:
    shared = shared_fields("employee")

    assert (shared["surname"], shared["email"], "name" in shared) == ("surname", "company_email", False)
    assert "email" not in shared.values()


def test_a_blank_search_name_of_a_record_says_nothing() -> None:
    assert "search_name" not in from_record("customer", {"name": "Adatum", "search_name": ""})
    assert from_record("customer", {"name": "Adatum", "search_name": "ADA"})["search_name"] == "ADA"


@given(KINDS, st.dictionaries(st.sampled_from(sorted(CONTACT.by_name)), TEXTS))
def test_what_goes_to_a_record_and_back_is_what_the_contact_said(kind: str, contact: dict[str, str | None]) -> None:
    back = from_record(kind, to_record(kind, contact))

    assert back == {
        name: contact.get(name) for name in shared_fields(kind) if name != "search_name" or contact.get(name)
    }
