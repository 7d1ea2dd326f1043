"""Filters of the list of contacts: by values that occur, by days and figures, or by an expression."""

from __future__ import annotations

import datetime as dt
from typing import Any

import streamlit as st

from pipelines.schema import Column, FieldType
from workbench.app import cached, clicks, contact_session, failures, labels, state
from workbench.app.language import _, date_input_format, number
from workbench.bench import Workbench
from workbench.contacts import ContactQuery

_FIRST = (
    "type", "salesperson_code", "territory_code", "country_code", "city", "mailing_group_codes", "industry_codes",
    "contact_business_relation", "is_excluded_from_segments", "is_privacy_blocked", "last_modified_at",
)  # fmt: skip
_FIELD, _VALUES, _LOW, _HIGH, _TEXT = (f"contact_filter_{name}" for name in ("field", "values", "low", "high", "text"))
_TEMPORAL = (FieldType.DATE, FieldType.TIMESTAMP)
_NUMERIC = (FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER)


def draw(bench: Workbench) -> None:
    """Draw the popover that adds a filter.

    Parameters
    ----------
    bench : Workbench
        Whose contacts.
    """
    with st.popover(_("Filter"), icon=":material/filter_list:", key="contact_filter"):
        known = bench.segments.catalogue().contact_fields()
        names = [*_FIRST, *(name for name in known if name not in _FIRST)]
        name = st.selectbox(
            _("Field"), names, key=_FIELD, format_func=lambda name: contact_session.field_label(bench, name)
        )
        column = known[name]
        _values(bench, column)
        st.text_input(
            _("Or a filter expression"), key=f"{_TEXT}:{name}", placeholder="Prague|Brno, 1000..1999, <>''",
            help=_("As in Business Central: | or, & and, <> not, .. from to, * anything, @ either case."),
        )  # fmt: skip
        st.button(_("Apply"), key="contact_filter_apply", type="primary", on_click=_apply, args=(bench, column))


def draw_active(bench: Workbench, asked: ContactQuery) -> None:
    """Draw the filters there are; a click takes one away.

    Parameters
    ----------
    bench : Workbench
        Whose contacts.
    asked : ContactQuery
        What the list shows.
    """
    if not asked.filters:
        return
    with st.container(horizontal=True, gap="small", key="contact_chips"):
        for name, expression in asked.filters.items():
            label = f"{contact_session.field_label(bench, name)}: {expression}"
            st.button(
                failures.plain(label), key=f"contact_filter_off:{name}", icon=":material/close:", type="tertiary",
                help=_("Take this filter away"), on_click=contact_session.put_filter, args=(name, None),
            )  # fmt: skip


def _values(bench: Workbench, column: Column) -> None:
    """Draw what suits the field's type."""
    name = column.name
    if column.type is FieldType.BOOLEAN:
        st.segmented_control(
            _("Value"), [True, False], key=f"{_VALUES}:{name}", format_func=lambda value: _("yes") if value else _("no")
        )
    elif column.type in _TEMPORAL:
        low, high = st.columns(2)
        low.date_input(_("From"), None, key=f"{_LOW}:{name}", format=date_input_format())
        high.date_input(_("Until"), None, key=f"{_HIGH}:{name}", format=date_input_format())
    elif column.type in _NUMERIC:
        low, high = st.columns(2)
        low.number_input(_("At least"), value=None, key=f"{_LOW}:{name}")
        high.number_input(_("At most"), value=None, key=f"{_HIGH}:{name}")
    else:
        counts = _occurring(bench, column)
        st.multiselect(
            _("Values"), list(counts), key=f"{_VALUES}:{name}", placeholder=_("Any of these"),
            format_func=lambda value: _value(column, value, counts),
        )  # fmt: skip


def _occurring(bench: Workbench, column: Column) -> dict[str, int]:
    def read() -> dict[str, int]:
        found = bench.segments.choices(column.name).values
        return dict(zip(found["value"], found["count"], strict=True))

    return cached.by_revision(bench, read, "contact_filter", column.name)


def _value(column: Column, value: str, counts: dict[str, int]) -> str:
    said = labels.choice(value) if column.choices else value
    return f"{said} ({number(counts.get(value, 0))})"


def _apply(bench: Workbench, column: Column) -> None:
    """Take the expression where there is one, else what was chosen; an expression that cannot be read is refused."""
    name = column.name
    typed = str(clicks.value(f"{_TEXT}:{name}") or "").strip()

    def apply() -> bool:
        expression = typed or _expression(bench, column)
        if expression:
            bench.contacts.search(ContactQuery(filters={name: expression}), 0, as_of=state.as_of())
        contact_session.put_filter(name, expression)
        return True

    if not clicks.attempt(apply):
        return
    for key in (_VALUES, _LOW, _HIGH, _TEXT):
        state.forget(f"{key}:{name}")


def _expression(bench: Workbench, column: Column) -> str | None:
    condition = _condition(column)
    return None if condition is None else bench.segments.to_filter({"field": column.name, **condition}).expression


def _condition(column: Column) -> dict[str, Any] | None:
    """Say what was chosen as a condition, which the language writes as an expression."""
    chosen = clicks.value(f"{_VALUES}:{column.name}")
    low, high = clicks.value(f"{_LOW}:{column.name}"), clicks.value(f"{_HIGH}:{column.name}")
    if column.type is FieldType.BOOLEAN:
        return None if chosen is None else {"op": "is", "value": chosen}
    if column.type in (*_TEMPORAL, *_NUMERIC):
        return _between(low, high, is_day=column.type in _TEMPORAL)
    if not chosen:
        return None
    return {"op": "any_of" if column.type is FieldType.MANY else "in", "value": list(chosen)}


def _between(low: Any, high: Any, *, is_day: bool) -> dict[str, Any] | None:
    if low is None and high is None:
        return None
    written = [bound.isoformat() if isinstance(bound, dt.date) else bound for bound in (low, high)]
    if low is not None and high is not None:
        return {"op": "between", "value": written}
    at_least, at_most = ("on_or_after", "on_or_before") if is_day else ("at_least", "at_most")
    return {"op": at_least, "value": written[0]} if high is None else {"op": at_most, "value": written[1]}
