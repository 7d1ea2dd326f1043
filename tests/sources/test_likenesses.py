"""New rows of a file that look like contacts of the store are told in the plan, when it is asked for."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.sources.conftest import Shelf
from workbench.sources import likenesses

THERE = pd.DataFrame({
    "contact_no": ["C1", "C2"], "name": ["Ada Nováková", "Bo García"], "email": ["ada@novak.example", None],
    "city": ["Brno", "Madrid"], "post_code": ["60200", "28001"], "phone_no": ["+420541000101", None],
})  # fmt: skip
COMING = pd.DataFrame({
    "contact_no": ["N1", "N2", "C2"], "name": ["Ada Novakova", "Zoe Quist", "Bo García"],
    "email": ["ada@novak.example", "zoe@quist.example", None], "city": ["Brno", "Oslo", "Madrid"],
    "post_code": ["60200", "0150", "28001"], "phone_no": ["+420541000101", "+4722000000", None],
})  # fmt: skip


def test_new_rows_that_look_like_contacts_are_listed_with_the_reasons(shelf: Shelf) -> None:
    shelf.sources.load("contact", THERE)

    plan = shelf.sources.plan("contact", COMING, find_duplicates=True)

    assert plan.duplicates is not None
    (row,) = plan.duplicates.itertuples(index=False)
    assert (row.row, row.contact_no) == (2, "C1")
    assert row.score >= 0.9
    assert "mail" in row.reasons
    assert plan.notes == ("1 new row looks like a contact that is there; load it, or leave it out.",)
    assert plan.summary()["duplicates"] == plan.duplicates.to_dict("records")


def test_nothing_is_looked_for_unless_asked(shelf: Shelf) -> None:
    shelf.sources.load("contact", THERE)

    assert shelf.sources.plan("contact", COMING).duplicates is None


def test_rows_about_contacts_have_no_duplicates(people: Shelf) -> None:
    rows = pd.DataFrame({"contact_no": ["C1"], "list_name": ["x"]})

    assert people.sources.plan("contact_list", rows, find_duplicates=True).duplicates is None


def test_more_new_rows_than_can_be_looked_at_are_said(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likenesses, "MOST_ROWS", 2)

    plan = shelf.sources.plan("contact", COMING, find_duplicates=True)

    assert plan.notes == ("Duplicates were not looked for: 3 rows are new, and 2 are the most.",)
    assert plan.duplicates is None
