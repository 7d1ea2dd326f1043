"""The criteria of a worksheet: which contacts an action takes, said in the segment language.

Business Central logs what was done to a segment as actions (add, reduce, refine) with filters on eight tables (tables
5097 and 5099; reports 5198, 5197 and 5196). Here the same action is a condition of the segment language, so that the
lines of a worksheet and the definition that replays its log come from one meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from pipelines.catalogue import Catalogue
from pipelines.definition import Definition
from pipelines.errors import ConditionError, nearest
from pipelines.schema import Column, folded

ActionKind = Literal["add", "reduce", "refine"]
Filters = Mapping[str, Mapping[str, str]]

NOBODY: Mapping[str, Any] = MappingProxyType({"any": []})
NOT_EXCLUDED: Mapping[str, Any] = MappingProxyType({
    "not": {"field": "is_excluded_from_segments", "op": "is", "value": True},
})  # fmt: skip
_IS_COMPANY = {"field": "type", "op": "is", "value": "company"}
_SPECIAL = frozenset("|&<>=.*?@()'\" ")


@dataclass(frozen=True)
class FilterTable:
    """One of the tables that an action can filter on.

    Attributes
    ----------
    name : str
        As filters name it.
    meaning : str
        What one of its rows is.
    related : str
        The related rows it stands for, or empty.
    codes : str
        The many-valued field it stands for, or empty.
    """

    name: str
    meaning: str
    related: str = ""
    codes: str = ""


FILTER_TABLES: Mapping[str, FilterTable] = MappingProxyType({
    table.name: table
    for table in (
        FilterTable("contact", "the contact itself"),
        FilterTable("profile_answer", "an answer of the contact's profile", related="profile_answer"),
        FilterTable("mailing_group", "a mailing group of the contact", codes="mailing_group_codes"),
        FilterTable("interaction", "an entry of the contact's interaction log", related="interaction"),
        FilterTable("job_responsibility", "a job responsibility of the contact", codes="job_responsibility_codes"),
        FilterTable("industry_group", "an industry group of the contact's company", codes="company.industry_codes"),
        FilterTable("business_relation", "a relation of the contact's company", related="business_relation"),
        FilterTable("value_entry", "a sale to the contact; for a company, to anybody of it", related="sales_entry"),
    )
})  # fmt: skip

# What the product has no filter for: everybody another segment gives, and everybody of a snapshot.
REFERENCES: Mapping[str, str] = MappingProxyType({"segment": "name", "snapshot": "id"})


@dataclass(frozen=True)
class TableFilter:
    """The filters of one table; one row of it has to satisfy them all.

    Attributes
    ----------
    table : str
        A key of `FILTER_TABLES` or `REFERENCES`.
    fields : tuple of (str, str)
        Field and filter expression.
    """

    table: str
    fields: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The filters in one line: ``"contact: city: Prague|Brno, type: person"``."""
        return f"{self.table}: {', '.join(f'{name}: {expression}' for name, expression in self.fields)}"


@dataclass(frozen=True)
class CriteriaAction:
    """One action of a worksheet's log with its filters and options.

    Attributes
    ----------
    kind : {"add", "reduce", "refine"}
        Reduce removes what the filters give; refine keeps only what they give.
    filters : tuple of TableFilter
        In the product's order of tables.
    allow_existing : bool
        Add: a contact that is on a line already gets another one.
    expand_companies : bool
        Add: everybody of the company of each contact found, in its place.
    allow_related_companies : bool
        Add: the company of each contact found as well.
    ignore_exclusion : bool
        Add: also contacts that are excluded from segments.
    entire_companies : bool
        Reduce, refine: a company with all its people as soon as one of them is found.
    keeps_contact : bool
        Reduce: one of several lines of a contact was deleted by hand, so that the contact stays.
    """

    kind: ActionKind
    filters: tuple[TableFilter, ...] = ()
    allow_existing: bool = False
    expand_companies: bool = False
    allow_related_companies: bool = False
    ignore_exclusion: bool = False
    entire_companies: bool = False
    keeps_contact: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """The options that are on."""
        return tuple(name for name in OPTIONS if getattr(self, name))

    @property
    def head(self) -> str:
        """The action and its options, without the filters: ``"add (expand companies)"``."""
        options = ", ".join(name.replace("_", " ") for name in self.options)
        return f"{self.kind} ({options})" if options else self.kind

    @property
    def text(self) -> str:
        """The action, its options and filters in one line."""
        return "; ".join([self.head, *(filter_.text for filter_ in self.filters)])

    def to_dict(self) -> dict[str, Any]:
        """Give the action as plain values.

        Returns
        -------
        dict
            Kind, filters by table and field, and the options that are on.
        """
        filters = {filter_.table: dict(filter_.fields) for filter_ in self.filters}
        return {"action": self.kind, "filters": filters, "options": list(self.options)}


