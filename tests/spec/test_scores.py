"""Scores: what was computed of a contact on a day; the latest run on or before the day of evaluation counts."""

from __future__ import annotations

import pytest

from pipelines.errors import ConditionError
from tests.spec.conftest import Draw, Scene

CONTACTS = "no\nA\nB\nC\nD"
RFM = """
no | scored_on  | segment:text | recency:number | spent:amount | is_active:boolean | due_on:date
A  | 2026-01-01 | Lost         | 1              | 10.10        | no                | 2026-04-10
B  | 2026-01-01 | Champions    | 5              | 0.30         | yes               |
C  | 2026-01-01 | champions    |                |              |                   | 2026-03-31
A  | 2026-03-01 | Champions    | 4.5            | 99           | yes               | 2026-04-01
B  | 2026-03-01 |              | 2              | 0.30         | no                | 2026-05-01
A  | 2026-05-01 | Lost         | 1              | 0            | no                |
"""


@pytest.fixture
def scored(scene: Draw) -> Scene:
    return scene(contact=CONTACTS, scored_rfm=RFM, as_of="2026-03-31")


def asked(condition: str, as_of: str, scene: Draw) -> str:
    return scene(contact=CONTACTS, scored_rfm=RFM, as_of=as_of).who(condition)


def test_the_latest_run_on_or_before_the_day_counts(scene: Draw) -> None:
    champions = "{score: rfm, field: segment, op: is, value: Champions}"
    assert asked(champions, "2026-01-01", scene) == "B"
    assert asked(champions, "2026-02-28", scene) == "B"
    assert asked(champions, "2026-03-01", scene) == "A"
    assert asked(champions, "2026-05-02", scene) == ""


def test_runs_after_the_day_do_not_exist(scene: Draw) -> None:
    assert asked("{score: rfm, field: recency, op: is_known}", "2025-12-31", scene) == ""
    assert asked("{score: rfm, field: recency, op: at_most, value: 1}", "2026-04-30", scene) == ""


def test_who_has_no_row_in_the_run_is_unknown(scored: Scene) -> None:
    assert scored.who("{score: rfm, field: recency, op: is_unknown}") == "C D"
    assert scored.who("{score: rfm, field: segment, op: is, value: champions, ignore_case: true}") == "A"


def test_a_negative_operator_is_the_complement(scored: Scene) -> None:
    assert scored.who("{score: rfm, field: segment, op: is_not, value: Champions}") == "B C D"
    assert scored.who("{not: {score: rfm, field: recency, op: at_least, value: 3}}") == "B C D"
    assert scored.who("{score: rfm, field: recency, op: is_not, value: 2, unknown: exclude}") == "A"


def test_without_any_run_everybody_is_unknown(scene: Draw) -> None:
    assert asked("{score: rfm, field: segment, op: is_not, value: Lost}", "2025-06-01", scene) == "A B C D"
    assert asked("{score: rfm, field: segment, op: is_not, value: Lost, unknown: exclude}", "2025-06-01", scene) == ""


def test_every_type_has_its_operators(scored: Scene) -> None:
    assert scored.who("{score: rfm, field: spent, op: is, value: 0.3}") == "B"
    assert scored.who("{score: rfm, field: is_active, op: is, value: true}") == "A"
    assert scored.who("{score: rfm, field: due_on, op: in_next, value: {n: 1, unit: day}}") == "A"
    assert scored.who("{score: rfm, field: segment, op: in, value: [Champions, Lost]}") == "A"


def test_a_limit_orders_by_a_score_and_unknown_ones_come_last(scored: Scene) -> None:
    top = "{{steps: [{{add: {{all: []}}}}], limit: {{top: 2, by: [{{score: rfm, field: recency, order: {order}}}]}}}}"
    assert scored.who(top.format(order="descending")) == "A B"
    assert scored.who(top.format(order="ascending").replace("top: 2", "top: 1")) == "B"


def test_unknown_scores_fields_and_operators_are_refused(scored: Scene) -> None:
    def refusal(condition: str) -> str:
        with pytest.raises(ConditionError) as caught:
            scored.who(condition)
        return str(caught.value)

    assert refusal("{score: rmf, field: segment, op: is_known}").endswith(
        'There is no score "rmf". Did you mean "rfm"?'
    )
    assert refusal("{score: rfm, field: segmnt, op: is_known}").endswith(
        'The score rfm has no field "segmnt". Did you mean "segment"?'
    )
    assert '"at_least" does not go with segment, which is text.' in refusal(
        "{score: rfm, field: segment, op: at_least, value: 3}"
    )
