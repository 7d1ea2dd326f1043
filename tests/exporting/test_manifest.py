"""The manifest says what the file is, and whether it still is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipelines.schema import CONTACT
from tests.exporting.hard_frame import COLUMNS, FACTS, LEDGER, hard_frame
from tests.exporting.single import exported
from workbench.errors import ExportError, NotFoundError
from workbench.exporting import ExportReceipt, export_frame, verify_manifest

NAME = CONTACT.column("name")


@pytest.fixture
def receipt(tmp_path: Path) -> ExportReceipt:
    return export_frame(hard_frame(), COLUMNS, tmp_path / "a.csv", ledger=LEDGER, facts=FACTS)


def test_an_untouched_file_is_the_one_exported(receipt: ExportReceipt) -> None:
    for path in (receipt.path, receipt.manifest_path):
        check = verify_manifest(path)
        assert check.is_unchanged
        assert check.found.sha256 == receipt.sha256
        assert check.rows == 10


def test_one_changed_character_is_noticed(receipt: ExportReceipt) -> None:
    receipt.path.write_bytes(receipt.path.read_bytes().replace(b"Anna", b"Anne"))
    check = verify_manifest(receipt.path)
    assert not check.is_unchanged
    assert check.frame()["is_same"].to_dict() == {"sha256": False, "bytes": True}
    assert "has changed since" in check._repr_html_()


def test_missing_files_are_named(receipt: ExportReceipt, tmp_path: Path) -> None:
    receipt.path.unlink()
    with pytest.raises(NotFoundError, match=r"is not there, only its manifest\. Put the file beside its manifest"):
        verify_manifest(receipt.manifest_path)
    with pytest.raises(NotFoundError, match=r"There is no manifest .*b\.csv\.manifest\.json"):
        verify_manifest(tmp_path / "b.csv")


@pytest.mark.parametrize("content", ["no json", "[]", "{}", '{"manifest_version": 1}', '{"manifest_version": "x"}'])
def test_a_file_that_is_no_manifest_is_refused(content: str, receipt: ExportReceipt) -> None:
    receipt.manifest_path.write_text(content)
    with pytest.raises(ExportError, match=r'"a\.csv\.manifest\.json" is not a manifest of an export\.'):
        verify_manifest(receipt.path)


def test_a_manifest_of_a_newer_workbench_is_refused(receipt: ExportReceipt) -> None:
    receipt.manifest_path.write_text('{"manifest_version": 2}')
    with pytest.raises(ExportError, match="was written by a newer workbench"):
        verify_manifest(receipt.path)


def test_facts_stand_in_the_manifest_as_they_come(receipt: ExportReceipt) -> None:
    facts = json.loads(receipt.manifest_path.read_text("utf-8"))["facts"]
    assert facts["as_of"] == "2024-01-31"
    assert facts["definition"] == FACTS["definition"]
    assert facts["least_spend"] == "-0.0001"


def test_numbers_of_numpy_are_facts_too(tmp_path: Path) -> None:
    facts = {"total": np.int64(3), "shares": np.array([0.5]), "tags": ("a", "b")}
    receipt = export_frame(hard_frame(), COLUMNS, tmp_path / "a.csv", ledger=LEDGER, facts=facts)
    found = json.loads(receipt.manifest_path.read_text("utf-8"))["facts"]
    assert found == {"total": 3, "shares": [0.5], "tags": ["a", "b"]}


@pytest.mark.parametrize("value", [object(), float("nan")])
def test_a_fact_that_json_cannot_hold_is_refused_before_writing(value: object, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r'The fact "odd" cannot stand in a manifest: .*\. Give text, numbers'):
        export_frame(hard_frame(), COLUMNS, tmp_path / "a.csv", ledger=LEDGER, facts={"odd": value})
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_of_a_file_that_is_gone_is_replaced(tmp_path: Path) -> None:
    exported(["x"], NAME, tmp_path / "a.csv").unlink()
    assert verify_manifest(exported(["y"], NAME, tmp_path / "a.csv")).is_unchanged


def test_a_receipt_shows_well(receipt: ExportReceipt) -> None:
    assert receipt.frame().to_dict("records")[0]["rows"] == 10
    assert "suppressed: minor" in receipt._repr_html_()
