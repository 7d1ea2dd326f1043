"""Purchases of contacts, counted and added up in the store: what counts as one, on which day, and until when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from pipelines.contact_features import EVENT_TABLES
from workbench.errors import ConditionError
from workbench.scoring.method import Inputs
from workbench.scoring.purchases import PurchaseOptions, by_day, summary

NOBODY_KNOWS = "nobody knows what was there on an earlier day. Take rows that happened:"
DAY = dt.date(2026, 3, 31)
ROWS = [
    ("ANNA", "2026-01-05T09:00Z", "D1", "A", 10.25), ("ANNA", "2026-01-05T09:00Z", "D1", "B", 4.75),
    ("ANNA", "2026-02-10T08:00Z", "D2", "A", 20), ("ANNA", "2026-02-10T18:00Z", "D3", "A", None),
    ("BEN", "2026-03-31T21:59Z", None, "A", 7), ("BEN", "2026-03-31T21:00Z", None, "A", 3),
    ("BEN", "2026-03-31T22:00Z", "D9", "A", 999),  # the next day in Prague
    ("CARL", "2026-01-31T23:30Z", "D4", "B", -5),  # in February in Prague
]  # fmt: skip


@pytest.fixture(scope="module", name="bench")
def store_with_sales() -> wb.Workbench:
    bench = wb.open(":memory:")
    bench.setup.set("time_zone", "Europe/Prague")
    people = pd.DataFrame(
        {"contact_no": ["ANNA", "BEN", "CARL", "DORA"], "type": "person", "city": ["X", "X", "Y", "Y"]}
    )
    bench.sources.load("contact", people)
    columns = ["contact_no", "posted_at", "document_no", "item_no", "sales_amount"]
    bench.sources.load("sales_entry", pd.DataFrame(ROWS, columns=columns))
    bench.segments.save(wb.Segment.from_dict(
        {"name": "of X", "steps": [{"add": {"field": "city", "op": "is", "value": "X"}}]}
    ))  # fmt: skip
    return bench


def inputs(bench: wb.Workbench, day: dt.date = DAY) -> Inputs:
    return Inputs(day, bench.database, bench.setup, bench.segments.evaluator)


def summed(bench: wb.Workbench, day: dt.date = DAY, **options: Any) -> list[tuple[Any, ...]]:
    found = summary(inputs(bench, day), PurchaseOptions(**options), with_first=True)
    days = {name: found[name].dt.strftime("%m-%d") for name in ("first_on", "last_on")}
    return list(found.assign(**days).itertuples(index=False, name=None))


@pytest.mark.parametrize("counted_by", ["entry", "day", "document_no"])
def test_grouping_and_adding_up_agree(bench: wb.Workbench, counted_by: str) -> None:
    told = PurchaseOptions(counted_by=counted_by)
    grouped = summary(inputs(bench), told, with_first=True).drop(columns="first_amount")
    pd.testing.assert_frame_equal(summary(inputs(bench), told), grouped)


def test_each_entry_is_a_purchase(bench: wb.Workbench) -> None:
    assert summed(bench, counted_by="entry") == [
        (1, "01-05", "02-10", 4, 35.0, 4.75), (2, "03-31", "03-31", 2, 10.0, 3.0), (3, "02-01", "02-01", 1, -5.0, -5.0),
    ]  # fmt: skip


def test_a_day_is_one_of_the_calendar_of_the_store(bench: wb.Workbench) -> None:
    assert summed(bench, counted_by="day") == [
        (1, "01-05", "02-10", 2, 35.0, 15.0), (2, "03-31", "03-31", 1, 10.0, 10.0),
        (3, "02-01", "02-01", 1, -5.0, -5.0),
    ]  # fmt: skip
    assert len(summed(bench, dt.date(2026, 1, 31))) == 1


def test_a_document_is_a_purchase_and_an_entry_without_one_by_itself(bench: wb.Workbench) -> None:
    assert summed(bench) == summed(bench, counted_by="document_no")
    assert [row[3] for row in summed(bench, counted_by="document_no")] == [3, 2, 1]
    assert summed(bench, counted_by="document_no")[0] == (1, "01-05", "02-10", 3, 35.0, 15.0)


def test_a_condition_and_a_segment_bound_what_is_looked_at(bench: wb.Workbench) -> None:
    only_a = {"related": "sales_entry", "where": {"field": "item_no", "op": "is", "value": "A"}}
    assert [row[:1] + row[3:5] for row in summed(bench, purchase=only_a)] == [(1, 3, 30.25), (2, 2, 10.0)]
    assert [row[0] for row in summed(bench, base="of X", counted_by="day")] == [1, 2]
    window = {"related": "sales_entry", "within": {"in_last": {"n": 2, "unit": "month"}}}
    assert [row[3] for row in summed(bench, purchase=window)] == [2, 2, 1]


def test_purchases_before_and_after_a_day(bench: wb.Workbench) -> None:
    told = PurchaseOptions(counted_by="day")
    cut = dt.date(2026, 1, 31)
    until, after = summary(inputs(bench), told, until=cut), summary(inputs(bench), told, after=cut)
    assert until[["contact_id", "purchase_count"]].to_numpy().tolist() == [[1, 1]]
    assert after[["contact_id", "purchase_count"]].to_numpy().tolist() == [[1, 1], [2, 1], [3, 1]]
    assert "first_amount" not in until


@pytest.mark.parametrize(("counted_by", "repeats"), [("entry", [1, 0, 2, 1]), ("day", [0, 0, 1, 0])])
def test_first_and_repeat_purchases_by_day(bench: wb.Workbench, counted_by: str, repeats: list[int]) -> None:
    found = by_day(inputs(bench), PurchaseOptions(counted_by=counted_by))
    assert found["bought_on"].dt.strftime("%m-%d").tolist() == ["01-05", "02-01", "02-10", "03-31"]
    assert found["first_count"].tolist() == [1, 1, 0, 1]
    assert found["repeat_count"].tolist() == repeats


def test_rows_without_amounts_have_none(bench: wb.Workbench) -> None:
    found = summary(inputs(bench), PurchaseOptions(purchase="interaction"), with_first=True)
    assert found.empty
    assert found.dtypes.astype("str").tolist()[3:] == ["int64", "float64", "float64"]


@pytest.mark.parametrize(("options", "said"), [
    ({"purchase": {"related": "sale_entry"}},
     'Purchase: There are no related rows "sale_entry". Did you mean "sales_entry"?'),
    ({"purchase": {"related": "task"}},
     f"Purchase: Rows of task are no purchases: {NOBODY_KNOWS} {', '.join(EVENT_TABLES)}."),
    ({"purchase": {"related": "sales_entry", "measure": {"sum": "sales_amount"}, "op": "more_than", "value": 3}},
     "Purchase: What a purchase is says which rows, and measures nothing. Leave out measure, op and value."),
    ({"purchase": {"where": []}},
     "Purchase: related: Field required. Say which rows purchases are made of, such as {related: sales_entry}."),
    ({"counted_by": "document"}, 'Option counted_by: sales_entry has no field "document". Did you mean "document_no"?'),
    ({"amount": "item_no"},
     "Option amount: item_no cannot be added up, for it is text. Take a field with amounts or numbers."),
])  # fmt: skip
def test_what_does_not_fit_is_refused(bench: wb.Workbench, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ConditionError) as refused:
        summary(inputs(bench), PurchaseOptions(**options))
    assert str(refused.value) == said


def test_rows_of_deleted_contacts_are_nobodys_purchases() -> None:
    bench = wb.open(":memory:")
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["ANNA", "BEN"], "type": "person"}))
    sales = {"contact_no": ["ANNA", "BEN"], "posted_at": "2026-01-05", "sales_amount": [1, 2]}
    bench.sources.load("sales_entry", pd.DataFrame(sales))
    bench.contacts.delete("BEN", as_of=DAY)
    with bench.database.reading() as con:
        assert con.execute("SELECT count(*) FROM sales_entry").fetchall() == [(2,)]
    assert [row[0] for row in summed(bench)] == [1]
    assert summary(inputs(bench), PurchaseOptions())["contact_id"].tolist() == [1]
    assert by_day(inputs(bench), PurchaseOptions())["first_count"].tolist() == [1]
