"""Salutations: the formula of each language and type, and what it gives for somebody."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pipelines import salutation
from pipelines.code_tables import NAME_PARTS
from workbench.app import clicks, labels, state
from workbench.app.labels import N_
from workbench.app.language import _
from workbench.app.widgets import grids
from workbench.bench import Workbench

_TYPES = ("formal", "informal")
_PARTS = {
    "job_title": N_("Job title"),
    "first_name": N_("First name"),
    "middle_name": N_("Middle name"),
    "surname": N_("Surname"),
    "initials": N_("Initials"),
    "company_name": N_("Company"),
}
_SOMEBODY = {
    "job_title": "Dr.", "first_name": "Ada", "middle_name": "", "surname": "Byron", "initials": "AB",
    "company_name": "Analytical Engines",
}  # fmt: skip
_PLACES = range(1, salutation.MOST_NAMES + 1)


def draw(bench: Workbench) -> None:
    """Draw the formulas, and a form that shows at once what it gives.

    Parameters
    ----------
    bench : Workbench
        Whose salutations.
    """
    codes = [str(code) for code in bench.codes.list("salutation").rows["code"]]
    if not codes:
        st.info(_("Add salutations among the codes first, such as F for women."), icon=":material/waving_hand:")
        return
    formulas = bench.codes.list("salutation_formula").rows
    if len(formulas):
        heads = {
            "salutation_code": _("Salutation"), "language_code": _("Language"), "salutation_type": _("Type"),
            "salutation": _("Text"), **{f"name_{place}": f"%{place}" for place in _PLACES},
        }  # fmt: skip
        grids.draw(
            formulas, heads, key="setup_formulas", height="content", formats=_written(),
            on_select=lambda place: _take(dict(formulas.iloc[place])),
        )  # fmt: skip
        st.caption(_("Select a row to change it."))
    _draw_formula(bench, codes)


def _written() -> dict[str, Any]:
    return {f"name_{place}": lambda part: _(_PARTS[part]) if part in _PARTS else "" for place in _PLACES} | {
        "salutation_type": labels.choice
    }


def _take(row: dict[str, Any]) -> None:
    for name, value in row.items():
        state.put(_key(name), value if isinstance(value, str) else "")


def _draw_formula(bench: Workbench, codes: list[str]) -> None:
    st.subheader(_("A formula"))
    languages = [str(code) for code in bench.codes.list("language").rows["code"]]
    left, middle, right = st.columns(3)
    left.selectbox(_("Salutation"), codes, key=_key("salutation_code"))
    middle.selectbox(
        _("Language"), languages, key=_key("language_code"), accept_new_options=True, placeholder="ENU", index=None
    )
    right.selectbox(_("Type"), _TYPES, key=_key("salutation_type"), format_func=_word)
    st.text_input(_("Text with %1 to %5 in the place of names"), key=_key("salutation"), placeholder="Dear %1 %2,")
    for place, column in zip(_PLACES, st.columns(len(_PLACES)), strict=True):
        column.selectbox(f"%{place}", ["", *NAME_PARTS], key=_key(f"name_{place}"), format_func=_part)
    _draw_preview()
    with st.container(horizontal=True):
        st.button(_("Save formula"), key="setup_formula_save", type="primary", on_click=lambda: _save(bench))
        st.button(_("Delete formula"), key="setup_formula_delete", on_click=lambda: _delete(bench))


def _draw_preview() -> None:
    with st.expander(_("Whom the preview is of")):
        for column, (name, label) in zip(st.columns(len(_PARTS)), _PARTS.items(), strict=True):
            state.start(_key(f"part:{name}"), _SOMEBODY[name])
            column.text_input(_(label), key=_key(f"part:{name}"))
    parts = {name: clicks.value(_key(f"part:{name}")) for name in _PARTS}
    names = [clicks.value(_key(f"name_{place}")) or None for place in _PLACES]
    text = str(clicks.value(_key("salutation")) or "")
    st.text(salutation.render(text, names, parts) or _("The preview appears as soon as there is a text."))


def _formula_key() -> tuple[str, str, str]:
    code, language, kind = (
        str(clicks.value(_key(name)) or "") for name in ("salutation_code", "language_code", "salutation_type")
    )
    return code, language, kind


def _save(bench: Workbench) -> None:
    names = ("salutation", *(f"name_{place}" for place in _PLACES))
    values = {name: clicks.value(_key(name)) for name in names}
    clicks.attempt(
        lambda: bench.codes.save("salutation_formula", _formula_key(), **values),
        lambda change: _("Saved {code}").format(code=" ".join(change.key)),
    )


def _delete(bench: Workbench) -> None:
    clicks.attempt(
        lambda: bench.codes.delete("salutation_formula", _formula_key()),
        lambda change: _("Deleted {code}").format(code=" ".join(change.key)),
    )


def _word(value: str) -> str:
    return labels.capital(labels.choice(value))


def _part(name: str) -> str:
    return _(_PARTS[name]) if name else "–"


def _key(name: str) -> str:
    return f"{state.SETUP_SALUTATION}:{name}"
