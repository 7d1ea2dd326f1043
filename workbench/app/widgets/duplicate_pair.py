"""Two contacts side by side, coloured by how alike they are, and what can be decided about them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import clicks, failures, labels, state
from workbench.app.language import _, number, percent
from workbench.app.widgets import duplicate_merge
from workbench.bench import Workbench
from workbench.duplicates import PairExplanation

_ALIKE, _NEARLY, _APART = "rgba(0,158,115,0.22)", "rgba(230,159,0,0.22)", "rgba(213,94,0,0.22)"
_NEAR = 0.8


def draw(bench: Workbench, contact_no: str, duplicate_no: str) -> None:
    """Draw the pair.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no, duplicate_no : str
        The two.
    """
    told = bench.duplicates.explain(contact_no, duplicate_no)
    st.subheader(failures.plain(f"{contact_no} · {duplicate_no}"))
    st.caption(_score(told))
    _draw_fields(bench, told)
    _draw_strings(told)
    _draw_buttons(bench, told)
    if state.get(state.DUPLICATE_MERGE):
        duplicate_merge.draw(bench, contact_no, duplicate_no)


def _score(told: PairExplanation) -> str:
    said = _("Score {score}").format(score=percent(told.score_rate))
    if told.type == "company":
        strings = _("{count} search strings in common, {needed} make a duplicate")
        said += " · " + strings.format(count=number(told.match_count), needed=number(told.needed_count))
    return said


def _draw_fields(bench: Workbench, told: PairExplanation) -> None:
    table = bench.setup.table("contact")
    shown = pd.DataFrame({
        "field": [labels.capital(labels.field(table.column(name))) for name in told.fields["field"]],
        "value": told.fields["value"], "other_value": told.fields["other_value"],
        "likeness": told.fields["likeness"], "bits": told.fields["bits"],
    })  # fmt: skip
    shown = shown.assign(
        alike=["–" if pd.isna(rate) else percent(float(rate), 0) for rate in shown["likeness"]],
        says=[f"{bits:+.1f}" for bits in shown["bits"]],
    )
    styled = shown.style.apply(_coloured, axis=1)
    heads: dict[str, Any] = {
        "field": _("Field"), "value": told.contact_no, "other_value": told.duplicate_no, "alike": _("Alike"),
        "says": st.column_config.Column(_("Says"), help=_("In bits: above 0 for the same, below 0 against.")),
    }  # fmt: skip
    st.dataframe(styled, hide_index=True, column_config=heads, column_order=list(heads), height="content")


def _coloured(row: pd.Series) -> list[str]:
    rate = row["likeness"]
    if pd.isna(rate):
        return [""] * len(row)
    colour = _ALIKE if rate >= 1 else _NEARLY if rate >= _NEAR else _APART
    return [f"background-color: {colour}" if name in ("value", "other_value") else "" for name in row.index]


def _draw_strings(told: PairExplanation) -> None:
    if told.strings.empty:
        return
    with st.expander(_("Search strings")):
        heads = {
            "field_name": _("Field"), "part": _("Part"), "search_string": told.contact_no,
            "other_string": told.duplicate_no, "is_hit": _("In common"),
        }  # fmt: skip
        st.dataframe(told.strings[list(heads)], hide_index=True, column_config=dict(heads), height="content")


def _draw_buttons(bench: Workbench, told: PairExplanation) -> None:
    same, separate, back, merge, _rest = st.columns([1, 1, 1.4, 1, 2])
    one, other = told.contact_no, told.duplicate_no

    def decide(verdict: str | None) -> None:
        done = clicks.attempt(
            lambda: bench.duplicates.review(one, other, verdict),
            lambda _done: _("Noted for {one} and {other}").format(one=one, other=other),
        )
        if done is not None and verdict == "separate":
            state.forget(state.DUPLICATE_PAIR, state.DUPLICATE_MERGE)

    def begin() -> None:
        state.put(state.DUPLICATE_MERGE, True)

    same.button(_("Same"), key="duplicate_same", on_click=decide, args=("same",), width="stretch")
    separate.button(_("Separate"), key="duplicate_separate", on_click=decide, args=("separate",), width="stretch")
    back.button(
        _("Take verdict back"), key="duplicate_back", on_click=decide, args=(None,), width="stretch",
        disabled=told.verdict is None,
    )  # fmt: skip
    merge.button(_("Merge…"), key="duplicate_begin", on_click=begin, type="primary", width="stretch")
