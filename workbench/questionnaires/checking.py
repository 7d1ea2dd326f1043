"""The rules of questionnaire lines: which fields go together, and what setting one does to others.

Source: Business Central, table 5088, OnValidate of its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipelines.classification import DEFINED_VALUE
from workbench.errors import ConfigError, RuleError
from workbench.questionnaires.records import RATING, Line

CLASS_FIELDS = ("customer_class_field", "vendor_class_field", "contact_class_field")
_OF_AUTO = (*CLASS_FIELDS, "starting_date_formula", "ending_date_formula", "classification_method", "sorting_method")
_OF_QUESTIONS = ("has_multiple_answers", "is_auto_classified", *_OF_AUTO, "decimal_count", "min_answered_rate")
_OF_ANSWERS = ("from_value", "to_value", "priority")
_RESET: dict[str, Any] = {
    "starting_date_formula": None, "ending_date_formula": None, "classification_method": None, "sorting_method": None,
    "decimal_count": None, "min_answered_rate": None,
}  # fmt: skip


def changed(line: Line, given: Mapping[str, Any]) -> Line:
    """Set fields of a line, with what follows for its other fields.

    Parameters
    ----------
    line : Line
        As it was; a new one has its number and type only.
    given : mapping of str to object
        New values by field, as from `field_values.read`.

    Returns
    -------
    Line
        A figure clears the two others and brings the method Defined Value where there was none; without a figure
        all that belongs to it goes. A method brings the sorting Descending, Defined Value none. A rating has Defined
        Value and no dates. An answer has the priority Normal unless another is given.

    Raises
    ------
    ConfigError
        When two figures are given.
    RuleError
        When the fields do not go together.
    """
    values = {**_after_class_field(line, given), **_after_method(given), **given}
    if values.get("type", line.type) == "question":
        values.setdefault("priority", None)
    elif values.get("priority", line.priority) is None:
        values["priority"] = "normal"
    result = replace(line, **values)
    if result.is_rating:
        result = replace(result, starting_date_formula=None, ending_date_formula=None)
    elif line.is_rating and result.is_question and "min_answered_rate" not in given:
        result = replace(result, min_answered_rate=None)
    _check(result)
    return result


def _after_class_field(line: Line, given: Mapping[str, Any]) -> dict[str, Any]:
    chosen = [name for name in CLASS_FIELDS if given.get(name)]
    if len(chosen) > 1:
        raise ConfigError(f"A question has one figure, not {len(chosen)}.", f"Give one of {', '.join(chosen)}.")
    if not chosen:
        is_cleared = any(name in given and getattr(line, name) for name in CLASS_FIELDS)
        return dict(_RESET) if is_cleared else {}
    after: dict[str, Any] = {name: None for name in CLASS_FIELDS if name != chosen[0]}
    if given[chosen[0]] == RATING:
        return {**after, "classification_method": DEFINED_VALUE, "sorting_method": None}
    return after if line.classification_method else {**after, "classification_method": DEFINED_VALUE}


def _after_method(given: Mapping[str, Any]) -> dict[str, Any]:
    if "classification_method" not in given:
        return {}
    return {"sorting_method": "descending" if given["classification_method"] not in (None, DEFINED_VALUE) else None}


def _check(line: Line) -> None:
    if line.description is None:
        raise ConfigError("The line has no text.", "Give description.")
    if line.is_question:
        _check_question(line)
        return
    for name in _OF_QUESTIONS:
        if getattr(line, name):
            raise RuleError(f'"{line.description}" is an answer, and {name} belongs to questions.', "Leave it blank.")


def _check_question(line: Line) -> None:
    for name in _OF_ANSWERS:
        if getattr(line, name):
            raise RuleError(f'"{line.description}" is a question, and {name} belongs to answers.', "Leave it blank.")
    if not line.is_auto_classified:
        for name in _OF_AUTO:
            if getattr(line, name):
                raise RuleError(
                    f'"{line.description}" is not classified automatically, so it has no {name}.',
                    "Leave it blank, or set is_auto_classified.",
                )
    if line.min_answered_rate and not line.is_rating:
        raise RuleError(
            f'"{line.description}" is no rating, so it has no min_answered_rate.',
            "Leave it blank, or let contact_class_field be rating.",
        )
    if line.is_rating and line.classification_method != DEFINED_VALUE:
        raise RuleError(f'"{line.description}" is a rating, and ratings have the method defined_value.', "Use that.")
    if line.sorting_method and line.classification_method in (None, DEFINED_VALUE):
        raise RuleError(
            f'"{line.description}" has no percentage, so nothing is sorted.',
            "Leave sorting_method blank, or choose percentage_of_value or percentage_of_contacts.",
        )
