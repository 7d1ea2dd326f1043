"""Saying whom a campaign moves, at the command line."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

import workbench as wb
from tests.cli.command import Shell

DAY = ("--as-of", "2026-04-15")


def test_a_score_is_previewed_kept_and_used_in_a_segment(own: Shell) -> None:
    chance = np.random.default_rng(1)
    numbers = [f"P{n:03}" for n in range(600)]
    people = pd.DataFrame({"contact_no": numbers, "type": "person", "city": chance.choice(["Brno", "Plzen"], 600)})
    targets = people[["contact_no"]].assign(campaign_no="CP1", arm=["A", "holdout"] * 300, targeted_on="2026-03-01")
    moved = (targets["arm"] == "A") & (people["city"] == "Brno")
    buyers = people.loc[chance.random(600) < np.where(moved, 0.6, 0.15), ["contact_no"]]
    bench = wb.open(own.store)
    tables = {"contact": people, "campaign_target": targets, "sales_entry": buyers.assign(posted_at="2026-03-05")}
    for table, frame in tables.items():
        bench.sources.load(table, frame)
    bench.campaigns.respond("CP1", dt.date(2026, 4, 15), {"response": {"related": "sales_entry"}})

    asked = ("campaign", "uplift", "CP1", "--field", "city", "--learner", "t", *DAY)
    told = own.run(*asked, "--dry-run").out
    assert told.startswith("Ranked by the T-learner, A against holdout: Qini 0.")
    assert "Would be stored as the score uplift_cp1 of 2026-04-15: uplift, decile, is_target." in told
    assert "Note: Taken as they are now, so leave out what the campaign changed: city." in told
    rows = own.run(*asked, "--rows", "--json").json
    best = own.file(
        "best.yaml", "name: best\nsteps: [add: {score: uplift_cp1, field: uplift, op: at_least, value: 0.2}]\n"
    )
    counted = own.run("segment", "count", best, *DAY, "--json").json
    assert counted["total"] == sum(row["uplift"] >= 0.2 for row in rows) > 200
    assert own.run("campaign", "uplift", "CP1", "--field", "citi", *DAY).complaint == (
        'There is no field "citi".', 'Did you mean "city"?'
    )  # fmt: skip
