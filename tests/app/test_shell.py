"""The frame around every page: language, day, missing stores, errors."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import Open, words
from workbench.app import shell
from workbench.errors import StoreBusyError
from workbench.overview import Overview

MAIN = str(Path(shell.__file__).with_name("main.py"))


def test_the_app_starts_on_home(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_DB", str(shop))
    app = AppTest.from_file(MAIN, default_timeout=30).run()
    assert not app.exception
    assert app.title[0].value == "What is in the store"


def test_the_sidebar_names_store_revision_and_day(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "home")
    revision = wb.open(shop).database.revision()
    assert app.sidebar.caption[0].value == f"Store `shop.duckdb`, revision {revision}"
    assert app.sidebar.date_input[0].value == dt.date(2018, 1, 1)


def test_choosing_spanish_changes_the_page_at_once(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "home")
    app.sidebar.button_group[0].set_value("es").run()
    assert app.title[0].value == "Qué hay en el almacén"
    assert not app.exception


def test_another_day_stays_until_one_goes_back(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "home")
    app.sidebar.date_input[0].set_value(dt.date(2017, 2, 10)).run()
    assert "As of Feb 10, 2017" in words(app)
    app.sidebar.button[0].click().run()
    assert "As of Jan 1, 2018" in words(app)


def test_a_missing_store_is_explained_and_can_be_made(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "none.duckdb"
    app = open_page(path, "home")
    assert app.title[0].value == "No store yet"
    assert f"There is no store at `{path}`." in words(app)
    assert "workbench demo complete-journey" in app.code[0].value
    app.button[0].click().run()
    assert path.exists()
    assert app.title[0].value == "What is in the store"


def test_a_missing_store_is_explained_in_spanish(tmp_path: Path, open_page: Open) -> None:
    assert open_page(tmp_path / "none.duckdb", "home", "es").title[0].value == "Todavía no hay almacén"


def test_a_store_in_a_folder_that_does_not_exist_is_an_error_of_two_sentences(tmp_path: Path, open_page: Open) -> None:
    app = open_page(tmp_path / "nowhere" / "none.duckdb", "home")
    app.button[0].click().run()
    assert not app.exception
    assert len(app.error) == 1


def test_a_file_that_is_no_store_is_an_error_and_no_traceback(tmp_path: Path, open_page: Open) -> None:
    path = tmp_path / "text.duckdb"
    path.write_text("no store")
    app = open_page(path, "home")
    assert not app.exception
    assert len(app.error) == 1


def test_an_error_shows_what_happened_and_what_to_do(
    shop: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StoreBusyError("Process 42 is writing the store.", "Wait until it has finished.")

    monkeypatch.setattr(Overview, "figures", busy)
    app = open_page(shop, "home")
    assert [error.value for error in app.error] == ["Process 42 is writing the store.\n\nWait until it has finished."]


def test_what_nobody_expected_shows_a_friendly_sentence_and_goes_to_the_log(
    shop: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(Overview, "figures", broken)
    app = open_page(shop, "home", "es")
    assert not app.exception
    assert "Algo ha fallado" in app.error[0].value
    assert "secret detail" not in words(app)
    assert "secret detail" in caplog.text
