"""Names of people in parts and as a whole (Business Central, table 5050)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contact_names import NameParts, joined, search_name, split


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("", ("", "", "")),
        ("Cher", ("Cher", "", "")),
        ("Anna Rossi", ("Anna", "", "Rossi")),
        ("Anna Maria Rossi", ("Anna", "Maria", "Rossi")),
        ("Anna Maria Luisa Rossi", ("Anna Maria", "Luisa", "Rossi")),
        ("  Anna   Rossi ", ("Anna", "", "Rossi")),
        ("Anna\tMaria Rossi", ("Anna\tMaria", "", "Rossi")),
    ],
)
def test_a_name_is_split_at_blanks_the_last_word_being_the_surname(name: str, parts: tuple[str, str, str]) -> None:
    assert split(name) == parts


def test_each_part_is_cut_after_thirty_characters() -> None:
    first, middle, last = "A" * 31, "B" * 31, "C" * 31

    assert split(f"{first} {middle} {last}") == ("A" * 30, "B" * 30, "C" * 30)


def test_parts_are_joined_by_single_blanks_left_trimmed_and_cut_after_ninety_two() -> None:
    assert joined(NameParts("Anna", "", "Rossi")) == "Anna Rossi"
    assert joined(NameParts("", "", "Rossi")) == "Rossi"
    assert joined(NameParts("", "", "")) == ""
    assert joined(NameParts(" Anna", "", "Rossi")) == "Anna Rossi"
    assert len(joined(NameParts("A" * 40, "B" * 40, "C" * 40))) == 92


WORDS = st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=15), max_size=2)


@given(WORDS)
def test_a_short_name_is_the_same_after_splitting_and_joining(words: list[str]) -> None:
    name = " ".join(words)

    assert joined(split(name)) == name


@pytest.mark.parametrize(
    ("searched", "old", "new", "expected"),
    [
        ("", "", "Anna", "ANNA"),
        ("", "Anna", "Berta", "BERTA"),
        ("ANNA", "Anna", "Berta", "BERTA"),
        ("ROSSI", "Anna", "Berta", "ROSSI"),
    ],
)
def test_the_search_name_follows_where_it_was_blank_or_the_old_name(
    searched: str, old: str, new: str, expected: str
) -> None:
    assert search_name(searched, old, new) == expected
