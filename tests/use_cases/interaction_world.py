"""A log to work on: contacts with and without addresses, salespeople, templates of each kind, a campaign."""

from __future__ import annotations

import datetime as dt

import pandas as pd

import workbench as wb
from workbench import config

DAY = dt.date(2026, 3, 31)
NINE = dt.time(9, 0)

_CONTACTS = pd.DataFrame({
    "contact_no": ["ADA", "ANN", "BOB", "ZOE"],
    "type": ["company", "person", "person", "person"],
    "name": ["Adatum", "Ann Lee", "Bob Ray", "Zoe"],
    "company_no": ["ADA", "ADA", "ADA", None],
    "email": ["office@adatum.example", "ann@adatum.example", None, "zoe@example.com"],
    "phone_no": ["+420 601 000 001", "601 000 002", "+420 601 000 001", "+44 20 7946 0018"],
    "country_code": ["CZ", "CZ", "CZ", "GB"],
    "salesperson_code": ["JO", "JO", None, "PS"],
    "correspondence_type": [None, "email", None, "hard_copy"],
    "language_code": [None, "CSY", None, None],
})  # fmt: skip
TEMPLATES = pd.DataFrame([
    {"interaction_template_code": "CALL", "description": "Telephone call", "unit_cost_amount": 5,
     "unit_duration_minutes": 10, "information_flow": "outbound", "initiated_by": "us"},
    {"interaction_template_code": "VISIT", "description": "Visit", "unit_cost_amount": 40, "unit_duration_minutes": 60,
     "information_flow": "inbound", "initiated_by": "them", "campaign_no": "CP0001", "is_campaign_response": True},
    {"interaction_template_code": "MAIL", "description": "E-mail", "information_flow": "outbound",
     "correspondence_type": "email"},
    {"interaction_template_code": "ASIS", "description": "As it is", "ignores_contact_correspondence": True},
    {"interaction_template_code": "GONE", "description": "Opens what is not there", "wizard_action": "open"},
]).assign(interaction_group_code="TALK")  # fmt: skip


def world() -> wb.Workbench:
    """Open a store of the test's own, in memory."""
    bench = wb.open(":memory:")
    bench.sources.load("contact", _CONTACTS)
    bench.codes.save("salesperson", "JO", name="John", email="john@us.example")
    bench.codes.save("salesperson", "PS", name="Petra", email="petra@us.example")
    bench.codes.save("salesperson", "OUT", name="Otto", is_blocked=True)
    bench.campaigns.create(DAY, description="Spring")
    bench.sources.load("interaction_template", TEMPLATES)
    return bench


def sign_in(bench: wb.Workbench, *, email: str | None = None, salesperson_code: str | None = None) -> None:
    """Say in user setup who works here."""
    with bench.database.writing() as con:
        con.execute("DELETE FROM user_setup")
        con.execute("INSERT INTO user_setup VALUES (?, ?, ?)", [config.user(), salesperson_code, email])


def call(bench: wb.Workbench, contact_no: str = "ANN", **values: object) -> int:
    """Write a call into the log and give its number."""
    given = {"contact_no": contact_no, "interaction_template_code": "CALL", "correspondence_type": "", **values}
    given.setdefault("salesperson_code", "JO")
    number = bench.interactions.create(given, DAY, at=NINE).entry_no
    assert number is not None
    return number
