"""Code tables kept by people: groups, levels, territories, salespeople, teams, sales cycles (section Setup)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from babel import Locale

from pipelines.code_tables import CODE_TABLES
from pipelines.schema import Table
from workbench.contact_rows import relation_kind
from workbench.errors import ConfigError, ConflictError, NotFoundError, nearest
from workbench.setup import code_rows, code_rules, marketing_checks, salespeople
from workbench.store import Connection, Database

__all__ = ["CodeBook", "CodeChange", "CodeList"]


@dataclass(frozen=True)
class CodeList:
    """The rows of a code table.

    Attributes
    ----------
    table : str
        Its name.
    rows : pandas.DataFrame
        Its columns; `contact_count`, the contacts that have the code, and `is_described`, false for codes that only
        stand on contacts, where contacts can have such codes. Salespeople come with their statistics.
    """

    table: str
    rows: pd.DataFrame = field(repr=False)

    def frame(self) -> pd.DataFrame:
        """Show the rows.

        Returns
        -------
        pandas.DataFrame
            `rows`.
        """
        return self.rows

    def _repr_html_(self) -> str:
        return self.rows.to_html(index=False)


@dataclass(frozen=True)
class CodeChange:
    """What a change of a code table did.

    Attributes
    ----------
    table : str
        Its name.
    key : tuple of str
        The row.
    change : str
        ``"added"``, ``"changed"``, ``"unchanged"``, ``"renamed"`` or ``"deleted"``.
    elsewhere : int
        In how many rows of other tables the code was renamed, or how many such rows went with it.
    notes : tuple of str
        What else has changed.
    """

    table: str
    key: tuple[str, ...]
    change: str
    elsewhere: int = 0
    notes: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Show the change.

        Returns
        -------
        pandas.DataFrame
            One row: table, key, change, elsewhere.
        """
        return pd.DataFrame([[self.table, " ".join(self.key), self.change, self.elsewhere]],
                            columns=["table", "key", "change", "elsewhere"])  # fmt: skip

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


