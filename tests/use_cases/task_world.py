"""An office that has things to do: salespeople, a team, contacts, a campaign, a worksheet and an activity."""

from __future__ import annotations

import datetime as dt

import pandas as pd

import workbench as wb

DAY = dt.date(2026, 3, 31)


def office() -> wb.Workbench:
    """A store in memory."""
    bench = wb.open(":memory:")
    for code, email in (("JO", "jo@us.example"), ("PS", "ps@us.example"), ("ZZ", None)):
        bench.codes.save("salesperson", code, name=f"{code} Smith", email=email)
    for team in ("EAST", "WEST", "IDLE"):
        bench.codes.save("team", team)
    for team, members in (("EAST", ("JO", "PS")), ("WEST", ("PS", "ZZ"))):
        for member in members:
            bench.codes.save("team_salesperson", (team, member))
    _load(bench)
    _give_work(bench)
    return bench


def _load(bench: wb.Workbench) -> None:
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": ["C1", "P1", "P2", "P3"],
        "type": ["company", "person", "person", "person"],
        "name": ["Adatum", "Ann Lee", "Bob Ray", "Kid"],
        "company_no": ["C1", "C1", "C1", None],
        "salesperson_code": ["PS", "JO", None, None],
        "is_privacy_blocked": [False, False, False, True],
    }))  # fmt: skip
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["CP1"], "description": ["Spring"]}))
    bench.sources.load("interaction_template", pd.DataFrame({
        "interaction_template_code": ["CALL", "MEET"], "description": ["Call", "Meeting"],
        "interaction_group_code": ["PHONE", "VISIT"], "unit_cost_amount": ["3.5", "40"],
        "unit_duration_minutes": ["5", "60"], "information_flow": ["outbound", "outbound"],
        "initiated_by": ["us", "us"],
    }))  # fmt: skip


def _give_work(bench: wb.Workbench) -> None:
    for activity in ("FIRST", "EMPTY"):
        bench.codes.save("activity", activity)
    for step_no, kind, priority, text, formula in (
        ("1", "phone_call", "high", "Ask for a day", "1D"),
        ("2", "meeting", "normal", "Visit", "1W"),
        ("3", None, "low", "Write it down", "1W+1D"),
    ):
        step = {"type": kind, "priority": priority, "description": text, "date_formula": formula}
        bench.codes.save("activity_step", ("FIRST", step_no), **step)
    sheet = bench.worksheets.create(DAY, description="Spring letter", salesperson_code="PS", campaign_no="CP1")
    for contact_no in ("P1", "P2", "P3", "P1"):
        bench.worksheets.add_line(sheet.worksheet_no, contact_no, DAY)
