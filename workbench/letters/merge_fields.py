"""Merge fields: which there are, and what they hold for each letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from pipelines.code_tables import NAME_PARTS
from pipelines.columns import Table
from pipelines.postal_address import PostalAddress, block
from pipelines.salutation import render
from workbench.setup import MarketingSetup
from workbench.store import Connection

OF_LETTER: Mapping[str, str] = MappingProxyType({
    "salutation_formal": "formal salutation in the language of the letter",
    "salutation_informal": "informal salutation in the language of the letter",
    "address_block": "names and address, line by line",
    "company_name": "name of the company",
    "country": "name of the country or region",
    "letter_date": "day of the interaction",
    "letter_subject": "subject of the interaction",
    "letter_description": "description of the interaction",
    "salesperson_name": "name of the salesperson",
    "salesperson_job_title": "job title of the salesperson",
    "salesperson_email": "e-mail address of the salesperson",
    "salesperson_phone_no": "telephone of the salesperson",
    "campaign_no": "campaign",
    "campaign_description": "description of the campaign",
})  # fmt: skip
"""Fields beside those of the contact, with their meanings."""

# An alternative address stands for the contact's own as a whole, also where fields of it are blank.
_ADDRESS = ("name_2", "address", "address_2", "city", "post_code", "county", "country_code", "phone_no",
            "mobile_phone_no", "fax_no", "email", "home_page")  # fmt: skip
_VALUES = f"""
    SELECT i.entry_no, c.* REPLACE (
            {", ".join(f"CASE WHEN a.address_code IS NOT NULL THEN a.{n} ELSE c.{n} END AS {n}" for n in _ADDRESS)}
        ),
        coalesce(CASE WHEN a.address_code IS NOT NULL THEN a.name END, k.name,
            CASE WHEN c.type = 'company' THEN c.name END) AS company_name,
        i.occurred_at AS letter_moment, i.subject AS letter_subject, i.description AS letter_description,
        i.language_code AS letter_language, p.name AS salesperson_name, p.job_title AS salesperson_job_title,
        p.email AS salesperson_email, p.phone_no AS salesperson_phone_no, i.campaign_no,
        m.description AS campaign_description
    FROM interaction i
    JOIN contact c ON c.contact_id = i.contact_id
    LEFT JOIN contact k ON k.contact_no = c.company_no AND k.contact_id <> c.contact_id
    LEFT JOIN alternative_address a ON a.contact_id = i.contact_id AND a.address_code = i.alternative_address_code
    LEFT JOIN salesperson p ON p.code = i.salesperson_code
    LEFT JOIN campaign m ON m.campaign_no = i.campaign_no
    WHERE i.entry_no IN (SELECT unnest(?)) ORDER BY i.entry_no
"""  # noqa: S608 - names of ours
_FORMULAS = """
    SELECT salutation_code, language_code, salutation_type, salutation, [name_1, name_2, name_3, name_4, name_5]
    FROM salutation_formula WHERE salutation IS NOT NULL
"""


def known(contact: Table) -> pd.DataFrame:
    """List the merge fields.

    Parameters
    ----------
    contact : Table
        The contact table of the store, with fields of its own.

    Returns
    -------
    pandas.DataFrame
        One row for each: field, meaning. The contact's own come first.
    """
    own = {one.name: one.meaning for one in contact.columns if one.name not in OF_LETTER}
    return pd.DataFrame(list({**own, **OF_LETTER}.items()), columns=["field", "meaning"], dtype="str")


def values(
    con: Connection, entry_nos: Sequence[int], marketing: MarketingSetup, zone: dt.tzinfo
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give what the merge fields hold, letter by letter.

    Parameters
    ----------
    con : connection
        An open unit of work.
    entry_nos : sequence of int
        Interactions.
    marketing : MarketingSetup
        For the language of contacts that name none, and for our own country.
    zone : datetime.tzinfo
        The store's, in which a letter has its day.

    Yields
    ------
    tuple of int and dict
        Number of the interaction and values by field, by number. Days and numbers are written as in the contact's
        format region, else in the language of the letter, else in English; what is unknown is None.
    """
    frame = con.execute(_VALUES, [list(entry_nos)]).df()
    formulas = {tuple(key): (text, parts) for *key, text, parts in con.execute(_FORMULAS).fetchall()}
    named = {
        **Locale("en").territories,
        **dict(con.execute("SELECT upper(code), description FROM country WHERE description IS NOT NULL").fetchall()),
    }
    for record in frame.to_dict(orient="records"):
        row = {str(name): _plain(value) for name, value in record.items()}
        language = row.pop("letter_language") or row["language_code"] or marketing.default_language_code
        locale = _locale(row["format_region"], language)
        moment = pd.Timestamp(row.pop("letter_moment")).tz_localize("UTC").tz_convert(zone)
        entry_no = int(row.pop("entry_no"))
        row |= {
            "letter_date": moment.date(),
            "country": named.get((row["country_code"] or "").upper()),
            "address_block": _block(row, marketing.default_country_code, named),
            "salutation_formal": _salutation(row, formulas, "formal", language),
            "salutation_informal": _salutation(row, formulas, "informal", language),
        }
        yield entry_no, {name: _written(value, locale) for name, value in row.items() if name != "contact_id"}


def _plain(value: Any) -> Any:
    if isinstance(value, (list, np.ndarray)):
        return ", ".join(str(one) for one in value)
    return None if pd.isna(value) else value


def _written(value: Any, locale: Locale) -> Any:
    if isinstance(value, pd.Timestamp | dt.datetime):
        return format_date(value.date(), format="long", locale=locale)
    if isinstance(value, dt.date):
        return format_date(value, format="long", locale=locale)
    if isinstance(value, float):
        return format_decimal(value, locale=locale)
    return value


def _locale(*said: str | None) -> Locale:
    for text in said:
        try:
            return Locale.parse((text or "").replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _block(row: Mapping[str, Any], home: str, named: Mapping[str, str]) -> str:
    person = row["name"] if row["type"] == "person" else None
    names = tuple(one or "" for one in (row["company_name"], row["name_2"], person))
    where = (row[name] or "" for name in ("address", "address_2", "city", "post_code", "county", "country_code"))
    address = PostalAddress(names, *where)
    return "\n".join(block(address, home, named.get(address.country_code.upper(), "")))


def _salutation(row: Mapping[str, Any], formulas: Mapping[tuple[str, ...], Any], type: str, language: str) -> str:
    text, parts = formulas.get((row["salutation_code"], language, type), ("", ()))
    return render(text, parts, {name: row[name] for name in NAME_PARTS}).strip()
