"""Whom a campaign moves, in a store: what was known before it, and a score that segments can use."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.campaigns import Uplift
from workbench.errors import ConditionError, ConfigError, MeasureError, NotFoundError

LAUNCH, DAY = dt.date(2026, 3, 1), dt.date(2026, 4, 15)
BUYING = {"response": {"related": "sales_entry"}, "window_days": 30}


@pytest.fixture(scope="module", name="bench")
def shop() -> wb.Workbench:
    """A thousand people; letters move those who had bought before, and nobody else."""
    chance = np.random.default_rng(5)
    size = 1000
    people = pd.DataFrame({
        "contact_no": [f"C{n:04}" for n in range(size)], "type": "person",
        "city": chance.choice(["Prague", "Brno"], size), "web_shop": chance.random(size) < 0.5,
    })  # fmt: skip
    bench = wb.open(":memory:")
    bench.sources.load("contact", people, new_fields="add")
    bench.sources.load("campaign", pd.DataFrame({"campaign_no": ["CP-1", "CP2"]}))
    targets = people[["contact_no"]].head(900).assign(arm=chance.choice(["A", "holdout"], 900), targeted_on=LAUNCH)
    bench.sources.load("campaign_target", targets.assign(campaign_no="CP-1"))
    undated = targets.assign(campaign_no="CP2", targeted_on=None, arm=np.where(targets.index % 3, targets["arm"], "B"))
    bench.sources.load("campaign_target", undated)
    had_bought = chance.random(size) < 0.5
    moved = np.r_[(targets["arm"] == "A") & had_bought[:900], [False] * 100]
    buys = chance.random(size) < np.where(moved, 0.6, 0.15)
    earlier = people.loc[had_bought, ["contact_no"]].assign(posted_at="2026-02-10 12:00", sales_amount=20)
    later = people.loc[buys, ["contact_no"]].assign(posted_at="2026-03-10 12:00", sales_amount=20)
    bench.sources.load("sales_entry", pd.concat([earlier, later]))
    bench.campaigns.respond("CP-1", DAY, BUYING)
    return bench


@pytest.fixture(scope="module", name="found")
def modelled(bench: wb.Workbench) -> Uplift:
    return bench.campaigns.uplift("CP-1", DAY, ["city", "sales_amount"], learners=["t"])


def test_computed_fields_are_as_of_the_day_before(found: Uplift) -> None:
    parts = found.parts.set_index("value")
    assert set(parts.index) == {"Prague", "Brno", "0", "20"}, "nothing bought because of the letter is in it"
    assert found.begun_on == LAUNCH
    assert parts.loc["20", "predicted_uplift"] > parts.loc["0", "predicted_uplift"] + 0.25
    assert found.verdict == "ranks"
    assert found.sentence().startswith("Ranked by the T-learner, A against holdout: Qini 0.")
    assert "of random ranks 0.1% do as well. Lift of the first tenth +" in found.sentence()
    assert "T-learner" in found._repr_html_()


def test_everybody_is_scored_and_the_score_picks_a_segment(bench: wb.Workbench, found: Uplift) -> None:
    assert (found.score, found.is_written, len(found.frame())) == ("uplift_cp_1", True, 1000)
    best = {"score": "uplift_cp_1", "field": "decile", "op": "at_most", "value": 5}
    others = {"score": "uplift_cp_1", "field": "is_target", "op": "is", "value": False}
    frame = found.frame()
    assert bench.segments.count(best, DAY).total == (frame["decile"] <= 5).sum()
    assert bench.segments.count(others, DAY).total == 100
    assert bench.segments.count(best, DAY - dt.timedelta(days=1)).total == 0, "a score of a later day"
    column = "score.uplift_cp_1.uplift"
    kept = bench.segments.members(others, DAY, ["contact_no", column]).set_index("contact_no")[column]
    own = frame[~frame["is_target"]].set_index("contact_no")["uplift"]
    assert kept.to_dict() == pytest.approx(own.to_dict())


def test_notes_say_what_to_beware_of(found: Uplift) -> None:
    assert found.notes == (
        "Taken as they are now, so leave out what the campaign changed: city.",
        (
            "Contacts scored beside the targets compared: 100; their scores hold as far as they are like those, and "
            "is_target tells them apart."
        ),
    )


def test_a_preview_stores_nothing_and_says_where_no_rank_is(bench: wb.Workbench) -> None:
    revision = bench.database.revision()
    found = bench.campaigns.uplift("CP-1", DAY, ["city"], learners=["class"], score="by_city", dry_run=True)
    assert (found.is_written, found.verdict, bench.database.revision()) == (False, "no_better_than_random", revision)
    assert found.notes[1] == (
        "A random rank would do as well: these fields do not tell whom the campaign moves. "
        "Choose the next targets by something else than this score."
    )
    assert found.to_dict()["score"] == "by_city"


def test_one_of_several_arms_is_named_in_the_score(bench: wb.Workbench) -> None:
    found = bench.campaigns.uplift("CP2", DAY, ["city"], arm="B", learners=["t"], rule=BUYING, dry_run=True)
    assert (found.arm, found.score, found.begun_on) == ("B", "uplift_cp2_b", None)
    assert found.notes[0].startswith("Targets without a day: ")


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        ({"campaign_no": "CP9"}, NotFoundError, 'There is no campaign "CP9". Did you mean "CP2"?'),
        ({"fields": ["citi"]}, ConditionError, 'There is no field "citi". Did you mean "city"?'),
        ({"fields": ["mailing_group_codes"]}, ConditionError,
         ('The field "mailing_group_codes" cannot tell targets apart. '
          "Take one that has a single value for each contact.")),
        ({"fields": []}, MeasureError,
         "No field tells targets apart. Name fields that were known before the campaign, such as city."),
        ({"against": "control"}, MeasureError,
         ("No uplift of CP-1 can be known. No contact was held out, so nobody knows how many would have responded "
          "without the campaign. Rates are responses to what was sent or happened anyway; no lift is told.")),
        ({"arm": "C"}, MeasureError, 'No target is in the arm "C". Known: A.'),
        ({"campaign_no": "CP2"}, MeasureError, "CP2 wrote to several arms: A, B. Name one of them (--arm)."),
        ({"campaign_no": "CP2", "arm": "B", "fields": ["sales_amount"]}, ConfigError,
         ('Nobody knows what "sales_amount" was before the campaign, for it has no first day. '
          "Give its targets a day, or the campaign its starting_on.")),
        ({"score": "Uplift 1"}, ConfigError,
         ('"Uplift 1" cannot name a score. Use lower-case letters, digits and underscores, beginning with a letter; '
          "50 characters at most.")),
        ({"confidence": 95}, ConfigError, "A confidence of 95 is none. Give one between 0.5 and 1, such as 0.95."),
    ],
)  # fmt: skip
def test_what_cannot_be_modelled_is_refused(
    bench: wb.Workbench, call: dict[str, Any], error: type[Exception], text: str
) -> None:
    with pytest.raises(error) as refused:
        bench.campaigns.uplift(**{"campaign_no": "CP-1", "as_of": DAY, "fields": ["city"], **call})
    assert str(refused.value) == text
