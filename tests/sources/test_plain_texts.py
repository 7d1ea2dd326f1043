"""The fast reader gives what the careful one gives, or leaves the file to it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.conftest import Shelf
from workbench.sources import text_files
from workbench.sources.dialects import examined
from workbench.sources.options import Options
from workbench.sources.plain_texts import read_plain

SIGNS = st.text(st.sampled_from(list('ab ,"\n\r;\té🦊\0\ufeff')), max_size=40)


def is_plain(path: Path) -> bool:
    return read_plain(path, examined(path), ",", lambda _rows: None) is not None


@settings(max_examples=300)
@given(body=SIGNS, head=st.sampled_from(["No.", "No.,Name", '"No.",Name,City']))
def test_both_readers_give_the_same(body: str, head: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes(f"{head}\n{body}".encode())
        seen = examined(path)

        if is_plain(path):
            careful = text_files._read_carefully(path, seen, Options(), ",")
            fast = text_files._laid_out(path, seen, read_plain(path, seen, ",", lambda _rows: None) or [], ",")

            assert fast.headers == careful.headers
            assert [c.to_pylist() for c in fast.columns] == [c.to_pylist() for c in careful.columns]
            assert fast.row_numbers.tolist() == careful.row_numbers.tolist()
            assert not careful.misshapen


@pytest.mark.parametrize(
    "text",
    [
        "No.,Name\nA,a\nB,b\n",
        "No.,Name\r\nA,a\r\nB,b",
        '"No.","Name"\n"A","a ""quoted"" b"\n"B",""\n',
        "No.,Name\nA,a\n\nB,b\n",
    ],
)
def test_usual_files_are_plain(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode())

    assert is_plain(path)


@pytest.mark.parametrize(
    "text",
    [
        "No.,Name\nA\n",
        'No.,Name\nA,"a\nb"\n',
        'No.,Name\nA,5" pipe\nB,"b',
        "No.,Name\nA,a\rB,b\n",
        'No.,Name\nA,"a\n',
        'No.,"Na\nme"\nA,a\n',
        "No.",
    ],
)
def test_files_with_surprises_are_not(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode())

    assert not is_plain(path)


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("No.,Name,City\nA,a,x\n,,\nB,b,\nC,c,z\nC,d,z\n", encoding="utf-8")

    receipt = shelf.sources.load("contact", path)

    assert is_plain(path)
    assert (receipt.rows, receipt.problems["row"].tolist()) == (4, [6])


def test_a_plain_file_tells_how_far_it_is_and_can_be_cancelled(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("No.,Name\n" + "".join(f"C{n},{'x' * 200}\n" for n in range(60_000)), encoding="utf-8")
    told: list[int] = []

    def cancel(done: int, _of: int) -> None:
        told.append(done)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.sources.load("contact", path, progress=cancel)
    assert 0 < told[0] < told[1] < 30_000