class CodeBook:
    """Everything a workbench does with code tables.

    Parameters
    ----------
    database : Database
        The store.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def tables(self) -> tuple[Table, ...]:
        """List the code tables.

        Returns
        -------
        tuple of Table
            With their columns.
        """
        return CODE_TABLES

    def list(self, table: str) -> CodeList:
        """List the rows of a code table.

        Parameters
        ----------
        table : str
            Its name, such as ``"mailing_group"``.

        Returns
        -------
        CodeList
            With the number of contacts of each code.

        Raises
        ------
        NotFoundError
            When there is no such table.
        """
        known = code_rows.table_named(table)
        with self._database.reading() as con:
            rows = code_rows.listed(con, known)
            if known.name == "salesperson":
                rows = rows.merge(salespeople.statistics(con), on="code", how="left")
        return CodeList(known.name, rows)

    def save(self, table: str, key: str | tuple[str, ...], /, **values: object) -> CodeChange:
        """Add a row to a code table, or change the one that is there.

        Parameters
        ----------
        table : str
            Its name.
        key : str or tuple of str
            The code; a value for each key column where a table has several.
        **values : object
            Other columns; those not named stay as they are.

        Returns
        -------
        CodeChange
            Whether the row was added or changed.

        Raises
        ------
        NotFoundError
            When there is no such table, or no such code of another one.
        ConfigError
            When there is no such column, or a value does not suit it.
        ConflictError
            When a code differs from another one only by capitals.
        """
        known = code_rows.table_named(table)
        names = _key(known, key)
        _refuse_key(known, values)
        with self._database.writing() as con:
            there = code_rows.found(con, known, names)
            _require_same_case(known, names, there)
            given = code_rows.checked(known, {**dict(zip(known.key, names, strict=True)), **values})
            code_rules.check_row(con, known, given)
            row = code_rows.completed(known, (there or code_rows.blank(known)) | given)
            if row == there:
                return CodeChange(known.name, names, "unchanged")
            code_rows.write(con, known, row)
        return CodeChange(known.name, names, "added" if there is None else "changed")

    def rename(self, table: str, code: str, new: str) -> CodeChange:
        """Give a code another name, wherever it stands.

        Parameters
        ----------
        table : str
            A table with codes of its own.
        code, new : str
            The code as it is, and as it is to be.

        Returns
        -------
        CodeChange
            In how many rows it was renamed.

        Raises
        ------
        NotFoundError
            When there is no such table or code.
        ConflictError
            When the new code is taken.

        Notes
        -----
        A renamed business relation is renamed in every field of marketing setup that holds it. Business Central renames
        it in the first of them only: bank accounts, customers, employees, vendors (table 5053).
        """
        known = _with_own_codes(table)
        (new,) = _key(known, new)
        code_rows.checked(known, {"code": new})
        with self._database.writing() as con:
            (code,) = _held(con, known, (code,))
            there = code_rows.found(con, known, (new,))
            if there is not None and code.casefold() != new.casefold():
                raise ConflictError(
                    f'There is a {known.name.replace("_", " ")} "{new}" already.', "Choose another code."
                )
            elsewhere = code_rows.rename(con, known, code, new)
            notes = _renamed_in_setup(con, known, code, new)
        return CodeChange(known.name, (new,), "renamed", elsewhere, notes)

    def delete(self, table: str, key: str | tuple[str, ...]) -> CodeChange:
        """Delete a row of a code table.

        Parameters
        ----------
        table : str
            Its name.
        key : str or tuple of str
            The code; a value for each key column where a table has several.

        Returns
        -------
        CodeChange
            With how many rows went with it: formulas of a salutation, steps of an activity, stages of a sales cycle,
            memberships of a team or a salesperson. Contacts keep a deleted code; it is then listed as not described.

        Raises
        ------
        NotFoundError
            When there is no such table or row.
        RuleError
            When it is a mailing group with contacts, an interaction group with templates, a salesperson with open
            tasks, open opportunities or entries, a sales cycle or a stage with opportunities, a reason for which some
            were closed, or a code that marketing setup or a user still has.
        """
        known = code_rows.table_named(table)
        names = _key(known, key)
        with self._database.writing() as con:
            names = _held(con, known, names)
            code_rules.refuse_deletion(con, known, names)
            owned = code_rules.delete_owned(con, known, names[0])
            code_rows.remove(con, known, names)
        return CodeChange(known.name, names, "deleted", owned)

    def fill(self, table: str, locale: str = "en") -> int:
        """Add all countries (ISO 3166) or languages (ISO 639) that are missing, with their names.

        Parameters
        ----------
        table : {"country", "language"}
            Which.
        locale : str, optional
            Language of the names, such as ``"es"``.

        Returns
        -------
        int
            How many were added.

        Raises
        ------
        ConfigError
            When the table cannot be filled, or the locale is not known.

        Notes
        -----
        Names are those of the Unicode CLDR, through the package babel.
        """
        known = code_rows.table_named(table)
        names = _iso(known.name, locale)
        with self._database.writing() as con:
            there = {code for (code,) in con.execute(f"SELECT upper(code) FROM {known.name}").fetchall()}  # noqa: S608
            added = [(code, name) for code, name in names.items() if code.upper() not in there]
            for code, name in added:
                code_rows.write(con, known, {"code": code, "description": name})
        return len(added)


# Whoever has no language is addressed by the formulas without one.
_MAY_BE_BLANK = ("language_code",)


def _key(table: Table, key: str | tuple[str, ...]) -> tuple[str, ...]:
    names = (key,) if isinstance(key, str) else tuple(key)
    is_whole = len(names) == len(table.key) and all(
        name.strip() or column in _MAY_BE_BLANK for name, column in zip(names, table.key, strict=True)
    )
    if not is_whole:
        raise ConfigError(f"A row of {table.name} is named by {', '.join(table.key)}.", "Give a value for each.")
    return tuple(name.strip() for name in names)


def _refuse_key(table: Table, values: Mapping[str, object]) -> None:
    for name in table.key:
        if name in values:
            raise ConfigError(f"{name} names the row of {table.name}, so it is no value of it.", "Give it once.")


def _held(con: Connection, table: Table, key: tuple[str, ...]) -> tuple[str, ...]:
    """Give the key as its row writes it; whoever asks may write other capitals."""
    row = code_rows.found(con, table, key)
    if row is None:
        known = code_rows.listed(con, table)[table.key[0]].dropna().astype(str)
        raise NotFoundError(f'There is no {table.name.replace("_", " ")} "{" ".join(key)}".', nearest(key[0], known))
    return tuple(
        given if isinstance(row[name], float) else str(row[name]) for name, given in zip(table.key, key, strict=True)
    )


def _require_same_case(table: Table, key: tuple[str, ...], there: Mapping[str, Any] | None) -> None:
    held = None if there is None else tuple(str(there[name]) for name in table.key)
    if held is not None and table.key == ("code",) and held != key:
        raise ConflictError(f'"{key[0]}" and "{held[0]}" are the same code.', f'Write "{held[0]}", or rename it.')


def _with_own_codes(table: str) -> Table:
    known = code_rows.table_named(table)
    if known.key != ("code",):
        raise ConfigError(f"Rows of {known.name} have no code of their own.", "Delete the row and add another.")
    return known


def _renamed_in_setup(con: Connection, table: Table, code: str, new: str) -> tuple[str, ...]:
    """Setup fields refer to codes; a business relation may stand in several of them."""
    names = marketing_checks.fields_with(con, table.name, code)
    for name in names:
        marketing_checks.keep(con, name, new)
    if table.name == "business_relation_type":
        relation_kind.refresh(con)
    return tuple(f"{name} of marketing setup is {new} now." for name in names)


def _iso(table: str, locale: str) -> dict[str, str]:
    if table not in ("country", "language"):
        raise ConfigError(f"{table} cannot be filled from a standard.", 'Fill "country" or "language".')
    try:
        names = Locale.parse(locale, sep="-")
    except (ValueError, LookupError):
        raise ConfigError(f'"{locale}" is no locale.', 'Write it like "en" or "es".') from None
    listed = names.territories if table == "country" else names.languages
    return {
        code: name for code, name in sorted(listed.items()) if len(code) == 2 and code.isalpha() and code not in _NONE
    }


# What the CLDR lists beside the countries of ISO 3166.
_NONE = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "XK"})
