"""Target groups: who belongs to them, activation, prices, and what the product would keep."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.campaign_world import DAY, SPRING, add_interactions, worksheet, world
from workbench.contact_rows.target_groups import watched

LEFT_OVER = (
    "Members that Business Central keeps although their last target line is gone: 1. It looks for the person where it "
    "had put the company."
)


@pytest.fixture
def bench() -> wb.Workbench:
    """A store of the test's own."""
    return world()


def group(bench: wb.Workbench) -> list[tuple[str, str]]:
    """The members of the target group."""
    rows = bench.campaigns.target_group(SPRING).frame()
    return list(rows[["type", "no"]].itertuples(index=False, name=None))


def test_a_group_is_of_companies_as_customers_or_contacts(bench: wb.Workbench) -> None:
    worksheet(bench, "BOB", "CAT", "ZOE", "LEO", "MIA")
    assert group(bench) == [("contact", "ADA"), ("contact", "LEO"), ("contact", "MIA"), ("customer", "20000")]
    found = bench.campaigns.target_group(SPRING)
    assert (found.product_count, found.is_activated) == (3, False)
    assert found.notes == ("People without company: 2. Business Central puts all of them into one row without number.",)
    assert list(found.frame()["line_count"]) == [2, 1, 1, 1]


def test_interactions_count_canceled_or_not_but_not_postponed(bench: wb.Workbench) -> None:
    add_interactions(bench)
    assert group(bench) == [("contact", "ADA"), ("customer", "20000")]
    assert list(bench.campaigns.target_group(SPRING).frame()["interaction_count"]) == [3, 1]


def test_activation_needs_targets_and_may_need_prices(bench: wb.Workbench) -> None:
    with pytest.raises(wb.RuleError, match="CP0001 cannot be activated: nobody is its target") as refused:
        bench.campaigns.activate(SPRING)
    assert refused.value.hint == "Give worksheets or interactions the campaign and tick Campaign Target on them."
    worksheet(bench, "ZOE", "BOB")
    with pytest.raises(wb.RuleError, match="CP0001 has neither prices nor line discounts"):
        bench.campaigns.activate(SPRING, require_prices=True)

    planned = bench.campaigns.activate(SPRING, dry_run=True)
    assert (planned.member_count, planned.customer_count, planned.is_written) == (2, 1, False)
    assert planned.notes == ("No price and no line discount is linked to this campaign.",)
    assert not bench.campaigns.get(SPRING).is_activated
    bench.campaigns.activate(SPRING)
    bench.campaigns.activate(SPRING)
    assert bench.campaigns.get(SPRING).is_activated
    assert not bench.campaigns.deactivate(SPRING).is_activated
    assert not bench.campaigns.get(SPRING).is_activated


def test_the_group_follows_lines_and_customers(bench: wb.Workbench) -> None:
    sheet = worksheet(bench, "ZOE")
    bench.campaigns.activate(SPRING)
    bench.worksheets.add_line(sheet, "CAT", DAY)
    assert group(bench) == [("contact", "ADA"), ("customer", "20000")]
    relation = {"contact_no": ["ADA"], "business_relation_code": ["CUST"], "link_to_table": ["customer"]}
    bench.sources.load("business_relation", pd.DataFrame({**relation, "linked_no": ["10000"]}))
    assert group(bench) == [("customer", "10000"), ("customer", "20000")]
    bench.worksheets.change(sheet, is_campaign_target=False)
    assert group(bench) == []


@pytest.mark.parametrize("way", ["line", "header", "worksheet"])
def test_the_product_keeps_a_company_whose_last_line_was_a_persons(bench: wb.Workbench, way: str) -> None:
    sheet = worksheet(bench, "BOB")
    worksheet(bench, "ZOE")
    bench.campaigns.activate(SPRING)
    if way == "line":
        bench.worksheets.delete_line(sheet, 10000, DAY)
    elif way == "header":
        bench.worksheets.change(sheet, is_campaign_target=False)
    else:
        bench.worksheets.delete(sheet)
    found = bench.campaigns.target_group(SPRING)
    assert (len(found), found.product_count, found.notes) == (1, 2, (LEFT_OVER,))
    worksheet(bench, "ADA")
    assert bench.campaigns.target_group(SPRING).notes == ()


