"""Interaction templates, edited in place, what each sends in each language, and what their groups came to."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pipelines.schema import INTERACTION_TEMPLATE
from workbench.app import clicks, grid_rows, labels, state
from workbench.app.language import _, core, number
from workbench.app.widgets import editing_grid, grids
from workbench.bench import Workbench
from workbench.templates import TemplateReceipt

_KEY = "interaction_template_code"
_FILE, _LANGUAGE = "setup_template_file", "setup_template_language"


def draw(bench: Workbench) -> None:
    """Draw the templates, the languages of one of them, and the groups.

    Parameters
    ----------
    bench : Workbench
        Whose templates.
    """
    rows = bench.templates.list().rows
    groups = bench.templates.groups().rows
    words = list(bench.templates.word_templates().rows["code"])
    st.caption(_("A code that is typed over is renamed wherever it stands. Tick a row to delete it."))
    _draw_templates(bench, rows, list(groups["code"]), words)
    if len(rows):
        _draw_languages(bench, list(rows[_KEY]), words)
    _draw_groups(bench, groups)


def _draw_templates(bench: Workbench, rows: pd.DataFrame, groups: list[str], words: list[str]) -> None:
    shown = rows.assign(languages=rows["languages"].map(", ".join))
    figures = ("languages", "interaction_count", "cost_amount", "duration_minutes")
    key = editing_grid.draw("setup_templates", shown, _columns(groups, words), figures)

    def save() -> int:
        return grid_rows.apply(
            rows, editing_grid.edits(key), _KEY, delete=bench.templates.delete, rename=bench.templates.rename,
            save=lambda code, values: bench.templates.save(code, **values),
        )  # fmt: skip

    st.button(_("Save templates"), key="setup_templates_save", type="primary", on_click=clicks.doing(save, _saved))
    if not groups:
        st.caption(_("A template needs an interaction group: add one under Codes first."))


def _columns(groups: list[str], words: list[str]) -> dict[str, Any]:
    config = st.column_config
    own = {one.name: editing_grid.column(one, is_required=one.name == _KEY) for one in INTERACTION_TEMPLATE.columns}
    own["interaction_group_code"] = config.SelectboxColumn(_("Interaction group"), options=groups, required=True)
    own["word_template_code"] = config.SelectboxColumn(_("Word template"), options=words)
    own["unit_cost_amount"] = config.NumberColumn(_("Cost of each"), min_value=0)
    own["unit_duration_minutes"] = config.NumberColumn(_("Minutes for each"), min_value=0, step=1)
    return {
        **own,
        "languages": config.TextColumn(_("Languages")),
        "interaction_count": config.NumberColumn(
            _("Interactions"), format="localized", help=_("Neither canceled nor postponed.")
        ),
        "cost_amount": config.NumberColumn(_("Cost"), format="localized"),
        "duration_minutes": config.NumberColumn(_("Minutes"), format="localized"),
    }


def _draw_languages(bench: Workbench, codes: list[str], words: list[str]) -> None:
    st.subheader(
        _("What a template sends"),
        help=_("In the contact's language where the template has it, else in the template's own."),
    )
    code = st.selectbox(_("Interaction template"), codes, key=state.SETUP_TEMPLATE)
    if code is None:
        return
    rows = bench.templates.get(code).languages
    key = editing_grid.draw(f"setup_languages:{code}", rows, _language_columns(words), ("attachment_no", "file_name"))

    def move(old: str, new: str) -> None:
        row: dict[Any, Any] = rows.set_index("language_code").loc[old].drop("file_name").dropna().to_dict()
        bench.templates.save_language(code, new, **row)
        bench.templates.delete_language(code, old)

    def save() -> int:
        return grid_rows.apply(
            rows, editing_grid.edits(key), "language_code", rename=move,
            delete=lambda language: bench.templates.delete_language(code, language),
            save=lambda language, values: bench.templates.save_language(code, language, **values),
        )  # fmt: skip

    st.button(_("Save languages"), key="setup_languages_save", type="primary", on_click=clicks.doing(save, _saved))
    _draw_attaching(bench, code)


def _language_columns(words: list[str]) -> dict[str, Any]:
    config = st.column_config
    return {
        "language_code": config.TextColumn(_("Language"), required=True),
        "description": config.TextColumn(_("Description")),
        "word_template_code": config.SelectboxColumn(_("Word template"), options=words),
        "attachment_no": config.NumberColumn(_("Attachment"), format="%d"),
        "file_name": config.TextColumn(_("File")),
    }


def _draw_attaching(bench: Workbench, code: str) -> None:
    languages = list(bench.codes.list("language").rows["code"])
    with st.form("setup_template_attach", border=True):
        left, right = st.columns([1, 3])
        left.selectbox(_("Language"), languages, key=_LANGUAGE)
        right.file_uploader(_("File that is sent as it is (up to 50 MB)"), key=_FILE, max_upload_size=50)
        st.form_submit_button(_("Attach the file"), on_click=lambda: _attach(bench, code))


def _attach(bench: Workbench, code: str) -> None:
    file = clicks.value(_FILE)
    if file is None:
        state.put(state.NOTICE, _("Choose a file first."))
        return
    language = str(clicks.value(_LANGUAGE) or "")
    clicks.attempt(lambda: bench.templates.attach(code, language, file.name, file.getvalue()), _attached)


def _attached(receipt: TemplateReceipt) -> str:
    return " ".join([_("Saved {code}").format(code=receipt.key), *map(core, receipt.notes)])


def _draw_groups(bench: Workbench, groups: pd.DataFrame) -> None:
    if groups.empty:
        return
    st.subheader(_("Interaction groups"), help=_("Interactions that are neither canceled nor postponed."))
    heads = {
        "code": _("Code"),
        "description": _("Description"),
        "template_count": labels.table("interaction_template"),
        "interaction_count": _("Interactions"),
        "cost_amount": _("Cost"),
        "duration_minutes": _("Minutes"),
    }
    grids.draw(groups, heads, height="content", currency=bench.setup.settings().currency_code)


def _saved(count: int) -> str:
    return _("Rows saved: {count}").format(count=number(count)) if count else _("Nothing has changed.")
