"""The benchmark itself, on very little data: every engine gives the same counts."""

from __future__ import annotations

import json

import pytest

from benchmarks import segments


def test_all_engines_count_the_same(tmp_path, capsys):
    store, figures = tmp_path / "generated.duckdb", tmp_path / "figures.json"
    size = ["--contacts", "2000", "--interactions", "40000", "--sales", "10000"]

    segments.main([*size, "--repeat", "1", "--db", str(store), "--json", str(figures)])

    found = json.loads(figures.read_text())
    assert [row["question"] for row in found["questions"]] == [question.name for question in segments.QUESTIONS]
    assert all(row["total"] > 0 for row in found["questions"][:-2])
    assert {"sql", "cold", "warm", "plain", "pandas", "polars"} <= set(found["questions"][0])
    assert len(found["edits"]) == len(segments.TEN_RULES)
    assert "Milliseconds, best of 1" in capsys.readouterr().out


def test_a_store_is_generated_once(tmp_path, capsys):
    arguments = ["--contacts", "200", "--interactions", "2000", "--sales", "500", "--repeat", "1",
                 "--db", str(tmp_path / "generated.duckdb"), "--without", "pandas,polars"]  # fmt: skip
    segments.main(arguments)
    made = segments.wb.open(tmp_path / "generated.duckdb").database.revision()

    segments.main(arguments)

    assert segments.wb.open(tmp_path / "generated.duckdb").database.revision() == made
    assert "pandas" not in capsys.readouterr().out


def test_a_half_made_store_is_not_measured(tmp_path):
    bench = segments.wb.open(tmp_path / "half.duckdb")
    with bench.database.writing() as con:
        con.execute("INSERT INTO contact (contact_id, contact_no, type) VALUES (1, 'C1', 'person')")

    with pytest.raises(SystemExit, match="is half made; remove it and start again"):
        segments.main(["--db", str(tmp_path / "half.duckdb")])
