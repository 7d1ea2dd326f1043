"""The list of contacts as a file."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from workbench.app import clicks, state
from workbench.app.language import _, ngettext, number
from workbench.bench import Workbench
from workbench.contacts import ContactQuery


@dataclass(frozen=True)
class ListFile:
    """A file of contacts, ready to be taken away.

    Attributes
    ----------
    name : str
        Of the file.
    content : bytes
        Of the file.
    rows : int
        Below the header.
    query : ContactQuery
        Whom it holds.
    """

    name: str
    content: bytes
    rows: int
    query: ContactQuery


def draw(bench: Workbench, asked: ContactQuery) -> None:
    """Draw the button that prepares a file, and the one that takes it away.

    Parameters
    ----------
    bench : Workbench
        On the store.
    asked : ContactQuery
        What the list shows.
    """
    ready = state.get(state.CONTACT_FILE)
    if isinstance(ready, ListFile) and ready.query == asked:
        said = ngettext("Take the file ({rows} row)", "Take the file ({rows} rows)", ready.rows)
        st.download_button(
            said.format(rows=number(ready.rows)), ready.content, ready.name, "text/csv",
            icon=":material/download:", on_click="ignore", key="contact_file_take", type="primary",
        )  # fmt: skip
        return

    def prepare() -> None:
        made = clicks.attempt(lambda: _written(bench, asked))
        if made is not None:
            state.put(state.CONTACT_FILE, made)

    st.button(_("CSV"), key="contact_file", icon=":material/download:", on_click=prepare, help=_("The list as a file"))


def _written(bench: Workbench, asked: ContactQuery) -> ListFile:
    """Write, check and read the file in a folder that is gone afterwards."""
    name = _("contacts") + f" {state.as_of().isoformat()}.csv"
    with tempfile.TemporaryDirectory() as folder:
        receipt = bench.contacts.export(asked, Path(folder) / name, state.as_of(), place=f"download: {name}")
        return ListFile(name, receipt.path.read_bytes(), receipt.rows, asked)
