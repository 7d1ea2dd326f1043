"""Cheap keys of contacts: those who are the same share at least one, in spite of errors in some fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from pipelines.blocking import Integers, sound
from pipelines.likeness_records import Field, Records


def blocking_keys(rows: Records) -> list[Integers]:
    """Make the keys of contacts.

    Parameters
    ----------
    rows : Records
        The contacts.

    Returns
    -------
    list of numpy.ndarray of int64
        One array for each key, a number for each row; below 0 where a row has none.

    Notes
    -----
    E-mail, telephone, days and numbers by themselves; names by their sound, in either order, with each other; each
    name, and each rare word of a company's name or an address, with the place, the day and the house number.
    """
    return [*_alone(rows), *_names(rows), *_rare_words(rows)]


def ranks(rows: Records) -> Integers:
    """Put rows in an order in which like ones stand together.

    Parameters
    ----------
    rows : Records
        The contacts.

    Returns
    -------
    numpy.ndarray of int64
        The rank of each row: by names, then address, then the rest; equal rows share a rank.
    """
    if not rows.fields:
        return np.zeros(rows.size, dtype=np.int64)
    columns = [field.codes for field in rows.fields]
    order = np.lexsort(columns[::-1])
    stacked = np.stack(columns)[:, order]
    is_other = np.r_[False, (stacked[:, 1:] != stacked[:, :-1]).any(axis=0)] if rows.size else np.zeros(0, dtype=bool)
    found = np.empty(rows.size, dtype=np.int64)
    found[order] = np.cumsum(is_other)
    return found


def _alone(rows: Records) -> Iterator[Integers]:
    for field in rows.all_of("email", "phone", "mobile_phone", "date", "identifier", "web"):
        yield field.codes
    for field in rows.all_of("email"):
        yield _derived(field, lambda text: text.partition("@")[0] if len(text.partition("@")[0]) > 5 else "")
    for field in rows.all_of("full_name", "company_name"):
        yield _derived(field, lambda text: " ".join(sorted(text.split())))
        yield _derived(field, lambda text: text.replace(" ", "")[:6])


def _names(rows: Records) -> Iterator[Integers]:
    given, family = rows.of_kind("given_name"), rows.of_kind("surname")
    sounds = [_derived(field, sound) for field in (given, family) if field is not None]
    beginnings = [_derived(field, lambda text: text[:3]) for field in (given, family) if field is not None]
    if given is not None and family is not None:
        yield from _either_order(given, family)
    partners = [field.codes for field in rows.all_of("post_code", "date", "city")]
    partners += [_derived(field, _house_number) for field in rows.all_of("street")]
    for name in [*sounds, *beginnings]:
        for partner in partners:
            yield _both(name, partner)


def _either_order(given: Field, family: Field) -> Iterator[Integers]:
    for brief in (sound, _beginning):
        texts = [given.words([brief(v) for v in given.values]), family.words([brief(v) for v in family.values])]
        yield _numbered([f"{min(a, b)} {max(a, b)}" if a and b else "" for a, b in zip(*texts, strict=True)])


def _beginning(text: str) -> str:
    return text[:3]


def _rare_words(rows: Records) -> Iterator[Integers]:
    places = [field.codes for field in rows.all_of("post_code", "city", "date")]
    for field in rows.all_of("street", "company_name", "full_name"):
        rarest = _rarest_words(field)
        for at in range(2):
            word = _numbered(field.words([words[at] if len(words) > at else "" for words in rarest]))
            if field.kind.name != "street":
                yield word
            else:
                yield _both(word, _derived(field, _house_number))
            for place in places:
                yield _both(word, place)


def _rarest_words(field: Field) -> list[list[str]]:
    """The two words of each value that occur least; numbers only where nothing else is there."""
    counts: dict[str, int] = {}
    for text, count in zip(field.values, field.counts.tolist(), strict=True):
        for word in set(text.split()):
            counts[word] = counts.get(word, 0) + count
    return [
        sorted(set(text.split()), key=lambda word: (word[0].isdigit(), counts[word], word))[:2] for text in field.values
    ]


def _house_number(text: str) -> str:
    return next((word for word in text.split() if word[0].isdigit()), "")


def _derived(field: Field, brief: Callable[[str], str]) -> Integers:
    return _numbered(field.words([brief(value) for value in field.values]))


def _numbered(texts: list[str]) -> Integers:
    """Give texts numbers, and those that are empty none."""
    inverse = np.unique(np.array(["", *texts], dtype=object).astype(str), return_inverse=True)[1]
    return inverse.astype(np.int64)[1:] - 1


def _both(one: Integers, other: Integers) -> Integers:
    width = int(other.max(initial=0)) + 1
    return np.where((one >= 0) & (other >= 0), one * width + other, -1)
