"""Merging a duplicate into the contact that stays, and undoing it."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench as wb
from workbench.contact_rows.related import ABOUT_CONTACTS
from workbench.contact_rows.tombstones import digest
from workbench.store import tables
from workbench.store.tables import quoted

DAY = dt.date(2026, 5, 4)
PRESS = "business_relation:PRESS"
# What a merge itself is recorded in, and what grows with every write.
_NOT_CONTENT = ("contact_merge", "store")


def load(bench: wb.Workbench, table: str, *rows: dict[str, Any]) -> None:
    assert bench.sources.load(table, pd.DataFrame(list(rows)), new_fields="add").rejected == 0


@pytest.fixture(name="bench")
def store(tmp_path: Path) -> wb.Workbench:
    """Open a store of the test's own."""
    return wb.open(shutil.copy(_made_once(), tmp_path / "merge.duckdb"))


@functools.cache
def _made_once() -> Path:
    path = Path(tempfile.mkdtemp()) / "merge.duckdb"
    fill(wb.open(path))
    return path


def fill(bench: wb.Workbench) -> None:
    """Two companies that are one, each with a person, and rows of some kinds about them."""
    load(
        bench, "contact",
        {"contact_no": "C1", "type": "company", "name": "Adatum", "city": "Leeds", "phone_no": None, "tier": "gold",
         "mailing_group_codes": ["NEWS"], "industry_codes": ["IT"]},
        {"contact_no": "C2", "type": "company", "name": "Adatum Ltd", "city": "York", "phone_no": "123456",
         "tier": None, "mailing_group_codes": ["VIP", "NEWS"], "industry_codes": []},
        {"contact_no": "P1", "type": "person", "name": "Ann Carver", "company_no": "C1", "city": "Leeds"},
        {"contact_no": "P2", "type": "person", "name": "Bob Carver", "company_no": "C2", "city": "York"},
        {"contact_no": "C3", "type": "company", "name": "Fabrikam", "city": "Leeds"},
    )  # fmt: skip
    load(
        bench, "interaction",
        {"interaction_no": "I1", "contact_no": "C1", "occurred_at": "2026-01-01"},
        {"interaction_no": "I2", "contact_no": "C2", "occurred_at": "2026-01-02"},
        {"interaction_no": "I3", "contact_no": "C2", "occurred_at": "2026-01-03"},
    )  # fmt: skip
    load(bench, "contact_list", {"list_name": "vip", "contact_no": "C1"}, {"list_name": "vip", "contact_no": "C2"},
         {"list_name": "fair", "contact_no": "C2"})  # fmt: skip
    with bench.database.writing() as con:
        con.execute(
            "INSERT INTO contact_comment (entry_no, contact_id, comment) "
            "VALUES (1, 2, 'late payer'), (2, 1, 'nice'), (3, 2, 'moved house')"
        )


def conflicting(bench: wb.Workbench) -> None:
    load(bench, "business_relation", {"contact_no": "C1", "business_relation_code": "PRESS", "linked_no": None},
         {"contact_no": "C2", "business_relation_code": "PRESS", "linked_no": "X"},
         {"contact_no": "C2", "business_relation_code": "BANK", "linked_no": None})  # fmt: skip
    load(bench, "alternative_address", {"contact_no": "C1", "address_code": "SUMMER", "city": "Nice"},
         {"contact_no": "C2", "address_code": "SUMMER", "city": "Rome"})  # fmt: skip
    load(
        bench,
        "alternative_address_range",
        {"contact_no": "C2", "address_code": "SUMMER", "starting_on": "2026-06-01", "ending_on": "2026-08-31"},
    )


def numbers_of(bench: wb.Workbench, table: str, column: str) -> dict[str, list[Any]]:
    with bench.database.reading() as con:
        frame = tables.frame(
            con,
            f"SELECT c.contact_no, t.{column} AS value FROM {table} t JOIN contact c USING (contact_id) "
            "ORDER BY entry_no",
        )
    return {no: values.fillna("").tolist() for no, values in frame.groupby("contact_no")["value"]}


