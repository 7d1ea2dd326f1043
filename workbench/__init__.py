"""Segmentation Workbench: contacts, interactions and segments in one local store.

    import workbench as wb
    bench = wb.open("demo.duckdb")
    bench.segments.count("lapsed-regulars", bench.as_of())

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from importlib import metadata, util
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.bench import Workbench
    from workbench.bench import open_workbench as open  # noqa: A004
    from workbench.errors import (
        CancelledError,
        ChecksFailedError,
        ConditionError,
        ConfigError,
        ConflictError,
        DeliveryError,
        ExportError,
        FrameError,
        MeasureError,
        NotFoundError,
        RuleError,
        SourceError,
        StoreBusyError,
        StoreError,
        StoreVersionError,
        WorkbenchError,
    )
    from workbench.segments.definition import Segment
    from workbench.store.cancelling import Cancellation

_ERRORS = (
    "CancelledError", "ChecksFailedError", "ConditionError", "ConfigError", "ConflictError", "DeliveryError",
    "ExportError", "FrameError", "MeasureError", "NotFoundError", "RuleError", "SourceError", "StoreBusyError",
    "StoreError", "StoreVersionError", "WorkbenchError",
)  # fmt: skip
_PUBLIC = {
    "Cancellation": ("workbench.store.cancelling", "Cancellation"),
    "Segment": ("workbench.segments.definition", "Segment"),
    "Workbench": ("workbench.bench", "Workbench"),
    "open": ("workbench.bench", "open_workbench"),
    **{name: ("workbench.errors", name) for name in _ERRORS},
}

__all__ = [
    "Cancellation",
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
    "Segment",
    "SourceError",
    "StoreBusyError",
    "StoreError",
    "StoreVersionError",
    "Workbench",
    "WorkbenchError",
    "open",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return metadata.version("segmentation-workbench")
    if name not in _PUBLIC:
        raise AttributeError(f"module 'workbench' has no attribute {name!r}")
    module, attribute = _PUBLIC[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def _refuse_shadow() -> None:
    """Say so when something else named `pipelines` hides ours: the import error it causes later tells nobody why."""
    found = util.find_spec("pipelines")
    is_package = found is not None and found.origin is not None and found.submodule_search_locations is not None
    if not is_package or util.find_spec("pipelines.conditions") is None:
        where = found.origin or next(iter(found.submodule_search_locations or ["nowhere"])) if found else "nowhere"
        raise ImportError(
            f"The workbench needs its own package 'pipelines', but Python finds {where} first. "
            "Start from another folder, or rename that one."
        )


_refuse_shadow()
