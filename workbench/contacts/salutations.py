"""How a contact is addressed in a letter (Business Central, table 5050, GetSalutation)."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.errors import nearest
from pipelines.salutation import render
from workbench.contact_rows.finding import id_of
from workbench.errors import ConfigError, RuleError
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row

TYPES = ("formal", "informal")
_PARTS = """
    SELECT c.salutation_code, c.language_code, c.job_title, c.first_name, c.middle_name, c.surname, c.initials,
        coalesce(k.name, CASE WHEN c.type = 'company' THEN c.name END) AS company_name
    FROM contact c LEFT JOIN contact k ON k.contact_no = c.company_no AND k.type = 'company'
    WHERE c.contact_id = ?
"""
_NAMES = ("salutation_code", "language_code", "job_title", "first_name", "middle_name", "surname", "initials",
          "company_name")  # fmt: skip
_FORMULA = """
    SELECT salutation, name_1, name_2, name_3, name_4, name_5 FROM salutation_formula
    WHERE salutation_code = ? AND language_code = ? AND salutation_type = ?
"""


@dataclass(frozen=True)
class Salutation:
    """How a contact is addressed.

    Attributes
    ----------
    contact_no : str
        Whom.
    type : str
        ``"formal"`` or ``"informal"``.
    language_code : str
        In which language.
    text : str
        The salutation.
    """

    contact_no: str
    type: str
    language_code: str
    text: str

    def frame(self) -> pd.DataFrame:
        """Show the salutation as a table.

        Returns
        -------
        pandas.DataFrame
            One row.
        """
        return pd.DataFrame([self.__dict__])

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.text)}</p>"


class Salutations(Work):
    """Addressing contacts."""

    def salutation(self, contact_no: str, type: str, language: str | None = None) -> Salutation:
        """Tell how a contact is addressed.

        Parameters
        ----------
        contact_no : str
            Its number.
        type : str
            ``"formal"`` or ``"informal"``.
        language : str, optional
            The code of a language; the contact's own where absent.

        Returns
        -------
        Salutation
            The formula of its salutation code in the language, filled with its names.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        ConfigError
            When the type is neither formal nor informal.
        RuleError
            When the contact has no salutation, or there is no formula for it, or it says nothing.
        """
        if type not in TYPES:
            raise ConfigError(f'"{type}" is no type of salutation.', nearest(type, TYPES))
        with self._database.reading() as con:
            return read(con, id_of(con, contact_no), contact_no, type, language)


def read(con: Connection, contact_id: int, contact_no: str, type: str, language: str | None = None) -> Salutation:
    """Tell how a contact is addressed.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int
        The contact.
    contact_no : str
        Its number.
    type : str
        ``"formal"`` or ``"informal"``.
    language : str, optional
        The code of a language; the contact's own where absent.

    Returns
    -------
    Salutation
        The text with its names.

    Raises
    ------
    RuleError
        When the contact has no salutation, or there is no formula for it, or it says nothing.
    """
    parts: dict[str, Any] = dict(zip(_NAMES, first_row(con, _PARTS, [contact_id]) or (), strict=True))
    code, in_language = parts["salutation_code"] or "", language or parts["language_code"] or ""
    if not code:
        raise RuleError(
            f"{contact_no} has no salutation code.",
            f"Give it one: workbench contact set {contact_no} --set salutation_code=CODE.",
        )
    formula = first_row(con, _FORMULA, [code, in_language, type])
    if formula is None:
        raise RuleError(
            f'There is no {type} salutation "{code}" in the language "{in_language}" for {contact_no}.',
            "Set one up, or give the contact another salutation or language.",
        )
    text, *names = formula
    if not (text or "").strip():
        raise RuleError(
            f'The {type} salutation "{code}" in the language "{in_language}" says nothing.', "Write its text first."
        )
    return Salutation(contact_no, type, in_language, render(text, names, parts))
