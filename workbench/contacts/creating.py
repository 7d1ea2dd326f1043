"""Creating contacts: their number, what they begin with, and what they take over from their company.

`Contacts.create`, `change` and `delete` are the use cases; beside them are `card`, `salutation`, `address_on`,
`save_address`, `delete_address`, `save_address_range`, `delete_address_range`, `save_web_source`, `delete_web_source`,
`add_comment`, `delete_comment`, `record_consent` and `consents`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pipelines import contact_changes
from pipelines.contact_changes import Outcome, Standing, Why, said
from workbench import config
from workbench.contact_rows import relation_kind
from workbench.contacts import changing, checks, following, given, record, refusals, writing
from workbench.contacts.receipts import ContactReceipt, FieldChange
from workbench.setup import MarketingSetup, Setup, numbering
from workbench.setup.work import Work
from workbench.store import Connection
from workbench.store.connection import first_row

SERIES = "contact_nos"
# The user's own goes before the one of the setup; somebody who was blocked since is no default.
_DEFAULT_SALESPERSON = """
    SELECT d.code FROM (
        SELECT 1 AS place, salesperson_code AS code FROM user_setup WHERE user_name = $1
        UNION ALL SELECT 2, $2
    ) d LEFT JOIN salesperson s ON s.code = d.code
    WHERE coalesce(d.code, '') <> '' AND NOT coalesce(s.is_blocked OR s.is_privacy_blocked, FALSE)
    ORDER BY d.place LIMIT 1
"""


class Creating(Work):
    """Creating contacts."""

    def create(
        self,
        values: Mapping[str, object],
        *,
        as_of: dt.date,
        contact_no: str | None = None,
        dry_run: bool = False,
    ) -> ContactReceipt:
        """Create a contact.

        Parameters
        ----------
        values : mapping of str to object
            By field, custom fields included; `type` is ``"person"`` unless given.
        as_of : datetime.date
            The day, which chooses the line of the number series.
        contact_no : str, optional
            Its number; the next one of the series where absent.
        dry_run : bool, optional
            Only tell what would happen.

        Returns
        -------
        ContactReceipt
            Every field of the new contact that is not blank, and where it comes from.

        Raises
        ------
        NotFoundError
            When no company has the number given.
        ConfigError
            When there is no such field, or a value does not suit it.
        ConflictError
            When the number is taken.
        RuleError
            When a rule refuses the contact, or the series gives no number.

        Notes
        -----
        A person takes over what it does from the company given (see `change`). Then the defaults of the marketing setup
        fill what is blank: salesperson (of the user first), territory, country, language, format region,
        correspondence type, and the salutation of its type.
        """
        with self._unit(dry_run) as con:
            number = _number(con, contact_no, as_of, dry_run)
            outcome, notes = planned(con, self._setup, number, values)
            if not dry_run:
                notes += write(con, number, outcome)
        listed = (FieldChange(number, name, None, value, outcome.why[name]) for name, value in outcome.changes.items())
        return ContactReceipt(number, as_of, tuple(listed), notes=notes, is_written=not dry_run)


def create(
    con: Connection,
    setup: Setup,
    values: Mapping[str, object],
    contact_no: str | None,
    as_of: dt.date,
    with_defaults: bool = True,
) -> str:
    """Create a contact in a unit of work.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    setup : Setup
        Fields and defaults of the store.
    values : mapping of str to object
        By field.
    contact_no : str or None
        Its number; the next one of the series where None.
    as_of : datetime.date
        The day.
    with_defaults : bool, optional
        Whether defaults fill what is blank; they do not for contacts made of customers, vendors and bank accounts.

    Returns
    -------
    str
        Its number.

    Raises
    ------
    WorkbenchError
        As `Creating.create` says.
    """
    number = _number(con, contact_no, as_of, dry_run=False)
    outcome, _ = planned(con, setup, number, values, with_defaults)
    write(con, number, outcome)
    return number


def planned(
    con: Connection, setup: Setup, contact_no: str, values: Mapping[str, object], with_defaults: bool = True
) -> tuple[Outcome, tuple[str, ...]]:
    """Work a new contact out.

    Parameters
    ----------
    con : connection
        An open unit of work.
    setup : Setup
        Fields and defaults of the store.
    contact_no : str
        Its number.
    values : mapping of str to object
        By field.
    with_defaults : bool, optional
        Whether defaults fill what is blank.

    Returns
    -------
    tuple of Outcome and tuple of str
        Its fields, and what is doubtful about them.

    Raises
    ------
    WorkbenchError
        As `Creating.create` says.
    """
    table, marketing = setup.table("contact"), setup.marketing()
    new = {"type": "person", **given.typed(table, values, setup.settings().time_zone)}
    outcome = contact_changes.changed({}, new, contact_no, changing.salutations(marketing))
    refusals.check_fields(outcome)
    following.check_own_company(outcome, contact_no)
    reason = contact_changes.refusal(outcome, Standing())
    if reason is not None:
        raise refusals.of_change(contact_no, reason)
    notes = checks.check(con, table, outcome)
    if following.is_given_company(outcome):
        following.inherit(con, outcome, marketing)
    for name, value in _defaults(con, marketing, str(outcome.values["type"])).items() if with_defaults else ():
        if value and said(outcome.values, name) is None:
            outcome.follow(name, value, Why.DEFAULT)
    return outcome, notes


def write(con: Connection, contact_no: str, outcome: Outcome) -> tuple[str, ...]:
    """Write a new contact.

    Parameters
    ----------
    con : connection
        A unit of work that writes.
    contact_no : str
        Its number.
    outcome : Outcome
        Its fields.

    Returns
    -------
    tuple of str
        A note where a company may have duplicates.
    """
    contact_id = record.insert(con, contact_no, outcome.changes)
    relation_kind.refresh(con, [contact_id])
    if outcome.values["type"] != "company":
        return ()
    return writing.keep_duplicates_up(con, contact_id, "company", ("type",))


def _number(con: Connection, contact_no: str | None, as_of: dt.date, dry_run: bool) -> str:
    return numbering.number_for(
        con, SERIES, contact_no, as_of, "a contact", lambda no: _is_taken(con, no), dry_run=dry_run
    )


def _is_taken(con: Connection, contact_no: str) -> bool:
    return first_row(con, "SELECT contact_id FROM contact WHERE contact_no = ?", [contact_no]) is not None


def _defaults(con: Connection, marketing: MarketingSetup, type_: str) -> dict[str, str]:
    row = first_row(con, _DEFAULT_SALESPERSON, [config.user(), marketing.default_salesperson_code])
    return {
        "salesperson_code": row[0] if row else "",
        "territory_code": marketing.default_territory_code,
        "country_code": marketing.default_country_code,
        "language_code": marketing.default_language_code,
        "format_region": marketing.default_format_region,
        "correspondence_type": marketing.default_correspondence_type,
        "salutation_code": changing.salutations(marketing)[type_],
    }
