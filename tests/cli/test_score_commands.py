"""The commands about scores, and the notes that other commands print of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Shell
from tests.use_cases.kinds_world import DAY as LAST_DAY
from tests.use_cases.kinds_world import shop as kinds

RUN = "contact_no,segment,recency\nC1,Champions,4.5\nC9,Lost,1\nC2,Lost,2.5\n"
LOST = "name: lost\nsteps:\n- add: {score: rfm, field: segment, op: is, value: Lost}\n"
NOTE = "Step 1, condition 1: Score rfm is of 2024-12-01, 30 days before the day of evaluation."
DAY = ("--as-of", "2024-12-31")


def test_a_score_is_loaded_listed_and_deleted(own: Shell) -> None:
    run = own.file("rfm.csv", RUN)
    loaded = own.run("score", "load", run, "--name", "rfm", "--scored-on", "2024-12-01", "--json").json
    assert (loaded["score"], loaded["runs"], loaded["new"], loaded["rejected"]) == ("rfm", ["2024-12-01"], 2, 1)
    assert loaded["problems"] == [
        {"row": 3, "column": "contact_no", "value": "C9", "reason": "no contact has this contact_no"}
    ]
    assert loaded["rejects"].endswith("rfm.rejects.csv")
    (listed,) = own.run("score", "list", "--json").json
    assert (listed["score"], listed["fields"]) == ("rfm", {"segment": "text", "recency": "number"})
    (only,) = own.run("score", "runs", "rfm", "--json").json
    assert (only["scored_on"], only["row_count"], only["source"]) == ("2024-12-01", 2, "rfm.csv")
    assert (listed["scored_on"], listed["runs"][0]["method"]) == ("2024-12-01", None)
    assert "segment (text), recency (number)" in own.run("score", "list").out
    assert own.run("score", "delete", "rfm", "2024-12-01").out == "Deleted the run of 2024-12-01 of rfm.\n"
    assert own.run("score", "runs", "rfm", "--json").json == []


def test_what_was_loaded_is_readable_too(own: Shell) -> None:
    out = own.run("score", "load", own.file("rfm.csv", RUN), "--name", "rfm", "--scored-on", "2024-12-01").out
    assert out.startswith("rfm.csv -> scored_rfm: of 3 rows, 2 are new, 0 changed, 0 unchanged, 1 rejected.")
    assert "Rejected rows with their problems: " in out


def test_complaints_say_what_to_do(own: Shell) -> None:
    run = own.file("rfm.csv", RUN)
    assert own.run("score", "load", run, "--name", "rfm").complaint == (
        "Nothing says on which day the score was computed.",
        "Give scored_on (--scored-on 2018-01-01), or a column scored_on.",
    )
    assert own.run("score", "load", run, "--name", "R F M", "--scored-on", "2024-12-01").complaint[0] == (
        '"R F M" cannot name a score.'
    )
    assert own.run("score", "runs", "rfm").complaint == ('There is no score "rfm".', "None is loaded yet.")


def test_commands_print_what_to_know_of_a_segment(own: Shell) -> None:
    own.run("score", "load", own.file("rfm.csv", RUN), "--name", "rfm", "--scored-on", "2024-12-01")
    own.run("segment", "save", own.file("lost.yaml", LOST))
    assert own.run("segment", "count", "lost", *DAY, "--json").json["notes"] == [NOTE]
    counted = own.run("segment", "count", "lost", *DAY).out
    assert f"Score rfm of 2024-12-01, 30 days old\nNote: {NOTE}\n" in counted
    assert own.run("segment", "validate", "lost", *DAY, "--json").json["notes"] == [NOTE]
    assert own.run("segment", "validate", "lost", *DAY).out.endswith(f"Note: {NOTE}\n")
    preview = own.run("segment", "preview", "lost", *DAY, "--columns", "contact_no,score.rfm.recency", "--json")
    assert preview.json["members"] == [{"contact_no": "C2", "score.rfm.recency": 2.5}]
    assert preview.err == f"Note: {NOTE}\n"
    exported = own.run("segment", "export", "lost", "lost.csv", *DAY)
    assert (exported.code, exported.err) == (0, f"Note: {NOTE}\n")
    assert own.run("segment", "count", "in-prague", *DAY, "--json").json["notes"] == []


@pytest.fixture(scope="module")
def customers(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shop of three kinds of customers, whose scores the tests compute."""
    folder: Path = tmp_path_factory.mktemp("customers")
    kinds(at=folder / "kinds.duckdb").setup.set("as_of", LAST_DAY)
    return Shell(folder, folder / "kinds.duckdb")


def test_a_score_is_computed_shown_and_made_a_segment(customers: Shell) -> None:
    told = ("--set", "count=3", "--set", "resamples=2", "--set", "features=[basket_count, sales_value]")
    preview = customers.run("score", "run", "groups", "--method", "clusters", *told, "--dry-run")
    assert preview.out.startswith("groups, clusters as of 2026-06-30: 120 contacts. Would be kept, from revision ")
    assert customers.run("score", "list", "--json").json == []
    ran = customers.run("score", "run", "groups", "--method", "clusters", *told, "--json").json
    assert (ran["is_written"], ran["parameters"]["features"]) == (True, ["basket_count", "sales_value"])
    assert customers.run("score", "show", "groups", "--json").json == ran
    assert "Segments to make of it: score segment" in customers.run("score", "show", "groups").out
    rows = customers.run("score", "show", "groups", "--rows", "--json").json
    assert (len(rows), set(rows[0])) == (120, {"contact_id", "cluster", "rule", "is_as_ruled", "centrality"})
    (listed,) = customers.run("score", "list", "--as-of", "2026-07-02", "--json").json
    assert (listed["age_days"], listed["runs"][0]["method"]) == (2, "clusters")
    assert "stability 1, silhouette" in customers.run("score", "list").out
    made = customers.run("score", "segment", "groups", "Cluster 1", "--save-as", "first group").out
    assert made.startswith("Saved the segment first group: ")
    assert customers.run("segment", "count", "first group", "--json").json["total"] > 0


def test_ways_to_score_are_told_and_wrong_options_refused(customers: Shell) -> None:
    assert "clusters" in customers.run("score", "methods").out
    (one,) = customers.run("score", "methods", "clusters", "--json").json
    assert one["options"]["resamples"]["description"] == "Bootstrap samples that stability is judged by."
    assert "How many clusters; chosen" in customers.run("score", "methods", "clusters").out
    assert customers.run("score", "run", "clusters", "--set", "cuont=3").complaint == (
        'clusters has no option "cuont".', 'Did you mean "count"?',
    )  # fmt: skip
    assert "no YAML" in customers.run("score", "run", "clusters", "--set", "features=[a").err
    assert customers.run("score", "methods", "cluster").complaint[0] == ('There is no way to score called "cluster".')
