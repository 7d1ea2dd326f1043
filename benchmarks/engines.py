"""The engines that are asked beside the workbench, each where it is installed."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import workbench as wb
from benchmarks.questions import Question

# Each is a module `in_…` with `missing` and `opened`.
ENGINES = ("pandas", "polars", "clickhouse", "postgres")

Answer = Callable[[Question], int]


def missing(engine: str) -> str:
    """Say why an engine cannot be asked.

    Parameters
    ----------
    engine : str
        One of `ENGINES`.

    Returns
    -------
    str
        Empty where it can.
    """
    try:
        return str(_module(engine).missing())
    except ImportError as error:
        return f"the package {error.name} is not installed"


@contextmanager
def opened(engine: str, bench: wb.Workbench) -> Iterator[Answer]:
    """Give an engine the data; it gives them up at the end.

    Parameters
    ----------
    engine : str
        One of `ENGINES` that is not missing.
    bench : Workbench
        The store.

    Yields
    ------
    callable
        Answers a question.
    """
    with _module(engine).opened(bench) as answer:
        yield answer


def _module(engine: str) -> Any:
    return importlib.import_module(f"benchmarks.in_{engine}")
