"""Figures that others published, beside ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One published figure beside ours.

    Attributes
    ----------
    name : str
        What it is of.
    published : str
        As it is printed.
    ours : float
        As computed now.
    tolerance : float
        How far apart the two may be.
    source : str
        Where it is printed.
    """

    name: str
    published: str
    ours: float
    tolerance: float
    source: str

    @property
    def agrees(self) -> bool:
        """Whether ours is the published one; what cannot be known does not agree."""
        return abs(self.ours - float(self.published)) <= self.tolerance * (1 + 1e-9)

    @property
    def shown(self) -> str:
        """Ours, with two digits more than are published."""
        return f"{self.ours:.{_digits(self.published) + 2}f}" if "." in self.published else f"{self.ours:,.10g}"


@dataclass(frozen=True)
class Check:
    """A part of the selftest.

    Attributes
    ----------
    subject : str
        What it checks.
    compute : callable
        Gives the figures, from the file it needs.
    file : str
        Which file of the data folder it needs; empty for none.
    origin : str
        Where that file is to be had.
    """

    subject: str
    compute: Callable[[Path], Iterable[Figure]]
    file: str = ""
    origin: str = ""


def figure(name: str, published: str, ours: float, source: str, tolerance: float | None = None) -> Figure:
    """Put a published figure beside ours.

    Parameters
    ----------
    name : str
        What it is of.
    published : str
        As it is printed: its digits say how exact it is.
    ours : float
        As computed now.
    source : str
        Where it is printed.
    tolerance : float, optional
        How far apart the two may be; half a unit of the last printed digit where left out.

    Returns
    -------
    Figure
        Whether they agree is for it to say.

    Examples
    --------
    >>> figure("r", "0.243", 0.24259, "Fader, Hardie and Lee (2005)").agrees
    True
    >>> figure("r", "0.243", 0.24241, "Fader, Hardie and Lee (2005)").agrees
    False
    """
    allowed = 0.5 * 10.0 ** -_digits(published) if tolerance is None else tolerance
    return Figure(name, published, float(ours), allowed, source)


def pair(name: str, published: tuple[str, str], ours: tuple[float, float], source: str) -> tuple[Figure, Figure]:
    """Put the two bounds of a published interval beside ours.

    Parameters
    ----------
    name : str
        Of the interval.
    published : tuple of str
        Lower and upper bound as printed.
    ours : tuple of float
        As computed now.
    source : str
        Where it is printed.

    Returns
    -------
    tuple of Figure
        One for each bound.
    """
    low, high = zip(published, ours, strict=True)
    return figure(f"{name}, from", *low, source), figure(f"{name}, to", *high, source)


def _digits(published: str) -> int:
    return len(published.partition(".")[2])
