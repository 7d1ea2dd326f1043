"""The page Setup on real small stores."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from pipelines.code_tables import CODE_TABLES
from tests.app.conftest import DAY, Open, words
from workbench.app import code_edits
from workbench.app.widgets import setup_series
from workbench.app.widgets.editing_grid import Edits
from workbench.errors import RuleError

TABLES = {table.name: table for table in CODE_TABLES}


def panel(app: AppTest, name: str) -> AppTest:
    """Open a panel."""
    app.session_state["setup_panel"] = name
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with a label."""
    return next(button for button in app.button if button.label == label).click().run()


@pytest.mark.parametrize("store", ["shop", "empty_store"])
def test_every_panel_opens(store: str, open_page: Open, request: pytest.FixtureRequest) -> None:
    app = open_page(request.getfixturevalue(store), "setup")
    assert app.title[0].value == "Setup"

    for name in ("Marketing", "Number series", "Codes", "Salespeople and teams", "Sales cycles", "Salutations",
                 "Interaction templates", "Files and documents", "Store"):  # fmt: skip
        panel(app, name)
        assert not app.exception
        assert not app.error


class TestMarketingSetup:
    def test_shows_what_is_set_and_saves_what_is_changed(self, own_shop: Path, open_page: Open) -> None:
        wb.open(own_shop).codes.save("territory", "NORTH", description="The north")
        app = open_page(own_shop, "setup")
        assert app.selectbox(key="setup_field:contact_nos").value == "CONT"

        app.selectbox(key="setup_field:default_territory_code").set_value("NORTH")
        app.toggle(key="setup_field:inherit_language_code").set_value(False)
        press(app, "Save marketing setup")

        held = wb.open(own_shop).setup.marketing()
        assert (held.default_territory_code, held.inherit_language_code) == ("NORTH", False)
        assert app.toast[0].value == "The marketing setup was saved."

    def test_says_what_followed_from_a_switch(self, own_shop: Path, open_page: Open) -> None:
        app = open_page(own_shop, "setup")
        app.toggle(key="setup_field:maintain_duplicates").set_value(False)
        press(app, "Save marketing setup")
        assert "Search for duplicates when a company changes" in app.toast[0].value
        assert app.toggle(key="setup_field:autosearch_duplicates").value is False

        app.toggle(key="setup_field:autosearch_duplicates").set_value(True)
        press(app, "Save marketing setup")

        assert app.toggle(key="setup_field:maintain_duplicates").value is True
        assert "Duplicates are to be searched for now" in app.toast[0].value

    def test_keeps_everything_when_a_date_formula_is_none(self, own_shop: Path, open_page: Open) -> None:
        app = open_page(own_shop, "setup")
        app.text_input(key="setup_field:default_task_date_formula").set_value("soon")
        app.toggle(key="setup_field:inherit_language_code").set_value(False)
        press(app, "Save marketing setup")

        assert app.error[0].value.startswith('"soon" is no date formula.')
        assert wb.open(own_shop).setup.marketing().inherit_language_code is True
        assert app.toggle(key="setup_field:inherit_language_code").value is False


class TestNumberSeries:
    def test_show_the_next_number_without_using_it(self, own_shop: Path, open_page: Open) -> None:
        app = panel(open_page(own_shop, "setup"), "Number series")
        app.selectbox(key="setup_series").set_value("TASK").run()

        assert "Next number TD000001" in words(app)
        assert wb.open(own_shop).number_series.peek("TASK", DAY).number == "TD000001"

    def test_are_added_related_and_deleted(self, own_shop: Path, open_page: Open) -> None:
        app = panel(open_page(own_shop, "setup"), "Number series")
        app.text_input(key="setup_series_new").set_value("KEY")
        app.button(key="setup_series_create").click().run()
        assert app.selectbox(key="setup_series").value == "KEY"
        assert "You cannot assign new numbers from the number series KEY." in app.error[0].value.replace("\\", "")

        app.multiselect(key="setup_field:KEY:related").set_value(["CONT"])
        press(app, "Save series")
        assert wb.open(own_shop).number_series.get("KEY").related == ("CONT",)

        app.button(key="setup_series_delete").click().run()
        assert "KEY" not in [one.code for one in wb.open(own_shop).number_series.list().series]

    def test_stay_when_marketing_setup_needs_them(self, own_shop: Path, open_page: Open) -> None:
        app = panel(open_page(own_shop, "setup"), "Number series")
        app.selectbox(key="setup_series").set_value("CONT").run()
        app.button(key="setup_series_delete").click().run()

        assert "cannot be deleted" in app.error[0].value

    def test_have_a_switch_that_goes_on_by_itself(self, own_shop: Path, open_page: Open) -> None:
        wb.open(own_shop).number_series.save("TASK", is_manual=False)
        app = panel(open_page(own_shop, "setup"), "Number series")
        app.selectbox(key="setup_series").set_value("TASK").run()
        app.toggle(key="setup_field:TASK:is_default").set_value(False)
        press(app, "Save series")

        assert app.toggle(key="setup_field:TASK:is_manual").value is True

    def test_take_edited_added_and_deleted_lines(self) -> None:
        bench = wb.open(":memory:")
        bench.number_series.save_line("TASK", starting_no="TX1")
        series = bench.number_series.get("TASK")
        edits = Edits({0: {"ending_no": "TD000009"}}, [{"starting_no": "TZ1", "starting_on": "2026-01-01"}], [1])

        assert setup_series.apply(bench, series, edits) == 3

        lines = bench.number_series.get("TASK").lines
        assert [(line.starting_no, line.ending_no, line.starting_on) for line in lines] == [
            ("TD000001", "TD000009", None), ("TZ1", None, dt.date(2026, 1, 1)),
        ]  # fmt: skip


