"""How alike two values of a field are, by the kind of the field, and how much that says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

Floats = npt.NDArray[np.float64]
Scorer = Callable[..., float]

_LEGAL_FORMS = frozenset({
    "ab", "ag", "and", "aps", "as", "asa", "bv", "co", "company", "corp", "corporation", "cv", "gmbh", "group",
    "holding", "inc", "incorporated", "kft", "kg", "kk", "limited", "llc", "llp", "lp", "ltd", "mbh", "nv", "ohg", "oy",
    "oyj", "plc", "pte", "pty", "sa", "sarl", "sas", "sl", "spa", "spol", "srl", "sro", "the", "und",
})  # fmt: skip
_STREET_WORDS = MappingProxyType({
    "street": "st", "str": "st", "strasse": "st", "road": "rd", "avenue": "ave", "av": "ave", "boulevard": "blvd",
    "drive": "dr", "lane": "ln", "place": "pl", "court": "ct", "crescent": "cres", "square": "sq", "highway": "hwy",
    "circuit": "cct", "close": "cl", "parade": "pde", "terrace": "tce", "apartment": "apt", "suite": "ste",
    "north": "n", "south": "s", "east": "e", "west": "w",
})  # fmt: skip


def words(text: str) -> str:
    """Bring a text to what counts when it is compared.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Letters and digits in lower case, without accents, words parted by one blank.

    Examples
    --------
    >>> words("  Žluťoučký-kůň & Söhne ")
    'zlutoucky kun sohne'
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", bare.replace("'", "")).split())


def company_words(text: str) -> str:
    """Bring the name of a company to what counts: without legal forms, unless nothing else is there.

    Parameters
    ----------
    text : str
        A name.

    Returns
    -------
    str
        As `words` gives.

    Examples
    --------
    >>> company_words("The Adatum Corporation, Ltd."), company_words("A.B. Co."), company_words("Sa")
    ('adatum', 'a b', 'sa')
    """
    plain = words(text.replace("s.r.o.", "sro").replace("S.A.", "SA"))
    return " ".join(word for word in plain.split() if word not in _LEGAL_FORMS) or plain


def street_words(text: str) -> str:
    """Bring an address to what counts: common words short, in alphabetical order, so that its lines do not matter.

    Parameters
    ----------
    text : str
        One or several lines of an address.

    Returns
    -------
    str
        Words as `words` gives.

    Examples
    --------
    >>> street_words("Flat 4, 12 Station Road")
    '12 4 flat rd station'
    """
    return " ".join(sorted(_STREET_WORDS.get(word, word) for word in words(text).split()))


def digits(text: str) -> str:
    """Bring a telephone number to its last nine digits, so that prefixes of countries do not matter.

    Parameters
    ----------
    text : str
        A number as somebody wrote it.

    Returns
    -------
    str
        Digits; empty where there are fewer than five.

    Examples
    --------
    >>> digits("+420 (0) 603 / 111-222"), digits("112")
    ('603111222', '')
    """
    found = re.sub(r"\D", "", text)[-9:]
    return found if len(found) >= 5 else ""


def address_of_mail(text: str) -> str:
    """Bring an e-mail address to what counts.

    Parameters
    ----------
    text : str
        An address.

    Returns
    -------
    str
        In lower case, without what stands behind a plus.

    Examples
    --------
    >>> address_of_mail(" Jane+news@Example.com ")
    'jane@example.com'
    """
    return re.sub(r"\+[^@]*@", "@", text.strip().casefold())


def host(text: str) -> str:
    """Bring a web address to its host.

    Parameters
    ----------
    text : str
        An address.

    Returns
    -------
    str
        Without ``www``.

    Examples
    --------
    >>> host("https://www.Adatum.com/about")
    'adatum.com'
    """
    return re.sub(r"^([a-z]+://)?(www\.)?|[/?#:].*$", "", re.sub(r"^[a-z]+://", "", text.strip().casefold()))


def signs(text: str) -> str:
    """Bring a number, code or day to its letters and digits.

    Parameters
    ----------
    text : str
        As somebody wrote it.

    Returns
    -------
    str
        In lower case.

    Examples
    --------
    >>> signs("CZ-123 456"), signs("1980-02-29")
    ('cz123456', '19800229')
    """
    return words(text).replace(" ", "")


@dataclass(frozen=True)
class Kind:
    """What holds for all fields of one kind.

    Attributes
    ----------
    name : str
        Its name.
    brought : callable
        Brings a text to what is compared.
    scorer : callable
        A scorer of rapidfuzz, of similarity 0 to 1 or 0 to 100.
    floor : float
        At this likeness, 0 to 1, and below, two values are simply different.
    usual_rate : float
        How often two people or companies that are not the same agree by chance, in the world at large.
    agreeing_rate : float
        How often the two values agree when it is the same person or company.
    differing_bits : float
        What a difference says, in bits against.
    group : str
        Fields of a group say partly the same: ``"place"``; empty for none.
    is_shared : bool
        Whether the people of a household or a company have it in common.
    """

    name: str
    brought: Callable[[str], str]
    scorer: Scorer
    floor: float
    usual_rate: float
    agreeing_rate: float
    differing_bits: float
    group: str = ""
    is_shared: bool = False


