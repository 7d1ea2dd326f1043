"""Launches in the store: written once, read at any later time."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from pipelines.campaign_plan import PlannedCampaign
from workbench import clock, config
from workbench.campaigns.launch_results import Launch
from workbench.campaigns.plan_results import Allocation
from workbench.campaigns.saved_plans import from_yaml, to_yaml
from workbench.segments.snapshots import NUMBER
from workbench.store import Connection, tables
from workbench.store.connection import first_row

_MEMBERS = """
    INSERT INTO campaign_launch_member
    SELECT ?, campaign_no, contact_id, contact_no, segment_name, stratum, arm, reason FROM launch_member
"""
_TARGETS = """
    INSERT INTO campaign_target (entry_no, contact_id, campaign_no, arm, targeted_on)
    SELECT (SELECT coalesce(max(entry_no), 0) FROM campaign_target) + row_number() OVER (ORDER BY contact_no),
        contact_id, campaign_no, arm, ?
    FROM launch_member WHERE campaign_no = ? AND arm IS NOT NULL
"""
_LISTED = """
    SELECT launch_no, plan_name, plan, as_of, revision, launched_at, launched_by,
        (SELECT count(*) FROM campaign_launch_member m WHERE m.launch_no = l.launch_no AND arm IS NOT NULL)
    FROM campaign_launch l ORDER BY launch_no DESC
"""
_OF_CAMPAIGN = f"""
    WITH target AS (SELECT * FROM campaign_target WHERE campaign_no = $campaign_no),
    launched AS (SELECT * FROM campaign_launch_member WHERE campaign_no = $campaign_no)
    SELECT m.launch_no, m.segment_name, {NUMBER} AS contact_no, m.stratum, m.arm, t.targeted_on, m.reason
    FROM launched m LEFT JOIN target t ON t.contact_id = m.contact_id AND m.arm IS NOT NULL
    UNION ALL
    SELECT NULL, NULL, coalesce(c.contact_no, 'erased'), NULL, t.arm, t.targeted_on, NULL
    FROM target t LEFT JOIN contact c USING (contact_id)
    WHERE t.contact_id NOT IN (SELECT contact_id FROM launched WHERE arm IS NOT NULL)
    ORDER BY 1, 3
"""  # noqa: S608 - a text of ours


def write(con: Connection, allocation: Allocation) -> int:
    """Write a launch with everybody it weighed, and its targets.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    allocation : Allocation
        What a plan came to.

    Returns
    -------
    int
        The number of the launch.
    """
    (number,) = first_row(con, "SELECT coalesce(max(launch_no), 0) + 1 FROM campaign_launch") or (1,)
    plan, now = allocation.plan, clock.now().replace(tzinfo=None)
    row = [number, plan.name, to_yaml(plan), allocation.as_of, allocation.revision, now, config.user()]
    con.execute("INSERT INTO campaign_launch VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    con.register("launch_member", allocation.members)
    try:
        con.execute(_MEMBERS, [number])
        for campaign in plan.campaigns:
            con.execute(_TARGETS, [targeted_on(campaign, allocation.as_of), campaign.campaign])
    finally:
        con.unregister("launch_member")
    return int(number)


def targeted_on(campaign: PlannedCampaign, as_of: dt.date) -> dt.date:
    """Tell from which day on responses to a campaign count.

    Parameters
    ----------
    campaign : PlannedCampaign
        As planned.
    as_of : datetime.date
        The day of the launch.

    Returns
    -------
    datetime.date
        The planned day, else that of the launch.
    """
    return dt.date.fromisoformat(campaign.targeted_on) if campaign.targeted_on else as_of


def is_targeted(con: Connection, campaign_no: str) -> bool:
    """Tell whether a campaign has targets already.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        The campaign.

    Returns
    -------
    bool
        Whether a launch or a file gave it any.
    """
    return first_row(con, "SELECT 1 FROM campaign_target WHERE campaign_no = ? LIMIT 1", [campaign_no]) is not None


def listed(con: Connection) -> tuple[Launch, ...]:
    """List the launches.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    tuple of Launch
        The newest first.
    """
    rows = con.execute(_LISTED).fetchall()
    return tuple(Launch(number, name, from_yaml(text), *rest) for number, name, text, *rest in rows)


def of_campaign(con: Connection, campaign_no: str) -> pd.DataFrame:
    """Read whom a campaign weighed and targeted.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        The campaign.

    Returns
    -------
    pandas.DataFrame
        As `Targets.rows`.
    """
    found = tables.large_frame(con, _OF_CAMPAIGN, {"campaign_no": campaign_no})
    return found.astype({"launch_no": "Int64"} | dict.fromkeys(("segment_name", "stratum", "arm", "reason"), "str"))
