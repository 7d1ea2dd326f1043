"""What the log of interactions is asked for: words, filters, an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NEWEST_FIRST = "-occurred_at"


@dataclass(frozen=True)
class InteractionQuery:
    """Which entries of the log are shown, in which order.

    Attributes
    ----------
    text : str
        Each blank-separated word has to occur in description, subject, or the contact's number or name.
    filters : mapping of str to str
        By field, a filter expression of Business Central, such as ``{"information_flow": "inbound"}``; `contact_no`,
        `company_no`, `contact_name` and `entry_no` are fields as well.
    sort : str
        The field to order by, with ``-`` in front from the highest down.
    """

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict, hash=False)
    sort: str = NEWEST_FIRST
