"""A shop that writes letters and e-mails: templates made of Word documents, and worksheets logged to be delivered."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from docx import Document

import workbench as wb
from tests.use_cases.worksheet_world import DAY, fill, new
from workbench.templates import attachments

PEOPLE = ("C11", "C12", "C90")


def word(*paragraphs: str, header: str = "") -> bytes:
    """A Word document."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def texts(document: bytes) -> list[str]:
    """The paragraphs of a Word document that say something."""
    return [one.text for one in Document(BytesIO(document)).paragraphs if one.text]


def shop(folder: Path, *, correspondence: str = "email") -> wb.Workbench:
    """A shop of the test's own, whose people have addresses, as its salespeople have."""
    return wb.open(shutil.copy(_made_once(correspondence), folder / "letters.duckdb"))


@functools.cache
def _made_once(correspondence: str) -> Path:
    path = Path(tempfile.mkdtemp()) / "letters.duckdb"
    bench = wb.open(path)
    fill(bench)
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": ["C11", "C12", "C90", "C91"],
        "first_name": ["Ann", "Bob", "Zoe", None],
        "email": ["ann@example.org", "bob@example.org", "zoe@example.org", None],
        "address": ["Dlouhá 1", "Krátká 2", None, None],
        "correspondence_type": [correspondence] * 4,
    }))  # fmt: skip
    bench.codes.save("salesperson", "PS", name="Pia Sales", email="pia@example.com")
    bench.codes.save("salesperson", "JO", name="Jo", email="jo@example.com")
    keep_template(bench, "THANKS", word("Dear {{ first_name }},", "thank you & goodbye.", "{{ salesperson_name }}"))
    return path


def keep_template(bench: wb.Workbench, code: str, content: bytes, file_name: str = "") -> int:
    """Keep a document, and a Word template and an interaction template of it, under one code."""
    with bench.database.writing() as con:
        number = attachments.store(con, file_name or f"{code.lower()}.docx", content)
        con.execute("DELETE FROM word_template WHERE code = ?", [code])
        con.execute("INSERT INTO word_template VALUES (?, NULL, ?)", [code, number])
    bench.sources.load(
        "interaction_template", pd.DataFrame({"code": [code], "word_template_code": [code], "initiated_by": ["us"]})
    )
    return number


def logged(bench: wb.Workbench, contacts: Sequence[str] = PEOPLE, template: str = "THANKS", **fields: Any) -> int:
    """Log a worksheet of some contacts to be delivered, and give the number of the logged segment."""
    said = {"description": "Thanks", "salesperson_code": "PS", "interaction_template_code": template, **fields}
    sheet = new(bench, *contacts, **said)
    return bench.worksheets.log(sheet, DAY, deliver=True).entry_no
