"""Interactions before they are written: the defaults of the wizard around what somebody chose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pipelines import correspondence, interaction_wizard
from pipelines.schema import Table
from workbench import clock
from workbench.contact_rows.finding import id_of
from workbench.contacts import given
from workbench.contacts.addresses import active_code
from workbench.errors import ConfigError
from workbench.interactions import remarks, salesperson
from workbench.interactions import rows as rows_of_log
from workbench.interactions.results import Draft
from workbench.store import Connection
from workbench.store.connection import first_row
from workbench.templates import rows
from workbench.templates.results import Template

NOT_GIVEN = (
    "interaction_group_code", "is_canceled", "is_postponed", "segment_no", "logged_segment_entry_no",
    "campaign_entry_no", "delivery_status", "document_type",
)  # fmt: skip
"""Columns that follow from what is done with an interaction, and are never typed."""

_CONTACT = ("contact_no", "correspondence_type", "language_code", "salesperson_code", "email")
_OF_CONTACT = f"SELECT {', '.join(_CONTACT)} FROM contact WHERE contact_id = ?"  # noqa: S608 - names of ours
_ALTERNATIVE = "SELECT email FROM alternative_address WHERE contact_id = ? AND address_code = ?"


@dataclass(frozen=True)
class Moment:
    """When somebody works: the work date, and what the clock says.

    Attributes
    ----------
    as_of : datetime.date
        The work date.
    at : datetime.time or None
        The time of the day; None for now.
    zone : zoneinfo.ZoneInfo
        Whose.
    """

    as_of: dt.date
    at: dt.time | None
    zone: ZoneInfo

    def in_utc(self) -> dt.datetime:
        """Give the moment, rounded up to the minute.

        Returns
        -------
        datetime.datetime
            In UTC, without saying so, as the store keeps moments.
        """
        at = self.at or clock.now().astimezone(self.zone).time()
        local = interaction_wizard.next_minute(dt.datetime.combine(self.as_of, at, self.zone))
        return local.astimezone(dt.UTC).replace(tzinfo=None)


def typed(table: Table, values: Mapping[str, object], zone: ZoneInfo) -> dict[str, Any]:
    """Read what somebody chose for an interaction.

    Parameters
    ----------
    table : Table
        Interactions with their custom fields.
    values : mapping of str to object
        By field, `contact_no` and `word_template_code` among them; text is read.
    zone : zoneinfo.ZoneInfo
        Of times without one.

    Returns
    -------
    dict
        As the store keeps them.

    Raises
    ------
    ConfigError
        When there is no such field, it is never typed, or a value does not suit it.
    """
    refused = next((name for name in values if name in NOT_GIVEN), None)
    if refused is not None:
        raise ConfigError(f"{refused} of an interaction is not typed.", "It follows from what is done with it.")
    own = {name: values[name] for name in ("contact_no", "word_template_code") if name in values}
    rest = {name: value for name, value in values.items() if name not in own}
    texts = {name: str(value or "").strip() or None for name, value in own.items()}
    return {**texts, **given.typed(table, rest, str(zone))}


def drafted(
    con: Connection,
    chosen: Mapping[str, Any],
    moment: Moment,
    *,
    file: tuple[str, bytes] | None = None,
    before: Mapping[str, Any] | None = None,
) -> Draft:
    """Put an interaction together.

    Parameters
    ----------
    con : connection
        An open unit of work.
    chosen : mapping of str to object
        As from `typed`.
    moment : Moment
        When it is, unless that is chosen.
    file : tuple of str and bytes, optional
        Name and content of what goes with it.
    before : mapping of str to object, optional
        The postponed interaction that is finished.

    Returns
    -------
    Draft
        With what is missing. The file is not stored yet.

    Raises
    ------
    NotFoundError
        When there is no such contact, template, or file.
    """
    template = _template(con, chosen, before)
    code = template.interaction_template_code if template else None
    kept = interaction_wizard.without_template(before or {}, code)
    kept.pop("occurred_at", None)
    values = {**kept, **chosen, "interaction_template_code": code}
    contact_no = values.pop("contact_no", None)
    contact_id = id_of(con, contact_no) if contact_no else None
    contact = _contact(con, contact_id)
    values = interaction_wizard.filled(values, vars(template) if template else {}, contact)
    _add_defaults(con, values, moment, contact, contact_id)
    file_name = _add_content(con, values, template, contact, file)
    notes = _without_address(con, values, contact, contact_id)
    values = {"contact_no": contact_no, **values}
    return Draft(
        values, contact_id, template_description=template.description if template else None,
        wizard_action=template.wizard_action if template else None, file_name=file_name,
        missing=interaction_wizard.missing(values), notes=notes,
    )  # fmt: skip


def _template(con: Connection, chosen: Mapping[str, Any], before: Mapping[str, Any] | None) -> Template | None:
    code = chosen.get("interaction_template_code", (before or {}).get("interaction_template_code"))
    return rows.found(con, code) if code else None


def _contact(con: Connection, contact_id: int | None) -> dict[str, Any]:
    row = first_row(con, _OF_CONTACT, [contact_id]) if contact_id is not None else None
    return dict(zip(_CONTACT, row, strict=True)) if row else {}


def _add_defaults(
    con: Connection, values: dict[str, Any], moment: Moment, contact: Mapping[str, Any], contact_id: int | None
) -> None:
    if values.get("occurred_at") is None:
        values["occurred_at"] = moment.in_utc()
    if "salesperson_code" not in values:
        values["salesperson_code"] = salesperson.default(con, contact.get("salesperson_code"))
    if "alternative_address_code" not in values and contact_id is not None:
        values["alternative_address_code"] = active_code(con, contact_id, moment.as_of)
    values["is_attempt_failed"] = bool(values.get("is_attempt_failed"))


def _add_content(
    con: Connection,
    values: dict[str, Any],
    template: Template | None,
    contact: Mapping[str, Any],
    file: tuple[str, bytes] | None,
) -> str | None:
    """Choose the language and what is sent: a file in hand, what was chosen, what the template has; name the file."""
    code = template.interaction_template_code if template else None
    if "language_code" not in values:
        known = rows.languages(con, code) if code else set()
        default = template.language_code if template else None
        values["language_code"] = correspondence.language(contact.get("language_code"), known, default)
    if file is not None:
        values["attachment_no"] = values["word_template_code"] = None
        return file[0]
    if code and values.get("attachment_no") is None and values.get("word_template_code") is None:
        values["attachment_no"], values["word_template_code"] = rows.content_for(con, code, values["language_code"])
    return rows_of_log.file_name(con, values.get("attachment_no"))


def _without_address(
    con: Connection, values: dict[str, Any], contact: Mapping[str, Any], contact_id: int | None
) -> tuple[str, ...]:
    """Blank the correspondence of an e-mail that has nowhere to go; the address of the day decides where there is one.

    The product does so when it logs; here the draft shows it already.
    """
    if values.get("correspondence_type") != "email" or contact_id is None:
        return ()
    code = values.get("alternative_address_code")
    row = first_row(con, _ALTERNATIVE, [contact_id, code]) if code else None
    if ((row[0] if row else contact.get("email")) or "").strip():
        return ()
    values["correspondence_type"] = None
    return (remarks.without_address(str(contact["contact_no"])),)
