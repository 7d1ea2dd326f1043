"""Numbers and dates are understood from the whole column, and shown; what cannot be told is asked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sources.conftest import Shelf, at
from workbench.errors import SourceError


def sales(folder: Path, *rows: str, header: str = "contact_no;date;amount") -> Path:
    path = folder / "sales.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1 234,56", "1234.56"), ("1\u00a0234,56", "1234.56"),
        ("1'234.50", "1234.5"), ("(12.50)", "-12.5"), ("-12,5", "-12.5"), ("12,5-", "-12.5"), ("\u22123,5", "-3.5"),
        ("$1,200.00", "1200"), ("12,50 €", "12.5"), ("EUR 12,50", "12.5"), ("CHF 1'000.00", "1000"), ("1.5e3", "1500"),
        ("0,005", "0.005"), ("1.234.567", "1234567"), ("0.00005", "0.0001"), ("-0.00005", "-0.0001"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(people: Shelf, tmp_path: Path, written: str, amount: str) -> None:
    receipt = people.sources.load("sales_entry", sales(tmp_path, f"C1;2024-01-31;{written}"))

    assert receipt.rejected == 0
    assert people.ask("SELECT sales_amount FROM sales_entry") == [(Decimal(amount),)]


@pytest.mark.parametrize("written", ["abc", "1,2,3", "1.2.3", "12..5", "(5", "--5", "NaN", "inf", "12 %", "1e400"])
def test_what_is_no_number_is_a_problem(people: Shelf, tmp_path: Path, written: str) -> None:
    receipt = people.sources.load("sales_entry", sales(tmp_path, f"C1;2024-01-31;{written}", "C1;2024-01-31;1.5"))

    assert (receipt.new, receipt.rejected) == (1, 1)
    assert receipt.problems.loc[0, ["row", "column", "value"]].tolist() == [2, "amount", written]


def test_an_amount_too_large_for_the_store_is_a_problem(people: Shelf, tmp_path: Path) -> None:
    receipt = people.sources.load("sales_entry", sales(tmp_path, "C1;2024-01-31;100000000000000"))

    assert receipt.problems["reason"].tolist() == ["is too large for an amount"]


def test_a_value_that_reads_both_ways_follows_the_column_then_the_file_and_is_noted_else(
    people: Shelf, tmp_path: Path
) -> None:
    header = "contact_no;date;amount;discount"
    told = people.sources.plan("sales_entry", sales(tmp_path, "C1;2024-01-31;1.234;0,5", header=header))
    untold = people.sources.plan("sales_entry", sales(tmp_path, "C1;2024-01-31;1.234;5", header=header))
    said = people.sources.plan("sales_entry", sales(tmp_path, "C1;2024-01-31;1.234;5", header=header), decimal=".")

    assert told.dialect.columns["amount"] == "1.234,56"
    assert untold.notes[0].startswith('"1.234" in column "amount" was read with "," as decimal sign')
    assert said.dialect.columns["amount"] == "1,234.56"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2024-01-31", "yyyy-mm-dd"), ("31-01-2024", "dd-mm-yyyy"), ("01/31/2024", "mm/dd/yyyy"),
        ("31.01.2024", "dd.mm.yyyy"), ("31.1.24", "dd.mm.yy"), ("20240131", "yyyymmdd"), ("2024/1/31", "yyyy/mm/dd"),
        ("31 Jan 2024", ""), ("Jan 31, 2024", ""), ("31. ene 2024", ""), ("2024-01-31 00:00:00", "yyyy-mm-dd hh:mm"),
        ("01/31/2024 12:00 AM", "mm/dd/yyyy hh:mm"),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_dialect(people: Shelf, tmp_path: Path, written: str, shown: str) -> None:
    receipt = people.sources.load("sales_entry", sales(tmp_path, f"C1;{written};1"))

    assert receipt.dialect.columns.get("date", "") == shown
    assert people.ask("SELECT posted_at FROM sales_entry") == [(at("2024-01-31"),)]


@pytest.mark.parametrize(
    "written", ["32.01.2024", "2023-02-29", "soon", "2024-01-31 24:00", "0000-00-00", "1/2", "13:00"]
)
def test_what_is_no_date_is_a_problem(people: Shelf, tmp_path: Path, written: str) -> None:
    receipt = people.sources.load("sales_entry", sales(tmp_path, f"C1;{written};1", "C1;31.12.2023;1"))

    assert (receipt.new, receipt.rejected) == (1, 1)
    assert receipt.problems.loc[0, ["column", "value", "reason"]].tolist() == [
        "date", written, "is not a date (day, month, year)",
    ]  # fmt: skip


def test_dates_that_read_both_ways_are_not_guessed(people: Shelf, tmp_path: Path) -> None:
    path = sales(tmp_path, "C1;03/04/2024;1", "C1;01/01/2024;2")

    plan = people.sources.plan("sales_entry", path)
    with pytest.raises(SourceError, match='Column "date" does not tell day from month: "03/04/2024"') as caught:
        people.sources.load("sales_entry", path)

    assert plan.dialect.columns["date"] == "ambiguous"
    assert len(plan.questions) == 1
    assert 'date_order="dmy"' in caught.value.hint
    assert people.ask("SELECT count(*) FROM sales_entry") == [(0,)]
    people.sources.load("sales_entry", path, date_order="mdy")
    assert people.ask("SELECT posted_at FROM sales_entry ORDER BY sales_amount") == [
        (at("2024-03-04"),), (at("2024-01-01"),),
    ]  # fmt: skip


def test_one_date_column_tells_the_order_of_another(people: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("contact_no,created,close date\nC1,03/04/2024,25/04/2024\n", encoding="utf-8")

    receipt = people.sources.load("opportunity", path)

    assert receipt.notes == ('Column "created" does not tell day from month; read like the other dates of the file.',)
    assert people.ask("SELECT created_on FROM opportunity") == [(dt.date(2024, 4, 3),)]


def test_orders_in_conflict_are_asked_about_unless_nearly_all_agree(people: Shelf, tmp_path: Path) -> None:
    mixed = people.sources.plan("sales_entry", sales(tmp_path, "C1;13/01/2024;1", "C1;01/13/2024;1"))
    nearly = [f"C1;{day}/01/2024;1" for day in range(13, 31)]
    clear = people.sources.plan("sales_entry", sales(tmp_path, *nearly, "C1;01/13/2024;1"))

    assert mixed.questions
    assert not clear.questions
    assert clear.rejected == 1


def test_times_without_an_offset_are_in_the_stores_zone_unless_said(people: Shelf, tmp_path: Path) -> None:
    people.setup.set("time_zone", "America/New_York")
    path = sales(tmp_path, "C1;2024-07-01 10:00;1", "C1;2024-07-01;2", "C1;2024-07-01T10:00:00Z;3",
                 "C1;2024-07-01 10:00:00.5+02:00;4")  # fmt: skip

    local = people.sources.load("sales_entry", path)
    people.sources.load("sales_entry", path, time_zone="UTC")

    assert local.dialect.time_zone == "America/New_York"
    assert people.ask("SELECT sales_amount::INTEGER, posted_at FROM sales_entry ORDER BY ALL") == [
        (1, at("2024-07-01 10:00")), (1, at("2024-07-01 14:00")),
        (2, at("2024-07-01")), (2, at("2024-07-01 04:00")),
        (3, at("2024-07-01 10:00")),
        (4, at("2024-07-01 08:00:00.500000")),
    ]  # fmt: skip


def test_a_skipped_time_becomes_the_end_of_the_gap_and_a_repeated_one_is_the_first(
    people: Shelf, tmp_path: Path
) -> None:
    rows = "C1;2024-03-10 02:30;1", "C1;2024-11-03 01:30;2"

    people.sources.load("sales_entry", sales(tmp_path, *rows), time_zone="America/New_York")

    assert people.ask("SELECT posted_at FROM sales_entry ORDER BY sales_amount") == [
        (at("2024-03-10 07:00"),),
        (at("2024-11-03 05:30"),),
    ]


def test_an_instant_in_a_date_column_is_its_local_day(people: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("contact_no,created\nC1,2024-01-01T03:00:00Z\n", encoding="utf-8")

    people.sources.load("opportunity", path, time_zone="America/New_York")

    assert people.ask("SELECT created_on FROM opportunity") == [(dt.date(2023, 12, 31),)]
