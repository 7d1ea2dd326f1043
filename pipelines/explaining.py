"""Why a contact is in a segment or not: what every rule met, by the reference engine on the rows that concern it.

The rows are few, so being slow and obvious costs nothing; and the explanation is a second opinion on the fast engine.
"""

from __future__ import annotations

from typing import Any

from pipelines.conditions import All, AnyOf, CompanyHas, FieldCondition, Not, kind_of
from pipelines.definition import ContactType, Definition
from pipelines.encounters import SHOWN_ROWS, Case, encountered
from pipelines.selecting import satisfying
from pipelines.suppressing import reasons
from pipelines.truths import DecidingRow, Joined, Met, Node, Tree, Truth, group, some

ASKED_COLLEAGUES = 25

_JOINED: tuple[tuple[type, Joined], ...] = ((All, "all"), (AnyOf, "any"), (Not, "not"))
_TELLING = ("field", "related", "score", "sequence", "habit", "campaign")


def tree_of(definition: Definition, case: Case) -> Tree:
    """Say of every rule and group of a definition what it says of one contact.

    Parameters
    ----------
    definition : Definition
        The segment.
    case : Case
        The contact, and the rows that concern it: its own, its company's, those of its people where it is a company,
        those of its colleagues where the definition speaks of them.

    Returns
    -------
    Tree
        The base, the steps and the suppressions.

    Raises
    ------
    ConditionError
        When a field, operator or value does not fit.

    Notes
    -----
    A rule that meets an unknown value is unknown, unless it asks whether the value is recorded. A many-valued field
    without values is empty, which is not unknown; that of a company is unknown where there is no company. Counts and
    sums over no rows are 0, other measures of no rows unknown. Whether anybody at a company satisfies conditions is
    unknown where nobody does for certain; 25 colleagues are asked at most.
    """
    base: Any = definition.base
    if isinstance(base, ContactType):
        base = FieldCondition(field="type", op="is", value=base.type)
    steps = enumerate(definition.steps, start=1)
    suppressions = enumerate(reasons(definition.suppress).items(), start=1)
    return Tree(
        None if base is None else _node(base, "base", case),
        tuple((step.action, _node(step.condition, str(number), case)) for number, step in steps),
        tuple((reason, _node(condition, f"suppress.{number}", case)) for number, (reason, condition) in suppressions),
    )


def _node(condition: Any, path: str, case: Case) -> Node:
    for kind, joined in _JOINED:
        if isinstance(condition, kind):
            children = enumerate(condition.children, start=1)  # type: ignore[attr-defined]
            told = tuple(_node(child, f"{path}.{number}", case) for number, child in children)
            return group(path, condition, joined, told)
    holds = case.contact_id in _satisfying(condition, case)
    truth, met = _rule(condition, case, holds=holds)
    return Node(path, condition, truth, holds, met=met)


def _rule(condition: Any, case: Case, *, holds: bool) -> tuple[Truth, Met]:
    if isinstance(condition, CompanyHas):
        return _company(condition, case)
    return encountered(condition, case, holds=holds) if kind_of(condition) in _TELLING else (holds, Met())


def _company(condition: CompanyHas, case: Case) -> tuple[Truth, Met]:
    """Say who at the company satisfies the conditions."""
    me = CompanyHas.model_validate({"company_has": {"field": "contact_no", "op": "is", "value": _number_of(case)}})
    at_the_company = _satisfying(me, case)
    found = sorted(at_the_company & _satisfying(condition.company_has, case))
    asked = (found or sorted(at_the_company))[:ASKED_COLLEAGUES]
    truth = some([_node(condition.company_has, "", case.of(i)).truth for i in asked])
    rows = tuple(DecidingRow("contact", {"contact_no": _number_of(case.of(i))}) for i in found[:SHOWN_ROWS])
    return truth, Met(rows=rows, row_count=len(found))


def _satisfying(condition: Any, case: Case) -> frozenset[int]:
    return satisfying(condition, case.frames, case.catalogue, case.context, case.references)


def _number_of(case: Case) -> str:
    return str(case.own(case.catalogue.contact.by_name["contact_no"]))
