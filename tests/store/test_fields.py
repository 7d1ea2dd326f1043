# A unit of work that is to fail is a block.
# ruff: noqa: PT012

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.schema import CONTACT, FieldType
from workbench.errors import ConfigError, ConflictError, FrameError, RuleError
from workbench.setup import Setup
from workbench.store import Database


@pytest.fixture
def database() -> Database:
    return Database(":memory:")


@pytest.fixture
def setup(database: Database) -> Setup:
    return Setup(database)


def test_a_field_becomes_a_column_behind_the_own_ones(setup: Setup) -> None:
    added = setup.add_field("contact", "age_band", "text", "age in bands")
    table = setup.table("contact")
    assert table.columns == (*CONTACT.columns, added)
    assert (added.type, added.meaning, added.is_custom, added.nullable) == (FieldType.TEXT, "age in bands", True, True)
    assert setup.fields(CONTACT) == setup.fields("contact") == table


@pytest.mark.parametrize("table", ["contact", "interaction", "opportunity", "sales_entry"])
@pytest.mark.parametrize("type_", ["text", "number", "amount", "date", "timestamp", "boolean", "many_valued"])
def test_every_type_is_taken_by_every_table_that_takes_fields(setup: Setup, table: str, type_: str) -> None:
    setup.add_field(table, "extra", type_)
    assert setup.table(table).column("extra").type == type_


@pytest.mark.parametrize("spelling", ["many-valued", "many valued", "Many_Valued", FieldType.MANY])
def test_a_type_may_be_spelled_in_several_ways(setup: Setup, spelling: str) -> None:
    assert setup.add_field("Sales Entries", "tags", spelling).type is FieldType.MANY
    assert setup.table("sales_entry").column("tags").type is FieldType.MANY


def test_adding_the_same_again_changes_nothing(setup: Setup, database: Database) -> None:
    first = setup.add_field("contact", "age_band", "text", "age in bands")
    assert setup.add_field("contacts", "age_band", "text", "something else") == first
    assert database.revision() == 1


@pytest.mark.parametrize(
    ("field", "error", "text"),
    [
        (("contact", "age_band", "number"), ConflictError, 'contact has a field "age_band" of type text, not number.'),
        (("contact", "city", "text"), ConflictError, 'contact has a column "city" already.'),
        (("interaction", "contact_no", "text"), ConflictError, '"contact_no" is a name the store uses itself.'),
        (("interaction", "entry_no", "number"), ConflictError, '"entry_no" is a name the store uses itself.'),
        (("contact", "rowid", "number"), ConflictError, '"rowid" is a name the store uses itself.'),
        (("campaign", "colour", "text"), RuleError, "Fields cannot be added to campaign."),
        (("contact", "Age", "text"), ConfigError, '"Age" cannot name a field.'),
        (("contact", "2nd", "text"), ConfigError, '"2nd" cannot name a field.'),
        (("contact", "a b", "text"), ConfigError, '"a b" cannot name a field.'),
        (("contact", "a\n", "text"), ConfigError, "cannot name a field."),
        (("contact", 'a"; DROP TABLE contact; --', "text"), ConfigError, "cannot name a field."),
        (("contact", "a" * 60, "text"), ConfigError, "cannot name a field."),
        (("contact", "colour", "colour"), ConfigError, 'There is no field type "colour".'),
        (("contact", "colour", "integer"), ConfigError, 'There is no field type "integer".'),
        (("contac", "colour", "text"), FrameError, 'There is no table "contac". Did you mean "contact"?'),
    ],
)
def test_what_cannot_be_added_is_refused(
    setup: Setup, field: tuple[str, str, str], error: type[Exception], text: str
) -> None:
    setup.add_field("contact", "age_band", "text")
    before = setup.table("contact")
    with pytest.raises(error) as caught:
        setup.add_field(*field)
    assert text in str(caught.value)
    assert setup.table("contact") == before


def test_a_type_that_does_not_exist_lists_those_that_do(setup: Setup) -> None:
    with pytest.raises(ConfigError) as caught:
        setup.add_field("contact", "x", "colour")
    assert caught.value.hint == "Known: amount, boolean, date, many_valued, number, text, timestamp."


@pytest.mark.parametrize("word", ["select", "order", "group", "table", "from", "a" * 59])
def test_words_of_sql_and_long_names_can_name_fields(setup: Setup, database: Database, word: str) -> None:
    setup.add_field("contact", word, "number")
    with database.reading() as con:
        assert con.execute(f'SELECT "{word}" FROM contact').fetchall() == []


def test_fields_keep_the_order_in_which_they_were_added(setup: Setup) -> None:
    for name in ("zeta", "alpha", "mid"):
        setup.add_field("contact", name, "text")
    assert [column.name for column in setup.table("contact").columns[-3:]] == ["zeta", "alpha", "mid"]


def test_a_field_of_a_unit_that_was_rolled_back_is_not_there(setup: Setup, database: Database) -> None:
    before = setup.table("contact")
    with pytest.raises(ZeroDivisionError), database.writing():
        setup.add_field("contact", "age_band", "text")
        assert "age_band" in setup.table("contact").by_name
        raise ZeroDivisionError
    assert setup.table("contact") == before
    setup.add_field("contact", "age_band", "number")


def test_a_field_that_another_program_added_is_seen(path: Path) -> None:
    mine, theirs = Setup(Database(path)), Setup(Database(path))
    assert "age_band" not in mine.table("contact").by_name
    theirs.add_field("contact", "age_band", "text")
    assert mine.table("contact").column("age_band").is_custom
