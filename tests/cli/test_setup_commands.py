"""Setup at the command line."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.cli.command import Shell
from workbench.cli.frames import print_fitting


def test_marketing_setup_is_shown_and_set_with_its_consequences(own: Shell) -> None:
    assert own.run("setup", "show", "--json").json["search_hit_percent"] == 60
    changed = own.run("setup", "set", "maintain_duplicates", "no")
    assert "autosearch_duplicates" in changed.out
    assert own.run("setup", "set", "search_hit_percent", "0").complaint == (
        '"0" is no search hit percentage.',
        "Write a whole number from 1 to 100.",
    )


def test_code_tables_are_kept(own: Shell) -> None:
    assert own.run("setup", "code", "territory", "N", "--set", "description=North").out == "territory N: added.\n"
    assert own.run("setup", "codes", "territory", "--json").json[0]["description"] == "North"
    assert own.run("setup", "code", "territory", "N", "--rename", "NORTH").code == 0
    assert own.run("setup", "code", "territory", "NORTH", "--delete").out == "territory NORTH: deleted.\n"
    assert "mailing_group" in own.run("setup", "codes").out
    assert own.run("setup", "fill", "country").out == "249 added to country.\n"


def test_number_series_give_numbers(own: Shell) -> None:
    assert own.run("number-series", "set", "X", "--set", "description=Mine").code == 0
    assert own.run("number-series", "line", "X", "--set", "starting_no=1", "--set", "ending_no=1").code == 0
    assert own.run("number-series", "peek", "X").out == "1\n"
    assert own.run("number-series", "next", "X", "--json").json["number"] == "1"
    assert own.run("number-series", "next", "X").complaint[0] == (
        "You cannot assign new numbers from the number series X."
    )
    assert own.run("number-series", "relate", "TASK", "X").code == 0
    assert "CT000001" in own.run("number-series", "list").out
    assert own.run("number-series", "show", "X", "--json").json[0]["is_open"] is False
    assert own.run("number-series", "show", "X").out.startswith("X (Mine): automatic numbers.\n")
    assert own.run("number-series", "line", "X", "--delete").complaint[0] == "There is no line named to delete."
    assert own.run("number-series", "line", "X", "10000", "--delete").code == 0
    assert "It has no lines yet" in own.run("number-series", "show", "X").out
    assert own.run("number-series", "delete", "X").out == "Deleted X.\n"


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        ("40", "code  description  count\nA     Very long    1,000\nB\n"),
        ("20", "code         A\ndescription  Very long\ncount        1,000\n\ncode         B\n"),
    ],
)
def test_rows_too_wide_for_the_terminal_have_a_line_for_each_value(
    width: str, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    print_fitting(pd.DataFrame({"code": ["A", "B"], "description": ["Very long", None], "count": [1000.0, None]}))
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == shown.splitlines()
