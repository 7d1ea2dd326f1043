"""Who is in a segment, by sets of contacts: the reference for whole definitions, slow and obvious."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from hashlib import sha256
from typing import Any
from unicodedata import category
from zoneinfo import ZoneInfo

import pandas as pd

from pipelines.binding import bind, bind_order, spelled_out
from pipelines.bound import BoundRelated, BoundScore
from pipelines.catalogue import Catalogue
from pipelines.conditions import (
    All,
    AnyOf,
    CampaignReference,
    CompanyHas,
    ListReference,
    Not,
    SegmentReference,
    SnapshotReference,
    SqlCondition,
)
from pipelines.context import Context
from pipelines.definition import ContactType, Definition, Limit, OrderBy, Sample
from pipelines.matching import contacts_satisfying, lowered, measures, plain_rows, scored_values
from pipelines.suppressing import reasons

Reference = SegmentReference | SnapshotReference | ListReference | SqlCondition


def members(
    definition: Definition,
    frames: Mapping[str, pd.DataFrame],
    catalogue: Catalogue,
    context: Context,
    references: Mapping[Reference, Collection[int]] | None = None,
) -> list[int]:
    """Find the members of a segment.

    Parameters
    ----------
    definition : Definition
        The segment.
    frames : mapping of str to pandas.DataFrame
        As for `pipelines.matching.contacts_satisfying`.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day, and the store's calendar; the definition's own zone and week prevail.
    references : mapping of Reference to collection of int, optional
        The contact ids of each segment, snapshot, list and query that the definition refers to.

    Returns
    -------
    list of int
        Contact ids, ordered by contact number.

    Raises
    ------
    ConditionError
        When a field, operator or value does not fit.
    KeyError
        When a reference is not among `references`.
    """
    return _Evaluation(definition, frames, catalogue, context, {} if references is None else references).members()


def satisfying(
    condition: Any,
    frames: Mapping[str, pd.DataFrame],
    catalogue: Catalogue,
    context: Context,
    references: Mapping[Reference, Collection[int]],
) -> frozenset[int]:
    """Find the contacts that satisfy one condition.

    Parameters
    ----------
    condition : Condition
        Any condition, groups and references included.
    frames : mapping of str to pandas.DataFrame
        As for `members`.
    catalogue : Catalogue
        The fields there are.
    context : Context
        The day and calendar.
    references : mapping of Reference to collection of int
        As for `members`.

    Returns
    -------
    frozenset of int
        Contact ids.

    Raises
    ------
    ConditionError
        When a field, operator or value does not fit.
    KeyError
        When a reference is not among `references`.
    """
    everybody = Definition(steps=({"add": {"all": []}},))
    return _Evaluation(everybody, frames, catalogue, context, references).holds_for(condition)


class _Evaluation:
    """One evaluation of one definition."""

    def __init__(
        self,
        definition: Definition,
        frames: Mapping[str, pd.DataFrame],
        catalogue: Catalogue,
        context: Context,
        references: Mapping[Reference, Collection[int]],
    ) -> None:
        self.definition, self.frames, self.catalogue, self.references = (
            definition,
            frames,
            catalogue,
            references,
        )
        zone = ZoneInfo(definition.time_zone) if definition.time_zone else context.zone
        week = definition.week_starts_on or context.week_starts_on
        self.context = dataclasses.replace(context, zone=zone, week_starts_on=week)
        self.everybody = frozenset(int(i) for i in frames["contact"]["contact_id"])

    def members(self) -> list[int]:
        found = self.after_steps() & self.base()
        for condition in reasons(self.definition.suppress).values():
            found -= self.holds_for(condition)
        ordered = sorted(found, key=self.values("contact_no").__getitem__)
        return sorted(self.limited(ordered, self.definition.limit), key=ordered.index)

    def base(self) -> frozenset[int]:
        base = self.definition.base
        if base is None:
            return self.everybody
        return self.of_type(base.type) if isinstance(base, ContactType) else self.holds_for(base)

    def of_type(self, type_: str) -> frozenset[int]:
        contacts = self.frames["contact"]
        return frozenset(int(i) for i in contacts["contact_id"][contacts["type"] == type_])

    def after_steps(self) -> frozenset[int]:
        found: frozenset[int] = frozenset()
        for step in self.definition.steps:
            hits = self.holds_for(step.condition)
            found = {"add": found | hits, "reduce": found - hits, "refine": found & hits}[step.action]
        return found

    def holds_for(self, condition: Any) -> frozenset[int]:
        if isinstance(condition, All):
            return self.everybody.intersection(*map(self.holds_for, condition.children))
        if isinstance(condition, AnyOf):
            return frozenset().union(*map(self.holds_for, condition.children))
        if isinstance(condition, Not):
            return self.everybody - self.holds_for(condition.not_)
        if isinstance(condition, CompanyHas):
            return self.at_a_company_of(self.holds_for(condition.company_has))
        if isinstance(condition, CampaignReference):
            return self.holds_for(spelled_out(condition))
        if isinstance(condition, Reference):
            return self.everybody & frozenset(self.references[condition])
        return frozenset(
            int(i) for i in contacts_satisfying(bind(condition, self.catalogue, self.context), self.frames)
        )

    def at_a_company_of(self, some: frozenset[int]) -> frozenset[int]:
        """Find everybody at the companies of some; who has no company stands for himself."""
        types, numbers, companies = (self.values(name) for name in ("type", "contact_no", "company_no"))
        company_of = {
            i: (numbers[i] if types[i] == "company" else companies[i]) or ("alone", i) for i in self.everybody
        }
        theirs = {company_of[i] for i in some}
        return frozenset(i for i in self.everybody if company_of[i] in theirs)

    def limited(self, ordered: list[int], limit: Limit | None) -> list[int]:
        """Keep one of each, then a sample, then who comes first; equal ones keep the order they are given in."""
        if limit is None:
            return ordered
        kept = self.without_duplicates(self.sorted(ordered, limit.survivor or limit.by), limit.one_per)
        if limit.sample is not None:
            kept = self.drawn(kept, limit.sample)
        kept = self.sorted([i for i in ordered if i in set(kept)], limit.by)
        return [i for place, i in self.places(kept, limit.per) if limit.top is None or place <= limit.top]

    def sorted(self, ordered: list[int], by: tuple[OrderBy, ...]) -> list[int]:
        for key in reversed(by):
            values = self.values(key.name)
            known = [i for i in ordered if values[i] is not None]
            known.sort(key=values.__getitem__, reverse=key.order == "descending")  # equals keep their order
            ordered = known + [i for i in ordered if values[i] is None]
        return ordered

    def places(self, ordered: list[int], per: str | None) -> Iterator[tuple[int, int]]:
        """Number the contacts from 1, in each group where there are groups."""
        groups = self.values(per) if per else dict.fromkeys(ordered)
        sizes: Counter[Any] = Counter()
        for i in ordered:
            sizes[groups[i]] += 1
            yield sizes[groups[i]], i

    def drawn(self, found: list[int], sample: Sample) -> list[int]:
        numbers = self.values("contact_no")
        hashes = {i: sha256(f"{sample.seed}:{numbers[i]}".encode()).digest() for i in found}
        if sample.n is not None:
            return sorted(found, key=hashes.__getitem__)[: sample.n]
        return [i for i in found if Fraction(int.from_bytes(hashes[i]), 2**256) < Fraction(sample.share or 0)]

    def without_duplicates(self, ordered: list[int], one_per: str | None) -> list[int]:
        if one_per in (None, "contact"):
            return ordered
        columns = {name: self.values(name) for name in _KEYS}
        first_of: dict[object, int] = {}
        for i in ordered:
            key = _duplicate_key(str(one_per), {name: columns[name][i] for name in _KEYS})
            first_of.setdefault(key or ("no key", i), i)
        return list(first_of.values())

    def values(self, name: str) -> dict[int, Any]:
        """Give the value of a field for each contact."""
        found = bind_order(name, self.catalogue, self.context)
        if isinstance(found, BoundRelated):
            return measures(found, self.frames)
        if isinstance(found, BoundScore):
            return scored_values(found, self.frames)
        contacts = self.frames["contact"]
        rows = plain_rows(contacts, [found])
        return {int(i): row[name] for i, row in zip(contacts["contact_id"], rows, strict=True)}


_ADDRESS = ("address", "address_2", "post_code", "city", "country_code")
_KEYS = ("contact_no", "company_no", "email", "phone_no", "mobile_phone_no", *_ADDRESS)


def _duplicate_key(one_per: str, contact: Mapping[str, str | None]) -> str | None:
    """Tell by what a contact is a duplicate of others; None for one that is not."""
    if one_per == "company":
        return contact["company_no"] or contact["contact_no"]
    if one_per == "household":
        return "|".join(_letters(contact[name]) for name in _ADDRESS) if _letters(contact["address"]) else None
    if one_per == "email":
        return lowered((contact["email"] or "").strip()) or None
    numbers = (re.sub("[^0-9]", "", contact[name] or "").removeprefix("00") for name in ("mobile_phone_no", "phone_no"))
    return next(filter(None, numbers), None)


def _letters(text: str | None) -> str:
    """Keep the letters and digits of a text, in lower case."""
    return "".join(sign for sign in lowered(text or "") if category(sign)[0] in "LN")
