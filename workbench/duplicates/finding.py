"""Looking for duplicates in the whole store, or of some contacts, and keeping the pairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from pipelines.columns import Table
from pipelines.duplicates import SearchStringRule
from pipelines.duplicates import threshold as needed
from pipelines.fuzzy_duplicates import likely_pairs
from workbench.contact_rows.finding import id_of
from workbench.duplicates import compared, indexing, pairs, rules, searching
from workbench.duplicates.near import ids_near
from workbench.duplicates.pairs import BOTH, BUSINESS_CENTRAL, FUZZY, METHODS
from workbench.duplicates.reasons import in_words
from workbench.duplicates.results import DuplicateSearch
from workbench.errors import ConfigError, nearest
from workbench.setup import Setup, marketing_setup
from workbench.store import Connection, Database, tables

Progress = Callable[[int, int], None]

_FOUND = "found_pair"
_NAMED = """
    SELECT a.contact_no, a.name, b.contact_no AS duplicate_no, b.name AS duplicate_name, f.found_by, f.match_count,
        f.score_rate, f.reasons, d.contact_id IS NULL AS is_new, coalesce(d.verdict = 'separate', FALSE) AS is_separate
    FROM found_pair f JOIN contact a ON a.contact_id = f.contact_id JOIN contact b ON b.contact_id = f.duplicate_id
    LEFT JOIN contact_duplicate d ON d.contact_id = f.contact_id AND d.duplicate_id = f.duplicate_id
    ORDER BY f.score_rate DESC NULLS LAST, f.match_count DESC NULLS LAST, a.contact_no, b.contact_no
"""


class Finding:
    """Looking for duplicates.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    """

    def __init__(self, database: Database, setup: Setup) -> None:
        self._database, self._setup = database, setup

    def find(
        self,
        method: str = BOTH,
        *,
        threshold: float = 0.9,
        contacts: Sequence[str] | None = None,
        fields: Mapping[str, str] | None = None,
        progress: Progress | None = None,
        dry_run: bool = False,
    ) -> DuplicateSearch:
        """Find pairs of contacts that may be the same, and keep them for review.

        Parameters
        ----------
        method : str, optional
            ``"business_central"``: companies with enough search strings in common (report 5187). ``"fuzzy"``: people
            and companies that are likely the same in spite of errors. ``"both"``.
        threshold : float, optional
            The lowest score of fuzzy pairs, above 0 and at most 1: the probability that the two are the same.
        contacts : sequence of str, optional
            Only pairs of these contacts.
        fields : mapping of str to str, optional
            Further fields for the fuzzy method, with their kinds: ``{"passport_no": "identifier"}``.
        progress : callable, optional
            Told how many pairs were compared and how many there are; may raise, to end the work.
        dry_run : bool, optional
            Only tell what would be kept.

        Returns
        -------
        DuplicateSearch
            The pairs. Those that somebody has judged keep their verdict; others that the method had found and does
            not find any more are dropped.

        Raises
        ------
        ConfigError
            When there is no such method, field or kind, or the threshold is no probability.
        NotFoundError
            When there is no such contact.
        RuleError
            When too many companies share search strings.
        """
        _check(method, threshold)
        contact = self._setup.table("contact")
        kinds = {type_: compared.kinds_of(contact, type_, fields) for type_ in compared.TYPES}
        with self._database.reading() as con:
            ids = None if contacts is None else [id_of(con, number) for number in contacts]
            setup, rule_list = marketing_setup.read(con), rules.read(con)
            found, compared_counts = {}, {}
            if method != FUZZY:
                search = _Strings(con, rule_list, setup.search_hit_percent)
                found[BUSINESS_CENTRAL], compared_counts[BUSINESS_CENTRAL] = search.of(ids)
            if method != BUSINESS_CENTRAL:
                fuzzy = [
                    _fuzzy(con, contact, type_, kinds[type_], threshold, ids, progress) for type_ in compared.TYPES
                ]
                found[FUZZY] = pd.concat([frame for frame, _ in fuzzy], ignore_index=True)
                compared_counts[FUZZY] = sum(count for _, count in fuzzy)
            named, count = _named(con, found), _contact_count(con)
        if not dry_run:
            self._keep(found, ids)
        return DuplicateSearch(
            method, threshold, setup.search_hit_percent, needed(len(rule_list), setup.search_hit_percent),
            named.drop(columns=["is_new", "is_separate"]), count, compared_counts, int(named["is_new"].sum()),
            int(named["is_separate"].sum()), not dry_run,
        )  # fmt: skip

    def _keep(self, found: Mapping[str, pd.DataFrame], ids: Sequence[int] | None) -> None:
        """Write what was found; the search itself only reads, so that nobody waits for it."""
        with self._database.writing() as con:
            for method, frame in found.items():
                for contact_id in [None] if ids is None else ids:
                    pairs.forget(con, method, contact_id)
                pairs.keep(con, frame)


def _check(method: str, threshold: float) -> None:
    if method not in METHODS:
        raise ConfigError(f'There is no method "{method}".', nearest(method, METHODS))
    if not 0 < threshold <= 1:
        raise ConfigError(f"{threshold} is no threshold.", "Give a probability above 0 and at most 1, such as 0.9.")


class _Strings:
    """Business Central's rule, for some companies or for all."""

    def __init__(self, con: Connection, setup: Sequence[SearchStringRule], hit_percent: int) -> None:
        self.con, self.setup, self.hit_percent = con, setup, hit_percent

    def of(self, ids: Sequence[int] | None) -> tuple[pd.DataFrame, int]:
        if ids is None:
            found, count = indexing.duplicate_pairs(self.con, self.setup, self.hit_percent)
            return pairs.framed(found.assign(found_by=BUSINESS_CENTRAL, reasons=_shared(found))), count
        companies = [at for at in ids if searching.is_company(self.con, at)]
        lists = [searching.found(self.con, at, self.setup, self.hit_percent) for at in companies]
        others = max(compared.population(self.con, "company") - 1, 0)
        together = pairs.framed([pair for one in lists for pair in one])
        return together.drop_duplicates(["contact_id", "duplicate_id"]), len(companies) * others


