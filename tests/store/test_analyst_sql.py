"""What analysts may write as a condition, and that nothing else gets through."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench.errors import ConditionError, StoreError
from workbench.store import Database, analyst_sql

DAY = dt.date(2026, 3, 31)
STATEMENTS = {
    "SELECT contact_id FROM contact; SELECT contact_id FROM contact": "this is 2 statements.",
    "SELECT contact_id FROM contact; DROP TABLE contact": "this is 2 statements.",
    "": "this is 0 statements.",
    "SELECT contact_id FROM contact) ; DROP TABLE contact; --": "DuckDB refuses the SQL: Parser Error",
    "SELECT contact_id FROM contact) UNION (SELECT 1": "DuckDB refuses the SQL: Parser Error",
    "DROP TABLE contact": "this is DROP.",
    "INSERT INTO contact (contact_id) VALUES (7) RETURNING contact_id": "this is INSERT.",
    "UPDATE contact SET city = 'x' RETURNING contact_id": "this is UPDATE.",
    "WITH gone AS (DELETE FROM contact RETURNING contact_id) SELECT contact_id FROM gone": "this is DELETE.",
    "COPY contact TO '/tmp/out.csv'": "this is COPY.",
    "ATTACH '/tmp/other.duckdb' AS other": "this is ATTACH.",
    "PRAGMA database_list": "this is PRAGMA.",
    "SET threads = 1": "this is SET.",
    "INSTALL httpfs": "this is LOAD.",
    "LOAD httpfs": "this is LOAD.",
    "CALL pragma_version()": "this is CALL.",
    "EXPLAIN SELECT contact_id FROM contact": "this is EXPLAIN.",
    "DESCRIBE contact": "this is SHOW.",
    "SELECT contact_id FROM (SHOW ALL TABLES)": "this is SHOW.",
}
SOURCES = (
    "SELECT content AS contact_no FROM read_text('/etc/passwd')",
    "FROM read_csv('/etc/passwd')",
    "SELECT contact_no FROM '/etc/passwd'",
    "SELECT file AS contact_no FROM glob('/etc/*')",
    "SELECT contact_id FROM 'https://example.org/ids.parquet'",
    "SELECT contact_id FROM query('SELECT 1 AS contact_id')",
    "SELECT contact_id FROM query_table('contact')",
    "SELECT contact_id FROM json_execute_serialized_sql('{}')",
    "SELECT table_oid AS contact_id FROM duckdb_tables()",
    "SELECT name AS contact_no FROM pragma_table_info('contact')",
    "SELECT table_name AS contact_no FROM information_schema.tables",
    "SELECT oid AS contact_id FROM pg_catalog.pg_class",
    "SELECT contact_id FROM chosen_contact",
    "SELECT contact_id FROM a_variable",
    "SELECT (SELECT max(contact_id) FROM a_variable) AS contact_id",
    "WITH c AS (SELECT contact_id FROM a_variable) SELECT contact_id FROM c",
    "SELECT getenv('HOME') AS contact_no",
)
UNSTABLE = {
    "SELECT contact_id FROM contact WHERE random() < 0.5": "random",
    "SELECT contact_id FROM contact ORDER BY uuid() LIMIT 1": "uuid",
    "SELECT contact_id FROM sales_entry WHERE posted_at > now()": "now",
    "SELECT contact_id FROM sales_entry WHERE posted_at > CURRENT_DATE": "current_date",
    "SELECT contact_id FROM sales_entry WHERE posted_at > current_localtimestamp()": "current_localtimestamp",
    "SELECT contact_id FROM sales_entry WHERE posted_at > ago(INTERVAL 1 DAY)": "ago",
    "SELECT contact_id FROM sales_entry WHERE age(posted_at) > INTERVAL 1 DAY": "age",
    "SELECT contact_id FROM contact WHERE contact_id = nextval('s')": "nextval",
    "SELECT contact_id FROM contact WHERE current_setting('TimeZone') = 'UTC'": "current_setting",
    "SELECT contact_id FROM contact WHERE len(list_transform([1], lambda x: main.random())) = 1": "random",
    "SELECT contact_id FROM contact USING SAMPLE 3": "a sample",
    "SELECT contact_id FROM contact TABLESAMPLE 10%": "a sample",
}


@pytest.fixture(scope="module")
def shop() -> Database:
    bench = wb.open(":memory:")
    bench.sources.load("contact", pd.DataFrame({"No.": ["A", "B", "C"], "City": ["Prague", None, "Brno"]}))
    sales = pd.DataFrame({"contact_no": ["A", "A", "B"], "date": ["2026-03-01", "2026-03-31", "2026-04-01"]})
    bench.sources.load("sales_entry", sales, {"date": "posted_at"})
    return bench.database


def ids(database: Database, text: str, seconds: float = 60) -> list[int]:
    with database.reading() as con:
        return sorted(analyst_sql.contact_ids(con, text, DAY, "step 1, condition 1", seconds).tolist())


def refusal(database: Database, text: str, seconds: float = 60) -> ConditionError:
    a_variable = pd.DataFrame({"contact_id": [1], "contact_no": ["A"]})
    with pytest.raises(ConditionError) as caught:
        ids(database, text, seconds)
    assert len(a_variable) == 1
    assert caught.value.where == "step 1, condition 1"
    assert caught.value.message.startswith("Step 1, condition 1: ")
    return caught.value


def test_ids_and_numbers_name_contacts_each_once(shop: Database) -> None:
    assert ids(shop, "SELECT contact_id FROM sales_entry") == [1, 2]
    assert ids(shop, "SELECT contact_no FROM contact WHERE city IS NOT NULL") == [1, 3]
    assert ids(shop, "FROM contact SELECT contact_id -- all of them\n;") == [1, 2, 3]
    assert ids(shop, "WITH c AS (SELECT contact_id FROM contact) SELECT max(contact_id) AS contact_id FROM c") == [3]
    assert ids(shop, "VALUES (1) EXCEPT VALUES (1)".replace("VALUES (1)", "SELECT 1 AS contact_id")) == []
    rows = "SELECT contact_id FROM contact QUALIFY row_number() OVER (ORDER BY contact_no DESC) = 1"
    assert ids(shop, rows) == [3]


def test_unknown_ids_and_numbers_that_nobody_has_are_left_out(shop: Database) -> None:
    assert ids(shop, "SELECT unnest([1, NULL, 3000000000]) AS contact_id") == [1]
    assert ids(shop, "SELECT unnest(['A', NULL, 'Z', 'a']) AS contact_no") == [1]


def test_as_of_is_the_day_of_evaluation(shop: Database) -> None:
    assert ids(shop, "SELECT contact_id FROM sales_entry WHERE posted_at < $as_of") == [1]
    assert ids(shop, "SELECT contact_id FROM sales_entry WHERE posted_at > $as_of") == [2]


@pytest.mark.parametrize("text", STATEMENTS)
def test_anything_but_one_select_is_refused(shop: Database, text: str) -> None:
    assert STATEMENTS[text] in refusal(shop, text).message
    assert ids(shop, "SELECT contact_id FROM contact") == [1, 2, 3]


@pytest.mark.parametrize("text", SOURCES)
def test_anything_but_tables_of_the_store_is_refused(shop: Database, text: str) -> None:
    message = refusal(shop, text).message
    assert any(said in message for said in ("cannot read from", "The store has no table", "getenv is not."))


@pytest.mark.parametrize("text", UNSTABLE)
def test_what_is_not_the_same_each_time_is_refused(shop: Database, text: str) -> None:
    error = refusal(shop, text)
    assert error.message.endswith(f"An SQL condition is the same each time, and {UNSTABLE[text]} is not.")
    assert error.hint in ("Use $as_of, the day of evaluation.", "Draw one with limit: {sample: …}.")


def test_every_unstable_function_of_duckdb_is_known(shop: Database) -> None:
    with shop.reading() as con:
        query = "SELECT function_name, stability, macro_definition FROM duckdb_functions()"
        rows = con.execute(query).fetchall()
    unstable = {name for name, stability, _ in rows if stability not in (None, "CONSISTENT")}
    assert unstable <= analyst_sql.UNSTABLE
    calls = {name: set(re.findall(r"\w+(?=\()|current_timestamp", text)) for name, _, text in rows if text}
    from_tables = {"histogram", "histogram_values"}
    assert {name for name, called in calls.items() if called & unstable} - from_tables <= analyst_sql.UNSTABLE


def test_only_contacts_are_taken(shop: Database) -> None:
    def message(text: str) -> str:
        return refusal(shop, text).message

    assert "gives one column, contact_id or contact_no, not contact_id, city." in message(
        "SELECT contact_id, city FROM contact"
    )
    assert "gives one column, contact_id or contact_no, not city." in message("SELECT city FROM contact")
    assert "contact_id is whole numbers in the store, and the SQL gives VARCHAR." in message(
        "SELECT contact_no AS contact_id FROM contact"
    )
    assert "contact_no is text in the store, and the SQL gives INTEGER." in message(
        "SELECT contact_id AS contact_no FROM contact"
    )
    assert "the SQL gives DOUBLE." in message("SELECT 1e0 AS contact_id")


def test_what_duckdb_does_not_understand_is_said_in_its_words(shop: Database) -> None:
    assert 'Referenced column "cty" not found' in refusal(shop, "SELECT contact_id FROM contact WHERE cty = 1").message
    missing = refusal(shop, "SELECT contact_id FROM sales_entri")
    assert missing.message.endswith('The store has no table "sales_entri".')
    assert missing.hint == 'Did you mean "sales_entry"?'
    assert "Could not convert string" in refusal(shop, "SELECT 'x'::INTEGER AS contact_id").message
    unknown = refusal(shop, "SELECT contact_id FROM contact WHERE city = $city")
    assert unknown.message.endswith("Nothing says what $city stands for.")
    assert "Nothing says what $1 stands for." in refusal(shop, "SELECT contact_id FROM contact WHERE city = ?").message


def test_what_takes_too_long_is_stopped(shop: Database) -> None:
    endless = "SELECT count(*) AS contact_id FROM range(10000000000) a, range(10000000000) b"
    assert refusal(shop, endless, seconds=0.2).message.endswith("The SQL took longer than 0.2 seconds and was stopped.")
    assert ids(shop, "SELECT contact_id FROM contact") == [1, 2, 3]


def test_a_query_that_nests_deep_is_answered_or_refused(shop: Database) -> None:
    for depth in (50, 300, 900, 5000):
        text = f"SELECT {'abs(' * depth}1{')' * depth} AS contact_id"
        with suppress(ConditionError):
            assert ids(shop, text) == [1]


def test_no_connection_reaches_files_or_variables_or_changes_settings(tmp_path: Path) -> None:
    database = Database(tmp_path / "shop.duckdb")
    database.create()
    a_variable = pd.DataFrame({"contact_id": [1]})
    for unit in (database.reading, database.writing):
        for text in (
            "SELECT * FROM read_text('/etc/passwd')",
            f"COPY setting TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'other.duckdb'}'",
            "SELECT * FROM a_variable",
            "SET enable_external_access = true",
            "RESET lock_configuration",
            "SELECT getenv('HOME')",
        ):
            with pytest.raises(StoreError), unit() as con:
                con.execute(text).fetchall()
    with database.writing() as con:
        con.register("given", a_variable)
        assert con.execute("SELECT * FROM given").fetchall() == [(1,)]
    assert [path.name for path in tmp_path.iterdir() if "other" in path.name or "out" in path.name] == []


def test_a_definition_that_cannot_be_asked_is_refused_before_it_is_saved() -> None:
    bench = wb.open(":memory:")
    inside = {"company_has": {"any": [{"sql": "SELECT contact_id FROM contact"}, {"sql": "SELECT city FROM contact"}]}}
    with pytest.raises(ConditionError) as caught:
        bench.segments.save({"name": "mine", "steps": [{"add": [{"field": "city", "op": "is_known"}, inside]}]})
    assert caught.value.where == "step 1, condition 2, company_has, condition 2"
    assert len(bench.segments.list()) == 0


def test_a_query_is_asked_once_for_each_day_and_revision() -> None:
    bench = wb.open(":memory:")
    bench.sources.load("contact", pd.DataFrame({"No.": ["A", "B"]}))
    cache = bench.segments._evaluator.cache
    query = {"sql": "SELECT contact_id FROM contact WHERE month($as_of) = 3"}
    sizes = [bench.segments.count(query, day).total for day in (DAY, DAY, dt.date(2026, 4, 1))]
    assert sizes == [2, 2, 0]
    asked = cache.computed
    bench.segments.count(query, DAY)
    assert cache.computed == asked
    bench.sources.load("contact", pd.DataFrame({"No.": ["C"]}))
    assert bench.segments.count(query, DAY).total == 3


def test_a_query_is_read_out_as_one() -> None:
    segment = wb.Segment.from_dict({"sql": "SELECT contact_id\nFROM contact"})
    assert segment.sentence == "Of all contacts: add those where (SQL) SELECT contact_id FROM contact."
