"""Salutations: a formula filled with names (tables 5068, 5069)."""

from __future__ import annotations

import pytest

from pipelines.salutation import render

PARTS = {"job_title": "Dr.", "first_name": "Ada", "middle_name": "", "surname": "Byron"}


@pytest.mark.parametrize(
    ("text", "names", "rendered"),
    [
        ("Dear %1 %2,", ["first_name", "surname"], "Dear Ada Byron,"),
        ("Dear %1 %2 %3,", ["first_name", "middle_name", "surname"], "Dear Ada Byron,"),
        ("Dear %1 %2", ["first_name", "middle_name"], "Dear Ada "),
        ("%2, %1", ["first_name", "surname"], "Byron, Ada"),
        ("Hello", [], "Hello"),
        ("100% %1", ["first_name"], "100% Ada"),
    ],
)
def test_an_empty_part_goes_with_the_blank_behind_it(text: str, names: list[str], rendered: str) -> None:
    assert render(text, names, PARTS) == rendered


def test_a_name_that_looks_like_a_token_stays_what_it_is() -> None:
    assert render("Dear %1 %2", ["first_name", "surname"], {"first_name": "%2", "surname": "X"}) == "Dear %2 X"
