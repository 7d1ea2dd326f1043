"""The selftest says which figures are as published, which differ, and what it could not look at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from workbench import selftest
from workbench.errors import NotFoundError, SourceError
from workbench.selftest import cdnow, rfm_orders
from workbench.selftest.figures import Check, Figure, figure, pair


def check(*figures: Figure, file: str = "", error: Exception | None = None) -> Check:
    def compute(_file: Path) -> Iterator[Figure]:
        if error is not None:
            raise error
        yield from figures

    return Check("Rates", compute, file, "its publisher")


WILSON = figure("Wilson", "0.2553", 0.255289, "Newcombe (1998)")
WRONG = figure("Newcombe", "0.0524", 0.0526, "Newcombe (1998)")


def test_everything_that_needs_no_data_is_as_published() -> None:
    found = selftest.run()
    assert found.is_passed
    assert [figure.name for figure in found.differing] == []
    assert len(found.figures) >= 50
    assert all(figure.source for figure in found.figures)
    assert {part.subject for part in found.left_out} == {check.subject for check in selftest.CHECKS if check.file}


@pytest.mark.parametrize(("check", "count"), [(rfm_orders.FILE, 54), (cdnow.FILE, 36)], ids=["rfm", "cdnow"])
def test_public_files_give_what_is_published(check: Check, count: int) -> None:
    """Hillstrom's is measured with the acceptance of campaigns, where the store is made already."""
    folder = Path(os.environ.get("WORKBENCH_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
    if not (folder / check.file).exists():
        pytest.skip(f"needs {folder / check.file}")
    found = selftest.run(folder, checks=(check,))
    assert [figure.name for figure in found.differing] == []
    assert (len(found.figures), found.failed) == (count, ())


def test_a_figure_agrees_to_the_digits_that_are_printed() -> None:
    low, high = pair("r", ("0.243", "-9582.4"), (0.2435, -9582.4501), "a table")
    assert (low.agrees, high.agrees) == (True, False)
    assert (low.shown, high.shown) == ("0.24350", "-9582.450")
    assert figure("v", "15.44", 15.4477, "a test", 0.015).agrees
    assert not figure("v", "15.44", float("nan"), "a test").agrees
    assert (figure("n", "604", 604, "a table").tolerance, figure("n", "604", 1604, "a table").shown) == (0.5, "1,604")


def test_a_figure_that_differs_is_named() -> None:
    found = selftest.run(checks=(check(WILSON, WRONG),))
    assert (found.is_passed, found.differing) == (False, (WRONG,))
    assert found.sentence() == "1 of 2 figures are as published, 1 differ."
    assert found.frame()["agrees"].tolist() == [True, False]
    assert "1 differ." in found._repr_html_()


def test_what_has_no_data_says_which_and_whence(tmp_path: Path) -> None:
    needing = check(WILSON, file="cdnow/sample.txt")
    assert selftest.run(checks=(needing,)).left_out[0].left_out == (
        "No folder of public data was named. cdnow/sample.txt is from its publisher."
    )
    found = selftest.run(tmp_path, checks=(needing,))
    place = tmp_path / "cdnow" / "sample.txt"
    assert found.left_out[0].left_out == f"{place} is not there. cdnow/sample.txt is from its publisher."
    assert (found.is_passed, found.sentence()) == (
        True, "0 of 0 figures are as published; 1 part left out for want of data."
    )  # fmt: skip
    place.parent.mkdir()
    place.touch()
    assert selftest.run(tmp_path, checks=(needing,)).figures == (WILSON,)


def test_what_cannot_be_computed_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "sample.txt").touch()
    broken = check(file="sample.txt", error=SourceError("sample.txt is empty.", "Get it again."))
    found = selftest.run(tmp_path, checks=(broken, check(WILSON)))
    assert not found.is_passed
    assert found.sentence() == "1 of 1 figures are as published; 1 part could not be computed."
    assert found.to_dict()["failed"] == [{"subject": "Rates", "reason": "sample.txt is empty. Get it again."}]


def test_progress_is_told_and_a_folder_that_is_not_there_refused(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    tell: Callable[[int, int], None] = lambda done, of: told.append((done, of))  # noqa: E731
    selftest.run(progress=tell, checks=(check(WILSON), check(WRONG)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    with pytest.raises(NotFoundError, match=r"There is no folder .*nowhere\."):
        selftest.run(tmp_path / "nowhere")
