"""An explanation read out, in any language that has a catalogue, and written as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pipelines.conditions import FieldCondition, kind_of
from pipelines.schema import Column, FieldType
from pipelines.truths import DecidingRow, Node
from pipelines.verdicts import Flip, LimitVerdict, Verdict
from workbench.segments.wording import Translate, _, label, rule

Show = Callable[[Column, Any], str]


TRUTHS = {True: "true", False: "false", None: "unknown"}
REASONS = {
    "excluded_from_segments": _("excluded from segments"), "privacy_blocked": _("blocked for privacy"),
    "no_consent": _("no consent"), "frequency_cap": _("written to too often"),
}  # fmt: skip
_MORE = {"at_least": _("needs at least {needed}, has {value}: {gap} more"),
         "at_most": _("needs at most {needed}, has {value}: {gap} fewer")}  # fmt: skip
_BOUNDS = {
    "at_least": _("needs at least {needed}, has {value}"), "at_most": _("needs at most {needed}, has {value}"),
    "more_than": _("needs more than {needed}, has {value}"), "less_than": _("needs less than {needed}, has {value}"),
}  # fmt: skip
_TURNED = {"at_least": "less_than", "at_most": "more_than", "more_than": "at_most", "less_than": "at_least"}
_STRICT = {"more_than": ("at_least", 1), "less_than": ("at_most", -1)}
_COUNTS = (FieldType.INTEGER,)
_NUMBERS = (FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER)


def written(value: Any, zone: dt.tzinfo = dt.UTC) -> str:
    """Write a plain value in English.

    Parameters
    ----------
    value : object
        Of any type of field, known; instants are naive, in UTC.
    zone : datetime.tzinfo, optional
        Whose clock instants are read on.

    Returns
    -------
    str
        Days as ISO text; instants with the name of the zone behind them.
    """
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        local = value.replace(tzinfo=dt.UTC).astimezone(zone)
        return f"{local:%Y-%m-%d %H:%M} {zone}"
    if isinstance(value, Decimal | float | int):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return str(value)


def shown(_column: Column, value: Any) -> str:
    """Write the value of a column in English.

    Parameters
    ----------
    _column : Column
        What it is a value of.
    value : object
        A plain value that is known.

    Returns
    -------
    str
        As from `written`.
    """
    return written(value)


def shown_in(zone: dt.tzinfo) -> Show:
    """Give the way to write values in English on the clock of a zone.

    Parameters
    ----------
    zone : datetime.tzinfo
        Whose clock instants are read on.

    Returns
    -------
    callable
        To be given to the other functions of this module.
    """
    return lambda _column, value: written(value, zone)


def sentence(verdict: Verdict, translate: Translate = _, show: Show = shown) -> str:
    """Read a verdict out.

    Parameters
    ----------
    verdict : Verdict
        What was found.
    translate : callable, optional
        Gives the text in another language; English where it is absent.
    show : callable, optional
        Writes the value of a column.

    Returns
    -------
    str
        One sentence.
    """
    return _Teller(translate, show).sentence(verdict)


def flip(found: Flip, translate: Translate = _, show: Show = shown) -> str:
    """Read a single change out that would turn the verdict around.

    Parameters
    ----------
    found : Flip
        The change.
    translate : callable, optional
        As for `sentence`.
    show : callable, optional
        As for `sentence`.

    Returns
    -------
    str
        What would have to be otherwise: a clause, without capital and full stop.
    """
    return _Teller(translate, show).flip(found)


def met(node: Node, translate: Translate = _, show: Show = shown) -> str:
    """Read out what a rule met.

    Parameters
    ----------
    node : Node
        A rule.
    translate : callable, optional
        As for `sentence`.
    show : callable, optional
        As for `sentence`.

    Returns
    -------
    str
        The value, ``"not recorded"``, or nothing where the rule compares no value.
    """
    return _Teller(translate, show).met(node)


def plain(verdict: Verdict) -> dict[str, Any]:
    """Write what was found as plain JSON values.

    Parameters
    ----------
    verdict : Verdict
        What was found.

    Returns
    -------
    dict
        Keys base, steps, suppressions, limit and flips.
    """
    base, limit = verdict.tree.base, verdict.limit
    return {
        "base": base and plain_node(base),
        "steps": [
            {"step": step.number, "action": step.action, "effect": step.effect, "is_in_after": step.is_in_after,
             "tree": plain_node(step.group)}
            for step in verdict.steps
        ],
        "suppressions": [
            {"reason": one.reason, "holds": one.holds, "is_the_reason": one.is_the_reason,
             "tree": plain_node(one.condition)}
            for one in verdict.suppressions
        ],
        "limit": limit and {"is_inside": limit.stage is None, **vars(limit)},
        "flips": [
            {"path": one.paths[0], "paths": list(one.paths), "change": one.change,
             "rule": one.node and rule(one.node.condition), "sentence": flip(one)}
            for one in verdict.flips
        ],
    }  # fmt: skip


def plain_node(node: Node) -> dict[str, Any]:
    """Write a rule or group as plain JSON values.

    Parameters
    ----------
    node : Node
        The root.

    Returns
    -------
    dict
        Truth as ``"true"``, ``"false"`` or ``"unknown"``.
    """
    return {
        "path": node.path,
        "kind": kind_of(node.condition),
        "sentence": rule(node.condition),
        "truth": TRUTHS[node.truth],
        "holds": node.holds,
        "value": _plain(node.met.value),
        "row_count": node.met.row_count,
        "rows": [_plain_row(row) for row in node.met.rows],
        "children": [plain_node(child) for child in node.children],
    }


def _plain_row(row: DecidingRow) -> dict[str, Any]:
    return {"table": row.table, **{name: _plain(value) for name, value in row.values.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        return value.isoformat() + "Z"
    return value.isoformat() if isinstance(value, dt.date) else value


class _Teller:
    """The reading in one language."""

    def __init__(self, translate: Translate, show: Show) -> None:
        self.t, self.show = translate, show

    def sentence(self, verdict: Verdict) -> str:
        said = self.t(_("{no} is in: {why}")) if verdict.is_member else self.t(_("{no} is out: {why}"))
        why = [self.steps(verdict)]
        if verdict.suppressed_by is not None:
            why.append(self.t(_("suppressed: {reason}")).format(reason=self.reason(verdict.suppressed_by)))
        if verdict.limit is not None:
            why += self.limit(verdict.limit)
        return said.format(no=verdict.contact_no, why="; ".join(why)) + "."

    def steps(self, verdict: Verdict) -> str:
        if verdict.deciding_step is None:
            return self.t(_("it is not in the base, because {reasons}")).format(reasons=self.because(verdict.tree.base))
        step = verdict.steps[verdict.deciding_step - 1]
        text = {
            ("add", "nothing"): _("step {number} did not add it, because {reasons}"),
            ("reduce", "removed"): _("step {number} removed it, because {reasons}"),
            ("refine", "removed"): _("step {number} removed it, because {reasons}"),
        }.get((step.action, step.effect), _("step {number} keeps it out, because {reasons}"))
        if step.action == "add" and step.group.holds:
            text = _("step {number} added it, because {reasons}")
        return self.t(text).format(number=step.number, reasons=self.because(step.group))

    def because(self, root: Node | None) -> str:
        rules = deciding(root) if root else ()
        nothing = self.t(_("everybody is")) if root and root.holds else self.t(_("nobody is"))
        return self.t(_(" and ")).join(map(self.said, rules)) or nothing

    def said(self, node: Node) -> str:
        value, text = self.met(node), rule(node.condition, self.t)
        if not node.holds:
            text = self.t(_("it is not so that {rule}")).format(rule=text)
        return f"{text} [{value}]" if value and not _says_its_value(node) else text

    def reason(self, reason: str) -> str:
        kind, _colon, detail = reason.partition(": ")
        known = kind.split(" ")[0]
        text = self.t(REASONS.get(known, known))
        return f"{text} ({self.t(detail)})" if detail else text

    def limit(self, limit: LimitVerdict) -> list[str]:
        if limit.stage == "one_per":
            text = self.t(_("the limit keeps {survivor} in its place, who has the same: {key}"))
            return [text.format(survivor=limit.survivor_no, key=limit.key)]
        if limit.stage == "sample":
            return [self.t(_("the sample did not draw it"))]
        if limit.place is None:
            return []
        text = {
            None: _("at place {place} of {size} it is among the first {top}"),
            "top": _("at place {place} of {size} it is not among the first {top}"),
        }[limit.stage]
        return [self.t(text).format(place=limit.place, size=limit.size, top=limit.top)]

    def met(self, node: Node) -> str:
        if node.met.column is None:
            return ""
        if node.met.value is None:
            return self.t(_("not recorded"))
        return self.show(node.met.column, node.met.value)

    def flip(self, found: Flip) -> str:
        node, wanted = found.node, found.change == "holds"
        if node is None:
            return self.t(_("if the first {top} stayed")).format(top=found.top)
        if found.change == "left_out":
            return self.t(_("if this rule were left out"))
        text = self.bound(node, wanted) or self.of_field(node, wanted) or self.of_consent(node, wanted)
        return text or self.otherwise(node, wanted)

    def bound(self, node: Node, wanted: bool) -> str:
        """Say how many more or fewer are needed, of a number that is known."""
        column, value = node.met.column, node.met.value
        op, asked = _asked(node.condition)
        if op not in _TURNED or column is None or column.type not in _NUMBERS or value is None:
            return ""
        needed = Decimal(str(asked))
        op = op if wanted else _TURNED[op]
        if column.type in _COUNTS and op in _STRICT and needed == needed.to_integral_value():
            op, step = _STRICT[op]
            needed += step
        gap = abs(needed - Decimal(str(value)))
        text = self.t((_MORE if gap and op in _MORE else _BOUNDS)[op])
        return text.format(needed=self.show(column, needed), value=self.show(column, value), gap=self.show(column, gap))

    def of_field(self, node: Node, wanted: bool) -> str:
        """Say which values a field would have to have."""
        condition = node.condition
        if not isinstance(condition, FieldCondition) or node.met.column is None or condition.op not in ("is", "in"):
            return ""
        several = condition.op == "in"
        values = condition.value if several else (condition.value,)
        text = {
            (True, False): _("{field} would have to be {values}; now: {value}"),
            (True, True): _("{field} would have to be one of {values}; now: {value}"),
            (False, False): _("{field} would have to be other than {values}; now: {value}"),
            (False, True): _("{field} would have to be none of {values}; now: {value}"),
        }[wanted, several]
        return self.t(text).format(
            field=self.t(label(condition.field)),
            values=", ".join(self.show(node.met.column, value) for value in values),
            value=self.met(node),
        )

    def of_consent(self, node: Node, wanted: bool) -> str:
        """Say of the suppression for want of consent that a consent is wanting."""
        condition = node.condition
        if kind_of(condition) != "related" or condition.related != "consent" or not wanted:
            return ""
        channels = (
            [leaf.value for leaf in condition.where.children if leaf.field == "channel"] if condition.where else []
        )
        if not channels or condition.measure.kind != "latest" or condition.op != "is" or condition.value is not True:
            return ""
        return self.t(_("recorded consent for {channel}")).format(channel=self.t(channels[0]))

    def otherwise(self, node: Node, wanted: bool) -> str:
        text = self.t(_("it would have to be so that {rule}")) if wanted else self.t(
            _("it would have to be otherwise that {rule}"))  # fmt: skip
        value = self.met(node)
        now = self.t(_("; now: {value}")).format(value=value) if value else ""
        return text.format(rule=rule(node.condition, self.t)) + now


def deciding(root: Node) -> tuple[Node, ...]:
    """Find the rules that settle a group.

    Parameters
    ----------
    root : Node
        A rule or group.

    Returns
    -------
    tuple of Node
        Of `all` that holds and `any` that does not every one; else the first that is enough.
    """
    if root.joined is None:
        return (root,)
    decisive = [child for child in root.children if root.joined == "not" or child.holds == root.holds]
    is_enough = (root.joined == "any") == root.holds and root.joined != "not"
    return tuple(rule for child in decisive[: 1 if is_enough else None] for rule in deciding(child))


def _asked(condition: Any) -> tuple[str, Any]:
    """Give the operator and the value of a rule that compares one."""
    if kind_of(condition) == "habit":
        return "at_least", condition.in_
    return getattr(condition, "op", ""), getattr(condition, "value", None)


def _says_its_value(node: Node) -> bool:
    return node.holds and getattr(node.condition, "op", "") in ("is", "on", "is_unknown", "is_empty")
