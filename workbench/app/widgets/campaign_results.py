"""The tab Results of a campaign: what it really did."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from pipelines.schema import FieldType, Table
from workbench.app import cached, failures, labels, state
from workbench.app.failures import plain
from workbench.app.language import _, core, number, percent
from workbench.app.widgets import campaign_lifts, campaign_rates, campaign_uplift, grids
from workbench.bench import Workbench
from workbench.campaigns import Measurement

_CONFIDENCES = (0.9, 0.95, 0.99)
_ROWS = 500
_PLAIN_FIELDS = ("type", "city", "county")


def show(bench: Workbench, campaign_no: str, as_of: dt.date) -> None:
    """Draw the tab.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign_no : str
        Which campaign.
    as_of : datetime.date
        Later targets and responses are left out.
    """
    names = _fields(bench.setup.table("contact"))
    by, confidence = _asked(names)
    with st.spinner(_("Measuring"), show_time=True):
        measured = cached.by_revision(
            bench, lambda: bench.campaigns.measure(campaign_no, as_of, by=by, confidence=confidence), "measure",
            campaign_no, as_of, by, confidence,
        )  # fmt: skip
    for note in measured.notes:
        st.info(plain(core(note)), icon=":material/info:")
    if measured.arms.empty:
        return
    currency = bench.setup.settings().currency_code
    if measured.against is not None:
        campaign_lifts.draw_verdicts(measured, currency)
    st.subheader(_("Response rates"))
    campaign_rates.draw_rates(measured)
    if measured.against is not None:
        campaign_lifts.draw_table(measured)
        campaign_lifts.draw_revenue(measured, currency)
        campaign_lifts.draw_parts(measured, names)
    campaign_rates.draw_curve(measured)
    _draw_sizes(measured)
    with failures.shown():
        campaign_uplift.show(bench, measured, names)
    _draw_rows(measured)


def _fields(contact: Table) -> dict[str, str]:
    """Name the fields that part contacts into groups, rather than tell one from another."""
    types = (FieldType.TEXT, FieldType.BOOLEAN, FieldType.NUMBER, FieldType.AMOUNT)
    found = {
        column.name: labels.field(column)
        for column in contact.columns
        if column.type in types
        and (column.is_custom or column.choices or column.name.endswith("_code") or column.name in _PLAIN_FIELDS)
    }
    return {"stratum": _("Stratum of the plan"), **found}


def _asked(names: dict[str, str]) -> tuple[tuple[str, ...], float]:
    left, right = st.columns([3, 1])
    by = left.multiselect(_("Parts by"), list(names), format_func=names.__getitem__, key=state.CAMPAIGN_PARTS)
    confidence = right.selectbox(
        _("Confidence"), _CONFIDENCES, index=1, format_func=lambda one: percent(one, 0), key="campaign_confidence"
    )
    return tuple(by), float(confidence)


def _draw_sizes(measured: Measurement) -> None:
    """Say whether the arms have the sizes they were planned to have; the alarm itself is among the notes."""
    if (ratio := measured.sample_ratio) is not None and not ratio.is_mismatch:
        sizes = ", ".join(
            f"{arm} {number(ratio.counted[arm])} / {number(expected)}" for arm, expected in ratio.expected.items()
        )
        st.caption(
            plain(_("Sizes of the arms as planned, counted / planned: {sizes} (p = {p}).").format(
                sizes=sizes, p=number(ratio.p_value, 3)
            ))
        )  # fmt: skip


def _draw_rows(measured: Measurement) -> None:
    heads = {
        "contact_no": _("Contact"), "arm": _("Arm"), "targeted_on": _("Targeted"), "is_delivered": _("Delivered"),
        "is_responder": _("Responded"), "responded_on": _("First response"), "response_count": _("Entries"),
        "revenue_amount": _("Revenue"), "is_open": _("Window open"),
    }  # fmt: skip
    rows = measured.frame()
    with st.expander(_("Every target"), type="compact"):
        shown = rows.head(_ROWS)
        grids.draw(shown, {name: head for name, head in heads.items() if name in rows.columns}, key="campaign_rows")
        if len(rows) > len(shown):
            st.caption(_("The first {shown} of {total}.").format(shown=number(len(shown)), total=number(len(rows))))
