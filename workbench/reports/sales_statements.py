"""The statements behind reports on tasks, opportunities and sales cycles."""

# Names of columns come from the lists below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from workbench.tasks.rows import ORGANIZER_NO, SOURCE, column

TASK_STATES = {
    "all": "TRUE",
    "open": "NOT t.is_closed AND NOT t.is_canceled",
    "completed": "t.is_closed AND NOT t.is_canceled",
    "canceled": "t.is_canceled",
}
"""What tasks can be reported by."""

OPPORTUNITY_STATES = {
    "all": ("not_started", "in_progress", "won", "lost"),
    "open": ("not_started", "in_progress"),
    "closed": ("won", "lost"),
    **{status: (status,) for status in ("not_started", "in_progress", "won", "lost")},
}
"""What opportunities can be reported by, and the statuses that each means."""

_TASK = (
    "task_no", "dated_on", "type", "description", "contact_no", "contact_name", "campaign_no", "status", "priority",
    "opportunity_no", "closed_on", "is_canceled",
)  # fmt: skip
_ASKED = """
    (len($codes) = 0 OR list_contains($codes, {whose}))
    AND ($campaign IS NULL OR t.campaign_no = $campaign)
    AND ($since IS NULL OR t.dated_on >= $since) AND ($until IS NULL OR t.dated_on <= $until)
"""
_BY_DAY = "t.dated_on NULLS LAST, t.start_time NULLS LAST, t.task_no"


def _tasks(whose: str, name: str, names: str, roles: str, others: str) -> str:
    columns = ", ".join(f"{column(name)} AS {name}" for name in _TASK)
    return f"""
        SELECT t.{whose}, n.name AS {name}, {columns}, t.{others}
        FROM {SOURCE} LEFT JOIN {names} n ON n.code = t.{whose}
        WHERE t.{whose} <> '' AND {column("role")} IN ({roles}) AND {_ASKED.format(whose=f"t.{whose}")} AND %s
        ORDER BY t.{whose}, {_BY_DAY}
    """


_TEAMS = "(SELECT code, description AS name FROM team)"
TASKS_OF_SALESPEOPLE = _tasks(
    "salesperson_code", "salesperson_name", "salesperson", "'organizer', 'salesperson_attendee'", "team_code"
)
TASKS_OF_TEAMS = _tasks("team_code", "team_name", _TEAMS, "'team'", "completed_by")

OPPORTUNITIES = """
    SELECT o.opportunity_no, o.description, o.sales_cycle_code, nullif(e.stage_no, 0)::BIGINT AS stage_no,
        coalesce(g.description, o.stage) AS stage, coalesce(o.status, 'not_started') AS status, o.priority,
        o.salesperson_code, s.name AS salesperson_name, c.contact_no, c.name AS contact_name, o.campaign_no,
        o.created_on, o.closed_on, coalesce(e.estimated_close_on, o.estimated_close_on) AS estimated_close_on,
        coalesce(e.probability_rate, o.probability_rate) AS probability_rate, e.chances_rate, e.completed_rate,
        coalesce(e.estimated_amount, o.estimated_amount)::DOUBLE AS estimated_amount,
        coalesce(e.calculated_amount, o.calculated_amount)::DOUBLE AS calculated_amount
    FROM opportunity o LEFT JOIN contact c USING (contact_id)
    LEFT JOIN opportunity_entry e ON e.opportunity_no = o.opportunity_no AND e.is_active
    LEFT JOIN sales_cycle_stage g ON g.sales_cycle_code = e.sales_cycle_code AND g.stage_no = e.stage_no
    LEFT JOIN salesperson s ON s.code = o.salesperson_code
    WHERE (o.created_on IS NULL OR o.created_on <= $as_of)
        AND list_contains($statuses, coalesce(o.status, 'not_started'))
        AND (len($numbers) = 0 OR list_contains($numbers, o.opportunity_no))
        AND (len($salespeople) = 0 OR list_contains($salespeople, o.salesperson_code))
        AND ($campaign IS NULL OR o.campaign_no = $campaign)
        AND ($cycle IS NULL OR o.sales_cycle_code = $cycle)
"""

