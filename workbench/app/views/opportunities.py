"""The page Opportunities: a board by stage, a list, and the card of one opportunity."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.app import cached, clicks, failures, opportunity_session, state
from workbench.app.failures import plain
from workbench.app.language import _
from workbench.app.widgets import (
    opportunity_board,
    opportunity_card,
    opportunity_comments,
    opportunity_documents,
    opportunity_history,
    opportunity_list,
    opportunity_new,
    opportunity_steps,
    opportunity_tasks,
    opportunity_words,
)
from workbench.bench import Workbench

_VIEW = "opportunity_view"


def page() -> None:
    """Draw the page; an address with ``?opportunity=NO`` opens that opportunity."""
    bench = cached.bench()
    opportunity_session.follow_address()
    number = opportunity_session.number()
    with failures.shown():
        if number is None:
            _draw_all(bench)
        else:
            _draw_one(bench, number)


def _draw_all(bench: Workbench) -> None:
    title, new = st.columns([4, 1], vertical_alignment="bottom")
    title.title(_("Opportunities"))
    with new.popover(_("New opportunity"), icon=":material/add:", type="primary", width="stretch"):
        opportunity_new.draw(bench)
    clicks.show_failure()
    views = {"board": _("Board"), "list": _("List")}
    first = "board" if opportunity_words.cycles(bench) else "list"  # what files bring often has no cycle
    chosen = st.segmented_control(
        _("View"), list(views), default=first, required=True, key=_VIEW, format_func=views.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    draw = opportunity_list.draw if chosen == "list" else opportunity_board.draw
    draw(bench)


def _draw_one(bench: Workbench, number: str) -> None:
    st.button(
        _("All opportunities"), key="opportunity_back", icon=":material/arrow_back:", type="tertiary",
        on_click=opportunity_session.open_opportunity, args=(None,),
    )  # fmt: skip
    card = bench.opportunities.get(number)
    said = card.opportunity.description
    st.title(plain(f"{number} · {said}" if said else number))
    clicks.show_failure()
    opportunity_card.draw_head(bench, card)
    panels: dict[str, Callable[[], None]] = {
        _("Stage"): lambda: opportunity_steps.draw(bench, card),
        _("History"): lambda: opportunity_history.draw(bench, card),
        _("Card"): lambda: opportunity_card.draw(bench, card),
        _("Tasks"): lambda: opportunity_tasks.draw(bench, number),
        _("Documents"): lambda: opportunity_documents.draw(bench, card),
        _("Comments"): lambda: opportunity_comments.draw(bench, card),
    }
    tabs = st.tabs(list(panels), on_change="rerun", key=state.OPPORTUNITY_PANEL)
    for tab, draw_panel in zip(tabs, panels.values(), strict=True):
        if tab.open:
            with tab, failures.shown():
                draw_panel()
