"""The page Segments, as a visitor without a mouse uses it: definition as text, buttons, forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words

PEOPLE = """
version: 1
name: people
base: {type: person}
steps:
- add:
    all:
    - {field: city, op: is_known}
- refine:
    any:
    - {field: age_band, op: in, value: [35-44]}
    - related: sales_entry
      measure: {sum: sales_amount}
      op: at_least
      value: 1000
"""


def told(app: AppTest) -> str:
    """Everything the page says, the numbers and the sentence included."""
    return words(app) + "\n".join(element.proto.body for element in app.get("html"))


def apply(app: AppTest, text: str) -> AppTest:
    app.text_area(key="segment_yaml").set_value(text)
    return app.button(key="segment_apply").click().run()


def give(app: AppTest, edit: dict[str, object]) -> AppTest:
    """Let the builder send an edit, as its script does."""
    from workbench.app import drafts

    saved = app.session_state.get("segment_open", "")
    every = app.session_state["segment_drafts"]
    every[saved] = drafts.edited(every[saved], edit)
    return app.run()


def turn_to(app: AppTest, page: str) -> AppTest:
    """Go to another page, as a click in the navigation does."""
    app._page_hash = app.session_state["pages"][page]._script_hash
    return app.run()


def test_a_new_segment_is_everybody(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments")
    assert not app.exception
    assert '<div class="wb-total">3</div>' in told(app)
    assert "of 3 contacts · 100.0% · as of Jan 1, 2018" in told(app)
    assert app.text_area(key="segment_yaml").value == "version: 1\nsteps:\n- add:\n    all: []\n"


def test_applied_yaml_is_counted_and_read_out(shop: Path, open_page: Open) -> None:
    app = apply(open_page(shop, "segments"), PEOPLE)
    assert '<div class="wb-total">1</div>' in told(app)
    assert "of 2 contacts" in told(app)
    assert "Of all people: add those where city is recorded; then keep only those where age band is one of" in told(app)
    assert app.text_input(key="segment_name").value == "people"


def test_yaml_with_a_mistake_says_where_and_keeps_what_was_there(shop: Path, open_page: Open) -> None:
    app = apply(open_page(shop, "segments"), "steps:\n- add: {field: city, op: iss, value: x}\n")
    assert 'Step 1, condition 1: "iss" is no operator' in app.error[0].value.replace("\\", "").replace("&#58;", ":")
    assert "Did you mean" in app.error[0].value
    assert '<div class="wb-total">3</div>' in told(app)
    assert "iss" in app.text_area(key="segment_yaml").value


def test_yaml_that_is_none_says_where(shop: Path, open_page: Open) -> None:
    app = apply(open_page(shop, "segments"), "steps: [")
    assert "is no YAML in line" in app.error[0].value
    assert not app.exception


def test_text_that_was_not_applied_is_pointed_out(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments")
    app.text_area(key="segment_yaml").set_value(PEOPLE).run()
    assert "The text was changed but not applied." in words(app)


def test_a_rule_the_store_refuses_is_left_out_of_the_count(shop: Path, open_page: Open) -> None:
    rules = "[{field: city, op: is, value: Prague}, {field: citty, op: is, value: x}]"
    app = apply(open_page(shop, "segments"), f"name: x\nsteps:\n- add: {{all: {rules}}}\n")
    assert "1 rule is not in the count." in words(app)
    assert '<div class="wb-total">1</div>' in told(app)
    assert "Finish or remove the unfinished rules to save." in words(app)
    app.button(key="segment_save").click().run()
    assert "There is no field" in app.error[0].value


def test_an_edit_of_the_builder_shows_in_text_and_sentence(shop: Path, open_page: Open) -> None:
    rule = {"field": "city", "op": "is", "value": "Prague"}
    app = give(open_page(shop, "segments"), {"sequence": 1, "definition": {"steps": [{"add": {"all": [rule]}}]}})
    assert "{field: city, op: is, value: Prague}" in app.text_area(key="segment_yaml").value
    assert "add those where city is Prague" in told(app)
    assert '<div class="wb-total">1</div>' in told(app)


def test_an_unfinished_rule_is_no_error(shop: Path, open_page: Open) -> None:
    rule = {"field": "", "op": "", "value": None}
    app = give(open_page(shop, "segments"), {"sequence": 1, "definition": {"steps": [{"add": {"all": [rule]}}]}})
    assert not app.error
    assert "1 rule is not in the count." in words(app)
    app.text_input(key="segment_name").set_value("x").run()
    app.button(key="segment_save").click().run()
    assert "Some rules are not finished." in app.error[0].value


def test_a_saved_segment_is_in_the_list_and_in_the_address(own_shop: Path, open_page: Open) -> None:
    app = apply(open_page(own_shop, "segments"), PEOPLE)
    app.button(key="segment_save").click().run()
    assert "Saved." in words(app)
    assert app.selectbox(key="segment_pick").options == ["New segment", "people", "praguers"]
    assert app.query_params["segment"] == "people"
    assert wb.open(own_shop).segments.count("people", DAY).total == 1


def test_a_name_is_needed_to_save(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments")
    app.button(key="segment_save").click().run()
    assert "Give the segment a name to save it." in app.error[0].value
    app.text_input(key="segment_name").set_value("everybody").run()
    assert "name: everybody" in app.text_area(key="segment_yaml").value


def test_a_name_typed_just_before_the_click_is_saved(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "segments")
    app.text_input(key="segment_name").set_value("everybody")
    app.button(key="segment_save").click().run()
    assert "Saved." in words(app)
    assert wb.open(own_shop).segments.count("everybody", DAY).total == 3


def test_a_link_opens_a_saved_segment(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments", segment="praguers")
    assert app.text_input(key="segment_name").value == "praguers"
    assert '<div class="wb-total">1</div>' in told(app)
    assert "Saved." in words(app)


def test_a_link_to_a_segment_that_is_not_there_says_so(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments", segment="pragers")
    assert "There is no saved segment" in app.error[0].value
    assert "praguers" in app.error[0].value
    assert '<div class="wb-total">3</div>' in told(app)


def test_opening_another_segment_loses_no_change(shop: Path, open_page: Open) -> None:
    app = apply(open_page(shop, "segments"), PEOPLE)
    app.selectbox(key="segment_pick").set_value("praguers").run()
    assert app.text_input(key="segment_name").value == "praguers"
    assert app.selectbox(key="segment_pick").options == ["● New segment", "praguers"]
    app.selectbox(key="segment_pick").set_value("").run()
    assert app.text_input(key="segment_name").value == "people"


def test_a_change_that_somebody_else_saved_meanwhile_is_a_conflict(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "segments", segment="praguers")
    other = wb.open(own_shop)
    theirs = other.segments.get("praguers").to_dict() | {"description": "theirs"}
    other.segments.save(theirs, replace=True)
    app.text_input(key="segment_description").set_value("mine").run()
    app.button(key="segment_save").click().run()
    assert "was changed by somebody else meanwhile" in app.error[0].value
    app.button(key="segment_replace").click().run()
    assert wb.open(own_shop).segments.get("praguers").description == "mine"
    assert not app.error


def test_a_name_that_is_taken_is_a_conflict_with_a_way_out(own_shop: Path, open_page: Open) -> None:
    app = apply(open_page(own_shop, "segments"), PEOPLE.replace("name: people", "name: praguers"))
    app.button(key="segment_save").click().run()
    assert "Another segment is saved as" in app.error[0].value
    app.text_input(key="segment_other_name").set_value("people of Prague").run()
    app.button(key="segment_save_as").click().run()
    assert [entry.name for entry in wb.open(own_shop).segments.list()] == ["people of Prague", "praguers"]
    assert "Saved." in words(app)


def test_changes_can_be_given_up(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments", segment="praguers")
    app.text_input(key="segment_description").set_value("other").run()
    assert "Changed since it was saved." in words(app)
    app.button(key="segment_revert").click().run()
    assert app.text_input(key="segment_description").value == "Everybody in Prague"


def test_a_deleted_segment_goes_on_as_a_new_one(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "segments", segment="praguers")
    app.button(key="segment_delete").click().run()
    assert len(wb.open(own_shop).segments.list()) == 0
    assert app.text_input(key="segment_name").value == "praguers"
    assert "Not saved yet." in words(app)


def test_a_segment_that_others_need_is_not_deleted(own_shop: Path, open_page: Open) -> None:
    wb.open(own_shop).segments.save({"name": "all of them", "steps": [{"add": {"segment": "praguers"}}]})
    app = open_page(own_shop, "segments", segment="praguers")
    app.button(key="segment_delete").click().run()
    assert "is used by all of them" in app.error[0].value


def test_a_copy_is_a_new_segment(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments", segment="praguers")
    app.button(key="segment_copy").click().run()
    assert app.text_input(key="segment_name").value == "praguers copy"
    assert "Not saved yet." in words(app)
    assert "segment" not in app.query_params


def test_the_way_to_the_total_is_drawn(shop: Path, open_page: Open) -> None:
    app = apply(open_page(shop, "segments"), PEOPLE)
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert figure["data"][0]["type"] == "waterfall"
    assert figure["data"][0]["x"] == ["Base", "Step 1: add", "Step 2: keep only", "Total"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("panel", range(9))
def test_every_panel_draws_in_both_languages(shop: Path, open_page: Open, panel: int, language: str) -> None:
    app = open_page(shop, "segments", language, segment="praguers")
    names = [tab.label for tab in app.tabs]
    app.session_state["segment_panel"] = names[panel]
    app.run()
    assert not app.exception
    assert not app.error


def test_the_members_are_shown_with_the_columns_chosen(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments", segment="praguers")
    app.session_state["segment_panel"] = "Members"
    app.run()
    app.multiselect(key="segment_columns").set_value(["contact_no", "age_band"]).run()
    assert "1 of 1 members, by contact number" in words(app)
    assert app.dataframe[0].value.to_dict("list") == {"contact_no": ["CT1"], "age_band": ["35-44"]}


def test_a_snapshot_is_taken_and_listed(own_shop: Path, open_page: Open) -> None:
    app = open_page(own_shop, "segments", segment="praguers")
    app.session_state["segment_panel"] = "Snapshots"
    app.run()
    app.button(key="segment_snapshot").click().run()
    [taken] = wb.open(own_shop).segments.snapshots()
    assert (taken.segment_name, taken.total, taken.as_of) == ("praguers", 1, DAY)
    assert app.dataframe[0].value["snapshot_id"].tolist() == ["praguers@2018-01-01"]


def test_an_export_gives_file_manifest_and_account(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments", segment="praguers")
    app.session_state["segment_panel"] = "Export"
    app.run()
    app.selectbox(key="export_channel").set_value("email")
    app.button[[button.label for button in app.button].index("Prepare the file")].click().run()
    assert not app.exception
    ready = app.session_state["segment_export"]
    assert ready.content.decode().splitlines()[1].startswith("CT1,")
    manifest = json.loads(ready.manifest)
    assert "2018-01-01" in json.dumps(manifest)
    assert [line.label for line in app.get("download_button")] == ["Download praguers 2018-01-01.csv", "Manifest"]
    assert app.dataframe[0].value["contact_count"].tolist() == [1, 0, 0, 0, 1]


def test_another_language_loses_nothing(shop: Path, open_page: Open) -> None:
    app = apply(open_page(shop, "segments"), PEOPLE)
    app.sidebar.button_group[0].set_value("es").run()
    assert app.title[0].value == "Segmentos"
    assert '<div class="wb-total">1</div>' in told(app)
    assert app.text_input(key="segment_name").value == "people"
    assert "De todas las personas" in told(app)


def test_another_page_loses_nothing(shop: Path, open_page: Open) -> None:
    app = apply(open_page(shop, "segments"), PEOPLE)
    assert turn_to(app, "home").title[0].value == "What is in the store"
    turn_to(app, "segments")
    assert app.text_input(key="segment_name").value == "people"
    assert "name: people" in app.text_area(key="segment_yaml").value
    assert '<div class="wb-total">1</div>' in told(app)
