"""Columns find their fields by a person's word, by name and by alias; the rest is asked about."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from tests.sources.conftest import Shelf
from workbench.errors import SourceError


def one(**cells: object) -> pd.DataFrame:
    return pd.DataFrame({header.replace("_", " "): [value] for header, value in cells.items()})


def test_headers_match_names_and_aliases_without_case_blanks_and_signs(shelf: Shelf) -> None:
    frame = pd.DataFrame({"No.": ["C1"], "E-Mail": ["a@b.c"], "POSTCODE": ["1"], "Last Name": ["Ada"]})

    plan = shelf.sources.plan("contacts", frame)

    assert plan.mapping == {"No.": "contact_no", "E-Mail": "email", "POSTCODE": "post_code", "Last Name": "surname"}


def test_the_exact_name_wins_over_an_alias_and_an_earlier_alias_over_a_later(people: Shelf) -> None:
    frame = one(contact_no="C1", date="2024-01-31", posted_at="2024-02-01", id="7", amount="1", sales="2")

    plan = people.sources.plan("sales_entry", frame, new_fields="ignore")

    assert plan.mapping == {
        "contact no": "contact_no", "posted at": "posted_at", "id": "sales_entry_no", "amount": "sales_amount",
    }  # fmt: skip
    assert plan.ignored == ("date", "sales")


def test_a_mapping_wins_over_names_and_a_blank_target_leaves_out(shelf: Shelf) -> None:
    frame = pd.DataFrame({"contact_no": ["C1"], "name": ["Ada"], "nickname": ["Addie"], "city": ["Bath"]})

    plan = shelf.sources.plan("contact", frame, {"nickname": "name", "name": "", "city": None})

    assert plan.mapping == {"contact_no": "contact_no", "nickname": "name"}
    assert plan.ignored == ("name", "city")


@pytest.mark.parametrize(
    ("mapping", "message", "hint"),
    [
        ({"nmae": "name"}, 'The file has no column "nmae".', 'Did you mean "name"?'),
        ({"name": "sirname"}, 'contact has no field "sirname", to which column "name" is mapped.', '"surname"'),
        ({"name": "city"}, 'The columns "name" and "city" both go to city.', '--map "city="'),
        ({"name": "extra:wine"}, 'There is no field type "wine".', "amount, boolean"),
        ({"name": "city:number"}, "contact.city is text, not number.", "or to a new name"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(shelf: Shelf, mapping: dict[str, str], message: str, hint: str) -> None:
    frame = pd.DataFrame({"name": ["Ada"], "city": ["Bath"]})
    mapping = {**mapping, "city": "city"} if mapping.get("name") == "city" else mapping

    with pytest.raises(SourceError) as caught:
        shelf.sources.plan("contact", frame, mapping)

    assert caught.value.message == message
    assert hint in caught.value.hint


def test_two_columns_of_the_same_rank_for_one_field_are_refused(shelf: Shelf) -> None:
    with pytest.raises(SourceError, match='The columns "E-Mail" and "email" both go to email'):
        shelf.sources.plan("contact", pd.DataFrame({"E-Mail": ["a"], "email": ["b"]}))


def test_a_missing_column_that_every_row_needs_is_named(people: Shelf) -> None:
    with pytest.raises(SourceError, match="No column of the file goes to posted_at, which every sales_entry needs"):
        people.sources.plan("sales_entry", one(contact_no="C1", amount="1"))


def test_columns_that_match_nothing_are_asked_about(shelf: Shelf) -> None:
    frame = pd.DataFrame({"contact_no": ["C1"], "shoe size": ["42"], "born": ["1990-01-31"]})

    plan = shelf.sources.plan("contact", frame)
    with pytest.raises(SourceError) as caught:
        shelf.sources.load("contact", frame)

    assert [(field.header, field.field, field.type) for field in plan.new_fields] == [
        ("shoe size", "shoe_size", "number"),
        ("born", "born", "date"),
    ]
    assert plan.new == 1
    assert caught.value.message == 'No field of contact takes these columns: "shoe size" (number), "born" (date).'
    assert 'new_fields="add"' in caught.value.hint
    assert "--new-fields add" in caught.value.hint
    assert shelf.ask("SELECT count(*) FROM contact") == [(0,)]


@pytest.mark.parametrize(
    ("header", "values", "type_", "stored"),
    [
        ("likes", ["yes", "no", ""], "boolean", [True, False, None]),
        ("likes", ["TRUE", "f", "on"], "boolean", [True, False, True]),
        ("mens", ["0", "1", "1"], "number", [0.0, 1.0, 1.0]),
        ("size", ["1,5", "-2,25", ""], "number", [1.5, -2.25, None]),
        ("code", ["00123", "7", "8"], "text", ["00123", "7", "8"]),
        ("store_id", ["12", "7", "8"], "text", ["12", "7", "8"]),
        ("level", ["1e5", "7", "8"], "text", ["1e5", "7", "8"]),
        ("tag", ["12345678901234567", "7", "8"], "text", ["12345678901234567", "7", "8"]),
        ("beeper", ["+420777123456", "", ""], "text", ["+420777123456", None, None]),
        ("word", ["a", "1", ""], "text", ["a", "1", None]),
        ("nothing", ["", " ", ""], "text", [None, None, None]),
    ],
)
def test_new_fields_get_the_type_that_all_values_have(
    shelf: Shelf, header: str, values: list[str], type_: str, stored: list[object]
) -> None:
    frame = pd.DataFrame({"contact_no": ["C1", "C2", "C3"], header: values})

    receipt = shelf.sources.load("contact", frame, new_fields="add")

    assert [field.type for field in receipt.new_fields] == [type_]
    assert shelf.setup.table("contact").by_name[header].type.value == type_
    assert [row[0] for row in shelf.ask(f'SELECT "{header}" FROM contact ORDER BY contact_no')] == stored


def test_a_type_can_be_forced_and_adds_the_field(shelf: Shelf) -> None:
    frame = pd.DataFrame({"contact_no": ["C1"], "Spent": ["1,234.56"], "tags": ["a; b|a"], "flag": ["1"]})
    mapping = {"Spent": "spend:amount", "tags": "tags:many_valued", "flag": "flag:boolean"}

    receipt = shelf.sources.load("contact", frame, mapping)

    assert [(field.field, field.type, field.is_new) for field in receipt.new_fields] == [
        ("spend", "amount", True), ("tags", "many_valued", True), ("flag", "boolean", True),
    ]  # fmt: skip
    assert shelf.ask("SELECT spend::VARCHAR, tags, flag FROM contact") == [("1234.5600", ["a", "b"], True)]


def test_custom_fields_match_by_name_afterwards(shelf: Shelf) -> None:
    shelf.sources.load("contact", pd.DataFrame({"contact_no": ["C1"], "Shoe Size": [42]}), new_fields="add")

    receipt = shelf.sources.load("contact", pd.DataFrame({"contact_no": ["C1"], "shoe size": [43]}))

    assert receipt.changed == 1
    assert not receipt.new_fields


def test_no_field_is_added_when_no_row_is_loaded(shelf: Shelf) -> None:
    frame = pd.DataFrame({"type": ["robot"], "size": [1]})

    receipt = shelf.sources.load("contact", frame, new_fields="add")

    assert (receipt.rejected, receipt.load_no) == (1, None)
    assert "size" not in shelf.setup.table("contact").by_name


def test_tables_without_custom_fields_say_that_they_leave_columns_out(shelf: Shelf) -> None:
    frame = pd.DataFrame({"campaign_no": ["18"], "budget": [1]})

    receipt = shelf.sources.load("campaign", frame, new_fields="add")

    assert receipt.ignored == ("budget",)
    assert receipt.notes == ("campaign takes no custom fields, so these columns are ignored: budget.",)


def test_constants_fill_fields_that_the_file_does_not_have(shelf: Shelf) -> None:
    shelf.sources.load("contact", pd.DataFrame({"contact_no": ["C1"]}), constants={"type": "Company"})

    assert shelf.ask("SELECT type, company_no FROM contact") == [("company", "C1")]
    with pytest.raises(SourceError, match='type is a constant, but column "type" goes to it too'):
        shelf.sources.plan("contact", pd.DataFrame({"type": ["person"]}), constants={"type": "company"})
    with pytest.raises(
        SourceError, match=re.escape('contact has no field "tpye" for a constant. Did you mean "type"?')
    ):
        shelf.sources.plan("contact", pd.DataFrame({"name": ["Ada"]}), constants={"tpye": "company"})


def test_choices_match_without_case_and_blanks(shelf: Shelf) -> None:
    frame = pd.DataFrame({"contact_no": ["1", "2", "3"], "correspondence type": ["Hard Copy", "E-MAIL", "fax"]})

    receipt = shelf.sources.load("contact", frame)

    assert shelf.ask("SELECT correspondence_type FROM contact ORDER BY 1") == [("email",), ("hard_copy",)]
    assert receipt.problems[["row", "value", "reason"]].values.tolist() == [[4, "fax", "is none of hard_copy, email"]]


@pytest.mark.parametrize("word", ["true", "Yes", "Y", "1", "t", "ja", "si", "Sí", "ON"])
@pytest.mark.parametrize("opposite", ["false", "No", "n", "0", "F", "nein", "off", ""])
def test_flags_understand_yes_and_no(shelf: Shelf, word: str, opposite: str) -> None:
    shelf.sources.load("contact", pd.DataFrame({"contact_no": ["1", "2"], "is_minor": [word, opposite]}))

    assert shelf.ask("SELECT is_minor FROM contact ORDER BY contact_no") == [(True,), (False,)]


def test_lists_are_split_and_json_arrays_understood(shelf: Shelf) -> None:
    frame = pd.DataFrame({"contact_no": list("1234"), "mailing_group_codes": ["A; B ;A", "A|C", '["X, Y", "Z"]', " "]})

    shelf.sources.load("contact", frame)

    assert shelf.ask("SELECT mailing_group_codes FROM contact ORDER BY contact_no") == [
        (["A", "B"],), (["A", "C"],), (["X, Y", "Z"],), (None,),
    ]  # fmt: skip


def test_names_are_joined_from_their_parts(shelf: Shelf) -> None:
    frame = pd.DataFrame({"contact_no": ["1", "2"], "first_name": ["Ada", None], "surname": ["Lovelace", "Cher"]})

    shelf.sources.load("contact", frame)
    again = shelf.sources.load("contact", frame)

    assert shelf.ask("SELECT name FROM contact ORDER BY contact_no") == [("Ada Lovelace",), ("Cher",)]
    assert again.unchanged == 2
