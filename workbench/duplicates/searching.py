"""The stored pairs of one company, found again by Business Central's rule when the company has changed."""

# Statements are put together from fields of the schema; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.duplicates import DELETED, SearchStringRule, search_string, threshold
from workbench.duplicates import pairs, rules
from workbench.duplicates.pairs import BUSINESS_CENTRAL, Pair
from workbench.setup import marketing_setup
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted


def refresh(con: Connection, contact_id: int) -> int:
    """Find the duplicates of one company again.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_id : int
        The contact that was made or changed.

    Returns
    -------
    int
        How many contacts are now taken for its duplicates; pairs that somebody has judged separate do not count. 0 for
        a person, and where the marketing setup says that duplicates are not maintained.

    Notes
    -----
    Business Central, codeunit 5060. Pairs with a verdict stay as they are; the others that the rule has found are
    found anew. One company is compared with all others in one pass: some seconds for a million.
    """
    setup = marketing_setup.read(con)
    if not setup.maintain_duplicates:
        return 0
    pairs.forget(con, BUSINESS_CENTRAL, contact_id)
    if is_company(con, contact_id):
        pairs.keep(con, found(con, contact_id, rules.read(con), setup.search_hit_percent))
    return pairs.duplicate_count(con, contact_id)


def found(con: Connection, contact_id: int, setup: Sequence[SearchStringRule], hit_percent: int) -> list[Pair]:
    """Find the duplicates of one company.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The company.
    setup : sequence of SearchStringRule
        The rules.
    hit_percent : int
        The search hit percentage.

    Returns
    -------
    list of Pair
        By the id of the other company.
    """
    needed = max(threshold(len(setup), hit_percent), 1)
    own = _own_strings(con, contact_id, setup)
    if len(own) < needed:
        return []
    near = " + ".join(f"coalesce({_ends_alike(rule)}, FALSE)::INTEGER" for rule, _ in own)
    hits = " + ".join(f"coalesce({string_of(rule)} = ?, FALSE)::INTEGER" for rule, _ in own)
    query = (
        f"WITH near AS MATERIALIZED (SELECT * FROM contact WHERE type = 'company' AND contact_id <> ? AND {near} >= ?) "
        f"SELECT contact_id, match_count FROM (SELECT contact_id, {hits} AS match_count FROM near) "
        "WHERE match_count >= ? ORDER BY contact_id"
    )
    patterns = (_pattern(rule, string) for rule, string in own)
    values = [contact_id, *patterns, needed, *(string for _, string in own), needed]
    return [
        Pair(min(contact_id, other), max(contact_id, other), BUSINESS_CENTRAL, count, None, shared(count))
        for other, count in con.execute(query, values).fetchall()
    ]


def shared(count: int) -> str:
    """Say why the rule takes two companies for duplicates.

    Parameters
    ----------
    count : int
        Search strings in common.

    Returns
    -------
    str
        In a few words.
    """
    return f"{count} search strings in common"


def string_of(rule: SearchStringRule) -> str:
    """Write the search string of a row of contacts in SQL.

    Parameters
    ----------
    rule : SearchStringRule
        Of a field of the schema.

    Returns
    -------
    str
        An expression that gives what `pipelines.duplicates.search_string` gives; NULL for an unknown text.
    """
    side = "left" if rule.part == "first" else "right"
    return f"upper({side}(translate({quoted(rule.field_name)}, '{DELETED}', ''), {int(rule.length)}))"


def _ends_alike(rule: SearchStringRule) -> str:
    """A pattern for the outermost character is far cheaper than the string, and rules nearly all others out."""
    return f"regexp_matches(upper({quoted(rule.field_name)}), ?)"


def _pattern(rule: SearchStringRule, string: str) -> str:
    deleted = f"[{re.escape(DELETED)}]*"
    return f"^{deleted}{re.escape(string[0])}" if rule.part == "first" else f"{re.escape(string[-1])}{deleted}$"


def _own_strings(
    con: Connection, contact_id: int, setup: Sequence[SearchStringRule]
) -> list[tuple[SearchStringRule, str]]:
    fields = sorted({rule.field_name for rule in setup})
    if not fields:
        return []
    query = f"SELECT {', '.join(map(quoted, fields))} FROM contact WHERE contact_id = ?"
    texts = dict(zip(fields, first_row(con, query, [contact_id]) or (), strict=False))
    made = [(rule, search_string(texts.get(rule.field_name), rule.part, rule.length)) for rule in setup]
    return [(rule, string) for rule, string in made if string]


def is_company(con: Connection, contact_id: int) -> bool:
    """Tell whether a contact is a company.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.

    Returns
    -------
    bool
        False for a person, and where there is no such contact.
    """
    return first_row(con, "SELECT type FROM contact WHERE contact_id = ?", [contact_id]) == ("company",)
