"""How likely contacts are to do something: learned on earlier days, tested on a later one, explained one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from threadpoolctl import threadpool_limits

from pipelines.errors import FrameError, MeasureError, nearest
from pipelines.propensity_figures import Calibration, by_decile, calibrated, ranked
from pipelines.propensity_models import (
    FOLDS,
    LOGISTIC,
    MODELS,
    MOST_COMPARED,
    Candidate,
    Progress,
    candidates,
    chances,
    compared,
    fitted,
    log_odds,
    prepared,
)
from pipelines.propensity_reasons import contributions, drivers, reasons, typical
from pipelines.uplift_curves import deciles

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FEWEST = 20
"""Examples that did it, and examples that did not, without which nothing is learned."""
_LATER_PARTS = 10
OUT_OF_TIME, CROSS_VALIDATED = "out_of_time", "cross_validated"
MOST_LEARNED = 200_000
"""Where there are more examples, so many are drawn and learned from; more would change little but the wait."""
MOST_EXPLAINED = 20_000
"""Reasons are given to so many contacts at most, those with the highest chances."""


@dataclass(frozen=True)
class PropensityFigures:
    """How likely contacts are to do something, and how far that can be trusted.

    Attributes
    ----------
    models : pandas.DataFrame
        As from `propensity_models.compared`: each model and setting in cross-validation on what was learned from.
    chosen : str
        The model and its setting.
    tested : str
        ``"out_of_time"``, or ``"cross_validated"`` where there was no later day to test on.
    learned_count, tested_count : int
        Examples learned from, and tested on.
    auc, auc_low, auc_high : float
        Of the test, with the interval of DeLong; NaN where all, or none, of them did it.
    calibration : Calibration
        Of the test.
    deciles : pandas.DataFrame
        Of the test, as from `propensity_figures.by_decile`.
    others : pandas.DataFrame
        Of each kind of model, the setting that cross-validation prefers: `model`, `auc`, `auc_low`, `auc_high`,
        `brier`, `slope` in the same test. For comparison; the choice was made before.
    drivers : pandas.DataFrame
        As from `propensity_reasons.drivers`, of the contacts that got reasons, with `meaning`.
    scores : pandas.DataFrame
        `contact_id`, `probability`, `decile` (1 has the highest) and `reason_1` to `reason_3`, by id.
    """

    models: pd.DataFrame = field(repr=False)
    chosen: str
    tested: str
    learned_count: int
    tested_count: int
    auc: float
    auc_low: float
    auc_high: float
    calibration: Calibration
    deciles: pd.DataFrame = field(repr=False)
    others: pd.DataFrame = field(repr=False)
    drivers: pd.DataFrame = field(repr=False)
    scores: pd.DataFrame = field(repr=False)

    @property
    def unexplained_count(self) -> int:
        """How many contacts got no reasons because there are more likely ones."""
        return max(0, len(self.scores) - MOST_EXPLAINED)


def propensity(
    examples: pd.DataFrame,
    scored: pd.DataFrame,
    meanings: Mapping[str, str],
    *,
    is_last_held_out: bool = False,
    models: Sequence[str] = MODELS,
    seed: int = 0,
    confidence: float = 0.95,
    progress: Progress = lambda _done, _total: None,
) -> PropensityFigures:
    """Learn what those had in common who did something, and tell how likely others are to do it.

    Parameters
    ----------
    examples : pandas.DataFrame
        One row for each contact and cut: `cut` (a day; what is known of the contact is of it), `contact_id`,
        `is_positive` (whether the contact did it after the cut) and the features.
    scored : pandas.DataFrame
        Who is to be scored: `contact_id` and the features.
    meanings : mapping of str to str
        The features, with their meanings in words.
    is_last_held_out : bool, optional
        Whether examples of the last cut are never learned from, because they are those that are scored. Otherwise
        they are tested on first, and then learned from with all others before contacts are scored.
    models : sequence of str, optional
        ``"boosting"``, ``"logistic"``, or both.
    seed : int, optional
        Of folds, draws and orders.
    confidence : float, optional
        Of the intervals.
    progress : callable, optional
        Told how many parts of how many are done; what it raises ends the work.

    Returns
    -------
    PropensityFigures
        The same for any order of rows, and whatever the unit of a number.

    Raises
    ------
    FrameError
        When a column is missing.
    MeasureError
        When too few did it or did not, no feature tells contacts apart, or there is no such model.

    Notes
    -----
    Model and setting are chosen by cross-validated log loss among the examples learned from; the test has no say. The
    last cut is the test. Where there is one cut only, the test is what cross-validation gives the chosen model.
    """
    _check(examples, scored, meanings, models)
    with threadpool_limits(1):  # models of this size gain little from threads, and wait where others compute as well
        return _learned(examples, scored, meanings, is_last_held_out, models, seed, confidence, progress)


def _learned(
    examples: pd.DataFrame, scored: pd.DataFrame, meanings: Mapping[str, str], is_last_held_out: bool,
    models: Sequence[str], seed: int, confidence: float, progress: Progress,
) -> PropensityFigures:  # fmt: skip
    split = _split(examples, list(meanings), seed)
    drawn = _drawn(split.own, MOST_COMPARED, seed)
    table, chosen, unseen = compared(
        split.known.iloc[drawn], split.is_positive[drawn], split.ids[drawn], models, seed,
        lambda done, total: progress(done, total + _LATER_PARTS),
    )  # fmt: skip
    rivals = _best_of_each(table, chosen, models, seed) if split.is_later.any() else [chosen]
    tested = [_tested(one, split) for one in rivals] if split.is_later.any() else [unseen]
    happened = split.is_positive[split.is_later if split.is_later.any() else drawn]
    learned = split.own if is_last_held_out else _drawn(np.arange(len(examples)), MOST_LEARNED, seed)
    model = fitted(chosen, split.known.iloc[learned], split.is_positive[learned])
    progress(len(table) * FOLDS, len(table) * FOLDS + _LATER_PARTS)
    reference = typical(split.known.iloc[learned])
    scores, effects = _scored(_Fitted(chosen, model, reference, seed), scored, meanings)
    return PropensityFigures(
        table, f"{chosen.model}, {chosen.setting}", OUT_OF_TIME if split.is_later.any() else CROSS_VALIDATED,
        len(split.own), len(happened), *_area(tested[0], happened, confidence),
        calibrated(tested[0], happened, confidence), by_decile(tested[0], happened, confidence),
        _others(rivals, tested, happened, confidence), effects, scores,
    )  # fmt: skip


@dataclass(frozen=True)
class _Split:
    """Examples in order, with the places of those learned from and of those tested on."""

    known: pd.DataFrame
    is_positive: Flags
    ids: npt.NDArray[Any]
    is_later: Flags
    own: npt.NDArray[np.intp]


@dataclass(frozen=True)
class _Fitted:
    """The model that scores, with whom it is explained against."""

    chosen: Candidate
    model: Any
    reference: pd.Series
    seed: int


def _split(examples: pd.DataFrame, names: list[str], seed: int) -> _Split:
    examples = examples.sort_values(["cut", "contact_id"], ignore_index=True)
    is_later = (examples["cut"] == examples["cut"].max()).to_numpy() & (examples["cut"].nunique() > 1)
    known, is_positive = prepared(examples[names]), examples["is_positive"].to_numpy(dtype=bool)
    _check_counts(is_positive[~is_later])
    own = _drawn(np.flatnonzero(~is_later), MOST_LEARNED, seed)
    return _Split(known[_telling(known.iloc[own])], is_positive, examples["contact_id"].to_numpy(), is_later, own)


def _tested(one: Candidate, split: _Split) -> Floats:
    model = fitted(one, split.known.iloc[split.own], split.is_positive[split.own])
    return chances(model, split.known[split.is_later])


def _scored(by: _Fitted, scored: pd.DataFrame, meanings: Mapping[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Score contacts, and explain the highest scores."""
    scored = scored.sort_values("contact_id", ignore_index=True)
    rows = prepared(scored[list(by.reference.index)])
    found = chances(by.model, rows)
    scores = pd.DataFrame({"contact_id": scored["contact_id"], "probability": found, "decile": deciles(found)})
    explained = rows.iloc[np.sort(np.lexsort((scored["contact_id"].to_numpy(), -found))[:MOST_EXPLAINED])]
    is_additive = by.chosen.model == LOGISTIC
    effects = contributions(lambda some: log_odds(by.model, some), explained, by.reference, is_additive, by.seed)
    table = drivers(effects, explained)
    return scores.join(reasons(effects, explained, meanings)), table.assign(meaning=table["feature"].map(meanings))


