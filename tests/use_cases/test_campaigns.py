"""Campaigns as such: cards, comments, entries, statistics."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import workbench as wb
from tests.use_cases.campaign_world import DAY, SPRING, add_interactions, add_opportunities, world
from workbench.campaigns import CampaignStatistics


@pytest.fixture
def bench() -> wb.Workbench:
    """A store of the test's own."""
    return world()


@pytest.fixture(scope="module")
def busy() -> wb.Workbench:
    """A store for tests that only read: everything that belongs to a campaign."""
    bench = world()
    add_interactions(bench)
    add_opportunities(bench)
    bench.campaigns.comment(SPRING, "Ask for the photos.", DAY)
    bench.campaigns.save_price(SPRING, "1000", unit_price="9.9")
    return bench


def interactions(bench: wb.Workbench, where: str = "TRUE") -> int:
    """How many interactions there are of a kind."""
    with bench.database.reading() as con:
        return int(con.execute(f"SELECT count(*) FROM interaction WHERE {where}").fetchall()[0][0])


def test_a_campaign_is_created_previewed_and_changed(bench: wb.Workbench) -> None:
    planned = bench.campaigns.create(DAY, description="Summer", dry_run=True)
    assert (planned.campaign_no, planned.is_written) == ("CP0002", False)
    made = bench.campaigns.create(DAY, description="Summer", status_code="1-PLAN", salesperson_code="JO")
    assert made.campaign_no == "CP0002"
    assert made.changed["status_code"] == (None, "1-PLAN")

    changed = bench.campaigns.change(
        "CP0002", description="Late summer", status_code="1-PLAN", starting_on="2026-08-01"
    )
    assert changed.changed == {
        "description": ("Summer", "Late summer"), "starting_on": (None, dt.date(2026, 8, 1)),
    }  # fmt: skip
    assert [one.description for one in bench.campaigns.list()] == ["Spring", "Late summer"]
    assert bench.campaigns.list().statuses == {"1-PLAN": "Planned"}


