"""Fields of contacts that follow from what a file brings: the full name, the type, the company still to be found."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.contact_names import JOINED_LENGTH
from pipelines.schema import CONTACT, Table
from workbench.sources.export_headers import COMPANY_NAME
from workbench.sources.known_exports import KnownExport

_PARTS = ("first_name", "middle_name", "surname")


def completed(rows: pa.Table, table: Table, known: KnownExport | None) -> pa.Table:
    """Add fields that follow from others.

    Parameters
    ----------
    rows : pyarrow.Table
        Checked rows.
    table : Table
        Their table.
    known : KnownExport or None
        The program that wrote them, when it is recognised.

    Returns
    -------
    pyarrow.Table
        Contacts that come with first name and surname have the full name, joined by single blanks, unless the file
        brings it. Contacts of a program in which a company bears its own company's number or name have their type,
        unless the file brings it. Contacts that come with the name of their company have a blank `company_no`, which
        is found in the store, unless the file brings it. Companies of which the file does not say it are their own.
    """
    if table.name != CONTACT.name:
        return rows
    rows = _with_full_name(rows)
    if known is not None and known.companies_bear_own_name and "type" not in rows.column_names:
        rows = _with_type(rows)
    if links_companies(rows.column_names):
        return rows.append_column("company_no", pa.nulls(len(rows), pa.string()))
    return _with_own_company(rows)


def links_companies(fields: Collection[str]) -> bool:
    """Tell whether the companies of contacts are to be found by their names.

    Parameters
    ----------
    fields : collection of str
        What a file of contacts brings.

    Returns
    -------
    bool
        Whether names of companies are among it, and no numbers.
    """
    return COMPANY_NAME in fields and "company_no" not in fields


def _with_full_name(rows: pa.Table) -> pa.Table:
    parts = [name for name in _PARTS if name in rows.column_names]
    if "name" in rows.column_names or not {"first_name", "surname"} <= set(parts):
        return rows
    # Arrow leaves a row out when all its parts are unknown and are to be skipped.
    joined = pc.binary_join_element_wise(*(pc.fill_null(rows[part], "") for part in parts), " ")
    single = pc.utf8_trim_whitespace(pc.replace_substring_regex(joined, " +", " "))
    name = pc.utf8_slice_codeunits(single, 0, JOINED_LENGTH)
    return rows.append_column("name", pc.if_else(pc.equal(name, ""), pa.scalar(None, pa.string()), name))


def _with_type(rows: pa.Table) -> pa.Table:
    pairs = [("company_no", "contact_no"), (COMPANY_NAME, "name")]
    same = [pc.equal(rows[a], rows[b]) for a, b in pairs if {a, b} <= set(rows.column_names)]
    is_company = pc.fill_null(same[0], False) if same else pa.nulls(len(rows), pa.bool_())
    return rows.append_column("type", pc.if_else(pc.fill_null(is_company, False), "company", "person"))


def _with_own_company(rows: pa.Table) -> pa.Table:
    if not {"type", "contact_no", "company_no"} <= set(rows.column_names):
        return rows
    own = pc.if_else(pc.equal(rows["type"], "company"), rows["contact_no"], pa.scalar(None, pa.string()))
    place = rows.column_names.index("company_no")
    return rows.set_column(place, "company_no", pc.coalesce(rows["company_no"], own))
