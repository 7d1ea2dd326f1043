"""Texts with values in them, translated by the templates they were written from.

The core writes plain English sentences, and knows nothing of languages. Their templates are in the catalogues: here
a sentence is matched with them, its values are taken out and put into the translated template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class _Template:
    pattern: re.Pattern[str]
    translation: str
    texts: frozenset[int]
    """Positions of the values that are texts themselves."""


class Templates:
    """The templates of one language.

    Parameters
    ----------
    sentences : mapping of str to str
        English templates with ``{0}``, ``{1}``, … for their values and their translations; ``{0!s}`` for a value that
        is a text of the catalogue itself.
    places : mapping of str to str
        The same for places in a definition, which stand before a sentence: ``"step {0}"``.
    plain : callable
        Translates a text without values that is none of the sentences, such as the meaning of a field.
    """

    def __init__(self, sentences: Mapping[str, str], places: Mapping[str, str], plain: Callable[[str], str]) -> None:
        self._sentences = [_compiled(text, said, ".*?") for text, said in _most_telling_first(sentences)]
        self._places = [_compiled(text, said, r"\S+(?:: \S+)?") for text, said in _most_telling_first(places)]
        self._plain = plain

    def translated(self, text: str) -> str:
        """Translate a sentence.

        Parameters
        ----------
        text : str
            In English.

        Returns
        -------
        str
            The sentence as it is when no template fits.

        Notes
        -----
        Of several templates that fit, the one with the most words of its own is taken.
        """
        for end in [found.start() for found in re.finditer(": ", text)]:
            place = self._place(text[:end])
            if place is not None:
                return f"{place}: {self._sentence(text[end + 2 :])}"
        return self._sentence(text)

    def _place(self, text: str) -> str | None:
        parts = (text[:1].lower() + text[1:]).split(", ")
        said = [_filled(self._places, part) for part in parts]
        words = [part for part in said if part is not None]
        whole = ", ".join(words)
        return whole[:1].upper() + whole[1:] if len(words) == len(said) else None

    def _sentence(self, text: str) -> str:
        said = _filled(self._sentences, text, self._value)
        return text if said is None else said

    def _value(self, text: str) -> str:
        said = _filled(self._sentences, text, self._value)
        if said is not None:
            return said
        return self._plain(text) if text else text


def _most_telling_first(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Order templates by what they say themselves; of two that say the same, the one whose values are texts first."""
    said = {text: len(re.sub(r"\{\d+(?:!s)?\}", "", text)) for text in texts}
    return sorted(texts.items(), key=lambda pair: (said[pair[0]], "!s}" in pair[0]), reverse=True)


def _compiled(text: str, translation: str, value: str) -> _Template:
    parts, texts = [], set()
    for literal, position, _spec, conversion in Formatter().parse(text):
        parts.append(re.escape(literal))
        if position is not None:
            parts.append(f"({value})")
            texts |= {int(position)} if conversion else set()
    return _Template(re.compile("".join(parts), re.DOTALL), translation, frozenset(texts))


def _filled(templates: list[_Template], text: str, value: Callable[[str], str] = str) -> str | None:
    """Translate by the first template that fits."""
    for template in templates:
        if found := template.pattern.fullmatch(text):
            values = (value(it) if i in template.texts else it for i, it in enumerate(found.groups()))
            return template.translation.format(*values)
    return None
