"""`workbench segment explain`: why a contact is in a segment, or is not."""

from __future__ import annotations

from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")


def test_the_explanation_is_one_json_value(shop: Shell) -> None:
    told = shop.run("segment", "explain", "in-prague", "C2", *DAY, "--json").json

    assert (told["contact_no"], told["segment"], told["as_of"], told["verdict"]) == (
        "C2",
        "in-prague",
        "2024-12-31",
        "out",
    )
    assert told["sentence"] == "C2 is out: step 1 did not add it, because it is not so that city is Prague [Madrid]."
    assert [(step["step"], step["action"], step["effect"]) for step in told["steps"]] == [
        (1, "add", "nothing"), (2, "reduce", "nothing"),
    ]  # fmt: skip
    assert told["steps"][0]["tree"]["children"][0] == {
        "path": "1.1", "kind": "field", "sentence": "city is Prague", "truth": "false", "holds": False,
        "value": "Madrid", "row_count": None, "rows": [], "children": [],
    }  # fmt: skip
    assert told["flips"][0]["sentence"] == "city would have to be Prague; now: Madrid"
    assert [(one["reason"], one["holds"]) for one in told["suppressions"]] == [("privacy_blocked", False)]


def test_the_explanation_is_readable_too(shop: Shell) -> None:
    out = shop.run("segment", "explain", "in-prague", "C1", *DAY).out

    assert out.startswith("C1 is in: step 1 added it, because city is Prague.\n")
    assert "step 1, add: added, which decides" in out
    assert "✓ 1.1 city is Prague [Prague]" in out
    assert "✗ 2.1 the number of interactions in the last 30 days is at least 2 [1] (1 row)" in out
    assert "interaction: occurred_at 2024-12-10 10:00 UTC, interaction_no I2" in out
    assert "needs at least 2, has 1: 1 more" in out


def test_a_definition_in_a_file_is_explained_as_well(shop: Shell) -> None:
    path = shop.file("unknown.yaml", "steps: [{add: {field: city, op: is_not, value: Prague}}]\n")
    told = shop.run("segment", "explain", path, "C3", *DAY, "--json").json
    rule = told["steps"][0]["tree"]["children"][0]

    assert (rule["truth"], rule["holds"], rule["value"]) == ("unknown", True, None)


def test_an_unknown_contact_is_refused_with_the_nearest(shop: Shell) -> None:
    finished = shop.run("segment", "explain", "in-prague", "C11", *DAY)

    assert finished.code == 14
    assert finished.complaint == ('There is no contact "C11".', 'Did you mean "C1"?')


def test_a_contact_is_told_its_segments(shop: Shell) -> None:
    assert shop.run("segment", "of", "C1", *DAY).out.splitlines() == [
        "✓ in-prague: C1 is in: step 1 added it, because city is Prague.",
        "C1 is in 1 of 1 saved segments as of 2024-12-31.",
    ]
    [told] = shop.run("segment", "of", "C2", *DAY, "--json").json["segments"]
    assert (told["segment"], told["is_member"]) == ("in-prague", False)
