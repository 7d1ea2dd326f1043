"""A condition and its negation split the base: nobody is in both, nobody in neither."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.catalogue import OPERATORS
from pipelines.definition import Definition
from pipelines.schema import FieldType
from tests.engines import DuckDBEngine, World
from tests.laws.definitions import Written, bases, conditions, single
from tests.laws.worlds import worlds

OPPOSITES = {
    "is": "is_not", "in": "not_in", "contains": "not_contains", "starts_with": "not_starts_with",
    "ends_with": "not_ends_with", "matches": "not_matches", "between": "not_between", "on": "not_on",
    "in_last": "not_in_last", "in_next": "not_in_next", "any_of": "none_of", "all_of": "not_all_of",
    "is_known": "is_unknown", "is_not_empty": "is_empty",
}  # fmt: skip


@given(worlds(), st.none() | bases, st.lists(conditions, min_size=1, max_size=3))
def test_a_condition_and_its_negation_split_the_base_exactly(
    store: DuckDBEngine, drawn: World, base: Written | None, written: list[Written]
) -> None:
    more = {} if base is None else {"base": base}

    def who(condition: Written) -> list[str]:
        return store.members(Definition.from_dict({**more, "steps": [{"add": condition}]}), drawn)

    everybody = who({"all": []})
    for condition in written:
        inside, outside = who(condition), who({"not": condition})
        assert sorted(inside + outside) == everybody, condition
        assert not set(inside) & set(outside)


@given(worlds(), st.lists(single, min_size=1, max_size=6))
def test_a_negative_operator_gives_exactly_who_its_positive_one_leaves(
    store: DuckDBEngine, drawn: World, written: list[Written]
) -> None:
    everybody = sorted(drawn.frames["contact"]["contact_no"])
    for condition in written:
        op = condition.get("op")
        opposite = OPPOSITES.get(str(op))
        if opposite is None or "unknown" in condition or (op == "is" and isinstance(condition.get("value"), bool)):
            continue
        inside = store.members(Definition.from_dict(condition), drawn)
        outside = store.members(Definition.from_dict({**condition, "op": opposite}), drawn)
        assert sorted(inside + outside) == everybody, condition


def test_every_negative_operator_has_its_positive_one() -> None:
    for type_ in FieldType:
        for op in OPERATORS[type_]:
            if op.startswith("not_") or op in ("is_not", "none_of", "is_unknown", "is_empty"):
                assert op in OPPOSITES.values()
