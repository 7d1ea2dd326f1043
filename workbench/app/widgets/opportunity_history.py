"""What was done with an opportunity, and the stages that are still before it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app.language import _
from workbench.app.widgets import grids, opportunity_words
from workbench.bench import Workbench
from workbench.opportunities import OpportunityCard


def draw(bench: Workbench, card: OpportunityCard) -> None:
    """Draw both.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : OpportunityCard
        The opportunity.
    """
    currency = bench.setup.settings().currency_code
    st.subheader(_("Steps so far"))
    if card.entries.empty:
        st.caption(_("No step was recorded."))
    else:
        _draw_entries(card.entries.iloc[::-1], currency)
    if not card.opportunity.is_closed:
        st.subheader(_("Remaining stages"))
        _draw_remaining(card)


def _draw_entries(entries: pd.DataFrame, currency: str) -> None:
    heads = {
        "changed_on": _("Day"), "action_taken": _("Step"), "stage": _("Stage"), "is_active": _("Active"),
        "open_days": _("Days open"), "estimated_amount": _("Estimated"), "chances_rate": _("Chances of success"),
        "completed_rate": _("Completed"), "probability_rate": _("Probability"),
        "calculated_amount": _("Calculated current value"), "estimated_close_on": _("Expected"),
        "close_opportunity_code": _("Why it was closed"), "salesperson_code": _("Salesperson"),
    }  # fmt: skip
    grids.draw(entries, heads, height="content", currency=currency, formats={"action_taken": opportunity_words.word})


def _draw_remaining(card: OpportunityCard) -> None:
    if not card.remaining:
        st.caption(_("It is at the last stage."))
        return
    names = ("stage_no", "name", "completed_rate", "chances_rate", "activity_code", "is_quote_required", "allows_skip")
    rows = pd.DataFrame([[getattr(stage, name) for name in names] for stage in card.remaining], columns=list(names))
    heads = {
        "stage_no": _("No."), "name": _("Stage"), "completed_rate": _("Completed"),
        "chances_rate": _("Chances of success"), "activity_code": _("Activity"),
        "is_quote_required": _("Quote required"), "allows_skip": _("May be skipped"),
    }  # fmt: skip
    grids.draw(rows, heads, height="content")
