"""A pipeline with a year behind it: a cycle of two stages, two salespeople, wins and losses each month."""

from __future__ import annotations

import datetime as dt

import pandas as pd

import workbench as wb

DAY = dt.date(2026, 12, 15)


def pipeline() -> wb.Workbench:
    """A store in memory with 60 closed opportunities and five in progress, walked by entries."""
    return fill(wb.open(":memory:"))


def fill(bench: wb.Workbench) -> wb.Workbench:
    """Write the pipeline into an empty store."""
    for code, teams in (("JO", ("EAST", "KEY")), ("PS", ("EAST",))):
        bench.codes.save("salesperson", code, name={"JO": "John", "PS": "Paula"}[code])
        for team in teams:
            bench.codes.save("team", team, description=team.title())
            bench.codes.save("team_salesperson", (team, code))
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": ["ADA", "BOB", "LEO"], "type": ["company", "person", "person"],
        "name": ["Adatum", "Bob Ray", "Leo Fox"], "company_no": ["ADA", "ADA", None],
    }))  # fmt: skip
    rows, steps = _history()
    bench.sources.load("opportunity", pd.DataFrame(rows), new_fields="add")
    _write(bench, steps)
    for name, value in {"as_of": DAY, "currency_code": "EUR"}.items():
        bench.setup.set(name, value)
    return bench


def _history() -> tuple[list[dict[str, object]], list[tuple[object, ...]]]:
    rows: list[dict[str, object]] = []
    steps: list[tuple[object, ...]] = []
    for number in range(65):
        begun = dt.date(2026, 1, 1) + dt.timedelta(5 * number if number < 60 else 28 + 5 * number)
        status = "in_progress" if number >= 60 else "lost" if number % 5 == 4 else "won"
        _add(rows, steps, number, begun, status)
    return rows, steps


def _add(
    rows: list[dict[str, object]], steps: list[tuple[object, ...]], number: int, begun: dt.date, status: str
) -> None:
    """One is in the first stage for ten days, then in the second for ten to nineteen; its estimate is put off once."""
    name, amount, closing = f"OP{number:03}", 1000.0 + 10 * number, begun + dt.timedelta(20 + number % 10)
    moved, estimate = begun + dt.timedelta(10), begun + dt.timedelta(15)
    closed = status != "in_progress"
    value = 0.9 * amount if status == "won" else 0.0 if closed else 0.05 * amount
    rows.append({
        "opportunity_no": name, "contact_no": ("ADA", "BOB", "LEO")[number % 3], "description": f"Chairs {number}",
        "salesperson_code": ("JO", "PS")[number % 2], "sales_cycle_code": "NEW", "status": status,
        "created_on": begun, "closed_on": closing if closed else None, "estimated_amount": amount,
        "calculated_amount": value, "estimated_close_on": closing if closed else estimate,
        "region": ("North", "South")[number % 2],
    })  # fmt: skip
    steps.append((name, 1, begun, None, amount, 0.05 * amount, estimate))
    if closed:
        steps.append((name, 2, moved, "next", amount, 0.24 * amount, estimate + dt.timedelta(7)))
        steps.append((name, 0, closing, status, amount, value, closing))


def _write(bench: wb.Workbench, steps: list[tuple[object, ...]]) -> None:
    with bench.database.writing() as con:
        con.execute("INSERT INTO sales_cycle (code, description) VALUES ('NEW', 'New customers')")
        con.execute("""
            INSERT INTO sales_cycle_stage (sales_cycle_code, stage_no, description)
            VALUES ('NEW', 1, 'First talk'), ('NEW', 2, 'Offer'), ('NEW', 3, 'Signature')
        """)
        con.executemany("""
            INSERT INTO opportunity_entry (entry_no, contact_id, opportunity_entry_no, opportunity_no,
                sales_cycle_code, salesperson_code, stage_no, changed_on, action_taken, estimated_amount,
                calculated_amount, estimated_close_on)
            SELECT n.entry_no, o.contact_id, n.entry_no::VARCHAR, n.no, o.sales_cycle_code, o.salesperson_code,
                n.stage, n.changed_on, n.action, n.estimated, n.calculated, n.close_on
            FROM (SELECT ? entry_no, ? no, ? stage, ?::DATE changed_on, ?::VARCHAR AS action, ? estimated,
                ? calculated, ?::DATE close_on) n
            JOIN opportunity o ON o.opportunity_no = n.no
        """, [(number, *step) for number, step in enumerate(steps, 1)])  # fmt: skip
        con.execute("""
            UPDATE opportunity_entry SET is_active = TRUE
            WHERE entry_no IN (SELECT max(entry_no) FROM opportunity_entry GROUP BY opportunity_no)
        """)
