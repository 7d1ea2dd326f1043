"""The page Reports: choose one, look at it, print it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from workbench.app import cached, failures, labels, state
from workbench.app.language import _, core, number
from workbench.app.widgets import grids, report_choices, report_heads
from workbench.bench import Workbench
from workbench.reports import CoverSheets, Report, ReportFile

_ROWS = 200


@dataclass(frozen=True)
class _ReadyFile:
    """A file in memory, for the visitor to download."""

    name: str
    content: bytes
    written: ReportFile


def page() -> None:
    """Draw the page."""
    bench = cached.bench()
    st.title(_("Reports"))
    with failures.shown():
        report_choices.draw(bench, _show)
    report: Report | None = state.get(state.REPORT)
    if report is None:
        return
    with failures.shown():
        _preview(report)
        _files(bench, report)


def _show(make: Callable[[], Report]) -> None:
    """Make a report; what was shown before goes, whether that succeeds or not."""
    state.forget(state.REPORT, state.REPORT_FILE)
    with st.spinner(_("Working …")):
        state.put(state.REPORT, make())


def _preview(report: Report) -> None:
    frame = report.frame()
    st.subheader(_(report.title))
    for note in report.notes:
        st.caption(core(note))
    st.caption(_("Rows: {count}").format(count=number(len(frame))))
    if isinstance(report, CoverSheets) and report.is_logged:
        st.caption(_("Interactions logged: {count}").format(count=number(report.logged_count)))
    known = report_heads.heads()
    coded = {name: labels.choice for name in report_heads.CODED if name in frame.columns}
    lines = {name: _beside for name in report_heads.OF_LINES if name in frame.columns}
    grids.draw(frame.head(_ROWS), {str(name): known[str(name)] for name in frame.columns}, formats={**coded, **lines})


def _beside(text: str) -> str:
    """Show the lines of an address in one."""
    return text.replace("\n", ", ")


def _files(bench: Workbench, report: Report) -> None:
    endings = ["pdf", "xlsx", "csv"] if report.is_table else ["pdf"]
    with st.container(horizontal=True):
        for ending in endings:
            if st.button(_("Make {format}").format(format=ending.upper()), key=f"report_make_{ending}"):
                state.put(state.REPORT_FILE, _written(bench, report, ending))
    ready: _ReadyFile | None = state.get(state.REPORT_FILE)
    if ready is None:
        return
    if ready.written.pages is not None:
        st.caption(_("Pages: {count}").format(count=number(ready.written.pages)))
    for note in ready.written.notes[len(report.notes) :]:
        st.warning(core(note))
    st.download_button(
        _("Download {name}").format(name=ready.name), ready.content, ready.name, type="primary",
        icon=":material/download:", on_click="ignore", key="report_file",
    )  # fmt: skip


def _written(bench: Workbench, report: Report, ending: str) -> _ReadyFile:
    """Write in a folder that is gone afterwards."""
    bar = st.progress(0.0, _("Writing …"))

    def advance(done: int, total: int) -> None:
        bar.progress(min(1.0, done / max(total, 1)))

    name = f"{report.title} {report.as_of.isoformat()}.{ending}"
    with tempfile.TemporaryDirectory() as folder:
        written = bench.reports.write(report, Path(folder) / name, place=f"download: {name}", progress=advance)
        content = written.path.read_bytes()
    bar.empty()
    return _ReadyFile(name, content, written)
