"""The store's columns that the questions are about, as narrow frames in memory for pandas and polars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

import workbench as wb

# Amounts as whole hundredths: exact in every engine.
_COLUMNS = {
    "contact": "contact_id, type, city, country_code, age_band, loyalty_points, joined_on, "
    "email IS NOT NULL AS has_email, is_excluded_from_segments, is_privacy_blocked",
    "interaction": "contact_id, interaction_template_code, information_flow, occurred_at, "
    "is_canceled OR is_postponed AS is_void",
    "sales_entry": "contact_id, posted_at, department, CAST(sales_amount * 100 AS BIGINT) AS cents",
}


@dataclass(frozen=True)
class Frames:
    """Three frames of one engine.

    Attributes
    ----------
    contacts, interactions, sales : DataFrame
        Text as categories.
    """

    contacts: Any
    interactions: Any
    sales: Any


def in_arrow(bench: wb.Workbench) -> list[pa.Table]:
    """Read the columns.

    Parameters
    ----------
    bench : Workbench
        The store.

    Returns
    -------
    list of pyarrow.Table
        Contacts, interactions, sales entries; text dictionary-encoded.
    """
    with bench.database.reading() as con:
        return [
            _encoded(con.sql(f"SELECT {columns} FROM {table}").to_arrow_table()) for table, columns in _COLUMNS.items()
        ]


def _encoded(table: pa.Table) -> pa.Table:
    for number, name in enumerate(table.column_names):
        if pa.types.is_string(table.column(name).type):
            table = table.set_column(number, name, table.column(name).dictionary_encode().unify_dictionaries())
    return table
