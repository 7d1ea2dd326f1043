"""Why somebody's chance is what it is: what each feature adds, against somebody typical."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Predict = Callable[[pd.DataFrame], Floats]
REASONS = 3
_PAIRS = 3
_LEAST = 0.01  # of log odds; less is no reason


def typical(features: pd.DataFrame) -> pd.Series:
    """Describe somebody typical.

    Parameters
    ----------
    features : pandas.DataFrame
        Numbers and texts, one row for each example.

    Returns
    -------
    pandas.Series
        The median of each number, unknown where most are; of texts the most frequent, the first by the alphabet of
        several.
    """
    return pd.Series({name: _typical(values) for name, values in features.items()}, dtype="object")


def contributions(
    log_odds: Predict, features: pd.DataFrame, reference: pd.Series, is_additive: bool, seed: int
) -> pd.DataFrame:
    """Share out the difference between each contact's log odds and those of somebody typical.

    Parameters
    ----------
    log_odds : callable
        From features to log odds.
    features : pandas.DataFrame
        Of the contacts.
    reference : pandas.Series
        As from `typical`.
    is_additive : bool
        Whether features act each for itself, as in logistic regression; one order is all orders then.
    seed : int
        Of the orders.

    Returns
    -------
    pandas.DataFrame
        One column for each feature; a row adds up to the contact's log odds less those of the reference.

    Notes
    -----
    Shapley values against one reference: features are changed from the typical value to the contact's one after the
    other, and what each change does is averaged over orders, drawn at random and each taken forwards and backwards.

    References
    ----------
    E. Štrumbelj and I. Kononenko (2010), Journal of Machine Learning Research 11, 1-18; R. Mitchell and others (2022),
    Journal of Machine Learning Research 23, 43, for orders in pairs.
    """
    names = list(features.columns)
    drawn = np.random.default_rng(seed)
    orders = [drawn.permutation(len(names)) for _ in range(1 if is_additive else _PAIRS)]
    orders += [] if is_additive else [order[::-1] for order in orders]
    total = np.zeros(features.shape)
    start = _same(features, reference)
    first = log_odds(start)
    for order in orders:
        rows, before = start.copy(), first
        for place in order:
            rows[names[place]] = features[names[place]]
            after = log_odds(rows)
            total[:, place] += after - before
            before = after
    return pd.DataFrame(total / len(orders), columns=names, index=features.index)


def reasons(found: pd.DataFrame, features: pd.DataFrame, meanings: Mapping[str, str]) -> pd.DataFrame:
    """Say in words what moves each chance most.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `contributions`.
    features : pandas.DataFrame
        Of the same contacts.
    meanings : mapping of str to str
        Of the features.

    Returns
    -------
    pandas.DataFrame
        `reason_1` to `reason_3`: a feature, its value and how many times it makes the odds; None where nothing more
        moves them by one part in a hundred.
    """
    size = np.abs(found.to_numpy())
    best = np.argsort(-size, axis=1, kind="stable")[:, :REASONS]
    columns: dict[str, list[str | None]] = {f"reason_{number + 1}": [None] * len(found) for number in range(REASONS)}
    values, adds = [features[name].tolist() for name in features], found.to_numpy()
    for row, places in enumerate(best):
        for number, place in enumerate(places):
            if size[row, place] >= _LEAST:
                meaning = meanings.get(found.columns[place], str(found.columns[place]))
                columns[f"reason_{number + 1}"][row] = _reason(meaning, values[place][row], adds[row, place])
    return pd.DataFrame(columns, index=found.index, dtype="object")


def drivers(found: pd.DataFrame, features: pd.DataFrame) -> pd.DataFrame:
    """Tell which features matter most among contacts.

    Parameters
    ----------
    found : pandas.DataFrame
        As from `contributions`.
    features : pandas.DataFrame
        Of the same contacts.

    Returns
    -------
    pandas.DataFrame
        `feature`, `mean_effect` (the mean size of what it adds to log odds) and `direction` (the rank correlation of
        number and addition; unknown for texts), the most important first.
    """
    rows = [(name, float(found[name].abs().mean()), _direction(features[name], found[name])) for name in found]
    table = pd.DataFrame(rows, columns=["feature", "mean_effect", "direction"])
    return table.sort_values(["mean_effect", "feature"], ascending=[False, True], ignore_index=True)


def _typical(values: pd.Series) -> object:
    if pd.api.types.is_numeric_dtype(values):
        return float(values.median()) if values.notna().mean() >= 0.5 else np.nan
    return values.mode().iloc[0]


def _same(features: pd.DataFrame, reference: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({
        name: pd.Series(reference[str(name)], index=features.index, dtype=values.dtype)
        for name, values in features.items()
    })  # fmt: skip


def _reason(meaning: str, value: object, adds: float) -> str:
    return f"{meaning}: {_written(value)} (multiplies the odds by {np.exp(adds):.2g})"


def _written(value: object) -> str:
    if isinstance(value, float):
        return "never or unknown" if np.isnan(value) else f"{round(value, 2):,.12g}"
    return str(value)


def _direction(values: pd.Series, adds: pd.Series) -> float:
    if not pd.api.types.is_numeric_dtype(values):
        return np.nan
    ranks = pd.DataFrame({"value": values, "adds": adds}).dropna().rank()
    return float(ranks["value"].corr(ranks["adds"])) if ranks.nunique().min() > 1 else np.nan
