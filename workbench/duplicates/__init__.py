"""Duplicates: finding, reviewing and merging them."""

from __future__ import annotations

from workbench.duplicates.results import DuplicateQueue, DuplicateSearch, PairExplanation, Review, SearchStringSetup
from workbench.duplicates.reviewing import Reviewing
from workbench.duplicates.search_strings import SearchStrings

__all__ = [
    "DuplicateQueue",
    "DuplicateSearch",
    "Duplicates",
    "PairExplanation",
    "Review",
    "SearchStringSetup",
]


class Duplicates(Reviewing, SearchStrings):
    """Everything a workbench does with contacts that may be the same.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """
