"""Questionnaires: headers, questions and answers with their rules, points of ratings, test and handout."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.questionnaire_world import DAY, abc, asked, store
from workbench.errors import ConditionError, ConfigError, NotFoundError, RuleError


@pytest.fixture
def bench() -> wb.Workbench:
    opened = store()
    opened.questionnaires.save("LEADS", description="Leads")
    return opened


def save(bench: wb.Workbench, line_no: int | None = None, **fields: Any) -> dict[str, Any]:
    return bench.questionnaires.save_line("LEADS", line_no, **fields).changed


def question(bench: wb.Workbench, **fields: Any) -> dict[str, Any]:
    return save(bench, **{"type": "question", "description": "How much?", **fields})


def refused(bench: wb.Workbench, error: type[wb.WorkbenchError], **fields: Any) -> str:
    with pytest.raises(error) as caught:
        question(bench, **fields)
    return str(caught.value)


def test_a_header_is_made_changed_and_listed(bench: wb.Workbench) -> None:
    made = bench.questionnaires.save("CUST", description="Customers", contact_type="companies", priority="high")
    assert (made.is_new, made.is_written, made.changed["contact_type"]) == (True, True, "companies")
    again = bench.questionnaires.save("CUST", description="Customers", contact_type="")
    assert (again.is_new, again.changed) == (False, {"contact_type": None})
    frame = bench.questionnaires.list().frame().set_index("questionnaire_code")
    assert list(frame.loc["CUST", ["description", "priority", "question_count", "contact_count"]]) == [
        "Customers", "high", 0, 0
    ]  # fmt: skip
    assert bench.questionnaires.get("LEADS").priority == "normal"


def test_a_preview_of_a_header_or_line_writes_nothing(bench: wb.Workbench) -> None:
    assert not bench.questionnaires.save("CUST", dry_run=True).is_written
    assert bench.questionnaires.save_line("LEADS", type="question", description="Why?", dry_run=True).line_no == 10000
    assert [one.questionnaire_code for one in bench.questionnaires.list()] == ["LEADS"]
    assert bench.questionnaires.get("LEADS").lines == ()


def test_headers_are_checked(bench: wb.Workbench) -> None:
    with pytest.raises(ConfigError, match=r'"people!" is no value of contact_type'):
        bench.questionnaires.save("CUST", contact_type="people!")
    with pytest.raises(ConfigError, match=r'A questionnaire has no field "name"'):
        bench.questionnaires.save("CUST", name="x")
    with pytest.raises(ConfigError, match=r'"" is no code for a questionnaire. Write at most 20 signs'):
        bench.questionnaires.save(" ")
    with pytest.raises(NotFoundError, match=r'There is no business relation "CUST". Set up a business relation first'):
        bench.questionnaires.save("CUST", business_relation_code="CUST")
    with pytest.raises(NotFoundError, match=r'There is no questionnaire "LEAD". Did you mean "LEADS"'):
        bench.questionnaires.get("LEAD")


def test_lines_are_numbered_in_steps_and_put_between_others(bench: wb.Workbench) -> None:
    first = asked(bench, "LEADS", "Where?", "Here", "There")
    assert [line.line_no for line in bench.questionnaires.get("LEADS").lines] == [10000, 20000, 30000]
    between = bench.questionnaires.save_line("LEADS", after=first, type="answer", description="Nowhere")
    assert between.line_no == 15000
    last = bench.questionnaires.save_line("LEADS", after=30000, type="question", description="When?")
    assert last.line_no == 40000
    bench.questionnaires.save_line("LEADS", 15001, type="answer", description="Anywhere")
    with pytest.raises(RuleError, match=r"Between lines 15000 and 15001 there is no number left"):
        bench.questionnaires.save_line("LEADS", after=15000, type="answer", description="Elsewhere")
    with pytest.raises(NotFoundError, match=r"LEADS has no line 7. Known: 10000, 15000"):
        bench.questionnaires.save_line("LEADS", after=7, type="answer", description="Elsewhere")


def test_an_answer_needs_a_question_before_it(bench: wb.Workbench) -> None:
    with pytest.raises(RuleError, match=r'Before the answer "Yes" there is no question. Begin with a question.'):
        save(bench, type="answer", description="Yes")
    asked(bench, "LEADS", "Where?", "Here")
    with pytest.raises(RuleError, match=r'Before the answer "Yes" there is no question.'):
        save(bench, 5000, type="answer", description="Yes")


def test_a_new_line_says_what_it_is_and_has_a_text(bench: wb.Workbench) -> None:
    with pytest.raises(ConfigError, match=r"A new line is a question or an answer. Give type=question or type=answer"):
        save(bench, description="Where?")
    with pytest.raises(ConfigError, match=r"The line has no text. Give description."):
        save(bench, type="question")
    with pytest.raises(ConfigError, match=r'A questionnaire line has no field "text"'):
        save(bench, type="question", text="Where?")


def test_setting_one_figure_clears_the_others_and_brings_defined_value(bench: wb.Workbench) -> None:
    made = question(bench, is_auto_classified=True, customer_class_field="sales_amount")
    assert made["classification_method"] == "defined_value"
    changed = save(bench, 10000, vendor_class_field="purchase_amount")
    assert changed == {"customer_class_field": None, "vendor_class_field": "purchase_amount"}
    changed = save(bench, 10000, contact_class_field="interaction_quantity", classification_method="")
    assert changed == {"vendor_class_field": None, "contact_class_field": "interaction_quantity",
                       "classification_method": None}  # fmt: skip


def test_a_figure_keeps_the_method_there_is(bench: wb.Workbench) -> None:
    question(
        bench, is_auto_classified=True, customer_class_field="sales_amount", classification_method="percentage_of_value"
    )
    assert "classification_method" not in save(bench, 10000, customer_class_field="profit_amount")


def test_two_figures_at_once_are_refused(bench: wb.Workbench) -> None:
    text = refused(
        bench, ConfigError, is_auto_classified=True, customer_class_field="sales_amount",
        contact_class_field="interaction_quantity",
    )  # fmt: skip
    assert text.startswith("A question has one figure, not 2.")


def test_taking_the_figure_away_takes_what_belongs_to_it_away(bench: wb.Workbench) -> None:
    question(
        bench, is_auto_classified=True, customer_class_field="sales_amount", starting_date_formula="-1Y",
        ending_date_formula="-1D", classification_method="percentage_of_value", decimal_count=2,
    )  # fmt: skip
    save(bench, 10000, customer_class_field="", is_auto_classified=False)
    line = bench.questionnaires.get("LEADS").line(10000)
    assert (line.starting_date_formula, line.ending_date_formula, line.classification_method) == (None, None, None)
    assert (line.sorting_method, line.decimal_count, line.is_auto_classified) == (None, None, False)


@pytest.mark.parametrize("method", ["percentage_of_value", "percentage_of_contacts"])
def test_a_percentage_brings_the_sorting_descending(bench: wb.Workbench, method: str) -> None:
    made = question(bench, is_auto_classified=True, customer_class_field="sales_amount", classification_method=method)
    assert made["sorting_method"] == "descending"
    assert save(bench, 10000, sorting_method="ascending") == {"sorting_method": "ascending"}
    back = save(bench, 10000, classification_method="defined_value")
    assert back == {"classification_method": "defined_value", "sorting_method": None}


def test_defined_value_sorts_nothing(bench: wb.Workbench) -> None:
    text = refused(
        bench, RuleError, is_auto_classified=True, customer_class_field="sales_amount", sorting_method="ascending"
    )
    assert text.startswith('"How much?" has no percentage, so nothing is sorted.')


def test_automatic_classification_is_not_turned_off_while_its_fields_are_set(bench: wb.Workbench) -> None:
    question(bench, is_auto_classified=True, customer_class_field="sales_amount")
    with pytest.raises(RuleError, match=r"is not classified automatically, so it has no customer_class_field"):
        save(bench, 10000, is_auto_classified=False)


@pytest.mark.parametrize("decimals", ["26", "-26", "1.5", "many"])
def test_decimals_are_a_whole_number_from_minus_25_to_25(bench: wb.Workbench, decimals: str) -> None:
    text = refused(bench, ConfigError, is_auto_classified=True, decimal_count=decimals)
    assert text.startswith(f'"{decimals}" is no value of decimal_count. Write a ')


@pytest.mark.parametrize("decimals", [-25, 25])
def test_25_decimals_before_or_behind_the_point_are_taken(bench: wb.Workbench, decimals: int) -> None:
    assert question(bench, is_auto_classified=True, decimal_count=decimals)["decimal_count"] == decimals


def test_the_share_of_answers_is_asked_of_ratings_only(bench: wb.Workbench) -> None:
    text = refused(
        bench, RuleError, is_auto_classified=True, customer_class_field="sales_amount", min_answered_rate=0.5
    )
    assert text.startswith('"How much?" is no rating, so it has no min_answered_rate.')
    assert refused(bench, ConfigError, min_answered_rate="50") == (
        '"50" is no value of min_answered_rate. Write a share from 0 to 1, such as 0.5.'
    )
    rating = {"is_auto_classified": True, "contact_class_field": "rating"}
    assert question(bench, **rating, min_answered_rate=0.5)["min_answered_rate"] == 0.5
    changed = save(bench, 10000, contact_class_field="interaction_quantity")
    assert changed == {"contact_class_field": "interaction_quantity", "min_answered_rate": None}


def test_a_rating_has_defined_value_and_no_dates(bench: wb.Workbench) -> None:
    question(
        bench, is_auto_classified=True, customer_class_field="sales_amount", starting_date_formula="-1Y",
        classification_method="percentage_of_value",
    )  # fmt: skip
    changed = save(bench, 10000, contact_class_field="rating")
    assert (changed["classification_method"], changed["sorting_method"]) == ("defined_value", None)
    assert changed["starting_date_formula"] is None
    with pytest.raises(RuleError, match=r"is a rating, and ratings have the method defined_value"):
        save(bench, 10000, classification_method="percentage_of_value")


def test_date_formulas_are_read(bench: wb.Workbench) -> None:
    with pytest.raises(ConditionError, match=r"1X"):
        question(bench, is_auto_classified=True, starting_date_formula="1X")


def test_fields_of_questions_and_of_answers_are_kept_apart(bench: wb.Workbench) -> None:
    assert refused(bench, RuleError, from_value=1).startswith(
        '"How much?" is a question, and from_value belongs to answers.'
    )
    assert refused(bench, RuleError, priority="high").startswith(
        '"How much?" is a question, and priority belongs to answers.'
    )
    question(bench)
    with pytest.raises(RuleError, match=r'"Much" is an answer, and has_multiple_answers belongs to questions'):
        save(bench, type="answer", description="Much", has_multiple_answers=True)


def test_an_answer_has_the_priority_normal_unless_another_is_given(bench: wb.Workbench) -> None:
    question(bench)
    assert save(bench, type="answer", description="Much")["priority"] == "normal"
    assert save(bench, type="answer", description="Little", priority="very_low")["priority"] == "very_low"


def test_new_texts_and_priorities_go_on_to_the_answers_of_contacts(bench: wb.Workbench) -> None:
    asked(bench, "LEADS", "Where?", "Here")
    bench.questionnaires.answer("CT1", "LEADS", 20000, DAY)
    changed = [
        bench.questionnaires.save_line("LEADS", 10000, description="Whereabouts?"),
        bench.questionnaires.save_line("LEADS", 20000, description="Right here", priority="high"),
        bench.questionnaires.save("LEADS", priority="very_high"),
        bench.questionnaires.save("LEADS", description="Leads of ours"),
    ]
    assert [one.updated_answers for one in changed] == [1, 1, 1, 0]
    (answer,) = bench.questionnaires.answers("CT1")
    assert (answer.question, answer.answer) == ("Whereabouts?", "Right here")
    assert (answer.answer_priority, answer.questionnaire_priority) == ("high", "very_high")


def test_an_answer_that_contacts_have_is_neither_deleted_nor_made_a_question(bench: wb.Workbench) -> None:
    asked(bench, "LEADS", "Where?", "Here", "There")
    bench.questionnaires.answer("CT1", "LEADS", 20000, DAY)
    with pytest.raises(RuleError, match=r'Contacts that have the answer "Here": 1. Take their answers away first'):
        bench.questionnaires.delete_line("LEADS", 20000)
    with pytest.raises(RuleError, match=r'Contacts that have the answer "Here": 1'):
        save(bench, 20000, type="question", priority="")
    with pytest.raises(RuleError, match=r"Contacts that have answered LEADS: 1"):
        bench.questionnaires.delete("LEADS")
    assert bench.questionnaires.delete_line("LEADS", 30000).line_count == 1


def test_a_question_that_still_has_answers_is_not_made_an_answer(bench: wb.Workbench) -> None:
    asked(bench, "LEADS", "Where?", "Here")
    second = asked(bench, "LEADS", "When?", "Now")
    with pytest.raises(RuleError, match=r'"When\?" still has answers. Delete its answers first'):
        save(bench, second, type="answer")


def test_an_answer_with_points_is_not_made_a_question(bench: wb.Workbench) -> None:
    asked(bench, "LEADS", "Where?", "Here", "There")
    bench.questionnaires.save_rating("LEADS", rating(bench, "Potential", "High"), "LEADS", 30000, 5)
    with pytest.raises(RuleError, match=r'The rating "Potential" depends on the answer "There"'):
        save(bench, 30000, type="question", priority="")


def test_codes_of_questionnaires_that_differ_only_by_capitals_are_one(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConflictError, match=r'"leads" and "LEADS" are the same code. Write "LEADS"'):
        bench.questionnaires.save("leads")


def test_a_question_that_still_has_answers_is_not_deleted(bench: wb.Workbench) -> None:
    first = asked(bench, "LEADS", "Where?", "Here")
    with pytest.raises(RuleError, match=r'"Where\?" still has answers. Delete its answers first'):
        bench.questionnaires.delete_line("LEADS", first)
    bench.questionnaires.delete_line("LEADS", 20000)
    assert not bench.questionnaires.delete_line("LEADS", first, dry_run=True).is_written
    bench.questionnaires.delete_line("LEADS", first)
    assert bench.questionnaires.get("LEADS").lines == ()


def rating(bench: wb.Workbench, text: str, *answers: str, code: str = "LEADS") -> int:
    return asked(bench, code, text, *answers, is_auto_classified=True, contact_class_field="rating")


def test_points_are_given_changed_and_taken_away(bench: wb.Workbench) -> None:
    asked(bench, "LEADS", "Where?", "Here")
    total = rating(bench, "Potential", "High")
    assert bench.questionnaires.save_rating("LEADS", total, "LEADS", 20000, 5, dry_run=True).is_new
    assert bench.questionnaires.get("LEADS").ratings == ()
    assert bench.questionnaires.save_rating("LEADS", total, "LEADS", 20000, 5).changed == {"points": 5.0}
    again = bench.questionnaires.save_rating("LEADS", total, "LEADS", 20000, 7)
    assert (again.is_new, again.changed) == (False, {"points": 7.0})
    assert [one.points for one in bench.questionnaires.get("LEADS").ratings] == [7.0]
    bench.questionnaires.delete_rating("LEADS", total, "LEADS", 20000)
    with pytest.raises(NotFoundError, match=r"LEADS 20000 has no points for LEADS 30000"):
        bench.questionnaires.delete_rating("LEADS", total, "LEADS", 20000)


def test_points_go_from_answers_to_ratings_and_are_whole(bench: wb.Workbench) -> None:
    first = asked(bench, "LEADS", "Where?", "Here")
    total = rating(bench, "Potential", "High")
    with pytest.raises(RuleError, match=r'"Where\?" is no rating. Let its contact_class_field be rating'):
        bench.questionnaires.save_rating("LEADS", first, "LEADS", 20000, 5)
    with pytest.raises(RuleError, match=r'"Where\?" is no answer, and only answers have points'):
        bench.questionnaires.save_rating("LEADS", total, "LEADS", first, 5)
    with pytest.raises(ConfigError, match=r'"2.5" is no number of points. Write a whole number'):
        bench.questionnaires.save_rating("LEADS", total, "LEADS", 20000, 2.5)


def test_ratings_that_would_wait_for_each_other_are_refused(bench: wb.Workbench) -> None:
    a, b, c = rating(bench, "A", "A high"), rating(bench, "B", "B high"), rating(bench, "C", "C high")
    bench.questionnaires.save_rating("LEADS", a, "LEADS", b + 10000, 1)
    bench.questionnaires.save_rating("LEADS", b, "LEADS", c + 10000, 1)
    with pytest.raises(RuleError, match=r"Ratings would wait for each other: \w -> \w -> \w -> \w\. Let one of them"):
        bench.questionnaires.save_rating("LEADS", c, "LEADS", a + 10000, 1)
    with pytest.raises(RuleError, match=r"Ratings would wait for each other: A -> A"):
        bench.questionnaires.save_rating("LEADS", a, "LEADS", a + 10000, 1)


def test_lines_that_ratings_depend_on_are_not_deleted(bench: wb.Workbench) -> None:
    asked(bench, "LEADS", "Where?", "Here")
    bench.questionnaires.save("TOTAL")
    total = rating(bench, "Potential", code="TOTAL")
    bench.questionnaires.save_rating("TOTAL", total, "LEADS", 20000, 5)
    with pytest.raises(RuleError, match=r'The rating "Potential" depends on the answer "Here"'):
        bench.questionnaires.delete_line("LEADS", 20000)
    with pytest.raises(RuleError, match=r"Ratings of TOTAL depend on answers of LEADS"):
        bench.questionnaires.delete("LEADS")
    with pytest.raises(RuleError, match=r'Answers have points for "Potential". Delete them first'):
        bench.questionnaires.delete_line("TOTAL", total)
    with pytest.raises(RuleError, match=r'"Potential" is a rating as long as answers have points for it'):
        bench.questionnaires.save_line("TOTAL", total, contact_class_field="interaction_quantity")


def test_a_questionnaire_goes_with_its_lines_and_points(bench: wb.Workbench) -> None:
    asked(bench, "LEADS", "Where?", "Here")
    bench.questionnaires.save_rating("LEADS", rating(bench, "Potential"), "LEADS", 20000, 5)
    planned = bench.questionnaires.delete("LEADS", dry_run=True)
    assert (planned.line_count, planned.rating_count, planned.is_written) == (3, 1, False)
    assert len(bench.questionnaires.list()) == 1
    bench.questionnaires.delete("LEADS")
    bench.questionnaires.save("LEADS")
    made = bench.questionnaires.get("LEADS")
    assert (made.lines, made.ratings) == ((), ())


def loaded(bench: wb.Workbench, *lines: dict[str, Any]) -> list[str]:
    """The warnings about lines that come from a file."""
    frame = pd.DataFrame([{"questionnaire_code": "LEADS", "description": "x", **line} for line in lines])
    assert bench.sources.load("questionnaire_line", frame).rejected == 0
    return list(bench.questionnaires.test("LEADS").frame()["warning"])


def test_the_test_finds_automatic_questions_that_lack_something(bench: wb.Workbench) -> None:
    auto = {"type": "question", "is_auto_classified": True}
    assert loaded(
        bench,
        {"line_no": 1, **auto},
        {"line_no": 2, "type": "answer", "from_value": 1},
        {"line_no": 3, **auto, "contact_class_field": "rating"},
        {"line_no": 4, "type": "answer", "from_value": 1},
        {"line_no": 5, **auto, "contact_class_field": "interaction_quantity", "starting_date_formula": "-1Y",
         "ending_date_formula": "-1D", "classification_method": "percentage_of_value"},
        {"line_no": 6, "type": "answer", "from_value": 1},
    ) == [
        "It is classified automatically but has no figure.",
        "It is classified automatically but has no starting_date_formula.",
        "It is classified automatically but has no ending_date_formula.",
        "It is classified automatically but has no classification_method.",
        "It is classified automatically but has no classification_method.",
        "It is classified automatically but has no sorting_method.",
    ]  # fmt: skip


def test_the_test_finds_questions_without_answers_and_answers_without_question(bench: wb.Workbench) -> None:
    assert loaded(bench, {"line_no": 1, "type": "answer"}, {"line_no": 2, "type": "question"}) == [
        "There is no question before it.", "It has no answers."
    ]  # fmt: skip


def test_the_test_finds_bounds_that_nobody_can_reach(bench: wb.Workbench) -> None:
    assert loaded(
        bench,
        {"line_no": 1, "type": "question", "is_auto_classified": True, "contact_class_field": "rating",
         "classification_method": "defined_value", "decimal_count": 1},
        {"line_no": 2, "type": "answer"},
        {"line_no": 3, "type": "answer", "from_value": 0.25, "to_value": 0.5},
        {"line_no": 4, "type": "answer", "from_value": 1, "to_value": 1.75},
        {"line_no": 5, "type": "answer", "from_value": 2, "to_value": -1},
    ) == [
        "It has neither from_value nor to_value, so nobody gets it.",
        "Its from_value is 0.25, but its question is rounded to 1 decimals.",
        "Its to_value is 1.75, but its question is rounded to 1 decimals.",
        "Its from_value is above its to_value, so nobody gets it.",
    ]  # fmt: skip


def test_a_complete_questionnaire_passes_the_test(bench: wb.Workbench) -> None:
    abc(bench)
    assert bench.questionnaires.test("ABC").warnings == ()
    assert list(bench.questionnaires.test().frame()["questionnaire_code"]) == []


def test_a_handout_leaves_automatic_questions_out_unless_they_are_asked_for(bench: wb.Workbench) -> None:
    abc(bench, "LEADS")
    asked(bench, "LEADS", "Where?", "Here", "There", has_multiple_answers=True)
    paper = bench.questionnaires.handout("LEADS")
    assert paper.frame().to_numpy().tolist() == [
        ["question", "Where?", "multiple", False], ["answer", "Here", "", False], ["answer", "There", "", False]
    ]  # fmt: skip
    assert (paper.description, paper.with_classification) == ("Customers", False)
    everything = bench.questionnaires.handout("LEADS", with_classification=True).frame()
    assert list(everything["text"]) == ["ABC classification", "A", "B", "C", "Where?", "Here", "There"]
    assert everything["number_of_answers"][0] == "one_only"


def test_results_show_themselves(bench: wb.Workbench) -> None:
    abc(bench)
    shown: list[Any] = [
        bench.questionnaires.list(), bench.questionnaires.get("ABC"), bench.questionnaires.test("ABC"),
        bench.questionnaires.handout("ABC"), bench.questionnaires.answers("CT1"),
        bench.questionnaires.questions_for("CT1"), bench.questionnaires.save("ABC"),
        bench.questionnaires.run("ABC", DAY, dry_run=True),
    ]  # fmt: skip
    for one in shown:
        assert one._repr_html_().endswith("</table>")
        assert isinstance(one.frame(), pd.DataFrame)
