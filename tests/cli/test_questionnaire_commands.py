"""The commands about profile questionnaires."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbench as wb
from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")
SAMPLE = Path(__file__).parents[2] / "data" / "questionnaires"


@pytest.fixture
def kept(own: Shell) -> Shell:
    """A store with the questionnaire NEWS: how many letters (figures answer) and which topics (people do)."""
    store = wb.open(own.store).questionnaires
    store.save("NEWS", description="Letters", contact_type="people")
    store.save_line(
        "NEWS", type="question", description="How many?", is_auto_classified=True, starting_date_formula="-1M",
        ending_date_formula="t", contact_class_field="interaction_quantity",
    )  # fmt: skip
    store.save_line("NEWS", type="answer", description="Some", from_value=1)
    store.save_line("NEWS", type="question", description="Topics?")
    store.save_line("NEWS", type="answer", description="Art")
    return own


def test_questionnaires_and_lines_are_made(own: Shell) -> None:
    made = own.run("questionnaire", "new", "NEWS", "--set", "description=Letters")
    assert made.out == "NEWS: Made: description=Letters.\n"
    line = own.run("questionnaire", "line", "NEWS", "--set", "type=question", "--set", "description=Topics?", "--json")
    assert (line.json["line_no"], line.json["is_new"]) == (10000, True)


def test_lines_say_what_is_different_now(kept: Shell) -> None:
    done = kept.run("questionnaire", "line", "NEWS", "10000", "--set", "classification_method=percentage_of_value")
    assert done.out == ("NEWS 10000: Changed: classification_method=percentage_of_value, sorting_method=descending.\n")
    planned = kept.run("questionnaire", "new", "NEWS", "--set", "priority=high", "--dry-run")
    assert planned.out == "NEWS: Would be changed: priority=high.\n"


def test_a_run_counts_contacts_for_each_answer(kept: Shell) -> None:
    planned = kept.run("questionnaire", "run", "NEWS", "--dry-run", *DAY, "--json").json
    assert planned["answers"][0]["contact_count"] == 2
    done = kept.run("questionnaire", "run", "NEWS", *DAY).out.splitlines()
    assert done[0] == "Classified as of 2024-12-31."
    assert done[2].split() == ["NEWS", "How", "many?", "Some", "2", "0"]
    shown = kept.run("questionnaire", "show", "NEWS").out.splitlines()
    assert shown[0] == "NEWS: Letters, people, priority normal"
    assert shown[3].split() == ["20000", "answer", "Some", "1", "2"]
    assert kept.run("questionnaire", "list", "--json").json[0]["contact_count"] == 2


def test_answers_are_given_shown_and_taken_away(kept: Shell) -> None:
    assert kept.run("questionnaire", "answer", "C2", "NEWS", "40000", *DAY).out == "Answered: Topics? Art\n"
    assert [one["answer"] for one in kept.run("questionnaire", "profile", "C2", "--json").json] == ["Art"]
    offered = kept.run("questionnaire", "profile", "C2", "--offered", "--json").json
    assert [(one["answer"], one["is_given"]) for one in offered] == [("Some", False), ("Art", True)]
    refused = kept.run("questionnaire", "answer", "C2", "NEWS", "20000", *DAY)
    assert (refused.code, refused.complaint[0]) == (1, '"How many?" is answered automatically.')
    assert kept.run("questionnaire", "unanswer", "C2", "NEWS", "40000", *DAY, "--json").json["is_written"]
    assert kept.run("questionnaire", "profile", "C2", "--json").json == []


def test_ratings_are_made_of_points(kept: Shell) -> None:
    store = wb.open(kept.store).questionnaires
    store.save_line("NEWS", type="question", description="Rank", is_auto_classified=True, contact_class_field="rating")
    store.save_line("NEWS", type="answer", description="Top", from_value=2)
    done = kept.run("questionnaire", "rate", "NEWS", "50000", "NEWS", "40000", "2")
    assert done.out == "NEWS 50000: Made: points=2.0.\n"
    answered = kept.run("questionnaire", "answer", "C2", "NEWS", "40000", *DAY).out.splitlines()
    assert answered[2].split() == ["NEWS", "50000", "Rank", "2", "1", "Top"]
    assert kept.run("questionnaire", "rate", "NEWS", "50000", "NEWS", "40000", "-5").code == 0
    gone = kept.run("questionnaire", "rate", "NEWS", "50000", "NEWS", "40000", "--remove", "--json").json
    assert gone["rating_count"] == 1


def test_what_is_missing_is_told_and_lines_are_deleted(kept: Shell) -> None:
    assert kept.run("questionnaire", "test", "NEWS").out == "Nothing is missing.\n"
    assert kept.run("questionnaire", "delete", "NEWS", "40000").out == "Deleted: lines 1, points 0.\n"
    warnings = kept.run("questionnaire", "test", "--json").json
    assert [(one["line_no"], one["warning"]) for one in warnings] == [("30000", "It has no answers.")]
    assert kept.run("questionnaire", "delete", "NEWS", "--dry-run").out == "Would be deleted: lines 3, points 0.\n"
    assert kept.run("questionnaire", "delete", "NEWS", "--json").json["line_count"] == 3


def test_a_handout_is_printed(kept: Shell) -> None:
    assert kept.run("questionnaire", "handout", "NEWS").out == "Letters\n\nTopics? (one only)\n[ ] Art\n"
    lines = kept.run("questionnaire", "handout", "NEWS", "--with-classification", "--json").json["lines"]
    assert len(lines) == 4


def test_the_sample_classifies_the_households_of_the_demo(journey_copy: Path, tmp_path: Path) -> None:
    """Fifths and halves of 2,469 households; the figures themselves are those that the data have."""
    shell = Shell(tmp_path, journey_copy)
    for table, file in (("questionnaire", "questionnaires"), ("questionnaire_line", "lines"),
                        ("questionnaire_rating", "ratings")):  # fmt: skip
        loaded = shell.run("load", table, SAMPLE / f"{file}.csv", "--json").json
        assert (loaded["rejected"], loaded["new"] > 0) == (0, True)
    assert shell.run("questionnaire", "test", "HOUSEHOLDS").out == "Nothing is missing.\n"
    done = shell.run("questionnaire", "run", "HOUSEHOLDS", "--as-of", "2018-01-01", "--json").json
    counts = {row["answer"]: row["contact_count"] for row in done["answers"]}
    abc = [counts[name] for name in counts if name[1:2] == ":"]
    assert abc == [493, 741, 1235]
    totals = {row["figure"]: (row["population"], row["since"], row["until"]) for row in done["questions"]}
    assert totals["sales_amount"] == (2469, "2017-01-01", "2017-12-31")
    assert counts["Gold"] > 0
    assert sum(counts[name] for name in ("Gold", "Silver", "Bronze")) == 2469
