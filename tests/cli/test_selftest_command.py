"""The command selftest, without data of others."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell


def test_published_figures_are_printed_beside_ours(own: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBENCH_SHARED_DATA", raising=False)
    said = own.run("selftest")
    assert said.code == 0
    assert "Wilson's interval of 81 of 263, from" in said.out
    assert "Left out: No folder of public data was named. hillstrom/hillstrom.csv is from" in said.out
    assert said.out.splitlines()[-1].endswith("left out for want of data.")
    told = own.run("selftest", "--data", own.folder, "--json").json
    assert told["is_passed"]
    assert {"published": "0.2553", "agrees": True}.items() <= told["figures"][0].items()
    assert own.run("selftest", "--data", "nowhere").complaint == (
        "There is no folder nowhere.", "Name the folder that has the public data sets (--data).",
    )  # fmt: skip


def test_a_broken_file_is_no_success(own: Shell) -> None:
    (own.folder / "hillstrom").mkdir()
    own.file("hillstrom/hillstrom.csv", "")
    said = own.run("selftest", "--data", own.folder)
    assert said.code == 16
    assert "Could not be computed: " in said.out
