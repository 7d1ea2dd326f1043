"""One row for each target of a campaign: its arm, what was done for it, and what it did."""

# The statements of events are compiled from checked conditions, names of columns come from the schema, values are
# bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.context import Context
from pipelines.response_rule import WITHOUT_ARM, ResponseRule
from pipelines.schema import FieldType, Table
from workbench.campaigns.events import Events, end_of
from workbench.errors import ConditionError, nearest
from workbench.store import Connection, tables

STRATUM = "stratum"
"""What a launch drew arms within; beside the fields of contacts, something to part targets by."""
_TARGETS = f"""
    campaign_day AS (SELECT min(starting_on) AS starting_on FROM campaign WHERE campaign_no = $campaign_no),
    target AS (
        SELECT t.contact_id, min(coalesce(t.targeted_on, d.starting_on)) AS targeted_on,
            arg_min(coalesce(t.arm, '{WITHOUT_ARM}'), (coalesce(t.targeted_on, d.starting_on), t.entry_no)) AS arm
        FROM campaign_target t CROSS JOIN campaign_day d
        WHERE t.campaign_no = $campaign_no AND (t.targeted_on IS NULL OR t.targeted_on <= $as_of)
        GROUP BY t.contact_id
    )
"""
_COUNTS = (
    "(e.happened_on >= t.targeted_on) IS NOT FALSE AND (e.happened_on <= t.targeted_on + $window::INTEGER) IS NOT FALSE"
)
_RESPONSES = f"""
    response AS (
        SELECT e.contact_id, count(*) FILTER ({_COUNTS}) AS response_count,
            min(e.happened_on) FILTER ({_COUNTS}) AS responded_on,
            count(*) FILTER (e.happened_on > t.targeted_on + $window::INTEGER) AS late_response_count,
            count(*) FILTER (e.happened_on < t.targeted_on) AS early_response_count
        FROM ({{responses}}) e JOIN target t USING (contact_id) GROUP BY e.contact_id
    )
"""
_REVENUE = f"""
    revenue AS (
        SELECT e.contact_id, sum(e.amount) FILTER ({_COUNTS}) AS revenue_amount,
            sum(e.amount) FILTER (e.happened_on BETWEEN t.targeted_on - $earlier::INTEGER AND t.targeted_on - 1)
                AS pre_period_amount
        FROM ({{revenue}}) e JOIN target t USING (contact_id) GROUP BY e.contact_id
    )
"""
_DELIVERIES = """
    delivery AS (
        SELECT contact_id, bool_or(is_campaign_target) AS is_contacted,
            bool_or(is_campaign_target AND NOT is_attempt_failed AND delivery_status IS NULL) AS is_delivered,
            coalesce(sum(cost_amount), 0)::DOUBLE AS cost_amount
        FROM interaction
        WHERE campaign_no = $campaign_no AND NOT is_canceled AND NOT is_postponed AND occurred_at < $before
        GROUP BY contact_id
    )
"""
_STRATA = """
    launched AS (
        SELECT contact_id, any_value(stratum) AS stratum FROM campaign_launch_member
        WHERE campaign_no = $campaign_no AND arm IS NOT NULL GROUP BY contact_id
    )
"""
COMPANY = "company"
"""By what the company of a target is known: its number, or the contact's own where it has none."""
_COMPANY = """
    CASE WHEN c.type = 'company' THEN c.contact_no ELSE coalesce(nullif(trim(c.company_no), ''), c.contact_no) END
        AS company
"""
_PARTS = (FieldType.TEXT, FieldType.BOOLEAN, FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER)


