"""Export: choose columns, format and channel; get a file that was checked, its manifest and its account."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from workbench.app import failures, labels, state
from workbench.app.draft_counts import DraftCount
from workbench.app.drafts import Draft
from workbench.app.language import _, core, number
from workbench.app.widgets import grids
from workbench.app.widgets.totals import channel_text, reason_text
from workbench.bench import Workbench
from workbench.exporting import ExportReceipt
from workbench.segments.target_list import DEFAULT_COLUMNS

_FORMATS = {"csv": "csv", "excel_csv": "csv", "xlsx": "xlsx", "parquet": "parquet"}
_CHANNELS = ("email", "phone", "post", "sms")
_KEYS = ("email", "phone", "company")


@dataclass(frozen=True)
class ReadyFile:
    """A file that was written and checked, in memory for the visitor to download.

    Attributes
    ----------
    name : str
        Of the file.
    content : bytes
        Of the file.
    manifest_name : str
        Of the manifest.
    manifest : bytes
        Of the manifest.
    receipt : ExportReceipt
        What the export told.
    version : int
        Version of the draft it is of.
    """

    name: str
    content: bytes
    manifest_name: str
    manifest: bytes
    receipt: ExportReceipt
    version: int


def draw(bench: Workbench, draft: Draft, found: DraftCount) -> None:
    """Draw the form, and what the last export gave.

    Parameters
    ----------
    bench : Workbench
        On the store.
    draft : Draft
        What is being worked on.
    found : DraftCount
        Its numbers.
    """
    if not found.is_whole:
        st.info(_("Finish or remove the unfinished rules to export."))
        return
    force = _checks(bench, found)
    asked = _form(bench, force=force)
    if asked is not None:
        state.put(state.SEGMENT_EXPORT, _written(bench, draft, found, asked))
    ready = state.get(state.SEGMENT_EXPORT)
    if ready is not None:
        _downloads(ready, draft)


@dataclass(frozen=True)
class _Asked:
    """What the form was filled in with."""

    columns: list[str]
    format: str
    channel: str | None
    dedupe_key: str | None
    force: bool


def _checks(bench: Workbench, found: DraftCount) -> bool:
    """Say which of its own checks the segment does not keep, and ask whether that may be."""
    tests = bench.segments.test(found.definition, as_of=state.as_of())
    for check in tests.failed:
        st.warning(failures.plain(core(check.why)), icon=":material/rule:")
    return not tests.passed and st.checkbox(_("Export although a check fails"), key="export_force")


def _form(bench: Workbench, *, force: bool) -> _Asked | None:
    fields = bench.segments.catalogue().contact_fields()
    with st.form("segment_export_form", border=False):
        columns = st.multiselect(
            _("Columns"), list(fields), list(DEFAULT_COLUMNS), format_func=lambda name: labels.field(fields[name]),
            key="export_columns",
        )  # fmt: skip
        one, two, three = st.columns(3)
        kind = one.selectbox(_("Format"), list(_FORMATS), format_func=_format_text, key="export_format")
        channel = two.selectbox(
            _("Only those reachable by"), ["", *_CHANNELS], key="export_channel",
            format_func=lambda value: channel_text(value) if value else _("anything"),
        )  # fmt: skip
        key = three.selectbox(
            _("One row for each"), ["", *_KEYS], format_func=_key_text, key="export_key",
            help=_("Of contacts that share it, the first by number stays."),
        )  # fmt: skip
        pressed = st.form_submit_button(_("Prepare the file"), icon=":material/file_save:", type="primary")
    return _Asked(columns, kind, channel or None, key or None, force) if pressed else None


def _written(bench: Workbench, draft: Draft, found: DraftCount, asked: _Asked) -> ReadyFile:
    """Write, check and read the file in a folder that is gone afterwards."""
    bar = st.progress(0.0, _("Writing …"))

    def advance(done: int, rows: int) -> None:
        bar.progress(min(1.0, done / max(rows, 1)))

    name = f"{draft.name or 'segment'} {state.as_of().isoformat()}.{_FORMATS[asked.format]}"
    with tempfile.TemporaryDirectory() as folder:
        receipt = bench.segments.export(
            found.definition, Path(folder) / name, state.as_of(), columns=asked.columns, format=asked.format,
            channel=asked.channel, dedupe_key=asked.dedupe_key, locale=state.language(),  # type: ignore[arg-type]
            force=asked.force, place=f"download: {name}", progress=advance,
        )  # fmt: skip
        content, manifest = receipt.path.read_bytes(), receipt.manifest_path.read_bytes()
    bar.empty()
    return ReadyFile(name, content, receipt.manifest_path.name, manifest, receipt, draft.version)


def _downloads(ready: ReadyFile, draft: Draft) -> None:
    if ready.version != draft.version:
        st.caption(_("This file is of the segment as it was before the last change."))
    with st.container(horizontal=True):
        st.download_button(
            _("Download {name}").format(name=ready.name), ready.content, ready.name, type="primary",
            icon=":material/download:", on_click="ignore", key="export_file",
        )  # fmt: skip
        st.download_button(
            _("Manifest"), ready.manifest, ready.manifest_name, "application/json", icon=":material/receipt_long:",
            on_click="ignore", key="export_manifest",
        )  # fmt: skip
    rows, digest = number(ready.receipt.rows), ready.receipt.sha256[:12]
    st.caption(_("{rows} rows, read again and compared; SHA-256 {digest}…").format(rows=rows, digest=digest))
    _ledger(ready.receipt)


def _ledger(receipt: ExportReceipt) -> None:
    frame = receipt.ledger.frame()
    shown = pd.DataFrame({"line": [_line(line) for line in frame["line"]], "contact_count": frame["contact_count"]})
    grids.draw(shown, {"line": _("Account"), "contact_count": _("Contacts")})


def _line(line: str) -> str:
    kind, _colon, reason = line.partition(": ")
    known = {
        "matched": _("Matched by the steps"),
        "limited": _("beyond the limit"),
        "unreachable": _("without an address for the channel"),
        "duplicates": _("duplicates"),
        "rows": _("Rows of the file"),
    }
    return reason_text(reason) if kind == "suppressed" else known[kind]


def _format_text(kind: str) -> str:
    return {"csv": _("CSV"), "excel_csv": _("CSV for Excel"), "xlsx": _("Excel (XLSX)"), "parquet": _("Parquet")}[kind]


def _key_text(key: str) -> str:
    return {
        "": _("contact"), "email": _("e-mail address"), "phone": _("telephone number"), "company": _("company"),
    }[key]  # fmt: skip
