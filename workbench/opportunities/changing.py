"""Fields of opportunities changed, and what follows for their active entries and open tasks."""

# Names of columns come from the list below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.contact_rows.finding import id_of
from workbench.contact_rows.privacy import require_not_blocked
from workbench.errors import RuleError
from workbench.opportunities import checks, rows, steps
from workbench.opportunities.receipts import OpportunityReceipt
from workbench.opportunities.results import Opportunity
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.tasks import handing_on

_ALWAYS = ("description", "item_no")
_FOLLOWED = {"salesperson_code": "salesperson_code", "campaign_no": "campaign_no", "contact_no": "contact_id"}
_NEVER_BLANK = ("description", "contact_no", "salesperson_code", "sales_cycle_code", "priority")


class Changing(Work):
    """Changing opportunities."""

    def change(
        self, opportunity_no: str, *, with_tasks: bool = False, dry_run: bool = False, **fields: object
    ) -> OpportunityReceipt:
        """Change fields of an opportunity.

        Parameters
        ----------
        opportunity_no : str
            Its number.
        with_tasks : bool, optional
            Whether its open tasks that have the old salesperson, campaign or contact get the new one. Whoever organizes
            a meeting goes on organizing it.
        dry_run : bool, optional
            Only tell what would happen.
        **fields : object
            As for `create`; None and blank text empty a field.

        Returns
        -------
        OpportunityReceipt
            What is different now; the active entry follows.

        Raises
        ------
        NotFoundError
            When none has the number, or it would refer to what is not there.
        ConfigError
            When there is no such field, or a value does not suit it.
        RuleError
            When it is closed, the contact is another company's, the sales cycle of one that is started would change,
            or as for `create`.

        Notes
        -----
        Another campaign brings its worksheet where it has exactly one, and takes the worksheet of the old one away.
        """
        with self._unit(dry_run) as con:
            opportunity = rows.found(con, opportunity_no)
            given = checks.checked(con, fields)
            changed = {name: value for name, value in given.items() if getattr(opportunity, name) != value}
            _check(con, opportunity, changed)
            if "campaign_no" in changed and "segment_no" not in given:
                segment_no = checks.only_segment(con, changed["campaign_no"])
                changed |= {} if segment_no == opportunity.segment_no else {"segment_no": segment_no}
            followed = _followed(con, opportunity, changed)
            tasks = _tasks(con, opportunity, followed) if with_tasks else {}
            if not dry_run:
                _write(con, opportunity, changed, followed, tasks)
        pairs = {name: (getattr(opportunity, name), value) for name, value in changed.items()}
        count = len({number for numbers in tasks.values() for number in numbers})
        return OpportunityReceipt(opportunity_no, pairs, task_count=count, is_written=not dry_run)


def _check(con: Connection, opportunity: Opportunity, changed: Mapping[str, Any]) -> None:
    if any(name not in _ALWAYS for name in changed):
        steps.require_open(opportunity)
    for name in _NEVER_BLANK:
        if name in changed and changed[name] is None:
            raise RuleError(f"An opportunity cannot do without {name}.", "Give it a value.")
    if "sales_cycle_code" in changed and opportunity.status != "not_started":
        raise RuleError(
            f"{opportunity.opportunity_no} is in progress and stays in the sales cycle {opportunity.sales_cycle_code}.",
            "Only what is not started is given another one.",
        )
    if "contact_no" in changed:
        _check_contact(con, opportunity, changed["contact_no"])
    if changed.get("campaign_no"):
        checks.check_campaign(con, changed["campaign_no"], opportunity.created_on)
    if changed.get("segment_no"):
        checks.check_segment(con, changed["segment_no"], changed.get("campaign_no", opportunity.campaign_no))


def _check_contact(con: Connection, opportunity: Opportunity, contact_no: str) -> None:
    """Refuse a contact of another company, unless the opportunity is not started (table 5092)."""
    require_not_blocked(con, id_of(con, contact_no), "new opportunities")
    name, company_no, _ = rows.contact_names(con, contact_no)
    if opportunity.contact_no and company_no != opportunity.company_no and opportunity.status != "not_started":
        raise RuleError(
            f"Contact {contact_no} {name} is related to another company.",
            f"Choose a contact of {opportunity.company_name or 'the same company'}: the opportunity is in progress.",
        )


def _followed(con: Connection, opportunity: Opportunity, changed: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Give by column of entries and tasks what it was and what it will be."""
    pairs: dict[str, tuple[Any, Any]] = {}
    for name, column in _FOLLOWED.items():
        if name in changed:
            before, after = getattr(opportunity, name), changed[name]
            is_contact = name == "contact_no"
            pairs[column] = (
                (rows.contact_id(con, opportunity.opportunity_no), id_of(con, after)) if is_contact else (before, after)
            )
    return pairs


def _tasks(con: Connection, opportunity: Opportunity, followed: Mapping[str, tuple[Any, Any]]) -> dict[str, list[str]]:
    number = opportunity.opportunity_no
    return {column: handing_on.matching(con, number, column, *pair) for column, pair in followed.items()}


def _write(
    con: Connection,
    opportunity: Opportunity,
    changed: Mapping[str, Any],
    followed: Mapping[str, tuple[Any, Any]],
    tasks: Mapping[str, list[str]],
) -> None:
    own = {name: value for name, value in changed.items() if name not in _FOLLOWED}
    after = {column: value for column, (_, value) in followed.items()}
    steps.update(con, opportunity.opportunity_no, {**own, **after})
    if after:
        places = ", ".join(f"{column} = ?" for column in after)
        con.execute(
            f"UPDATE opportunity_entry SET {places} WHERE opportunity_no = ? AND is_active",
            [*after.values(), opportunity.opportunity_no],
        )
    for column, numbers in tasks.items():
        handing_on.hand_on(con, numbers, column, after[column])
