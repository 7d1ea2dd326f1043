"""A small shop: two companies with people, two people by themselves, and what happened between them and us."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb

DAY = dt.date(2026, 3, 31)

# no, type, name, company, city, excluded, mailing groups, industries, salesperson, language
_CONTACTS = [
    ("C20", "company", "Zebra", "C20", "Prague", False, [], ["RETAIL"], "JO", None),
    ("C21", "person", "Carl", "C20", "Brno", False, ["PRESS"], [], None, "CZ"),
    ("C10", "company", "adatum", "C10", "Brno", False, [], ["MANUF"], "PS", None),
    ("C12", "person", "Bob", "C10", "Prague", True, ["PRESS"], [], "PS", None),
    ("C11", "person", "Ann", "C10", "Prague", False, ["PRESS", "VIP"], [], "PS", "EN"),
    ("C91", "person", "Abe", None, "Prague", False, [], ["MANUF"], None, None),
    ("C90", "person", "Zoe", None, "Ostrava", False, ["VIP"], [], "JO", None),
]
_COLUMNS = [
    "contact_no", "type", "name", "company_no", "city", "is_excluded_from_segments", "mailing_group_codes",
    "industry_codes", "salesperson_code", "language_code",
]  # fmt: skip


@pytest.fixture(name="bench")
def shop(tmp_path: Path) -> wb.Workbench:
    """Open a shop of the test's own."""
    return wb.open(shutil.copy(_made_once(), tmp_path / "shop.duckdb"))


@functools.cache
def _made_once() -> Path:
    path = Path(tempfile.mkdtemp()) / "shop.duckdb"
    fill(wb.open(path))
    return path


def fill(bench: wb.Workbench) -> None:
    """Put the shop into a store."""
    bench.sources.load("contact", pd.DataFrame(_CONTACTS, columns=_COLUMNS))
    bench.sources.load("interaction", pd.DataFrame({
        "interaction_no": ["I1", "I2", "I3"],
        "contact_no": ["C11", "C11", "C90"],
        "occurred_at": ["2026-03-01", "2026-03-02", "2026-02-01"],
        "campaign_no": ["CP1001", None, "CP1001"],
        "evaluation": ["negative", "positive", "positive"],
        "is_canceled": [False, True, False],
    }))  # fmt: skip
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["CP1001", "CP2002"]}))
    bench.sources.load("interaction_template", pd.DataFrame({"code": ["LETTER"]}))
    bench.sources.load("sales_entry", pd.DataFrame({
        "sales_entry_no": ["S1", "S2"],
        "contact_no": ["C11", "C20"],
        "posted_at": ["2026-01-15", "2026-02-15"],
        "item_no": ["1000", "2000"],
    }))  # fmt: skip
    bench.sources.load("business_relation", pd.DataFrame({
        "contact_no": ["C10", "C20", "C90"],
        "business_relation_code": ["CUST", "PROS", "CUST"],
    }))  # fmt: skip
    bench.sources.load("profile_answer", pd.DataFrame({
        "contact_no": ["C11", "C21"],
        "questionnaire_code": ["CUSTOMER", "CUSTOMER"],
        "line_no": [20000.0, 100000.0],
        "answer": ["Loyal", "New"],
    }))  # fmt: skip


def numbers(bench: wb.Workbench, worksheet_no: str) -> list[str]:
    """The contacts on the lines, line by line."""
    return list(bench.worksheets.lines(worksheet_no)["contact_no"])


def members(bench: wb.Workbench, segment: Any, as_of: dt.date = DAY) -> set[str]:
    """The members of a segment."""
    return set(bench.segments.members(segment, as_of)["contact_no"])


def new(bench: wb.Workbench, *contacts: str, **fields: Any) -> str:
    """A worksheet with lines for some contacts, added in one action."""
    number = bench.worksheets.create(DAY, **fields).worksheet_no
    if contacts:
        bench.worksheets.add(number, {"contact": {"no": "|".join(contacts)}}, DAY, ignore_exclusion=True)
    return number
