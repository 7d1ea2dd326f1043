"""Nine representative segments, each with the one SQL statement that somebody would write for its total by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks import nested

CITIES = ("City 0", "City 1", "City 2", "City 3", "City 5", "City 8")
CLICKERS = "benchmark-clickers"


@dataclass(frozen=True)
class Question:
    """One segment, asked of every engine.

    Attributes
    ----------
    name : str
        How it is listed.
    definition : mapping
        In the segment language.
    sql : str
        A statement on the same store giving the total.
    """

    name: str
    definition: Mapping[str, Any]
    sql: str


def field(name: str, op: str, value: Any = None) -> dict[str, Any]:
    """Write a condition on a field of the contact.

    Parameters
    ----------
    name : str
        The field.
    op : str
        The operator.
    value : object, optional
        Its value.

    Returns
    -------
    dict
        In the segment language.
    """
    return {"field": name, "op": op, **({} if value is None else {"value": value})}


def had(template: str, days: int, at_least: int = 1) -> dict[str, Any]:
    """Write a condition on interactions.

    Parameters
    ----------
    template : str
        Of which template; empty for any.
    days : int
        In how many days.
    at_least : int, optional
        How many.

    Returns
    -------
    dict
        In the segment language.
    """
    where = {"where": field("interaction_template_code", "is", template)} if template else {}
    within = {"in_last": {"n": days, "unit": "day"}}
    return {"related": "interaction", **where, "within": within, "op": "at_least", "value": at_least}


def bought(months: int, amount: float, department: str = "") -> dict[str, Any]:
    """Write a condition on the sum of sales.

    Parameters
    ----------
    months : int
        In how many months.
    amount : float
        For at least how much.
    department : str, optional
        Of which department; empty for any.

    Returns
    -------
    dict
        In the segment language.
    """
    where = {"where": field("department", "is", department)} if department else {}
    within = {"in_last": {"n": months, "unit": "month"}}
    measure = {"measure": {"sum": "sales_amount"}, "op": "at_least", "value": amount}
    return {"related": "sales_entry", **where, "within": within, **measure}


def _had(template: str, first_day: str, at_least: int = 1) -> str:
    """The same in SQL: the first day is the one after the window's open end."""
    kind = f"interaction_template_code = '{template}' AND " if template else ""
    rows = f"{kind}occurred_at >= TIMESTAMP '{first_day}' AND occurred_at < TIMESTAMP '2025-01-02'"
    having = f" GROUP BY contact_id HAVING count(*) >= {at_least}" if at_least > 1 else ""
    return f"(SELECT contact_id FROM interaction WHERE {rows}{having})"


def _bought(first_day: str, amount: float, department: str = "") -> str:
    kind = f"department = '{department}' AND " if department else ""
    rows = f"{kind}posted_at >= TIMESTAMP '{first_day}' AND posted_at < TIMESTAMP '2025-01-02'"
    return f"(SELECT contact_id FROM sales_entry WHERE {rows} GROUP BY contact_id HAVING sum(sales_amount) >= {amount})"


_IN_CITIES = f"city IN {CITIES}"
_YOUNG = "age_band IN ('18-24', '25-34')"
_CAPPED = """(SELECT contact_id FROM interaction WHERE information_flow = 'outbound' AND NOT is_canceled
    AND NOT is_postponed AND occurred_at >= TIMESTAMP '2024-12-03' AND occurred_at < TIMESTAMP '2025-01-02'
    GROUP BY contact_id HAVING count(*) >= 3)"""

# Each of ten rules with the clause that says the same of a row of `contact`.
RULES: tuple[tuple[dict[str, Any], str], ...] = (
    (field("country_code", "in", ["US", "GB", "DE", "FR", "ES"]), "country_code IN ('US', 'GB', 'DE', 'FR', 'ES')"),
    (field("age_band", "in", ["25-34", "35-44", "45-54"]), "age_band IN ('25-34', '35-44', '45-54')"),
    (field("loyalty_points", "at_least", 100), "loyalty_points >= 100"),
    (field("joined_on", "before", "2024-06-01"), "joined_on < DATE '2024-06-01'"),
    (field("email", "is_known"), "email IS NOT NULL"),
    (had("email_open", 365, 2), f"contact_id IN {_had('email_open', '2024-01-03', 2)}"),
    (had("complaint", 365), f"contact_id IN {_had('complaint', '2024-01-03')}"),
    (had("web_visit", 365), f"contact_id IN {_had('web_visit', '2024-01-03')}"),
    (bought(12, 50), f"contact_id IN {_bought('2024-01-02', 50)}"),
    (bought(3, 500, "MEAT"), f"contact_id IN {_bought('2024-10-02', 500, 'MEAT')}"),
)
_NEGATED = (6, 9)
TEN_RULES = tuple({"not": rule} if index in _NEGATED else rule for index, (rule, _) in enumerate(RULES))

