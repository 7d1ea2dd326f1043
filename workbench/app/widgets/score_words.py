"""Methods, qualities and options of scores in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.app import labels
from workbench.app.labels import N_
from workbench.app.language import _, number

_METHODS = {
    "rfm": N_("RFM: recency, frequency, monetary value"),
    "lifetime_value": N_("Lifetime value"),
    "propensity": N_("Propensity"),
    "clusters": N_("Clusters"),
    "look_alike": N_("Look-alikes"),
    "migration": N_("Migration"),
}


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
    return ", ".join(f"{words(name)} {value(found)}" for name, found in known)
