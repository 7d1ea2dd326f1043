"""Fields that contacts share with the customers, vendors, bank accounts and employees they are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pipelines.linked_tables import LINKED

# An employee has two e-mail addresses; the contact's is the one at work, as in table 5200.
_OTHER_NAMES = MappingProxyType({("employee", "email"): "company_email"})
_CONTACT_FIELDS = (
    "name", "name_2", "search_name", "first_name", "middle_name", "surname", "initials", "job_title", "address",
    "address_2", "city", "post_code", "county", "country_code", "phone_no", "mobile_phone_no", "fax_no", "telex_no",
    "telex_answer_back", "pager", "extension_no", "email", "home_page", "territory_code", "salesperson_code",
    "language_code", "format_region", "currency_code", "vat_registration_no", "registration_no",
)  # fmt: skip


def shared_fields(kind: str) -> dict[str, str]:
    """Tell which fields a contact and its linked record have in common.

    Parameters
    ----------
    kind : str
        ``"customer"``, ``"vendor"``, ``"bank_account"`` or ``"employee"``.

    Returns
    -------
    dict of str to str
        Field of the record by field of the contact (Business Central, codeunits CustVendBank-Update and
        CustCont-Update transfer fields of one name).

    Examples
    --------
    >>> shared_fields("employee")["email"]
    'company_email'
    """
    record = LINKED[kind].by_name
    pairs = {field: _OTHER_NAMES.get((kind, field), field) for field in _CONTACT_FIELDS}
    return {field: name for field, name in pairs.items() if name in record}


def to_record(kind: str, contact: Mapping[str, object]) -> dict[str, object]:
    """Give the values of a contact under the names that its record has for them.

    Parameters
    ----------
    kind : str
        As for `shared_fields`.
    contact : mapping of str to object
        Fields of the contact.

    Returns
    -------
    dict of str to object
        By field of the record; None for blank ones.

    Examples
    --------
    >>> to_record("employee", {"first_name": "Ann", "email": "ann@adatum.example"})["company_email"]
    'ann@adatum.example'
    """
    return {name: contact.get(field) for field, name in shared_fields(kind).items()}


def from_record(kind: str, record: Mapping[str, object]) -> dict[str, object]:
    """Give the values of a record under the names that its contact has for them.

    Parameters
    ----------
    kind : str
        As for `shared_fields`.
    record : mapping of str to object
        Fields of the record.

    Returns
    -------
    dict of str to object
        By field of the contact; None for blank ones. A blank search name is left out, as contacts make their own.

    Examples
    --------
    >>> from_record("vendor", {"name": "Adatum"})["name"]
    'Adatum'
    """
    values = {field: record.get(name) for field, name in shared_fields(kind).items()}
    if not values.get("search_name"):
        values.pop("search_name", None)
    return values