def _shared(found: pd.DataFrame) -> list[str]:
    return [searching.shared(count) for count in found["match_count"]]


def _fuzzy(
    con: Connection,
    contact: Table,
    type_: str,
    kinds: Mapping[str, str],
    threshold: float,
    ids: Sequence[int] | None,
    progress: Progress | None,
) -> tuple[pd.DataFrame, int]:
    counts = population = is_wanted = None
    if ids is None:
        frame = compared.read(con, contact, type_, kinds)
    else:
        wanted = compared.read(con, contact, type_, kinds, ids)
        around = ids_near(con, contact, type_, kinds, wanted) if len(wanted) else np.zeros(0, dtype=np.int64)
        frame = compared.read(con, contact, type_, kinds, sorted({*around.tolist(), *wanted["contact_id"].tolist()}))
        is_wanted = frame["contact_id"].isin(wanted["contact_id"]).to_numpy()
        counts = compared.counts(con, contact, type_, kinds, frame)
        population = compared.population(con, type_)
    found = likely_pairs(
        frame, kinds, threshold, is_wanted=is_wanted, counts=counts, population=population, progress=progress
    )
    return _as_pairs(frame, found.pairs), found.candidate_count


def _as_pairs(frame: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    ids = frame["contact_id"].to_numpy()
    one, other = ids[found["left"]], ids[found["right"]]
    return pairs.framed(pd.DataFrame({
        "contact_id": np.minimum(one, other),
        "duplicate_id": np.maximum(one, other),
        "found_by": FUZZY,
        "score_rate": found["score_rate"].to_numpy(),
        "reasons": in_words(found),
    }))  # fmt: skip


def _named(con: Connection, found: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put what both methods have found together, each pair once, with the numbers and names of the contacts."""
    con.register(_FOUND, _merged(list(found.values())))
    named = tables.frame(con, _NAMED)
    con.unregister(_FOUND)
    return named.astype({"is_new": bool, "is_separate": bool})


def _merged(frames: list[pd.DataFrame]) -> pd.DataFrame:
    if len(frames) == 1:
        return frames[0]
    both = frames[0].merge(frames[1], on=["contact_id", "duplicate_id"], how="outer", suffixes=("", "_fuzzy"))
    has_two = both["found_by"].notna() & both["found_by_fuzzy"].notna()
    found_by = both["found_by"].fillna(both["found_by_fuzzy"]).mask(has_two, BOTH)
    return pairs.framed(
        both.assign(
            found_by=found_by,
            score_rate=both["score_rate_fuzzy"],
            reasons=both["reasons_fuzzy"].fillna(both["reasons"]),
        )
    )


def _contact_count(con: Connection) -> int:
    return sum(compared.population(con, type_) for type_ in compared.TYPES)
