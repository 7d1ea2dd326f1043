"""What was known of contacts on a day: no later row is in it, and segments can ask for the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench as wb
from pipelines.contact_features import FEATURES, Feature, responses_to
from workbench.errors import ConditionError
from workbench.scoring import features
from workbench.scoring.method import Inputs

CUT = dt.date(2026, 3, 31)
PEOPLE = pd.DataFrame({
    "contact_no": ["C1", "C2", "C3"], "type": "person", "city": ["Prague", None, "Brno"],
    "mailing_group_codes": "NEWS", "web_shop": [True, False, None],
})  # fmt: skip
SALES = pd.DataFrame({
    "contact_no": ["C1", "C1", "C1", "C2"],
    "posted_at": ["2026-03-31T21:30Z", "2026-03-30T10:00Z", "2025-11-02T10:00Z", "2026-03-31T22:30Z"],
    "document_no": ["B1", "B1", "B2", "B3"], "item_no": ["I1", "I2", "I1", "I1"], "sales_amount": [10.5, 4.5, 100, 7],
    "discount_amount": [1, 0, 0, 3],
})  # fmt: skip
TALKS = pd.DataFrame({
    "contact_no": ["C1", "C1", "C2", "C3"], "occurred_at": ["2026-03-01", "2026-03-03", "2026-04-01", "2026-02-01"],
    "information_flow": ["outbound", "inbound", "inbound", "inbound"], "campaign_no": ["A1", "A1", "A1", "A2"],
    "is_campaign_target": [True, False, False, False], "is_campaign_response": [False, True, True, True],
    "is_canceled": [False, False, False, True],
})  # fmt: skip
TARGETS = pd.DataFrame({
    "campaign_no": ["A1", "A1", "A2", "A2"], "contact_no": ["C1", "C2", "C1", "C3"],
    "targeted_on": ["2026-03-01", "2026-04-01", "2026-03-20", None],
})  # fmt: skip


def stored(late: bool) -> Inputs:
    """A small shop in Prague, with or without what came after the cut."""
    bench = wb.open(":memory:")
    bench.setup.set("time_zone", "Europe/Prague")
    bench.sources.load("contact", PEOPLE, new_fields="add")
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["A1", "A2"], "starting_on": "2026-03-01"}))
    for table, frame, time in (
        ("sales_entry", SALES, "posted_at"), ("interaction", TALKS, "occurred_at"),
        ("campaign_target", TARGETS, "targeted_on"),
    ):  # fmt: skip
        is_known = pd.to_datetime(frame[time], utc=True) < pd.Timestamp("2026-03-31T22:00Z")
        bench.sources.load(table, frame if late else frame[is_known])
    return Inputs(CUT, bench.database, bench.setup, bench.segments.evaluator)


@pytest.fixture(scope="module", name="inputs")
def shop() -> Inputs:
    return stored(late=True)


@pytest.fixture(scope="module", name="known")
def known_on_the_day(inputs: Inputs) -> pd.DataFrame:
    return features.frame(inputs, features.NAMES, CUT)


def test_figures_are_of_rows_up_to_the_day_on_the_stores_clock(known: pd.DataFrame) -> None:
    first, second = known.loc[1].to_dict(), known.loc[2].to_dict()
    assert [first[name] for name in ("basket_count", "item_count", "sales_value", "sales_value_30d")] == [2, 2, 115, 15]
    assert (first["sales_days_since"], first["sales_first_days_since"]) == (0, 149)
    assert second["sales_value"] == 0, "half past midnight in Prague is the next day"
    assert np.isnan(second["sales_days_since"])
    assert known["targeted_campaign_count"].tolist() == [2, 0, 0], "nobody knows when C3 was targeted"
    assert known["response_count"].tolist() == [1, 0, 0], "what was canceled did not happen"
    assert known["outbound_days_since"].tolist()[0] == 30
    assert known.index.name == "contact_id"


def test_what_comes_later_changes_nothing(known: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(features.frame(stored(late=False), features.NAMES, CUT), known)


@given(name=st.sampled_from(features.NAMES), bound=st.integers(0, 200))
def test_a_bound_on_a_feature_is_a_condition(inputs: Inputs, known: pd.DataFrame, name: str, bound: int) -> None:
    asked, values = FEATURES[name].asked, known[name]
    if FEATURES[name].kind == "days_since":
        condition: dict[str, Any] = {**asked, "op": "on_or_after", "value": f"-{bound}D" if bound else "t"}
        expected = values[values <= bound]
    else:
        condition, expected = {**asked, "op": "more_than", "value": bound}, values[values > bound]
    assert inputs.members({"steps": [{"add": condition}]}).tolist() == expected.index.tolist()


def test_fields_and_features_of_ones_own(inputs: Inputs) -> None:
    own = Feature("lines", "lines", {"related": "sales_entry", "measure": {"count": "rows"}}, without_rows=0.0)
    found = features.frame(inputs, ["city", "web_shop", "last_sale_on", own, *responses_to(("A1",))], CUT)
    assert found["city"].fillna("?").tolist() == ["Prague", "?", "Brno"]
    assert found["web_shop"].dtype == "boolean"
    assert found["web_shop"].tolist()[:2] == [True, False]
    assert found["last_sale_on"].tolist()[0] == 0
    assert found["lines"].tolist() == [3, 0, 0]
    assert found["like_targeted_count"].tolist() == [1, 0, 0]
    assert found["like_response_count"].tolist() == [1, 0, 0]
    described = features.features(inputs, ["city", "last_sale_on", "open_task_count", "sales_value"])
    assert [one.is_dated for one in described] == [False, True, False, True]
    assert len(features.frame(inputs, ["city"], CUT, np.array([2, 9]))) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sales_valu", 'There is no feature "sales_valu". Did you mean "sales_value"?'),
        ("mailing_group_codes", ('The field "mailing_group_codes" is no feature, for it has several values. '
                                 "Take one that has a single value for each contact.")),
        (Feature("roles", "roles", {"related": "business_relation", "measure": {"count": "rows"}}),
         ('The feature "roles" is of rows of business_relation, of which nobody knows what was there on an earlier '
          "day. Take rows that happened: sales_entry, interaction, campaign_entry, purchase_entry, "
          "opportunity_entry.")),
    ],
)  # fmt: skip
def test_what_is_no_feature_is_refused(inputs: Inputs, name: str | Feature, text: str) -> None:
    with pytest.raises(ConditionError) as refused:
        features.frame(inputs, [name], CUT)
    assert str(refused.value) == text
