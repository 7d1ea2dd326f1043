"""Dates as a spreadsheet counts them: days since the end of 1899, with the time of day as a fraction.

Before 1 March 1900 spreadsheets disagree, because one of them takes 1900 for a leap year, and before 1900
they have no dates; such days are written as ISO text, which every reader understands the same way. A sheet
keeps instants to the millisecond.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_EPOCH = 25_569  # the serial number of 1970-01-01
_FIRST_SERIAL = 61  # 1900-03-01, from where all spreadsheets agree
_DAY_MILLISECONDS = 86_400_000


def day_serials(dates: pa.Array) -> np.ndarray:
    """Give days their serial numbers.

    Parameters
    ----------
    dates : pyarrow.Array
        Of type date32.

    Returns
    -------
    numpy.ndarray
        Float64 serial numbers; not a number where the day is unknown or has no agreed serial number.

    Examples
    --------
    >>> import datetime as dt
    >>> day_serials(pa.array([dt.date(2024, 1, 31), dt.date(1899, 1, 1), None])).tolist()
    [45322.0, nan, nan]
    """
    return _agreed(dates.cast(pa.int32()).cast(pa.float64()).to_numpy(zero_copy_only=False) + _EPOCH)


def instant_serials(instants: pa.Array) -> np.ndarray:
    """Give instants their serial numbers.

    Parameters
    ----------
    instants : pyarrow.Array
        Of type timestamp[us, UTC], whole milliseconds.

    Returns
    -------
    numpy.ndarray
        Float64 serial numbers in UTC; not a number as for days.

    Examples
    --------
    >>> noon = pa.array([1_706_702_400_000_000]).cast(pa.timestamp("us", "UTC"))
    >>> instant_serials(noon).tolist()
    [45322.5]
    """
    micros = instants.cast(pa.int64()).cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return _agreed(micros / (_DAY_MILLISECONDS * 1000) + _EPOCH)


def to_milliseconds(instants: pa.Array) -> pa.Array:
    """Cut instants to the millisecond.

    Parameters
    ----------
    instants : pyarrow.Array
        Of type timestamp[us, UTC].

    Returns
    -------
    pyarrow.Array
        Of the same type, rounded down.

    Examples
    --------
    >>> to_milliseconds(pa.array([1_999]).cast(pa.timestamp("us", "UTC"))).cast(pa.int64()).to_pylist()
    [1000]
    """
    micros = instants.cast(pa.int64())
    known = micros.fill_null(0).to_numpy(zero_copy_only=False)
    cut = pa.array(known // 1000 * 1000, mask=micros.is_null().to_numpy(zero_copy_only=False))
    return cut.cast(instants.type)


def days_of(serials: pa.Array) -> pa.Array:
    """Read days from their serial numbers.

    Parameters
    ----------
    serials : pyarrow.Array
        Of type double, as a sheet holds them; null is unknown.

    Returns
    -------
    pyarrow.Array
        Of type date32; the nearest to a fraction of a day.

    Examples
    --------
    >>> days_of(pa.array([45322.0])).to_pylist()
    [datetime.date(2024, 1, 31)]
    """
    return _whole(serials, 1).cast(pa.int32()).cast(pa.date32())


def instants_of(serials: pa.Array) -> pa.Array:
    """Read instants from their serial numbers.

    Parameters
    ----------
    serials : pyarrow.Array
        Of type double, as a sheet holds them; null is unknown.

    Returns
    -------
    pyarrow.Array
        Of type timestamp[us, UTC], to the nearest millisecond.

    Examples
    --------
    >>> instants_of(pa.array([45322.5])).cast(pa.int64()).to_pylist()
    [1706702400000000]
    """
    milliseconds = _whole(serials, _DAY_MILLISECONDS)
    return pc.multiply(milliseconds, 1000).cast(pa.timestamp("us", "UTC"))


def _whole(serials: pa.Array, parts: int) -> pa.Array:
    """Count whole parts of a day since 1970, the nearest."""
    numbers = serials.fill_null(_EPOCH).to_numpy(zero_copy_only=False)
    counts = np.rint((numbers - _EPOCH) * parts).astype("int64")
    return pa.array(counts, mask=serials.is_null().to_numpy(zero_copy_only=False))


def _agreed(serials: np.ndarray) -> np.ndarray:
    return np.where(serials >= _FIRST_SERIAL, serials, np.nan)
