"""Differences of two definitions read out, in any language that has a catalogue."""

from __future__ import annotations

from typing import Any

from pipelines.conditions import SequenceStep
from pipelines.definition import Examples, Invariants
from pipelines.differences import Difference
from workbench.segments.wording import ROWS, Translate, _, label, part

KINDS = {
    "added": _("new: {what}"), "removed": _("gone: {what}"), "moved": _("moved here from {place}: {what}"),
    "reordered": _("another order, the same meaning"),
}  # fmt: skip
KEYS = {
    "value": _("value"), "op": _("operator"), "within": _("window"), "where": _("which rows"), "measure": _("measure"),
    "unknown": _("whether unknown values count"), "ignore_case": _("upper and lower case"), "limit": _("limit"),
    "top": _("at most"), "per": _("of each"), "by": _("order"), "one_per": _("one per"), "survivor": _("who stays"),
    "sample": _("sample"), "base": _("base"), "name": _("name"), "description": _("description"),
    "time_zone": _("time zone"), "week_starts_on": _("first day of the week"), "examples": _("examples"),
    "invariants": _("invariants"), "in_last": _("in the last"), "but_not_in_last": _("but not in the last"),
    "gap": _("gap"), "back_in_last": _("back in the last"), "at_least": _("at least"), "of_last": _("of the last"),
    "in": _("in how many"),
}  # fmt: skip
GROUPS = {"all": _("all of it holds"), "any": _("any of it holds"), "not": _("it does not hold")}
WITH = _("with {rule}")
STEPS = {"add": _("add"), "reduce": _("remove"), "refine": _("keep only")}
TESTS = {
    "inside": _("{names} inside"), "outside": _("{names} outside"), "subset_of": _("a part of {names}"),
    "size_between": _("between {low} and {high} members"),
}  # fmt: skip
_OWN_WORDS = {"group": GROUPS, "action": STEPS}
_WHOLE = ("condition", "event", "step", "suppression", "segment")


def said(difference: Difference, translate: Translate = _, place: Translate = str) -> str:
    """Read one difference out.

    Parameters
    ----------
    difference : Difference
        As from `pipelines.differences.differences`.
    translate : callable, optional
        Gives a text in another language; English where it is absent.
    place : callable, optional
        Gives a place in a definition in another language.

    Returns
    -------
    str
        A clause without the place of the difference, such as ``"value 20 -> 18 (age is at least 18)"``.
    """
    words = _Words(translate)
    if difference.kind == "reordered":
        return translate(KINDS["reordered"])
    if difference.part in _WHOLE:
        what = words.whole(difference.before if difference.after is None else difference.after)
        return translate(KINDS[difference.kind]).format(what=what, place=place(difference.was_at))
    return words.key(difference)


class _Words:
    """The reading in one language."""

    def __init__(self, translate: Translate) -> None:
        self.t = translate

    def key(self, difference: Difference) -> str:
        """Read out what became of one key, and of which condition it is."""
        before, after = (self.value(value, difference) for value in (difference.before, difference.after))
        if difference.part in _OWN_WORDS:
            return f"{before} -> {after}"
        key = self.t(KEYS.get(difference.part, label(difference.part)))
        if difference.kind == "changed":
            text = f"{key} {before} -> {after}"
        else:
            text = f"{key}: {self.t(KINDS[difference.kind]).format(what=after or before)}"
        return text if difference.of is None else f"{text} ({self.whole(difference.of)})"

    def value(self, value: Any, difference: Difference) -> str:
        key = difference.part
        if value is None or value == ():
            return "-" if difference.kind == "changed" else ""
        if key in _OWN_WORDS:
            return self.t(_OWN_WORDS[key][value])
        if isinstance(value, Examples | Invariants):
            return self.tests(value)
        return part(value, str(getattr(difference.of, "op", "")) if key == "value" else key, self.t)

    def whole(self, value: Any) -> str:
        return self.event(value) if isinstance(value, SequenceStep) else part(value, "", self.t)

    def event(self, event: SequenceStep) -> str:
        rows = self.t(ROWS.get(event.related, event.related))
        if event.where is None:
            return rows
        return f"{rows} {self.t(WITH).format(rule=part(event.where, '', self.t))}"

    def tests(self, value: Examples | Invariants) -> str:
        found = []
        for key, text in TESTS.items():
            if held := getattr(value, key, ()):
                low, high = held if key == "size_between" else ("", "")
                found.append(self.t(text).format(names=", ".join(map(str, held)), low=low, high=high))
        return "; ".join(found)
