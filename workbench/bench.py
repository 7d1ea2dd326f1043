"""The workbench: opens a store and hands each group of use cases what it needs, nothing else."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import clock
from workbench.setup import Setup
from workbench.store.database import Database

# Each group is imported when it is first asked for: who counts a segment does not wait for readers of workbooks.
if TYPE_CHECKING:
    from workbench.campaigns import Campaigns
    from workbench.contacts import Contacts
    from workbench.duplicates import Duplicates
    from workbench.interactions import Interactions
    from workbench.letters import Letters
    from workbench.opportunities import Opportunities
    from workbench.opportunities.cycles import SalesCycles
    from workbench.overview import Overview
    from workbench.pipeline_figures import PipelineFigures
    from workbench.privacy import Privacy
    from workbench.questionnaires import Questionnaires
    from workbench.relations import Relations
    from workbench.reports import Reports
    from workbench.scoring import Scoring
    from workbench.segments import Segments
    from workbench.setup.code_book import CodeBook
    from workbench.setup.series_book import NumberSeries
    from workbench.sources import Sources
    from workbench.tasks import Tasks
    from workbench.templates import Templates
    from workbench.worksheets import Worksheets


class Workbench:
    """One store and everything that can be done with it.

    Parameters
    ----------
    database : Database
        The store.

    Examples
    --------
    >>> import workbench as wb
    >>> bench = wb.open(":memory:")
    >>> bench.segments.count({"field": "city", "op": "is", "value": "Prague"}, bench.as_of()).total
    0
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def __repr__(self) -> str:
        return f"Workbench({self.database.path!r})"

    @cached_property
    def setup(self) -> Setup:
        """Settings and custom fields."""
        return Setup(self.database)

    @cached_property
    def codes(self) -> CodeBook:
        """Code tables: groups, levels, territories, salutations, salespeople, teams."""
        from workbench.setup.code_book import CodeBook

        return CodeBook(self.database)

    @cached_property
    def number_series(self) -> NumberSeries:
        """Number series, their lines and the number that comes next."""
        from workbench.setup.series_book import NumberSeries

        return NumberSeries(self.database)

    @cached_property
    def sources(self) -> Sources:
        """Loading files and frames."""
        from workbench.sources import Sources

        return Sources(self.database, self.setup)

    @cached_property
    def contacts(self) -> Contacts:
        """Looking contacts up."""
        from workbench.contacts import Contacts

        return Contacts(self.database, self.setup)

    @cached_property
    def relations(self) -> Relations:
        """What contacts are for us: business relations, customers, vendors, bank accounts, employees."""
        from workbench.relations import Relations

        return Relations(self.database, self.setup)

    @cached_property
    def interactions(self) -> Interactions:
        """The log of interactions: what was said and sent between contacts and us."""
        from workbench.interactions import Interactions

        return Interactions(self.database, self.setup)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Contacts that may be the same: finding, reviewing and merging them."""
        from workbench.duplicates import Duplicates

        return Duplicates(self.database, self.setup)

    @cached_property
    def campaigns(self) -> Campaigns:
        """Campaigns and who responded."""
        from workbench.campaigns import Campaigns

        return Campaigns(self.database, self.setup, self.segments.evaluator)

    @cached_property
    def segments(self) -> Segments:
        """Defining, counting, freezing and exporting segments."""
        from workbench.segments import Segments

        return Segments(self.database, self.setup)

    @cached_property
    def worksheets(self) -> Worksheets:
        """Segments as lists of contacts, worked on step by step."""
        from workbench.worksheets import Worksheets

        return Worksheets(self.database, self.setup, self.segments.evaluator)

    @cached_property
    def letters(self) -> Letters:
        """Letters and e-mails of logged segments, merged and sent."""
        from workbench.letters import Letters

        return Letters(self.database, self.setup)

    @cached_property
    def scores(self) -> Scoring:
        """What is computed of contacts on a day: computing it, loading it, and telling which there is."""
        from workbench.scoring import Scoring

        return Scoring(self.database, self.setup, self.segments)

    @cached_property
    def templates(self) -> Templates:
        """Interaction templates, their groups and languages, and what is sent with them."""
        from workbench.templates import Templates

        return Templates(self.database, self.setup)

    @cached_property
    def questionnaires(self) -> Questionnaires:
        """What contacts are asked, what they have answered, and what figures answer for them."""
        from workbench.questionnaires import Questionnaires

        return Questionnaires(self.database, self.setup)

    @cached_property
    def tasks(self) -> Tasks:
        """What is to be done, by whom, and about whom."""
        from workbench.tasks import Tasks

        return Tasks(self.database, self.setup)

    @cached_property
    def pipeline(self) -> PipelineFigures:
        """Where the pipeline stands and why: figures, stages, forecast."""
        from workbench.pipeline_figures import PipelineFigures

        return PipelineFigures(self.database, self.setup)

    @cached_property
    def opportunities(self) -> Opportunities:
        """Possible sales, led through their sales cycles until they are won or lost."""
        from workbench.opportunities import Opportunities

        return Opportunities(self.database, self.setup)

    @cached_property
    def sales_cycles(self) -> SalesCycles:
        """Sales cycles and their stages, with the opportunities in them."""
        from workbench.opportunities.cycles import SalesCycles

        return SalesCycles(self.database)

    @cached_property
    def overview(self) -> Overview:
        """What is in the store as a whole."""
        from workbench.overview import Overview

        return Overview(self.database, self.setup)

    @cached_property
    def privacy(self) -> Privacy:
        """What is held about a contact, and erasing it."""
        from workbench.privacy import Privacy

        return Privacy(self.database, self.setup)

    @cached_property
    def reports(self) -> Reports:
        """Printed lists, summaries, cover sheets, labels and questionnaires."""
        from workbench.reports import Reports

        return Reports(self.database, self.setup, self.segments, self.questionnaires, lambda: self.campaigns)

    def as_of(self) -> dt.date:
        """Give the day that front ends evaluate on unless the user names another.

        Returns
        -------
        datetime.date
            The store's setting, or today in the store's time zone.
        """
        settings = self.setup.settings()
        return settings.as_of or clock.today(settings.time_zone)


def open_workbench(path: str | Path, *, create: bool = True) -> Workbench:
    """Open the workbench on a store.

    Parameters
    ----------
    path : str or pathlib.Path
        A file, or ``":memory:"`` for a store that lives as long as the object.
    create : bool, optional
        Make the store when it does not exist; where false, that is an error.

    Returns
    -------
    Workbench
        Nothing stays open: each use opens the file and gives it up again.

    Raises
    ------
    NotFoundError
        When there is no store and none is to be made.
    StoreVersionError
        When the store was written by a newer workbench.
    """
    database = Database(path)
    if create or database.exists():
        database.create()
    else:
        with database.reading():
            pass
    return Workbench(database)
