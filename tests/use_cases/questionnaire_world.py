"""Small stores with questionnaires, for the tests about them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

import workbench as wb

DAY = dt.date(2019, 1, 1)
CONTACTS = (
    # contact_no, type, company_no, is_minor
    ("CO1", "company", "CO1", False),
    ("CO2", "company", "CO2", False),
    ("CT1", "person", "CO1", False),
    ("CT2", "person", "CO1", False),
    ("CT3", "person", "CO2", False),
    ("CT4", "person", None, False),
    ("CT5", "person", "CO1", True),
)


def store() -> wb.Workbench:
    """Two companies with people, a person on her own, a minor."""
    bench = wb.open(":memory:")
    names = ["contact_no", "type", "company_no", "is_minor"]
    bench.sources.load("contact", pd.DataFrame(CONTACTS, columns=names))
    return bench


def sell(bench: wb.Workbench, *rows: tuple[str, str, float], table: str = "sales_entry", **more: Any) -> None:
    """Load entries: contact, day, amount; each a document of its own."""
    kind = "sales" if table == "sales_entry" else "purchase"
    frame = pd.DataFrame(rows, columns=["contact_no", "posted_at", f"{kind}_amount"])
    numbers = [f"{no}-{day}-{amount}" for no, day, amount in rows]
    frame = frame.assign(**{f"{kind}_entry_no": numbers, "document_no": numbers}, **more)
    frame["posted_at"] = pd.to_datetime(frame["posted_at"] + " 12:00", utc=True)
    receipt = bench.sources.load(table, frame)
    assert receipt.rejected == 0


def abc(bench: wb.Workbench, code: str = "ABC", **question: Any) -> None:
    """The manual's questionnaire: A for 500,000 or more, B from 100,000 to 499,999, C up to 99,999."""
    fields: dict[str, Any] = {
        "type": "question", "description": "ABC classification", "is_auto_classified": True,
        "customer_class_field": "sales_amount", "starting_date_formula": "-1Y", "ending_date_formula": "-1D",
    }  # fmt: skip
    bench.questionnaires.save(code, description="Customers")
    bench.questionnaires.save_line(code, **{**fields, **question})
    for text, low, high in (("A", 500_000, 0), ("B", 100_000, 499_999), ("C", 0, 99_999)):
        bench.questionnaires.save_line(code, type="answer", description=text, from_value=low, to_value=high)


def asked(bench: wb.Workbench, code: str, question: str, *answers: str, **fields: Any) -> int:
    """Add a question with answers; gives the number of its line."""
    made = bench.questionnaires.save_line(code, type="question", description=question, **fields)
    for text in answers:
        bench.questionnaires.save_line(code, type="answer", description=text)
    return int(str(made.line_no))


def profile(bench: wb.Workbench, contact_no: str) -> list[str]:
    """The answers of a contact."""
    return [str(one.answer) for one in bench.questionnaires.answers(contact_no)]


def profiles(bench: wb.Workbench) -> dict[str, str]:
    """The answers of everybody who has some."""
    found = {no: "".join(sorted(profile(bench, no))) for no, *_ in CONTACTS}
    return {no: text for no, text in found.items() if text}
