"""The list of contacts: what it finds, in which order, how many, and the views that are kept of it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench as wb
from workbench.contacts import ContactQuery

DAY = dt.date(2024, 6, 1)


def contacts() -> pd.DataFrame:
    return pd.DataFrame({
        "contact_no": ["CO1", "P1", "P2", "P3", "P4"],
        "type": ["company", "person", "person", "person", "person"],
        "name": ["Acme", "Ángel Ruiz", "zoe Quick", "Bob Hale", None],
        "company_no": ["CO1", "CO1", None, None, "CO1"],
        "city": ["Prague", "Brno", None, "Prague", "Madrid"],
        "territory_code": ["N", "S", "N", None, "S"],
        "mailing_group_codes": ["A", "A;B", None, "B", None],
        "is_privacy_blocked": [False, True, False, False, False],
        "loyalty_tier": ["gold", None, "silver", "gold", None],
    })  # fmt: skip


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    """One company with two people, two people of their own, and two interactions."""
    made = wb.open(":memory:")
    frame = contacts()
    frame["mailing_group_codes"] = [text.split(";") if text else [] for text in frame["mailing_group_codes"].fillna("")]
    made.sources.load("contact", frame, new_fields="add")
    interactions = {"contact_no": ["P1", "P1", "P3"], "occurred_at": ["2024-05-01", "2024-05-20", "2024-01-01"]}
    made.sources.load("interaction", pd.DataFrame(interactions))
    return made


@pytest.fixture
def own() -> wb.Workbench:
    made = wb.open(":memory:")
    made.sources.load("contact", contacts().drop(columns=["mailing_group_codes", "loyalty_tier"]))
    return made


def found(bench: wb.Workbench, text: str = "", sort: str = "", **filters: str) -> list[str]:
    page = bench.contacts.search(ContactQuery(text, filters, sort), as_of=DAY)
    assert page.total == len(page.contacts)
    return list(page.contacts["contact_no"])


def test_names_are_in_order_without_regard_to_case_and_accents_and_unknown_ones_last(bench: wb.Workbench) -> None:
    assert found(bench) == ["CO1", "P1", "P3", "P2", "P4"]
    assert found(bench, sort="-name") == ["P2", "P3", "P1", "CO1", "P4"]


def test_every_word_has_to_occur_somewhere(bench: wb.Workbench) -> None:
    assert found(bench, "PRAGUE b") == ["P3"]


def test_the_contact_whose_number_was_typed_comes_first(bench: wb.Workbench) -> None:
    assert found(bench, "p1")[0] == "P1"


@pytest.mark.parametrize(
    ("field", "expression", "numbers"),
    [
        ("type", "person", ["P1", "P3", "P2", "P4"]),
        ("city", "Prague|Brno", ["CO1", "P1", "P3"]),
        ("city", "<>Prague", ["P1", "P2", "P4"]),
        ("city", "''", ["P2"]),
        ("name", "@*bob*", ["P3"]),
        ("mailing_group_codes", "B", ["P1", "P3"]),
        ("is_privacy_blocked", "yes", ["P1"]),
        ("loyalty_tier", "gold", ["CO1", "P3"]),
        ("company.city", "Prague", ["CO1", "P1", "P4"]),
        ("company.city", "<>Prague", ["P3", "P2"]),
        ("interaction_count", ">=2", ["CO1", "P1"]),
        ("interaction_count", "0", ["P2", "P4"]),
        ("last_interaction_on", "-30D..t", ["CO1", "P1"]),
    ],
)
def test_a_filter_is_read_as_business_central_reads_it(
    bench: wb.Workbench, field: str, expression: str, numbers: list[str]
) -> None:
    assert found(bench, **{field: expression}) == numbers


def test_filters_and_words_hold_together(bench: wb.Workbench) -> None:
    assert found(bench, "a", city="Prague", type="company") == ["CO1"]


def test_a_filter_finds_whom_the_same_filter_in_a_segment_finds(bench: wb.Workbench) -> None:
    for field, expression in [("city", "P*|<>Brno"), ("territory_code", "N&<>S"), ("company.name", "*cme")]:
        rule = {"field": field, "op": "filter", "value": expression}
        members = bench.segments.members(rule, DAY)["contact_no"]
        assert sorted(found(bench, **{field: expression})) == sorted(members)


def test_a_computed_field_orders_from_the_highest_down(bench: wb.Workbench) -> None:
    assert found(bench, sort="-interaction_count") == ["CO1", "P1", "P3", "P2", "P4"]


def test_columns_are_those_asked_for(bench: wb.Workbench) -> None:
    query = ContactQuery(filters={"contact_no": "P1"}, columns=("name", "interaction_count", "company.name"))
    shown = bench.contacts.search(query, as_of=DAY).frame()
    assert shown.to_dict("list") == {"name": ["Ángel Ruiz"], "interaction_count": [2], "company.name": ["Acme"]}


@given(rows=st.integers(0, 7), skip=st.integers(0, 9))
def test_pages_are_cut_from_one_order_and_tell_the_same_total(bench: wb.Workbench, rows: int, skip: int) -> None:
    page = bench.contacts.search("", rows, skip)
    assert list(page.contacts["contact_no"]) == ["CO1", "P1", "P3", "P2", "P4"][skip : skip + rows]
    assert page.total == 5


@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=12))
def test_any_text_can_be_looked_for(bench: wb.Workbench, text: str) -> None:
    assert bench.contacts.search(text).total in range(6)


def test_a_filter_that_cannot_be_read_says_on_which_field(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConditionError) as refused:
        found(bench, city="(Prague")
    assert str(refused.value).startswith("Filter on city: ")


def test_an_unknown_field_suggests_the_nearest(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConditionError) as refused:
        found(bench, citty="Prague")
    assert 'Did you mean "city"?' in str(refused.value)
    with pytest.raises(wb.ConditionError) as unsorted:
        found(bench, sort="-citty")
    assert 'Did you mean "city"?' in str(unsorted.value)


def test_a_filter_needs_a_day(bench: wb.Workbench) -> None:
    with pytest.raises(wb.ConfigError) as refused:
        bench.contacts.search(ContactQuery(filters={"city": "Prague"}))
    assert str(refused.value) == "city depends on a day. Give the day to evaluate on as as_of."


def test_a_view_gives_back_the_query_it_was_saved_with(own: wb.Workbench) -> None:
    query = ContactQuery("bob", {"city": "Prague|'O''Neil'"}, "-city", ("contact_no", "name"))
    own.contacts.save_view("Prague's Bobs", query, DAY)
    assert own.contacts.view("Prague's Bobs").query == query
    assert [view.name for view in own.contacts.views()] == ["Prague's Bobs"]


def test_a_view_that_would_fail_is_not_saved(own: wb.Workbench) -> None:
    with pytest.raises(wb.ConditionError):
        own.contacts.save_view("wrong", ContactQuery(columns=("citty",)), DAY)
    assert len(own.contacts.views()) == 0


def test_a_view_is_replaced_only_where_asked(own: wb.Workbench) -> None:
    own.contacts.save_view("mine", ContactQuery("a"), DAY)
    with pytest.raises(wb.ConflictError) as refused:
        own.contacts.save_view("mine", ContactQuery("b"), DAY)
    assert str(refused.value) == 'There is a view "mine" already. Replace it, or choose another name.'
    own.contacts.save_view("mine", ContactQuery("b"), DAY, replace=True)
    assert own.contacts.view("mine").query.text == "b"


def test_a_view_needs_a_name(own: wb.Workbench) -> None:
    with pytest.raises(wb.ConfigError, match=r"A view needs a name\. Type one\."):
        own.contacts.save_view("  ", ContactQuery(), DAY)


def test_deleting_a_view_leaves_the_others(own: wb.Workbench) -> None:
    for name in ("one", "two"):
        own.contacts.save_view(name, ContactQuery(name), DAY)
    assert own.contacts.delete_view("one").query.text == "one"
    assert [view.name for view in own.contacts.views()] == ["two"]
    with pytest.raises(wb.NotFoundError) as missing:
        own.contacts.delete_view("ones")
    assert str(missing.value) == 'There is no view "ones". Known: two.'


def test_a_dry_run_of_views_writes_nothing(own: wb.Workbench) -> None:
    saved = own.contacts.save_view("mine", ContactQuery("a"), DAY)
    revision = own.database.revision()
    assert own.contacts.save_view("other", ContactQuery("a"), DAY, dry_run=True).query.text == "a"
    assert own.contacts.delete_view("mine", dry_run=True) == saved
    assert own.database.revision() == revision
    assert list(own.contacts.views()) == [saved]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[1]", "A list of contacts cannot be [1]. Save the view again."),
        ('{"txt": ""}', 'A list of contacts has no "txt". Did you mean "text"?'),
        ('{"text": 1}', "text of a list of contacts cannot be 1. Save the view again."),
    ],
)
def test_a_saved_query_that_is_none_says_so(written: str, said: str) -> None:
    with pytest.raises(wb.ConfigError) as refused:
        ContactQuery.from_json(written)
    assert str(refused.value) == said


def test_a_saved_query_that_is_no_json_says_so() -> None:
    with pytest.raises(wb.ConfigError, match=r"What is saved of a list of contacts is no JSON: "):
        ContactQuery.from_json("{")


def test_a_file_of_the_list_holds_what_the_list_shows_and_the_store_notes_whom(
    own: wb.Workbench, tmp_path: Path
) -> None:
    query = ContactQuery(filters={"city": "Prague"}, sort="-name", columns=("contact_no", "name"))
    receipt = own.contacts.export(query, tmp_path / "list.csv", DAY)
    assert receipt.path.read_text(encoding="utf-8-sig").splitlines() == ["contact_no,name", "P3,Bob Hale", "CO1,Acme"]
    assert (receipt.rows, receipt.ledger.matched) == (2, 2)
    assert json.loads(receipt.manifest_path.read_text(encoding="utf-8"))["facts"]["query"]["filters"] == {
        "city": "Prague"
    }
    with own.database.reading() as con:
        held = con.execute("SELECT contact_no FROM export_member JOIN contact USING (contact_id) ORDER BY 1").fetchall()
    assert held == [("CO1",), ("P3",)]


def test_a_file_needs_a_column(own: wb.Workbench, tmp_path: Path) -> None:
    with pytest.raises(wb.ConfigError, match="A list needs at least one column"):
        own.contacts.export(ContactQuery(columns=()), tmp_path / "list.csv", DAY)


def test_a_company_has_the_opportunities_of_its_people_and_a_person_its_own(own: wb.Workbench) -> None:
    rows = {"opportunity_no": ["O1", "O2", "O3"], "contact_no": ["P1", "CO1", "P2"], "created_on": ["2024-01-01"] * 3}
    own.sources.load("opportunity", pd.DataFrame(rows))
    of_company = own.contacts.opportunities("CO1").frame()
    assert list(zip(of_company["opportunity_no"], of_company["contact_no"], strict=True)) == [
        ("O2", "CO1"), ("O1", "P1"),
    ]  # fmt: skip
    assert list(own.contacts.opportunities("P1").frame()["opportunity_no"]) == ["O1"]
    with pytest.raises(wb.NotFoundError, match='There is no contact "P9"'):
        own.contacts.opportunities("P9")