CLICKED_OFTEN = {"name": CLICKERS, "steps": [{"add": {"all": [had("email_click", 365, 2)]}}]}

QUESTIONS = (
    Question(
        "one attribute",
        {"steps": [{"add": {"all": [field("city", "in", list(CITIES))]}}]},
        f"SELECT count(*) FROM contact WHERE {_IN_CITIES}",
    ),
    Question(
        "3 or more clicks in 90 days",
        {"steps": [{"add": {"all": [had("email_click", 90, 3)]}}]},
        f"SELECT count(*) FROM {_had('email_click', '2024-10-04', 3)} AS found",
    ),
    Question(
        "sum of sales in 12 months",
        {"steps": [{"add": {"all": [bought(12, 200)]}}]},
        f"SELECT count(*) FROM {_bought('2024-01-02', 200)} AS found",
    ),
    Question(
        "anything in 180 days",
        {"steps": [{"add": {"all": [had("", 180)]}}]},
        "SELECT count(DISTINCT contact_id) FROM interaction "
        "WHERE occurred_at >= TIMESTAMP '2024-07-06' AND occurred_at < TIMESTAMP '2025-01-02'",
    ),
    Question(
        "nested and, or, not",
        {"steps": [{"add": {"all": [
            {"any": [
                {"all": [field("city", "in", list(CITIES)), field("age_band", "in", ["18-24", "25-34"])]},
                bought(12, 300),
            ]},
            {"not": {"any": [had("complaint", 365), had("store_event", 180)]}},
        ]}}]},
        f"""SELECT count(*) FROM contact
            WHERE (({_IN_CITIES} AND {_YOUNG}) OR contact_id IN {_bought("2024-01-02", 300)})
            AND NOT (contact_id IN {_had("complaint", "2024-01-03")}
                     OR contact_id IN {_had("store_event", "2024-07-06")})""",
    ),
    Question(
        "add, refine, reduce",
        {"steps": [
            {"add": {"any": [had("email_open", 90, 4), bought(6, 200, "GROCERY")]}},
            {"refine": {"all": [field("email", "is_known"), field("country_code", "in", ["US", "GB", "DE"])]}},
            {"reduce": {"any": [had("letter", 60), field("loyalty_points", "less_than", 10)]}},
        ]},
        f"""SELECT count(*) FROM contact
            WHERE (contact_id IN {_had("email_open", "2024-10-04", 4)}
                   OR contact_id IN {_bought("2024-07-02", 200, "GROCERY")})
            AND email IS NOT NULL AND country_code IN ('US', 'GB', 'DE')
            AND NOT (contact_id IN {_had("letter", "2024-11-03")} OR coalesce(loyalty_points < 10, false))""",
    ),
    Question(
        "ten rules",
        {"steps": [{"add": {"all": list(TEN_RULES)}}]},
        "SELECT count(*) FROM contact WHERE "
        + " AND ".join(f"NOT {sql}" if index in _NEGATED else sql for index, (_, sql) in enumerate(RULES)),
    ),
    Question(
        "ten rules nested",
        {"steps": [{"add": nested.definition(nested.TREE, [rule for rule, _ in RULES])}]},
        f"SELECT count(*) FROM contact WHERE {nested.where(nested.TREE, [sql for _, sql in RULES])}",
    ),
    Question(
        "suppression and reference",
        {
            "base": {"type": "person"},
            "steps": [
                {"add": {"all": [{"segment": CLICKERS}]}},
                {"refine": {"all": [field("age_band", "is_known")]}},
            ],
            "suppress": [
                "excluded_from_segments",
                "privacy_blocked",
                {"frequency_cap": {"max": 3, "in_last": {"n": 30, "unit": "day"}}},
            ],
        },
        f"""SELECT count(*) FROM contact
            WHERE type = 'person' AND contact_id IN {_had("email_click", "2024-01-03", 2)} AND age_band IS NOT NULL
            AND NOT is_excluded_from_segments AND NOT is_privacy_blocked AND contact_id NOT IN {_CAPPED}""",
    ),
)  # fmt: skip
