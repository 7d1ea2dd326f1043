# A unit of work that is to fail is a block.
# ruff: noqa: PT012

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from tests.store.reading import values, write
from workbench.errors import ConflictError, NotFoundError, StoreError
from workbench.store import Database


def test_what_was_written_is_there_and_the_revision_has_grown(database: Database) -> None:
    write(database, "one", "two")
    assert values(database) == ["one", "two"]
    assert database.revision() == 1


def test_an_exception_rolls_everything_back_and_leaves_the_revision(database: Database) -> None:
    write(database, "one")
    with pytest.raises(ConflictError, match="mine"), database.writing() as con:
        con.execute("INSERT INTO setting VALUES ('any', 'two')")
        raise ConflictError("mine")
    assert values(database) == ["one"]
    assert database.revision() == 1


def test_a_layout_change_is_rolled_back_too(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as con:
        con.execute("ALTER TABLE contact ADD COLUMN age_band VARCHAR")
        raise ZeroDivisionError
    with database.reading() as con, pytest.raises(duckdb.BinderException):
        con.execute("SELECT age_band FROM contact")


def test_a_refused_statement_becomes_a_store_error_of_one_sentence(database: Database) -> None:
    with pytest.raises(StoreError) as caught, database.writing() as con:
        con.execute("INSERT INTO setting VALUES ('any', 'two')")
        con.execute("SELECT nothing_like_it FROM contact")
    assert caught.value.message.startswith("The store refused: Binder Error: ")
    assert "nothing_like_it" in caught.value.message
    assert "\n" not in caught.value.message
    assert values(database) == []


def test_the_first_error_is_named_when_cleaning_up_fails_as_well(database: Database) -> None:
    with pytest.raises(StoreError, match="Conversion Error"), database.reading() as con:
        try:
            con.execute("SELECT CAST('word' AS INTEGER)").fetchall()
        finally:
            con.execute("SELECT 1")


def test_a_unit_that_reads_cannot_write_rows(database: Database) -> None:
    with pytest.raises(StoreError, match="read-only"), database.reading() as con:
        con.execute("INSERT INTO setting VALUES ('any', 'two')")
    assert values(database) == []


def test_writing_inside_reading_is_refused(database: Database) -> None:
    with pytest.raises(StoreError, match="that reads the store cannot begin to write"), database.reading():
        write(database, "one")
    write(database, "two")
    assert values(database) == ["two"]


def test_reading_nests_and_gives_the_same_connection(database: Database) -> None:
    with database.reading() as outer, database.reading() as inner:
        assert inner is outer
        assert database.revision() == 0


def test_reading_inside_writing_sees_what_was_written(database: Database) -> None:
    with database.writing() as con:
        con.execute("INSERT INTO setting VALUES ('any', 'one')")
        assert values(database) == ["one"]
        assert database.revision() == 0
    assert database.revision() == 1


def test_nested_writing_is_one_unit_of_work(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing():
        write(database, "one")
        raise ZeroDivisionError
    with database.writing():
        write(database, "two")
        write(database, "three")
    assert values(database) == ["three", "two"]
    assert database.revision() == 1


def test_a_unit_whose_part_failed_writes_nothing_even_when_the_error_was_caught(database: Database) -> None:
    with pytest.raises(StoreError, match="A part of the unit of work failed"), database.writing() as con:
        con.execute("INSERT INTO setting VALUES ('any', 'one')")
        with pytest.raises(ZeroDivisionError), database.writing():
            raise ZeroDivisionError
    assert values(database) == []


def test_a_unit_knows_whether_it_writes(database: Database) -> None:
    assert not database.is_writing
    with database.reading():
        assert not database.is_writing
    with database.writing(), database.reading():
        assert database.is_writing


def test_a_result_that_was_not_read_to_its_end_does_not_spoil_the_unit(database: Database) -> None:
    write(database, "one", "two")
    with database.writing() as con:
        con.execute("INSERT INTO setting VALUES ('any', 'three')")
        assert con.execute("SELECT value FROM setting").fetchone() is not None
    assert values(database) == ["one", "three", "two"]


def test_instants_are_compared_in_utc_wherever_the_machine_is(database: Database) -> None:
    with database.reading() as con:
        assert con.execute("SELECT current_setting('TimeZone')").fetchall() == [("UTC",)]


def test_two_spellings_of_a_path_are_one_store(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = path.with_name("link.duckdb")
    link.symlink_to(path)
    monkeypatch.chdir(path.parent)
    first, second, third = Database(path), Database(link), Database("./shop.duckdb")
    with first.reading(), second.reading(), third.reading():
        pass
    with first.writing() as con, second.reading() as other:
        assert other is con


def test_the_revision_is_answered_from_memory_while_the_file_stays(path: Path) -> None:
    database = Database(path)
    long_ago = path.stat().st_mtime_ns - 10**9
    os.utime(path, ns=(long_ago, long_ago))
    assert database.revision() == 0
    with _held_by_a_writer(path):
        assert database.revision() == 0


def test_the_revision_is_asked_again_after_another_program_wrote(path: Path) -> None:
    mine, theirs = Database(path), Database(path)
    for revision in range(1, 6):
        write(theirs, str(revision))
        assert mine.revision() == revision


def test_a_store_that_does_not_exist_is_not_made_by_using_it(tmp_path: Path) -> None:
    database = Database(tmp_path / "none.duckdb")
    for use in (database.reading, database.writing):
        with pytest.raises(NotFoundError, match=r"There is no store at .*none\.duckdb\.") as caught, use():
            pass
        assert "`workbench init`" in caught.value.hint
        assert "`workbench demo complete-journey`" in caught.value.hint
    assert not database.exists()
    assert list(tmp_path.iterdir()) == []


def test_creating_twice_changes_nothing(path: Path) -> None:
    database = Database(path)
    write(database, "one")
    database.create()
    assert database.exists()
    assert values(database) == ["one"]
    assert database.revision() == 1


def test_a_store_appears_complete_and_leaves_no_draft(path: Path) -> None:
    assert {file.name for file in path.parent.iterdir()} == {"shop.duckdb", "shop.duckdb.lock"}


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.duckdb"
    path.write_text("Dear Sir or Madam")
    for use in (lambda: Database(path).create(), lambda: values(Database(path))):
        with pytest.raises(StoreError, match=r"letter\.duckdb is not a store: it is not a DuckDB file\."):
            use()
    assert path.read_text() == "Dear Sir or Madam"


def test_a_duckdb_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE migration (id INTEGER)")
    for use in (lambda: Database(path).create(), lambda: values(Database(path)), lambda: write(Database(path), "x")):
        with pytest.raises(StoreError, match="is a DuckDB file, but not a store of the workbench"):
            use()
    with duckdb.connect(str(path), read_only=True) as con:
        assert con.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("migration",)]


def test_a_folder_that_does_not_exist_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its folder does not exist"):
        Database(tmp_path / "nowhere" / "shop.duckdb").create()


def _held_by_a_writer(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the file as another program would that writes; without a write the file stays as it is."""
    return duckdb.connect(str(path))
