"""Plans of campaigns and their launches, on a small store."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from workbench.campaigns import Allocation
from workbench.campaigns.saved_plans import from_yaml, to_yaml

DAY = dt.date(2026, 3, 31)
COUNT = 60


def world() -> wb.Workbench:
    """Sixty people: two share each mailbox, three each household; one is blocked, one excluded, one without e-mail."""
    bench = wb.open(":memory:")
    numbers = [f"P{at:02}" for at in range(COUNT)]
    bench.sources.load("contact", pd.DataFrame({
        "contact_no": numbers, "type": "person", "name": numbers,
        "city": [["Prague", "Brno", None][at // 3 % 3] for at in range(COUNT)],
        "email": [None if at == 9 else f"m{at // 2}@x.org" for at in range(COUNT)],
        "address": [f"Street {at // 3}" for at in range(COUNT)],
        "is_privacy_blocked": [at == 3 for at in range(COUNT)],
        "is_excluded_from_segments": [at == 6 for at in range(COUNT)],
    }))  # fmt: skip
    consents = {"contact_no": numbers[:40], "channel": "email", "purpose": "news", "is_granted": True}
    bench.sources.load("consent", pd.DataFrame(consents).assign(given_at="2026-01-01"), new_fields="ignore")
    bench.sources.load("interaction", pd.DataFrame({
        "interaction_no": ["I1", "I2"], "contact_no": ["P12", "P12"], "occurred_at": ["2026-03-20", "2026-03-25"],
        "information_flow": "outbound",
    }))  # fmt: skip
    bench.sources.load("interaction_template", pd.DataFrame({"code": ["LETTER"], "correspondence_type": ["email"]}))
    for number in ("CP1", "CP2"):
        bench.campaigns.create(DAY, campaign_no=number, description="Spring", ending_on="2026-06-30")
    for name, city in {"praguers": "Prague", "brnoers": "Brno"}.items():
        bench.segments.save({"name": name, "steps": [{"add": {"field": "city", "op": "is", "value": city}}]})
    bench.segments.save({"name": "people", "steps": [{"add": {"field": "type", "op": "is", "value": "person"}}]})
    return bench


@pytest.fixture(scope="module")
def bench() -> wb.Workbench:
    """The world, only read."""
    return world()


@pytest.fixture
def own() -> wb.Workbench:
    """The world, to be written to."""
    return world()


def plan(*campaigns: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A plan whose campaigns target everybody unless they say otherwise."""
    said = [{"campaign": "CP1", "segments": ["people"], **each} for each in campaigns or ({},)]
    return {"name": "spring", **keys, "campaigns": said}


def entries(found: Allocation, segment: str = "people") -> dict[str, int]:
    """The ledger of one segment."""
    rows = found.ledger()
    return rows[rows["segment_name"] == segment].set_index("entry")["contact_count"].to_dict()


def test_the_ledger_accounts_for_everybody(bench: wb.Workbench) -> None:
    found = bench.campaigns.plan(
        plan({"channel": "email", "consent": True, "purpose": "news", "capacity": 20, "holdout": 0.5}), DAY
    )
    told = entries(found)
    assert list(told)[:6] == [
        "members", "privacy_blocked", "excluded_from_segments", "no_consent", "unreachable", "capacity",
    ]  # fmt: skip
    assert (told.pop("targeted") + told.pop("holdout")) == found.target_count == 20
    assert told == {
        "members": 60, "privacy_blocked": 1, "excluded_from_segments": 1, "no_consent": 20, "unreachable": 1,
        "capacity": 17,
    }  # fmt: skip


def test_each_contact_goes_to_one_campaign(bench: wb.Workbench) -> None:
    found = bench.campaigns.plan(
        plan(
            {"campaign": "CP2", "priority": 2}, {"campaign": "CP1", "segments": ["praguers", "people"], "capacity": 25}
        ),
        DAY,
    )
    assert found.targets["contact_id"].is_unique
    assert found.targets["campaign_no"].value_counts().to_dict() == {"CP2": 33, "CP1": 25}
    first = found.targets[found.targets["campaign_no"] == "CP1"]["segment_name"].value_counts().to_dict()
    assert first == {"praguers": 21, "people": 4}


