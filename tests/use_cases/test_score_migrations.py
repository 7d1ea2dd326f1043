"""Moves between runs of a score: of names that were computed, of runs from files, and what is no name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.kinds_world import DAY, SIZE, shop

COMPUTE = "Compute one of an earlier day: workbench score run rfm --as-of DATE."
EARLY = dt.date(2025, 10, 10)
BOUNDS: dict[str, Any] = {
    "bins": "custom", "recency_bounds": [60, 180], "frequency_bounds": [2, 6], "monetary_bounds": [100, 1000],
}  # fmt: skip


@pytest.fixture(scope="module", name="bench")
def shop_with_two_runs() -> wb.Workbench:
    bench = shop()
    for day in (EARLY, DAY):
        bench.scores.run("rfm", day, **BOUNDS)
    return bench


def test_names_move_as_contacts_do(bench: wb.Workbench) -> None:
    """Who came once is gone, regulars are new and among the best, good ones stayed away."""
    found = bench.scores.migration("rfm")
    before, after = (bench.scores.show("rfm", day).rows.set_index("contact_id")["segment"] for day in (EARLY, DAY))
    both = pd.concat([before, after], axis=1, keys=["from_name", "to_name"]).fillna("")
    expected = both.value_counts().to_dict()
    assert {tuple(row[:2]): row[2] for row in found.frame().to_numpy().tolist()} == expected
    assert (found.found.came, found.found.left, found.found.contacts) == (SIZE - len(before), 0, SIZE)
    assert found.matrix().index.tolist()[-1] == ""
    assert found.sentence == (
        f"Of 120 contacts with a segment in one of the runs of 2025-10-10 and 2026-06-30, {found.found.stayed} kept "
        f"it, {found.found.moved} changed it, {found.found.came} have one in the later run only, and 0 in the earlier "
        "only."
    )
    assert found.to_dict()["moves"][0].keys() == {"from_name", "to_name", "contacts", "share_of_from", "share_of_to"}
    assert "(none)" in found._repr_html_()


def test_runs_from_files_and_numbers_have_names_too(bench: wb.Workbench) -> None:
    for day, group in (("2026-01-01", [1, 2]), ("2026-02-01", [2, 2])):
        rows = pd.DataFrame({"contact_no": ["C000", "C001"], "group": group})
        bench.scores.load("groups", rows, dt.date.fromisoformat(day))
    assert bench.scores.migration("groups", field="group").frame().to_numpy().tolist() == [
        ["1", "2", 1, 1.0, 0.5], ["2", "2", 1, 1.0, 0.5],
    ]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), [
    (("rmf",), 'There is no score "rmf". Did you mean "rfm"?'),
    (("rfm", DAY), "The run of 2026-06-30 does not come before that of 2026-06-30. Name the earlier day first."),
    (("rfm", dt.date(2025, 10, 11)), 'The score rfm has no run of 2025-10-11. Did you mean "2025-10-10"?'),
    (("rfm", None, EARLY), f"The score rfm has no run before 2025-10-10, and moves are between two. {COMPUTE}"),
])  # fmt: skip
def test_runs_that_are_not_there_are_refused(bench: wb.Workbench, arguments: Any, said: str) -> None:
    with pytest.raises(wb.WorkbenchError) as refused:
        bench.scores.migration(*arguments)
    assert str(refused.value) == said


def test_figures_are_no_names(bench: wb.Workbench) -> None:
    rows = pd.DataFrame({"contact_no": [f"C{number:03}" for number in range(61)], "amount": range(61)})
    bench.scores.load("spent", rows, dt.date(2026, 1, 1))
    bench.scores.load("spent", rows, dt.date(2026, 2, 1))
    with pytest.raises(wb.WorkbenchError) as figure:
        bench.scores.migration("spent", field="amount")
    assert str(figure.value) == (
        "The field amount of the score spent has 61 different values in the run of 2026-01-01: it is a figure, and no "
        "name. Take a field of 60 values at most."
    )
    with pytest.raises(wb.WorkbenchError) as unknown:
        bench.scores.migration("rfm", field="segments")
    assert str(unknown.value) == 'The score rfm has no field "segments". Did you mean "segment"?'
