"""The sentences about a score of chances that are no errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipelines.contact_features import Feature
from workbench.scoring.propensity_cohorts import Task

if TYPE_CHECKING:
    from pipelines.propensity import PropensityFigures


def on_cohorts(task: Task) -> Iterator[str]:
    """Say what is to be known of what was learned from.

    Parameters
    ----------
    task : Task
        What was learned.

    Yields
    ------
    str
        One or two sentences each.
    """
    if left_out := [one.name for one in task.earlier if not one.has_both]:
        yield f"Nobody did it, or everybody, so not learned from: {', '.join(left_out)}."
    if short := [one for one in (*task.earlier, *([task.tested] if task.tested else [])) if one.is_cut_short]:
        known = ", ".join(f"{one.name} (up to {one.ends_on.isoformat()})" for one in short)
        yield f"Not over on the last day that may be looked at, so some may still do it: {known}."
    if task.tested is not None:
        yield "Who was targeted was not drawn by chance: this says who responds, not whom the campaign moves."
    elif len(learned := [one for one in task.earlier if one.has_both]) > 1:
        yield (
            f"Tested on {learned[-1].name} by a model that knew nothing of it; the scores are by the same kind of "
            "model, which learned from that as well."
        )


def on_figures(found: PropensityFigures) -> Iterator[str]:
    """Say how far the figures can be trusted.

    Parameters
    ----------
    found : PropensityFigures
        What was computed.

    Yields
    ------
    str
        One or two sentences each.
    """
    quality = found.calibration
    if found.tested != "out_of_time":
        yield "There was no later day to test on: figures are of contacts unseen, on the day that was learned from."
    if found.auc_low <= 0.5:
        yield "A random rank would do as well: these features do not tell who does it."
    if quality.slope_low > 1 or quality.slope_high < 1:
        yield f"Chances are off: the slope is {quality.slope:.2f}, and 1 is right. Trust the rank more than the number."
    if found.unexplained_count:
        yield f"Contacts without reasons, for they are not among the likeliest: {found.unexplained_count:,}."


def on_features(told: Sequence[Feature]) -> Iterator[str]:
    """Say which features may know too much.

    Parameters
    ----------
    told : sequence of Feature
        What contacts were told apart by.

    Yields
    ------
    str
        One sentence.
    """
    if undated := [one.name for one in told if not one.is_dated]:
        yield f"As it is recorded now, whenever it came, so it may know too much: {', '.join(undated)}."
