"""The wheel holds two packages with everything they need, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import workbench

ROOT = Path(__file__).parents[2]
NEEDED = {".sql", ".po", ".js", ".css", ".toml", ".svg"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as for a release."""
    folder = tmp_path_factory.mktemp("wheel")
    run(ROOT, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder))
    (built,) = folder.glob("*.whl")
    return built


def run(folder: Path, *command: str, path: Path | None = None) -> str:
    environment = {"PATH": "", "PYTHONDONTWRITEBYTECODE": "1", **({"PYTHONPATH": str(path)} if path else {})}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, text=True, capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_two_packages(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        top = {name.partition("/")[0] for name in archive.namelist()}

    assert top == {"workbench", "pipelines", f"segmentation_workbench-{workbench.__version__}.dist-info"}


def test_the_wheel_holds_every_file_that_the_packages_read(wheel: Path) -> None:
    there = {
        path.relative_to(ROOT).as_posix()
        for package in ("workbench", "pipelines")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert packed == there
    assert {Path(name).suffix for name in packed} >= NEEDED


def test_the_wheel_works_where_the_repository_is_not(wheel: Path, tmp_path: Path) -> None:
    run(tmp_path, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", "installed", str(wheel))
    script = "import workbench as wb; print(wb.__file__); print(wb.open(':memory:').segments.list().frame().empty)"

    where, is_empty = run(tmp_path, "-c", script, path=tmp_path / "installed").split()

    assert Path(where).is_relative_to(tmp_path / "installed")
    assert is_empty == "True"
