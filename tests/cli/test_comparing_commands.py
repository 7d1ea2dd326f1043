"""The commands that put segments beside each other, beside others, and beside their own past."""

from __future__ import annotations

from tests.cli.command import Shell

DAY = ("--as-of", "2024-12-31")
WRITTEN_TO = """\
name: written-to
steps:
- add: {related: interaction, within: {in_last: {n: 30, unit: day}}}
"""


def test_an_overlap_counts_every_combination(shop: Shell) -> None:
    other = shop.file("written-to.yaml", WRITTEN_TO)
    found = shop.run("segment", "overlap", "in-prague", other, *DAY, "--json").json
    assert found["intersections"] == [{"segments": ["in-prague", "written-to"], "contacts": 2}]
    assert (found["in_none"], found["contacts"], found["as_of"]) == (3, 5, "2024-12-31")
    assert found["segments"][0] == {"name": "in-prague", "total": 2, "only_here": 0, "shared": 2}
    assert found["pairs"][1]["jaccard"] == 1
    out = shop.run("segment", "overlap", "in-prague", other, *DAY).out
    assert out.startswith("5 contacts as of 2024-12-31 (revision ")
    assert "in-prague & written-to" in out
    assert "100.0%" in out


def test_one_segment_has_no_overlap(shop: Shell) -> None:
    assert shop.run("segment", "overlap", "in-prague", *DAY).complaint == (
        "An overlap needs at least 2 segments.", "Name another one.",
    )  # fmt: skip
    twice = shop.run("segment", "overlap", "in-prague", "in-prague.yaml", *DAY)
    assert twice.complaint == ('Two of the segments are called "in-prague".', "Give each a name of its own.")


def test_a_profile_against_another_segment_says_what_its_shares_are_of(shop: Shell) -> None:
    other = shop.file("written-to.yaml", WRITTEN_TO)
    asked = ("segment", "profile", "in-prague", "city", "--against", other, *DAY)
    found = shop.run(*asked, "--json").json
    assert (found["total"], found["base"], found["against"], found["outside"]) == (2, 2, "written-to", 0)
    assert found["categories"][0]["over_index"] == 1
    assert shop.run(*asked).out.startswith("2 members against 2 of written-to, by city, as of 2024-12-31")


def test_a_profile_shows_no_figure_below_the_threshold(shop: Shell) -> None:
    everybody = shop.file("everybody.yaml", "name: everybody\nsteps:\n- add: {all: []}\n")
    found = shop.run("segment", "profile", everybody, "city", "--smallest-cell", "2", *DAY, "--json").json
    assert [row["category"] for row in found["categories"]] == ["too few to show"]
    refused = shop.run("segment", "profile", "in-prague", "city", "--smallest-cell", "5", *DAY)
    assert refused.complaint[0] == "The segment has fewer than 5 contacts, so no figures of them are shown."


def test_sizes_over_time_come_with_the_look_back_check(shop: Shell) -> None:
    other = shop.file("written-to.yaml", WRITTEN_TO)
    asked = ("segment", "over-time", other, "--every", "month", "--periods", "3", *DAY)
    found = shop.run(*asked, "--json").json
    assert [(size["day"], size["total"]) for size in found["sizes"]] == [
        ("2024-09-30", 0), ("2024-10-31", 0), ("2024-11-30", 1), ("2024-12-31", 2),
    ]  # fmt: skip
    assert (found["check"], found["change"]) == ("Empty on 2 of the 3 months before.", 2)
    told = shop.run(*asked)
    assert told.err == "", "no progress bar where stderr is no terminal"
    lines = told.out.splitlines()
    assert lines[-3:-1] == [
        "Empty on 2 of the 3 months before.",
        "Smallest 0 on 2024-10-31, largest 2 on 2024-12-31, change +2.",
    ]
    assert "no history" in lines[-1]


def test_a_step_that_is_none_is_refused(shop: Shell) -> None:
    refused = shop.run("segment", "over-time", "in-prague", "--every", "weeks", *DAY)
    assert refused.complaint == ('Sizes cannot be counted every "weeks".', 'Did you mean "week"?')
