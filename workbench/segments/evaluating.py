"""One evaluation of a definition: every number, preview, snapshot and file is read off the masks made here."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from pipelines import membership, walking
from pipelines.binding import bind, bind_row, spelled_out
from pipelines.conditions import (
    All,
    AnyOf,
    CampaignReference,
    CompanyHas,
    FieldCondition,
    Not,
    Rule,
    SegmentReference,
    SnapshotReference,
    SqlCondition,
)
from pipelines.context import Context
from pipelines.definition import ContactType, Definition
from pipelines.errors import ConditionError
from pipelines.membership import Mask, Outline
from pipelines.suppressing import REACHABLE, reasons
from pipelines.tallies import Integers
from workbench.compiling.rules import DIALECT, Tally, contacts, flagged
from workbench.compiling.values import Scope, offered
from workbench.segments import checking, limiting, tallying
from workbench.segments.facts import Facts, company_of, gather, mask_of
from workbench.segments.masks import MaskCache
from workbench.setup import Setup
from workbench.store import analyst_sql, tables
from workbench.store.database import Database


@dataclass(frozen=True)
class Evaluation:
    """Who is in a segment on one day at one revision, and on the way there.

    Attributes
    ----------
    definition : Definition
        The segment.
    context : Context
        Day and calendar.
    facts : Facts
        The revision's frame of reference.
    outline : tuple of StepOutline
        Its steps and numbered rules.
    masks : list of numpy.ndarray of bool
        One for each rule.
    base : numpy.ndarray of bool
        Who counts are of.
    steps : list of numpy.ndarray of bool
        Who matched after each step.
    held_back : dict of str to numpy.ndarray of bool
        Whom each reason holds back, matched or not.
    suppressed : dict of str to numpy.ndarray of bool
        Who matched and was held back, by the one reason given.
    members : numpy.ndarray of bool
        Who matched, is not suppressed and is within the limit.
    dropped : dict of str to numpy.ndarray of bool
        Whom each stage of the limit left out: ``"one_per"``, ``"sample"``, ``"top"``.
    reachable : dict of str to numpy.ndarray of bool
        Members with an address, by channel.
    """

    definition: Definition
    context: Context
    facts: Facts
    outline: Outline
    masks: list[Mask] = field(repr=False)
    base: Mask = field(repr=False)
    steps: list[Mask] = field(repr=False)
    held_back: dict[str, Mask] = field(repr=False)
    suppressed: dict[str, Mask] = field(repr=False)
    members: Mask = field(repr=False)
    dropped: dict[str, Mask] = field(repr=False)
    reachable: dict[str, Mask] = field(repr=False)

    @property
    def matched(self) -> Mask:
        """Who the steps give, before suppressions and limit."""
        return self.steps[-1]

    @property
    def limited(self) -> int:
        """How many the limit left out."""
        return sum(map(membership.count, self.dropped.values()))

    @property
    def scope(self) -> Scope:
        """What values of the members' fields depend on."""
        return self.facts.scope(self.context)

    @property
    def ids(self) -> np.ndarray[Any, Any]:
        """The members' contact ids, ascending."""
        return np.flatnonzero(self.members)


class Evaluator:
    """Evaluates definitions on one store and remembers the masks.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its fields and settings.
    cache : MaskCache, optional
        Where masks are kept.

    Attributes
    ----------
    definitions_evaluated : int
        How many definitions have been evaluated, each that is referred to once for each evaluation; how many of
        their rules had to be asked is `cache.computed`.
    """

    def __init__(self, database: Database, setup: Setup, cache: MaskCache | None = None) -> None:
        self.database, self.setup = database, setup
        self.cache = cache or MaskCache()
        self.definitions_evaluated = 0
        self._facts: Facts | None = None

    def facts(self) -> Facts:
        """Give the facts of the store's present revision.

        Returns
        -------
        Facts
            Read once for each revision.
        """
        if self.database.is_writing:
            return self._gathered()  # what an unfinished unit of work sees is never kept
        if self._facts is None or self._facts.revision != self.database.revision():
            self._facts = self._gathered()
        return self._facts

    def _gathered(self) -> Facts:
        with self.database.reading() as con:
            return gather(con, self.setup, self.database.revision())

    def evaluate(self, definition: Definition, as_of: dt.date) -> Evaluation:
        """Evaluate a definition.

        Parameters
        ----------
        definition : Definition
            The segment.
        as_of : datetime.date
            The day it is evaluated on.

        Returns
        -------
        Evaluation
            Everything that is known of its members, all at one revision.

        Raises
        ------
        ConditionError
            When the definition does not fit the store.
        """
        with self._pass() as one:
            return one.retried(lambda: one.evaluated(definition, as_of))

    def evaluate_each(
        self, asked: Sequence[tuple[Definition, dt.date]], take: Callable[[Evaluation], _Result]
    ) -> list[_Result]:
        """Evaluate several definitions, or one on several days, all at one revision.

        Parameters
        ----------
        asked : sequence of tuple
            Definitions, each with its day.
        take : callable
            Gives what is to be kept of each evaluation, whose masks are given up; what it raises ends the work.

        Returns
        -------
        list
            What was taken, in the order asked.

        Raises
        ------
        ConditionError
            When a definition does not fit the store.

        Notes
        -----
        When the store is written before the first query, the work begins again, and `take` is called again.
        """
        with self._pass() as one:
            return one.retried(lambda: [take(one.evaluated_afresh(*pair)) for pair in asked])

    def mask(self, condition: Any, as_of: dt.date) -> Mask:
        """Find whom one condition gives, of all contacts.

        Parameters
        ----------
        condition : Condition
            Any condition, groups and references included.
        as_of : datetime.date
            The day.

        Returns
        -------
        numpy.ndarray of bool
            One element for each contact id.
        """
        with self._pass() as one:
            return one.retried(lambda: one.mask(condition, one.context(as_of), "") & one.facts.everybody)

    def check(self, definition: Definition) -> None:
        """Check everything a definition says against the store, without running a query.

        Parameters
        ----------
        definition : Definition
            The segment.

        Raises
        ------
        ConditionError
            For the first thing that does not fit.
        """
        facts = self.facts()
        checking.check(definition, facts.catalogue, facts.settings)
        if any(isinstance(condition, SqlCondition) for condition, _ in walking.conditions(definition)):
            with self.database.reading() as con:
                checking.check_queries(con, definition)

    @contextmanager
    def _pass(self) -> Iterator[_Pass]:
        """Open a pass whose facts and masks all belong to one revision; it connects only when a mask is missing."""
        with ExitStack() as stack:
            yield _Pass(self, stack)


