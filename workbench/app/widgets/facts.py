"""Fields with their values, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

_STYLE = """
<style>
.wb-facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 0.55rem 1.4rem;
  margin: 0 0 0.4rem; }
.wb-facts, .wb-facts * { margin-left: 0 !important; padding-left: 0 !important; }
.wb-facts div { min-width: 0; }
.wb-facts dt { font-size: 0.8rem; opacity: 0.68; font-weight: 400; margin: 0; line-height: 1.3; }
.wb-facts dd { overflow-wrap: anywhere; line-height: 1.35; margin-bottom: 0; font-size: 0.95rem; }
.wb-facts-head { font-size: 0.95rem; font-weight: 600; margin: 0.7rem 0 0.35rem; }
</style>
"""


def draw(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """Draw groups of fields.

    Parameters
    ----------
    groups : sequence of tuple
        The head of each group, and its fields: label and value, written out. Groups without fields are left out.
    """
    parts = [_group(head, fields) for head, fields in groups if fields]
    st.html(_STYLE + "".join(parts))


def _group(head: str, fields: Sequence[tuple[str, str]]) -> str:
    said = f'<div class="wb-facts-head">{escape(head)}</div>' if head else ""
    items = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in fields)
    return f'{said}<dl class="wb-facts">{items}</dl>'
