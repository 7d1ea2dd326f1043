"""Opportunities with everything they can be grouped by, and their entries, as frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipelines.errors import nearest
from pipelines.sales_cycle import PERIODS, with_period
from pipelines.sales_cycle_standing import standing
from pipelines.schema import Column, Table, conform
from workbench.errors import NotFoundError
from workbench.setup import Setup
from workbench.store import tables
from workbench.store.database import Database

GROUPS: Mapping[str, tuple[str, ...]] = {
    "cycle": ("sales_cycle_code",),
    "stage": ("sales_cycle_code", "stage_no"),
    "salesperson": ("salesperson_code",),
    "team": ("team_code",),
    "campaign": ("campaign_no",),
    "contact": ("contact_no",),
    "company": ("company_no",),
    "item": ("item_no",),
    "status": ("status",),
    **dict.fromkeys(PERIODS, ("period",)),
}
"""The columns behind each word that figures can be asked by; fields of opportunities have their own names."""
# A file may leave the status out; a closing date then says that it was closed, and not that anything was sold.
_STATUS = "coalesce(o.status, CASE WHEN o.closed_on IS NULL THEN 'not_started' ELSE 'lost' END)"
_OPPORTUNITIES = f"""
    SELECT o.* EXCLUDE (contact_id, entry_no)
        REPLACE ({_STATUS} AS status, coalesce(o.opportunity_no, '#' || o.entry_no) AS opportunity_no),
        c.contact_no, c.name AS contact_name,
        coalesce(c.company_no, CASE WHEN c.type = 'company' THEN c.contact_no END) AS company_no
    FROM opportunity o JOIN contact c USING (contact_id) ORDER BY o.entry_no
"""  # noqa: S608 - a constant of this module
_ENTRIES = """
    SELECT entry_no, opportunity_no, stage_no::DOUBLE AS stage_no, action_taken, changed_on, estimated_close_on,
        estimated_amount::DOUBLE AS estimated_amount, calculated_amount::DOUBLE AS calculated_amount
    FROM opportunity_entry WHERE stage_no IS NOT NULL ORDER BY opportunity_no, entry_no
"""
_TEAMS = "SELECT team_code, salesperson_code FROM team_salesperson ORDER BY ALL"
_STAGES = """
    SELECT sales_cycle_code, stage_no::DOUBLE AS stage_no, description FROM sales_cycle_stage ORDER BY ALL
"""
_TEXTS = ("contact_name", "company_no")


@dataclass(frozen=True)
class Book:
    """What the store holds about opportunities.

    Attributes
    ----------
    opportunities : pandas.DataFrame
        As users see them, with contact_name and company_no.
    entries : pandas.DataFrame
        Their steps, in order.
    teams : pandas.DataFrame
        team_code, salesperson_code.
    stages : pandas.DataFrame
        sales_cycle_code, stage_no, description.
    """

    opportunities: pd.DataFrame = field(repr=False)
    entries: pd.DataFrame = field(repr=False)
    teams: pd.DataFrame = field(repr=False)
    stages: pd.DataFrame = field(repr=False)

    def stood(self, as_of: dt.date) -> pd.DataFrame:
        """Say where each opportunity stood on a day.

        Parameters
        ----------
        as_of : datetime.date
            The day.

        Returns
        -------
        pandas.DataFrame
            As `pipelines.sales_cycle_standing.standing` gives it.
        """
        return standing(self.opportunities, self.entries, as_of)

    def only(self, asked: Mapping[str, str]) -> Book:
        """Keep some of the opportunities.

        Parameters
        ----------
        asked : mapping of str to str
            The value for each of some words of `GROUPS` or fields: ``{"team": "EAST"}``. Neither periods nor stage nor
            status, which depend on the day.

        Returns
        -------
        Book
            With all entries of those kept.

        Raises
        ------
        NotFoundError
            When nothing of that name is to be asked for, or no opportunity has the value.
        """
        kept = self.opportunities
        for word, value in asked.items():
            if word in ("stage", "status", *PERIODS):
                raise NotFoundError(f'"{word}" depends on the day, so it cannot pick opportunities.', "Group by it.")
            (name,) = columns_of(word, kept.columns)
            rows = self.teamed(kept) if name == "team_code" else kept
            matching = rows[rows[name].astype("object").map(str).eq(value) & rows[name].notna()]
            if matching.empty:
                raise NotFoundError(f'No opportunity has the {word} "{value}".', nearest(value, _values(rows[name])))
            kept = kept[kept["opportunity_no"].isin(matching["opportunity_no"])]
        entries = self.entries[self.entries["opportunity_no"].isin(kept["opportunity_no"])]
        return Book(kept, entries, self.teams, self.stages)

    def teamed(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Give each opportunity the team of its salesperson.

        Parameters
        ----------
        rows : pandas.DataFrame
            Opportunities.

        Returns
        -------
        pandas.DataFrame
            With `team_code`; one of a salesperson in several teams has a row for each.
        """
        return rows.merge(self.teams, on="salesperson_code", how="left")

    def grouped(self, stood: pd.DataFrame, words: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
        """Add what figures are asked by.

        Parameters
        ----------
        stood : pandas.DataFrame
            Opportunities on a day.
        words : sequence of str
            Of `GROUPS`, or fields of opportunities.

        Returns
        -------
        tuple of pandas.DataFrame and list of str
            The opportunities and the columns to group by.

        Raises
        ------
        NotFoundError
            When there is no such word.
        """
        names = [name for word in words for name in columns_of(word, stood.columns)]
        if "team_code" in names:
            stood = self.teamed(stood)
        for word in words:
            if word in PERIODS:
                stood = with_period(stood, word)
        return stood, list(dict.fromkeys(names))


def read(database: Database, setup: Setup) -> Book:
    """Read what the store holds about opportunities.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings, with the custom fields.

    Returns
    -------
    Book
        Everything, whenever it was.
    """
    table = setup.table("opportunity")
    with database.reading() as con:
        opportunities = tables.frame(con, _OPPORTUNITIES)
        entries, teams, stages = (tables.frame(con, query) for query in (_ENTRIES, _TEAMS, _STAGES))
    extra = tuple(Column(name, table.column("opportunity_no").type, name) for name in _TEXTS)
    return Book(conform(opportunities, table, extra), _typed(entries), teams.astype("str"), stages)


def columns_of(word: str, known: Sequence[str] | pd.Index) -> tuple[str, ...]:
    """Find the columns a word stands for.

    Parameters
    ----------
    word : str
        Of `GROUPS`, or a field of opportunities.
    known : sequence of str
        The fields there are.

    Returns
    -------
    tuple of str
        One column, or cycle and stage.

    Raises
    ------
    NotFoundError
        When there is none.
    """
    if word in GROUPS:
        return GROUPS[word]
    if word not in known:
        raise NotFoundError(f'There is no "{word}" to ask the pipeline by.', nearest(word, [*GROUPS, *known]))
    return (word,)


def fields_to_ask_by(table: Table) -> list[str]:
    """List the custom fields that opportunities can be grouped by.

    Parameters
    ----------
    table : Table
        Opportunities with their custom fields.

    Returns
    -------
    list of str
        Their names.
    """
    return [column.name for column in table.columns if column.is_custom]


def _values(column: pd.Series) -> list[str]:
    return [str(value) for value in column.dropna().unique()[:200]]


def _typed(entries: pd.DataFrame) -> pd.DataFrame:
    days = dict.fromkeys(("changed_on", "estimated_close_on"), "datetime64[us]")
    return entries.astype({**days, "opportunity_no": "str", "action_taken": "object"})
