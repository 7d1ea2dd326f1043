"""Lifetime value as a score: CDNOW from its raw purchases, nothing from after the day, and what cannot be told."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from pipelines.lifetime_value_bg_nbd import BgNbd
from workbench.errors import ConfigError, MeasureError
from workbench.scoring import ScoreReport

DAY, END = dt.date(1998, 6, 30), dt.date(1997, 9, 30)
"""The last day of CDNOW's purchases, and the last of its calibration."""


def purchases(size: int = 250) -> pd.DataFrame:
    """Draw customers of one year who buy at their own pace and leave, some of them with two purchases on a day."""
    chance, begin, rows = np.random.default_rng(7), dt.date(1997, 7, 1), []
    for number in range(size):
        rate, mean, day = chance.gamma(1, 0.04), chance.gamma(4, 10), int(chance.integers(0, 120))
        while day < 364:
            hours = (9, 17) if chance.random() < 0.1 else (12,)
            amounts = chance.gamma(5, mean / 5, len(hours)).round(2)
            posted = (f"{begin + dt.timedelta(day)} {hour}:00" for hour in hours)
            rows += [(f"C{number:03}", *entry) for entry in zip(posted, amounts, strict=True)]
            if chance.random() < 0.15:
                break
            day += 1 + int(chance.exponential(1 / rate))
    return pd.DataFrame(rows, columns=["contact_no", "posted_at", "sales_amount"])


def shop(sales: pd.DataFrame, *more: pd.DataFrame, at: str | Path = ":memory:") -> wb.Workbench:
    bench = wb.open(at)
    bench.sources.load("contact", sales[["contact_no"]].drop_duplicates().sort_values("contact_no"))
    for rows in (sales, *more):
        bench.sources.load("sales_entry", rows.assign(entry_no=numbered(rows)))
    return bench


def numbered(rows: pd.DataFrame) -> pd.Series:
    """Number entries by what they are, so that the same entry has the same number."""
    return rows["contact_no"] + "-" + rows["posted_at"]


def run(bench: wb.Workbench, **options: object) -> ScoreReport:
    return bench.scores.run("lifetime_value", DAY, dry_run=True, **options)


@pytest.fixture(scope="module", name="bench")
def shop_with_a_run() -> wb.Workbench:
    bench = shop(purchases())
    bench.scores.run("lifetime_value", DAY)
    return bench


@pytest.fixture(name="report")
def run_of_the_day(bench: wb.Workbench) -> ScoreReport:
    return bench.scores.show("lifetime_value")


@pytest.fixture(scope="module", name="cdnow")
def cdnow_store() -> wb.Workbench:
    folder = shared() / "cdnow"
    if not folder.is_dir():
        pytest.skip(f"CDNOW's purchases are not at {folder}")
    raw = pd.read_csv(
        folder / "CDNOW_sample.txt", sep=r"\s+", header=None, usecols=[1, 2, 4], dtype="str",
        names=["contact_no", "posted_at", "sales_amount"],
    )  # fmt: skip
    bench = wb.open(":memory:")
    bench.sources.load("contact", raw[["contact_no"]].drop_duplicates())
    day = pd.to_datetime(raw["posted_at"], format="%Y%m%d").dt.strftime("%Y-%m-%d 12:00")
    bench.sources.load("sales_entry", raw.assign(posted_at=day))
    return bench


def shared() -> Path:
    named = os.environ.get("WORKBENCH_SHARED_DATA")
    return Path(named) if named else Path(__file__).parents[3] / "shared" / "data"


def test_raw_purchases_of_cdnow_give_the_published_parameters(cdnow: wb.Workbench) -> None:
    report = cdnow.scores.run("lifetime_value", END, dry_run=True)
    found = report.tables["parameters"].set_index("parameter")["value"]
    assert found[["r", "alpha", "a", "b"]].tolist() == pytest.approx([0.243, 4.414, 0.793, 2.426], abs=5e-4)
    assert found[["p", "q", "v"]].tolist() == pytest.approx([6.25, 3.74, 15.44], abs=0.01)
    assert round(float(report.quality["log_likelihood"]), 1) == -9582.4
    assert (report.quality["contact_count"], report.quality["repeat_contact_count"]) == (2357, 946)


def test_raw_purchases_of_cdnow_become_its_summary(cdnow: wb.Workbench) -> None:
    told = pd.read_csv(shared() / "cdnow" / "cdnow_customers_summary_with_transactions.csv")
    report = cdnow.scores.run("lifetime_value", END, dry_run=True, horizon=39)
    assert report.rows["repeat_count"].tolist() == told["x"].tolist()
    model = BgNbd(**report.tables["parameters"].head(4).set_index("parameter")["value"])
    assert report.rows["alive_probability"].to_numpy() == pytest.approx(
        model.probability_alive(told["x"], told["t_x"], told["T"]), abs=5e-4
    ), "the file has two decimals"


def test_a_model_of_cdnow_is_tested_on_what_came_after(cdnow: wb.Workbench) -> None:
    """1,882 repeat purchases from October 1997 to June 1998, of which BG/NBD foretells 88 %."""
    report = cdnow.scores.run("lifetime_value", DAY, dry_run=True, calibration_end=END)
    quality = report.quality
    assert (quality["holdout_from"], quality["holdout_contact_count"]) == ("1997-10-01", 2357)
    assert quality["holdout_actual_purchases"] == 1882
    assert quality["holdout_expected_purchases"] == pytest.approx(1653.4, abs=0.1)
    assert quality["holdout_mean_absolute_error"] < quality["holdout_naive_absolute_error"]
    assert report.tables["holdout"]["customer_count"].tolist() == [1411, 439, 214, 100, 62, 38, 29, 64]
    tracking = report.tables["tracking"]
    assert tracking.loc[~tracking["is_held_out"], "actual_total"].iloc[-1] == 2457
    assert tracking["actual_total"].iloc[-1] == 2457 + 1882
    assert tracking["ends_on"].iloc[[0, 38, 77]].tolist() == ["1997-01-07", "1997-09-30", "1998-06-30"]


