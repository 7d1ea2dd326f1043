"""What the page says of a run of lifetime value."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import words
from tests.use_cases.test_score_lifetime_value import DAY, purchases, shop


def _page(store: str) -> None:
    import workbench as wb
    from workbench.app.widgets import score_lifetime_value

    score_lifetime_value.show(wb.open(store, create=False).scores.show("lifetime_value"))


@pytest.mark.parametrize("with_spend", [True, False], ids=["with spend", "purchases only"])
def test_value_is_told_with_its_test_and_parameters(
    with_spend: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "shop.duckdb"
    monkeypatch.setenv("WORKBENCH_DB", str(store))
    bench = shop(purchases(), at=store)
    bench.setup.set("currency_code", "EUR")
    bench.scores.run("lifetime_value", DAY, with_spend=with_spend)

    app = AppTest.from_function(_page, kwargs={"store": str(store)})
    app.run(timeout=30)

    assert not app.exception
    said = words(app)
    assert "Of 250 contacts that bought," in said
    assert ("That is worth €" in said) == with_spend
    assert "A model that knew nothing after" in said
    assert "from the dotted line on it knew nothing" in said
    tables = [table.value for table in app.dataframe]
    values = next(table for table in tables if "value_decile" in table)
    assert values["contact_count"].sum() == 250
    parameters = next(table for table in tables if "parameter" in table)
    assert parameters["parameter"].tolist() == ["r", "alpha", "a", "b", *(("p", "q", "v") if with_spend else ())]
