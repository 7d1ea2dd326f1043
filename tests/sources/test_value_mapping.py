"""Values of files that stand for others, and values that nothing in the store has."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.sources.conftest import Shelf
from workbench.errors import SourceError

DEALS = "id,contact_no,product,status\nO1,C1,GTXPro,Won\nO2,C2,GTXPro,Engaging\nO3,,GTX Basic,won\n"


@pytest.fixture
def deals(people: Shelf, tmp_path: Path) -> Path:
    people.sources.load("item", pd.DataFrame({"product": ["GTX Pro", "GTX Basic", "MG Special"]}))
    path = tmp_path / "deals.csv"
    path.write_text(DEALS)
    return path


def test_values_that_no_item_has_and_wrong_choices_are_reported_with_the_nearest(people: Shelf, deals: Path) -> None:
    plan = people.sources.plan("opportunity", deals)
    assert plan.unknown_values.to_numpy().tolist() == [
        ["product", "item_no", "GTXPro", 2, "GTX Pro"], ["status", "status", "Engaging", 1, ""],
    ]  # fmt: skip
    assert plan.known_values["product"] == ("GTX Basic", "GTX Pro", "MG Special")
    assert plan.notes[0] == (
        '"product" has values that no item has: "GTXPro" (2 rows; perhaps "GTX Pro"). '
        "Map them (values=, --value), or keep them."
    )
    assert len(plan.notes) == 1
    assert not plan.questions
    assert plan.summary()["unknown_values"][0]["value"] == "GTXPro"  # type: ignore[index]


def test_values_are_taken_as_others_blank_cells_too_and_remembered(people: Shelf, deals: Path, tmp_path: Path) -> None:
    said = {"product": {"GTXPro": "GTX Pro"}, "status": {"Engaging": "in_progress"}, "contact_no": {"": "C3"}}
    receipt = people.sources.load("opportunity", deals, values=said)
    assert (receipt.new, receipt.rejected, len(receipt.unknown_values)) == (3, 0, 0)
    assert receipt.notes == (
        'In "contact_no", a blank cell is taken as "C3" (1 row).',
        'In "product", "GTXPro" is taken as "GTX Pro" (2 rows).',
        'In "status", "Engaging" is taken as "in_progress" (1 row).',
    )
    later = tmp_path / "later.csv"
    later.write_text(DEALS.replace("O1", "O4"))
    assert people.sources.load("opportunity", later).values == said
    assert people.ask("SELECT opportunity_no, item_no, status FROM opportunity ORDER BY 1") == [
        ("O1", "GTX Pro", "won"), ("O2", "GTX Pro", "in_progress"), ("O3", "GTX Basic", "won"),
        ("O4", "GTX Pro", "won"),
    ]  # fmt: skip
    forgetting = people.sources.plan("opportunity", later, remember=False)
    assert (forgetting.values, len(forgetting.unknown_values)) == ({}, 2)


def test_numbers_of_frames_are_mapped_and_unknown_is_a_value(people: Shelf) -> None:
    frame = pd.DataFrame({"contact_no": ["C1", "C2"], "initials": [1, 9]})
    people.sources.load("contact", frame, values={"initials:9": "", "initials:1": "A"})
    assert people.ask("SELECT initials FROM contact ORDER BY contact_no LIMIT 2") == [("A",), (None,)]


@pytest.mark.parametrize(
    ("values", "message", "hint"),
    [
        ({"produkt:GTXPro": "GTX Pro"}, 'The file has no column "produkt" whose values could be mapped.', "product"),
        ({"product": "GTX Pro"}, '"product" names no value.', "COLUMN:OLD=NEW"),
        ("GTXPro", "values is no mapping.", "values={"),
    ],
)
def test_what_cannot_be_meant_is_refused(people: Shelf, deals: Path, values: object, message: str, hint: str) -> None:
    with pytest.raises(SourceError) as refused:
        people.sources.plan("opportunity", deals, values=values)
    assert refused.value.message == message
    assert hint in refused.value.hint