def test_a_shared_mailbox_is_in_one_arm(bench: wb.Workbench) -> None:
    kept = bench.campaigns.plan(plan({"holdout": 0.5}, dedupe_key="email", keep_duplicates=True), DAY)
    assert kept.targets.groupby("key")["arm"].nunique().eq(1).all()
    assert kept.target_count == 58
    assert "Contacts with the same email share an arm" in kept.notes[0]

    dropped = bench.campaigns.plan(plan({"holdout": 0.5}, dedupe_key="email"), DAY)
    assert dropped.targets["key"].is_unique
    arms = kept.targets.drop_duplicates("key").set_index("key")["arm"]
    assert dropped.targets.set_index("key")["arm"].to_dict() == arms[dropped.targets["key"]].to_dict()
    assert "contact:P09" in set(dropped.targets["key"])


def test_caps_on_households_hold(bench: wb.Workbench) -> None:
    found = bench.campaigns.plan(plan({"segments": ["praguers"]}, {"campaign": "CP2"}, caps={"household": 1}), DAY)
    households = found.targets["contact_no"].str[1:].astype(int) // 3
    assert households.is_unique
    assert entries(found)["household_cap"] == 60 - 2 - 7 - 13


def test_who_was_written_to_often_enough_is_left_out(bench: wb.Workbench) -> None:
    often = [{"max": 2, "in_last": {"n": 30, "unit": "day"}}]
    found = bench.campaigns.plan(plan(frequency=often), DAY)
    lost = found.members.set_index("contact_no")["reason"]
    assert lost["P12"] == "frequency_cap"
    assert entries(found)["frequency_cap"] == 1


def test_an_order_says_who_goes_first(bench: wb.Workbench) -> None:
    order = [{"field": "name", "order": "descending"}]
    found = bench.campaigns.plan(plan({"capacity": 3, "order": order}), DAY)
    assert sorted(found.targets["contact_no"]) == ["P57", "P58", "P59"]
    drawn = bench.campaigns.plan(plan({"capacity": 3}), DAY)
    assert set(drawn.targets["contact_no"]) != {"P00", "P01", "P02"}


def test_strata_hold_the_share(bench: wb.Workbench) -> None:
    found = bench.campaigns.plan(plan({"holdout": 0.5, "strata": ["city"]}), DAY)
    counts = found.targets.groupby(["stratum", "arm"]).size().unstack()
    assert sorted(counts.index) == ["", "Brno", "Prague"]
    assert (counts["holdout"] - counts["targeted"]).abs().le(1).all()


def test_what_sizes_can_tell_is_said(bench: wb.Workbench) -> None:
    expected = {"rate": 0.3, "lift": 0.3}
    variants = [{"name": "a"}, {"name": "b", "share": 2}]
    found = bench.campaigns.plan(plan({"holdout": 0.4, "expected": expected, "variants": variants}), DAY)
    sizes = found.sizes.set_index("arm")
    assert sizes["confidence"].tolist() == pytest.approx([0.975, 0.975])
    assert sizes.loc["a", "needed_holdout_count"] > sizes.loc["a", "holdout_count"]
    assert "CP1, a: too few units to find the expected lift with the wanted power." in found.notes

    silent = bench.campaigns.plan(plan({}, {"campaign": "CP2", "holdout": 0.1}), DAY)
    assert silent.notes[:2] == (
        "CP1 holds nobody out, so no lift can be known of it afterwards.",
        "CP2 says nothing of the rate it expects, so the smallest lift it can tell is unknown.",
    )


def test_costs_before_anybody_responds(bench: wb.Workbench) -> None:
    costs = {"fixed_amount": 100, "per_target_amount": 2}
    found = bench.campaigns.plan(plan({"capacity": 10, "holdout": 0.5, "costs": costs}), DAY)
    arms = found.arms.set_index("arm")
    assert arms.loc["targeted", "cost_amount"] == pytest.approx(100 + 2 * arms.loc["targeted", "target_count"])
    assert arms.loc["holdout", "cost_amount"] == 0


