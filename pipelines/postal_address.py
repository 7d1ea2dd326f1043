"""Address blocks: who, where, and the post code where the country expects it."""

from __future__ import annotations

from dataclasses import dataclass

_CITY_COMMA_COUNTY = frozenset({"US", "PR", "GU", "VI"})
_CITY_COUNTY = frozenset({"AU", "CA"})
_CITY_POST_CODE = frozenset({"BD", "ID", "IN", "JM", "KR", "LV", "NZ", "PK", "SA", "SG", "TH", "TW"})
_POST_CODE_LAST = frozenset({"GB", "GG", "GI", "IE", "IM", "JE", "KE", "RU", "UA", "ZA"})


@dataclass(frozen=True)
class PostalAddress:
    """Where something is sent.

    Attributes
    ----------
    names : tuple of str
        Who, one line each; blank ones are left out.
    address, address_2 : str
        Street and what belongs to it.
    city, post_code, county : str
        Where.
    country_code : str
        ISO 3166 code of the country.
    """

    names: tuple[str, ...]
    address: str = ""
    address_2: str = ""
    city: str = ""
    post_code: str = ""
    county: str = ""
    country_code: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether a letter has a way to arrive: a street or box, and a city or post code."""
        return bool((self.address or self.address_2) and (self.city or self.post_code))


def block(address: PostalAddress, home: str = "", country: str = "") -> tuple[str, ...]:
    """Give the lines of an address block.

    Parameters
    ----------
    address : PostalAddress
        Where to.
    home : str, optional
        The code of our own country, whose name is not printed; also the country of an address that names none.
    country : str, optional
        The name of the address's country; its code where absent.

    Returns
    -------
    tuple of str
        Without blank lines. The post code stands before the city, except where the country expects it behind or in
        a line of its own; the county stands beside the city in the United States, Canada and Australia, else in a
        line of its own. A foreign country comes last, in capitals.

    References
    ----------
    Business Central, codeunit 365 (Format Address) and the address formats of table 9; Universal Postal Union,
    addressing systems.

    Examples
    --------
    >>> block(PostalAddress(("Jan Novák",), "Dlouhá 1", city="Praha", post_code="110 00", country_code="CZ"), "CZ")
    ('Jan Novák', 'Dlouhá 1', '110 00 Praha')
    >>> block(PostalAddress(("Al",), "1 Main St", "", "Salem", "97301", "OR", "US"), "CZ", "United States")
    ('Al', '1 Main St', 'Salem, OR 97301', 'UNITED STATES')
    """
    own = (address.country_code or home).upper()
    last = (country or own).upper() if own and own != home.upper() else ""
    lines = (*address.names, address.address, address.address_2, *_places(address, own), last)
    return tuple(line.strip() for line in lines if line and line.strip())


def _places(address: PostalAddress, country: str) -> tuple[str, ...]:
    city, code, county = address.city, address.post_code, address.county
    if country in _CITY_COMMA_COUNTY:
        return (f"{', '.join(filter(None, (city, county)))} {code}",)
    if country in _CITY_COUNTY:
        return (" ".join(filter(None, (city, county, code))),)
    if country in _CITY_POST_CODE:
        return (" ".join(filter(None, (city, code))), county)
    if country in _POST_CODE_LAST:
        return (city, county, code)
    return (" ".join(filter(None, (code, city))), county)
