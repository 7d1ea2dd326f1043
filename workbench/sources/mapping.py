"""Which column of a file goes to which field: by a person's word, by name, by alias, or as a new field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Column, FieldType, Table, folded
from workbench.errors import SourceError, nearest
from workbench.sources.field_types import detected, field_name
from workbench.sources.raw_table import RawTable

NEW_FIELDS = ("ask", "add", "ignore")
PROBLEM = "problem"

_TYPES = {folded(type_.value): type_ for type_ in FieldType if type_ is not FieldType.INTEGER}


@dataclass(frozen=True)
class Match:
    """A column of the file and the field it fills.

    Attributes
    ----------
    header : str
        The file's header.
    field : Column
        The field.
    is_new : bool
        Whether the table does not have the field yet.
    """

    header: str
    field: Column
    is_new: bool = False


@dataclass(frozen=True)
class Matching:
    """Where every column of a file goes.

    Attributes
    ----------
    matches : tuple of Match
        In the file's order.
    unmatched : tuple of Match
        Columns about which the user has to decide, with the field each would become.
    ignored : tuple of str
        Headers of columns that are left out.
    notes : tuple of str
        What a person should know.
    """

    matches: tuple[Match, ...]
    unmatched: tuple[Match, ...] = ()
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def matched(
    raw: RawTable,
    table: Table,
    wishes: Mapping[str, str | None] | None,
    new_fields: str,
    decimal: str = "",
    suggested: Mapping[str, str] | None = None,
) -> Matching:
    """Find the field of every column.

    Parameters
    ----------
    raw : RawTable
        The file.
    table : Table
        The table to fill, with its custom fields.
    wishes : Mapping[str, str or None] or None
        File column to ``"field"``, ``"field:type"`` (adds the field when there is none), or ``""`` or None to
        leave the column out.
    new_fields : str
        ``"ask"``, ``"add"`` or ``"ignore"``: what happens to columns that no field takes.
    decimal : str, optional
        The decimal sign, when it was given; helps to tell the types of new fields.
    suggested : Mapping[str, str], optional
        Where columns go of which the user says nothing, in the same words; what does not fit is passed over.

    Returns
    -------
    Matching
        The fields.

    Raises
    ------
    SourceError
        For a column or field that does not exist, or two columns for one field.
    """
    if new_fields not in NEW_FIELDS:
        raise SourceError(f'new_fields cannot be "{new_fields}".', nearest(new_fields, NEW_FIELDS))
    wished = _wished(raw.headers, table, wishes or {})
    _refuse_two(match for match in wished.values() if match is not None)
    found, late = _suggested(table, wished, suggested or {})
    wished |= found
    chosen = {header: match for header, match in wished.items() if match is not None}
    columns = {header: values for header, values in zip(raw.headers, raw.columns, strict=True) if header not in wished}
    kept_up = [header for header in columns if _is_kept_up(table, header)]
    left = [h for h, values in columns.items() if h not in kept_up and not _is_leftover(table, h, values)]
    chosen |= _by_name([h for h in left if h not in late], table, {match.field.name for match in chosen.values()})
    rest = {header: columns[header] for header in left if header not in chosen}
    fresh = _fresh(rest, table, {match.field.name for match in chosen.values()}, decimal)
    asked, added = new_fields == "ask", new_fields == "add"
    if added and table.takes_fields:
        chosen |= fresh
    return Matching(
        tuple(chosen[header] for header in raw.headers if header in chosen),
        tuple(fresh.values()) if asked else (),
        tuple(h for h in raw.headers if h not in chosen and not (asked and h in fresh)),
        _notes(table, kept_up, list(rest) if added else []),
    )


def _notes(table: Table, kept_up: list[str], unmatched: list[str]) -> tuple[str, ...]:
    notes: tuple[str, ...] = ()
    if kept_up:
        notes += (f"The workbench itself keeps these fields, so their columns are ignored: {', '.join(kept_up)}.",)
    if unmatched and not table.takes_fields:
        notes += (f"{table.name} takes no custom fields, so these columns are ignored: {', '.join(unmatched)}.",)
    return notes


def _suggested(
    table: Table, wished: Mapping[str, Match | None], suggested: Mapping[str, str]
) -> tuple[dict[str, Match | None], set[str]]:
    """Suggestions that fit, for columns of which nothing was said; and headers whose field has a column already."""
    found: dict[str, Match | None] = {}
    late: set[str] = set()
    filled = {match.field.name for match in wished.values() if match is not None}
    for header, target in suggested.items():
        if header in wished or not _fits(table, target):
            continue
        match = _target(header, target, table) if target else None
        if match is not None and match.field.name in filled:
            late.add(header)
            continue
        found[header] = match
        filled |= {match.field.name} if match is not None else set()
    return found, late


def _fits(table: Table, target: str) -> bool:
    name, _, type_ = target.partition(":")
    if name in table.by_name:
        column = table.by_name[name]
        return not column.is_kept_up and type_ in ("", column.type.value)
    return not target or (bool(type_) and table.takes_fields)


def _is_kept_up(table: Table, header: str) -> bool:
    return any(column.is_kept_up and _rank(column, header) is not None for column in table.columns)


def _is_leftover(table: Table, header: str, values: pa.ChunkedArray) -> bool:
    """A column without header and values, or the reasons that an earlier load wrote behind its rejects."""
    if folded(header) == PROBLEM:
        return PROBLEM not in table.by_name
    return header.startswith("column ") and pa.types.is_string(values.type) and not _has_values(values)


def _has_values(values: pa.ChunkedArray) -> bool:
    return bool(pc.any(pc.not_equal(pc.utf8_trim_whitespace(values), ""), min_count=0).as_py())


def _wished(headers: tuple[str, ...], table: Table, wishes: Mapping[str, str | None]) -> dict[str, Match | None]:
    wished = {}
    for header, target in wishes.items():
        name = _header_named(header, headers)
        wished[name] = _target(name, target, table) if target else None
    return wished


def _header_named(wanted: str, headers: tuple[str, ...]) -> str:
    if wanted in headers:
        return wanted
    alike = [header for header in headers if folded(header) == folded(wanted)]
    if len(alike) == 1:
        return alike[0]
    raise SourceError(f'The file has no column "{wanted}".', nearest(wanted, headers))


def _target(header: str, target: str, table: Table) -> Match:
    name, _, type_name = (part.strip() for part in target.partition(":"))
    known = {folded(column.name): column for column in table.columns}
    column = known.get(folded(name))
    if type_name:
        return _typed_target(header, field_name(name), _type_named(type_name), column, table)
    if column is None:
        raise SourceError(
            f'{table.name} has no field "{name}", to which column "{header}" is mapped.',
            f'{nearest(name, table.by_name)} A new field is added by "{field_name(name)}:text" or another type.',
        )
    if column.is_kept_up:
        raise SourceError(
            f'{table.name}.{column.name} is kept by the workbench itself, so column "{header}" cannot go there.',
            f'Leave it out with mapping={{"{header}": ""}} (--map "{header}=").',
        )
    return Match(header, column)


def _type_named(name: str) -> FieldType:
    if folded(name) in _TYPES:
        return _TYPES[folded(name)]
    raise SourceError(f'There is no field type "{name}".', nearest(name, (t.value for t in _TYPES.values())))


def _typed_target(header: str, name: str, type_: FieldType, column: Column | None, table: Table) -> Match:
    if column is not None:
        if column.type is not type_:
            raise SourceError(
                f"{table.name}.{column.name} is {column.type.value}, not {type_.value}.",
                f'Map "{header}" to "{column.name}", or to a new name.',
            )
        return Match(header, column)
    if not table.takes_fields:
        raise SourceError(f'{table.name} takes no custom fields, so "{name}" cannot be added.')
    return Match(header, _custom(name, type_, header), is_new=True)


def _custom(name: str, type_: FieldType, header: str) -> Column:
    return Column(name, type_, header, is_custom=True)


def _refuse_two(matches: Iterable[Match]) -> None:
    taken: dict[str, str] = {}
    for match in matches:
        other = taken.setdefault(match.field.name, match.header)
        if other != match.header:
            raise _two(other, match.header, match.field.name)


def _two(one: str, other: str, field: str) -> SourceError:
    return SourceError(
        f'The columns "{one}" and "{other}" both go to {field}.',
        f'Leave one out with mapping={{"{other}": ""}} (--map "{other}="), or map it to another field.',
    )


def _by_name(headers: list[str], table: Table, taken: set[str]) -> dict[str, Match]:
    """The exact name wins over aliases, an earlier alias over a later one, an earlier field over a later one."""
    free = [column for column in table.columns if column.name not in taken and not column.is_kept_up]
    names = {
        (place, name): rank
        for place, column in enumerate(free)
        for rank, name in reversed(list(enumerate(map(folded, (column.name, *column.aliases)))))
    }
    folds = [folded(header) for header in headers]
    offers = sorted(
        (names[place, fold], place, position)
        for place in range(len(free))
        for position, fold in enumerate(folds)
        if (place, fold) in names
    )
    found: dict[str, Match] = {}
    filled: dict[str, tuple[int, str]] = {}
    for rank, place, position in offers:
        header, column = headers[position], free[place]
        if header in found:
            continue
        if column.name in filled:
            if filled[column.name][0] == rank:
                raise _two(filled[column.name][1], header, column.name)
            continue
        found[header] = Match(header, column)
        filled[column.name] = (rank, header)
    return found


def _rank(column: Column, header: str) -> int | None:
    names = [folded(column.name), *map(folded, column.aliases)]
    return names.index(folded(header)) if folded(header) in names else None


def _fresh(columns: Mapping[str, pa.ChunkedArray], table: Table, taken: set[str], decimal: str) -> dict[str, Match]:
    names = set(table.by_name) | taken
    fresh = {}
    for header, values in columns.items():
        name = _unused(field_name(header), names)
        names.add(name)
        type_ = detected(header, values, decimal).type
        fresh[header] = Match(header, _custom(name, type_, header), is_new=True)
    return fresh


def _unused(name: str, names: set[str]) -> str:
    candidate, number = name, 2
    while candidate in names:
        candidate, number = f"{name}_{number}", number + 1
    return candidate
