"""CSV and Excel CSV: what stands in the file, byte for byte."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

import pandas as pd
import pytest

from pipelines.schema import CONTACT, Column, FieldType
from tests.exporting.hard_frame import COLUMNS, FACTS, LEDGER, hard_frame
from tests.exporting.single import exported
from workbench.errors import ConfigError
from workbench.exporting import Ledger, export_frame

NAME = CONTACT.column("name")
AMOUNT = Column("spend_amount", FieldType.AMOUNT, "spend")
NUMBER = Column("score", FieldType.NUMBER, "score")
MANY = CONTACT.column("mailing_group_codes")
TWO = Ledger(matched=2, rows=2)


def test_lines_end_in_carriage_return_and_line_feed_and_there_is_no_byte_order_mark(tmp_path: Path) -> None:
    assert exported(["Ann"], NAME, tmp_path / "a.csv").read_bytes() == b"name\r\nAnn\r\n"


def test_quotes_are_doubled_and_line_breaks_stay_inside_quotes(tmp_path: Path) -> None:
    content = exported(['a "b"\nc'], NAME, tmp_path / "a.csv").read_bytes()
    assert content == b'name\r\n"a ""b""\nc"\r\n'


def test_unknown_and_blank_text_are_empty_fields(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": ["", None], "spend_amount": [1.0, None]})
    path = tmp_path / "a.csv"
    export_frame(frame, [NAME, AMOUNT], path, ledger=TWO, facts={})
    assert path.read_bytes() == b"name,spend_amount\r\n,1\r\n,\r\n"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (12.5, "12.5"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (-0.0001, "-0.0001"),
        (1234567.8901, "1234567.8901"),
        (300_000_000_000.1234, "300000000000.1234"),
        (100.0, "100"),
    ],
)
def test_amounts_are_exact_decimals_without_trailing_noise(amount: float, text: str, tmp_path: Path) -> None:
    assert exported([amount], AMOUNT, tmp_path / "a.csv").read_text().splitlines()[1] == text


@pytest.mark.parametrize("number", [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -1e-7, 2.0**53, 123456789.125])
def test_numbers_read_back_to_the_same_number(number: float, tmp_path: Path) -> None:
    assert float(exported([number], NUMBER, tmp_path / "a.csv").read_text().splitlines()[1]) == number


@pytest.mark.parametrize(
    ("items", "text"),
    [
        (["VIP", "NEWS"], "VIP;NEWS"),
        (["a;b", "c"], '["a;b", "c"]'),
        (["[x]"], '["[x]"]'),
        ([""], '[""]'),
        (["=1"], "'=1"),
    ],
)
def test_lists_are_joined_or_written_as_json_where_joining_would_not_read_back(
    items: list[str], text: str, tmp_path: Path
) -> None:
    with exported([items], MANY, tmp_path / "a.csv").open(newline="") as file:
        assert list(csv.reader(file))[1] == [text]


def test_excel_csv_has_a_byte_order_mark_and_the_delimiter_and_sign_of_the_locale(tmp_path: Path) -> None:
    frame = pd.DataFrame({"name": ["a;b", "c"], "spend_amount": [-1.25, 2.0]})
    for locale in ("de", "en-GB"):
        path = tmp_path / f"{locale}.csv"
        export_frame(frame, [NAME, AMOUNT], path, format="excel_csv", locale=locale, ledger=TWO, facts={})
    german, english = tmp_path / "de.csv", tmp_path / "en-GB.csv"
    assert german.read_bytes() == codecs.BOM_UTF8 + b'name;spend_amount\r\n"a;b";-1,25\r\nc;2\r\n'
    assert english.read_bytes() == codecs.BOM_UTF8 + b"name,spend_amount\r\na;b,-1.25\r\nc,2\r\n"


def test_excel_csv_keeps_dates_iso_under_every_locale(tmp_path: Path) -> None:
    for locale in ("en-US", "de", "es-MX"):
        path = tmp_path / f"{locale}.csv"
        export_frame(hard_frame(), COLUMNS, path, format="excel_csv", locale=locale, ledger=LEDGER, facts=FACTS)
        assert "1980-02-29" in path.read_text("utf-8-sig")


def test_an_unknown_locale_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        exported(["x"], NAME, tmp_path / "a.csv", format="excel_csv", locale="xx-Nowhere")
    assert str(refused.value) == '"xx-Nowhere" is not a known locale. Write it as "en", "de" or "es-MX".'


def test_a_very_long_text_reads_back(tmp_path: Path) -> None:
    assert exported(["x" * 300_000], NAME, tmp_path / "a.csv").stat().st_size > 300_000
