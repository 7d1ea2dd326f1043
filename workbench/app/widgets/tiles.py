"""Large figures side by side, each with a line that says what it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Tile:
    """One large figure.

    Attributes
    ----------
    label : str
        What is counted.
    value : str
        The figure, written out.
    base : str
        What it is of, or what it is made of.
    """

    label: str
    value: str
    base: str


def draw(tiles: Sequence[Tile], across: int = 3) -> None:
    """Draw figures in rows.

    Parameters
    ----------
    tiles : sequence of Tile
        The figures.
    across : int, optional
        How many stand side by side.
    """
    for start in range(0, len(tiles), across):
        for column, tile in zip(st.columns(across), tiles[start : start + across], strict=False):
            column.metric(tile.label, tile.value, delta=tile.base, delta_color="off", delta_arrow="off", border=True)
