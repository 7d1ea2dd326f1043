"""Answers given by hand: to which questions, for whom, and what follows for ratings."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.questionnaire_world import DAY, abc, asked, profile, store
from workbench.errors import ConflictError, NotFoundError, RuleError


@pytest.fixture
def bench() -> wb.Workbench:
    """Leads are asked for the place (10000: 20000, 30000) and for interests, of which they may have several
    (40000: 50000, 60000)."""
    opened = store()
    opened.questionnaires.save("LEADS", description="Leads", priority="high")
    asked(opened, "LEADS", "Where?", "Here", "There")
    asked(opened, "LEADS", "Interests?", "Art", "Sport", has_multiple_answers=True)
    return opened


def give(bench: wb.Workbench, contact_no: str, *lines: int, code: str = "LEADS", on: dt.date = DAY) -> None:
    for line_no in lines:
        bench.questionnaires.answer(contact_no, code, line_no, on)


def test_an_answer_carries_texts_priorities_and_its_day(bench: wb.Workbench) -> None:
    receipt = bench.questionnaires.answer("CT1", "LEADS", 20000, DAY)
    assert (receipt.question, receipt.answer, len(receipt.rated), receipt.is_written) == ("Where?", "Here", 0, True)
    (answer,) = bench.questionnaires.answers("CT1")
    assert (answer.questionnaire_code, answer.line_no, answer.question, answer.answer) == (
        "LEADS", 20000, "Where?", "Here"
    )  # fmt: skip
    assert (answer.questionnaire_priority, answer.answer_priority, answer.updated_on) == ("high", "normal", DAY)
    assert bench.questionnaires.get("LEADS").line(20000).contact_count == 1


def test_segments_ask_for_answers(bench: wb.Workbench) -> None:
    give(bench, "CT1", 20000)
    rule = {"related": "profile_answer", "where": {"field": "answer", "op": "is", "value": "Here"}}
    assert list(bench.segments.members({"steps": [{"add": rule}]}, DAY)["contact_no"]) == ["CT1"]


def test_a_second_answer_is_refused_without_multiple_answers(bench: wb.Workbench) -> None:
    give(bench, "CT1", 20000)
    with pytest.raises(RuleError, match=r'"Where\?" allows one answer, and CT1 has "Here". Take that away first'):
        give(bench, "CT1", 30000)
    give(bench, "CT2", 30000)
    assert profile(bench, "CT1") == ["Here"]


def test_several_answers_are_taken_with_multiple_answers(bench: wb.Workbench) -> None:
    give(bench, "CT1", 50000, 60000)
    assert profile(bench, "CT1") == ["Art", "Sport"]


def test_the_same_answer_twice_is_refused(bench: wb.Workbench) -> None:
    give(bench, "CT1", 50000)
    with pytest.raises(ConflictError, match=r'CT1 has the answer "Art" already'):
        give(bench, "CT1", 50000)


def test_only_answers_are_given(bench: wb.Workbench) -> None:
    with pytest.raises(RuleError, match=r'"Where\?" is a question. Name the line of one of its answers'):
        give(bench, "CT1", 10000)
    with pytest.raises(NotFoundError, match=r"LEADS has no line 5"):
        give(bench, "CT1", 5)
    with pytest.raises(NotFoundError, match=r'There is no contact "CT9"'):
        give(bench, "CT9", 20000)


def test_what_figures_or_points_answer_is_not_answered_by_hand(bench: wb.Workbench) -> None:
    abc(bench)
    for work in (bench.questionnaires.answer, bench.questionnaires.unanswer):
        with pytest.raises(RuleError, match=r'"ABC classification" is answered automatically. Run the questionnaire'):
            work("CT1", "ABC", 20000, DAY)


def test_minors_are_not_profiled_but_contacts_with_blocked_privacy_are(bench: wb.Workbench) -> None:
    with pytest.raises(RuleError, match=r"CT5 is a minor, and minors are not profiled"):
        give(bench, "CT5", 20000)
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["CT1"], "is_privacy_blocked": [True]}))
    give(bench, "CT1", 20000)
    assert profile(bench, "CT1") == ["Here"]


def test_an_answer_is_taken_away(bench: wb.Workbench) -> None:
    give(bench, "CT1", 50000, 60000)
    assert not bench.questionnaires.unanswer("CT1", "LEADS", 50000, DAY, dry_run=True).is_written
    bench.questionnaires.unanswer("CT1", "LEADS", 50000, DAY)
    assert profile(bench, "CT1") == ["Sport"]
    with pytest.raises(NotFoundError, match=r'CT1 has not given the answer "Art"'):
        bench.questionnaires.unanswer("CT1", "LEADS", 50000, DAY)


def modified(bench: wb.Workbench, contact_no: str) -> object:
    with bench.database.reading() as con:
        query = "SELECT last_modified_at FROM contact WHERE contact_no = ?"
        return con.execute(query, [contact_no]).fetchall()[0][0]


def test_each_change_of_a_profile_is_a_change_of_the_contact(bench: wb.Workbench) -> None:
    before = [modified(bench, "CT1"), modified(bench, "CT2")]
    give(bench, "CT1", 20000)
    between = modified(bench, "CT1")
    bench.questionnaires.unanswer("CT1", "LEADS", 20000, DAY)
    assert len({before[0], between, modified(bench, "CT1")}) == 3
    assert modified(bench, "CT2") == before[1]


def test_a_preview_of_an_answer_writes_nothing(bench: wb.Workbench) -> None:
    before = modified(bench, "CT1")
    assert not bench.questionnaires.answer("CT1", "LEADS", 20000, DAY, dry_run=True).is_written
    assert profile(bench, "CT1") == []
    assert modified(bench, "CT1") == before


def offered(bench: wb.Workbench, contact_no: str) -> set[str]:
    return {one.questionnaire_code for one in bench.questionnaires.questions_for(contact_no)}


def test_a_questionnaire_is_offered_by_contact_type(bench: wb.Workbench) -> None:
    for code, kind in (("C", "companies"), ("P", "people")):
        bench.questionnaires.save(code, contact_type=kind)
        asked(bench, code, "Why?", "So")
    assert offered(bench, "CO1") == {"LEADS", "C"}
    assert offered(bench, "CT1") == {"LEADS", "P"}
    with pytest.raises(RuleError, match=r"C is not for CT1. Its contact type or business relation does not fit"):
        give(bench, "CT1", 20000, code="C")


def relate(bench: wb.Workbench, *contacts: str) -> None:
    rows = pd.DataFrame({"contact_no": contacts, "business_relation_code": "PRESS"})
    assert bench.sources.load("business_relation", rows).rejected == 0


def test_a_questionnaire_is_offered_by_a_business_relation_of_the_company(bench: wb.Workbench) -> None:
    relate(bench, "CO1", "CT3", "CT4")
    bench.questionnaires.save("PRESS", business_relation_code="PRESS")
    asked(bench, "PRESS", "Why?", "So")
    assert {no for no in ("CO1", "CO2", "CT1", "CT3") if "PRESS" in offered(bench, no)} == {"CO1", "CT1"}
    # somebody without a company stands for herself
    assert "PRESS" in offered(bench, "CT4")


def test_a_questionnaire_that_was_answered_stays_offered(bench: wb.Workbench) -> None:
    give(bench, "CT1", 20000)
    bench.questionnaires.save("LEADS", contact_type="companies")
    assert "LEADS" in offered(bench, "CT1")
    assert "LEADS" not in offered(bench, "CT2")


def test_an_offer_tells_the_choices_and_which_are_given(bench: wb.Workbench) -> None:
    give(bench, "CT1", 20000)
    offer = bench.questionnaires.questions_for("CT1")
    first, second = offer
    assert [(one.line_no, one.answer, one.is_given) for one in first.choices] == [
        (20000, "Here", True), (30000, "There", False)
    ]  # fmt: skip
    assert (first.questionnaire, first.is_auto, second.has_multiple_answers) == ("Leads", False, True)
    assert (offer.is_minor, bench.questionnaires.questions_for("CT5").is_minor) == (False, True)


def test_a_profile_is_sorted_by_priority_and_hides_the_very_low(bench: wb.Workbench) -> None:
    bench.questionnaires.save_line("LEADS", 20000, priority="very_low")
    bench.questionnaires.save_line("LEADS", 60000, priority="very_high")
    give(bench, "CT1", 20000, 50000, 60000)
    found = bench.questionnaires.answers("CT1")
    assert [(one.answer, one.is_hidden) for one in found] == [("Sport", False), ("Art", False), ("Here", True)]


@pytest.fixture
def rated(bench: wb.Workbench) -> wb.Workbench:
    """Potential (10000) is high from 5 points; Rank (40000) is top with a high potential. Half must be answered."""
    bench.questionnaires.save("RATE", priority="very_high")
    auto = {"is_auto_classified": True, "contact_class_field": "rating"}
    asked(bench, "RATE", "Potential", "High", "Low", **auto)
    asked(bench, "RATE", "Rank", "Top", **auto)
    bench.questionnaires.save_line("RATE", 10000, min_answered_rate=0.5)
    bench.questionnaires.save_line("RATE", 20000, from_value=5)
    bench.questionnaires.save_line("RATE", 30000, to_value=4)
    bench.questionnaires.save_line("RATE", 50000, from_value=1)
    for line_no, points in ((20000, 3), (50000, 4), (60000, -1)):
        bench.questionnaires.save_rating("RATE", 10000, "LEADS", line_no, points)
    bench.questionnaires.save_rating("RATE", 40000, "RATE", 20000, 1)
    return bench


def test_an_answer_rates_the_contact_anew_and_ratings_of_ratings_too(rated: wb.Workbench) -> None:
    first = rated.questionnaires.answer("CT1", "LEADS", 20000, dt.date(2019, 1, 1))
    assert first.rated[["question", "points", "answered_rate", "answer"]].to_numpy().tolist() == [
        ["Potential", 3.0, 0.5, "Low"], ["Rank", 0.0, 1.0, ""]
    ]  # fmt: skip
    second = rated.questionnaires.answer("CT1", "LEADS", 50000, dt.date(2019, 1, 5))
    assert second.rated["answer"].tolist() == ["High", "Top"]
    assert profile(rated, "CT1") == ["High", "Top", "Here", "Art"]
    # of the oldest answer that was used
    assert {one.updated_on for one in rated.questionnaires.answers("CT1") if one.questionnaire_code == "RATE"} == {
        dt.date(2019, 1, 1)
    }
    rated.questionnaires.unanswer("CT1", "LEADS", 20000, dt.date(2019, 1, 6))
    assert profile(rated, "CT1") == ["Low", "Art"]


def test_a_preview_of_an_answer_rates_as_the_answer_does(rated: wb.Workbench) -> None:
    give(rated, "CT1", 20000)
    planned = rated.questionnaires.answer("CT1", "LEADS", 50000, DAY, dry_run=True)
    assert profile(rated, "CT1") == ["Low", "Here"]
    done = rated.questionnaires.answer("CT1", "LEADS", 50000, DAY)
    assert planned.rated.equals(done.rated)
    planned = rated.questionnaires.unanswer("CT1", "LEADS", 50000, DAY, dry_run=True)
    done = rated.questionnaires.unanswer("CT1", "LEADS", 50000, DAY)
    assert planned.rated.equals(done.rated)
    assert done.rated["answer"].tolist() == ["Low", ""]


def test_who_has_answered_too_little_has_no_rating(rated: wb.Workbench) -> None:
    give(rated, "CT1", 50000)
    rated.questionnaires.save_line("RATE", 10000, min_answered_rate=1)
    receipt = rated.questionnaires.answer("CT1", "LEADS", 60000, DAY)
    assert receipt.rated.iloc[0]["answer"] == ""
    assert profile(rated, "CT1") == ["Art", "Sport"]


def test_other_contacts_keep_their_ratings(rated: wb.Workbench) -> None:
    give(rated, "CT2", 20000, 50000)
    give(rated, "CT1", 20000)
    assert profile(rated, "CT2") == ["High", "Top", "Here", "Art"]
