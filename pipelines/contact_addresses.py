"""Which address of a contact is the one to use on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class AddressRange(NamedTuple):
    """Days on which an alternative address is the one to use.

    Attributes
    ----------
    address_code : str
        The address.
    starting_on : datetime.date
        The first day.
    ending_on : datetime.date or None
        The last day; None where there is none.
    """

    address_code: str
    starting_on: dt.date
    ending_on: dt.date | None = None


def active(ranges: Iterable[AddressRange], day: dt.date) -> str | None:
    """Tell which alternative address is the one to use on a day.

    Parameters
    ----------
    ranges : iterable of AddressRange
        Those of one contact, in any order.
    day : datetime.date
        The day.

    Returns
    -------
    str or None
        Of the ranges that hold the day, the address of the one that began last; of several that began on one day, the
        one whose code comes last. None where no range holds the day.

    References
    ----------
    Business Central, table 5051 (Contact Alt. Address) and 5052 (Contact Alt. Addr. Date Range).

    Examples
    --------
    >>> winter = AddressRange("SKI", dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    >>> active([winter, AddressRange("OFFICE", dt.date(2025, 1, 1))], dt.date(2026, 4, 1))
    'OFFICE'
    """
    holding = [one for one in ranges if one.starting_on <= day and (one.ending_on is None or one.ending_on >= day)]
    return max(holding, key=lambda one: (one.starting_on, one.address_code)).address_code if holding else None
