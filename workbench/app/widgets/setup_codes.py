"""Code tables: their rows, edited in place, with how many contacts have each code."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pipelines.schema import Table
from workbench.app import clicks, code_edits, labels, state
from workbench.app.language import _, number
from workbench.app.widgets import editing_grid
from workbench.bench import Workbench

# Shown under a heading of their own.
_ELSEWHERE = (
    "salesperson", "team", "team_salesperson", "user_setup", "salutation_formula", "sales_cycle", "sales_cycle_stage",
    "close_opportunity_code",
)  # fmt: skip
_FILLED = ("country", "language")


def draw(bench: Workbench) -> None:
    """Draw the choice of a table and its rows.

    Parameters
    ----------
    bench : Workbench
        Whose codes.
    """
    tables = {table.name: table for table in bench.codes.tables() if table.name not in _ELSEWHERE}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    name = left.selectbox(_("Code table"), list(tables), format_func=labels.table, key=state.SETUP_TABLE)
    if name in _FILLED:
        right.button(_("Add all that are missing"), key="setup_fill", on_click=lambda: _fill(bench, name))
    draw_table(bench, tables[name])


def draw_table(bench: Workbench, table: Table) -> None:
    """Draw the rows of a code table, and what saves the changes in them.

    Parameters
    ----------
    bench : Workbench
        Whose codes.
    table : Table
        The code table.
    """
    st.caption(labels.capital(_(table.meaning)))
    rows = bench.codes.list(table.name).rows
    columns, fixed = _columns(table, rows)
    key = editing_grid.draw(f"setup_grid:{table.name}", rows, columns, fixed)
    if "contact_count" in rows.columns:
        st.caption(_("A code that is typed over is renamed on all contacts. Tick a row to delete it."))

    def save() -> None:
        edits = editing_grid.edits(key)
        clicks.attempt(lambda: code_edits.apply(bench, table, rows, edits), _saved)

    st.button(_("Save changes"), key=f"setup_save:{table.name}", type="primary", on_click=save)


def _columns(table: Table, rows: pd.DataFrame) -> tuple[dict[str, Any], list[str]]:
    columns = {one.name: editing_grid.column(one, is_required=one.name in table.key) for one in table.columns}
    if "contact_count" not in rows.columns:
        return columns, []
    told = _("Codes that only stand on contacts have none.")
    counted = {
        "contact_count": st.column_config.NumberColumn(_("Contacts"), format="localized"),
        "is_described": st.column_config.CheckboxColumn(_("Has an entry"), help=told),
    }
    first = {name: columns.pop(name) for name in list(columns)[:2]}
    return {**first, **counted, **columns}, list(counted)


def _fill(bench: Workbench, name: str) -> None:
    clicks.attempt(
        lambda: bench.codes.fill(name, state.language()),
        lambda count: _("Added: {count}").format(count=number(count)),
    )


def _saved(count: int) -> str:
    return _("Rows saved: {count}").format(count=number(count)) if count else _("Nothing has changed.")
