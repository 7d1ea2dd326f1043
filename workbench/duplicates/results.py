"""What finding and reviewing duplicates tell."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class DuplicateSearch:
    """What looking for duplicates found.

    Attributes
    ----------
    method : str
        ``"business_central"``, ``"fuzzy"`` or ``"both"``.
    threshold : float
        The lowest score of fuzzy pairs.
    hit_percent, needed_count : int
        The search hit percentage, and how many search strings two companies must have in common.
    pairs : pandas.DataFrame
        Columns contact_no, name, duplicate_no, duplicate_name, found_by, match_count, score_rate, reasons.
    contact_count : int
        How many contacts there are.
    candidate_counts : mapping of str to int
        How many pairs were compared, by method; at most so many where search strings decide.
    new_count : int
        Pairs that the store did not have yet.
    separate_count : int
        Pairs that somebody has judged separate.
    is_written : bool
        False for a preview.
    """

    method: str
    threshold: float
    hit_percent: int
    needed_count: int
    pairs: pd.DataFrame = field(repr=False)
    contact_count: int
    candidate_counts: Mapping[str, int]
    new_count: int
    separate_count: int
    is_written: bool

    @property
    def pair_count(self) -> int:
        """How many pairs were found."""
        return len(self.pairs)

    def frame(self) -> pd.DataFrame:
        """Show the pairs.

        Returns
        -------
        pandas.DataFrame
            `pairs`.
        """
        return self.pairs

    def _repr_html_(self) -> str:
        head = f"{self.pair_count:,} pairs among {self.contact_count:,} contacts, {self.new_count:,} of them new"
        return f"<b>{head}</b>{self.pairs.head(50).to_html(index=False)}"


@dataclass(frozen=True)
class DuplicateQueue:
    """Pairs to go through.

    Attributes
    ----------
    pairs : pandas.DataFrame
        Columns contact_no, name, duplicate_no, duplicate_name, type, found_by, match_count, score_rate, reasons,
        verdict, found_at, decided_at (UTC), decided_by.
    total : int
        How many there are in all.
    counts : mapping of str to int
        Pairs by verdict: ``"open"``, ``"same"``, ``"separate"``.
    """

    pairs: pd.DataFrame = field(repr=False)
    total: int
    counts: Mapping[str, int]

    def frame(self) -> pd.DataFrame:
        """Show the pairs.

        Returns
        -------
        pandas.DataFrame
            `pairs`.
        """
        return self.pairs

    def _repr_html_(self) -> str:
        return f"<b>{len(self.pairs):,} of {self.total:,} pairs</b>{self.pairs.to_html(index=False)}"


@dataclass(frozen=True)
class PairExplanation:
    """How alike two contacts are.

    Attributes
    ----------
    contact_no, duplicate_no : str
        The two.
    type : str
        ``"person"`` or ``"company"``.
    score_rate : float
        The probability that they are the same, 0 to 1.
    fields : pandas.DataFrame
        Columns field, kind, value, other_value, likeness (0 to 1), bits (above 0 where a field speaks for it).
    strings : pandas.DataFrame
        Search strings of companies: field_name, part, length, search_string, other_string, is_hit; no row for people.
    match_count, needed_count : int
        Search strings in common, and how many make a duplicate.
    verdict : str or None
        What somebody has decided.
    """

    contact_no: str
    duplicate_no: str
    type: str
    score_rate: float
    fields: pd.DataFrame = field(repr=False)
    strings: pd.DataFrame = field(repr=False)
    match_count: int
    needed_count: int
    verdict: str | None

    def frame(self) -> pd.DataFrame:
        """Show the fields.

        Returns
        -------
        pandas.DataFrame
            `fields`.
        """
        return self.fields

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.contact_no} and {self.duplicate_no}: {self.score_rate:.3f}")
        return f"<b>{head}</b>{self.fields.to_html(index=False)}"


@dataclass(frozen=True)
class Review:
    """What a verdict on a pair did, or would do.

    Attributes
    ----------
    contact_no, duplicate_no : str
        The two.
    verdict, verdict_before : str or None
        Now and before.
    is_written : bool
        False for a preview.
    """

    contact_no: str
    duplicate_no: str
    verdict: str | None
    verdict_before: str | None
    is_written: bool

    def frame(self) -> pd.DataFrame:
        """Show it as a table.

        Returns
        -------
        pandas.DataFrame
            One row.
        """
        return pd.DataFrame([self.__dict__])

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


@dataclass(frozen=True)
class SearchStringSetup:
    """The setup of search strings.

    Attributes
    ----------
    rules : pandas.DataFrame
        Columns field_name, part, length.
    hit_percent, needed_count : int
        The search hit percentage, and how many search strings two companies must have in common.
    is_written : bool
        False for a preview.
    """

    rules: pd.DataFrame = field(repr=False)
    hit_percent: int
    needed_count: int
    is_written: bool = True

    def frame(self) -> pd.DataFrame:
        """Show the rules.

        Returns
        -------
        pandas.DataFrame
            `rules`.
        """
        return self.rules

    def _repr_html_(self) -> str:
        head = f"{self.needed_count} of {len(self.rules)} search strings ({self.hit_percent} %)"
        return f"<b>{head}</b>{self.rules.to_html(index=False)}"
