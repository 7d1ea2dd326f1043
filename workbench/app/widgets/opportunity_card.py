"""The card of an opportunity: where it stands, its fields, and deleting it."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks, opportunity_session, state
from workbench.app.failures import plain
from workbench.app.language import _, amount, core, day, ngettext, number, percent
from workbench.app.widgets import contact_chooser, opportunity_words, task_fields, tiles
from workbench.bench import Workbench
from workbench.errors import WorkbenchError
from workbench.opportunities import Opportunity, OpportunityCard

_FIELDS = ("description", "contact_no", "salesperson_code", "campaign_no", "sales_cycle_code", "priority", "item_no")
_TASKS = "opportunity_with_tasks"


def draw_head(bench: Workbench, card: OpportunityCard) -> None:
    """Draw where the opportunity stands.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : OpportunityCard
        The opportunity.
    """
    held, currency = card.opportunity, bench.setup.settings().currency_code
    closes = held.closed_on or held.estimated_close_on
    words = _("closed on {day}") if held.closed_on else _("expected to close on {day}")
    whom = " · ".join(plain(name) for name in dict.fromkeys((held.contact_name, held.company_name)) if name)
    if whom:
        st.caption(whom)
    tiles.draw(
        [
            tiles.Tile(opportunity_words.word(held.status), plain(held.stage or "–"), _dated(words, closes)),
            tiles.Tile(_("Estimated value"), amount(held.estimated_amount, currency), ""),
            tiles.Tile(_("Probability"), percent(held.probability_rate), ""),
            tiles.Tile(_("Calculated current value"), amount(held.calculated_amount, currency), ""),
        ],
        across=4,
    )


def draw(bench: Workbench, card: OpportunityCard) -> None:
    """Draw the fields.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : OpportunityCard
        The opportunity.
    """
    held = card.opportunity
    for name in _FIELDS:
        state.start(_key(name), getattr(held, name))
    st.text_input(_("Description"), key=_key("description"), max_chars=100)
    columns = st.columns(3)
    with columns[0]:
        contact_chooser.choose(bench, _("Contact"), _key("contact_no"), held.contact_no)
    task_fields.choose_code(columns[1], bench, "salesperson", _("Salesperson"), _key("salesperson_code"))
    cycles = opportunity_words.cycles(bench)
    known = list(dict.fromkeys([*cycles, *([held.sales_cycle_code] if held.sales_cycle_code else [])]))
    columns[2].selectbox(
        _("Sales cycle"), known, None, key=_key("sales_cycle_code"), format_func=lambda code: cycles.get(code, code)
    )
    columns[0].text_input(_("Campaign"), key=_key("campaign_no"))
    columns[1].text_input(_("Item"), key=_key("item_no"))
    columns[2].selectbox(
        _("Priority"), ["low", "normal", "high"], key=_key("priority"), format_func=opportunity_words.word
    )
    st.checkbox(_("Open tasks follow to another salesperson, campaign or contact"), key=_TASKS)
    st.button(_("Save"), key="opportunity_save", type="primary", on_click=lambda: _save(bench, held))
    _draw_deletion(bench, held.opportunity_no)


def _dated(words: str, on: object) -> str:
    return words.format(day=day(on)) if on else ""  # type: ignore[arg-type]


def _key(name: str) -> str:
    return f"{state.OPPORTUNITY_FIELD}{name}"


def _save(bench: Workbench, held: Opportunity) -> None:
    given = {name: clicks.value(_key(name)) or None for name in _FIELDS}
    fields = {name: value for name, value in given.items() if value != getattr(held, name)}
    follow = bool(clicks.value(_TASKS))
    done = clicks.attempt(
        lambda: bench.opportunities.change(held.opportunity_no, with_tasks=follow, dry_run=False, **fields),
        lambda done: _("Saved {number}").format(number=done.opportunity_no),
    )
    if done is not None:
        clicks.forget_fields(state.OPPORTUNITY_FIELD)


def _draw_deletion(bench: Workbench, no: str) -> None:
    st.subheader(_("Delete"))
    try:
        goes = bench.opportunities.delete(no, dry_run=True)
    except WorkbenchError as error:
        st.caption(plain(core(error.message)))
        return
    text = ngettext("{count} step goes with it.", "{count} steps go with it.", goes.entry_count)
    st.caption(text.format(count=number(goes.entry_count)))

    def delete() -> None:
        gone = clicks.attempt(
            lambda: bench.opportunities.delete(no), lambda _gone: _("Deleted {number}").format(number=no)
        )
        if gone is not None:
            opportunity_session.open_opportunity(None)

    st.button(
        _("Delete {number}").format(number=plain(no)), key="opportunity_delete", icon=":material/delete:",
        on_click=delete,
    )  # fmt: skip
