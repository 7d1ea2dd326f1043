"""The statements behind reports on contacts, whom `whom.in_order` offers as ``chosen``."""

from __future__ import annotations

# A company counts the rows of its people as well, a person only its own (Business Central, Lookup Contact No.).
_COUNTED = """
    WITH counted AS (
        SELECT m.contact_id, m.contact_id AS row_id FROM chosen m
        UNION
        SELECT m.contact_id, p.contact_id FROM chosen m
        JOIN contact c ON c.contact_id = m.contact_id AND c.type = 'company'
        JOIN contact p ON p.company_no = c.contact_no
    )
"""
CONTACT_LIST = f"""
    {_COUNTED},
    spent AS (
        SELECT n.contact_id, sum(i.cost_amount) AS cost_amount, sum(i.duration_minutes) AS duration_minutes
        FROM counted n JOIN interaction i ON i.contact_id = n.row_id
        WHERE NOT i.is_canceled AND NOT i.is_postponed AND i.occurred_at < $before GROUP BY n.contact_id
    ),
    sold AS (
        SELECT n.contact_id, count(*) AS opportunity_count, sum(o.estimated_amount) AS estimated_amount,
            sum(o.calculated_amount) AS calculated_amount
        FROM counted n JOIN opportunity o ON o.contact_id = n.row_id
        WHERE o.created_on IS NULL OR o.created_on <= $as_of GROUP BY n.contact_id
    ),
    due AS (
        SELECT n.contact_id, min(t.dated_on) AS next_task_on FROM counted n JOIN task t ON t.contact_id = n.row_id
        WHERE NOT t.is_closed AND NOT t.is_canceled GROUP BY n.contact_id
    )
    SELECT c.contact_no, c.type, c.name, concat_ws(', ', c.address, c.address_2) AS address, c.city, c.post_code,
        c.county, c.country_code, coalesce(s.cost_amount, 0)::DOUBLE AS cost_amount,
        coalesce(s.duration_minutes, 0)::DOUBLE AS duration_minutes,
        coalesce(o.opportunity_count, 0)::BIGINT AS opportunity_count,
        coalesce(o.estimated_amount, 0)::DOUBLE AS estimated_amount,
        coalesce(o.calculated_amount, 0)::DOUBLE AS calculated_amount, d.next_task_on
    FROM chosen m JOIN contact c USING (contact_id) LEFT JOIN spent s USING (contact_id)
    LEFT JOIN sold o USING (contact_id) LEFT JOIN due d USING (contact_id)
    ORDER BY m.place
"""  # noqa: S608 - texts of ours
_ADDRESS = "concat_ws(', ', c.address, c.address_2) AS address, c.city, c.post_code, c.county, c.country_code"
COMPANIES = f"""
    SELECT c.contact_no, c.name, {_ADDRESS}, c.phone_no, c.email
    FROM chosen m JOIN contact c USING (contact_id) WHERE c.type = 'company' ORDER BY m.place
"""  # noqa: S608
PEOPLE_OF_COMPANIES = """
    SELECT k.contact_no AS company_no, c.contact_no, c.name, c.job_title, c.phone_no, c.email
    FROM chosen m JOIN contact k ON k.contact_id = m.contact_id AND k.type = 'company'
    JOIN contact c ON c.company_no = k.contact_no AND c.type = 'person' ORDER BY m.place, c.name, c.contact_no
"""
PEOPLE = f"""
    SELECT c.contact_no, c.name, c.job_title, k.name AS company_name, {_ADDRESS}, c.phone_no, c.email
    FROM chosen m JOIN contact c USING (contact_id)
    LEFT JOIN contact k ON k.contact_no = c.company_no AND k.contact_id <> c.contact_id
    WHERE c.type = 'person' ORDER BY m.place
"""  # noqa: S608
_TASK = "t.dated_on, t.type, t.description, t.status, t.salesperson_code"
_INTERACTION = """
    CAST(i.occurred_at AT TIME ZONE 'UTC' AT TIME ZONE $zone AS DATE) AS occurred_on, i.interaction_template_code,
    coalesce(i.description, i.subject) AS description, i.information_flow, i.salesperson_code
"""
_HAPPENED = "NOT i.is_postponed AND i.occurred_at < $before"
TASKS_OF_COMPANIES = f"""
    {_COUNTED}
    SELECT k.contact_no AS company_no, c.contact_no, {_TASK}
    FROM chosen m JOIN counted n USING (contact_id) JOIN contact k ON k.contact_id = m.contact_id AND k.type = 'company'
    JOIN contact c ON c.contact_id = n.row_id JOIN task t ON t.contact_id = n.row_id
    WHERE NOT t.is_canceled ORDER BY m.place, t.dated_on NULLS LAST, t.entry_no
"""  # noqa: S608
INTERACTIONS_OF_COMPANIES = f"""
    {_COUNTED}
    SELECT k.contact_no AS company_no, c.contact_no, {_INTERACTION}
    FROM chosen m JOIN counted n USING (contact_id) JOIN contact k ON k.contact_id = m.contact_id AND k.type = 'company'
    JOIN contact c ON c.contact_id = n.row_id JOIN interaction i ON i.contact_id = n.row_id
    WHERE {_HAPPENED} ORDER BY m.place, i.occurred_at DESC, i.entry_no DESC
"""  # noqa: S608
TASKS_OF_PEOPLE = f"""
    SELECT c.contact_no, {_TASK}
    FROM chosen m JOIN contact c ON c.contact_id = m.contact_id AND c.type = 'person'
    JOIN task t ON t.contact_id = m.contact_id
    WHERE NOT t.is_canceled ORDER BY m.place, t.dated_on NULLS LAST, t.entry_no
"""  # noqa: S608
INTERACTIONS_OF_PEOPLE = f"""
    SELECT c.contact_no, {_INTERACTION}
    FROM chosen m JOIN contact c ON c.contact_id = m.contact_id AND c.type = 'person'
    JOIN interaction i ON i.contact_id = m.contact_id
    WHERE {_HAPPENED} ORDER BY m.place, i.occurred_at DESC, i.entry_no DESC
"""  # noqa: S608
SEGMENT_CONTACTS = f"""
    {_COUNTED},
    spent AS (
        SELECT n.contact_id, count(*) AS interaction_count, sum(i.cost_amount) AS cost_amount
        FROM counted n JOIN interaction i ON i.contact_id = n.row_id
        WHERE NOT i.is_canceled AND NOT i.is_postponed AND i.occurred_at < $before GROUP BY n.contact_id
    ),
    sold AS (
        SELECT n.contact_id, count(*) AS opportunity_count, sum(o.estimated_amount) AS estimated_amount
        FROM counted n JOIN opportunity o ON o.contact_id = n.row_id
        WHERE o.created_on IS NULL OR o.created_on <= $as_of GROUP BY n.contact_id
    )
    SELECT c.contact_no, c.name, {_ADDRESS}, c.currency_code, c.salesperson_code,
        coalesce(s.interaction_count, 0)::BIGINT AS interaction_count,
        coalesce(s.cost_amount, 0)::DOUBLE AS cost_amount,
        coalesce(o.opportunity_count, 0)::BIGINT AS opportunity_count,
        coalesce(o.estimated_amount, 0)::DOUBLE AS estimated_amount
    FROM chosen m JOIN contact c USING (contact_id) LEFT JOIN spent s USING (contact_id)
    LEFT JOIN sold o USING (contact_id) ORDER BY c.contact_no, m.place
"""  # noqa: S608
FORMULAS = """
    SELECT c.contact_id, f.salutation, [f.name_1, f.name_2, f.name_3, f.name_4, f.name_5] AS parts, c.job_title,
        c.first_name, c.middle_name, c.surname, c.initials, CASE WHEN c.type = 'company' THEN c.name ELSE k.name END
    FROM chosen m JOIN contact c USING (contact_id)
    LEFT JOIN contact k ON k.contact_no = c.company_no AND k.contact_id <> c.contact_id
    JOIN salutation_formula f ON f.salutation_code = c.salutation_code AND f.salutation_type = 'formal'
        AND f.language_code = coalesce(c.language_code, $language, '')
    WHERE f.salutation IS NOT NULL
"""
LOGGED = """
    SELECT c.contact_id, c.salesperson_code, c.language_code FROM chosen m JOIN contact c USING (contact_id)
    ORDER BY m.place
"""
