"""Loading a file: choose it, see what loading would do, correct what was found, load."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pipelines.schema import TABLES
from workbench.app import attended, failures, labels, state, uploads
from workbench.app.language import _, core, ngettext, number
from workbench.app.uploads import Upload
from workbench.app.widgets import load_mapping, load_options, load_origin, load_outcome, load_values, progress
from workbench.bench import Workbench
from workbench.errors import SourceError
from workbench.sources import LoadPlan

_ENDINGS = ["csv", "tsv", "txt", "xlsx", "parquet"]


def draw(bench: Workbench) -> None:
    """Draw the way of a file into the store.

    Parameters
    ----------
    bench : Workbench
        Where to.
    """
    receipt = state.get(state.LOAD_RECEIPT)
    if receipt is not None:
        load_outcome.draw_receipt(receipt)
        st.button(_("Load another file"), on_click=_start_again, type="primary")
        return
    table = _table(bench)
    upload = _upload()
    if upload is not None:
        _draw_plan(bench, table, upload)


def _table(bench: Workbench) -> str:
    names = {
        name: f"{_(group)} › {labels.table(name)}: {_(TABLES[name].meaning)}"
        for group, tables in labels.TABLE_GROUPS.items()
        for name in tables
    }
    table = st.selectbox(
        _("What one row of the file is about"),
        list(names),
        format_func=names.__getitem__,
        key=state.LOAD_TABLE,
        persist_state="session",
        on_change=_forget_choices,
    )
    needed = [column for column in bench.setup.table(table).columns if column.name in TABLES[table].key]
    if needed:
        text = _("Rows are told apart by: {fields}.").format(fields=", ".join(map(labels.field, needed)))
        st.caption(text)
    return str(table)


def _upload() -> Upload | None:
    upload: Upload | None = state.get(state.LOAD_UPLOAD)
    if upload is None:
        file = st.file_uploader(
            _("File (CSV, XLSX or Parquet)"),
            _ENDINGS,
            key=f"{state.LOAD_UPLOADER}:{state.get(state.LOAD_UPLOADER, 0)}",
            help=_("Encoding, delimiter, decimal sign and dates are found from the file and can be corrected."),
        )
        if file is None:
            return None
        upload = uploads.kept(file)
        state.put(state.LOAD_UPLOAD, upload)
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        size = _("{size} kB").format(size=number(upload.size / 1000, 1))
        st.markdown(f"**{failures.plain(upload.name)}** · {size}", width="content")
        st.button(_("Choose another file"), on_click=_start_again, type="tertiary")
    return upload


def _start_again() -> None:
    """Forget the file and all that was said about it; a new uploader begins empty."""
    state.put(state.LOAD_UPLOADER, state.get(state.LOAD_UPLOADER, 0) + 1)
    state.forget(state.LOAD_UPLOAD, state.LOAD_RECEIPT)
    _forget_choices()


def _forget_choices() -> None:
    state.forget(
        state.LOAD_MAPPING, state.LOAD_VALUES, state.LOAD_NEW_FIELDS, state.LOAD_PLAN, state.LOAD_FORGET,
        *load_options.keys(),
    )  # fmt: skip


def _go_to(table: str) -> None:
    """Take the same file for another table."""
    state.put(state.LOAD_TABLE, table)
    _forget_choices()


def _draw_plan(bench: Workbench, table: str, upload: Upload) -> None:
    choices = {
        "mapping": dict(state.get(state.LOAD_MAPPING, {})),
        "values": dict(state.get(state.LOAD_VALUES, {})),
        "new_fields": state.get(state.LOAD_NEW_FIELDS) or "ask",
        "remember": not state.get(state.LOAD_FORGET, False),
        "find_duplicates": table == "contact" and state.get(state.LOAD_DUPLICATES, True),
        **load_options.chosen(),
    }
    plan = _plan(bench, table, upload, choices)
    if plan is not None:
        load_origin.draw_first_rows(plan)
        load_outcome.draw_counts(plan)
        load_outcome.draw_questions(plan)
        load_origin.draw_choices(plan, _go_to)
        _draw_load(bench, table, upload, choices, plan)
    headers = load_mapping.headers(plan) if plan is not None else _headers(bench, upload)
    if headers:
        load_mapping.draw(bench.setup.table(table), plan, headers, upload.file_id)
    if plan is not None:
        load_values.draw(plan, upload.file_id)
    load_options.draw(bench, table, upload, plan)
    if plan is not None:
        load_outcome.draw_problems(plan)
        load_origin.draw_duplicates(plan)


def _plan(bench: Workbench, table: str, upload: Upload, choices: dict[str, Any]) -> LoadPlan | None:
    """Make the plan, or take the one made for the same choices: a click elsewhere does not read the file again."""
    about = (bench.database.revision(), table, upload.file_id, repr(choices))
    known: tuple[object, LoadPlan | None, SourceError | None] | None = state.get(state.LOAD_PLAN)
    if known is None or known[0] != about:
        known = (about, *_made(bench, table, upload, choices))
        state.put(state.LOAD_PLAN, known)
    _about, plan, error = known
    if error is not None:
        st.error(
            failures.plain(core(error.message))
            + "\n\n"
            + _("Correct it below: where columns go, or how the file is written.")
        )
    return plan


def _made(
    bench: Workbench, table: str, upload: Upload, choices: dict[str, Any]
) -> tuple[LoadPlan | None, SourceError | None]:
    with progress.Bar(_("Reading the file"), _start_again) as bar:
        try:
            return attended.result(
                lambda tell: bench.sources.plan(table, upload.path, progress=tell, **choices), bar.show, _no_more
            ), None
        except SourceError as error:
            return None, error


def _no_more(_plan: LoadPlan) -> None:
    """Nobody keeps the plan that a visitor went away from."""


def _headers(bench: Workbench, upload: Upload) -> tuple[str, ...]:
    """Columns of a file that no plan could be made for; none when it cannot be read at all."""
    try:
        return bench.sources.headers(upload.path, **load_options.chosen())
    except SourceError:
        return ()


def _draw_load(bench: Workbench, table: str, upload: Upload, choices: dict[str, Any], plan: LoadPlan) -> None:
    if not plan.new and not plan.changed and not plan.questions:
        st.info(_("Loading this file would change nothing."))
    count = plan.new + plan.changed
    label = ngettext("Load {count} row", "Load {count} rows", count).format(count=number(count))
    is_idle = bool(plan.questions) or not (plan.new or plan.changed)
    if st.button(label, type="primary", disabled=is_idle, icon=":material/database_upload:"):
        with failures.shown():
            with progress.Bar(_("Loading"), _say_cancelled) as bar:
                attended.result(
                    lambda tell: bench.sources.load(table, upload.path, progress=tell, **choices),
                    bar.show,
                    lambda receipt: state.put(state.LOAD_RECEIPT, receipt),
                )
            st.rerun()


def _say_cancelled() -> None:
    """A load that was done before it noticed has a receipt, and that is what is shown."""
    if state.get(state.LOAD_RECEIPT) is None:
        state.put(state.NOTICE, _("Loading was cancelled; nothing was written."))
