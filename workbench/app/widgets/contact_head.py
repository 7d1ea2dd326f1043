"""The head of a card: who it is, what holds for it, how it is reached, and its figures on the day."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from pipelines.catalogue import COMPUTED
from workbench.app import contact_session, labels, written
from workbench.app.failures import plain
from workbench.app.language import _, amount, day, ngettext, number
from workbench.app.widgets import contact_actions, tiles
from workbench.bench import Workbench
from workbench.contacts import ContactCard
from workbench.setup import Settings

_WARNINGS = ("is_privacy_blocked", "is_excluded_from_segments", "is_minor")
_STREET = ("address", "address_2")
_PLACE = ("post_code", "city", "county", "country_code")
_STYLE = """
<style>
.wb-reach { display: flex; flex-wrap: wrap; gap: 0.15rem 1.3rem; font-size: 0.92rem; margin: -0.3rem 0 0.2rem; }
.wb-reach a { color: inherit !important; text-decoration: none; border-bottom: 1px dotted; }
.wb-reach a:hover { border-bottom-style: solid; }
.wb-reach span { opacity: 0.85; overflow-wrap: anywhere; }
</style>
"""


def draw(bench: Workbench, card: ContactCard) -> None:
    """Draw the head.

    Parameters
    ----------
    bench : Workbench
        On the store.
    card : ContactCard
        Whose.
    """
    name, tools = st.columns([3, 2], vertical_alignment="center")
    with name:
        st.subheader(plain(str(card.fields.get("name") or card.contact_no)), anchor=False)
    with tools, st.container(horizontal=True, horizontal_alignment="right", gap="xsmall"):
        contact_actions.draw(bench, card)
        st.button(
            "", key="contact_close", icon=":material/close:", type="tertiary", help=_("Close the card"),
            on_click=contact_session.close_card,
        )  # fmt: skip
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="contact_badges"):
        _badges(bench, card)
        st.caption(_line(card), width="content")
    _reach(card)


def _line(card: ContactCard) -> str:
    parts = [card.contact_no]
    if "job_title" in card.fields:
        parts.append(str(card.fields["job_title"]))
    if card.around.company is not None:
        company_no, name = card.around.company
        parts.append(name or company_no)
    return " · ".join(map(plain, parts))


def _badges(bench: Workbench, card: ContactCard) -> None:
    columns = bench.setup.table("contact").by_name
    relation = str(card.fields.get("contact_business_relation") or "none")
    kind = str(card.fields["type"])
    icon = ":material/apartment:" if kind == "company" else ":material/person:"
    st.badge(labels.capital(labels.choice(kind)), icon=icon, color="blue")
    if relation != "none":
        st.badge(labels.capital(labels.choice(relation)), icon=":material/handshake:", color="green")
    for name in _WARNINGS:
        if card.fields.get(name):
            st.badge(labels.field(columns[name]), color="orange", icon=":material/block:")


def _reach(card: ContactCard) -> None:
    """Say where to write and call; only what a browser may safely follow is a link."""
    held = {name: str(value) for name, value in card.fields.items() if isinstance(value, str)}
    parts = [_link(f"tel:{held[name]}", held[name]) for name in ("phone_no", "mobile_phone_no") if name in held]
    parts += [_link(f"mailto:{held[name]}", held[name]) for name in ("email",) if name in held]
    if held.get("home_page", "").lower().startswith(("http://", "https://")):
        parts.append(_link(held["home_page"], held["home_page"]))
    street = [held[name] for name in _STREET if name in held]
    place = " ".join(held[name] for name in _PLACE if name in held)
    address = ", ".join([*street, *([place] if place else [])])
    parts += [f"<span>{escape(address)}</span>"] if address else []
    if parts:
        st.html(f'{_STYLE}<div class="wb-reach">{"".join(parts)}</div>')


def _link(target: str, text: str) -> str:
    return f'<a href="{escape(target, quote=True)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def draw_figures(card: ContactCard, settings: Settings) -> None:
    """Draw the figures of the day.

    Parameters
    ----------
    card : ContactCard
        Whose.
    settings : Settings
        Zone and currency.
    """
    figures = card.figures
    sales, interactions = int(figures["sales_entry_count"] or 0), int(figures["interaction_count"] or 0)
    responses = int(figures["response_count"] or 0)
    entries = ngettext("{count} entry", "{count} entries", sales)
    answers = ngettext("{count} response", "{count} responses", responses)
    sold = float(figures["sales_amount"]) if sales and pd.notna(figures["sales_amount"]) else 0.0
    tiles.draw(
        [
            tiles.Tile(_("Sales value"), amount(sold, settings.currency_code), entries.format(count=number(sales))),
            tiles.Tile(_("Interactions"), number(interactions), answers.format(count=number(responses))),
            tiles.Tile(
                _("Last sale"),
                written.value(COMPUTED["last_sale_on"].column, figures["last_sale_on"], settings),
                _("as of {day}").format(day=day(card.as_of)),
            ),
        ]
    )
