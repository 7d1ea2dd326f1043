"""Public data sets go in whole, with the figures their publishers print."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from tests.sources.conftest import Shelf

OPPORTUNITIES = {"account": "contact_no", "product": "product:text"}


def test_equal_rows_of_the_hillstrom_file_are_different_people_and_a_second_load_adds_nobody(
    shelf: Shelf, shared: Path
) -> None:
    path = shared / "hillstrom" / "hillstrom.csv"

    first = shelf.sources.load("contact", path, new_fields="add")
    revision = shelf.database.revision()
    second = shelf.sources.load("contact", path, new_fields="add")

    assert first.counts == {"rows": 64_000, "new": 64_000, "changed": 0, "unchanged": 0, "rejected": 0}
    assert second.counts == {"rows": 64_000, "new": 0, "changed": 0, "unchanged": 64_000, "rejected": 0}
    assert second.load_no is None
    assert shelf.database.revision() == revision
    assert shelf.ask("SELECT count(*), count(DISTINCT contact_no), min(contact_no), max(contact_no) FROM contact") == [
        (64_000, 64_000, "CT000001", "CT064000")
    ]
    assert shelf.ask(
        "SELECT segment, count(*), sum(visit), sum(spend)::DECIMAL(18, 2) FROM contact GROUP BY 1 ORDER BY 1"
    ) == [
        ("Mens E-Mail", 21_307, 3_894, Decimal("30311.69")),
        ("No E-Mail", 21_306, 2_262, Decimal("13908.33")),
        ("Womens E-Mail", 21_387, 3_238, Decimal("23038.11")),
    ]


def with_companies(shelf: Shelf, shared: Path) -> None:
    accounts = shared / "maven_crm" / "accounts.csv"
    mapping = {"account": "contact_no"}
    receipt = shelf.sources.load("contact", accounts, mapping, new_fields="add", constants={"type": "company"})
    assert receipt.new == 85


@pytest.mark.parametrize(
    ("name", "written"),
    [("sales_pipeline.csv", "yyyy-mm-dd"), ("sales_pipeline_other_dialect.csv", "dd-mm-yyyy")],
)
def test_both_dialects_of_the_sales_pipeline_give_the_same_opportunities(
    shelf: Shelf, shared: Path, name: str, written: str
) -> None:
    with_companies(shelf, shared)

    receipt = shelf.sources.load("opportunity", shared / "maven_crm" / name, OPPORTUNITIES)

    assert receipt.counts == {"rows": 8_800, "new": 7_375, "changed": 0, "unchanged": 0, "rejected": 1_425}
    assert receipt.dialect.columns == {"engage_date": written, "close_date": written}
    assert set(receipt.problems["column"]) == {"account"}
    original = pd.read_csv(shared / "maven_crm" / "sales_pipeline.csv", dtype="str").dropna(subset="account")
    stored = shelf.frame(
        "SELECT opportunity_no, strftime(created_on, '%Y-%m-%d') AS engage_date, strftime(closed_on, '%Y-%m-%d') AS "
        "close_date FROM opportunity ORDER BY opportunity_no"
    )
    dates = original.sort_values("opportunity_id")[["engage_date", "close_date"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(stored[["engage_date", "close_date"]].astype("str"), dates)
    assert shelf.ask("SELECT sum(calculated_amount) FROM opportunity") == [(Decimal("10005534.0000"),)]


def test_the_other_dialect_changes_only_the_values_that_differ(shelf: Shelf, shared: Path) -> None:
    with_companies(shelf, shared)
    shelf.sources.load("opportunity", shared / "maven_crm" / "sales_pipeline.csv", OPPORTUNITIES)
    open_deals = shelf.ask("SELECT count(*) FROM opportunity WHERE calculated_amount IS NULL")[0][0]

    other = shelf.sources.load("opportunity", shared / "maven_crm" / "sales_pipeline_other_dialect.csv", OPPORTUNITIES)

    # Open deals have no value in one file and the value 0 in the other; everything else is the same.
    assert (other.new, other.changed, other.rejected) == (0, open_deals, 1_425)