def test_the_product_removes_what_it_finds(bench: wb.Workbench) -> None:
    companies = worksheet(bench, "BOB", "ADA")
    worksheet(bench, "LEO")
    customers = worksheet(bench, "ZOE")
    bench.campaigns.activate(SPRING)
    for sheet in (companies, customers):
        bench.worksheets.reduce(sheet, {}, DAY)
    found = bench.campaigns.target_group(SPRING)
    assert (len(found), found.product_count) == (1, 1), "the company's own line came last; Zoe's company is a customer"


def test_whoever_is_logged_stays_in_the_group_until_the_log_is_cleared(bench: wb.Workbench) -> None:
    bench.codes.save("interaction_group", "MAIL")
    bench.templates.save("NEWS", interaction_group_code="MAIL", correspondence_type=None)
    sheet = worksheet(bench, "BOB")
    bench.worksheets.change(
        sheet, description="Letter", salesperson_code="JO", interaction_template_code="NEWS", is_campaign_target=True
    )
    bench.campaigns.activate(SPRING)
    bench.worksheets.log(sheet, DAY)
    found = bench.campaigns.target_group(SPRING)
    assert (len(found), found.product_count) == (1, 1)

    bench.campaigns.cancel(SPRING)
    assert len(bench.campaigns.target_group(SPRING)) == 1, "canceled interactions count"
    bench.campaigns.delete_canceled(SPRING)
    found = bench.campaigns.target_group(SPRING)
    assert (len(found), found.product_count) == (0, 1)


def test_watched_work_may_hold_watched_work_and_fail(bench: wb.Workbench) -> None:
    worksheet(bench, "BOB")
    worksheet(bench, "ZOE")
    bench.campaigns.activate(SPRING)
    with pytest.raises(wb.StoreError), bench.database.writing() as con, watched(con):
        con.execute("DELETE FROM no_such_table")
    assert len(bench.campaigns.target_group(SPRING)) == 2
    with bench.database.writing() as con, watched(con), watched(con):
        con.execute("DELETE FROM worksheet_line WHERE worksheet_no = 'SM00001'")
    assert bench.campaigns.target_group(SPRING).notes == (LEFT_OVER,)


def test_nothing_is_noted_while_a_campaign_is_not_activated(bench: wb.Workbench) -> None:
    sheet = worksheet(bench, "BOB")
    bench.worksheets.delete_line(sheet, 10000, DAY)
    assert bench.campaigns.target_group(SPRING).product_count == 0


def test_prices_are_saved_under_item_quantity_and_day(bench: wb.Workbench) -> None:
    campaigns = bench.campaigns
    made = campaigns.save_price(SPRING, "1000", unit_price="9.90", line_discount=0.1)
    assert (made.before, made.after["unit_price_amount"]) == (None, Decimal("9.9"))  # type: ignore[index]
    campaigns.save_price(SPRING, "1000", minimum_quantity=10, line_discount="0.2")
    again = campaigns.save_price(SPRING, "1000", minimum_quantity=0, unit_price="8")
    assert again.before is not None, "no quantity is the same as none"
    assert list(campaigns.prices(SPRING).frame()["minimum_quantity"]) == [0, 10]
    assert campaigns.delete_price(SPRING, "1000", minimum_quantity=10).after is None
    assert campaigns.get(SPRING).price_count == 1