def contact(bench: wb.Workbench, number: str) -> dict[str, Any]:
    with bench.database.reading() as con:
        return tables.frame(con, "SELECT * FROM contact WHERE contact_no = ?", [number]).iloc[0].to_dict()


def content(bench: wb.Workbench) -> dict[str, list[str]]:
    """Every row of every table, as text and in order."""
    with bench.database.reading() as con:
        names = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {
            name: sorted(repr(row) for row in con.execute(f"SELECT * FROM {quoted(name)}").fetchall())
            for name in names
            if name not in _NOT_CONTENT
        }


def total_rows(bench: wb.Workbench) -> dict[str, int]:
    with bench.database.reading() as con:
        return {name: con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in ABOUT_CONTACTS}


def test_a_plan_shows_differing_fields_with_both_values(bench: wb.Workbench) -> None:
    fields = bench.duplicates.merge_plan("C1", "C2").fields.set_index("field")
    assert fields.loc["city", ["value", "other_value"]].tolist() == ["Leeds", "York"]
    assert fields.loc["tier", "value"] == "gold"
    assert fields.loc["mailing_group_codes", "joined"]
    assert "type" not in fields.index
    assert "company_no" not in fields.index


def test_a_plan_shows_related_tables_with_both_counts(bench: wb.Workbench) -> None:
    counts = bench.duplicates.merge_plan("C1", "C2").tables.set_index("table")
    assert counts.loc["interaction"].tolist() == [1, 2]
    assert counts.loc["contact_list"].tolist() == [1, 2]
    assert "task" not in counts.index


def test_the_current_contacts_values_win_unless_overridden(bench: wb.Workbench) -> None:
    receipt = bench.duplicates.merge("C1", "C2", override=["phone_no", "name"], as_of=DAY)
    now = contact(bench, "C1")
    assert (now["name"], now["phone_no"], now["city"], now["tier"]) == ("Adatum Ltd", "123456", "Leeds", "gold")
    assert receipt.taken == ("phone_no", "name")


def test_lists_of_codes_are_joined(bench: wb.Workbench) -> None:
    receipt = bench.duplicates.merge("C1", "C2", as_of=DAY)
    now = contact(bench, "C1")
    assert list(now["mailing_group_codes"]) == ["NEWS", "VIP"]
    assert list(now["industry_codes"]) == ["IT"]
    assert receipt.joined == ("mailing_group_codes",)


def test_related_rows_go_over_and_the_duplicate_disappears(bench: wb.Workbench) -> None:
    receipt = bench.duplicates.merge("C1", "C2", as_of=DAY)
    assert numbers_of(bench, "interaction", "interaction_no") == {"C1": ["I1", "I2", "I3"]}
    assert receipt.moved["interaction"] == 2
    with pytest.raises(wb.NotFoundError):
        bench.contacts.card("C2", DAY)


def test_nothing_is_lost_rows_before_are_rows_after_and_removed_ones(bench: wb.Workbench) -> None:
    conflicting(bench)
    before = total_rows(bench)
    said = {PRESS: "remove", "alternative_address:SUMMER": "remove"}
    receipt = bench.duplicates.merge("C1", "C2", conflicts=said, as_of=DAY)
    after = total_rows(bench)
    lost = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert lost.pop("contact_comment") == -1, "the line that says where comments come from"
    assert lost == receipt.removed
    assert receipt.removed == {
        "alternative_address": 1, "alternative_address_range": 1, "business_relation": 1, "contact_list": 1
    }  # fmt: skip


def test_people_of_the_duplicate_become_people_of_the_contact_that_stays(bench: wb.Workbench) -> None:
    receipt = bench.duplicates.merge("C1", "C2", as_of=DAY)
    assert receipt.people == ("P2",)
    assert contact(bench, "P2")["company_no"] == "C1"


