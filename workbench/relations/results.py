"""Customers, vendors, bank accounts and employees as use cases give them."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class LinkedRecord:
    """One record.

    Attributes
    ----------
    kind : str
        ``"customer"``, ``"vendor"``, ``"bank_account"`` or ``"employee"``.
    record_no : str
        Its number.
    values : mapping of str to object
        Its fields, the number included; blank ones as None.
    contact_no : str or None
        The contact that it is linked to.
    """

    kind: str
    record_no: str
    values: Mapping[str, Any]
    contact_no: str | None

    def frame(self) -> pd.DataFrame:
        """Show the fields that are not blank.

        Returns
        -------
        pandas.DataFrame
            Columns field and value; the contact comes last.
        """
        known = [[name, value] for name, value in self.values.items() if value is not None]
        return pd.DataFrame([*known, ["contact_no", self.contact_no]], columns=["field", "value"], dtype="object")

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values.

        Returns
        -------
        dict
            By attribute.
        """
        return {**self.__dict__, "values": dict(self.values)}

    def _repr_html_(self) -> str:
        return f"<b>{html.escape(f'{self.kind} {self.record_no}')}</b>{self.frame().to_html(index=False)}"


@dataclass(frozen=True)
class RecordList:
    """Some records of a kind.

    Attributes
    ----------
    kind : str
        The kind.
    total : int
        How many there are.
    unlinked_count : int
        How many of those no contact is linked to.
    records : pandas.DataFrame
        Those that were asked for, in the order of their numbers: record_no, name, city, phone_no, email, contact_no.
    """

    kind: str
    total: int
    unlinked_count: int
    records: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the records.

        Returns
        -------
        pandas.DataFrame
            `records`.
        """
        return self.records

    def _repr_html_(self) -> str:
        head = f"{self.kind}: {len(self.records):,} of {self.total:,}"
        return f"<b>{head}</b>{self.records.to_html(index=False)}"
