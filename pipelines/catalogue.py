"""Which fields and related tables conditions can speak of in one store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pipelines import schema
from pipelines.conditions import Related
from pipelines.operators import BOOLEAN_OPERATORS, DATE_OPERATORS, MANY_OPERATORS, NUMBER_OPERATORS, TEXT_OPERATORS
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
    "sales_entry": schema.SALES_ENTRY,
    "campaign_entry": schema.CAMPAIGN_TARGET,
    "consent": schema.CONSENT,
    "business_relation": schema.BUSINESS_RELATION,
    "profile_answer": schema.PROFILE_ANSWER,
})  # fmt: skip


@dataclass(frozen=True)
class Computed:
    """A field of a contact that is computed from its related rows as of the evaluation's day.

    Attributes
    ----------
    column : Column
        Name, type and meaning, as of any other field.
    rows : Related
        The rows and the measure; its own test is not used. A company counts its people's rows as well
        (Business Central, table 5050, the flow fields over `Contact Company No.`).
    """

    column: Column
    rows: Related


def _computed(
    name: str, type_: FieldType, meaning: str, related: str, measure: dict[str, str], **flags: object
) -> Computed:
    where = [{"field": key, "op": "is", "value": value} for key, value in flags.items()]
    rows = {"related": related, "measure": measure, "op": "is_known", **({"where": where} if where else {})}
    return Computed(Column(name, type_, meaning), Related.model_validate(rows))


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
        _computed("opportunity_count", _COUNT, "number of opportunities", "opportunity", {"count": "rows"}),
        _computed("sales_entry_count", _COUNT, "number of sales entries", "sales_entry", {"count": "rows"}),
        _computed("sales_amount", FieldType.AMOUNT, "sales value", "sales_entry", {"sum": "sales_amount"}),
        _computed("first_sale_on", _MOMENT, "date of the first sale", "sales_entry", {"minimum": "posted_at"}),
        _computed("last_sale_on", _MOMENT, "date of the last sale", "sales_entry", {"maximum": "posted_at"}),
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
