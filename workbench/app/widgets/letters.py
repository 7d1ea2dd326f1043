"""The letters of a logged segment: what became of them, and what can be done."""

from __future__ import annotations

import streamlit as st

from workbench.app import clicks
from workbench.app.labels import N_, capital, choice
from workbench.app.language import _, core, number
from workbench.app.widgets import grids, letter_fields, letter_files, tiles
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.errors import RuleError
from workbench.letters import Delivery

STATES = {
    "ready": N_("Ready"), "delivered": N_("Delivered"), "in_doubt": N_("In doubt"), "failed": N_("Failed"),
    "held_back": N_("Held back"),
}  # fmt: skip
REASONS = {
    "canceled": N_("canceled"), "contact_gone": N_("the contact is gone"), "privacy_blocked": N_("privacy blocked"),
    "consent_refused": N_("has refused"), "no_consent": N_("no consent stands"), "no_address": N_("no address"),
    "repeated": N_("the contact gets another one"),
}  # fmt: skip


def draw(bench: Workbench, entry_no: int) -> None:
    """Draw the letters.

    Parameters
    ----------
    bench : Workbench
        On the store.
    entry_no : int
        The number of the logged segment.
    """
    try:
        bench.letters.status(entry_no)
    except RuleError as error:
        st.caption(core(error.message))
        return
    rules = letter_files.draw_rules()
    delivery = bench.letters.status(entry_no, rules)
    _draw_states(delivery)
    _draw_rows(delivery)
    if delivery.states["in_doubt"]:
        _draw_doubt(bench, delivery)
    letter_files.draw(bench, delivery, rules)
    letter_fields.draw(bench)


def _draw_states(delivery: Delivery) -> None:
    states = delivery.states
    reasons = ", ".join(f"{_(REASONS[name])}: {number(count)}" for name, count in delivery.reasons.items())
    doubt = _("in doubt: {doubt}, failed: {failed}").format(
        doubt=number(states["in_doubt"]), failed=number(states["failed"])
    )
    tiles.draw(
        [
            Tile(_("Ready"), number(states["ready"]), _("of {count}").format(count=number(len(delivery.rows)))),
            Tile(_("Delivered"), number(states["delivered"]), doubt),
            Tile(_("Held back"), number(states["held_back"]), reasons or "–"),
        ]
    )


def _draw_rows(delivery: Delivery) -> None:
    heads = {
        "contact_no": _("Contact"), "name": _("Name"), "correspondence_type": _("Correspondence"),
        "state": _("Status"), "reason": _("Reason"), "delivery_error": _("The server's answer"),
        "delivered_at": _("Delivered (UTC)"),
    }  # fmt: skip
    formats = {
        "correspondence_type": lambda value: capital(choice(value)),
        "state": lambda value: _(STATES[value]),
        "reason": lambda value: _(REASONS[value]),
    }
    grids.draw(delivery.frame(), heads, formats=formats)


def _draw_doubt(bench: Workbench, delivery: Delivery) -> None:
    st.warning(
        _("Sending broke off: nobody knows whether these letters arrived, so they do not go again until you say it."),
        icon=":material/help:",
    )

    def settle(arrived: bool) -> None:
        clicks.attempt(
            lambda: bench.letters.settle(delivery.entry_no, arrived=arrived),
            lambda done: _("Letters settled: {count}").format(count=number(done.went)),
        )

    with st.container(horizontal=True):
        st.button(_("They arrived"), key="letter_arrived", on_click=settle, args=(True,))
        st.button(_("They did not arrive"), key="letter_not_arrived", on_click=settle, args=(False,))
