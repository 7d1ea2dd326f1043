"""Views of the list of contacts: which columns in which order, saved under a name."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, contact_session, state
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.contacts import ContactQuery

_NAME, _COLUMNS, _SORT, _DOWN = (f"contact_view_{name}" for name in ("name", "columns", "sort", "down"))


def choose(bench: Workbench) -> None:
    """Draw the choice among the saved views.

    Parameters
    ----------
    bench : Workbench
        Whose views.
    """
    names = [view.name for view in bench.contacts.views()]
    opened = state.get(state.CONTACT_VIEW)
    key = f"contact_view_choice:{opened}:{len(names)}"

    def show() -> None:
        name = clicks.value(key)
        if name is None:
            contact_session.show(ContactQuery(columns=contact_session.COLUMNS), None)
        else:
            clicks.attempt(lambda: contact_session.show(bench.contacts.view(name).query, name))

    options = [None, *names]
    st.selectbox(
        _("View"), options, options.index(opened if opened in names else None), key=key, on_change=show,
        format_func=lambda name: _("All contacts") if name is None else name,
    )  # fmt: skip


def draw(bench: Workbench, asked: ContactQuery) -> None:
    """Draw the popover with columns, order, and saving.

    Parameters
    ----------
    bench : Workbench
        Whose views.
    asked : ContactQuery
        What the list shows.
    """
    with st.popover(_("Columns"), icon=":material/view_column:", key="contact_view_popover"):
        _arrange(bench, asked)
        st.divider()
        _save(bench, asked)


def _arrange(bench: Workbench, asked: ContactQuery) -> None:
    known = [*bench.segments.catalogue().contact_fields(), "company.name", "company.city"]
    names = list(dict.fromkeys([*asked.columns, *known]))
    version = asked.to_json()  # what is chosen elsewhere is shown here

    def label(name: str) -> str:
        return contact_session.field_label(bench, name)

    columns = st.multiselect(_("Columns"), names, list(asked.columns), key=f"{_COLUMNS}:{version}", format_func=label)
    field, direction = st.columns([2, 1], vertical_alignment="bottom")
    sort = asked.sort.removeprefix("-") or "name"
    by = field.selectbox(
        _("Order by"), names, names.index(sort) if sort in names else 0, key=f"{_SORT}:{version}", format_func=label
    )
    down = direction.checkbox(_("Descending"), asked.sort.startswith("-"), key=f"{_DOWN}:{version}")
    wanted = ContactQuery(asked.text, asked.filters, ("-" if down else "") + by, tuple(columns) or asked.columns)
    st.button(
        _("Arrange"), key="contact_view_arrange", on_click=contact_session.show,
        args=(wanted, state.get(state.CONTACT_VIEW)),
    )  # fmt: skip


def _save(bench: Workbench, asked: ContactQuery) -> None:
    opened = state.get(state.CONTACT_VIEW)
    st.text_input(_("Name of the view"), opened or "", key=f"{_NAME}:{opened}")

    def save() -> None:
        name = str(clicks.value(f"{_NAME}:{opened}") or "")
        saved = clicks.attempt(
            lambda: bench.contacts.save_view(name, asked, state.as_of(), replace=name == opened),
            lambda view: _("Saved the view {name}").format(name=view.name),
        )
        if saved is not None:
            state.put(state.CONTACT_VIEW, saved.name)

    def delete() -> None:
        gone = clicks.attempt(
            lambda: bench.contacts.delete_view(str(opened)),
            lambda view: _("Deleted the view {name}").format(name=view.name),
        )
        if gone is not None:
            state.forget(state.CONTACT_VIEW)

    with st.container(horizontal=True):
        st.button(_("Save view"), key="contact_view_save", type="primary", icon=":material/save:", on_click=save)
        if opened:
            st.button(_("Delete view"), key="contact_view_delete", icon=":material/delete:", on_click=delete)
