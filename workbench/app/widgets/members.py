"""The first members of a segment."""

from __future__ import annotations

import streamlit as st

from pipelines.schema import Column
from workbench.app import labels, state
from workbench.app.draft_counts import DraftCount
from workbench.app.language import _, number
from workbench.app.widgets import grids
from workbench.app.widgets.totals import limit_stage_text
from workbench.bench import Workbench

ROWS = 50
_ALWAYS = ("contact_no", "name")
_WHERE_RECORDED = ("email", "phone_no", "city")


def draw(bench: Workbench, found: DraftCount) -> None:
    """Draw the members with columns of the visitor's choice.

    Parameters
    ----------
    bench : Workbench
        On the store.
    found : DraftCount
        Whose members.
    """
    columns = bench.segments.catalogue().contact_fields()
    state.start(state.SEGMENT_COLUMNS, _usual_columns(bench, columns))
    chosen = st.multiselect(
        _("Columns"), list(columns), format_func=lambda name: labels.field(columns[name]), key=state.SEGMENT_COLUMNS
    )
    columns_shown = chosen or ["contact_no"]
    preview = bench.segments.preview(found.definition, state.as_of(), [*columns_shown, "contact_no"], rows=ROWS)
    shown, total = number(len(preview.members)), number(preview.total)
    st.caption(
        _("{shown} of {total} members, by contact number; select one to see why").format(shown=shown, total=total)
    )
    numbers = list(preview.members["contact_no"])
    heads = {name: labels.field(columns[name]) for name in columns_shown}
    grids.draw(preview.frame(), heads, key=state.SEGMENT_MEMBERS, on_select=lambda row: _ask_why(numbers[row]))
    if found.count is not None and found.count.limited:
        _dropped(bench, found)


def _ask_why(contact_no: str) -> None:
    state.put(state.SEGMENT_WHY, contact_no)
    state.put(state.SEGMENT_PANEL, _("Why?"))


def _dropped(bench: Workbench, found: DraftCount) -> None:
    """Show on demand whom the limit left out: listing them takes a query of its own."""
    panel = st.expander(_("Left out by the limit"), on_change="rerun", key=state.SEGMENT_DROPPED)
    if not panel.open:
        return
    with panel:
        dropped = bench.segments.dropped(found.definition, state.as_of())
        frame = dropped.frame().head(ROWS)
        shown, total = number(len(frame)), number(dropped.limited)
        st.caption(_("{shown} of {total} contacts left out, with who stayed instead").format(shown=shown, total=total))
        grids.draw(
            frame.assign(stage=frame["stage"].map(limit_stage_text)),
            {
                "contact_no": _("Contact"),
                "stage": _("Why"),
                "key": _("What they share"),
                "survivor_no": _("Who stayed"),
            },
        )


def _usual_columns(bench: Workbench, columns: dict[str, Column]) -> list[str]:
    """Begin with number and name, the addresses that are recorded for anybody, and the first custom fields."""
    recorded = [name for name in _WHERE_RECORDED if not bench.segments.choices(name, top=1).frame().empty]
    custom = [name for name, column in columns.items() if column.is_custom]
    return [*_ALWAYS, *recorded, *custom[:5]]
