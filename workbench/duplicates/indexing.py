"""All duplicate companies by Business Central's rule, for a million companies without comparing each with each."""

# Statements are put together from fields of the schema; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipelines.duplicates import SearchStringRule, threshold
from workbench.duplicates.searching import string_of
from workbench.errors import RuleError
from workbench.store import Connection, tables
from workbench.store.connection import first_row

MOST_CANDIDATES = 100_000_000
"""So many pairs are compared at most; more would take hours, and nobody could go through what they give."""


def duplicate_pairs(
    con: Connection, setup: Sequence[SearchStringRule], hit_percent: int, most: int = MOST_CANDIDATES
) -> tuple[pd.DataFrame, int]:
    """Find all pairs of companies that have enough search strings in common.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup : sequence of SearchStringRule
        The rules.
    hit_percent : int
        The search hit percentage.
    most : int, optional
        How many pairs to compare at most.

    Returns
    -------
    tuple of pandas.DataFrame and int
        Columns contact_id, duplicate_id (the lower id first), match_count; and how many pairs were compared at most.

    Raises
    ------
    RuleError
        When too many pairs would have to be compared.

    Notes
    -----
    Two companies that have k strings in common have one in common among all but the k - 1 most frequent strings of
    either. So pairs are looked for by rare strings, and then all strings of a pair are compared: the same pairs as
    `pipelines.duplicates.pairs` gives.
    """
    empty = pd.DataFrame({"contact_id": [], "duplicate_id": [], "match_count": []}, dtype="int64")
    if not setup:
        return empty, 0
    needed = max(threshold(len(setup), hit_percent), 1)
    rare = _rare(setup, needed)
    (count,) = first_row(con, f"{rare} {_CANDIDATE_COUNT}") or (0,)
    if count > most:
        raise RuleError(
            f"Up to {count:,} pairs of companies share search strings, which is too many to compare.",
            "Raise the search hit percentage, or take search strings that fewer companies share.",
        )
    return tables.frame(con, f"{rare} {_verified(len(setup), needed)}"), int(count)


def _rare(setup: Sequence[SearchStringRule], needed: int) -> str:
    """The strings by which a company is looked for, rare ones first; companies with too few strings have none."""
    strings = ", ".join(f"nullif({string_of(rule)}, '') AS s{at}" for at, rule in enumerate(setup))
    hashes = ", ".join(f"CASE WHEN s{at} IS NOT NULL THEN hash(s{at}, {at}) END" for at in range(len(setup)))
    return f"""
    WITH wide AS MATERIALIZED (SELECT contact_id, {strings} FROM contact WHERE type = 'company'),
    long AS MATERIALIZED (SELECT * FROM (SELECT contact_id, unnest([{hashes}]) AS h FROM wide) WHERE h IS NOT NULL),
    frequency AS (SELECT h, count(*) AS n FROM long GROUP BY h),
    ranked AS (
        SELECT contact_id, h, n, row_number() OVER (PARTITION BY contact_id ORDER BY n, h) AS place,
            count(*) OVER (PARTITION BY contact_id) AS filled
        FROM long JOIN frequency USING (h)
    ),
    rare AS MATERIALIZED (SELECT contact_id, h FROM ranked WHERE n > 1 AND place <= filled - {needed - 1})
    """


_CANDIDATE_COUNT = (
    "SELECT coalesce(sum(c * (c - 1) / 2), 0)::BIGINT FROM (SELECT count(*)::DOUBLE AS c FROM rare GROUP BY h)"
)


def _verified(rule_count: int, needed: int) -> str:
    hits = " + ".join(f"coalesce(a.s{at} = b.s{at}, FALSE)::INTEGER" for at in range(rule_count))
    return f""",
    candidate AS (
        SELECT DISTINCT a.contact_id, b.contact_id AS duplicate_id
        FROM rare a JOIN rare b ON a.h = b.h AND a.contact_id < b.contact_id
    )
    SELECT * FROM (
        SELECT c.contact_id, c.duplicate_id, {hits} AS match_count
        FROM candidate c JOIN wide a ON a.contact_id = c.contact_id JOIN wide b ON b.contact_id = c.duplicate_id
    ) WHERE match_count >= {needed} ORDER BY contact_id, duplicate_id
    """
