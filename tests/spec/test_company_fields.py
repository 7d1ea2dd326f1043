"""Fields of the company a contact belongs to."""

from __future__ import annotations

import pytest

from tests.spec.conftest import Draw

CONTACTS = """
no | type    | company_no | city   | industry_codes | is_minor | size:number
A  | person  | F          | Brno   |                | no       |
B  | person  | G          | Prague |                | no       |
C  | person  |            | Prague |                | no       |
D  | person  | gone       | Prague |                | no       |
F  | company | F          | Prague | TOOLS TOYS     | yes      | 10
G  | company |            |        |                | no       |
"""


@pytest.mark.parametrize(
    ("condition", "members"),
    [
        ("{field: company.city, op: is, value: Prague}", "A F"),
        ("{field: company.city, op: is_not, value: Prague}", "B C D G"),
        ("{field: company.city, op: is_unknown}", "B C D G"),
        ("{field: company.city, op: is_not, value: Brno, unknown: exclude}", "A F"),
        ("{field: company.industry_codes, op: any_of, value: [TOYS]}", "A F"),
        ("{field: company.industry_codes, op: is_empty}", "B C D G"),
        ("{field: company.industry_codes, op: all_of, value: []}", "A F"),
        ("{field: company.size, op: at_least, value: 10}", "A F"),
        ("{field: company.size, op: not_between, value: [0, 5]}", "A B C D F G"),
        ("{field: company.is_minor, op: is, value: false}", "B"),
        ("{field: company.is_minor, op: is_known}", "A B F"),
        ("{field: company.is_minor, op: is_unknown}", "C D G"),
        ("{field: company.contact_no, op: is_known}", "A B F"),
        ("{not: {field: company.city, op: is, value: Prague}}", "B C D G"),
    ],
)
def test_company_fields_are_unknown_where_there_is_no_company(scene: Draw, condition: str, members: str) -> None:
    assert scene(contact=CONTACTS).who(condition) == members
