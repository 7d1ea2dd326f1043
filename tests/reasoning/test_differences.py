"""What two definitions differ in, by content and place."""

from __future__ import annotations

from typing import Any

from pipelines.definition import Definition
from pipelines.differences import differences
from pipelines.meaning import meaning
from pipelines.pairing import MANY, aligned, paired
from workbench.segments.difference_words import said

PRAGUE = {"field": "city", "op": "is", "value": "Prague"}
MADRID = {"field": "city", "op": "is", "value": "Madrid"}
GROWN = {"field": "age", "op": "at_least", "value": 20}
BOUGHT = {
    "related": "sales_entry",
    "where": {"all": [{"field": "department", "op": "is", "value": "GROCERY"}]},
    "within": {"in_last": {"n": 90, "unit": "day"}},
    "measure": {"count": "rows"},
    "op": "at_least",
    "value": 20,
}


def told(old: Any, new: Any) -> list[str]:
    """Differences as people read them; those that change no meaning in brackets."""
    found = differences(Definition.from_dict(old), Definition.from_dict(new))
    lines = [": ".join(filter(None, (one.place, said(one)))) for one in found]
    return [line if one.changes_meaning else f"({line})" for one, line in zip(found, lines, strict=True)]


def are_the_same(old: Any, new: Any) -> bool:
    return meaning(Definition.from_dict(old)) == meaning(Definition.from_dict(new))


def test_a_changed_threshold_is_told_at_its_place() -> None:
    old, new = {**BOUGHT, "where": None}, {**BOUGHT, "where": None, "value": 18}
    assert told([{"add": [PRAGUE, old]}], [{"add": [PRAGUE, new]}]) == [
        "step 1, condition 2: value 20 -> 18 (the number of sales entries in the last 90 days is at least 18)"
    ]


def test_a_condition_on_related_rows_is_compared_inside() -> None:
    other = {**BOUGHT, "where": {"all": [{"field": "department", "op": "is", "value": "DAIRY"}]}}
    assert told([{"add": BOUGHT}], [{"add": other}]) == [
        "step 1, condition 1, where, condition 1: value GROCERY -> DAIRY (department is DAIRY)"
    ]


def test_another_window_is_read_out() -> None:
    other = {**BOUGHT, "where": None, "within": {"previous": "month"}}
    assert [line.partition(" (")[0] for line in told([{"add": {**BOUGHT, "where": None}}], [{"add": other}])] == [
        "step 1, condition 1: window in the last 90 days -> in the previous month"
    ]


def test_another_order_inside_a_group_is_no_difference_in_meaning() -> None:
    assert told([{"add": [PRAGUE, GROWN]}], [{"add": [GROWN, PRAGUE]}]) == ["(step 1: another order, the same meaning)"]
    assert are_the_same([{"add": [PRAGUE, GROWN]}], [{"add": [GROWN, PRAGUE]}])


def test_another_order_of_values_is_no_difference_in_meaning() -> None:
    one, other = ({"field": "city", "op": "in", "value": values} for values in (["a", "b"], ["b", "a"]))
    assert told(one, other) == ["(step 1, condition 1: another order, the same meaning)"]


def test_a_list_of_one_value_means_the_value() -> None:
    one = {"field": "city", "op": "in", "value": ["Prague"]}
    assert told(one, PRAGUE) == [
        "(step 1, condition 1: operator is one of -> is (city is Prague))",
        "(step 1, condition 1: value Prague -> Prague (city is Prague))",
    ]


def test_groups_of_one_and_groups_in_groups_mean_the_same() -> None:
    assert are_the_same({"all": [{"all": [PRAGUE]}, GROWN]}, {"all": [PRAGUE, {"any": [GROWN]}]})
    assert are_the_same({"not": {"not": PRAGUE}}, {"all": [PRAGUE]})
    assert not are_the_same({"not": PRAGUE}, {"all": [PRAGUE]})
    assert not are_the_same({"any": [PRAGUE, GROWN]}, {"all": [PRAGUE, GROWN]})


def test_conditions_are_paired_by_what_they_are_about() -> None:
    assert told([{"add": [PRAGUE, GROWN]}], [{"add": [{**GROWN, "value": 18}, MADRID]}]) == [
        "step 1, condition 1: value 20 -> 18 (age is at least 18)",
        "step 1, condition 2: value Prague -> Madrid (city is Madrid)",
        "(step 1: another order, the same meaning)",
    ]


def test_a_condition_about_something_else_is_a_new_one() -> None:
    assert told([{"add": [PRAGUE, {"list": "vip"}]}], [{"add": [PRAGUE, GROWN]}]) == [
        "step 1, condition 2: new: age is at least 20",
        "step 1, condition 2: gone: they are on list vip",
    ]


