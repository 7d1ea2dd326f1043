"""Worksheets: Business Central's segments, a header with lines and a log of how they came there."""

from __future__ import annotations

from workbench.worksheets.both_ways import BothWays
from workbench.worksheets.by_hand import ByHand
from workbench.worksheets.going_back import GoingBack
from workbench.worksheets.keeping import Keeping
from workbench.worksheets.log_segment import Logging
from workbench.worksheets.logged_segments import LoggedSegments
from workbench.worksheets.mailing import Mailing
from workbench.worksheets.receipts import (
    ActionReceipt,
    ActionStep,
    CancelingReceipt,
    HeaderReceipt,
    LoggedDeletionReceipt,
    LoggingReceipt,
    MailingGroupReceipt,
)
from workbench.worksheets.results import (
    CriteriaLog,
    Header,
    LoggedAction,
    LoggedSegment,
    SavedCriteria,
    Worksheet,
    WorksheetList,
)
from workbench.worksheets.reusing import Reusing

__all__ = [
    "ActionReceipt",
    "ActionStep",
    "CancelingReceipt",
    "CriteriaLog",
    "Header",
    "HeaderReceipt",
    "LoggedAction",
    "LoggedDeletionReceipt",
    "LoggedSegment",
    "LoggingReceipt",
    "MailingGroupReceipt",
    "SavedCriteria",
    "Worksheet",
    "WorksheetList",
    "Worksheets",
]


class Worksheets(Keeping, ByHand, GoingBack, Reusing, Mailing, BothWays, Logging, LoggedSegments):
    """Everything a workbench does with worksheets.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    evaluator : Evaluator
        What evaluates its segments.

    Notes
    -----
    A worksheet is the static view of a segment: its lines stay until something is done to them. What was done is its
    log of criteria, and `definition` replays the log as the dynamic view. Whatever an action takes is found by the
    engine that evaluates segments.
    """
