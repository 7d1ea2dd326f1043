"""From bound conditions to SQL, through SQLGlot: one statement for each rule, giving contact ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sqlglot import exp

from pipelines.bound import (
    VALUES,
    Bound,
    BoundField,
    BoundHabit,
    BoundRelated,
    BoundScore,
    BoundSequence,
    Complement,
    Expression,
    Reach,
)
from pipelines.schema import FieldType, Table
from workbench.compiling import habits, sequences
from workbench.compiling.literals import cell, literal
from workbench.compiling.predicates import condition, condition_on

DIALECT = "duckdb"


@dataclass(frozen=True)
class Statement:
    """A statement giving contact ids, and whether those are the ones that do *not* satisfy the rule.

    Attributes
    ----------
    query : sqlglot.exp.Select
        One column, `contact_id`, each id once.
    is_complement : bool
        True where it costs less, or is only possible, to ask for the others.
    """

    query: exp.Expr
    is_complement: bool = False

    @cached_property
    def sql(self) -> str:
        """The statement as the store understands it."""
        return self.query.sql(dialect=DIALECT)


@dataclass(frozen=True)
class Tally:
    """A statement giving rows, to be counted or added up for each contact outside SQL.

    Attributes
    ----------
    query : sqlglot.exp.Select
        `contact_id` of each row; where something is added up, also a whole number or amount that is known.
    test : Expression
        What the count or sum has to satisfy; 0 where a contact has no rows.
    adds : FieldType or None
        What is added up: amounts, or integers; None where rows are counted.

    Notes
    -----
    Contact ids are dense, so counting is one addition to an array for each row. DuckDB hands rows over twenty
    times as fast as it groups them (measured: 3,300,000 rows of 820,000 contacts, 11 ms against 212 ms).
    """

    query: exp.Select
    test: Expression
    adds: FieldType | None = None

    @cached_property
    def sql(self) -> str:
        """The statement as the store understands it."""
        return self.query.sql(dialect=DIALECT)


@lru_cache(maxsize=1024)
def contacts(bound: Bound, *, companies_have_people: bool = True) -> Statement | Tally:
    """Compile one rule; the statement of the same rule is remembered.

    Parameters
    ----------
    bound : BoundField, BoundRelated, BoundScore, BoundSequence or BoundHabit
        The rule.
    companies_have_people : bool, optional
        False where no contact belongs to a company, which saves computed fields a join.

    Returns
    -------
    Statement or Tally
        The ids; or, for counts of rows and sums of amounts, the rows.
    """
    if isinstance(bound, BoundField):
        return _of_company(bound) if bound.of_company else _own(bound)
    if isinstance(bound, BoundScore):
        test, is_complement = _asked(bound.test, bound.holds_without_row)
        return Statement(_run(bound).select(cell("contact_id")).where(condition(test)), is_complement)
    if isinstance(bound, BoundSequence):
        return Statement(sequences.followed(bound))
    if isinstance(bound, BoundHabit):
        return Statement(habits.kept(bound))
    if bound.measure in ("count", "distinct", VALUES) or _is_exact_sum(bound):
        return _tally(bound, companies_have_people)
    return _related(bound, companies_have_people)


def flagged(tests: Mapping[str, Expression]) -> exp.Select:
    """Compile tests of a contact's own row so that one pass answers all of them.

    Parameters
    ----------
    tests : mapping of str to Expression
        The tests by name.

    Returns
    -------
    sqlglot.exp.Select
        One row for each contact: `contact_id`, then a truth value for each test, under its name.
    """
    truths = (exp.func("COALESCE", condition(test), exp.false()) for test in tests.values())
    return exp.select(cell("contact_id"), *map(exp.alias_, truths, tests)).from_("contact")


def measured(bound: BoundRelated, *, companies_have_people: bool = True, of: str = "") -> exp.Select:
    """Compile a measure to one value for each contact that has rows.

    Parameters
    ----------
    bound : BoundRelated
        The measure; its test is not used.
    companies_have_people : bool, optional
        As in `contacts`.
    of : str, optional
        A table with the ids of the contacts that are wanted, so that rows of others are passed over; everybody where
        empty.

    Returns
    -------
    sqlglot.exp.Select
        Columns `contact_id` and `value`.
    """
    return _grouped(bound, companies_have_people, of).select(exp.alias_(_measure(bound), "value"))


def scored(bound: BoundScore) -> exp.Select:
    """Compile a run of a score to one value for each contact in it.

    Parameters
    ----------
    bound : BoundScore
        The score, its run and its field; its test is not used.

    Returns
    -------
    sqlglot.exp.Select
        Columns `contact_id` and `value`; no rows where there is no run.
    """
    return _run(bound).select(cell("contact_id"), exp.alias_(cell(bound.column.name), "value"))


def _run(bound: BoundScore) -> exp.Select:
    rows = exp.select().from_(exp.to_table(bound.table.name, quoted=True))
    return rows.where(cell("scored_on").eq(literal(bound.run, FieldType.DATE)) if bound.run else exp.false())


def _own(bound: BoundField) -> Statement:
    test, is_complement = _stripped(bound.test)
    query = exp.select(cell("contact_id")).from_("contact").where(condition(test))
    return Statement(query, is_complement)


def _of_company(bound: BoundField) -> Statement:
    """Ask for the positive and complement it: a contact without a company has unknown company fields."""
    test, is_complement = _stripped(bound.test)
    query = (
        exp.select(cell("contact_id", "c"))
        .from_(exp.alias_(exp.to_table("contact"), "c"))
        .join(
            exp.alias_(exp.to_table("contact"), "company"),
            on=cell("company_no", "c").eq(cell("contact_no", "company")),
        )
        .where(condition(test, "company"))
    )
    return Statement(query, is_complement)


def _stripped(test: Expression) -> tuple[Expression, bool]:
    """Take complements off the outside: the caller flips the mask instead."""
    is_complement = False
    while isinstance(test, Complement):
        test, is_complement = test.test, not is_complement
    return test, is_complement


def _asked(test: Expression, holds_without_rows: bool) -> tuple[Expression, bool]:
    """Say what rows are asked: whoever fails the test, where those without rows satisfy it."""
    test, is_complement = _stripped(test)
    return Complement(test) if is_complement is not holds_without_rows else test, holds_without_rows


def _is_exact_sum(bound: BoundRelated) -> bool:
    return bound.measure == "sum" and bound.column is not None and bound.column.type is FieldType.AMOUNT


def _tally(bound: BoundRelated, companies_have_people: bool) -> Tally:
    """Ask for the rows; one whose amount is unknown adds nothing to a sum. Different values are counted in SQL."""
    if bound.measure == "distinct":
        return Tally(measured(bound, companies_have_people=companies_have_people), bound.test, FieldType.INTEGER)
    query, owner = _rows(bound, companies_have_people)
    query = query.select(owner)
    if bound.measure == VALUES:
        return Tally(query.select(_value_count(bound)), bound.test, FieldType.INTEGER)
    if bound.column is None:
        return Tally(query, bound.test)
    amount = cell(bound.column.name, bound.table.name)
    return Tally(query.select(amount).where(exp.not_(amount.is_(exp.null()))), bound.test, FieldType.AMOUNT)


def _related(bound: BoundRelated, companies_have_people: bool) -> Statement:
    """Ask for whoever has rows that satisfy the test, or, where having none does, for whoever fails it."""
    test, is_complement = _asked(bound.test, bound.holds_without_rows)
    having = condition_on(_measure(bound), test)
    return Statement(_grouped(bound, companies_have_people).having(having), is_complement)


def _grouped(bound: BoundRelated, companies_have_people: bool, of: str = "") -> exp.Select:
    query, owner = _rows(bound, companies_have_people, of)
    return query.select(owner).group_by(owner)


def _rows(bound: BoundRelated, companies_have_people: bool, of: str = "") -> tuple[exp.Select, exp.Column]:
    """Say which rows, without columns, and whose each of them is."""
    rows = bound.table.name
    query = exp.select().from_(exp.to_table(rows, quoted=True)).where(condition(bound.where, rows))
    if bound.reach is Reach.OWN or (bound.reach is Reach.PEOPLE and not companies_have_people):
        return query.where(*_among(cell("contact_id", rows), of)), cell("contact_id", rows)
    on = cell("row_contact_id", "reach").eq(cell("contact_id", rows))
    reach = _reach_of_people(of) if bound.reach is Reach.PEOPLE else _reach_of_companies(of)
    return query.join(exp.alias_(reach.subquery(), "reach"), on=on), cell("contact_id", "reach")


def _among(contact: exp.Column, of: str) -> list[exp.Expr]:
    """Ask for nobody but the contacts that a table holds, if there is one."""
    return [contact.isin(query=exp.select(cell("contact_id")).from_(exp.to_table(of)))] if of else []


def _reach_of_companies(of: str = "") -> exp.Query:
    """Say to whom a row of a company counts: to everybody at the company, and to itself."""
    is_company = cell("type", "person").eq(exp.Literal.string("company"))
    company_no = exp.Case(
        ifs=[exp.If(this=is_company, true=cell("contact_no", "person"))], default=cell("company_no", "person")
    )
    on = exp.and_(
        cell("contact_no", "company").eq(company_no), cell("type", "company").eq(exp.Literal.string("company"))
    )
    return (
        exp.select(exp.alias_(cell("contact_id", "company"), "row_contact_id"), cell("contact_id", "person"))
        .from_(exp.alias_(exp.to_table("contact"), "person"))
        .join(exp.alias_(exp.to_table("contact"), "company"), on=on)
        .where(*_among(cell("contact_id", "person"), of))
    )


def _reach_of_people(of: str = "") -> exp.Query:
    """Say to whom a row counts: to its contact, and to the company that contact belongs to."""
    own = exp.select(exp.alias_(cell("contact_id"), "row_contact_id"), cell("contact_id")).from_("contact")
    own = own.where(*_among(cell("contact_id"), of))
    on = exp.and_(
        cell("contact_no", "company").eq(cell("company_no", "person")),
        cell("type", "company").eq(exp.Literal.string("company")),
        cell("contact_id", "company").neq(cell("contact_id", "person")),
    )
    people = (
        exp.select(exp.alias_(cell("contact_id", "person"), "row_contact_id"), cell("contact_id", "company"))
        .from_(exp.alias_(exp.to_table("contact"), "person"))
        .join(exp.alias_(exp.to_table("contact"), "company"), on=on)
        .where(*_among(cell("contact_id", "company"), of))
    )
    return own.union(people, distinct=False)


def _value_count(bound: BoundRelated) -> exp.Expr:
    """Count the different values of a many-valued field; none where nothing is recorded."""
    column = cell(str(bound.column and bound.column.name), bound.table.name)
    different = exp.Anonymous(this="list_distinct", expressions=[column])
    return exp.func("COALESCE", exp.Anonymous(this="len", expressions=[different]), exp.Literal.number(0))


def _measure(bound: BoundRelated) -> exp.Expr:
    if bound.measure == VALUES:
        return exp.func("SUM", _value_count(bound))
    if bound.column is None:
        return exp.Count(this=exp.Star())
    column = cell(bound.column.name, bound.table.name)
    kind, is_exact = bound.measure, bound.column.type is FieldType.AMOUNT
    if kind == "distinct":
        return exp.Count(this=exp.Distinct(expressions=[column]))
    if kind == "sum":
        return exp.func("COALESCE", _sum(column, is_exact), exp.Literal.number(0))
    if kind == "average":
        return exp.Div(this=exp.cast(_sum(column, is_exact), "DOUBLE"), expression=exp.Count(this=column))
    if kind in ("minimum", "maximum"):
        return exp.func("MIN" if kind == "minimum" else "MAX", column)
    return _at_the_end(bound.table, column, kind)


def _sum(column: exp.Expr, is_exact: bool) -> exp.Expr:
    """Sum decimals exactly, and floating numbers with compensation, which loses least to the order of rows."""
    return exp.func("SUM", column) if is_exact else exp.Anonymous(this="fsum", expressions=[column])


def _at_the_end(table: Table, column: exp.Expr, kind: str) -> exp.Expr:
    """Take the value on the first or latest row; rows of one instant are told apart by the order they came in."""
    rows = table.name
    moment = exp.Anonymous(this="row", expressions=[cell(table.time, rows), cell("entry_no", rows)])
    name = "arg_min_null" if kind == "first" else "arg_max_null"
    found: exp.Expr = exp.Anonymous(this=name, expressions=[column, moment])
    if table.column(table.time).nullable:
        has_time = exp.Where(this=cell(table.time, rows).is_(exp.null()).not_())
        found = exp.Filter(this=found, expression=has_time)
    return found
