"""All that can be known about a file before the store is asked: its fields, its dialects, its good rows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import Table
from workbench.errors import SourceError, nearest
from workbench.sources.checking import Checked, Columns, checked, must_be_there
from workbench.sources.column_dialects import ColumnDialect, decided
from workbench.sources.frames import text_of
from workbench.sources.incoming import Target
from workbench.sources.keys import keys_for, with_contact_field
from workbench.sources.mapping import Match, Matching, matched
from workbench.sources.options import Options, zone_named
from workbench.sources.raw_table import RawTable
from workbench.sources.reading import read

Source = str | os.PathLike[str] | pd.DataFrame


@dataclass(frozen=True)
class Prepared:
    """A file, understood and checked.

    Attributes
    ----------
    raw : RawTable
        As read.
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
    """

    raw: RawTable
    matching: Matching
    columns: Columns
    dialects: dict[str, ColumnDialect]
    checked: Checked
    target: Target
    zone: str


def prepared(
    source: Source | RawTable,
    table: Table,
    contact: Table,
    mapping: Mapping[str, str | None] | None,
    new_fields: str,
    options: Options,
    store_zone: str,
) -> Prepared:
    """Read, map and check a file.

    Parameters
    ----------
    source : str, os.PathLike, pandas.DataFrame or RawTable
        The file or frame, or what was read of it.
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

    Returns
    -------
    Prepared
        Everything but the comparison with the store.

    Raises
    ------
    SourceError
        When the file as a whole cannot be loaded into the table.
    """
    wanted = with_contact_field(table, contact, options.contact_key)
    raw = source if isinstance(source, RawTable) else read(source, options)
    matching = matched(raw, wanted, _by_contact_field(mapping, wanted, options), new_fields, options.decimal or "")
    columns = _columns(raw, matching, table, options)
    must_be_there(table, columns, raw.headers)
    keys = keys_for(table, contact, {m.field.name for m, _ in columns}, options.key, options.contact_key)
    zone = options.time_zone or store_zone
    dialects = decided(columns, options, raw.delimiter, zone_named(zone))
    found = checked(raw, table, columns, dialects, options.progress)
    rows = with_full_name(found.rows, table)
    added = frozenset(match.field.name for match, _ in columns if match.is_new)
    target = Target(table, tuple(n for n in rows.column_names if n != "row_no"), added, keys)
    return Prepared(raw, matching, columns, dialects, replace(found, rows=rows), target, zone)


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


def with_full_name(rows: pa.Table, table: Table) -> pa.Table:
    """Give contacts that come with first name and surname their full name.

    Parameters
    ----------
    rows : pyarrow.Table
        Checked rows.
    table : Table
        Their table.

    Returns
    -------
    pyarrow.Table
        With `name` as the parts joined by single blanks, unless the file brings the name itself.
    """
    parts = [name for name in ("first_name", "middle_name", "surname") if name in rows.column_names]
    if table.name != "contact" or "name" in rows.column_names or not {"first_name", "surname"} <= set(parts):
        return rows
    joined = pc.binary_join_element_wise(*(rows[part] for part in parts), " ", null_handling="skip")
    return rows.append_column("name", pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined))
