"""Who responded to a campaign, by the rule that says what a response is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.context import Context
from pipelines.response_counts import response_counts
from pipelines.response_rule import ResponseRule
from workbench.campaigns import response_notes, response_rules
from workbench.campaigns.events import events_of
from workbench.campaigns.response_results import Responses
from workbench.campaigns.target_rows import COMPANY, target_rows
from workbench.campaigns.work import CampaignWork
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.store.tables import quoted

_SHOWN = [
    "contact_id", "contact_no", COMPANY, "arm", "targeted_on", "is_responder", "responded_on", "response_days",
    "response_count", "late_response_count", "early_response_count", "is_open",
]  # fmt: skip


class Responding(CampaignWork):
    """What counts as a response, and who gave one."""

    def response_rule(self, campaign_no: str) -> ResponseRule:
        """Tell what counts as a response to a campaign.

        Parameters
        ----------
        campaign_no : str
            Which campaign.

        Returns
        -------
        ResponseRule
            The rule that was saved last, else one that counts interactions marked as responses to the campaign.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        """
        with self._database.reading() as con:
            response_rules.check_campaign(con, campaign_no)
            return response_rules.current(con, campaign_no)

    def respond(
        self,
        campaign_no: str,
        as_of: dt.date,
        rule: ResponseRule | Mapping[str, Any] | str | Path | None = None,
        *,
        dry_run: bool = False,
    ) -> Responses:
        """Say what counts as a response to a campaign, and tell who responded.

        Parameters
        ----------
        campaign_no : str
            Which campaign.
        as_of : datetime.date
            Targets and responses after this day are left out.
        rule : ResponseRule, mapping, str or pathlib.Path, optional
            What counts from now on: the rule, plain values, a YAML file or its text. Without one, the rule that was
            saved last counts, and else interactions that are marked as responses to the campaign.
        dry_run : bool, optional
            Only tell what the rule would give.

        Returns
        -------
        Responses
            By contact, by company and by entry.

        Raises
        ------
        NotFoundError
            When there is no such campaign.
        ConditionError
            When the rule does not fit the store; the message names the place.
        """
        given = None if rule is None else response_rules.given(rule)
        context = self._setup.settings().context(as_of)
        with self._unit(dry_run or given is None) as con:
            response_rules.check_campaign(con, campaign_no)
            used = given or response_rules.current(con, campaign_no)
            events = events_of(self._setup, campaign_no, used, context)
            rows = target_rows(con, campaign_no, used, events, context, [COMPANY])
            until = _data_until(con, used, context)
            is_written = given is not None and not dry_run
            if is_written:
                response_rules.save(con, campaign_no, used)
        return _responses(campaign_no, used, rows, until, context, is_written)


def _data_until(con: Connection, rule: ResponseRule, context: Context) -> dt.date | None:
    """Find the last day that the table of responses knows anything of; days in UTC are near enough."""
    name = rule.response.related if rule.response else "interaction"
    time = {"sales_entry": "posted_at", "opportunity": "created_on", "campaign_response": "responded_at"}
    column = quoted(time.get(name, "occurred_at"))
    statement = f"SELECT max({column})::DATE FROM {quoted(name)} WHERE {column}::DATE <= ?"  # noqa: S608 - names of ours
    row = first_row(con, statement, [context.as_of])
    return row[0] if row else None


def _responses(
    campaign_no: str, rule: ResponseRule, rows: pd.DataFrame, until: dt.date | None, context: Context, is_written: bool
) -> Responses:
    return Responses(
        campaign_no, context.as_of, rule, is_written, response_counts(rows),
        early_count=int(rows["early_response_count"].sum()), late_count=int(rows["late_response_count"].sum()),
        late_only_count=int(rows["is_late"].sum()), open_count=int(rows["is_open"].sum()),
        undated_count=int(rows["targeted_on"].isna().sum()), data_until=until,
        notes=response_notes.on_responses(rows, rule, until, context.as_of), rows=rows[_SHOWN],
    )  # fmt: skip
