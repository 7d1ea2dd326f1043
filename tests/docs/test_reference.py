"""The reference of the language is what the specification says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.spec.contents import CONTENTS

ROOT = Path(__file__).parents[2]


def test_the_book_has_every_chapter_once() -> None:
    chapters = [chapter for part in CONTENTS.values() for chapter in part]

    assert sorted(chapters) == sorted(
        path.stem.removeprefix("test_") for path in (ROOT / "tests" / "spec").glob("test_*.py")
    )


def test_the_reference_is_written_from_the_specification() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "tests.docs.reference", "--check"], cwd=ROOT, capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stderr
