"""What contacts bought, counted and added up in the store: one row for each of them, as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Annotated, Any

import numpy as np
import pandas as pd
import yaml
from pydantic import BeforeValidator, Field
from sqlglot import exp

from pipelines.purchase_tallies import tallied
from workbench.compiling.rules import DIALECT
from workbench.compiling.values import offered
from workbench.scoring.choosing import chosen
from workbench.scoring.method import Inputs, Options
from workbench.scoring.purchase_rows import PurchaseRows, bound_rows, each, of_contacts, of_days, purchases
from workbench.store import Connection, tables


def _read(given: Any) -> Any:
    """Read a condition that is written as text, as in a form; a word is a table."""
    read = yaml.safe_load(given) if isinstance(given, str) else given
    return {"related": read} if isinstance(read, str) else read


class PurchaseOptions(Options):
    """What a purchase is.

    Attributes
    ----------
    purchase : mapping
        The rows that purchases are made of, as a condition on related rows.
    counted_by : str or None
        What one purchase is.
    amount : str or None
        What is added up.
    base : str or None
        Whose purchases.
    """

    purchase: Annotated[dict[str, Any], BeforeValidator(_read)] = Field(
        {"related": "sales_entry"}, description="The rows that purchases are made of: a condition on related rows."
    )
    counted_by: str | None = Field(
        None, description="What one purchase is: each value of a field such as document_no, each day with entries "
        "(day), or each entry; the document of sales, and else each entry, if empty.",
    )  # fmt: skip
    amount: str | None = Field(None, description="The field that is added up; sales_amount if empty.")
    base: str | None = Field(None, description="The saved segment whose purchases are looked at; everybody if empty.")


def summary(
    inputs: Inputs,
    options: PurchaseOptions,
    *,
    until: dt.date | None = None,
    after: dt.date | None = None,
    with_first: bool = False,
) -> pd.DataFrame:
    """Sum up the purchases of each contact.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    options : PurchaseOptions
        What a purchase is.
    until : datetime.date, optional
        An earlier day to look from, such as the end of a calibration; that of the run where left out.
    after : datetime.date, optional
        Leave out purchases of this day and earlier ones, such as those of a calibration.
    with_first : bool, optional
        Tell also what the first purchase amounts to, which takes longer.

    Returns
    -------
    pandas.DataFrame
        One row for each contact with a purchase: `contact_id`, ascending; `first_on` and `last_on`, days on the
        calendar of the store (datetime64); `purchase_count`; `amount` and, if asked for, `first_amount` (float64; not
        known where the rows have no amounts).

    Raises
    ------
    ConditionError
        When the condition, what is counted or the amount does not fit the store; when there is no such segment.

    Notes
    -----
    Amounts are added up exactly, and an empty one adds nothing. A purchase is on the day of its first entry. An entry
    without the field that purchases are counted by is a purchase by itself. Of purchases of one instant, the one with
    the smallest amount is the first.
    """
    rows = _rows(inputs, options, until or inputs.as_of)
    made = purchases(rows, after=after, of_some=options.base is not None)
    if with_first or not rows.is_whole:
        return _grouped(inputs, options, of_contacts(made, rows), with_first=with_first)
    size = len(inputs.evaluator.facts().everybody)
    with _reading(inputs, options) as con:
        batches = tables.batches(con, each(made, rows).sql(dialect=DIALECT))
        found = tallied(batches, size, tables.AMOUNT_UNIT)
    return found if rows.amount is not None else found.assign(amount=np.nan)


def _grouped(inputs: Inputs, options: PurchaseOptions, query: exp.Select, *, with_first: bool) -> pd.DataFrame:
    found = _frame(inputs, options, query).astype({
        "contact_id": "int64", "first_on": "datetime64[s]", "last_on": "datetime64[s]", "purchase_count": "int64",
        "amount": "float64", "first_amount": "float64",
    })  # fmt: skip
    return found if with_first else found.drop(columns="first_amount")


def by_day(inputs: Inputs, options: PurchaseOptions, *, until: dt.date | None = None) -> pd.DataFrame:
    """Count the purchases of all contacts by day.

    Parameters
    ----------
    inputs : Inputs
        The store as of a day.
    options : PurchaseOptions
        What a purchase is.
    until : datetime.date, optional
        An earlier day to look from; that of the run where left out.

    Returns
    -------
    pandas.DataFrame
        One row for each day with a purchase, ascending: `bought_on` (datetime64), `first_count` (contacts whose first
        purchase it is) and `repeat_count` (purchases that are not the first of their contact).

    Raises
    ------
    ConditionError
        As `summary`.
    """
    rows = _rows(inputs, options, until or inputs.as_of)
    found = _frame(inputs, options, of_days(purchases(rows, of_some=options.base is not None), rows))
    return found.astype({"bought_on": "datetime64[s]", "first_count": "int64", "repeat_count": "int64"})


def _rows(inputs: Inputs, options: PurchaseOptions, day: dt.date) -> PurchaseRows:
    catalogue = inputs.evaluator.facts().catalogue
    return bound_rows(options.purchase, options.counted_by, options.amount, catalogue, inputs.context_on(day))


def _frame(inputs: Inputs, options: PurchaseOptions, query: exp.Select) -> pd.DataFrame:
    with _reading(inputs, options) as con:
        return tables.large_frame(con, query.sql(dialect=DIALECT), {})


@contextmanager
def _reading(inputs: Inputs, options: PurchaseOptions) -> Iterator[Connection]:
    """Open a unit of work in which the contacts of the base are on offer."""
    base = chosen(inputs, options.base)
    with inputs.reading() as con, nullcontext() if base is None else offered(con, base):
        yield con
