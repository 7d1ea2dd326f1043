"""Segments beside each other: their overlap, one against another, one against its own past."""

from __future__ import annotations

import datetime as dt
import json

import pandas as pd
import pytest

import workbench as wb

DAY = dt.date(2018, 1, 1)


def rule(field: str, op: str, value: object = None) -> dict[str, object]:
    return {"field": field, "op": op, **({} if value is None else {"value": value})}


def bought_in_last(n: int, unit: str) -> dict[str, object]:
    return {"related": "sales_entry", "within": {"in_last": {"n": n, "unit": unit}}, "op": "at_least", "value": 1}


def segment(condition: dict[str, object], name: str = "") -> dict[str, object]:
    return {"steps": [{"add": condition}], **({"name": name} if name else {})}


PRAGUERS = segment(rule("city", "is", "Prague"), "praguers")
YOUNG = segment(rule("age_band", "is", "35-44"), "young")
BUYERS = segment(bought_in_last(90, "day"), "buyers")


def made() -> wb.Workbench:
    opened = wb.open(":memory:")
    contacts = pd.DataFrame(
        {
            "contact_no": ["CT1", "CT2", "CT3", "CT4", "CT5"],
            "city": ["Prague", "Madrid", "Prague", None, "Madrid"],
            "age_band": ["35-44", "35-44", "45-54", None, "45-54"],
        }
    )
    opened.sources.load("contact", contacts, new_fields="add")
    entries = pd.DataFrame(
        {
            "sales_entry_no": ["S1", "S2", "S3"],
            "contact_no": ["CT1", "CT1", "CT2"],
            "posted_at": ["2017-05-01", "2017-12-20", "2017-12-28"],
            "sales_amount": [10.0, 20.0, 5.0],
        }
    )
    opened.sources.load("sales_entry", entries)
    return opened


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    """Read only."""
    return made()


class TestAnOverlap:
    def test_has_every_combination_that_occurs(self, bench: wb.Workbench) -> None:
        found = bench.segments.overlap([PRAGUERS, YOUNG, BUYERS], DAY)
        assert {one.segments: one.contacts for one in found.intersections} == {
            ("praguers",): 1, ("young", "buyers"): 1, ("praguers", "young", "buyers"): 1,
        }  # fmt: skip
        assert (found.in_none, found.contacts, found.as_of) == (2, 5, DAY)

    def test_tells_what_is_only_here(self, bench: wb.Workbench) -> None:
        found = bench.segments.overlap([PRAGUERS, YOUNG], DAY)
        assert [(one.name, one.total, one.only_here, one.shared) for one in found.segments] == [
            ("praguers", 2, 1, 1), ("young", 2, 1, 1),
        ]  # fmt: skip

    def test_agrees_with_the_counts(self, bench: wb.Workbench) -> None:
        found = bench.segments.overlap([PRAGUERS, YOUNG, BUYERS], DAY)
        counts = [bench.segments.count(one, DAY).total for one in (PRAGUERS, YOUNG, BUYERS)]
        assert [one.total for one in found.segments] == counts
        assert found.matrix().to_numpy().diagonal().tolist() == counts

    def test_shows_as_table_and_as_matrix(self, bench: wb.Workbench) -> None:
        found = bench.segments.overlap([PRAGUERS, YOUNG], DAY)
        assert found.frame().to_dict("list") == {
            "praguers": [True, False, True, False], "young": [False, True, True, False], "contacts": [1, 1, 1, 2],
        }  # fmt: skip
        assert found.matrix("share").loc["praguers", "young"] == 0.5
        assert found.matrix("jaccard").loc["young", "praguers"] == pytest.approx(1 / 3)
        assert "2 of 5 contacts are in none" in found._repr_html_()

    def test_is_plain_json(self, bench: wb.Workbench) -> None:
        nobody = segment(rule("city", "is", "Oslo"), "nobody")
        found = json.loads(json.dumps(bench.segments.overlap([PRAGUERS, nobody], DAY).to_dict()))
        assert found["pairs"][2] == {
            "segment": "nobody", "other": "praguers", "contacts": 0, "share": None, "jaccard": 0.0,
        }  # fmt: skip
        assert found["as_of"] == "2018-01-01"

    def test_names_what_has_no_name_by_its_position(self, bench: wb.Workbench) -> None:
        found = bench.segments.overlap([PRAGUERS, {**YOUNG, "name": ""}, segment(rule("city", "is_known"))], DAY)
        assert [one.name for one in found.segments] == ["praguers", "segment 2", "segment 3"]

    def test_takes_a_segment_called_contacts(self, bench: wb.Workbench) -> None:
        found = bench.segments.overlap([{**PRAGUERS, "name": "contacts"}, YOUNG], DAY).frame()
        assert list(found.columns) == ["contacts", "young", "contacts_"]

    def test_of_one_name_twice_is_refused(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.MeasureError, match='Two of the segments are called "praguers"'):
            bench.segments.overlap([PRAGUERS, {**YOUNG, "name": "praguers"}], DAY)

    def test_of_saved_segments_that_refer_to_each_other_evaluates_each_rule_once(self) -> None:
        bench = made()
        for one in (PRAGUERS, BUYERS):
            bench.segments.save(one)
        both = segment({"all": [{"segment": "praguers"}, {"segment": "buyers"}]}, "both")
        bench.segments.save(both)
        cache = bench.segments._evaluator.cache
        before = cache.computed
        found = bench.segments.overlap(["both", "praguers", "buyers"], DAY)
        made_first = cache.computed - before
        assert {one.segments for one in found.intersections} == {
            ("praguers",), ("buyers",), ("both", "praguers", "buyers"),
        }  # fmt: skip
        bench.segments.overlap(["buyers", "both", "praguers"], DAY)
        assert cache.computed - before == made_first, "nothing is computed again"


