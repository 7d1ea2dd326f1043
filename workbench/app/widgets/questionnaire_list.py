"""Which questionnaire is open, its header, and how to make another or take this one away."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pipelines.profile_tables import PRIORITIES
from workbench.app import clicks, labels, questionnaire_session, state
from workbench.app.language import _
from workbench.app.questionnaire_session import key, value
from workbench.bench import Workbench
from workbench.questionnaires import ChangeReceipt, Questionnaire

_NEW_CODE, _NEW_TEXT = "new_code", "new_description"


def draw(bench: Workbench) -> None:
    """Draw the choice and the buttons beside it.

    Parameters
    ----------
    bench : Workbench
        Whose questionnaires.
    """
    chosen, header, new, gone = st.columns([4, 1.2, 1.8, 1.1], vertical_alignment="bottom")
    with chosen:
        opened = _choose(bench)
    with new.popover(_("New questionnaire"), icon=":material/add:", width="stretch"):
        _create(bench)
    if opened is None:
        return
    with header.popover(_("Header"), icon=":material/edit:", width="stretch"):
        _change(bench, opened)
    with gone.popover(_("Delete"), icon=":material/delete:", width="stretch"):
        _delete(bench, opened.questionnaire_code)


def _choose(bench: Workbench) -> Questionnaire | None:
    known = {one.questionnaire_code: one for one in bench.questionnaires.list()}
    if questionnaire_session.code() not in known:
        questionnaire_session.open_questionnaire(next(iter(known), None))
    if not known:
        return None
    opened = str(questionnaire_session.code())
    name = f"questionnaire_choice:{opened}:{len(known)}"
    st.selectbox(
        _("Questionnaire"), list(known), index=list(known).index(opened), key=name,
        format_func=lambda code: f"{code} · {known[code].description}" if known[code].description else code,
        on_change=lambda: questionnaire_session.open_questionnaire(st.session_state.get(name)),
    )  # fmt: skip
    return known[opened]


def _create(bench: Workbench) -> None:
    st.text_input(_("Code"), key=key(_NEW_CODE), max_chars=20, placeholder="LEADS")
    st.text_input(_("Description"), key=key(_NEW_TEXT))

    def create() -> None:
        given = str(value(_NEW_CODE) or "")
        made = clicks.attempt(
            lambda: bench.questionnaires.save(given, description=value(_NEW_TEXT)),
            lambda made: _("Saved {code}").format(code=made.questionnaire_code),
        )
        if made is not None:
            questionnaire_session.open_questionnaire(made.questionnaire_code)

    st.button(_("Create"), key="questionnaire_create", type="primary", on_click=create)


def _change(bench: Workbench, opened: Questionnaire) -> None:
    choices: dict[str, tuple[str, list[Any]]] = {
        "contact_type": (_("Who is asked"), [None, "companies", "people"]),
        "priority": (_("Priority"), list(PRIORITIES)),
    }
    for name, label in {"description": _("Description"), "business_relation_code": _("Business relation")}.items():
        state.start(key(f"header:{name}"), getattr(opened, name) or "")
        st.text_input(label, key=key(f"header:{name}"))
    for name, (label, options) in choices.items():
        state.start(key(f"header:{name}"), getattr(opened, name))
        st.selectbox(label, options, key=key(f"header:{name}"), format_func=_choice)
    names = ("description", "contact_type", "business_relation_code", "priority")

    def change() -> None:
        given = {name: value(f"header:{name}") for name in names}
        changed = clicks.attempt(lambda: bench.questionnaires.save(opened.questionnaire_code, **given), _saved)
        if changed is not None:
            questionnaire_session.forget_fields()

    st.button(_("Save header"), key="questionnaire_header", type="primary", on_click=change)


def _saved(receipt: ChangeReceipt) -> str:
    return _("Saved {code}").format(code=receipt.questionnaire_code)


def _choice(chosen: str | None) -> str:
    return labels.capital(labels.choice(chosen)) if chosen else _("everybody")


def _delete(bench: Workbench, code: str) -> None:
    st.caption(_("Questions, answers and points go with it. Contacts must not have answered it."))

    def delete() -> None:
        gone = clicks.attempt(
            lambda: bench.questionnaires.delete(code), lambda _gone: _("Deleted {code}").format(code=code)
        )
        if gone is not None:
            questionnaire_session.open_questionnaire(None)

    st.button(_("Delete {code}").format(code=code), key="questionnaire_delete", on_click=delete)
