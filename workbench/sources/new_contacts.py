"""What the store adds to contacts that files bring: numbers, names, defaults, and fields that follow others."""

# ruff: noqa: S608 - statements are put together from names of the schema; values are bound or in tables.

from __future__ import annotations

import pandas as pd

from pipelines.contact_names import PART_LENGTH
from workbench import clock
from workbench.contact_rows.tombstones import HIGHEST_ID
from workbench.setup import marketing_setup, numbering, settings
from workbench.setup.marketing_setup import MarketingSetup
from workbench.sources.comparing import DECIDED
from workbench.sources.incoming import INCOMING, Target
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

SERIES = "contact_nos"
_GIVEN = "given_number"
_PARTS = ("first_name", "middle_name", "surname")
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


def _taken(con: Connection) -> set[str]:
    rows = f"SELECT contact_no FROM contact UNION SELECT contact_no FROM {INCOMING} WHERE contact_no IS NOT NULL"
    return {number for (number,) in con.execute(rows).fetchall()}


def given(con: Connection, target: Target) -> dict[str, str]:
    """Say what new contacts get beside what the file brings.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        An open unit of work.
    target : Target
        Contacts.

    Returns
    -------
    dict of str to str
        SQL by quoted column; rows of the file are called `i`. Only columns that the file does not have: a blank cell
        says that nothing is known.
    """
    type_ = "coalesce(i.type, 'person')" if "type" in target.fields else "'person'"
    values = {"type": type_, **_named(target, type_), **_defaults(marketing_setup.read(con), type_)}
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
    """A name gives its parts, as on a card; the name that parts give is in the rows already."""
    if "name" not in target.fields:
        return {}
    named = {"search_name": "upper(i.name)"}
    if set(_PARTS) & set(target.fields):
        return named
    return named | {part: f"CASE WHEN {type_} = 'person' THEN {sql} END" for part, sql in _split("i.name").items()}


def _split(name: str) -> dict[str, str]:
    """Words of a name: the last is the surname, the one before it the middle name, the others the first name."""
    words = _WORDS.format(name=name)
    parts = {
        "first_name": f"array_to_string({words}[1:greatest(1, len({words}) - 2)], ' ')",
        "middle_name": f"CASE WHEN len({words}) > 2 THEN {words}[-2] END",
        "surname": f"CASE WHEN len({words}) > 1 THEN {words}[-1] END",
    }
    return {part: f"nullif(left({sql}, {PART_LENGTH}), '')" for part, sql in parts.items()}


def _defaults(setup: MarketingSetup, type_: str) -> dict[str, str]:
    texts = {
        "salesperson_code": setup.default_salesperson_code,
        "territory_code": setup.default_territory_code,
        "country_code": setup.default_country_code,
        "language_code": setup.default_language_code,
        "format_region": setup.default_format_region,
        "correspondence_type": setup.default_correspondence_type,
    }
    company, person = (
        _text(code) for code in (setup.default_company_salutation_code, setup.default_person_salutation_code)
    )
    salutation = f"CASE WHEN {type_} = 'company' THEN {company} ELSE {person} END"
    return {name: _text(text) for name, text in texts.items() if text} | {"salutation_code": salutation}


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'" if value else "NULL"


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
    if "name" in target.fields:
        is_same = "i.name IS NOT DISTINCT FROM contact.name"
        if "search_name" not in target.fields:
            follows = "coalesce(contact.search_name, '') IN ('', upper(coalesce(contact.name, '')))"
            values["search_name"] = f"CASE WHEN {follows} THEN upper(i.name) ELSE contact.search_name END"
        if not set(_PARTS) & set(target.fields):
            type_ = "i.type" if "type" in target.fields else "contact.type"
            for part, sql in _split("i.name").items():
                values[part] = f"CASE WHEN {is_same} THEN contact.{part} WHEN {type_} = 'person' THEN {sql} END"
    return {quoted(column): sql for column, sql in values.items()}