class TestAProfileAgainstAnotherSegment:
    def test_has_the_other_segment_as_denominator(self, bench: wb.Workbench) -> None:
        found = bench.segments.profile(YOUNG, DAY, "city", against=PRAGUERS)
        rows = found.frame().set_index("category")
        assert (found.total, found.base, found.against, found.outside) == (2, 2, "praguers", 1)
        assert rows.loc["Prague", ["members", "base", "over_index"]].tolist() == [1, 2, 0.5]
        assert rows.loc["Madrid", ["members", "base"]].tolist() == [1, 0]
        assert pd.isna(rows.loc["Madrid", "over_index"])
        assert found.denominators == "2 members against 2 of praguers (1 of the members are outside of it)"

    def test_has_an_interval_of_the_share(self, bench: wb.Workbench) -> None:
        row = bench.segments.profile(YOUNG, DAY, "city").frame().set_index("category").loc["Prague"]
        assert 0 < row["member_low"] < row["member_share"] < row["member_high"] < 1

    def test_hides_what_is_below_the_threshold(self, bench: wb.Workbench) -> None:
        found = bench.segments.profile(
            segment(rule("city", "is_known")), DAY, "city", against=PRAGUERS, smallest_cell=2
        )
        assert found.frame()[["category", "members", "base"]].to_dict("list") == {
            "category": ["Prague", "Madrid"], "members": [2, 2], "base": [2, 0],
        }  # fmt: skip
        everybody = segment({"all": []})
        found = bench.segments.profile(everybody, DAY, "age_band", smallest_cell=2)
        assert found.frame()[["category", "members"]].to_dict("list") == {
            "category": ["too few to show"], "members": [5],
        }  # fmt: skip

    def test_does_not_tell_how_few_are_outside(self, bench: wb.Workbench) -> None:
        everybody = segment({"all": []})
        known = segment(rule("city", "is_known"), "known")
        found = bench.segments.profile(everybody, DAY, "city", against=known, smallest_cell=2)
        assert found.outside is None
        assert found.denominators == (
            "5 members against 4 of known (fewer than 2 of the members are in it, or outside of it)"
        )

    def test_is_refused_where_the_segment_itself_is_small(self, bench: wb.Workbench) -> None:
        with pytest.raises(wb.MeasureError) as refused:
            bench.segments.profile(PRAGUERS, DAY, "city", smallest_cell=4)
        assert refused.value.message == "The segment has fewer than 4 contacts, so no figures of them are shown."


class TestTheSizeOverTime:
    def test_is_that_of_the_rows_of_each_day(self, bench: wb.Workbench) -> None:
        found = bench.segments.over_time(BUYERS, DAY, "month", 8)
        assert [(size.day.isoformat(), size.total) for size in found.sizes] == [
            ("2017-05-01", 1), ("2017-06-01", 1), ("2017-07-01", 1), ("2017-08-01", 0), ("2017-09-01", 0),
            ("2017-10-01", 0), ("2017-11-01", 0), ("2017-12-01", 0), ("2018-01-01", 2),
        ]  # fmt: skip

    def test_agrees_with_a_count_on_each_day(self, bench: wb.Workbench) -> None:
        for size in bench.segments.over_time(BUYERS, DAY, "week", 5).sizes:
            assert bench.segments.count(BUYERS, size.day).total == size.total

    def test_says_how_often_it_was_empty(self, bench: wb.Workbench) -> None:
        found = bench.segments.over_time(BUYERS, DAY, "month", 8)
        assert found.check == "Empty on 5 of the 8 months before."
        assert (found.empty, found.change) == (5, 1)
        assert (found.smallest.day, found.largest.total) == (dt.date(2017, 12, 1), 2)
        assert "have no history" in found.note

    def test_is_plain_json_and_a_table(self, bench: wb.Workbench) -> None:
        found = bench.segments.over_time(BUYERS, DAY, "week", 1)
        assert json.loads(json.dumps(found.to_dict()))["sizes"] == [
            {"day": "2017-12-25", "total": 1}, {"day": "2018-01-01", "total": 2},
        ]  # fmt: skip
        assert found.frame()["total"].tolist() == [1, 2]
        assert "Not empty 1 week before." in found._repr_html_()

    def test_computes_rules_without_time_once(self) -> None:
        bench = made()
        timeless = segment({"all": [rule("city", "is_known"), rule("age_band", "is", "35-44")]})
        cache = bench.segments._evaluator.cache
        bench.segments.count(timeless, DAY)
        before = cache.computed
        sizes = bench.segments.over_time(timeless, DAY, "day", 30).sizes
        assert cache.computed == before
        assert {size.total for size in sizes} == {2}

    def test_takes_saved_segments_that_depend_on_the_day_as_they_were(self) -> None:
        bench = made()
        bench.segments.save(BUYERS)
        of_buyers = segment({"segment": "buyers"})
        assert bench.segments.over_time(of_buyers, DAY, "month", 8).frame()["total"].tolist() == [
            1, 1, 1, 0, 0, 0, 0, 0, 2,
        ]  # fmt: skip

    def test_tells_its_progress(self, bench: wb.Workbench) -> None:
        told: list[tuple[int, int]] = []
        bench.segments.over_time(BUYERS, DAY, "week", 3, progress=lambda done, of: told.append((done, of)))
        assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def test_is_cancelled_by_what_progress_raises_and_gives_the_store_up(self) -> None:
        bench = made()

        def stop(done: int, _of: int) -> None:
            if done == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            bench.segments.over_time(BUYERS, DAY, "week", 50, progress=stop)
        bench.segments.save(BUYERS)
        assert bench.segments.count("buyers", DAY).total == 2