def _telling(known: pd.DataFrame) -> list[str]:
    """Leave out features that are the same for everybody, and those that say what one before them says."""
    found: list[str] = []
    for name in map(str, known):
        is_said = any(known[name].equals(known[other]) for other in found)
        if not is_said and known[name].nunique(dropna=False) > 1:
            found.append(name)
    if not found:
        raise MeasureError("No feature tells contacts apart.", "Name others, or take an earlier day to learn from.")
    return found


def _drawn(own: npt.NDArray[np.intp], most: int, seed: int) -> npt.NDArray[np.intp]:
    """Draw some of very many examples."""
    if len(own) <= most:
        return own
    return np.sort(np.random.default_rng(seed).choice(own, most, replace=False))


def _best_of_each(table: pd.DataFrame, chosen: Candidate, models: Sequence[str], seed: int) -> list[Candidate]:
    """Give of each kind the setting that cross-validation prefers, the chosen one first."""
    best = table.groupby("model")["log_loss"].idxmin()
    known = candidates(models, seed)
    return [chosen, *(known[int(place)] for kind, place in best.items() if kind != chosen.model)]


def _others(rivals: Sequence[Candidate], tested: Sequence[Floats], happened: Flags, confidence: float) -> pd.DataFrame:
    rows = []
    for one, found in zip(rivals, tested, strict=True):
        area, quality = _area(found, happened, confidence), asdict(calibrated(found, happened, confidence))
        rows.append([one.model, one.setting, *area, quality["brier"], quality["slope"]])
    return pd.DataFrame(rows, columns=["model", "setting", "auc", "auc_low", "auc_high", "brier", "slope"])


