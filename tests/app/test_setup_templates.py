"""The panels of Setup about interaction templates and what is sent with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import Open
from tests.use_cases.test_interaction_templates import filled, word
from workbench.app import grid_rows
from workbench.app.widgets.editing_grid import Edits


@pytest.fixture
def store(own_shop: Path) -> Path:
    bench = wb.open(own_shop)
    for table, code in (("interaction_group", "LETTERS"), ("language", "EN")):
        bench.codes.save(table, code)
    bench.templates.save("BROCHURE", interaction_group_code="LETTERS", unit_cost_amount="1.5")
    return own_shop


def panel(app: AppTest, name: str) -> AppTest:
    app.session_state["setup_panel"] = name
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_a_file_is_attached_to_a_template(store: Path, open_page: Open) -> None:
    app = panel(open_page(store, "setup"), "Interaction templates")
    assert not app.exception
    app.file_uploader(key="setup_template_file").set_value(("offer.txt", b"Buy", "text/plain"))
    press(app, "Attach the file")

    assert app.toast[0].value == "Saved BROCHURE EN"
    bench = wb.open(store)
    assert list(bench.templates.get("BROCHURE").languages["file_name"]) == ["offer.txt"]
    assert bench.templates.attachment(1).content == b"Buy"


def test_word_templates_files_and_documents_are_kept(store: Path, open_page: Open) -> None:
    app = panel(open_page(store, "setup"), "Files and documents")
    app.text_input(key="setup_word_code").set_value("LETTER")
    app.file_uploader(key="setup_word_file").set_value(("letter.docx", word(), "application/zip"))
    press(app, "Save Word template")
    assert app.toast[0].value == "Saved LETTER"

    app.selectbox(key="setup_document_kind").set_value("sales_invoice")
    app.selectbox(key="setup_document_template").set_value("BROCHURE")
    press(app, "Save template of documents")
    assert app.toast[0].value == "Saved Sales invoice"

    press(app, "Delete")  # of the Word template, with its file
    bench = wb.open(store)
    assert bench.templates.get("BROCHURE").document_types == ("sales_invoice",)
    assert bench.templates.word_templates().rows.empty
    assert bench.templates.attachments().rows.empty


def test_a_file_that_is_still_used_stays(store: Path, open_page: Open) -> None:
    wb.open(store).templates.attach("BROCHURE", "EN", "offer.txt", b"Buy")
    app = panel(open_page(store, "setup"), "Files and documents")
    press(app, "Delete")
    assert app.error[0].value.startswith("Attachment 1 cannot be deleted.")
    assert not app.exception


def test_edits_of_a_grid_reach_their_rows() -> None:
    bench = filled()
    rows = bench.templates.list().rows
    done: list[Any] = []

    def save(code: str, values: dict[str, Any]) -> None:
        done.append(bench.templates.save(code, **values).change)

    edits = Edits(
        {0: {"description": "Spring", "interaction_template_code": "FLYER"}},
        [{"interaction_template_code": "VISIT", "interaction_group_code": "LETTERS"}],
        [1],
    )
    touched = grid_rows.apply(
        rows, edits, "interaction_template_code", save=save, delete=bench.templates.delete,
        rename=bench.templates.rename,
    )  # fmt: skip
    assert (touched, done) == (3, ["changed", "added"])
    after = bench.templates.list().rows
    assert after[["interaction_template_code", "description"]].astype(object).where(
        after["description"].notna(), None
    ).to_numpy().tolist()[0] == ["FLYER", "Spring"]
    assert list(after["interaction_template_code"]) == ["FLYER", "VISIT"]
    assert isinstance(rows, pd.DataFrame)
