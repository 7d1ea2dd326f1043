"""Codes that fields refer to: which there are, and whether a value is one of them."""

# Names of tables and columns come from the list below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from types import MappingProxyType

from workbench.errors import NotFoundError, RuleError, nearest
from workbench.store import Connection
from workbench.store.connection import first_row

CODE_OF = MappingProxyType({
    "territory_code": "territory",
    "salesperson_code": "salesperson",
    "language_code": "language",
    "country_code": "country",
    "organizational_level_code": "organizational_level",
    "salutation_code": "salutation",
    "mailing_group_codes": "mailing_group",
    "industry_codes": "industry_group",
    "job_responsibility_codes": "job_responsibility",
})  # fmt: skip
"""The code table behind each field of contacts that holds codes."""

IN_LISTS = ("mailing_group_codes", "industry_codes", "job_responsibility_codes")


def known(con: Connection, field: str) -> list[str]:
    """List the codes that a field of contacts may hold.

    Parameters
    ----------
    con : connection
        An open unit of work.
    field : str
        A key of `CODE_OF`.

    Returns
    -------
    list of str
        Those of the code table, and those that contacts have already: files bring codes that nobody has described.
    """
    used = f"unnest({field})" if field in IN_LISTS else field
    rows = con.execute(
        f"SELECT code FROM {CODE_OF[field]} UNION SELECT code FROM (SELECT {used} AS code FROM contact) "
        "WHERE code IS NOT NULL ORDER BY 1"
    ).fetchall()
    return [code for (code,) in rows]


def check_code(con: Connection, field: str, value: str) -> None:
    """Refuse a code that is none.

    Parameters
    ----------
    con : connection
        An open unit of work.
    field : str
        A field of contacts; one that holds no codes takes every value.
    value : str
        The code.

    Raises
    ------
    NotFoundError
        When neither the code table nor any contact has it; suggests the nearest.
    RuleError
        When it is a salesperson who is blocked.
    """
    if field not in CODE_OF:
        return
    table = CODE_OF[field]
    if first_row(con, f"SELECT 1 FROM {table} WHERE code = ?", [value]) is None and value not in known(con, field):
        hint = nearest(value, known(con, field)) or f"Add it first: workbench setup code {table} {value}."
        raise NotFoundError(f'There is no {table.replace("_", " ")} "{value}".', hint)
    if field == "salesperson_code":
        check_salesperson(con, value)


def check_salesperson(con: Connection, code: str) -> None:
    """Refuse a salesperson who is blocked (table 13).

    Parameters
    ----------
    con : connection
        An open unit of work.
    code : str
        The salesperson; one without an entry passes.

    Raises
    ------
    RuleError
        When blocked or privacy blocked.
    """
    row = first_row(con, "SELECT is_blocked OR is_privacy_blocked FROM salesperson WHERE code = ?", [code])
    if row is not None and row[0]:
        raise RuleError(f"The salesperson {code} is blocked.", "Choose another one, or take the block away.")
