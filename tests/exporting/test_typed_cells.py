"""What a column of the schema makes of a column of a frame, whatever its dtype."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from pipelines.schema import Column, FieldType
from workbench.errors import FrameError
from workbench.exporting.typed_cells import typed_cells


def _typed(values: pd.Series, type_: FieldType) -> list[object]:
    return list(typed_cells(values, Column("x", type_, "x")).to_pylist())


def test_blank_text_is_unknown() -> None:
    assert _typed(pd.Series(["a", "", None, " "], dtype="str"), FieldType.TEXT) == ["a", None, None, " "]


@pytest.mark.parametrize("type_", [type_ for type_ in FieldType if type_ is not FieldType.MANY])
def test_a_column_in_which_everything_is_unknown_has_its_type(type_: FieldType) -> None:
    for dtype in ("object", "float64", "str"):
        assert _typed(pd.Series([None, None], dtype=dtype), type_) == [None, None]


def test_amounts_are_exact_from_floats_decimals_and_whole_numbers() -> None:
    assert _typed(pd.Series([0.1 + 0.2, np.nan, -1.00004]), FieldType.AMOUNT) == [
        Decimal("0.3"),
        None,
        Decimal("-1.0000"),
    ]
    assert _typed(pd.Series([Decimal("99999999999999.9999"), None]), FieldType.AMOUNT) == [
        Decimal("99999999999999.9999"),
        None,
    ]
    assert _typed(pd.Series([7, -7]), FieldType.AMOUNT) == [Decimal(7), Decimal(-7)]
    assert _typed(pd.Series([9007199254740.9931]), FieldType.AMOUNT) == [Decimal(repr(9007199254740.9931))]


def test_instants_of_other_zones_are_shifted_and_those_without_a_zone_are_utc() -> None:
    noon = dt.datetime(2024, 1, 31, 12, tzinfo=dt.UTC)
    for values in (["2024-01-31T12:00"], ["2024-01-31T07:00-05:00"]):
        assert _typed(pd.Series(pd.to_datetime(values)), FieldType.TIMESTAMP) == [noon]


def test_categories_dates_and_flags_are_taken_in_any_form() -> None:
    assert _typed(pd.Series(["a", None], dtype="category"), FieldType.TEXT) == ["a", None]
    assert _typed(pd.Series([dt.date(2024, 1, 31), None]), FieldType.DATE) == [dt.date(2024, 1, 31), None]
    assert _typed(pd.Series([True, None]), FieldType.BOOLEAN) == [True, None]
    assert _typed(pd.Series([1.0, np.nan]), FieldType.INTEGER) == [1, None]
    assert _typed(pd.Series([("a",), None, np.array(["b"])]), FieldType.MANY) == [["a"], [], ["b"]]


@pytest.mark.parametrize(
    ("values", "type_", "text"),
    [
        (pd.Series([1, 2]), FieldType.TEXT, 'Column "x" should be text, but holds int64'),
        (pd.Series(["1"], dtype="str"), FieldType.NUMBER, 'Column "x" should be number, but holds str'),
        (pd.Series(["a"], dtype="str"), FieldType.MANY, "'a' is not a list"),
        (pd.Series([1.5]), FieldType.INTEGER, "should be integer"),
        (pd.Series([1e14]), FieldType.AMOUNT, "more than 14 digits before the decimal point"),
        (pd.Series([np.inf]), FieldType.AMOUNT, "should be amount"),
        (pd.Series([0.0, -np.inf]), FieldType.NUMBER, 'Row 2 of column "x" holds an infinite number'),
        (
            pd.Series(pd.to_datetime(["2024-01-31T10:00"])),
            FieldType.DATE,
            "a time of day stands where only a date",
        ),
        (
            pd.Series([0, 2**62]).astype("datetime64[us]"),
            FieldType.TIMESTAMP,
            "Row 2 of .* a day outside the years",
        ),
    ],
)
def test_values_of_another_type_are_refused(values: pd.Series, type_: FieldType, text: str) -> None:
    with pytest.raises(FrameError, match=text):
        _typed(values, type_)
