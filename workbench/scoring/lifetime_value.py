"""What contacts are worth: whether they are still there, what they will buy, and what that is worth today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.lifetime_value import Floats, alive, discounted_purchases, expected_purchases, spend_correlation
from pipelines.lifetime_value_holdout import fitted_counts
from pipelines.schema import Column, FieldType
from pipelines.uplift_curves import deciles
from workbench.scoring.lifetime_value_holdout import tested
from workbench.scoring.lifetime_value_models import LifetimeValueOptions, Modelled, modelled, repeat_amount, repeats
from workbench.scoring.method import Inputs, Method, Offer, Outcome

MODELS = {"bg_nbd": "BG/NBD", "pareto_nbd": "Pareto/NBD"}
_UNITS = {"day": "days", "week": "weeks", "month": "months"}
_PARTS = 3
_RELATED = 0.3
"""From this correlation on, those who buy more often spend visibly more or less each time."""


def compute(inputs: Inputs, options: LifetimeValueOptions) -> Outcome:
    """Expect what contacts will buy and are worth.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    options : LifetimeValueOptions
        Purchases, models and how far to look.

    Returns
    -------
    Outcome
        `repeat_count`, `alive_probability`, `expected_purchases`, `expected_amount`, `expected_value` and
        `value_decile` of each contact with a purchase; a test on days that the model had not seen.

    Raises
    ------
    ConditionError
        When what a purchase is does not fit the store.
    MeasureError
        When too few came back, amounts have no mean, or there is nothing to test on though a day says so.
    """
    inputs.reached(0, _PARTS)
    found = modelled(inputs, options, inputs.as_of)
    inputs.reached(1, _PARTS)
    rows = _rows(found, options)
    test = tested(inputs, options, found.known)
    inputs.reached(2, _PARTS)
    quality = {**test.quality, **_quality(found, rows)}
    tables = {"parameters": _parameters(found, options), "fitted": fitted_counts(found.purchases, found.histories)}
    notes = (*_notes(found, rows, options, inputs.as_of), *test.notes)
    return Outcome(
        rows, _columns(options), quality, {**tables, "values": _values(rows), **test.tables}, notes,
        tuple(_offers(inputs.score, rows)),
    )  # fmt: skip


def _rows(found: Modelled, options: LifetimeValueOptions) -> pd.DataFrame:
    rows = pd.DataFrame({
        "contact_id": found.known["contact_id"], "repeat_count": repeats(found.known),
        "alive_probability": alive(found.purchases, found.histories),
        "expected_purchases": expected_purchases(found.purchases, found.histories, options.horizon),
    })  # fmt: skip
    worth = discounted_purchases(found.purchases, found.histories, options.horizon, options.discount_rate)
    amount = found.expected_amount()
    if amount is not None:
        rows, worth = rows.assign(expected_amount=amount, expected_value=amount * worth), amount * worth
    return rows.assign(value_decile=_deciles(worth))


def _deciles(worth: Floats) -> Floats:
    """Rank into tenths whoever's worth is known."""
    found, is_known = np.full(len(worth), np.nan), np.isfinite(worth)
    found[is_known] = deciles(worth[is_known])
    return found


def _columns(options: LifetimeValueOptions) -> tuple[Column, ...]:
    ahead = f"the {options.horizon:,} {_UNITS[options.unit]} after the day"
    purchases = (
        Column("repeat_count", FieldType.NUMBER, "purchases after the first"),
        Column("alive_probability", FieldType.NUMBER, "how likely the contact is still a customer, 0 to 1"),
        Column("expected_purchases", FieldType.NUMBER, f"purchases expected in {ahead}"),
    )
    amounts = (
        Column("expected_amount", FieldType.AMOUNT, "what a purchase of the contact is expected to amount to"),
        Column("expected_value", FieldType.AMOUNT, f"what is expected in {ahead}, discounted to the day"),
    )
    tenth = Column("value_decile", FieldType.NUMBER, "tenth of the contacts by what is expected; 1 is the highest")
    return (*purchases, *(amounts if options.with_spend else ()), tenth)


