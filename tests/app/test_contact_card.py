"""The card of a contact on the page Contacts: every tab on real small stores."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words


@pytest.fixture
def company(empty_store: Path) -> Path:
    """A company with a person who shares its telephone, made as a visitor would."""
    bench = wb.open(empty_store)
    values = {"type": "company", "name": "Acme", "phone_no": "+420 123 456", "city": "Prague"}
    bench.contacts.create(values, contact_no="CO1", as_of=DAY)
    bench.contacts.create({"name": "Ada Novák", "company_no": "CO1"}, contact_no="P1", as_of=DAY)
    return empty_store


def at(app: AppTest, tab: str) -> AppTest:
    """Open a tab of the card."""
    app.session_state["contact_panel"] = tab
    return app.run()


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def table(app: AppTest, place: int = 1) -> pd.DataFrame:
    """A table of the card; the list is the first of the page."""
    frame: pd.DataFrame = app.dataframe[place].value
    return frame


def labelled(elements: Any, label: str) -> Any:
    return next(element for element in elements if element.label == label)


def test_an_address_opens_a_card(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", contact="CT1")
    said = words(app)
    assert app.subheader[0].value == r"Ada \*Novák\*"
    assert "Sales value $1,234.56 2 entries" in said
    assert "Interactions 2 1 response" in said
    assert "Last sale Feb 14, 2017 as of Jan 1, 2018" in said


def test_details_show_custom_fields(shop: Path, open_page: Open) -> None:
    said = html(open_page(shop, "contacts", contact="CT1"))
    assert "<dt>Age band</dt><dd>35-44</dd>" in said
    assert "Ada *Novák*" in said


def test_the_card_is_that_of_the_day(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", contact="CT1")
    app.sidebar.date_input[0].set_value(dt.date(2017, 2, 1)).run()
    assert "Sales value $1,000.10 1 entry" in words(app)
    assert "1 row up to Feb 1, 2017." in words(at(app, "Timeline"))


def test_the_timeline_says_when_in_local_time(shop: Path, open_page: Open) -> None:
    rows = table(at(open_page(shop, "contacts", contact="CT1"), "Timeline"))
    assert list(rows["kind_label"]) == [
        "Interactions", "Interactions", "Campaign targets", "Sales entries", "Sales entries",
    ]  # fmt: skip
    assert rows["at"].iloc[-1] == pd.Timestamp("2017-01-31 21:00")
    assert rows["at"].iloc[2] == pd.Timestamp("2017-03-01")


def test_the_card_is_read_in_spanish(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", "es", contact="CT1")
    assert "Última venta 14 feb 2017 a fecha de 1 ene 2018" in words(app)
    assert "<dt>Ciudad</dt><dd>Prague</dd>" in html(app)


def test_closing_the_card_leaves_the_list(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "contacts", contact="CT1")
    app.button(key="contact_close").click().run()
    assert not app.subheader
    assert "contact" not in app.query_params


def test_a_contact_is_created_and_its_card_opens(empty_store: Path, open_page: Open) -> None:
    app = open_page(empty_store, "contacts")
    app.segmented_control(key="contact_new:type").set_value("company").run()
    app.text_input(key="contact_new:name").set_value("Acme")
    app.button(key="contact_new:create").click().run()
    assert app.subheader[0].value == "Acme"
    assert wb.open(empty_store).contacts.card("CT000001", DAY).fields["type"] == "company"


def test_a_refused_contact_says_why(empty_store: Path, open_page: Open) -> None:
    app = open_page(empty_store, "contacts")
    app.text_input(key="contact_new:name").set_value("Ada")
    app.text_input(key="contact_new:email").set_value("nowhere")
    app.button(key="contact_new:create").click().run()
    assert "nowhere" in app.error[0].value
    assert wb.open(empty_store).contacts.search().total == 0


def test_saving_a_company_shows_what_its_people_inherit(company: Path, open_page: Open) -> None:
    app = open_page(company, "contacts", contact="CO1")
    app.button(key="contact_edit").click().run()
    app.text_input(key="contact_form:CO1:phone_no").set_value("+420 999 999")
    app.button(key="contact_preview").click().run()
    assert "**Preview.** 1 field would change, 1 other contact follows." in words(app)
    assert wb.open(company).contacts.card("P1", DAY).fields["phone_no"] == "+420 123 456"
    app.button(key="contact_save").click().run()
    assert "**Saved.** 1 field changed, 1 other contact follows." in words(app)
    rows = table(app)
    assert list(zip(rows["contact_no"], rows["after"], rows["why"], strict=True)) == [
        ("CO1", "+420 999 999", "given"), ("P1", "+420 999 999", "follows the company"),
    ]  # fmt: skip


def test_saving_what_is_there_already_changes_nothing(company: Path, open_page: Open) -> None:
    revision = wb.open(company).contacts.card("CO1", DAY).fields["last_modified_at"]
    app = open_page(company, "contacts", contact="CO1")
    app.button(key="contact_edit").click().run()
    app.button(key="contact_save").click().run()
    assert "Nothing changes: every value is there already." in words(app)
    assert wb.open(company).contacts.card("CO1", DAY).fields["last_modified_at"] == revision


def test_an_edit_that_a_rule_refuses_keeps_the_form(company: Path, open_page: Open) -> None:
    app = open_page(company, "contacts", contact="CO1")
    app.button(key="contact_edit").click().run()
    app.text_input(key="contact_form:CO1:phone_no").set_value("call me")
    app.button(key="contact_save").click().run()
    assert "call me" in app.error[0].value
    assert app.text_input(key="contact_form:CO1:phone_no").value == "call me"


def test_a_company_shows_its_people_and_a_person_its_company(company: Path, open_page: Open) -> None:
    app = at(open_page(company, "contacts", contact="CO1"), "People")
    assert list(table(app)["contact_no"]) == ["P1"]
    app = at(open_page(company, "contacts", contact="P1"), "Company")
    app.button(key="contact_company").click().run()
    assert app.subheader[0].value == "Acme"


def test_a_person_is_made_in_a_company(company: Path, open_page: Open) -> None:
    app = at(open_page(company, "contacts", contact="CO1"), "People")
    app.text_input(key="contact_form:person:name").set_value("Bo García")
    app.button(key="contact_form:person:create").click().run()
    assert app.subheader[0].value == "Bo García"
    assert "Telephone" in set(table(app)["field"])
    assert "taken over from the company" in set(table(app)["why"])


def test_groups_are_saved(company: Path, open_page: Open) -> None:
    wb.open(company).codes.save("mailing_group", "NEWS", description="Newsletter")
    app = at(open_page(company, "contacts", contact="CO1"), "Groups")
    assert app.multiselect(key="contact_form:CO1:groups:mailing_group_codes").options == ["NEWS · Newsletter"]
    app.multiselect(key="contact_form:CO1:groups:mailing_group_codes").set_value(["NEWS"])
    app.button(key="contact_groups_save").click().run()
    assert wb.open(company).contacts.card("CO1", DAY).fields["mailing_group_codes"] == ["NEWS"]


def test_a_web_source_is_added_and_deleted(company: Path, open_page: Open) -> None:
    wb.open(company).codes.save("web_source", "REG", description="Register")
    app = at(open_page(company, "contacts", contact="CO1"), "Groups")
    app.selectbox(key="contact_form:CO1:web:code").set_value("REG")
    app.text_input(key="contact_form:CO1:web:word").set_value("acme")
    app.button(key="contact_web_source_add").click().run()
    assert "REG · acme" in words(app)
    app.button(key="contact_web_source_delete:REG").click().run()
    assert len(wb.open(company).contacts.card("CO1", DAY).around.web_sources) == 0


def test_opportunities_of_the_people_are_the_companys(company: Path, open_page: Open) -> None:
    rows = {"opportunity_no": ["O1"], "contact_no": ["P1"], "status": ["in_progress"], "estimated_amount": [1000]}
    wb.open(company).sources.load("opportunity", pd.DataFrame(rows))
    app = at(open_page(company, "contacts", contact="CO1"), "Opportunities")
    assert "1 of 1 opportunity open, estimated 1,000.00" in words(app)
    assert list(table(app)["contact_no"]) == ["P1"]


def test_segments_say_who_is_in_and_why(shop: Path, open_page: Open) -> None:
    app = at(open_page(shop, "contacts", contact="CT1"), "Segments")
    assert "In 1 of 1 segment" in words(app)
    [entry] = [expander for expander in app.expander if "praguers" in expander.label]
    assert "CT1 is in&#58; step 1 added it, because city is Prague" in entry.label


def test_a_consent_is_recorded_with_its_day(company: Path, open_page: Open) -> None:
    app = at(open_page(company, "contacts", contact="P1"), "Consents")
    assert "Nothing has been said about any channel." in words(app)
    app.segmented_control(key="contact_form:P1:consent:granted").set_value(False)
    app.date_input(key="contact_form:P1:consent:given_at").set_value(dt.date(2017, 5, 1))
    app.button(key="contact_consent_record").click().run()
    assert table(app).to_dict("records") == [
        {"channel": "e-mail", "purpose": "none in particular", "is_granted": "no", "given_at": "May 1, 2017"},
    ]


def test_another_address_is_used_on_its_days(company: Path, open_page: Open) -> None:
    app = at(open_page(company, "contacts", contact="CO1"), "Addresses")
    app.text_input(key="contact_form:CO1:address::code").set_value("SUMMER")
    app.text_input(key="contact_form:CO1:address::city").set_value("Brno")
    app.button(key="contact_form:CO1:address::save").click().run()
    assert "<dt>City</dt><dd>Brno</dd>" in html(app)
    assert r"To be used on Jan 1, 2018: The contact's own address" in words(app)
    app.button(key="contact_form:CO1:address:SUMMER:save_days").click().run()
    assert "To be used on Jan 1, 2018: SUMMER" in words(app)
    assert "Jan 1, 2018 – open end" in words(app)
    app.button(key="contact_address_delete:SUMMER").click().run()
    assert len(wb.open(company).contacts.card("CO1", DAY).around.addresses) == 0


def test_comments_are_added_and_deleted(company: Path, open_page: Open) -> None:
    app = at(open_page(company, "contacts", contact="CO1"), "Comments")
    app.text_area[0].set_value("Prefers *letters*")
    app.button(key="contact_comment_add").click().run()
    assert r"Prefers \*letters\*" in words(app)
    [entry] = wb.open(company).contacts.card("CO1", DAY).around.comments["entry_no"]
    app.button(key=f"contact_comment_delete:{entry}").click().run()
    assert r"Prefers \*letters\*" not in words(app)


def test_questions_are_answered(company: Path, open_page: Open) -> None:
    bench = wb.open(company)
    bench.questionnaires.save("SAT", description="Satisfaction")
    for line_no, type_, text in [(10, "question", "Happy?"), (20, "answer", "Yes"), (30, "answer", "No")]:
        bench.questionnaires.save_line("SAT", line_no, type=type_, description=text)
    app = at(open_page(company, "contacts", contact="P1"), "Profile")
    labelled(app.pills, "Happy?").set_value(20).run()
    assert [one.answer for one in wb.open(company).questionnaires.answers("P1")] == ["Yes"]
    labelled(app.pills, "Happy?").set_value(30).run()
    assert [one.answer for one in wb.open(company).questionnaires.answers("P1")] == ["No"]


def test_erasing_waits_for_the_number_to_be_typed(company: Path, open_page: Open) -> None:
    app = at(open_page(company, "contacts", contact="P1"), "Privacy")
    app.button(key="contact_erase_preview").click().run()
    assert app.button(key="contact_erase").disabled
    app.text_input(key="contact_form:P1:erase:typed").set_value("P1").run()
    app.button(key="contact_erase").click().run()
    assert not app.subheader
    assert wb.open(company).contacts.search().total == 1


def test_what_is_held_is_prepared_as_a_file(company: Path, open_page: Open) -> None:
    app = at(open_page(company, "contacts", contact="P1"), "Privacy")
    app.button(key="contact_access").click().run()
    assert "Take the file" in [button.label for button in app.get("download_button")]


def test_deleting_a_company_says_first_that_its_people_go_as_well(company: Path, open_page: Open) -> None:
    app = open_page(company, "contacts", contact="CO1")
    app.session_state["contact_actions"] = True
    app.run()
    assert "1 person of the company goes as well." in words(app)
    app.button(key="contact_delete").click().run()
    assert wb.open(company).contacts.search().total == 0


def test_a_type_that_a_rule_refuses_says_why(company: Path, open_page: Open) -> None:
    app = open_page(company, "contacts", contact="CO1")
    app.session_state["contact_actions"] = True
    app.run()
    app.button(key="contact_type").click().run()
    assert app.error[0].value.startswith("CO1 cannot become a person")


@pytest.fixture
def customers(company: Path) -> Path:
    """The company, where customers have a relation, and a record that nobody is linked to."""
    bench = wb.open(company)
    for code in ("CUST", "PRESS"):
        bench.codes.save("business_relation_type", code, description=code.title())
    bench.setup.set_marketing("customer_relation_code", "CUST")
    bench.sources.load("customer", pd.DataFrame({"customer_no": ["C9"], "name": ["Acme Ltd"], "city": ["Brno"]}))
    return company


def test_a_relation_is_given_and_taken_away(customers: Path, open_page: Open) -> None:
    app = at(open_page(customers, "contacts", contact="CO1"), "Relations")
    assert "It is nothing for us yet." in words(app)
    app.selectbox(key="contact_form:CO1:relation").set_value("PRESS")
    app.button(key="contact_relation_add").click().run()
    assert "**PRESS** Press" in words(app)
    app.button(key="contact_relation_off:PRESS").click().run()
    assert "It is nothing for us yet." in words(app)


def test_a_contact_becomes_a_customer_and_is_one_no_more(customers: Path, open_page: Open) -> None:
    app = at(open_page(customers, "contacts", contact="CO1"), "Relations")
    app.button(key="contact_create_as").click().run()
    assert wb.open(customers).relations.record("customer", "CO1").contact_no == "CO1"
    assert "**Created** · Customer CO1" in words(app)
    app.button(key="contact_relation_off:CUST").click().run()
    assert wb.open(customers).relations.list("CO1").kind == "none"


def test_linking_shows_first_what_the_winner_changes(customers: Path, open_page: Open) -> None:
    app = at(open_page(customers, "contacts", contact="CO1"), "Relations")
    app.selectbox(key="contact_form:CO1:link:chosen:customer").set_value("C9")
    app.segmented_control(key="contact_form:CO1:link:wins").set_value("record").run()
    app.button(key="contact_link_preview").click().run()
    assert wb.open(customers).contacts.card("CO1", DAY).fields["city"] == "Prague"
    rows = table(app)
    assert ("CO1", "City", "Prague", "Brno") in list(rows.itertuples(index=False, name=None))
    app.button(key="contact_link_link").click().run()
    assert wb.open(customers).contacts.card("CO1", DAY).fields["city"] == "Brno"


def test_a_cover_sheet_is_printed(company: Path, open_page: Open) -> None:
    app = open_page(company, "contacts", contact="CO1")
    app.session_state["contact_actions"] = True
    app.run()
    app.button(key="contact_print_cover").click().run()
    assert "Download Cover sheet CO1.pdf" in [button.label for button in app.get("download_button")]
