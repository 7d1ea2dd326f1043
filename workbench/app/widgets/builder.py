"""The visual builder: a component in plain JavaScript that shows a draft with its counts and sends back edits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from workbench.app import state
from workbench.app.draft_counts import DraftCount, for_builder
from workbench.app.drafts import Draft, structure
from workbench.app.language import core
from workbench.app.widgets.builder_fields import choices, offered
from workbench.app.widgets.builder_texts import texts
from workbench.bench import Workbench

_SCRIPTS = (
    "dom", "inputs", "search", "tree", "changes", "rules", "values", "related", "overtime", "limits", "dragging",
    "main",
)  # fmt: skip
_FILES = resources.files("workbench.app.widgets") / "builder_script"
_KEY = "builder"


def draw(bench: Workbench, draft: Draft, found: DraftCount, on_edit: Callable[[dict[str, Any]], None]) -> None:
    """Draw the builder.

    Parameters
    ----------
    bench : Workbench
        On the store.
    draft : Draft
        What is being worked on.
    found : DraftCount
        Its numbers.
    on_edit : callable
        Takes an edit, before the next run begins.
    """
    definition = draft.definition
    numbers = for_builder(found, len(definition["steps"]), len(definition.get("suppress", [])))
    for said in numbers["refused"].values():
        said.update(message=core(said["message"]), hint=core(said["hint"]))
    _component()(
        key=_KEY,
        data={
            "sequence": draft.sequence,
            "definition": structure(definition),
            "can_undo": bool(draft.past),
            "can_redo": bool(draft.future),
            "counts": numbers,
            "catalogue": offered(bench),
            "choices": choices(bench, definition),
            "texts": texts(),
            "locale": state.language(),
        },
        on_edit_change=lambda: on_edit(st.session_state[_KEY]["edit"]),
    )


def script() -> str:
    """Give the component's script: its parts as one module, so that they share their names.

    Returns
    -------
    str
        JavaScript with one default export.
    """
    return "\n".join((_FILES / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)


@cache
def _component() -> ComponentRenderer:
    style = (_FILES / "style.css").read_text(encoding="utf-8")
    return st.components.v2.component("segment_builder", js=script(), css=style)
