"""Campaigns: their cards, whom they target, what was done for them, and who responded."""

from __future__ import annotations

from workbench.campaigns.rates import Rating, ResponseRates

__all__ = ["Campaigns", "ResponseRates"]


class Campaigns(Rating):
    """Everything a workbench does with campaigns.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.
    """
