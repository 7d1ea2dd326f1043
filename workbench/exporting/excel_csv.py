"""CSV as Excel opens it with a double click: a byte order mark, the locale's delimiter and decimal sign.

Dates stay ISO (2024-01-31): Excel reads them as dates under every regional setting, while 03/04/2024 is
another day in London than in New York. Excel still turns digits into numbers when it opens any CSV (0049
becomes 49); where numbers of contacts have leading zeros, XLSX keeps them.
"""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol

from workbench.errors import ConfigError
from workbench.exporting.csv_file import DelimitedFile


def excel_csv(locale: str) -> DelimitedFile:
    """Choose the delimiter and decimal sign that Excel expects under a locale.

    Parameters
    ----------
    locale : str
        Such as ``"en"``, ``"de"`` or ``"es-MX"``.

    Returns
    -------
    DelimitedFile
        With ``;`` between cells where the decimal sign is a comma, else ``,``.

    Raises
    ------
    ConfigError
        When nothing is known of the locale.

    Examples
    --------
    >>> excel_csv("de").layout()
    {'encoding': 'utf-8-sig', 'delimiter': ';', 'decimal': ','}
    """
    try:
        has_comma = get_decimal_symbol(Locale.parse(locale.replace("-", "_"))) == ","
    except (UnknownLocaleError, ValueError):
        raise ConfigError(
            f'"{locale}" is not a known locale.', 'Write it as "en", "de" or "es-MX".'
        ) from None
    if has_comma:
        return DelimitedFile("excel_csv", ";", ",", "utf-8-sig")
    return DelimitedFile("excel_csv", ",", ".", "utf-8-sig")
