"""Address blocks: what stands on labels and letters."""

from __future__ import annotations

import pytest

from pipelines.postal_address import PostalAddress, block


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("CZ", ["1000 Town", "Shire"]),
        ("US", ["Town, Shire 1000", "US"]),
        ("CA", ["Town Shire 1000", "CA"]),
        ("IN", ["Town 1000", "Shire", "IN"]),
        ("GB", ["Town", "Shire", "1000", "GB"]),
        ("de", ["1000 Town", "Shire", "DE"]),
        ("", ["1000 Town", "Shire"]),
    ],
)
def test_the_post_code_stands_where_the_country_expects_it(country: str, lines: list[str]) -> None:
    address = PostalAddress(("Ann",), "Main St", "", "Town", "1000", "Shire", country)

    assert block(address, "CZ") == ("Ann", "Main St", *lines)


def test_what_is_unknown_leaves_no_gap() -> None:
    assert block(PostalAddress(("", "Ann", " "), "", "Floor 2", "Town")) == ("Ann", "Floor 2", "Town")
    assert block(PostalAddress(("Ann",), "Main St", city="Salem", country_code="US"), "US")[-1] == "Salem"


def test_a_letter_needs_a_street_and_a_place() -> None:
    assert PostalAddress((), "Box 1", post_code="1000").is_complete
    assert not PostalAddress((), "Main St").is_complete
    assert not PostalAddress((), city="Town").is_complete
