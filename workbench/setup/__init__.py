"""The setup of a store: its settings and its custom fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from pipelines.schema import Column, FieldType, Table, table_named
from workbench.setup import fields, marketing_checks, marketing_setup, settings
from workbench.setup.marketing_checks import MarketingChange
from workbench.setup.marketing_setup import MarketingSetup
from workbench.setup.settings import Settings
from workbench.store import Connection, Database

__all__ = ["MarketingChange", "MarketingSetup", "Settings", "Setup"]

Known = TypeVar("Known")


class Setup:
    """Settings and custom fields of one store.

    Parameters
    ----------
    database : Database
        The store.

    Notes
    -----
    What was read is remembered until the store's revision changes, so that asking costs microseconds.

    Examples
    --------
    >>> setup = Setup(Database(":memory:"))
    >>> setup.add_field("contacts", "age_band", "text").meaning
    'age band'
    >>> setup.set("time_zone", "Europe/Prague").time_zone
    'Europe/Prague'
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[int, dict[str, object]] = (-1, {})

    def table(self, name: str) -> Table:
        """Give a table with the custom fields of this store.

        Parameters
        ----------
        name : str
            In the singular or plural, however it is spelled.

        Returns
        -------
        Table
            Its own columns, then custom fields in the order in which they were added.

        Raises
        ------
        FrameError
            When no table has the name.
        """
        table = table_named(name)
        return self._remembered(table.name, lambda con: fields.fields(con, table))

    def fields(self, table: Table | str) -> Table:
        """Give a table in hand, or named, with the custom fields of this store.

        Parameters
        ----------
        table : Table or str
            As the schema describes it.

        Returns
        -------
        Table
            As `table` gives it.
        """
        return self.table(table if isinstance(table, str) else table.name)

    def add_field(self, table: str, name: str, type: FieldType | str, meaning: str = "") -> Column:
        """Add a custom field to a table; adding the same again changes nothing.

        Parameters
        ----------
        table : str
            One of contact, interaction, opportunity and sales_entry.
        name : str
            Lower-case letters, digits and underscores, beginning with a letter; 59 characters at most.
        type : FieldType or str
            One of text, number, amount, date, timestamp, boolean and many-valued.
        meaning : str, optional
            One phrase for a person choosing the field; by default its name in words.

        Returns
        -------
        Column
            The field.

        Raises
        ------
        FrameError
            When no table has the name.
        RuleError
            When the table takes no fields.
        ConfigError
            When the name or the type cannot be used.
        ConflictError
            When the table has a column of the name already, or a field of another type.
        """
        known = self.table(table)
        there = fields.same_field(known, name, type)
        if there is not None:
            return there
        with self._database.writing() as con:
            return fields.add_field(con, known, name, type, meaning)

    def settings(self) -> Settings:
        """Give the settings of the store.

        Returns
        -------
        Settings
            With what was never set at its default.
        """
        return self._remembered("settings", settings.settings)

    def marketing(self) -> MarketingSetup:
        """Give the marketing setup of the store.

        Returns
        -------
        MarketingSetup
            With what was never set at its default.
        """
        return self._remembered("marketing", marketing_setup.read)

    def set(self, name: str, value: object) -> Settings:
        """Set one setting, or give it its default back.

        Parameters
        ----------
        name : str
            ``time_zone``, ``week_starts_on``, ``fiscal_year_starts_on``, ``currency_code`` or ``as_of``.
        value : object
            Text, or a date for `as_of`; None or blank text for the default.

        Returns
        -------
        Settings
            All of them, as they are now.

        Raises
        ------
        ConfigError
            When there is no such setting, or the value does not suit it.
        """
        with self._database.writing() as con:
            settings.set_value(con, name, value)
            return settings.settings(con)

    def set_marketing(self, name: str, value: object) -> MarketingChange:
        """Change one field of the marketing setup, and what follows from it.

        Parameters
        ----------
        name : str
            A field of `MarketingSetup`, such as ``"default_salesperson_code"``.
        value : object
            Text, a flag or a number; None and blank text empty a text field and give others their default back.

        Returns
        -------
        MarketingChange
            All fields that have changed, and what is left to do.

        Raises
        ------
        ConfigError
            When there is no such field, or the value does not suit it.
        NotFoundError
            When there is no such series or code.
        RuleError
            When the salesperson is blocked.

        Notes
        -----
        Maintaining search strings switches the search for duplicates with it; switching the search on switches
        maintaining on, switching it off does not (Business Central, table 5079).
        """
        with self._database.writing() as con:
            return marketing_checks.change(con, name, value)

    def _remembered(self, name: str, read: Callable[[Connection], Known]) -> Known:
        if self._database.is_writing:
            with self._database.reading() as con:
                return read(con)
        kept = self._kept(self._database.revision())
        if name not in kept:
            with self._database.reading() as con:
                revision, value = self._database.revision(), read(con)
            self._known = (revision, {**self._kept(revision), name: value})
            return value
        return cast(Known, kept[name])

    def _kept(self, revision: int) -> dict[str, object]:
        known_revision, kept = self._known
        return kept if known_revision == revision else {}
