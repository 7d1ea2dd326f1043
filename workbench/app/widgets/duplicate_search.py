"""Looking for duplicates: by which method, how sure, and what was found."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.app import state
from workbench.app.labels import N_
from workbench.app.language import _, number
from workbench.app.widgets import duplicate_words, grids, tiles
from workbench.bench import Workbench
from workbench.duplicates import DuplicateSearch

_METHOD, _THRESHOLD = "duplicate_method", "duplicate_threshold"
_METHODS = {
    "both": N_("Both"),
    "business_central": N_("Search strings of companies, as Business Central"),
    "fuzzy": N_("Likely the same in spite of errors"),
}


def draw(bench: Workbench) -> None:
    """Draw the choice of a method, the buttons, and what was found last.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    left, right = st.columns(2)
    method = left.selectbox(_("Method"), list(_METHODS), format_func=lambda one: _(_METHODS[one]), key=_METHOD)
    threshold = right.slider(
        _("Lowest score"), 0.5, 1.0, 0.9, 0.01, key=_THRESHOLD, disabled=method == "business_central",
        help=_("The probability that two contacts are the same. Lower scores find more, and more that are not."),
    )  # fmt: skip
    preview, find, _rest = st.columns([1, 1, 3])
    is_preview = preview.button(_("Preview"), key="duplicate_preview", width="stretch")
    if find.button(_("Find and keep"), key="duplicate_find", type="primary", width="stretch") or is_preview:
        _find(bench, str(method), float(threshold), is_preview)
    found: DuplicateSearch | None = state.get(state.DUPLICATE_FOUND)
    if found is not None:
        _tell(bench, found)


def _find(bench: Workbench, method: str, threshold: float, is_preview: bool) -> None:
    """Another click ends the search; then nothing is written."""
    shown = st.empty()
    state.forget(state.DUPLICATE_FOUND)
    bar = shown.progress(0.0, _("Looking for pairs…"))
    found = bench.duplicates.find(method, threshold=threshold, progress=_progress(bar), dry_run=is_preview)
    shown.empty()
    state.put(state.DUPLICATE_FOUND, found)


def _progress(bar: DeltaGenerator) -> Callable[[int, int], None]:
    def advance(done: int, of: int) -> None:
        bar.progress(done / max(of, 1), _("{done} of {of} pairs compared").format(done=number(done), of=number(of)))

    return advance


def _tell(bench: Workbench, found: DuplicateSearch) -> None:
    compared = _("{count} pairs compared").format(count=number(sum(found.candidate_counts.values())))
    base = _("among {count} contacts").format(count=number(found.contact_count))
    tiles.draw([
        tiles.Tile(_("Pairs"), number(found.pair_count), base),
        tiles.Tile(_("New"), number(found.new_count), _("not kept before")),
        tiles.Tile(_("Judged separate"), number(found.separate_count), compared),
    ])  # fmt: skip
    if not found.is_written:
        st.caption(_("A preview; nothing was written."))
    _draw_pairs(bench, found)


def _draw_pairs(bench: Workbench, found: DuplicateSearch) -> None:
    heads = {
        "score_rate": _("Score"), "match_count": _("Search strings"), "contact_no": _("Contact"), "name": _("Name"),
        "duplicate_no": _("Other contact"), "duplicate_name": _("Its name"), "reasons": _("Why"),
    }  # fmt: skip
    if found.pair_count:
        pairs = found.pairs.head(20)
        grids.draw(pairs.assign(reasons=[duplicate_words.reasons(bench, text) for text in pairs["reasons"]]), heads)
    if found.pair_count > 20:
        st.caption(_("The first 20; all of them are in the review once they are kept."))
