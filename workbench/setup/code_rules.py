"""What rows of code tables may refer to, when one cannot go, and what goes with it."""

# Names of tables and columns come from the schema; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pipelines.schema import Table
from workbench.errors import NotFoundError, RuleError, nearest
from workbench.setup import code_rows, codes, marketing_checks, sales_cycles, salespeople
from workbench.store import Connection

# Rows that belong to a code, by its table: they go with it.
_OWNED = MappingProxyType({
    "activity": ("activity_step", "activity_code"),
    "salesperson": ("team_salesperson", "salesperson_code"),
    "sales_cycle": ("sales_cycle_stage", "sales_cycle_code"),
    "salutation": ("salutation_formula", "salutation_code"),
    "team": ("team_salesperson", "team_code"),
})  # fmt: skip
_FIELD_OF = {table: field for field, table in codes.CODE_OF.items()}


def check_row(con: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Refuse a row that refers to codes that are none, or holds a date formula that is none.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        The table of the row.
    row : mapping of str to object
        Values of a row of a code table, read.

    Raises
    ------
    NotFoundError
        When neither the table referred to nor any contact has the code.
    ConfigError
        When it is no date formula, or a number is none for a stage.
    RuleError
        When a user is to be a salesperson who is blocked.
    """
    if table.name == "sales_cycle_stage":
        sales_cycles.check_stage(row)
    if table.name == "user_setup" and row.get("salesperson_code"):
        codes.check_salesperson(con, str(row["salesperson_code"]))
    for name, value in row.items():
        other = name.removesuffix("_code")
        if value and other != name and other in code_rows.BY_NAME:
            _require(con, other, str(value))
        if value and name == "date_formula":
            marketing_checks.check_formula(str(value))


def _require(con: Connection, table: str, code: str) -> None:
    known = [held for (held,) in con.execute(f"SELECT code FROM {table} ORDER BY 1").fetchall()]
    if table in _FIELD_OF:
        known = codes.known(con, _FIELD_OF[table])
    if code not in known:
        hint = nearest(code, known) if known else ""
        raise NotFoundError(
            f'There is no {table.replace("_", " ")} "{code}".',
            hint or f"Add it first: workbench setup code {table} {code}.",
        )


def refuse_deletion(con: Connection, table: Table, key: tuple[str, ...]) -> None:
    """Refuse to delete what is still needed.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : Table
        The table.
    key : tuple of str
        The row.

    Raises
    ------
    RuleError
        When it is a mailing group with contacts, an interaction group with templates, a salesperson with open tasks,
        open opportunities or entries, a sales cycle or a stage with opportunities, a reason for which some were
        closed, or a code that marketing setup or a user still has.
    """
    code = key[0]
    if table.name == "salesperson":
        salespeople.refuse_deletion(con, code)
    _refuse_in_setup(con, table, code)
    sales_cycles.refuse_deletion(con, table.name, key)
    if table.name == "interaction_group":
        _refuse_with_templates(con, code)
    count = code_rows.contact_count(con, table, code) if table.name == "mailing_group" else 0
    if count:
        raise RuleError(
            f"The mailing group {code} cannot be deleted: {count:,} contacts are in it.",
            "Take it from the contacts first.",
        )


def _refuse_with_templates(con: Connection, code: str) -> None:
    """A template cannot do without its group."""
    query = "SELECT interaction_template_code FROM interaction_template WHERE interaction_group_code = ? ORDER BY 1"
    templates = [template for (template,) in con.execute(query, [code]).fetchall()]
    if templates:
        raise RuleError(
            f"The interaction group {code} cannot be deleted: templates have it, such as {templates[0]}.",
            "Give them another group first.",
        )


def _refuse_in_setup(con: Connection, table: Table, code: str) -> None:
    """New contacts would get a code that is no more."""
    used = marketing_checks.fields_with(con, table.name, code)
    if used:
        raise RuleError(
            f"The {table.name.replace('_', ' ')} {code} cannot be deleted: marketing setup uses it for "
            f"{', '.join(used)}.",
            f"Empty the field or name another code first: workbench setup set {used[0]} CODE.",
        )
    users = con.execute("SELECT user_name FROM user_setup WHERE salesperson_code = ? ORDER BY 1", [code]).fetchall()
    if users and table.name == "salesperson":
        raise RuleError(
            f"The salesperson {code} cannot be deleted: {', '.join(name for (name,) in users)} is this salesperson.",
            f"Change the user first: workbench setup code user_setup {users[0][0]} --set salesperson_code=CODE.",
        )


def delete_owned(con: Connection, table: Table, code: str) -> int:
    """Delete the rows that belong to a code.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    table : Table
        The table of the code.
    code : str
        The code.

    Returns
    -------
    int
        How many rows went: formulas of a salutation, steps of an activity, stages of a sales cycle, memberships of a
        team or a salesperson.
    """
    if table.name not in _OWNED:
        return 0
    place, column = _OWNED[table.name]
    return len(con.execute(f"DELETE FROM {place} WHERE {column} = ? RETURNING 1", [code]).fetchall())
