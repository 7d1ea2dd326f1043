"""A seller's desk: a sales cycle with stages and activities, and opportunities at different places in it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

import workbench as wb

DAY = dt.date(2026, 3, 31)


def desk() -> wb.Workbench:
    """A store in memory with salespeople, a team, contacts, an activity and a sales cycle; no opportunities yet."""
    bench = wb.open(":memory:")
    for code, name in (("JO", "John"), ("PS", "Paula")):
        bench.codes.save("salesperson", code, name=name, email=f"{code.lower()}@us.example")
        bench.codes.save("team", "EAST", description="The east")
        bench.codes.save("team_salesperson", ("EAST", code))
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": ["ADA", "BOB", "LEO"], "type": ["company", "person", "person"],
        "name": ["Adatum", "Bob Ray", "Leo Fox"], "company_no": ["ADA", "ADA", None],
        "salesperson_code": ["PS", "JO", "JO"],
    }))  # fmt: skip
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["CP1"], "description": ["Spring"]}))
    for activity, steps in (("OFFER", (("phone_call", "Ask", "1D"), ("meeting", "Show", "1W"))), ("SIGN", ())):
        bench.codes.save("activity", activity)
        for number, (kind, text, formula) in enumerate(steps, 1):
            step = {"type": kind, "description": text, "priority": "normal", "date_formula": formula}
            bench.codes.save("activity_step", (activity, str(number)), **step)
    _add_cycle(bench)
    return bench


def _add_cycle(bench: wb.Workbench) -> None:
    with bench.database.writing() as con:
        con.execute(
            "INSERT INTO sales_cycle VALUES ('NEW', 'New customers', 'multiply', FALSE), ('OLD', NULL, 'add', TRUE)"
        )
        con.executemany("INSERT INTO sales_cycle_stage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [
            ("NEW", 1, "First talk", 0.1, 0.5, None, False, False, "1W"),
            ("NEW", 2, "Offer", 0.4, 0.6, "OFFER", False, True, "2W"),
            ("NEW", 3, "Signature", 0.8, 0.8, "SIGN", True, False, None),
        ])  # fmt: skip


def add_opportunities(bench: wb.Workbench) -> None:
    """Write four opportunities: one at the second stage, one won, one not started, and one loaded without entries."""
    with bench.database.writing() as con:
        con.execute("""
            INSERT INTO opportunity (entry_no, contact_id, opportunity_no, description, salesperson_code, campaign_no,
                sales_cycle_code, stage, status, priority, created_on, closed_on, estimated_amount, calculated_amount)
            SELECT n.entry_no, c.contact_id, n.* EXCLUDE (entry_no, contact_no) FROM (VALUES
                (1, 'BOB', 'OP1', 'Chairs', 'JO', 'CP1', 'NEW', 'Offer', 'in_progress', 'high', DATE '2026-02-01',
                    NULL::DATE, 1000, 240),
                (2, 'ADA', 'OP2', 'Desks', 'PS', NULL, 'NEW', NULL, 'won', 'normal', DATE '2026-01-10',
                    DATE '2026-02-10', 500, 450),
                (3, 'LEO', 'OP3', 'Lamps', 'JO', NULL, 'NEW', NULL, 'not_started', 'low', DATE '2026-03-01',
                    NULL, NULL, NULL),
                (4, 'LEO', 'OP4', 'Shelves', NULL, NULL, NULL, 'Engaging', 'in_progress', 'normal', DATE '2026-04-01',
                    NULL, 70, NULL)
            ) n(entry_no, contact_no, opportunity_no, description, salesperson_code, campaign_no, sales_cycle_code,
                stage, status, priority, created_on, closed_on, estimated_amount, calculated_amount)
            JOIN contact c USING (contact_no) ORDER BY n.entry_no
        """)
        con.execute("""
            INSERT INTO opportunity_entry SELECT n.entry_no, o.contact_id, n.entry_no::VARCHAR, n.no, 'NEW', n.stage,
                NULL, o.salesperson_code, o.campaign_no, n.changed_on, n.active, n.action, NULL, n.days,
                n.estimated, n.calculated, n.completed, n.chances, n.probability, n.close_on, NULL
            FROM (VALUES
                (1, 'OP1', 1, DATE '2026-02-01', FALSE, NULL, 10, 1000, 50, 0.1, 0.5, 0.05, DATE '2026-02-08'),
                (2, 'OP1', 2, DATE '2026-02-11', TRUE, 'next', NULL, 1000, 240, 0.4, 0.6, 0.24, DATE '2026-02-25'),
                (3, 'OP2', 1, DATE '2026-01-10', FALSE, NULL, 31, 500, 25, 0.1, 0.5, 0.05, DATE '2026-01-17'),
                (4, 'OP2', 0, DATE '2026-02-10', TRUE, 'won', NULL, 500, 450, 1, 1, 1, DATE '2026-02-10')
            ) n(entry_no, no, stage, changed_on, active, action, days, estimated, calculated, completed, chances,
                probability, close_on)
            JOIN opportunity o ON o.opportunity_no = n.no ORDER BY n.entry_no
        """)


def add_tasks(bench: wb.Workbench) -> None:
    """Create a call and a meeting of the first opportunity, a closed task, and one of a team."""
    created: list[dict[str, Any]] = [
        {"description": "Ask", "type": "phone_call", "dated_on": "2026-02-12", "opportunity_no": "OP1"},
        {"description": "Note", "dated_on": "2026-02-01", "opportunity_no": "OP1", "campaign_no": "CP1"},
        {"description": "Thank", "dated_on": "2026-03-02", "salesperson_code": "PS", "contact_no": "ADA"},
        {"description": "Fair", "dated_on": "2026-04-01", "team_code": "EAST", "contact_no": "LEO"},
    ]
    for fields in created:
        bench.tasks.create(DAY, **fields)
    bench.tasks.complete("TD000003", DAY)
    with bench.database.writing() as con:
        con.execute("UPDATE task SET opportunity_entry_no = '2' WHERE task_no = 'TD000001'")
