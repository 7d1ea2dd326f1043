"""What a list of contacts is asked for: words, filters, an order, columns. It can be written down and read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from workbench.errors import ConfigError, nearest

DEFAULT_COLUMNS = ("contact_no", "type", "name", "company_no", "city", "email", "phone_no")


@dataclass(frozen=True)
class ContactQuery:
    """Which contacts a list shows, in which order, with which columns.

    Attributes
    ----------
    text : str
        Each blank-separated word has to occur in number, name, e-mail, telephone, city or external id.
    filters : mapping of str to str
        By field, a filter expression of Business Central, such as ``{"city": "Prague|Brno"}``.
    sort : str
        The field to order by, with ``-`` in front from the highest down; by name where empty.
    columns : tuple of str
        The fields shown.
    """

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    columns: tuple[str, ...] = DEFAULT_COLUMNS

    def to_json(self) -> str:
        """Write the query down.

        Returns
        -------
        str
            One JSON object, for `from_json`.
        """
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the query as plain values.

        Returns
        -------
        dict
            Texts, a list and a mapping.
        """
        return {**asdict(self), "filters": dict(self.filters), "columns": list(self.columns)}

    @classmethod
    def from_json(cls, written: str) -> ContactQuery:
        """Read a query that was written down.

        Parameters
        ----------
        written : str
            As `to_json` writes it; what it leaves out is as in an empty query.

        Returns
        -------
        ContactQuery
            The query.

        Raises
        ------
        ConfigError
            When it is not such an object.
        """
        return cls._of(_object(written))

    @classmethod
    def _of(cls, read: Mapping[str, Any]) -> ContactQuery:
        known = {"text": str, "filters": dict, "sort": str, "columns": list}
        for name, value in read.items():
            if name not in known:
                raise ConfigError(f'A list of contacts has no "{name}".', nearest(name, known))
            if not isinstance(value, known[name]):
                raise ConfigError(f"{name} of a list of contacts cannot be {value!r}.", "Save the view again.")
        return cls(**{**read, "columns": tuple(read.get("columns", DEFAULT_COLUMNS))})


def _object(written: str) -> Mapping[str, Any]:
    try:
        read = json.loads(written)
    except ValueError as error:
        raise ConfigError(f"What is saved of a list of contacts is no JSON: {error}.", "Save the view again.") from None
    if not isinstance(read, dict):
        raise ConfigError(f"A list of contacts cannot be {written}.", "Save the view again.")
    return read
