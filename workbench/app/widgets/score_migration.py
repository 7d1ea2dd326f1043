"""Who went from which name to which between two runs of a score: bands, and the table behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from workbench.app import cached, failures, theme
from workbench.app.language import _, day, number, percent
from workbench.app.widgets import charts
from workbench.bench import Workbench
from workbench.scoring import ScoreMigration
from workbench.scoring.migrating import USUAL

_ROW, _EDGE = 36, 120
_STAYED, _MOVED = "rgba(140, 150, 160, 0.35)", "rgba(86, 180, 233, 0.55)"


def draw(bench: Workbench, name: str, to_on: dt.date, days: Sequence[dt.date], fields: Sequence[str]) -> None:
    """Draw the moves to a run from an earlier one that the visitor chooses.

    Parameters
    ----------
    bench : Workbench
        On the store.
    name : str
        The score.
    to_on : datetime.date
        The day of the later run.
    days : sequence of datetime.date
        Those of all runs.
    fields : sequence of str
        Of the score; one without names has no moves to draw.
    """
    earlier = sorted((one for one in days if one < to_on), reverse=True)
    if not earlier or not set(USUAL) & set(fields):
        return
    st.subheader(_("Moves since an earlier run"))
    chosen = st.selectbox(_("Earlier run"), earlier, format_func=day, key=f"score_migration:{name}:{to_on}")
    about = ("score migration", name, chosen, to_on)
    with failures.shown():
        _draw_moves(cached.by_revision(bench, lambda: bench.scores.migration(name, chosen, to_on), *about))


def _draw_moves(migration: ScoreMigration) -> None:
    found = migration.found
    base = _(
        "Of {contacts} contacts with a name in one of the runs, {stayed} kept it, {moved} changed it, {came} have one "
        "in the later run only and {left} in the earlier only. Where scores are quantiles of each run, a contact also "
        "moves because others did."
    ).format(
        contacts=number(found.contacts), stayed=number(found.stayed), moved=number(found.moved),
        came=number(found.came), left=number(found.left),
    )  # fmt: skip
    moves = migration.frame()
    heads = {
        "from_name": _("Earlier"), "to_name": _("Later"), "contacts": _("Contacts"),
        "share_of_from": _("Of those before"), "share_of_to": _("Of those now"),
    }  # fmt: skip
    shown = moves.assign(
        from_name=moves["from_name"].map(_name), to_name=moves["to_name"].map(_name),
        share_of_from=moves["share_of_from"].map(percent), share_of_to=moves["share_of_to"].map(percent),
    )  # fmt: skip
    alt = _("How many contacts went from each name to which.")
    charts.draw(_sankey(migration), base, shown, heads, key="score_migration", alt=alt)


def _name(name: str) -> str:
    return name or _("no name")


def _sankey(migration: ScoreMigration) -> go.Figure:
    moves, names = migration.found.moves, migration.found.names
    before, after = (_places(moves[side], names) for side in ("from_name", "to_name"))
    links = {
        "source": moves["from_name"].map(before).tolist(),
        "target": (moves["to_name"].map(after) + len(before)).tolist(),
        "value": moves["contacts"].tolist(),
        "color": [_STAYED if row["from_name"] == row["to_name"] else _MOVED for row in moves.to_dict("records")],
    }
    node = {"label": [_name(name) for name in (*before, *after)], "pad": 14, "thickness": 14, "color": theme.COLOURS[0]}
    return charts.figure(go.Sankey(node=node, link=links), height=_EDGE + _ROW * len(names))


def _places(found: pd.Series, names: Sequence[str]) -> dict[str, int]:
    """Number the names of one side in the order of the map."""
    known = set(found)
    return {name: place for place, name in enumerate(name for name in names if name in known)}
