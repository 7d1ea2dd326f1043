"""Runs of automatic classification: whose figures, over which days, who gets the answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from pipelines import class_figures, class_totals
from tests.use_cases.questionnaire_world import CONTACTS, DAY, abc, asked, profile, profiles, sell, store
from workbench.errors import NotFoundError, RuleError


@pytest.fixture
def bench() -> wb.Workbench:
    return store()


def run(bench: wb.Workbench, code: str | None = "ABC", on: dt.date = DAY) -> dict[str, str]:
    bench.questionnaires.run(code, on)
    return profiles(bench)


def test_people_s_sales_classify_their_company_which_hands_the_answer_on(bench: wb.Workbench) -> None:
    sell(
        bench, ("CT1", "2018-03-01", 300_000), ("CT2", "2018-04-01", 200_000), ("CO2", "2018-05-01", 150_000),
        ("CT4", "2018-06-01", 10),
    )  # fmt: skip
    abc(bench)
    assert run(bench) == {"CO1": "A", "CT1": "A", "CT2": "A", "CO2": "B", "CT3": "B", "CT4": "C"}


def test_a_questionnaire_for_companies_marks_companies_only(bench: wb.Workbench) -> None:
    sell(bench, ("CT1", "2018-03-01", 300_000), ("CT4", "2018-06-01", 10))
    abc(bench)
    bench.questionnaires.save("ABC", contact_type="companies")
    assert run(bench) == {"CO1": "B"}


def test_a_questionnaire_for_people_skips_companies_but_their_people_get_the_answer(bench: wb.Workbench) -> None:
    sell(bench, ("CO1", "2018-03-01", 300_000), ("CT4", "2018-06-01", 10))
    abc(bench)
    bench.questionnaires.save("ABC", contact_type="people")
    assert run(bench) == {"CT1": "B", "CT2": "B", "CT4": "C"}


def test_only_days_of_the_period_count(bench: wb.Workbench) -> None:
    sell(
        bench, ("CT4", "2017-12-31", 900_000), ("CT4", "2018-01-01", 60_000), ("CT4", "2018-12-31", 60_000),
        ("CT4", "2019-01-01", 900_000),
    )  # fmt: skip
    abc(bench)
    assert run(bench) == {"CT4": "B"}
    figures = bench.questionnaires.run("ABC", DAY).figures
    assert figures[["contact_no", "figure"]].to_numpy().tolist() == [["CT4", 120_000.0]]


def test_what_happens_after_the_day_of_the_run_is_not_there(bench: wb.Workbench) -> None:
    sell(bench, ("CT4", "2019-01-01", 60_000), ("CT4", "2019-01-02", 900_000), ("CT3", "2019-01-02", 1))
    abc(bench, starting_date_formula="-CY", ending_date_formula="CY")
    receipt = bench.questionnaires.run("ABC", DAY)
    assert receipt.questions[["since", "until", "population", "total"]].to_numpy().tolist() == [
        [dt.date(2019, 1, 1), dt.date(2019, 12, 31), 1, 60_000.0]
    ]  # fmt: skip


def test_customers_are_linked_contacts_and_contacts_with_sales(bench: wb.Workbench) -> None:
    """A link without a number is none; a linked customer who bought nothing has the figure 0."""
    rows = [("CO2", "customer", "C10"), ("CO1", "customer", None), ("CT4", "vendor", "V10")]
    frame = pd.DataFrame(rows, columns=["contact_no", "link_to_table", "linked_no"])
    bench.sources.load("business_relation", frame.assign(business_relation_code="ANY"))
    sell(bench, ("CT4", "2015-01-01", 5))
    abc(bench)
    figures = bench.questionnaires.run("ABC", DAY).figures
    assert figures[["contact_no", "figure"]].to_numpy().tolist() == [["CO2", 0.0], ["CT4", 0.0]]
    assert profiles(bench) == {"CO2": "C", "CT3": "C", "CT4": "C"}


def test_vendors_are_classified_by_purchases(bench: wb.Workbench) -> None:
    sell(bench, ("CT1", "2018-03-01", 500_000), table="purchase_entry")
    sell(bench, ("CT4", "2018-03-01", 500_000))
    abc(bench, customer_class_field=None, vendor_class_field="purchase_amount")
    assert run(bench) == {"CO1": "A", "CT1": "A", "CT2": "A"}


def test_a_business_relation_of_the_company_limits_who_is_classified(bench: wb.Workbench) -> None:
    sell(bench, ("CT1", "2018-03-01", 1), ("CT3", "2018-03-01", 1), ("CT4", "2018-03-01", 1))
    relation = pd.DataFrame({"contact_no": ["CO2", "CT4", "CT1"], "business_relation_code": "PROS"})
    bench.sources.load("business_relation", relation)
    abc(bench)
    bench.questionnaires.save("ABC", business_relation_code="PROS")
    assert run(bench) == {"CO2": "C", "CT3": "C", "CT4": "C"}


def test_minors_are_left_out_and_the_receipt_says_so(bench: wb.Workbench) -> None:
    sell(bench, ("CT5", "2018-03-01", 500_000))
    abc(bench)
    assert run(bench) == {"CO1": "A", "CT1": "A", "CT2": "A"}
    notes = bench.questionnaires.run("ABC", DAY, dry_run=True).notes
    assert notes == ("Minors are not profiled, so they were left out: 1.",)


def test_answers_of_earlier_runs_go_first_and_others_stay(bench: wb.Workbench) -> None:
    sell(bench, ("CT4", "2018-03-01", 500_000), ("CT4", "2019-03-01", 100_000))
    abc(bench)
    asked(bench, "ABC", "Where?", "Here")
    bench.questionnaires.answer("CT4", "ABC", 60000, DAY)
    assert run(bench) == {"CT4": "AHere"}
    later = bench.questionnaires.run("ABC", dt.date(2020, 1, 1))
    assert profiles(bench) == {"CT4": "BHere"}
    assert later.answers[["answer", "contact_count", "before_count"]].to_numpy().tolist() == [
        ["A", 0, 1], ["B", 1, 0], ["C", 0, 0]
    ]  # fmt: skip


def test_an_answer_of_a_run_carries_priorities_texts_and_the_day(bench: wb.Workbench) -> None:
    sell(bench, ("CT4", "2018-03-01", 5))
    abc(bench)
    bench.questionnaires.save("ABC", priority="low")
    bench.questionnaires.save_line("ABC", 40000, priority="very_high")
    bench.questionnaires.run("ABC", DAY)
    (answer,) = bench.questionnaires.answers("CT4")
    assert (answer.question, answer.answer, answer.updated_on) == ("ABC classification", "C", DAY)
    assert (answer.questionnaire_priority, answer.answer_priority) == ("low", "very_high")


def test_a_preview_tells_the_same_and_writes_nothing(bench: wb.Workbench) -> None:
    sell(bench, ("CT1", "2018-03-01", 300_000), ("CT4", "2018-06-01", 10))
    abc(bench)
    planned = bench.questionnaires.run("ABC", DAY, dry_run=True)
    assert profiles(bench) == {}
    done = bench.questionnaires.run("ABC", DAY)
    assert (planned.is_written, done.is_written) == (False, True)
    pd.testing.assert_frame_equal(planned.answers, done.answers)
    pd.testing.assert_frame_equal(planned.figures, done.figures)
    counts = {row["answer"]: row["contact_count"] for row in done.to_dict()["answers"]}
    assert counts == {"A": 0, "B": 3, "C": 1}
    assert {line.text: line.contact_count for line in bench.questionnaires.get("ABC").lines[1:]} == counts


def test_a_run_again_changes_nothing(bench: wb.Workbench) -> None:
    sell(bench, ("CT1", "2018-03-01", 300_000), ("CT4", "2018-06-01", 10))
    abc(bench)
    assert run(bench) == run(bench)


def test_all_questionnaires_run_at_once(bench: wb.Workbench) -> None:
    sell(bench, ("CT4", "2018-03-01", 5))
    abc(bench)
    abc(bench, "XYZ")
    assert run(bench, None) == {"CT4": "CC"}
    assert run(bench, "XYZ") == {"CT4": "CC"}


def test_a_run_without_automatic_questions_says_so(bench: wb.Workbench) -> None:
    bench.questionnaires.save("EMPTY")
    assert bench.questionnaires.run("EMPTY", DAY).notes == ("No question is classified automatically.",)
    with pytest.raises(NotFoundError, match=r'There is no questionnaire "EMPTYS". Did you mean "EMPTY"'):
        bench.questionnaires.run("EMPTYS", DAY)


LOADED: dict[str, Any] = {
    "questionnaire_code": "ABC", "line_no": 10000, "type": "question", "description": "ABC classification",
    "is_auto_classified": True, "customer_class_field": "sales_amount", "starting_date_formula": "-1Y",
    "ending_date_formula": "-1D", "classification_method": "percentage_of_value", "sorting_method": "descending",
}  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "complaint"),
    [
        ("customer_class_field", "has no figure to classify by"),
        ("starting_date_formula", "has no starting_date_formula"),
        ("ending_date_formula", "has no ending_date_formula"),
        ("classification_method", "has no classification_method"),
        ("sorting_method", "has no sorting_method"),
    ],
)
def test_a_question_that_lacks_something_stops_the_run(bench: wb.Workbench, missing: str, complaint: str) -> None:
    """Files bring lines as they are; whatever is missing is found before anything is written."""
    sell(bench, ("CT4", "2018-03-01", 5))
    abc(bench)
    before = run(bench)
    bench.questionnaires.save_line("ABC", 10000, classification_method="percentage_of_value")
    line = {name: value for name, value in LOADED.items() if name != missing} | {missing: ""}
    with bench.database.writing() as con:
        con.execute("DELETE FROM questionnaire_line WHERE line_no = 10000")
    assert bench.sources.load("questionnaire_line", pd.DataFrame([line])).rejected == 0
    with pytest.raises(RuleError, match=f'"ABC classification" of ABC {complaint}. `workbench questionnaire test`'):
        bench.questionnaires.run("ABC", DAY)
    assert profiles(bench) == before


def test_an_end_before_the_start_stops_the_run(bench: wb.Workbench) -> None:
    abc(bench, starting_date_formula="-1D", ending_date_formula="-2D")
    with pytest.raises(RuleError, match=r"would end on 2018-12-30, before it begins on 2018-12-31\. Change starting"):
        bench.questionnaires.run("ABC", DAY)


def test_percentage_of_contacts_ranks_and_equals_are_told(bench: wb.Workbench) -> None:
    sell(bench, ("CO1", "2018-03-01", 5), ("CO2", "2018-03-01", 5), ("CT4", "2018-03-01", 9))
    bench.questionnaires.save("TOP", contact_type="companies")
    question: dict[str, Any] = {
        "is_auto_classified": True, "customer_class_field": "sales_amount", "starting_date_formula": "-1Y",
        "ending_date_formula": "-1D", "classification_method": "percentage_of_contacts",
    }  # fmt: skip
    asked(bench, "TOP", "Half", "First", "Second", **question)
    bench.questionnaires.save_line("TOP", 20000, to_value=50)
    bench.questionnaires.save_line("TOP", 30000, from_value=51)
    receipt = bench.questionnaires.run("TOP", DAY)
    assert (profile(bench, "CO2"), profile(bench, "CO1")) == (["First"], ["Second"])
    assert receipt.notes[-1] == (
        '"Half": contacts with the same figure but another answer, ranked by their numbers: 2.'
    )
    bench.questionnaires.save_line("TOP", 10000, sorting_method="ascending")
    bench.questionnaires.run("TOP", DAY)
    assert (profile(bench, "CO1"), profile(bench, "CO2")) == (["First"], ["Second"])


def interact(bench: wb.Workbench, *contacts: str, **more: Any) -> None:
    frame = pd.DataFrame({"contact_no": contacts}).assign(occurred_at="2018-05-01T12:00:00Z", **more)
    frame["interaction_no"] = [f"{no}-{at}-{sorted(more)}" for at, no in enumerate(contacts)]
    assert bench.sources.load("interaction", frame).rejected == 0


def contact_question(bench: wb.Workbench, figure: str, *, least: float = 1) -> None:
    question = {
        "is_auto_classified": True, "contact_class_field": figure, "starting_date_formula": "-1Y",
        "ending_date_formula": "-1D",
    }  # fmt: skip
    bench.questionnaires.save("ACT")
    asked(bench, "ACT", figure, "X", **question)
    bench.questionnaires.save_line("ACT", 20000, from_value=least)


def test_contacts_are_classified_each_by_its_own_a_company_by_those_of_its_people(bench: wb.Workbench) -> None:
    interact(bench, "CT1", "CT2", "CT2", "CT4")
    interact(bench, "CT1", "CT1", is_canceled=True)
    interact(bench, "CT1", "CT1", is_postponed=True)
    contact_question(bench, "interaction_quantity", least=2)
    assert run(bench, "ACT") == {"CO1": "X", "CT2": "X"}
    figures = bench.questionnaires.run("ACT", DAY).figures.set_index("contact_no")["figure"].to_dict()
    assert figures == {"CO1": 3, "CO2": 0, "CT1": 1, "CT2": 2, "CT3": 0, "CT4": 1, "CT5": 0}


def test_a_questionnaire_for_people_ranks_people_only_where_their_own_figures_count(bench: wb.Workbench) -> None:
    interact(bench, "CT1", "CT2")
    contact_question(bench, "interaction_quantity")
    bench.questionnaires.save("ACT", contact_type="people")
    assert set(bench.questionnaires.run("ACT", DAY).figures["contact_no"]) == {"CT1", "CT2", "CT3", "CT4", "CT5"}


def test_opportunities_won_are_a_share_of_those_won_and_lost(bench: wb.Workbench) -> None:
    rows = [("CT1", "won"), ("CT1", "lost"), ("CT2", "won"), ("CT2", "in_progress"), ("CT3", "lost")]
    frame = pd.DataFrame(rows, columns=["contact_no", "status"]).assign(estimated_close_on="2018-06-01")
    frame["opportunity_no"] = [f"O{at}" for at in range(len(frame))]
    bench.sources.load("opportunity", frame)
    contact_question(bench, "opportunity_won_percent", least=60)
    assert run(bench, "ACT") == {"CO1": "X", "CT2": "X"}


def rating_world(bench: wb.Workbench) -> None:
    """Rank (RANK) has points for ABC and for the place that people name."""
    sell(bench, ("CT4", "2018-03-01", 500_000), ("CO2", "2018-03-01", 5))
    abc(bench)
    bench.questionnaires.save("LEADS")
    asked(bench, "LEADS", "Where?", "Here", "There")
    bench.questionnaires.answer("CT4", "LEADS", 20000, dt.date(2018, 2, 1))
    bench.questionnaires.answer("CT1", "LEADS", 30000, dt.date(2018, 2, 1))
    bench.questionnaires.save("RANK")
    asked(bench, "RANK", "Rank", "Top", "Rest", is_auto_classified=True, contact_class_field="rating")
    bench.questionnaires.save_line("RANK", 20000, from_value=6)
    bench.questionnaires.save_line("RANK", 30000, from_value=1, to_value=5)
    bench.questionnaires.save_rating("RANK", 10000, "ABC", 20000, 5)
    bench.questionnaires.save_rating("RANK", 10000, "ABC", 40000, 1)
    bench.questionnaires.save_rating("RANK", 10000, "LEADS", 20000, 2)


def test_ratings_add_the_points_of_this_run_and_of_answers_given_before(bench: wb.Workbench) -> None:
    rating_world(bench)
    receipt = bench.questionnaires.run(None, DAY)
    assert profiles(bench) == {"CO2": "CRest", "CT1": "There", "CT3": "CRest", "CT4": "AHereTop"}
    ranked = receipt.figures[receipt.figures["questionnaire_code"] == "RANK"].set_index("contact_no")
    assert list(ranked.loc["CT4", ["figure", "answered_rate"]]) == [7.0, 1.0]
    assert list(ranked.loc["CT1", ["figure", "answered_rate"]]) == [0.0, 0.5]
    days = {one.answer: one.updated_on for one in bench.questionnaires.answers("CT4")}
    # the rating is as old as the oldest answer it used
    assert (days["A"], days["Top"]) == (DAY, dt.date(2018, 2, 1))


def test_a_preview_rates_with_what_the_run_would_find(bench: wb.Workbench) -> None:
    rating_world(bench)
    planned = bench.questionnaires.run(None, DAY, dry_run=True)
    pd.testing.assert_frame_equal(planned.answers, bench.questionnaires.run(None, DAY).answers)


def test_ratings_of_other_questionnaires_that_a_run_feeds_are_brought_up_to_date(bench: wb.Workbench) -> None:
    rating_world(bench)
    assert run(bench, "ABC")["CT4"] == "AHereTop"


def test_only_who_answered_enough_takes_part_in_a_rating(bench: wb.Workbench) -> None:
    rating_world(bench)
    bench.questionnaires.save_line("RANK", 10000, min_answered_rate=1)
    receipt = bench.questionnaires.run(None, DAY)
    assert list(receipt.figures[receipt.figures["questionnaire_code"] == "RANK"]["contact_no"]) == ["CT4"]


def test_ratings_of_ratings_are_evaluated_leaf_first_whatever_their_order(bench: wb.Workbench) -> None:
    rating_world(bench)
    bench.questionnaires.save("AAA")
    asked(bench, "AAA", "Above", "Yes", is_auto_classified=True, contact_class_field="rating")
    bench.questionnaires.save_line("AAA", 20000, from_value=1)
    bench.questionnaires.save_rating("AAA", 10000, "RANK", 20000, 3)
    assert run(bench, None)["CT4"] == "AHereTopYes"


def test_ratings_that_a_file_lets_wait_for_each_other_stop_the_run(bench: wb.Workbench) -> None:
    rating_world(bench)
    bench.questionnaires.save("AAA")
    asked(bench, "AAA", "Above", "Yes", is_auto_classified=True, contact_class_field="rating")
    names = ["questionnaire_code", "line_no", "rated_questionnaire_code", "rated_line_no", "points"]
    rows = [("AAA", 10000, "RANK", 20000, 1), ("RANK", 10000, "AAA", 20000, 1)]
    assert bench.sources.load("questionnaire_rating", pd.DataFrame(rows, columns=names)).rejected == 0
    with pytest.raises(RuleError, match=r"Ratings would wait for each other: (Above -> Rank|Rank -> Above)"):
        bench.questionnaires.run(None, DAY)
    assert "A" not in profile(bench, "CT4")


COMPANIES = pd.Series({no: company for no, _, company, _ in CONTACTS})
entry = st.tuples(
    st.sampled_from([no for no, *_ in CONTACTS]),
    st.dates(dt.date(2017, 12, 25), dt.date(2019, 1, 7)),
    st.sampled_from(["D1", "D2", "D3", None]),
    st.decimals(-50, 500, places=2).map(float),
    st.decimals(0, 50, places=2).map(float),
    st.one_of(st.none(), st.dates(dt.date(2018, 1, 1), dt.date(2019, 1, 20))),
)
FIGURES = (
    "sales_amount", "profit_amount", "sales_frequency", "average_invoice_amount", "discount_percent",
    "average_overdue_days",
)  # fmt: skip


@pytest.fixture(scope="module")
def lasting() -> wb.Workbench:
    """A store with a question for each figure of customers."""
    bench = store()
    for figure in FIGURES:
        abc(bench, figure[:20], customer_class_field=figure)
    return bench


@settings(max_examples=10)
@given(st.lists(entry, min_size=1, max_size=12))
def test_the_store_adds_up_what_frames_do(lasting: wb.Workbench, drawn: list[tuple[Any, ...]]) -> None:
    names = ["contact_no", "posted_at", "document_no", "sales_amount", "discount_amount", "closed_on"]
    frame = pd.DataFrame(drawn, columns=names).assign(due_on=dt.date(2018, 12, 20), profit_amount=1.25)
    frame["posted_at"] = pd.to_datetime(frame["posted_at"]).dt.tz_localize("UTC")
    frame["sales_entry_no"] = [f"E{at}" for at in range(len(frame))]
    with lasting.database.writing() as con:
        con.execute("DELETE FROM sales_entry")
    assert lasting.sources.load("sales_entry", frame).rejected == 0
    since, until = dt.date(2018, 1, 1), dt.date(2018, 12, 31)
    totals = class_totals.document_totals(frame, since, until, companies=COMPANIES)
    expected = class_figures.customer_figures(totals, since, until)
    found = lasting.questionnaires.run(None, DAY, dry_run=True).figures
    for figure in FIGURES:
        mine = found[found["questionnaire_code"] == figure[:20]].set_index("contact_no")["figure"]
        # who has entries outside the period only is a customer with figures of 0
        assert mine.to_dict() == expected[figure].reindex(mine.index, fill_value=0.0).to_dict()
        assert set(expected.index) <= set(mine.index)


told = st.tuples(
    st.sampled_from([no for no, *_ in CONTACTS]),
    st.dates(dt.date(2017, 12, 30), dt.date(2019, 1, 2)),
    st.decimals(0, 50, places=2).map(float),
    st.booleans(),
    st.booleans(),
)
OF_CONTACTS = ("interaction_quantity", "interaction_frequency", "average_interaction_cost")


@pytest.fixture(scope="module")
def listening() -> wb.Workbench:
    """A store with a question for figures of contacts."""
    bench = store()
    for figure in OF_CONTACTS:
        abc(bench, figure[:20], customer_class_field=None, contact_class_field=figure)
    return bench


@settings(max_examples=10)
@given(st.lists(told, min_size=1, max_size=12))
def test_the_store_adds_interactions_up_as_frames_do(listening: wb.Workbench, drawn: list[tuple[Any, ...]]) -> None:
    names = ["contact_no", "occurred_at", "cost_amount", "is_canceled", "is_postponed"]
    frame = pd.DataFrame(drawn, columns=names).assign(duration_minutes=2.5)
    frame["occurred_at"] = pd.to_datetime(frame["occurred_at"]).dt.tz_localize("UTC")
    frame["interaction_no"] = [f"I{at}" for at in range(len(frame))]
    with listening.database.writing() as con:
        con.execute("DELETE FROM interaction")
    assert listening.sources.load("interaction", frame).rejected == 0
    since, until = dt.date(2018, 1, 1), dt.date(2018, 12, 31)
    totals = class_totals.interaction_totals(frame, since, until, companies=COMPANIES)
    everybody = totals.reindex([no for no, *_ in CONTACTS], fill_value=0.0).assign(won_count=0.0, lost_count=0.0)
    expected = class_figures.contact_figures(everybody, since, until)
    found = listening.questionnaires.run(None, DAY, dry_run=True).figures
    for figure in OF_CONTACTS:
        mine = found[found["questionnaire_code"] == figure[:20]].set_index("contact_no")["figure"]
        assert mine.to_dict() == expected[figure].to_dict()
