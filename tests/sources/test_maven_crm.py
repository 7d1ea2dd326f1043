"""Maven Analytics' CRM sales opportunities through the ordinary import, and the figures that many published of them.

The published figures count all 8,800 opportunities, the 1,425 without an account among them; a contact for those is
named for their cells, blank in one dialect and "null" in the other. "GTXPro" stays a value of its own until a person
maps it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench.sources import LoadPlan

DAY = dt.date(2017, 12, 31)
MAPPING = {"account": "contact_no", "deal_stage": "status"}
STATUSES = {"Engaging": "in_progress", "Prospecting": "not_started"}
PRODUCT = {"GTXPro": "GTX Pro"}
NOBODY = "(no account yet)"
FILES = {"sales_pipeline.csv": "yyyy-mm-dd", "sales_pipeline_other_dialect.csv": "dd-mm-yyyy"}


def with_masters(folder: Path) -> wb.Workbench:
    """A store with accounts, products and regions as teams."""
    bench = wb.open(":memory:")
    company = {"type": "company"}
    accounts = bench.sources.load(
        "contact", folder / "accounts.csv", {"account": "contact_no"}, "add", constants=company,
        values={"sector": {"technolgy": "technology"}},
    )  # fmt: skip
    bench.sources.load("contact", pd.DataFrame({"contact_no": [NOBODY], "type": ["company"]}))
    products = bench.sources.load("item", folder / "products.csv")
    teams = {"sales_agent": "salesperson_code", "regional_office": "team_code", "manager": ""}
    agents = bench.sources.load("team_salesperson", folder / "sales_teams.csv", teams)
    assert (accounts.new, products.new, agents.new) == (85, 7, 35)
    return bench


def load(bench: wb.Workbench, path: Path) -> LoadPlan:
    values = {"deal_stage": STATUSES, "account": {"": NOBODY, "null": NOBODY}, "product": PRODUCT}
    return bench.sources.load("opportunity", path, MAPPING, values=values)


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "maven_crm"


@pytest.fixture(scope="module")
def maven(folder: Path) -> wb.Workbench:
    bench = with_masters(folder)
    load(bench, folder / "sales_pipeline.csv")
    return bench


def by(bench: wb.Workbench, word: str) -> dict[str, tuple[int, int, float]]:
    """Give by group the number won, their value, and the win rate of closed in percent."""
    found = bench.pipeline.report(word, DAY).frame()
    names = found.iloc[:, 0].astype("str")
    rates = (100 * found["win_rate"]).round(2)
    rows = zip(names, found["won_count"], found["won_amount"], rates, strict=True)
    return {name: (int(count), int(worth), float(rate)) for name, count, worth, rate in rows}


@pytest.mark.parametrize("name", FILES)
def test_both_dialects_report_gtxpro_and_give_all_8800_once_it_is_mapped(folder: Path, name: str) -> None:
    bench = with_masters(folder)
    before = bench.sources.plan("opportunity", folder / name, MAPPING)
    assert before.counts == {"rows": 8_800, "new": 6_711, "changed": 0, "unchanged": 0, "rejected": 2_089}
    assert before.unknown_values.to_numpy().tolist() == [
        ["product", "item_no", "GTXPro", 1_480, "GTX Pro"],
        ["deal_stage", "status", "Engaging", 1_589, ""],
        ["deal_stage", "status", "Prospecting", 500, ""],
    ]
    assert before.notes[0] == (
        '"product" has values that no item has: "GTXPro" (1,480 rows; perhaps "GTX Pro"). '
        "Map them (values=, --value), or keep them."
    )
    assert len(before.notes) == 1
    receipt = load(bench, folder / name)
    assert receipt.counts == {"rows": 8_800, "new": 8_800, "changed": 0, "unchanged": 0, "rejected": 0}
    assert receipt.dialect.columns == {"engage_date": FILES[name], "close_date": FILES[name]}
    assert receipt.unknown_values.empty
    again = bench.sources.load("opportunity", folder / name)
    assert (again.unchanged, again.is_remembered) == (8_800, True)
    total = bench.pipeline.report("", DAY).total
    assert (int(total["won_count"].iloc[0]), float(total["won_amount"].iloc[0])) == (4_238, 10_005_534.0)


def test_totals_are_the_published_ones(maven: wb.Workbench) -> None:
    total = maven.pipeline.report("", DAY).total.iloc[0]
    counts = ["opportunity_count", "won_count", "lost_count", "open_count", "not_started_count"]
    assert total[counts].tolist() == [8_800, 4_238, 2_473, 1_589, 500]
    assert (total["won_amount"], round(total["average_won_amount"], 2)) == (10_005_534, 2_360.91)
    assert (round(100 * total["win_rate"], 2), round(100 * total["won_rate_of_all"], 2)) == (63.15, 48.16)
    assert (round(total["average_won_days"], 2), total["median_won_days"]) == (51.78, 57)
    assert (round(total["average_lost_days"], 2), total["median_lost_days"]) == (41.48, 14)


def test_so_are_those_by_region_and_product(maven: wb.Workbench) -> None:
    assert by(maven, "team") == {
        "West": (1_438, 3_568_647, 63.94), "Central": (1_629, 3_346_293, 62.56), "East": (1_171, 3_090_594, 63.02),
    }  # fmt: skip
    products = by(maven, "item")
    assert {name: figures for name, figures in products.items() if name not in ("GTX Plus Basic", "GTX Basic")} == {
        "GTX Pro": (729, 3_510_578, 63.56), "GTX Plus Pro": (479, 2_629_651, 64.30),
        "MG Advanced": (654, 2_216_387, 60.33), "GTK 500": (15, 400_612, 60.00), "MG Special": (793, 43_768, 64.84),
    }  # fmt: skip
    assert [products[name][:2] for name in ("GTX Plus Basic", "GTX Basic")] == [(653, 705_275), (915, 499_263)]


def test_so_are_those_by_agent_account_and_quarter(maven: wb.Workbench) -> None:
    agents, accounts = by(maven, "salesperson"), by(maven, "contact")
    assert max(agents, key=lambda name: agents[name][1]) == "Darcel Schlecht"
    assert (len(agents), agents["Darcel Schlecht"]) == (30, (349, 1_153_214, 63.11))
    assert max(accounts, key=lambda name: accounts[name][1]) == "Kan-code"
    assert accounts["Kan-code"][:2] == (115, 341_455)
    quarters = {name: figures for name, figures in by(maven, "quarter").items() if figures[0]}
    assert [figures[:2] for _, figures in sorted(quarters.items())] == [
        (531, 1_134_672), (1_254, 3_086_111), (1_257, 2_982_255), (1_196, 2_802_496),
    ]  # fmt: skip
    assert min(quarters.items())[1][2] == 82.07