def test_prices_that_cannot_be(bench: wb.Workbench) -> None:
    save = bench.campaigns.save_price
    with pytest.raises(wb.ConfigError, match="There is neither a price nor a discount for 1000"):
        save(SPRING, "1000")
    with pytest.raises(wb.ConfigError, match='"-1" is no price'):
        save(SPRING, "1000", unit_price="-1")
    with pytest.raises(wb.ConfigError, match='"15" is no line discount'):
        save(SPRING, "1000", line_discount="15")
    with pytest.raises(wb.ConfigError, match="A price needs an item"):
        save(SPRING, " ", unit_price=1)
    with pytest.raises(wb.RuleError, match="The price would end on 2026-02-01, before it starts on 2026-03-01"):
        save(SPRING, "1000", unit_price=1, ending_on=dt.date(2026, 2, 1))
    with pytest.raises(wb.NotFoundError, match='CP0001 has no such price of "1000"'):
        bench.campaigns.delete_price(SPRING, "1000")


def test_offers_are_for_the_group_of_an_activated_campaign_on_its_days(bench: wb.Workbench) -> None:
    worksheet(bench, "BOB")
    bench.campaigns.save_price(SPRING, "1000", unit_price="9.90")
    bench.campaigns.save_price(SPRING, "2000", line_discount="0.1", starting_on=dt.date(2026, 4, 1))

    def offered(contact_no: str, on: dt.date = DAY) -> list[str]:
        return list(bench.campaigns.offers(contact_no, on)["item_no"])

    assert offered("CAT") == [], "the campaign is not activated"
    bench.campaigns.activate(SPRING)
    assert offered("CAT") == offered("ADA") == ["1000"], "a person gets what its company gets"
    assert offered("ZEB") == []
    assert offered("CAT", dt.date(2026, 4, 1)) == ["1000", "2000"]
    assert offered("CAT", dt.date(2026, 5, 1)) == [], "the campaign has ended"


def add_sales(bench: wb.Workbench) -> None:
    """Load two invoices within the days of the campaign, one before, a credit memo, and one to somebody else."""
    bench.sources.load("sales_entry", pd.DataFrame({
        "sales_entry_no": ["S1", "S2", "S3", "S4", "S5", "S6"],
        "contact_no": ["ADA", "ADA", "CAT", "ADA", "BOB", "ZEB"],
        "posted_at": ["2026-03-05", "2026-03-05", "2026-03-20", "2026-02-28", "2026-03-06", "2026-03-06"],
        "document_no": ["R1", "R1", "R2", "R0", "G1", "R9"],
        "sales_amount": [10, 5, 20, 10, -5, 10],
    }))  # fmt: skip


def test_invoices_to_the_group_are_recorded_once(bench: wb.Workbench) -> None:
    add_sales(bench)
    worksheet(bench, "BOB")
    with pytest.raises(wb.RuleError, match="no template is set up for sales invoices"):
        bench.campaigns.record_invoices(SPRING, DAY)
    bench.codes.save("interaction_group", "SALES", description="Sales")
    bench.templates.save("INVOICE", description="Invoice", interaction_group_code="SALES", unit_cost_amount="2")
    bench.templates.set_document_type("sales_invoice", "INVOICE")
    with pytest.raises(wb.RuleError, match="CP0001 is not activated, so it has no target group to invoice"):
        bench.campaigns.record_invoices(SPRING, DAY)
    bench.campaigns.activate(SPRING)

    planned = bench.campaigns.record_invoices(SPRING, DAY, dry_run=True)
    assert list(planned.frame()["document_no"]) == ["R1", "R2"]
    assert bench.campaigns.statistics(SPRING).cost_amount == 0
    first = bench.campaigns.record_invoices(SPRING, dt.date(2026, 3, 10))
    assert list(first.frame()["sales_amount"]) == [15]
    assert list(bench.campaigns.record_invoices(SPRING, DAY).frame()["contact_no"]) == ["CAT"]
    assert len(bench.campaigns.record_invoices(SPRING, DAY)) == 0
    entries = bench.campaigns.entries(SPRING).frame()
    assert list(entries[["document_type", "interaction_count", "cost_amount"]].iloc[0]) == ["sales_invoice", 2, 4]
