"""The page Data on real small stores: plan, questions, rejects, receipt, fields, history."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from pipelines.schema import TABLES
from tests.app.conftest import DAY, Open, words
from workbench.app import labels
from workbench.app.widgets import load_mapping, load_values

GOOD = b"No.;Full name;City\nCT1;Ada Nov\xc3\xa1k;Brno\nCT9;Nuevo Cliente;Sevilla\n"
ODD = b"No.,Full name,Shoe size\nCT9,New Person,44\n"
BAD = b"Contact No.,Date,Amount\nCT1,2017-05-01,12.50\nCT404,2017-05-02,1.00\nCT1,soon,2.00\n"


def upload(app: AppTest, name: str, content: bytes, table: str = "contact") -> AppTest:
    app.selectbox(key="load_table").set_value(table).run()
    return app.file_uploader[0].set_value((name, content, "text/csv")).run()


def button(app: AppTest, label: str) -> object:
    return next(button for button in app.button if button.label == label)


def test_the_page_opens_on_an_empty_store(empty_store: Path, open_page: Open) -> None:
    app = open_page(empty_store, "data")
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "Data"


def test_the_plan_is_shown_and_nothing_is_written_before_one_says_so(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "people.csv", GOOD)
    said = words(app)
    assert not app.exception
    assert "New 1 of 2 rows" in said
    assert "Changed 1 of 2 rows" in said
    assert "Rejected 0 of 2 rows" in said
    assert wb.open(own_shop).contacts.search("Nuevo").total == 0


def test_loading_shows_a_receipt(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "people.csv", GOOD)
    button(app, "Load 2 rows").click().run()
    assert not app.exception
    assert "people.csv was loaded into Contacts." in app.success[0].value
    assert wb.open(own_shop).contacts.search("Nuevo").total == 1
    button(app, "Load another file").click().run()
    assert not app.success
    assert app.file_uploader[0].value is None


def test_a_file_that_is_there_already_changes_nothing(own_shop: Path, open_page: Open) -> None:
    upload_ = upload(open_page(own_shop, "data"), "people.csv", GOOD)
    button(upload_, "Load 2 rows").click().run()
    again = upload(open_page(own_shop, "data"), "people.csv", GOOD)
    assert again.info[0].value == "Loading this file would change nothing."
    assert button(again, "Load 0 rows").disabled


def test_a_column_that_fits_no_field_has_to_be_decided_about(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "odd.csv", ODD)
    assert '"Shoe size" (number)' in app.warning[0].value
    assert "Decide it below; then the file can be loaded." in app.warning[0].value
    assert button(app, "Load 1 row").disabled
    app.button_group(key="load_new_fields").set_value("add").run()
    assert not app.warning
    button(app, "Load 1 row").click().run()
    assert wb.open(own_shop).setup.table("contact").by_name["shoe_size"].type == "number"


def test_what_a_person_said_about_columns_is_kept(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "odd.csv", ODD)
    app.session_state["load_mapping"] = {"Shoe size": ""}
    app.run()
    assert not app.warning
    button(app, "Load 1 row").click().run()
    assert "shoe_size" not in wb.open(own_shop).setup.table("contact").by_name


def test_values_that_no_item_has_are_mapped_to_the_most_alike(own_shop: Path, open_page: Open) -> None:
    bench = wb.open(own_shop)
    bench.sources.load("item", pd.DataFrame({"product": ["GTX Pro", "MG Special"]}))
    deals = b"opportunity_id,contact_no,product,status\nD1,CT1,GTXPro,won\nD2,CT1,GTXPro,Engaging\n"
    app = upload(open_page(own_shop, "data"), "deals.csv", deals, "opportunity")
    assert 'Values of "product" that are not known' in words(app)
    assert 'Values of "status" that are not known' in words(app)
    app.button(key="load_values_nearest:product").click().run()
    app.session_state["load_values"] = {**app.session_state["load_values"], "status": {"Engaging": "in_progress"}}
    app.run()
    assert "that are not known" not in words(app)
    button(app, "Load 2 rows").click().run()
    assert not app.exception
    assert bench.pipeline.report("item", DAY).frame()["item_no"].dropna().tolist() == ["GTX Pro"]


def test_choices_of_values_are_read_from_the_table() -> None:
    edited = pd.DataFrame({"value": ["a", "b", "c"], "taken_as": ["x", None, ""]})
    assert load_values.chosen(edited) == {"a": "x"}


def test_wrong_rows_are_shown_with_their_reasons(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "sales.csv", BAD, "sales_entry")
    problems = next(grid.value for grid in app.dataframe if "reason" in grid.value)
    assert "Rejected 2 of 3 rows" in words(app)
    assert list(problems["row"]) == [3, 4]
    assert list(problems["value"]) == ["CT404", "soon"]
    assert app.download_button[0].label == "Download the rejected rows"
    assert "2 problems in 2 rows. Rows are numbered as in a spreadsheet" in words(app)


def test_a_file_without_a_needed_column_can_be_mapped_by_hand(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "s.csv", b"Who,Date,Amount\nCT1,2017-05-01,1.00\n", "sales_entry")
    assert "No column of the file goes to contact&#58;" not in app.error[0].value
    assert "contact\\_no" in app.error[0].value
    assert "Correct it below: where columns go, or how the file is written." in app.error[0].value
    app.session_state["load_mapping"] = {"Who": "contact_no"}
    app.run()
    assert not app.error
    assert "New 1 of 1 row" in words(app)


def test_a_file_that_cannot_be_read_is_an_error_of_two_sentences(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "broken.xlsx", b"not a workbook")
    assert not app.exception
    assert len(app.error) == 1


def test_how_the_file_is_written_can_be_said(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "p.csv", b"No.|City\nCT1|Brno\n")
    assert app.selectbox(key="load_option:delimiter").options[0] == "as found: bar |"
    app.selectbox(key="load_option:delimiter").set_value(";").run()
    assert len(app.error) == 1


HUBSPOT = b"Record ID,First Name,Last Name,Email,Lifecycle Stage\n7,Ada,Nov\xc3\xa1k,ada@example.org,Lead\n"
CUSTOMERS = b"No.,Name,Phone No.,Sales (LCY)\n10,Acme,555,0\n"


def test_an_export_is_recognised_and_its_columns_need_no_word(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "hubspot.csv", HUBSPOT)
    assert not app.exception
    assert app.info[0].value == "This looks like a HubSpot contact export."
    assert not app.warning
    button(app, "Load 1 row").click().run()
    assert wb.open(own_shop).setup.table("contact").by_name["hubspot_contact_id"].type == "text"


def test_an_export_for_another_table_can_be_taken_there(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "customers.csv", CUSTOMERS)
    assert "a Business Central customer export, whose rows go to customer" in app.info[0].value
    button(app, "Load it into Customers").click().run()
    assert app.selectbox(key="load_table").value == "customer"
    assert not app.warning
    assert "New 1 of 1 row" in words(app)


def test_the_first_rows_are_shown_as_they_were_written(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "people.csv", GOOD)
    shown = next(grid.value for grid in app.dataframe if "Full name" in grid.value)
    assert shown["Full name"].tolist() == ["Ada Nov\u00e1k", "Nuevo Cliente"]


def test_new_rows_that_look_like_contacts_are_listed(own_shop: Path, open_page: Open) -> None:
    people = b"No.,Name,E-Mail,City\nCT9,Ada Novak,ada@example.org,Prague\nCT10,Zoe Quist,zoe@quist.example,Oslo\n"
    app = upload(open_page(own_shop, "data"), "people.csv", people)
    listed = next(grid.value for grid in app.dataframe if "reasons" in grid.value)
    assert list(zip(listed["row"], listed["contact_no"], strict=True)) == [(2, "CT1")]
    assert app.info[0].value.startswith("1 new row looks like a contact that is there")
    app.toggle(key="load_duplicates").set_value(False).run()
    assert not [grid for grid in app.dataframe if "reasons" in grid.value]


def test_a_remembered_mapping_is_said_and_can_be_left_aside(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data"), "odd.csv", ODD)
    app.session_state["load_mapping"] = {"Shoe size": "initials"}
    app.run()
    button(app, "Load 1 row").click().run()
    again = upload(open_page(own_shop, "data"), "more.csv", ODD.replace(b"CT9", b"CT8"))
    assert again.info[0].value == "Columns go where those of the last file with these headers went."
    assert not again.warning
    button(again, "Do not use what is remembered").click().run()
    assert '"Shoe size" (number)' in again.warning[0].value


def test_tables_are_offered_by_what_they_are_about(own_shop: Path, open_page: Open) -> None:
    options = open_page(own_shop, "data").selectbox(key="load_table").options
    assert [option.split(":")[0] for option in options][:2] == [
        "Contacts \u203a Contacts",
        "Contacts \u203a Business relations",
    ]
    offered = [name for tables in labels.TABLE_GROUPS.values() for name in tables]
    assert sorted(offered) == sorted(TABLES)


def test_a_field_is_added_and_listed(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "data")
    app.text_input(key="field_name").set_value("shoe_size")
    app.selectbox(key="field_type").set_value("number")
    button(app, "Add field").click().run()
    assert not app.exception
    fields = next(grid.value for grid in app.dataframe if "meaning" in grid.value)
    assert ("Contacts", "Shoe size", "number", "shoe_size") in fields.itertuples(index=False, name=None)
    assert app.toast[0].value == "shoe_size was added to Contacts."


def test_a_field_that_cannot_be_is_an_error_of_two_sentences(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "data")
    app.text_input(key="field_name").set_value("Shoe Size!")
    button(app, "Add field").click().run()
    assert not app.exception
    assert "\n\n" in app.error[0].value


def test_the_history_lists_loads_the_latest_first(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "data")
    loads = next(grid.value for grid in app.dataframe if "load_no" in grid.value)
    assert list(loads["table"]) == ["Sales entries", "Interactions", "Campaign targets", "Campaigns", "Contacts"]


def test_the_page_is_read_in_spanish(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data", "es"), "people.csv", GOOD)
    said = words(app)
    assert app.title[0].value == "Datos"
    assert "Nuevas 1 de 2 filas" in said
    assert button(app, "Cargar 2 filas")


def test_what_is_wrong_with_a_file_is_read_in_spanish(own_shop: Path, open_page: Open) -> None:
    app = upload(open_page(own_shop, "data", "es"), "sales.csv", BAD, "sales_entry")
    problems = next(grid.value for grid in app.dataframe if "reason" in grid.value)
    assert list(problems["reason"]) == ["ningún contacto tiene este contact_no", "no es una fecha (año, mes, día)"]
    app = upload(open_page(own_shop, "data", "es"), "people.csv", ODD)
    assert app.warning[0].value.startswith("Ningún campo de contact corresponde a estas columnas&#58; ")
    app = upload(open_page(own_shop, "data", "es"), "nothing.csv", b"")
    assert app.error[0].value.startswith("nothing.csv está vacío.")


@pytest.mark.parametrize(
    ("goes_to", "new_type", "wish"),
    [("city", None, "city"), (load_mapping.LEAVE_OUT, None, ""), (load_mapping.NEW_FIELD, "date", "When:date")],
)
def test_a_changed_line_of_the_mapping_is_a_wish(goes_to: str, new_type: str | None, wish: str) -> None:
    before = load_mapping.rows(None, ("When", "Other"))
    after = before.copy()
    after.loc[0, ["goes_to", "new_type"]] = [goes_to, new_type]
    assert load_mapping.changes(before, after) == {"When": wish}
