"""How merge fields are put into a text: in a sandbox, blank ones told and not printed as nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jinja2 import Undefined, meta
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workbench.errors import RuleError


class Environment(ImmutableSandboxedEnvironment):
    """Fills one template at a time and keeps the names of the fields it wanted to print and had no value for.

    Attributes
    ----------
    lacking : set of str
        Fields that were printed without a value since `forget`.

    Notes
    -----
    Blank fields are left out of what a template is given. It may ask for them, as in ``{% if job_title %}`` or
    ``{{ first_name or "friend" }}``; printing one is what is told. Templates come from many hands, so they run in a
    sandbox, which lets them read values and nothing else.
    """

    def __init__(self) -> None:
        super().__init__(autoescape=True, keep_trailing_newline=True)
        self.lacking: set[str] = set()
        self.undefined = _telling(self.lacking)

    def fields_of(self, text: str) -> frozenset[str]:
        """Find the merge fields of a template.

        Parameters
        ----------
        text : str
            The template.

        Returns
        -------
        frozenset of str
            Names that it does not define itself.
        """
        return frozenset(meta.find_undeclared_variables(self.parse(text)).difference(self.globals))

    def forget(self) -> None:
        """Begin anew with nothing lacking."""
        self.lacking.clear()


def _telling(lacking: set[str]) -> type[Undefined]:
    class Blank(Undefined):
        """A field without a value, which tells when it is printed."""

        def __str__(self) -> str:
            lacking.add(str(self._undefined_name))
            return ""

    return Blank


@contextmanager
def told(name: str) -> Iterator[None]:
    """Say in our words what is wrong with a template.

    Parameters
    ----------
    name : str
        Of the template.

    Yields
    ------
    None
        While it is read or filled.

    Raises
    ------
    RuleError
        When its fields are not written as they should be, or it asks for what templates may not.
    """
    try:
        yield
    except TemplateSyntaxError as error:
        raise RuleError(
            f'The merge fields of "{name}" cannot be read: {error.message}',
            "Write fields as {{ name }}, each in one go.",
        ) from None
    except SecurityError as error:
        raise RuleError(
            f'The template "{name}" asks for more than values: {error}.', "Use merge fields only."
        ) from None
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise RuleError(
            f'The template "{name}" cannot be filled: {error}.', "Look at what it does with fields."
        ) from None


def blankless(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is blank.

    Parameters
    ----------
    values : dict of str to object
        By field.

    Returns
    -------
    dict of str to object
        Those that say something; False and 0 do.
    """
    return {name: value for name, value in values.items() if value is not None and value != ""}
