"""How contacts are written to, and in which language: what goes before what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.correspondence import correspondence_type, language

TYPES = st.sampled_from([None, "hard_copy", "email"])


@pytest.mark.parametrize(
    ("contact", "template", "options", "chosen"),
    [
        ("hard_copy", "email", {}, "hard_copy"),
        (None, "email", {}, "email"),
        (None, "email", {"previous": "hard_copy"}, "email"),
        (None, None, {"previous": "hard_copy"}, "hard_copy"),
        ("hard_copy", "email", {"template_ignores_contact": True}, "email"),
        ("hard_copy", None, {"template_ignores_contact": True, "previous": "email"}, None),
        ("hard_copy", "hard_copy", {"header": "email"}, "hard_copy"),
        ("hard_copy", "hard_copy", {"header": "email", "header_ignores_contact": True}, "email"),
        ("hard_copy", "email", {"header_ignores_contact": True}, "hard_copy"),
        (
            "hard_copy", None,
            {"header": "email", "header_ignores_contact": True, "template_ignores_contact": True}, "email",
        ),
        ("", "", {"previous": ""}, None),
    ],
)  # fmt: skip
def test_the_first_that_is_not_blank_counts_unless_one_ignores_the_contact(
    contact: str | None, template: str | None, options: dict[str, object], chosen: str | None
) -> None:
    assert correspondence_type(contact, template, **options) == chosen  # type: ignore[arg-type]


@given(TYPES, TYPES, TYPES, st.booleans(), st.booleans(), TYPES)
def test_nothing_is_chosen_that_nobody_said(
    contact: str | None, template: str | None, header: str | None, is_deaf: bool, is_header_deaf: bool, old: str | None
) -> None:
    chosen = correspondence_type(
        contact, template, template_ignores_contact=is_deaf, header=header, header_ignores_contact=is_header_deaf,
        previous=old,
    )  # fmt: skip
    assert chosen in (contact, template, header, old, None)
    if chosen is None:
        assert (template is None) if is_deaf else not any([contact, template, old])


@pytest.mark.parametrize(
    ("contact", "known", "default", "chosen"),
    [
        ("CS", {"CS", "EN"}, "EN", "CS"),
        ("DE", {"CS", "EN"}, "EN", "EN"),
        (None, {"CS"}, "EN", "EN"),
        ("DE", set(), None, None),
        ("", {""}, "", None),
    ],
)
def test_the_contacts_language_counts_where_the_template_has_it(
    contact: str | None, known: set[str], default: str | None, chosen: str | None
) -> None:
    assert language(contact, known, default) == chosen
