"""Fields of a contact for the screen: in groups, each drawn as suits its type, and read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pipelines.schema import Column, FieldType
from workbench.app import cached, clicks, labels, state
from workbench.app.labels import N_
from workbench.app.language import _, date_input_format
from workbench.bench import Workbench
from workbench.setup.codes import CODE_OF

GROUPS: Mapping[str, tuple[str, ...]] = {
    N_("Name"): (
        "name", "first_name", "middle_name", "surname", "initials", "job_title", "name_2", "search_name",
        "organizational_level_code", "salutation_code", "external_id",
    ),
    N_("Communication"): (
        "phone_no", "mobile_phone_no", "extension_no", "email", "email_2", "home_page", "correspondence_type",
        "fax_no", "pager", "telex_no", "telex_answer_back",
    ),
    N_("Address"): ("address", "address_2", "post_code", "city", "county", "country_code"),
    N_("Sales"): (
        "salesperson_code", "territory_code", "language_code", "format_region", "currency_code",
        "vat_registration_no", "registration_no",
    ),
    N_("Privacy"): ("is_excluded_from_segments", "is_privacy_blocked", "is_minor", "has_parental_consent"),
}  # fmt: skip
# Asked of people, or of companies, alone (Business Central, table 5050, TypeChange).
_OF_PEOPLE = {
    "first_name", "middle_name", "surname", "initials", "job_title", "organizational_level_code", "is_minor",
    "has_parental_consent",
}  # fmt: skip
_OF_COMPANIES = {"currency_code", "vat_registration_no", "registration_no"}
_CODES = {
    "salesperson_code", "territory_code", "language_code", "country_code", "organizational_level_code",
    "salutation_code", "currency_code", "format_region",
}  # fmt: skip

_TABLES = {**CODE_OF, "web_source_code": "web_source", "business_relation_code": "business_relation_type"}


def groups(bench: Workbench, kind: str) -> list[tuple[str, list[Column]]]:
    """Give the fields that are asked of a contact.

    Parameters
    ----------
    bench : Workbench
        Whose fields.
    kind : {"person", "company"}
        The contact's type.

    Returns
    -------
    list of tuple
        Head and columns of each group; custom fields last.
    """
    columns = bench.setup.table("contact").by_name
    others = _OF_COMPANIES if kind == "person" else _OF_PEOPLE
    found = [(_(head), [columns[name] for name in names if name not in others]) for head, names in GROUPS.items()]
    custom = [column for column in columns.values() if column.is_custom]
    return [*found, (_("Fields of your own"), custom)] if custom else found


def field(bench: Workbench, place: DeltaGenerator, column: Column, held: Any, prefix: str) -> None:
    """Draw a field to be filled in.

    Parameters
    ----------
    bench : Workbench
        On the store.
    place : DeltaGenerator
        Where.
    column : Column
        The field.
    held : object
        Its value; None where there is none.
    prefix : str
        What its key begins with.
    """
    key, label = prefix + column.name, labels.field(column)
    if column.type is FieldType.BOOLEAN and not column.nullable:
        place.checkbox(label, bool(held), key=key)
    elif column.type is FieldType.BOOLEAN:
        options = [None, True, False]
        place.selectbox(label, options, options.index(held), key=key, format_func=_yes_or_no)
    elif column.type is FieldType.MANY:
        many(bench, place, column, held, prefix)
    elif column.type is FieldType.DATE:
        place.date_input(label, _day(held), key=key, format=date_input_format())
    elif column.type in (FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER):
        place.number_input(label, value=None if held is None else float(held), key=key)
    elif column.choices or column.name in _CODES:
        _select(bench, place, column, held, key)
    else:
        place.text_input(label, _text(held), key=key)


def many(bench: Workbench, place: DeltaGenerator, column: Column, held: Any, prefix: str) -> None:
    """Draw a field of several values.

    Parameters
    ----------
    bench : Workbench
        On the store.
    place : DeltaGenerator
        Where.
    column : Column
        The field.
    held : object
        Its values; None where there are none.
    prefix : str
        What its key begins with.
    """
    chosen = [str(value) for value in (held if held is not None else [])]
    known = codes(bench, column.name)
    place.multiselect(
        labels.field(column), list(dict.fromkeys([*chosen, *known])), chosen, key=prefix + column.name,
        accept_new_options=column.is_custom, format_func=lambda code: described(code, known), placeholder=_("None"),
    )  # fmt: skip


def given(columns: Sequence[Column], held: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Read what was filled in and differs from what is recorded.

    Parameters
    ----------
    columns : sequence of Column
        The fields that were drawn.
    held : mapping of str to object
        What is recorded.
    prefix : str
        What the keys begin with.

    Returns
    -------
    dict of str to object
        By field; None where it was cleared.
    """
    found = {}
    for column in columns:
        if prefix + column.name in st.session_state:
            now = clicks.value(prefix + column.name)
            now = now.strip() or None if isinstance(now, str) else now
            if not _is_same(column, now, held.get(column.name)):
                found[column.name] = now
    return found


