"""The commands about plans of campaigns and their launches."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")
PLAN = """\
name: winter
dedupe_key: email
campaigns:
- campaign: CP0001
  segments: [everybody]
  channel: email
  holdout: 0.4
  expected: {rate: 0.1, lift: 0.05}
"""


@pytest.fixture
def planned(own: Shell) -> tuple[Shell, Path]:
    """A store with a campaign and a segment, and a plan beside it."""
    assert own.run("campaign", "new", "--description", "Winter", *DAY).code == 0
    everybody = own.file("everybody.yaml", "name: everybody\nsteps: [{add: {field: name, op: is_known}}]\n")
    assert own.run("segment", "save", everybody).code == 0
    return own, own.file("winter.yaml", PLAN)


def test_a_plan_is_looked_at_saved_and_launched(planned: tuple[Shell, Path]) -> None:
    shell, path = planned
    shown = shell.run("campaign", "plan", path, *DAY)
    assert shown.code == 0, shown.err
    for part in ("From segment to target as of 2024-12-31", "unreachable", "Arms: 4 targets", "with power 0.8"):
        assert part in shown.out
    found = shell.run("campaign", "plan", path, "--save", *DAY, "--json").json
    assert (found["target_count"], found["is_saved"]) == (4, True)
    assert [(row["entry"], row["contact_count"]) for row in found["ledger"]][:2] == [("members", 5), ("unreachable", 1)]
    assert shell.run("campaign", "plans", "--json").json[0]["campaigns"] == ["CP0001"]
    weighed = shell.run("campaign", "plan", "winter", "--members", *DAY, "--json").json
    assert {row["contact_no"]: row["reason"] for row in weighed}["C2"] == "unreachable"

    preview = shell.run("campaign", "launch", "winter", "--worksheets", "--dry-run", *DAY).out
    assert "Worksheet (new): CP0001, targeted" in preview
    assert preview.splitlines()[-1] == "A preview; nothing was written: 4 targets of the plan winter."
    launched = shell.run("campaign", "launch", "winter", "--worksheets", *DAY, "--json").json
    assert launched["launch_no"] == 1
    assert [sheet["worksheet_no"] for sheet in launched["worksheets"]] == ["SM00001"]
    assert shell.run("campaign", "launches", "--json").json[0]["target_count"] == 4

    arms = {row["contact_no"]: row["arm"] for row in shell.run("campaign", "targets", "CP0001", "--json").json}
    assert arms == {row["contact_no"]: row["arm"] for row in weighed if row["arm"]}
    (lost,) = shell.run("campaign", "targets", "CP0001", "--lost", "--json").json
    assert (lost["contact_no"], lost["reason"]) == ("C2", "unreachable")
    assert "Targets of CP0001: 4" in shell.run("campaign", "targets", "CP0001", "--totals").out
    again = shell.run("campaign", "launch", "winter", *DAY)
    assert again.complaint[0] == "The plan winter gives nobody to target on 2024-12-31."


def test_what_a_plan_says_wrongly_is_told_with_its_place(planned: tuple[Shell, Path]) -> None:
    shell, _ = planned
    wrong = shell.file("wrong.yaml", PLAN.replace("holdout", "holdouts"))
    assert shell.run("campaign", "plan", wrong, *DAY).complaint == (
        'Plan, campaign 1: "holdouts" is not known here.', 'Did you mean "holdout"?',
    )  # fmt: skip
    assert shell.run("campaign", "launch", "summer", *DAY).complaint[0] == 'There is no saved plan "summer".'
