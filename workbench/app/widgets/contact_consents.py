"""What a contact has agreed to: by channel and purpose, with days, and a form for the next word."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from workbench.app import clicks, state, written
from workbench.app.language import _, date_input_format, day
from workbench.app.widgets import grids
from workbench.app.widgets.totals import channel_text
from workbench.bench import Workbench

_CHANNELS = ("email", "phone", "post", "sms")


def draw(bench: Workbench, contact_no: str) -> None:
    """Draw the consents.

    Parameters
    ----------
    bench : Workbench
        On the store.
    contact_no : str
        The contact.
    """
    found, settings = bench.contacts.consents(contact_no), bench.setup.settings()

    def shown(rows: pd.DataFrame) -> None:
        said = rows.assign(
            channel=rows["channel"].map(channel_text), purpose=rows["purpose"].fillna(_("none in particular")),
            is_granted=rows["is_granted"].map(lambda granted: _("yes") if granted else _("no")),
            given_at=[day(written.in_zone(at, settings)) for at in rows["given_at"]],
        ).astype("str")  # fmt: skip
        heads = {"channel": _("Channel"), "purpose": _("Purpose"), "is_granted": _("Agrees"), "given_at": _("Said on")}
        grids.draw(said, heads, height="content")

    if found.current.empty:
        st.caption(_("Nothing has been said about any channel."))
    else:
        shown(found.current)
    _record(bench, contact_no, sorted(found.history["purpose"].dropna().unique()))
    if len(found.history) > len(found.current):
        with st.expander(_("Everything that was said"), key="contact_consent_history", on_change="rerun") as history:
            if history.open:
                shown(found.history)


def _record(bench: Workbench, contact_no: str, purposes: list[str]) -> None:
    key = f"{state.CONTACT_FORM}{contact_no}:consent:"
    with st.form("contact_consent", border=True):
        one, two, three, four = st.columns([2, 3, 2, 3], vertical_alignment="bottom")
        one.selectbox(_("Channel"), _CHANNELS, format_func=channel_text, key=f"{key}channel")
        known = list(dict.fromkeys([*purposes, *bench.segments.choices("purpose", "consent", 50).values["value"]]))
        two.selectbox(
            _("Purpose"), known, None, key=f"{key}purpose", accept_new_options=True,
            placeholder=_("None in particular"),
        )  # fmt: skip
        three.segmented_control(
            _("Agrees"), [True, False], key=f"{key}granted", default=True, required=True,
            format_func=lambda granted: _("yes") if granted else _("no"),
        )  # fmt: skip
        four.date_input(_("Said on"), state.as_of(), key=f"{key}given_at", format=date_input_format())

        def record() -> None:
            said = [clicks.value(key + name) for name in ("channel", "purpose", "granted", "given_at")]
            clicks.attempt(
                lambda: bench.contacts.record_consent(contact_no, *said), lambda _row: _("Recorded the consent")
            )

        st.form_submit_button(_("Record"), key="contact_consent_record", type="primary", on_click=record)
