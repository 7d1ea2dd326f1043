"""Why a contact is in a segment: what each rule met, which step decided, what would turn the verdict around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

import pytest

from pipelines.definition import Definition
from pipelines.encounters import Case
from pipelines.explaining import tree_of
from pipelines.selecting import Reference
from pipelines.truths import Node
from pipelines.verdicts import Verdict, facts_of
from tests.engines import World, world
from workbench.segments import telling

AS_OF = dt.date(2026, 3, 31)
ANA_NO = {"contact_no": "ANA"}
ANA = {**ANA_NO, "type": "person"}
IN_PRAGUE = {"field": "city", "op": "is", "value": "Prague"}
IN_BRNO = {"field": "city", "op": "is", "value": "Brno"}
UNKNOWN = {"field": "surname", "op": "is", "value": "x"}


def bought(*days: str, no: str = "ANA", amount: float = 10) -> list[dict[str, Any]]:
    """Sales entries, one on each day."""
    return [{"contact_no": no, "posted_at": dt.datetime.fromisoformat(f"{day}T12:00+00:00"), "sales_amount": amount,
             "sales_entry_no": f"{no}{place}"} for place, day in enumerate(days, start=1)]  # fmt: skip


def verdict(
    raw: Any, drawn: World, no: str = "ANA", references: Mapping[Reference, Collection[int]] | None = None
) -> Verdict:
    """The verdict on one contact of a world."""
    case = Case(drawn.id_of[no], drawn.frames, drawn.catalogue, drawn.context, references or {})
    return Verdict(contact_no=no, **facts_of(tree_of(Definition.from_dict(raw), case), None))


def rule(raw: dict[str, Any], drawn: World, no: str = "ANA") -> Node:
    """What one rule, the only one of a definition, said."""
    return verdict(raw, drawn, no).steps[0].group.children[0]


def ana(**fields: Any) -> World:
    """A world of one person."""
    return world({"contact": [{**ANA, **fields}]}, as_of=AS_OF)


class TestARuleIsTrueFalseOrUnknown:
    @pytest.mark.parametrize(
        ("test", "city", "truth", "holds"),
        [
            ({"op": "is", "value": "Prague"}, "Prague", True, True),
            ({"op": "is", "value": "Prague"}, "Brno", False, False),
            ({"op": "is", "value": "Prague"}, None, None, False),
            ({"op": "is_not", "value": "Prague"}, None, None, True),
            ({"op": "is_not", "value": "Prague", "unknown": "exclude"}, None, False, False),
            ({"op": "is_known"}, None, False, False),
            ({"op": "is_unknown"}, None, True, True),
        ],
    )
    def test_and_says_what_the_language_makes_of_it(
        self, test: dict[str, Any], city: str | None, truth: bool | None, holds: bool
    ) -> None:
        said = rule({"field": "city", **test}, ana(city=city))
        assert (said.truth, said.holds, said.met.value) == (truth, holds, city)

    def test_an_empty_many_valued_field_is_empty_and_not_unknown(self) -> None:
        said = rule({"field": "mailing_group_codes", "op": "any_of", "value": ["VIP"]}, ana())
        assert (said.truth, said.met.value) == (False, frozenset())

    def test_a_field_of_the_company_is_unknown_without_a_company(self) -> None:
        on_city = {"field": "company.city", "op": "is", "value": "Prague"}
        on_groups = {"field": "company.mailing_group_codes", "op": "none_of", "value": ["VIP"]}
        assert [rule(one, ana(company_no="GONE")).truth for one in (on_city, on_groups)] == [None, None]

    def test_a_field_of_the_company_is_its_value(self) -> None:
        drawn = world(
            {"contact": [{**ANA, "company_no": "CO"}, {"contact_no": "CO", "type": "company", "city": "Brno"}]}
        )
        assert rule({"field": "company.city", "op": "is", "value": "Prague"}, drawn).met.value == "Brno"

    def test_a_measure_of_no_rows_is_unknown_unless_it_counts_or_sums(self) -> None:
        spent = {"related": "sales_entry", "op": "at_most", "value": 5}
        measures = [{"count": "rows"}, {"sum": "sales_amount"}, {"maximum": "sales_amount"}]
        assert [rule({**spent, "measure": measure}, ana()).truth for measure in measures] == [True, True, None]


class TestAGroupFollowsKleene:
    @pytest.mark.parametrize(
        ("group", "truth"),
        [
            ({"all": [UNKNOWN, IN_BRNO]}, False),
            ({"all": [UNKNOWN, IN_PRAGUE]}, None),
            ({"any": [UNKNOWN, IN_PRAGUE]}, True),
            ({"any": [UNKNOWN, IN_BRNO]}, None),
            ({"not": UNKNOWN}, None),
            ({"not": IN_BRNO}, True),
            ({"all": []}, True),
            ({"any": []}, False),
        ],
    )
    def test_what_is_unknown_stays_so_unless_the_others_decide(self, group: dict[str, Any], truth: bool | None) -> None:
        root = verdict({"steps": [{"add": group}]}, ana(city="Prague")).steps[0].group
        assert root.truth is truth

    def test_while_not_is_a_true_complement(self) -> None:
        root = verdict({"steps": [{"add": {"not": UNKNOWN}}]}, ana()).steps[0].group
        assert (root.truth, root.holds) == (None, True)

    def test_places_are_those_of_counts(self) -> None:
        raw = {"steps": [{"add": IN_PRAGUE}, {"refine": {"any": [IN_PRAGUE, {"not": IN_BRNO}]}}]}
        told = verdict({**raw, "base": {"type": "person"}, "suppress": ["privacy_blocked"]}, ana(city="Prague"))
        rules = [node.path for root in told.tree.groups() for node in root.walk() if node.is_rule]
        assert rules == ["base", "1.1", "2.1", "2.2.1", "suppress.1"]


class TestTheRowsThatDecided:
    DRAWN = world(
        {
            "contact": [ANA, {"contact_no": "BEN", "type": "person"}],
            "sales_entry": [*bought("2026-01-05", "2026-03-05", "2026-04-05"), *bought("2026-03-06", no="BEN")],
        },
        as_of=AS_OF,
    )

    def test_are_counted_and_shown_the_latest_first_and_none_after_the_day(self) -> None:
        met = rule({"related": "sales_entry", "op": "at_least", "value": 3}, self.DRAWN).met
        assert (met.value, met.row_count) == (2, 2)
        assert [row.values["sales_entry_no"] for row in met.rows] == ["ANA2", "ANA1"]
        assert met.rows[0].table == "sales_entry"

    def test_are_those_of_the_window_with_what_was_looked_at(self) -> None:
        spent = {"measure": {"sum": "sales_amount"}, "op": "at_least", "value": 5}
        met = rule({"related": "sales_entry", "within": {"in_last": {"n": 30, "unit": "day"}}, **spent}, self.DRAWN).met
        assert (met.value, met.row_count) == (Decimal(10), 1)
        assert met.rows[0].values["sales_amount"] == Decimal(10)

    def test_are_the_ones_that_have_the_lowest_or_the_first_value(self) -> None:
        first = {"measure": {"first": "sales_entry_no"}, "op": "is", "value": "ANA1"}
        lowest = {"measure": {"maximum": "posted_at"}, "op": "before", "value": "2026-02-01"}
        found = [rule({"related": "sales_entry", **test}, self.DRAWN).met.rows for test in (first, lowest)]
        assert [[row.values["sales_entry_no"] for row in rows] for rows in found] == [["ANA1"], ["ANA2"]]

    def test_of_many_some_are_shown_and_all_are_counted(self) -> None:
        days = [f"2026-02-{day:02}" for day in range(1, 29)]
        drawn = world({"contact": [ANA], "sales_entry": bought(*days)}, as_of=AS_OF)
        met = rule({"related": "sales_entry"}, drawn).met
        assert (met.row_count, len(met.rows), met.rows[0].values["posted_at"].day) == (28, 20, 28)

    def test_of_a_company_are_its_peoples_as_well(self) -> None:
        contacts = [{"contact_no": "CO", "type": "company"}, {**ANA, "company_no": "CO"}]
        drawn = world({"contact": contacts, "sales_entry": bought("2026-03-05")}, as_of=AS_OF)
        met = rule({"field": "sales_entry_count", "op": "at_least", "value": 1}, drawn, "CO").met
        assert (met.value, met.rows[0].values["contact_no"]) == (1, "ANA")

    def test_of_a_sequence_are_one_for_each_event(self) -> None:
        mailed = [
            {**ANA_NO, "occurred_at": dt.datetime(2026, 2, day, tzinfo=dt.UTC), "interaction_no": f"I{day}"}
            for day in (1, 9)
        ]
        tables = {"contact": [ANA], "interaction": mailed, "sales_entry": bought("2026-02-05")}
        raw = {"sequence": [{"related": "interaction"}, {"related": "sales_entry"}]}
        said = rule(raw, world(tables, as_of=AS_OF))
        assert (said.holds, said.met.row_count) == (True, 2)
        assert [row.values.get("interaction_no") or row.values["sales_entry_no"] for row in said.met.rows] == [
            "I1",
            "ANA1",
        ]

    def test_of_a_habit_are_those_of_its_periods(self) -> None:
        drawn = world({"contact": [ANA], "sales_entry": bought("2026-01-05", "2026-03-05", "2026-03-06")}, as_of=AS_OF)
        habit = {"habit": "regularly", "related": "sales_entry", "per": "month", "in": 3, "of_last": 3}
        said = rule(habit, drawn)
        assert (said.holds, said.met.value, said.met.row_count) == (False, 2, 3)

    def test_of_a_company_that_has_somebody_are_those_who_satisfy_it(self) -> None:
        contacts = [
            {**ANA, "company_no": "CO"},
            {"contact_no": "BEN", "type": "person", "company_no": "CO", "city": "Brno"},
            {"contact_no": "CO", "type": "company"},
            {"contact_no": "CID", "type": "person", "city": "Brno"},
        ]
        said = rule({"company_has": IN_BRNO}, world({"contact": contacts}))
        assert (said.truth, said.met.row_count) == (True, 1)
        assert [row.values["contact_no"] for row in said.met.rows] == ["BEN"]

    def test_of_a_campaign_are_its_entries_and_responses(self) -> None:
        answered = {"contact_no": "ANA", "occurred_at": dt.datetime(2026, 2, 3, tzinfo=dt.UTC), "campaign_no": "8",
                    "is_campaign_response": True}  # fmt: skip
        entry = {"contact_no": "ANA", "campaign_no": "8", "targeted_on": dt.date(2026, 2, 1)}
        tables = {"contact": [ANA], "campaign_target": [entry], "interaction": [answered]}
        said = rule({"campaign": "8", "responded": True}, world(tables, as_of=AS_OF))
        assert [row.table for row in said.met.rows] == ["campaign_target", "interaction"]


class TestTheStepThatDecided:
    HIT, MISS = IN_PRAGUE, IN_BRNO

    @pytest.mark.parametrize(
        ("steps", "effects", "decided"),
        [
            ([{"add": HIT}], ["added"], 1),
            ([{"add": HIT}, {"refine": HIT}, {"reduce": MISS}], ["added", "kept", "kept"], 1),
            ([{"add": HIT}, {"reduce": HIT}], ["added", "removed"], 2),
            ([{"add": HIT}, {"refine": MISS}], ["added", "removed"], 2),
            ([{"add": HIT}, {"reduce": HIT}, {"add": HIT}], ["added", "removed", "added"], 3),
            ([{"add": MISS}, {"reduce": HIT}], ["nothing", "nothing"], 2),
            ([{"add": MISS}, {"add": MISS}, {"reduce": MISS}], ["nothing", "nothing", "nothing"], 2),
            ([{"add": HIT}, {"add": HIT}], ["added", "nothing"], 2),
        ],
    )
    def test_is_the_last_that_changed_the_verdict_or_would_have(
        self, steps: list[Any], effects: list[str], decided: int
    ) -> None:
        told = verdict({"steps": steps}, ana(city="Prague"))
        assert [step.effect for step in told.steps] == effects
        assert told.deciding_step == decided

    def test_is_none_outside_the_base(self) -> None:
        told = verdict({"base": {"type": "company"}, "steps": [{"add": IN_PRAGUE}]}, ana(city="Prague"))
        assert (told.is_member, told.decided_by, told.deciding_step) == (False, "base", None)
        assert (
            telling.sentence(told)
            == "ANA is out: it is not in the base, because it is not so that type is company [person]."
        )

    def test_comes_before_the_suppression(self) -> None:
        raw = {"steps": [{"add": IN_PRAGUE}], "suppress": ["privacy_blocked", {"no_consent": {"channel": "email"}}]}
        told = verdict(raw, ana(city="Prague", is_privacy_blocked=True))
        assert (told.decided_by, told.suppressed_by) == ("suppression", "privacy_blocked")
        assert [(one.holds, one.is_the_reason) for one in told.suppressions] == [(True, True), (True, False)]
        expected = "ANA is out: step 1 added it, because city is Prague; suppressed: blocked for privacy."
        assert telling.sentence(told) == expected

    def test_a_contact_that_did_not_match_is_not_suppressed(self) -> None:
        told = verdict({"steps": [{"add": IN_BRNO}], "suppress": ["privacy_blocked"]}, ana(is_privacy_blocked=True))
        assert (told.suppressed_by, told.suppressions[0].holds) == (None, True)


class TestWhatWouldTurnItAround:
    def said(self, raw: dict[str, Any], drawn: World) -> list[str]:
        return [f"{', '.join(one.paths)}: {telling.flip(one)}" for one in verdict(raw, drawn).flips]

    def test_says_how_many_more(self) -> None:
        drawn = world({"contact": [ANA], "sales_entry": bought(*["2026-03-05"] * 18)}, as_of=AS_OF)
        raw = {"steps": [{"add": {"related": "sales_entry", "op": "at_least", "value": 20}}]}
        assert self.said(raw, drawn)[0] == "1.1: needs at least 20, has 18: 2 more"
        raw = {"steps": [{"add": {"related": "sales_entry", "op": "less_than", "value": 10}}]}
        assert self.said(raw, drawn)[0] == "1.1: needs at most 9, has 18: 9 fewer"
        raw = {"steps": [{"add": {"related": "sales_entry", "op": "at_most", "value": 18}}]}
        assert self.said(raw, drawn)[0] == "1.1: needs at least 19, has 18: 1 more"

    def test_says_how_much_more(self) -> None:
        drawn = world({"contact": [ANA], "sales_entry": bought("2026-03-05", amount=99.5)}, as_of=AS_OF)
        spent = {"related": "sales_entry", "measure": {"sum": "sales_amount"}, "value": 100}
        said = [self.said({"steps": [{"add": {**spent, "op": op}}]}, drawn)[0] for op in ("at_least", "more_than")]
        assert said == ["1.1: needs at least 100, has 99.5: 0.5 more", "1.1: needs more than 100, has 99.5"]

    def test_says_which_value(self) -> None:
        raw = {"steps": [{"add": {"field": "city", "op": "in", "value": ["Prague", "Plzen"]}}]}
        assert self.said(raw, ana(city="Brno")) == [
            "1.1: city would have to be one of Prague, Plzen; now: Brno",
            "1.1: if this rule were left out",
        ]
        assert self.said({"steps": [{"add": IN_PRAGUE}]}, ana())[0] == (
            "1.1: city would have to be Prague; now: not recorded"
        )

    def test_says_which_consent(self) -> None:
        raw = {"steps": [{"add": IN_PRAGUE}], "suppress": [{"no_consent": {"channel": "email"}}]}
        assert self.said(raw, ana(city="Prague")) == [
            "suppress.1.1: recorded consent for email",
            "suppress.1.1: if this rule were left out",
        ]

    def test_is_nothing_where_two_things_would_have_to_change(self) -> None:
        raw = {"steps": [{"add": {"all": [IN_PRAGUE, {"field": "email", "op": "is_known"}]}}]}
        assert self.said(raw, ana(city="Brno")) == []

    def test_changes_a_rule_wherever_it_is_written(self) -> None:
        raw = {"steps": [{"add": IN_PRAGUE}, {"refine": IN_PRAGUE}]}
        assert self.said(raw, ana(city="Brno")) == ["1.1, 2.1: city would have to be Prague; now: Brno"]

    def test_a_member_learns_what_would_take_it_out(self) -> None:
        raw = {
            "base": {"type": "person"},
            "steps": [{"add": {"any": [IN_PRAGUE, {"field": "email", "op": "is_known"}]}}],
        }
        assert self.said(raw, ana(city="Prague", email="a@x")) == [
            "base: type would have to be other than person; now: person"
        ]
