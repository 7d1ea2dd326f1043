"""The operators of the language, by the type of field they go with."""

from __future__ import annotations

from typing import Literal

TEXT_OPERATORS = (
    "is",
    "is_not",
    "in",
    "not_in",
    "contains",
    "not_contains",
    "starts_with",
    "not_starts_with",
    "ends_with",
    "not_ends_with",
    "matches",
    "not_matches",
    "is_known",
    "is_unknown",
    "filter",
)
NUMBER_OPERATORS = (
    "is",
    "is_not",
    "in",
    "not_in",
    "less_than",
    "at_most",
    "more_than",
    "at_least",
    "between",
    "not_between",
    "is_known",
    "is_unknown",
    "filter",
)
DATE_OPERATORS = (
    "on",
    "not_on",
    "before",
    "on_or_before",
    "after",
    "on_or_after",
    "between",
    "not_between",
    "in_last",
    "not_in_last",
    "in_next",
    "not_in_next",
    "anniversary_in_next",
    "this",
    "previous",
    "next",
    "is_known",
    "is_unknown",
    "filter",
)
BOOLEAN_OPERATORS = ("is", "is_known", "is_unknown", "filter")
MANY_OPERATORS = ("any_of", "none_of", "all_of", "not_all_of", "is_empty", "is_not_empty", "filter")
WITHOUT_VALUE = ("is_known", "is_unknown", "is_empty", "is_not_empty")

Operator = Literal[
    "is", "is_not", "in", "not_in", "contains", "not_contains", "starts_with", "not_starts_with", "ends_with",
    "not_ends_with", "matches", "not_matches", "less_than", "at_most", "more_than", "at_least", "between",
    "not_between", "on", "not_on", "before", "on_or_before", "after", "on_or_after", "in_last", "not_in_last",
    "in_next", "not_in_next", "this", "previous", "next", "any_of", "none_of", "all_of", "not_all_of", "is_empty",
    "is_not_empty", "is_known", "is_unknown", "anniversary_in_next", "filter",
]  # fmt: skip
