"""What is in a store as a whole: counts up to a day, periods and months in the store's zone, loads."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import workbench as wb
from workbench.bench import Workbench


@pytest.fixture
def bench() -> Workbench:
    bench = wb.open(":memory:")
    bench.setup.set("time_zone", "America/New_York")
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["A", "B"], "type": ["person", "company"]}))
    bench.sources.load(
        "sales_entry",
        pd.DataFrame(
            {
                "contact_no": ["A", "A", "B"],
                "posted_at": pd.to_datetime(["2017-02-01 04:59", "2017-02-01 05:00", "2017-03-01 05:00"], utc=True),
                "sales_amount": ["0.10", "0.20", "5.00"],
            }
        ),
    )
    bench.sources.load(
        "interaction",
        pd.DataFrame(
            {
                "contact_no": ["A", "A", "A"],
                "occurred_at": pd.to_datetime(["2017-01-05"] * 3, utc=True),
                "information_flow": ["outbound", None, "outbound"],
                "is_canceled": [False, False, True],
            }
        ),
    )
    return bench


def test_contacts_are_counted_by_type(bench: Workbench) -> None:
    assert bench.overview.figures(dt.date(2017, 12, 31)).contacts == {"person": 1, "company": 1}


def test_months_are_local(bench: Workbench) -> None:
    sales = bench.overview.figures(dt.date(2017, 12, 31)).sales
    assert sales["month"].dt.strftime("%Y-%m").tolist() == ["2017-01", "2017-02", "2017-03"]
    assert sales["sales_amount"].tolist() == [0.1, 0.2, 5.0]


def test_rows_after_the_day_are_left_out_and_counted(bench: Workbench) -> None:
    figures = bench.overview.figures(dt.date(2017, 2, 1))
    rows = figures.rows.set_index("table")
    assert rows.loc["sales_entry", ["row_count", "later_count"]].tolist() == [2, 1]
    assert figures.sales_amount == 0.3
    assert figures.period == (dt.date(2017, 1, 4), dt.date(2017, 2, 1))


def test_canceled_interactions_are_in_no_month_and_an_unknown_flow_is_a_flow(bench: Workbench) -> None:
    months = bench.overview.figures(dt.date(2017, 12, 31)).interactions
    assert months[["information_flow", "interaction_count"]].to_numpy().tolist() == [["", 1], ["outbound", 1]]


def test_an_empty_store_has_no_period_and_no_months() -> None:
    figures = wb.open(":memory:").overview.figures(dt.date(2017, 1, 1))
    assert figures.period is None
    assert figures.contact_count == 0
    assert len(figures.sales) == len(figures.interactions) == 0
    assert figures.sales_amount == 0


def test_the_last_load_comes_first(bench: Workbench) -> None:
    loads = bench.overview.loads().frame()
    assert loads["table"].tolist() == ["interaction", "sales_entry", "contact"]
    assert loads["new_count"].tolist() == [3, 3, 2]


def test_both_results_show_in_notebooks(bench: Workbench) -> None:
    assert "2 contacts as of 2017-12-31, revision 4" in bench.overview.figures(dt.date(2017, 12, 31))._repr_html_()
    assert "<table" in bench.overview.loads()._repr_html_()
