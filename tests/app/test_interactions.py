"""The page Interactions on a real small store."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words
from workbench.app.uploads import Upload


@pytest.fixture
def office(own_shop: Path) -> wb.Workbench:
    """A shop with a salesperson and templates for calls and visits."""
    bench = wb.open(own_shop)
    bench.codes.save("salesperson", "JO", name="John", email="john@us.example")
    templates = {"interaction_template_code": ["CALL", "VISIT"], "description": ["Telephone call", "Visit"]}
    flows = {"information_flow": ["outbound", "inbound"], "unit_cost_amount": [5, 40]}
    bench.sources.load("interaction_template", pd.DataFrame({**templates, **flows}))
    return bench


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def opened(own_shop: Path, open_page: Open, **more: object) -> AppTest:
    app = open_page(own_shop, "interactions", **more)
    assert not app.exception
    return app


def field(app: AppTest, kind: str, name: str, contact_no: str = "CT1", template: str = "CALL") -> Any:
    return getattr(app, kind)(key=f"interaction_field:{contact_no}:{template}:{name}")


def test_the_log_is_filtered_and_says_how_many(own_shop: Path, open_page: Open) -> None:
    app = opened(own_shop, open_page)
    assert "Interactions found: 3" in words(app)
    assert app.dataframe[0].value["description"].tolist() == ["Coupon redeemed", "Campaign mail", "Campaign mail"]
    app.selectbox(key="interaction_log:flow").set_value("inbound").run()
    assert "Interactions found: 1" in words(app)
    app.selectbox(key="interaction_log:field").set_value("campaign_no")
    app.text_input(key="interaction_log:expression").set_value("9*").run()
    press(app, "interaction_filter_apply")
    assert "No such interaction." in words(app)
    press(app, "interaction_filter_off:campaign_no")
    assert "Interactions found: 1" in words(app)


def test_an_entry_is_looked_at_evaluated_commented_on_canceled_and_deleted(
    office: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    app = opened(own_shop, open_page, interaction="3")
    assert "Coupon redeemed" in app.subheader[0].value
    app.selectbox(key="interaction_evaluation").set_value("positive").run()
    press(app, "interaction_evaluate")
    assert office.interactions.show(3).values["evaluation"] == "positive"
    app.text_area(key="interaction_comment").set_value("Liked it")
    press(app, "interaction_comment_add")
    assert "Liked it" in words(app)
    press(app, "interaction_comment_delete:10000")
    assert "Liked it" not in words(app)
    press(app, "interaction_cancel")
    assert office.interactions.show(3).values["is_canceled"]
    press(app, "interaction_delete")
    assert not app.exception
    assert office.interactions.list(as_of=DAY).total == 2
    assert not app.subheader


def test_the_wizard_begins_with_the_contact_of_the_address(
    office: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    app = opened(own_shop, open_page, new="CT1")
    app.selectbox(key="interaction_field:template").set_value("CALL").run()
    assert not app.exception
    assert field(app, "text_input", "description").value == "Telephone call"
    press(app, "interaction_finish")
    assert "The interaction lacks salesperson" in words(app)
    field(app, "selectbox", "salesperson_code").set_value("JO")
    field(app, "text_input", "description").set_value("Asked about *spring*")
    field(app, "checkbox", "is_successful").uncheck()
    press(app, "interaction_finish")
    assert not app.exception
    values = office.interactions.show(4).values
    assert (values["description"], values["subject"], values["is_attempt_failed"]) == (
        "Asked about *spring*", "Asked about *spring*", True,
    )  # fmt: skip
    assert float(values["cost_amount"]) == 5
    assert app.subheader[0].value == "4 · Telephone call - by John"


def test_an_interaction_is_finished_later(office: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    given = {"contact_no": "CT1", "interaction_template_code": "CALL", "salesperson_code": "JO"}
    number = office.interactions.create(given, DAY, finish_later=True).entry_no
    app = opened(own_shop, open_page, interaction=str(number))
    press(app, "interaction_resume")
    assert field(app, "text_input", "description").value == "Telephone call"
    app.selectbox(key="interaction_field:template").set_value("VISIT").run()
    assert field(app, "text_input", "description", template="VISIT").value == "Visit"
    press(app, "interaction_finish")
    assert not app.exception
    values = office.interactions.show(4).values
    assert (values["description"], values["is_postponed"], values["salesperson_code"]) == ("Visit", False, "JO")


def test_mail_is_planned_and_recorded(office: wb.Workbench, own_shop: Path, open_page: Open, tmp_path: Path) -> None:
    message = EmailMessage()
    for name, text in {"From": "ada@example.org", "To": "john@us.example", "Subject": "Hello",
                       "Date": "Fri, 01 Dec 2017 10:00:00 +0000", "Message-ID": "<1@x>"}.items():  # fmt: skip
        message[name] = text
    (tmp_path / "1.eml").write_bytes(message.as_bytes())
    remembered = {
        "interaction_panel": "Import",
        "interaction_upload": Upload(tmp_path, "1.eml", 1, "file"),
        "interaction_import:template": "VISIT",
    }
    app = opened(own_shop, open_page, remembered=remembered)
    assert "A preview; nothing was written." in words(app)
    assert app.dataframe[0].value["contact_no"].tolist() == ["CT1"]
    press(app, "interaction_import")
    assert not app.exception
    assert "Recorded 1" in words(app)
    assert office.interactions.list("hello", as_of=DAY).total == 1


def test_in_spanish_and_without_templates_nothing_fails(own_shop: Path, open_page: Open) -> None:
    for panel in ("Log", "New interaction", "Import"):
        opened(own_shop, open_page, remembered={"interaction_panel": panel})
    app = open_page(own_shop, "interactions", language="es")
    assert not app.exception
