"""The response rules of campaigns in the store; the latest counts, earlier ones stay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.response_rule import ResponseRule, read_rule, written
from workbench import clock, config
from workbench.errors import NotFoundError, nearest
from workbench.segments.definition import loaded
from workbench.store import Connection
from workbench.store.connection import first_row

_LATEST = "SELECT rule FROM campaign_response_rule WHERE campaign_no = ? ORDER BY saved_at DESC, rowid DESC LIMIT 1"
_KNOWN = "SELECT campaign_no FROM campaign UNION SELECT campaign_no FROM campaign_target"


def given(rule: ResponseRule | Mapping[str, Any] | str | Path) -> ResponseRule:
    """Read a rule, whichever way it is given.

    Parameters
    ----------
    rule : ResponseRule, mapping, str or pathlib.Path
        The rule, plain values, a YAML file, or YAML text.

    Returns
    -------
    ResponseRule
        The rule.

    Raises
    ------
    ConditionError
        When a key or value does not fit; the message names the place.
    NotFoundError
        When there is no such file.
    """
    return read_rule(loaded(rule) if isinstance(rule, str | Path) else rule)


def current(con: Connection, campaign_no: str) -> ResponseRule:
    """Give the rule that counts for a campaign.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        The campaign.

    Returns
    -------
    ResponseRule
        The latest; where none was saved, one that counts interactions marked as responses to the campaign.
    """
    row = first_row(con, _LATEST, [campaign_no])
    return read_rule(json.loads(row[0])) if row else ResponseRule()


def save(con: Connection, campaign_no: str, rule: ResponseRule) -> None:
    """Let a rule count for a campaign from now on.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    campaign_no : str
        The campaign.
    rule : ResponseRule
        The rule.
    """
    row = [campaign_no, json.dumps(written(rule), ensure_ascii=False), clock.now().replace(tzinfo=None), config.user()]
    con.execute("INSERT INTO campaign_response_rule VALUES (?, ?, ?, ?)", row)


def check_campaign(con: Connection, campaign_no: str) -> None:
    """Refuse a campaign that nobody knows.

    Parameters
    ----------
    con : connection
        An open unit of work.
    campaign_no : str
        Its number.

    Raises
    ------
    NotFoundError
        With the nearest number there is; targets may name campaigns that have no card.
    """
    known = [number for (number,) in con.execute(_KNOWN).fetchall()]
    if campaign_no not in known:
        raise NotFoundError(
            f'There is no campaign "{campaign_no}".', nearest(campaign_no, known) or "Load one, or make one, first."
        )
