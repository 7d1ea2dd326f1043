"""Texts, numbers and days in the visitor's language.

The catalogues are text files (`locales/*/LC_MESSAGES/messages.po`), compiled in memory when first used: a change
needs no build step, and no binary file is kept in the repository.
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
import math
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent

from workbench.app import state
from workbench.app.templates import Templates

LANGUAGES = {"en": "English", "es": "Español"}
LOCALES = Path(__file__).parent / "locales"
# Contexts of the catalogues: what the core says, and the places in a definition it says it of.
CORE, PLACE = "core", "place"
# The week and the order of day and month as the language's readers expect them.
_INPUT_FORMAT = {"en": "YYYY-MM-DD", "es": "DD/MM/YYYY"}


@cache
def catalogue(language: str) -> gettext.GNUTranslations:
    """Compile the texts of a language.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.

    Returns
    -------
    gettext.GNUTranslations
        Kept for the life of the process.
    """
    compiled = io.BytesIO()
    write_mo(compiled, _texts(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _texts(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def core_templates(language: str) -> Templates:
    """Compile what the core says in a language.

    Parameters
    ----------
    language : str
        A key of `LANGUAGES`.

    Returns
    -------
    Templates
        Kept for the life of the process.
    """
    said: dict[str, dict[str, str]] = {CORE: {}, PLACE: {}}
    for message in _texts(language):
        if message.context in said:
            said[message.context][str(message.id)] = str(message.string)
    return Templates(said[CORE], said[PLACE], catalogue(language).gettext)


def _(text: str) -> str:
    """Translate a text.

    Parameters
    ----------
    text : str
        In English, as the catalogues have it; literal, so that it is found for them.

    Returns
    -------
    str
        In the visitor's language; the English text where the catalogue lacks it.
    """
    return catalogue(state.language()).gettext(text)


def core(text: str) -> str:
    """Translate what the core says: the message or hint of an error, a question, a note, a reason.

    Parameters
    ----------
    text : str
        In English, with values in it.

    Returns
    -------
    str
        In the visitor's language with the same values; the English text where the catalogue lacks it.
    """
    return text if state.language() == "en" else core_templates(state.language()).translated(text)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a text that depends on a number.

    Parameters
    ----------
    singular, plural : str
        In English.
    number : int
        How many.

    Returns
    -------
    str
        The form for the number; put the number in by ``.format``.
    """
    return catalogue(state.language()).ngettext(singular, plural, number)


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number.

    Parameters
    ----------
    value : float or None
        The number; None and NaN are a dash.
    decimals : int, optional
        Digits behind the decimal sign, at most.

    Returns
    -------
    str
        With the language's signs.
    """
    if value is None or math.isnan(value):
        return "–"
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    written = str(format_decimal(value, format=pattern, locale=state.language()))
    return written if any(sign in "123456789" for sign in written) else written.removeprefix("-")  # never minus nothing


def amount(value: float | None, currency: str = "") -> str:
    """Write an amount of money.

    Parameters
    ----------
    value : float or None
        The amount; None and NaN are a dash.
    currency : str, optional
        ISO 4217 code; without one, two decimals and no sign.

    Returns
    -------
    str
        With the currency's own decimals.
    """
    if value is None or math.isnan(value):
        return "–"
    if not currency:
        return str(format_decimal(value, format="#,##0.00", locale=state.language()))
    return str(format_currency(value, currency, locale=state.language()))


def percent(rate: float | None, decimals: int = 1) -> str:
    """Write a rate as a percentage.

    Parameters
    ----------
    rate : float or None
        0 to 1; None and NaN are a dash.
    decimals : int, optional
        Digits behind the decimal sign.

    Returns
    -------
    str
        ``"16.6%"`` or ``"16,6 %"``.
    """
    if rate is None or math.isnan(rate):
        return "–"
    space = "\N{NO-BREAK SPACE}" if state.language() == "es" else ""
    pattern = f"#,##0.{'0' * decimals}{space}%" if decimals else f"#,##0{space}%"
    return str(format_percent(rate, format=pattern, locale=state.language()))


def day(value: dt.date | None) -> str:
    """Write a calendar day.

    Parameters
    ----------
    value : datetime.date or None
        The day; None is a dash.

    Returns
    -------
    str
        ``"Jan 1, 2018"`` or ``"1 ene 2018"``.
    """
    return "–" if value is None else str(format_date(value, "medium", locale=state.language()))


def month(value: dt.date) -> str:
    """Write a month.

    Parameters
    ----------
    value : datetime.date
        Any day of it.

    Returns
    -------
    str
        ``"Jan 2018"`` or ``"ene 2018"``.
    """
    return str(format_date(value, "LLL y", locale=state.language()))


def moment(value: dt.datetime | None) -> str:
    """Write a day and time.

    Parameters
    ----------
    value : datetime.datetime or None
        In the zone it is to be read in; None is a dash.

    Returns
    -------
    str
        To the minute.
    """
    if value is None:
        return "–"
    pattern = "MMM d, y, HH:mm" if state.language() == "en" else "d MMM y, HH:mm"
    return str(format_datetime(value, pattern, locale=state.language()))


def date_input_format() -> str:
    """Tell how days are typed in.

    Returns
    -------
    str
        In the notation of Streamlit's date input.
    """
    return _INPUT_FORMAT[state.language()]


def separators() -> str:
    """Tell the decimal and the grouping sign, as Plotly takes them.

    Returns
    -------
    str
        ``".,"`` or ``",."``.
    """
    return ",." if state.language() == "es" else ".,"
