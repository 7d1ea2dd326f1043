"""The commands about duplicates and merges."""

from __future__ import annotations

import pytest

from tests.cli.command import Shell

TWINS = """\
No.,Name,Type,City,E-Mail,Address,Post Code,Phone
D1,Adatum Corp,company,Leeds,info@adatum.example,5 Mill Lane,LS1 4DJ,603 111 222
D2,Adatum Corporation,company,Leeds,info@adatum.example,5 Mill Lane,LS1 4DJ,603 111 222
D3,Ann Fieldstone,person,Leeds,ann@fieldstone.example,4 Long Road,LS2 1UR,
D4,Anne Fieldstone,person,Leeds,ann@fieldstone.example,4 Long Road,LS2 1UR,
"""
RELATIONS = """\
contact_no,business_relation_code,linked_no
D1,PRESS,A
D2,PRESS,B
"""


@pytest.fixture
def twins(own: Shell) -> Shell:
    """The store with two companies that are one and two people that are one."""
    for table, name, text in (("contact", "twins.csv", TWINS), ("business_relation", "relations.csv", RELATIONS)):
        assert own.run("load", table, str(own.file(name, text))).code == 0
    return own


def test_pairs_are_found_listed_explained_and_judged(twins: Shell) -> None:
    preview = twins.run("duplicates", "find", "--dry-run", "--json").json
    assert [(pair["contact_no"], pair["duplicate_no"]) for pair in preview["pairs"]] == [("D1", "D2"), ("D3", "D4")]
    assert not preview["is_written"]
    done = twins.run("duplicates", "find", "--method", "both")
    assert done.out.splitlines()[-1].startswith("2 new, 0 judged separate; ")
    assert twins.run("duplicates", "list", "--json").json["counts"] == {"open": 2, "same": 0, "separate": 0}
    told = twins.run("duplicates", "explain", "D1", "D2", "--json").json
    assert told["match_count"] >= told["needed_count"] == 10
    assert "D1 and D2: score 1.000" in twins.run("duplicates", "explain", "D1", "D2").out
    assert twins.run("duplicates", "review", "D3", "D4", "separate", "--json").json[0]["verdict"] == "separate"
    assert "open: 1, same: 0, separate: 1" in twins.run("duplicates", "list", "--verdict", "all").out


def test_search_strings_are_shown_saved_and_deleted(twins: Shell) -> None:
    assert len(twins.run("duplicates", "search-strings", "--json").json) == 16
    saved = twins.run("duplicates", "search-strings", "--save", "county:first:4", "--json").json
    assert {"field_name": "county", "part": "first", "length": 4} in saved
    assert len(twins.run("duplicates", "search-strings", "--delete", "county:first", "--json").json) == 16
    assert twins.run("duplicates", "search-strings", "--save", "name:first").complaint == (
        '"name:first" names no search string.', "Write it as FIELD:PART:LENGTH, such as name:first:5."
    )  # fmt: skip


def test_a_merge_stops_at_conflicts_and_goes_on_when_they_are_resolved(twins: Shell) -> None:
    stopped = twins.run("contact", "merge", "D1", "D2", "--yes")
    assert stopped.code == 15
    assert stopped.complaint[0].endswith("for both have rows of these keys: business_relation:PRESS.")
    resolved = ("--conflict", "business_relation:PRESS=rename:PRESS2", "--take", "name")
    planned = twins.run("contact", "merge", "D1", "D2", *resolved, "--dry-run")
    assert "Adatum Corporation" in planned.out
    done = twins.run("contact", "merge", "D1", "D2", *resolved, "--yes", "--json").json
    assert (done["merge_no"], done["taken"], done["renamed"]) == (1, ["name"], {"business_relation:PRESS": "PRESS2"})
    assert twins.run("contact", "show", "D2").code == 14
    assert twins.run("duplicates", "merges", "--json").json[0]["duplicate_no"] == "D2"
    assert "D2 is back beside D1." in twins.run("contact", "unmerge", "1").out
    assert twins.run("contact", "show", "D2").code == 0


def test_a_merge_asks_first(twins: Shell) -> None:
    assert twins.run("contact", "merge", "D3", "D4").code == 1
    assert twins.run("contact", "show", "D4").code == 0
