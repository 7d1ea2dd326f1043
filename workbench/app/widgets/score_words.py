"""Methods, qualities and options of scores in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.app import labels
from workbench.app.labels import N_
from workbench.app.language import _, number, percent

_METHODS = {
    "rfm": N_("RFM: recency, frequency, monetary value"),
    "lifetime_value": N_("Lifetime value"),
    "propensity": N_("Propensity"),
    "clusters": N_("Clusters"),
    "look_alike": N_("Look-alikes"),
}
_RATES = ("_share", "_rate", "_probability")


def method(name: str) -> str:
    """Name a method.

    Parameters
    ----------
    name : str
        Such as ``"rfm"``.

    Returns
    -------
    str
        In the visitor's language.
    """
    return _(_METHODS[name]) if name in _METHODS else words(name)


def words(name: str) -> str:
    """Write a name as words.

    Parameters
    ----------
    name : str
        Of a quality, an option or a column.

    Returns
    -------
    str
        In the visitor's language where the catalogue has it.
    """
    return labels.capital(labels.choice(name))


def value(found: Any) -> str:
    """Write a value of any kind.

    Parameters
    ----------
    found : object
        As JSON knows them.

    Returns
    -------
    str
        Numbers with the language's signs; nothing as a dash.
    """
    match found:
        case None:
            return "–"
        case bool():
            return _("yes") if found else _("no")
        case int():
            return number(found)
        case float():
            return number(found, 4)
        case list() | tuple():
            return ", ".join(map(value, found)) or "–"
        case Mapping():
            return ", ".join(f"{key}: {value(inner)}" for key, inner in found.items())
    return str(found)


def figure(name: str, found: Any) -> str:
    """Write a figure of a run as its name asks.

    Parameters
    ----------
    name : str
        Shares and rates are percentages.
    found : object
        The figure.

    Returns
    -------
    str
        As `value` for any other.
    """
    return percent(found) if isinstance(found, float | int) and name.endswith(_RATES) else value(found)


def first_figures(quality: Mapping[str, Any], most: int = 3) -> str:
    """Write the first figures of a run's quality.

    Parameters
    ----------
    quality : mapping
        Name to number or text.
    most : int, optional
        How many.

    Returns
    -------
    str
        The rest is left to the report of the run.
    """
    known = [(name, found) for name, found in quality.items() if found is not None][:most]
    return ", ".join(f"{words(name)} {figure(name, found)}" for name, found in known)
