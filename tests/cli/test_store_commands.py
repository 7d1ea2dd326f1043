"""init, info, load, field: from nothing to a filled store."""

from __future__ import annotations

import csv
import shutil

from tests.cli.command import Shell
from tests.cli.conftest import CONTACTS


def test_a_store_is_made_once_and_then_left_as_it_is(shell: Shell) -> None:
    first = shell.run("init")
    assert (first.code, first.out) == (0, f"The store {shell.store} is ready (time zone UTC).\n")
    assert shell.run("init", "--json").json == {"store": str(shell.store), "revision": 0, "time_zone": "UTC"}


def test_info_says_what_is_in_the_store(shop: Shell) -> None:
    told = shop.run("info", "--json", "--as-of", "2024-12-31").json
    assert told["contacts"] == {"person": 4, "company": 1}
    assert told["rows"]["contact"] == 5
    assert told["rows"]["interaction"] == 3
    assert (told["as_of"], told["time_zone"], told["segments"]) == ("2024-12-31", "UTC", ["in-prague"])
    assert told["revision"] >= 3
    assert "interaction" in shop.run("info").out


def test_options_stand_before_or_after_the_command(shop: Shell) -> None:
    after = shop.run("segment", "count", "in-prague", "--as-of", "2024-12-31", "--json", "--db", shop.store)
    before = shop.run("--as-of", "2024-12-31", "--json", "--db", shop.store, "segment", "count", "in-prague")
    nowhere = shop.folder / "nowhere.duckdb"
    elsewhere = shop.run("--db", nowhere, "segment", "list", "--db", shop.store)
    assert {**before.json, "seconds": 0} == {**after.json, "seconds": 0}
    assert elsewhere.code == 0, "the later option wins"
    assert shop.run("--db", nowhere, "info").code == 14, "an option wins over the environment"


def test_a_load_tells_what_it_did_and_doing_it_again_changes_nothing(shell: Shell) -> None:
    shell.run("init")
    file = shell.file("contacts.csv", CONTACTS)
    planned = shell.run("load", "contact", file, "--new-fields", "add", "--dry-run", "--json").json
    loaded = shell.run("load", "contact", file, "--new-fields", "add", "--json").json
    again = shell.run("load", "contact", file, "--json").json

    counts = ("rows", "new", "changed", "unchanged", "rejected")
    assert [loaded[name] for name in counts] == [planned[name] for name in counts] == [5, 5, 0, 0, 0]
    assert [again[name] for name in counts] == [5, 0, 0, 5, 0]
    assert loaded["mapping"]["E-Mail"] == "email"
    assert loaded["new_fields"] == {"joined": "date"}
    assert shell.run("info", "--json").json["rows"]["contact"] == 5


def test_a_dry_run_says_in_words_what_would_be(shell: Shell) -> None:
    shell.run("init")
    done = shell.run("load", "contact", shell.file("contacts.csv", CONTACTS), "--dry-run")
    assert done.code == 0
    assert "of 5 rows, 5 would be new, 0 changed, 0 unchanged, 0 rejected" in done.out
    assert '"Joined" (date)' in done.out, "asks what to do with the column that no field takes"
    assert shell.run("info", "--json").json["rows"]["contact"] == 0


def test_rejected_rows_come_back_as_a_file_with_their_problems(shell: Shell) -> None:
    shell.run("init")
    file = shell.file("people.csv", "contact_no,name,type\nP1,Ana,person\nP2,Bob,alien\n")
    done = shell.run("load", "contact", file, "--json").json
    assert (done["new"], done["rejected"]) == (1, 1)
    assert done["problems"] == [
        {"row": 3, "column": "type", "value": "alien", "reason": "is none of person, company"},
    ]
    assert done["rejects"] == str(shell.folder / "people.rejects.csv")
    written = (shell.folder / "people.rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row["contact_no"] for row in csv.DictReader(written)] == ["P2"]


def test_columns_are_mapped_by_hand(shell: Shell) -> None:
    shell.run("init")
    file = shell.file("people.csv", "Nummer;Ort\nP1;Praha\n")
    done = shell.run(
        "load", "contact", file, "--map", "Nummer=contact_no", "--map", "Ort=city", "--set", "type=person", "--json"
    )
    assert done.json["mapping"] == {"Nummer": "contact_no", "Ort": "city", "constant type": "type"}
    assert shell.run("segment", "members", shell.file("p.yaml", "{field: city, op: is, value: Praha}")).out == "P1\n"


def test_a_field_is_added_and_can_be_loaded_and_asked_for(shell: Shell) -> None:
    shell.run("init")
    added = shell.run("field", "add", "contact", "vip_level", "number", "--meaning", "VIP level", "--json").json
    assert added == {"table": "contact", "name": "vip_level", "type": "number", "meaning": "VIP level"}
    assert shell.run("field", "add", "contact", "tier", "text").out == "contact has the field tier (text).\n"
    file = shell.file("people.csv", "contact_no,type,vip_level\nP1,person,3\n")
    assert shell.run("load", "contact", file, "--json").json["mapping"]["vip_level"] == "vip_level"
    rule = shell.file("vip.yaml", "{field: vip_level, op: at_least, value: 3}")
    assert shell.run("segment", "count", rule, "--json").json["total"] == 1


def test_a_copied_store_is_a_store(shop: Shell, shell: Shell) -> None:
    shutil.copy(shop.store, shell.store)
    assert shell.run("segment", "list", "--json").json[0]["name"] == "in-prague"
