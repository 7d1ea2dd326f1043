"""Filter expressions of Business Central, read into what they say: which values, intervals and exceptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from pipelines.errors import ConditionError

MOST_TERMS = 1000
DEEPEST = 50
_COMPARISONS = {">=": (True, False), "<=": (False, False), ">": (True, True), "<": (False, True)}
_SIGN = re.compile(r"<>|>=|<=|>|<|=")
_FORMULA = re.compile(r"<[^<>|&()'.=]+>")
_DOTS = re.compile(r"\.\.+")
_QUOTED = re.compile(r"'((?:[^']|'')*)'")
_PLAIN = re.compile(r"((?:[^|&()'=.]|\.(?!\.))+)")


@dataclass(frozen=True)
class Operand:
    """One value as it is written.

    Attributes
    ----------
    text : str
        Without the quotes around it and the ``@`` in front.
    position : int
        Where it stands in the expression, from 1.
    is_quoted : bool
        Whether any of it stands in quotes.
    ignore_case : bool
        Whether ``@`` stood in front.
    """

    text: str
    position: int
    is_quoted: bool = False
    ignore_case: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it is ``''``, the value that is not recorded."""
        return self.is_quoted and not self.text.strip()

    @property
    def has_wildcards(self) -> bool:
        """Whether ``*`` or ``?`` stands in it, which quotes do not change."""
        return "*" in self.text or "?" in self.text


@dataclass(frozen=True)
class Equal:
    """The value is this one, or fits its wildcards.

    Attributes
    ----------
    operand : Operand
        What it is compared with.
    written : str
        This part of the expression.
    """

    operand: Operand
    written: str = field(default="", compare=False)


@dataclass(frozen=True)
class Range:
    """The value lies between two others, either of which may be missing or left out itself.

    Attributes
    ----------
    low, high : Operand or None
        The ends; at least one is there.
    is_open : bool
        Whether the ends themselves are left out.
    written : str
        This part of the expression.
    """

    low: Operand | None
    high: Operand | None
    is_open: bool = False
    written: str = field(default="", compare=False)


@dataclass(frozen=True)
class Unlike:
    """Exactly where the inner part does not hold: ``<>``.

    Attributes
    ----------
    part : Equal or Range
        What is left out.
    written : str
        This part of the expression.
    """

    part: Equal | Range
    written: str = field(default="", compare=False)


@dataclass(frozen=True)
class Both:
    """Every part holds: ``&``.

    Attributes
    ----------
    parts : tuple of FilterPart
        Two or more.
    written : str
        This part of the expression.
    """

    parts: tuple[FilterPart, ...]
    written: str = field(default="", compare=False)


@dataclass(frozen=True)
class Either:
    """At least one part holds: ``|``.

    Attributes
    ----------
    parts : tuple of FilterPart
        Two or more.
    written : str
        This part of the expression.
    """

    parts: tuple[FilterPart, ...]
    written: str = field(default="", compare=False)


FilterPart = Equal | Range | Unlike | Both | Either


def parse(expression: str, *, has_formulas: bool = False) -> FilterPart:
    """Read a filter expression.

    Parameters
    ----------
    expression : str
        ``A``, ``A..B``, ``..B``, ``A..``, ``>A``, ``>=A``, ``<A``, ``<=A`` and ``<>A``, joined by ``&`` and, less
        tightly, ``|``; parentheses group. ``'…'`` quotes signs, ``''`` in quotes is a quote, ``''`` alone is blank,
        ``@`` in front of a value ignores case.
    has_formulas : bool, optional
        Whether ``<2W-1D>`` is a date formula rather than a comparison; true for filters on dates.

    Returns
    -------
    Equal, Range, Unlike, Both or Either
        What it says; values are still text.

    Raises
    ------
    ConditionError
        When it cannot be read; the message names the position, counted from 1.

    Examples
    --------
    >>> parse("1200|1300").parts[1].operand.text
    '1300'
    """
    reader = _Reader(expression, has_formulas)
    found = reader.either()
    if reader.at < len(expression):
        reader.refuse_sign()
    return found


