"""Explanations as users of the library meet them: on a store, with limits, references and their own evidence."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

import workbench as wb
from workbench.errors import ConditionError, NotFoundError
from workbench.segments import telling

DAY = dt.date(2024, 12, 31)
PEOPLE = pd.DataFrame(
    {
        "contact_no": ["C1", "C2", "C3", "C4", "CO"],
        "type": ["person"] * 4 + ["company"],
        "company_no": ["CO", "CO", None, None, "CO"],
        "city": ["Prague", "Prague", "Brno", "Prague", "Prague"],
        "email": ["a@x.example", " A@X.example", None, "d@x.example", None],
    }
)
SALES = pd.DataFrame(
    {
        "sales_entry_no": ["S1", "S2", "S3", "S4", "S5"],
        "contact_no": ["C1", "C1", "C2", "C4", "C1"],
        "posted_at": ["2024-11-01", "2024-12-01", "2024-12-02", "2023-01-01", "2025-01-05"],
        "sales_amount": [10.0, 20.0, 90.0, 5.0, 70.0],
    }
)
IN_PRAGUE = {"field": "city", "op": "is", "value": "Prague"}
RECENT = {"related": "sales_entry", "within": {"in_last": {"n": 3, "unit": "month"}}}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> wb.Workbench:
    """Four people and a company in a store on disk; only read."""
    opened = wb.open(tmp_path_factory.mktemp("shop") / "shop.duckdb")
    opened.sources.load("contact", PEOPLE)
    opened.sources.load("sales_entry", SALES)
    opened.segments.save({"name": "praguers", "steps": [{"add": IN_PRAGUE}]})
    return opened


def test_an_explanation_is_one_sentence_a_table_and_plain_values(bench: wb.Workbench) -> None:
    told = bench.segments.explain({"name": "new", "steps": [{"add": RECENT}]}, "C1", DAY)

    assert told.sentence == (
        "C1 is in: step 1 added it, because the number of sales entries in the last 3 months is at least 1 [2]."
    )
    assert told.frame().to_dict("records")[1] == {
        "path": "1.1", "sentence": "the number of sales entries in the last 3 months is at least 1", "truth": "true",
        "holds": True, "value": 2, "row_count": 2,
    }  # fmt: skip
    plain = json.loads(json.dumps(told.to_dict()))
    assert (plain["verdict"], plain["deciding_step"], plain["decided_by"]) == ("in", 1, "steps")
    assert plain["steps"][0]["tree"]["children"][0]["rows"][0] == {
        "table": "sales_entry", "posted_at": "2024-12-01T00:00:00Z", "sales_entry_no": "S2",
    }  # fmt: skip
    assert "C1 is in" in told._repr_html_()


def test_the_evidence_is_exactly_the_rows_that_tell(bench: wb.Workbench) -> None:
    on_rows = {"all": [IN_PRAGUE, RECENT, {"field": "company.city", "op": "is", "value": "Prague"}]}
    evidence = bench.segments.explain({"steps": [{"add": on_rows}]}, "C1", DAY).evidence

    assert list(evidence) == ["contact", "sales_entry", "reference"]
    assert list(evidence["contact"]["contact_no"]) == ["C1", "CO"]
    assert list(evidence["contact"].columns) == ["contact_id", "contact_no", "type", "company_no", "city"]
    assert list(evidence["sales_entry"]["sales_entry_no"]) == ["S1", "S2"]
    assert evidence["reference"].empty


def test_a_company_brings_its_people_only_where_their_rows_count(bench: wb.Workbench) -> None:
    counts = {"field": "sales_entry_count", "op": "at_least", "value": 3}
    with_people = bench.segments.explain({"steps": [{"add": counts}]}, "CO", DAY)
    alone = bench.segments.explain({"steps": [{"add": IN_PRAGUE}]}, "CO", DAY)

    assert with_people.is_member
    assert list(with_people.evidence["contact"]["contact_no"]) == ["CO", "C1", "C2"]
    assert list(alone.evidence["contact"]["contact_no"]) == ["CO"]


def test_a_saved_segment_it_refers_to_is_explained_once_as_well(bench: wb.Workbench) -> None:
    twice = {"steps": [{"add": {"segment": "praguers"}}, {"refine": {"not": {"segment": "praguers"}}}]}
    told = bench.segments.explain(twice, "C3", DAY)

    assert list(told.references) == ["praguers"]
    assert told.references["praguers"].sentence == (
        "C3 is out: step 1 did not add it, because it is not so that city is Prague [Brno]."
    )
    assert told.evidence["reference"].to_dict("records") == [
        {"kind": "segment", "name": "praguers", "contact_id": 3, "is_member": False}
    ]


class TestALimit:
    FIRST = {"top": 2, "by": [{"field": "sales_amount", "order": "descending"}]}  # noqa: RUF012

    def test_says_the_place_of_those_inside_and_outside(self, bench: wb.Workbench) -> None:
        raw = {"base": {"type": "person"}, "steps": [{"add": IN_PRAGUE}], "limit": self.FIRST}
        told = {no: bench.segments.explain(raw, no, DAY) for no in ("C2", "C1", "C4")}

        assert [(one.limit.place, one.limit.size, one.is_member) for one in told.values() if one.limit] == [
            (1, 3, True), (2, 3, True), (3, 3, False),
        ]  # fmt: skip
        assert told["C4"].sentence.endswith("; at place 3 of 3 it is not among the first 2.")
        assert told["C4"].decided_by == "limit"
        assert [one["sentence"] for one in told["C4"].to_dict()["flips"]] == ["if the first 3 stayed"]

    def test_says_the_place_in_the_group(self, bench: wb.Workbench) -> None:
        raw = {"steps": [{"add": {"all": []}}], "limit": {**self.FIRST, "top": 1, "per": "city"}}
        told = {no: bench.segments.explain(raw, no, DAY).limit for no in ("C1", "C3")}

        assert {no: (one.place, one.size) for no, one in told.items() if one} == {"C1": (3, 4), "C3": (1, 1)}

    def test_says_who_stays_in_its_place(self, bench: wb.Workbench) -> None:
        survivor = {"one_per": "email", "survivor": [{"field": "sales_amount", "order": "descending"}]}
        told = bench.segments.explain({"steps": [{"add": IN_PRAGUE}], "limit": survivor}, "C1", DAY)

        assert told.limit is not None
        assert (told.limit.stage, told.limit.survivor_no, told.limit.key) == ("one_per", "C2", "a@x.example")
        assert told.sentence.endswith("; the limit keeps C2 in its place, who has the same: a@x.example.")
        assert told.flips == ()

    def test_is_not_asked_about_who_did_not_get_as_far(self, bench: wb.Workbench) -> None:
        raw = {"steps": [{"add": IN_PRAGUE}], "limit": self.FIRST}
        assert bench.segments.explain(raw, "C3", DAY).limit is None


def test_an_unknown_contact_is_refused_with_the_nearest(bench: wb.Workbench) -> None:
    with pytest.raises(NotFoundError) as caught:
        bench.segments.explain("praguers", "C11", DAY)
    assert (caught.value.message, caught.value.hint) == ('There is no contact "C11".', 'Did you mean "C1"?')


def test_an_unknown_segment_and_an_unfit_definition_are_refused(bench: wb.Workbench) -> None:
    with pytest.raises(NotFoundError, match='There is no saved segment "pragers"'):
        bench.segments.explain("pragers", "C1", DAY)
    with pytest.raises(ConditionError, match='Step 1, condition 1: There is no field "citty"'):
        bench.segments.explain({"field": "citty", "op": "is_known"}, "C1", DAY)


def test_quotes_in_numbers_are_values(tmp_path: Path) -> None:
    opened = wb.open(tmp_path / "quotes.duckdb")
    numbers = ["Z'; --", 'C"1"', "50%"]
    opened.sources.load("contact", pd.DataFrame({"contact_no": numbers, "type": "person", "company_no": numbers}))
    about = {"all": [{"field": "company.type", "op": "is", "value": "person"}, {"company_has": {"all": []}}]}
    assert [opened.segments.explain(about, no, DAY).is_member for no in numbers] == [True] * 3


def test_instants_are_read_on_the_clock_whose_days_the_segment_follows() -> None:
    instant = dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC).replace(tzinfo=None)

    assert telling.written(instant) == "2026-03-29 01:30 UTC"
    assert telling.written(instant, ZoneInfo("Europe/Berlin")) == "2026-03-29 03:30 Europe/Berlin"
