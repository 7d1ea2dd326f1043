"""Merges that were done, and the way back."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks
from workbench.app.language import _
from workbench.app.widgets import grids
from workbench.bench import Workbench

_CHOSEN = "duplicate_merge_no"


def draw(bench: Workbench) -> None:
    """Draw the merges, and the button that undoes one.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    merges = bench.duplicates.merges().merges
    if merges.empty:
        st.info(_("Nothing was merged yet."), icon=":material/merge:")
        return
    heads = {
        "merge_no": _("Merge"), "current_no": _("Stayed"), "duplicate_no": _("Gone"), "duplicate_name": _("Its name"),
        "merged_at": _("Merged (UTC)"), "merged_by": _("By"), "undone_at": _("Undone (UTC)"),
    }  # fmt: skip
    grids.draw(merges, heads)
    left = merges[merges["undone_at"].isna()]
    if left.empty:
        return
    names = {
        int(row["merge_no"]): f"{row['merge_no']} · {row['duplicate_no']} → {row['current_no']}"
        for row in left.to_dict(orient="records")
    }
    choice, button, _rest = st.columns([2, 1, 2], vertical_alignment="bottom")
    choice.selectbox(_("Merge"), list(names), format_func=names.__getitem__, key=_CHOSEN)

    undo = clicks.doing(
        lambda: bench.duplicates.undo_merge(int(clicks.value(_CHOSEN))),
        lambda done: _("{back} is back beside {kept}").format(back=done.duplicate_no, kept=done.current_no),
    )
    button.button(_("Undo"), key="duplicate_undo", on_click=undo, width="stretch")
