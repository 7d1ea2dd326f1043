"""One small frame with everything that goes wrong in files, and how its golden files are made anew.

``python -m tests.exporting.hard_frame`` writes them again; look at the difference before you keep it.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd

from pipelines.schema import CONTACT, Column, FieldType
from workbench.exporting import Ledger, export_frame

GOLDEN = Path(__file__).parent / "golden"

COLUMNS = (
    CONTACT.column("contact_no"),
    CONTACT.column("name"),
    CONTACT.column("phone_no"),
    CONTACT.column("mailing_group_codes"),
    Column("score", FieldType.NUMBER, "score"),
    Column("spend_amount", FieldType.AMOUNT, "spend"),
    Column("born_on", FieldType.DATE, "day of birth"),
    Column("seen_at", FieldType.TIMESTAMP, "last seen"),
    Column("is_member", FieldType.BOOLEAN, "a member"),
    Column("visit_count", FieldType.INTEGER, "visits"),
    Column("=cmd", FieldType.TEXT, "a field with a dangerous name"),
)

_ROWS: list[tuple[object, ...]] = [
    (
        "0001",
        'Anna "Ann" O\'Neil',
        "+49 30 123456",
        ["VIP", "NEWS"],
        0.1,
        12.5,
        "1980-02-29",
        "2024-01-31T10:00:00",
        True,
        1,
        "x",
    ),
    ("0002", None, None, [], None, None, None, None, None, None, None),
    (
        "0003",
        "Zoë, Ñandú; 王 😀",
        "030/12 34-56 (7)",
        ["a;b", "c"],
        -0.5,
        -0.0001,
        "9999-12-31",
        "2023-11-14T22:13:20.123456",
        False,
        -7,
        "a,b",
    ),
    (
        "0004",
        "two\nlines\r\nand\rthree",
        "+1.800.FLOWERS",
        ["[x]"],
        1e300,
        0.1 + 0.2,
        "1899-12-31",
        "1970-01-01T00:00:00",
        True,
        0,
        "a;b",
    ),
    (
        "0005",
        '=HYPERLINK("http://x")',
        "=1+1",
        ["=1+1"],
        5e-324,
        99999999999.9999,
        "1900-02-28",
        "1899-12-31T23:59:59.5",
        False,
        999999999999999,
        "+1",
    ),
    (
        "0006",
        "  @SUM(1)",
        "+49",
        ["-1"],
        0.30000000000000004,
        -1234567.8901,
        "1900-03-01",
        "9999-12-31T23:59:59.999",
        None,
        12,
        "-12.50",
    ),
    (
        "0007",
        "\uff1d1+1",
        "-",
        ["", "x"],
        123456789.125,
        3.0,
        "2024-12-31",
        "2024-06-30T23:59:59.001",
        True,
        13,
        "+3",
    ),
    ("0008", "'=1", "\t1", [" lead"], 1e16, 0.00005, "1980-01-01", "2024-06-30T23:59:59", True, 14, "- 12"),
    (
        "-0009",
        "<r><t>x</t></r>",
        "_x0041_",
        ["王"],
        -1e-7,
        100.0,
        "1980-01-01",
        "2024-06-30T23:59:59",
        True,
        15,
        "\x01\x0b\ufffe",
    ),
    (
        "00010",
        " lead and trail ",
        "1e5",
        ["null"],
        2.0**53,
        0.0,
        "0001-01-01",
        "0001-01-01T00:00:00",
        True,
        16,
        "\ufe66x",
    ),
]


def hard_frame() -> pd.DataFrame:
    """Make the frame: every type, unknowns, and texts that files and spreadsheets trip over."""
    cells = dict(zip([column.name for column in COLUMNS], zip(*_ROWS, strict=True), strict=True))
    days = [None if day is None else dt.date.fromisoformat(str(day)) for day in cells["born_on"]]
    return pd.DataFrame(
        {
            "contact_no": pd.Series(cells["contact_no"], dtype="str"),
            "name": pd.Series(cells["name"], dtype="str"),
            "phone_no": pd.Series(cells["phone_no"], dtype="str"),
            "mailing_group_codes": pd.Series(cells["mailing_group_codes"], dtype="object"),
            "score": pd.Series(cells["score"], dtype="float64"),
            "spend_amount": pd.Series(cells["spend_amount"], dtype="float64"),
            "born_on": pd.Series(days, dtype="datetime64[us]"),
            "seen_at": pd.Series(cells["seen_at"], dtype="datetime64[us]").dt.tz_localize("UTC"),
            "is_member": pd.Series(cells["is_member"], dtype="boolean"),
            "visit_count": pd.Series(cells["visit_count"], dtype="Int64"),
            "=cmd": pd.Series(cells["=cmd"], dtype="str"),
        }
    )


def sheet_frame() -> pd.DataFrame:
    """Make the hard frame without the two texts that a sheet refuses."""
    frame = hard_frame()
    frame.loc[8, "name"] = "<r><t>x</t>"
    frame.loc[8, "=cmd"] = "\x01\x0b"
    return frame


LEDGER = Ledger(
    matched=16, suppressed={"minor": 2, "privacy blocked": 1}, limited=1, unreachable=1, duplicates=1, rows=10
)
FACTS = {
    "definition": {"name": "hard", "steps": [{"add": "all"}]},
    "definition_hash": "5e1f",
    "sentence": "Everybody with a hard name.",
    "as_of": dt.date(2024, 1, 31),
    "revision": 7,
    "time_zone": "America/New_York",
    "least_spend": Decimal("-0.0001"),
}

GOLDEN_EXPORTS = {
    "result.csv": ("csv", "en"),
    "result.excel_en.csv": ("excel_csv", "en"),
    "result.excel_de.csv": ("excel_csv", "de"),
    "result.xlsx": ("xlsx", "en"),
    "result.parquet": ("parquet", "en"),
}


def write_golden() -> None:
    """Write every golden file again."""
    for name, (format_name, locale) in GOLDEN_EXPORTS.items():
        export_frame(
            sheet_frame() if format_name == "xlsx" else hard_frame(),
            COLUMNS,
            GOLDEN / name,
            format=format_name,
            ledger=LEDGER,
            facts=FACTS,
            locale=locale,
            overwrite=True,
        )


if __name__ == "__main__":
    write_golden()
