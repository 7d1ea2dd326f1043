"""The log of interactions: searched, filtered, page by page, and what is selected in it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from pipelines.conditions import FieldCondition
from pipelines.filter_text import to_filter
from workbench.app import cached, clicks, failures, interaction_session, labels, state
from workbench.app.labels import N_
from workbench.app.language import _, date_input_format, number
from workbench.app.widgets import grids, interaction_actions, interaction_card
from workbench.bench import Workbench
from workbench.interactions import InteractionPage, InteractionQuery

ROWS, _FEW = 25, 10
_ASKED = "interaction_log:"
_STATES = {"valid": N_("Valid"), "postponed": N_("Postponed"), "canceled": N_("Canceled"), "all": N_("All")}
_OF_STATE = {
    "valid": {"is_canceled": "no", "is_postponed": "no"},
    "postponed": {"is_postponed": "yes"},
    "canceled": {"is_canceled": "yes"},
    "all": {},
}
_FLOWS = ("outbound", "inbound")


def draw(bench: Workbench) -> None:
    """Draw filters, entries, and what can be done with those that are selected.

    Parameters
    ----------
    bench : Workbench
        On the store.
    """
    _ask(bench)
    _draw_more_filters(bench)
    asked = _query(bench)
    found = _found(bench, asked)
    st.caption(_("Interactions found: {count}").format(count=number(found.total)))
    if found.total:
        _draw_rows(bench, found)
    else:
        st.info(_("No such interaction."), icon=":material/forum:")
    interaction_actions.draw(bench, interaction_session.entries())
    if len(interaction_session.entries()) == 1:
        interaction_card.draw(bench, interaction_session.entries()[0])


def _ask(bench: Workbench) -> None:
    st.segmented_control(
        _("Which"), list(_STATES), default="valid", required=True, key=f"{_ASKED}state",
        label_visibility="collapsed", format_func=lambda one: _(_STATES[one]),
    )  # fmt: skip
    find, kind, flow, low, high = st.columns([3, 2, 2, 2, 2])
    find.text_input(
        _("Find"), key=f"{_ASKED}text", type="search", live="300ms", placeholder=_("Description, subject or contact")
    )
    codes = bench.templates.list().rows["interaction_template_code"]
    kind.selectbox(_("Template"), list(codes), None, key=f"{_ASKED}template", placeholder=_("All"))
    flow.selectbox(
        _("Direction"), _FLOWS, None, key=f"{_ASKED}flow", placeholder=_("All"),
        format_func=lambda one: labels.capital(labels.choice(one)),
    )  # fmt: skip
    low.date_input(_("From"), None, key=f"{_ASKED}low", format=date_input_format())
    high.date_input(_("Until"), None, key=f"{_ASKED}high", format=date_input_format())


def _query(bench: Workbench) -> InteractionQuery:
    filters = dict(_OF_STATE[str(clicks.value(f"{_ASKED}state") or "valid")])
    days = _days(clicks.value(f"{_ASKED}low"), clicks.value(f"{_ASKED}high"))
    if days:
        filters["occurred_at"] = days
    chosen = {"interaction_template_code": "template", "information_flow": "flow"}
    table = bench.setup.table("interaction")
    for name, key in chosen.items():
        value = clicks.value(f"{_ASKED}{key}")
        if value is not None:
            condition = FieldCondition(field=name, op="is", value=value)
            filters[name] = str(to_filter(condition, table.column(name)).expression)
    return InteractionQuery(
        str(clicks.value(f"{_ASKED}text") or ""), {**filters, **state.get(state.INTERACTION_FILTERS, {})}
    )


def _days(low: dt.date | None, high: dt.date | None) -> str:
    return f"{low.isoformat() if low else ''}..{high.isoformat() if high else ''}" if low or high else ""


def _draw_more_filters(bench: Workbench) -> None:
    """Draw the popover that filters any field by an expression, and the filters there are."""
    table = bench.setup.table("interaction")
    with st.container(horizontal=True, gap="small"):
        with st.popover(_("Filter"), icon=":material/filter_list:", key="interaction_filter"):
            name = st.selectbox(
                _("Field"), list(table.by_name), key=f"{_ASKED}field",
                format_func=lambda one: labels.field(table.by_name[one]),
            )  # fmt: skip
            st.text_input(
                _("Filter expression"), key=f"{_ASKED}expression", placeholder="A*|B1..B9, -30D..t, <>''",
                help=_("As in Business Central: | or, & and, <> not, .. from to, * anything, @ either case."),
            )  # fmt: skip
            st.button(
                _("Apply"), key="interaction_filter_apply", type="primary", on_click=_add_filter, args=(bench, name)
            )
        for name, expression in state.get(state.INTERACTION_FILTERS, {}).items():
            st.button(
                failures.plain(f"{labels.field(table.by_name[name])}: {expression}"), type="tertiary",
                key=f"interaction_filter_off:{name}", icon=":material/close:", help=_("Take this filter away"),
                on_click=_put_filter, args=(name, ""),
            )  # fmt: skip


def _add_filter(bench: Workbench, name: str) -> None:
    expression = str(clicks.value(f"{_ASKED}expression") or "").strip()
    asked = InteractionQuery(filters={name: expression} if expression else {})
    if clicks.attempt(lambda: bench.interactions.list(asked, 0, as_of=state.as_of())) is not None:
        _put_filter(name, expression)
        state.forget(f"{_ASKED}expression")


def _put_filter(name: str, expression: str) -> None:
    filters = {**state.get(state.INTERACTION_FILTERS, {}), name: expression}
    state.put(state.INTERACTION_FILTERS, {key: held for key, held in filters.items() if held})


def _found(bench: Workbench, asked: InteractionQuery) -> InteractionPage:
    as_of = state.as_of()
    place = int(state.get(_page_key(asked)) or 1)

    def read() -> InteractionPage:
        return bench.interactions.list(asked, ROWS, (place - 1) * ROWS, as_of=as_of)

    return cached.by_revision(bench, read, "interactions", _page_key(asked), place, as_of)


def _draw_rows(bench: Workbench, found: InteractionPage) -> None:
    rows = found.interactions

    def chosen(places: list[int]) -> None:
        interaction_session.select([int(rows["entry_no"].iloc[place]) for place in places])

    heads = {
        "occurred_at": _("When"), "contact_name": _("Contact"), "interaction_template_code": _("Template"),
        "description": _("Description"), "information_flow": _("Direction"), "salesperson_code": _("Salesperson"),
        "campaign_no": _("Campaign"), "evaluation": _("Evaluation"), "state": _("State"),
    }  # fmt: skip
    words = {name: lambda value: labels.capital(labels.choice(value)) for name in ("information_flow", "evaluation")}
    shown = rows.assign(
        occurred_at=rows["occurred_at"].dt.tz_convert(bench.setup.settings().time_zone), state=_states(rows)
    )
    key = f"{_page_key(found.query)}:{state.get(_page_key(found.query)) or 1}:rows"
    height = 400 if len(shown) > _FEW else "content"  # so that the entry below is in sight
    grids.draw(shown, heads, key=key, on_select_many=chosen, height=height, formats=words)
    pages = -(-found.total // ROWS)
    if pages > 1:
        st.pagination(pages, key=_page_key(found.query), max_visible_pages=5)


def _states(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["is_canceled"], rows["is_postponed"], strict=True)
    return [_("canceled") if canceled else _("postponed") if postponed else "" for canceled, postponed in pairs]


def _page_key(asked: InteractionQuery) -> str:
    """Each query has pages of its own, beginning with the first."""
    return f"{_ASKED}page:{asked.text}:{sorted(asked.filters.items())}"
