"""Number series: their lines, edited in place, their relations, and the number that comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from pipelines.number_series import IMPLEMENTATIONS, Line
from workbench.app import clicks, failures, labels, state
from workbench.app.labels import N_
from workbench.app.language import _
from workbench.app.widgets import editing_grid
from workbench.app.widgets.editing_grid import Edits
from workbench.bench import Workbench
from workbench.setup.series import Series

_FLAGS = {
    "is_default": N_("Gives numbers by itself"),
    "is_manual": N_("Takes typed numbers"),
    "is_date_order": N_("Numbers follow their dates"),
}
_NEW = "setup_series_new"


def draw(bench: Workbench) -> None:
    """Draw the choice of a series, its switches and its lines.

    Parameters
    ----------
    bench : Workbench
        Whose series.
    """
    known = {one.code: one for one in bench.number_series.list().series}
    left, new, gone = st.columns([4, 1.4, 1.1], vertical_alignment="bottom")
    code = left.selectbox(
        _("Number series"), list(known), key=state.SETUP_SERIES, format_func=lambda one: _named(known[one])
    )
    with new.popover(_("New series"), icon=":material/add:", width="stretch"):
        _create(bench)
    if code is None:
        return
    with gone.popover(_("Delete"), icon=":material/delete:", width="stretch"):
        _delete(bench, code)
    _draw_next(bench, code)
    _draw_switches(bench, known[code], list(known))
    _draw_lines(bench, known[code])


def _named(series: Series) -> str:
    return f"{series.code} · {series.description}" if series.description else series.code


def _create(bench: Workbench) -> None:
    st.text_input(_("Code"), key=_NEW, max_chars=20, placeholder="CONT-2")

    def create() -> None:
        made = clicks.attempt(
            lambda: bench.number_series.save(str(clicks.value(_NEW) or "")),
            lambda made: _("Saved {code}").format(code=made.code),
        )
        if made is not None:
            state.put(state.SETUP_SERIES, made.code)

    st.button(_("Create"), key="setup_series_create", type="primary", on_click=create)


def _delete(bench: Workbench, code: str) -> None:
    st.caption(_("Its lines and relations go with it."))

    def delete() -> str:
        bench.number_series.delete(code)
        return _("Deleted {code}").format(code=code)

    st.button(_("Delete {code}").format(code=code), key="setup_series_delete", on_click=clicks.doing(delete, str))


def _draw_next(bench: Workbench, code: str) -> None:
    with failures.shown():
        given = bench.number_series.peek(code, state.as_of())
        st.metric(_("Next number"), given.number, help=_("It is not used up by looking."), border=True)
        if given.is_warned:
            st.warning(_("The series ends soon."), icon=":material/warning:")


def _draw_switches(bench: Workbench, series: Series, codes: list[str]) -> None:
    fields = {"description": series.description, **{name: getattr(series, name) for name in _FLAGS}}
    fields["related"] = [code for code in series.related if code in codes]
    for name, value in fields.items():
        state.start(_key(series.code, name), value)
    with st.form(f"setup_series:{series.code}", border=True):
        left, right = st.columns(2)
        left.text_input(_("Description"), key=_key(series.code, "description"))
        others = [code for code in codes if code != series.code]
        right.multiselect(_("May be replaced by"), others, key=_key(series.code, "related"), placeholder="–")
        for column, (name, label) in zip(st.columns(len(_FLAGS)), _FLAGS.items(), strict=True):
            column.toggle(_(label), key=_key(series.code, name))
        st.form_submit_button(_("Save series"), on_click=lambda: _save(bench, series))


def _save(bench: Workbench, series: Series) -> None:
    values = {name: clicks.value(_key(series.code, name)) for name in ("description", *_FLAGS)}
    changed = {name: value for name, value in values.items() if value != getattr(series, name)}
    related = set(clicks.value(_key(series.code, "related")) or ())

    def work() -> Series:
        saved = bench.number_series.save(series.code, **changed)
        for other in related ^ set(series.related):
            saved = bench.number_series.relate(series.code, other, is_related=other in related)
        return saved

    if clicks.attempt(work, lambda saved: _("Saved {code}").format(code=saved.code)) is not None:
        clicks.forget_fields(_key(series.code, ""))


def _draw_lines(bench: Workbench, series: Series) -> None:
    st.subheader(_("Lines"), help=_("The line that has begun last gives the numbers; of several, the first open one."))
    rows = pd.DataFrame([asdict(line) for line in series.lines], columns=list(Line.__dataclass_fields__))
    for name in ("starting_on", "last_used_on"):
        rows[name] = pd.to_datetime(rows[name])
    key = editing_grid.draw(f"setup_lines:{series.code}", rows, _columns(), ("line_no", "last_used_on"))

    def save() -> None:
        edits = editing_grid.edits(key)
        clicks.attempt(lambda: apply(bench, series, edits), lambda _done: _("Saved {code}").format(code=series.code))

    st.button(_("Save lines"), key="setup_lines_save", type="primary", on_click=save)


def apply(bench: Workbench, series: Series, edits: Edits) -> int:
    """Bring edits of lines to the store.

    Parameters
    ----------
    bench : Workbench
        On the store.
    series : Series
        As the visitor saw it.
    edits : Edits
        By position among its lines.

    Returns
    -------
    int
        How many lines were touched.
    """
    numbers = [line.line_no for line in series.lines]
    for place in edits.deleted:
        bench.number_series.delete_line(series.code, numbers[place])
    for place, values in edits.changed.items():
        bench.number_series.save_line(series.code, numbers[place], **_values(values))
    for values in edits.added:
        bench.number_series.save_line(series.code, **_values(values))
    return len(edits.deleted) + len(edits.changed) + len(edits.added)


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    """A grid gives days as texts, with a time behind them."""
    given = {name: value for name, value in row.items() if name not in ("line_no", "last_used_on")}
    if given.get("starting_on"):
        given["starting_on"] = dt.date.fromisoformat(str(given["starting_on"])[:10])
    return given


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "line_no": config.NumberColumn(_("Line"), format="%d"),
        "starting_on": config.DateColumn(_("From day")),
        "starting_no": config.TextColumn(_("First number"), required=True, max_chars=20),
        "ending_no": config.TextColumn(_("Last number"), max_chars=20),
        "warning_no": config.TextColumn(_("Warn from"), max_chars=20),
        "increment_by": config.NumberColumn(_("Step"), min_value=1, default=1, step=1, format="%d"),
        "last_no": config.TextColumn(_("Given last"), max_chars=20),
        "last_used_on": config.DateColumn(_("Given for")),
        "is_open": config.CheckboxColumn(_("Open"), default=True),
        "implementation": config.SelectboxColumn(
            _("Kind"), options=list(IMPLEMENTATIONS), default="normal", required=True, format_func=_word
        ),
    }


def _word(value: object) -> str:
    return labels.choice(str(value))


def _key(code: str, name: str) -> str:
    return f"{state.SETUP_FIELD}{code}:{name}"
