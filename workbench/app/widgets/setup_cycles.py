"""Sales cycles with what is in them, the stages of one of them, and the reasons to close opportunities."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pipelines.schema import Table
from workbench.app import clicks, code_edits, labels, state
from workbench.app.language import _, number
from workbench.app.widgets import editing_grid
from workbench.bench import Workbench


def draw(bench: Workbench) -> None:
    """Draw the cycles, the stages of one of them, and the reasons.

    Parameters
    ----------
    bench : Workbench
        Whose sales cycles.
    """
    tables = {table.name: table for table in bench.codes.tables()}
    cycles = bench.sales_cycles.list().rows
    st.subheader(labels.table("sales_cycle"), help=_("With their open opportunities."))
    st.caption(_("A code that is typed over is renamed wherever it stands. Tick a row to delete it."))
    _draw_grid(bench, tables["sales_cycle"], cycles)
    if len(cycles):
        _draw_stages(bench, tables["sales_cycle_stage"], list(cycles["code"]))
    st.subheader(labels.table("close_opportunity_code"))
    _draw_grid(bench, tables["close_opportunity_code"], bench.sales_cycles.close_codes().rows)


def _draw_stages(bench: Workbench, table: Table, codes: list[str]) -> None:
    st.subheader(
        labels.table("sales_cycle_stage"),
        help=_("Who is at a stage, and how many days those took who have left it."),
    )
    code = st.selectbox(_("Sales cycle"), codes, key=state.SETUP_CYCLE)
    if code is None:
        return
    rows = bench.sales_cycles.get(code).stages.assign(sales_cycle_code=code)
    _draw_grid(bench, table, rows, code)


def _draw_grid(bench: Workbench, table: Table, rows: pd.DataFrame, cycle: str = "") -> None:
    """Draw the rows of a table to edit; new stages belong to the cycle."""
    counted = {name: column for name, column in _counted().items() if name in rows.columns}
    own = {one.name: editing_grid.column(one, is_required=one.name in table.key) for one in table.columns}
    own.pop("sales_cycle_code", None)
    key = editing_grid.draw(f"setup_cycles:{table.name}:{cycle}", rows, own | counted, list(counted))

    def save() -> int:
        edits = editing_grid.edits(key)
        added = [{**row, "sales_cycle_code": cycle} if cycle else row for row in edits.added]
        return code_edits.apply(bench, table, rows, editing_grid.Edits(edits.changed, added, edits.deleted))

    done = clicks.doing(save, _saved)
    st.button(_("Save changes"), key=f"setup_cycles_save:{table.name}", type="primary", on_click=done)


def _counted() -> dict[str, Any]:
    config = st.column_config
    return {
        "stage_count": config.NumberColumn(labels.table("sales_cycle_stage"), format="localized"),
        "opportunity_count": config.NumberColumn(_("Opportunities"), format="localized"),
        "estimated_amount": config.NumberColumn(_("Estimated"), format="localized"),
        "calculated_amount": config.NumberColumn(_("Calculated"), format="localized"),
        "average_days": config.NumberColumn(_("Days on average"), format="localized"),
    }


def _saved(count: int) -> str:
    return _("Rows saved: {count}").format(count=number(count)) if count else _("Nothing has changed.")
