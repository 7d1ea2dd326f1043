"""Small real stores, and pages opened on them as a browser would."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import workbench as wb

Open = Callable[..., AppTest]
DAY = dt.date(2018, 1, 1)


@pytest.fixture(scope="session", autouse=True)
def _one_look_for_components() -> Iterator[None]:
    """Streamlit looks through every installed package whenever a page is opened; none comes while tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def _no_caches() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty store and a filled one, made once; tests get copies and nobody opens these again."""
    folder = tmp_path_factory.mktemp("made")
    wb.open(folder / "empty.duckdb").setup.set("as_of", DAY)
    _fill(wb.open(folder / "shop.duckdb"))
    return folder


@pytest.fixture
def empty_store(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made / "empty.duckdb", tmp_path))


@pytest.fixture(scope="session")
def shop(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three contacts, one campaign that targeted two of them, one response, two sales in two months; only read."""
    return Path(shutil.copy(made / "shop.duckdb", tmp_path_factory.mktemp("shop")))


@pytest.fixture
def own_shop(made: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return Path(shutil.copy(made / "shop.duckdb", tmp_path))


def _fill(bench: wb.Workbench) -> None:
    bench.sources.load("contact", _contacts(), new_fields="add")
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["8"], "type_code": ["A"], "description": ["Spring"]}))
    bench.sources.load(
        "campaign_target",
        pd.DataFrame({"campaign_no": ["8", "8"], "contact_no": ["CT1", "CT2"], "targeted_on": ["2017-03-01"] * 2}),
    )
    bench.sources.load("interaction", _interactions())
    bench.sources.load("sales_entry", _sales())
    for name, value in {"as_of": DAY, "currency_code": "USD", "time_zone": "America/New_York"}.items():
        bench.setup.set(name, value)
    bench.segments.save(
        wb.Segment.from_dict(
            {
                "name": "praguers",
                "description": "Everybody in Prague",
                "steps": [{"add": {"field": "city", "op": "is", "value": "Prague"}}],
            }
        )
    )


def _contacts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "contact_no": ["CT1", "CT2", "CO1"],
            "type": ["person", "person", "company"],
            "name": ["Ada *Novák*", "Bo García", "Acme"],
            "city": ["Prague", None, "Madrid"],
            "email": ["ada@example.org", None, None],
            "age_band": ["35-44", "45-54", None],
        }
    )


def _interactions() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "interaction_no": ["I1", "I2", "I3"],
            "contact_no": ["CT1", "CT2", "CT1"],
            "occurred_at": pd.to_datetime(["2017-03-01 12:00", "2017-03-01 12:00", "2017-03-09 12:00"], utc=True),
            "information_flow": ["outbound", "outbound", "inbound"],
            "description": ["Campaign mail", "Campaign mail", "Coupon redeemed"],
            "campaign_no": ["8", "8", "8"],
            "is_campaign_response": [False, False, True],
        }
    )


def _sales() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sales_entry_no": ["S1", "S2"],
            "contact_no": ["CT1", "CT1"],
            "posted_at": pd.to_datetime(["2017-02-01 02:00", "2017-02-14 12:00"], utc=True),
            "sales_amount": ["1000.10", "234.46"],
            "document_no": ["B1", "B2"],
        }
    )


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open a page on a store: ``open_page(store, "contacts", language="es", contact="CT1")``."""

    def opened(
        store: Path, page: str, language: str = "en", remembered: Mapping[str, object] | None = None, **address: str
    ) -> AppTest:
        monkeypatch.setenv("WORKBENCH_DB", str(store))
        app = AppTest.from_string(f"from workbench.app import shell\nshell.run({page!r})", default_timeout=30)
        for key, value in {"language": language, **(remembered or {})}.items():
            app.session_state[key] = value
        app.query_params.update(address)
        return app.run()

    return opened


def words(app: AppTest) -> str:
    """Everything a page says in text, metrics and messages."""
    kinds = ("title", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    said = [str(element.value) for kind in kinds for element in getattr(app, kind)]
    said += [f"{tile.label} {tile.value} {tile.delta}" for tile in app.metric]
    return "\n".join(said)
