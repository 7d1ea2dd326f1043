"""The contacts that are classified, as arrays in the order of their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.questionnaires.records import Line, Questionnaire
from workbench.store import Connection, tables

# Whoever has no company, or one that is not in the store, stands for itself.
OWNERS = """
    SELECT c.contact_id, coalesce(k.contact_id, c.contact_id) AS owner_id, c.contact_no, c.type, c.is_minor
    FROM contact c LEFT JOIN contact k ON k.contact_no = c.company_no
"""
_ALL = f"SELECT contact_id, owner_id, contact_no, type = 'company' AS is_company, is_minor FROM ({OWNERS})"  # noqa: S608

Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """Contacts, each at a position.

    Attributes
    ----------
    ids : numpy.ndarray of int
        Contact ids.
    numbers : numpy.ndarray of object
        Contact numbers, ascending.
    owner_ids : numpy.ndarray of int
        The id of the company; the contact's own where it has none.
    is_company, is_minor : numpy.ndarray of bool
        What the contact is.
    """

    ids: npt.NDArray[Any]
    numbers: npt.NDArray[Any]
    owner_ids: npt.NDArray[Any]
    is_company: Flags
    is_minor: Flags

    def __len__(self) -> int:
        return len(self.ids)

    def positions(self, ids: npt.ArrayLike) -> Positions:
        """Find contacts by their ids.

        Parameters
        ----------
        ids : array_like of int
            Contact ids.

        Returns
        -------
        numpy.ndarray of int
            The position of each; -1 for contacts that are not among these.
        """
        wanted = np.asarray(ids, dtype=np.int64)
        at = np.full(int(max(self.ids.max(initial=0), wanted.max(initial=0))) + 1, -1, dtype=np.int64)
        at[self.ids] = np.arange(len(self.ids))
        return at[wanted]

    def among(self, ids: npt.ArrayLike) -> Flags:
        """Tell which of these contacts are among others.

        Parameters
        ----------
        ids : array_like of int
            Contact ids.

        Returns
        -------
        numpy.ndarray of bool
            One truth value for each contact.
        """
        found = np.zeros(len(self), dtype=np.bool_)
        at = self.positions(ids)
        found[at[at >= 0]] = True
        return found


def read(con: Connection, contact_id: int | None = None) -> People:
    """Read contacts.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_id : int, optional
        This one only; everybody where absent.

    Returns
    -------
    People
        By number.
    """
    where = "" if contact_id is None else " WHERE contact_id = ?"
    values = [] if contact_id is None else [contact_id]
    frame = tables.frame(con, f"{_ALL}{where} ORDER BY contact_no", values)
    return People(
        frame["contact_id"].to_numpy(dtype=np.int64),
        frame["contact_no"].to_numpy(dtype=object),
        frame["owner_id"].to_numpy(dtype=np.int64),
        frame["is_company"].to_numpy(dtype=np.bool_),
        frame["is_minor"].to_numpy(dtype=np.bool_),
    )


def asked(con: Connection, people: People, questionnaire: Questionnaire, question: Line) -> Flags:
    """Tell whose figures take part in the classification of a question.

    Parameters
    ----------
    con : connection
        An open unit of work.
    people : People
        The contacts.
    questionnaire : Questionnaire
        Whose contact type and business relation count.
    question : Line
        One of its questions.

    Returns
    -------
    numpy.ndarray of bool
        Of a questionnaire for companies, companies. Of one for people, people where contacts' own figures decide;
        where those of customers or vendors do, companies take part as well, for their people get their answers. Of
        one with a business relation, contacts whose company has it, or who have it themselves and have no company.
    """
    chosen = np.ones(len(people), dtype=np.bool_)
    if questionnaire.contact_type == "companies":
        chosen &= people.is_company
    elif questionnaire.contact_type == "people" and question.contact_class_field:
        chosen &= ~people.is_company
    if questionnaire.business_relation_code:
        query = "SELECT DISTINCT contact_id FROM business_relation WHERE business_relation_code = ?"
        related = tables.ids(con, query, [questionnaire.business_relation_code])
        chosen &= np.isin(people.owner_ids, related)
    return chosen


def marked(people: People, questionnaire: Questionnaire, question: Line, classified: Flags) -> Flags:
    """Tell who gets an answer.

    Parameters
    ----------
    people : People
        The contacts.
    questionnaire : Questionnaire
        Whose contact type counts.
    question : Line
        The question.
    classified : numpy.ndarray of bool
        Whose figures the answer fits.

    Returns
    -------
    numpy.ndarray of bool
        Those of the contact type; where figures of customers or vendors decide, the people of companies as well,
        unless the questionnaire is for companies. Minors are not profiled.

    Notes
    -----
    Source: Business Central, report 5199, MarkContact.
    """
    found = classified.copy()
    if not question.contact_class_field:
        at = people.positions(people.owner_ids)
        found |= np.where(at >= 0, classified[at], False) & ~people.is_company
    if questionnaire.contact_type == "companies":
        found &= people.is_company
    elif questionnaire.contact_type == "people":
        found &= ~people.is_company
    return found & ~people.is_minor
