"""The review queue: pairs to go through, the surest first, and the one that is looked at."""

from __future__ import annotations

import streamlit as st

from workbench.app import state
from workbench.app.labels import N_
from workbench.app.language import _, number
from workbench.app.widgets import duplicate_pair, duplicate_words, grids
from workbench.bench import Workbench
from workbench.duplicates import DuplicateQueue

_VERDICT = "duplicate_verdict"
_VERDICTS = {"open": N_("Open"), "same": N_("Same"), "separate": N_("Separate")}
_ROWS, _FEW = 200, 6


def draw(bench: Workbench) -> None:
    """Draw the queue.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    counts = bench.duplicates.list(rows=1).counts
    verdict = st.segmented_control(
        _("Pairs"), list(_VERDICTS), default="open", required=True, key=_VERDICT, label_visibility="collapsed",
        format_func=lambda one: f"{_(_VERDICTS[one])} ({number(counts[one])})",
    )  # fmt: skip
    queue = bench.duplicates.list(str(verdict), rows=_ROWS)
    if queue.pairs.empty:
        _say_nothing(sum(counts.values()))
    else:
        _draw_grid(bench, queue)
    pair: tuple[str, str] | None = state.get(state.DUPLICATE_PAIR)
    if pair is not None:
        st.divider()
        duplicate_pair.draw(bench, *pair)


def _say_nothing(total: int) -> None:
    if total:
        st.info(_("No pair of this kind."), icon=":material/check:")
    else:
        st.info(_("No pairs yet. Look for them under Find."), icon=":material/join_inner:")


def _draw_grid(bench: Workbench, queue: DuplicateQueue) -> None:
    def chosen(at: int) -> None:
        row = queue.pairs.iloc[at]
        state.put(state.DUPLICATE_PAIR, (str(row["contact_no"]), str(row["duplicate_no"])))
        state.forget(state.DUPLICATE_MERGE)

    heads = {
        "score_rate": _("Score"), "match_count": _("Search strings"), "contact_no": _("Contact"), "name": _("Name"),
        "duplicate_no": _("Other contact"), "duplicate_name": _("Its name"), "reasons": _("Why"),
    }  # fmt: skip
    pairs = queue.pairs.assign(reasons=[duplicate_words.reasons(bench, text) for text in queue.pairs["reasons"]])
    height = 260 if len(pairs) > _FEW else "content"
    grids.draw(pairs, heads, key="duplicate_grid", on_select=chosen, height=height)
    if queue.total > len(queue.pairs):
        st.caption(
            _("The surest {shown} of {total}.").format(shown=number(len(queue.pairs)), total=number(queue.total))
        )
