"""Lifetime value: formulas at printed parameters, and CDNOW's customers from their purchases through a store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pipelines.lifetime_value_bg_nbd import BgNbd
from workbench.bench import Workbench, open_workbench
from workbench.scoring import ScoreReport
from workbench.selftest.figures import Check, Figure, figure

CALIBRATED, END = dt.date(1997, 9, 30), dt.date(1998, 6, 30)
"""The last day the models know, and the last of the file."""
_SCORE = "lifetime_value"
_PAPER = (
    'P. S. Fader, B. G. S. Hardie and K. L. Lee (2005), "Counting your customers" the easy way, Marketing Science 24'
)
_NOTE = "P. S. Fader and B. G. S. Hardie (2013), The Gamma-Gamma model of monetary value, brucehardie.com/notes/025"
_EXCEL = "B. G. S. Hardie, spreadsheet to the paper of 2005, brucehardie.com"
_BTYD = "manual of the R package BTYD, bgnbd.pmf.General and neighbours"
_LIFETIMES = "tests of the Python package lifetimes 0.11"
_WORKED_OUT = "worked out from the file independently of the workbench"
_BG_NBD = {"r": "0.243", "alpha": "4.414", "a": "0.793", "b": "2.426"}
_PARETO_NBD = {"r": "0.553", "alpha": "10.578", "s": "0.606", "beta": "11.669"}
_SPEND = {"p": "6.25", "q": "3.74", "v": "15.44"}
_SEARCHED = 0.0015
"""The search there ended a little before the top."""
_NEARLY = 0.01
"""What the tests that print the figures allow themselves."""
_WEEKS = {0.1429: "0.0078", 1: "0.0532", 3: "0.1506", 31.8571: "1.0405", 32: "1.0437", 78: "1.8576"}
_TRUNCATED = 5e-4
"""The series that was printed is cut off after some terms, which shows the further ahead the more."""
_AMOUNTS = ("24.65", "18.91", "35.17", "35.17", "35.17", "71.46", "18.91", "35.17", "27.28", "35.17")


def store(path: Path) -> Workbench:
    """Bring CDNOW's purchases into a store by the ordinary ways.

    Parameters
    ----------
    path : pathlib.Path
        The file as it was published: numbers of the customer in all and in the sample, day, discs, dollars.

    Returns
    -------
    Workbench
        In memory: customers as contacts, each purchase a sales entry.
    """
    names = ["contact_no", "day", "sales_amount"]
    rows = pd.read_csv(path, sep=r"\s+", header=None, usecols=[1, 2, 4], names=names, dtype="str")
    days = pd.to_datetime(rows.pop("day"), format="%Y%m%d").dt.strftime("%Y-%m-%d 12:00")
    bench = open_workbench(":memory:")
    bench.sources.load("contact", rows[["contact_no"]].drop_duplicates())
    bench.sources.load("sales_entry", rows.assign(posted_at=days))
    return bench


def figures(bench: Workbench) -> Iterator[Figure]:
    """Compute lifetime values, and put them beside those printed.

    Parameters
    ----------
    bench : Workbench
        As from `store`.

    Yields
    ------
    Figure
        Purchases, parameters, likelihoods, expectations, amounts, and purchases of the holdout.
    """
    report = bench.scores.run(_SCORE, CALIBRATED, horizon=39)
    yield from _counts(report)
    found = _parameters(report)
    for name, printed in _BG_NBD.items():
        yield figure(f"BG/NBD, {name}", printed, found[name], _PAPER)
    yield figure("BG/NBD, log-likelihood", "-9582.4", report.quality["log_likelihood"], _PAPER)
    yield from _expectations(BgNbd(**{name: found[name] for name in _BG_NBD}))
    yield from _of_customers(bench)
    for name, printed in _SPEND.items():
        yield figure(f"Gamma-Gamma, {name}", printed, found[name], _NOTE, _NEARLY)
    yield figure("Gamma-Gamma, mean of all customers", "35.17", report.quality["spend_mean"], _NOTE)
    yield from _other_model(bench.scores.run(_SCORE, CALIBRATED, model="pareto_nbd", with_spend=False, dry_run=True))
    held_out = bench.scores.run(_SCORE, END, calibration_end=CALIBRATED, with_spend=False, dry_run=True).quality
    yield figure("Repeat days held out", "1882", held_out["holdout_actual_purchases"], _WORKED_OUT)


def _from_file(file: Path) -> Iterator[Figure]:
    yield from figures(store(file))


def _at_printed_parameters(_file: Path) -> Iterator[Figure]:
    model = BgNbd(**{name: float(printed) for name, printed in _BG_NBD.items()})
    yield figure("No purchase in 39 weeks", "0.5737864", float(model.count_probability(0, 39)), _EXCEL)
    yield figure("10 purchases in 2 weeks, times 10^7", "1.07869", 1e7 * float(model.count_probability(10, 2)), _BTYD)
    yield figure("Alive without a repeat purchase", "1", float(model.probability_alive(0, 0, 38.86)), _PAPER, 0)
    expected = model.probability_alive(2, 30.43, 38.86) * model.expected_if_alive(39, 2, 38.86)
    yield figure("Expected in 39 weeks of the first customer", "1.226", float(expected), _PAPER)


def _counts(report: ScoreReport) -> Iterator[Figure]:
    repeats = report.rows["repeat_count"].sum()
    yield figure("Customers", "2357", report.quality["contact_count"], _PAPER)
    yield figure("Customers that came back", "946", report.quality["repeat_contact_count"], _NOTE)
    yield figure("Repeat purchases in 39 weeks", "2457", repeats, _WORKED_OUT)


def _parameters(report: ScoreReport) -> dict[str, float]:
    table = report.tables["parameters"]
    return dict(zip(table["parameter"], table["value"].astype("float64"), strict=True))


def _expectations(model: BgNbd) -> Iterator[Figure]:
    for weeks, printed in _WEEKS.items():
        ours, tolerance = float(model.expected_if_alive(weeks)), _TRUNCATED if weeks == max(_WEEKS) else None
        yield figure(f"Purchases of a new customer in {weeks:g} weeks", printed, ours, _LIFETIMES, tolerance)


def _of_customers(bench: Workbench) -> Iterator[Figure]:
    names = [f"score.{_SCORE}.{name}" for name in ("alive_probability", "expected_purchases", "expected_amount")]
    known = {"score": _SCORE, "field": "repeat_count", "op": "is_known"}
    rows = bench.segments.members(known, CALIBRATED, ["contact_no", *names]).set_index("contact_no").sort_index()
    alive, purchases, amounts = (rows[name].astype("float64") for name in names)
    yield figure("Customer 1, alive", "0.7266", alive.iloc[0], _WORKED_OUT)
    yield figure("Customer 1, purchases expected in 39 weeks", "1.226", purchases.iloc[0], _PAPER)
    for place, printed in enumerate(_AMOUNTS):
        name = f"Customer {place + 1}, amount expected of a purchase"
        yield figure(name, printed, amounts.iloc[place], _LIFETIMES, _NEARLY)


def _other_model(report: ScoreReport) -> Iterator[Figure]:
    found = _parameters(report)
    for name, printed in _PARETO_NBD.items():
        tolerance = _SEARCHED if name == "beta" else None
        yield figure(f"Pareto/NBD, {name}", printed, found[name], _PAPER, tolerance)
    yield figure("Pareto/NBD, log-likelihood", "-9595.0", report.quality["log_likelihood"], _PAPER)


FORMULAS = Check("Lifetime value, at printed parameters", _at_printed_parameters)
FILE = Check(
    "Lifetime value, from CDNOW's purchases",
    _from_file,
    "cdnow/CDNOW_sample.txt",
    "the Python package lifetimes, in its folder datasets; also brucehardie.com/datasets",
)
