"""Methods, qualities and options of scores in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.app import labels
from workbench.app.labels import N_
from workbench.app.language import _, number, percent
from workbench.app.widgets.score_names import CHOICES, OPTIONS, QUALITY

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


def option(name: str) -> str:
    """Name an option of a method.

    Parameters
    ----------
    name : str
        Such as ``"counted_by"``.

    Returns
    -------
    str
        In the visitor's language.
    """
    return _(OPTIONS[name]) if name in OPTIONS else words(name)


def quality(name: str) -> str:
    """Name a figure of quality.

    Parameters
    ----------
    name : str
        Such as ``"auc_low"``.

    Returns
    -------
    str
        In the visitor's language.
    """
    return _(QUALITY[name]) if name in QUALITY else words(name)


def choice(name: str) -> str:
    """Name what an option may be.

    Parameters
    ----------
    name : str
        Such as ``"quantile"``.

    Returns
    -------
    str
        In the visitor's language; what is no such choice stays as it is.
    """
    return _(CHOICES[name]) if name in CHOICES else name


def words(name: str) -> str:
    """Write a name as words.

    Parameters
    ----------
    name : str
        Of a column, or of anything that has no other.

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
    return choice(str(found))


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


def first_figures(figures: Mapping[str, Any], most: int = 2) -> str:
    """Write the first figures of a run's quality.

    Parameters
    ----------
    figures : mapping
        Of its quality: name to number or text.
    most : int, optional
        How many.

    Returns
    -------
    str
        The rest is left to the report of the run.
    """
    known = [(name, found) for name, found in figures.items() if found is not None][:most]
    return " · ".join(f"{quality(name)}: {figure(name, found)}" for name, found in known)
