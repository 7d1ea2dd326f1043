"""The values a field really has, and who the members of a segment are."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import workbench as wb

DAY = dt.date(2018, 1, 1)


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    opened = wb.open(":memory:")
    contacts = pd.DataFrame(
        {
            "contact_no": ["CT1", "CT2", "CT3", "CT4"],
            "type": ["person"] * 4,
            "city": ["Prague", "Madrid", "Prague", None],
            "age_band": ["35-44", "35-44", "45-54", None],
        }
    )
    opened.sources.load("contact", contacts, new_fields="add")
    entries = pd.DataFrame(
        {
            "sales_entry_no": ["S1", "S2", "S3"],
            "contact_no": ["CT1", "CT1", "CT2"],
            "posted_at": ["2017-05-01"] * 3,
            "sales_amount": [10.0, 20.0, 5.0],
            "item_no": ["tea", "tea", "nuts"],
        }
    )
    opened.sources.load("sales_entry", entries)
    return opened


def pairs(frame: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(frame["value"], frame["count"], strict=True))


def test_the_most_frequent_values_come_first(bench: wb.Workbench) -> None:
    assert pairs(bench.segments.choices("city").frame()) == [("Prague", 2), ("Madrid", 1)]


def test_custom_fields_have_choices_too(bench: wb.Workbench) -> None:
    assert pairs(bench.segments.choices("age_band").frame()) == [("35-44", 2), ("45-54", 1)]


def test_related_rows_have_choices_of_their_own(bench: wb.Workbench) -> None:
    assert pairs(bench.segments.choices("item_no", related="sales_entry").frame()) == [("tea", 2), ("nuts", 1)]


def test_only_as_many_as_asked_for_are_listed(bench: wb.Workbench) -> None:
    assert pairs(bench.segments.choices("city", top=1).frame()) == [("Prague", 2)]


def test_a_company_has_the_choices_of_contacts(bench: wb.Workbench) -> None:
    assert len(bench.segments.choices("company.city").frame()) == 2


@pytest.mark.parametrize("field", ["sales_amount", "is_minor", "last_sale_on"])
def test_fields_that_hold_no_text_have_no_choices(bench: wb.Workbench, field: str) -> None:
    assert bench.segments.choices(field).frame().empty


def test_an_unknown_field_is_refused_with_the_nearest(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConditionError) as refused:
        bench.segments.choices("citty")
    assert str(refused.value) == 'There is no field "citty". Did you mean "city"?'


def test_unknown_related_rows_are_refused(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConditionError, match='There are no related rows "salesentry"'):
        bench.segments.choices("item_no", related="salesentry")


def test_the_catalogue_lists_fields_and_saved_names(bench: wb.Workbench) -> None:
    catalogue = bench.segments.catalogue()
    assert {"city", "age_band", "last_sale_on"} <= set(catalogue.contact_fields())
    assert catalogue.segments == frozenset()


def test_a_profile_compares_members_with_their_base(bench: wb.Workbench) -> None:
    segment = {"base": {"type": "person"}, "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}]}
    found = bench.segments.profile(segment, DAY, "age_band")
    assert (found.total, found.base, found.as_of) == (2, 4, DAY)
    rows = found.frame().set_index("category")
    assert rows["members"].to_dict() == {"35-44": 1, "45-54": 1, "not recorded": 0}
    assert rows["base"].to_dict() == {"35-44": 2, "45-54": 1, "not recorded": 1}
    assert rows.loc["45-54", "over_index"] == pytest.approx(0.5 / 0.25)


def test_a_profile_can_be_by_a_computed_field(bench: wb.Workbench) -> None:
    everybody = {"steps": [{"add": {"all": []}}]}
    rows = bench.segments.profile(everybody, DAY, "sales_amount").frame()
    assert rows["category"].tolist() == ["0", "5", "30"]


def test_a_profile_by_an_unknown_field_is_refused(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConditionError, match='There is no field "nowhere"'):
        bench.segments.profile({"steps": [{"add": {"all": []}}]}, DAY, "nowhere")


def test_results_show_in_notebooks(bench: wb.Workbench) -> None:
    assert "Prague" in bench.segments.choices("city")._repr_html_()
    everybody = {"steps": [{"add": {"all": []}}]}
    assert "4 members against 4" in bench.segments.profile(everybody, DAY, "city")._repr_html_()
