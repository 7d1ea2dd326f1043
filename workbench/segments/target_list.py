"""The file a segment becomes, and the account of everybody who is not in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines import membership
from pipelines.catalogue import Catalogue
from pipelines.definition import Limit
from pipelines.errors import ConditionError, nearest
from pipelines.membership import Mask
from pipelines.suppressing import REACHABLE
from workbench.compiling.rules import DIALECT
from workbench.compiling.values import Scope, column_of, frame_of, offered
from workbench.exporting import ExportReceipt, Ledger, export_frame
from workbench.segments import limiting
from workbench.segments.definition import Segment
from workbench.segments.evaluating import Evaluation
from workbench.segments.noting import noted
from workbench.segments.testing import SegmentCheck
from workbench.store import Connection, tables

DedupeKey = Literal["email", "phone", "company"]
DEFAULT_COLUMNS = ("contact_no", "name", "email", "phone_no")


@dataclass(frozen=True)
class TargetList:
    """The rows of a file before it is written.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row for each contact that stays, by contact number.
    ids : numpy.ndarray of int
        Their contact ids.
    ledger : Ledger
        Where every matched contact went.
    """

    rows: pd.DataFrame
    ids: npt.NDArray[Any]
    ledger: Ledger


def drawn(
    con: Connection,
    evaluation: Evaluation,
    columns: Sequence[str],
    channel: str | None,
    dedupe_key: DedupeKey | None,
) -> TargetList:
    """Draw the rows of a target list off an evaluation.

    Parameters
    ----------
    con : connection
        An open unit of work at the evaluation's revision.
    evaluation : Evaluation
        Who is in the segment.
    columns : sequence of str
        The fields of the file.
    channel : str or None
        Leave out members without an address for it.
    dedupe_key : {"email", "phone", "company"} or None
        Keep the first contact, by number, of each e-mail address, telephone or company.

    Returns
    -------
    TargetList
        Rows and account.

    Raises
    ------
    ConditionError
        When a field, channel or key does not exist.
    """
    reachable = _reachable(evaluation, channel)
    ids = np.flatnonzero(reachable)
    kept = _first_of_each(con, ids, dedupe_key, evaluation.scope)
    rows = frame_of(con, kept, list(dict.fromkeys(columns)), evaluation.scope).reset_index(drop=True)
    return TargetList(rows, kept, _ledger(evaluation, reachable, ids.size, len(rows)))


def written(
    target: TargetList,
    segment: Segment,
    evaluation: Evaluation,
    checks: Sequence[SegmentCheck],
    path: str | Path,
    *,
    format: str | None,
    locale: str,
    overwrite: bool,
    progress: Callable[[int, int], None] | None,
) -> ExportReceipt:
    """Write a target list with its manifest.

    Parameters
    ----------
    target : TargetList
        What to write.
    segment : Segment
        What it is of.
    evaluation : Evaluation
        When and at which revision.
    checks : sequence of SegmentCheck
        Whether the segment keeps its own; who writes with one that failed has been told to.
    path : str or pathlib.Path
        Where to.
    format : str or None
        As for `exporting.export_frame`.
    locale : str
        For Excel CSV.
    overwrite : bool
        Whether an existing file is replaced.
    progress : callable or None
        Called with rows done and rows in all.

    Returns
    -------
    ExportReceipt
        Where file and manifest are.
    """
    columns = [column_of(name, evaluation.facts.catalogue) for name in target.rows.columns]
    return export_frame(
        target.rows, columns, path, format=format, ledger=target.ledger, facts=_facts(segment, evaluation, checks),
        locale=locale, overwrite=overwrite, progress=progress,
    )  # fmt: skip


def check_columns(columns: Sequence[str], catalogue: Catalogue) -> None:
    """Refuse fields that do not exist, before anything is evaluated.

    Parameters
    ----------
    columns : sequence of str
        The fields of a file or preview.
    catalogue : Catalogue
        The fields there are.

    Raises
    ------
    ConditionError
        For the first that does not exist, or when there is none.
    """
    if not columns:
        raise ConditionError("A list needs at least one column.", "Name some, such as contact_no, name, email.")
    for name in columns:
        column_of(name, catalogue)


def _reachable(evaluation: Evaluation, channel: str | None) -> Mask:
    if channel is None:
        return evaluation.members
    if channel not in evaluation.reachable:
        raise ConditionError(f'There is no channel "{channel}".', nearest(channel, REACHABLE))
    return evaluation.reachable[channel]


def _first_of_each(con: Connection, ids: npt.NDArray[Any], dedupe_key: str | None, scope: Scope) -> npt.NDArray[Any]:
    """Keep whom a limit of one per key would keep."""
    if dedupe_key is None:
        return ids
    if dedupe_key not in get_args(DedupeKey):
        raise ConditionError(f'Duplicates cannot be found by "{dedupe_key}".', nearest(dedupe_key, get_args(DedupeKey)))
    one_of_each = limiting.stages(Limit(one_per=dedupe_key), scope)["one_per"].sql(dialect=DIALECT)
    with offered(con, ids):
        return tables.ids(con, one_of_each)


def _ledger(evaluation: Evaluation, reachable: Mask, reached: int, rows: int) -> Ledger:
    return Ledger(
        matched=membership.count(evaluation.matched),
        suppressed={reason: membership.count(mask) for reason, mask in evaluation.suppressed.items()},
        limited=evaluation.limited,
        unreachable=membership.count(evaluation.members & ~reachable),
        duplicates=reached - rows,
        rows=rows,
    )


def _facts(segment: Segment, evaluation: Evaluation, checks: Sequence[SegmentCheck]) -> Mapping[str, object]:
    context = evaluation.context
    failed = [check.why for check in checks if not check.passed]
    return {
        "segment": segment.name,
        "definition": segment.to_dict(),
        "definition_hash": segment.hash,
        "sentence": segment.sentence,
        "as_of": context.as_of.isoformat(),
        "time_zone": str(context.zone),
        "week_starts_on": context.week_starts_on,
        "fiscal_year_starts_on": context.fiscal_year_starts_on,
        "revision": evaluation.facts.revision,
        "base": membership.count(evaluation.base),
        "total": membership.count(evaluation.members),
        "notes": list(noted(evaluation.definition, evaluation.facts, context.as_of)),
        "checks": {"passed": len(checks) - len(failed), "failed": failed, "forced": bool(failed)},
    }