def test_a_reload_in_another_order_draws_the_same(bench: wb.Workbench) -> None:
    other = wb.open(":memory:")
    rows = bench.segments.members("people", DAY, ("contact_no", "type", "city", "email"))
    other.sources.load("contact", rows.iloc[::-1])
    other.campaigns.create(DAY, campaign_no="CP1")
    other.segments.save(bench.segments.get("people"))
    said = plan({"holdout": 0.5}, dedupe_key="email", keep_duplicates=True)
    there = {row.contact_no: row.arm for row in other.campaigns.plan(said, DAY).targets.itertuples()}
    here = bench.campaigns.plan(said, DAY).targets
    assert here["arm"].tolist() == [there[no] for no in here["contact_no"]]


def test_what_the_store_does_not_have_is_refused(bench: wb.Workbench) -> None:
    for change, error, message in [
        ({"campaign": "CP3"}, wb.NotFoundError, 'There is no campaign "CP3".'),
        ({"segments": ["peeple"]}, wb.NotFoundError, 'no saved segment "peeple". Did you mean "people"?'),
        ({"strata": ["town"]}, wb.ConditionError, 'no field "town"'),
        ({"variants": [{"name": "a", "template": "LETTRE"}]}, wb.NotFoundError, "LETTRE"),
    ]:
        with pytest.raises(error, match=message.replace("?", r"\?")):
            bench.campaigns.plan(plan(change), DAY)
    with pytest.raises(wb.NotFoundError, match='There is no saved plan "summer"'):
        bench.campaigns.plan("summer", DAY)


def test_plans_are_saved_and_read_from_files(own: wb.Workbench, tmp_path: Path) -> None:
    path = tmp_path / "spring.yaml"
    path.write_text(to_yaml(from_yaml("name: spring\ncampaigns: [{campaign: CP1, segments: [people]}]")), "utf-8")
    assert own.campaigns.save_plan(path, dry_run=True).is_new
    assert own.campaigns.plans() == ()
    assert own.campaigns.save_plan(path).is_written
    assert not own.campaigns.save_plan(path).is_new
    changed = plan({"holdout": 0.1})
    with pytest.raises(wb.ConflictError, match='Another plan is saved as "spring"'):
        own.campaigns.save_plan(changed)
    assert own.campaigns.save_plan(changed, replace=True).is_written
    (saved,) = own.campaigns.plans()
    assert saved.plan.campaigns[0].holdout == 0.1
    assert own.campaigns.plan("spring", DAY).target_count == 58
    with pytest.raises(wb.ConditionError, match="A plan needs a name to be saved"):
        own.campaigns.save_plan(plan(name=""))


def test_a_launch_writes_what_its_preview_said(own: wb.Workbench) -> None:
    variants = [{"name": "a", "template": "LETTER"}, {"name": "b"}]
    said = plan({"holdout": 0.3, "variants": variants, "costs": {"per_target_amount": 1}}, dedupe_key="email")
    preview = own.campaigns.launch(said, DAY, worksheets=True, dry_run=True)
    assert (preview.launch_no, own.campaigns.launches(), len(own.worksheets.list())) == (None, (), 0)

    receipt = own.campaigns.launch(said, DAY, worksheets=True)
    assert receipt.launch_no == 1
    pd.testing.assert_frame_equal(receipt.allocation.members, preview.allocation.members)
    targets = own.campaigns.targets("CP1")
    assert targets.target_count == receipt.allocation.target_count
    assert targets.frame().set_index("contact_no")["arm"].to_dict() == (
        receipt.allocation.targets.set_index("contact_no")["arm"].to_dict()
    )
    assert targets.frame()["targeted_on"].unique().tolist() == [pd.Timestamp(DAY)]
    assert targets.reasons()["contact_count"].sum() + targets.target_count == COUNT

    sheets = {sheet.arm: sheet for sheet in receipt.sheets}
    lines = own.worksheets.lines(sheets["a"].worksheet_no or "")
    assert set(lines["contact_no"]) == set(targets.frame().query("arm == 'a'")["contact_no"])
    assert lines["is_campaign_target"].all()
    assert set(lines["interaction_template_code"]) == {"LETTER"}
    measured = own.campaigns.measure("CP1", DAY)
    assert measured.rule.shares == {"a": 0.35, "b": 0.35, "holdout": 0.3}
    assert measured.rule.costs.per_target_amount == 1