def test_the_user_is_responsible_unless_blocked(bench: wb.Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_USER", "jo")
    bench.codes.save("user_setup", "jo", salesperson_code="JO")
    assert bench.campaigns.create(DAY, dry_run=True).changed == {"salesperson_code": (None, "JO")}
    bench.codes.save("salesperson", "JO", is_blocked=True)
    assert bench.campaigns.create(DAY, dry_run=True).changed == {}


@pytest.mark.parametrize(
    ("fields", "error", "message", "hint"),
    [
        ({"colour": "red"}, wb.ConfigError, 'A campaign has no field "colour".', ""),
        ({"starting_on": "soon"}, wb.ConfigError, '"soon" is not a date.', ""),
        ({"status_code": "1-PLN"}, wb.NotFoundError, 'There is no campaign status "1-PLN".', 'Did you mean "1-PLAN"?'),
        ({"salesperson_code": "XX"}, wb.NotFoundError, 'There is no salesperson "XX".', ""),
        ({"campaign_no": "A/B"}, wb.ConfigError, '"A/B" is no number for a campaign.', "Write at most 20 signs"),
        ({"campaign_no": SPRING}, wb.ConflictError, f'The number "{SPRING}" is taken.', "Give another one"),
        (
            {"starting_on": "2026-05-02", "ending_on": "2026-05-01"},
            wb.RuleError,
            "The campaign would end on 2026-05-01, before it starts on 2026-05-02.",
            "Change one of the days",
        ),
    ],
)
def test_what_a_card_cannot_say(
    busy: wb.Workbench, fields: dict[str, str], error: type[wb.WorkbenchError], message: str, hint: str
) -> None:
    with pytest.raises(error) as refused:
        busy.campaigns.create(DAY, dry_run=True, **fields)
    assert refused.value.message == message
    assert refused.value.hint.startswith(hint)


def test_a_campaign_that_is_not_there(busy: wb.Workbench) -> None:
    with pytest.raises(wb.NotFoundError, match='There is no campaign "CP0002"'):
        busy.campaigns.get("CP0002")
    with pytest.raises(wb.RuleError, match="would end on 2026-02-01, before it starts on 2026-03-01"):
        busy.campaigns.change(SPRING, ending_on="2026-02-01", dry_run=True)


def test_comments_are_numbered_and_deleted(bench: wb.Workbench) -> None:
    campaigns = bench.campaigns
    assert campaigns.comment(SPRING, " Ask for the photos. ", DAY).after == {
        "line_no": 10000, "commented_on": DAY, "comment": "Ask for the photos.",
    }  # fmt: skip
    campaigns.comment(SPRING, "They came.", DAY)
    assert campaigns.delete_comment(SPRING, 10000).before == {
        "line_no": 10000, "commented_on": DAY, "comment": "Ask for the photos.",
    }  # fmt: skip
    assert list(campaigns.comments(SPRING).frame()["line_no"]) == [20000]
    with pytest.raises(wb.NotFoundError, match="CP0001 has no comment 10000"):
        campaigns.delete_comment(SPRING, 10000)
    with pytest.raises(wb.ConfigError, match="A comment needs a text"):
        campaigns.comment(SPRING, "  ", DAY)


def test_the_statistics_are_those_of_the_product(busy: wb.Workbench) -> None:
    assert busy.campaigns.statistics(SPRING) == CampaignStatistics(
        campaign_no=SPRING, starting_on=None, ending_on=None,
        target_contacts_contacted=3, contacts_responded=2, entry_response_rate=Decimal("0.667"),
        contacted_count=2, responder_count=1,
        cost_amount=Decimal(20), cost_per_response_amount=Decimal(10),
        duration_minutes=Decimal(85), duration_per_response_minutes=Decimal("42.5"),
        opportunity_count=2, estimated_amount=Decimal(1500), calculated_amount=Decimal(1450),
    )  # fmt: skip


def test_days_choose_entries_but_not_opportunities(busy: wb.Workbench) -> None:
    march = busy.campaigns.statistics(SPRING, starting_on=dt.date(2026, 3, 9), ending_on=dt.date(2026, 3, 12))
    assert (march.target_contacts_contacted, march.contacts_responded, march.opportunity_count) == (2, 1, 2)
    before = busy.campaigns.statistics(SPRING, ending_on=dt.date(2026, 3, 1))
    assert (before.entry_response_rate, before.cost_per_response_amount, before.cost_amount) == (0, 0, 0)


def test_averages_are_as_precise_as_the_currency(bench: wb.Workbench) -> None:
    add_interactions(bench)
    bench.setup.set("currency_code", "JPY")
    per_response = bench.campaigns.statistics(SPRING, starting_on=dt.date(2026, 3, 3)).cost_per_response_amount
    assert str(per_response) == "6"


def test_an_entry_counts_interactions_as_canceled_as_itself(bench: wb.Workbench) -> None:
    add_interactions(bench)
    shown = bench.campaigns.entries(SPRING).frame().set_index("campaign_entry_no")
    assert list(shown["interaction_count"]) == [2, 1]
    assert list(shown["cost_amount"]) == [16, 4]

    canceled = bench.campaigns.cancel(SPRING, "1")
    assert (canceled.entry_nos, canceled.interaction_count, canceled.is_canceled) == (("1",), 3, True)
    shown = bench.campaigns.entries(SPRING).frame().set_index("campaign_entry_no")
    assert list(shown["interaction_count"]) == [3, 1]
    assert bench.campaigns.statistics(SPRING).target_contacts_contacted == 1


def test_all_entries_become_the_opposite_of_the_first(bench: wb.Workbench) -> None:
    add_interactions(bench)
    bench.campaigns.cancel(SPRING, "1")
    back = bench.campaigns.cancel(SPRING)
    assert (back.entry_nos, back.interaction_count, back.is_canceled) == (("1", "2"), 4, False)
    assert interactions(bench, "is_canceled") == 0
    assert bench.campaigns.cancel(SPRING, dry_run=True).is_canceled
    assert interactions(bench, "is_canceled") == 0
    with pytest.raises(wb.NotFoundError, match='CP0001 has no entry "3"'):
        bench.campaigns.cancel(SPRING, "3")


def test_canceled_entries_are_deleted_with_their_interactions(bench: wb.Workbench) -> None:
    add_interactions(bench)
    bench.campaigns.cancel(SPRING, "1")
    assert bench.campaigns.delete_canceled(dry_run=True).interaction_count == 3
    gone = bench.campaigns.delete_canceled(SPRING)
    assert (gone.entry_nos, gone.interaction_count) == (("1",), 3)
    assert (interactions(bench), list(bench.campaigns.entries(SPRING).frame()["campaign_entry_no"])) == (4, ["2"])
    assert bench.campaigns.delete_canceled().entry_nos == ()


def test_a_deleted_campaign_takes_what_is_its_own(bench: wb.Workbench) -> None:
    add_interactions(bench)
    bench.campaigns.save_price(SPRING, "1000", unit_price=9)
    kept = bench.campaigns.delete(SPRING, keep_interactions=True, dry_run=True)
    assert (kept.interaction_count, kept.is_written) == (0, False)
    gone = bench.campaigns.delete(SPRING)
    assert (gone.entry_count, gone.interaction_count, gone.price_count) == (2, 4, 1)
    assert interactions(bench) == 3, "interactions that came of no entry stay"
    assert len(bench.campaigns.list()) == 0
    with pytest.raises(wb.NotFoundError):
        bench.campaigns.entries(SPRING)


def test_a_launched_campaign_stays(bench: wb.Workbench) -> None:
    with bench.database.writing() as con:
        row = "(launch_no, campaign_no, contact_id, contact_no) VALUES (1, 'CP0001', 1, 'BOB')"
        con.execute(f"INSERT INTO campaign_launch_member {row}")
    with pytest.raises(wb.RuleError, match="CP0001 was launched, so it cannot be deleted: its targets stay readable"):
        bench.campaigns.delete(SPRING)