def test_comments_stand_behind_a_line_that_says_where_they_come_from(bench: wb.Workbench) -> None:
    bench.duplicates.merge("C1", "C2", as_of=DAY)
    assert numbers_of(bench, "contact_comment", "comment") == {
        "C1": ["nice", "Copied by merge from C2 Adatum Ltd", "late payer", "moved house"]
    }


def test_a_tombstone_names_the_contact_that_replaces_the_duplicate(bench: wb.Workbench) -> None:
    bench.duplicates.merge("C1", "C2", as_of=DAY)
    with bench.database.reading() as con:
        row = tables.frame(con, "SELECT * FROM contact_tombstone").iloc[0]
    assert (row["contact_id"], row["replaced_by"], row["reason"]) == (2, 1, "merged")
    assert row["digest"] == digest("C2", row["salt"])


def test_lines_of_worksheets_go_over_and_snapshots_keep_the_number(bench: wb.Workbench) -> None:
    everybody = {"field": "city", "op": "is_known"}
    bench.worksheets.freeze(everybody, DAY)
    bench.duplicates.merge("C1", "C2", as_of=DAY)
    with bench.database.reading() as con:
        lines = tables.frame(con, "SELECT contact_id FROM worksheet_line")["contact_id"].tolist()
        frozen = tables.frame(con, "SELECT contact_no FROM segment_snapshot_member ORDER BY 1")["contact_no"].tolist()
    assert lines.count(1) == 2
    assert 2 not in lines
    assert "C2" in frozen


def test_scores_of_one_run_keep_the_one_of_the_contact_that_stays(bench: wb.Workbench) -> None:
    for day, who in (("2026-01-01", ["C1", "C2"]), ("2026-02-01", ["C2"])):
        frame = pd.DataFrame({"contact_no": who, "value": np.arange(len(who), dtype=float)})
        bench.scores.load("fit", frame, scored_on=dt.date.fromisoformat(day))
    receipt = bench.duplicates.merge("C1", "C2", as_of=DAY)
    assert (receipt.removed["scored_fit"], receipt.moved["scored_fit"]) == (1, 1)
    assert numbers_of(bench, "scored_fit", "value") == {"C1": [0.0, 0.0]}


def test_the_business_relation_is_computed_anew(bench: wb.Workbench) -> None:
    load(bench, "business_relation", {"contact_no": "C2", "business_relation_code": "PRESS"})
    bench.duplicates.merge("C1", "C2", as_of=DAY)
    assert contact(bench, "C1")["contact_business_relation"] == "other"


def test_open_conflicts_stop_a_merge_and_are_named(bench: wb.Workbench) -> None:
    conflicting(bench)
    plan = bench.duplicates.merge_plan("C1", "C2")
    assert plan.open == (PRESS, "alternative_address:SUMMER")
    for dry_run in (True, False):
        with pytest.raises(wb.ConflictError) as refusal:
            bench.duplicates.merge("C1", "C2", as_of=DAY, dry_run=dry_run)
        assert str(refusal.value) == (
            "C2 cannot be merged into C1, for both have rows of these keys: business_relation:PRESS, "
            "alternative_address:SUMMER. Remove or rename each of these rows of the duplicate."
        )
    assert contact(bench, "C2")["name"] == "Adatum Ltd"


def test_a_conflict_is_resolved_by_removing_after_taking_values_over(bench: wb.Workbench) -> None:
    conflicting(bench)
    said = {PRESS: ("remove", "linked_no"), "alternative_address:SUMMER": "remove"}
    bench.duplicates.merge("C1", "C2", conflicts=said, as_of=DAY)
    assert numbers_of(bench, "business_relation", "linked_no") == {"C1": ["X", ""]}
    assert numbers_of(bench, "alternative_address", "city") == {"C1": ["Nice"]}


