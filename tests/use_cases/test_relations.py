"""Business relations: which there can be, and what a contact is for us because of them."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.contact_world import (
    DAY,
    office,  # noqa: F401 - the fixture called bench
    run,
    setting,
)
from tests.use_cases.linked_world import is_for_us, linked, relations_of  # noqa: F401 - a fixture
from workbench.contact_rows import relation_kind
from workbench.errors import NotFoundError, RuleError


def refused(error: pytest.ExceptionInfo[wb.WorkbenchError]) -> tuple[str, str]:
    """The two sentences of an error."""
    return error.value.message, error.value.hint


def test_a_relation_is_added_listed_and_removed(linked: wb.Workbench) -> None:  # noqa: F811
    planned = linked.relations.add("C2", "PRESS", dry_run=True)
    assert (planned.is_written, relations_of(linked, "C2")) == (False, [])

    done = linked.relations.add("C2", "PRESS")

    assert done.after == planned.after == {
        "business_relation_code": "PRESS", "link_to_table": None, "linked_no": None,
    }  # fmt: skip
    found = linked.relations.list("C2")
    assert found.kind == "other"
    assert found.frame()[["contact_no", "business_relation_code", "description"]].to_numpy().tolist() == [
        ["C2", "PRESS", "The press"]
    ]
    assert linked.relations.remove("C2", "PRESS").before == done.after
    assert relations_of(linked, "C2") == []
    assert is_for_us(linked, "C2") == ["none"]


def test_a_code_has_to_be_one_of_the_business_relations(linked: wb.Workbench) -> None:  # noqa: F811
    with pytest.raises(NotFoundError) as error:
        linked.relations.add("C2", "PRES")

    assert refused(error) == ('There is no business relation "PRES".', 'Did you mean "PRESS"?')


def test_a_relation_for_linked_records_is_not_given_by_hand(linked: wb.Workbench) -> None:  # noqa: F811
    with pytest.raises(RuleError) as error:
        linked.relations.add("C2", "CUST")

    assert refused(error) == (
        "The relation CUST is for contacts with a customer, and is not given by hand.",
        "Link the contact, or create its customer: workbench contact link, contact create-as.",
    )


def test_a_contact_has_a_relation_once(linked: wb.Workbench) -> None:  # noqa: F811
    linked.relations.add("C2", "PRESS")

    with pytest.raises(RuleError) as error:
        linked.relations.add("C2", "PRESS")
    assert refused(error) == ("C2 already has the relation PRESS.", "There is nothing to add.")


def test_a_relation_that_is_not_there_cannot_be_removed(linked: wb.Workbench) -> None:  # noqa: F811
    linked.relations.add("C2", "PRESS")

    with pytest.raises(NotFoundError) as error:
        linked.relations.remove("C2", "PREST")
    assert refused(error) == ('C2 has no relation "PREST".', 'Did you mean "PRESS"?')


def test_a_linked_relation_is_unlinked_and_not_removed(linked: wb.Workbench) -> None:  # noqa: F811
    linked.relations.link("C1", "customer", "10000", as_of=DAY)

    with pytest.raises(RuleError) as error:
        linked.relations.remove("C1", "CUST")
    assert refused(error) == (
        "The relation CUST of C1 is the customer 10000.",
        "Unlink it: workbench contact unlink C1 customer.",
    )


def test_a_linked_relation_takes_the_place_of_one_of_its_code_without_a_record(linked: wb.Workbench) -> None:  # noqa: F811
    linked.relations.add("C1", "PRESS")
    setting(linked, "vendor_relation_code", "PRESS")

    linked.relations.link("C1", "vendor", "V1", as_of=DAY)

    assert relations_of(linked, "C1") == [("PRESS", "vendor", "V1")]


def test_relations_of_a_company_count_for_its_people_and_are_listed_with_theirs(linked: wb.Workbench) -> None:  # noqa: F811
    linked.relations.link("C1", "customer", "10000", as_of=DAY)
    linked.relations.add("P1", "PRESS")

    found = linked.relations.list("P1")

    assert found.frame()[["contact_no", "business_relation_code", "is_of_company"]].to_numpy().tolist() == [
        ["P1", "PRESS", False], ["C1", "CUST", True],
    ]  # fmt: skip
    assert found.kind == "multiple"
    assert is_for_us(linked, "C1", "P2", "P3") == ["customer", "customer", "none"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "none"),
        ([("PRESS", None, None)], "other"),
        ([("PRESS", None, None), ("LAW", None, None)], "multiple"),
        ([("CUST", "customer", "10000")], "customer"),
        ([("VEND", "vendor", "V1")], "vendor"),
        ([("BANK", "bank_account", "B1")], "bank_account"),
        ([("EMPL", "employee", "E1")], "employee"),
        ([("CUST", "customer", "10000"), ("VEND", "vendor", "V1")], "multiple"),
        ([("CUST", "customer", "10000"), ("PRESS", None, None)], "multiple"),
        ([("CUST", "customer", None)], "other"),  # without a record it is one like any other
        ([("PRESS", "customer", "10000")], "other"),  # as is one whose code marketing setup does not name
    ],
)
def test_what_a_contact_is_for_us_after_a_load(
    linked: wb.Workbench,  # noqa: F811
    rows: list[tuple[str, str | None, str | None]],
    expected: str,
) -> None:
    frame = pd.DataFrame(rows, columns=["business_relation_code", "link_to_table", "linked_no"], dtype="object")
    if rows:
        linked.sources.load("business_relation", frame.assign(contact_no="C1"))
    with linked.database.writing() as con:
        relation_kind.refresh(con)

    assert is_for_us(linked, "C1", "P1", "C2") == [expected, expected, "none"]


def test_what_contacts_are_for_us_follows_the_setup(linked: wb.Workbench) -> None:  # noqa: F811
    linked.relations.link("C1", "customer", "10000", as_of=DAY)
    setting(linked, "customer_relation_code", "")
    with linked.database.writing() as con:
        relation_kind.refresh(con)

    assert is_for_us(linked, "C1", "P1") == ["other", "other"]


def test_a_refresh_of_some_contacts_reaches_their_people_and_nobody_else(linked: wb.Workbench) -> None:  # noqa: F811
    run(linked, "INSERT INTO business_relation SELECT 1, contact_id, 'PRESS', NULL, NULL FROM contact "
                "WHERE contact_no = 'C1'")  # fmt: skip
    run(linked, "UPDATE contact SET contact_business_relation = 'vendor'")
    with linked.database.writing() as con:
        (company,) = con.execute("SELECT contact_id FROM contact WHERE contact_no = 'C1'").fetchall()[0]
        relation_kind.refresh(con, [company])

    assert is_for_us(linked, "C1", "P1", "P2", "C2", "P3") == ["other", "other", "other", "vendor", "vendor"]
