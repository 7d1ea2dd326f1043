"""What people take over from their company: when they are given one, and when it changes.

Values are mappings of fields of a contact; a field that is absent, None or an empty text is blank. Business Central,
table 5050: InheritCompanyToPersonData and DoModify.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Values: TypeAlias = Mapping[str, object]

ADDRESS = ("address", "address_2", "post_code", "city", "county")
SAME_ADDRESS = ("address", "address_2", "post_code", "city")
"""What makes two addresses the same one; the county does not."""
REACHED = (
    "phone_no", "telex_no", "fax_no", "telex_answer_back", "email", "home_page", "extension_no", "mobile_phone_no",
    "pager",
)  # fmt: skip
TAKEN_WHOLE = ("salesperson_code", "territory_code", "country_code", "language_code", "format_region")


@dataclass(frozen=True)
class Inheritance:
    """Which fields people take over from their company; the names are those of the fields of Marketing Setup.

    Attributes
    ----------
    salesperson_code, territory_code, country_code, language_code, format_region : bool
        The field of that name.
    address_details : bool
        The address.
    communication_details : bool
        Telephones, e-mail, home page and the like.
    """

    salesperson_code: bool = True
    territory_code: bool = True
    country_code: bool = True
    language_code: bool = True
    format_region: bool = True
    address_details: bool = True
    communication_details: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The fields of `TAKEN_WHOLE` that are taken over."""
        return tuple(name for name in TAKEN_WHOLE if getattr(self, name))


NOTHING = Inheritance(*[False] * 7)


def given_company(person: Values, new_company: Values, old_company: Values, inherits: Inheritance) -> dict[str, object]:
    """Tell what a person takes over from the company it is given.

    Parameters
    ----------
    person : mapping of str to object
        The person's fields.
    new_company : mapping of str to object
        Those of the company it is given.
    old_company : mapping of str to object
        Those of the company it had; empty where it had none.
    inherits : Inheritance
        The switches.

    Returns
    -------
    dict of str to object
        The fields of the person that change, with their new values; None for blank ones.

    Notes
    -----
    Codes are taken whatever the person had. The address is taken as a whole where the person has none, or the old
    company's. Each way to reach it, and the correspondence type, is taken where the person's is blank or the old
    company's.
    """
    taken = set(inherits.codes)
    is_of_old = bool(old_company) and _is_same_address(person, old_company)
    if inherits.address_details and (is_of_old or all(_said(person, name) is None for name in ADDRESS)):
        taken.update(ADDRESS)
    if inherits.communication_details:
        taken.update(
            name
            for name in (*REACHED, "correspondence_type")
            if _said(person, name) in (None, _said(old_company, name))
        )
    return _changes(person, new_company, taken)


def company_changed(person: Values, before: Values, after: Values, inherits: Inheritance) -> dict[str, object]:
    """Tell what a person takes over when its company has changed.

    Parameters
    ----------
    person : mapping of str to object
        The person's fields.
    before, after : mapping of str to object
        The company's fields, then and now.
    inherits : Inheritance
        The switches.

    Returns
    -------
    dict of str to object
        The fields of the person that change, with their new values; None for blank ones.

    Notes
    -----
    Only fields that changed at the company are taken over, and only where the person still had the company's value; of
    an address only where the person had the whole of it. The correspondence type is not among them.
    """
    changed = {name for name in (*TAKEN_WHOLE, *ADDRESS, *REACHED) if _said(before, name) != _said(after, name)}
    taken = {name for name in changed.intersection(inherits.codes) if _said(person, name) == _said(before, name)}
    if inherits.address_details and _is_same_address(person, before):
        taken.update(changed.intersection(ADDRESS))
    if inherits.communication_details:
        taken.update(name for name in changed.intersection(REACHED) if _said(person, name) == _said(before, name))
    return _changes(person, after, taken)


def _said(values: Values, name: str) -> object:
    value = values.get(name)
    return None if value == "" else value


def _is_same_address(person: Values, company: Values) -> bool:
    return all(_said(person, name) == _said(company, name) for name in SAME_ADDRESS)


def _changes(person: Values, company: Values, names: set[str]) -> dict[str, object]:
    """In the order of the fields, so that equal changes look equal."""
    return {
        name: _said(company, name)
        for name in (*TAKEN_WHOLE, *ADDRESS, *REACHED, "correspondence_type")
        if name in names and _said(company, name) != _said(person, name)
    }
