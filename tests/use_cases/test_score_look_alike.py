"""Look-alikes of a segment: ranked as of a day, without its members and those excluded, and made segments of."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from tests.use_cases.kinds_world import DAY, SIZE, after_the_day, sales, shop
from workbench.errors import ConditionError, ConfigError, MeasureError
from workbench.scoring import ScoreReport

SEED = {"name": "half of the regulars", "steps": [{"add": {"all": [
    {"field": "sales_entry_count", "op": "is", "value": 12}, {"field": "salutation_code", "op": "is", "value": "F"},
]}}]}  # fmt: skip
FEATURES = ("sales_days_since", "basket_count", "sales_value")


def prepared(later: pd.DataFrame | None = None) -> wb.Workbench:
    bench = shop(later)
    bench.segments.save(wb.Segment.from_dict(SEED))
    return bench


@pytest.fixture(scope="module", name="bench")
def shop_with_a_run() -> wb.Workbench:
    bench = prepared()
    bench.scores.run("look_alike", DAY, segment=SEED["name"], features=FEATURES)
    return bench


@pytest.fixture(name="report")
def run_of_the_day(bench: wb.Workbench) -> ScoreReport:
    return bench.scores.show("look_alike")


def test_the_other_regulars_come_first(report: ScoreReport) -> None:
    first = report.rows.nlargest(20, "likeness")["contact_id"]
    assert first.sub(report.rows["contact_id"].min()).mod(3).nunique() == 1
    assert len(report.rows) == SIZE - 20
    assert report.quality["seed_count"] == 20
    assert report.quality["auc"] == pytest.approx(0.9, abs=0.1)
    assert set(report.tables) == {"recall", "profile", "alone"}


def test_shares_of_the_base_are_segments_by_the_score(bench: wb.Workbench, report: ScoreReport) -> None:
    offer = next(one for one in report.offers if one.name.endswith("10%"))
    assert offer.description.startswith(
        "The 10 of 100 contacts that are most like half of the regulars; of its held-out"
    )
    bench.scores.segment("look_alike", offer.name, save_as="like them")
    count = bench.segments.count("like them", DAY)
    assert count.total == 10
    assert bench.segments.count({"all": [{"segment": "like them"}, {"segment": SEED["name"]}]}, DAY).total == 0


def test_a_score_of_another_name_is_asked_for_by_that_name(bench: wb.Workbench) -> None:
    report = bench.scores.run("next_regulars", DAY, method="look_alike", segment=SEED["name"], features=FEATURES)
    assert report.offers[0].definition["steps"][0]["add"]["score"] == "next_regulars"


def test_base_and_excluded_members_bound_who_is_ranked(bench: wb.Workbench) -> None:
    report = bench.scores.run(
        "look_alike", DAY, segment=SEED["name"], exclude="regulars with the app", features=FEATURES, dry_run=True
    )
    out = bench.segments.count({"any": [{"segment": SEED["name"]}, {"segment": "regulars with the app"}]}, DAY).total
    assert len(report.rows) == SIZE - out
    women = bench.scores.run("look_alike", DAY, segment=SEED["name"], base="women", features=FEATURES, dry_run=True)
    assert len(women.rows) == SIZE / 2 - 20


def test_later_rows_a_second_load_and_another_order_change_nothing(report: ScoreReport) -> None:
    mixed = sales().sample(frac=1, random_state=2)
    other = prepared(pd.concat([after_the_day(), mixed])).scores.run(
        "look_alike", DAY, segment=SEED["name"], features=FEATURES, dry_run=True
    )
    pd.testing.assert_frame_equal(other.rows, report.rows, check_dtype=False)
    assert (other.quality, other.offers) == (report.quality, report.offers)


def test_a_feature_that_makes_the_seed_is_told(bench: wb.Workbench) -> None:
    report = bench.scores.run(
        "look_alike", DAY, segment="women", features=["salutation_code", "sales_value"], dry_run=True
    )
    assert (
        "salutation_code alone tells the seed from the rest. Where it is what makes somebody a member, leave it out."
    ) in report.notes
    chance = bench.scores.run("look_alike", DAY, segment="women", features=["sales_value", "city"], dry_run=True)
    assert chance.notes[-1] == (
        "Held-out members of the seed are found no better than by chance: the features say little about them."
    )


def test_what_cannot_be_ranked_is_refused(bench: wb.Workbench) -> None:
    with pytest.raises(ConfigError) as nothing:
        bench.scores.run("look_alike", DAY)
    assert str(nothing.value) == (
        "look_alike has to be told segment. It is: The saved segment whose members others are to be like: the seed."
    )
    with pytest.raises(ConditionError) as unknown:
        bench.scores.run("look_alike", DAY, segment="man")
    assert "man" in str(unknown.value)
    with pytest.raises(MeasureError) as small:
        bench.scores.run("look_alike", DAY, segment="regulars with the app", base="women", features=FEATURES)
    assert str(small.value) == (
        "The seed has 14 members, too few to tell who is like them. Take a segment of 20 members at least."
    )