def test_a_conflict_is_resolved_by_renaming_and_days_of_an_address_follow(bench: wb.Workbench) -> None:
    conflicting(bench)
    said = {PRESS: "remove", "alternative_address:SUMMER": ("rename", "ROME")}
    receipt = bench.duplicates.merge("C1", "C2", conflicts=said, as_of=DAY)
    assert receipt.renamed == {"alternative_address:SUMMER": "ROME"}
    assert numbers_of(bench, "alternative_address", "address_code") == {"C1": ["SUMMER", "ROME"]}
    assert numbers_of(bench, "alternative_address_range", "address_code") == {"C1": ["ROME"]}


def test_two_customers_on_one_contact_are_a_conflict(bench: wb.Workbench) -> None:
    load(bench, "customer", {"customer_no": "10", "name": "a"}, {"customer_no": "20", "name": "b"})
    for no, code, customer in (("C1", "CUST", "10"), ("C2", "CUST2", "20")):
        load(bench, "business_relation", {"contact_no": no, "business_relation_code": code,
                                          "link_to_table": "customer", "linked_no": customer})  # fmt: skip
    (conflict,) = bench.duplicates.merge_plan("C1", "C2").conflicts
    assert conflict.reason == "customer 10 and customer 20: a contact is one customer at most"
    assert not conflict.can_rename
    receipt = bench.duplicates.merge("C1", "C2", conflicts={conflict.name: "remove"}, as_of=DAY)
    assert receipt.removed["business_relation"] == 1
    assert numbers_of(bench, "business_relation", "linked_no") == {"C1": ["10"]}


def test_a_customer_of_the_duplicate_is_kept_in_step_with_the_contact_that_stays(bench: wb.Workbench) -> None:
    load(bench, "customer", {"customer_no": "20", "name": "Adatum Ltd", "primary_contact_no": "C2"})
    load(bench, "business_relation", {"contact_no": "C2", "business_relation_code": "CUST",
                                      "link_to_table": "customer", "linked_no": "20"})  # fmt: skip
    number = bench.duplicates.merge("C1", "C2", as_of=DAY).merge_no
    with bench.database.reading() as con:
        now = tables.frame(con, "SELECT name, primary_contact_no FROM customer").iloc[0].tolist()
    assert now == ["Adatum", "C1"]
    bench.duplicates.undo_merge(number)
    with bench.database.reading() as con:
        assert tables.frame(con, "SELECT name, primary_contact_no FROM customer").iloc[0].tolist() == [
            "Adatum Ltd",
            "C2",
        ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"override": ["cty"]}, '"cty" is no field to take over from a duplicate. Did you mean "city"?'),
        ({"override": ["contact_no"]}, '"contact_no" is no field to take over from a duplicate.'),
        ({"override": ["mailing_group_codes"]}, '"mailing_group_codes" is no field to take over from a duplicate.'),
        ({"conflicts": {"task:1": "remove"}}, 'There is no conflict "task:1".'),
        (
            {"conflicts": {PRESS: "drop"}},
            'The conflict "business_relation:PRESS" cannot be',
        ),
        (
            {"conflicts": {PRESS: ("rename", "BANK")}},
            '"BANK" is no new code for',
        ),
        (
            {"conflicts": {PRESS: ("rename", "")}},
            '"" is no new code for',
        ),
        (
            {"conflicts": {PRESS: ("remove", "linkd_no")}},
            'business_relation has no column "linkd_no"',
        ),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(bench: wb.Workbench, arguments: dict, message: str) -> None:
    conflicting(bench)
    said = {"alternative_address:SUMMER": "remove", **arguments.get("conflicts", {})}
    with pytest.raises(wb.ConfigError) as refusal:
        bench.duplicates.merge("C1", "C2", override=arguments.get("override", ()), conflicts=said, as_of=DAY)
    assert str(refusal.value).startswith(message)


