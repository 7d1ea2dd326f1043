"""Setup at the command line."""

from __future__ import annotations

from tests.cli.command import Shell


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
    assert own.run("number-series", "line", "X", "10000", "--delete").code == 0
    assert own.run("number-series", "delete", "X").out == "Deleted X.\n"
