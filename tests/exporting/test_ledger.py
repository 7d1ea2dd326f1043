"""The ledger closes, or nothing is exported."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.schema import CONTACT
from workbench.errors import ExportError
from workbench.exporting import Ledger, export_frame


def test_an_export_whose_numbers_do_not_close_fails_before_writing(tmp_path: Path) -> None:
    ledger = Ledger(
        matched=100, suppressed={"minor": 10, "blocked": 2}, limited=3, unreachable=4, duplicates=1, rows=79
    )
    frame = pd.DataFrame({"name": pd.Series("x", index=range(79), dtype="str")})
    with pytest.raises(ExportError) as refused:
        export_frame(frame, [CONTACT.column("name")], tmp_path / "new" / "a.csv", ledger=ledger, facts={})
    assert refused.value.message == (
        "The ledger does not close: 100 matched - 10 suppressed (minor) - 2 suppressed (blocked) - 3 limited"
        " - 4 unreachable - 1 duplicates = 80, but 79 rows are to be written."
    )
    assert refused.value.hint == "Nothing was written; every contact that is left out needs exactly one reason."
    assert not (tmp_path / "new").exists()


def test_a_ledger_must_count_the_rows_of_the_frame(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": pd.Series(["x"], dtype="str")})
    with pytest.raises(ExportError, match=r"The ledger counts 2 rows, but 1 are to be written\."):
        export_frame(frame, [CONTACT.column("name")], tmp_path / "a.csv", ledger=Ledger(matched=2, rows=2), facts={})


def test_counts_that_cancel_each_other_out_are_refused() -> None:
    with pytest.raises(ExportError, match=r"The ledger counts -1 for suppressed: minor; a count cannot be negative"):
        Ledger(matched=1, suppressed={"minor": -1}, limited=1, rows=1).check()


def test_the_frame_adds_up() -> None:
    frame = Ledger(matched=10, suppressed={"minor": 2}, unreachable=1, rows=7).frame()
    assert frame["line"].tolist() == [
        "matched",
        "suppressed: minor",
        "limited",
        "unreachable",
        "duplicates",
        "rows",
    ]
    assert frame["contact_count"][:-1].sum() == frame["contact_count"].iloc[-1] == 7