class TestCodes:
    def test_of_contacts_are_listed_before_anybody_has_described_them(self, own_shop: Path, open_page: Open) -> None:
        bench = wb.open(own_shop)
        bench.sources.load("contact", pd.DataFrame({"contact_no": ["CT1"], "territory_code": ["NORTH"]}))
        app = panel(open_page(own_shop, "setup"), "Codes")
        app.selectbox(key="setup_table").set_value("territory").run()

        rows = next(grid.value for grid in app.dataframe if "contact_count" in grid.value)
        assert rows[["code", "contact_count", "is_described"]].to_numpy().tolist() == [["NORTH", 1, False]]

    def test_of_countries_are_filled_in_the_language_of_the_page(self, own_shop: Path, open_page: Open) -> None:
        app = panel(open_page(own_shop, "setup"), "Codes")
        app.selectbox(key="setup_table").set_value("country").run()
        app.button(key="setup_fill").click().run()

        rows = wb.open(own_shop).codes.list("country").rows.set_index("code")
        assert len(rows) == 249
        assert rows.loc["DE", "description"] == "Germany"

    def test_take_edited_added_and_deleted_rows(self) -> None:
        bench = wb.open(":memory:")
        for code in ("A", "B"):
            bench.codes.save("mailing_group", code)
        rows = bench.codes.list("mailing_group").rows
        edits = Edits({0: {"code": "AA", "description": "First"}}, [{"code": "C"}], [1])

        assert code_edits.apply(bench, TABLES["mailing_group"], rows, edits) == 3

        held = bench.codes.list("mailing_group").rows
        assert held[["code", "description"]].fillna("").to_numpy().tolist() == [["AA", "First"], ["C", ""]]

    def test_of_several_columns_take_the_place_of_the_old_row(self) -> None:
        bench = wb.open(":memory:")
        bench.codes.save("salesperson", "JR")
        for team in ("EAST", "WEST"):
            bench.codes.save("team", team)
        bench.codes.save("team_salesperson", ("EAST", "JR"))
        rows = bench.codes.list("team_salesperson").rows

        code_edits.apply(bench, TABLES["team_salesperson"], rows, Edits({0: {"team_code": "WEST"}}))

        held = bench.codes.list("team_salesperson").rows
        assert held.to_numpy().tolist() == [["WEST", "JR"]]

    def test_that_only_contacts_have_get_an_entry_when_they_are_renamed(self) -> None:
        bench = wb.open(":memory:")
        bench.sources.load(
            "contact", pd.DataFrame({"contact_no": ["CT1"], "type": ["person"], "territory_code": ["NORTH"]})
        )
        rows = bench.codes.list("territory").rows

        code_edits.apply(bench, TABLES["territory"], rows, Edits({0: {"code": "N"}}))

        held = bench.codes.list("territory").rows
        assert held[["code", "contact_count", "is_described"]].to_numpy().tolist() == [["N", 1, True]]

    def test_that_cannot_go_are_told_and_stay(self) -> None:
        bench = wb.open(":memory:")
        bench.codes.save("mailing_group", "A")
        bench.sources.load(
            "contact", pd.DataFrame({"contact_no": ["CT1"], "type": ["person"], "mailing_group_codes": ["A"]})
        )
        rows = bench.codes.list("mailing_group").rows

        with pytest.raises(RuleError, match="The mailing group A cannot be deleted: 1 contact"):
            code_edits.apply(bench, TABLES["mailing_group"], rows, Edits(deleted=[0]))


class TestSalutations:
    def test_say_how_to_begin(self, own_shop: Path, open_page: Open) -> None:
        app = panel(open_page(own_shop, "setup"), "Salutations")

        assert "Add salutations among the codes first, such as F for women." in words(app)

    def test_are_previewed_while_they_are_written_and_saved(self, own_shop: Path, open_page: Open) -> None:
        bench = wb.open(own_shop)
        bench.codes.save("salutation", "F")
        bench.codes.save("language", "ENU")
        app = panel(open_page(own_shop, "setup"), "Salutations")
        app.text_input(key="setup_salutation:salutation").set_value("Dear %1 %2,").run()
        app.selectbox(key="setup_salutation:name_1").set_value("job_title").run()
        app.selectbox(key="setup_salutation:name_2").set_value("surname").run()
        assert "Dear Dr. Byron," in [element.value for element in app.text]

        app.text_input(key="setup_salutation:part:job_title").set_value("").run()
        assert "Dear Byron," in [element.value for element in app.text]

        app.selectbox(key="setup_salutation:language_code").set_value("ENU").run()
        press(app, "Save formula")

        held = bench.codes.list("salutation_formula").rows.iloc[0]
        assert (held["salutation_code"], held["salutation_type"], held["name_2"]) == ("F", "formal", "surname")


def test_settings_are_saved_for_the_store(own_shop: Path, open_page: Open) -> None:
    app = panel(open_page(own_shop, "setup"), "Store")
    next(box for box in app.selectbox if box.label == "First day of the week").set_value("sunday")
    next(box for box in app.text_input if box.label == "First day of the fiscal year").set_value("04-01")
    next(box for box in app.main.date_input if box.label == "Day of the store").set_value(dt.date(2017, 6, 30))
    press(app, "Save")

    settings = wb.open(own_shop).setup.settings()
    assert (settings.week_starts_on, settings.fiscal_year_starts_on) == ("sunday", "04-01")
    assert settings.as_of == dt.date(2017, 6, 30)
    assert app.sidebar.date_input[0].value == dt.date(2017, 6, 30)