def test_a_launch_is_read_as_it_was(own: wb.Workbench) -> None:
    (sheet,) = own.campaigns.launch(plan({"targeted_on": "2026-04-02"}), DAY, worksheets=True).sheets
    assert sheet.line_count == len(own.worksheets.lines(sheet.worksheet_no or "")) == 58
    own.worksheets.delete(sheet.worksheet_no or "")
    own.segments.save(
        {"name": "people", "steps": [{"add": {"field": "city", "op": "is", "value": "Oslo"}}]}, replace=True
    )
    own.contacts.delete("P00", as_of=DAY)
    own.privacy.erase("P01", as_of=DAY)
    (launch,) = own.campaigns.launches()
    assert (launch.plan_name, launch.as_of, launch.target_count) == ("spring", DAY, 58)
    targets = own.campaigns.targets("CP1")
    assert targets.target_count == 58
    numbers = set(targets.frame()["contact_no"])
    assert {"P00", "erased"} <= numbers
    assert "P01" not in numbers
    assert targets.losses["reason"].tolist() == ["privacy_blocked", "excluded_from_segments"]


def test_nobody_is_targeted_twice(own: wb.Workbench) -> None:
    said = plan({"segments": ["praguers"], "capacity": 10}, {"campaign": "CP2", "segments": ["brnoers"], "priority": 2})
    own.campaigns.launch(said, DAY)
    with pytest.raises(wb.RuleError, match=r"gives nobody to target on 2026-03-31\. Its ledger has"):
        own.campaigns.launch(said, DAY)
    wider = plan({"segments": ["people"], "holdout": 0.2, "capacity": 15})
    receipt = own.campaigns.launch(wider, DAY)
    assert receipt.allocation.target_count == 5
    assert entries(receipt.allocation)["targeted_before"] == 10
    assert receipt.notes[-1].startswith("CP1 was drawn with other shares before")
    often = [{"max": 1, "in_last": {"n": 1, "unit": "week"}, "of": "targets"}]
    found = own.campaigns.plan(plan({"campaign": "CP2"}, frequency=often), DAY)
    first, second = (own.campaigns.targets(number).frame() for number in ("CP1", "CP2"))
    written_to = set(first[first["arm"] != "holdout"]["contact_no"]) - set(second["contact_no"])
    assert entries(found)["frequency_cap"] == len(written_to)


def test_days_that_do_not_fit_are_refused(own: wb.Workbench) -> None:
    for day, message in [
        ("2026-03-30", "would target on 2026-03-30, which is past"),
        ("2026-07-01", "ended on 2026-06-30"),
    ]:
        with pytest.raises(wb.RuleError, match=message):
            own.campaigns.launch(plan({"targeted_on": day}), DAY)
    with pytest.raises(wb.ConditionError, match="A plan needs a name to be launched"):
        own.campaigns.launch(plan(name=""), DAY)
    assert own.campaigns.targets("CP1").target_count == 0


def test_targets_that_a_file_brought_are_listed_too(own: wb.Workbench) -> None:
    rows = {"campaign_no": ["CP1"], "contact_no": ["P05"], "arm": ["holdout"], "targeted_on": ["2026-03-01"]}
    own.sources.load("campaign_target", pd.DataFrame(rows))
    (row,) = own.campaigns.targets("CP1").frame().to_dict("records")
    assert (row["contact_no"], row["arm"], pd.isna(row["launch_no"])) == ("P05", "holdout", True)
    found = own.campaigns.plan(plan(), DAY)
    assert entries(found)["targeted_before"] == 1
    assert "CP1 has targets from before; whoever is one of them is not targeted again." in found.notes


def test_the_example_of_the_documentation_is_a_plan() -> None:
    text = (Path(__file__).parents[2] / "docs" / "campaign-plans.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert [each.holdout for each in from_yaml(example).by_priority] == [0.1, 0.2]
