"""What holds for the whole store, and a form to change it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import available_timezones

import streamlit as st

from pipelines.dates import WEEKDAYS
from workbench.app import failures, labels, state
from workbench.app.language import _, date_input_format
from workbench.bench import Workbench
from workbench.setup import Settings


def draw(bench: Workbench) -> None:
    """Draw the form.

    Parameters
    ----------
    bench : Workbench
        Whose settings.
    """
    now = bench.setup.settings()
    st.caption(_("For everybody who uses this store."))
    with st.form("store_settings", border=True):
        wanted = _fields(now)
        if st.form_submit_button(_("Save"), type="primary"):
            with failures.shown():
                _save(bench, now, wanted)


def _fields(now: Settings) -> dict[str, object]:
    left, right = st.columns(2)
    zones, days = sorted(available_timezones()), _weekdays()
    return {
        "time_zone": left.selectbox(
            _("Time zone"), zones, index=zones.index(now.time_zone), help=_("Whose days, weeks and months are meant.")
        ),
        "week_starts_on": right.selectbox(
            _("First day of the week"),
            list(days),
            index=WEEKDAYS.index(now.week_starts_on),
            format_func=days.__getitem__,
        ),
        "fiscal_year_starts_on": left.text_input(
            _("First day of the fiscal year"),
            now.fiscal_year_starts_on,
            max_chars=5,
            placeholder="04-01",
            help=_("Month and day, such as 04-01; empty means 1 January."),
        ),
        "currency_code": right.text_input(
            _("Currency of all amounts"),
            now.currency_code,
            max_chars=3,
            placeholder="EUR",
            help=_("Three letters; may be empty."),
        ),
        "as_of": left.date_input(
            _("Day of the store"),
            now.as_of,
            min_value=dt.date(1900, 1, 1),
            max_value=dt.date(2199, 12, 31),
            format=date_input_format(),
            help=_("For a store that is not kept up; empty means today."),
        ),
    }


def _save(bench: Workbench, now: Settings, wanted: dict[str, object]) -> None:
    changed = {name: value for name, value in wanted.items() if (value or None) != (getattr(now, name) or None)}
    for name, value in changed.items():
        bench.setup.set(name, value)
    if "as_of" in changed:
        state.forget(state.AS_OF)
    if changed:
        state.put(state.NOTICE, _("The settings were saved."))
        st.rerun()


def _weekdays() -> dict[str, str]:
    words = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return {name: labels.capital(word) for name, word in zip(WEEKDAYS, words, strict=True)}
