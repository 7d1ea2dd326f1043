"""Checks the docstrings of everything public: ``python -m tests.docs.docstrings``.

Each complaint is a line ``path:line: name: what is wrong``; any complaint makes the exit code 1.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import typer
from numpydoc.docscrape import NumpyDocString  # type: ignore[import-untyped]
from numpydoc.validate import validate  # type: ignore[import-untyped]

import pipelines
import workbench

ROOT = Path(__file__).parents[2]
CHECKS = {
    "GL08": "there is a docstring",
    "SS01": "it has a summary",
    "SS03": "the summary ends with a full stop",
    "PR01": "every parameter is documented",
    "PR02": "every documented parameter exists",
    "PR03": "parameters stand in the order of the signature",
    "PR04": "every parameter has a type",
    "PR07": "every parameter has a description",
    "PR10": "a space stands before the colon of a parameter's type",
    "RT01": "what returns a value says so",
    "RT03": "what is returned has a description",
    "YD01": "what yields a value says so",
    "GL06": "only sections that numpydoc knows",
    "GL07": "sections stand in their order",
}
METHODS = (property, cached_property, classmethod, staticmethod)
# What is run, not imported: importing the app's draws a page.
SCRIPTS = ("workbench.__main__", "workbench.app.main")


def complaints() -> Iterator[str]:
    """Give what is wrong, module by module."""
    for module in modules():
        if not (module.__doc__ or "").partition("\n\n")[0].rstrip().endswith((".", ":")):
            yield complaint(module.__name__, module, "The module has no summary that ends with a full stop")
        for name, value in vars(module).items():
            if is_public(name) and is_defined_in(module, value):
                yield from of_object(f"{module.__name__}.{name}", value)
                if inspect.isclass(value):
                    yield from of_class(f"{module.__name__}.{name}", value)


def modules() -> Iterator[ModuleType]:
    for package in (pipelines, workbench):
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if found.name not in SCRIPTS:
                yield importlib.import_module(found.name)


def of_class(name: str, kind: type) -> Iterator[str]:
    for member, value in vars(kind).items():
        is_code = inspect.isfunction(value) or isinstance(value, METHODS)
        if (
            is_public(member)
            and is_code
            and member not in fields_of(kind)
            and not inherits_docstring(kind, member, value)
        ):
            yield from of_object(f"{name}.{member}", getattr(kind, member))
    documented = {one for above in kind.__mro__ for one in documented_attributes(above)}
    for missing in [one for one in fields_of(kind) if one not in documented]:
        yield complaint(name, kind, f'The field "{missing}" is not documented under Attributes')


def of_object(name: str, value: Any) -> Iterator[str]:
    has_own_way = is_command(value) or (inspect.isclass(value) and (fields_of(value) or "__init__" not in vars(value)))
    for code, text in validate(name)["errors"]:
        if code in CHECKS and not (has_own_way and code.startswith("PR")):
            yield complaint(name, value, text)
    yield from of_raises(name, value)


def is_command(value: Any) -> bool:
    """Whether a function is a command, whose parameters are options with a help text each (tests/docs/test_imports)."""
    found = sys.modules[code_of(value).__module__]
    apps = [one for one in vars(found).values() if isinstance(one, typer.Typer)]
    commands = [
        command.callback for app in apps for command in (*app.registered_commands, app.registered_callback) if command
    ]
    return value in commands


def of_raises(name: str, value: Any) -> Iterator[str]:
    """Each entry under Raises is one class of errors and when it comes."""
    for raised in parsed(value)["Raises"]:
        if not (all(one.isidentifier() for one in raised.type.split(", ")) and raised.desc):
            yield complaint(name, value, f'Under Raises, "{raised.type}" is not an error and when it is raised')


def fields_of(kind: Any) -> list[str]:
    """The public fields of a data class or model: its parameters, documented as Attributes."""
    if dataclasses.is_dataclass(kind):
        return [field.name for field in dataclasses.fields(kind) if field.init and is_public(field.name)]
    return [name for name in getattr(kind, "model_fields", {}) if is_public(name)]


def documented_attributes(kind: type) -> Iterator[str]:
    if kind.__module__.partition(".")[0] in ("workbench", "pipelines"):
        for section in ("Attributes", "Parameters"):
            for entry in parsed(kind)[section]:
                yield from entry.name.split(", ")


def parsed(value: Any) -> Any:
    return NumpyDocString(inspect.cleandoc(value.__doc__ or ""))


def inherits_docstring(kind: type, member: str, value: Any) -> bool:
    """Whether a method without a docstring does what the method it overrides says."""
    return not value.__doc__ and any(getattr(above, member, None) is not None for above in kind.__mro__[1:])


def is_public(name: str) -> bool:
    return not name.startswith("_")


def is_defined_in(module: ModuleType, value: Any) -> bool:
    is_code = inspect.isclass(value) or inspect.isfunction(inspect.unwrap(value) if callable(value) else value)
    return is_code and getattr(value, "__module__", None) == module.__name__


def code_of(value: Any) -> Any:
    if isinstance(value, property):
        return value.fget
    return value.func if isinstance(value, cached_property) else value


def complaint(name: str, value: Any, text: str) -> str:
    code = inspect.unwrap(code_of(value))
    path = Path(inspect.getsourcefile(code) or "?").relative_to(ROOT)
    line = 1 if inspect.ismodule(code) else inspect.getsourcelines(code)[1]
    return f"{path}:{line}: {name}: {text}"


def main() -> int:
    found = sorted(complaints())
    print("\n".join(found) or "All docstrings are as they should be.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
