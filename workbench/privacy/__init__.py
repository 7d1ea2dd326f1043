"""What is held about a contact, and erasing it: access, erasure, and where files went that held it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from workbench.contact_rows import export_log
from workbench.errors import ConfigError, RuleError, nearest
from workbench.privacy import access_file, collecting, erasing, remarks
from workbench.privacy.identity import Identity, identified, ids_of
from workbench.privacy.mentions import mentions
from workbench.privacy.results import Access, AccessFile, Compaction, Erasure, Erasures, HeldExports, Section
from workbench.setup import Setup
from workbench.store import Connection, Database, tables

__all__ = [
    "Access", "AccessFile", "Compaction", "Erasure", "ErasureReason", "Erasures", "HeldExports", "Privacy", "Section",
]  # fmt: skip

ErasureReason = Literal["request", "consent_withdrawn", "no_longer_needed", "unlawful", "legal_obligation"]
_PEOPLE = """
    SELECT contact_no FROM contact WHERE company_no = ? AND contact_no <> company_no ORDER BY contact_no
"""
_OPEN = """
    SELECT
        (SELECT count(*) FROM task WHERE list_contains($ids, contact_id) AND NOT is_closed AND NOT is_canceled),
        (SELECT count(*) FROM opportunity WHERE list_contains($ids, contact_id)
            AND status IN ('not_started', 'in_progress'))