def codes(bench: Workbench, name: str) -> dict[str, str]:
    """Give the codes a field can have, with what they stand for.

    Parameters
    ----------
    bench : Workbench
        On the store.
    name : str
        The field.

    Returns
    -------
    dict of str to str
        Descriptions by code, by code in order; empty texts where none is known.
    """
    if name not in _TABLES:
        return {} if name not in _CODES else _in_use(bench, name)

    def read() -> dict[str, str]:
        rows = bench.codes.list(_TABLES[name]).rows
        said = rows["name" if "name" in rows else "description"].fillna("")
        return dict(zip(rows["code"], said, strict=True))

    return cached.by_revision(bench, read, "contact_codes", name)


def _in_use(bench: Workbench, name: str) -> dict[str, str]:
    """Give the codes that contacts have, where no table describes them."""

    def read() -> dict[str, str]:
        return {str(code): "" for code in sorted(bench.segments.choices(name, top=1000).values["value"])}

    return cached.by_revision(bench, read, "contact_codes_in_use", name)


def described(code: str | None, known: Mapping[str, str]) -> str:
    """Write a code with what it stands for.

    Parameters
    ----------
    code : str or None
        The code.
    known : mapping of str to str
        Descriptions by code.

    Returns
    -------
    str
        A dash where there is none.
    """
    if code is None:
        return "–"
    return f"{code} · {known[code]}" if known.get(code) else code


def _select(bench: Workbench, place: DeltaGenerator, column: Column, held: Any, key: str) -> None:
    known = {} if column.choices else codes(bench, column.name)
    values = [None, *dict.fromkeys([*column.choices, *known, *([held] if held else [])])]
    place.selectbox(
        labels.field(column), values, values.index(held or None), key=key, accept_new_options=not column.choices,
        format_func=lambda value: labels.choice(value) if value and column.choices else described(value, known),
    )  # fmt: skip


def _is_same(column: Column, now: Any, held: Any) -> bool:
    if column.type is FieldType.MANY:
        return list(now or []) == list(held if held is not None else [])
    if column.type is FieldType.BOOLEAN and not column.nullable:
        return bool(now) == bool(held)
    if column.type is FieldType.DATE:
        return bool(now == _day(held))
    return bool(now == (None if held is None else held))


def _yes_or_no(value: bool | None) -> str:
    return "–" if value is None else _("yes") if value else _("no")


def _text(held: Any) -> str:
    return "" if held is None else str(held)


def _day(held: Any) -> dt.date | None:
    return None if held is None else pd.Timestamp(held).date()


def prefix_of(contact_no: str) -> str:
    """Name the fields of one contact, so that those of another begin afresh.

    Parameters
    ----------
    contact_no : str
        The contact.

    Returns
    -------
    str
        What the keys of its fields begin with.
    """
    return f"{state.CONTACT_FORM}{contact_no}:"
