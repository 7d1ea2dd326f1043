"""What every evaluation at one revision of the store shares: who exists, which fields and names there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.catalogue import RELATED, Catalogue
from pipelines.context import Context
from pipelines.membership import Mask
from workbench.compiling.values import Scope
from workbench.contact_rows.tombstones import HIGHEST_ID
from workbench.scores.registry import scores
from workbench.segments.definition import Segment
from workbench.setup import Setup
from workbench.setup.settings import Settings
from workbench.store import Connection, tables
from workbench.store.connection import first_row

_SNAPSHOTS = "SELECT snapshot_id, segment_name, definition_hash, as_of FROM segment_snapshot"


@dataclass(frozen=True)
class TakenFrom:
    """What a snapshot was taken of.

    Attributes
    ----------
    segment_name : str
        The segment.
    definition_hash : str
        The SHA-256 of its definition then.
    as_of : datetime.date
        The day it was evaluated on.
    """

    segment_name: str
    definition_hash: str
    as_of: dt.date


@dataclass(frozen=True)
class Facts:
    """The store's frame of reference at one revision.

    Attributes
    ----------
    revision : int
        The revision.
    everybody : numpy.ndarray of bool
        True at each contact id that exists.
    companies_have_people : bool
        Whether any contact belongs to a company.
    catalogue : Catalogue
        Fields and names.
    settings : Settings
        Time zone, week, as_of.
    definitions : mapping of str to Segment
        The saved segments.
    snapshots : mapping of str to TakenFrom
        What each snapshot was taken of.
    """

    revision: int
    everybody: Mask = field(repr=False)
    companies_have_people: bool
    catalogue: Catalogue
    settings: Settings
    definitions: Mapping[str, Segment] = field(repr=False)
    snapshots: Mapping[str, TakenFrom] = field(repr=False)

    def scope(self, context: Context) -> Scope:
        """Say what values of fields depend on.

        Parameters
        ----------
        context : Context
            The day and calendar.

        Returns
        -------
        Scope
            For reading values at this revision.
        """
        return Scope(self.catalogue, context, self.companies_have_people)


def gather(con: Connection, setup: Setup, revision: int) -> Facts:
    """Read the facts of a revision.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup : Setup
        Fields and settings of the store.
    revision : int
        The revision the unit sees.

    Returns
    -------
    Facts
        About 20 ms at 1,000,000 contacts.
    """
    ids = tables.ids(con, "SELECT contact_id FROM contact")
    (highest,) = first_row(con, f"SELECT {HIGHEST_ID}") or (0,)  # rows of contacts that are gone may be counted too
    people = "SELECT 1 FROM contact WHERE company_no IS NOT NULL AND company_no <> contact_no LIMIT 1"
    definitions = {
        name: Segment.from_yaml(text) for name, text in con.execute("SELECT name, definition FROM segment").fetchall()
    }
    return Facts(
        revision=revision,
        everybody=mask_of(ids, highest + 1 if highest else 0),
        companies_have_people=bool(con.execute(people).fetchall()),
        catalogue=_catalogue(con, setup, definitions),
        settings=setup.settings(),
        definitions=definitions,
        snapshots={row[0]: TakenFrom(*row[1:]) for row in con.execute(_SNAPSHOTS).fetchall()},
    )


def company_of(con: Connection, size: int) -> npt.NDArray[Any]:
    """Tell for each contact by whom its company is known: the lowest id at that company.

    Parameters
    ----------
    con : connection
        An open unit of work.
    size : int
        The length of a mask.

    Returns
    -------
    numpy.ndarray of int32
        A contact id for each contact id; its own for a contact without a company, and where no contact is.

    Notes
    -----
    A company is at itself, a person at the company whose number it gives, whether that is a contact or not.
    """
    company = "CASE WHEN type = 'company' THEN contact_no ELSE nullif(trim(company_no), '') END"
    query = (
        f"WITH placed AS (SELECT contact_id, {company} AS company FROM contact), "  # noqa: S608 - a text of ours
        "known AS (SELECT company, min(contact_id) AS first_id FROM placed WHERE company IS NOT NULL GROUP BY company) "
        "SELECT contact_id, first_id FROM placed JOIN known USING (company)"
    )
    companies = np.arange(size, dtype=np.int32)
    for ids, first_ids in tables.batches(con, query):
        companies[ids] = first_ids
    return companies


def mask_of(ids: np.ndarray[Any, Any], size: int) -> Mask:
    """Turn contact ids into a mask.

    Parameters
    ----------
    ids : numpy.ndarray of int
        Any order; 0 is nobody, and ids beyond the mask are contacts that are gone: neither counts.
    size : int
        The length of the mask.

    Returns
    -------
    numpy.ndarray of bool
        True at each id.
    """
    mask = np.zeros(size, dtype=np.bool_)
    mask[ids[ids < size]] = True
    mask[:1] = False
    return mask


def _catalogue(con: Connection, setup: Setup, definitions: Mapping[str, Segment]) -> Catalogue:
    def names(column: str, table: str) -> frozenset[str]:
        return frozenset(row[0] for row in con.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall())  # noqa: S608

    return Catalogue(
        contact=setup.table("contact"),
        related={name: setup.table(table.name) for name, table in RELATED.items()},
        segments=frozenset(definitions),
        snapshots=names("snapshot_id", "segment_snapshot"),
        lists=names("list_name", "contact_list"),
        campaigns=names("campaign_no", "campaign") | names("campaign_no", "campaign_target"),
        scores=scores(con),
    )
