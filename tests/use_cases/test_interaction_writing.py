"""Writing interactions, and finding the entry of a campaign they belong to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases import campaign_world
from tests.use_cases.campaign_world import SPRING
from workbench.errors import FrameError
from workbench.interactions import campaign_entries, writing

AT = pd.Timestamp("2026-03-31 09:00")


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    return campaign_world.world()


def _rows(**values: Any) -> pd.DataFrame:
    return pd.DataFrame({"contact_id": [2, 1], "occurred_at": [AT, AT], **values})


def test_numbers_follow_the_last_in_the_order_of_the_rows(bench: wb.Workbench) -> None:
    with bench.database.writing() as con:
        first = writing.insert(con, _rows(description=["b", "a"], cost_amount=[None, Decimal("1.25")], evaluation=None))
        second = writing.insert(con, _rows(is_canceled=[True, None]))
        found = con.execute(
            "SELECT contact_id, description, cost_amount, evaluation, is_canceled, is_postponed FROM interaction "
            "ORDER BY entry_no"
        ).fetchall()
    assert second == [first[1] + 1, first[1] + 2]
    assert found[:2] == [(2, "b", None, None, False, False), (1, "a", Decimal("1.25"), None, False, False)]
    assert [row[4] for row in found[2:]] == [True, False]


def test_no_rows_are_no_interactions(bench: wb.Workbench) -> None:
    with bench.database.writing() as con:
        assert writing.insert(con, _rows().iloc[:0]) == []


def test_a_moment_with_a_zone_is_kept_in_utc(bench: wb.Workbench) -> None:
    at = pd.Timestamp("2026-03-31 12:00", tz="Europe/Prague")
    with bench.database.writing() as con:
        (number,) = writing.insert(con, pd.DataFrame({"contact_id": [1], "occurred_at": [at]}))
        kept = con.execute("SELECT occurred_at FROM interaction WHERE entry_no = ?", [number]).fetchall()
    assert kept == [(pd.Timestamp("2026-03-31 10:00"),)]


def test_rows_without_contact_and_unknown_columns_are_refused(bench: wb.Workbench) -> None:
    with bench.database.writing() as con:
        with pytest.raises(FrameError) as nobody:
            writing.insert(con, pd.DataFrame({"contact_id": [None], "occurred_at": [AT]}))
        with pytest.raises(FrameError) as unknown:
            writing.insert(con, _rows(descripton="x"))
    assert nobody.value.message == "Interactions need contact_id in each row."
    assert unknown.value.message == 'interaction has no column "descripton".'
    assert unknown.value.hint == 'Did you mean "description"?'


def test_a_campaign_has_one_entry_for_each_segment_and_document(bench: wb.Workbench) -> None:
    given: dict[str, Any] = {
        "campaign_no": SPRING,
        "description": "Spring",
        "dated_on": AT.date(),
        "salesperson_code": "JO",
    }
    with bench.database.writing() as con:
        alone = campaign_entries.entry_for(con, **given)
        again = campaign_entries.entry_for(con, **given)
        segment = campaign_entries.entry_for(con, **given, segment_no="SM1", logged_segment_entry_no="4")
        invoice = campaign_entries.entry_for(con, **given, document_type="sales_invoice")
        con.execute("UPDATE campaign_entry SET is_canceled = TRUE WHERE campaign_entry_no = ?", [alone])
        fresh = campaign_entries.entry_for(con, **given)
        kept = con.execute("SELECT segment_no, logged_segment_entry_no FROM campaign_entry ORDER BY 1").fetchall()
    assert again == alone
    assert len({alone, segment, invoice, fresh}) == 4
    assert ("SM1", "4") in kept
