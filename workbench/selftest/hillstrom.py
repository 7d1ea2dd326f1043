"""Hillstrom's e-mails of 2008: rates and lifts from printed counts, and from the file through the whole workbench."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.rate_lift import rate_lift, unpooled
from workbench.bench import Workbench, open_workbench
from workbench.campaigns import Measurement
from workbench.selftest.figures import Check, Figure, figure

CAMPAIGN, SENT, DAY = "MAIL", dt.date(2008, 3, 3), dt.date(2008, 3, 31)
"""The file has no dates; its publisher says that two weeks were watched."""
MENS, WOMENS, NOBODY = "Mens E-Mail", "Womens E-Mail", "No E-Mail"
VISITS: Mapping[str, Any] = {
    "response": {
        "related": "interaction",
        "where": [{"field": "interaction_template_code", "op": "is", "value": "VISIT"}],
    },
    "holdout": NOBODY,
    "window_days": 14,
    "shares": {MENS: 1, WOMENS: 1, NOBODY: 1},
}
PURCHASES: Mapping[str, Any] = {**VISITS, "response": {"related": "sales_entry"}, "revenue": {"related": "sales_entry"}}
_PRINTED = "scikit-uplift, notebook EDA of the Hillstrom data set"
_WORKED_OUT = "worked out from the file independently of the workbench"
_RATES = {MENS: "0.182757", WOMENS: "0.151400", NOBODY: "0.106167"}
# arm and what is counted: responders, targets, those of nobody written to, then lift, its Wald bounds, ratio and z
_LIFTS = (
    (MENS, "visits", (3_894, 21_307, 2_262, 21_306), ("0.076590", "0.069953", "0.083226", "0.7214", "22.486")),
    (WOMENS, "visits", (3_238, 21_387, 2_262, 21_306), ("0.045233", "0.038894", "0.051573", "0.4261", "13.9492")),
    (MENS, "purchases", (267, 21_307, 122, 21_306), ("0.006805", "0.005000", "0.008610", "1.1884", "7.3851")),
    (WOMENS, "purchases", (189, 21_387, 122, 21_306), ("0.003111", "0.001499", "0.004723", "0.5433", "3.7796")),
)
_WITH_ROUNDED_QUANTILE = 1e-6
# arm: revenue, per target, lift per target, t
_REVENUE = {
    MENS: ("30311.69", "1.422617", "0.769827", "5.3001"),
    WOMENS: ("23038.11", "1.077202", "0.424412", "3.2564"),
}
# the women's e-mail by what was bought before: field, value, lift of visits
_PARTS = (("mens", "0", "0.0740"), ("mens", "1", "0.0218"), ("womens", "0", "0.0111"), ("womens", "1", "0.0731"))


def store(path: Path) -> Workbench:
    """Bring the file into a store by the ordinary ways.

    Parameters
    ----------
    path : pathlib.Path
        The file as it was published.

    Returns
    -------
    Workbench
        In memory: its rows as contacts, arms as targets of a campaign, visits as interactions, purchases as sales
        entries.
    """
    bench = open_workbench(":memory:")
    bench.sources.load("contact", path, new_fields="add")
    everybody = {"field": "contact_no", "op": "is_known"}
    people = bench.segments.members(everybody, DAY, ["contact_no", "segment", "visit", "conversion", "spend"])
    numbers = people[["contact_no"]]
    targets = numbers.assign(campaign_no=CAMPAIGN, arm=people["segment"], targeted_on=SENT)
    visits = numbers[people["visit"] == 1].assign(
        interaction_template_code="VISIT", occurred_at="2008-03-10 12:00", information_flow="inbound"
    )
    bought = people[people["conversion"] == 1]
    purchases = bought[["contact_no"]].assign(sales_amount=bought["spend"], posted_at="2008-03-10 12:00")
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": [CAMPAIGN], "description": ["Two e-mails"]}))
    bench.sources.load("campaign_target", targets)
    bench.sources.load("interaction", visits)
    bench.sources.load("sales_entry", purchases)
    bench.campaigns.respond(CAMPAIGN, DAY, VISITS)
    return bench


def figures(bench: Workbench) -> Iterator[Figure]:
    """Measure the campaign, and put what it comes to beside what others found.

    Parameters
    ----------
    bench : Workbench
        As from `store`.

    Yields
    ------
    Figure
        Rates, counts, lifts and revenue by arm, and lifts by what was bought before.
    """
    visits = bench.campaigns.measure(CAMPAIGN, DAY, by=["mens", "womens"])
    purchases = bench.campaigns.measure(CAMPAIGN, DAY, rule=PURCHASES)
    rates = visits.arms.set_index("arm")["response_rate"]
    for arm, rate in _RATES.items():
        yield figure(f"{arm}, rate of visits", rate, rates[arm], _PRINTED)
    for arm, kind, counts, published in _LIFTS:
        yield from _measured(visits if kind == "visits" else purchases, arm, kind, counts, published)
    for arm, of_revenue in _REVENUE.items():
        yield from _revenue(purchases, arm, of_revenue)
    parts = visits.subgroups.set_index(["arm", "field", "value"])["absolute_lift"]
    for field, value, lift in _PARTS:
        yield figure(
            f"{WOMENS}, lift of visits where {field} = {value}", lift, parts[WOMENS, field, value], _WORKED_OUT
        )


def _from_file(file: Path) -> Iterator[Figure]:
    yield from figures(store(file))


def _from_counts(_file: Path) -> Iterator[Figure]:
    for arm, kind, counts, published in _LIFTS:
        found = rate_lift(*counts)
        ours = (found.absolute, *unpooled(*counts), found.relative, found.z)
        yield from _lift(f"{arm}, {kind}", published, ours)


def _measured(
    found: Measurement, arm: str, kind: str, counts: tuple[int, ...], published: tuple[str, ...]
) -> Iterator[Figure]:
    lift = found.lift(arm)
    names = ("responder_count", "target_count", "against_responder_count", "against_target_count")
    ours = tuple(int(lift[name]) for name in names)
    said = ("responders", "targets", "responders not written to", "not written to")
    for name, count, seen in zip(said, counts, ours, strict=True):
        yield figure(f"{arm}, {kind}, {name}", str(count), seen, _PRINTED)
    bounds = unpooled(*ours)
    yield from _lift(f"{arm}, {kind}", published, (lift["absolute_lift"], *bounds, lift["relative_lift"], lift["z"]))


def _lift(name: str, published: tuple[str, ...], ours: tuple[float, ...]) -> Iterator[Figure]:
    said = ("lift", "lift from (unpooled)", "lift to (unpooled)", "relative lift", "z")
    for what, printed, seen in zip(said, published, ours, strict=True):
        tolerance = _WITH_ROUNDED_QUANTILE if "unpooled" in what else None
        yield figure(f"{name}, {what}", printed, seen, _WORKED_OUT, tolerance)


def _revenue(found: Measurement, arm: str, published: tuple[str, ...]) -> Iterator[Figure]:
    row, lift = found.arms.set_index("arm").loc[arm], found.lift(arm)
    ours = (row["revenue_amount"], row["revenue_per_target"], lift["revenue_lift"], lift["revenue_t"])
    said = ("revenue", "revenue per target", "lift of revenue per target", "Welch's t of revenue")
    for what, printed, seen in zip(said, published, ours, strict=True):
        yield figure(f"{arm}, {what}", printed, seen, _WORKED_OUT)


COUNTS = Check("Lifts, from printed counts", _from_counts)
FILE = Check(
    "Lifts, from Hillstrom's file",
    _from_file,
    "hillstrom/hillstrom.csv",
    "the MineThatData E-Mail Analytics And Data Mining Challenge of 20 March 2008, minethatdata.com",
)
