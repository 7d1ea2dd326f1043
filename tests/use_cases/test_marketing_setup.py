"""Marketing setup: what each field admits, and what follows from it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

import workbench as wb

DAY = dt.date(2026, 3, 31)


@pytest.fixture
def bench() -> wb.Workbench:
    bench = wb.open(":memory:")
    bench.codes.save("business_relation_type", "CUST", description="Customer")
    bench.codes.save("salesperson", "ANA", name="Ana")
    return bench


def test_a_new_store_has_the_defaults_of_the_product(bench: wb.Workbench) -> None:
    setup = bench.setup.marketing()
    assert (setup.search_hit_percent, setup.autosearch_duplicates, setup.maintain_duplicates) == (60, True, True)
    inherits = {name: value for name, value in vars(setup).items() if name.startswith("inherit_")}
    assert len(inherits) == 7
    assert all(inherits.values())


def test_maintaining_search_strings_switches_the_search_with_it(bench: wb.Workbench) -> None:
    off = bench.setup.set_marketing("maintain_duplicates", "no")
    assert set(off.changed) == {"maintain_duplicates", "autosearch_duplicates"}
    on = bench.setup.set_marketing("maintain_duplicates", "yes")
    assert bench.setup.marketing().autosearch_duplicates
    assert on.notes == ("Duplicates are to be searched for now: workbench duplicates find.",)


def test_the_search_switches_maintaining_on_and_never_off(bench: wb.Workbench) -> None:
    bench.setup.set_marketing("autosearch_duplicates", False)
    assert bench.setup.marketing().maintain_duplicates
    bench.setup.set_marketing("maintain_duplicates", False)
    bench.setup.set_marketing("autosearch_duplicates", True)
    assert bench.setup.marketing().maintain_duplicates


def test_a_blank_number_series_stays_blank(bench: wb.Workbench) -> None:
    bench.setup.set_marketing("segment_nos", "")
    assert bench.setup.marketing().segment_nos == ""
    with pytest.raises(wb.RuleError) as caught:
        bench.worksheets.create(DAY)
    assert caught.value.message == "Segment Nos. must be filled in Marketing Setup."
    assert caught.value.hint == "Name a number series: workbench setup set segment_nos CODE."


def test_a_blocked_salesperson_is_no_default(bench: wb.Workbench) -> None:
    bench.setup.set_marketing("default_salesperson_code", "ANA")
    bench.codes.save("salesperson", "ANA", is_blocked=True)
    bench.setup.set_marketing("default_salesperson_code", None)
    with pytest.raises(wb.RuleError, match="The salesperson ANA is blocked"):
        bench.setup.set_marketing("default_salesperson_code", "ANA")


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("search_hit_percent", "0", '"0" is no search hit percentage.'),
        ("search_hit_percent", "101", '"101" is no search hit percentage.'),
        ("inherit_territory_code", "maybe", '"maybe" is no value of inherit_territory_code.'),
        ("contact_nos", "NONE", 'There is no number series "NONE".'),
        ("vendor_relation_code", "VEND", 'There is no business relation type "VEND".'),
        ("default_task_date_formula", "1X", '"1X" is no date formula.'),
        ("default_correspondence_type", "pigeon", '"pigeon" is no value of default_correspondence_type.'),
        ("contact_no", "CONT", 'There is no setting "contact_no".'),
    ],
)
def test_what_a_field_does_not_admit_is_refused(bench: wb.Workbench, name: str, value: str, complaint: str) -> None:
    with pytest.raises(wb.WorkbenchError) as caught:
        bench.setup.set_marketing(name, value)
    assert caught.value.message == complaint
    assert caught.value.hint


def test_a_renamed_relation_is_renamed_in_every_field_of_the_setup(bench: wb.Workbench) -> None:
    for name in ("customer_relation_code", "vendor_relation_code"):
        bench.setup.set_marketing(name, "CUST")
    change = bench.codes.rename("business_relation_type", "CUST", "BOTH")
    assert change.notes == (
        "customer_relation_code of marketing setup is BOTH now.",
        "vendor_relation_code of marketing setup is BOTH now.",
    )
    assert bench.setup.marketing().vendor_relation_code == "BOTH"


def test_a_relation_code_decides_what_contacts_are(bench: wb.Workbench) -> None:
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["1"], "type": ["company"], "name": ["Acme"]}))
    relation = {"contact_no": ["1"], "business_relation_code": ["CUST"], "link_to_table": ["customer"]}
    bench.sources.load("business_relation", pd.DataFrame({**relation, "linked_no": ["C1"]}))
    bench.setup.set_marketing("customer_relation_code", "CUST")
    assert bench.contacts.card("1", DAY).fields["contact_business_relation"] == "customer"
