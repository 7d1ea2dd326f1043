"""How twelve segments overlap: every combination that occurs."""

from __future__ import annotations

import workbench as wb
from benchmarks.generated import AS_OF
from benchmarks.questions import CITIES, RULES, field

# Ten segments of one rule each, and two of two.
_SEGMENTS = [
    *([rule] for rule in RULES),
    [(field("city", "in", list(CITIES)), f"city IN {CITIES}"), RULES[1]],
    [RULES[7], RULES[4]],
]
DEFINITIONS = [
    {"name": f"benchmark-{number}", "steps": [{"add": {"all": [rule for rule, _ in rules]}}]}
    for number, rules in enumerate(_SEGMENTS)
]

# How many contacts are in exactly the segments whose bits are set; those in none are left out.
Combinations = dict[int, int]


def by_workbench(bench: wb.Workbench) -> Combinations:
    """Ask the workbench.

    Parameters
    ----------
    bench : Workbench
        On generated data.

    Returns
    -------
    dict of int to int
        Contacts by combination.
    """
    place = {definition["name"]: number for number, definition in enumerate(DEFINITIONS)}
    found = bench.segments.overlap(DEFINITIONS, AS_OF).intersections
    return {sum(1 << place[name] for name in one.segments): one.contacts for one in found}


def by_hand(bench: wb.Workbench) -> Combinations:
    """Ask DuckDB in one statement.

    Parameters
    ----------
    bench : Workbench
        On generated data.

    Returns
    -------
    dict of int to int
        Contacts by combination.
    """
    bits = " + ".join(
        f"CASE WHEN {' AND '.join(sql for _, sql in rules)} THEN {1 << number} ELSE 0 END"
        for number, rules in enumerate(_SEGMENTS)
    )
    statement = f"SELECT bits, count(*) FROM (SELECT {bits} AS bits FROM contact) WHERE bits > 0 GROUP BY bits"
    with bench.database.reading() as con:
        return dict(con.execute(statement).fetchall())
