"""Search strings, thresholds and pairs as Business Central makes them."""

from __future__ import annotations

import pandas as pd
import pytest

from pipelines.duplicates import DELETED, SearchStringRule, pairs, search_string, search_strings, threshold

STANDARD = [
    SearchStringRule(field, part, 5)
    for field in (
        "name", "address", "city", "phone_no", "vat_registration_no", "post_code", "email", "mobile_phone_no"
    )
    for part in ("first", "last")
]  # fmt: skip
FIELDS = sorted({rule.field_name for rule in STANDARD})


def companies(*rows: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["contact_no", *FIELDS], dtype="str")


def company(number: str, **changed: str) -> dict[str, str]:
    full = {
        "name": "Adatum Corp.", "address": "Station Road 21", "city": "Cambridge", "phone_no": "01223 460093",
        "vat_registration_no": "GB789456278", "post_code": "CB1 2FB", "email": "robert@contoso.com",
        "mobile_phone_no": "0777 123 456",
    }  # fmt: skip
    return {"contact_no": number, **full, **changed}


def test_a_search_string_is_without_blanks_and_signs_and_in_upper_case() -> None:
    assert search_string(' +"&/,.;:-_(){}#!£$\\a', "first", 5) == "A"
    assert search_string("J. & P. Smith-Jones", "first", 6) == "JPSMIT"
    assert all(search_string(sign * 3, "first", 5) == "" for sign in DELETED)
    assert search_string("O'Neill*", "last", 4) == "ILL*"


def test_a_search_string_takes_the_first_or_the_last_characters_after_deleting() -> None:
    assert search_string("a b c d e f", "first", 3) == "ABC"
    assert search_string("a b c d e f", "last", 3) == "DEF"


def test_a_short_text_gives_a_shorter_search_string() -> None:
    assert (search_string("ab", "first", 5), search_string("ab", "last", 5)) == ("AB", "AB")


def test_a_search_string_has_ten_characters_at_most() -> None:
    assert search_string("abcdefghijklm", "first", 12) == "ABCDEFGHIJ"


def test_an_empty_text_gives_no_row() -> None:
    made = search_strings(companies(company("A", city="", phone_no=" - ")), STANDARD)
    assert len(made) == 12
    assert not set(made["field_name"]) & {"city", "phone_no"}


@pytest.mark.parametrize(("percent", "needed"), [(10, 2), (60, 10), (90, 15), (100, 16), (1, 1)])
def test_the_threshold_is_a_share_of_the_setup_rows_rounded_up(percent: int, needed: int) -> None:
    assert threshold(16, percent) == needed


def test_the_threshold_counts_setup_rows_and_not_filled_strings() -> None:
    bare = {field: "" for field in FIELDS if field not in ("name", "city", "post_code", "email")}
    eight_in_common = companies(company("A", **bare), company("B", **bare))
    assert pairs(eight_in_common, STANDARD, 60).empty
    assert pairs(eight_in_common, STANDARD, 50)["match_count"].tolist() == [8]


def test_a_pair_stands_once_with_the_lower_number_first() -> None:
    found = pairs(companies(company("B"), company("A"), company("C", name="Other", email="x@y.z")), STANDARD, 100)
    assert found.to_dict(orient="records") == [{"contact_no": "A", "duplicate_no": "B", "match_count": 16}]


def test_the_same_text_in_another_field_is_no_hit() -> None:
    rules = [SearchStringRule("name", "first", 5), SearchStringRule("city", "first", 5)]
    found = pairs(companies(company("A", name="Paris", city=""), company("B", name="", city="Paris")), rules, 10)
    assert found.empty


def test_without_rules_there_are_no_pairs() -> None:
    assert pairs(companies(company("A"), company("B")), [], 60).empty
