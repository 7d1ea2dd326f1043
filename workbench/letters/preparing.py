"""Letters made ready: what each is made of and what its merge fields hold, checked before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbench.errors import RuleError, nearest
from workbench.letters import contents, merge_fields
from workbench.letters.content import Content
from workbench.setup import MarketingSetup
from workbench.store import Connection


@dataclass(frozen=True)
class Letter:
    """One letter, ready to be made.

    Attributes
    ----------
    entry_no : int
        The interaction it is.
    contact_id, contact_no, name : int, str and str
        To whom.
    email : str
        The contact's address; blank where there is none.
    subject, description : str
        Of the interaction.
    sender : str
        The address of its salesperson; blank where there is none.
    salesperson_code : str
        Its salesperson.
    is_attached : bool
        Whether an e-mail brings a Word document as a file.
    content : Content
        What it is made of.
    values : dict of str to object
        What its merge fields hold.
    """

    entry_no: int
    contact_id: int
    contact_no: str
    name: str
    email: str
    subject: str
    description: str
    sender: str
    salesperson_code: str
    is_attached: bool
    content: Content = field(repr=False)
    values: dict[str, Any] = field(repr=False, hash=False)


def prepared(
    con: Connection, rows: pd.DataFrame, marketing: MarketingSetup, zone: dt.tzinfo, known: Collection[str]
) -> list[Letter]:
    """Make letters ready.

    Parameters
    ----------
    con : connection
        An open unit of work.
    rows : pandas.DataFrame
        Of the outbox, those that are to go.
    marketing : MarketingSetup
        For languages and our own country.
    zone : datetime.tzinfo
        The store's.
    known : collection of str
        The merge fields there are.

    Returns
    -------
    list of Letter
        By number of the interaction.

    Raises
    ------
    NotFoundError
        When what a letter is made of is no longer in the store.
    RuleError
        When a template has a field that does not exist, or prints one that a contact lacks.
    """
    made_of = contents.read(con, [int(one) for one in rows["attachment_no"].dropna().unique()])
    _check_known(list(made_of.values()), known)
    held = dict(merge_fields.values(con, [int(one) for one in rows["entry_no"]], marketing, zone))
    letters = [_letter(row, made_of, held) for row in rows.to_dict(orient="records")]
    _check_values(letters)
    return letters


def _letter(row: dict[Any, Any], made_of: dict[int, Content], held: dict[int, dict[str, Any]]) -> Letter:
    if pd.isna(row["attachment_no"]):
        raise RuleError(
            f"The letter to {row['contact_no']} has nothing to send.", "Its Word template is gone; add it again."
        )
    text = {name: "" if pd.isna(row[name]) else str(row[name]) for name in
            ("contact_no", "name", "email", "subject", "description", "salesperson_code")}  # fmt: skip
    values = held[int(row["entry_no"])]
    return Letter(
        entry_no=int(row["entry_no"]), contact_id=int(row["contact_id"]), **text,
        sender=str(values.get("salesperson_email") or ""), is_attached=bool(row["is_attached"]),
        content=made_of[int(row["attachment_no"])], values=values,
    )  # fmt: skip


def _check_known(made_of: Sequence[Content], known: Collection[str]) -> None:
    for content in made_of:
        strange = sorted(content.fields.difference(known))
        if strange:
            raise RuleError(
                f'"{content.name}" has merge fields that do not exist: {", ".join(strange)}.',
                nearest(strange[0], known),
            )


def _check_values(letters: Sequence[Letter]) -> None:
    lacking: dict[tuple[str, str], list[str]] = {}
    for letter in letters:
        for name in letter.content.lacking(letter.values):
            lacking.setdefault((letter.content.name, name), []).append(letter.contact_no)
    for (content, name), contacts in sorted(lacking.items()):
        raise RuleError(
            f'"{content}" prints {name}, which contacts lack: {len(contacts):,}, the first of them {contacts[0]}.',
            'Fill it in, or let the template say what stands there otherwise, such as {{ first_name or "friend" }}.',
        )
