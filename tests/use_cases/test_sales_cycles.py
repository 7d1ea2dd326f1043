"""Sales cycles, their stages and reasons to close: kept, counted, and refused to go while opportunities are in them."""

from __future__ import annotations

import datetime as dt

import pytest

import workbench as wb
from tests.use_cases.opportunity_world import DAY, office, start


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    bench = office()
    numbers = [start(bench, estimated_close_on=f"2026-0{month}-01") for month in (5, 6, 7)]
    bench.opportunities.move(numbers[1], "next", DAY, on="2026-04-10")
    bench.opportunities.close(numbers[2], "lost", DAY, code="PRICE", on="2026-04-20")
    return bench


def refused(bench: wb.Workbench, error: type[wb.WorkbenchError], table: str, *key: str, **values: object) -> str:
    attempt = bench.codes.save if values else bench.codes.delete
    with pytest.raises(error) as caught:
        attempt(table, key, **values)
    return str(caught.value)


def test_cycles_are_listed_with_their_open_opportunities(bench: wb.Workbench) -> None:
    rows = bench.sales_cycles.list().frame().set_index("code")
    assert list(rows.loc["LONG", ["stage_count", "opportunity_count", "estimated_amount"]]) == [5, 2, 2000]
    assert rows.loc["LONG", "calculated_amount"] == pytest.approx(1000 * 0.15 + 1000 * 0.35)
    assert rows.loc["BARE", "opportunity_count"] == 0
    until = bench.sales_cycles.list(closes_until=dt.date(2026, 5, 31)).frame().set_index("code")
    assert until.loc["LONG", "opportunity_count"] == 1


def test_stages_tell_who_is_at_them_and_how_long_others_were(bench: wb.Workbench) -> None:
    stages = bench.sales_cycles.get("LONG").frame().set_index("stage_no")
    assert list(stages["opportunity_count"]) == [1, 1, 0, 0, 0]
    assert stages.loc[1, "average_days"] == 15, "10 and 20 days"
    assert stages["average_days"].isna().sum() == 4
    later = bench.sales_cycles.get("LONG", closes_from=dt.date(2026, 6, 1)).frame()
    assert list(later["opportunity_count"]) == [0, 1, 0, 0, 0]
    with pytest.raises(wb.NotFoundError, match=r'There is no sales cycle "LANG"\. Did you mean "LONG"'):
        bench.sales_cycles.get("LANG")


def test_reasons_tell_how_many_were_closed_for_them(bench: wb.Workbench) -> None:
    rows = bench.sales_cycles.close_codes().frame()
    assert dict(zip(rows["code"], rows["opportunity_count"], strict=True)) == {"BEST": 0, "LATE": 0, "PRICE": 1}


def test_what_opportunities_are_in_does_not_go(bench: wb.Workbench) -> None:
    assert refused(bench, wb.RuleError, "sales_cycle", "LONG") == (
        "The sales cycle LONG cannot be deleted while opportunities are in it (2). "
        "Close them first, or block the cycle."
    )
    assert refused(bench, wb.RuleError, "sales_cycle_stage", "LONG", "2") == (
        "Stage 2 of LONG cannot be deleted while opportunities are at it (1). Move them to another stage first."
    )
    assert refused(bench, wb.RuleError, "close_opportunity_code", "PRICE") == (
        "The close opportunity code PRICE cannot be deleted: opportunities were closed for it (1). "
        "Rename it, or leave it."
    )


def test_a_cycle_is_made_with_its_stages_and_goes_with_them(bench: wb.Workbench) -> None:
    bench.codes.save("sales_cycle", "QUICK", description="Quick sales")
    bench.codes.save("sales_cycle_stage", ("QUICK", "1"), completed_rate="0.5", chances_rate=0.5, date_formula="1W")
    card = bench.sales_cycles.get("QUICK")
    assert (card.probability_calculation, card.is_blocked) == ("multiply", False)
    assert list(card.frame()["stage_no"]) == [1]
    assert bench.codes.rename("sales_cycle", "QUICK", "FAST").elsewhere == 1
    bench.setup.set_marketing("default_sales_cycle_code", "FAST")
    assert refused(bench, wb.RuleError, "sales_cycle", "FAST").startswith(
        "The sales cycle FAST cannot be deleted: marketing setup uses it for default_sales_cycle_code."
    )
    bench.setup.set_marketing("default_sales_cycle_code", "")
    assert bench.codes.delete("sales_cycle", "FAST").elsewhere == 1


@pytest.mark.parametrize(
    ("key", "values", "text"),
    [
        (("LONG", "0"), {"description": "Zero"}, "0 is no number of a stage. Stages are numbered from 1."),
        (("LONG", "1.5"), {"description": "Half"}, '"1.5" is no value of stage_no. Write a whole number.'),
        (
            ("LONG", "6"), {"chances_rate": "50"},
            '"50" is no value of chances_rate. Write a number from 0 to 1; 0.5 is fifty percent.',
        ),
        (("LONG", "6"), {"date_formula": "soon"}, '"soon" is no date formula.'),
    ],
)  # fmt: skip
def test_values_that_suit_no_stage(
    bench: wb.Workbench, key: tuple[str, str], values: dict[str, object], text: str
) -> None:
    assert refused(bench, wb.ConfigError, "sales_cycle_stage", *key, **values).startswith(text)


def test_a_stage_belongs_to_a_cycle_and_its_tasks_to_an_activity(bench: wb.Workbench) -> None:
    assert refused(bench, wb.NotFoundError, "sales_cycle_stage", "LANG", "1", description="One") == (
        'There is no sales cycle "LANG". Did you mean "LONG"?'
    )
    assert refused(bench, wb.NotFoundError, "sales_cycle_stage", "LONG", "6", activity_code="OFER") == (
        'There is no activity "OFER". Did you mean "OFFER"?'
    )


def test_a_reason_is_for_won_or_for_lost(bench: wb.Workbench) -> None:
    assert refused(bench, wb.ConfigError, "close_opportunity_code", "NEW", description="New") == (
        "A row of close_opportunity_code needs type. Choose one of: won, lost."
    )
