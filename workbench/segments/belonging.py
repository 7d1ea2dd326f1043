"""Which saved segments a contact is in, and why."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from workbench.contact_rows.finding import id_of
from workbench.errors import ConditionError
from workbench.segments.explaining import Explaining, Explanation
from workbench.store import Connection


@dataclass(frozen=True)
class Belonging:
    """Whether a contact is in one saved segment.

    Attributes
    ----------
    name : str
        The segment.
    description : str
        What it is for.
    explanation : Explanation or None
        Why the contact is in or out; None where the segment does not fit the store any more.
    problem : str
        Why it does not; empty where it does.
    """

    name: str
    description: str
    explanation: Explanation | None = field(repr=False)
    problem: str = ""

    @property
    def is_member(self) -> bool | None:
        """Whether the contact is in it; None where nobody can tell."""
        return None if self.explanation is None else self.explanation.is_member

    @property
    def sentence(self) -> str:
        """What decided, in English; the problem where the segment does not fit the store."""
        return self.problem if self.explanation is None else self.explanation.sentence


@dataclass(frozen=True)
class ContactSegments:
    """The saved segments, as one contact sees them.

    Attributes
    ----------
    contact_no : str
        The contact.
    as_of : datetime.date
        The day they were evaluated on.
    entries : tuple of Belonging
        Those the contact is in first, then those it is not in, then those that nobody can tell of; each by name.
    """

    contact_no: str
    as_of: dt.date
    entries: tuple[Belonging, ...]

    def __iter__(self) -> Iterator[Belonging]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def names(self) -> tuple[str, ...]:
        """The segments that the contact is in, by name."""
        return tuple(entry.name for entry in self.entries if entry.is_member)

    def frame(self) -> pd.DataFrame:
        """Show the segments as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each: segment, is_member (unknown where nobody can tell), sentence.
        """
        rows = [(entry.name, entry.is_member, entry.sentence) for entry in self.entries]
        frame = pd.DataFrame(rows, columns=["segment", "is_member", "sentence"])
        return frame.astype({"segment": "str", "is_member": "boolean", "sentence": "str"})

    def _repr_html_(self) -> str:
        head = f"{html.escape(self.contact_no)} is in {len(self.names)} of {len(self)} segments as of {self.as_of}"
        return f"<b>{head}</b>{self.frame().to_html(index=False)}"


class Belongings(Explaining):
    """Segments as one contact sees them."""

    def of_contact(self, contact_no: str, as_of: dt.date) -> ContactSegments:
        """Tell which saved segments a contact is in, and why.

        Parameters
        ----------
        contact_no : str
            The contact's number.
        as_of : datetime.date
            The day the segments are evaluated on.

        Returns
        -------
        ContactSegments
            Every saved segment, with its explanation.

        Raises
        ------
        NotFoundError
            When no contact has the number; suggests the nearest.

        Notes
        -----
        Each segment is explained once, also where others refer to it, and all at one revision. That reads the rows of
        the contact alone, whatever the size of the store; a segment is evaluated as a whole only where it has a limit.
        """
        definitions = self._evaluator.facts().definitions
        with self._database.reading() as con:
            contact = id_of(con, contact_no), contact_no
            done: dict[str, Explanation] = {}
            entries = [self._belonging(con, name, contact, as_of, done) for name in sorted(definitions)]
        order = {True: 0, False: 1, None: 2}
        return ContactSegments(contact_no, as_of, tuple(sorted(entries, key=lambda entry: order[entry.is_member])))

    def _belonging(
        self, con: Connection, name: str, contact: tuple[int, str], as_of: dt.date, done: dict[str, Explanation]
    ) -> Belonging:
        definition = self._evaluator.facts().definitions[name]
        try:
            if name not in done:
                self._evaluator.check(definition)
                done[name] = self._explained(con, definition, contact, as_of, done)
        except ConditionError as error:
            return Belonging(name, definition.description, None, str(error))
        return Belonging(name, definition.description, done[name])
