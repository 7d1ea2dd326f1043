"""What keeps an interaction from being logged (codeunit 5051, LogInteraction; table 5077, CheckStatus)."""

# Names of tables and columns come from the list below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from workbench.contact_rows.privacy import require_not_blocked
from workbench.errors import NotFoundError, RuleError, nearest
from workbench.interactions.results import Draft
from workbench.setup import codes
from workbench.store import Connection
from workbench.store.connection import first_row

# Where the numbers in fields are kept, and what users call them.
_REFERENCES: Mapping[str, tuple[str, str, str]] = MappingProxyType({
    "campaign_no": ("campaign", "campaign_no", "campaign"),
    "opportunity_no": ("opportunity", "opportunity_no", "opportunity"),
    "task_no": ("task", "task_no", "task"),
    "word_template_code": ("word_template", "code", "Word template"),
})  # fmt: skip


def check(con: Connection, draft: Draft, *, finish_later: bool = False) -> None:
    """Refuse an interaction that cannot be logged.

    Parameters
    ----------
    con : connection
        An open unit of work.
    draft : Draft
        The interaction.
    finish_later : bool, optional
        Whether it is postponed: what is to be sent may be missing then.

    Raises
    ------
    RuleError
        When a field is missing, the contact is privacy blocked, the salesperson is blocked, or there is nothing to
        open or to send.
    NotFoundError
        When it names a salesperson, campaign, opportunity, task, Word template or address that is not there.
    """
    if draft.missing or draft.contact_id is None:
        raise RuleError(f"The interaction lacks {', '.join(draft.missing)}.", "Fill it in; also to finish it later.")
    require_not_blocked(con, draft.contact_id, "new interactions")
    if draft.values["salesperson_code"] is not None:
        codes.check_code(con, "salesperson_code", draft.values["salesperson_code"])
    check_references(con, draft.values)
    _check_address(con, draft)
    if not finish_later:
        _check_content(draft)


def check_references(con: Connection, values: Mapping[str, Any]) -> None:
    """Refuse numbers that nothing has.

    Parameters
    ----------
    con : connection
        An open unit of work.
    values : mapping of str to object
        By field.

    Raises
    ------
    NotFoundError
        When there is no such campaign, opportunity, task or Word template.
    """
    for name, place in _REFERENCES.items():
        _check_reference(con, values.get(name), *place)


def _check_reference(con: Connection, value: str | None, table: str, key: str, kind: str) -> None:
    if value is None or first_row(con, f"SELECT 1 FROM {table} WHERE {key} = ? LIMIT 1", [value]):
        return
    near = f"SELECT {key} FROM {table} ORDER BY levenshtein({key}, ?), 1 LIMIT 20"
    known = [no for (no,) in con.execute(near, [value]).fetchall()]
    raise NotFoundError(f'There is no {kind} "{value}".', nearest(value, known) or "Create it first.")


def _check_address(con: Connection, draft: Draft) -> None:
    code = draft.values.get("alternative_address_code")
    query = "SELECT address_code FROM alternative_address WHERE contact_id = ?"
    known = [one for (one,) in con.execute(query, [draft.contact_id]).fetchall()]
    if code is not None and code not in known:
        raise NotFoundError(
            f'{draft.values["contact_no"]} has no alternative address "{code}".',
            nearest(code, known) or "Leave it blank for the contact's own address.",
        )


def _check_content(draft: Draft) -> None:
    if draft.has_content or draft.values.get("document_type"):
        return  # a document is sent as itself
    code = draft.values["interaction_template_code"]
    if draft.wizard_action == "open":
        raise RuleError(
            f"{code} opens an attachment or a Word template, and there is none.",
            "Attach a file, name a Word template, or finish it later.",
        )
    if draft.values.get("correspondence_type") == "email":
        raise RuleError(
            "An e-mail needs an attachment or a Word template.",
            "Attach a file, name a Word template, leave the correspondence type blank, or finish it later.",
        )
