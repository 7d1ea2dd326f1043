"""A file appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.schema import CONTACT, Column, FieldType
from workbench.errors import ConfigError, ConflictError, ExportError, FrameError
from workbench.exporting import ExportReceipt, Ledger, export_frame

COLUMNS = [CONTACT.column("contact_no"), CONTACT.column("name")]
FORMATS = ["a.csv", "a.xlsx", "a.parquet"]


def _export(path: Path, **more: object) -> ExportReceipt:
    frame = pd.DataFrame({"contact_no": ["CT1", "CT2"], "name": ["Anna", "Berta"]}, dtype="str")
    return export_frame(frame, COLUMNS, path, ledger=Ledger(matched=2, rows=2), facts={}, **more)  # type: ignore[arg-type]


def _when_written(action: Callable[[], object]) -> Callable[[int, int], None]:
    return lambda done, total: action() if done == total // 2 else None  # type: ignore[return-value]


@pytest.mark.parametrize("name", FORMATS)
def test_the_file_and_its_manifest_are_all_that_is_left(name: str, tmp_path: Path) -> None:
    receipt = _export(tmp_path / "new" / "deep" / name)
    assert sorted(path.name for path in receipt.path.parent.iterdir()) == [name, f"{name}.manifest.json"]
    assert receipt.manifest_path.name == f"{name}.manifest.json"


@pytest.mark.parametrize("name", FORMATS)
def test_whatever_progress_raises_cancels_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _export(tmp_path / name, progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_each_row_once_written_and_once_read_back(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    _export(tmp_path / "a.csv", progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (2, 4)
    assert seen[-1] == (4, 4)


def test_a_file_that_does_not_read_back_is_not_kept_and_the_cell_is_named(tmp_path: Path) -> None:
    def spoil() -> None:
        (part,) = tmp_path.glob(".*.part")
        part.write_bytes(part.read_bytes().replace(b"Berta", b"Bertha"))

    with pytest.raises(ExportError) as failed:
        _export(tmp_path / "a.csv", progress=_when_written(spoil))
    assert failed.value.message == (
        "The file does not read back as written: row 2 (contact_no CT2), column \"name\" holds 'Bertha' "
        "where 'Berta' was to be written."
    )
    assert failed.value.hint == "No file was kept; export again, and report this if it happens twice."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (b"CT2,Berta\r\n", b"", "reads back with 1 rows where 2 were to be written"),
        (b"Berta\r\n", b"Berta\r\nCT3,Carl\r\n", "reads back with more than the 2 rows"),
        (b"Berta\r\n", b"Berta,x\r\n", "reads back with lines that do not have 2 cells each"),
        (b"name\r\n", b"nom\r\n", "The header reads back as"),
    ],
)
def test_lost_and_added_rows_cells_and_names_are_found(
    before: bytes, after: bytes, message: str, tmp_path: Path
) -> None:
    def spoil() -> None:
        (part,) = tmp_path.glob(".*.part")
        part.write_bytes(part.read_bytes().replace(before, after))

    with pytest.raises(ExportError, match=message):
        _export(tmp_path / "a.csv", progress=_when_written(spoil))
    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_is_no_longer_a_value_of_its_column_is_named(tmp_path: Path) -> None:
    column = Column("spend_amount", FieldType.AMOUNT, "spend")

    def spoil() -> None:
        (part,) = tmp_path.glob(".*.part")
        part.write_bytes(part.read_bytes().replace(b"2.5", b"two"))

    with pytest.raises(ExportError, match=r"row 2, column \"spend_amount\" holds 'two' where Decimal"):
        export_frame(
            pd.DataFrame({"spend_amount": [1.5, 2.5]}),
            [column],
            tmp_path / "a.csv",
            ledger=Ledger(matched=2, rows=2),
            facts={},
            progress=_when_written(spoil),
        )


def test_an_existing_file_is_kept_unless_it_may_be_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    with pytest.raises(ConflictError) as refused:
        _export(path)
    assert str(refused.value) == f'"{path}" exists already. Choose another name, or allow it to be overwritten.'
    assert path.read_text() == "mine"
    assert _export(path, overwrite=True).rows == 2
    assert path.read_text().startswith("contact_no")


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(ConflictError, match="exists already"):
        _export(path, progress=_when_written(lambda: path.write_text("mine")))
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a.csv", "mine")]


def test_a_failed_export_keeps_the_file_it_was_to_overwrite(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")

    def cancel(done: int, total: int) -> None:
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        _export(path, overwrite=True, progress=cancel)
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a.csv", "mine")]


def test_a_file_is_readable_by_others_as_the_system_would_have_it(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    assert _export(tmp_path / "a.csv").path.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list").touch()
    with pytest.raises(ExportError) as refused:
        _export(tmp_path / "list" / "a.csv")
    assert str(refused.value) == f'"{tmp_path / "list"}" is not a folder. Choose another folder for the export.'


def test_a_target_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(ExportError, match=r'a\.csv" is a folder\. Name a file in it\.'):
        _export(tmp_path / "a.csv", overwrite=True)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder here that refuses everybody")
def test_a_folder_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(ExportError, match=r'The folder "/proc/exports" cannot be made: .*\. Choose another folder'):
        _export(Path("/proc/exports/a.csv"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_admits_no_files_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ExportError, match="does not admit new files"):
        _export(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("name", "format_name", "text"),
    [
        (
            "a.txt",
            None,
            (
                'The format of "a.txt" cannot be told from its ending. End the name in .csv, .xlsx, .parquet; '
                "there are the formats csv, excel_csv, xlsx, parquet."
            ),
        ),
        (
            "a.csv",
            "xlsx",
            '"a.csv" does not end in .xlsx, the ending of xlsx. Name the file a.xlsx, or choose another format.',
        ),
        ("a.csv", "exel_csv", 'There is no export format "exel_csv". Did you mean "excel_csv"?'),
    ],
)
def test_formats_are_told_from_endings_and_names(name: str, format_name: str | None, text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        _export(tmp_path / name, format=format_name)
    assert str(refused.value) == text


def test_columns_that_are_missing_or_asked_for_twice_are_refused(tmp_path: Path) -> None:
    frame, ledger = pd.DataFrame({"nam": ["x"]}), Ledger(matched=1, rows=1)
    with pytest.raises(FrameError, match=r'The frame has no column "name" to export\. Did you mean "nam"\?'):
        export_frame(frame, [CONTACT.column("name")], tmp_path / "a.csv", ledger=ledger, facts={})
    with pytest.raises(FrameError, match=r'Column "name" is asked for 2 times\. Name each column once\.'):
        export_frame(frame, [CONTACT.column("name")] * 2, tmp_path / "a.csv", ledger=ledger, facts={})
    with pytest.raises(FrameError, match=r"An export needs at least one column\. Name the columns to write\."):
        export_frame(frame, [], tmp_path / "a.csv", ledger=ledger, facts={})
