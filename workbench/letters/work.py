"""What every group of use cases on letters has at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from workbench.letters import merge_fields, outbox, preparing
from workbench.letters.preparing import Letter
from workbench.setup.work import Work
from workbench.store import Connection

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


class LetterWork(Work):
    """Work on the letters of one store.

    Notes
    -----
    Whatever delivers is a preview unless `dry_run` is false: it gives the same receipt by the same computation, checks
    every template and every field, and neither writes nor sends.
    """

    def _outbox(self, con: Connection, entry_no: int, rules: Rules) -> pd.DataFrame:
        return outbox.read(con, entry_no, purpose=rules.purpose, needs_consent=rules.needs_consent, retry=rules.retry)

    def _prepared(self, entry_no: int, correspondence_type: str, rules: Rules) -> tuple[pd.DataFrame, list[Letter]]:
        """Read the outbox, and make the letters of one kind ready that may go."""
        with self._database.reading() as con:
            rows = self._outbox(con, entry_no, rules)
            may_go = rows["state"].eq("ready") & rows["correspondence_type"].eq(correspondence_type)
            known = merge_fields.known(self._setup.table("contact"))["field"]
            letters = preparing.prepared(con, rows[may_go], self._setup.marketing(), self._zone, set(known))
        return rows, letters
