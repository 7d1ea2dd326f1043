"""The file a segment becomes, and the account of everybody who is not in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from pipelines import membership
from pipelines.catalogue import Catalogue
from pipelines.errors import ConditionError, nearest
from pipelines.membership import Mask
from pipelines.suppressing import REACHABLE
from workbench.compiling.values import column_of, frame_of
from workbench.exporting import ExportReceipt, Ledger, export_frame
from workbench.segments.definition import Segment
from workbench.segments.evaluating import Evaluation
from workbench.store import Connection

DedupeKey = Literal["email", "phone", "company"]
DEFAULT_COLUMNS = ("contact_no", "name", "email", "phone_no")
_KEYS = {
    "email": ("email",),
    "phone": ("mobile_phone_no", "phone_no"),
    "company": ("company_no", "contact_no"),
}


@dataclass(frozen=True)
class TargetList:
    """The rows of a file before it is written.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row for each contact that stays, by contact number.
    ledger : Ledger
        Where every matched contact went.
    """

    rows: pd.DataFrame
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
    keys = _keys_of(dedupe_key)
    wanted = list(dict.fromkeys(columns))
    frame = frame_of(con, np.flatnonzero(reachable), [*wanted, *keys], evaluation.scope)
    kept = frame[~_is_duplicate(frame, keys, dedupe_key)].reset_index(drop=True)
    return TargetList(kept[wanted], _ledger(evaluation, reachable, len(frame), len(kept)))


def written(
    target: TargetList,
    segment: Segment,
    evaluation: Evaluation,
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
        target.rows, columns, path, format=format, ledger=target.ledger, facts=_facts(segment, evaluation),
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


def _keys_of(dedupe_key: str | None) -> tuple[str, ...]:
    if dedupe_key is None:
        return ()
    if dedupe_key not in _KEYS:
        raise ConditionError(f'Duplicates cannot be found by "{dedupe_key}".', nearest(dedupe_key, _KEYS))
    return _KEYS[dedupe_key]


def _is_duplicate(frame: pd.DataFrame, keys: tuple[str, ...], dedupe_key: str | None) -> pd.Series:
    """Mark all but the first of each key; e-mails are compared trimmed in lower case, telephones by their digits."""
    if not keys:
        return pd.Series(False, index=frame.index)
    key = frame[keys[0]]
    for other in keys[1:]:
        key = key.fillna(frame[other])
    if dedupe_key == "email":
        key = key.str.strip().str.lower()
    if dedupe_key == "phone":
        key = key.str.replace(r"[^0-9]", "", regex=True)
    has_key = key.notna() & (key != "")
    return has_key & key.duplicated(keep="first")


def _ledger(evaluation: Evaluation, reachable: Mask, reached: int, rows: int) -> Ledger:
    return Ledger(
        matched=membership.count(evaluation.matched),
        suppressed={reason: membership.count(mask) for reason, mask in evaluation.suppressed.items()},
        limited=evaluation.limited,
        unreachable=membership.count(evaluation.members & ~reachable),
        duplicates=reached - rows,
        rows=rows,
    )


def _facts(segment: Segment, evaluation: Evaluation) -> Mapping[str, object]:
    context = evaluation.context
    return {
        "segment": segment.name,
        "definition": segment.to_dict(),
        "definition_hash": segment.hash,
        "sentence": segment.sentence,
        "as_of": context.as_of.isoformat(),
        "time_zone": str(context.zone),
        "week_starts_on": context.week_starts_on,
        "revision": evaluation.facts.revision,
        "base": membership.count(evaluation.base),
        "total": membership.count(evaluation.members),
    }