def test_a_run_says_what_it_expects_of_whom(report: ScoreReport) -> None:
    rows = report.rows
    assert list(rows) == [
        "contact_id", "repeat_count", "alive_probability", "expected_purchases", "expected_amount", "expected_value",
        "value_decile",
    ]  # fmt: skip
    assert len(rows) == 250
    assert rows["alive_probability"].between(0, 1).all()
    assert (rows["expected_value"] <= rows["expected_purchases"] * rows["expected_amount"] + 0.001).all()
    assert report.quality["expected_value_sum"] == pytest.approx(rows["expected_value"].sum(), abs=0.1)
    assert report.notes[0] == (
        "Expected is what contacts buy in the 52 weeks after 1998-06-30; the value loses 0.20% with each of them."
    )
    assert set(report.tables) == {"parameters", "fitted", "values", "holdout", "holdout_deciles", "tracking"}


def test_two_entries_of_a_day_are_one_purchase(bench: wb.Workbench, report: ScoreReport) -> None:
    sales = purchases()
    days = sales.assign(day=sales["posted_at"].str[:10]).groupby("contact_no")["day"].nunique()
    assert report.rows["repeat_count"].sum() == days.sum() - len(days)
    each = run(bench, counted_by="entry", with_spend=False)
    assert each.rows["repeat_count"].sum() == len(sales) - len(days)


def test_segments_are_made_of_it(bench: wb.Workbench, report: ScoreReport) -> None:
    for offer in report.offers:
        bench.scores.segment("lifetime_value", offer.name, replace=True)
    rows = report.rows
    assert [offer.name for offer in report.offers] == ["Most valuable", "Regulars who may have left"]
    count = bench.segments.count("Most valuable", DAY + dt.timedelta(3))
    assert count.total == (rows["value_decile"] == 1).sum()
    assert "Score lifetime_value is of 1998-06-30, 3 days before the day of evaluation" in count.notes[0]
    gone = (rows["repeat_count"] >= 2) & (rows["alive_probability"] < 0.5)
    assert bench.segments.count("Regulars who may have left", DAY).total == gone.sum() > 0


def test_nothing_after_the_day_and_nothing_loaded_twice_counts(report: ScoreReport) -> None:
    sales = purchases()
    later = sales.assign(posted_at="1998-07-01 09:00", sales_amount=9999)
    turned = sales.sample(frac=1, random_state=3)
    bench = shop(turned, sales.head(100), later)
    found = run(bench)
    for name, told in report.quality.items():
        assert found.quality[name] == (told if isinstance(told, str) else pytest.approx(told)), name
    pd.testing.assert_frame_equal(found.rows, report.rows, check_dtype=False, atol=1e-4)


def test_values_scale_with_the_currency(report: ScoreReport) -> None:
    found = run(shop(purchases().assign(sales_amount=lambda rows: rows["sales_amount"] * 100)))
    assert found.rows["expected_value"].to_numpy() == pytest.approx(
        report.rows["expected_value"] * 100, rel=1e-4, abs=0.01
    )
    assert found.rows["expected_purchases"].tolist() == pytest.approx(report.rows["expected_purchases"].tolist())


def test_units_change_parameters_and_not_expectations(bench: wb.Workbench, report: ScoreReport) -> None:
    in_days = run(bench, unit="day", horizon=364, discount_rate=0, with_spend=False)
    assert in_days.rows["expected_purchases"].to_numpy() == pytest.approx(report.rows["expected_purchases"], rel=1e-4)
    assert "expected_value" not in in_days.rows
    rates = [each.tables["parameters"].set_index("parameter")["value"]["alpha"] for each in (in_days, report)]
    assert rates[0] == pytest.approx(7 * rates[1], rel=1e-4)


def test_the_other_model_can_be_asked_for(bench: wb.Workbench) -> None:
    found = run(bench, model="pareto_nbd", with_spend=False)
    assert found.tables["parameters"]["parameter"].tolist() == ["r", "alpha", "s", "beta"]
    assert (found.rows["alive_probability"] < 1).all(), "who never came back may have left as well"


def test_what_cannot_be_tested_is_refused_or_told(bench: wb.Workbench) -> None:
    with pytest.raises(MeasureError, match=r"known to 1998-06-30 cannot be tested: purchases are from 1997-07-\d\d to"):
        run(bench, calibration_end=DAY)
    with pytest.raises(MeasureError, match="bought again, and a model needs 30 that did"):
        run(bench, calibration_end=dt.date(1997, 7, 10))
    early = bench.scores.run("lifetime_value", dt.date(1997, 8, 20), dry_run=True, with_spend=False)
    assert "holdout" not in early.tables
    assert early.notes[-1].startswith("Not tested on days the model does not know: as of 1997-0")


def test_what_cannot_be_modelled_is_refused(bench: wb.Workbench) -> None:
    with pytest.raises(MeasureError, match="Of 0 customers 0 bought again"):
        bench.scores.run("lifetime_value", dt.date(1990, 1, 1))
    with pytest.raises(ConfigError, match="lifetime_value cannot take 'bgnbd' for model"):
        run(bench, model="bgnbd")
    with pytest.raises(ConfigError, match="lifetime_value cannot take 0 for horizon"):
        run(bench, horizon=0)
