"""What is written in a dialect comes back from it, whatever the values."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.setup import Setup
from workbench.sources import Sources
from workbench.sources.date_orders import order_of
from workbench.sources.instants import instants
from workbench.sources.moments import moments
from workbench.sources.numbers import as_amounts, canonical, evidence
from workbench.store import Database

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False)
DIALECTS = {
    "1,234.56": (",", "."), "1.234,56": (".", ","), "1 234,56": (" ", ","), "1\u202f234,56": ("\u202f", ","),
    "1'234.56": ("'", "."), "1234.56": ("", "."), "1234,56": ("", ","),
}  # fmt: skip
SIGNS = ("-{}", "({})", "{}-", "\u2212{}", "$-{}", "-{} €")


def written(amount: Decimal, group: str, decimal: str, sign: str) -> str:
    plain = f"{abs(amount):,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", group)
    return sign.format(plain) if amount < 0 else plain


@given(st.lists(AMOUNTS, min_size=1, max_size=20), st.sampled_from(sorted(DIALECTS)), st.sampled_from(SIGNS))
def test_amounts_come_back_exactly(amounts: list[Decimal], dialect: str, sign: str) -> None:
    texts = pa.array([written(amount, *DIALECTS[dialect], sign) for amount in amounts])

    decimal = evidence(texts).decimal

    assert decimal == DIALECTS[dialect][1]
    assert as_amounts(canonical(texts, decimal)).to_pylist() == amounts


DATE_FORMATS = {
    "dmy": ("%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"),
    "mdy": ("%m/%d/%Y", "%m-%d-%Y"),
    "ymd": ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%B %d, %Y"),
}
DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(sorted(DATE_FORMATS)), st.data())
def test_days_come_back_and_an_order_is_never_guessed(days: list[dt.date], order: str, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(DATE_FORMATS[order]))
    texts = pa.array([day.strftime(form) for day in days])

    seen = order_of(texts)

    told = {"dmy": any(d.day > 12 for d in days), "mdy": any(d.day > 12 for d in days), "ymd": True}[order]
    same = all(d.day == d.month for d in days)
    assert seen.order == order if told else seen.order == ("dmy" if same else "")
    assert moments(texts, order).days.tolist() == days


CLOCKS = st.datetimes(min_value=dt.datetime(1970, 1, 2), max_value=dt.datetime(2099, 12, 30))  # noqa: DTZ001
ZONES = st.sampled_from(["UTC", "America/New_York", "Europe/Prague", "Asia/Kathmandu", "Australia/Lord_Howe"])


@given(st.lists(CLOCKS, min_size=1, max_size=20), ZONES)
def test_instants_with_an_offset_come_back_from_any_zone(clocks: list[dt.datetime], zone: str) -> None:
    aware = [clock.replace(tzinfo=ZoneInfo(zone)) for clock in clocks]
    texts = pa.array([moment.isoformat(timespec="microseconds") for moment in aware])

    found = instants(moments(texts, "dmy"), ZoneInfo("Pacific/Auckland"))

    assert found.tolist() == [moment.astimezone(dt.UTC).replace(tzinfo=None) for moment in aware]


@given(st.lists(CLOCKS, min_size=1, max_size=20), ZONES)
def test_clock_times_mean_the_first_of_two_instants_or_the_end_of_a_gap(clocks: list[dt.datetime], zone: str) -> None:
    texts = pa.array([clock.isoformat(" ", "microseconds") for clock in clocks])

    found = instants(moments(texts, "dmy"), ZoneInfo(zone))

    for clock, at in zip(clocks, found.tolist(), strict=True):
        local = at.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
        assert local.replace(tzinfo=None) == clock or local.replace(tzinfo=None) > clock
        assert local.fold == 0


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_hostile_texts_come_back_as_they_are(
    tmp_path: Path, rows: list[tuple[str, str]], delimiter: str, encoding: str
) -> None:
    rows = [("'; DROP TABLE contact; --", '"quoted", =1+1'), *rows]
    buffer = io.StringIO(newline="")
    lines = [("contact_no", "name", "city"), *((f"C{place}", *row) for place, row in enumerate(rows))]
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(lines)
    path = tmp_path / "people.csv"
    path.write_bytes(buffer.getvalue().encode(encoding))
    database = Database(":memory:")
    sources = Sources(database, Setup(database))

    receipt = sources.load("contact", path, encoding=encoding)

    assert (receipt.new, receipt.rejected) == (len(rows), 0)
    with database.reading() as con:
        stored = con.execute("SELECT name, city FROM contact ORDER BY contact_id").fetchall()
    trimmed = [tuple(pa.compute.utf8_trim_whitespace(pa.array(row)).to_pylist()) for row in rows]
    assert stored == [tuple(text or None for text in row) for row in trimmed]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 2), st.booleans()), max_size=12), st.data())
def test_counts_always_add_up_and_a_second_load_changes_nothing(
    rows: list[tuple[str, int, bool]], data: st.DataObject
) -> None:
    database = Database(":memory:")
    sources = Sources(database, Setup(database))
    sources.load("contact", pd.DataFrame({"contact_no": ["A", "B"]}))
    frame = pd.DataFrame(rows, columns=["contact_no", "amount", "own"]).astype({"contact_no": "str"})
    frame["sales_entry_no"] = frame["amount"].astype("str").where(frame.pop("own").astype(bool))
    frame["date"] = "2024-01-31"
    split = data.draw(st.integers(0, len(frame)))

    for part in (frame.iloc[:split], frame, frame):
        receipt = sources.load("sales_entry", part)
        assert receipt.rows == receipt.new + receipt.changed + receipt.unchanged + receipt.rejected == len(part)

    assert (receipt.new, receipt.changed) == (0, 0)
    keyless = frame[frame["sales_entry_no"].isna() & (frame["contact_no"] != "C")]
    with database.reading() as con:
        found = con.execute("SELECT count(*) FROM sales_entry WHERE sales_entry_no IS NULL").fetchall()
    assert found == [(len(keyless),)]


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_month_ends_and_leap_days_are_kept(order: str) -> None:
    days = [dt.date(year, month, 1) - dt.timedelta(days=1) for year in (1901, 2000, 2024) for month in range(1, 13)]
    texts = pa.array([day.strftime("%d/%m/%Y" if order == "dmy" else "%m/%d/%Y") for day in days])

    assert order_of(texts).order == order
    assert moments(texts, order).days.tolist() == days
