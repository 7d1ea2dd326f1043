"""Parquet: the types other programs find."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq

from tests.exporting.hard_frame import COLUMNS, FACTS, LEDGER, hard_frame
from workbench.exporting import export_frame


def test_every_column_has_the_type_of_the_schema(tmp_path: Path) -> None:
    path = export_frame(hard_frame(), COLUMNS, tmp_path / "a.parquet", ledger=LEDGER, facts=FACTS).path
    types = {field.name: str(field.type) for field in pq.read_schema(path)}
    assert types == {
        "contact_no": "string",
        "name": "string",
        "phone_no": "string",
        "mailing_group_codes": "list<element: string>",
        "score": "double",
        "spend_amount": "decimal128(18, 4)",
        "born_on": "date32[day]",
        "seen_at": "timestamp[us, tz=UTC]",
        "is_member": "bool",
        "visit_count": "int64",
        "=cmd": "string",
    }


def test_nothing_is_neutralised_because_nothing_is_evaluated(tmp_path: Path) -> None:
    path = export_frame(hard_frame(), COLUMNS, tmp_path / "a.parquet", ledger=LEDGER, facts=FACTS).path
    assert pq.read_table(path)["name"].to_pylist()[4] == '=HYPERLINK("http://x")'