OPTIONS = (
    "allow_existing", "expand_companies", "allow_related_companies", "ignore_exclusion", "entire_companies",
    "keeps_contact",
)  # fmt: skip


def checked(filters: Filters, catalogue: Catalogue) -> tuple[TableFilter, ...]:
    """Put filters into the product's order, under the names that the store has for their fields.

    Parameters
    ----------
    filters : mapping of str to mapping of str to str
        By table, then by field: filter expressions. Names count however they are spelled; blank expressions and
        tables without any are no filters.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    tuple of TableFilter
        In the order contact, profile answer, mailing group, interaction, job responsibility, industry group, business
        relation, value entry; then references.

    Raises
    ------
    ConditionError
        When there is no such table or field.

    Examples
    --------
    >>> checked({"Mailing Group": {"Code": "PRESS"}, "contact": {"City": "Prague|Brno"}}, Catalogue())
    (TableFilter(table='contact', fields=(('city', 'Prague|Brno'),)),
     TableFilter(table='mailing_group', fields=(('code', 'PRESS'),)))
    """
    known = [*FILTER_TABLES, *REFERENCES]
    given: dict[str, dict[str, str]] = {}
    for table, expressions in filters.items():
        name = ({folded(each): each for each in known} | _OTHER_NAMES).get(folded(table))
        if name is None:
            raise ConditionError(f'There is no table to filter on "{table}".', nearest(table, known))
        for field_name, expression in expressions.items():
            if str(expression) != "":
                given.setdefault(name, {})[_field(name, field_name, catalogue)] = str(expression)
    return tuple(TableFilter(name, tuple(given[name].items())) for name in known if name in given)


_OTHER_NAMES = {
    "contactprofileanswer": "profile_answer", "contactmailinggroup": "mailing_group",
    "interactionlogentry": "interaction", "contactjobresponsibility": "job_responsibility",
    "contactindustrygroup": "industry_group", "contactbusinessrelation": "business_relation",
    "salesentry": "value_entry",
}  # fmt: skip


def filter_fields(table: str, catalogue: Catalogue) -> tuple[str, ...]:
    """List the fields of a table that filters can name.

    Parameters
    ----------
    table : str
        A key of `FILTER_TABLES` or `REFERENCES`.
    catalogue : Catalogue
        The fields there are.

    Returns
    -------
    tuple of str
        In the order of the table; none where the store does not have it.
    """
    if table in REFERENCES:
        return (REFERENCES[table],)
    kind = FILTER_TABLES[table]
    if kind.codes:
        return ("code",)
    if kind.related:
        return tuple(catalogue.row_fields(kind.related)) if kind.related in catalogue.related else ()
    return tuple(catalogue.contact_fields())


def _field(table: str, name: str, catalogue: Catalogue) -> str:
    known = {folded(each): each for each in filter_fields(table, catalogue)}
    of_code = "code" if "code" in known else f"{table}_code"
    if of_code in known.values():
        known |= {"code": of_code, folded(f"{table}_code"): of_code}
    for column in _columns(table, catalogue):
        for alias in column.aliases:
            known.setdefault(folded(alias), column.name)
    if folded(name) not in known:
        raise ConditionError(f'{table} has no field "{name}" to filter on.', nearest(name, set(known.values())))
    return known[folded(name)]


def _columns(table: str, catalogue: Catalogue) -> tuple[Column, ...]:
    kind = FILTER_TABLES.get(table)
    if kind is None or kind.codes:
        return ()
    if not kind.related:
        return catalogue.contact.columns
    return catalogue.related[kind.related].columns if kind.related in catalogue.related else ()


def exactly(value: str) -> str:
    """Write the filter expression that only one value satisfies.

    Parameters
    ----------
    value : str
        Such as a contact's number.

    Returns
    -------
    str
        The value; in quotes where it has signs that mean something in an expression.

    Examples
    --------
    >>> exactly("CT000001"), exactly("R&D")
    ('CT000001', "'R&D'")
    """
    quoted = value.replace("'", "''")
    return f"'{quoted}'" if _SPECIAL & set(value) else value


def of_contact(kind: ActionKind, contact_no: str, **options: bool) -> CriteriaAction:
    """Give the action that a line added or deleted by hand is logged as.

    Parameters
    ----------
    kind : {"add", "reduce"}
        Whether the line was added or deleted.
    contact_no : str
        The contact's number.
    **options : bool
        As of `CriteriaAction`.

    Returns
    -------
    CriteriaAction
        With one filter: the contact's number.
    """
    return CriteriaAction(kind, (TableFilter("contact", (("contact_no", exactly(contact_no)),)),), **options)


