"""Models of how much more likely somebody responds when written to than when not: S, T, X and class transformation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Predict = Callable[[pd.DataFrame], Floats]
"""From features to the uplift of each row: a difference of two response rates."""
Learner = Callable[[pd.DataFrame, Flags, Flags], Predict]

# Effects are small beside what responses depend on anyway: shallow trees, many rows in each leaf, slow steps.
_TREES: dict[str, Any] = {
    "max_iter": 60, "learning_rate": 0.05, "max_leaf_nodes": 6, "l2_regularization": 1.0, "early_stopping": False,
    "random_state": 0,
}  # fmt: skip
_LEAVES = 40
_FEWEST_IN_LEAF = 20
_ARM = "is_written_to "  # no field ends in a space


def s_learner(features: pd.DataFrame, is_treated: Flags, is_responder: Flags) -> Predict:
    """Fit one model that is told the arm: τ(x) = μ(x, 1) - μ(x, 0).

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each target; numbers and categories, as from `uplift_features.prepared`.
    is_treated : numpy.ndarray of bool
        Whether each was in the arm that was written to.
    is_responder : numpy.ndarray of bool
        Whether each responded.

    Returns
    -------
    callable
        From features to uplifts.

    References
    ----------
    S. R. Künzel, J. S. Sekhon, P. J. Bickel and B. Yu (2019), Metalearners for estimating heterogeneous treatment
    effects using machine learning, PNAS 116, 4156-4165, equation 4.
    """
    rate = _rate(_with_arm(features, is_treated), is_responder)
    return lambda rows: rate(_with_arm(rows, True)) - rate(_with_arm(rows, False))


def t_learner(features: pd.DataFrame, is_treated: Flags, is_responder: Flags) -> Predict:
    """Fit one model for each arm: τ(x) = μ₁(x) - μ₀(x).

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each target; numbers and categories, as from `uplift_features.prepared`.
    is_treated : numpy.ndarray of bool
        Whether each was in the arm that was written to.
    is_responder : numpy.ndarray of bool
        Whether each responded.

    Returns
    -------
    callable
        From features to uplifts.

    References
    ----------
    Künzel and others (2019), PNAS 116, 4156-4165, equation 3.
    """
    treated, held = (_rate(features[arm], is_responder[arm]) for arm in (is_treated, ~is_treated))
    return lambda rows: treated(rows) - held(rows)


def x_learner(features: pd.DataFrame, is_treated: Flags, is_responder: Flags) -> Predict:
    """Fit what each target did beyond what the other arm's model expected of it: τ(x) = e τ₀(x) + (1 - e) τ₁(x).

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each target; numbers and categories, as from `uplift_features.prepared`.
    is_treated : numpy.ndarray of bool
        Whether each was in the arm that was written to.
    is_responder : numpy.ndarray of bool
        Whether each responded.

    Returns
    -------
    callable
        From features to uplifts.

    Notes
    -----
    τ₁ is fitted to Y - μ₀(x) of those written to, τ₀ to μ₁(x) - Y of those held out; e is the share written to, so
    that the model of the larger arm, on which the other's effects rest, counts for more.

    References
    ----------
    Künzel and others (2019), PNAS 116, 4156-4165, equations 7 to 9.
    """
    written, held = features[is_treated], features[~is_treated]
    expected_held = _rate(held, is_responder[~is_treated])(written)
    expected_written = _rate(written, is_responder[is_treated])(held)
    effect_on_written = _effect(written, is_responder[is_treated] - expected_held)
    effect_on_held = _effect(held, expected_written - is_responder[~is_treated])
    share = float(is_treated.mean())
    return lambda rows: share * effect_on_held(rows) + (1 - share) * effect_on_written(rows)


def class_transformation(features: pd.DataFrame, is_treated: Flags, is_responder: Flags) -> Predict:
    """Fit who did as the arm would have it: Z = Y T + (1 - Y)(1 - T), τ(x) = 2 P(Z = 1 | x) - 1.

    Parameters
    ----------
    features : pandas.DataFrame
        One row for each target; numbers and categories, as from `uplift_features.prepared`.
    is_treated : numpy.ndarray of bool
        Whether each was in the arm that was written to.
    is_responder : numpy.ndarray of bool
        Whether each responded.

    Returns
    -------
    callable
        From features to uplifts.

    Notes
    -----
    The formula holds where both arms are of one size. Targets are weighed so that they are: by 1/2e where written
    to, by 1/2(1 - e) where held out.

    References
    ----------
    M. Jaśkowski and S. Jaroszewicz (2012), Uplift modeling for clinical trial data, ICML workshop on clinical data
    analysis, section 3.
    """
    share = float(is_treated.mean())
    weights = np.where(is_treated, 0.5 / share, 0.5 / (1 - share))
    agrees = _rate(features, is_treated == is_responder, weights)
    return lambda rows: 2 * agrees(rows) - 1


LEARNERS: dict[str, Learner] = {"s": s_learner, "t": t_learner, "x": x_learner, "class": class_transformation}


def _rate(features: pd.DataFrame, happened: Flags, weights: Floats | None = None) -> Predict:
    model = HistGradientBoostingClassifier(**_TREES, min_samples_leaf=_in_leaf(features))
    with _one_thread():
        model.fit(features, happened, weights)
    return lambda rows: _predicted(model.predict_proba, rows)[:, 1]


def _effect(features: pd.DataFrame, effects: Floats) -> Predict:
    model = HistGradientBoostingRegressor(**_TREES, min_samples_leaf=_in_leaf(features))
    with _one_thread():
        model.fit(features, effects)
    return lambda rows: _predicted(model.predict, rows)


def _predicted(predict: Predict, rows: pd.DataFrame) -> Floats:
    with _one_thread():
        return predict(rows)


def _one_thread() -> threadpool_limits:
    """Trees of this size gain little from threads, which wait long for each other where others compute as well."""
    return threadpool_limits(1)


def _in_leaf(features: pd.DataFrame) -> int:
    return max(_FEWEST_IN_LEAF, len(features) // _LEAVES)


def _with_arm(features: pd.DataFrame, is_treated: Flags | bool) -> pd.DataFrame:
    return features.assign(**{_ARM: np.broadcast_to(np.asarray(is_treated, dtype="float64"), len(features))})
