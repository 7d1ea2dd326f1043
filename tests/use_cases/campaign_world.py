"""A campaign with what belongs to one: companies with people, a customer, entries, interactions, opportunities."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd

import workbench as wb

DAY = dt.date(2026, 3, 31)
SPRING = "CP0001"

_CONTACTS = pd.DataFrame({
    "contact_no": ["ADA", "BOB", "CAT", "ZEB", "ZOE", "LEO", "MIA"],
    "type": ["company", "person", "person", "company", "person", "person", "person"],
    "name": ["Adatum", "Bob", "Cat", "Zebra", "Zoe", "Leo", "Mia"],
    "company_no": ["ADA", "ADA", "ADA", "ZEB", "ZEB", None, None],
})  # fmt: skip


def world() -> wb.Workbench:
    """Open a store with one campaign that has nothing yet; Zebra is the customer 20000."""
    bench = wb.open(":memory:")
    bench.sources.load("contact", _CONTACTS)
    relation = {"contact_no": ["ZEB"], "business_relation_code": ["CUST"], "link_to_table": ["customer"]}
    bench.sources.load("business_relation", pd.DataFrame({**relation, "linked_no": ["20000"]}))
    bench.codes.save("campaign_status", "1-PLAN", description="Planned")
    bench.codes.save("salesperson", "JO", name="John")
    bench.campaigns.create(DAY, description="Spring", starting_on="2026-03-01", ending_on="2026-04-30")
    return bench


def add_interactions(bench: wb.Workbench) -> None:
    """Load six interactions of the campaign: three letters, two answers, and some that do not count."""
    rows = [
        ("I1", "BOB", "2026-03-02", True, False, False, False, Decimal(8), 30.0, "1"),
        ("I2", "BOB", "2026-03-09", True, False, False, False, Decimal(8), 30.0, "1"),
        ("I3", "ZOE", "2026-03-09", True, False, False, False, Decimal(4), 10.0, "2"),
        ("I4", "BOB", "2026-03-12", False, True, False, False, Decimal(0), 15.0, None),
        ("I5", "BOB", "2026-04-02", False, True, False, False, None, None, None),
        ("I6", "CAT", "2026-03-09", True, True, True, False, Decimal(99), 99.0, "1"),
        ("I7", "LEO", "2026-03-09", True, True, False, True, Decimal(99), 99.0, None),
    ]
    names = [
        "interaction_no", "contact_no", "occurred_at", "is_campaign_target", "is_campaign_response", "is_canceled",
        "is_postponed", "cost_amount", "duration_minutes", "campaign_entry_no",
    ]  # fmt: skip
    bench.sources.load("interaction", pd.DataFrame(rows, columns=names).assign(campaign_no=SPRING))
    entries = {"campaign_entry_no": ["1", "2"], "campaign_no": SPRING, "description": ["Letter", "Second letter"]}
    days = {"dated_on": ["2026-03-02", "2026-03-09"], "is_canceled": [False, False]}
    bench.sources.load("campaign_entry", pd.DataFrame({**entries, **days}))


def add_opportunities(bench: wb.Workbench) -> None:
    """Load a won opportunity of the campaign, an open one, and one that was not started."""
    bench.sources.load("opportunity", pd.DataFrame({
        "opportunity_no": ["OP1", "OP2", "OP3"], "contact_no": ["ADA", "ZEB", "LEO"], "campaign_no": SPRING,
        "status": ["won", "in_progress", "not_started"], "estimated_amount": [1000, 500, 7],
        "calculated_amount": [1200, 250, 7],
    }))  # fmt: skip


def worksheet(bench: wb.Workbench, *contacts: str) -> str:
    """A worksheet of the campaign whose lines are its targets."""
    number = bench.worksheets.create(DAY, campaign_no=SPRING, is_campaign_target=True).worksheet_no
    for contact in contacts:
        bench.worksheets.add_line(number, contact, DAY)
    return number
