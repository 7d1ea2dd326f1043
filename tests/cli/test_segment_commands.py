"""The commands about segments."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.cli.command import Shell
from tests.cli.conftest import IN_PRAGUE

DAY = ("--as-of", "2024-12-31")


def test_validate_reads_the_definition_out(shop: Shell) -> None:
    checked = shop.run("segment", "validate", "in-prague.yaml", "--json").json
    assert (checked["valid"], checked["name"]) == (True, "in-prague")
    assert "city is Prague" in checked["sentence"]
    assert shop.run("segment", "validate", "in-prague.yaml").out.strip() == checked["sentence"]


def test_count_tells_every_number(shop: Shell) -> None:
    counted = shop.run("segment", "count", "in-prague", *DAY, "--json").json
    assert (counted["total"], counted["base"], counted["matched"]) == (2, 4, 2)
    assert [(step["action"], step["change"], step["matched"]) for step in counted["steps"]] == [
        ("add", 2, 2), ("reduce", 0, 2),
    ]  # fmt: skip
    assert set(counted["leaves"][0]) >= {"path", "sentence", "alone", "cumulative", "if_left_out"}
    assert [(leaf["path"], leaf["alone"], leaf["cumulative"], leaf["if_left_out"]) for leaf in counted["leaves"]] == [
        ("1.1", 2, 2, 4), ("2.1", 0, 2, 2),
    ]  # fmt: skip
    assert counted["suppressed"] == {"privacy_blocked": 0}
    assert counted["reachable"] == {"email": 2, "phone": 1, "post": 0, "sms": 1}
    assert (counted["as_of"], counted["failed_examples"]) == ("2024-12-31", [])
    assert counted["revision"] == shop.run("info", "--json").json["revision"]


def test_count_is_readable_too(shop: Shell) -> None:
    out = shop.run("segment", "count", "in-prague", *DAY).out
    assert out.startswith("2 contacts of 4 as of 2024-12-31 (revision ")
    assert "city is Prague" in out
    assert "Reachable of 2: email 2, phone 1, post 0, sms 1" in out


def test_the_day_decides(shop: Shell) -> None:
    assert shop.run("segment", "members", "in-prague", "--as-of", "2024-12-29", "--json").json == ["C4"]
    assert shop.run("segment", "members", "in-prague", "--as-of", "2024-12-31", "--json").json == ["C1", "C4"]


def test_members_are_listed_in_order_with_the_columns_asked_for(shop: Shell) -> None:
    assert shop.run("segment", "members", "in-prague", *DAY).out == "C1\nC4\n"
    columns = ("--columns", "contact_no, city,joined,last_sale_on")
    assert shop.run("segment", "members", "in-prague", *DAY, *columns, "--json").json == [
        {"contact_no": "C1", "city": "Prague", "joined": "2024-02-01", "last_sale_on": None},
        {"contact_no": "C4", "city": "Prague", "joined": None, "last_sale_on": None},
    ]
    moments = ("--columns", "last_interaction_on")
    assert shop.run("segment", "members", "in-prague", *DAY, *moments, "--json").json == [
        {"last_interaction_on": "2024-12-10T10:00:00.000Z"},
        {"last_interaction_on": "2024-12-20T10:00:00.000Z"},
    ]
    lines = shop.run("segment", "members", "in-prague", *DAY, *columns).out.splitlines()
    assert lines[0] == "contact_no,city,joined,last_sale_on"


def test_a_preview_shows_the_first_members(shop: Shell) -> None:
    shown = shop.run("segment", "preview", "in-prague", *DAY, "--rows", "1", "--json").json
    assert (shown["total"], shown["as_of"]) == (2, "2024-12-31")
    assert [member["contact_no"] for member in shown["members"]] == ["C1"]
    assert shop.run("segment", "preview", "in-prague", *DAY).out.endswith("2 of 2 members as of 2024-12-31\n")


def test_a_definition_is_shown_in_its_canonical_form_and_reads_back_the_same(shop: Shell) -> None:
    shown = shop.run("segment", "show", "in-prague").out
    again = shop.run("segment", "show", shop.file("again.yaml", shown)).out
    assert shown == again
    told = shop.run("segment", "show", "in-prague", "--json").json
    assert told["steps"][0] == {"add": {"all": [{"field": "city", "op": "is", "value": "Prague"}]}}
    assert told["hash"] == shop.run("segment", "list", "--json").json[0]["hash"]


def test_save_list_delete(own: Shell) -> None:
    assert own.run("segment", "save", "in-prague.yaml").out == "Saved in-prague.\n", "the same again is no conflict"
    changed = own.file("changed.yaml", IN_PRAGUE.replace("value: Prague", "value: Madrid"))
    refused = own.run("segment", "save", changed)
    assert refused.code == 15
    assert '"in-prague"' in refused.complaint[0]
    assert own.run("segment", "save", changed, "--replace", "--json").json["name"] == "in-prague"
    assert own.run("segment", "count", "in-prague", "--json").json["total"] == 1

    user = own.file("user.yaml", "{name: user, steps: [{add: {segment: in-prague}}]}")
    assert own.run("segment", "save", user).code == 0
    assert [entry["name"] for entry in own.run("segment", "list", "--json").json] == ["in-prague", "user"]
    assert own.run("segment", "delete", "in-prague").code == 15, "another segment refers to it"
    assert own.run("segment", "delete", "user").out == "Deleted user.\n"
    assert own.run("segment", "delete", "in-prague", "--json").json == {"deleted": "in-prague"}
    assert own.run("segment", "list", "--json").json == []


def test_a_snapshot_keeps_the_members_for_good(own: Shell) -> None:
    taken = own.run("segment", "snapshot", "in-prague", *DAY, "--json").json
    assert (taken["snapshot_id"], taken["total"], taken["as_of"]) == ("in-prague@2024-12-31", 2, "2024-12-31")
    own.run("load", "contact", own.file("moved.csv", "contact_no,city\nC4,Madrid\n"))
    assert own.run("segment", "members", "in-prague", *DAY, "--json").json == ["C1"]
    frozen = own.file("frozen.yaml", "{snapshot: in-prague@2024-12-31}")
    assert own.run("segment", "members", frozen, *DAY, "--json").json == ["C1", "C4"]
    assert own.run("segment", "snapshot", "in-prague", *DAY).out.startswith("Snapshot in-prague@2024-12-31.2: 1 ")
    listed = own.run("segment", "snapshots", "--json").json
    assert [item["snapshot_id"] for item in listed] == ["in-prague@2024-12-31.2", "in-prague@2024-12-31"]
    assert "in-prague@2024-12-31.2" in own.run("segment", "snapshots").out


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_an_export_says_where_it_is_and_that_it_closes(shop: Shell, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list.{ending}"
    told = shop.run("segment", "export", "in-prague", path, *DAY, "--json").json
    assert told["path"] == str(path)
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["ledger"] == {
        "matched": 2, "suppressed": {"privacy_blocked": 0}, "limited": 0, "unreachable": 0, "duplicates": 0, "rows": 2,
    }  # fmt: skip
    manifest = json.loads(Path(told["manifest"]).read_text(encoding="utf-8"))
    assert manifest["facts"]["definition_hash"] == shop.run("segment", "show", "in-prague", "--json").json["hash"]


def test_an_export_keeps_to_channel_and_key_and_does_not_overwrite(shop: Shell, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    options = ("--channel", "sms", "--dedupe-key", "phone", "--columns", "contact_no,mobile_phone_no")
    done = shop.run("segment", "export", "in-prague", path, *DAY, *options)
    assert done.err == "", "no progress bar where stderr is no terminal"
    assert done.out.endswith(f"1 rows in {path} (manifest list.csv.manifest.json)\n")
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith("C1,")
    before = path.read_bytes()
    assert shop.run("segment", "export", "in-prague", path, *DAY).code == 15
    assert path.read_bytes() == before
    assert shop.run("segment", "export", "in-prague", path, *DAY, "--overwrite", "--format", "excel_csv").code == 0


def test_the_schema_is_a_json_schema_that_knows_the_language(shop: Shell) -> None:
    schema = shop.run("segment", "schema").json
    assert schema["type"] == "object"
    assert {"steps", "limit", "suppress", "examples"} <= set(schema["properties"])


def test_a_failing_example_is_told_with_the_count(shop: Shell) -> None:
    definition = shop.file("wrong.yaml", IN_PRAGUE.replace("inside: [C1]", "inside: [C2, C9]"))
    assert shop.run("segment", "count", definition, *DAY, "--json").json["failed_examples"] == [
        "C2 is outside, but should be inside", "C9 does not exist, but should be inside",
    ]  # fmt: skip
    assert "Example does not hold: C9 does not exist" in shop.run("segment", "count", definition, *DAY).out