def test_a_condition_that_went_to_another_step_has_moved() -> None:
    old = [{"add": [PRAGUE, GROWN]}, {"refine": {"list": "vip"}}]
    new = [{"add": PRAGUE}, {"refine": [{"list": "vip"}, GROWN]}]
    assert told(old, new) == ["step 2, condition 2: moved here from step 1, condition 2: age is at least 20"]


def test_a_group_put_into_another_is_recognised() -> None:
    assert told([{"add": {"any": [PRAGUE, MADRID]}}], [{"add": [{"any": [PRAGUE, MADRID]}, GROWN]}]) == [
        "step 1, condition 2: new: age is at least 20"
    ]


def test_all_that_became_any_is_told_once() -> None:
    assert told([{"add": {"all": [PRAGUE, GROWN]}}], [{"add": {"any": [PRAGUE, GROWN]}}]) == [
        "step 1: all of it holds -> any of it holds"
    ]


def test_steps_are_aligned_by_their_content() -> None:
    old = [{"add": PRAGUE}, {"reduce": {"list": "vip"}}]
    new = [{"add": PRAGUE}, {"reduce": GROWN}, {"reduce": {"list": "vip"}}]
    assert told(old, new) == ["step 2: new: remove those where age is at least 20"]


def test_a_step_that_does_something_else_is_told_as_such() -> None:
    assert told([{"add": PRAGUE}, {"refine": GROWN}], [{"add": PRAGUE}, {"reduce": GROWN}]) == [
        "step 2: keep only -> remove"
    ]


def test_steps_that_only_take_away_can_change_places() -> None:
    old = [{"add": PRAGUE}, {"reduce": {"list": "vip"}}, {"refine": GROWN}]
    new = [old[0], old[2], old[1]]
    assert told(old, new) == ["(step 3: moved here from step 2: remove those where they are on list vip)"]
    assert not are_the_same([{"add": PRAGUE}, {"reduce": GROWN}, {"add": MADRID}],
                            [{"add": PRAGUE}, {"add": MADRID}, {"reduce": GROWN}])  # fmt: skip


def test_limit_suppressions_base_and_zone_are_compared() -> None:
    old = {
        "steps": [{"add": PRAGUE}], "limit": {"top": 5, "by": [{"field": "name"}]}, "suppress": ["privacy_blocked"],
    }  # fmt: skip
    new = {
        "steps": [{"add": PRAGUE}], "limit": {"top": 4, "one_per": "company"}, "base": {"type": "person"},
        "suppress": [{"no_consent": {"channel": "email"}}], "time_zone": "Asia/Tokyo",
    }  # fmt: skip
    assert told(old, new) == [
        "base: new: Of all people",
        "time zone: new: Asia/Tokyo",
        "limit: at most 5 -> 4",
        "limit: order: gone: name ascending",
        "limit: one per: new: company",
        "suppression 1: gone: those blocked for privacy",
        "suppression 1: new: those without consent for email",
    ]


def test_the_order_of_suppressions_decides_reasons_and_no_members() -> None:
    one = {"steps": [{"add": PRAGUE}], "suppress": ["privacy_blocked", "excluded_from_segments"]}
    other = {**one, "suppress": ["excluded_from_segments", "privacy_blocked"]}
    assert told(one, other) == ["(suppress: another order, the same meaning)"]


def test_names_and_checks_change_no_meaning() -> None:
    old = {"name": "a", "steps": [{"add": PRAGUE}], "examples": {"inside": ["C1"]}}
    new = {"name": "b", "steps": [{"add": PRAGUE}], "invariants": {"subset_of": ["x"], "size_between": [1, 5]}}
    assert told(old, new) == [
        "(name a -> b)",
        "(examples: gone: C1 inside)",
        "(invariants: new: a part of x; between 1 and 5 members)",
    ]


def test_events_of_a_sequence_are_compared_in_their_order() -> None:
    mail, sale = {"related": "interaction"}, {"related": "sales_entry"}
    old, new = {"sequence": [mail, sale]}, {"sequence": [mail, mail, sale]}
    found = differences(Definition.from_dict(old), Definition.from_dict(new))
    assert [(one.kind, one.part, one.place) for one in found] == [("added", "event", "step 1, condition 1, event 2")]
    assert not are_the_same({"sequence": [mail, sale]}, {"sequence": [sale, mail]})


def test_a_side_without_a_definition_is_new_or_gone() -> None:
    definition = Definition.from_dict(PRAGUE)
    assert [(one.kind, one.part) for one in differences(None, definition)] == [("added", "segment")]
    assert [(one.kind, one.part) for one in differences(definition, None)] == [("removed", "segment")]
    assert differences(None, None) == ()


def test_very_long_lists_are_paired_by_equal_items_only() -> None:
    old, new = list(range(300)), [*range(1000, 1299), 5]
    assert len(old) * len(new) > MANY
    found = paired(old, new, lambda *_: 1.0)
    assert [pair for pair in found if None not in pair] == [(5, 299)]
    assert aligned(old, new, lambda *_: 1.0).count((5, 299)) == 1