def _quality(found: Modelled, rows: pd.DataFrame) -> dict[str, float | int | str | None]:
    told: dict[str, float | int | str | None] = {
        "contact_count": len(rows), "repeat_contact_count": found.histories.repeat_customer_count,
        "log_likelihood": found.purchase_fit.log_likelihood,
        "expected_alive_count": float(rows["alive_probability"].sum()),
        "expected_purchases_sum": float(rows["expected_purchases"].sum()),
    }  # fmt: skip
    if found.spend is not None and found.spend_fit is not None:
        related = spend_correlation(repeats(found.known), repeat_amount(found.known))
        told |= {
            "expected_value_sum": float(rows["expected_value"].sum()), "spend_mean": found.spend.mean,
            "spend_log_likelihood": found.spend_fit.log_likelihood,
            "spend_correlation": None if np.isnan(related) else related,
        }  # fmt: skip
    return told


def _parameters(found: Modelled, options: LifetimeValueOptions) -> pd.DataFrame:
    purchases = found.purchase_fit.parameters.assign(model=MODELS[options.model])
    parts = (
        [purchases] if found.spend_fit is None else [purchases, found.spend_fit.parameters.assign(model="Gamma-Gamma")]
    )
    return pd.concat(parts, ignore_index=True)[["model", *found.purchase_fit.parameters.columns]]


def _values(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum up what is expected of each tenth."""
    summed = {"contact_count": ("contact_id", "size"), "expected_purchases": ("expected_purchases", "sum")}
    if "expected_value" in rows:
        summed["expected_value"] = ("expected_value", "sum")
    return rows.groupby("value_decile").agg(**summed).reset_index()


def _notes(found: Modelled, rows: pd.DataFrame, options: LifetimeValueOptions, as_of: dt.date) -> Iterator[str]:
    yield (
        f"Expected is what contacts buy in the {options.horizon:,} {_UNITS[options.unit]} after {as_of.isoformat()}; "
        f"the value loses {options.discount_rate:.2%} with each of them."
    )
    for fit, name in ((found.purchase_fit, MODELS[options.model]), (found.spend_fit, "Gamma-Gamma")):
        if fit is not None and fit.untold:
            yield f"{name}: the data do not tell {', '.join(fit.untold)}, only that it is very small or very large."
    if found.spend is None:
        return
    related = spend_correlation(repeats(found.known), repeat_amount(found.known))
    if abs(related) >= _RELATED:
        yield (
            f"Contacts that buy more often spend differently each time (correlation {related:.2f}), which the model of "
            "amounts takes not to be so."
        )
    unknown = int(rows["expected_value"].isna().sum())
    if unknown:
        yield f"The later purchases of {unknown:,} contacts amount to nothing or less: what they are worth is not told."


def _offers(score: str, rows: pd.DataFrame) -> Iterator[Offer]:
    tenth = rows["value_decile"].eq(1)
    if tenth.any():
        condition = {"score": score, "field": "value_decile", "op": "at_most", "value": 1}
        yield Offer(
            "Most valuable",
            f"The {int(tenth.sum()):,} of {len(rows):,} contacts of whom most is expected.",
            {"steps": [{"add": condition}]},
        )
    is_regular, is_doubtful = rows["repeat_count"] >= 2, rows["alive_probability"] < 0.5
    if (is_regular & is_doubtful).any():
        conditions = [
            {"score": score, "field": "repeat_count", "op": "at_least", "value": 2},
            {"score": score, "field": "alive_probability", "op": "less_than", "value": 0.5},
        ]
        yield Offer(
            "Regulars who may have left",
            f"The {int((is_regular & is_doubtful).sum()):,} of {len(rows):,} contacts that came back twice or more and "
            "are more likely gone than not.",
            {"steps": [{"add": {"all": conditions}}]},
        )


METHOD = Method(
    "lifetime_value", "Whether contacts are still customers, what they will buy, and what that is worth.",
    LifetimeValueOptions, compute,
)  # fmt: skip
