"""What a plan comes to: the arms, the account of everybody else, and what the sizes can tell."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench.app.failures import plain
from workbench.app.language import _, core, day, number, percent
from workbench.app.widgets import grids, plan_words, tiles
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.campaigns import Allocation


def draw(bench: Workbench, campaign_no: str, found: Allocation) -> None:
    """Draw what a plan comes to for one campaign.

    Parameters
    ----------
    bench : Workbench
        On the store.
    campaign_no : str
        The campaign.
    found : Allocation
        Of the whole plan.
    """
    arms = found.arms[found.arms["campaign_no"] == campaign_no]
    ledger = found.ledger()
    own = ledger[ledger["campaign_no"] == campaign_no]
    weighed, targets = _sum(own[own["entry"] == "members"]["contact_count"]), _sum(arms["target_count"])
    held_out = _sum(arms.loc[arms["arm"] == "holdout", "target_count"])
    tiles.draw([
        Tile(_("Targets"), number(targets), _("of {total} members of its segments").format(total=number(weighed))),
        Tile(_("Written to"), number(targets - held_out), _("as of {day}").format(day=day(found.as_of))),
        Tile(_("Held out"), number(held_out), percent(held_out / targets) if targets else ""),
    ])  # fmt: skip
    for note in found.notes:
        st.info(plain(core(note)), icon=":material/info:")
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("From segment to target"))
        heads = {"segment_name": _("Segment"), "entry": _("What became of them"), "contact_count": _("Contacts")}
        grids.draw(own, heads, height="content", formats={"entry": plan_words.entry})
        st.caption(_("Members less everybody with a reason are the targets in the arms."))
    with right:
        st.subheader(_("Arms"))
        grids.draw(
            arms, _arm_heads(bool(arms["cost_amount"].notna().any())), height="content",
            currency=bench.setup.settings().currency_code,
        )  # fmt: skip
        _draw_sizes(found, campaign_no)


def _arm_heads(has_costs: bool) -> dict[str, str]:
    heads = {
        "arm": _("Arm"), "target_count": _("Targets"), "unit_count": _("Different keys"),
        "planned_share": _("Planned"), "target_share": _("Drawn"),
    }  # fmt: skip
    return heads | ({"cost_amount": _("Cost")} if has_costs else {})


def _draw_sizes(found: Allocation, campaign_no: str) -> None:
    sizes = found.sizes[found.sizes["campaign_no"] == campaign_no]
    for _at, row in sizes.astype(object).where(sizes.notna(), None).iterrows():
        st.markdown(plain(f"{row['arm']}: {_smallest(row, found.plan.power)} {_expected(row, found.plan.power)}"))


def _smallest(row: pd.Series, wanted: float) -> str:
    """Say what the sizes can tell."""
    said = _("{size} written to and {held_out} held out can tell no lift with power {power}.")
    if row["smallest_lift"] is not None:
        said = _("{size} written to and {held_out} held out find a lift of {lift} or more with power {power}.")
    return said.format(
        size=number(row["unit_count"]), held_out=number(row["holdout_count"]), power=percent(wanted, 0),
        lift=_points(row["smallest_lift"]),
    )  # fmt: skip


def _expected(row: pd.Series, wanted: float) -> str:
    """Say what the expected lift needs, where one is expected."""
    if row["power"] is None:
        return ""
    said = _("A lift of {lift} is found with power {chance}; with power {power} it needs {size} and {held_out}.")
    return said.format(
        lift=_points(row["expected_lift"]), chance=percent(row["power"], 0), power=percent(wanted, 0),
        size=number(row["needed_count"]), held_out=number(row["needed_holdout_count"]),
    )  # fmt: skip


def _points(lift: float | None) -> str:
    return _("{count} percentage points").format(count=number(None if lift is None else lift * 100, 2))


def _sum(values: Any) -> int:
    return int(values.sum())
