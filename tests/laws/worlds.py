"""Random stores: few contacts, few values, so that conditions often meet what they ask for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from pipelines.definition import Definition
from pipelines.schema import Column, FieldType, Table
from tests.engines import World, table_of, world

NUMBERS = ("C1", "c1", "C10", "C2", "é", "Z'; --")
CODES = ("x", "X", "xy", "y x", "É", "é", "ß", "ΣΑΣ", "σας", "İ", "100%", "a_b", "O'Hara", '"q"', "\\d", "🐎")
TAGS = ("x", "X", "O'Hara", "[a, b]", "🐎")
CAMPAIGNS = ("1", "2", "3'")
AS_OF = (dt.date(2026, 3, 31), dt.date(2028, 2, 29), dt.date(2026, 3, 29), dt.date(2018, 11, 4))
ZONES = ("UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu")
MIDNIGHTS = tuple(day + dt.timedelta(days=n) for day in AS_OF for n in (-366, -31, -7, -1, 0, 1, 2))

FIELDS: dict[str, tuple[Column, ...]] = {
    "contact": tuple(
        Column(name, type_, "a field of one's own", is_custom=True)
        for name, type_ in {
            "points": FieldType.NUMBER, "owed": FieldType.AMOUNT, "joined_on": FieldType.DATE,
            "seen_at": FieldType.TIMESTAMP, "likes": FieldType.BOOLEAN, "tags": FieldType.MANY,
        }.items()
    ),
    "sales_entry": (Column("tags", FieldType.MANY, "tags", is_custom=True),),
}  # fmt: skip
FIELDS["scored_rfm"] = tuple(
    Column(name, type_, "what was computed", is_custom=True)
    for name, type_ in {
        "grade": FieldType.TEXT, "chance": FieldType.NUMBER, "worth": FieldType.AMOUNT, "is_active": FieldType.BOOLEAN,
        "due_on": FieldType.DATE,
    }.items()
)  # fmt: skip
KEPT = {
    "contact": (
        "contact_no", "type", "company_no", "city", "email", "phone_no", "mobile_phone_no", "is_privacy_blocked",
        "is_excluded_from_segments", "mailing_group_codes", "industry_codes",
        "job_responsibility_codes", "points", "owed", "joined_on", "seen_at", "likes", "tags",
    ),
    "interaction": (
        "occurred_at", "campaign_no", "subject", "information_flow", "initiated_by", "is_campaign_response",
        "is_canceled", "is_postponed", "is_attempt_failed", "cost_amount", "duration_minutes",
    ),
    "opportunity": ("created_on", "closed_on", "stage", "status", "estimated_amount", "probability_rate"),
    "opportunity_entry": ("opportunity_no", "changed_on", "stage_no", "is_active", "open_days"),
    "sales_entry": ("posted_at", "item_no", "quantity", "sales_amount", "tags"),
    "campaign_target": ("campaign_no", "arm", "targeted_on"),
    "consent": ("channel", "purpose", "is_granted", "given_at"),
    "business_relation": ("business_relation_code", "linked_no"),
    "contact_list": ("list_name",),
    "profile_answer": ("questionnaire_code", "line_no", "answer"),
    "task": ("dated_on", "is_closed", "is_canceled", "description"),
    "purchase_entry": ("posted_at", "purchase_amount"),
    "contact_comment": ("commented_on", "comment"),
    "contact_web_source": ("web_source_code", "search_word"),
    "alternative_address": ("address_code", "city"),
}  # fmt: skip
POOLS: dict[str, tuple[str, ...]] = {
    "type": ("person", "company"), "campaign_no": CAMPAIGNS, "channel": ("email", "phone", "post", "sms"),
    "status": ("in_progress", "won", "lost"),
    "information_flow": ("outbound", "inbound"), "initiated_by": ("us", "them"), "list_name": ("vip", "it's"),
    "company_no": (*NUMBERS, "gone"), "email": ("a@x", "A@X ", "b@x"), "phone_no": ("12 3", "n/a"),
    "mobile_phone_no": ("1-23", "(45)", "-"),
}  # fmt: skip

moments = st.builds(
    lambda day, seconds: dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(seconds=seconds),
    st.sampled_from(MIDNIGHTS),
    st.sampled_from(
        [0, -1, -3 * 3600, 3 * 3600, 3 * 3600 - 1, -3600, 3600, 5400, 12 * 3600, 18 * 3600 + 900, 18 * 3600 + 899]
    ),
)
of_type: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.TEXT: st.sampled_from(CODES),
    FieldType.NUMBER: st.integers(-12, 12).map(lambda n: n / 4),
    FieldType.AMOUNT: st.integers(-12, 12).map(lambda n: n / 10),
    FieldType.INTEGER: st.integers(0, 4),
    FieldType.DATE: st.sampled_from(MIDNIGHTS),
    FieldType.TIMESTAMP: moments,
    FieldType.BOOLEAN: st.booleans(),
    FieldType.MANY: st.lists(st.sampled_from(TAGS), max_size=3),
}


def values(column: Column) -> st.SearchStrategy[Any]:
    """Draw a recorded value of a column."""
    return st.sampled_from(POOLS[column.name]) if column.name in POOLS else of_type[column.type]


def kept(name: str) -> tuple[Column, ...]:
    """List the columns of a table that worlds fill and conditions ask about."""
    table: Table = table_of(name, FIELDS)
    return tuple(table.column(column) for column in KEPT[name])


def _rows(name: str, contacts: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    cells = {c.name: values(c) | st.none() if c.nullable else values(c) for c in kept(name)}
    row = st.fixed_dictionaries({**cells, "contact_no": st.sampled_from(contacts)})
    return st.lists(row, max_size=6)


@st.composite
def _scores(draw: st.DrawFn, contacts: list[str], as_of: dt.date) -> list[dict[str, Any]]:
    """Draw runs of a score before, on and after the day, each with some of the contacts."""
    cells = st.fixed_dictionaries({c.name: values(c) | st.none() for c in FIELDS["scored_rfm"]})
    days = st.sampled_from([as_of + dt.timedelta(days=n) for n in (-31, 0, 1)])
    rows = st.dictionaries(st.tuples(st.sampled_from(contacts), days), cells, max_size=6)
    return [{"contact_no": no, "scored_on": day, **cells} for (no, day), cells in draw(rows).items()]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a store: contacts, rows about them, a day, a calendar, and things to refer to."""
    numbers = draw(st.lists(st.sampled_from(NUMBERS), unique=True, min_size=1, max_size=len(NUMBERS)))
    cells = {c.name: values(c) | st.none() if c.nullable else values(c) for c in kept("contact")}
    contacts = [{**draw(st.fixed_dictionaries(cells)), "contact_no": number} for number in numbers]
    tables = {name: draw(_rows(name, numbers)) for name in KEPT if name != "contact"}
    tables["contact_list"] += [{"contact_no": numbers[0], "list_name": name} for name in POOLS["list_name"]]
    as_of = draw(st.sampled_from(AS_OF))
    tables["scored_rfm"] = draw(_scores(numbers, as_of))
    tables |= {"contact": contacts, "campaign": [{"campaign_no": number} for number in CAMPAIGNS]}
    return world(
        tables,
        FIELDS,
        as_of=as_of,
        time_zone=draw(st.sampled_from(ZONES)),
        week_starts_on=draw(st.sampled_from(["monday", "sunday"])),
        fiscal_year_starts_on=draw(st.sampled_from(["01-01", "04-01", "11-30"])),
        segments={"other": Definition.from_dict({"field": "city", "op": "is", "value": "x", "ignore_case": True})},
        snapshots={"kept": numbers[:2]},
    )
