"""Why a contact is in a segment, or is not."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from sqlglot import exp

from pipelines.conditions import SegmentReference
from pipelines.definition import Definition, Limit
from pipelines.encounters import Case
from pipelines.evidence import needs_of, references_in
from pipelines.explaining import tree_of
from pipelines.truths import Tree
from pipelines.verdicts import LimitVerdict, Verdict, facts_of
from workbench.compiling.literals import cell
from workbench.compiling.rules import DIALECT
from workbench.compiling.values import offered
from workbench.contact_rows.finding import id_of
from workbench.segments import limiting, ranking, telling
from workbench.segments.evaluating import Evaluation
from workbench.segments.evidence import gathered
from workbench.segments.resolving import AnySegment, Resolving
from workbench.store import Connection, tables

_COLUMNS = ("path", "sentence", "truth", "holds", "value", "row_count")


@dataclass(frozen=True, kw_only=True)
class Explanation(Verdict):
    """Why a contact is in a segment on a day, or is not; see `Verdict` for what it says of the contact.

    Attributes
    ----------
    name : str
        The segment's name.
    definition : Definition
        The segment.
    as_of : datetime.date
        The day it was evaluated on.
    zone : zoneinfo.ZoneInfo
        Whose days and weeks the evaluation followed.
    revision : int
        The store's revision it was evaluated at.
    evidence : dict of str to pandas.DataFrame
        The rows that tell, and no others: by table, and under ``"reference"`` whether the contact is in what the
        definition refers to. Evaluating the definition on them gives the same verdict, limits aside.
    references : dict of str to Explanation
        The same of each segment that the definition refers to, by name.
    """

    name: str
    definition: Definition = field(repr=False)
    as_of: dt.date
    zone: ZoneInfo
    revision: int
    evidence: Mapping[str, pd.DataFrame] = field(repr=False)
    references: Mapping[str, Explanation] = field(default_factory=dict, repr=False)

    @property
    def sentence(self) -> str:
        """The verdict read out in English."""
        return telling.sentence(self, show=telling.shown_in(self.zone))

    def frame(self) -> pd.DataFrame:
        """Show the tree as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each rule and group, in the order of base, steps and suppressions: path, sentence, truth
            (``"true"``, ``"false"`` or ``"unknown"``), holds, value and row_count.
        """
        rows = [telling.plain_node(node) for root in self.tree.groups() for node in root.walk()]
        frame = pd.DataFrame([{name: row[name] for name in _COLUMNS} for row in rows], columns=list(_COLUMNS))
        return frame.astype({"row_count": "Int64", "value": "object"})

    def to_dict(self) -> dict[str, Any]:
        """Write the explanation as plain JSON values.

        Returns
        -------
        dict
            Days and instants as ISO text, amounts as numbers; of the evidence how many rows each table gave.
        """
        return {
            "contact_no": self.contact_no,
            "segment": self.name,
            "as_of": self.as_of.isoformat(),
            "time_zone": str(self.zone),
            "revision": self.revision,
            "verdict": "in" if self.is_member else "out",
            "is_member": self.is_member,
            "sentence": self.sentence,
            "decided_by": self.decided_by,
            "deciding_step": self.deciding_step,
            "suppressed_by": self.suppressed_by,
            **telling.plain(self),
            "evidence": {name: len(rows) for name, rows in self.evidence.items()},
            "references": {name: explanation.to_dict() for name, explanation in self.references.items()},
        }

    def _repr_html_(self) -> str:
        shown = self.frame().astype({"value": "str"}).to_html(index=False)
        return f"<p>{html.escape(self.sentence)}</p>{shown}"


class Explaining(Resolving):
    """Explanations of segments."""

    def explain(self, segment: AnySegment, contact_no: str, as_of: dt.date) -> Explanation:
        """Explain why a contact is in a segment, or is not.

        Parameters
        ----------
        segment : Segment, mapping or str
            The segment.
        contact_no : str
            The contact's number.
        as_of : datetime.date
            The day the segment is evaluated on.

        Returns
        -------
        Explanation
            What each rule met, what each step did, what held the contact back, and which single changes would turn
            the verdict around.

        Raises
        ------
        ConditionError
            When the definition does not fit the store.
        NotFoundError
            When no saved segment has the name, or no contact the number; suggests the nearest.

        Notes
        -----
        Reads the rows that concern the contact. The whole segment is evaluated only where it has a limit, and what it
        refers to always is.
        """
        definition = self._resolved(segment)
        self._evaluator.check(definition)
        with self._database.reading() as con:
            contact = id_of(con, contact_no), contact_no
            return self._explained(con, definition, contact, as_of, {})

    def _explained(
        self, con: Connection, definition: Definition, contact: tuple[int, str], as_of: dt.date,
        done: dict[str, Explanation],
    ) -> Explanation:  # fmt: skip
        """Explain a definition, and each segment that it refers to once."""
        facts = self._evaluator.facts()
        context = facts.settings.context(as_of, definition)
        needs = needs_of(definition, facts.catalogue, context)
        evidence = gathered(
            con, contact[0], needs, facts.catalogue.contact, lambda found: self._evaluator.mask(found, as_of)
        )
        tree = tree_of(definition, Case(contact[0], evidence, facts.catalogue, context, references_in(evidence)))
        names = [reference.segment for reference in needs.references if isinstance(reference, SegmentReference)]
        for name in names:
            if name not in done:
                done[name] = self._explained(con, facts.definitions[name], contact, as_of, done)
        return Explanation(
            contact_no=contact[1], name=definition.name, definition=definition, as_of=as_of, zone=context.zone,
            revision=facts.revision, evidence=evidence, references={name: done[name] for name in names},
            **facts_of(tree, self._limit(con, definition, tree, contact, as_of)),
        )  # fmt: skip

    def _limit(
        self, con: Connection, definition: Definition, tree: Tree, contact: tuple[int, str], as_of: dt.date
    ) -> LimitVerdict | None:
        if definition.limit is None or not tree.is_inside():
            return None
        evaluation = self._evaluator.evaluate(definition, as_of)
        stage = next((name for name, mask in evaluation.dropped.items() if mask[contact[0]]), None)
        if stage == "one_per":
            return _lost(con, definition.limit, contact[1], evaluation)
        if stage == "sample" or definition.limit.top is None:
            return LimitVerdict(stage)
        left = evaluation.members | evaluation.dropped["top"]
        place, size = ranking.place_of(
            con, contact[0], left, definition.limit, evaluation.scope, self._evaluator.cache, evaluation.facts.revision
        )
        return LimitVerdict(stage, place=place, size=size, top=definition.limit.top)


def _lost(con: Connection, limit: Limit, contact_no: str, evaluation: Evaluation) -> LimitVerdict:
    """Find out to whom a contact lost."""
    everybody = np.logical_or.reduce([evaluation.members, *evaluation.dropped.values()])
    lost = exp.select(cell("key"), cell("survivor_no")).from_(limiting.duplicates(limit, evaluation.scope).subquery())
    query = lost.where(cell("contact_no").eq(exp.Literal.string(contact_no)))
    with offered(con, np.flatnonzero(everybody)):
        key, survivor_no = tables.frame(con, query.sql(dialect=DIALECT)).iloc[0]
    return LimitVerdict("one_per", survivor_no=survivor_no, key=key)
