"""Who could have done something after which day, and who did: what propensity learns from, and whom it scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipelines.contact_features import Feature, earlier_cases, responses_to
from pipelines.definition import Definition
from pipelines.schema import table_named
from pipelines.tallies import Integers
from workbench.errors import ConditionError, MeasureError, NotFoundError, nearest
from workbench.scoring.method import Inputs
from workbench.store import Connection

Condition = Mapping[str, Any]
DEFAULT_WINDOW = 30
_CAMPAIGNS = """
    SELECT c.campaign_no, c.type_code, coalesce(t.first_on, c.starting_on) AS starting_on, c.ending_on
    FROM campaign c LEFT JOIN (
        SELECT campaign_no, min(targeted_on) AS first_on FROM campaign_target WHERE targeted_on <= ?
        GROUP BY campaign_no
    ) t USING (campaign_no)
"""


@dataclass(frozen=True)
class Cohort:
    """Contacts as they were known on a day.

    Attributes
    ----------
    name : str
        What it is called in tables.
    cut : datetime.date
        The last day of which anything is known of them.
    ends_on : datetime.date
        The last day on which what they do counts.
    ids : numpy.ndarray of int
        The contacts, ascending.
    positive : numpy.ndarray of int or None
        Those of them who did it; None where nobody knows yet.
    is_cut_short : bool
        Whether they may still do it after the last day that is known.
    """

    name: str
    cut: dt.date
    ends_on: dt.date
    ids: Integers = field(repr=False)
    positive: Integers | None = field(default=None, repr=False)
    is_cut_short: bool = False

    @property
    def has_both(self) -> bool:
        """Whether some of them did it, and some did not."""
        return self.positive is not None and 0 < len(self.positive) < len(self.ids)


@dataclass(frozen=True)
class Task:
    """What is to be learned.

    Attributes
    ----------
    earlier : tuple of Cohort
        What is learned from, and tested on, by cut.
    scored : Cohort
        Who is scored.
    tested : Cohort or None
        Targets of the campaign that is scored, where it is known what they did; never learned from.
    features : tuple of Feature
        What contacts did before of the very thing.
    """

    earlier: tuple[Cohort, ...]
    scored: Cohort
    tested: Cohort | None
    features: tuple[Feature, ...]


@dataclass(frozen=True)
class Campaign:
    """A campaign as far as cohorts care.

    Attributes
    ----------
    no : str
        Its number.
    type_code : str or None
        Its type.
    starting_on, ending_on : datetime.date or None
        Its first day, that of its first target where there is one, and its last.
    """

    no: str
    type_code: str | None
    starting_on: dt.date | None
    ending_on: dt.date | None


def after_cuts(inputs: Inputs, target: Condition, window_days: int | None, cuts: int, base: str | None) -> Task:
    """Look for what contacts did after several days, one window apart; the last window ends with the day of the run.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    target : mapping
        What contacts are to do: a condition on related rows, or a group of such.
    window_days : int or None
        For how many days after a cut it counts.
    cuts : int
        How many.
    base : str or None
        The saved segment whose members count, as of each cut.

    Returns
    -------
    Task
        Contacts of the base are scored as of the day of the run.

    Raises
    ------
    ConditionError
        When the target is not of related rows, or says itself when.
    """
    window, meant = dt.timedelta(window_days or DEFAULT_WINDOW), _canonical(target)
    scored = Cohort("scored", inputs.as_of, inputs.as_of + window, _members(inputs, base, inputs.as_of))
    earlier = [_after(inputs, meant, base, inputs.as_of - n * window, window) for n in range(cuts, 0, -1)]
    return Task(tuple(earlier), scored, None, _of_target(meant))


def of_campaigns(
    inputs: Inputs,
    campaign_no: str,
    learn_from: Sequence[str],
    target: Condition | None,
    window_days: int | None,
    base: str | None,
) -> Task:
    """Look for what targets of earlier campaigns did, to tell what those of another will do.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    campaign_no : str
        The campaign whose targets are scored.
    learn_from : sequence of str
        Earlier campaigns; those of its type where empty.
    target : mapping or None
        What counts; responses to the campaign where None.
    window_days : int or None
        For how many days from the campaign's first it counts; until its last where None.
    base : str or None
        The saved segment that is scored instead of the campaign's targets.

    Returns
    -------
    Task
        What is known of contacts is as of the day before each campaign; what targets of earlier campaigns did counts up
        to the day before the campaign that is scored.

    Raises
    ------
    NotFoundError
        When there is no such campaign.
    MeasureError
        When no campaign began earlier, or one that is named did not.
    """
    with inputs.reading() as con:
        known = _campaigns(con, inputs.as_of)
    own = _found(known, campaign_no)
    cut = inputs.as_of if own.starting_on is None else min(inputs.as_of, _before(own.starting_on))
    earlier = [_found(known, no) for no in learn_from] or list(_of_type(known, own, cut))
    _check_earlier(earlier, own, cut)
    meant = _canonical(target) if target else None
    learned = [_cohort(inputs, one, cut, meant, window_days) for one in sorted(earlier, key=_first)]
    tested = _cohort(inputs, own, inputs.as_of, meant, window_days) if inputs.as_of > cut else None
    tested = tested if tested is not None and len(tested.ids) else None
    who = _members(inputs, base, cut) if base or tested is None else tested.ids
    scored = Cohort(f"campaign {own.no}", cut, _ends_on(own, cut, window_days), who)
    like = {one.no for one in known.values() if own.type_code and one.type_code == own.type_code}
    features = responses_to(tuple(sorted(like | {own.no, *(one.no for one in earlier)})))
    return Task(tuple(learned), scored, tested, (*features, *(_of_target(meant) if meant else ())))


def _after(inputs: Inputs, target: Condition, base: str | None, cut: dt.date, window: dt.timedelta) -> Cohort:
    who, ends_on = _members(inputs, base, cut), cut + window
    return Cohort(f"after {cut.isoformat()}", cut, ends_on, who, _did(inputs, target, who, cut, ends_on))


def _cohort(
    inputs: Inputs, campaign: Campaign, until: dt.date, target: Condition | None, window_days: int | None
) -> Cohort:
    """Say who was a target of a campaign up to a day, and did it up to then."""
    cut = _before(_first(campaign))
    planned = _ends_on(campaign, cut, window_days)
    ends_on = min(until, planned)
    who = inputs.members({"steps": [{"add": {"campaign": campaign.no}}]}, until)
    did = _did(inputs, target or _response_to(campaign.no), who, cut, ends_on)
    return Cohort(f"campaign {campaign.no}", cut, ends_on, who, did, is_cut_short=ends_on < planned)


def _did(inputs: Inputs, target: Condition, who: Integers, cut: dt.date, ends_on: dt.date) -> Integers:
    asked = _within(target, {"between": [(cut + dt.timedelta(1)).isoformat(), ends_on.isoformat()]})
    return np.intersect1d(inputs.members({"steps": [{"add": asked}]}, ends_on), who)


def _canonical(target: Condition) -> Condition:
    """Check a target as any condition, and spell it out."""
    checked: Condition = Definition.from_dict({"steps": [{"add": dict(target)}]}).to_dict()["steps"][0]["add"]
    return checked


def _within(target: Condition, window: Condition) -> dict[str, Any]:
    """Ask for rows of the window wherever a target speaks of rows."""
    for group in ("all", "any"):
        if group in target:
            return {group: [_within(child, window) for child in target[group]]}
    if "not" in target:
        return {"not": _within(target["not"], window)}
    if "related" not in target:
        raise ConditionError(
            f"A target is what contacts do, so it speaks of related rows, and this does not: {dict(target)}.",
            "Write one such as {related: sales_entry}.",
        )
    if "within" in target:
        raise ConditionError("A target does not say when.", "Leave out within, and set window_days.")
    return {**target, "within": dict(window)}


def _of_target(target: Condition) -> tuple[Feature, ...]:
    """What contacts did before of the very thing: of the first rows that the target speaks of."""
    related = next(_related(target), None)
    if related is None:
        return ()
    where = {"where": related["where"]} if "where" in related else {}
    table = table_named("campaign_target" if related["related"] == "campaign_entry" else related["related"])
    return earlier_cases(related["related"], table.time, **where)


def _related(target: Condition) -> Iterator[Condition]:
    if "related" in target:
        yield target
    for child in [*target.get("all", ()), *target.get("any", ()), *([target["not"]] if "not" in target else [])]:
        yield from _related(child)


def _response_to(campaign_no: str) -> Condition:
    facts = {"campaign_no": campaign_no, "is_campaign_response": True, "is_canceled": False, "is_postponed": False}
    where = [{"field": name, "op": "is", "value": fact} for name, fact in facts.items()]
    return {"related": "interaction", "where": where}


def _members(inputs: Inputs, base: str | None, day: dt.date) -> Integers:
    who: dict[str, Any] = {"segment": base} if base else {"all": []}
    return inputs.members({"steps": [{"add": who}]}, day)


def _campaigns(con: Connection, as_of: dt.date) -> dict[str, Campaign]:
    return {row[0]: Campaign(*row) for row in con.execute(_CAMPAIGNS, [as_of]).fetchall()}


def _found(known: Mapping[str, Campaign], no: str) -> Campaign:
    if no not in known:
        raise NotFoundError(f'There is no campaign "{no}".', nearest(no, known))
    return known[no]


def _of_type(known: Mapping[str, Campaign], own: Campaign, cut: dt.date) -> Iterator[Campaign]:
    for one in known.values():
        if one.no != own.no and one.type_code == own.type_code and one.starting_on and one.starting_on <= cut:
            yield one


def _check_earlier(earlier: Sequence[Campaign], own: Campaign, cut: dt.date) -> None:
    if not earlier:
        raise MeasureError(
            f"No campaign of the type of {own.no} began up to {cut.isoformat()}, so there is none to learn from.",
            "Name earlier campaigns: learn_from.",
        )
    for one in earlier:
        if _first(one) > cut:
            began = f"began on {one.starting_on.isoformat()}" if one.starting_on else "has no first day"
            raise MeasureError(
                f"Campaign {one.no} {began}, and nothing of it was known on {cut.isoformat()}, before {own.no}.",
                "Learn from campaigns that began earlier.",
            )


def _ends_on(campaign: Campaign, cut: dt.date, window_days: int | None) -> dt.date:
    if window_days is None and campaign.ending_on is not None and campaign.ending_on > cut:
        return campaign.ending_on
    return cut + dt.timedelta(window_days or DEFAULT_WINDOW)


def _first(campaign: Campaign) -> dt.date:
    """Give the first day; a campaign without one began before nothing, and was refused."""
    return campaign.starting_on or dt.date.max


def _before(day: dt.date) -> dt.date:
    return day - dt.timedelta(1)
