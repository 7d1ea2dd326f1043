"""What the use cases about filter expressions give back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
import yaml


@dataclass(frozen=True)
class FilterReading:
    """A filter expression, and what it says in the language of segments.

    Attributes
    ----------
    field : str
        The field it is on.
    related : str or None
        The related rows it is a field of.
    expression : str
        As it was written.
    sentence : str
        The filter read out.
    meaning : str
        The conditions read out.
    condition : dict
        Conditions with the same members on every day.
    notes : tuple of str
        What may surprise.
    """

    field: str
    related: str | None
    expression: str
    sentence: str
    meaning: str
    condition: dict[str, Any]
    notes: tuple[str, ...] = ()

    def to_yaml(self) -> str:
        """Write the conditions as YAML.

        Returns
        -------
        str
            To put into a definition.
        """
        text: str = yaml.safe_dump(self.condition, sort_keys=False, allow_unicode=True, width=120)
        return text

    def to_dict(self) -> dict[str, Any]:
        """Write the reading as plain JSON values.

        Returns
        -------
        dict
            Every attribute under its name, and the conditions as YAML under ``"yaml"``.
        """
        return {**asdict(self), "notes": list(self.notes), "yaml": self.to_yaml()}

    def _repr_html_(self) -> str:
        return pd.DataFrame([{"filter": self.expression, "says": self.meaning}]).to_html(index=False)


@dataclass(frozen=True)
class RuleFilter:
    """One rule of a segment and its filter expression, where it has one.

    Attributes
    ----------
    place : str
        Where the rule stands, in words.
    sentence : str
        The rule read out.
    field : str
        The field that the filter is on, or empty.
    related : str
        The related rows it is a field of, or empty for fields of contacts.
    expression : str or None
        The filter.
    reason : str
        Why there is none, or empty.
    """

    place: str
    sentence: str
    field: str
    related: str
    expression: str | None
    reason: str


@dataclass(frozen=True)
class SegmentFilters:
    """The rules of a segment with their filter expressions.

    Attributes
    ----------
    entries : tuple of RuleFilter
        In the order of the definition.
    """

    entries: tuple[RuleFilter, ...]

    def frame(self) -> pd.DataFrame:
        """Show the rules as a table.

        Returns
        -------
        pandas.DataFrame
            One row for each rule: place, sentence, field, related, expression, reason.
        """
        return pd.DataFrame(map(asdict, self.entries), columns=list(RuleFilter.__dataclass_fields__))

    def to_dict(self) -> dict[str, Any]:
        """Write the rules as plain JSON values.

        Returns
        -------
        dict
            ``"rules"``: a dictionary for each.
        """
        return {"rules": [asdict(entry) for entry in self.entries]}

    def _repr_html_(self) -> str:
        return self.frame().to_html(index=False)
