"""Whatever a filter expression says, its conditions say, and their filters say again, on both engines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.conditions import FieldCondition
from pipelines.definition import Definition
from pipelines.filter_conditions import to_condition
from pipelines.filter_text import to_filter
from pipelines.schema import Column
from tests.engines import DuckDBEngine, PandasEngine, World
from tests.laws import definitions
from tests.laws.definitions import Written
from tests.laws.filters import expressions
from tests.laws.worlds import kept, worlds

OBVIOUS = PandasEngine()
COLUMNS = st.sampled_from(kept("contact"))
FILTERS = COLUMNS.flatmap(lambda column: st.tuples(st.just(column), expressions(column)))
TESTS = COLUMNS.flatmap(lambda column: st.tuples(st.just(column), definitions.tests_on(column)))


def _filter(column: Column, expression: str | None) -> Definition:
    return Definition.from_dict({"field": column.name, "op": "filter", "value": expression})


@given(worlds(), st.lists(FILTERS, min_size=1, max_size=4))
def test_a_filter_and_its_conditions_take_the_same_contacts(
    store: DuckDBEngine, drawn: World, written: list[tuple[Column, str]]
) -> None:
    for column, expression in written:
        taken = OBVIOUS.members(_filter(column, expression), drawn)
        condition = Definition.from_dict(to_condition(column.name, expression, column))

        assert store.members(_filter(column, expression), drawn) == taken, expression
        assert store.members(condition, drawn) == taken, expression


@given(worlds(), st.lists(TESTS, min_size=1, max_size=4))
def test_a_condition_and_its_filter_take_the_same_contacts(
    store: DuckDBEngine, drawn: World, written: list[tuple[Column, Written]]
) -> None:
    for column, test in written:
        condition = {"field": column.name, **test}
        found = to_filter(FieldCondition.model_validate(condition), column, drawn.week_starts_on)
        if found.expression is not None:
            taken = store.members(Definition.from_dict(condition), drawn)
            assert store.members(_filter(column, found.expression), drawn) == taken, found.expression
