"""The file for pull requests that the documentation offers is one that works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

DOCS = Path(__file__).parents[2] / "docs"
OLD = "name: grown\nsteps: [{add: {field: age, op: at_least, value: 20}}]\n"
NEW = OLD.replace("20", "18")


def workflow() -> dict[str, Any]:
    # The base loader reads plain text everywhere, as the steps are written.
    read: dict[str, Any] = yaml.load((DOCS / "segment-diff.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return read


def script() -> str:
    (found,) = [step["run"] for step in workflow()["jobs"]["diff"]["steps"] if "segment diff" in step.get("run", "")]
    return str(found)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit, of three definitions."""
    folder = tmp_path / "repository"
    (folder / "data" / "segments").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    for name in ("changed", "gone", "the same"):
        (folder / "data" / "segments" / f"{name}.yaml").write_text(OLD)
    commit(folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    author = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    done = subprocess.run(["git", *author, *arguments], cwd=folder, text=True, capture_output=True, check=True)
    return done.stdout.strip()


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "Change segments")


def run(folder: Path) -> tuple[int, str]:
    """Run the script as the service does, and give its exit code and what it wrote."""
    summary, base = folder.parent / "summary.md", git(folder, "rev-parse", "HEAD~1")
    environment = {
        **os.environ, "BASE": base, "RUNNER_TEMP": str(folder.parent), "GITHUB_STEP_SUMMARY": str(summary),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script()]
    done = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, timeout=300)
    return done.returncode, summary.read_text(encoding="utf-8")


def test_the_file_is_a_workflow_for_pull_requests() -> None:
    read = workflow()
    assert read["on"] == {"pull_request": {"paths": ["data/segments/**.yaml"]}}
    assert [step.get("uses") or step["name"] for step in read["jobs"]["diff"]["steps"]][-1].startswith("Tell it")
    assert read["permissions"] == {"contents": "read", "pull-requests": "write"}


def test_its_script_says_what_changed_in_each_definition(repository: Path) -> None:
    segments = repository / "data" / "segments"
    (segments / "changed.yaml").write_text(NEW)
    (segments / "gone.yaml").unlink()
    (segments / "with blank.yaml").write_text(OLD)
    commit(repository)
    code, told = run(repository)
    assert code == 0
    assert told.startswith("## Changed segments\n\n### data/segments/changed.yaml\n\n~~~~\ngrown: another meaning\n")
    assert "  ~ step 1, condition 1: value 20 -> 18 (age is at least 18)\n~~~~\n" in told
    assert "### data/segments/gone.yaml\n\n~~~~\ngrown: gone\n" in told
    assert "### data/segments/with blank.yaml\n\n~~~~\ngrown: new\n" in told
    assert "the same" not in told


def test_its_script_fails_for_a_definition_that_is_none_and_says_why(repository: Path) -> None:
    (repository / "data" / "segments" / "changed.yaml").write_text(OLD.replace("at_least", "at_leest"))
    commit(repository)
    code, told = run(repository)
    assert code == 1
    assert 'Step 1, condition 1: "at_leest" is no operator.' in told


def test_every_link_of_the_page_leads_somewhere() -> None:
    assert "(segment-diff.yml)" in (DOCS / "review-segments.md").read_text(encoding="utf-8")
    assert (DOCS / "segment-diff.yml").is_file()
