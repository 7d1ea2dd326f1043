from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from pipelines.schema import CAMPAIGN, CONTACT, INTERACTION, TABLES
from workbench.setup import Setup
from workbench.store import Database
from workbench.store.tables import batches, flags, frame, ids, quoted, read


@pytest.fixture
def filled(database: Database) -> Database:
    with database.writing() as con:
        con.execute(
            "INSERT INTO contact (contact_id, contact_no, type, industry_codes) VALUES (7, '007', 'person', NULL)"
        )
        con.execute("INSERT INTO contact (contact_id, contact_no, type, city) VALUES (3, 'CT3', 'company', 'Prague')")
        con.execute(
            "INSERT INTO interaction (entry_no, contact_id, occurred_at, cost_amount) VALUES "
            "(2, 7, TIMESTAMP '2024-02-29 23:30:00', 12.3450), (1, 3, TIMESTAMP '2024-01-01 00:00:00', NULL)"
        )
        con.execute("INSERT INTO campaign (campaign_no, starting_on) VALUES ('18', DATE '2017-10-30')")
    return database


def test_a_frame_binds_its_values(filled: Database) -> None:
    with filled.reading() as con:
        found = frame(con, "SELECT contact_no FROM contact WHERE city = ?", ["Prague"])
        assert found["contact_no"].tolist() == ["CT3"]
        assert frame(con, "SELECT contact_no FROM contact WHERE city = ?", ["' OR 1=1 --"]).empty


def test_ids_are_integers_in_the_order_of_the_query(filled: Database) -> None:
    with filled.reading() as con:
        found = ids(con, "SELECT contact_id, city FROM contact WHERE type <> ? ORDER BY contact_id DESC", ["lead"])
        none = ids(con, "SELECT contact_id FROM contact WHERE FALSE")
    assert found.tolist() == [7, 3]
    assert found.dtype == none.dtype == np.int32
    assert none.size == 0


def test_batches_give_every_row_once_and_amounts_in_ten_thousandths(database: Database) -> None:
    with database.writing() as con:
        con.execute(
            "INSERT INTO sales_entry (entry_no, contact_id, posted_at, sales_amount) "
            "SELECT i, i % 1000, TIMESTAMP '2024-01-01', (i - 600000)::DECIMAL(18, 4) / 8 FROM range(1200000) t(i)"
        )
    query = "SELECT contact_id, sales_amount FROM sales_entry WHERE contact_id >= 10"
    with database.reading() as con:
        found = [(ids.copy(), amounts.copy()) for ids, amounts in batches(con, query)]
        assert con.execute("SELECT 1").fetchall() == [(1,)], "the connection is free again"
    assert len(found) > 1
    contact_ids, amounts = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    rows = np.arange(1_200_000)
    kept = rows % 1000 >= 10
    assert np.array_equal(np.sort(amounts), np.sort((rows[kept] - 600_000) * 1250))
    assert contact_ids.sum() == (rows[kept] % 1000).sum()


def test_batches_hold_the_largest_amounts(filled: Database) -> None:
    largest = "99999999999999.9999"
    with filled.reading() as con:
        found = list(
            batches(con, f"SELECT CAST(a AS DECIMAL(18, 4)) AS a FROM (VALUES ({largest}), (-{largest})) t(a)")
        )
        assert [amounts.tolist() for (amounts,) in found] == [[10**18 - 1, 1 - 10**18]]
        assert sum(ids.size for (ids,) in batches(con, "SELECT contact_id FROM contact WHERE FALSE")) == 0


def test_flags_are_masks_by_id(filled: Database) -> None:
    with filled.reading() as con:
        found = flags(con, "SELECT contact_id, city IS NOT NULL AS settled, type = 'person' AS human FROM contact", 9)
    assert {name: np.flatnonzero(mask).tolist() for name, mask in found.items()} == {"settled": [3], "human": [7]}
    assert all(mask.size == 9 and mask.dtype == np.bool_ for mask in found.values())


def test_every_table_is_read_conformed_when_it_is_empty(database: Database) -> None:
    with database.reading() as con:
        for table in TABLES.values():
            found = read(con, table)
            assert found.empty
            assert {c.name: c.dtype for c in table.columns}.items() <= found.dtypes.astype(str).to_dict().items()


def test_contacts_are_read_in_the_order_of_their_ids_with_text_left_text(filled: Database) -> None:
    with filled.reading() as con:
        found = read(con, CONTACT)
    assert list(found.columns) == ["contact_id", *CONTACT.by_name]
    assert found["contact_no"].tolist() == ["CT3", "007"]
    assert found["industry_codes"].tolist() == [[], []]
    assert found["is_minor"].tolist() == [False, False]
    assert found["city"].isna().tolist() == [False, True]


def test_rows_about_a_contact_carry_its_number_and_keep_load_order(filled: Database) -> None:
    with filled.reading() as con:
        found = read(con, INTERACTION)
    assert list(found.columns) == ["contact_id", *INTERACTION.by_name]
    assert found["contact_no"].tolist() == ["CT3", "007"]
    assert found["occurred_at"].tolist() == [
        pd.Timestamp("2024-01-01", tz="UTC"), pd.Timestamp("2024-02-29 23:30", tz="UTC"),
    ]  # fmt: skip
    assert found["cost_amount"].tolist()[1] == 12.345


def test_rows_that_are_not_about_contacts_have_no_contact(filled: Database) -> None:
    with filled.reading() as con:
        found = read(con, CAMPAIGN)
    assert list(found.columns) == list(CAMPAIGN.by_name)
    assert found["starting_on"].tolist() == [pd.Timestamp("2017-10-30")]


def test_custom_fields_of_every_type_are_read_behind_the_own_columns(database: Database) -> None:
    given = {
        "text": "x", "number": 0.5, "amount": Decimal("1.2500"), "date": dt.date(2024, 2, 29),
        "timestamp": dt.datetime(2024, 2, 29, 12),  # noqa: DTZ001
        "boolean": True, "many_valued": ["a", "b"],
    }  # fmt: skip
    setup = Setup(database)
    for type_ in given:
        setup.add_field("contact", f"a_{type_}", type_)
    names = ", ".join(f"a_{type_}" for type_ in given)
    with database.writing() as con:
        con.execute(
            f"INSERT INTO contact (contact_id, contact_no, type, {names}) "
            "VALUES (1, 'A', 'person', ?, ?, ?, ?, ?, ?, ?)",
            list(given.values()),
        )
    with database.reading() as con:
        found = read(con, setup.table("contact")).iloc[0]
    assert [found[f"a_{type_}"] for type_ in given] == [
        "x", 0.5, 1.25, pd.Timestamp("2024-02-29"), pd.Timestamp("2024-02-29 12:00", tz="UTC"), True, ["a", "b"],
    ]  # fmt: skip


def test_a_name_is_quoted_whatever_it_is() -> None:
    assert quoted('a"b') == '"a""b"'
