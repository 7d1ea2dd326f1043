"""Tables as commands print them."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.cli.frames import print_frame

WIDE = [f"a_heading_of_some_length_{n}" for n in range(6)]


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_few_rows_that_are_too_wide_stand_one_below_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    print_frame(pd.DataFrame([["x"] * 6, ["y"] * 6], columns=WIDE))

    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [[name, "x", "y"] for name in WIDE]


def test_no_rows_that_would_be_too_wide_are_told_in_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    print_frame(pd.DataFrame(columns=WIDE))
    print_frame(pd.DataFrame(columns=WIDE), title="Tasks")

    assert capsys.readouterr().out == "None.\nTasks: none\n"


def test_no_rows_that_would_fit_keep_their_headings(capsys: pytest.CaptureFixture[str]) -> None:
    print_frame(pd.DataFrame(columns=["no", "name"]))

    assert capsys.readouterr().out.split() == ["no", "name"]
