"""Marketing setup changed: what each field admits, and what follows for others (table 5079)."""

# Names of tables come from the list below; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

import pandas as pd

from pipelines.date_formula import evaluate
from workbench import clock
from workbench.contact_rows import relation_kind
from workbench.errors import ConditionError, ConfigError, NotFoundError, nearest
from workbench.setup import codes, series
from workbench.setup.marketing_setup import MarketingSetup, read
from workbench.setup.settings import yes_or_no
from workbench.store import Connection

NAMES = tuple(item.name for item in fields(MarketingSetup))
RELATION_FIELDS = (
    "bank_account_relation_code",
    "customer_relation_code",
    "employee_relation_code",
    "vendor_relation_code",
)
"""In the order in which the product looks for a renamed code."""
_FLAGS = tuple(item.name for item in fields(MarketingSetup) if isinstance(item.default, bool))
CODE_TABLES = MappingProxyType({
    **dict.fromkeys(RELATION_FIELDS, "business_relation_type"),
    "default_salesperson_code": "salesperson",
    "default_territory_code": "territory",
    "default_country_code": "country",
    "default_language_code": "language",
    "default_sales_cycle_code": "sales_cycle",
    "default_company_salutation_code": "salutation",
    "default_person_salutation_code": "salutation",
})  # fmt: skip
_CHOICES = MappingProxyType({
    "default_correspondence_type": ("", "hard_copy", "email"),
    "attachment_storage": ("embedded", "disk_file"),
})  # fmt: skip
_TO_INDEX = "Duplicates are to be searched for now: workbench duplicates find."


@dataclass(frozen=True)
class MarketingChange:
    """What a change of marketing setup did.

    Attributes
    ----------
    changed : mapping of str to (object, object)
        By field: what it was and what it is; fields that followed another one are among them.
    notes : tuple of str
        What is left to do.
    """

    changed: Mapping[str, tuple[object, object]]
    notes: tuple[str, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Show what has changed.

        Returns
        -------
        pandas.DataFrame
            A row for each field: name, before, after, as text.
        """
        rows = [[name, str(before), str(after)] for name, (before, after) in self.changed.items()]
        return pd.DataFrame(rows, columns=["name", "before", "after"], dtype="str")

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)


def change(con: Connection, name: str, value: object) -> MarketingChange:
    """Change one field of marketing setup, and what follows from it.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    name : str
        A field of `MarketingSetup`.
    value : object
        Text, a flag or a number; None and blank text empty a text field and give others their default back.

    Returns
    -------
    MarketingChange
        All fields that have changed.

    Raises
    ------
    ConfigError
        When there is no such field, or the value does not suit it.
    NotFoundError
        When there is no such series or code.
    RuleError
        When the salesperson is blocked.
    """
    before = read(con)
    wanted = {name: _checked(con, name, value)}
    wanted |= _followed(name, wanted[name])
    changed = {key: (getattr(before, key), new) for key, new in wanted.items() if getattr(before, key) != new}
    for key, (_, new) in changed.items():
        keep(con, key, new)
    if set(changed) & set(RELATION_FIELDS):
        relation_kind.refresh(con)
    goes_on = changed.get("maintain_duplicates") == (False, True)
    return MarketingChange(changed, (_TO_INDEX,) if goes_on else ())


def fields_with(con: Connection, table: str, code: str) -> list[str]:
    """List the fields that hold a code.

    Parameters
    ----------
    con : connection
        An open unit of work.
    table : str
        The table of the code.
    code : str
        The code.

    Returns
    -------
    list of str
        Names of fields of `MarketingSetup`.
    """
    held = read(con)
    return [name for name, of in CODE_TABLES.items() if of == table and getattr(held, name) == code]


def keep(con: Connection, name: str, value: object) -> None:
    """Write one field as it is.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    name : str
        A field of `MarketingSetup`.
    value : object
        Checked.
    """
    con.execute("DELETE FROM setting WHERE name = ?", [name])
    con.execute("INSERT INTO setting VALUES (?, ?)", [name, str(value)])


def _followed(name: str, value: object) -> dict[str, object]:
    """Keeping search strings up switches the search with it; the search needs them, and may be off without them."""
    if name == "maintain_duplicates":
        return {"autosearch_duplicates": value}
    return {"maintain_duplicates": True} if name == "autosearch_duplicates" and value else {}


def _checked(con: Connection, name: str, value: object) -> object:
    if name not in NAMES:
        raise ConfigError(f'There is no setting "{name}".', nearest(name, NAMES))
    text = "" if value is None else str(value).strip()
    if name in _FLAGS:
        return yes_or_no(name, text) if text else bool(getattr(MarketingSetup, name))
    if name == "search_hit_percent":
        return _percent(text)
    if name in _CHOICES:
        return _choice(name, text.casefold().replace(" ", "_"))
    if text:
        _check_text(con, name, text)
    return text


def _percent(text: str) -> int:
    if not text:
        return MarketingSetup.search_hit_percent
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100):
        raise ConfigError(f'"{text}" is no search hit percentage.', "Write a whole number from 1 to 100.")
    return int(text)


def _choice(name: str, text: str) -> str:
    if not text:
        return str(getattr(MarketingSetup, name))
    if text not in _CHOICES[name]:
        raise ConfigError(f'"{text}" is no value of {name}.', nearest(text, [one for one in _CHOICES[name] if one]))
    return text


def _check_text(con: Connection, name: str, text: str) -> None:
    if name.endswith("_nos"):
        series.found(con, text)
    elif name == "default_task_date_formula":
        check_formula(text)
    elif name in CODE_TABLES:
        _check_entry(con, CODE_TABLES[name], text)
        if name == "default_salesperson_code":
            codes.check_salesperson(con, text)


def check_formula(text: str) -> None:
    """Refuse a text that is no date formula.

    Parameters
    ----------
    text : str
        Such as ``"1W"``.

    Raises
    ------
    ConfigError
        When it is none.
    """
    try:
        evaluate(text, clock.now().date())
    except ConditionError as error:
        raise ConfigError(f'"{text}" is no date formula.', error.hint or "Write it like 1W or CM+1D.") from None


def _check_entry(con: Connection, table: str, code: str) -> None:
    """A setup refers to what has an entry, or to what contacts are known to have."""
    entries = [found for (found,) in con.execute(f"SELECT code FROM {table}").fetchall()]
    field = next((field for field, of in codes.CODE_OF.items() if of == table), None)
    known = entries if field is None else codes.known(con, field)
    if code not in known:
        hint = nearest(code, known) if known else ""
        raise NotFoundError(
            f'There is no {table.replace("_", " ")} "{code}".',
            hint or f"Add it first: workbench setup code {table} {code}.",
        )
