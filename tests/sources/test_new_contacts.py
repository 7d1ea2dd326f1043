"""What the store adds to contacts of files: numbers, names, defaults, and fields that follow others."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.sources.conftest import Shelf
from workbench.errors import RuleError, SourceError
from workbench.setup.series_book import NumberSeries


def contacts(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def last_no(shelf: Shelf) -> object:
    return shelf.ask("SELECT last_no FROM number_series_line WHERE series_code = 'CONT'")[0][0]


def test_the_last_number_of_the_series_follows(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(name=["a", "b", "c"]))

    assert last_no(shelf) == "CT000003"


def test_numbers_used_in_the_store_or_the_file_are_passed_over(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["CT000001"], name=["a"]))

    shelf.sources.load("contact", contacts(contact_no=[None, "CT000002", None], name=["b", "c", "d"]))

    assert shelf.ask("SELECT name, contact_no FROM contact ORDER BY 1") == [
        ("a", "CT000001"), ("b", "CT000003"), ("c", "CT000002"), ("d", "CT000004"),
    ]  # fmt: skip


def test_a_plan_uses_no_number(shelf: Shelf) -> None:
    shelf.sources.plan("contact", contacts(name=["a"]))

    assert last_no(shelf) is None


def test_numbers_of_the_file_are_taken_even_where_none_may_be_typed(shelf: Shelf) -> None:
    NumberSeries(shelf.database).save("CONT", is_manual=False)

    receipt = shelf.sources.load("contact", contacts(contact_no=["X1"], name=["a"]))

    assert receipt.new == 1


def test_without_a_series_a_load_that_needs_numbers_is_refused_and_writes_nothing(shelf: Shelf) -> None:
    with shelf.database.writing() as con:
        con.execute("INSERT INTO setting VALUES ('contact_nos', '')")

    with pytest.raises(RuleError, match=r"Contact Nos\. must be filled in Marketing Setup\."):
        shelf.sources.load("contact", contacts(name=["a"]))
    assert shelf.ask("SELECT count(*) FROM contact") == [(0,)]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Cher", ("Cher", None, None)),
        ("Ada Nováková", ("Ada", None, "Nováková")),
        ("Anna  Maria Luisa Rossi", ("Anna Maria", "Luisa", "Rossi")),
        ("x" * 40 + " Rossi", ("x" * 30, None, "Rossi")),
        (None, (None, None, None)),
    ],
)
def test_the_name_of_a_person_gives_its_parts(shelf: Shelf, name: str | None, parts: tuple[str | None, ...]) -> None:
    shelf.sources.load("contact", contacts(contact_no=["P"], name=[name]))

    assert shelf.ask("SELECT first_name, middle_name, surname FROM contact") == [parts]


def test_the_name_of_a_company_is_left_whole(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["K"], type=["company"], name=["Nováková and Daughters"]))

    assert shelf.ask("SELECT first_name, surname, company_no FROM contact") == [(None, None, "K")]


def test_parts_give_the_name_and_a_changed_part_changes_it(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["P"], first_name=["Ada"], middle_name=["M"], surname=["Novák"]))
    shelf.sources.load("contact", contacts(contact_no=["P"], surname=["Bílá"]))

    assert shelf.ask("SELECT name, search_name FROM contact") == [("Ada M Bílá", "ADA M BÍLÁ")]


def test_a_part_alone_is_the_name_of_a_new_contact(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["P"], surname=["Novák"]))

    assert shelf.ask("SELECT name, search_name FROM contact") == [("Novák", "NOVÁK")]


def test_a_changed_name_changes_its_parts_and_what_it_is_searched_by(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["P", "Q"], name=["Ada Novák", "Bo Lee"]))
    shelf.sources.load("contact", contacts(contact_no=["Q"], search_name=["LEE"]))

    shelf.sources.load("contact", contacts(contact_no=["P", "Q"], name=["Ada Bílá", "Bo Leeds"]))

    assert shelf.ask("SELECT surname, search_name FROM contact ORDER BY contact_no") == [
        ("Bílá", "ADA BÍLÁ"), ("Leeds", "LEE"),
    ]  # fmt: skip


def test_parts_that_a_person_corrected_stay_when_the_name_is_the_same(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["P"], name=["Ada de la Cruz"], city=["Brno"]))
    with shelf.database.writing() as con:
        con.execute("UPDATE contact SET first_name = 'Ada', middle_name = NULL, surname = 'de la Cruz'")

    shelf.sources.load("contact", contacts(contact_no=["P"], name=["Ada de la Cruz"], city=["Praha"]))

    assert shelf.ask("SELECT city, first_name, middle_name, surname FROM contact") == [
        ("Praha", "Ada", None, "de la Cruz")
    ]  # fmt: skip


def test_defaults_of_marketing_setup_fill_what_the_file_does_not_have(shelf: Shelf) -> None:
    with shelf.database.writing() as con:
        con.execute("""INSERT INTO setting VALUES
            ('default_country_code', 'CZ'), ('default_territory_code', 'EANG'),
            ('default_company_salutation_code', 'COMPANY'), ('default_person_salutation_code', 'F-MAR')""")
    shelf.sources.load(
        "contact", contacts(contact_no=["K", "P"], type=["company", None], name=["k", "p"], country_code=[None, "ES"])
    )

    assert shelf.ask("SELECT country_code, territory_code, salutation_code FROM contact ORDER BY contact_no") == [
        (None, "EANG", "COMPANY"), ("ES", "EANG", "F-MAR"),
    ]  # fmt: skip


def test_people_take_over_nothing_from_their_company(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["K"], type=["company"], name=["k"], city=["Brno"]))
    shelf.sources.load("contact", contacts(contact_no=["P"], name=["p"], company_no=["K"]))

    assert shelf.ask("SELECT city FROM contact WHERE contact_no = 'P'") == [(None,)]


def test_a_company_of_a_file_with_blank_companies_is_its_own_company(shelf: Shelf) -> None:
    rows = contacts(contact_no=["K", "P"], type=["company", "person"], name=["k", "p"], company_no=[None, "K"])

    shelf.sources.load("contact", rows)

    assert shelf.ask("SELECT contact_no, company_no FROM contact ORDER BY 1") == [("K", "K"), ("P", "K")]
    assert shelf.sources.load("contact", rows).unchanged == 2


def test_a_change_is_dated_and_no_change_is_not(shelf: Shelf) -> None:
    rows = contacts(contact_no=["A", "B"], name=["a", "b"])
    shelf.sources.load("contact", rows)
    with shelf.database.writing() as con:
        con.execute("UPDATE contact SET last_modified_at = TIMESTAMP '2020-01-01'")

    shelf.sources.load("contact", rows.assign(name=["a", "b2"]))

    assert shelf.ask("SELECT contact_no, last_modified_at > TIMESTAMP '2020-01-01' FROM contact ORDER BY 1") == [
        ("A", False), ("B", True),
    ]  # fmt: skip


def test_relations_of_a_file_decide_what_contacts_are_for_us(shelf: Shelf) -> None:
    shelf.sources.load("contact", contacts(contact_no=["A", "B"], name=["a", "b"]))

    shelf.sources.load("business_relation", contacts(contact_no=["A"], business_relation_code=["PRESS"]))

    assert shelf.ask("SELECT contact_no, contact_business_relation FROM contact ORDER BY 1") == [
        ("A", "other"), ("B", "none"),
    ]  # fmt: skip


def test_fields_that_the_workbench_keeps_are_never_taken_from_files(shelf: Shelf) -> None:
    rows = contacts(contact_no=["A"], contact_business_relation=["customer"], last_modified_at=["2020-01-01"])

    receipt = shelf.sources.load("contact", rows)

    assert receipt.ignored == ("contact_business_relation", "last_modified_at")
    assert receipt.notes[0].startswith(
        "The workbench itself keeps these fields, so their columns are ignored: contact_"
    )
    assert shelf.ask("SELECT contact_business_relation FROM contact") == [("none",)]


def test_a_column_cannot_be_sent_to_a_field_that_the_workbench_keeps(shelf: Shelf) -> None:
    with pytest.raises(SourceError, match=r"contact\.last_modified_at is kept by the workbench itself") as refused:
        shelf.sources.plan("contact", contacts(contact_no=["A"], seen=["2020-01-01"]), {"seen": "last_modified_at"})
    assert refused.value.hint == 'Leave it out with mapping={"seen": ""} (--map "seen=").'