def found(action: CriteriaAction, *, people_named: bool = True) -> dict[str, Any]:
    """Say whom an action takes before exclusions.

    Parameters
    ----------
    action : CriteriaAction
        The action.
    people_named : bool, optional
        Whether a person needs a sale of its own; where false, a sale to the company is enough, which is how the
        product's Reduce and Refine count (a quirk of reports 5196 and 5197).

    Returns
    -------
    dict
        A condition of the segment language.
    """
    matched = {"all": [part for each in action.filters for part in _conditions(each, people_named)]}
    if action.expand_companies or action.entire_companies:
        matched = {"all": [{"company_has": matched}]}
    if action.allow_related_companies:
        matched = {"any": [matched, {"all": [_IS_COMPANY, {"company_has": matched}]}]}
    return matched


def condition(action: CriteriaAction) -> dict[str, Any]:
    """Say whom an action takes in the end.

    Parameters
    ----------
    action : CriteriaAction
        The action.

    Returns
    -------
    dict
        A condition of the segment language. Exclusions apply after the expansion to companies, as in the product.
    """
    taken = found(action)
    if action.kind != "add" or action.ignore_exclusion:
        return taken
    return {"all": [*(taken.get("all") or [taken]), dict(NOT_EXCLUDED)]}


def steps(actions: Iterable[CriteriaAction]) -> list[dict[str, Any]]:
    """Replay a log of criteria as the steps of a definition.

    Parameters
    ----------
    actions : iterable of CriteriaAction
        In the order in which they were done.

    Returns
    -------
    list of dict
        Steps of the segment language; a log that does not begin with an addition begins with nobody.
    """
    replayed: list[dict[str, Any]] = [
        {action.kind: condition(action)} for action in actions if not action.keeps_contact
    ]
    return replayed if replayed and "add" in replayed[0] else [{"add": dict(NOBODY)}, *replayed]


def as_definition(actions: Iterable[CriteriaAction], name: str = "") -> Definition:
    """Replay a log of criteria as a definition.

    Parameters
    ----------
    actions : iterable of CriteriaAction
        In the order in which they were done.
    name : str, optional
        The definition's name.

    Returns
    -------
    Definition
        Whose members are the contacts on the lines.

    Examples
    --------
    >>> added = CriteriaAction("add", (TableFilter("contact", (("city", "Prague"),)),), ignore_exclusion=True)
    >>> as_definition([added]).to_dict()["steps"]
    [{'add': {'all': [{'field': 'city', 'op': 'filter', 'value': 'Prague'}]}}]
    """
    return Definition.from_dict({"name": name, "steps": steps(actions)})


def as_product_reuses(action: CriteriaAction) -> CriteriaAction:
    """Give the action that the product makes of a saved one: it loses Entire Companies of a refinement.

    Parameters
    ----------
    action : CriteriaAction
        As it was saved.

    Returns
    -------
    CriteriaAction
        As table 5076 runs it: it hands the option to the report that reduces.
    """
    return replace(action, entire_companies=False) if action.kind == "refine" else action


def _conditions(filter_: TableFilter, people_named: bool) -> list[dict[str, Any]]:
    if filter_.table in REFERENCES:
        return [{filter_.table: value} for _, value in filter_.fields]
    table = FILTER_TABLES[filter_.table]
    if table.codes:
        return [_filter(table.codes, expression) for _, expression in filter_.fields]
    tests = [
        _number(expression) if name == "contact_no" else _filter(name, expression)
        for name, expression in filter_.fields
    ]
    if not table.related:
        return tests
    has_row = {"related": table.related, "where": {"all": tests}}
    if table.name == "business_relation":
        return [{"company_has": {"all": [_IS_COMPANY, has_row]}}]
    return [_sale(has_row, people_named)] if table.name == "value_entry" else [has_row]


def _sale(has_row: dict[str, Any], people_named: bool) -> dict[str, Any]:
    """Ask for a sale: a person's own, a company's own or one to any of its people."""
    anybody = {"company_has": {"all": [has_row]}}
    return {"any": [has_row, {"all": [_IS_COMPANY, anybody]}]} if people_named else anybody


def _number(expression: str) -> dict[str, Any]:
    """Take a whole number in quotes as it is written: a wildcard in it would else find other contacts as well."""
    number = expression[1:-1].replace("''", "'")
    is_exact = expression == exactly(number) and bool(number)
    return {"field": "contact_no", "op": "is", "value": number} if is_exact else _filter("contact_no", expression)


def _filter(name: str, expression: str) -> dict[str, Any]:
    return {"field": name, "op": "filter", "value": expression}
