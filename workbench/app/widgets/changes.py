"""What changed: the draft against a saved segment, and the members between two snapshots or days."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from pipelines import dates
from workbench.app import failures, state
from workbench.app.draft_counts import DraftCount
from workbench.app.drafts import Draft
from workbench.app.language import _, core, date_input_format, day, number
from workbench.app.widgets import differences, grids, tiles
from workbench.bench import Workbench
from workbench.segments import SegmentDrift

_A_DAY = ""


def draw(bench: Workbench, draft: Draft, found: DraftCount) -> None:
    """Draw both comparisons.

    Parameters
    ----------
    bench : Workbench
        On the store.
    draft : Draft
        What is being worked on.
    found : DraftCount
        Its numbers.
    """
    st.markdown("##### " + _("Against what is saved"))
    _definitions(bench, draft, found)
    st.markdown("##### " + _("Who entered and left"))
    _members(bench, draft, found)


def _definitions(bench: Workbench, draft: Draft, found: DraftCount) -> None:
    names = sorted(bench.segments.catalogue().segments or ())
    if not names:
        st.caption(_("No segment is saved yet."))
        return
    first = names.index(draft.saved_as) if draft.saved_as in names else 0
    key = f"{state.SEGMENT_COMPARED}:{draft.saved_as}"
    chosen = st.selectbox(_("Compare with"), names, index=first, key=key, width=290)
    if found.counted.left_out:
        st.caption(_("Unfinished rules are left out."))
    differences.draw(bench.segments.diff(chosen, found.definition, state.as_of()))


def _members(bench: Workbench, draft: Draft, found: DraftCount) -> None:
    frozen = [taken.snapshot_id for taken in bench.segments.snapshots() if taken.segment_name == draft.saved_as]
    left, right = st.columns(2)
    with left:
        earlier = dates.shift(state.as_of(), -1, "month")
        since = _end(_("From"), [*frozen, _A_DAY], earlier, f"{state.SEGMENT_SINCE}:{draft.saved_as}")
    with right:
        until = _end(_("To"), [_A_DAY, *frozen], state.as_of(), f"{state.SEGMENT_UNTIL}:{draft.saved_as}")
    if since is None or until is None:
        return
    _drift(bench.segments.drift(found.definition, since, until))


def _end(label: str, options: list[str], default: dt.date, key: str) -> dt.date | str | None:
    """Ask for a snapshot or a day."""
    chosen = st.selectbox(label, options, format_func=lambda name: name or _("A day"), key=key)
    if chosen != _A_DAY:
        return str(chosen)
    named = label + " (" + _("day") + ")"
    asked: dt.date | None = st.date_input(
        named, default, format=date_input_format(), key=f"{key}:day", label_visibility="collapsed"
    )
    return asked


def _drift(found: SegmentDrift) -> None:
    tiles.draw(
        [
            tiles.Tile(_("Before"), number(found.before), day(found.since_on)),
            tiles.Tile(_("After"), number(found.after), day(found.until_on)),
            tiles.Tile(_("Entered"), number(found.entered), _("at the end only")),
            tiles.Tile(_("Left"), number(found.left), _("at the beginning only")),
        ],
        across=4,
    )
    grids.draw(
        _with_total(found),
        {"part": _("What changed"), "entered": _("Entered"), "left": _("Left"), "net": _("Balance")},
    )
    st.caption(
        _("Each contact counts once: under the last change that turned it, on the way from data to clock to rule.")
    )
    for note in found.notes:
        st.caption(failures.plain(core(note)))


def _with_total(found: SegmentDrift) -> pd.DataFrame:
    names = {
        "data": _("The data: contacts and what happened with them"),
        "clock": _("The clock: days went by"),
        "rule": _("The rule: the definition is another"),
    }
    parts = found.parts.assign(part=[names[part] for part in found.parts["part"]])
    total = {"part": _("All together"), "entered": found.entered, "left": found.left, "net": found.after - found.before}
    return pd.concat([parts, pd.DataFrame([total])], ignore_index=True)
