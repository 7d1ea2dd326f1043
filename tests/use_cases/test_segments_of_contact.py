"""Which saved segments a contact is in, and why."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import workbench as wb

DAY = dt.date(2024, 12, 31)
IN_PRAGUE = {"field": "city", "op": "is", "value": "Prague"}


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    """Three people, and four segments: two that refer to another, one with a limit."""
    made = wb.open(":memory:")
    people = {"contact_no": ["C1", "C2", "C3"], "name": ["Ann", "Bob", "Cid"], "city": ["Prague", "Prague", "Brno"]}
    made.sources.load("contact", pd.DataFrame(people))
    made.segments.save({"name": "praguers", "description": "In Prague", "steps": [{"add": IN_PRAGUE}]})
    made.segments.save({"name": "elsewhere", "steps": [{"add": {"not": {"segment": "praguers"}}}]})
    made.segments.save(
        {
            "name": "first",
            "steps": [{"add": IN_PRAGUE}],
            "limit": {"top": 1, "by": [{"field": "contact_no", "order": "ascending"}]},
        }
    )
    return made


def test_a_contact_is_told_the_segments_it_is_in_first(bench: wb.Workbench) -> None:
    found = bench.segments.of_contact("C2", DAY)
    assert [(entry.name, entry.is_member) for entry in found] == [
        ("praguers", True), ("elsewhere", False), ("first", False),
    ]  # fmt: skip
    assert found.names == ("praguers",)


def test_each_segment_says_what_decided(bench: wb.Workbench) -> None:
    said = bench.segments.of_contact("C1", DAY).frame().set_index("segment")["sentence"]
    assert said["praguers"] == "C1 is in: step 1 added it, because city is Prague."


@pytest.mark.parametrize("contact_no", ["C1", "C2", "C3"])
def test_who_is_told_to_be_in_is_a_member(bench: wb.Workbench, contact_no: str) -> None:
    for entry in bench.segments.of_contact(contact_no, DAY):
        assert entry.is_member == (contact_no in set(bench.segments.members(entry.name, DAY)["contact_no"]))
        assert entry.sentence == bench.segments.explain(entry.name, contact_no, DAY).sentence


def test_a_segment_that_fits_the_store_no_more_says_why_and_spares_the_others() -> None:
    made = wb.open(":memory:")
    made.sources.load(
        "contact", pd.DataFrame({"contact_no": ["C1"], "city": ["Prague"], "tier": ["gold"]}), new_fields="add"
    )
    made.segments.save({"name": "golden", "steps": [{"add": {"field": "tier", "op": "is", "value": "gold"}}]})
    made.segments.save({"name": "praguers", "steps": [{"add": IN_PRAGUE}]})
    with made.database.writing() as con:
        con.execute("DELETE FROM custom_field")
    praguers, golden = made.segments.of_contact("C1", DAY)
    assert (praguers.name, praguers.is_member, golden.is_member) == ("praguers", True, None)
    assert golden.sentence.startswith('Step 1, condition 1: There is no field "tier".')


def test_a_store_without_segments_has_none() -> None:
    made = wb.open(":memory:")
    made.sources.load("contact", pd.DataFrame({"contact_no": ["C1"]}))
    assert len(made.segments.of_contact("C1", DAY)) == 0


def test_nobody_is_refused_with_the_nearest(bench: wb.Workbench) -> None:
    with pytest.raises(wb.NotFoundError) as refused:
        bench.segments.of_contact("C9", DAY)
    assert str(refused.value).startswith('There is no contact "C9".')
