"""How likely contacts are to do something, as a score with its reasons."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Self

import numpy as np
import pandas as pd
import yaml
from pydantic import BeforeValidator, Field, model_validator

from pipelines.contact_features import Feature
from pipelines.schema import Column, FieldType
from pipelines.tallies import Integers
from workbench.errors import MeasureError
from workbench.scoring import features, propensity_notes
from workbench.scoring.choosing import Names
from workbench.scoring.method import Inputs, Method, Offer, Options, Outcome
from workbench.scoring.propensity_cohorts import Cohort, Task, after_cuts, of_campaigns

if TYPE_CHECKING:
    from pipelines.propensity import PropensityFigures

_COLUMNS = (
    Column("probability", FieldType.NUMBER, "how likely the contact is to do it, 0 to 1"),
    Column("decile", FieldType.NUMBER, "tenth of those scored, 1 is the most likely"),
    Column("reason_1", FieldType.TEXT, "what moves the probability most, against somebody typical"),
    Column("reason_2", FieldType.TEXT, "what moves it second"),
    Column("reason_3", FieldType.TEXT, "what moves it third"),
)


def _read(given: Any) -> Any:
    """Read a condition that is written as text, as in a form."""
    return yaml.safe_load(given) if isinstance(given, str) else given


class PropensityOptions(Options):
    """What contacts are to do, and what is learned from.

    Attributes
    ----------
    target : mapping or None
        What contacts are to do, as a condition on related rows.
    window_days : int or None
        For how many days after a cut that counts.
    cuts : int
        How many earlier days are learned from.
    campaign : str or None
        The campaign whose targets are scored.
    learn_from : tuple of str
        The earlier campaigns that are learned from.
    base : str or None
        The saved segment that is scored.
    features : tuple of str
        What contacts are told apart by.
    models : tuple of str
        What is compared.
    seed : int
        Of all draws.
    """

    target: Annotated[dict[str, Any] | None, BeforeValidator(_read)] = Field(
        None, description="What contacts are to do: a condition on related rows, such as {related: sales_entry}; "
        "responses to the campaign if empty.",
    )  # fmt: skip
    window_days: int | None = Field(
        None, ge=1, le=730, description="For how many days after a cut it counts; 30 if empty, or until the campaign "
        "ends.",
    )  # fmt: skip
    cuts: int = Field(
        3, ge=1, le=12, description="How many earlier days are learned from, one window apart; without a campaign."
    )
    campaign: str | None = Field(None, description="The campaign whose targets are scored, as of the day before it.")
    learn_from: Names = Field((), description="Earlier campaigns to learn from; those of the same type if empty.")
    base: str | None = Field(
        None, description="The saved segment that is scored; everybody, or the campaign's targets, if empty."
    )
    features: Names = Field(features.NAMES, description="What contacts are told apart by: features or fields.")
    models: Names = Field(("boosting", "logistic"), description="What is compared: boosting, logistic.")
    seed: int = Field(0, ge=0, description="Another seed deals other folds.")

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if self.target is None and self.campaign is None:
            raise ValueError("say what contacts are to do: give a target, or a campaign")
        return self


def compute(inputs: Inputs, options: PropensityOptions) -> Outcome:
    """Learn who did it, and tell who will.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    options : PropensityOptions
        What contacts are to do, and what is learned from.

    Returns
    -------
    Outcome
        `probability`, `decile` and reasons of each contact; segments of the likeliest.

    Raises
    ------
    ConditionError
        When target, base or a feature does not fit the store.
    NotFoundError
        When there is no such campaign.
    MeasureError
        When too few did it, or no campaign began earlier.

    Notes
    -----
    What is known of a contact is as of the cut: the day of the run, or the day before the campaign. The target counts
    from the day after it.
    """
    from pipelines.propensity import propensity  # models that only those wait for who ask for them

    task = _task(inputs, options)
    told = features.features(inputs, [*task.features, *options.features])
    learned = [one for one in task.earlier if one.has_both]
    if not learned:
        raise MeasureError(
            "Nobody did it after any of the earlier days, or everybody did.",
            f"Looked at: {', '.join(one.name for one in task.earlier)}. Take a longer window, or another target.",
        )
    tested = [task.tested] if task.tested is not None else []
    examples = pd.concat([_examples(inputs, told, one) for one in (*learned, *tested)], ignore_index=True)
    scored = features.frame(inputs, told, task.scored.cut, task.scored.ids).reset_index()
    found = propensity(
        examples, scored, {one.name: one.meaning for one in told}, is_last_held_out=bool(tested),
        models=options.models, seed=options.seed, progress=inputs.reached,
    )  # fmt: skip
    notes = (
        *propensity_notes.on_cohorts(task),
        *propensity_notes.on_figures(found),
        *propensity_notes.on_features(told),
    )
    return Outcome(
        found.scores, _COLUMNS, _quality(found, (*learned, *tested)), _tables(found, task), notes,
        tuple(_offers(found, inputs.score)),
    )  # fmt: skip


def _task(inputs: Inputs, options: PropensityOptions) -> Task:
    if options.campaign is None:
        return after_cuts(inputs, options.target or {}, options.window_days, options.cuts, options.base)
    return of_campaigns(
        inputs, options.campaign, options.learn_from, options.target, options.window_days, options.base
    )  # fmt: skip


def _examples(inputs: Inputs, told: tuple[Feature, ...], cohort: Cohort) -> pd.DataFrame:
    inputs.reached(0, 1)  # reading takes a while where there are very many rows; whoever cancels need not wait
    known = features.frame(inputs, told, cohort.cut, cohort.ids).reset_index()
    return known.assign(cut=cohort.cut.isoformat(), is_positive=np.isin(known["contact_id"], _positive(cohort)))


def _positive(cohort: Cohort) -> Integers:
    return np.array([], dtype=np.int64) if cohort.positive is None else cohort.positive


def _quality(found: PropensityFigures, cohorts: tuple[Cohort, ...]) -> Mapping[str, float | int | str | None]:
    figures = {
        "auc": found.auc, "auc_low": found.auc_low, "auc_high": found.auc_high, **asdict(found.calibration),
        "lift_of_first_tenth": float(found.deciles["lift"].iloc[0]),
        "expected_count": float(found.scores["probability"].sum()),
    }  # fmt: skip
    words = {"tested": found.tested.replace("_", " "), "tested_on": cohorts[-1].name, "model": found.chosen}
    counts = {"learned_count": found.learned_count, "tested_count": found.tested_count}
    return {**{name: None if math.isnan(value) else value for name, value in figures.items()}, **words, **counts}


def _tables(found: PropensityFigures, task: Task) -> dict[str, pd.DataFrame]:
    rows = [
        (one.name, one.cut.isoformat(), one.ends_on.isoformat(), len(one.ids), len(_positive(one)))
        for one in (*task.earlier, *([task.tested] if task.tested else []))
    ]
    return {
        "deciles": found.deciles, "drivers": found.drivers, "models": found.models, "tested": found.others,
        "cohorts": pd.DataFrame(rows, columns=["cohort", "cut", "ends_on", "contacts", "positives"]),
    }  # fmt: skip


def _offers(found: PropensityFigures, score: str) -> Iterator[Offer]:
    deciles, chances = found.scores["decile"], found.scores["probability"]
    for name, most in (("Most likely tenth", 1), ("Most likely three tenths", 3)):
        told = f"The {int((deciles <= most).sum()):,} contacts with the highest chances."
        yield _offer(name, told, {"score": score, "field": "decile", "op": "at_most", "value": most})
    if count := int((chances >= 0.5).sum()):
        told = f"The {count:,} contacts that are at least as likely to do it as not."
        half = {"score": score, "field": "probability", "op": "at_least", "value": 0.5}
        yield _offer("At least as likely as not", told, half)


def _offer(name: str, description: str, condition: Mapping[str, Any]) -> Offer:
    return Offer(name, description, {"steps": [{"add": dict(condition)}]})


METHOD = Method("propensity", "How likely contacts are to do something, and why.", PropensityOptions, compute)
