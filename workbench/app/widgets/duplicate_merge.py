"""Merging two contacts: which stays, whose values, what is about both, and each conflict resolved."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import clicks, failures, labels, state
from workbench.app.language import _, number
from workbench.bench import Workbench
from workbench.duplicates import Conflict, MergePlan

_STAYS = "duplicate_stays"
_TAKEN, _CONFLICT, _NEW = "duplicate_taken:", "duplicate_conflict:", "duplicate_new_key:"
_OWN = ("entry_no", "contact_id")


def draw(bench: Workbench, contact_no: str, duplicate_no: str) -> None:
    """Draw what merging the two is about, and the button.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no, duplicate_no : str
        The two.
    """
    st.markdown("**" + _("Merge") + "**")
    stays = st.radio(_("The contact that stays"), [contact_no, duplicate_no], horizontal=True, key=_STAYS)
    goes = duplicate_no if stays == contact_no else contact_no
    plan = bench.duplicates.merge_plan(stays, goes)
    taken = _draw_fields(bench, plan)
    _draw_tables(plan)
    said = _draw_conflicts(plan)

    def merge() -> None:
        done = clicks.attempt(
            lambda: bench.duplicates.merge(stays, goes, override=taken, conflicts=said, as_of=state.as_of()),
            lambda done: _("{gone} is merged into {kept}; merge {number} can be undone").format(
                gone=goes, kept=stays, number=done.merge_no
            ),
        )
        if done is not None:
            state.forget(state.DUPLICATE_PAIR, state.DUPLICATE_MERGE)
            for prefix in (_TAKEN, _CONFLICT, _NEW, _STAYS):
                clicks.forget_fields(prefix)

    st.button(
        _("Merge {gone} into {kept}").format(gone=goes, kept=stays), key="duplicate_merge", type="primary",
        on_click=merge, disabled=len(said) < len(plan.conflicts),
    )  # fmt: skip


def _draw_fields(bench: Workbench, plan: MergePlan) -> list[str]:
    """Let the visitor take values over; where only the duplicate has one, that is suggested."""
    if plan.fields.empty:
        st.caption(_("The two have the same values."))
        return []
    table, taken = bench.setup.table("contact"), []
    said = _("Values of {kept} stay. Choose what to take from {gone}.")
    st.caption(said.format(kept=plan.current_no, gone=plan.duplicate_no))
    for row in plan.fields.to_dict(orient="records"):
        name = labels.capital(labels.field(table.column(row["field"])))
        left, middle, right = st.columns([1.3, 2, 2], vertical_alignment="center")
        left.markdown(failures.plain(name))
        middle.markdown(_shown(row["value"]))
        if row["joined"]:
            right.markdown(_shown(row["other_value"]) + " · " + _("both stay"))
            continue
        key = f"{_TAKEN}{plan.duplicate_no}:{row['field']}"
        if right.checkbox(_shown(row["other_value"]), value=not isinstance(row["value"], str), key=key):
            taken.append(str(row["field"]))
    return taken


def _shown(value: object) -> str:
    return failures.plain(value) if isinstance(value, str) else "–"


def _draw_tables(plan: MergePlan) -> None:
    if plan.people_count:
        st.caption(_("People who go over: {count}").format(count=number(plan.people_count)))
    if plan.tables.empty:
        return
    frame = plan.tables.assign(table=[labels.table(name) for name in plan.tables["table"]])
    heads = {"table": _("Rows"), "current_count": plan.current_no, "duplicate_count": plan.duplicate_no}
    st.dataframe(frame, hide_index=True, column_config=dict(heads), height="content", width=480)


def _draw_conflicts(plan: MergePlan) -> dict[str, object]:
    """Ask for each conflict; those without an answer keep the merge from being done."""
    said: dict[str, object] = {}
    for conflict in plan.conflicts:
        with st.container(border=True):
            st.markdown(f"**{failures.plain(f'{labels.table(conflict.table)}: {conflict.key}')}**")
            st.caption(failures.plain(conflict.reason))
            _draw_rows(plan, conflict)
            how = _asked(plan, conflict)
        if how is not None:
            said[conflict.name] = how
    return said


def _draw_rows(plan: MergePlan, conflict: Conflict) -> None:
    differing = [
        name
        for name, value in conflict.row.items()
        if name not in _OWN and (value is not None or conflict.other_row[name] is not None)
    ]
    frame = pd.DataFrame([[conflict.row[n], conflict.other_row[n]] for n in differing], index=differing).T
    frame.insert(0, "", [plan.current_no, plan.duplicate_no])
    st.dataframe(frame, hide_index=True, height="content")


def _asked(plan: MergePlan, conflict: Conflict) -> object | None:
    key = f"{plan.duplicate_no}:{conflict.name}"
    names = {"remove": _("Remove the row of {gone}").format(gone=plan.duplicate_no)}
    if conflict.can_rename:
        names["rename"] = _("Keep it under another code")
    left, right = st.columns(2, vertical_alignment="bottom")
    how = left.selectbox(
        _("What becomes of it"), list(names), index=None, format_func=names.__getitem__, key=_CONFLICT + key
    )
    if how != "rename":
        return how
    new = right.text_input(_("New code"), key=_NEW + key)
    return ("rename", new) if new.strip() else None
