"""The letters of a campaign: the logged segments that have some, and what became of them."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench.app.language import _, day, number
from workbench.app.widgets import letters
from workbench.bench import Workbench


def show(bench: Workbench, campaign_no: str, as_of: dt.date) -> None:  # noqa: ARG001 - as every tab of a campaign
    """Draw the letters of a campaign.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign_no : str
        The campaign.
    as_of : datetime.date
        The day of the page; letters are told as they are now.
    """
    logged = {int(row["entry_no"]): row for row in bench.letters.of_campaign(campaign_no).to_dict(orient="records")}
    if not logged:
        st.info(
            _("No letters yet: log a worksheet of the campaign, on the page Worksheets, so that it is delivered."),
            icon=":material/mail:",
        )
        return

    def name(entry_no: int) -> str:
        row = logged[entry_no]
        head = f"{row['segment_no']} · {row['description']} · {day(row['created_on'])}"
        return _("{segment}, letters: {count}").format(segment=head, count=number(int(row["letter_count"])))

    entry_no = st.selectbox(_("Logged segment"), list(logged), key="campaign_letters", format_func=name)
    letters.draw(bench, entry_no)
