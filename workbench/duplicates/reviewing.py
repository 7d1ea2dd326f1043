"""Going through pairs: what there is, why, and what somebody decides."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipelines.duplicates import SearchStringRule, search_string, threshold
from pipelines.fuzzy_duplicates import explained
from workbench import clock, config
from workbench.contact_rows.finding import id_of
from workbench.duplicates import compared, rules
from workbench.duplicates.finding import Finding
from workbench.duplicates.pairs import SAME, SEPARATE
from workbench.duplicates.results import DuplicateQueue, PairExplanation, Review
from workbench.errors import ConfigError, RuleError, nearest
from workbench.setup import marketing_setup
from workbench.store import Connection, tables
from workbench.store.connection import first_row

OPEN = "open"
VERDICTS = (SAME, SEPARATE)

_QUEUE = """
    SELECT a.contact_no, a.name, b.contact_no AS duplicate_no, b.name AS duplicate_name, a.type, d.found_by,
        d.match_count, d.score_rate, d.reasons, d.verdict, d.found_at, d.decided_at, d.decided_by
    FROM contact_duplicate d
    JOIN contact a ON a.contact_id = d.contact_id JOIN contact b ON b.contact_id = d.duplicate_id
    WHERE $1 IS NULL OR coalesce(d.verdict, 'open') = $1
    ORDER BY d.score_rate DESC NULLS LAST, d.match_count DESC NULLS LAST, a.contact_no, b.contact_no
    LIMIT $2 OFFSET $3
