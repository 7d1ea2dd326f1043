"""Logged segments and their letters, on the page Worksheets and on the card of a campaign."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import Open, words
from tests.app.test_worksheets import press
from tests.use_cases.letter_world import keep_template, logged, shop, texts, word
from tests.use_cases.mail_host import mail_host
from workbench.letters import claiming

STORE = "letters.duckdb"


@pytest.fixture
def bench(tmp_path: Path) -> wb.Workbench:
    return shop(tmp_path)


def opened(open_page: Open, tmp_path: Path, entry: int, language: str = "en") -> AppTest:
    return open_page(tmp_path / STORE, "worksheets", language, {"logged_entry": entry})


def test_a_logged_segment_is_canceled_taken_back_and_deleted(
    bench: wb.Workbench, tmp_path: Path, open_page: Open
) -> None:
    entry = logged(bench)
    app = opened(open_page, tmp_path, entry)
    assert not app.exception

    press(app, "logged_cancel")
    assert bench.worksheets.logged()[0].is_canceled
    assert "Held back 3 canceled: 3" in words(app)
    press(app, "logged_delete")
    assert bench.worksheets.logged() == ()
    assert not app.exception


def test_printed_letters_are_previewed_and_merged(tmp_path: Path, open_page: Open) -> None:
    bench = shop(tmp_path, correspondence="hard_copy")
    entry = logged(bench)
    app = opened(open_page, tmp_path, entry)
    assert "Held back 1 no address: 1" in words(app)

    app.text_input(key="letter_folder").set_value(str(tmp_path / "out"))
    press(app, "letter_merge_preview")
    assert "Letters that would go: 2. Every field is there." in words(app)
    assert not (tmp_path / "out").exists()
    press(app, "letter_merge")

    assert not app.exception
    (file,) = (tmp_path / "out").iterdir()
    assert texts(file.read_bytes())[0] == "Dear Ann,"
    assert "Delivered 2" in words(app)
    assert bench.letters.status(entry).states["ready"] == 0


def test_what_a_template_lacks_is_said_before_anything_is_sent(
    bench: wb.Workbench, tmp_path: Path, open_page: Open
) -> None:
    keep_template(bench, "TYPO", word("Dear {{ frist_name }}"))
    app = opened(open_page, tmp_path, logged(bench, template="TYPO"))
    press(app, "letter_send_preview")
    assert (
        app.error[0]
        .value.replace("\\", "")
        .startswith('"typo.docx" has merge fields that do not exist&#58; frist_name.')
    )


def test_emails_are_handed_to_a_server_and_what_broke_off_is_settled(
    bench: wb.Workbench, tmp_path: Path, open_page: Open
) -> None:
    entry = logged(bench)
    with bench.database.writing() as con:
        assert claiming.claim(con, [int(bench.letters.status(entry).frame()["entry_no"].iloc[0])])
    with mail_host() as box:
        app = opened(open_page, tmp_path, entry)
        app.button_group(key="letter_way").set_value(["server"]).run()
        app.text_input(key="letter_host").set_value("127.0.0.1")
        app.number_input(key="letter_port").set_value(box.port)
        app.selectbox(key="letter_security").set_value("none")
        press(app, "letter_send")
        assert not app.exception
        assert sorted(box.recipients) == ["ann@example.org", "bob@example.org"]
    assert "Sending broke off" in words(app)
    press(app, "letter_arrived")
    assert bench.letters.status(entry).states["delivered"] == 3
    assert "Sending broke off" not in words(app)


def test_the_letters_of_a_campaign_are_on_its_card(bench: wb.Workbench, tmp_path: Path, open_page: Open) -> None:
    logged(bench, campaign_no="CP1001")
    remembered = {"campaign_panel": "Letters"}
    app = open_page(tmp_path / STORE, "campaigns", "en", remembered, campaign="CP1001")
    assert not app.exception
    assert "Ready 3" in words(app)
    empty = open_page(tmp_path / STORE, "campaigns", "en", remembered, campaign="CP2002")
    assert "No letters yet" in words(empty)
