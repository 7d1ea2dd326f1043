"""The setup of search strings as its users see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from pipelines.duplicates import SearchStringRule, threshold
from workbench.duplicates import rules
from workbench.duplicates.finding import Finding
from workbench.duplicates.results import SearchStringSetup
from workbench.setup import marketing_setup
from workbench.store import Connection


class SearchStrings(Finding):
    """Which search strings companies are compared by."""

    def search_strings(self) -> SearchStringSetup:
        """List the search strings that companies are compared by.

        Returns
        -------
        SearchStringSetup
            By field and part, with how many of them make a duplicate.
        """
        with self._database.reading() as con:
            return _told(con, rules.read(con))

    def save_search_string(
        self, field_name: str, part: str, length: int = 5, *, dry_run: bool = False
    ) -> SearchStringSetup:
        """Take a search string from a part of a field, in place of the one from that part.

        Parameters
        ----------
        field_name : str
            A field of contacts that holds text.
        part : str
            ``"first"`` or ``"last"``.
        length : int, optional
            How many characters, 2 to 10.
        dry_run : bool, optional
            Only tell what would be.

        Returns
        -------
        SearchStringSetup
            All of them. Pairs are found anew when duplicates are looked for the next time.

        Raises
        ------
        ConfigError
            When contacts have no such field of text, there is no such part, or the length is none of 2 to 10.
        """
        rule = SearchStringRule(field_name, part, length)  # type: ignore[arg-type] # checked below
        with self._database.reading() if dry_run else self._database.writing() as con:
            rules.checked(self._setup.table("contact"), rule)
            others = [one for one in rules.read(con) if (one.field_name, one.part) != (field_name, part)]
            if not dry_run:
                rules.save(con, self._setup.table("contact"), rule)
            return replace(_told(con, _sorted([*others, rule])), is_written=not dry_run)

    def delete_search_string(self, field_name: str, part: str, *, dry_run: bool = False) -> SearchStringSetup:
        """Take no search string from a part of a field any more.

        Parameters
        ----------
        field_name, part : str
            Which one.
        dry_run : bool, optional
            Only tell what would be.

        Returns
        -------
        SearchStringSetup
            Those that are left.

        Raises
        ------
        NotFoundError
            When there is none.
        """
        with self._database.reading() if dry_run else self._database.writing() as con:
            rules.required(con, field_name, part)
            left = [one for one in rules.read(con) if (one.field_name, one.part) != (field_name, part)]
            if not dry_run:
                rules.delete(con, field_name, part)
            return replace(_told(con, left), is_written=not dry_run)


def _sorted(setup: Sequence[SearchStringRule]) -> list[SearchStringRule]:
    return sorted(setup, key=lambda rule: (rule.field_name, rule.part))


def _told(con: Connection, setup: Sequence[SearchStringRule]) -> SearchStringSetup:
    percent = marketing_setup.read(con).search_hit_percent
    told = [(rule.field_name, rule.part, rule.length) for rule in setup]
    return SearchStringSetup(
        pd.DataFrame(told, columns=["field_name", "part", "length"]), percent, threshold(len(setup), percent)
    )
