"""Which interactions a visitor looks at, and which one is being written."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, state
from workbench.app.language import _

ADDRESS, NEW = "interaction", "new"


def entries() -> list[int]:
    """Tell which entries of the log are selected.

    Returns
    -------
    list of int
        Their numbers.
    """
    return [int(number) for number in state.get(state.INTERACTION_ENTRIES, [])]


def select(entry_nos: list[int]) -> None:
    """Select entries of the log.

    Parameters
    ----------
    entry_nos : list of int
        Their numbers; none for no selection.
    """
    state.put(state.INTERACTION_ENTRIES, entry_nos)


def begin(contact_no: str | None) -> None:
    """Begin a new interaction.

    Parameters
    ----------
    contact_no : str or None
        With whom, where that is known.
    """
    _open_wizard()
    state.put(state.INTERACTION_CONTACT, contact_no)


def resume(entry_no: int) -> None:
    """Go on with an interaction that was postponed.

    Parameters
    ----------
    entry_no : int
        Its number.
    """
    _open_wizard()
    state.put(state.INTERACTION_RESUMED, entry_no)


def finish(entry_no: int | None) -> None:
    """Leave the wizard, and look at what it wrote.

    Parameters
    ----------
    entry_no : int or None
        The interaction; None where nothing was written.
    """
    _forget_wizard()
    select([] if entry_no is None else [entry_no])
    state.put(state.INTERACTION_PANEL, _("Log"))


def follow_address() -> None:
    """Open what the address asks for: ``?interaction=NO`` an entry, ``?new=CONTACT_NO`` the wizard."""
    asked = st.query_params.get(ADDRESS), st.query_params.get(NEW)
    if asked != (None, None) and asked != state.get(state.INTERACTION_LINK):
        entry, contact_no = asked
        if entry and entry.isdecimal():
            select([int(entry)])
        if contact_no is not None:
            begin(contact_no or None)
    state.put(state.INTERACTION_LINK, asked)


def _open_wizard() -> None:
    _forget_wizard()
    state.put(state.INTERACTION_PANEL, _("New interaction"))


def _forget_wizard() -> None:
    state.forget(state.INTERACTION_RESUMED, state.INTERACTION_CONTACT)
    clicks.forget_fields(state.INTERACTION_FIELD)
