"""Time segments beside hand-written DuckDB SQL and other engines, in one run, as ratios.

python -m benchmarks.segments --contacts 100000 --interactions 2000000 --sales 500000
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import workbench as wb
from benchmarks import costs, engines, generated, overlaps, report
from benchmarks.generated import AS_OF, Size
from benchmarks.memory import peak_mb
from benchmarks.questions import CLICKED_OFTEN, QUESTIONS, TEN_RULES, Question, field
from workbench.compiling.rules import contacts

ANYBODY = {"steps": [{"add": {"all": [field("contact_no", "is_known")]}}]}


class Ours:
    """The workbench, asked through its public use case.

    Parameters
    ----------
    bench : Workbench
        On generated data.
    """

    def __init__(self, bench: wb.Workbench) -> None:
        self.bench = bench
        self._evaluator = bench.segments._evaluator

    def forget(self) -> None:
        """Forget every mask and statement; who exists, with which fields and addresses, stays known."""
        self._evaluator.cache.clear()
        self.plain_count(ANYBODY)
        contacts.cache_clear()

    @property
    def kept_mb(self) -> float:
        """How much memory masks and values take that are kept now, in megabytes."""
        return self._evaluator.cache.bytes / 1e6

    def count(self, definition: Any) -> int:
        """Count with everything a count tells: steps, each rule three ways, suppressions, channels."""
        return self.bench.segments.count(definition, AS_OF).total

    def plain_count(self, definition: Any) -> int:
        """Count without what each rule costs."""
        evaluation = self._evaluator.evaluate(wb.Segment.from_dict(definition), AS_OF)
        return int(evaluation.members.sum())

    def own_query(self, rule: Any) -> int:
        """Find the contacts of one rule and nothing else."""
        condition = wb.Segment.from_dict({"steps": [{"add": {"all": [rule]}}]}).steps[0].condition
        return int(self._evaluator.mask(condition, AS_OF).sum())


def by_hand(bench: wb.Workbench, question: Question) -> int:
    """Run the hand-written statement on the same store, opened for it as it is for ours."""
    with bench.database.reading() as con:
        return int(con.execute(question.sql).fetchall()[0][0])


def best(
    work: Callable[[], Any],
    repeat: int,
    before: Callable[[], Any] = lambda: None,
    seconds: Callable[[], float] = time.perf_counter,
) -> tuple[float, Any]:
    """Give the shortest of some runs in milliseconds, and what they all gave."""
    shortest, result = float("inf"), None
    for _ in range(repeat):
        before()
        started = seconds()
        result = work()
        shortest = min(shortest, seconds() - started)
    return shortest * 1000, result


def asked(ours: Ours, question: Question, repeat: int) -> dict[str, Any]:
    """Ask ours, cold and warm, and the hand-written statement."""
    hand, expected = best(lambda: by_hand(ours.bench, question), repeat)
    cold, total = best(lambda: ours.count(question.definition), repeat, ours.forget)
    warm, again = best(lambda: ours.count(question.definition), repeat)
    plain, _ = best(lambda: ours.plain_count(question.definition), repeat, ours.forget)
    assert total == again == expected, (question.name, total, again, expected)
    return {"question": question.name, "total": total, "cold": cold, "warm": warm, "plain": plain, "sql": hand}


def asked_elsewhere(engine: str, bench: wb.Workbench, rows: list[dict[str, Any]], repeat: int) -> None:
    """Ask another engine; what it holds is given up when this returns."""
    with engines.opened(engine, bench) as answer:
        for row, question in zip(rows, QUESTIONS, strict=True):
            row[engine], total = best(partial(answer, question), repeat)
            assert total == row["total"], (engine, row["question"], total, row["total"])


def edited(ours: Ours, repeat: int) -> list[dict[str, Any]]:
    """Edit each of ten rules in turn: nine masks are there, one is not."""
    whole = {"steps": [{"add": {"all": list(TEN_RULES)}}]}
    rows = []
    for number, rule in enumerate(TEN_RULES):
        others = {"steps": [{"add": {"all": [other for other in TEN_RULES if other is not rule]}}]}

        def forget_one(others: Any = others) -> None:
            ours.forget()
            ours.count(others)

        own, _ = best(partial(ours.own_query, rule), repeat, ours.forget)
        edit, _ = best(lambda: ours.count(whole), repeat, forget_one)
        busy, _ = best(lambda: ours.count(whole), repeat, forget_one, time.process_time)
        rows.append({"rule": number + 1, "edit": edit, "own_query": own, "processor": busy})
    return rows


def compared(ours: Ours, which: Any, repeat: int) -> dict[str, float]:
    """Time a module's question asked of the workbench, cold, and of DuckDB by hand."""
    cold, found = best(lambda: which.by_workbench(ours.bench), repeat, ours.forget)
    hand, expected = best(lambda: which.by_hand(ours.bench), repeat)
    assert found == expected, (which.__name__, found, expected)
    return {"cold": cold, "sql": hand}


def measured(bench: wb.Workbench, repeat: int, without: Sequence[str], *, only_edits: bool = False) -> dict[str, Any]:
    """Run everything, or only the edits.

    Parameters
    ----------
    bench : Workbench
        On generated data.
    repeat : int
        Runs of each, of which the shortest counts.
    without : sequence of str
        Engines to leave out.
    only_edits : bool, optional
        Whether to leave everything out but the edits.

    Returns
    -------
    dict
        Rows of `questions` and of `edits`, `costs` and `overlap`, all in milliseconds; `peak_mb` of the process and
        `kept_mb` by masks and values after the edits, before anything else was asked; `absent` engines and why.
    """
    bench.segments.save(CLICKED_OFTEN, replace=True)
    ours = Ours(bench)
    results: dict[str, Any] = {"edits": edited(ours, repeat), "kept_mb": ours.kept_mb, "peak_mb": peak_mb()}
    if only_edits:
        return results
    rows = [asked(ours, question, repeat) for question in QUESTIONS]
    results |= {
        "questions": rows, "costs": compared(ours, costs, repeat), "overlap": compared(ours, overlaps, repeat),
    }  # fmt: skip
    ours.forget()
    absent = {engine: engines.missing(engine) for engine in engines.ENGINES if engine not in without}
    for engine in (engine for engine, reason in absent.items() if not reason):
        asked_elsewhere(engine, bench, rows, repeat)
    return {**results, "absent": {engine: reason for engine, reason in absent.items() if reason}}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the arguments, measure, print.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of those of the command line.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.segments", description=__doc__)
    size = Size()
    parser.add_argument("--contacts", type=int, default=size.contacts)
    parser.add_argument("--interactions", type=int, default=size.interactions)
    parser.add_argument("--sales", type=int, default=size.sales)
    parser.add_argument("--repeat", type=int, default=5, help="runs of each, of which the shortest counts")
    parser.add_argument("--db", type=Path, help="keep the generated store here")
    parser.add_argument("--without", default="", help=f"engines to leave out: {','.join(engines.ENGINES)}")
    parser.add_argument("--only-edits", action="store_true", help="only edit each of ten rules")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = parser.parse_args(arguments)
    size = Size(given.contacts, given.interactions, given.sales)
    bench = generated.store(size, given.db)
    print(f"{size.contacts:,} contacts, {size.interactions:,} interactions, {size.sales:,} sales entries; "
          f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {bench.database.path}")  # fmt: skip
    results = measured(bench, given.repeat, given.without.split(","), only_edits=given.only_edits)
    report.printed(results, given.repeat)
    if given.json:
        given.json.write_text(json.dumps({"size": size.__dict__, **results}, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
