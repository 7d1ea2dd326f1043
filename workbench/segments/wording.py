"""A definition read out as one sentence, in any language that has a catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipelines.conditions import (
    HABIT_KEYS,
    All,
    AnyOf,
    CampaignReference,
    CompanyHas,
    FieldCondition,
    Habit,
    ListReference,
    Measure,
    Not,
    Related,
    ScoreCondition,
    SegmentReference,
    Sequence,
    SequenceStep,
    SnapshotReference,
    SqlCondition,
    Window,
)
from pipelines.definition import ContactType, Definition, Limit, OrderBy, Sample, Step
from pipelines.scores import parted
from pipelines.suppressing import FrequencyCap, NoConsent
from pipelines.values import Node, Span

Translate = Callable[[str], str]


def _(text: str) -> str:
    """Mark a text for the catalogues; it is translated where it is used."""
    return text


OPERATORS = {
    "is": _("is"), "is_not": _("is not"), "in": _("is one of"), "not_in": _("is none of"), "contains": _("contains"),
    "not_contains": _("does not contain"), "starts_with": _("starts with"), "not_starts_with": _("does not start with"),
    "ends_with": _("ends with"), "not_ends_with": _("does not end with"), "matches": _("matches"),
    "not_matches": _("does not match"), "less_than": _("is less than"), "at_most": _("is at most"),
    "more_than": _("is more than"), "at_least": _("is at least"), "between": _("is between"),
    "not_between": _("is not between"), "on": _("is on"), "not_on": _("is not on"), "before": _("is before"),
    "on_or_before": _("is on or before"), "after": _("is after"), "on_or_after": _("is on or after"),
    "in_last": _("is in the last"), "not_in_last": _("is not in the last"), "in_next": _("is in the next"),
    "not_in_next": _("is not in the next"), "anniversary_in_next": _("has its anniversary in the next"),
    "this": _("is in this"), "previous": _("is in the previous"),
    "next": _("is in the coming"), "any_of": _("has any of"), "none_of": _("has none of"), "all_of": _("has all of"),
    "not_all_of": _("lacks one of"), "is_empty": _("is empty"), "is_not_empty": _("is not empty"),
    "is_known": _("is recorded"), "is_unknown": _("is not recorded"), "filter": _("matches the filter"),
}  # fmt: skip
NEGATIVE = (
    "is_not", "not_in", "not_contains", "not_starts_with", "not_ends_with", "not_matches", "not_between", "not_on",
    "not_in_last", "not_in_next",
)  # fmt: skip
ROWS = {
    "interaction": _("interactions"), "opportunity": _("opportunities"), "sales_entry": _("sales entries"),
    "campaign_entry": _("campaign entries"), "consent": _("consents"), "business_relation": _("business relations"),
    "profile_answer": _("profile answers"), "task": _("tasks"), "purchase_entry": _("purchase entries"),
    "comment": _("comments"), "web_source": _("web sources"), "alternative_address": _("alternative addresses"),
    "opportunity_entry": _("steps through sales cycles"),
}  # fmt: skip
MEASURES = {
    "count": _("number"), "distinct": _("number of different {field}"), "sum": _("sum of {field}"),
    "average": _("average {field}"), "minimum": _("lowest {field}"), "maximum": _("highest {field}"),
    "first": _("first {field}"), "latest": _("latest {field}"),
}  # fmt: skip
UNITS = {
    "day": (_("day"), _("days")), "week": (_("week"), _("weeks")), "month": (_("month"), _("months")),
    "quarter": (_("quarter"), _("quarters")), "year": (_("year"), _("years")),
    "fiscal_quarter": (_("fiscal quarter"), _("fiscal quarters")), "fiscal_year": (_("fiscal year"), _("fiscal years")),
}  # fmt: skip
WINDOWS = {
    "in_last": _("in the last {value}"), "this": _("in this {value}"), "previous": _("in the previous {value}"),
    "on": _("on {value}"), "before": _("before {value}"), "on_or_before": _("on or before {value}"),
    "after": _("after {value}"), "on_or_after": _("on or after {value}"), "between": _("between {value}"),
}  # fmt: skip
HABITS = {
    "first_time": _("they had {rows} for the first time in the last {in_last}"),
    "stopped": _("they had {rows} in the last {in_last}, but none in the last {but_not_in_last}"),
    "restarted": _("they had {rows} again in the last {back_in_last}, after none for {gap}"),
    "regularly": _("they had {rows} in at least {in} of the last {of_last}"),
}  # fmt: skip
ACTIONS = {"add": _("add {who}"), "reduce": _("remove {who}"), "refine": _("keep only {who}")}
BASES = {"person": _("Of all people"), "company": _("Of all companies")}
ONE_PER = {
    "contact": _("contact"), "company": _("company"), "household": _("household"), "email": _("email"),
    "phone": _("phone"),
}  # fmt: skip
ORDERS = {"ascending": _("ascending"), "descending": _("descending")}
SUPPRESSIONS = {
    "excluded_from_segments": _("those excluded from segments"), "privacy_blocked": _("those blocked for privacy"),
}  # fmt: skip


def sentence(definition: Definition, translate: Translate = _) -> str:
    """Read a whole definition out.

    Parameters
    ----------
    definition : Definition
        The segment.
    translate : callable, optional
        Gives the text in another language; English where it is absent.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> sentence(Definition.from_dict({"field": "city", "op": "is_not", "value": "Prague"}))
    'Of all contacts: add those where city is not Prague (or not recorded).'
    """
    return _Words(translate).definition(definition)


def rule(condition: Any, translate: Translate = _) -> str:
    """Read one condition out.

    Parameters
    ----------
    condition : Condition
        Any condition.
    translate : callable, optional
        Gives the text in another language; English where it is absent.

    Returns
    -------
    str
        A clause, without capital and full stop.
    """
    return _Words(translate).condition(condition)


def part(value: Any, key: str = "", translate: Translate = _) -> str:
    """Read one part of a definition out.

    Parameters
    ----------
    value : object
        A step, a condition, a base, a window, a measure, an order, a limit, a suppression or a plain value.
    key : str, optional
        What it is the value of: an operator's name for what a field is compared with, ``"op"`` for an operator.
    translate : callable, optional
        Gives the text in another language; English where it is absent.

    Returns
    -------
    str
        A clause, without capital and full stop.
    """
    return _Words(translate).part(value, key)


def label(name: str) -> str:
    """Read a field's name out.

    Parameters
    ----------
    name : str
        In snake case, perhaps with ``company.`` in front.

    Returns
    -------
    str
        ``"post code"`` for ``"post_code"``.
    """
    return name.replace("company.", "company ").replace("_", " ")


class _Words:
    """The reading in one language."""

    def __init__(self, translate: Translate) -> None:
        self.t = translate

    def part(self, value: Any, key: str) -> str:
        readers: dict[type, Callable[[Any], str]] = {
            Definition: self.definition, Step: self.step, Limit: self.limit, Window: self.window, Sample: self.sample,
            Measure: self.measure, ContactType: self.base, NoConsent: self.suppression, FrequencyCap: self.suppression,
        }  # fmt: skip
        reader = next((read for kind, read in readers.items() if isinstance(value, kind)), None)
        if reader is not None:
            return reader(value)
        if isinstance(value, Node) and not isinstance(value, Span):
            return self.condition(value)
        if isinstance(value, tuple) and value and isinstance(value[0], OrderBy):
            return self.order(value)
        if key == "op":
            return self.t(OPERATORS[value])
        return self.t(SUPPRESSIONS[value]) if value in SUPPRESSIONS else self.value(value, key)

    def step(self, step: Step) -> str:
        who = self.t(_("those where {rule}")).format(rule=self.condition(step.condition))
        return self.t(ACTIONS[step.action]).format(who=who)

    def definition(self, definition: Definition) -> str:
        steps = [self.step(step) for step in definition.steps]
        parts = [f"{self.base(definition.base)}: " + self.t(_("; then ")).join(steps)]
        if definition.suppress:
            parts.append(self.t(_("never {who}")).format(who=", ".join(map(self.suppression, definition.suppress))))
        if definition.limit:
            parts.append(self.limit(definition.limit))
        return "; ".join(parts) + "."

    def base(self, base: Any) -> str:
        if base is None:
            return self.t(_("Of all contacts"))
        if isinstance(base, ContactType):
            return self.t(BASES[base.type])
        return self.t(_("Of contacts where {rule}")).format(rule=self.condition(base))

    def condition(self, condition: Any) -> str:
        if isinstance(condition, All | AnyOf):
            return self.group(condition)
        if isinstance(condition, Not):
            return self.t(_("not ({rule})")).format(rule=self.condition(condition.not_))
        if isinstance(condition, FieldCondition):
            return f"{self.field(condition.field)} {self.test(condition)}"
        if isinstance(condition, Sequence):
            return self.sequence(condition)
        if isinstance(condition, Habit):
            return self.habit(condition)
        if isinstance(condition, ScoreCondition):
            return f"{self.field(f'score.{condition.score}.{condition.field}')} {self.test(condition)}"
        if isinstance(condition, SqlCondition):
            return self.t(_("(SQL) {query}")).format(query=" ".join(condition.sql.split()))
        if isinstance(condition, CompanyHas):
            somebody = self.t(_("somebody at their company is one where {rule}"))
            return somebody.format(rule=self.condition(condition.company_has))
        return self.related(condition) if isinstance(condition, Related) else self.reference(condition)

    def field(self, name: str) -> str:
        if name.startswith("company."):
            return self.t(_("company {field}")).format(field=self.field(name.removeprefix("company.")))
        if (of_score := parted(name)) is not None:
            return self.t(_("{field} of the score {score}")).format(field=self.field(of_score[1]), score=of_score[0])
        return self.t(label(name))

    def group(self, group: All | AnyOf) -> str:
        if not group.children:
            return self.t(_("anything holds")) if isinstance(group, All) else self.t(_("nothing holds"))
        said = [self.condition(child) for child in group.children]
        said = [
            f"({text})" if isinstance(child, All | AnyOf) and len(child.children) > 1 and len(said) > 1 else text
            for child, text in zip(group.children, said, strict=True)
        ]
        return (self.t(_(" and ")) if isinstance(group, All) else self.t(_(" or "))).join(said)

    def test(self, condition: FieldCondition | Related | ScoreCondition) -> str:
        words = [self.t(OPERATORS[condition.op])]
        if condition.value is not None:
            words.append(self.value(condition.value, condition.op))
        if condition.ignore_case:
            words.append(self.t(_("(upper or lower case)")))
        if condition.unknown == "exclude":
            words.append(self.t(_("(and is recorded)")))
        elif condition.op in NEGATIVE:
            words.append(self.t(_("(or not recorded)")))
        return " ".join(words)

    def value(self, value: Any, op: str) -> str:
        if isinstance(value, Span):
            one, many = UNITS[value.unit]
            return f"{value.n} {self.t(one if value.n == 1 else many)}"
        if isinstance(value, bool):
            return self.t(_("yes")) if value else self.t(_("no"))
        if isinstance(value, tuple):
            between = op in ("between", "not_between")
            return (self.t(_(" and ")) if between else ", ").join(self.value(item, op) for item in value) or self.t(
                _("nothing")
            )
        return self.t(UNITS[value][0]) if op in ("this", "previous", "next") else str(value)

    def related(self, condition: Related) -> str:
        rows = self.rows(condition)
        if condition.within is not None:
            rows += " " + self.window(condition.within)
        measure = self.measure(condition.measure)
        return self.t(_("the {measure} of {rows} {test}")).format(measure=measure, rows=rows, test=self.test(condition))

    def rows(self, condition: Related | SequenceStep | Habit) -> str:
        rows = self.t(ROWS.get(condition.related, condition.related))
        if condition.where is None:
            return rows
        return rows + " " + self.t(_("with {rule}")).format(rule=self.condition(condition.where))

    def sequence(self, condition: Sequence) -> str:
        events = self.t(_(", then ")).join(map(self.rows, condition.sequence))
        words = [self.t(_("they had {events}")).format(events=events)]
        if condition.within is not None:
            words.append(self.t(_("within {span}")).format(span=self.value(condition.within, "within")))
        if condition.in_last is not None:
            words.append(self.t(_("all in the last {span}")).format(span=self.value(condition.in_last, "in_last")))
        return ", ".join(words)

    def habit(self, condition: Habit) -> str:
        said = {key: self.value(condition.of(key), key) for key in HABIT_KEYS[condition.habit]}
        rows = self.rows(condition)
        if condition.habit == "regularly":
            count, per = condition.of("of_last"), condition.of("per")
            said["of_last"] = self.value(Span(n=count, unit=per), "of_last")
            if condition.at_least != 1:
                rows = self.t(_("at least {n} {rows} each")).format(n=condition.at_least, rows=rows)
        return self.t(HABITS[condition.habit]).format(rows=rows, **said)

    def measure(self, measure: Measure) -> str:
        return self.t(MEASURES[measure.kind]).format(field=self.field(str(measure.field)))

    def window(self, window: Window) -> str:
        return self.t(WINDOWS[window.op]).format(value=self.value(window.value, window.op))

    def reference(self, reference: Any) -> str:
        if isinstance(reference, SegmentReference):
            return self.t(_("they are in segment {name}")).format(name=reference.segment)
        if isinstance(reference, SnapshotReference):
            return self.t(_("they are in snapshot {name}")).format(name=reference.snapshot)
        if isinstance(reference, ListReference):
            return self.t(_("they are on list {name}")).format(name=reference.list)
        return self.campaign(reference)

    def campaign(self, reference: CampaignReference) -> str:
        words = [self.t(_("campaign {no} targeted them")).format(no=reference.campaign)]
        if reference.arm is not None:
            words.append(self.t(_("in arm {arm}")).format(arm=reference.arm))
        if reference.responded is not None:
            words.append(
                self.t(_("and they responded")) if reference.responded else self.t(_("and they did not respond"))
            )
        return " ".join(words)

    def suppression(self, item: Any) -> str:
        if isinstance(item, NoConsent):
            return self.t(_("those without consent for {channel}")).format(channel=self.t(item.no_consent.channel))
        if isinstance(item, FrequencyCap):
            cap = item.frequency_cap
            text = self.t(_("those written to {n} times or more in the last {span}"))
            return text.format(n=cap.max, span=self.value(cap.in_last, "in_last"))
        return self.t(SUPPRESSIONS[item])

    def limit(self, limit: Limit) -> str:
        words = []
        if limit.one_per:
            words.append(self.t(_("one per {key}")).format(key=self.t(ONE_PER[limit.one_per])))
        if limit.survivor:
            words.append(self.t(_("(who stays: {order})")).format(order=self.order(limit.survivor)))
        if limit.sample:
            words.append(self.sample(limit.sample))
        if limit.top:
            text = _("at most {n} of each {field}") if limit.per else _("at most {n}")
            words.append(self.t(text).format(n=limit.top, field=self.field(str(limit.per))))
        if limit.by:
            words.append(self.t(_("by {order}")).format(order=self.order(limit.by)))
        return " ".join(words)

    def order(self, by: tuple[OrderBy, ...]) -> str:
        return ", ".join(f"{self.order_field(item)} {self.t(ORDERS[item.order])}" for item in by)

    def order_field(self, item: OrderBy) -> str:
        if item.score is None:
            return self.field(item.field)
        return self.t(_("{field} of the score {score}")).format(field=self.field(item.field), score=item.score)

    def sample(self, sample: Sample) -> str:
        text = _("a random {n} (seed {seed})") if sample.n else _("a random {percent} % (seed {seed})")
        percent = f"{100 * (sample.share or 0):g}"
        return self.t(text).format(n=sample.n, percent=percent, seed=sample.seed)
