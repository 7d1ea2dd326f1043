"""Formula injection: what gets an apostrophe, what does not, and that it comes off again."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.schema import CONTACT, Column, FieldType
from workbench.exporting.neutralising import (
    is_phone_column,
    neutralised,
    neutralised_header,
    restored,
    restored_header,
)

NAME, PHONE = CONTACT.column("name"), CONTACT.column("phone_no")


def _neutralised(text: str, column: Column = NAME) -> str:
    return str(neutralised(pa.array([text]), column)[0].as_py())


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tx",
        "\rx",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff=1",
        "\u3000=1",
        "\uff1d1",
        "\uff0b1+1",
        "\uff0d1+1",
        "\uff20x",
        "\ufe661",
        " \uff1d1",
        "-",
        "+",
        "--1",
        "-1-1",
        "+1+1",
        "'=1",
        "''@x",
        "'\t",
        "=",
        "-0x1",
        "+A1",
        "-12.50\n",
        "+3\n=1",
    ],
)
def test_text_that_a_spreadsheet_would_evaluate_gets_an_apostrophe(text: str) -> None:
    assert _neutralised(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["Ann", "a=b", "x+y", "-12.50", "+3", "-1.234,50", " -7 ", "", "'Tis", "O'Neil", "0001", "a\t=1", "'"],
)
def test_harmless_text_and_plain_numbers_stay_as_they_are(text: str) -> None:
    assert _neutralised(text) == text


@pytest.mark.parametrize(
    "phone",
    ["+49 30 123456", "+493012345", "+49 (0)30/12 34-56", "030 1234", "-49 30", "(030) 12.34", "+1-800-555"],
)
def test_telephones_stay_as_they_are_in_a_telephone_column(phone: str) -> None:
    assert _neutralised(phone, PHONE) == phone


@pytest.mark.parametrize("text", ["+49 30 cmd", "=1+1", "+49 30\n=1", "++49 30", "@49", "+", "-", "+49*2"])
def test_a_telephone_column_protects_nothing_but_telephones(text: str) -> None:
    assert _neutralised(text, PHONE) == f"'{text}"


def test_a_telephone_is_only_safe_in_a_telephone_column() -> None:
    assert _neutralised("+49 30 123456", NAME) == "'+49 30 123456"


@pytest.mark.parametrize("name", ["phone_no", "mobile_phone_no", "fax", "second_telephone"])
def test_telephone_columns_are_known_by_their_name(name: str) -> None:
    assert is_phone_column(Column(name, FieldType.TEXT, "a number to call"))
    assert not is_phone_column(Column("phoneme", FieldType.TEXT, "a sound"))


@pytest.mark.parametrize(
    "type_", [FieldType.NUMBER, FieldType.AMOUNT, FieldType.DATE, FieldType.BOOLEAN, FieldType.INTEGER]
)
def test_columns_that_are_not_text_are_never_touched(type_: FieldType) -> None:
    assert _neutralised("-1-1", Column("x", type_, "x")) == "-1-1"


def test_header_cells_are_neutralised_too() -> None:
    assert neutralised_header("=cmd") == "'=cmd"
    assert restored_header("'=cmd") == "=cmd"
    assert neutralised_header("sales_amount") == "sales_amount"


@given(st.lists(st.text() | st.text("'=+-@ \t\r\n0٣\uff1d", max_size=6), max_size=20))
def test_every_text_comes_back(texts: list[str]) -> None:
    cells = pa.array(texts, pa.large_string())
    for column in (NAME, PHONE):
        assert restored(neutralised(cells, column), column).to_pylist() == texts


@given(st.text("'=+-@ \t\r\n0a.", min_size=1, max_size=6))
def test_no_text_starts_a_formula_unless_it_is_a_plain_number(text: str) -> None:
    written = _neutralised(text)
    start = written.lstrip()[:1]
    if start in ("=", "+", "-", "@") or written[0] in "\t\r\n":
        assert set(written) <= set("+-0. ")
        assert written.strip(" +-").replace(".", "").isdigit()
