"""All that can be known about a file before the store is asked: its fields, its dialects, its good rows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa

from pipelines.schema import Table
from workbench.errors import SourceError, nearest
from workbench.sources.checking import Checked, Columns, checked, must_be_there
from workbench.sources.column_dialects import ColumnDialect, decided
from workbench.sources.completing import completed, links_companies
from workbench.sources.frames import text_of
from workbench.sources.incoming import Target
from workbench.sources.keys import keys_for, with_contact_field
from workbench.sources.known_exports import KnownExport, recognised
from workbench.sources.mapping import Match, Matching, matched
from workbench.sources.options import Options, zone_named
from workbench.sources.raw_table import RawTable
from workbench.sources.unknown_values import known_values, unknown_values
from workbench.sources.value_mapping import Values, replaced

Source = str | os.PathLike[str] | pd.DataFrame


@dataclass(frozen=True)
class Prepared:
    """A file, understood and checked.

    Attributes
    ----------
    raw : RawTable
        As read.
    known : KnownExport or None
        The program that wrote it, when it is recognised.
    remembered : Mapping[str, str]
        Where the columns of such a file went the last time; empty when that is not known, or not to be used.
    matching : Matching
        Where its columns go.
    columns : tuple of (Match, pyarrow.ChunkedArray)
        Fields and values, constants included.
    dialects : dict of str to ColumnDialect
        By header.
    checked : Checked
        Good rows and problems.
    target : Target
        Where the rows go.
    zone : str
        Zone of times without an offset.
    values : Mapping
        By header and value of the file, what the value is taken as.
    value_notes : tuple of str
        What came of that.
    unknown : pandas.DataFrame
        Values that a person may want to map.
    limits : dict of str to tuple of str
        By header of those, what they may be mapped to.
    """

    raw: RawTable
    known: KnownExport | None
    remembered: Mapping[str, str]
    matching: Matching
    columns: Columns
    dialects: dict[str, ColumnDialect]
    checked: Checked
    target: Target
    zone: str
    values: Values
    value_notes: tuple[str, ...]
    unknown: pd.DataFrame
    limits: dict[str, tuple[str, ...]]


def prepared(
    raw: RawTable,
    table: Table,
    contact: Table,
    mapping: Mapping[str, str | None] | None,
    new_fields: str,
    options: Options,
    store_zone: str,
    remembered: Mapping[str, str] | None = None,
    values: Values | None = None,
    references: Mapping[str, tuple[str, ...]] | None = None,
) -> Prepared:
    """Map and check what was read of a file.

    Parameters
    ----------
    raw : RawTable
        What was read.
    table, contact : Table
        The table to fill, and contacts; both with their custom fields.
    mapping : Mapping or None
        File column to field.
    new_fields : str
        ``"ask"``, ``"add"`` or ``"ignore"``.
    options : Options
        Overrides.
    store_zone : str
        The store's time zone.
    remembered : Mapping[str, str], optional
        Where the columns of such a file went the last time.
    values : Mapping, optional
        By header and value of the file, what the value is taken as.
    references : Mapping[str, tuple of str], optional
        By field, what of the store it may refer to.

    Returns
    -------
    Prepared
        Everything but the comparison with the store.

    Raises
    ------
    SourceError
        When the file as a whole cannot be loaded into the table.
    """
    taken = replaced(raw, values or {})
    wanted = with_contact_field(table, contact, options.contact_key)
    known = recognised(raw.headers, table.name)
    ours = known if known is not None and known.table == table.name else None
    suggested = remembered or (ours.mapping(raw.headers) if ours is not None else {})
    wishes = _by_contact_field(mapping, wanted, options)
    matching = matched(taken.raw, wanted, wishes, new_fields, options.decimal or "", suggested)
    columns = _columns(taken.raw, matching, table, _with_constants(options, ours, matching))
    must_be_there(table, columns, raw.headers)
    brought = {match.field.name for match, _ in columns}
    own_key = ours.key if ours is not None and ours.key in brought and "contact_no" not in brought else None
    extended = table.extended(tuple(match.field for match, _ in columns if match.is_new))
    keys = keys_for(extended, contact, brought, options.key or own_key, options.contact_key)
    zone = options.time_zone or store_zone
    dialects = decided(columns, options, raw.delimiter, zone_named(zone))
    found = checked(raw, table, columns, dialects, options.progress)
    rows = completed(found.rows, table, ours)
    added = frozenset(match.field.name for match, _ in columns if match.is_new)
    fields = tuple(name for name in rows.column_names if name != "row_no")
    target = Target(table, fields, added, keys, table.name == contact.name and links_companies(brought))
    limits, unknown = known_values(columns, references or {}), unknown_values(columns, references or {})
    return Prepared(
        raw, known, remembered or {}, matching, columns, dialects, replace(found, rows=rows), target, zone,
        values or {}, taken.notes, unknown, {header: limits[header] for header in unknown["column"].unique()},
    )  # fmt: skip


def _with_constants(options: Options, known: KnownExport | None, matching: Matching) -> Options:
    """A person's constants, and those of the recognised export that no column brings."""
    brought = {match.field.name for match in matching.matches}
    own = {name: value for name, value in (known.constants if known else {}).items() if name not in brought}
    return replace(options, constants={**own, **options.constants})


def _by_contact_field(
    mapping: Mapping[str, str | None] | None, table: Table, options: Options
) -> dict[str, str | None]:
    """Whoever looks contacts up by a field may map to that field as well as to the number."""
    wishes = dict(mapping or {})
    if options.contact_key is None or options.contact_key in table.by_name:
        return wishes
    return {header: "contact_no" if field == options.contact_key else field for header, field in wishes.items()}


def _columns(raw: RawTable, matching: Matching, table: Table, options: Options) -> Columns:
    values = dict(zip(raw.headers, raw.columns, strict=True))
    columns = [(match, values[match.header]) for match in matching.matches]
    brought = {match.field.name: match.header for match, _ in columns}
    for name, value in options.constants.items():
        if name not in table.by_name:
            raise SourceError(f'{table.name} has no field "{name}" for a constant.', nearest(name, table.by_name))
        if name in brought:
            raise SourceError(
                f'{name} is a constant, but column "{brought[name]}" goes to it too.',
                f'Leave the column out with mapping={{"{brought[name]}": ""}}.',
            )
        columns.append((Match(f"constant {name}", table.by_name[name]), _repeated(value, len(raw.row_numbers))))
    return tuple(columns)


def _repeated(value: object, count: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.repeat(pa.scalar(text_of(value), pa.string()), count)])
