"""What was loaded into the store, and when."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from workbench.app import cached, labels
from workbench.app.language import _
from workbench.app.widgets import grids
from workbench.bench import Workbench


def draw(bench: Workbench) -> None:
    """Draw the loads, the latest first.

    Parameters
    ----------
    bench : Workbench
        Whose loads.
    """
    loads = cached.by_revision(bench, lambda: bench.overview.loads().loads, "loads")
    if loads.empty:
        st.caption(_("None yet."))
        return
    zone = bench.setup.settings().time_zone
    st.caption(_("Loads that changed something; times in {zone}.").format(zone=zone))
    shown = loads.assign(
        table=loads["table"].map(labels.table), loaded_at=loads["loaded_at"].dt.tz_convert(ZoneInfo(zone))
    )
    heads = {
        "load_no": _("No."),
        "loaded_at": _("When"),
        "table": _("Table"),
        "source": _("File"),
        "new_count": _("New"),
        "changed_count": _("Changed"),
        "unchanged_count": _("Unchanged"),
        "rejected_count": _("Rejected"),
    }
    grids.draw(shown, heads)
