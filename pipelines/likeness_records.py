"""Contacts made ready for comparing: each field as numbers of its different values, with how often each occurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.errors import MeasureError, nearest
from pipelines.likeness import KINDS, Floats, Kind

Codes = npt.NDArray[np.int64]
Counts = Mapping[str, Mapping[str, int]]

USUAL_SIZE = 200
"""With how many contacts what is usual in the world at large is weighed against what the store shows."""


@dataclass(frozen=True)
class Field:
    """One thing that is compared.

    Attributes
    ----------
    name : str
        The field of contacts, or the first of those that are compared together.
    kind : Kind
        Its kind.
    codes : numpy.ndarray of int64
        Place of each row's value in `values`; below 0 where it is unknown.
    values : list of str
        Different values as they are compared, in order.
    counts : numpy.ndarray of int64
        How often each value occurs.
    shown : pandas.Series
        Each row's value as it was written.
    """

    name: str
    kind: Kind
    codes: Codes
    values: list[str]
    counts: Codes
    shown: pd.Series

    def chance(self, codes: Codes, size: int) -> Floats:
        """Tell how likely it is that somebody else has a value.

        Parameters
        ----------
        codes : numpy.ndarray of int64
            Places in `values`, none below 0.
        size : int
            How many contacts there are.

        Returns
        -------
        numpy.ndarray of float
            The others who have it, weighed against what is usual, so that a small store does not take any name for
            rare or common.
        """
        others = self.counts[codes] - 1
        found: Floats = (np.maximum(others, 0) + self.kind.usual_rate * USUAL_SIZE) / (size + USUAL_SIZE)
        return found

    def words(self, row_values: list[str] | None = None) -> list[str]:
        """Give each row's value as it is compared.

        Parameters
        ----------
        row_values : list of str, optional
            Values to use in place of `values`, one for each of them.

        Returns
        -------
        list of str
            Empty where it is unknown.
        """
        known = np.array([*(row_values if row_values is not None else self.values), ""], dtype=object)
        return list(known[self.codes])


@dataclass(frozen=True)
class Records:
    """Contacts of one type made ready for comparing.

    Attributes
    ----------
    fields : tuple of Field
        What is compared.
    size : int
        How many rows there are.
    population : int
        How many contacts there are in all, where these are only some.
    """

    fields: tuple[Field, ...]
    size: int
    population: int

    def of_kind(self, kind: str) -> Field | None:
        """Find the first field of a kind.

        Parameters
        ----------
        kind : str
            Its name.

        Returns
        -------
        Field or None
            None when there is none.
        """
        return next((field for field in self.fields if field.kind.name == kind), None)

    def all_of(self, *kinds: str) -> tuple[Field, ...]:
        """Find the fields of some kinds.

        Parameters
        ----------
        *kinds : str
            Names.

        Returns
        -------
        tuple of Field
            In the order of `fields`.
        """
        return tuple(field for field in self.fields if field.kind.name in kinds)


def records(
    frame: pd.DataFrame, kinds: Mapping[str, str], population: int | None = None, counts: Counts | None = None
) -> Records:
    """Make contacts ready for comparing.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row for each contact; columns that `kinds` does not name are left out.
    kinds : mapping of str to str
        The kind of each field. All fields of kind ``street`` are compared as one.
    population : int, optional
        How many contacts there are in all.
    counts : mapping of str to mapping of str to int, optional
        By field, how often each of its values occurs in all contacts, where these are only some; values as the kind's
        `brought` gives them, all lines of an address under the first.

    Returns
    -------
    Records
        With a field for each column and kind that the frame has.

    Raises
    ------
    MeasureError
        When there is no such kind.
    """
    for name, kind in kinds.items():
        if kind not in KINDS:
            raise MeasureError(f'{name} cannot be compared as "{kind}".', nearest(kind, KINDS))
    present = {name: kind for name, kind in kinds.items() if name in frame.columns}
    lines = [name for name, kind in present.items() if kind == "street"]
    alone = [name for name in present if name not in lines[1:]]
    fields = tuple(
        _field(name, KINDS[present[name]], joined(frame, lines) if name in lines else texts(frame[name]), counts or {})
        for name in alone
    )
    return Records(fields, len(frame), max(population or 0, len(frame)))


def joined(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Put the lines of an address together.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row for each contact.
    names : sequence of str
        Its columns, at least one.

    Returns
    -------
    pandas.Series of str
        Parted by blanks; empty where nothing is known.
    """
    lines = texts(frame[names[0]])
    for name in names[1:]:
        lines = lines.str.cat(texts(frame[name]), sep=" ")
    return lines.str.strip()


def texts(values: pd.Series) -> pd.Series:
    """Write values as texts.

    Parameters
    ----------
    values : pandas.Series
        Texts or days.

    Returns
    -------
    pandas.Series of str
        Days as year, month and day; what is unknown is empty.
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        values = values.dt.strftime("%Y-%m-%d")
    return values.astype(object).where(values.notna(), "").astype(str)


def _field(name: str, kind: Kind, shown: pd.Series, known_counts: Counts) -> Field:
    """Only different texts are brought to what counts; order of rows plays no part, for values are sorted."""
    as_written, written = pd.factorize(shown)
    brought = np.array([kind.brought(text) for text in written], dtype=object)
    values, inverse = np.unique(brought.astype(str), return_inverse=True)
    codes = inverse.astype(np.int64)[as_written] if len(written) else np.zeros(0, dtype=np.int64)
    if len(values) and values[0] == "":
        codes, values = codes - 1, values[1:]
    counts = np.bincount(codes[codes >= 0], minlength=len(values)).astype(np.int64)
    different = [str(value) for value in values]
    if (known := known_counts.get(name)) is not None:
        counts = np.maximum(counts, np.array([known.get(value, 0) for value in different], dtype=np.int64))
    return Field(name, kind, codes, different, counts, shown)
