"""Telephones, e-mail addresses and the address of a day."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines import email_addresses, telephones
from pipelines.contact_addresses import AddressRange, active

DAY = dt.date(2026, 3, 31)


def test_letters_of_any_script_are_letters() -> None:
    assert telephones.has_letters("0800 CALL")
    assert telephones.has_letters("601 доб. 5")
    assert not telephones.has_letters("+420 (601) 123-456 #5")


@pytest.mark.parametrize(
    ("number", "country", "written"),
    [
        ("601 123 456", "CZ", "+420 601 123 456"),
        ("+34 602 123 456", None, "+34 602 12 34 56"),
        ("12", "CZ", None),
        ("601 123 456", None, None),
        ("", "CZ", None),
    ],
)
def test_numbers_are_written_as_from_abroad(number: str, country: str | None, written: str | None) -> None:
    assert telephones.international(number, country) == written


def test_only_numbers_whose_country_is_known_are_doubted() -> None:
    assert telephones.doubt("phone_no", "12", "CZ") == '"12" in phone_no cannot be a telephone number.'
    assert telephones.doubt("phone_no", "+420 601", None) == '"+420 601" in phone_no cannot be a telephone number.'
    assert telephones.doubt("phone_no", "12", None) is None
    assert telephones.doubt("phone_no", "12", "INLAND") is None
    assert telephones.doubt("phone_no", "601 123 456", "CZ") is None


@pytest.mark.parametrize("address", ["ana@example.com", "jörg@münchen.de", "a.b+c@mail.works.example"])
def test_addresses_that_can_be_written_to(address: str) -> None:
    assert email_addresses.is_valid(address)


@pytest.mark.parametrize("address", ["ana", "ana@", "a b@c.de", "a@b", "a@b.de; c@d.de", "a@localhost"])
def test_addresses_that_cannot_be_written_to(address: str) -> None:
    assert not email_addresses.is_valid(address)


def test_the_active_address_is_of_the_range_that_began_last_and_has_not_ended() -> None:
    def on(starting: str, ending: str | None = None, code: str = "A") -> AddressRange:
        return AddressRange(code, dt.date.fromisoformat(starting), (ending and dt.date.fromisoformat(ending)) or None)

    assert active([], DAY) is None
    assert active([on("2026-04-01")], DAY) is None
    assert active([on("2026-03-31", "2026-03-31")], DAY) == "A"
    assert active([on("2026-01-01", "2026-03-30")], DAY) is None
    ranges = [on("2025-01-01"), on("2026-01-01", "2026-06-30", "B"), on("2026-03-01", "2026-03-15", "C")]
    assert active(ranges, DAY) == active(ranges[::-1], DAY) == "B"
