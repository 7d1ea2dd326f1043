"""What tables of the store are made of: columns with a type, a unit in their name, and a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from pipelines.errors import FrameError, nearest


class FieldType(StrEnum):
    """The types a field can have; `INTEGER` is for the store's own counters and behaves as a number."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    TIMESTAMP = "timestamp"
    BOOLEAN = "boolean"
    MANY = "many_valued"
    INTEGER = "integer"


PANDAS_DTYPE = {
    FieldType.TEXT: "str",
    FieldType.NUMBER: "float64",
    FieldType.AMOUNT: "float64",
    FieldType.DATE: "datetime64[us]",
    FieldType.TIMESTAMP: "datetime64[us, UTC]",
    FieldType.BOOLEAN: "boolean",
    FieldType.MANY: "object",
    FieldType.INTEGER: "Int64",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        In snake case, ending in its unit.
    type : FieldType
        What it holds.
    meaning : str
        One phrase for a person choosing it.
    nullable : bool
        Whether it may be unknown.
    choices : tuple of str
        The only values a text column admits, or empty.
    aliases : tuple of str
        Headers under which files bring this column, compared without case, blanks and signs.
    is_custom : bool
        Whether a user added it.
    is_kept_up : bool
        Whether the workbench alone writes it, so that files and people cannot.
    """

    name: str
    type: FieldType
    meaning: str
    nullable: bool = True
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    is_custom: bool = False
    is_kept_up: bool = False

    @property
    def dtype(self) -> str:
        """The pandas dtype of the column in a conformed frame."""
        if self.type is FieldType.INTEGER and not self.nullable:
            return "int64"
        if self.type is FieldType.BOOLEAN and not self.nullable:
            return "bool"
        return PANDAS_DTYPE[self.type]


@dataclass(frozen=True)
class Table:
    """One table of the store as its users see it: contacts are named by number.

    Attributes
    ----------
    name : str
        Singular, in snake case.
    meaning : str
        What one row is.
    columns : tuple of Column
        In their order, custom fields last.
    key : tuple of str
        The columns that name a row from outside; a row without them is told apart by its content.
    time : str
        The column that says when a row happened, or empty when rows have no time.
    takes_fields : bool
        Whether users may add fields.
    looks_ahead : bool
        Whether rows may lie after the day of an evaluation and count all the same, as things to be done do.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    time: str = ""
    takes_fields: bool = False
    looks_ahead: bool = False
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    def column(self, name: str) -> Column:
        """Look a column up.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        Column
            The column.

        Raises
        ------
        FrameError
            When the table has no such column.
        """
        if name not in self.by_name:
            raise FrameError(f'{self.name} has no column "{name}".', nearest(name, self.by_name))
        return self.by_name[name]

    def extended(self, columns: tuple[Column, ...]) -> Table:
        """Give the table with custom fields added behind its own columns.

        Parameters
        ----------
        columns : tuple of Column
            The fields to add.

        Returns
        -------
        Table
            A new table; this one is unchanged.
        """
        return replace(self, columns=self.columns + columns)


def text(
    name: str,
    meaning: str,
    *aliases: str,
    nullable: bool = True,
    choices: tuple[str, ...] = (),
    is_kept_up: bool = False,
) -> Column:
    """Describe a column of text.

    Parameters
    ----------
    name : str
        In snake case.
    meaning : str
        One phrase.
    *aliases : str
        Headers under which files bring it.
    nullable : bool, optional
        Whether it may be unknown.
    choices : tuple of str, optional
        The only values it admits.
    is_kept_up : bool, optional
        Whether the workbench alone writes it.

    Returns
    -------
    Column
        The column.
    """
    return Column(name, FieldType.TEXT, meaning, nullable, choices, aliases, is_kept_up=is_kept_up)


def column(
    type_: FieldType, name: str, meaning: str, *aliases: str, nullable: bool = True, is_kept_up: bool = False
) -> Column:
    """Describe a column that holds no text.

    Parameters
    ----------
    type_ : FieldType
        What it holds.
    name : str
        In snake case, ending in its unit.
    meaning : str
        One phrase.
    *aliases : str
        Headers under which files bring it.
    nullable : bool, optional
        Whether it may be unknown.
    is_kept_up : bool, optional
        Whether the workbench alone writes it.

    Returns
    -------
    Column
        The column.
    """
    return Column(name, type_, meaning, nullable, (), aliases, is_kept_up=is_kept_up)


def flag(name: str, meaning: str, *aliases: str) -> Column:
    """Describe a column that is true or false, and false where nothing is said.

    Parameters
    ----------
    name : str
        Beginning with ``is_``, ``has_`` or a verb.
    meaning : str
        One phrase.
    *aliases : str
        Headers under which files bring it.

    Returns
    -------
    Column
        The column.
    """
    return Column(name, FieldType.BOOLEAN, meaning, nullable=False, aliases=aliases)


def contact_no() -> Column:
    """Describe the number of the contact that a row is about.

    Returns
    -------
    Column
        The column; the store keeps the contact's id in its place.
    """
    return text(
        "contact_no",
        "number of the contact",
        "contact",
        "contact id",
        "customer id",
        "customer no",
        nullable=False,
    )