"""
_ERASURES = "SELECT contact_id, reason, erased_at, erased_by FROM erasure ORDER BY erased_at DESC, contact_id"


class Privacy:
    """Everything a workbench does when somebody asks about her data.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database, self._setup = database, setup

    def access(self, contact_no: str, as_of: dt.date) -> Access:
        """Tell everything that is held about a contact.

        Parameters
        ----------
        contact_no : str
            Its number.
        as_of : datetime.date
            The day of the answer; rows of later days are held as well and therefore told.

        Returns
        -------
        Access
            Fields, rows, scores, worksheets, snapshots, files, duplicates, merges, and definitions that name it.

        Raises
        ------
        NotFoundError
            When no contact has the number.

        Notes
        -----
        Texts of other contacts that happen to name this one are not searched for. Who is in a segment on a day is
        worked out, not held; `bench.segments.explain` tells it.
        """
        with self._database.reading() as con:
            return collecting.collected(con, self._setup, identified(con, contact_no), as_of)

    def write_access(self, contact_no: str, path: str | Path, as_of: dt.date, *, overwrite: bool = False) -> AccessFile:
        """Write everything that is held about a contact to a file that can be handed over.

        Parameters
        ----------
        contact_no : str
            Its number.
        path : str or pathlib.Path
            Where to; ends in .zip.
        as_of : datetime.date
            The day of the answer.
        overwrite : bool, optional
            Whether an existing file is replaced.

        Returns
        -------
        AccessFile
            A ZIP of `held.json` and `held.html`.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        ConfigError, ConflictError, ExportError
            When the file cannot be that, is there already, or cannot be written.
        """
        return access_file.write(self.access(contact_no, as_of), path, overwrite=overwrite)

    def erase(
        self,
        contact_no: str,
        *,
        as_of: dt.date,
        reason: ErasureReason = "request",
        include_people: bool = False,
        force: bool = False,
        dry_run: bool = False,
    ) -> Erasure:
        """Remove a contact and everything that identifies it.

        Parameters
        ----------
        contact_no : str
            Its number.
        as_of : datetime.date
            The day on which open tasks and opportunities end, where `force` allows it.
        reason : {"request", "consent_withdrawn", "no_longer_needed", "unlawful", "legal_obligation"}, optional
            Why; the grounds of the General Data Protection Regulation, article 17. It is noted with the user.
        include_people : bool, optional
            Erase the people of a company as well.
        force : bool, optional
            Erase although tasks or opportunities are open: tasks are canceled, opportunities lost.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        Erasure
            What became of the rows of each table, which files held the contact, what is left to do.

        Raises
        ------
        NotFoundError
            When no contact has the number.
        RuleError
            When a company has people, or tasks or opportunities are open.
        ConfigError
            When there is no such reason.

        Notes
        -----
        One transaction. `workbench.privacy.keeping` says what stays of each table; rows that stay keep the contact's
        id, so that targets stay distinct and sums close. A company no longer counts rows of people that were erased.
        The tombstone lets somebody who knows the number check that it was erased; whoever holds the store can try
        numbers, so the tombstone is a pseudonym and not anonymous.

        The file of the store may hold what was removed in blocks that are free: `compact` writes it anew. Backups,
        files that were exported, and texts that name the person in rows of others are out of reach.
        """
        if reason not in get_args(ErasureReason):
            raise ConfigError(f'"{reason}" is no reason for an erasure.', nearest(reason, get_args(ErasureReason)))
        with self._unit(dry_run) as con:
            them = self._chosen(con, contact_no, include_people)
            ids = [one for who in them for one in who.ids]
            if not force:
                _refuse_open(con, contact_no, ids)
            named = mentions(con, [name for who in them for name in who.names])
            exports = export_log.holding(con, ids)
            steps = list(erasing.erased(con, self._setup, them, as_of, dry_run=dry_run))
            if not dry_run:
                erasing.noted(con, them, reason)
        numbers = tuple(who.contact_no for who in them)
        notes = remarks.notes(len(exports), len(named))
        return Erasure(numbers, as_of, reason, erasing.totals(steps), exports, named, notes, not dry_run)

    def exports(self, contact_no: str) -> HeldExports:
        """List the files that held a contact.

        Parameters
        ----------
        contact_no : str
            Its number; the contact may be erased, deleted or merged.

        Returns
        -------
        HeldExports
            The latest first, with place, time and digest.

        Raises
        ------
        NotFoundError
            When no contact has or had the number.
        """
        with self._database.reading() as con:
            return HeldExports(contact_no, export_log.holding(con, ids_of(con, contact_no)))

    def erasures(self) -> Erasures:
        """List what was erased, without identity.

        Returns
        -------
        Erasures
            The latest first.
        """
        with self._database.reading() as con:
            found = tables.frame(con, _ERASURES)
        return Erasures(found.assign(erased_at=pd.to_datetime(found["erased_at"], utc=True)))

    def compact(self) -> Compaction:
        """Write the store's file anew, so that nothing of removed rows is left in it.

        Returns
        -------
        Compaction
            Its size before and after.

        Raises
        ------
        StoreBusyError
            When others go on using the store.

        Notes
        -----
        Takes about as long as copying the file, needs room for a second one, and keeps everybody else waiting.
        """
        return Compaction(*self._database.compact())

    @contextmanager
    def _unit(self, dry_run: bool) -> Iterator[Connection]:
        with self._database.reading() if dry_run else self._database.writing() as con:
            yield con

    def _chosen(self, con: Connection, contact_no: str, include_people: bool) -> list[Identity]:
        who = identified(con, contact_no)
        people = [no for (no,) in con.execute(_PEOPLE, [contact_no]).fetchall()] if who.is_company else []
        if people and not include_people:
            raise RuleError(
                f"{contact_no} has people: {len(people):,}, the first of them {people[0]}.",
                "Erase them first, or erase them with the company.",
            )
        return [who, *(identified(con, number) for number in people)]


def _refuse_open(con: Connection, contact_no: str, ids: list[int]) -> None:
    ((tasks, opportunities),) = con.execute(_OPEN, {"ids": ids}).fetchall()
    if tasks or opportunities:
        raise RuleError(
            f"{contact_no} has open tasks: {tasks:,}, and open opportunities: {opportunities:,}.",
            "Close them first, or erase all the same: tasks are then canceled and opportunities lost.",
        )
