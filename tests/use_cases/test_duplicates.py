"""Finding duplicates in a store: Business Central's rule kept up, the fuzzy way, verdicts that last."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from workbench.duplicates.searching import refresh
from workbench.store import tables

COMPANY = {
    "type": "company", "name": "Adatum Corp.", "address": "Station Road 21", "city": "Cambridge",
    "phone_no": "01223 460093", "vat_registration_no": "GB789456278", "post_code": "CB1 2FB",
    "email": "robert@contoso.com", "mobile_phone_no": "0777 123 456",
}  # fmt: skip


@pytest.fixture(name="bench")
def store() -> wb.Workbench:
    """Three companies, of which A and B are one, and a person with the same values."""
    bench = wb.open(":memory:")
    rows = [
        {**COMPANY, "contact_no": "A"},
        {**COMPANY, "contact_no": "B", "name": "Adatum Corporation", "mobile_phone_no": None},
        {**COMPANY, "contact_no": "C", "name": "Fabrikam", "phone_no": "99", "vat_registration_no": None,
         "email": "info@fabrikam.com", "mobile_phone_no": None},
        {**COMPANY, "contact_no": "P", "type": "person"},
    ]  # fmt: skip
    bench.sources.load("contact", pd.DataFrame(rows))
    return bench


def stored(bench: wb.Workbench) -> list[tuple[int, int]]:
    with bench.database.reading() as con:
        frame = tables.frame(con, "SELECT contact_id, duplicate_id FROM contact_duplicate ORDER BY ALL")
    return list(frame.itertuples(index=False, name=None))


def refreshed(bench: wb.Workbench, contact_id: int) -> int:
    with bench.database.writing() as con:
        return refresh(con, contact_id)


def run(bench: wb.Workbench, statement: str) -> None:
    with bench.database.writing() as con:
        con.execute(statement)


def test_a_changed_company_is_compared_with_the_other_companies_only(bench: wb.Workbench) -> None:
    assert refreshed(bench, 1) == 1
    assert stored(bench) == [(1, 2)]


def test_a_pair_is_kept_once_whichever_of_the_two_changes(bench: wb.Workbench) -> None:
    assert refreshed(bench, 2) == refreshed(bench, 1) == 1
    assert stored(bench) == [(1, 2)]


def test_a_pair_that_no_longer_matches_goes_when_the_company_is_found_anew(bench: wb.Workbench) -> None:
    refreshed(bench, 1)
    run(bench, "UPDATE contact SET name = 'X', address = 'Y', city = 'Z', post_code = '1' WHERE contact_id = 2")
    assert refreshed(bench, 2) == 0
    assert stored(bench) == []


def test_people_are_not_searched_by_the_rule_of_companies(bench: wb.Workbench) -> None:
    assert refreshed(bench, 4) == 0
    assert stored(bench) == []


def test_a_company_that_became_a_person_loses_its_pairs(bench: wb.Workbench) -> None:
    refreshed(bench, 1)
    run(bench, "UPDATE contact SET type = 'person' WHERE contact_id = 1")
    assert refreshed(bench, 1) == 0
    assert stored(bench) == []


def test_nothing_is_kept_up_when_the_setup_says_so(bench: wb.Workbench) -> None:
    run(bench, "INSERT INTO setting VALUES ('maintain_duplicates', 'False')")
    assert refreshed(bench, 1) == 0
    assert stored(bench) == []


def test_the_hit_percentage_of_the_setup_decides(bench: wb.Workbench) -> None:
    run(bench, "INSERT INTO setting VALUES ('search_hit_percent', '35')")
    assert refreshed(bench, 1) == 2
    assert stored(bench) == [(1, 2), (1, 3)]


def test_a_separate_verdict_survives_and_is_not_counted(bench: wb.Workbench) -> None:
    refreshed(bench, 1)
    run(bench, "UPDATE contact_duplicate SET verdict = 'separate'")
    assert refreshed(bench, 1) == 0
    assert stored(bench) == [(1, 2)]
