"""Commands about filter expressions of Business Central."""

from __future__ import annotations

from tests.cli.command import Shell


def test_a_filter_is_read_into_conditions_with_its_traps(shop: Shell) -> None:
    found = shop.run("segment", "filter", "post_code", "10000..10042|2*", "--json").json

    assert found["sentence"] == "post code matches the filter 10000..10042|2*"
    assert found["meaning"] == "post code matches the filter 10000..10042 or post code starts with 2"
    assert found["condition"]["any"][1] == {"field": "post_code", "op": "starts_with", "value": "2"}
    assert found["yaml"].startswith("any:\n- field: post_code\n")
    assert found["notes"] == [
        'The interval "10000..10042" compares text sign by sign, so it also takes "100000".',
    ]


def test_a_filter_may_start_with_a_minus_sign(shop: Shell) -> None:
    printed = shop.run("segment", "filter", "occurred_at", "-30D..t", "--related", "interaction").out

    assert "occurred at is between -30D and t" in printed


def test_a_filter_that_cannot_be_read_is_refused_with_the_position(shop: Shell) -> None:
    refused = shop.run("segment", "filter", "city", "Prague|")

    assert refused.code != 0
    assert refused.complaint[0] == 'The filter "Prague|" lacks a value, at position 8.'
    assert shop.run("segment", "filter", "town", "Prague").complaint[0] == 'There is no field "town".'


def test_the_rules_of_a_segment_are_written_as_filters_or_say_why_not(shop: Shell) -> None:
    found = shop.run("segment", "filters", "in-prague", "--json").json["rules"]

    assert [(rule["place"], rule["expression"]) for rule in found[:2]] == [
        ("step 1, condition 1", "Prague"),
        ("step 2, condition 1", None),
    ]
    assert found[1]["reason"] == "a filter asks for rows and measures nothing"
    assert shop.run("segment", "filters", "in-prague").out.splitlines()[:2] == [
        "step 1, condition 1: city is Prague",
        "    city: Prague",
    ]
