"""Contacts of the store that may be the same as some rows: those that share a cheap key with one of them."""

# Expressions are put together from fields of the schema; values are bound or in tables.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.columns import FieldType, Table
from pipelines.fuzzy_duplicates import likely_pairs
from pipelines.schema import CONTACT
from workbench.duplicates import compared
from workbench.duplicates.reasons import in_words
from workbench.setup import fields as custom_fields
from workbench.store import Connection, tables
from workbench.store.tables import quoted

LARGEST_BLOCK = 200
"""A key that more contacts of the store share says too little to look at them."""

_ROWS = "incoming_row"


def candidates_for(
    con: Connection, rows: pd.DataFrame, threshold: float = 0.9, fields: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Find contacts of the store that rows which are not in it may be duplicates of.

    Parameters
    ----------
    con : connection
        An open unit of work.
    rows : pandas.DataFrame
        `row_no`, and fields of contacts; rows without a `type` are people.
    threshold : float, optional
        The lowest score, 0 to 1.
    fields : mapping of str to str, optional
        Further fields that are compared, with their kinds.

    Returns
    -------
    pandas.DataFrame
        Columns row_no, contact_no, score (0 to 1), reasons; by row, the surest first.
    """
    contact = custom_fields.fields(con, CONTACT)
    types = rows["type"].fillna("person") if "type" in rows else pd.Series("person", index=rows.index)
    parts = [_of_type(con, contact, type_, rows[types == type_], threshold, fields) for type_ in compared.TYPES]
    found = pd.concat(parts, ignore_index=True)
    return found.sort_values(["row_no", "score", "contact_no"], ascending=[True, False, True], ignore_index=True)


def _of_type(
    con: Connection,
    contact: Table,
    type_: str,
    rows: pd.DataFrame,
    threshold: float,
    fields: Mapping[str, str] | None,
) -> pd.DataFrame:
    nothing = pd.DataFrame({"row_no": [], "contact_no": [], "score": [], "reasons": []})
    if rows.empty:
        return nothing
    kinds = compared.kinds_of(contact, type_, fields)
    brought = with_parts_of_names(rows.reindex(columns=["row_no", "name", *[f for f in kinds if f != "name"]]), type_)
    pool = compared.read(con, contact, type_, kinds, ids_near(con, contact, type_, kinds, brought).tolist())
    both = pd.concat([brought, pool], ignore_index=True).drop(columns="name" if type_ == "person" else [])
    is_row = np.arange(len(both)) < len(rows)
    found = likely_pairs(
        both, kinds, threshold, is_wanted=is_row,
        counts=compared.counts(con, contact, type_, kinds, both),
        population=compared.population(con, type_),
    ).pairs  # fmt: skip
    found = found[(found["left"] < len(rows)) & (found["right"] >= len(rows))]
    if found.empty:
        return nothing
    return pd.DataFrame({
        "row_no": both["row_no"].to_numpy()[found["left"]].astype("int64"),
        "contact_no": both["contact_no"].to_numpy()[found["right"]],
        "score": found["score_rate"].to_numpy(),
        "reasons": in_words(found),
    })  # fmt: skip


def with_parts_of_names(rows: pd.DataFrame, type_: str) -> pd.DataFrame:
    """Take first name and surname from the full name where neither is known.

    Parameters
    ----------
    rows : pandas.DataFrame
        Fields of contacts.
    type_ : str
        Only people have such parts.

    Returns
    -------
    pandas.DataFrame
        A new frame; texts as objects.
    """
    rows = rows.astype(object).where(rows.notna(), None)
    if type_ != "person":
        return rows
    bare = rows["first_name"].isna() & rows["surname"].isna() & rows["name"].notna()
    words = rows["name"].where(bare, "").astype(str).str.split()
    first, last = words.map(lambda w: w[0] if w else None), words.map(lambda w: w[-1] if len(w) > 1 else None)
    return rows.assign(
        first_name=rows["first_name"].where(~bare, first), surname=rows["surname"].where(~bare, last)
    )  # fmt: skip


def ids_near(
    con: Connection, contact: Table, type_: str, kinds: Mapping[str, str], rows: pd.DataFrame
) -> npt.NDArray[np.integer]:
    """Find the contacts that share a key with a row.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact : Table
        The fields of contacts.
    type_ : str
        Of which type.
    kinds : mapping of str to str
        What is compared.
    rows : pandas.DataFrame
        The rows, with a column for each field of `kinds`.

    Returns
    -------
    numpy.ndarray of int
        Contact ids; those of keys that very many share are left out.
    """
    plain = {field: f"{quoted(field)}::VARCHAR" for field in kinds}
    stored = {field: compared.expression(field, type_, contact.by_name[field].type) for field in kinds}
    con.register(_ROWS, _as_texts(rows[list(kinds)], contact))
    query = f"""
        WITH wanted AS (SELECT DISTINCT unnest([{_keys(kinds, plain)}]) AS key FROM {_ROWS}),
        known AS (SELECT contact_id, unnest([{_keys(kinds, stored)}]) AS key FROM contact WHERE type = ?),
        shared AS (SELECT contact_id, key FROM known SEMI JOIN wanted USING (key) WHERE key IS NOT NULL),
        few AS (SELECT key FROM shared GROUP BY key HAVING count(*) <= {LARGEST_BLOCK})
        SELECT DISTINCT contact_id FROM shared SEMI JOIN few USING (key) ORDER BY contact_id
    """
    found = tables.ids(con, query, [type_])
    con.unregister(_ROWS)
    return found


def _as_texts(rows: pd.DataFrame, contact: Table) -> pd.DataFrame:
    days = [name for name in rows if contact.by_name[str(name)].type is FieldType.DATE]
    written = rows.assign(**{str(name): pd.to_datetime(rows[name]).dt.strftime("%Y-%m-%d") for name in days})
    return written.astype("str")


def _keys(kinds: Mapping[str, str], written: Mapping[str, str]) -> str:
    """Number the keys, so that none is taken for another; a key of which a part is unknown is NULL."""
    numbered = enumerate(_key_expressions(kinds, written))
    return ", ".join(f"'{at} ' || {key}" for at, key in numbered)


def _key_expressions(kinds: Mapping[str, str], written: Mapping[str, str]) -> Iterator[str]:
    of = {kind: [written[field] for field, own in kinds.items() if own == kind] for kind in kinds.values()}
    for kind in ("email", "web"):
        yield from (f"nullif(lower(trim({text})), '')" for text in of.get(kind, ()))
    for kind in ("phone", "mobile_phone"):
        yield from (f"nullif(right(regexp_replace({text}, '\\D', '', 'g'), 9), '')" for text in of.get(kind, ()))
    for kind in ("date", "identifier"):
        yield from (f"nullif({_letters(text)}, '')" for text in of.get(kind, ()))
    names = [f"nullif(left({_letters(text)}, 3), '')" for kind in _NAMES for text in of.get(kind, ())]
    if len(names) > 1:
        one, other = names[0], names[1]  # in either order
        yield f"CASE WHEN {one} <= {other} THEN {one} || ' ' || {other} ELSE {other} || ' ' || {one} END"
    for text in of.get("company_name", ()):
        yield f"nullif(left({_letters(text)}, 6), '')"
    places = [f"nullif({_letters(text)}, '')" for kind in ("post_code", "city") for text in of.get(kind, ())]
    places += [f"nullif(regexp_extract({text}, '\\d+'), '')" for text in of.get("street", ())]
    for name in names:
        yield from (f"{name} || ' ' || {place}" for place in places)


_NAMES = ("given_name", "surname", "company_name", "full_name")


def _letters(text: str) -> str:
    return f"regexp_replace(strip_accents(lower({text})), '[^\\p{{L}}\\p{{N}}]', '', 'g')"
