"""Whom an address or a telephone number belongs to among the contacts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines import telephones
from workbench.store import Connection, tables

_LOOKED_UP = "looked_up"
# As many digits as tell numbers apart well enough for a first choice, whatever the prefix.
_TAIL = 7
_BY_EMAIL = """
    WITH known AS (
        SELECT contact_id, unnest([email, email_2]) AS email FROM contact
        UNION ALL SELECT contact_id, email FROM alternative_address
    )
    SELECT DISTINCT l.address, c.contact_id, c.contact_no, c.type, c.is_privacy_blocked, c.salesperson_code
    FROM known k JOIN looked_up l ON lower(trim(k.email)) = l.address JOIN contact c USING (contact_id)
    ORDER BY c.contact_no
"""
_BY_NUMBER = f"""
    WITH known AS (
        SELECT contact_id, country_code, unnest([phone_no, mobile_phone_no]) AS number FROM contact
        UNION ALL SELECT contact_id, country_code, unnest([phone_no, mobile_phone_no]) FROM alternative_address
    ), told AS (SELECT *, right(regexp_replace(number, '[^0-9]', '', 'g'), {_TAIL}) AS tail FROM known)
    SELECT DISTINCT l.address, c.contact_id, c.contact_no, c.type, c.is_privacy_blocked, c.salesperson_code,
        k.number, k.country_code
    FROM told k JOIN looked_up l USING (tail) JOIN contact c USING (contact_id)
    WHERE l.tail <> '' ORDER BY c.contact_no
"""  # noqa: S608 - a number of ours


@dataclass(frozen=True)
class Holder:
    """The contact behind an address, or why there is not one.

    Attributes
    ----------
    contact_id : int or None
        The contact.
    contact_no : str or None
        Its number.
    salesperson_code : str or None
        Its salesperson.
    reason : str
        Why there is none: ``"unknown"``, ``"privacy blocked"``, or that several have it.
    """

    contact_id: int | None = None
    contact_no: str | None = None
    salesperson_code: str | None = None
    reason: str = ""


UNKNOWN = Holder(reason="unknown")


def by_email(con: Connection, addresses: Collection[str]) -> dict[str, Holder]:
    """Look e-mail addresses up.

    Parameters
    ----------
    con : connection
        An open unit of work.
    addresses : collection of str
        In small letters.

    Returns
    -------
    dict of str to Holder
        For those that somebody has: a contact's own, its second one, one of an alternative address. A person goes
        before its company.
    """
    frame = pd.DataFrame({"address": pd.Series(sorted(addresses), dtype="str")})
    with _looked_up(con, frame):
        return _holders(tables.frame(con, _BY_EMAIL))


def by_number(con: Connection, numbers: Collection[str], country_code: str | None) -> dict[str, Holder]:
    """Look telephone numbers up.

    Parameters
    ----------
    con : connection
        An open unit of work.
    numbers : collection of str
        As they were written.
    country_code : str or None
        The country of numbers without a prefix, of contacts without a country as well.

    Returns
    -------
    dict of str to Holder
        For those that somebody has, telephone or mobile, also at an alternative address. A person goes before its
        company.

    Notes
    -----
    The last seven digits choose who is compared; see `pipelines.telephones.same` for the comparison.
    """
    frame = pd.DataFrame({"address": pd.Series(sorted(numbers), dtype="str")})
    frame["tail"] = frame["address"].map(lambda number: telephones.digits(number)[-_TAIL:]).astype("str")
    with _looked_up(con, frame):
        found = tables.frame(con, _BY_NUMBER)
    found = found[[_is_same(row, country_code) for row in found.to_dict(orient="records")]]
    return _holders(found.drop(columns=["number", "country_code"]).drop_duplicates())


def _is_same(row: dict[Any, Any], country_code: str | None) -> bool:
    return telephones.same(row["address"], row["number"], country_code, _text(row["country_code"]) or country_code)


@contextmanager
def _looked_up(con: Connection, frame: pd.DataFrame) -> Iterator[None]:
    con.register(_LOOKED_UP, frame)
    try:
        yield
    finally:
        con.unregister(_LOOKED_UP)


def _holders(found: pd.DataFrame) -> dict[str, Holder]:
    return {str(address): _holder(rows) for address, rows in found.groupby("address")}


def _holder(rows: pd.DataFrame) -> Holder:
    people = rows[rows["type"] == "person"]
    left = people if len(people) else rows
    if len(left) > 1:
        return Holder(reason=_several(", ".join(left["contact_no"].head(5))))
    ((contact_id, number, is_blocked, salesperson),) = left[
        ["contact_id", "contact_no", "is_privacy_blocked", "salesperson_code"]
    ].itertuples(index=False)
    if is_blocked:
        return Holder(reason="privacy blocked")
    return Holder(int(contact_id), str(number), _text(salesperson))


def _several(numbers: str) -> str:
    return f"several contacts: {numbers}"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