# The flow fields of the product's table 5090 look at what goes on, those of 5091 at the active entry of each stage.
CYCLES = """
    SELECT y.code AS sales_cycle_code, y.description, y.is_blocked, count(e.entry_no) AS opportunity_count,
        coalesce(sum(e.estimated_amount), 0)::DOUBLE AS estimated_amount,
        coalesce(sum(e.calculated_amount), 0)::DOUBLE AS calculated_amount
    FROM sales_cycle y LEFT JOIN opportunity_entry e ON e.sales_cycle_code = y.code AND e.is_active
        AND coalesce(e.action_taken, '') NOT IN ('won', 'lost')
    WHERE len($codes) = 0 OR list_contains($codes, y.code) GROUP BY ALL ORDER BY y.code
"""
STAGES = """
    SELECT g.sales_cycle_code, g.stage_no::BIGINT AS stage_no, g.description, g.activity_code,
        count(e.entry_no) FILTER (e.is_active) AS opportunity_count,
        coalesce(sum(e.estimated_amount) FILTER (e.is_active), 0)::DOUBLE AS estimated_amount,
        coalesce(sum(e.calculated_amount) FILTER (e.is_active), 0)::DOUBLE AS calculated_amount,
        avg(e.open_days) FILTER (NOT e.is_active) AS average_open_days
    FROM sales_cycle_stage g LEFT JOIN opportunity_entry e USING (sales_cycle_code, stage_no)
    WHERE len($codes) = 0 OR list_contains($codes, g.sales_cycle_code)
    GROUP BY g.sales_cycle_code, g.stage_no, g.description, g.activity_code ORDER BY g.sales_cycle_code, g.stage_no
"""
UNENTERED = """
    SELECT count(*) FROM opportunity o WHERE o.status IS DISTINCT FROM 'not_started'
        AND (len($codes) = 0 OR list_contains($codes, o.sales_cycle_code))
        AND NOT EXISTS (FROM opportunity_entry e WHERE e.opportunity_no = o.opportunity_no)
"""

ENTRIES = """
    SELECT e.opportunity_no, e.opportunity_entry_no, e.stage_no::BIGINT AS stage_no, g.description, e.action_taken,
        e.changed_on, e.estimated_close_on, e.open_days, coalesce(g.is_quote_required, FALSE) AS is_quote_required,
        coalesce(g.allows_skip, FALSE) AS allows_skip, e.is_active
    FROM opportunity_entry e LEFT JOIN sales_cycle_stage g USING (sales_cycle_code, stage_no)
    WHERE list_contains($numbers, e.opportunity_no) AND e.stage_no <> 0 ORDER BY e.opportunity_no, e.entry_no
"""
TASKS_OF_OPPORTUNITIES = f"""
    SELECT t.opportunity_no, t.opportunity_entry_no, t.task_no, t.dated_on, t.type, t.description,
        {column("status")} AS status, {column("priority")} AS priority, t.salesperson_code, t.team_code, t.is_canceled
    FROM {SOURCE} WHERE list_contains($numbers, t.opportunity_no) AND {ORGANIZER_NO} IS NULL
    ORDER BY t.opportunity_no, {_BY_DAY}
"""
REMAINING = """
    WITH reached AS (
        SELECT o.opportunity_no, o.sales_cycle_code, arg_max(e.stage_no, e.entry_no) AS stage_no,
            arg_max(e.changed_on, e.entry_no) AS changed_on
        FROM opportunity o LEFT JOIN opportunity_entry e ON e.opportunity_no = o.opportunity_no AND e.stage_no <> 0
        WHERE list_contains($numbers, o.opportunity_no) AND coalesce(o.status, '') NOT IN ('won', 'lost')
        GROUP BY ALL
    ), begun AS (
        SELECT r.opportunity_no, min(t.dated_on) AS begun_on
        FROM reached r JOIN opportunity_entry e ON e.opportunity_no = r.opportunity_no AND e.stage_no = r.stage_no
        JOIN task t ON t.opportunity_no = e.opportunity_no AND t.opportunity_entry_no = e.opportunity_entry_no
        GROUP BY ALL
    )
    SELECT r.opportunity_no, g.stage_no::BIGINT AS stage_no, g.description, g.is_quote_required, g.allows_skip,
        g.activity_code, g.date_formula, coalesce(b.begun_on, r.changed_on, $as_of) AS begun_on
    FROM reached r JOIN sales_cycle_stage g ON g.sales_cycle_code = r.sales_cycle_code
        AND g.stage_no > coalesce(r.stage_no, 0)
    LEFT JOIN begun b USING (opportunity_no) ORDER BY r.opportunity_no, g.stage_no
"""
STEPS = """
    SELECT activity_code, step_no::BIGINT AS step_no, type, description, priority, date_formula FROM activity_step
    ORDER BY activity_code, step_no
"""