def test_contacts_are_not_merged_with_themselves_or_with_another_type(bench: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError, match="C1 is one contact and no pair"):
        bench.duplicates.merge("C1", "C1", as_of=DAY)
    with pytest.raises(wb.RuleError, match="C1 is a company and P1 is a person"):
        bench.duplicates.merge("C1", "P1", as_of=DAY)


def test_a_dry_run_says_the_same_and_writes_nothing(bench: wb.Workbench) -> None:
    before = content(bench)
    preview = bench.duplicates.merge("C1", "C2", override=["city"], as_of=DAY, dry_run=True)
    assert content(bench) == before
    receipt = bench.duplicates.merge("C1", "C2", override=["city"], as_of=DAY)
    assert (preview.moved, preview.removed, preview.people) == (receipt.moved, receipt.removed, receipt.people)
    assert (preview.merge_no, receipt.merge_no) == (0, 1)


def test_pairs_of_the_duplicate_are_pairs_of_the_other_and_a_verdict_is_kept(bench: wb.Workbench) -> None:
    bench.duplicates.review("C2", "C3", "separate")
    bench.duplicates.review("C1", "C2", "same")
    bench.duplicates.merge("C1", "C2", as_of=DAY)
    pairs = bench.duplicates.list(None).pairs
    assert pairs[["contact_no", "duplicate_no", "verdict"]].to_numpy().tolist() == [["C1", "C3", "separate"]]


def test_undoing_gives_everything_back(bench: wb.Workbench) -> None:
    conflicting(bench)
    bench.duplicates.review("C2", "C3", "separate")
    bench.worksheets.freeze({"field": "city", "op": "is_known"}, DAY)
    before = content(bench)
    said = {PRESS: ("remove", "linked_no"), "alternative_address:SUMMER": ("rename", "ROME")}
    number = bench.duplicates.merge("C1", "C2", override=["name"], conflicts=said, as_of=DAY).merge_no
    assert bench.duplicates.undo_merge(number, dry_run=True).people == ("P2",)
    assert content(bench) != before
    receipt = bench.duplicates.undo_merge(number)
    assert content(bench) == before
    assert receipt.returned["interaction"] == 2
    assert bench.duplicates.merges().merges[["merge_no", "duplicate_no"]].to_numpy().tolist() == [[1, "C2"]]


def test_a_merge_is_undone_once(bench: wb.Workbench) -> None:
    number = bench.duplicates.merge("C1", "C2", as_of=DAY).merge_no
    bench.duplicates.undo_merge(number)
    with pytest.raises(wb.RuleError, match=r"Merge 1 was undone already\."):
        bench.duplicates.undo_merge(number)
    with pytest.raises(wb.NotFoundError, match=r"There is no merge 7\."):
        bench.duplicates.undo_merge(7)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE contact SET city = 'Hull' WHERE contact_no = 'C1'", "C1 has other values of city"),
        ("DELETE FROM interaction WHERE interaction_no = 'I2'", "1 of 2 rows of interaction are not C1's any more"),
        (
            "UPDATE contact_comment SET comment = 'x' WHERE comment = 'late payer'",
            "a row of contact_comment is another",
        ),
        ("DELETE FROM contact_comment WHERE comment LIKE 'Copied%'", "a row of contact_comment is gone"),
        ("UPDATE contact SET company_no = 'C3' WHERE contact_no = 'P2'", "people of C2 have left C1"),
        ("UPDATE contact SET contact_no = 'C2' WHERE contact_no = 'C3'", "C2 is another contact now"),
        ("DELETE FROM contact WHERE contact_no = 'C1'", "C1 is gone"),
    ],
)
def test_a_merge_whose_results_were_touched_is_not_undone(bench: wb.Workbench, statement: str, told: str) -> None:
    number = bench.duplicates.merge("C1", "C2", as_of=DAY).merge_no
    with bench.database.writing() as con:
        con.execute(statement)
    before = content(bench)
    with pytest.raises(wb.ConflictError) as refusal:
        bench.duplicates.undo_merge(number)
    assert str(refusal.value).startswith(f"Merge 1 cannot be undone, for what it changed has changed since: {told}")
    assert content(bench) == before


