"""What the page says of a run of propensity."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import words
from tests.use_cases.kinds_world import DAY, shop


def _page(store: str) -> None:
    import workbench as wb
    from workbench.app.widgets import score_propensity

    score_propensity.show(wb.open(store, create=False).scores.show("propensity"))


def test_chances_are_told_with_test_drivers_and_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "shop.duckdb"
    monkeypatch.setenv("WORKBENCH_DB", str(store))
    shop(at=store).scores.run(
        "propensity", DAY, target={"related": "sales_entry"}, window_days=7, cuts=2, models="logistic",
        features="basket_count,sales_days_since,salutation_code",
    )  # fmt: skip
    app = AppTest.from_function(_page, kwargs={"store": str(store)})
    app.run(timeout=30)
    assert not app.exception
    said = words(app)
    assert "Learned from 120 examples, tested on 120 others (after 2026-06-23), of whom " in said
    assert "by chance it would be half. The most likely tenth did it " in said
    assert "if everybody had the same chance" in said
    tables = {column: table.value for table in app.dataframe for column in table.value}
    assert tables["way"]["words"].isin(["Number of receipts", "Days since the last purchase", "Salutation",
                                        "Number of rows that the target asks for"]).any()  # fmt: skip
    reasons = tables["score.propensity.reason_1"]
    assert len(reasons) == 20
    assert reasons["score.propensity.reason_1"].str.contains("multiplies the odds by").any()
    assert tables["log_loss"]["model"].eq("Logistic regression").all()