_JW, _OSA = JaroWinkler.normalized_similarity, OSA.normalized_similarity

_KINDS = (
    Kind("given_name", words, _JW, 0.75, 0.005, 0.9, -6.0),
    Kind("surname", words, _JW, 0.75, 0.002, 0.9, -5.0, is_shared=True),
    Kind("full_name", words, fuzz.token_sort_ratio, 0.7, 0.0001, 0.9, -7.0),
    Kind("company_name", company_words, fuzz.token_sort_ratio, 0.65, 0.0005, 0.85, -6.0),
    Kind("street", street_words, fuzz.token_set_ratio, 0.7, 0.0002, 0.8, -3.0, is_shared=True),
    Kind("city", words, _JW, 0.8, 0.01, 0.9, -2.0, "place", is_shared=True),
    Kind("post_code", signs, _OSA, 0.5, 0.003, 0.9, -2.5, "place", is_shared=True),
    Kind("county", words, _OSA, 0.5, 0.1, 0.95, -1.5, "place", is_shared=True),
    Kind("country", words, _OSA, 0.9, 0.3, 0.97, -2.5, "place", is_shared=True),
    Kind("phone", digits, _OSA, 0.7, 0.0001, 0.6, -1.0, is_shared=True),
    Kind("mobile_phone", digits, _OSA, 0.7, 0.00005, 0.7, -1.5),
    Kind("email", address_of_mail, _OSA, 0.75, 0.00005, 0.7, -1.5),
    Kind("web", host, _OSA, 0.8, 0.0005, 0.8, -2.0),
    Kind("date", signs, _OSA, 0.6, 0.0001, 0.95, -6.0),
    Kind("identifier", signs, _OSA, 0.7, 0.00001, 0.95, -5.0),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _KINDS})


def likeness(kind: Kind, left: list[str], right: list[str]) -> Floats:
    """Tell how alike texts are, pair by pair.

    Parameters
    ----------
    kind : Kind
        Of the field.
    left, right : list of str
        As `kind.brought` gives them, of the same length, none empty.

    Returns
    -------
    numpy.ndarray of float
        0 to 1.

    Notes
    -----
    Addresses of which one has fewer words are alike in what both have; other house numbers are another address.
    """
    if not left:
        return np.zeros(0)
    scale = 100.0 if kind.scorer in (fuzz.token_sort_ratio, fuzz.token_set_ratio) else 1.0
    found: Floats = _pairwise(left, right, kind.scorer) / scale
    return _in_street(found, left, right) if kind.name == "street" else found


def _pairwise(left: list[str], right: list[str], scorer: Any) -> Floats:
    return np.asarray(process.cpdist(left, right, scorer=scorer, dtype=np.float32, workers=1), dtype=np.float64)


def _in_street(subset: Floats, left: list[str], right: list[str]) -> Floats:
    whole = _pairwise(left, right, fuzz.ratio) / 100.0
    has_few = np.array([min(a.count(" "), b.count(" ")) < 1 for a, b in zip(left, right, strict=True)])
    found = np.where(has_few, whole, np.maximum(whole, 0.95 * subset))
    apart = np.array([_are_other_numbers(a, b) for a, b in zip(left, right, strict=True)])
    return np.where(apart, found - 0.15, found)


def _are_other_numbers(left: str, right: str) -> bool:
    one, other = _numbers(left), _numbers(right)
    return bool(one) and bool(other) and not one & other


def _numbers(text: str) -> set[str]:
    return {word for word in text.split() if word[0].isdigit()}


def bits(kind: Kind, alike: Floats, chance: Floats) -> Floats:
    """Say how much a likeness says for two contacts being the same.

    Parameters
    ----------
    kind : Kind
        Of the field.
    alike : numpy.ndarray of float
        0 to 1.
    chance : numpy.ndarray of float
        How often the value occurs: the chance that somebody else has it, above 0.

    Returns
    -------
    numpy.ndarray of float
        Binary logarithms of likelihood ratios, added up over fields; below 0 where it speaks against.

    Notes
    -----
    Fellegi and Sunter: full agreement says log2(agreeing_rate / chance), so a rare name says more than a common one;
    a difference says `differing_bits`. In between the likeness above the floor decides, as a share of the way.
    """
    full = np.maximum(np.log2(kind.agreeing_rate / chance), 0.0)
    share = np.clip((alike - kind.floor) / (1.0 - kind.floor), 0.0, 1.0)
    weighed: Floats = kind.differing_bits + (full - kind.differing_bits) * share
    return weighed
