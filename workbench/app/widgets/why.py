"""Why a contact is in a segment or not: the verdict, what would turn it around, and what each rule met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from pipelines.schema import TABLES, Column
from pipelines.truths import DecidingRow, Node
from pipelines.verdicts import StepVerdict, Suppressed
from workbench.app import labels, state, written
from workbench.app.drafts import Plain
from workbench.app.language import _, ngettext, number
from workbench.app.widgets.totals import reason_text
from workbench.bench import Workbench
from workbench.segments import Explanation, telling, wording

_STYLE = """
<style>
.wb-why-verdict { font-size: 1.02rem; margin: 0.2rem 0 0.8rem; }
.wb-why-verdict b { font-size: 1.15rem; }
.wb-why h5 { margin: 0.9rem 0 0.2rem; padding: 0; font-size: 0.95rem; }
.wb-why ul { list-style: none; margin: 0; padding-left: 1.15rem; border-left: 1px solid rgba(128, 128, 128, 0.3); }
.wb-why > ul { padding-left: 0; border: none; }
.wb-why li { margin: 0.16rem 0; line-height: 1.35; }
.wb-why-mark { display: inline-block; width: 1.25rem; font-weight: 700; }
.wb-why-true { color: #009E73; } .wb-why-false { color: #D55E00; } .wb-why-unknown { color: #8C8C8C; }
.wb-why-dim { opacity: 0.72; font-size: 0.87rem; }
.wb-why-value { font-variant-numeric: tabular-nums; font-weight: 600; margin-left: 0.35rem; padding: 0 0.4rem;
  border-radius: 0.4rem; background: rgba(128, 128, 128, 0.16); }
.wb-why details { margin: 0.1rem 0 0.2rem 1.25rem; font-size: 0.85rem; }
.wb-why summary { cursor: pointer; opacity: 0.8; }
.wb-why table { border-collapse: collapse; margin: 0.2rem 0; }
.wb-why td, .wb-why th { padding: 0.1rem 0.9rem 0.1rem 0; border: none; text-align: left; font-weight: 400; }
.wb-why th { opacity: 0.72; }
</style>
"""
_MARKS = {True: ("✓", "true"), False: ("✗", "false"), None: ("?", "unknown")}


def draw(bench: Workbench, definition: Plain | str, as_of: dt.date) -> None:
    """Draw the panel: ask for a contact, and explain.

    Parameters
    ----------
    bench : Workbench
        On the store.
    definition : dict or str
        The segment, or the name of a saved one.
    as_of : datetime.date
        The day it is evaluated on.
    """
    asked = st.text_input(
        _("Contact number"), key=state.SEGMENT_WHY, width=290, persist_state="session",
        placeholder=_("Type a number, or select a member"),
    )  # fmt: skip
    if asked and asked.strip():
        explain(bench, definition, asked.strip(), as_of)
    else:
        st.caption(_("Any contact can be asked about, in the segment or not."))


def explain(bench: Workbench, definition: Plain | str, contact_no: str, as_of: dt.date) -> None:
    """Draw the explanation of one contact.

    Parameters
    ----------
    bench : Workbench
        On the store.
    definition : dict or str
        The segment, or the name of a saved one.
    contact_no : str
        The contact's number.
    as_of : datetime.date
        The day.

    Raises
    ------
    NotFoundError
        When no contact has the number.
    """
    draw_explanation(bench, bench.segments.explain(definition, contact_no, as_of))


def draw_explanation(bench: Workbench, explanation: Explanation) -> None:
    """Draw an explanation that is at hand.

    Parameters
    ----------
    bench : Workbench
        On the store.
    explanation : Explanation
        What to draw.
    """
    st.html(_STYLE + _Reading(explanation, reader(bench)).html())


def reader(bench: Workbench) -> Callable[[Column, Any], str]:
    """Give what writes values in explanations.

    Parameters
    ----------
    bench : Workbench
        Whose zone and currency.

    Returns
    -------
    callable
        Takes a field and its value.
    """
    settings = bench.setup.settings()

    def show(column: Column, value: Any) -> str:
        held = sorted(value) if isinstance(value, frozenset) else value
        return written.value(column, pd.Timestamp(held) if isinstance(held, dt.date) else held, settings)

    return show


class _Reading:
    """An explanation in the visitor's language."""

    def __init__(self, explanation: Explanation, show: Callable[[Column, Any], str]) -> None:
        self.explanation, self.show = explanation, show

    def html(self) -> str:
        base = self.explanation.tree.base
        parts = [self.verdict(), self.flips()]
        if base is not None:
            parts += [_head(_("Base")), self.tree(base)]
        for step in self.explanation.steps:
            parts += [_head(self.step(step)), self.tree(step.group)]
        for one in self.explanation.suppressions:
            parts += [_head(_suppression(one)), self.tree(one.condition)]
        legend = escape(_("✓ true · ✗ false · ? unknown, because a value is not recorded"))
        return f'<div class="wb-why">{"".join(parts)}<p class="wb-why-dim">{legend}</p></div>'

    def verdict(self) -> str:
        mark, kind = _MARKS[self.explanation.is_member]
        said = escape(telling.sentence(self.explanation, _, self.show))
        return f'<div class="wb-why-verdict"><b class="wb-why-{kind}">{mark}</b> {said}</div>'

    def flips(self) -> str:
        head = _head(_("What would turn it around"))
        if not self.explanation.flips:
            none = _("No single change would.")
            return f'{head}<div class="wb-why-dim">{escape(none)}</div>'
        items = []
        for flip in self.explanation.flips:
            rule = wording.rule(flip.node.condition, _) if flip.node else ""
            said = telling.flip(flip, _, self.show)
            about = "" if rule in said else f' <span class="wb-why-dim">{escape(rule)}</span>'
            items.append(f"<li>{escape(said)}{about}</li>")
        return f"{head}<ul>{''.join(items)}</ul>"

    def step(self, step: StepVerdict) -> str:
        action = {"add": _("add"), "reduce": _("remove"), "refine": _("keep only")}[step.action]
        text = _("Step {number}: {action}").format(number=step.number, action=action)
        effect = {
            "added": _("added the contact"), "removed": _("removed the contact"), "kept": _("kept the contact"),
            "nothing": _("changed nothing"),
        }[step.effect]  # fmt: skip
        decides = [_("decides")] if step.number == self.explanation.deciding_step else []
        return " · ".join([text, effect, *decides])

    def tree(self, node: Node) -> str:
        return f"<ul>{self.item(node)}</ul>"

    def item(self, node: Node) -> str:
        mark, kind = _MARKS[node.truth]
        sign = f'<span class="wb-why-mark wb-why-{kind}">{mark}</span>'
        if node.is_rule:
            return f"<li>{sign}{self.rule(node)}</li>"
        if len(node.children) == 1 and node.joined != "not":
            return self.item(node.children[0])  # a group of one says what that one says
        said = {"all": _("all of these"), "any": _("any of these"), "not": _("not this")}[node.joined or "all"]
        below = "".join(map(self.item, node.children))
        return f'<li>{sign}<span class="wb-why-dim">{escape(said)}</span><ul>{below}</ul></li>'

    def rule(self, node: Node) -> str:
        said, value = escape(wording.rule(node.condition, _)), telling.met(node, _, self.show)
        met = f' <span class="wb-why-value">{escape(value)}</span>' if value else ""
        return f"{said}{met}{self.rows(node)}{self.referred(node)}"

    def rows(self, node: Node) -> str:
        count, rows = node.met.row_count, node.met.rows
        if count is None:
            return ""
        said = ngettext("{count} row decided", "{count} rows decided", count).format(count=number(count))
        if not rows:
            return f' <span class="wb-why-dim">({escape(said)})</span>'
        tables = "".join(self.table(name, [row for row in rows if row.table == name]) for name in _tables(rows))
        if count > len(rows):
            shown = _("the latest {shown} of {total}").format(shown=number(len(rows)), total=number(count))
            tables += f'<div class="wb-why-dim">{escape(shown)}</div>'
        return f"<details><summary>{escape(said)}</summary>{tables}</details>"

    def table(self, name: str, rows: list[DecidingRow]) -> str:
        columns = {key: None for row in rows for key, value in row.values.items() if value is not None}
        heads = "".join(f"<th>{escape(_(wording.label(key)))}</th>" for key in columns)
        lines = "".join(
            f"<tr>{''.join(f'<td>{escape(self.cell(row, key))}</td>' for key in columns)}</tr>" for row in rows
        )
        return f"<div>{escape(labels.table(name))}</div><table><tr>{heads}</tr>{lines}</table>"

    def cell(self, row: DecidingRow, key: str) -> str:
        value = row.values.get(key)
        known = TABLES[row.table].by_name if row.table in TABLES else {}
        if value is None:
            return "–"
        return self.show(known[key], value) if key in known else telling.written(value)

    def referred(self, node: Node) -> str:
        found = self.explanation.references.get(getattr(node.condition, "segment", ""))
        if found is None:
            return ""
        return f'<div class="wb-why-dim">{escape(telling.sentence(found, _, self.show))}</div>'


def _suppression(one: Suppressed) -> str:
    said = _("this is the reason") if one.is_the_reason else _("holds") if one.holds else _("does not hold")
    text = _("Never those: {reason}").format(reason=reason_text(one.reason))
    return f"{text} · {said}"


def _head(text: str) -> str:
    return f"<h5>{escape(text)}</h5>"


def _tables(rows: tuple[DecidingRow, ...]) -> list[str]:
    return list(dict.fromkeys(row.table for row in rows))
