"""What became of letters: which went, which may go now, and why the others may not."""

from __future__ import annotations

import numpy as np
import pandas as pd

STATES = ("ready", "delivered", "in_doubt", "failed", "held_back")
REASONS = ("canceled", "contact_gone", "privacy_blocked", "consent_refused", "no_consent", "no_address", "repeated")


def judged(letters: pd.DataFrame, *, needs_consent: bool = False) -> pd.DataFrame:
    """Tell of each letter of a log what became of it, and whether it may go.

    Parameters
    ----------
    letters : pandas.DataFrame
        One row for each interaction that is to be delivered: entry_no (unique), contact_id, delivery_status
        (``in_progress``, ``error`` or unknown), delivered_at, is_canceled, is_privacy_blocked, has_consent (True,
        False, or unknown where the contact has said nothing), has_address.
    needs_consent : bool, optional
        Whether a consent has to stand; else only a refusal holds back.

    Returns
    -------
    pandas.DataFrame
        The same rows with two more columns. `state` is one of `STATES`: what was begun and never ended is in doubt,
        for nobody knows whether it arrived. `reason` is one of `REASONS` where the letter is held back, else unknown;
        of several the first.

    Notes
    -----
    A contact gets one letter of a log: the delivered one, or the first of those that may go. The others are repeated.
    """
    has_begun = letters["delivered_at"].notna()
    is_open = letters["delivery_status"].eq("in_progress").fillna(False).astype(bool)
    has_failed = letters["delivery_status"].eq("error").fillna(False).astype(bool)
    reason = _reason(letters, needs_consent)
    may_go = ~has_begun & ~has_failed & reason.isna()
    is_repeated = may_go & _comes_later(letters, has_begun, may_go)
    reason = reason.mask(is_repeated, "repeated")
    state = np.select(
        [has_begun & is_open, has_begun, has_failed, reason.notna()],
        ["in_doubt", "delivered", "failed", "held_back"],
        "ready",
    )
    return letters.assign(state=state, reason=reason.where(state == "held_back"))


def _reason(letters: pd.DataFrame, needs_consent: bool) -> pd.Series:
    consent = letters["has_consent"].astype("boolean")
    holds = {
        "canceled": letters["is_canceled"].astype(bool),
        "contact_gone": letters["contact_id"].eq(0),
        "privacy_blocked": letters["is_privacy_blocked"].astype("boolean").fillna(False),
        "consent_refused": ~consent.fillna(True),
        "no_consent": consent.isna() & needs_consent,
        "no_address": ~letters["has_address"].astype("boolean").fillna(False),
    }
    reason = pd.Series(None, index=letters.index, dtype="object")
    for name, holds_back in holds.items():
        reason = reason.mask(reason.isna() & holds_back.astype(bool), name)
    return reason


def _comes_later(letters: pd.DataFrame, has_begun: pd.Series, may_go: pd.Series) -> pd.Series:
    """Find letters whose contact has one of this log already, or gets one with a lower number."""
    contact = letters["contact_id"]
    first = letters["entry_no"].where(may_go).groupby(contact).transform("min")
    return has_begun.groupby(contact).transform("any") | letters["entry_no"].ne(first)
