"""Conditions on what is true or false."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

FLAGS = """
no | is_minor | likes_cats:boolean
A  | yes      | yes
B  | no       | no
C  | no       |
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: likes_cats, op: is, value: true}", "A"),
        ("{field: likes_cats, op: is, value: false}", "B"),
        ("{not: {field: likes_cats, op: is, value: true}}", "B C"),
        ("{field: likes_cats, op: is_known}", "A B"),
        ("{field: likes_cats, op: is_unknown}", "C"),
        ("{field: is_minor, op: is, value: false}", "B C"),
        ("{field: is_minor, op: is_known}", "A B C"),
        ("{field: is_minor, op: is_unknown}", ""),
    ],
)
def test_a_flag_may_be_unknown_where_it_is_one_of_the_users_own(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=FLAGS).who(condition) == members
