"""Duplicates: finding, reviewing and merging them."""

from __future__ import annotations

from workbench.duplicates.conflicts import Conflict
from workbench.duplicates.merge_results import MergeList, MergePlan, MergeReceipt, UnmergeReceipt
from workbench.duplicates.merging import Merging
from workbench.duplicates.results import DuplicateQueue, DuplicateSearch, PairExplanation, Review, SearchStringSetup
from workbench.duplicates.search_strings import SearchStrings
from workbench.duplicates.unmerging import Unmerging

__all__ = [
    "Conflict",
    "DuplicateQueue",
    "DuplicateSearch",
    "Duplicates",
    "MergeList",
    "MergePlan",
    "MergeReceipt",
    "PairExplanation",
    "Review",
    "SearchStringSetup",
    "UnmergeReceipt",
]


class Duplicates(Merging, Unmerging, SearchStrings):
    """Everything a workbench does with contacts that may be the same.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """
