"""What the page says of a run of clusters, and of look-alikes."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import words
from tests.use_cases.kinds_world import DAY, shop


def _page(store: str, name: str) -> None:
    from importlib import import_module

    import workbench as wb

    import_module(f"workbench.app.widgets.score_{name}").show(wb.open(store, create=False).scores.show(name))


@pytest.fixture(scope="module", name="store")
def shop_with_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kinds") / "shop.duckdb"
    bench = shop(at=path)
    features = ["sales_days_since", "basket_count", "sales_value", "city"]
    bench.scores.run("clusters", DAY, features=features, count=3, resamples=2)
    bench.scores.run("look_alike", DAY, segment="women", features=features)
    return path


def shown(store: Path, name: str) -> AppTest:
    app = AppTest.from_function(_page, kwargs={"store": str(store), "name": name})
    app.run(timeout=30)
    assert not app.exception
    return app


def test_clusters_are_told_with_rules_and_what_is_special(store: Path) -> None:
    app = shown(store, "clusters")
    said = words(app)
    assert "3 clusters of 120 contacts." in said
    assert "Share of the contacts of Cluster 1 that have the value" in said
    rules = next(table.value for table in app.dataframe if "words" in table.value)
    assert rules["words"].str.startswith("Of all contacts: add those where").all()
    app.selectbox(key="score_clusters_special").select(3).run()
    assert not app.exception
    assert "Share of the contacts of Cluster 3 that have the value" in words(app)


def test_look_alikes_are_told_with_what_is_found_and_what_tells_alone(store: Path) -> None:
    app = shown(store, "look_alike")
    said = words(app)
    assert "60 contacts by how like they are to the 60 members of women." in said
    assert "by chance it would be a tenth" in said
    alone = next(table.value for table in app.dataframe if "auc" in table.value)
    assert set(alone["feature"]) == {"Days since the last purchase", "Number of receipts", "Sales value", "City"}
