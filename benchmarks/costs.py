"""What each of ten nested rules costs, asked once of the workbench and in thirty statements of SQL."""

from __future__ import annotations

from collections.abc import Iterator

import workbench as wb
from benchmarks import nested
from benchmarks.generated import AS_OF
from benchmarks.questions import RULES

DEFINITION = {"steps": [{"add": nested.definition(nested.TREE, [rule for rule, _ in RULES])}]}
_CLAUSES = [sql for _, sql in RULES]

# For each rule, as it is written: alone, cumulative, if left out.
Costs = list[tuple[int, int, int]]


def by_workbench(bench: wb.Workbench) -> Costs:
    """Count once.

    Parameters
    ----------
    bench : Workbench
        On generated data.

    Returns
    -------
    list of tuple of int
        Three numbers for each rule.
    """
    leaves = bench.segments.count(DEFINITION, AS_OF).leaves
    return [(leaf.alone, leaf.cumulative, leaf.if_left_out) for leaf in leaves]


def by_hand(bench: wb.Workbench) -> Costs:
    """Run one statement for each number, in one unit of work.

    Parameters
    ----------
    bench : Workbench
        On generated data.

    Returns
    -------
    list of tuple of int
        Three numbers for each rule.
    """
    with bench.database.reading() as con:
        found = [con.execute(f"SELECT count(*) FROM contact WHERE {where}").fetchall()[0][0] for where in _wheres()]
    return [(found[at], found[at + 1], found[at + 2]) for at in range(0, len(found), 3)]


def _wheres() -> Iterator[str]:
    order = nested.numbers(nested.TREE)
    for place, number in enumerate(order):
        yield nested.where(number, _CLAUSES)
        yield nested.where(nested.keeping(nested.TREE, set(order[: place + 1]).__contains__), _CLAUSES)
        yield nested.where(nested.keeping(nested.TREE, (set(order) - {number}).__contains__), _CLAUSES)
