"""What importing costs, and what help says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from workbench.cli.commands import app

HEAVY = ("pandas", "duckdb", "streamlit", "plotly")


def loaded(statement: str, names: tuple[str, ...] = HEAVY) -> list[str]:
    """Which packages a fresh Python has loaded after a statement."""
    script = f"{statement}\nimport sys; print(*[name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], text=True, capture_output=True, check=True, timeout=120)
    return done.stdout.split()


def test_importing_the_workbench_loads_nothing_heavy() -> None:
    assert loaded("import workbench as wb") == []


def test_opening_a_store_loads_no_screen() -> None:
    assert loaded("import workbench as wb; wb.open(':memory:')", ("streamlit", "plotly")) == []


def test_the_reasoning_loads_no_database_and_no_screen() -> None:
    statement = "import pipelines.binding, pipelines.matching, pipelines.membership, pipelines.response"

    assert loaded(statement, ("duckdb", "streamlit", "plotly", "workbench")) == []


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("pipelines/__init__.py", "pipelines/__init__.py"),
        ("pipelines.py", "pipelines.py"),
        ("pipelines/notes.txt", "pipelines"),
    ],
)
def test_something_else_of_our_name_is_named_in_the_error(file: str, named: str, tmp_path: Path) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).touch()

    command = [sys.executable, "-c", "import workbench"]
    done = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, timeout=120)

    assert done.stderr.rstrip().rpartition("\n")[2] == (
        f"ImportError: The workbench needs its own package 'pipelines', but Python finds {tmp_path / named} first. "
        "Start from another folder, or rename that one."
    )


def commands(group: Any, name: str = "workbench") -> Iterator[tuple[str, Any]]:
    """Every command and group of commands, as it is typed."""
    yield name, group
    for part, command in getattr(group, "commands", {}).items():
        yield from commands(command, f"{name} {part}")


@pytest.mark.parametrize(("name", "command"), list(commands(typer.main.get_command(app))))
def test_every_command_and_every_parameter_has_its_help(name: str, command: Any) -> None:
    parameters = [one for one in command.params if not getattr(one, "hidden", False)]

    assert (command.help or "").rstrip().endswith("."), name
    assert [one.name for one in parameters if not (one.help or "").rstrip().endswith((".", "…"))] == []