def _area(found: Floats, happened: Flags, confidence: float) -> tuple[float, float, float]:
    if happened.all() or not happened.any():
        return np.nan, np.nan, np.nan
    return ranked(found, happened, confidence)


def _check(examples: pd.DataFrame, scored: pd.DataFrame, meanings: Mapping[str, str], models: Sequence[str]) -> None:
    _check_columns(examples, ["cut", "contact_id", "is_positive", *meanings])
    _check_columns(scored, ["contact_id", *meanings])
    for name in models or ("",):
        if name not in MODELS:
            raise MeasureError(f'There is no model "{name}".', nearest(name, MODELS))
    if scored.empty:
        raise MeasureError("There is nobody to score.", "Say who is to be scored.")


def _check_columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    for name in columns:
        if name not in frame.columns:
            raise FrameError(f'There is no column "{name}".', nearest(name, map(str, frame.columns)))


def _check_counts(is_positive: Flags) -> None:
    yes = int(is_positive.sum())
    if min(yes, len(is_positive) - yes) < FEWEST:
        raise MeasureError(
            f"Not enough data: of {len(is_positive):,} examples {yes:,} did it.",
            f"A model needs {FEWEST} at least that did, and {FEWEST} that did not. Take more cuts, a longer window or "
            "other campaigns.",
        )
