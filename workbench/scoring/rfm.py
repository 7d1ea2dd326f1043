"""How recently, how often and for how much contacts bought, as a score with names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

import numpy as np
import pandas as pd
import yaml
from pydantic import BeforeValidator, Field, model_validator

from pipelines.rfm import CUSTOM, FIGURES, Rfm, rfm
from pipelines.rfm_map_findings import findings, sentences
from pipelines.rfm_map_reading import read_map
from pipelines.rfm_maps import MAPS, Named, RfmMap, named
from pipelines.schema import Column, FieldType
from workbench.scoring.choosing import chosen
from workbench.scoring.method import Inputs, Method, Offer, Outcome
from workbench.scoring.purchases import PurchaseOptions, summary

_COLUMNS = (
    Column("recency_days", FieldType.NUMBER, "days since the last purchase"),
    Column("frequency", FieldType.NUMBER, "number of purchases"),
    Column("monetary", FieldType.AMOUNT, "what all purchases amount to"),
    Column("recency_score", FieldType.NUMBER, "score of recency, from 1; the highest bought most recently"),
    Column("frequency_score", FieldType.NUMBER, "score of frequency, from 1; the highest bought most often"),
    Column("monetary_score", FieldType.NUMBER, "score of the amount, from 1; the highest bought for most"),
    Column("rfm_score", FieldType.TEXT, "the three scores behind each other"),
    Column("segment", FieldType.TEXT, "name that the map gives to these scores"),
)
_PARTS = 3


def _numbers(given: Any) -> Any:
    """Take apart numbers that are written in a row, as on a command line."""
    return [part for part in given.split(",") if part.strip()] if isinstance(given, str) else given


def _map(given: Any) -> Any:
    """Read a map that is written as text, as in a form; a word is the name of one."""
    return yaml.safe_load(given) if isinstance(given, str) else given


Bounds = Annotated[tuple[float, ...] | None, BeforeValidator(_numbers)]


class RfmOptions(PurchaseOptions):
    """What a purchase is, how figures become scores, and scores names.

    Attributes
    ----------
    bins : str
        How figures are cut.
    scores : int
        How many scores each figure has.
    recency_bounds, frequency_bounds, monetary_bounds : tuple of float or None
        Where custom bins begin.
    map : str, mapping or None
        Names for scores.
    """

    bins: Literal["quantile", "quantile_r", "fixed", "custom"] = Field(
        "quantile", description="How figures are cut: equal shares of the contacts (quantile), as the R package rfm "
        "does (quantile_r), even steps from the lowest to the highest (fixed), or at bounds (custom).",
    )  # fmt: skip
    scores: int = Field(5, ge=2, le=10, description="How many scores each figure has; with bounds, they say it.")
    recency_bounds: Bounds = Field(
        None, description="Of custom bins: days since the last purchase, ascending; a figure at a bound is above it."
    )
    frequency_bounds: Bounds = Field(None, description="Of custom bins: numbers of purchases, ascending.")
    monetary_bounds: Bounds = Field(None, description="Of custom bins: amounts, ascending.")
    map: Annotated[str | dict[str, Any] | None, BeforeValidator(_map)] = Field(
        None, description=f"Names for scores: {', '.join(MAPS)}, or a list of one's own; the first of as many scores "
        "if empty.",
    )  # fmt: skip

    @model_validator(mode="after")
    def _bounds_belong_to_custom(self) -> Self:
        if self.bins != CUSTOM and self.bounds:
            raise ValueError(f"bounds belong to custom bins, and bins is {self.bins}")
        return self

    @property
    def bounds(self) -> dict[str, tuple[float, ...]]:
        """The bounds that are given, by figure."""
        given = {figure: getattr(self, f"{figure}_bounds") for figure in FIGURES}
        return {figure: bounds for figure, bounds in given.items() if bounds is not None}


def compute(inputs: Inputs, options: RfmOptions) -> Outcome:
    """Score contacts by how recently, how often and for how much they bought.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    options : RfmOptions
        Purchases, bins and names.

    Returns
    -------
    Outcome
        Figures, scores and the name of each contact with a purchase; a segment for each name.

    Raises
    ------
    ConditionError
        When what a purchase is does not fit the store, or the map is none.
    MeasureError
        When nobody bought, bounds do not do, or the map is of another number of scores.
    """
    inputs.reached(0, _PARTS)
    known = summary(inputs, options)
    inputs.reached(1, _PARTS)
    found = rfm(known, inputs.as_of, options.bins, options.scores, options.bounds)
    names = _names(options, found)
    rows = found.rows.assign(name=_named(found, names))
    inputs.reached(2, _PARTS)
    quality = _quality(inputs, options, rows)
    notes, offers = tuple(_notes(found, rows, names)), tuple(_offers(inputs.score, rows, names))
    scores = rows.rename(columns={"name": "segment"})  # what a score's field is called stands in every rule
    return Outcome(scores, _COLUMNS, quality, _tables(found, rows, names), notes, offers)


def _names(options: RfmOptions, found: Rfm) -> RfmMap | None:
    """Take the map that is told, or the first that comes along for these scores."""
    if options.map is not None:
        return read_map(options.map)
    counts = set(found.scores.values())
    return next((one for one in MAPS.values() if {one.scores} == counts), None)


def _named(found: Rfm, names: RfmMap | None) -> pd.Series:
    if names is None:
        return pd.Series(None, index=found.rows.index, dtype="str")
    return named(found.rows, found.scores, names)


def _quality(inputs: Inputs, options: RfmOptions, rows: pd.DataFrame) -> dict[str, float | int | str | None]:
    base = chosen(inputs, options.base)
    everybody = int(np.count_nonzero(inputs.evaluator.facts().everybody)) if base is None else len(base)
    amount = rows["monetary"].sum(min_count=1)
    return {
        "buyer_share": len(rows) / everybody, "named_share": float(rows["name"].notna().mean()),
        "contact_count": len(rows), "base_count": everybody, "purchase_count": int(rows["frequency"].sum()),
        "amount_sum": None if pd.isna(amount) else float(amount),
    }  # fmt: skip


def _tables(found: Rfm, rows: pd.DataFrame, names: RfmMap | None) -> dict[str, pd.DataFrame]:
    tables = {"names": _of_names(rows, names), "grid": _grid(rows), "ranges": found.ranges()}
    if names is not None:
        tables["map"] = names.frame()
        if len(doubtful := findings(names)):
            tables["findings"] = doubtful
    return tables


def _of_names(rows: pd.DataFrame, names: RfmMap | None) -> pd.DataFrame:
    """Sum up contacts by name, in the order of the map; those without a name last."""
    order = [*(one.name for one in names.names), ""] if names else [""]
    found = rows.assign(name=pd.Categorical(rows["name"].fillna(""), order)).groupby("name", observed=True).agg(
        contacts=("contact_id", "size"), purchases=("frequency", "sum"), amount=("monetary", "sum"),
        recency_median=("recency_days", "median"), frequency_median=("frequency", "median"),
        monetary_median=("monetary", "median"),
    )  # fmt: skip
    found = found.reset_index().astype({"name": "str"})
    found.insert(2, "share", found["contacts"] / len(rows))
    found.insert(5, "amount_per_purchase", found["amount"] / found["purchases"])
    return found


def _grid(rows: pd.DataFrame) -> pd.DataFrame:
    """Count contacts by recency and frequency, with the name that most of them have."""
    of_cell = ["recency_score", "frequency_score"]
    by_name = rows.groupby([*of_cell, "name"], dropna=False).agg(
        contacts=("contact_id", "size"), amount=("monetary", "sum")
    ).reset_index()  # fmt: skip
    first = by_name.sort_values(["contacts", "name"], ascending=[False, True]).drop_duplicates(of_cell)
    found = by_name.groupby(of_cell)[["contacts", "amount"]].sum().reset_index()
    return found.merge(first[[*of_cell, "name"]], on=of_cell).assign(name=lambda grid: grid["name"].fillna(""))


def _notes(found: Rfm, rows: pd.DataFrame, names: RfmMap | None) -> Iterator[str]:
    ranges = found.ranges()
    for figure in found.bins:
        empty = ranges.loc[(ranges["figure"] == figure) & (ranges["contacts"] == 0), "score"]
        if len(empty):
            yield f"Nobody has the {figure} score {', '.join(map(str, empty))}: equal figures have equal scores."
    if "monetary" not in found.bins:
        yield "The purchases have no amounts, so there are no monetary scores."
    below = int((rows["monetary"] < 0).sum())
    if below:
        yield f"The purchases of {below:,} contacts amount to less than nothing."
    if names is None:
        yield "No map that comes along is of these scores, so they have no names."
    else:
        yield from sentences(findings(names))


def _offers(score: str, rows: pd.DataFrame, names: RfmMap | None) -> Iterator[Offer]:
    counts = rows["name"].value_counts()
    for one in names.names if names else ():
        if names is not None and one.name in counts.index:
            yield Offer(
                one.name, f"The {counts[one.name]:,} of {len(rows):,} contacts with purchases that the map "
                f"{names.name} calls {one.name}: {_bounds_of(one, names)}.",
                {"steps": [{"add": {"score": score, "field": "segment", "op": "is", "value": one.name}}]},
            )  # fmt: skip


def _bounds_of(one: Named, names: RfmMap) -> str:
    """Say the bounds that not everybody meets."""
    found = {figure: getattr(one, figure) for figure in FIGURES if getattr(one, figure) != (1, names.scores)}
    said = (f"{figure} {low}" if low == high else f"{figure} {low} to {high}" for figure, (low, high) in found.items())
    return f"{', '.join(said) or 'any scores'} of {names.scores}, and no earlier name"


METHOD = Method("rfm", "How recently, how often and for how much contacts bought.", RfmOptions, compute)
