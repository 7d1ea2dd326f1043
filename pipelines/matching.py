"""Which contacts satisfy one bound condition, row by row in plain Python: the reference engine.

Nothing here is fast. It says what each test of `pipelines.bound` means, in the fewest words, so that the engine
that is fast can be held against it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines import dates
from pipelines.bound import (
    ELEMENT,
    VALUES,
    And,
    Between,
    Bound,
    BoundEvent,
    BoundHabit,
    BoundRelated,
    BoundScore,
    BoundSequence,
    Complement,
    Expression,
    HasAnniversary,
    HasPart,
    Holds,
    HoldsSuch,
    IsKnown,
    OneOf,
    Or,
    Primitive,
    Reach,
    Test,
)
from pipelines.clocks import local
from pipelines.patterns import found_in
from pipelines.schema import Column, FieldType, Table
from pipelines.timelines import follows, keeps

Row = Mapping[str, Any]


def rows_satisfying(test: Expression, frame: pd.DataFrame) -> pd.Series[bool]:
    """Tell for each row of a frame whether it satisfies a test.

    Parameters
    ----------
    test : Expression
        Tests on columns, joined by And, Or and Complement.
    frame : pandas.DataFrame
        A conformed frame that has the columns of the test.

    Returns
    -------
    pandas.Series of bool
        With the index of the frame.

    Notes
    -----
    Two-valued: a test of an unknown value is false, and a complement is taken after that. Blank text, NaN and a
    many-valued field without values are unknown.
    """
    rows = plain_rows(frame, tested_columns(test))
    return pd.Series([satisfies(test, row) for row in rows], index=frame.index, dtype=bool)


def contacts_satisfying(bound: Bound, frames: Mapping[str, pd.DataFrame]) -> pd.Index[int]:
    """Find the contacts that satisfy a bound condition.

    Parameters
    ----------
    bound : BoundField, BoundRelated, BoundScore, BoundSequence or BoundHabit
        The condition.
    frames : mapping of str to pandas.DataFrame
        ``"contact"``: a conformed frame with `contact_id` in front. Under the name of each other table: its conformed
        frame with `contact_id` and `entry_no` in front. Instants are aware, in UTC.

    Returns
    -------
    pandas.Index of int
        Contact ids in the order of the contact frame.
    """
    contacts = frames["contact"]
    if isinstance(bound, BoundRelated):
        found = measures(bound, frames)
        hits = [satisfies(bound.test, {bound.value.name: found[i]}) for i in contacts["contact_id"]]
    elif isinstance(bound, BoundScore):
        scored = scored_values(bound, frames)
        hits = [satisfies(bound.test, {bound.column.name: scored[i]}) for i in contacts["contact_id"]]
    elif isinstance(bound, BoundSequence):
        events = [row_instants(event, bound.zone, frames) for event in bound.events]
        hits = [follows(bound, [of.get(i, []) for of in events]) for i in contacts["contact_id"]]
    elif isinstance(bound, BoundHabit):
        times = row_times(bound.table, bound.where, frames)
        hits = [keeps(bound, times.get(i, [])) for i in contacts["contact_id"]]
    else:
        hits = list(rows_satisfying(bound.test, _companies(contacts) if bound.of_company else contacts))
    ids = [i for i, hit in zip(contacts["contact_id"], hits, strict=True) if hit]
    satisfied: pd.Index[int] = pd.Index(ids, dtype="int64")
    return satisfied


def row_times(table: Table, where: Expression, frames: Mapping[str, pd.DataFrame]) -> dict[int, list[dt.date]]:
    """List when the rows of each contact happened.

    Parameters
    ----------
    table : Table
        Whose rows.
    where : Expression
        Which rows.
    frames : mapping of str to pandas.DataFrame
        As for `contacts_satisfying`.

    Returns
    -------
    dict of int to list of datetime.date or datetime.datetime
        By contact id, in the order of the rows; instants are naive, in UTC. Rows without a time are passed over.
    """
    frame = frames[table.name]
    kept = frame[rows_satisfying(where, frame)]
    times: dict[int, list[dt.date]] = {}
    for i, row in zip(kept["contact_id"], plain_rows(kept, [table.column(table.time)]), strict=True):
        if row[table.time] is not None:
            times.setdefault(int(i), []).append(row[table.time])
    return times


def row_instants(event: BoundEvent, zone: ZoneInfo, frames: Mapping[str, pd.DataFrame]) -> dict[int, list[dt.datetime]]:
    """List the instants of the rows that can be an event.

    Parameters
    ----------
    event : BoundEvent
        Which rows.
    zone : zoneinfo.ZoneInfo
        Where a day begins, for rows that have a day only.
    frames : mapping of str to pandas.DataFrame
        As for `contacts_satisfying`.

    Returns
    -------
    dict of int to list of datetime.datetime
        By contact id, in the order of the rows; naive, in UTC.
    """
    found = row_times(event.table, event.where, frames)
    return {
        i: [time if isinstance(time, dt.datetime) else dates.instant(time, zone) for time in times]
        for i, times in found.items()
    }


def measures(bound: BoundRelated, frames: Mapping[str, pd.DataFrame]) -> dict[int, Any]:
    """Compute a measure for every contact over the rows that count for it.

    Parameters
    ----------
    bound : BoundRelated
        Which rows, and what is measured; its own test is not used.
    frames : mapping of str to pandas.DataFrame
        As for `contacts_satisfying`.

    Returns
    -------
    dict of int to value
        By contact id; None where the measure is unknown.

    Notes
    -----
    Without rows, counts and sums are 0 and every other measure is unknown. Values that are unknown are passed over.
    The first and the latest row are by time, then by load order; rows without a time are neither, and where the row
    has no value the measure is unknown.
    """
    frame = frames[bound.table.name]
    kept = frame[rows_satisfying(bound.where, frame)]
    rows_of: dict[int, list[Row]] = {int(i): [] for i in frames["contact"]["contact_id"]}
    for contact_id, row in zip(kept["contact_id"], _measured_rows(bound, kept), strict=True):
        rows_of[int(contact_id)].append(row)
    whose = reached(bound.reach, frames["contact"])
    return {i: _measure(bound, [row for other in whose[i] for row in rows_of[other]]) for i in rows_of}


def scored_values(bound: BoundScore, frames: Mapping[str, pd.DataFrame]) -> dict[int, Any]:
    """Look the value of a score up for every contact.

    Parameters
    ----------
    bound : BoundScore
        The score, its run and its field; its test is not used.
    frames : mapping of str to pandas.DataFrame
        As for `contacts_satisfying`; the score's rows under the name of its table.

    Returns
    -------
    dict of int to value
        By contact id; None for whom the run has no row, and for everybody where there is no run.
    """
    found: dict[int, Any] = {int(i): None for i in frames["contact"]["contact_id"]}
    if bound.run is not None:
        rows = frames[bound.table.name]
        rows = rows[rows["scored_on"].dt.date == bound.run]
        values = (row[bound.column.name] for row in plain_rows(rows, [bound.column]))
        found |= dict(zip(map(int, rows["contact_id"]), values, strict=True))
    return found


def plain_rows(frame: pd.DataFrame, columns: Iterable[Column]) -> Iterator[Row]:
    """Give the rows of a frame as plain Python values.

    Parameters
    ----------
    frame : pandas.DataFrame
        A conformed frame.
    columns : iterable of Column
        The columns to give.

    Returns
    -------
    iterator of dict of str to value
        One for each row, in order; None where unknown; amounts as Decimal with four places, instants as naive UTC.
    """
    values = {column.name: [_plain(value, column.type) for value in frame[column.name]] for column in columns}
    return ({name: values[name][i] for name in values} for i in range(len(frame)))


def tested_columns(test: Expression) -> dict[Column, None]:
    """List the columns that a test looks at.

    Parameters
    ----------
    test : Expression
        Tests on columns, joined by And, Or and Complement.

    Returns
    -------
    dict of Column to None
        Each once, in the order they are written.
    """
    match test:
        case Test(column):
            return {column: None}
        case Complement(inner):
            return tested_columns(inner)
        case And(tests) | Or(tests):
            return {column: None for inner in tests for column in tested_columns(inner)}


def satisfies(test: Expression, row: Row) -> bool:
    """Tell whether one row satisfies a test.

    Parameters
    ----------
    test : Expression
        Tests on columns, joined by And, Or and Complement.
    row : mapping of str to object
        Plain values by column, as from `plain_rows`.

    Returns
    -------
    bool
        A test that meets an unknown value is false; complements come after.
    """
    match test:
        case And(tests):
            return all(satisfies(inner, row) for inner in tests)
        case Or(tests):
            return any(satisfies(inner, row) for inner in tests)
        case Complement(inner):
            return not satisfies(inner, row)
        case Test(column, primitive):
            return row[column.name] is not None and _holds(primitive, row[column.name])


def people(contacts: pd.DataFrame) -> dict[int, list[int]]:
    """List for each company the other contacts that belong to it.

    Parameters
    ----------
    contacts : pandas.DataFrame
        Columns contact_id, contact_no, company_no and type.

    Returns
    -------
    dict of int to list of int
        Contact ids by the company's; contacts that are no companies have no people.
    """
    columns = (contacts[name] for name in ("contact_id", "contact_no", "company_no", "type"))
    rows = list(zip(*columns, strict=True))
    return {
        company: [other for other, _, company_no, _ in rows if company_no == no and other != company]
        for company, no, _, type_ in rows
        if type_ == "company"
    }


def companies(contacts: pd.DataFrame) -> dict[int, int]:
    """Tell the company of each contact that has one.

    Parameters
    ----------
    contacts : pandas.DataFrame
        As for `people`.

    Returns
    -------
    dict of int to int
        Contact ids; a company is its own company.
    """
    columns = (contacts[name] for name in ("contact_id", "contact_no", "company_no", "type"))
    rows = list(zip(*columns, strict=True))
    ids = {no: i for i, no, _, type_ in rows if type_ == "company"}
    own = {i: ids.get(no if type_ == "company" else company_no) for i, no, company_no, type_ in rows}
    return {i: company for i, company in own.items() if company is not None}


def reached(reach: Reach, contacts: pd.DataFrame) -> dict[int, list[int]]:
    """List for each contact those whose rows count for it.

    Parameters
    ----------
    reach : Reach
        Whose rows count.
    contacts : pandas.DataFrame
        As for `people`.

    Returns
    -------
    dict of int to list of int
        Contact ids by contact id.
    """
    ids = [int(i) for i in contacts["contact_id"]]
    if reach is Reach.COMPANY:
        company = companies(contacts)
        return {i: [company[i]] if i in company else [] for i in ids}
    also = people(contacts) if reach is Reach.PEOPLE else {}
    return {i: [i, *also.get(i, ())] for i in ids}


def lowered(text: str) -> str:
    """Write a text in lower case, letter by letter.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Of the same length: the capital sigma becomes the same letter everywhere in a word, and the dotted capital I
        a plain i, as in DuckDB.
    """
    return "".join("i" if letter == "İ" else letter.lower() for letter in text)


def _holds(primitive: Primitive, value: Any) -> bool:
    match primitive:
        case IsKnown():
            return True
        case OneOf(values, ignore_case):
            return lowered(value) in map(lowered, values) if ignore_case else value in values
        case Between(low, high, low_open, high_open):
            above = low is None or (value > low if low_open else value >= low)
            return above and (high is None or (value < high if high_open else value <= high))
        case HasPart():
            return _has_part(primitive, value)
        case HasAnniversary():
            return _has_anniversary(primitive, value)
        case Holds(kind, values):
            return bool(value & set(values)) if kind == "any_of" else value >= set(values)
        case HoldsSuch(test):
            return any(satisfies(test, {ELEMENT.name: one}) for one in value)


def _has_anniversary(anniversary: HasAnniversary, value: dt.date) -> bool:
    day = local(value, anniversary.zone).date() if isinstance(value, dt.datetime) else value
    years = range(1, anniversary.last.year - day.year + 1)
    return any(anniversary.first <= dates.shift(day, n, "year") <= anniversary.last for n in years)


def _has_part(part: HasPart, value: str) -> bool:
    if part.kind == "matches":
        return found_in(value, part.text, part.ignore_case)
    text = lowered(part.text) if part.ignore_case else part.text
    value = lowered(value) if part.ignore_case else value
    if part.kind == "contains":
        return text in value
    return value.startswith(text) if part.kind == "starts_with" else value.endswith(text)


def _plain(value: Any, type_: FieldType) -> Any:
    """Give one cell as a plain value that compares exactly, None where unknown."""
    if type_ is FieldType.MANY:
        return frozenset(value) if isinstance(value, list) and value else None
    if pd.isna(value) or (type_ is FieldType.TEXT and not value.strip()):
        return None
    if type_ is FieldType.AMOUNT:
        return Decimal(round(value * 10_000)).scaleb(-4)
    if type_ is FieldType.DATE:
        return value.date()
    if type_ is FieldType.TIMESTAMP:
        return value.tz_convert(None).to_pydatetime()
    return value


def _companies(contacts: pd.DataFrame) -> pd.DataFrame:
    """Put in the place of each contact its company; all unknown where it has none."""
    return contacts.set_index("contact_no", drop=False).reindex(contacts["company_no"]).set_axis(contacts.index)


def _measured_rows(bound: BoundRelated, kept: pd.DataFrame) -> Iterator[Row]:
    """Give of each row what is measured, when it was, and its place in the load order."""
    time = bound.table.time
    whens = [row[time] for row in plain_rows(kept, [bound.table.column(time)])] if time else [None] * len(kept)
    column = bound.column
    values = [row[column.name] for row in plain_rows(kept, [column])] if column else [None] * len(kept)
    places = kept["entry_no"] if "entry_no" in kept else kept["contact_id"]
    return (
        {"value": value, "when": when, "entry_no": place}
        for value, when, place in zip(values, whens, places, strict=True)
    )


def _measure(bound: BoundRelated, rows: list[Row]) -> Any:
    if bound.measure == "count":
        return len(rows)
    if bound.measure in ("first", "latest"):
        return _value_at_end(bound.measure, rows)
    values = [row["value"] for row in rows if row["value"] is not None]
    if bound.measure == "distinct":
        return len(set(values))
    if bound.measure == VALUES:
        return sum(map(len, values))
    if bound.measure == "sum":
        return sum(values)
    if not values:
        return None
    if bound.measure == "average":
        return float(sum(values)) / len(values)
    return min(values) if bound.measure == "minimum" else max(values)


def _value_at_end(which: str, rows: list[Row]) -> Any:
    timed = sorted((row for row in rows if row["when"] is not None), key=lambda row: (row["when"], row["entry_no"]))
    return timed[0 if which == "first" else -1]["value"] if timed else None
