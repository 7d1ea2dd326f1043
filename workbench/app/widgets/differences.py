"""The differences of two definitions in words, and what they do to who is a member."""

from __future__ import annotations

import streamlit as st

from pipelines.differences import Difference
from workbench.app import failures, labels
from workbench.app.language import _, core, day, number
from workbench.app.widgets.totals import reason_text
from workbench.segments import SegmentDiff
from workbench.segments.difference_words import said
from workbench.segments.differing import MembershipChange

_ICONS = {
    "added": ":material/add:", "removed": ":material/remove:", "changed": ":material/edit:",
    "moved": ":material/swap_vert:", "reordered": ":material/sort:",
}  # fmt: skip


def draw(found: SegmentDiff) -> None:
    """Draw the differences and their effect.

    Parameters
    ----------
    found : SegmentDiff
        As a use case gives it.
    """
    if not found.differences:
        st.caption(_("Both definitions are the same."))
        return
    st.markdown("\n".join(f"- {_ICONS[one.kind]} {_line(one)}" for one in found.differences))
    if found.is_same_meaning:
        st.caption(_("The meaning is the same: order, names and checks make nobody a member."))
    if found.members is not None:
        st.markdown(f"**{_effect(found.members)}**")
        _held_back(found.members)


def place(text: str) -> str:
    """Name a place in a definition.

    Parameters
    ----------
    text : str
        As the core says it: ``"step 2, condition 1"``.

    Returns
    -------
    str
        In the visitor's language.
    """
    said_there = core(f"{text}: ").removesuffix(": ")
    return said_there[:1].lower() + said_there[1:]


def _line(one: Difference) -> str:
    text = failures.plain(said(one, _, place))
    where = f"**{labels.capital(place(one.place))}** " if one.place else ""
    remark = "" if one.changes_meaning or one.kind == "reordered" else " " + _("(changes no meaning)")
    return f"{where}{text}{remark}"


def _effect(members: MembershipChange) -> str:
    text = _("{before} → {after} members as of {day}: {entered} entered, {left} left, {stayed} stayed.")
    names = ("before", "after", "entered", "left", "stayed")
    return text.format(day=day(members.as_of), **{name: number(getattr(members, name)) for name in names})


def _held_back(members: MembershipChange) -> None:
    before, after = members.suppressed_before, members.suppressed_after
    changes = [
        f"{reason_text(reason)} {number(before.get(reason, 0))} → {number(after.get(reason, 0))}"
        for reason in dict.fromkeys([*before, *after])
        if before.get(reason, 0) != after.get(reason, 0)
    ]
    if members.limited_before != members.limited_after:
        pair = f"{number(members.limited_before)} → {number(members.limited_after)}"
        changes.append(_("beyond the limit") + " " + pair)
    if changes:
        st.caption(", ".join(changes))
