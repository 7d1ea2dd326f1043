"""What interactions of each template, or of each group, came to (tables 5063 and 5064)."""

# Names of columns come from the calls below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import pandas as pd

from workbench.store import Connection, tables
from workbench.templates.work import Moments

_WITHIN = "($since::TIMESTAMP IS NULL OR occurred_at >= $since) AND ($until::TIMESTAMP IS NULL OR occurred_at < $until)"


def _figures(column: str) -> str:
    return f"""
        SELECT {column} AS code, count(*) AS interaction_count, sum(cost_amount) AS cost_amount,
            sum(duration_minutes) AS duration_minutes
        FROM interaction WHERE NOT is_canceled AND NOT is_postponed AND {column} IS NOT NULL AND {_WITHIN} GROUP BY 1
    """


_SHOWN = """
    coalesce(f.interaction_count, 0)::BIGINT AS interaction_count, coalesce(f.cost_amount, 0)::DOUBLE AS cost_amount,
    coalesce(f.duration_minutes, 0) AS duration_minutes
"""
_OF_GROUPS = f"""
    WITH f AS ({_figures("interaction_group_code")}),
    held AS (
        SELECT code FROM interaction_group UNION SELECT code FROM f
        UNION SELECT interaction_group_code FROM interaction_template WHERE interaction_group_code IS NOT NULL
    ),
    templates AS (
        SELECT interaction_group_code AS code, count(*) AS template_count FROM interaction_template GROUP BY 1
    )
    SELECT code, g.description, coalesce(t.template_count, 0)::BIGINT AS template_count, {_SHOWN},
        g.code IS NOT NULL AS is_described
    FROM held LEFT JOIN interaction_group g USING (code) LEFT JOIN templates t USING (code) LEFT JOIN f USING (code)
    ORDER BY code
"""
_OF_TEMPLATES = f"""
    WITH f AS ({_figures("interaction_template_code")}),
    languages AS (
        SELECT interaction_template_code, list(language_code ORDER BY language_code) AS languages
        FROM interaction_template_language GROUP BY 1
    )
    SELECT t.* REPLACE (t.unit_cost_amount::DOUBLE AS unit_cost_amount), coalesce(g.languages, []) AS languages,
        {_SHOWN}
    FROM interaction_template t LEFT JOIN languages g USING (interaction_template_code)
    LEFT JOIN f ON f.code = t.interaction_template_code
    ORDER BY t.interaction_template_code
"""


def of_groups(con: Connection, moments: Moments) -> pd.DataFrame:
    """List the groups with their figures.

    Parameters
    ----------
    con : connection
        An open unit of work.
    moments : tuple of datetime.datetime or None
        From when on, and before when, interactions count.

    Returns
    -------
    pandas.DataFrame
        As `Templates.groups` says.
    """
    return tables.large_frame(con, _OF_GROUPS, _named(moments))


def of_templates(con: Connection, moments: Moments) -> pd.DataFrame:
    """List the templates with their figures.

    Parameters
    ----------
    con : connection
        An open unit of work.
    moments : tuple of datetime.datetime or None
        From when on, and before when, interactions count.

    Returns
    -------
    pandas.DataFrame
        As `Templates.list` says.
    """
    return tables.large_frame(con, _OF_TEMPLATES, _named(moments))


def _named(moments: Moments) -> dict[str, object]:
    return dict(zip(("since", "until"), moments, strict=True))
