from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.schema import CONTACT, TABLES, FieldType
from tests.store.reading import values, write
from workbench.errors import StoreVersionError
from workbench.store import Database
from workbench.store.migrations import Migration, apply, check, migrations
from workbench.store.tables import SQL_TYPE

NEXT = Migration(2, "second_layout", "CREATE TABLE later (name VARCHAR); INSERT INTO later VALUES ('made')")


def test_migrations_are_numbered_from_one_without_a_gap() -> None:
    assert [migration.number for migration in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_new_store_records_what_was_applied(database: Database) -> None:
    with database.reading() as con:
        recorded = con.execute("SELECT number, name FROM migration ORDER BY number").fetchall()
    assert recorded == [(migration.number, migration.name) for migration in migrations()]


def test_applying_again_changes_nothing() -> None:
    con = duckdb.connect(":memory:")
    assert apply(con, "here") == migrations()
    assert apply(con, "here") == ()
    check(con, "here")


def test_only_what_is_lacking_is_applied() -> None:
    con = duckdb.connect(":memory:")
    apply(con, "here", migrations()[:1])
    assert apply(con, "here", [*migrations()[:1], NEXT]) == (NEXT,)
    assert con.execute("SELECT name FROM later").fetchall() == [("made",)]


def test_a_newer_store_is_refused_with_a_sentence_and_left_alone(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute("INSERT INTO migration VALUES (9000, 'from_the_future', TIMESTAMP '2030-01-01')")
    database = Database(path)
    for use in (database.create, database.revision, lambda: values(database), lambda: write(database, "x")):
        with pytest.raises(StoreVersionError) as caught:
            use()
        assert caught.value.message == (
            f"The store {path} was written by a newer workbench: its layout is 9000, this one knows "
            f"{migrations()[-1].number}."
        )
        assert caught.value.hint == (
            "Install the newer version of segmentation-workbench; the store was left untouched."
        )


def test_an_older_store_is_refused_until_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE migration (number INTEGER, name VARCHAR, applied_at TIMESTAMP)")
    database = Database(path)
    with pytest.raises(StoreVersionError, match="has layout 0; this workbench needs layout") as caught:
        values(database)
    assert caught.value.hint == "Run `workbench init` to bring it up to date."
    database.create()
    assert values(database) == []
    assert database.revision() == 1


# What the workbench keeps of rows for itself; nobody loads it, and no condition asks for it.
HIDDEN = {
    "interaction": {
        "attachment_no": "BIGINT", "word_template_code": "VARCHAR", "sends_word_document_as_attachment": "BOOLEAN",
        "delivered_at": "TIMESTAMP", "delivery_error": "VARCHAR", "logged_by": "VARCHAR",
    },
    "task": {
        "recurring_formula": "VARCHAR", "recurs_from": "VARCHAR", "attendance": "VARCHAR",
        "invitation_status": "VARCHAR", "opportunity_entry_no": "VARCHAR",
    },
}  # fmt: skip


def test_the_columns_of_the_store_are_those_of_the_schema(database: Database) -> None:
    for table in TABLES.values():
        by_id = {"contact_id": ("INTEGER", False)}
        own = {column.name: (SQL_TYPE[column.type], column.nullable) for column in table.columns}
        if table.name == CONTACT.name:
            expected = by_id | own
        elif own.pop("contact_no", None):
            expected = {"entry_no": ("BIGINT", False)} | by_id | own
        else:
            expected = own
        hidden = {name: (type_, True) for name, type_ in HIDDEN.get(table.name, {}).items()}
        assert _columns(database, table.name) == expected | hidden, table.name


def test_flags_that_a_file_lacks_are_false(database: Database) -> None:
    with database.reading() as con:
        defaults = con.execute(
            "SELECT table_name, column_name, column_default FROM duckdb_columns() WHERE schema_name = 'main'"
        ).fetchall()
    for table_name, column_name, default in defaults:
        column = TABLES[table_name].by_name.get(column_name) if table_name in TABLES else None
        if column is not None and column.type is FieldType.BOOLEAN and not column.nullable:
            assert default is not None, f"{table_name}.{column_name}"


def _columns(database: Database, table: str) -> dict[str, tuple[str, bool]]:
    with database.reading() as con:
        rows = con.execute(
            "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE table_name = ?", [table]
        ).fetchall()
    return {name: (type_, nullable) for name, type_, nullable in rows}


def test_numbers_go_on_from_what_an_older_store_has_given(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as con:
        apply(con, "here", migrations()[:4])
        con.execute("INSERT INTO store SELECT 0 WHERE NOT EXISTS (FROM store)")
        con.execute(
            "INSERT INTO contact (contact_id, contact_no, type, name) VALUES "
            "(1, 'CT000012', 'person', 'Ada'), (2, 'X9', 'person', 'Bo')"
        )
        con.execute("UPDATE worksheet_number SET last_number = 3")

    Database(path).create()

    with Database(path).reading() as con:
        lines = con.execute("SELECT series_code, starting_no, last_no FROM number_series_line ORDER BY ALL").fetchall()
        names = con.execute("SELECT search_name FROM contact ORDER BY contact_id").fetchall()
    assert lines == [
        ("CAMP", "CP0001", None),
        ("CONT", "CT000001", "CT000012"),
        ("OPP", "OP000001", None),
        ("S-ORD", "SO000001", None),
        ("S-QUO", "SQ000001", None),
        ("SEGM", "SM00001", "SM00003"),
        ("TASK", "TD000001", None),
    ]
    assert names == [("ADA",), ("BO",)]
