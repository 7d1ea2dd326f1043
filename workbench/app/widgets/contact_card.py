"""The card of one contact: who it is, its figures on the day, and what happened with it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from pipelines.catalogue import COMPUTED
from pipelines.schema import Column
from workbench.app import cached, failures, labels, state, written
from workbench.app.failures import plain
from workbench.app.language import _, amount, day, ngettext, number
from workbench.app.widgets import contact_timeline, grids, tiles, why
from workbench.bench import Workbench
from workbench.contacts import ContactCard
from workbench.setup import Settings

ROWS = 200
_FLAGS = ("is_privacy_blocked", "is_excluded_from_segments", "is_minor")


def draw(bench: Workbench, contact_no: str, as_of: dt.date) -> None:
    """Draw the card.

    Parameters
    ----------
    bench : Workbench
        Whose contact.
    contact_no : str
        Its number.
    as_of : datetime.date
        The day of the figures.

    Raises
    ------
    NotFoundError
        When no contact has the number.
    """
    rows = int(state.get(state.TIMELINE_ROWS, ROWS))
    card = cached.by_revision(
        bench, lambda: bench.contacts.card(contact_no, as_of, rows), "card", contact_no, as_of, rows
    )
    columns, settings = bench.setup.table("contact").by_name, bench.setup.settings()
    _head(card, columns)
    _figures(card, settings)
    happened, known, segments = st.tabs([_("What happened"), _("Fields"), _("In a segment?")])
    with happened:
        contact_timeline.draw(card, settings)
    with known:
        _fields(card, columns, settings)
    with segments, failures.shown():
        why.draw_for(bench, contact_no, as_of)


def _head(card: ContactCard, columns: dict[str, Column]) -> None:
    st.subheader(plain(str(card.fields.get("name") or card.contact_no)))
    parts = [labels.capital(labels.choice(str(card.fields["type"]))), plain(card.contact_no)]
    parts += [plain(str(card.fields[name])) for name in ("job_title", "city", "email") if name in card.fields]
    st.caption(" · ".join(parts))
    flags = [name for name in _FLAGS if card.fields.get(name)]
    if flags:
        with st.container(horizontal=True):
            for name in flags:
                st.badge(labels.field(columns[name]), color="orange", icon=":material/block:")


def _figures(card: ContactCard, settings: Settings) -> None:
    figures = card.figures
    sales, interactions = int(figures["sales_entry_count"] or 0), int(figures["interaction_count"] or 0)
    responses = int(figures["response_count"] or 0)
    entries = ngettext("{count} entry", "{count} entries", sales)
    answers = ngettext("{count} response", "{count} responses", responses)
    tiles.draw(
        [
            tiles.Tile(
                _("Sales value"),
                amount(float(figures["sales_amount"]) if sales else 0.0, settings.currency_code),
                entries.format(count=number(sales)),
            ),
            tiles.Tile(_("Interactions"), number(interactions), answers.format(count=number(responses))),
            tiles.Tile(
                _("Last sale"),
                written.value(COMPUTED["last_sale_on"].column, figures["last_sale_on"], settings),
                _("as of {day}").format(day=day(card.as_of)),
            ),
        ]
    )


def _fields(card: ContactCard, columns: dict[str, Column], settings: Settings) -> None:
    recorded = {columns[name]: held for name, held in card.fields.items() if name in columns}
    st.caption(_("Everything that is recorded; what is missing is unknown."))
    _values(recorded, settings)
    st.caption(_("Computed as of {day}").format(day=day(card.as_of)))
    _values({COMPUTED[name].column: held for name, held in card.figures.items()}, settings)


def _values(values: dict[Column, object], settings: Settings) -> None:
    rows = [(labels.field(column), written.value(column, held, settings)) for column, held in values.items()]
    grids.draw(
        pd.DataFrame(rows, columns=["field", "value"], dtype="str"),
        {"field": _("Field"), "value": _("Value")},
        height="content",
    )
