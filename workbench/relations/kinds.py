"""Kinds of records that contacts are linked to, and the business relation that marketing setup names for each."""

from __future__ import annotations

from types import MappingProxyType

from pipelines.linked_tables import LINKED
from workbench.errors import ConfigError, RuleError, nearest
from workbench.setup import marketing_setup
from workbench.store import Connection

SETUP_FIELDS = MappingProxyType({kind: f"{kind}_relation_code" for kind in LINKED})
"""The field of marketing setup that names the business relation of each kind."""
_CAPTIONS = MappingProxyType({
    "customer": "Bus. Rel. Code for Customers",
    "vendor": "Bus. Rel. Code for Vendors",
    "bank_account": "Bus. Rel. Code for Bank Accs.",
    "employee": "Bus. Rel. Code for Employees",
})  # fmt: skip


def checked(kind: str) -> str:
    """Read the name of a kind.

    Parameters
    ----------
    kind : str
        Such as ``"customer"``; ``"bank-account"`` is ``"bank_account"``.

    Returns
    -------
    str
        A key of `LINKED`.

    Raises
    ------
    ConfigError
        When there is no such kind.
    """
    name = kind.strip().casefold().replace("-", "_").replace(" ", "_")
    if name not in LINKED:
        raise ConfigError(f'Contacts are linked to no "{kind}".', nearest(name, LINKED))
    return name


def spoken(kind: str) -> str:
    """Say a kind in a sentence.

    Parameters
    ----------
    kind : str
        A key of `LINKED`.

    Returns
    -------
    str
        ``"bank account"`` for ``"bank_account"``.
    """
    return kind.replace("_", " ")


def a(kind: str) -> str:
    """Say a kind with its article.

    Parameters
    ----------
    kind : str
        A key of `LINKED`.

    Returns
    -------
    str
        ``"an employee"``, ``"a customer"``.
    """
    return f"{'an' if kind == 'employee' else 'a'} {spoken(kind)}"


def relation_codes(con: Connection) -> dict[str, str]:
    """Read which business relation stands for which kind.

    Parameters
    ----------
    con : connection
        An open unit of work.

    Returns
    -------
    dict of str to str
        Codes by kind; kinds without one are left out.
    """
    setup = marketing_setup.read(con)
    codes = {kind: str(getattr(setup, name)) for kind, name in SETUP_FIELDS.items()}
    return {kind: code for kind, code in codes.items() if code}


def relation_code(con: Connection, kind: str) -> str:
    """Read the business relation of a kind.

    Parameters
    ----------
    con : connection
        An open unit of work.
    kind : str
        A key of `LINKED`.

    Returns
    -------
    str
        Its code.

    Raises
    ------
    RuleError
        When marketing setup names none.
    """
    code = relation_codes(con).get(kind)
    if code is None:
        raise RuleError(
            f"{_CAPTIONS[kind]} must be filled in Marketing Setup.",
            f"Name a business relation: workbench setup set {SETUP_FIELDS[kind]} CODE.",
        )
    return code
