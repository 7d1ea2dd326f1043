"""Segment definitions as files: one canonical YAML text for one value."""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from typing import Any, Self

import yaml

from pipelines.definition import Definition
from pipelines.values import canonical
from workbench.errors import ConditionError, NotFoundError, SourceError
from workbench.segments.wording import sentence

WIDTH = 110


class Segment(Definition):
    """A segment definition that is read from and written to YAML.

    The same value comes from the builder, a file in git, or a notebook; see `pipelines.conditions.Definition` for
    its attributes.

    Examples
    --------
    >>> segment = Segment.from_yaml("steps: [{add: {field: city, op: is, value: Prague}}]")
    >>> print(segment.to_yaml(), end="")
    version: 1
    steps:
    - add:
        all:
        - {field: city, op: is, value: Prague}
    """

    @classmethod
    def from_yaml(cls, source: str | Path) -> Self:
        """Read a definition from a YAML file or text.

        Parameters
        ----------
        source : str or pathlib.Path
            A path, or the text itself when it spans lines or holds a colon followed by a blank.

        Returns
        -------
        Segment
            The checked value.

        Raises
        ------
        ConditionError
            When the text is no YAML or the language does not know what it says; the message names the place.
        NotFoundError
            When there is no such file.
        SourceError
            When the file cannot be read.
        """
        return cls.from_dict(loaded(source))

    def to_yaml(self, path: str | Path | None = None) -> str:
        """Write the canonical YAML.

        Parameters
        ----------
        path : str or pathlib.Path, optional
            A file to write it to as well.

        Returns
        -------
        str
            The text; reading it gives an equal segment, and writing that the same bytes.
        """
        text = dumped(self.to_dict())
        if path is not None:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(text, encoding="utf-8", newline="\n")
        return text

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical form, in hexadecimal digits."""
        return hashlib.sha256(canonical(self).encode()).hexdigest()

    @property
    def sentence(self) -> str:
        """The definition read out in English."""
        return sentence(self)

    def _repr_html_(self) -> str:
        title = html.escape(self.name or "unnamed segment")
        return f"<b>{title}</b><p>{html.escape(self.sentence)}</p><pre>{html.escape(self.to_yaml())}</pre>"


def loaded(source: str | Path) -> Any:
    """Read YAML with the types of the segment language: days, ``on`` and ``no`` are text.

    Parameters
    ----------
    source : str or pathlib.Path
        A path, or the text itself when it spans lines or holds a colon followed by a blank.

    Returns
    -------
    object
        Plain values, not checked yet.

    Raises
    ------
    ConditionError
        When the text is no YAML, or a key occurs twice.
    NotFoundError
        When there is no such file.
    SourceError
        When the file cannot be read.
    """
    is_text = isinstance(source, str) and ("\n" in source or ": " in source or source.strip()[:1] in ("", "[", "{"))
    return _parsed(str(source) if is_text else _content(Path(source)))


def dumped(value: Any) -> str:
    """Write plain values as the canonical YAML.

    Parameters
    ----------
    value : object
        Of a definition, or of what is written like one.

    Returns
    -------
    str
        Keys in their order, single conditions on one line each.
    """
    text: str = yaml.dump(_laid_out(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text


class _Loader(yaml.SafeLoader):
    """YAML 1.2's core schema: `on`, `no` and dates are text, so that operators and country codes stay what they are."""


class _Dumper(yaml.SafeDumper):
    """Block style for structure, one line for a single condition; quotes what an older reader would mistake."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - equal parts are written out each time
        """Write no anchors."""
        return True


class _OneLine(dict[str, Any]):
    """A mapping to write in flow style."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp", ":int", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    """Refuse a key that occurs twice: the second would silently win."""
    loader.flatten_mapping(node)
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise ConditionError(f"The key {key!r} in line {key_node.start_mark.line + 1} is no name.", "Write a word.")
        if key in seen:
            raise ConditionError(
                f'"{key}" occurs twice in line {key_node.start_mark.line + 1}.', "Keep one of the two."
            )
        seen.add(key)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Dumper.add_representer(
    _OneLine, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)
)


def _parsed(text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader with fewer types
    except ConditionError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ConditionError(
            f"The definition is no YAML{place}: {str(error.problem).rstrip('.')}.",
            "Check indents, quotes and brackets.",
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConditionError(
            f"The definition is no YAML: {str(error).rstrip('.')}.", "Check indents, quotes and brackets."
        ) from None


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(f'There is no file "{path}".', "Give the path of a YAML file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f'"{path}" cannot be read: {error}.', "Give the path of a YAML file in UTF-8.") from None


def _laid_out(value: Any, key: str = "") -> Any:
    """Put single conditions, windows, measures and suppressions on one line each."""
    if isinstance(value, list):
        return [_laid_out(item) for item in value]
    if not isinstance(value, dict):
        return value
    if key in _SHORT or not _SINGLE.isdisjoint(value) or not _nests(value) or _is_short_habit(value):
        return _OneLine(value)
    return {name: _laid_out(item, name) for name, item in value.items()}


_SHORT = frozenset({"base", "within", "in_last", "measure", "sample", "examples", "invariants"})
_SINGLE = frozenset({"field", "no_consent", "frequency_cap"})


def _is_short_habit(value: dict[str, Any]) -> bool:
    return "habit" in value and "where" not in value


def _nests(value: dict[str, Any]) -> bool:
    return any(isinstance(item, dict | list) for item in value.values())
