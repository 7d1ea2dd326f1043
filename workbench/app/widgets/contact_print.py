"""An address label or a cover sheet of one contact, to print."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from workbench.app import clicks, state
from workbench.app.language import _
from workbench.bench import Workbench
from workbench.reports import Report


def draw(bench: Workbench, contact_no: str) -> None:
    """Draw the buttons that make a page, and the one that takes it away.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no : str
        The contact.
    """
    names = {"label": _("Label"), "cover": _("Cover sheet")}
    icons = {"label": ":material/label:", "cover": ":material/description:"}
    with st.container(horizontal=True):
        for name, label in names.items():
            st.button(
                label, key=f"contact_print_{name}", icon=icons[name],
                on_click=_make, args=(bench, contact_no, name, f"{label} {contact_no}.pdf"),
            )  # fmt: skip
    ready = state.get(state.CONTACT_PRINT)
    if ready is not None and ready[0] == contact_no:
        st.download_button(
            _("Download {name}").format(name=ready[1]), ready[2], ready[1], "application/pdf", on_click="ignore",
            icon=":material/download:", key="contact_print_take", type="primary",
        )  # fmt: skip


def _make(bench: Workbench, contact_no: str, name: str, file: str) -> None:
    content = clicks.attempt(lambda: _printed(bench, contact_no, name, file))
    if content is not None:
        state.put(state.CONTACT_PRINT, (contact_no, file, content))


def _printed(bench: Workbench, contact_no: str, name: str, file: str) -> bytes:
    as_of = state.as_of()
    one = [contact_no]
    report: Report = bench.reports.labels(one, as_of) if name == "label" else bench.reports.cover_sheet(one, as_of)
    with tempfile.TemporaryDirectory() as folder:
        return bench.reports.write(report, Path(folder) / "page.pdf", place=f"download: {file}").path.read_bytes()
