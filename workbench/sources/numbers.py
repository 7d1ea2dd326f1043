"""Numbers as people write them, and which sign they use for the decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa
import pyarrow.compute as pc

# Blanks that group digits: the plain one, the fixed one, the narrow fixed one, the thin one.
_BLANKS = " \u00a0\u202f\u2009"
_BLANK = f"[{_BLANKS}]"
_GROUPING = f"['’{_BLANKS}]"
_MINUS = "\u2212"
_CURRENCY = r"(?:[$€£¥₹₽]|[A-Z]{3}|[A-Z]{1,2}\$|kr|Kč|zł|Fr\.?)"
_SHAPE = (
    rf"^(?P<open>\()?{_BLANK}*(?P<sign>[-+{_MINUS}])?{_BLANK}*{_CURRENCY}?{_BLANK}*(?P<inner>[-+{_MINUS}])?{_BLANK}*"
    rf"(?P<body>\d[\d.,'’{_BLANKS}]*|[.,]\d+)(?P<power>[eE][-+]?\d{{1,3}})?"
    rf"{_BLANK}*{_CURRENCY}?{_BLANK}*(?P<after>[-{_MINUS}])?(?P<close>\))?$"
)
_UNKNOWN = pa.scalar(None, pa.string())
_CENT_OF_A_CENT = Decimal("0.0001")
_MOST = 10.0**14  # DECIMAL(18,4) holds less than this


@dataclass(frozen=True)
class NumberEvidence:
    """How many different values of a column show which decimal sign.

    Attributes
    ----------
    point, comma : int
        Values that can only be read with that decimal sign.
    open : int
        Values with one separator before exactly three digits, which read either way.
    example : str
        The first of the open values.
    """

    point: int = 0
    comma: int = 0
    open: int = 0
    example: str = ""

    def __add__(self, other: NumberEvidence) -> NumberEvidence:
        return NumberEvidence(
            self.point + other.point,
            self.comma + other.comma,
            self.open + other.open,
            self.example or other.example,
        )

    @property
    def decimal(self) -> str:
        """The decimal sign that more values show, or empty when none shows any."""
        if self.point == self.comma:
            return ""
        return "." if self.point > self.comma else ","


def evidence(texts: pa.StringArray) -> NumberEvidence:
    """See which decimal sign the values of a column show.

    Parameters
    ----------
    texts : pyarrow.StringArray
        Distinct values without blanks around them.

    Returns
    -------
    NumberEvidence
        Counts over the distinct values.

    Examples
    --------
    >>> evidence(pa.array(["1.234,56", "12,5", "1.234"]))
    NumberEvidence(point=0, comma=2, open=1, example='1.234')
    """
    pointed, commaed = canonical(texts, "."), canonical(texts, ",")
    with_point, with_comma = pc.is_valid(pointed), pc.is_valid(commaed)
    open_ = pc.fill_null(pc.not_equal(pointed, commaed), False)
    example = texts.filter(open_)
    return NumberEvidence(
        _count(pc.and_not(with_point, with_comma)), _count(pc.and_not(with_comma, with_point)), len(example),
        example[0].as_py() if len(example) else "",
    )  # fmt: skip


def _count(mask: pa.BooleanArray) -> int:
    return int(pc.sum(mask).as_py() or 0)


def canonical(texts: pa.StringArray, decimal: str) -> pa.StringArray:
    """Bring written numbers to the one form a machine reads.

    Parameters
    ----------
    texts : pyarrow.StringArray
        Values without blanks around them.
    decimal : str
        ``"."`` or ``","``.

    Returns
    -------
    pyarrow.StringArray
        ``-1234.56``; null where the text is no number in that dialect.

    Notes
    -----
    Digits may be grouped by blanks, apostrophes or the other sign; a currency may stand on either side;
    a minus before, behind or within, or parentheses, make it negative.

    Examples
    --------
    >>> canonical(pa.array(["1.234,56 €", "(12,50)", "1,5.2"]), ",").to_pylist()
    ['1234.56', '-12.50', None]
    """
    parts = pc.extract_regex(texts, _SHAPE)
    body = _plain_body(pc.struct_field(parts, "body"), decimal)
    signs = [pc.fill_null(pc.struct_field(parts, name), "") for name in ("sign", "inner", "after", "open")]
    minus = [pc.or_(pc.equal(sign, "-"), pc.equal(sign, _MINUS)) for sign in signs[:3]]
    paired = pc.equal(pc.equal(signs[3], "("), pc.equal(pc.fill_null(pc.struct_field(parts, "close"), ""), ")"))
    negations = pa.array([0] * len(texts), pa.int8())
    for negative in [*minus, pc.equal(signs[3], "(")]:
        negations = pc.add(negations, pc.cast(negative, pa.int8()))
    signed = pc.binary_join_element_wise(
        pc.if_else(pc.equal(negations, 1), "-", ""), body, pc.struct_field(parts, "power"), ""
    )
    sound = pc.and_(paired, pc.less_equal(negations, 1))
    return pc.if_else(sound, signed, _UNKNOWN)


def _plain_body(bodies: pa.StringArray, decimal: str) -> pa.StringArray:
    """Digits with a point for the decimals; null where the groups of digits are not groups of three."""
    mark, other = (r"\.", ",") if decimal == "." else (",", r"\.")
    # All groups are made by one sign; those before the last may have two digits, as they have in India.
    groups = "|".join(rf"(?:{sign}\d{{2,3}})*{sign}\d{{3}}" for sign in (other, f"[{_BLANKS}]", "['’]"))
    shape = rf"^(?:\d+|[1-9]\d{{0,2}}(?:{groups}))?(?:{mark}\d*)?$"
    group = f"(?:{_GROUPING}|{other})"
    trimmed = pc.utf8_trim_whitespace(bodies)
    digits = pc.replace_substring_regex(trimmed, group, "")
    pointed = digits if decimal == "." else pc.replace_substring(digits, ",", ".")
    return pc.if_else(pc.match_substring_regex(trimmed, shape), pointed, _UNKNOWN)


def as_doubles(numbers: pa.StringArray) -> pa.DoubleArray:
    """Read canonical numbers as floating point.

    Parameters
    ----------
    numbers : pyarrow.StringArray
        As :func:`canonical` gives.

    Returns
    -------
    pyarrow.DoubleArray
        Null where the text is null, or the number too large.
    """
    doubles = numbers.cast(pa.float64())
    return pc.if_else(pc.is_finite(doubles), doubles, pa.scalar(None, pa.float64()))


def as_amounts(numbers: pa.StringArray) -> pa.Decimal128Array:
    """Read canonical numbers as exact amounts.

    Parameters
    ----------
    numbers : pyarrow.StringArray
        As :func:`canonical` gives.

    Returns
    -------
    pyarrow.Decimal128Array
        DECIMAL(18,4), halves rounded away from zero; null where the amount is 100,000,000,000,000 or more.
    """
    small = pc.less(pc.abs(numbers.cast(pa.float64())), _MOST)
    fitting = pc.if_else(small, numbers, _UNKNOWN)
    exact = pc.match_substring_regex(fitting, r"^-?\d*\.?\d{0,4}$")
    if pc.all(exact, min_count=0).as_py():
        return fitting.cast(pa.decimal128(18, 4))
    return pa.array([_rounded(number) for number in fitting.to_pylist()], pa.decimal128(18, 4))


def _rounded(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(_CENT_OF_A_CENT, ROUND_HALF_UP)
