"""What a template may hold: its fields, codes they refer to, and what its wizard action needs (table 5064)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from pipelines.schema import INTERACTION_TEMPLATE
from workbench.errors import ConfigError, NotFoundError, RuleError, nearest
from workbench.setup import code_rows, codes
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.templates.results import Template

_AMOUNTS = ("unit_cost_amount", "unit_duration_minutes")
_CONTENT = "SELECT attachment_no, word_template_code FROM interaction_template_language"
# Codes that nobody has described may stand on templates that files brought.
_KNOWN = MappingProxyType({
    "interaction_group_code": (
        "interaction group", "setup code interaction_group",
        "SELECT code FROM interaction_group UNION SELECT interaction_group_code FROM interaction_template",
    ),
    "campaign_no": ("campaign", "campaign new", "SELECT campaign_no FROM campaign"),
    "word_template_code": ("Word template", "interaction word-template set", "SELECT code FROM word_template"),
})  # fmt: skip


def checked(fields: Mapping[str, object]) -> dict[str, Any]:
    """Read values for fields of a template.

    Parameters
    ----------
    fields : mapping of str to object
        By field; text is read, None and blank text are nothing.

    Returns
    -------
    dict
        With the fields' types.

    Raises
    ------
    ConfigError
        When there is no such field, or the value does not suit it.
    """
    if "interaction_template_code" in fields:
        raise ConfigError("interaction_template_code names the template, so it is no value of it.", "Give it once.")
    return {name: _checked(name, value) for name, value in fields.items()}


def _checked(name: str, value: object) -> Any:
    if name in _AMOUNTS:
        return _amount(name, "" if value is None else str(value).strip())
    return code_rows.checked(INTERACTION_TEMPLATE, {name: value})[name]


def _amount(name: str, text: str) -> Decimal | float | None:
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("nan")
    if not amount.is_finite() or not 0 <= amount < 10**12:
        raise ConfigError(f'"{text}" is no value of {name}.', "Write a number from 0 up.")
    if name == "unit_cost_amount":
        return amount.quantize(Decimal("0.0001"))
    if amount % 1:
        raise ConfigError(f'"{text}" is no value of {name}.', "Write whole minutes.")
    return float(amount)


def check_code(code: str) -> str:
    """Refuse what cannot be the code of a template.

    Parameters
    ----------
    code : str
        What somebody wrote.

    Returns
    -------
    str
        Without blanks around it.

    Raises
    ------
    ConfigError
        When it is blank or has more than 20 signs.
    """
    if not code.strip():
        raise ConfigError("A template needs a code.", "Write one such as BROCHURE.")
    name = INTERACTION_TEMPLATE.key[0]
    return str(code_rows.checked(INTERACTION_TEMPLATE, {name: code})[name])


def check_references(con: Connection, given: Mapping[str, Any]) -> None:
    """Refuse values that refer to what is not there.

    Parameters
    ----------
    con : connection
        An open unit of work.
    given : mapping of str to object
        Fields of a template or of one of its languages, read.

    Raises
    ------
    NotFoundError
        When there is no such group, campaign, language or Word template; suggests the nearest.
    """
    if given.get("language_code"):
        codes.check_code(con, "language_code", given["language_code"])
    for name, (kind, command, query) in _KNOWN.items():
        code = given.get(name)
        known = [one for (one,) in con.execute(query).fetchall() if one] if code else []
        if code and code not in known:
            hint = nearest(code, known) or f"Add it first: workbench {command} {code}."
            raise NotFoundError(f'There is no {kind} "{code}".', hint)


def check_whole(con: Connection, template: Template) -> None:
    """Refuse a template that lacks its group, or whose wizard action does not suit what it sends.

    Parameters
    ----------
    con : connection
        An open unit of work.
    template : Template
        As it is to be.

    Raises
    ------
    RuleError
        When it has no group; when it has a Word template and its action is to import; when it has a language of its own
        and the action is to merge, without a Word template.
    """
    code = template.interaction_template_code
    if not template.interaction_group_code:
        raise RuleError(f"{code} has no interaction group.", "Name one: interaction_group_code=CODE.")
    row = first_row(
        con, f"{_CONTENT} WHERE interaction_template_code = ? AND language_code = ?", [code, template.language_code]
    )
    check_action(template, row)


def check_action(template: Template, own: tuple[int | None, str | None] | None) -> None:
    """Refuse a wizard action that does not suit what a template sends.

    Parameters
    ----------
    template : Template
        As it is to be.
    own : tuple or None
        Attachment and Word template in the template's own language; None where it has nothing in that language.

    Raises
    ------
    RuleError
        As `check_whole` says.
    """
    code, action = template.interaction_template_code, template.wizard_action
    word = template.word_template_code or (own and own[1])
    if action == "import" and word:
        raise RuleError(
            f"{code} has the Word template {word}, so its wizard action cannot be import.",
            "Choose merge or open, or take the Word template away.",
        )
    if action == "merge" and own is not None and not word:
        raise RuleError(
            f"{code} has nothing to merge in {template.language_code}, so its wizard action cannot be merge.",
            "Give it a Word template, or choose another action.",
        )
