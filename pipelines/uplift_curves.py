"""How well a score ranks targets by uplift: uplift curve, Qini curve, areas with intervals, and a random rank's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.rate_lift import newcombe

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

GROUPS = 200
"""At most how many ranks are told apart; more would make no curve look different."""
DRAWS = 1000
DECILES = 10


@dataclass(frozen=True)
class RankFigures:
    """How well a score ranks.

    Attributes
    ----------
    auuc, auuc_low, auuc_high : float
        Area under the uplift curve, in responses per target, with its interval.
    auuc_random : float
        That of a random rank: half the lift of all targets.
    qini, qini_low, qini_high : float
        Area between the Qini curve and the line of a random rank, in responses per target written to, with its
        interval; 0 where the score says nothing of the lift.
    p_value : float
        The share of random ranks that do at least as well.
    """

    auuc: float
    auuc_low: float
    auuc_high: float
    auuc_random: float
    qini: float
    qini_low: float
    qini_high: float
    p_value: float


def ranked(scores: Floats, is_treated: Flags, is_responder: Flags) -> Array:
    """Count targets by rank, the highest score first.

    Parameters
    ----------
    scores : numpy.ndarray of float
        The uplift that a model gives each target.
    is_treated : numpy.ndarray of bool
        Whether each was in the arm that was written to.
    is_responder : numpy.ndarray of bool
        Whether each responded.

    Returns
    -------
    numpy.ndarray of int
        One row for each group of ranks, `GROUPS` at most, equal scores always in one: those written to who responded
        and did not, those held out who responded and did not.
    """
    group = _dealt(scores, GROUPS)
    cell = 2 * ~is_treated + ~is_responder
    counts: Array = np.bincount(4 * group + cell, minlength=4 * GROUPS).reshape(-1, 4)
    found: Array = counts[counts.sum(axis=1) > 0]
    return found


def curves(counts: Array) -> tuple[Floats, Floats, Floats]:
    """Give the uplift curve and the Qini curve.

    Parameters
    ----------
    counts : numpy.ndarray of int
        As from `ranked`; dimensions before its two are draws.

    Returns
    -------
    tuple of numpy.ndarray of float
        The share of targets ranked so far, from 0 to 1; the uplift curve (R₁/N₁ - R₀/N₀)(N₁ + N₀) over all targets;
        the Qini curve R₁ - R₀ N₁/N₀ over all written to; where N and R are targets and responders so far, 1 of those
        written to and 0 of those held out.

    References
    ----------
    N. J. Radcliffe (2007), Using control groups to target on predicted lift, Direct Marketing Analytics Journal 1,
    14-21; M. Sołtys, S. Jaroszewicz and P. Rzepakowski (2015), Ensemble methods for uplift modeling, Data Mining and
    Knowledge Discovery 29, 1531-1559.

    Examples
    --------
    >>> [values.tolist() for values in curves(np.array([[1, 0, 0, 1], [0, 1, 1, 0]]))]
    [[0.0, 0.5, 1.0], [0.0, 0.5, 0.0], [0.0, 0.5, 0.0]]
    """
    so_far = np.cumsum(counts, axis=-2, dtype=np.float64)
    responded, held_responded = so_far[..., 0], so_far[..., 2]
    written, held = responded + so_far[..., 1], held_responded + so_far[..., 3]
    both = written + held
    uplift = (_over(responded, written) - _over(held_responded, held)) * _over(both, both[..., -1:])
    qini = _over(responded - held_responded * _over(written, held), written[..., -1:])
    return _from_zero(_over(both, both[..., -1:])), _from_zero(uplift), _from_zero(qini)


def rank_figures(counts: Array, seed: int = 0, confidence: float = 0.95) -> RankFigures:
    """Say how well a score ranks, and whether a random rank would do as well.

    Parameters
    ----------
    counts : numpy.ndarray of int
        As from `ranked`.
    seed : int, optional
        Of the draws.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    RankFigures
        Areas by the trapezoidal rule.

    Notes
    -----
    Intervals are percentiles of a bootstrap that draws each arm anew and keeps the scores, so they tell how sure the
    figures of these scores are, not how other models would do. Random ranks deal the same targets anew into the same
    groups; with no rank at all as good, p is 1 of `DRAWS` + 1.

    References
    ----------
    B. Efron and R. J. Tibshirani (1993), An Introduction to the Bootstrap, chapters 13 and 15.
    """
    chance = np.random.default_rng(seed)
    auuc, qini, whole = _areas(counts)
    drawn_auuc, drawn_qini, _ = _areas(_drawn_anew(counts, chance))
    _, random_qini, _ = _areas(_ranked_anew(counts, chance))
    bounds = [(1 - confidence) / 2, (1 + confidence) / 2]
    auuc_low, auuc_high = np.quantile(drawn_auuc, bounds)
    qini_low, qini_high = np.quantile(drawn_qini, bounds)
    as_good = int((random_qini >= qini - 1e-12).sum())
    return RankFigures(
        float(auuc), float(auuc_low), float(auuc_high), float(whole) / 2, float(qini), float(qini_low),
        float(qini_high), (1 + as_good) / (1 + DRAWS),
    )  # fmt: skip


def deciles(scores: Floats, among: Floats | None = None) -> Array:
    """Rank scores into tenths.

    Parameters
    ----------
    scores : numpy.ndarray of float
        The uplift of each contact.
    among : numpy.ndarray of float, optional
        The scores whose tenths they are; the same where absent.

    Returns
    -------
    numpy.ndarray of int
        1 for the highest tenth to 10; equal scores are in one, so that tenths can be of different sizes.
    """
    return _dealt(scores, DECILES, among) + 1


def uplift_by_decile(scores: Floats, is_treated: Flags, is_responder: Flags, confidence: float = 0.95) -> pd.DataFrame:
    """Compare what scores say with what happened, tenth by tenth.

    Parameters
    ----------
    scores : numpy.ndarray of float
        The uplift that a model gives each target.
    is_treated : numpy.ndarray of bool
        Whether each was in the arm that was written to.
    is_responder : numpy.ndarray of bool
        Whether each responded.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    pandas.DataFrame
        `decile` (1 is the highest), `target_count` and `responder_count` of those written to,
        `against_target_count` and `against_responder_count` of those held out, `predicted_uplift` (mean of the
        scores), `absolute_lift` (difference of the response rates) with Newcombe's interval `absolute_low`,
        `absolute_high`; tenths that lack either arm are left out.
    """
    frame = pd.DataFrame({
        "decile": deciles(scores), "predicted_uplift": scores, "target_count": is_treated,
        "responder_count": is_treated & is_responder, "against_target_count": ~is_treated,
        "against_responder_count": ~is_treated & is_responder,
    })  # fmt: skip
    counted = [name for name in frame.columns if name.endswith("_count")]
    found = frame.groupby("decile").agg({**dict.fromkeys(counted, "sum"), "predicted_uplift": "mean"}).reset_index()
    found = found[(found["target_count"] > 0) & (found["against_target_count"] > 0)]
    lift = found["responder_count"] / found["target_count"]
    lift -= found["against_responder_count"] / found["against_target_count"]
    order = ["responder_count", "target_count", "against_responder_count", "against_target_count"]
    bounds = [newcombe(*map(int, row), confidence=confidence) for row in found[order].itertuples(index=False)]
    low, high = np.array(bounds).reshape(-1, 2).T
    return found.assign(absolute_lift=lift, absolute_low=low, absolute_high=high).reset_index(drop=True)


def _dealt(scores: Floats, groups: int, among: Floats | None = None) -> Array:
    """Deal scores into groups of one size, from 0 for the highest, by how many are above and half of those equal."""
    rising = np.sort(scores if among is None else among)
    beneath = (np.searchsorted(rising, scores, "left") + np.searchsorted(rising, scores, "right")) / 2
    return np.minimum((len(rising) - beneath) * groups // len(rising), groups - 1).astype(np.int64)


def _areas(counts: Array) -> tuple[Any, Any, Any]:
    share, uplift, qini = curves(counts)
    whole = uplift[..., -1]
    return np.trapezoid(uplift, share), np.trapezoid(qini, share) - qini[..., -1] / 2, whole


def _drawn_anew(counts: Array, chance: np.random.Generator) -> Array:
    arms = [counts[:, columns] for columns in (slice(0, 2), slice(2, 4))]
    drawn = [chance.multinomial(arm.sum(), arm.ravel() / arm.sum(), DRAWS).reshape(DRAWS, -1, 2) for arm in arms]
    return np.concatenate(drawn, axis=2)


def _ranked_anew(counts: Array, chance: np.random.Generator) -> Array:
    """Deal the four kinds of targets into the groups at random, one kind after the other into the room that is left."""
    left = np.broadcast_to(counts.sum(axis=0), (DRAWS, 4)).copy()
    dealt = np.empty((DRAWS, *counts.shape), dtype=np.int64)
    for group, room in enumerate(counts.sum(axis=1)):
        free = np.full(DRAWS, room)
        for kind in range(4):
            others = left[:, kind + 1 :].sum(axis=1)
            dealt[:, group, kind] = chance.hypergeometric(left[:, kind], others, free)
            free -= dealt[:, group, kind]
        left -= dealt[:, group]
    return dealt


def _over(part: Floats, whole: Floats) -> Floats:
    """Divide; nothing of nobody is 0, as where a rank has no one of an arm yet."""
    part, whole = np.broadcast_arrays(part, whole)
    quotient: Floats = np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
    return quotient


def _from_zero(values: Floats) -> Floats:
    return np.concatenate([np.zeros_like(values[..., :1]), values], axis=-1)
