"""The panel of Setup about sales cycles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from pipelines.code_tables import SALES_CYCLE_STAGE
from tests.app.conftest import Open, words
from workbench.app import code_edits
from workbench.app.widgets.editing_grid import Edits


@pytest.fixture
def store(own_shop: Path) -> Path:
    bench = wb.open(own_shop)
    bench.codes.save("sales_cycle", "NEW", description="New customers")
    bench.codes.save("sales_cycle_stage", ("NEW", "1"), description="Talk", completed_rate=0.5)
    bench.codes.save("close_opportunity_code", "PRICE", type="lost")
    return own_shop


def test_cycles_stages_and_reasons_are_shown(store: Path, open_page: Open) -> None:
    app = open_page(store, "setup")
    app.session_state["setup_panel"] = "Sales cycles"
    app.run()
    assert not app.exception
    assert [one.value for one in app.subheader] == ["Sales cycles", "Stages of sales cycles", "Close opportunity codes"]
    assert app.selectbox(key="setup_cycle").options == ["NEW"]
    grids = [one.value for one in app.dataframe]
    assert [len(grid) for grid in grids] == [1, 1, 1]
    assert "sales_cycle_code" not in grids[1].columns, "the box above says which"
    next(one for one in app.button if one.key == "setup_cycles_save:sales_cycle_stage").click().run()
    assert "Nothing has changed." in words(app) or app.toast[0].value == "Nothing has changed."


def test_edits_of_stages_reach_the_store(store: Path) -> None:
    bench = wb.open(store)
    rows = bench.sales_cycles.get("NEW").stages.assign(sales_cycle_code="NEW")
    changed: dict[int, dict[str, Any]] = {0: {"is_quote_required": True, "chances_rate": 0.25}}
    added = [{"sales_cycle_code": "NEW", "stage_no": 2, "description": "Offer", "allows_skip": True}]
    assert code_edits.apply(bench, SALES_CYCLE_STAGE, rows, Edits(changed, added)) == 2
    stages = bench.sales_cycles.get("NEW").stages
    assert list(stages["is_quote_required"]) == [True, False]
    assert list(stages["chances_rate"].fillna(-1)) == [0.25, -1]
    rows = stages.assign(sales_cycle_code="NEW")
    code_edits.apply(bench, SALES_CYCLE_STAGE, rows, Edits({0: {"stage_no": 3}}))
    moved = bench.sales_cycles.get("NEW").stages
    assert list(zip(moved["stage_no"], moved["description"], strict=True)) == [(2, "Offer"), (3, "Talk")]
    assert pd.isna(moved["average_days"]).all()
