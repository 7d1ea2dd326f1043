"""What the store adds to contacts that files bring: numbers, names, defaults, and fields that follow others."""

# ruff: noqa: S608 - statements are put together from names of the schema; values are bound or in tables.

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipelines.contact_names import JOINED_LENGTH, PART_LENGTH
from workbench import clock
from workbench.contact_rows.tombstones import HIGHEST_ID
from workbench.setup import numbering, settings
from workbench.sources.comparing import DECIDED
from workbench.sources.incoming import INCOMING, Target
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

SERIES = "contact_nos"
_GIVEN = "given_number"
_PARTS = ("first_name", "middle_name", "surname")
_WITH_DEFAULTS = (
    "salesperson_code", "territory_code", "country_code", "language_code", "format_region", "correspondence_type",
)  # fmt: skip
_WORDS = "string_split_regex(trim({name}), '\\s+')"


def number(con: Connection, target: Target) -> None:
    """Give new contacts without a number the next ones of the series.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        Writing, with the temporary tables of :func:`workbench.sources.comparing.compared`.
    target : Target
        Contacts.

    Raises
    ------
    RuleError
        When marketing setup names no series for contacts, or the series has not enough numbers.
    """
    if "contact_no" not in target.fields:
        con.execute(f"ALTER TABLE {INCOMING} ADD COLUMN contact_no VARCHAR")
    waiting = (
        f"SELECT r.row_no FROM {INCOMING} r JOIN {DECIDED} d USING (row_no) "
        "WHERE d.state = 'new' AND r.contact_no IS NULL"
    )
    (count,) = first_row(con, f"SELECT count(*) FROM ({waiting})") or (0,)
    if not count:
        return
    rows = con.execute(f"{waiting} ORDER BY 1").fetchnumpy()["row_no"]
    zone = settings.settings(con).time_zone
    numbers = numbering.take(con, SERIES, int(count), clock.today(zone), _taken(con))
    con.register(_GIVEN, pd.DataFrame({"row_no": rows, "contact_no": pd.Series(numbers, dtype="str")}))
    con.execute(f"UPDATE {INCOMING} SET contact_no = n.contact_no FROM {_GIVEN} n WHERE {INCOMING}.row_no = n.row_no")
    con.unregister(_GIVEN)
    if target.links_companies and "type" in target.fields:
        con.execute(f"UPDATE {INCOMING} SET company_no = contact_no WHERE company_no IS NULL AND type = 'company'")


def _taken(con: Connection) -> set[str]:
    rows = f"SELECT contact_no FROM contact UNION SELECT contact_no FROM {INCOMING} WHERE contact_no IS NOT NULL"
    return {number for (number,) in con.execute(rows).fetchall()}


def given(target: Target) -> dict[str, str]:
    """Say what new contacts get beside what the file brings.

    Parameters
    ----------
    target : Target
        Contacts.

    Returns
    -------
    dict of str to str
        SQL by quoted column; rows of the file are called `i`. Only columns that the file does not have: a blank cell
        says that nothing is known.
    """
    type_ = "coalesce(i.type, 'person')" if "type" in target.fields else "'person'"
    values = {"type": type_, **_named(target, type_), **_defaults(type_)}
    values["company_no"] = f"CASE WHEN {type_} = 'company' THEN i.contact_no END"
    values = {column: sql for column, sql in values.items() if column not in target.fields}
    always = {
        "contact_id": f"{HIGHEST_ID} + row_number() OVER (ORDER BY i.row_no)",
        "contact_no": "i.contact_no",
        "contact_business_relation": "'none'",
        "last_modified_at": _now(),
    }
    return {quoted(column): sql for column, sql in (values | always).items()}


def _now() -> str:
    return f"TIMESTAMP '{clock.now():%Y-%m-%d %H:%M:%S.%f}'"


def _named(target: Target, type_: str) -> dict[str, str]:
    """A name gives its parts, as on a card, and parts give the name."""
    parts = [part for part in _PARTS if part in target.fields]
    if "name" not in target.fields and not parts:
        return {}
    name = "i.name" if "name" in target.fields else _joined(f"i.{part}" for part in parts)
    named = {"name": name, "search_name": f"upper({name})"}
    if parts:
        return named
    return named | {part: f"CASE WHEN {type_} = 'person' THEN {sql} END" for part, sql in _split("i.name").items()}


def _joined(parts: Iterable[str]) -> str:
    return f"nullif(left(concat_ws(' ', {', '.join(parts)}), {JOINED_LENGTH}), '')"


def _split(name: str) -> dict[str, str]:
    """Words of a name: the last is the surname, the one before it the middle name, the others the first name."""
    words = _WORDS.format(name=name)
    parts = {
        "first_name": f"array_to_string({words}[1:greatest(1, len({words}) - 2)], ' ')",
        "middle_name": f"CASE WHEN len({words}) > 2 THEN {words}[-2] END",
        "surname": f"CASE WHEN len({words}) > 1 THEN {words}[-1] END",
    }
    return {part: f"nullif(left({sql}, {PART_LENGTH}), '')" for part, sql in parts.items()}


def _defaults(type_: str) -> dict[str, str]:
    values = {name: _default(f"default_{name}") for name in _WITH_DEFAULTS}
    company, person = _default("default_company_salutation_code"), _default("default_person_salutation_code")
    return values | {"salutation_code": f"CASE WHEN {type_} = 'company' THEN {company} ELSE {person} END"}


def _default(setting: str) -> str:
    return f"(SELECT nullif(value, '') FROM setting WHERE name = '{setting}')"


def followed(target: Target) -> dict[str, str]:
    """Say what changes on contacts that a file changes, beside what it brings.

    Parameters
    ----------
    target : Target
        Contacts.

    Returns
    -------
    dict of str to str
        SQL by quoted column; rows of the file are called `i`, the contact is `contact`.
    """
    values = {"last_modified_at": _now()}
    parts = [part for part in _PARTS if part in target.fields]
    type_ = "i.type" if "type" in target.fields else "contact.type"
    if "name" in target.fields:
        values["search_name"] = _following("i.name")
        if not parts:
            values |= {part: _part(part, sql, type_) for part, sql in _split("i.name").items()}
    elif parts:
        values["name"] = _name_of_parts(parts, type_)
        values["search_name"] = _following(values["name"])
    return {quoted(column): sql for column, sql in values.items() if column not in target.fields}


def _following(name: str) -> str:
    """What a contact is searched by: the name, unless it was something else than the old one."""
    follows = "coalesce(contact.search_name, '') IN ('', upper(coalesce(contact.name, '')))"
    return f"CASE WHEN {follows} THEN upper({name}) ELSE contact.search_name END"


def _part(part: str, sql: str, type_: str) -> str:
    is_same = "i.name IS NOT DISTINCT FROM contact.name"
    return f"CASE WHEN {is_same} THEN contact.{part} WHEN {type_} = 'person' THEN {sql} END"


def _name_of_parts(parts: list[str], type_: str) -> str:
    """Of a person of whom a part has changed; the file may have some parts only."""
    now = _joined(f"i.{part}" if part in parts else f"contact.{part}" for part in _PARTS)
    has_changed = " OR ".join(f"i.{part} IS DISTINCT FROM contact.{part}" for part in parts)
    return f"CASE WHEN {type_} = 'person' AND ({has_changed}) THEN {now} ELSE contact.name END"
