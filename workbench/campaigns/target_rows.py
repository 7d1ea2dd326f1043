"""One row for each target of a campaign: its arm, what was done for it, and what it did."""

# Names of columns come from the schema and are quoted, values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.context import Context
from pipelines.followed_targets import followed
from pipelines.response_rule import WITHOUT_ARM, ResponseRule
from pipelines.schema import FieldType, Table
from workbench.campaigns.events import Events, end_of
from workbench.errors import ConditionError, nearest
from workbench.store import Connection, tables

STRATUM = "stratum"
"""What a launch drew arms within; beside the fields of contacts, something to part targets by."""
COMPANY = "company"
"""By what the company of a target is known: its number, or the contact's own where it has none."""
_TARGETS = f"""
    SELECT t.contact_id, t.entry_no, coalesce(t.targeted_on, d.starting_on) AS targeted_on,
        coalesce(t.arm, '{WITHOUT_ARM}') AS arm
    FROM campaign_target t
    CROSS JOIN (SELECT min(starting_on) AS starting_on FROM campaign WHERE campaign_no = $campaign_no) d
    WHERE t.campaign_no = $campaign_no AND (t.targeted_on IS NULL OR t.targeted_on <= $as_of)
"""
_DELIVERIES = """
    SELECT contact_id, bool_or(is_campaign_target) AS is_contacted,
        bool_or(is_campaign_target AND NOT is_attempt_failed AND delivery_status IS NULL) AS is_delivered,
        coalesce(sum(cost_amount), 0)::DOUBLE AS cost_amount
    FROM interaction
    WHERE campaign_no = $campaign_no AND NOT is_canceled AND NOT is_postponed AND occurred_at < $before
    GROUP BY contact_id
"""
_CONTACTS = """
    SELECT contact_id, {columns} FROM contact
    WHERE contact_id IN (SELECT contact_id FROM campaign_target WHERE campaign_no = $campaign_no)
"""
_STRATA = """
    SELECT contact_id, any_value(stratum) AS stratum FROM campaign_launch_member
    WHERE campaign_no = $campaign_no AND arm IS NOT NULL GROUP BY contact_id
"""
_GONE = """
    SELECT count(*) FROM campaign_launch_member m JOIN campaign_launch l USING (launch_no)
    WHERE m.campaign_no = $campaign_no AND m.arm IS NOT NULL AND l.as_of <= $as_of
        AND m.contact_id NOT IN (SELECT contact_id FROM campaign_target WHERE campaign_no = $campaign_no)
"""
_COMPANY = """
    CASE WHEN type = 'company' THEN contact_no ELSE coalesce(nullif(trim(company_no), ''), contact_no) END AS company
"""
_PARTS = (FieldType.TEXT, FieldType.BOOLEAN, FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER)
_NOTHING = {"is_contacted": False, "is_delivered": False, "cost_amount": 0.0}


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
        As from `pipelines.followed_targets.followed`, with `contact_no`, `is_contacted`, `is_delivered`,
        `cost_amount` and the columns of `by`.

    Notes
    -----
    A contact that was targeted several times, or in whose row two were merged, counts once, with its first day and
    the arm of that day. A target without a day is dated on the first day of the campaign; without either, anything it
    did counts.
    """
    targets = tables.large_frame(con, _TARGETS, {"campaign_no": campaign_no, "as_of": context.as_of})
    frame = followed(
        targets, tables.large_frame(con, events.responses, {}),
        tables.large_frame(con, events.revenue, {}) if events.revenue else None,
        window_days=rule.window_days, pre_period_days=rule.pre_period_days, as_of=context.as_of,
    )  # fmt: skip
    before = end_of(context.as_of, context.zone)
    done = tables.large_frame(con, _DELIVERIES, {"campaign_no": campaign_no, "before": before})
    frame = _beside(frame, done, _NOTHING)
    if STRATUM in by:
        frame = _beside(frame, tables.large_frame(con, _STRATA, {"campaign_no": campaign_no}))
    columns = {COMPANY: _COMPANY, STRATUM: "NULL AS no_stratum"}
    wanted = ", ".join(["contact_no", *(columns.get(name, tables.quoted(name)) for name in by)])
    known = tables.large_frame(con, _CONTACTS.format(columns=wanted), {"campaign_no": campaign_no})
    return _beside(frame, known.drop(columns="no_stratum", errors="ignore"))


def gone_count(con: Connection, campaign_no: str, context: Context) -> int:
    """Count contacts that were launched and are no targets any more.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        The campaign.
    context : Context
        The day; later launches do not count.

    Returns
    -------
    int
        Deleted since, or merged into others.
    """
    (count,) = con.execute(_GONE, {"campaign_no": campaign_no, "as_of": context.as_of}).fetchall()[0]
    return int(count)


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


def _beside(frame: pd.DataFrame, others: pd.DataFrame, absent: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Put columns of contacts beside targets; ids are dense, so that each is found at its own place."""
    ids, others_ids = frame["contact_id"].to_numpy(), others["contact_id"].to_numpy()
    place = np.full(int(max(ids.max(initial=0), others_ids.max(initial=0))) + 1, -1, dtype=np.int32)
    place[others_ids] = np.arange(len(others_ids), dtype=np.int32)
    at = place[ids]
    found = {str(name): _taken(others[name], at, (absent or {}).get(str(name))) for name in others.columns[1:]}
    return frame.assign(**found)


def _taken(values: pd.Series[Any], at: npt.NDArray[np.int32], absent: Any) -> Any:
    """Take values by their places; -1 is the place of what is absent."""
    if not len(values):
        return pd.Series([absent], dtype=None if absent is not None else values.dtype).repeat(len(at)).array
    found = values.array.take(at, allow_fill=bool((at < 0).any()))
    return found if absent is None else pd.Series(found).fillna(absent).astype(type(absent)).array
