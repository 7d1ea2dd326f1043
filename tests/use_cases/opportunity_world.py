"""A sales office: the desk of `sales_world` with a long sales cycle, reasons to close, and a campaign that runs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

import workbench as wb
from tests.use_cases.sales_world import desk

DAY = dt.date(2026, 3, 31)
LATER = dt.date(2026, 6, 30)


def office() -> wb.Workbench:
    """A store in memory: the cycles LONG (five stages, the middle ones may be skipped), NEW, OLD (blocked), BARE."""
    bench = desk()
    bench.codes.save("business_relation_type", "CUST")
    bench.setup.set_marketing("customer_relation_code", "CUST")
    bench.codes.save("close_opportunity_code", "BEST", description="We were the best", type="won")
    for code in ("PRICE", "LATE"):
        bench.codes.save("close_opportunity_code", code, type="lost")
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": ["ZEB", "ZOE", "KID"], "type": ["company", "person", "person"], "name": ["Zebra", "Zoe", "Kid"],
        "company_no": ["ZEB", "ZEB", None], "is_privacy_blocked": [False, False, True],
    }))  # fmt: skip
    bench.sources.load("campaign", pd.DataFrame({
        "campaign_no": ["RUNS", "OVER", "ENDLESS", "IDLE"], "salesperson_code": ["PS", None, None, None],
        "starting_on": ["2026-03-01"] * 4, "ending_on": ["2026-04-30", "2026-03-15", None, "2026-04-30"],
    }))  # fmt: skip
    with bench.database.writing() as con:
        con.executemany(
            "INSERT INTO campaign_activation VALUES (?, now()::TIMESTAMP, 'test')", [("RUNS",), ("OVER",), ("ENDLESS",)]
        )
        con.execute("INSERT INTO sales_cycle VALUES ('LONG', 'Long', 'add', FALSE), ('BARE', NULL, 'multiply', FALSE)")
        con.executemany("INSERT INTO sales_cycle_stage VALUES ('LONG', ?, ?, ?, ?, NULL, FALSE, ?, ?)", [
            (1, "First", 0.1, 0.2, False, "1M"), (2, "Second", 0.3, 0.4, True, "1W"),
            (3, "Third", 0.5, 0.0, True, None), (4, "Fourth", 0.7, 0.8, False, None),
            (5, "Fifth", 0.9, 0.9, False, "2D"),
        ])  # fmt: skip
    return bench


def start(bench: wb.Workbench, contact_no: str = "BOB", cycle: str = "LONG", **given: Any) -> str:
    """Create an activated opportunity worth 1,000 that is expected to close in May 2026; its number."""
    values: dict[str, Any] = {"estimated_amount": 1000, "estimated_close_on": "2026-05-01", "activates": True} | given
    receipt = bench.opportunities.create(
        DAY, description="Chairs", contact_no=contact_no, sales_cycle_code=cycle, **values
    )
    return receipt.opportunity_no