_Result = TypeVar("_Result")


class _MovedError(Exception):
    """The store was written between asking for its revision and reading it."""


class _Pass:
    """One walk through one definition and all it refers to."""

    def __init__(self, evaluator: Evaluator, stack: ExitStack) -> None:
        self.evaluator, self.stack = evaluator, stack
        self.facts = evaluator.facts()
        self.done: dict[str, Mask] = {}
        self.day: dt.date | None = None
        self.path: list[str] = []
        self._con: Any = None

    @property
    def con(self) -> Any:
        """The connection, opened when the first mask is missing; here the work ends if it was cancelled."""
        self.evaluator.database.check_cancelled()
        if self._con is None:
            self._con = self.stack.enter_context(self.evaluator.database.reading())
            if self.evaluator.database.revision() != self.facts.revision:
                raise _MovedError
        return self._con

    def retried(self, work: Callable[[], _Result]) -> _Result:
        """Do the work again, on the connection now open, when the store had moved on before it was opened."""
        try:
            return work()
        except _MovedError:
            self.done.clear()
            self.facts = self.evaluator.facts()
            return work()

    def evaluated_afresh(self, definition: Definition, as_of: dt.date) -> Evaluation:
        """Evaluate a further definition; saved segments evaluated before are only good for their own day."""
        if as_of != self.day:
            self.done.clear()
            self.day = as_of
        return self.evaluated(definition, as_of)

    def evaluated(self, definition: Definition, as_of: dt.date) -> Evaluation:
        self.evaluator.definitions_evaluated += 1
        context = self.context(as_of, definition)
        outline = membership.outline(definition)
        masks = [self.mask(leaf.condition, context, leaf.place) for leaf in membership.rules(outline)]
        base = self.base(definition, context)
        steps = membership.after_steps(outline, masks, base)
        held_back = {
            reason: self.mask(condition, context, f"suppression {reason}")
            for reason, condition in reasons(definition.suppress).items()
        }
        suppressed = membership.first_reasons(steps[-1], held_back)
        left = steps[-1] & ~np.logical_or.reduce([np.zeros_like(base), *suppressed.values()])
        dropped = self.dropped(definition, context, left)
        members = left & ~np.logical_or.reduce([np.zeros_like(base), *dropped.values()])
        reachable = {channel: members & has for channel, has in self.reachable(context).items()}
        return Evaluation(
            definition, context, self.facts, outline, masks, base, steps, held_back, suppressed, members,
            dropped, reachable,
        )  # fmt: skip

    def context(self, as_of: dt.date, definition: Definition | None = None) -> Context:
        return self.facts.settings.context(as_of, definition)

    def base(self, definition: Definition, context: Context) -> Mask:
        if definition.base is None:
            return self.facts.everybody
        condition: Any = definition.base
        if isinstance(condition, ContactType):
            condition = FieldCondition(field="type", op="is", value=condition.type)
        return self.mask(condition, context, "base") & self.facts.everybody

    def dropped(self, definition: Definition, context: Context, left: Mask) -> dict[str, Mask]:
        """Find whom each stage of a limit leaves out."""
        limit, dropped = definition.limit, {}
        for stage, query in limiting.stages(limit, self.facts.scope(context)).items() if limit else ():
            stay = self.stay(query.sql(dialect=DIALECT), left)
            dropped[stage], left = left & ~stay, stay
        return dropped

    def stay(self, sql: str, left: Mask) -> Mask:
        def make() -> Mask:
            with offered(self.con, np.flatnonzero(left)):
                return mask_of(tables.ids(self.con, sql), left.size)

        return self.kept(f"{hashlib.blake2b(left.tobytes()).hexdigest()} {sql}", make)

    def reachable(self, context: Context) -> Mapping[str, Mask]:
        """Find who has an address for each channel, in one query; it depends on no segment."""

        def make() -> Mask:
            catalogue = self.facts.catalogue
            tests = {name: bind_row(has, catalogue.contact, catalogue, context) for name, has in REACHABLE.items()}
            found = tables.flags(self.con, flagged(tests).sql(dialect=DIALECT), self.facts.everybody.size)
            return np.stack([found[name] for name in REACHABLE])

        return dict(zip(REACHABLE, self.kept("reachable", make), strict=True))

    def mask(self, condition: Any, context: Context, place: str) -> Mask:
        """Find whom a condition gives; contacts that do not exist may be among them."""
        if isinstance(condition, All | AnyOf | Not):
            return self.group(condition, context, place)
        if isinstance(condition, Rule):
            return self.rule(condition, context, place)
        if isinstance(condition, SqlCondition):
            return self.queried(condition.sql, context, place)
        if isinstance(condition, CompanyHas):
            return self.at_company(condition, context, place)
        if isinstance(condition, SegmentReference):
            return self.segment(condition.segment, context, place)
        return self.reference(condition, context, place)

    def group(self, condition: Any, context: Context, place: str) -> Mask:
        children = enumerate(condition.children, start=1)
        masks = [self.mask(child, context, f"{place}, condition {number}") for number, child in children]
        if isinstance(condition, Not):
            return ~masks[0]
        combine = np.logical_and if isinstance(condition, All) else np.logical_or
        return combine.reduce([np.full(self.facts.everybody.size, isinstance(condition, All)), *masks])  # type: ignore[no-any-return]

    def rule(self, condition: Rule, context: Context, place: str) -> Mask:
        bound = bind(condition, self.facts.catalogue, context, place)
        statement = contacts(bound, companies_have_people=self.facts.companies_have_people)
        sql, size = statement.sql, self.facts.everybody.size
        if isinstance(statement, Tally):
            return self.kept((sql, statement.test), lambda: tallying.mask(statement, self.tallied(statement)))
        mask = self.kept(sql, lambda: mask_of(tables.ids(self.con, sql), size))
        return ~mask if statement.is_complement else mask

    def queried(self, text: str, context: Context, place: str) -> Mask:
        size = self.facts.everybody.size

        def make() -> Mask:
            ids = analyst_sql.contact_ids(self.con, text, context.as_of, place)
            return mask_of(ids[(ids >= 0) & (ids < size)], size)

        return self.kept(("sql", text, context.as_of), make)

    def at_company(self, condition: CompanyHas, context: Context, place: str) -> Mask:
        inner = self.mask(condition.company_has, context, f"{place}, company_has") & self.facts.everybody
        companies = self.kept("companies", lambda: company_of(self.con, inner.size))
        return membership.anybody(inner, companies)

    def tallied(self, tally: Tally) -> Integers:
        """Count or add up the rows of everybody; the values outlast a change of the threshold."""
        size = self.facts.everybody.size
        return self.kept(tally.sql, lambda: tallying.values(self.con, tally, size))

    def kept(self, key: Hashable, make: Callable[[], Mask]) -> Mask:
        """Take a mask from the cache; what an unfinished unit of work sees is never kept."""
        if self.evaluator.database.is_writing:
            return make()
        return self.evaluator.cache.get((key, self.facts.revision), make)

    def segment(self, name: str, context: Context, place: str) -> Mask:
        """Evaluate a saved segment once, however often it is referred to."""
        if name in self.path:
            raise ConditionError(
                f"Segments refer to each other in a circle: {' -> '.join([*self.path, name])}.",
                "Break the circle.",
                place,
            )
        if name not in self.done:
            checking.check_reference(SegmentReference(segment=name), self.facts.catalogue, place)
            self.path.append(name)
            self.done[name] = self.evaluated(self.facts.definitions[name], context.as_of).members
            self.path.pop()
        return self.done[name]

    def reference(self, condition: Any, context: Context, place: str) -> Mask:
        checking.check_reference(condition, self.facts.catalogue, place)
        if isinstance(condition, CampaignReference):
            return self.mask(spelled_out(condition), context, place)
        if isinstance(condition, SnapshotReference):
            return self.listed("segment_snapshot_member", "snapshot_id", condition.snapshot)
        return self.listed("contact_list", "list_name", condition.list)

    def listed(self, table: str, column: str, name: str) -> Mask:
        def make() -> Mask:
            query = f"SELECT contact_id FROM {table} WHERE {column} = ?"  # noqa: S608 - names of ours
            return mask_of(tables.ids(self.con, query, [name]), self.facts.everybody.size)

        return self.kept(f"{table} {name}", make)
