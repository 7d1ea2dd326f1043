"""What is held about somebody, and what is left when she is erased."""

from __future__ import annotations

import datetime as dt
import functools
import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.contact_rows import export_log, tombstones
from workbench.contact_rows.related import ABOUT_CONTACTS
from workbench.privacy import Erasure, remarks
from workbench.privacy.keeping import KEPT, PURPOSES, REMOVED

DAY = dt.date(2026, 3, 31)
PRAGUE = {"name": "praguers", "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}]}
VIP = {"name": "vip", "steps": [{"add": {"field": "contact_no", "op": "is", "value": "C11"}}]}


@pytest.fixture(name="bench")
def shop(tmp_path: Path) -> wb.Workbench:
    """A company with two people; the one asked about, C11, has something everywhere."""
    return wb.open(shutil.copy(_made_once(), tmp_path / "shop.duckdb"))


@functools.cache
def _made_once() -> Path:
    path = Path(tempfile.mkdtemp()) / "shop.duckdb"
    fill(wb.open(path))
    return path


def fill(bench: wb.Workbench) -> None:
    """Put the shop into a store."""
    bench.setup.add_field("contact", "shoe_size", "number")
    bench.setup.add_field("sales_entry", "gift_text", "text")
    load = bench.sources.load
    load("contact", pd.DataFrame({
        "contact_no": ["C10", "C11", "C12"],
        "type": ["company", "person", "person"],
        "name": ["Adatum", "Ann Quillfeather", "Bob"],
        "company_no": ["C10", "C10", "C10"],
        "city": ["Prague", "Prague", "Prague"],
        "email": ["info@adatum.example", "ann@quill.example", None],
        "shoe_size": [None, 38, None],
    }))  # fmt: skip
    load("interaction", pd.DataFrame({
        "interaction_no": ["I1", "I2", "I3"],
        "contact_no": ["C11", "C11", "C12"],
        "occurred_at": ["2026-03-01", "2026-03-02", "2026-03-03"],
        "description": ["Call with Ann", "Reply", "Reply"],
        "campaign_no": ["CP1", "CP1", "CP1"],
        "is_campaign_response": [False, True, True],
        "cost_amount": ["2.50", "1.25", "4"],
    }))  # fmt: skip
    load("sales_entry", pd.DataFrame({
        "sales_entry_no": ["S1", "S2"], "contact_no": ["C11", "C12"], "posted_at": ["2026-03-04"] * 2,
        "sales_amount": ["100.10", "5"], "document_no": ["B1", "B2"], "gift_text": ["For Ann", None],
    }))  # fmt: skip
    load("campaign", pd.DataFrame({"campaign_no": ["CP1"]}))
    load("campaign_target", pd.DataFrame({"campaign_no": ["CP1"] * 3, "contact_no": ["C10", "C11", "C12"]}))
    load("consent", pd.DataFrame({
        "contact_no": ["C11"], "channel": ["email"], "is_granted": [True], "given_at": ["2026-01-01"],
    }))  # fmt: skip
    load("contact_list", pd.DataFrame({"list_name": ["vip", "vip"], "contact_no": ["C11", "C12"]}))
    with bench.database.writing() as con:
        con.execute("INSERT INTO contact_comment VALUES (1, 2, NULL, 'Likes Ann''s tea')")
    load("alternative_address", pd.DataFrame({"contact_no": ["C11"], "address_code": ["SEA"], "city": ["Brno"]}))
    load("business_relation", pd.DataFrame({
        "contact_no": ["C11", "C10", "C12"], "business_relation_code": ["CUST", "VEND", "VEND"],
        "link_to_table": ["customer", "vendor", "vendor"], "linked_no": ["D1", "V1", "V1"],
    }))  # fmt: skip
    load("customer", pd.DataFrame({"customer_no": ["D1", "D2"], "name": ["Ann Quillfeather", "Other"]}))
    load("vendor", pd.DataFrame({
        "vendor_no": ["V1"], "name": ["Adatum"], "primary_contact_no": ["C11"], "contact_name": ["Ann Quillfeather"],
    }))  # fmt: skip
    bench.scores.load("rfm", pd.DataFrame({"contact_no": ["C11", "C12"], "grade": ["A", "B"]}), dt.date(2026, 1, 1))
    bench.scores.load("churn", pd.DataFrame({"contact_no": ["C11"], "risk": ["high"]}), dt.date(2026, 1, 1))
    bench.segments.save(PRAGUE)
    bench.segments.save(VIP)
    bench.worksheets.freeze("praguers", DAY)


def count(bench: wb.Workbench, query: str, *values: Any) -> Any:
    """One figure of the store."""
    with bench.database.reading() as con:
        return con.execute(query, list(values)).fetchall()[0][0]


def by_table(erasure: Erasure) -> dict[str, tuple[int, int]]:
    """Rows kept and removed, by table."""
    return {row.table: (row.kept_count, row.removed_count) for row in erasure.frame().itertuples()}


def merged(bench: wb.Workbench) -> None:
    """Let C11 be what is left of a merge, and the company a possible duplicate of nobody but it."""
    with bench.database.writing() as con:
        tombstones.bury(con, 7, "C07", tombstones.MERGED, replaced_by=2)
        con.execute("INSERT INTO contact_merge VALUES (1, 2, 7, '{\"name\": \"Ann Quill\"}', now(), 'me', NULL)")
        con.execute("INSERT INTO contact_merge VALUES (2, 1, 8, '{\"people\": [\"C11\"]}', now(), 'me', NULL)")
        con.execute("INSERT INTO contact_merge VALUES (3, 1, 9, '{\"people\": [\"C110\"]}', now(), 'me', NULL)")
        con.execute("INSERT INTO contact_duplicate VALUES (2, 3, 'fuzzy', NULL, 0.9, 'name', NULL, now(), NULL, NULL)")


class TestAccess:
    def test_tells_everything_that_is_held(self, bench: wb.Workbench, tmp_path: Path) -> None:
        merged(bench)
        bench.segments.snapshot("praguers", DAY)
        bench.segments.export("praguers", tmp_path / "list.csv", DAY)

        access = bench.privacy.access("C11", DAY)

        held = dict(zip(access.frame()["held"], access.frame()["row_count"], strict=True))
        assert held == {
            "contact": 1, "business_relation": 1, "interaction": 2, "sales_entry": 1, "campaign_target": 1,
            "consent": 1, "contact_list": 1, "alternative_address": 1, "contact_comment": 1, "customer": 1,
            "score churn": 1, "score rfm": 1, "worksheet_line": 1, "segment_snapshot": 2, "export": 1,
            "contact_duplicate": 1, "contact_merge": 1, "contact_tombstone": 1, "mention": 2,
        }  # fmt: skip
        (contact,) = access.sections[0].rows.to_dict(orient="records")
        assert (access.name, contact["shoe_size"], contact["email"]) == ("Ann Quillfeather", 38.0, "ann@quill.example")
        assert access.section("sales_entry").rows["gift_text"].tolist() == ["For Ann"]  # type: ignore[union-attr]
        assert access.section("score rfm").rows["grade"].tolist() == ["A"]  # type: ignore[union-attr]
        assert "Ann Quillfeather" in access._repr_html_()

    def test_names_the_definitions_that_name_the_contact(self, bench: wb.Workbench) -> None:
        bench.segments.save(
            {**VIP, "name": "other", "steps": [{"add": {"field": "contact_no", "op": "is", "value": "C110"}}]}
        )

        named = bench.privacy.access("C11", DAY).section("mention").rows  # type: ignore[union-attr]

        assert named.to_numpy().tolist() == [["segment vip", "C11"], ["version 1 of segment vip", "C11"]]

    def test_is_a_file_that_is_read_by_people_and_programs(self, bench: wb.Workbench, tmp_path: Path) -> None:
        with bench.database.writing() as con:
            con.execute("UPDATE contact SET job_title = '<b>=1+1</b>' WHERE contact_no = 'C11'")

        written = bench.privacy.write_access("C11", tmp_path / "ann.zip", DAY)
        again = bench.privacy.write_access("C11", tmp_path / "again.zip", DAY)

        with zipfile.ZipFile(written.path) as file:
            told, page = json.loads(file.read("held.json")), file.read("held.html").decode()
        sections = {section["name"]: section for section in told["sections"]}
        assert sections["interaction"]["rows"][0]["description"] == "Call with Ann"
        assert sections["interaction"]["rows"][0]["occurred_at"] == "2026-03-01"
        assert sections["contact"]["rows"][0]["job_title"] == "<b>=1+1</b>"
        assert sections["contact"]["rows"][0]["pager"] is None
        assert {"name": "email", "type": "text", "meaning": "e-mail address"} in sections["contact"]["columns"]
        assert "to know what was sold" in page
        assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
        assert "<b>=1+1</b>" not in page
        assert written.sha256 == again.sha256
        assert written.frame().loc[0, "row_count"] == sum(len(section["rows"]) for section in told["sections"])

    def test_refuses_what_is_no_zip_and_what_is_there(self, bench: wb.Workbench, tmp_path: Path) -> None:
        with pytest.raises(wb.ConfigError, match="does not end in"):
            bench.privacy.write_access("C11", tmp_path / "ann.pdf", DAY)
        bench.privacy.write_access("C11", tmp_path / "ann.zip", DAY)
        with pytest.raises(wb.ConflictError, match="exists already"):
            bench.privacy.write_access("C11", tmp_path / "ann.zip", DAY)
        bench.privacy.write_access("C11", tmp_path / "ann.zip", DAY, overwrite=True)
        with pytest.raises(wb.NotFoundError, match="There is no contact"):
            bench.privacy.access("C1", DAY)


class TestErasure:
    def test_leaves_nothing_that_identifies(self, bench: wb.Workbench) -> None:
        merged(bench)
        snapshot = bench.segments.snapshot("praguers", DAY)

        erasure = bench.privacy.erase("C11", as_of=DAY)

        assert by_table(erasure) == {
            "vendor, person to ask for": (1, 0), "customer": (0, 1), "business_relation": (0, 1), "interaction": (2, 0),
            "sales_entry": (1, 0), "campaign_target": (1, 0), "consent": (0, 1), "contact_list": (0, 1),
            "alternative_address": (0, 1), "contact_comment": (0, 1), "score churn": (0, 1), "score rfm": (0, 1),
            "worksheet_line": (0, 1), "worksheet_history": (0, 1), "contact_duplicate": (0, 1), "contact_merge": (0, 2),
            "segment_snapshot_member": (2, 0), "contact": (0, 1),
        }  # fmt: skip
        with bench.database.reading() as con:
            tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            texts = {name: con.execute(f"SELECT * FROM {name}").df().to_csv() for name in tables}
        for told in ("Quillfeather", "ann@quill", "Ann", "Call with", "I1", "B1", "38.0"):
            assert [name for name, text in texts.items() if told in text] == []
        assert [name for name, text in texts.items() if "C11" in text] == [
            name for name in texts if name in ("segment", "segment_version", "contact_merge")
        ]
        assert count(bench, "SELECT merge_no FROM contact_merge") == 3
        assert bench.segments.snapshot_members(snapshot.snapshot_id)["contact_no"].tolist() == ["C10", "C12", "erased"]

    def test_counts_close(self, bench: wb.Workbench, tmp_path: Path) -> None:
        snapshot = bench.segments.snapshot("praguers", DAY)
        export = bench.segments.export("praguers", tmp_path / "list.csv", DAY)
        rates = bench.campaigns.response(DAY).frame()
        figures = bench.overview.figures(DAY)
        before = figures.rows.set_index("table")["row_count"]

        erasure = bench.privacy.erase("C11", as_of=DAY)

        after = bench.overview.figures(DAY)
        gone = pd.Series({table: removed for table, (_kept, removed) in by_table(erasure).items()})
        pd.testing.assert_series_equal(
            after.rows.set_index("table")["row_count"] + gone.reindex(before.index, fill_value=0), before,
            check_dtype=False, check_names=False,
        )  # fmt: skip
        assert (after.sales_amount, count(bench, "SELECT sum(cost_amount) FROM interaction")) == (105.1, 7.75)
        pd.testing.assert_frame_equal(bench.campaigns.response(DAY).frame(), rates)
        assert rates.loc[0, ["target_count", "responder_count"]].tolist() == [3, 2]
        assert len(bench.segments.snapshot_members(snapshot.snapshot_id)) == snapshot.total == 3
        assert count(bench, "SELECT row_count FROM export_log") == export.rows == 3
        assert count(bench, "SELECT count(*) FROM export_member") == 3
        assert bench.segments.count("praguers", DAY).total == 2

    def test_does_the_same_as_its_preview(self, bench: wb.Workbench) -> None:
        merged(bench)
        revision = bench.database.revision()

        planned = bench.privacy.erase("C10", as_of=DAY, include_people=True, dry_run=True)

        assert (planned.is_written, bench.database.revision()) == (False, revision)
        done = bench.privacy.erase("C10", as_of=DAY, include_people=True)
        assert done.is_written
        assert done.contact_nos == planned.contact_nos == ("C10", "C11", "C12")
        pd.testing.assert_frame_equal(done.frame(), planned.frame())
        assert count(bench, "SELECT count(*) FROM contact") == 0
        assert "C10, C11, C12 erased" in done._repr_html_()

    def test_of_a_company_with_people_is_refused(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.RuleError) as caught:
            bench.privacy.erase("C10", as_of=DAY)

        assert caught.value.message == "C10 has people: 2, the first of them C11."
        assert caught.value.hint == "Erase them first, or erase them with the company."

    def test_is_refused_while_tasks_or_opportunities_are_open_unless_forced(self, bench: wb.Workbench) -> None:
        bench.sources.load("task", pd.DataFrame({
            "task_no": ["T1", "T2"], "contact_no": ["C11"] * 2, "description": ["Call Ann"] * 2,
            "is_closed": [False, True],
        }))  # fmt: skip
        bench.sources.load("opportunity", pd.DataFrame({
            "opportunity_no": ["O1", "O2"], "contact_no": ["C11"] * 2, "status": ["in_progress", "won"],
            "estimated_amount": [10, 20],
        }))  # fmt: skip
        with pytest.raises(wb.RuleError) as caught:
            bench.privacy.erase("C11", as_of=DAY)
        assert caught.value.message == "C11 has open tasks: 1, and open opportunities: 1."

        bench.privacy.erase("C11", as_of=DAY, force=True)

        with bench.database.reading() as con:
            tasks = con.execute("SELECT task_no, is_canceled, closed_on, description FROM task ORDER BY 1").fetchall()
            sales = con.execute("SELECT opportunity_no, status, closed_on FROM opportunity ORDER BY 1").fetchall()
        assert tasks == [("T1", True, DAY, None), ("T2", False, None, None)]
        assert sales == [("O1", "lost", DAY), ("O2", "won", None)]

    def test_leaves_a_tombstone_that_knows_the_number(self, bench: wb.Workbench) -> None:
        bench.privacy.erase("C11", as_of=DAY, reason="consent_withdrawn")

        with pytest.raises(wb.NotFoundError, match='The contact "C11" is gone: erased on'):
            bench.privacy.access("C11", DAY)
        with pytest.raises(wb.NotFoundError, match="is gone: erased on"):
            bench.privacy.erase("C11", as_of=DAY)
        listed = bench.privacy.erasures().frame()
        assert listed[["contact_id", "reason"]].to_numpy().tolist() == [[2, "consent_withdrawn"]]
        bench.sources.load("contact", pd.DataFrame({"contact_no": ["C99"]}))
        assert count(bench, "SELECT contact_id FROM contact WHERE contact_no = 'C99'") == 4

    def test_is_given_one_of_the_reasons(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.ConfigError, match="is no reason for an erasure") as caught:
            bench.privacy.erase("C11", as_of=DAY, reason="requested")  # type: ignore[arg-type]
        assert caught.value.hint == 'Did you mean "request"?'

    def test_keeps_a_record_that_another_contact_has_as_well(self, bench: wb.Workbench) -> None:
        bench.privacy.erase("C12", as_of=DAY)

        assert count(bench, "SELECT count(*) FROM vendor") == 1

    def test_lets_rules_count_rows_of_contacts_that_are_gone(self, bench: wb.Workbench) -> None:
        bench.privacy.erase("C12", as_of=DAY)  # the highest id, whose rows stay
        often = {"related": "interaction", "op": "at_least", "value": 2}
        spent = {"related": "sales_entry", "measure": {"sum": "sales_amount"}, "op": "at_least", "value": 1}

        for rule in (often, spent):
            members = bench.segments.members({"steps": [{"add": rule}]}, DAY)
            assert members["contact_no"].tolist() == ["C11"]

    def test_lowers_the_runs_of_scores(self, bench: wb.Workbench) -> None:
        bench.privacy.erase("C11", as_of=DAY)

        assert [run.row_count for run in bench.scores.runs("rfm").runs] == [1]
        assert bench.scores.runs("churn").runs == ()
        assert [entry.name for entry in bench.scores.list().entries] == ["churn", "rfm"]

    def test_says_what_is_left_to_do(self, bench: wb.Workbench, tmp_path: Path) -> None:
        bench.segments.export("vip", tmp_path / "vip.csv", DAY)

        erasure = bench.privacy.erase("C11", as_of=DAY)

        assert erasure.notes == (
            "Files that held the contact: 1. Delete them where they are.",
            "Places where definitions name the contact: 2. Change them by hand.",
            remarks.blocks(),
        )
        assert erasure.mentions["place"].tolist() == ["segment vip", "version 1 of segment vip"]
        assert erasure.exports["place"].tolist() == [str(tmp_path / "vip.csv")]
        plain = erasure.to_dict()
        assert (plain["contact_nos"], plain["exports"][0]["sha256"]) == (("C11",), erasure.exports["sha256"].iloc[0])


class TestExports:
    def test_are_found_of_a_contact_that_is_erased_or_was_merged(self, bench: wb.Workbench, tmp_path: Path) -> None:
        merged(bench)
        receipt = bench.segments.export("vip", tmp_path / "vip.csv", DAY)
        bench.segments.export("praguers", tmp_path / "list.csv", DAY, place="download: list.csv")
        with bench.database.writing() as con:
            export_log.note(con, "/old.csv", "csv", np.array([7]), row_count=1)
        bench.privacy.erase("C11", as_of=DAY)

        found = bench.privacy.exports("C11").frame()

        assert found["place"].tolist() == ["/old.csv", "download: list.csv", str(tmp_path / "vip.csv")]
        assert found["segment_name"].fillna("").tolist() == ["", "praguers", "vip"]
        assert found["sha256"].iloc[2] == receipt.sha256
        assert bench.privacy.exports("C12").frame()["place"].tolist() == ["download: list.csv"]
        assert bench.privacy.exports("C07").frame()["place"].tolist() == ["/old.csv"]
        with pytest.raises(wb.NotFoundError, match="There is no contact"):
            bench.privacy.exports("C98")

    def test_hold_whom_the_file_holds_and_nobody_else(self, bench: wb.Workbench, tmp_path: Path) -> None:
        bench.segments.export("praguers", tmp_path / "mail.csv", DAY, channel="email")

        assert len(bench.privacy.exports("C11").frame()) == 1
        assert bench.privacy.exports("C12").frame().empty


def test_every_table_about_contacts_has_its_rule_and_purpose() -> None:
    assert set(KEPT) | set(REMOVED) == set(ABOUT_CONTACTS)
    assert not set(KEPT) & set(REMOVED)
    assert set(ABOUT_CONTACTS) <= set(PURPOSES)
    for name, columns in KEPT.items():
        assert set(columns) < set(ABOUT_CONTACTS[name].by_name)


def test_a_store_written_anew_holds_nothing_that_was_erased(tmp_path: Path) -> None:
    path = tmp_path / "shop's.duckdb"
    bench = wb.open(path)
    fill(bench)
    bench.privacy.erase("C11", as_of=DAY)
    revision, total = bench.database.revision(), bench.segments.count("praguers", DAY).total

    done = bench.privacy.compact()

    assert b"Quillfeather" not in path.read_bytes()
    assert done.bytes_before > 0 < done.bytes_after == path.stat().st_size
    assert sorted(file.name for file in tmp_path.iterdir()) == ["shop's.duckdb", "shop's.duckdb.lock"]
    assert (bench.database.revision(), bench.segments.count("praguers", DAY).total) == (revision, total)
    bench.segments.snapshot("praguers", DAY)
    assert bench.database.revision() == revision + 1
    with bench.database.reading(), pytest.raises(wb.StoreError, match="cannot write the store anew"):
        bench.privacy.compact()
    assert wb.open(":memory:").privacy.compact().frame().to_numpy().tolist() == [[0, 0]]


def test_comments_and_files_of_interactions_are_told_and_go(bench: wb.Workbench) -> None:
    own = int(bench.templates.add_attachment("reply.txt", b"I am Ann").key)
    shared = int(bench.templates.add_attachment("offer.txt", b"To all").key)
    with bench.database.writing() as con:
        sent = [("C11", own), ("C11", shared), ("C12", shared)]
        con.executemany(
            "INSERT INTO interaction (entry_no, contact_id, occurred_at, attachment_no, is_campaign_target, "
            "is_campaign_response, is_attempt_failed, is_canceled, is_postponed) "
            "SELECT 100 + ?, contact_id, TIMESTAMP '2026-03-01', ?, FALSE, FALSE, FALSE, FALSE, FALSE "
            "FROM contact WHERE contact_no = ?",
            [(place, number, contact_no) for place, (contact_no, number) in enumerate(sent)],
        )
        con.execute(
            "INSERT INTO interaction_comment VALUES (100, 10000, NULL, 'Ann was glad'), (102, 10000, NULL, 'Bob')"
        )

    told = {section.name: section.rows for section in bench.privacy.access("C11", DAY).sections}
    assert list(told["interaction_comment"]["comment"]) == ["Ann was glad"]
    assert list(told["attachment"]["file_name"]) == ["reply.txt", "offer.txt"]
    planned = bench.privacy.erase("C11", as_of=DAY, force=True, dry_run=True)
    done = bench.privacy.erase("C11", as_of=DAY, force=True)
    counts = done.frame().set_index("table")["removed_count"]
    assert counts.equals(planned.frame().set_index("table")["removed_count"])
    assert (counts["interaction_comment"], counts["attachment"]) == (1, 1)
    assert list(bench.templates.attachments().rows["file_name"]) == ["offer.txt"]
    assert list(bench.templates.attachments().rows["use_count"]) == [1]


def test_no_table_about_contacts_is_forgotten() -> None:
    query = """
        SELECT DISTINCT table_name FROM duckdb_columns()
        WHERE column_name IN ('contact_id', 'contact_no', 'duplicate_id', 'survivor_id', 'primary_contact_no')
    """
    with wb.open(":memory:").database.reading() as con:
        tables = {name for (name,) in con.execute(query).fetchall()}

    handled = {"contact", "customer", "vendor", "worksheet_line", "worksheet_history", "segment_snapshot_member",
               "campaign_launch_member"}  # fmt: skip
    kept = {"contact_tombstone", "contact_duplicate", "contact_merge", "export_member", "erasure"}
    assert tables == {*ABOUT_CONTACTS, *handled, *kept}
