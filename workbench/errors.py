"""The errors that state can raise: files, the store, rules of the business, settings."""

from __future__ import annotations

from pipelines.errors import (
    ConditionError,
    FrameError,
    MeasureError,
    RuleError,
    WorkbenchError,
    nearest,
)

__all__ = [
    "CancelledError",
    "ChecksFailedError",
    "ConditionError",
    "ConfigError",
    "ConflictError",
    "DeliveryError",
    "ExportError",
    "FrameError",
    "MeasureError",
    "NotFoundError",
    "RuleError",
    "SourceError",
    "StoreBusyError",
    "StoreError",
    "StoreVersionError",
    "WorkbenchError",
    "nearest",
]


class SourceError(WorkbenchError):
    """A file or frame as a whole cannot be loaded; wrong rows are data, not this."""


class ExportError(WorkbenchError):
    """A file cannot be written as asked, or does not hold what was to be written."""


class DeliveryError(WorkbenchError):
    """A mail server cannot be spoken to, or broke off."""


class StoreError(WorkbenchError):
    """The store refused a statement or cannot be opened."""


class CancelledError(WorkbenchError):
    """Work was stopped before its end because nobody waits for it any more."""


class StoreBusyError(StoreError):
    """Another process holds the store and did not give it up in time."""


class StoreVersionError(StoreError):
    """The store was written by a newer workbench than this one."""


class NotFoundError(WorkbenchError, LookupError):
    """Nothing has the name or number that was asked for."""


class ConflictError(WorkbenchError):
    """What is to be written stands against what is there already."""


class ChecksFailedError(RuleError):
    """A segment does not keep what its definition promises of it: examples or invariants."""


class ConfigError(WorkbenchError):
    """A setting or option has a value that cannot be used."""