class _Reader:
    """One pass over an expression, from left to right."""

    def __init__(self, expression: str, has_formulas: bool) -> None:
        self.text, self.has_formulas = expression, has_formulas
        self.at = self.depth = self.terms = 0

    def either(self) -> FilterPart:
        return self.joined("|", self.both, Either)

    def both(self) -> FilterPart:
        return self.joined("&", self.part, Both)

    def joined(self, sign: str, read: Callable[[], FilterPart], into: type[Either | Both]) -> FilterPart:
        start = self.skip_blanks()
        parts = [read()]
        while self.takes(sign):
            parts.append(read())
        return parts[0] if len(parts) == 1 else into(tuple(parts), self.since(start))

    def part(self) -> FilterPart:
        self.skip_blanks()
        if not self.takes("("):
            return self.term()
        opened, self.depth = self.at, self.depth + 1
        if self.depth > DEEPEST:
            self.refuse(f"is more than {DEEPEST} parentheses deep", "Write it as several conditions.", opened - 1)
        inner = self.either()
        if not self.takes(")"):
            self.refuse("opens a parenthesis that nothing closes", "Close it, or put the text in quotes.", opened - 1)
        self.depth -= 1
        return inner

    def term(self) -> FilterPart:
        self.terms += 1
        if self.terms > MOST_TERMS:
            self.refuse(f"has more than {MOST_TERMS} values", "Upload a list of contacts, and refer to it.", self.at)
        start, sign = self.at, self.comparison()
        if sign in _COMPARISONS:
            is_above, is_open = _COMPARISONS[sign]
            bound = self.needed()
            return Range(bound if is_above else None, None if is_above else bound, is_open, self.since(start))
        inner_start = self.skip_blanks()
        inner = self.equal_or_range(inner_start)
        return Unlike(inner, self.since(start)) if sign == "<>" else inner

    def comparison(self) -> str:
        if self.has_formulas and _FORMULA.match(self.text, self.at):
            return ""
        sign = _SIGN.match(self.text, self.at)
        self.at = sign.end() if sign else self.at
        return sign[0] if sign else ""

    def equal_or_range(self, start: int) -> Equal | Range:
        low = self.operand()
        dots = _DOTS.match(self.text, self.at)
        if dots is None:
            return Equal(low or self.needed(), self.since(start))
        self.at = dots.end()
        high = self.operand()
        if low is None and high is None:
            self.refuse("has an interval without ends", "Write A..B, ..B or A.. instead.", dots.start())
        return Range(low, high, False, self.since(start))

    def needed(self) -> Operand:
        found = self.operand()
        if found is None:
            self.refuse("lacks a value", "Write one there, or '' for what is not recorded.", self.at)
        return found

    def operand(self) -> Operand | None:
        """Read a value up to the next sign outside quotes, if there is one."""
        start = self.skip_blanks()
        ignore_case = self.takes("@")
        self.skip_blanks()
        if self.has_formulas and (formula := _FORMULA.match(self.text, self.at)):
            self.at = formula.end()
            return Operand(formula[0], start + 1)
        text, quoted_up_to, is_quoted = "", 0, False
        while piece := _QUOTED.match(self.text, self.at) or _PLAIN.match(self.text, self.at):
            is_quoted = is_quoted or piece[0].startswith("'")
            text += piece[1].replace("''", "'")
            quoted_up_to = len(text) if piece[0].startswith("'") else quoted_up_to
            self.at = piece.end()
        self.check_end()
        text = text[:quoted_up_to] + text[quoted_up_to:].rstrip()
        return Operand(text, start + 1, is_quoted, ignore_case) if text or is_quoted else None

    def check_end(self) -> None:
        """Refuse what ends a value but cannot stand behind one."""
        if self.text.startswith("'", self.at):
            self.refuse("opens a quote that nothing closes", "A quote inside a text is written 'O''Hara'.", self.at)
        if self.text.startswith("=", self.at):
            self.refuse('has a "=" inside a value', "Put the value in quotes: 'A=B'.", self.at)

    def takes(self, sign: str) -> bool:
        self.skip_blanks()
        found = self.text.startswith(sign, self.at)
        self.at += found
        return found

    def skip_blanks(self) -> int:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at

    def since(self, start: int) -> str:
        return self.text[start : self.at].strip()

    def refuse_sign(self) -> NoReturn:
        self.refuse(f'does not go on with "{self.text[self.at]}"', "Put text that holds signs in quotes.", self.at)

    def refuse(self, complaint: str, hint: str, at: int) -> NoReturn:
        raise refusal(self.text, complaint, at + 1, hint)


def refusal(expression: str, complaint: str, position: int, hint: str) -> ConditionError:
    """Say what is wrong with an expression.

    Parameters
    ----------
    expression : str
        The whole of it.
    complaint : str
        What is wrong, as the end of a sentence.
    position : int
        Where, from 1.
    hint : str
        What to do next.

    Returns
    -------
    ConditionError
        To raise.
    """
    shown = expression if len(expression) <= 80 else expression[:77] + "…"
    return ConditionError(f'The filter "{shown}" {complaint}, at position {position}.', hint)
