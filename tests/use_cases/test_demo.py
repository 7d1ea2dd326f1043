"""The demo: the public figures of the Complete Journey, through the command that users run."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import workbench as wb
from workbench.demo.complete_journey import AS_OF
from workbench.demo.example_segments import SEGMENTS

DEFINITIONS = Path(__file__).parent.parent.parent / "data" / "segments"


def test_a_year_of_retail_data_is_loaded_in_full(journey: wb.Workbench) -> None:
    figures = journey.overview.figures(AS_OF)

    assert dict(figures.contacts) == {"person": 2469, "company": 0}
    assert figures.row_count("campaign") == 27
    assert figures.row_count("campaign_target") == 6589
    assert figures.row_count("interaction") == 6589 + 2102
    assert figures.row_count("sales_entry") == 1_469_307


def test_sales_add_up_to_the_cent(journey: wb.Workbench) -> None:
    with journey.database.reading() as con:
        query = "SELECT sum(sales_amount), count(DISTINCT document_no), count(DISTINCT item_no) FROM sales_entry"
        [(sales, baskets, products)] = con.execute(query).fetchall()

    assert (sales, baskets, products) == (Decimal("4596039.58"), 155_848, 68_509)


def test_response_by_type_of_campaign_is_the_published_one(journey: wb.Workbench) -> None:
    rates = journey.campaigns.response(AS_OF, by="type").frame().set_index("type_code")

    assert rates[["responder_count", "target_count"]].to_numpy().tolist() == [[604, 3647], [154, 2368], [34, 574]]
    assert rates["response_rate"].round(4).tolist() == [0.1656, 0.0650, 0.0592]


@pytest.mark.parametrize(
    ("campaign_no", "responders", "targets"), [("8", 158, 1076), ("13", 196, 1077), ("18", 214, 1133), ("27", 36, 361)]
)
def test_response_of_single_campaigns_is_the_published_one(
    journey: wb.Workbench, campaign_no: str, responders: int, targets: int
) -> None:
    rates = journey.campaigns.response(AS_OF).frame().set_index("campaign_no")

    assert rates.loc[campaign_no, ["responder_count", "target_count"]].tolist() == [responders, targets]


def test_conditions_on_campaigns_agree_with_the_response_measure(journey: wb.Workbench) -> None:
    def size(**answer: bool) -> int:
        return journey.segments.count({"campaign": "18", **answer}, AS_OF).total

    assert (size(), size(responded=True), size(responded=False)) == (1133, 214, 1133 - 214)


def test_household_208_is_the_one_of_the_published_example(journey: wb.Workbench) -> None:
    with journey.database.reading() as con:
        targeted = con.execute(
            "SELECT campaign_no FROM campaign_target JOIN contact USING (contact_id) WHERE contact_no = '208'"
        ).fetchall()
        redeemed = con.execute(
            "SELECT i.campaign_no, count(*) FROM interaction i JOIN contact c USING (contact_id) "
            "WHERE c.contact_no = '208' AND i.is_campaign_response GROUP BY ALL ORDER BY ALL"
        ).fetchall()

    assert {no for (no,) in targeted} == {"8", "13", "17", "18", "22", "26", "27"}
    assert redeemed == [("18", 4), ("8", 1)]


def test_the_best_customer_is_the_published_one(journey: wb.Workbench) -> None:
    best = {
        "steps": [{"add": {"all": []}}],
        "limit": {"top": 1, "by": [{"field": "sales_amount", "order": "descending"}]},
    }

    row = journey.segments.members(best, AS_OF, ["contact_no", "name", "sales_amount"]).iloc[0]

    assert row.tolist() == ["1023", "Household 1023", 24_879.75]


def test_days_are_those_of_the_stores_own_zone(journey: wb.Workbench) -> None:
    """The last receipt is of 04:01 UTC on 1 January 2018, which is 23:01 on 31 December in the stores."""
    on_new_year = {"related": "sales_entry", "within": {"on": "2018-01-01"}}
    on_the_eve = {"related": "sales_entry", "within": {"on": "2017-12-31"}}

    assert journey.segments.count(on_new_year, AS_OF).total == 0
    assert journey.segments.count(on_the_eve, AS_OF).total > 0


def test_what_is_not_recorded_is_unknown_and_fuel_has_no_pieces(journey: wb.Workbench) -> None:
    described = journey.segments.count({"field": "age", "op": "is_known"}, AS_OF).total
    with journey.database.reading() as con:
        [(odd, fuel)] = con.execute(
            "SELECT (SELECT count(*) FROM contact WHERE home_ownership IN ('NaN', 'None', '')), "
            "(SELECT count(quantity) FROM sales_entry WHERE department = 'FUEL')"
        ).fetchall()

    assert (described, odd, fuel) == (801, 0, 0)


def test_a_second_time_changes_nothing(journey_copy: Path, journey_store: Path) -> None:
    before = {
        path: path.read_bytes() for path in journey_store.parent.glob("**/*.*") if path.suffix in (".yaml", ".csv")
    }
    revision = wb.open(journey_copy).database.revision()
    command = [sys.executable, "-m", "workbench", "demo", "complete-journey", "--db", str(journey_copy), "--json"]

    done = subprocess.run(command, cwd=journey_store.parent, check=True, capture_output=True, text=True)

    receipt = json.loads(done.stdout)
    assert receipt["loaded_now"] is False
    assert wb.open(journey_copy).database.revision() == revision
    assert {path: path.read_bytes() for path in before} == before


def test_the_committed_definitions_are_those_the_demo_writes() -> None:
    written = {f"{segment.name}.yaml": segment.to_yaml() for segment in SEGMENTS}

    assert {path.name: path.read_text(encoding="utf-8") for path in DEFINITIONS.glob("*.yaml")} == written


def test_the_target_list_is_the_segment(journey: wb.Workbench, journey_store: Path) -> None:
    file = journey_store.parent / "exports" / "grocery-families-to-win.csv"
    manifest = json.loads(file.with_name(f"{file.name}.manifest.json").read_text(encoding="utf-8"))
    members = journey.segments.members("grocery-families-to-win", AS_OF)["contact_no"].tolist()

    assert [line.split(",")[0] for line in file.read_text(encoding="utf-8").splitlines()[1:]] == members
    assert manifest["ledger"]["rows"] == len(members) > 0
