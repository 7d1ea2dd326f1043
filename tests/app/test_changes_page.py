"""Changes, history and checks on the page Segments."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import workbench as wb
from tests.app.conftest import DAY, Open, words

PRAGUERS = {"name": "praguers", "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}]}
EITHER = {**PRAGUERS, "steps": [{"add": {"field": "city", "op": "in", "value": ["Prague", "Madrid"]}}]}


def panel(app: AppTest, name: str) -> AppTest:
    """Open a panel, as a click on its tab does."""
    app.session_state["segment_panel"] = name
    return app.run()


def plain(app: AppTest) -> str:
    return words(app).replace("\\", "").replace("&#58;", ":")


@pytest.fixture
def bench(own_shop: Path, monkeypatch: Any) -> wb.Workbench:
    monkeypatch.setenv("WORKBENCH_USER", "ada")
    return wb.open(own_shop)


def test_a_draft_is_compared_with_what_is_saved(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    app = panel(open_page(own_shop, "segments", segment="praguers"), "Changes")
    assert "Both definitions are the same." in words(app)
    app.text_area(key="segment_yaml").set_value(wb.Segment.from_dict(EITHER).to_yaml())
    app = app.button(key="segment_apply").click().run()
    assert not app.exception
    told = plain(app)
    assert "**Step 1, condition 1** value Prague -> Prague, Madrid (city is one of Prague, Madrid)" in told
    assert "1 → 2 members as of Jan 1, 2018: 1 entered, 0 left, 1 stayed." in told
    assert bench.segments.get("praguers").steps[0].condition.all[0].value == "Prague"


def test_who_moved_between_a_snapshot_and_a_day_is_split(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    taken = bench.segments.snapshot("praguers", dt.date(2017, 12, 1))
    bench.sources.load("contact", pd.DataFrame({"contact_no": ["CT2"], "city": ["Prague"]}))
    app = panel(open_page(own_shop, "segments", segment="praguers"), "Changes")
    assert app.selectbox(key="segment_since:praguers").value == taken.snapshot_id
    assert "Before 1 Dec 1, 2017" in words(app)
    assert "After 2 Jan 1, 2018" in words(app)
    (table,) = [one.value for one in app.dataframe if "part" in one.value.columns]
    assert table[["entered", "left"]].to_numpy().tolist() == [[1, 0], [0, 0], [0, 0], [1, 0]]
    app = app.selectbox(key="segment_since:praguers").set_value("").run()
    assert "take snapshots to keep what was known then" in words(app)


def test_the_history_tells_who_changed_what_and_restores(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    bench.segments.save(EITHER, replace=True)
    app = panel(open_page(own_shop, "segments", segment="praguers"), "History")
    told = plain(app)
    assert "**Version 2** · saved by ada" in told
    assert "operator is -> is one of" in told
    assert "1 → 2 members" in told
    app = app.button(key="segment_restore_1").click().run()
    assert not app.exception
    assert bench.segments.get("praguers").steps[0].condition.all[0].value == "Prague"
    assert "restored from version 1 by ada" in plain(app)
    assert "{field: city, op: is, value: Prague}" in app.text_area(key="segment_yaml").value


def test_a_changed_draft_is_not_overwritten_by_a_restored_version(
    bench: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    bench.segments.save(EITHER, replace=True)
    app = panel(open_page(own_shop, "segments", segment="praguers"), "History")
    app = app.text_input(key="segment_description").set_value("mine").run()
    assert app.button(key="segment_restore_1").disabled


def test_a_deleted_segment_comes_back(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    bench.segments.delete("praguers")
    app = panel(open_page(own_shop, "segments"), "History")
    assert "Deleted segments that can come back:" in words(app)
    app = app.button(key="segment_undelete_praguers").click().run()
    assert not app.exception
    assert app.text_input(key="segment_name").value == "praguers"
    assert bench.segments.count("praguers", DAY).total == 1


def test_a_segment_that_does_not_keep_its_checks_is_exported_only_when_told_to(
    bench: wb.Workbench, own_shop: Path, open_page: Open
) -> None:
    bench.segments.save({**PRAGUERS, "invariants": {"size_between": [5, 9]}}, replace=True)
    app = panel(open_page(own_shop, "segments", segment="praguers"), "Export")
    assert "the number of members is 1, but should be 5 to 9" in plain(app)
    prepare = next(button for button in app.button if button.label == "Prepare the file")
    app = prepare.click().run()
    assert "1 of 1 checks of the segment failed" in app.error[0].value
    app.checkbox(key="export_force").check()
    prepare = next(button for button in app.button if button.label == "Prepare the file")
    app = prepare.click().run()
    assert not app.error
    assert "1 rows, read again and compared" in words(app)


def test_changes_are_told_in_spanish(bench: wb.Workbench, own_shop: Path, open_page: Open) -> None:
    bench.segments.save({**EITHER, "suppress": ["privacy_blocked"]}, replace=True)
    app = panel(open_page(own_shop, "segments", "es", segment="praguers"), "Historial")
    told = plain(app)
    assert "**Paso 1, condición 1** operador es -> es uno de" in told
    assert "**Exclusión 1** nuevo: los bloqueados por privacidad" in told
    assert "1 → 2 miembros a 1 ene 2018: 1 entraron, 0 salieron, 1 se quedaron." in told
    told = plain(panel(app, "Cambios"))
    assert "Frente a lo guardado" in told
    assert "Quién entró y quién salió" in told
