"""How a file is written: what was found, and what a person says instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from pipelines.schema import FieldType
from workbench.app import labels, state
from workbench.app.language import _
from workbench.app.uploads import Upload
from workbench.bench import Workbench
from workbench.sources import LoadPlan

_ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1250", "latin-1")
_DELIMITERS = (",", ";", "\t", "|")
AS_FOUND = ""
_NAMES = ("encoding", "delimiter", "decimal", "date_order", "time_zone", "sheet", "header_row", "key", "contact_key")


def keys() -> list[str]:
    """List the session's keys of all options.

    Returns
    -------
    list of str
        Whether they are set or not.
    """
    return [_key(name) for name in _NAMES]


def chosen() -> dict[str, Any]:
    """Tell what a person said.

    Returns
    -------
    dict of str to object
        As loading takes it; options left to the file are not in it.
    """
    said = {name: state.get(_key(name)) for name in _NAMES}
    return {name: value for name, value in said.items() if value not in (None, AS_FOUND)}


def draw(bench: Workbench, table: str, upload: Upload, plan: LoadPlan | None) -> None:
    """Draw the options that suit the file.

    Parameters
    ----------
    bench : Workbench
        Its contacts' fields can name the contact of a row.
    table : str
        Where the rows go.
    upload : Upload
        The file.
    plan : LoadPlan or None
        What was found in it.
    """
    ending = upload.path.suffix.lower()
    with st.expander(_("How the file is written"), expanded=plan is None or bool(plan.questions)):
        columns = st.columns(3)
        for place, widget in enumerate(_suitable(ending, plan)):
            with columns[place % 3]:
                widget()
        _contact_option(bench, table)


def _suitable(ending: str, plan: LoadPlan | None) -> list[Callable[[], None]]:
    found = plan.dialect if plan is not None else None
    text: list[Callable[[], None]] = [
        lambda: _choose("encoding", _("Encoding"), _ENCODINGS, str, found.encoding if found else "", is_open=True),
        lambda: _choose("delimiter", _("Delimiter"), _DELIMITERS, _sign, _sign(found.delimiter) if found else ""),
    ]
    book: list[Callable[[], None]] = [
        lambda: _write("sheet", _("Sheet"), found.sheet if found else ""),
    ]
    both: list[Callable[[], None]] = [
        lambda: _choose("decimal", _("Decimal sign"), (".", ","), _decimal, ""),
        lambda: _choose("date_order", _("Order of day and month"), ("dmy", "mdy", "ymd"), _order, ""),
        lambda: _choose(
            "time_zone", _("Time zone of times"), sorted(available_timezones()), str, found.time_zone if found else ""
        ),
        _header_row,
    ]
    return {".xlsx": book + both, ".parquet": both[2:3]}.get(ending, text + both)


def _choose(
    name: str, label: str, options: Sequence[str], write: Callable[[str], str], found: str, *, is_open: bool = False
) -> None:
    as_found = _("as found: {value}").format(value=found) if found else _("as found")
    names = {AS_FOUND: as_found}
    names |= {option: write(option) for option in options}
    st.selectbox(
        label,
        list(names),
        format_func=lambda option: names.get(option, str(option)),
        key=_key(name),
        accept_new_options=is_open,
        persist_state="session",
    )


def _write(name: str, label: str, found: str) -> None:
    placeholder = _("as found: {value}").format(value=found) if found else ""
    st.text_input(label, key=_key(name), placeholder=placeholder, persist_state="session")


def _header_row() -> None:
    st.number_input(
        _("Row of the headers"), min_value=1, value=None, step=1, key=_key("header_row"),
        placeholder=_("the first row"), persist_state="session",
    )  # fmt: skip


def _contact_option(bench: Workbench, table: str) -> None:
    """By which field of contacts a row finds its contact."""
    wanted = bench.setup.table(table)
    if "contact_no" not in wanted.by_name:
        return
    name = "key" if table == "contact" else "contact_key"
    contact = bench.setup.table("contact")
    fields = {AS_FOUND: labels.field(contact.by_name["contact_no"])}
    fields |= {
        column.name: labels.field(column)
        for column in contact.columns
        if column.type is FieldType.TEXT and column.name != "contact_no"
    }
    st.selectbox(
        _("Contacts are found by"),
        list(fields),
        format_func=fields.__getitem__,
        key=_key(name),
        persist_state="session",
    )


def _sign(delimiter: str) -> str:
    names = {",": _("comma ,"), ";": _("semicolon ;"), "\t": _("tab"), "|": _("bar |")}
    return names.get(delimiter, delimiter)


def _decimal(sign: str) -> str:
    return {".": _("point: 1,234.56"), ",": _("comma: 1.234,56")}[sign]


def _order(order: str) -> str:
    return {"dmy": _("day, month, year"), "mdy": _("month, day, year"), "ymd": _("year, month, day")}[order]


def _key(name: str) -> str:
    return state.LOAD_OPTION + name
