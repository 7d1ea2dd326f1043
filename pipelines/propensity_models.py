"""Models of how likely somebody does something: gradient boosting and a logistic baseline, cross-validated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, QuantileTransformer, StandardScaler

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Progress = Callable[[int, int], None]

LOGISTIC, BOOSTING = "logistic", "boosting"
MODELS = (BOOSTING, LOGISTIC)
FOLDS = 5
MOST_COMPARED = 50_000
"""Models are compared on so many examples at most; the one chosen is fitted on all."""
_UNKNOWN = "(unknown)"
_MOST_VALUES = 20
_STRENGTHS = (0.03, 0.3)
_TREES = ((4, 100), (8, 100))


@dataclass(frozen=True)
class Candidate:
    """A kind of model with its settings.

    Attributes
    ----------
    model : str
        One of `MODELS`.
    setting : str
        In words.
    estimator : object
        The last step of the pipeline, not fitted.
    """

    model: str
    setting: str
    estimator: Any

    def pipeline(self, features: pd.DataFrame) -> Pipeline:
        """Put what prepares features before the model.

        Parameters
        ----------
        features : pandas.DataFrame
            As from `prepared`.

        Returns
        -------
        sklearn.pipeline.Pipeline
            Not fitted. It gives the same whatever the unit of a number: logistic regression sees ranks as normal
            scores, with a flag where a number is unknown; trees see bins, and unknown ones as such.
        """
        texts = [name for name in features if not pd.api.types.is_numeric_dtype(features[name])]
        numbers = [name for name in features if name not in texts]
        coded = OneHotEncoder(max_categories=_MOST_VALUES, handle_unknown="infrequent_if_exist", sparse_output=False)
        taken = "passthrough" if self.model == BOOSTING else _normal_scores(len(features))
        kinds = [("numbers", taken, numbers), ("texts", coded, texts)]
        return make_pipeline(ColumnTransformer([kind for kind in kinds if kind[2]]), self.estimator)


def candidates(models: Sequence[str], seed: int) -> tuple[Candidate, ...]:
    """List what is compared.

    Parameters
    ----------
    models : sequence of str
        Of `MODELS`.
    seed : int
        Of draws.

    Returns
    -------
    tuple of Candidate
        Few settings of each kind, the simplest first.
    """
    logistic = [
        Candidate(LOGISTIC, f"penalty 1/{strength:g}", LogisticRegression(C=strength, max_iter=2000))
        for strength in _STRENGTHS
    ]
    boosting = [
        Candidate(BOOSTING, f"{trees} trees of {leaves} leaves", HistGradientBoostingClassifier(
            max_leaf_nodes=leaves, max_iter=trees, learning_rate=0.05, l2_regularization=1.0, early_stopping=False,
            random_state=seed,
        ))
        for leaves, trees in _TREES
    ]  # fmt: skip
    return tuple(one for one in (*logistic, *boosting) if one.model in models)


def prepared(features: pd.DataFrame) -> pd.DataFrame:
    """Turn features into what models take.

    Parameters
    ----------
    features : pandas.DataFrame
        Numbers, truth values and texts, unknown ones among them.

    Returns
    -------
    pandas.DataFrame
        Numbers and truth values as floats that are NaN where unknown; texts with a word for that.
    """
    return pd.DataFrame({name: _taken(values) for name, values in features.items()}, index=features.index)


def compared(
    features: pd.DataFrame,
    is_positive: Flags,
    contact_ids: npt.NDArray[Any],
    models: Sequence[str],
    seed: int,
    progress: Progress,
) -> tuple[pd.DataFrame, Candidate, Floats]:
    """Compare models by cross-validation, in which no contact is both learned from and predicted.

    Parameters
    ----------
    features : pandas.DataFrame
        As from `prepared`, one row for each example.
    is_positive : numpy.ndarray of bool
        What became of each.
    contact_ids : numpy.ndarray of int
        Whose it is.
    models : sequence of str
        Of `MODELS`.
    seed : int
        Of folds.
    progress : callable
        Told how many fits of how many are done.

    Returns
    -------
    table : pandas.DataFrame
        `model`, `setting`, `log_loss`, `auc` and `is_chosen`, that with the lowest log loss.
    chosen : Candidate
        The same.
    out_of_fold : numpy.ndarray of float
        What the chosen one gives each example unseen.
    """
    known = candidates(models, seed)
    folds = list(StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed).split(features, is_positive, contact_ids))
    unseen = np.empty((len(known), len(features)))
    for place, one in enumerate(known):
        for number, (own, others) in enumerate(folds):
            progress(place * FOLDS + number, len(known) * FOLDS)
            model = fitted(one, features.iloc[own], is_positive[own])
            unseen[place, others] = chances(model, features.iloc[others])
    losses = [log_loss(is_positive, row, labels=[False, True]) for row in unseen]
    best = int(np.argmin(losses))
    table = pd.DataFrame({
        "model": [one.model for one in known], "setting": [one.setting for one in known], "log_loss": losses,
        "auc": [roc_auc_score(is_positive, row) for row in unseen], "is_chosen": np.arange(len(known)) == best,
    })  # fmt: skip
    return table, known[best], unseen[best]


def fitted(one: Candidate, features: pd.DataFrame, is_positive: Flags) -> Pipeline:
    """Fit a model.

    Parameters
    ----------
    one : Candidate
        Which.
    features : pandas.DataFrame
        As from `prepared`.
    is_positive : numpy.ndarray of bool
        What became of each example.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Ready to predict.
    """
    return one.pipeline(features).fit(features, is_positive)


def chances(model: Pipeline, features: pd.DataFrame) -> Floats:
    """Predict.

    Parameters
    ----------
    model : sklearn.pipeline.Pipeline
        Fitted.
    features : pandas.DataFrame
        As from `prepared`, with the same columns.

    Returns
    -------
    numpy.ndarray of float
        The probability of each row.
    """
    return cast("Floats", model.predict_proba(features)[:, 1])


def log_odds(model: Pipeline, features: pd.DataFrame) -> Floats:
    """Predict on the scale on which effects add up.

    Parameters
    ----------
    model : sklearn.pipeline.Pipeline
        Fitted.
    features : pandas.DataFrame
        As from `prepared`, with the same columns.

    Returns
    -------
    numpy.ndarray of float
        The logarithm of the odds of each row.
    """
    return cast("Floats", np.asarray(model.decision_function(features), dtype=np.float64))


def _normal_scores(size: int) -> Pipeline:
    ranks = QuantileTransformer(n_quantiles=min(100, size), output_distribution="normal", random_state=0)
    return make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True), ranks, StandardScaler()
    )


def _taken(values: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
        return pd.Series(values.to_numpy(dtype="float64", na_value=np.nan), index=values.index)
    return values.astype("object").where(values.notna(), _UNKNOWN).astype("str")
