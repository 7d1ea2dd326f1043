"""Responses by contact, by company and by entry, side by side, so that none is taken for another."""

from __future__ import annotations

import math

import pandas as pd

from pipelines.arms import check
from pipelines.response import wilson

COLUMNS = ("by", "target_count", "response_count", "response_rate", "rate_low", "rate_high")


def response_counts(targets: pd.DataFrame) -> pd.DataFrame:
    """Count the responses of targets in three ways.

    Parameters
    ----------
    targets : pandas.DataFrame
        One row for each target: `contact_id`, `company` (by what its company is known), `is_responder`,
        `response_count`.

    Returns
    -------
    pandas.DataFrame
        Rows `by` = ``"contact"``, ``"company"``, ``"entry"``: `target_count` (contacts, companies, contacts),
        `response_count` (contacts that responded, companies with somebody who did, entries), `response_rate`, at most
        1, with its 95 % Wilson interval `rate_low`, `rate_high`. A contact can have several entries, so that entries
        have no rate.

    Raises
    ------
    FrameError
        When a column is missing.

    Examples
    --------
    >>> frame = pd.DataFrame({"contact_id": [1, 2, 3], "company": ["A", "A", "B"],
    ...                       "is_responder": [True, False, False], "response_count": [2, 0, 0]})
    >>> response_counts(frame)["response_count"].tolist()
    [1, 1, 2]
    """
    check(targets, ["contact_id", "company", "is_responder", "response_count"])
    # Nobody knows the company of a contact that was erased; each stands for itself.
    company = targets["company"].where(targets["company"].notna(), targets["contact_id"].astype(str))
    companies = targets["is_responder"].groupby(company.to_numpy()).any()
    rows = [
        _counted("contact", len(targets), int(targets["is_responder"].sum())),
        _counted("company", len(companies), int(companies.sum())),
        ("entry", len(targets), int(targets["response_count"].sum()), math.nan, math.nan, math.nan),
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _counted(by: str, targets: int, responded: int) -> tuple[str, int, int, float, float, float]:
    rate = responded / targets if targets else math.nan
    return by, targets, responded, rate, *wilson(responded, targets)
