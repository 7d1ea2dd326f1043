"""The conditions of a whole definition, one after the other, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines.conditions import All, AnyOf, CompanyHas, Not
from pipelines.definition import ContactType, Definition
from pipelines.suppressing import reasons


def conditions(definition: Definition) -> Iterator[tuple[Any, str]]:
    """Walk every condition of a definition that is no group and holds none.

    Parameters
    ----------
    definition : Definition
        The segment.

    Yields
    ------
    tuple of Condition and str
        Those of the steps, of the base and of the suppressions, in the order they are written, those inside
        `company_has` too; each with its place in words.
    """
    for number, step in enumerate(definition.steps, start=1):
        yield from within(step.condition, f"step {number}")
    if definition.base is not None and not isinstance(definition.base, ContactType):
        yield from within(definition.base, "base")
    for reason, condition in reasons(definition.suppress).items():
        yield from within(condition, f"suppression {reason}")


def within(condition: Any, place: str) -> Iterator[tuple[Any, str]]:
    """Walk a condition and what is in it.

    Parameters
    ----------
    condition : Condition
        A group or a single condition.
    place : str
        Its place in words.

    Yields
    ------
    tuple of Condition and str
        Each condition that is no group and holds none, in the order they are written.

    Examples
    --------
    >>> from pipelines.conditions import AnyOf
    >>> group = AnyOf.model_validate({"any": [{"company_has": {"segment": "a"}}, {"not": {"list": "b"}}]})
    >>> [place for _, place in within(group, "step 1")]
    ['step 1, condition 1, company_has, condition 1', 'step 1, condition 2, condition 1']
    """
    if isinstance(condition, CompanyHas):
        yield from within(condition.company_has, f"{place}, company_has")
    elif isinstance(condition, All | AnyOf | Not):
        for number, child in enumerate(condition.children, start=1):
            yield from within(child, f"{place}, condition {number}")
    else:
        yield condition, place
