"""Whom a campaign moves: uplift of each target, cross-fitted, and whether a random rank would do as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.model_selection import StratifiedKFold

from pipelines.arms import check, tallied
from pipelines.errors import MeasureError, nearest
from pipelines.lift import holm, subgroup_lifts
from pipelines.subgroups import parted
from pipelines.uplift_curves import curves, deciles, rank_figures, ranked, uplift_by_decile
from pipelines.uplift_features import imbalances, prepared
from pipelines.uplift_learners import LEARNERS, Learner

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FOLDS = 5
FEWEST = 20
"""Each arm needs as many targets that responded and that did not; four times a fold."""
UNLIKELY = 1e-6
"""A field whose arms chance makes so unlike in one of a million campaigns was not known before them."""
RANKS, NO_BETTER = "ranks", "no_better_than_random"
VERDICTS = (RANKS, NO_BETTER)


@dataclass(frozen=True)
class UpliftFigures:
    """Whom a campaign moves, as far as the fields tell.

    Attributes
    ----------
    learners : pandas.DataFrame
        One row for each learner, the one whose scores are shown first: `learner`, the figures of
        `uplift_curves.RankFigures`, `p_adjusted` (Holm, for the number of learners) and `verdict`.
    deciles : pandas.DataFrame
        As from `uplift_curves.uplift_by_decile`.
    curve : pandas.DataFrame
        `targeted_share`, `uplift_curve`, `uplift_random`, `qini_curve`, `qini_random`, from nobody to everybody.
    parts : pandas.DataFrame
        For each part of each field: `predicted_uplift` (mean of the scores) beside the columns of
        `lift.subgroup_lifts`.
    balance : pandas.DataFrame
        As from `uplift_features.imbalances`.
    scores : pandas.DataFrame
        One row for each target, and for each other contact that was to be scored: `contact_id`, `uplift`, `decile`
        (among the targets; 1 is the highest), `is_target` (of the two arms), by id.
    """

    learners: pd.DataFrame = field(repr=False)
    deciles: pd.DataFrame = field(repr=False)
    curve: pd.DataFrame = field(repr=False)
    parts: pd.DataFrame = field(repr=False)
    balance: pd.DataFrame = field(repr=False)
    scores: pd.DataFrame = field(repr=False)

    @property
    def verdict(self) -> str:
        """Whether the scores shown rank better than chance: one of `VERDICTS`."""
        return str(self.learners["verdict"].iloc[0])


def uplift(
    targets: pd.DataFrame,
    against: str,
    fields: Sequence[str],
    others: pd.DataFrame | None = None,
    *,
    learners: Sequence[str] = ("x", "t", "s", "class"),
    seed: int = 0,
    confidence: float = 0.95,
) -> UpliftFigures:
    """Model whom a campaign moves, and test the model on targets it has not seen.

    Parameters
    ----------
    targets : pandas.DataFrame
        One row for each target of two arms: `contact_id`, `arm`, `is_responder` and the fields, as they were known
        before the campaign.
    against : str
        The arm that was held out.
    fields : sequence of str
        Columns to tell targets apart by.
    others : pandas.DataFrame, optional
        Contacts that were no targets, to be scored as well: `contact_id` and the fields.
    learners : sequence of str, optional
        Of ``"s"``, ``"t"``, ``"x"`` and ``"class"``; all are compared, and the scores are those of the first.
    seed : int, optional
        Of folds and draws.
    confidence : float, optional
        Of the intervals.

    Returns
    -------
    UpliftFigures
        The same for any order of rows.

    Raises
    ------
    FrameError
        When a column is missing.
    MeasureError
        When there are not two arms, too few responded, no field or learner is given, or the arms differ in a field.

    Notes
    -----
    The score of a target comes from models fitted without it: targets are dealt into five folds, each with its share
    of both arms and of responders, and a fold is scored by a model of the other four. Other contacts get the mean of
    the five models.

    References
    ----------
    S. R. Künzel and others (2019), PNAS 116, 4156-4165; V. Chernozhukov and others (2018), Double/debiased machine
    learning, Econometrics Journal 21, C1-C68, definition 3.1 for cross-fitting.
    """
    fields, learners = tuple(dict.fromkeys(fields)), tuple(dict.fromkeys(learners))
    check(targets, ["contact_id", "arm", "is_responder", *fields])
    _check_asked(fields, learners)
    targets = targets.sort_values("contact_id", ignore_index=True)
    rest = targets.head(0) if others is None else others.sort_values("contact_id", ignore_index=True)
    known = prepared(pd.concat([targets[list(fields)], rest[list(fields)]], ignore_index=True))
    of_targets, of_rest = known.iloc[: len(targets)], known.iloc[len(targets) :]
    is_treated = (targets["arm"] != against).to_numpy(dtype=bool)
    is_responder = targets["is_responder"].to_numpy(dtype=bool)
    _check_arms(targets, against)
    balance = _checked_balance(of_targets, is_treated)
    found = [_cross_fitted(LEARNERS[name], of_targets, is_treated, is_responder, of_rest, seed) for name in learners]
    scores, of_others = found[0]
    compared = [(name, ranked(own, is_treated, is_responder)) for name, (own, _) in zip(learners, found, strict=True)]
    return UpliftFigures(
        _compared(compared, seed, confidence), uplift_by_decile(scores, is_treated, is_responder, confidence),
        _curve(compared[0][1]), _parts(targets, fields, scores, against, confidence), balance,
        _scored(targets, scores, rest, of_others),
    )  # fmt: skip


def _cross_fitted(
    learner: Learner, known: pd.DataFrame, is_treated: Flags, is_responder: Flags, rest: pd.DataFrame, seed: int
) -> tuple[Floats, Floats]:
    """Score each target by a model that has not seen it, and the rest by the mean of the models."""
    scores, of_rest = np.empty(len(known)), np.zeros(len(rest))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for seen, unseen in folds.split(known, 2 * is_treated + is_responder):
        model = learner(known.iloc[seen], is_treated[seen], is_responder[seen])
        scores[unseen] = model(known.iloc[unseen])
        of_rest += model(rest) / FOLDS if len(rest) else 0.0
    return scores, of_rest


def _compared(ranks: Sequence[tuple[str, Any]], seed: int, confidence: float) -> pd.DataFrame:
    rows = [{"learner": name, **asdict(rank_figures(counts, seed, confidence))} for name, counts in ranks]
    found = pd.DataFrame(rows)
    found = found.assign(p_adjusted=holm(found["p_value"]))
    is_better = (found["p_adjusted"] < 1 - confidence) & (found["qini_low"] > 0)
    return found.assign(verdict=np.where(is_better, RANKS, NO_BETTER))


def _curve(counts: Any) -> pd.DataFrame:
    share, uplifts, qini = curves(counts)
    return pd.DataFrame({
        "targeted_share": share, "uplift_curve": uplifts, "uplift_random": share * uplifts[-1],
        "qini_curve": qini, "qini_random": share * qini[-1],
    })  # fmt: skip


def _parts(
    targets: pd.DataFrame, fields: Sequence[str], scores: Floats, against: str, confidence: float
) -> pd.DataFrame:
    """Put what the scores say of each part of the targets beside what happened in it."""
    found = []
    for name in fields:
        parts = targets[["contact_id", "arm", "is_responder"]].assign(**{name: parted(targets[name])})
        lifts = subgroup_lifts(
            tallied(parts, [name]).astype({"arm": "str", name: "str"}), name, against, confidence
        )  # fmt: skip
        means = pd.Series(scores).groupby(parts[name].astype("str")).mean()
        found.append(lifts.assign(predicted_uplift=lifts["value"].map(means)))
    return pd.concat(found, ignore_index=True)


def _scored(targets: pd.DataFrame, scores: Floats, rest: pd.DataFrame, of_others: Floats) -> pd.DataFrame:
    own = pd.DataFrame({"contact_id": targets["contact_id"], "uplift": scores, "is_target": True})
    theirs = pd.DataFrame({"contact_id": rest["contact_id"], "uplift": of_others, "is_target": False})
    found = pd.concat([own, theirs], ignore_index=True) if len(theirs) else own
    found.insert(2, "decile", deciles(found["uplift"].to_numpy(), scores))
    return found.sort_values("contact_id", ignore_index=True)


def _check_asked(fields: Sequence[str], learners: Sequence[str]) -> None:
    if not fields:
        raise MeasureError(
            "No field tells targets apart.", "Name fields that were known before the campaign, such as city."
        )
    for name in learners or ("",):
        if name not in LEARNERS:
            raise MeasureError(f'There is no learner "{name}".', nearest(name, LEARNERS))


def _check_arms(targets: pd.DataFrame, against: str) -> None:
    arms = dict(list(targets.groupby(targets["arm"].astype("str"))["is_responder"]))
    found = sorted(map(str, arms))
    if len(found) != 2 or against not in found:
        raise MeasureError(
            f"Uplift is of one arm against one held out, and the targets are in: {', '.join(found) or 'none'}.",
            "Name the arm, and the one to compare it with.",
        )
    for arm, responded in arms.items():
        yes = int(responded.sum())
        if min(yes, len(responded) - yes) < FEWEST:
            raise MeasureError(
                f'Not enough data: of {len(responded):,} targets in the arm "{arm}" {yes:,} responded.',
                f"A model needs {FEWEST} at least that did, and {FEWEST} that did not, in each arm.",
            )


def _checked_balance(known: pd.DataFrame, is_treated: Flags) -> pd.DataFrame:
    balance = imbalances(known, is_treated)
    unlike = balance.loc[balance["p_value"] < UNLIKELY, "field"].tolist()
    if unlike:
        raise MeasureError(
            f"The arms differ in {', '.join(unlike)} more than chance makes them differ.",
            "Leave out what was filled after the campaign began; if nothing was, the arms were not drawn by chance.",
        )
    return balance
