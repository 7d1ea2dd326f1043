"""Which fields and related tables conditions can speak of in one store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pipelines import schema
from pipelines.bound import Reach
from pipelines.conditions import Related
from pipelines.contact_tables import ALTERNATIVE_ADDRESS, CONTACT_COMMENT, CONTACT_WEB_SOURCE, TASK
from pipelines.linked_tables import PURCHASE_ENTRY
from pipelines.operators import BOOLEAN_OPERATORS, DATE_OPERATORS, MANY_OPERATORS, NUMBER_OPERATORS, TEXT_OPERATORS
from pipelines.opportunity_tables import OPPORTUNITY_ENTRY
from pipelines.schema import Column, FieldType, Table
from pipelines.scores import Score

OPERATORS: Mapping[FieldType, tuple[str, ...]] = MappingProxyType({
    FieldType.TEXT: TEXT_OPERATORS,
    FieldType.NUMBER: NUMBER_OPERATORS,
    FieldType.AMOUNT: NUMBER_OPERATORS,
    FieldType.INTEGER: NUMBER_OPERATORS,
    FieldType.DATE: DATE_OPERATORS,
    FieldType.TIMESTAMP: DATE_OPERATORS,
    FieldType.BOOLEAN: BOOLEAN_OPERATORS,
    FieldType.MANY: MANY_OPERATORS,
})  # fmt: skip

RELATED: Mapping[str, Table] = MappingProxyType({
    "interaction": schema.INTERACTION,
    "opportunity": schema.OPPORTUNITY,
    "opportunity_entry": OPPORTUNITY_ENTRY,
    "sales_entry": schema.SALES_ENTRY,
    "campaign_entry": schema.CAMPAIGN_TARGET,
    "consent": schema.CONSENT,
    "business_relation": schema.BUSINESS_RELATION,
    "profile_answer": schema.PROFILE_ANSWER,
    "task": TASK,
    "purchase_entry": PURCHASE_ENTRY,
    "comment": CONTACT_COMMENT,
    "web_source": CONTACT_WEB_SOURCE,
    "alternative_address": ALTERNATIVE_ADDRESS,
})  # fmt: skip


@dataclass(frozen=True)
class Computed:
    """A field of a contact that is computed as of the evaluation's day.

    Attributes
    ----------
    column : Column
        Name, type and meaning, as of any other field.
    source : Related or str
        The related rows and the measure, whose own test is not used; or a many-valued field, whose different values
        are counted.
    reach : Reach
        Whose rows or values count. What happened with a company is what happened with it and its people; relations and
        industries are those of the company; the rest is a contact's own (Business Central, table 5050).
    """

    column: Column
    source: Related | str
    reach: Reach


def _computed(
    name: str,
    type_: FieldType,
    meaning: str,
    related: str,
    measure: dict[str, str],
    reach: Reach = Reach.PEOPLE,
    **flags: object,
) -> Computed:
    where = [{"field": key, "op": "is", "value": value} for key, value in flags.items()]
    rows = {"related": related, "measure": measure, "op": "is_known", **({"where": where} if where else {})}
    return Computed(Column(name, type_, meaning), Related.model_validate(rows), reach)


def _values(name: str, meaning: str, field_: str, reach: Reach = Reach.OWN) -> Computed:
    return Computed(Column(name, FieldType.INTEGER, meaning), field_, reach)


_COUNT, _MOMENT = FieldType.INTEGER, FieldType.TIMESTAMP
COMPUTED: Mapping[str, Computed] = MappingProxyType({
    item.column.name: item
    for item in (
        _computed(
            "interaction_count", _COUNT, "number of interactions", "interaction", {"count": "rows"},
            is_canceled=False, is_postponed=False,
        ),
        _computed(
            "last_interaction_on", _MOMENT, "date of the last interaction", "interaction", {"maximum": "occurred_at"},
            is_attempt_failed=False, is_postponed=False,
        ),
        _computed(
            "last_attempted_on", _MOMENT, "date of our last attempt", "interaction", {"maximum": "occurred_at"},
            initiated_by="us", is_postponed=False,
        ),
        _computed(
            "response_count", _COUNT, "number of responses to campaigns", "interaction", {"count": "rows"},
            is_campaign_response=True, is_canceled=False, is_postponed=False,
        ),
        _computed(
            "interaction_cost_amount", FieldType.AMOUNT, "cost of the interactions", "interaction",
            {"sum": "cost_amount"}, is_canceled=False, is_postponed=False,
        ),
        _computed(
            "interaction_duration_minutes", FieldType.NUMBER, "duration of the interactions in minutes", "interaction",
            {"sum": "duration_minutes"}, is_canceled=False, is_postponed=False,
        ),
        _computed("opportunity_count", _COUNT, "number of opportunities", "opportunity", {"count": "rows"}),
        _computed(
            "opportunity_estimated_amount", FieldType.AMOUNT, "estimated value of the opportunities", "opportunity",
            {"sum": "estimated_amount"},
        ),
        _computed(
            "opportunity_calculated_amount", FieldType.AMOUNT, "calculated current value of the opportunities",
            "opportunity", {"sum": "calculated_amount"},
        ),
        _computed(
            "open_opportunity_count", _COUNT, "number of opportunities in progress", "opportunity", {"count": "rows"},
            status="in_progress",
        ),
        _computed(
            "open_opportunity_amount", FieldType.AMOUNT, "calculated current value of the opportunities in progress",
            "opportunity", {"sum": "calculated_amount"}, status="in_progress",
        ),
        _computed(
            "next_close_on", FieldType.DATE, "next estimated closing date of the opportunities in progress",
            "opportunity", {"minimum": "estimated_close_on"}, status="in_progress",
        ),
        _computed(
            "won_opportunity_count", _COUNT, "number of won opportunities", "opportunity", {"count": "rows"},
            status="won",
        ),
        _computed(
            "won_opportunity_amount", FieldType.AMOUNT, "value of the won opportunities", "opportunity",
            {"sum": "calculated_amount"}, status="won",
        ),
        _computed(
            "lost_opportunity_count", _COUNT, "number of lost opportunities", "opportunity", {"count": "rows"},
            status="lost",
        ),
        _computed(
            "last_opportunity_closed_on", FieldType.DATE, "date on which an opportunity was last closed", "opportunity",
            {"maximum": "closed_on"},
        ),
        _computed(
            "stage_move_count", _COUNT, "number of steps through sales cycles", "opportunity_entry", {"count": "rows"}
        ),
        _computed(
            "last_stage_move_on", FieldType.DATE, "date of the last step through a sales cycle", "opportunity_entry",
            {"maximum": "changed_on"},
        ),
        _computed(
            "open_task_count", _COUNT, "number of open tasks", "task", {"count": "rows"},
            is_closed=False, is_canceled=False,
        ),
        _computed(
            "next_task_on", FieldType.DATE, "date of the next open task", "task", {"minimum": "dated_on"},
            is_closed=False, is_canceled=False,
        ),
        _computed("sales_entry_count", _COUNT, "number of sales entries", "sales_entry", {"count": "rows"}),
        _computed("sales_amount", FieldType.AMOUNT, "sales value", "sales_entry", {"sum": "sales_amount"}),
        _computed("first_sale_on", _MOMENT, "date of the first sale", "sales_entry", {"minimum": "posted_at"}),
        _computed("last_sale_on", _MOMENT, "date of the last sale", "sales_entry", {"maximum": "posted_at"}),
        _computed("purchase_entry_count", _COUNT, "number of purchase entries", "purchase_entry", {"count": "rows"}),
        _computed("purchase_amount", FieldType.AMOUNT, "purchase value", "purchase_entry", {"sum": "purchase_amount"}),
        _computed(
            "business_relation_count", _COUNT, "number of business relations of the company", "business_relation",
            {"count": "rows"}, Reach.COMPANY,
        ),
        _values("industry_group_count", "number of industry groups of the company", "industry_codes", Reach.COMPANY),
        _values("mailing_group_count", "number of mailing groups", "mailing_group_codes"),
        _values("job_responsibility_count", "number of job responsibilities", "job_responsibility_codes"),
        _computed(
            "profile_answer_count", _COUNT, "number of profile answers", "profile_answer", {"count": "rows"}, Reach.OWN
        ),
        _computed(
            "alternative_address_count", _COUNT, "number of alternative addresses", "alternative_address",
            {"count": "rows"}, Reach.OWN,
        ),
        _computed("comment_count", _COUNT, "number of comments", "comment", {"count": "rows"}, Reach.OWN),
    )
})  # fmt: skip


@dataclass(frozen=True)
class Catalogue:
    """The fields and names of one store at one revision.

    Attributes
    ----------
    contact : Table
        Contacts with their custom fields.
    related : mapping of str to Table
        Related tables with their custom fields, by the name conditions use.
    segments, snapshots, lists, campaigns : frozenset of str, or None
        The names that references may use; None where they are not known and therefore not checked.
    scores : mapping of str to Score
        The scores there are, with their fields and runs.
    """

    contact: Table = schema.CONTACT
    related: Mapping[str, Table] = field(default_factory=lambda: dict(RELATED))
    segments: frozenset[str] | None = None
    snapshots: frozenset[str] | None = None
    lists: frozenset[str] | None = None
    campaigns: frozenset[str] | None = None
    scores: Mapping[str, Score] = field(default_factory=dict)

    def contact_fields(self) -> dict[str, Column]:
        """List what a condition on a contact can name, `company.` fields aside.

        Returns
        -------
        dict of str to Column
            Columns, custom fields and computed fields, in that order.
        """
        return {c.name: c for c in self.contact.columns} | {name: item.column for name, item in COMPUTED.items()}

    def row_fields(self, related: str) -> dict[str, Column]:
        """List what a condition on one related row can name.

        Parameters
        ----------
        related : str
            A key of `related`.

        Returns
        -------
        dict of str to Column
            The columns and custom fields, without the contact's number.
        """
        return {c.name: c for c in self.related[related].columns if c.name != "contact_no"}
