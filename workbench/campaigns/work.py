"""What every group of use cases on campaigns has at hand."""

from __future__ import annotations

from workbench.segments.evaluating import Evaluator
from workbench.setup import Setup
from workbench.setup.work import Work
from workbench.store import Database


class CampaignWork(Work):
    """Work on the campaigns of one store.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.
    evaluator : Evaluator
        What evaluates its segments.
    """

    def __init__(self, database: Database, setup: Setup, evaluator: Evaluator) -> None:
        super().__init__(database, setup)
        self._evaluator = evaluator
