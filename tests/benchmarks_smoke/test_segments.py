"""The benchmark itself, on very little data: every engine gives the same counts."""

from __future__ import annotations

import json
import re

import pytest

from benchmarks import engines, nested, segments
from benchmarks.generated import Size

TINY = ["--contacts", "200", "--interactions", "2000", "--sales", "500", "--repeat", "1"]


def test_all_engines_count_the_same(tmp_path, capsys):
    store, figures = tmp_path / "generated.duckdb", tmp_path / "figures.json"
    size = ["--contacts", "2000", "--interactions", "40000", "--sales", "10000"]

    without = ["--without", "clickhouse,postgres"]
    segments.main([*size, *without, "--repeat", "1", "--db", str(store), "--json", str(figures)])

    found = json.loads(figures.read_text())
    assert [row["question"] for row in found["questions"]] == [question.name for question in segments.QUESTIONS]
    assert all(row["total"] > 0 for row in found["questions"][:-2])
    assert {"sql", "cold", "warm", "plain", "pandas", "polars"} <= set(found["questions"][0])
    assert len(found["edits"]) == len(segments.TEN_RULES)
    assert set(found["costs"]) == set(found["overlap"]) == {"cold", "sql"}
    printed = capsys.readouterr().out
    assert "Milliseconds, best of 1" in printed
    assert re.search(
        r"peak memory of the process [1-9][\d,]* MB, of which masks and values of ten rules 0\.\d MB", printed
    )


def test_clickhouse_counts_the_same_where_it_is_installed(tmp_path):
    pytest.importorskip("chdb", reason="the package chdb is not installed")
    segments.main([*TINY, "--db", str(tmp_path / "generated.duckdb"), "--without", "pandas,polars,postgres"])


def test_an_engine_that_is_not_there_is_left_out_and_named(tmp_path, capsys, monkeypatch):
    store = str(tmp_path / "generated.duckdb")
    monkeypatch.setenv("PATH", str(tmp_path))
    segments.main([*TINY, "--db", store, "--without", "pandas,polars,clickhouse"])
    printed = capsys.readouterr().out
    assert "No column for postgres: psql is not installed." in printed
    assert "pandas" not in printed


def test_a_large_store_is_made_in_chunks_of_the_same_rows(tmp_path, monkeypatch):
    def rows(chunk):
        monkeypatch.setattr(segments.generated, "CHUNK", chunk)
        bench = segments.generated.store(Size(300, 3000, 700), tmp_path / f"{chunk}.duckdb")
        with bench.database.reading() as con:
            tables = ("contact", "interaction", "sales_entry")
            return [con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables]

    assert rows(10_000) == rows(128)


def test_a_group_without_rules_is_left_out_of_sql():
    assert nested.where(nested.keeping(nested.TREE, lambda number: number == 4), "abcdef") == "(coalesce(e, false))"
    assert nested.where(nested.keeping(nested.TREE, lambda number: number > 9), []) == "1 = 1"
    assert sorted(nested.numbers(nested.TREE)) == list(range(10))


def test_a_store_is_generated_once(tmp_path, capsys):
    arguments = [*TINY, "--db", str(tmp_path / "generated.duckdb"), "--without", ",".join(engines.ENGINES)]
    segments.main(arguments)
    made = segments.wb.open(tmp_path / "generated.duckdb").database.revision()

    segments.main(arguments)

    assert segments.wb.open(tmp_path / "generated.duckdb").database.revision() == made
    assert "pandas" not in capsys.readouterr().out


def test_only_the_edits_are_measured_where_that_is_wanted(tmp_path, capsys):
    segments.main([*TINY, "--db", str(tmp_path / "generated.duckdb"), "--only-edits"])
    printed = capsys.readouterr().out
    assert "rule 10 " in printed
    assert "ten rules nested" not in printed


def test_a_half_made_store_is_not_measured(tmp_path):
    bench = segments.wb.open(tmp_path / "half.duckdb")
    with bench.database.writing() as con:
        con.execute("INSERT INTO contact (contact_id, contact_no, type) VALUES (1, 'C1', 'person')")

    with pytest.raises(SystemExit, match="is half made; remove it and start again"):
        segments.main(["--db", str(tmp_path / "half.duckdb")])