CODES = st.lists(st.sampled_from(["A", "B", "C"]), unique=True, max_size=3)
SIDE = st.fixed_dictionaries({
    "city": st.sampled_from(["Leeds", "York", None]), "name": st.sampled_from(["Ann O'Neill", "Žofie, [x]", None]),
    "mailing_group_codes": st.lists(st.sampled_from(["N,1", "it's", '"q"', "[V]"]), unique=True, max_size=3),
    "relations": CODES, "addresses": CODES, "lists": CODES, "answers": CODES,
    "interactions": st.integers(0, 3), "comments": st.integers(0, 2), "people": st.integers(0, 2),
})  # fmt: skip


@given(SIDE, SIDE, st.sampled_from(["remove", "rename"]), st.lists(st.sampled_from(["city", "name"]), unique=True))
def test_undoing_any_merge_gives_the_store_as_it_was(one: dict, other: dict, how: str, taken: list[str]) -> None:
    bench = _any_store()
    with bench.database.writing() as con:
        for table in ("contact", "contact_tombstone", *ABOUT_CONTACTS):
            con.execute(f"DELETE FROM {table}")
        for contact_id, side in ((1, one), (2, other)):
            _write(con, contact_id, side)
    before, counts = content(bench), total_rows(bench)
    conflicts = bench.duplicates.merge_plan("C1", "C2").conflicts
    said = {c.name: ("rename", "NEW") if how == "rename" and c.can_rename else "remove" for c in conflicts}
    if how == "rename":
        said = {name: ("rename", f"NEW{at}") if r != "remove" else r for at, (name, r) in enumerate(said.items())}
    receipt = bench.duplicates.merge("C1", "C2", override=taken, conflicts=said, as_of=DAY)
    counts["contact_comment"] += 1 if other["comments"] else 0
    assert {name: count - receipt.removed.get(name, 0) for name, count in counts.items()} == total_rows(bench)
    bench.duplicates.undo_merge(receipt.merge_no)
    assert content(bench) == before


@functools.cache
def _any_store() -> wb.Workbench:
    return wb.open(":memory:")


def _write(con: Any, contact_id: int, side: dict[str, Any]) -> None:
    con.execute(
        "INSERT INTO contact (contact_id, contact_no, type, company_no, name, city, mailing_group_codes) "
        "VALUES (?, ?, 'company', ?, ?, ?, ?)",
        [contact_id, f"C{contact_id}", f"C{contact_id}", side["name"], side["city"], side["mailing_group_codes"]],
    )
    base = 100 * contact_id
    for at in range(side["people"]):
        con.execute(
            "INSERT INTO contact (contact_id, contact_no, type, company_no) VALUES (?, ?, 'person', ?)",
            [base + at, f"P{base + at}", f"C{contact_id}"],
        )
    for table, columns, values in (
        ("business_relation", "business_relation_code", side["relations"]),
        ("alternative_address", "address_code, city", [(code, f"{code}{contact_id}") for code in side["addresses"]]),
        ("alternative_address_range", "address_code, starting_on", [(code, DAY) for code in side["addresses"]]),
        ("contact_list", "list_name", side["lists"]),
        ("profile_answer", "questionnaire_code, line_no, answer", [(c, 1.0, str(contact_id)) for c in side["answers"]]),
        ("interaction", "occurred_at", [dt.datetime(2026, 1, 1)] * side["interactions"]),  # noqa: DTZ001
        ("contact_comment", "comment", [f"said {at}" for at in range(side["comments"])]),
    ):
        for at, row in enumerate(values, base):
            cells = row if isinstance(row, tuple) else (row,)
            marks = ", ".join("?" for _ in cells)
            con.execute(f"INSERT INTO {table} (entry_no, contact_id, {columns}) VALUES (?, ?, {marks})",
                        [at, contact_id, *cells])  # fmt: skip
