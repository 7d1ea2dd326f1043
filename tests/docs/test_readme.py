"""What the README and CONTRIBUTING show works as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import workbench as wb
from tests.cli.command import run

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language in all documents, in their order."""
    return [block for document in DOCUMENTS for found, block in BLOCK.findall(text(document)) if found == language]


def commands(block: str) -> list[list[str]]:
    """The lines of a block that call the workbench, without their comments."""
    return [shlex.split(line, comments=True)[1:] for line in block.splitlines() if line.startswith("workbench ")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place that looks like the repository to what is shown, and may be written to."""
    shutil.copytree(ROOT / "data", tmp_path / "here" / "data")
    return tmp_path / "here"


def plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("WORKBENCH_")}


@pytest.mark.parametrize("block", blocks("python"))
def test_a_block_of_python_runs(block: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block],
        cwd=folder, env=plain_environment(), text=True, capture_output=True, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize("block", [block for block in blocks("console") if commands(block)])
def test_the_commands_of_a_block_run_one_after_another(block: str, folder: Path, journey_copy: Path) -> None:
    shutil.move(journey_copy, folder / "demo.duckdb")

    for command in commands(block):
        done = run(command, folder, plain_environment(), timeout=300)
        assert done.code == 0, f"{shlex.join(command)}\n{done.out}\n{done.err}"


@pytest.mark.parametrize("block", blocks("yaml"))
def test_a_definition_fits_the_demo_store(block: str, journey: wb.Workbench) -> None:
    segment = journey.segments.validate(wb.Segment.from_yaml(block))

    assert journey.segments.count(segment, journey.as_of()).total >= 0


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_target_of_make_that_is_named_exists(document: str) -> None:
    named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)", text(document), re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))

    assert {one or other for one, other in named} <= targets


@pytest.mark.parametrize("document", [*DOCUMENTS, "data/README.md", "GLOSSARY.md", "DECISIONS.md", "CHANGELOG.md"])
def test_every_link_into_the_repository_leads_somewhere(document: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", text(document))

    assert [link for link in links if not (ROOT / document).parent.joinpath(link).exists()] == []
