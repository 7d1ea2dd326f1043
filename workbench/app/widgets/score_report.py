"""A run of a score, read: how old and how good it is, its plots, what it was told, and segments to make of it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pandas as pd
import streamlit as st

from workbench.app import state
from workbench.app.failures import plain
from workbench.app.language import _, core, day, ngettext, number
from workbench.app.widgets import grids, score_segment, score_words, tiles
from workbench.app.widgets.tiles import Tile
from workbench.bench import Workbench
from workbench.scoring import ScoreReport


def draw(bench: Workbench, report: ScoreReport) -> None:
    """Draw everything that is known of a run.

    Parameters
    ----------
    bench : Workbench
        On the store.
    report : ScoreReport
        The run.
    """
    _draw_tiles(report)
    for note in report.notes:
        st.info(plain(core(note)), icon=":material/info:")
    _shower(report.method)(report)
    score_segment.draw(bench, report)
    with st.expander(_("How it was computed"), type="compact"):
        quality = list(map(_said, report.quality.items()))
        _draw_values(quality, _("Quality"), "score_quality")
        told = [(score_words.option(name), score_words.value(found)) for name, found in report.parameters.items()]
        _draw_values(told, _("Option"), "score_parameters")


def _draw_tiles(report: ScoreReport) -> None:
    days = (state.as_of() - report.scored_on).days
    age = ngettext("{count} day before the day of evaluation", "{count} days before the day of evaluation", days)
    told = _("after the day of evaluation, so it does not count on it") if days < 0 else age.format(count=number(days))
    revision = _("from revision {revision} of the data").format(revision=number(report.revision))
    judged, figure = next(map(_said, report.quality.items()), (_("Quality"), "–"))
    tiles.draw(
        [
            Tile(_("Contacts"), number(len(report.rows)), score_words.method(report.method)),
            Tile(_("Computed on"), day(report.scored_on), told if days else _("the day of evaluation")),
            Tile(judged, figure, revision),
        ]
    )


def _said(of: tuple[str, Any]) -> tuple[str, str]:
    name, found = of
    return score_words.quality(name), score_words.figure(name, found)


def _shower(method: str) -> Callable[[ScoreReport], None]:
    """Find what draws the plots of a method; a method without plots of its own has its tables shown."""
    name = f"workbench.app.widgets.score_{method}"
    show: Callable[[ScoreReport], None] = import_module(name).show if find_spec(name) else _show_tables
    return show


def _show_tables(report: ScoreReport) -> None:
    for name, table in report.tables.items():
        st.markdown(f"**{plain(score_words.words(name))}**")
        heads = {str(column): score_words.words(str(column)) for column in table}
        grids.draw(
            table, heads, key=f"score_table:{name}", formats={str(c): _decimals for c in table.select_dtypes("float")}
        )


def _decimals(found: float) -> str:
    return number(found, 4)


def _draw_values(values: list[tuple[str, str]], label: str, key: str) -> None:
    if values:
        rows = pd.DataFrame(values, columns=["name", "value"])
        grids.draw(rows, {"name": label, "value": _("Value")}, key=key, height="content")