"""


class Reviewing(Finding):
    """The review queue."""

    def list(self, verdict: str | None = OPEN, *, rows: int = 200, skip: int = 0) -> DuplicateQueue:
        """List pairs that may be the same.

        Parameters
        ----------
        verdict : str or None, optional
            ``"open"`` for pairs that nobody has judged, ``"same"`` or ``"separate"``; None for all.
        rows : int, optional
            How many to show.
        skip : int, optional
            How many to pass over.

        Returns
        -------
        DuplicateQueue
            The surest first.

        Raises
        ------
        ConfigError
            When there is no such verdict.
        """
        if verdict not in (None, OPEN, *VERDICTS):
            raise ConfigError(f'There is no verdict "{verdict}".', nearest(verdict, [OPEN, *VERDICTS]))
        with self._database.reading() as con:
            counts = _counts(con)
            pairs = _times_in_utc(tables.frame(con, _QUEUE, [verdict, rows, skip]))
        return DuplicateQueue(pairs, counts[verdict] if verdict else sum(counts.values()), counts)

    def explain(
        self, contact_no: str, duplicate_no: str, *, fields: Mapping[str, str] | None = None
    ) -> PairExplanation:
        """Explain how alike two contacts are, whether or not they are a pair in the store.

        Parameters
        ----------
        contact_no, duplicate_no : str
            Two contacts of one type.
        fields : mapping of str to str, optional
            Further fields that are compared, as for `find`.

        Returns
        -------
        PairExplanation
            Field by field; for companies each search string as well.

        Raises
        ------
        NotFoundError
            When there is no such contact.
        RuleError
            When it is twice the same contact, or a person and a company.
        """
        contact = self._setup.table("contact")
        with self._database.reading() as con:
            ids, type_ = two_of_a_type(con, contact_no, duplicate_no)
            kinds = compared.kinds_of(contact, type_, fields)
            frame = compared.read(con, contact, type_, kinds, ids).set_index("contact_id").loc[list(ids)]
            counts = compared.counts(con, contact, type_, kinds, frame)
            score, told = explained(frame, kinds, counts, compared.population(con, type_))
            setup, percent = rules.read(con), marketing_setup.read(con).search_hit_percent
            strings = _strings(con, ids, setup if type_ == "company" else [])
            verdict = _verdict(con, ids)
        return PairExplanation(
            contact_no, duplicate_no, type_, score, told, strings, int(strings["is_hit"].sum()),
            threshold(len(setup), percent), verdict,
        )  # fmt: skip

    def review(self, contact_no: str, duplicate_no: str, verdict: str | None, *, dry_run: bool = False) -> Review:
        """Decide whether two contacts are the same.

        Parameters
        ----------
        contact_no, duplicate_no : str
            Two contacts, in whatever order; they need not have been found as a pair.
        verdict : str or None
            ``"same"``, ``"separate"``, or None to take a verdict back.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        Review
            The verdict now and before. It stays when duplicates are looked for again.

        Raises
        ------
        NotFoundError
            When there is no such contact.
        RuleError
            When it is twice the same contact, or a person and a company.
        ConfigError
            When there is no such verdict.
        """
        if verdict is not None and verdict not in VERDICTS:
            raise ConfigError(f'There is no verdict "{verdict}".', nearest(verdict, VERDICTS))
        with self._database.reading() if dry_run else self._database.writing() as con:
            ids, _ = two_of_a_type(con, contact_no, duplicate_no)
            before = _verdict(con, ids)
            if not dry_run:
                _decide(con, ids, verdict)
        return Review(contact_no, duplicate_no, verdict, before, not dry_run)


def two_of_a_type(con: Connection, contact_no: str, duplicate_no: str) -> tuple[tuple[int, int], str]:
    """Find two contacts that can be the same.

    Parameters
    ----------
    con : connection
        An open unit of work.
    contact_no, duplicate_no : str
        Their numbers.

    Returns
    -------
    tuple of (int, int) and str
        Their ids, and the type both have.

    Raises
    ------
    NotFoundError
        When there is no such contact.
    RuleError
        When it is twice the same contact, or a person and a company.
    """
    ids = id_of(con, contact_no), id_of(con, duplicate_no)
    if ids[0] == ids[1]:
        raise RuleError(f"{contact_no} is one contact and no pair.", "Name two contacts.")
    types = dict(con.execute("SELECT contact_id, type FROM contact WHERE contact_id IN (?, ?)", list(ids)).fetchall())
    if types[ids[0]] != types[ids[1]]:
        raise RuleError(
            f"{contact_no} is a {types[ids[0]]} and {duplicate_no} is a {types[ids[1]]}.",
            "People are compared and merged with people, companies with companies.",
        )
    return ids, str(types[ids[0]])


def _counts(con: Connection) -> dict[str, int]:
    query = (
        "SELECT coalesce(verdict, 'open'), count(*) FROM contact_duplicate d "
        "SEMI JOIN contact a ON a.contact_id = d.contact_id SEMI JOIN contact b ON b.contact_id = d.duplicate_id "
        "GROUP BY 1"
    )
    return dict.fromkeys((OPEN, *VERDICTS), 0) | dict(con.execute(query).fetchall())


def _verdict(con: Connection, ids: tuple[int, int]) -> str | None:
    query = "SELECT verdict FROM contact_duplicate WHERE contact_id = ? AND duplicate_id = ?"
    row = first_row(con, query, sorted(ids))
    return None if row is None or row[0] is None else str(row[0])


def _decide(con: Connection, ids: tuple[int, int], verdict: str | None) -> None:
    """A pair that was only decided on, and never found, goes with its verdict."""
    pair, now = sorted(ids), clock.now().replace(tzinfo=None)
    if verdict is None:
        con.execute(
            "DELETE FROM contact_duplicate WHERE contact_id = ? AND duplicate_id = ? AND found_by = 'by_hand'", pair
        )
    elif first_row(con, "SELECT 1 FROM contact_duplicate WHERE contact_id = ? AND duplicate_id = ?", pair) is None:
        con.execute(
            "INSERT INTO contact_duplicate (contact_id, duplicate_id, found_by, reasons, found_at) "
            "VALUES (?, ?, 'by_hand', 'decided by hand', ?)",
            [*pair, now],
        )
    decided = (verdict, now, config.user()) if verdict else (None, None, None)
    con.execute(
        "UPDATE contact_duplicate SET verdict = ?, decided_at = ?, decided_by = ? "
        "WHERE contact_id = ? AND duplicate_id = ?",
        [*decided, *pair],
    )


def _strings(con: Connection, ids: tuple[int, int], setup: list[SearchStringRule]) -> pd.DataFrame:
    rows = tables.frame(con, "SELECT * FROM contact WHERE contact_id IN (?, ?)", ids)
    one, other = (rows[rows["contact_id"] == at].iloc[0] for at in ids)
    told = []
    for rule in setup:
        texts = [row[rule.field_name] for row in (one, other)]
        strings = [search_string(t if isinstance(t, str) else "", rule.part, rule.length) for t in texts]
        is_hit = bool(strings[0]) and strings[0] == strings[1]
        told.append((rule.field_name, rule.part, rule.length, *strings, is_hit))
    columns = ["field_name", "part", "length", "search_string", "other_string", "is_hit"]
    return pd.DataFrame(told, columns=columns).astype({"is_hit": bool})


def _times_in_utc(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(**{name: pd.to_datetime(frame[name], utc=True) for name in ("found_at", "decided_at")})
