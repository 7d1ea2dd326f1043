"""The options of a method as a form: one field for each, of the kind its type asks for."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st
import yaml
from pydantic.fields import FieldInfo

from workbench.app import clicks, labels, state
from workbench.app.language import _, core, date_input_format
from workbench.app.widgets import score_words
from workbench.bench import Workbench
from workbench.errors import ConfigError
from workbench.scoring import Method
from workbench.scoring.features import NAMES

_SEGMENTS = ("segment", "base", "exclude")
"""Options that name a saved segment."""
_CAMPAIGN, _CAMPAIGNS, _FEATURES = "campaign", "learn_from", "features"
_ACROSS = 3


@dataclass(frozen=True)
class _Option:
    """One option on the page."""

    name: str
    field: FieldInfo
    key: str

    @property
    def kind(self) -> Any:
        """What its values are, beside none."""
        found = [part for part in typing.get_args(self.field.annotation) if part is not types.NoneType]
        is_optional = isinstance(self.field.annotation, types.UnionType) and len(found) == 1
        return found[0] if is_optional else self.field.annotation

    @property
    def default(self) -> Any:
        """What holds unless it is told."""
        return None if self.field.is_required() else self.field.get_default(call_default_factory=True)

    @property
    def look(self) -> dict[str, Any]:
        """What every field of the form has."""
        help_ = core(self.field.description or "")
        return {"label": score_words.option(self.name), "help": help_, "key": self.key}

    def bound(self, *names: str) -> Any:
        """The lowest or highest value there may be."""
        return next((getattr(one, name) for one in self.field.metadata for name in names if hasattr(one, name)), None)


def draw(bench: Workbench, method: Method) -> None:
    """Draw the fields, three in a row.

    Parameters
    ----------
    bench : Workbench
        Whose segments can be named.
    method : Method
        Whose options.
    """
    options = _options(method)
    for start in range(0, len(options), _ACROSS):
        for column, option in zip(st.columns(_ACROSS), options[start : start + _ACROSS], strict=False):
            with column:
                _draw_field(bench, option)


def told(method: Method) -> dict[str, Any]:
    """Read what stands in the fields.

    Parameters
    ----------
    method : Method
        Whose options.

    Returns
    -------
    dict
        Name to value; options that are required and empty are left out, so that the method asks for them.

    Raises
    ------
    ConfigError
        When a list or a condition cannot be read.
    """
    found = {option.name: _value(option, clicks.value(option.key)) for option in _options(method)}
    required = {name for name, field in method.options.model_fields.items() if field.is_required()}
    return {name: value for name, value in found.items() if value is not None or name not in required}


def _options(method: Method) -> list[_Option]:
    prefix = f"{state.SCORE_OPTION}{method.name}:"
    return [_Option(name, field, prefix + name) for name, field in method.options.model_fields.items()]


def _draw_field(bench: Workbench, option: _Option) -> None:
    if option.name in _SEGMENTS and option.kind is str:
        _draw_choice(option, sorted(bench.segments.catalogue().segments or ()), str)
    elif option.name in (_CAMPAIGN, _CAMPAIGNS):
        _draw_campaigns(bench, option)
    elif option.kind is bool:
        st.checkbox(value=bool(option.default), **option.look)
    elif option.kind in (int, float):
        _draw_number(option)
    elif option.kind is dt.date:
        st.date_input(value=option.default, format=date_input_format(), **option.look)
    elif typing.get_origin(option.kind) is typing.Literal:
        _draw_choice(option, list(typing.get_args(option.kind)), lambda one: score_words.choice(str(one)))
    elif option.kind is str:
        st.text_input(value=option.default or "", **option.look)
    elif option.kind == tuple[str, ...]:
        _draw_names(option)
    elif typing.get_origin(option.kind) is tuple:
        st.text_input(value=", ".join(map(str, option.default or ())), placeholder="1, 2, 5", **option.look)
    else:
        st.text_area(value=_written(option.default), height=100, placeholder="YAML", **option.look)


def _draw_number(option: _Option) -> None:
    low, high = option.bound("ge", "gt"), option.bound("le", "lt")
    of = option.kind
    look: dict[str, Any] = {"value": None if option.default is None else of(option.default), **option.look}
    look |= {"min_value": None if low is None else of(low), "max_value": None if high is None else of(high)}
    look |= {"step": 1, "format": "%d"} if of is int else {"format": "%.6g"}
    st.number_input(**look)


def _draw_choice(option: _Option, choices: list[Any], named: Callable[[Any], str]) -> None:
    index = choices.index(option.default) if option.default in choices else None
    st.selectbox(options=choices, index=index, format_func=named, placeholder="", **option.look)


def _draw_campaigns(bench: Workbench, option: _Option) -> None:
    named = {one.campaign_no: f"{one.campaign_no} · {one.description or ''}" for one in bench.campaigns.list()}
    if option.name == _CAMPAIGN:
        _draw_choice(option, list(named), named.__getitem__)
    else:
        st.multiselect(options=list(named), format_func=named.__getitem__, placeholder="", **option.look)


def _draw_names(option: _Option) -> None:
    default = list(option.default or ())
    offered = list(dict.fromkeys([*default, *(NAMES if option.name == _FEATURES else ())]))
    named = labels.feature if option.name == _FEATURES else score_words.choice
    st.multiselect(
        options=offered, default=default, format_func=named, accept_new_options=True, placeholder="", **option.look
    )


def _written(value: Any) -> str:
    """Write a list in one line and a condition in several."""
    if value is None:
        return ""
    plain = value.model_dump(mode="json", exclude_none=True) if hasattr(value, "model_dump") else value
    plain = list(plain) if isinstance(plain, tuple) else plain
    text: str = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, default_flow_style=None, width=80)
    return text.removesuffix("...\n").strip()


def _value(option: _Option, found: Any) -> Any:
    simple = option.kind in (bool, int, float, str, dt.date) or typing.get_origin(option.kind) is typing.Literal
    if option.kind == tuple[str, ...]:
        return list(found or ())
    if typing.get_origin(option.kind) is tuple:
        return [part.strip() for part in str(found or "").split(",") if part.strip()] or None
    if simple or not isinstance(found, str):
        return None if found == "" else found
    return _read(option, found)


def _read(option: _Option, text: str) -> Any:
    try:
        return yaml.safe_load(text) if text.strip() else None
    except yaml.YAMLError as error:
        said = _("{option} is no YAML.").format(option=score_words.option(option.name))
        raise ConfigError(said, _("Write lists as [1, 2], and conditions as in a segment.")) from error
