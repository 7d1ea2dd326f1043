"""Which ways to score contacts there are; each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workbench.errors import ConfigError, NotFoundError, nearest
from workbench.scoring.method import Method, Options

_MODULES: tuple[str, ...] = ("rfm", "lifetime_value", "propensity", "clusters", "look_alike")


def method_of(name: str) -> Method:
    """Find a method.

    Parameters
    ----------
    name : str
        Such as ``"rfm"``.

    Returns
    -------
    Method
        With its options.

    Raises
    ------
    NotFoundError
        When there is no such method.
    """
    if name not in _MODULES:
        raise NotFoundError(f'There is no way to score called "{name}".', nearest(name, _MODULES))
    found: Method = import_module(f"workbench.scoring.{name}").METHOD
    return found


def all_methods() -> tuple[Method, ...]:
    """List the methods.

    Returns
    -------
    tuple of Method
        In the order in which they are offered.
    """
    return tuple(map(method_of, _MODULES))


def checked(method: Method, given: Mapping[str, Any]) -> Options:
    """Check the options of a run.

    Parameters
    ----------
    method : Method
        Whose they are.
    given : mapping
        Name to value; texts are understood as the types of the options ask.

    Returns
    -------
    Options
        With defaults for what was not said.

    Raises
    ------
    ConfigError
        When there is no such option, or its value does not do; the message names both.
    """
    known = method.options.model_fields
    for name in given:
        if name not in known:
            raise ConfigError(f'{method.name} has no option "{name}".', nearest(name, known))
    try:
        return method.options.model_validate(dict(given))
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        raise ConfigError(_refusal(method, problem), _meaning(method, problem["loc"])) from error


def _refusal(method: Method, problem: ErrorDetails) -> str:
    said = problem["msg"].removeprefix("Value error, ").rstrip(".")
    if not problem["loc"]:
        return f"The options of {method.name} do not fit together: {said}."
    place = ".".join(map(str, problem["loc"]))
    if problem["type"] == "missing":
        return f"{method.name} has to be told {place}."
    return f"{method.name} cannot take {problem['input']!r} for {place}: {said}."


def _meaning(method: Method, place: tuple[int | str, ...]) -> str:
    field = method.options.model_fields.get(str(place[0])) if place else None
    return f"It is: {field.description}" if field is not None and field.description else "See what its options mean."
