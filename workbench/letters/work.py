"""What every group of use cases on letters has at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pandas as pd

from workbench.letters import merge_fields, outbox, preparing
from workbench.letters.preparing import Letter
from workbench.setup import Setup
from workbench.store import Connection
from workbench.store.database import Database

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Rules:
    """Whose letters may go.

    Attributes
    ----------
    purpose : str or None
        For what the letters are written: consents for it and for nothing in particular count; all where absent.
    needs_consent : bool
        Whether a consent has to stand; else only a refusal holds back.
    retry : bool
        Whether letters that failed may go again.
    """

    purpose: str | None = None
    needs_consent: bool = False
    retry: bool = False


class LetterWork:
    """Work on the letters of one store.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.

    Notes
    -----
    Whatever delivers is a preview unless `dry_run` is false: it gives the same receipt by the same computation, checks
    every template and every field, and neither writes nor sends.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database, self._setup = database, setup

    @contextmanager
    def _unit(self, dry_run: bool) -> Iterator[Connection]:
        with self._database.reading() if dry_run else self._database.writing() as con:
            yield con

    def _outbox(self, con: Connection, entry_no: int, rules: Rules) -> pd.DataFrame:
        return outbox.read(con, entry_no, purpose=rules.purpose, needs_consent=rules.needs_consent, retry=rules.retry)

    def _prepared(self, entry_no: int, correspondence_type: str, rules: Rules) -> tuple[pd.DataFrame, list[Letter]]:
        """Read the outbox, and make the letters of one kind ready that may go."""
        with self._database.reading() as con:
            rows = self._outbox(con, entry_no, rules)
            may_go = rows["state"].eq("ready") & rows["correspondence_type"].eq(correspondence_type)
            zone = ZoneInfo(self._setup.settings().time_zone)
            known = merge_fields.known(self._setup.table("contact"))["field"]
            letters = preparing.prepared(con, rows[may_go], self._setup.marketing(), zone, set(known))
        return rows, letters
