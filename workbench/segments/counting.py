"""Numbers read off an evaluation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pipelines import membership
from pipelines.conditions import FieldCondition
from pipelines.membership import Mask
from workbench import clock
from workbench.segments.evaluating import Evaluation
from workbench.segments.noting import noted, scored
from workbench.segments.results import LeafCount, SegmentCount, StepCount
from workbench.segments.testing import SegmentCheck
from workbench.segments.wording import NEGATIVE, rule

Unknowns = Callable[[FieldCondition], Mask]


def counted(
    evaluation: Evaluation, unknowns: Unknowns, checks: tuple[SegmentCheck, ...], started: float
) -> SegmentCount:
    """Count an evaluation.

    Parameters
    ----------
    evaluation : Evaluation
        Who is in the segment, and on the way there.
    unknowns : callable
        Tells for a condition on a field for whom that field is not recorded.
    checks : tuple of SegmentCheck
        Whether its examples and invariants hold.
    started : float
        The clock's reading in seconds when the work began.

    Returns
    -------
    SegmentCount
        Every number of it.
    """
    count = membership.count
    failed = [check for check in checks if not check.passed]
    return SegmentCount(
        name=evaluation.definition.name,
        total=count(evaluation.members),
        base=count(evaluation.base),
        matched=count(evaluation.matched),
        steps=_steps(evaluation),
        leaves=_leaves(evaluation, unknowns),
        suppressed={reason: count(mask) for reason, mask in evaluation.suppressed.items()},
        dropped={stage: count(mask) for stage, mask in evaluation.dropped.items()},
        reachable={channel: count(mask) for channel, mask in evaluation.reachable.items()},
        as_of=evaluation.context.as_of,
        revision=evaluation.facts.revision,
        failed_examples=tuple(check.why for check in failed if check.kind in ("inside", "outside")),
        failed_invariants=tuple(check.why for check in failed if check.kind in ("subset_of", "size_between")),
        notes=noted(evaluation.definition, evaluation.facts, evaluation.context.as_of),
        scores=scored(evaluation.definition, evaluation.facts, evaluation.context.as_of),
        seconds=clock.seconds() - started,
    )


def _steps(evaluation: Evaluation) -> tuple[StepCount, ...]:
    sizes = [membership.count(mask) for mask in evaluation.steps]
    return tuple(
        StepCount(number, step.action, size - before, size)
        for number, (step, size, before) in enumerate(
            zip(evaluation.outline, sizes, [0, *sizes], strict=False), start=1
        )
    )


def _leaves(evaluation: Evaluation, unknowns: Unknowns) -> tuple[LeafCount, ...]:
    countable = ~np.logical_or.reduce([np.zeros_like(evaluation.base), *evaluation.held_back.values()])
    costs = membership.rule_counts(evaluation.outline, evaluation.masks, evaluation.base, countable)
    counted_of = evaluation.base & countable

    def unknown(condition: Any, mask: Mask) -> int:
        if not isinstance(condition, FieldCondition) or condition.op not in NEGATIVE or condition.unknown:
            return 0
        return membership.count(mask & counted_of & unknowns(condition))

    return tuple(
        LeafCount(
            leaf.path, rule(leaf.condition), costs[leaf.index].alone, costs[leaf.index].cumulative,
            costs[leaf.index].if_left_out, unknown(leaf.condition, evaluation.masks[leaf.index]),
        )
        for leaf in membership.rules(evaluation.outline)
    )  # fmt: skip
