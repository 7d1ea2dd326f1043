"""What the command line says of itself, and how soon."""

from __future__ import annotations

import subprocess
import sys

from tests.cli.command import Shell

COMMANDS = ("init", "info", "load", "app", "demo", "field", "segment")
OF_SEGMENTS = (
    "validate", "save", "list", "show", "delete", "count", "members", "preview", "snapshot", "snapshots", "export",
    "schema",
)  # fmt: skip


def test_help_lists_every_command(shop: Shell) -> None:
    assert all(f" {command} " in shop.run("--help").out for command in COMMANDS)
    of_segments = shop.run("segment", "--help").out
    assert all(f" {command} " in of_segments for command in OF_SEGMENTS)
    demo = shop.run("demo", "complete-journey", "--help").out
    assert "--definitions" in demo
    assert "--exports" in demo


def test_help_does_not_wait_for_what_commands_need() -> None:
    script = (
        "import workbench.cli, sys; print([name for name in ('pandas', 'duckdb', 'streamlit') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], text=True, capture_output=True, check=True)
    assert done.stdout == "[]\n"
