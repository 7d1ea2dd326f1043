"""The sidebar: which store, on which day, in which language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import streamlit as st

from workbench.app import state
from workbench.app.language import LANGUAGES, _, date_input_format, day, number
from workbench.bench import Workbench
from workbench.config import store_path

_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


def settle_language() -> None:
    """Begin in the language of the visitor's browser, where the app speaks it."""
    asked = str(st.context.locale or "en").split("-")[0]
    state.start(state.LANGUAGE, asked if asked in LANGUAGES else "en")


def draw(bench: Workbench) -> None:
    """Draw the sidebar of a store.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    with st.sidebar:
        _day(bench)
        _language()
        _store(bench)


def draw_without_store() -> None:
    """Draw the sidebar while there is no store."""
    with st.sidebar:
        _language()


def draw_notice() -> None:
    """Show once what the click before has done."""
    notice = state.get(state.NOTICE)
    if notice:
        st.toast(notice, icon=":material/check_circle:")
        state.forget(state.NOTICE)


def _day(bench: Workbench) -> None:
    usual = bench.as_of()
    state.start(state.AS_OF, usual)
    st.date_input(
        _("As of"),
        key=state.AS_OF,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format=date_input_format(),
        help=_("Every figure is that of this day's end; what happened later is left out."),
    )
    if state.as_of() != usual:
        label = _("Back to {day}").format(day=day(usual))
        st.button(label, on_click=state.put, args=(state.AS_OF, usual), width="stretch", type="tertiary")


def _language() -> None:
    st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key=state.LANGUAGE,
        required=True,
        width="stretch",
    )


def _store(bench: Workbench) -> None:
    path = Path(bench.database.path)
    st.caption(
        _("Store {name}, revision {revision}").format(
            name=f"`{path.name}`", revision=number(bench.database.revision())
        ),
        help=str(store_path()) if path.name == bench.database.path else f"`{path}`",
    )
