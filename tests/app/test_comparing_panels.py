"""The panels that compare the draft: with saved segments, with who else there is, with its own past."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import Open, words

BUYERS = "{related: sales_entry, within: {in_last: {n: 90, unit: day}}}"


def opened(app: AppTest, panel: str, rule: str = "{all: []}") -> AppTest:
    app.text_area(key="segment_yaml").set_value(f"name: mine\nsteps:\n- add: {rule}\n")
    app.button(key="segment_apply").click().run()
    app.session_state["segment_panel"] = panel
    return app.run()


def plots(app: AppTest) -> list[dict[str, Any]]:
    assert not app.exception
    assert not app.error
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def test_the_overlap_begins_with_the_draft_and_saved_segments(shop: Path, open_page: Open) -> None:
    app = opened(open_page(shop, "segments"), "Overlap")
    assert app.multiselect(key="segment_overlap").value == ["", "praguers"]
    upset, pairs = plots(app)
    assert upset["data"][0]["y"] == [2, 1]
    assert upset["layout"]["yaxis2"]["ticktext"] == ["mine (as it is here)", "praguers"]
    assert pairs["data"][0]["z"] == [[None, pytest.approx(1 / 3)], [1.0, None]]
    assert "0 of 3 contacts are in none" in words(app)


def test_one_segment_is_not_compared(shop: Path, open_page: Open) -> None:
    app = opened(open_page(shop, "segments"), "Overlap")
    app.multiselect(key="segment_overlap").set_value(["praguers"]).run()
    assert plots(app) == []
    assert "Choose at least two segments." in words(app)


def test_a_segment_deleted_meanwhile_is_no_choice_any_more(own_shop: Path, open_page: Open) -> None:
    app = opened(open_page(own_shop, "segments"), "Overlap")
    wb.open(own_shop).segments.delete("praguers")
    app.run()
    assert not app.exception
    assert app.multiselect(key="segment_overlap").value == [""]


def test_a_profile_is_against_a_saved_segment_when_one_is_chosen(shop: Path, open_page: Open) -> None:
    app = opened(open_page(shop, "segments"), "Who they are")
    app.selectbox(key="segment_profile_field").set_value("city").run()
    app.selectbox(key="segment_profile_against").set_value("praguers").run()
    [plot] = plots(app)
    assert [bar["name"] for bar in plot["data"]] == ["Segment", "praguers"]
    assert "Share of 3 members and of 1 members of praguers" in words(app)
    assert "2 of the members are not in it, and count all the same." in words(app)


def test_a_profile_hides_small_figures_when_asked_to(shop: Path, open_page: Open) -> None:
    app = opened(open_page(shop, "segments"), "Who they are")
    app.selectbox(key="segment_profile_field").set_value("city").run()
    app.number_input(key="segment_profile_smallest").set_value(2).run()
    [plot] = plots(app)
    assert plot["data"][0]["y"] == ["too few to show"]
    app.number_input(key="segment_profile_smallest").set_value(10).run()
    assert "The segment has fewer than 10 contacts" in app.error[0].value


def test_the_size_over_time_comes_with_the_look_back_check(shop: Path, open_page: Open) -> None:
    app = opened(open_page(shop, "segments"), "Over time", BUYERS)
    app.selectbox(key="segment_step").set_value("month").run()
    app.number_input(key="segment_periods:month").set_value(12).run()
    [plot] = plots(app)
    sizes = wb.open(shop).segments.over_time(
        {"steps": [{"add": {"related": "sales_entry", "within": {"in_last": {"n": 90, "unit": "day"}}}}]},
        app.session_state["as_of"], "month", 12,
    )  # fmt: skip
    assert plot["data"][0]["y"] == [size.total for size in sizes.sizes]
    assert sizes.check in words(app)
    assert "have no history" in words(app)
    assert [tile.label for tile in app.metric] == ["Smallest", "Largest", "Change"]


def test_sizes_are_kept_until_draft_or_choice_change(shop: Path, open_page: Open) -> None:
    app = opened(open_page(shop, "segments"), "Over time", BUYERS)
    kept = app.session_state["segment_sizes"]
    app.run()
    assert app.session_state["segment_sizes"] is kept
    app.number_input(key="segment_periods:week").set_value(4).run()
    assert len(app.session_state["segment_sizes"][1].sizes) == 5


def test_the_look_back_check_is_said_in_spanish(shop: Path, open_page: Open) -> None:
    app = open_page(shop, "segments", "es", segment="praguers")
    app.session_state["segment_panel"] = "En el tiempo"
    app.run()
    assert "Nunca vacío en 52 semanas anteriores." in words(app)
    assert "no tienen historia" in words(app)