def target_rows(
    con: Connection, campaign_no: str, rule: ResponseRule, events: Events, context: Context, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Give one row for each target.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        The campaign.
    rule : ResponseRule
        What counts.
    events : Events
        The rule, compiled.
    context : Context
        The day after which nothing has happened, and the calendar.
    by : sequence of str, optional
        Fields of contacts, ``"stratum"`` or ``"company"``.

    Returns
    -------
    pandas.DataFrame
        `contact_id`, `contact_no`, `arm`, `targeted_on`, `is_contacted`, `is_delivered`, `is_responder`,
        `responded_on`, `response_days`, `response_count`, `late_response_count`, `early_response_count`, `is_late`
        (responded, but only after the window), `watched_days`, `is_open` (its window ends after the day),
        `cost_amount`; `revenue_amount` and `pre_period_amount` where the rule says what revenue is; then the columns
        of `by`. No order.

    Notes
    -----
    A contact that was targeted several times, or in whose row two were merged, counts once, with its first day and
    the arm of that day. A target without a day is dated on the first day of the campaign; without either, anything it
    did counts.
    """
    values = {
        "campaign_no": campaign_no, "as_of": context.as_of, "window": rule.window_days,
        "before": end_of(context.as_of, context.zone),
        "earlier": rule.pre_period_days,
    }  # fmt: skip
    statement = _statement(events, rule, by)
    used = {name: value for name, value in values.items() if f"${name}" in statement}
    return _timed(tables.large_frame(con, statement, used), rule, context)


def checked_parts(contact: Table, by: Sequence[str]) -> tuple[str, ...]:
    """Check what targets are to be parted by.

    Parameters
    ----------
    contact : Table
        Contacts with their custom fields.
    by : sequence of str
        What was asked for.

    Returns
    -------
    tuple of str
        The same.

    Raises
    ------
    ConditionError
        When there is no such field, or its values do not part contacts.
    """
    offered = [column.name for column in contact.columns if column.type in _PARTS] + [STRATUM]
    for name in by:
        if name not in offered:
            raise ConditionError(f'Targets cannot be parted by "{name}".', nearest(name, offered))
    return tuple(by)


def _statement(events: Events, rule: ResponseRule, by: Sequence[str]) -> str:
    clauses = [_TARGETS, _RESPONSES.format(responses=events.responses), _DELIVERIES]
    selected = []
    if events.revenue:
        clauses.append(_REVENUE.format(revenue=events.revenue))
        selected.append("coalesce(v.revenue_amount, 0) AS revenue_amount")
    if events.revenue and rule.pre_period_days:
        selected.append("coalesce(v.pre_period_amount, 0) AS pre_period_amount")
    if STRATUM in by:
        clauses.append(_STRATA)
    known = {STRATUM: "l.stratum", COMPANY: _COMPANY}
    selected += [known.get(name) or f"c.{tables.quoted(name)}" for name in by]
    return f"""
        WITH {", ".join(clauses)}
        SELECT t.contact_id, c.contact_no, t.arm, t.targeted_on, r.responded_on,
            coalesce(r.response_count, 0) AS response_count,
            coalesce(r.late_response_count, 0) AS late_response_count,
            coalesce(r.early_response_count, 0) AS early_response_count,
            coalesce(d.is_contacted, FALSE) AS is_contacted, coalesce(d.is_delivered, FALSE) AS is_delivered,
            coalesce(d.cost_amount, 0) AS cost_amount{"".join(f", {name}" for name in selected)}
        FROM target t LEFT JOIN contact c USING (contact_id) LEFT JOIN response r USING (contact_id)
        LEFT JOIN delivery d USING (contact_id){" LEFT JOIN revenue v USING (contact_id)" if events.revenue else ""}
        {"LEFT JOIN launched l USING (contact_id)" if STRATUM in by else ""}
    """


def _timed(frame: pd.DataFrame, rule: ResponseRule, context: Context) -> pd.DataFrame:
    """Add what follows from days: whether and how soon each responded, and how long it was watched."""
    responded = frame["response_count"].to_numpy() > 0
    as_of = np.datetime64(context.as_of, "D")
    targeted = frame["targeted_on"].to_numpy().astype("datetime64[D]")
    watched = (as_of - targeted).astype("float64")
    watched[np.isnat(targeted)] = np.nan
    days = (frame["responded_on"].to_numpy().astype("datetime64[D]") - targeted).astype("float64")
    days[np.isnat(targeted) | ~responded] = np.nan
    window = np.inf if rule.window_days is None else rule.window_days
    return frame.assign(
        is_responder=responded, is_late=~responded & (frame["late_response_count"].to_numpy() > 0),
        response_days=days, watched_days=np.minimum(watched, window),
        is_open=(watched < window) if rule.window_days is not None else False,
    )  # fmt: skip
