"""The statements behind the figures of a whole store."""

from __future__ import annotations

from pipelines.schema import TABLES, FieldType, Table

CONTACT_TYPES = "SELECT type, count(*) FROM contact GROUP BY type"

LOADS = """
    SELECT load_no, table_name AS "table", source, loaded_at, new_count, changed_count, unchanged_count,
           rejected_count, sha256
    FROM load_receipt ORDER BY load_no DESC
"""

# A zone's offset is a multiple of a quarter of an hour, so rows are gathered by quarters before their times are
# turned into local months: six times as fast as turning every row's.
_MONTHS = """
    WITH quarter AS (
        SELECT time_bucket(INTERVAL 15 MINUTES, {time}) AS began_at, {by}{values}
        FROM {table} WHERE {time} < $before {where}
        GROUP BY ALL
    )
    SELECT CAST(date_trunc('month', began_at AT TIME ZONE 'UTC' AT TIME ZONE $zone) AS DATE) AS month, {by}{sums}
    FROM quarter GROUP BY ALL ORDER BY ALL
"""
SALES = _MONTHS.format(
    table="sales_entry",
    time="posted_at",
    where="",
    by="",
    values="count(*) AS n, sum(sales_amount) AS amount",
    sums="CAST(sum(n) AS BIGINT) AS sales_entry_count, CAST(coalesce(sum(amount), 0) AS DOUBLE) AS sales_amount",
)
INTERACTIONS = _MONTHS.format(
    table="interaction",
    time="occurred_at",
    where="AND NOT is_canceled",
    by="coalesce(information_flow, '') AS information_flow, ",
    values="count(*) AS n",
    sums="CAST(sum(n) AS BIGINT) AS interaction_count",
)


def _counted(table: Table) -> str:
    """One table's count; the schema names everything that is put into the statement."""
    if not table.time:
        return f"SELECT '{table.name}' AS \"table\", count(*) AS row_count, 0 AS later_count, NULL::DATE AS first_on, NULL::DATE AS last_on FROM {table.name}"  # noqa: S608,E501
    is_day = table.by_name[table.time].type is FieldType.DATE
    is_later = f"{table.time} > $as_of" if is_day else f"{table.time} >= $before"
    local = "" if is_day else " AT TIME ZONE 'UTC' AT TIME ZONE $zone"
    first, last = (f"CAST({end}({table.time}) FILTER (NOT ({is_later})){local} AS DATE)" for end in ("min", "max"))
    return (
        f"SELECT '{table.name}', count(*) FILTER (({is_later}) IS NOT TRUE), count(*) FILTER ({is_later}), "  # noqa: S608
        f"{first}, {last} FROM {table.name}"
    )


ROWS = " UNION ALL ".join(_counted(table) for table in TABLES.values())
