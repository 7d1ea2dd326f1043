"""Finding duplicates in a store: Business Central's rule kept up, the fuzzy way, verdicts that last."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench.duplicates import DuplicateSearch, indexing, rules
from workbench.duplicates.near import candidates_for
from workbench.duplicates.searching import refresh
from workbench.store import tables

COMPANY = {
    "type": "company", "name": "Adatum Corp.", "address": "Station Road 21", "city": "Cambridge",
    "phone_no": "01223 460093", "vat_registration_no": "GB789456278", "post_code": "CB1 2FB",
    "email": "robert@contoso.com", "mobile_phone_no": "0777 123 456",
}  # fmt: skip


@pytest.fixture(name="bench")
def store(tmp_path: Path) -> wb.Workbench:
    """Three companies, of which A and B are one, and a person with the same values."""
    return wb.open(shutil.copy(_made_once(), tmp_path / "shop.duckdb"))


@functools.cache
def _made_once() -> Path:
    path = Path(tempfile.mkdtemp()) / "shop.duckdb"
    bench = wb.open(path)
    rows = [
        {**COMPANY, "contact_no": "A"},
        {**COMPANY, "contact_no": "B", "name": "Adatum Corporation", "mobile_phone_no": None},
        {**COMPANY, "contact_no": "C", "name": "Fabrikam", "phone_no": "99", "vat_registration_no": None,
         "email": "info@fabrikam.com", "mobile_phone_no": None},
        {**COMPANY, "contact_no": "P", "type": "person"},
    ]  # fmt: skip
    bench.sources.load("contact", pd.DataFrame(rows))
    return path


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


def people(*rows: dict[str, object]) -> wb.Workbench:
    bench = wb.open(":memory:")
    frame = pd.DataFrame([{"contact_no": f"P{at}", **row} for at, row in enumerate(rows, 1)])
    bench.sources.load("contact", frame, new_fields="add")
    return bench


ANN = {
    "type": "person", "first_name": "Ann", "surname": "Fieldstone", "name": "Ann Fieldstone",
    "address": "4 Mill Lane", "city": "Bristol", "post_code": "BS1 4DJ", "email": "ann@fieldstone.org",
}  # fmt: skip
BOB = {
    "type": "person", "first_name": "Bob", "surname": "Carver", "name": "Bob Carver",
    "address": "77 Long Road", "city": "Leeds", "post_code": "LS1 1UR", "email": "bob@carver.org",
}  # fmt: skip


def found_pairs(search: DuplicateSearch) -> list[tuple[str, str, str]]:
    return list(search.pairs[["contact_no", "duplicate_no", "found_by"]].itertuples(index=False, name=None))


def test_finding_all_companies_gives_what_refreshing_each_gives(bench: wb.Workbench) -> None:
    search = bench.duplicates.find("business_central")
    assert found_pairs(search) == [("A", "B", "business_central")]
    assert (search.needed_count, search.new_count, search.is_written) == (10, 1, True)
    assert stored(bench) == [(1, 2)]
    assert bench.duplicates.find("business_central").new_count == 0


def test_a_dry_run_finds_the_same_and_writes_nothing(bench: wb.Workbench) -> None:
    search = bench.duplicates.find(dry_run=True)
    assert len(search.pairs) > 0
    assert not search.is_written
    assert stored(bench) == []


def test_people_are_found_in_spite_of_errors() -> None:
    bench = people(ANN, BOB, {**ANN, "first_name": "Anne", "email": None, "post_code": "BS14DJ"})
    search = bench.duplicates.find("fuzzy")
    assert found_pairs(search) == [("P1", "P3", "fuzzy")]
    assert search.pairs["reasons"][0].startswith("alike: ")
    assert search.candidate_counts["fuzzy"] >= 1


def test_people_of_whom_only_the_full_name_is_known_are_compared_by_its_parts() -> None:
    bench = people(ANN, BOB)
    bare = {**ANN, "contact_no": "P3", "first_name": None, "surname": None}
    with bench.database.writing() as con:
        con.execute("UPDATE contact SET first_name = NULL, surname = NULL WHERE contact_no = 'P2'")
    bench.sources.load("contact", pd.DataFrame([bare]))
    assert found_pairs(bench.duplicates.find("fuzzy")) == [("P1", "P3", "fuzzy")]


def test_a_pair_that_both_methods_find_stands_once(bench: wb.Workbench) -> None:
    search = bench.duplicates.find("both")
    assert found_pairs(search) == [("A", "B", "both")]
    queue = bench.duplicates.list()
    assert queue.pairs["match_count"].tolist() == [13]
    assert queue.pairs["score_rate"][0] > 0.99


def test_searching_by_one_method_leaves_what_the_other_has_found(bench: wb.Workbench) -> None:
    bench.duplicates.find("both")
    run(bench, "UPDATE contact SET name = 'X', address = 'Y', city = 'Z', post_code = '1' WHERE contact_id = 2")
    bench.duplicates.find("business_central")
    queue = bench.duplicates.list().pairs
    assert queue[["found_by"]].to_numpy().tolist() == [["fuzzy"]]
    assert queue["match_count"].isna().all()
    bench.duplicates.find("both", threshold=1.0)
    assert stored(bench) == []


def test_contacts_of_interest_are_compared_with_all_others() -> None:
    bench = people(ANN, BOB, ANN, BOB)
    search = bench.duplicates.find("fuzzy", contacts=["P4"])
    assert found_pairs(search) == [("P2", "P4", "fuzzy")]
    whole = bench.duplicates.find("fuzzy", dry_run=True).pairs.set_index("contact_no")
    assert search.pairs["score_rate"][0] == pytest.approx(whole.loc["P2", "score_rate"])


def test_companies_of_interest_are_searched_by_both_methods(bench: wb.Workbench) -> None:
    assert found_pairs(bench.duplicates.find("both", contacts=["B", "P"])) == [("A", "B", "both")]


def test_a_day_of_birth_counts_and_other_fields_do_where_they_are_named() -> None:
    twin = {"type": "person", "surname": "Carver", "city": "Leeds"}
    bench = people({**twin, "born": "1980-02-01"}, {**twin, "born": "1980-02-01"}, {**twin, "born": "1999-12-24"})
    assert bench.duplicates.find("fuzzy", dry_run=True).pairs.empty
    found = bench.duplicates.find("fuzzy", threshold=0.5, fields={"born": "date"}, dry_run=True)
    assert found_pairs(found) == [("P1", "P2", "fuzzy")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "fuzy"}, 'There is no method "fuzy". Did you mean "fuzzy"?'),
        ({"threshold": 0.0}, "0.0 is no threshold. Give a probability above 0 and at most 1, such as 0.9."),
        ({"fields": {"cty": "city"}}, 'Contacts have no field "cty". Did you mean "city"?'),
        ({"fields": {"city": "town"}}, 'city cannot be compared as "town".'),
    ],
)
def test_a_search_that_makes_no_sense_is_refused(bench: wb.Workbench, arguments: dict, message: str) -> None:
    with pytest.raises(wb.ConfigError) as refusal:
        bench.duplicates.find(**arguments)
    assert str(refusal.value).startswith(message)


def test_too_many_pairs_are_refused_before_the_work_begins(bench: wb.Workbench) -> None:
    with bench.database.reading() as con, pytest.raises(wb.RuleError, match="Up to 4 pairs of companies share"):
        indexing.duplicate_pairs(con, rules.read(con), 60, most=0)


def test_a_verdict_is_remembered_when_duplicates_are_looked_for_again(bench: wb.Workbench) -> None:
    bench.duplicates.find()
    assert bench.duplicates.review("B", "A", "separate").is_written
    search = bench.duplicates.find()
    assert (search.separate_count, search.new_count) == (1, 0)
    assert bench.duplicates.list().total == 0
    queue = bench.duplicates.list("separate")
    assert queue.pairs[["contact_no", "duplicate_no", "verdict"]].to_numpy().tolist() == [["A", "B", "separate"]]
    assert queue.counts == {"open": 0, "same": 0, "separate": 1}


def test_a_verdict_can_be_taken_back(bench: wb.Workbench) -> None:
    bench.duplicates.find()
    bench.duplicates.review("A", "B", "same")
    assert bench.duplicates.review("A", "B", None).verdict_before == "same"
    assert bench.duplicates.list().counts == {"open": 1, "same": 0, "separate": 0}


def test_two_contacts_that_were_not_found_can_be_judged_too(bench: wb.Workbench) -> None:
    bench.duplicates.review("A", "C", "same")
    assert bench.duplicates.list("same").pairs["found_by"].tolist() == ["by_hand"]
    bench.duplicates.review("A", "C", None)
    assert bench.duplicates.list(None).total == 0


def test_a_dry_review_decides_nothing(bench: wb.Workbench) -> None:
    bench.duplicates.find()
    bench.duplicates.review("A", "B", "same", dry_run=True)
    assert bench.duplicates.list().total == 1


def test_a_pair_is_explained_field_by_field_and_string_by_string(bench: wb.Workbench) -> None:
    told = bench.duplicates.explain("A", "B")
    by_field = told.fields.set_index("field")
    assert by_field.loc["name", ["value", "other_value"]].tolist() == ["Adatum Corp.", "Adatum Corporation"]
    assert by_field.loc["name", "likeness"] == 1.0
    assert pd.isna(by_field.loc["mobile_phone_no", "likeness"])
    assert told.match_count == told.strings["is_hit"].sum() == 13
    assert (told.needed_count, told.verdict) == (10, None)
    assert told.score_rate == pytest.approx(bench.duplicates.find("fuzzy").pairs["score_rate"][0])


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        (("A", "A"), "A is one contact and no pair. Name two contacts."),
        (("A", "P"), "A is a company and P is a person. People are compared and merged with people, companies with"),
    ],
)
def test_only_two_contacts_of_one_type_are_compared(bench: wb.Workbench, pair: tuple[str, str], message: str) -> None:
    for refused in (bench.duplicates.explain, lambda *two: bench.duplicates.review(*two, "same")):
        with pytest.raises(wb.RuleError) as refusal:
            refused(*pair)
        assert str(refusal.value).startswith(message)


def test_unknown_verdicts_are_refused(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConfigError, match=r'There is no verdict "sam". Did you mean "same"\?'):
        bench.duplicates.review("A", "B", "sam")
    with pytest.raises(wb.ConfigError, match=r'There is no verdict "opne". Did you mean "open"\?'):
        bench.duplicates.list("opne")


def test_incoming_rows_are_compared_with_the_store() -> None:
    bench = people(ANN, BOB)
    rows = pd.DataFrame([
        {"row_no": 2, "name": "Carver Bob", "city": "Leeds", "email": "BOB@carver.org"},
        {"row_no": 3, "name": "Somebody Else", "city": "Leeds", "email": None},
        {"row_no": 4, **ANN, "address": "Mill Lane 4", "surname": "Fieldston"},
    ])  # fmt: skip
    with bench.database.reading() as con:
        found = candidates_for(con, rows, 0.9)
    assert found[["row_no", "contact_no"]].to_numpy().tolist() == [[2, "P2"], [4, "P1"]]
    assert (found["score"] >= 0.9).all()
    assert found["reasons"].str.startswith("alike: ").all()


def test_incoming_companies_are_compared_with_companies(bench: wb.Workbench) -> None:
    with bench.database.reading() as con:
        found = candidates_for(con, pd.DataFrame([{"row_no": 1, **COMPANY, "phone_no": None}]), 0.9)
    assert found["contact_no"].tolist() == ["A", "B"]


def test_the_setup_of_search_strings_is_that_of_the_product(bench: wb.Workbench) -> None:
    setup = bench.duplicates.search_strings()
    assert len(setup.rules) == 16
    assert set(setup.rules["length"]) == {5}
    assert (setup.hit_percent, setup.needed_count) == (60, 10)


def test_a_search_string_is_saved_in_place_of_the_one_from_the_same_part(bench: wb.Workbench) -> None:
    preview = bench.duplicates.save_search_string("name", "first", 8, dry_run=True)
    saved = bench.duplicates.save_search_string("name", "first", 8)
    assert preview.rules.equals(saved.rules)
    assert len(saved.rules) == 16
    assert bench.duplicates.save_search_string("county", "last", 2).needed_count == 11
    assert len(bench.duplicates.delete_search_string("county", "last").rules) == 16


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (("name", "first", 11), "11 is no length of a search string. Use a whole number from 2 to 10."),
        (("name", "first", 1), "1 is no length of a search string. Use a whole number from 2 to 10."),
        (("name", "middle", 5), '"middle" is no part of a field. Write "first" or "last".'),
        (("nmae", "first", 5), 'Contacts have no field of text "nmae". Did you mean "name"?'),
        (("is_minor", "first", 5), 'Contacts have no field of text "is_minor".'),
    ],
)
def test_a_search_string_that_cannot_be_is_refused(bench: wb.Workbench, rule: tuple, message: str) -> None:
    with pytest.raises(wb.ConfigError) as refusal:
        bench.duplicates.save_search_string(*rule)
    assert str(refusal.value).startswith(message)


def test_a_search_string_that_is_not_there_cannot_be_deleted(bench: wb.Workbench) -> None:
    with pytest.raises(wb.NotFoundError, match=r'no search string for "name frist". Did you mean "name first"'):
        bench.duplicates.delete_search_string("name", "frist")
