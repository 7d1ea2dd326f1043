"""What was known of contacts the day before a campaign began, to tell its targets apart by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.catalogue import COMPUTED, Catalogue
from pipelines.schema import Column, FieldType
from pipelines.scores import parted
from workbench.compiling.values import Scope, column_of, frame_of
from workbench.errors import ConditionError, ConfigError
from workbench.scores.registry import scores
from workbench.setup import Setup
from workbench.store import Connection, tables

_TAKEN = (
    FieldType.TEXT, FieldType.BOOLEAN, FieldType.NUMBER, FieldType.AMOUNT, FieldType.INTEGER, FieldType.DATE,
    FieldType.TIMESTAMP,
)  # fmt: skip
_ANY_DAY = dt.date(2000, 1, 1)  # for fields that depend on none


def first_day(targets: pd.DataFrame) -> dt.date | None:
    """Find the day a campaign began.

    Parameters
    ----------
    targets : pandas.DataFrame
        With `targeted_on`.

    Returns
    -------
    datetime.date or None
        The first day on which anybody was targeted; None where no target has a day.
    """
    first = targets["targeted_on"].min()
    return None if pd.isna(first) else pd.Timestamp(first).date()


def known_before(con: Connection, setup: Setup, fields: Sequence[str], begun_on: dt.date | None) -> pd.DataFrame:
    """Read what was known of every contact before a campaign.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup : Setup
        Fields and settings of the store.
    fields : sequence of str
        Fields of contacts, computed fields, ``company.`` and a field, or ``score.NAME.FIELD``.
    begun_on : datetime.date or None
        The first day of the campaign.

    Returns
    -------
    pandas.DataFrame
        One row for each contact: `contact_id`, `contact_no` and the fields. What is computed is as of the day before,
        so that nothing the campaign did is in it; what is recorded of a contact is as it is now.

    Raises
    ------
    ConditionError
        When there is no such field, or its values are lists.
    ConfigError
        When a computed field or a score is named and the campaign has no first day.
    """
    catalogue = Catalogue(contact=setup.table("contact"), scores=scores(con))
    for name in fields:
        _check(column_of(name, catalogue), begun_on)
    day = _ANY_DAY if begun_on is None else begun_on - dt.timedelta(days=1)
    scope = Scope(catalogue, setup.settings().context(day))
    ids = tables.ids(con, "SELECT contact_id FROM contact")
    return frame_of(con, np.asarray(ids), ["contact_no", *fields], scope).reset_index()


def _check(column: Column, begun_on: dt.date | None) -> None:
    if column.type not in _TAKEN:
        raise ConditionError(
            f'The field "{column.name}" cannot tell targets apart.',
            "Take one that has a single value for each contact.",
        )
    if begun_on is None and (column.name in COMPUTED or parted(column.name) is not None):
        raise ConfigError(
            f'Nobody knows what "{column.name}" was before the campaign, for it has no first day.',
            "Give its targets a day, or the campaign its starting_on.",
        )
